"""What a person does with the bot, as Discord tells the bot, and what has become of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from discord import Permissions

from bot.preview.double.messages import EPHEMERAL
from bot.preview.double.payloads import DIRECT, Payload, member


class Kind(IntEnum):
    """Discord's types of interactions."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """Discord's types of first answers."""

    MESSAGE = 4
    DEFERRED = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(slots=True)
class Interaction:
    """One interaction: who did what where, and the bot's answers to it.

    `original` is the bot's first message (for a component: the message it sits on), None before it exists
    and after it was deleted; `followups` are the messages after it. `choices` answer an autocompletion,
    `modal` is a form that was opened. `acked_at` is the seconds the first answer took. `acknowledged` is
    set by that first answer, `done` when nothing deferred is open any more.
    """

    id: str
    token: str
    kind: int
    born: float
    channel: Payload
    user: Payload
    owners: dict[str, str]
    data: Payload
    source: Payload | None = None
    parent: Interaction | None = None
    acked: Payload | None = None
    acked_at: float | None = None
    original: Payload | None = None
    followups: list[Payload] = field(default_factory=list)
    choices: list[Payload] | None = None
    modal: Payload | None = None
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def channel_id(self) -> str:
        """Where it happened."""
        return str(self.channel["id"])

    @property
    def reply(self) -> Payload | None:
        """The first message the person can read: the original, or where that was deleted a follow-up."""
        return self.original or next(iter(self.followups), None)

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked sees the reply."""
        return bool(self.reply and self.reply["flags"] & EPHEMERAL)

    @property
    def metadata(self) -> Payload:
        """The `interaction_metadata` of messages that answer it."""
        out = {
            "id": self.id,
            "type": int(self.kind),
            "user": self.user,
            "authorizing_integration_owners": self.owners,
        }
        if self.kind == Kind.COMPONENT and self.source is not None:
            out["interacted_message_id"] = self.source["id"]
        if self.kind == Kind.MODAL and self.parent is not None:
            out["triggering_interaction_metadata"] = self.parent.metadata
        return out


def payload(
    it: Interaction,
    app: Payload,
    guild: Payload | None,
    *,
    allowed: Permissions,
    mine: Permissions,
    locale: str,
    size_limit: int,
) -> Payload:
    """The interaction as INTERACTION_CREATE brings it; the person may do `allowed` there, the bot `mine`."""
    channel = {**it.channel, "permissions": str(allowed.value)}
    body: dict[str, Any] = {
        "id": it.id,
        "application_id": app["id"],
        "type": int(it.kind),
        "token": it.token,
        "version": 1,
        "data": it.data,
        "channel_id": it.channel_id,
        "channel": channel,
        "locale": locale,
        "entitlements": [],
        "authorizing_integration_owners": it.owners,
        "context": 1 if it.channel["type"] == DIRECT else 0,
        "attachment_size_limit": size_limit,
    }
    if it.source is not None:
        body["message"] = it.source
    if guild is None:
        return {**body, "user": it.user, "app_permissions": str(mine.value)}
    return {
        **body,
        "app_permissions": str(mine.value),
        "guild_id": guild["id"],
        "guild_locale": guild["preferred_locale"],
        "guild": {"id": guild["id"], "features": guild["features"], "locale": guild["preferred_locale"]},
        "member": {**_member(guild, it.user), "permissions": str(allowed.value)},
    }


def _member(guild: Payload, user: Payload) -> Payload:
    known = (m for m in guild["members"] if m["user"]["id"] == user["id"])
    return next(known, member(user))
