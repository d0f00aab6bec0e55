"""Registering the slash commands with Discord, but only when they changed.

Discord allows 200 new commands a day, and reloads everybody's list after each registration. A developer has
them in one server of his own at once, and nowhere else.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.discord.running import StartFailed
from bot.services import FactKeeper

log = structlog.stdlib.get_logger(__name__)

KEY = "registered commands"
KEY_SERVER = "registered commands in a server"
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds after which commands are offered again where Discord answers 503, which discord.py does not."""


async def register(tree: app_commands.CommandTree[Any], memory: FactKeeper) -> bool:
    """Hand the tree's global commands to Discord if they differ from those it took last; True if so.

    Remembers only after Discord accepted, so that a refusal is tried again at the next start.
    Raises what `tree.sync` raises, a 503 when the last of `PAUSES` is over.
    """
    digest = await digest_of(tree)
    if await memory.recall(KEY) == digest:
        log.debug("the commands are registered already")
        return False
    taken = await _sync(tree)
    await memory.remember(KEY, digest)
    log.info("the commands were registered", commands=len(taken))
    return True


async def register_in(tree: app_commands.CommandTree[Any], memory: FactKeeper, server: int | None) -> None:
    """Hand all commands to one server, for a developer, and take them from the one that was meant before.

    Raises `StartFailed` where the bot is not in that server, and else what `tree.sync` raises.
    """
    before = await memory.recall(KEY_SERVER)
    if before and before != str(server):
        with suppress(discord.Forbidden):  # it has left that server, and its commands went with it
            await _sync(tree, discord.Object(int(before)))
        await memory.forget(KEY_SERVER)
    if server is not None:
        here = discord.Object(server)
        tree.copy_global_to(guild=here)
        await memory.remember(KEY_SERVER, str(server))
        try:
            taken = await _sync(tree, here)
        except discord.Forbidden as error:
            raise StartFailed(
                "DEV_SERVER is the id of a server that this bot is not in; invite it there."
            ) from error
        log.info("the commands were registered in one server", server=server, commands=len(taken))


async def _sync(
    tree: app_commands.CommandTree[Any], guild: discord.Object | None = None
) -> list[app_commands.AppCommand]:
    for pause in PAUSES:
        try:
            return await tree.sync(guild=guild)
        except discord.DiscordServerError as error:
            if error.status != HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            log.warning("Discord does not take the commands just now; they are offered again", seconds=pause)
            await asyncio.sleep(pause)
    return await tree.sync(guild=guild)


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
