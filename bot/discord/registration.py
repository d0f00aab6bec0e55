"""Registering the slash commands with Discord, but only when they changed.

Discord allows 200 new commands a day, and reloads everybody's list after each registration.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import structlog
from discord import app_commands

from bot.services import FactKeeper

log = structlog.stdlib.get_logger(__name__)

KEY = "registered commands"


async def register(tree: app_commands.CommandTree[Any], memory: FactKeeper) -> bool:
    """Hand the tree's global commands to Discord if they differ from those it took last; True if so.

    Remembers only after Discord accepted, so that a refusal is tried again at the next start.
    Raises what `tree.sync` raises.
    """
    digest = await digest_of(tree)
    if await memory.recall(KEY) == digest:
        log.debug("the commands are registered already")
        return False
    taken = await tree.sync()
    await memory.remember(KEY, digest)
    log.info("the commands were registered", commands=len(taken))
    return True


async def digest_of(tree: app_commands.CommandTree[Any]) -> str:
    """Digest the application's id and every global command with its translations, whatever their order."""
    payloads = [
        await command.get_translated_payload(tree, tree.translator)
        if tree.translator
        else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    written = sorted(json.dumps(payload, sort_keys=True) for payload in payloads)
    return hashlib.sha256(f"{tree.client.application_id} {written}".encode()).hexdigest()
