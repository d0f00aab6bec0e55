"""What a person does with the bot, as Discord's client and Discord tell the bot, and what becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Literal, TypeAlias

from discord import Permissions

from bot.preview.double.messages import EPHEMERAL, ComponentType
from bot.preview.double.payloads import DIRECT, Payload, member
from bot.preview.double.rules import GROUP, SUBCOMMAND


class InteractionType(IntEnum):
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
        if self.kind == InteractionType.COMPONENT and self.source is not None:
            out["interacted_message_id"] = self.source["id"]
        if self.kind == InteractionType.MODAL and self.parent is not None:
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


STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, NUMBER = 3, 4, 5, 6, 7, 8, 10
_TYPES: dict[int, type | tuple[type, ...]] = {INTEGER: int, BOOLEAN: bool, NUMBER: (int, float)}
_OPTIONS: dict[Any, str] = {USER: "users", CHANNEL: "channels", ROLE: "roles"}
_SELECTS: dict[Any, str] = {
    ComponentType.USER_SELECT: "users",
    ComponentType.ROLE_SELECT: "roles",
    ComponentType.CHANNEL_SELECT: "channels",
}
_MAX_STRING = 6000

Resolve: TypeAlias = Callable[[str, str], Payload]
"""Finds a user, channel or role: (`"users"`, `"channels"` or `"roles"`, id) → payload."""


def leaf(command: Payload, names: list[str]) -> tuple[list[Payload], list[Payload]]:
    """Follow subcommand names: the groups and subcommand passed, and the options at the end.

    Raises LookupError when there is no such subcommand.
    """
    path: list[Payload] = []
    options = command.get("options", [])
    for name in names:
        node = next((o for o in options if o["name"] == name and o["type"] in (SUBCOMMAND, GROUP)), None)
        if node is None:
            raise LookupError(f"/{command['name']} has no subcommand {name!r}")
        path.append(node)
        options = node.get("options", [])
    return path, options


def data(
    command: Payload,
    names: list[str],
    values: Mapping[str, Any],
    resolve: Resolve,
    focused: str | None = None,
) -> Payload:
    """The `data` of an interaction that runs a command, or completes its option `focused`.

    Raises LookupError for an option that is missing or unknown, ValueError for a value that the client
    would not let anyone type.
    """
    path, options = leaf(command, names)
    known = {o["name"]: o for o in options if o["type"] not in (SUBCOMMAND, GROUP)}
    if unknown := [name for name in values if name not in known]:
        raise LookupError(f"/{command['name']} has no options {unknown}; it has {list(known)}")
    missing = [name for name, o in known.items() if o.get("required") and name not in values]
    if focused is None and missing:
        raise LookupError(f"required options missing: {missing}")
    given: list[Payload] = []
    for name, value in values.items():
        if name == focused:
            given.append({"name": name, "type": known[name]["type"], "value": value, "focused": True})
        else:
            check(known[name], value)
            given.append({"name": name, "type": known[name]["type"], "value": value})
    out: Payload = {key: command[key] for key in ("id", "name", "type", "guild_id") if key in command}
    if found := resolved([(o["type"], o["value"]) for o in given], resolve):
        out["resolved"] = found
    for node in reversed(path):
        given = [{"name": node["name"], "type": node["type"], "options": given}]
    return {**out, "options": given}


def resolved(
    values: list[tuple[int, Any]], resolve: Resolve, *, of: Literal["option", "component"] = "option"
) -> dict[str, dict[str, Payload]]:
    """The payloads behind the values, given as (type of option or component, value), that are ids."""
    groups = _OPTIONS if of == "option" else _SELECTS
    out: dict[str, dict[str, Payload]] = {}
    for kind, value in values:
        if (group := groups.get(kind)) is not None:
            out.setdefault(group, {})[value] = resolve(group, value)
    return out


def check(option: Payload, value: Any) -> None:
    """Refuse what the client would not let a user type."""
    name, kind = option["name"], _TYPES.get(option["type"], str)
    if not isinstance(value, kind) or (isinstance(value, bool) and option["type"] != BOOLEAN):
        raise ValueError(f"{name}: {value!r} is not of type {option['type']}")
    if option.get("choices") and value not in [c["value"] for c in option["choices"]]:
        raise ValueError(f"{name}: {value!r} is not one of the choices")
    if isinstance(value, str):
        if not option.get("min_length", 0) <= len(value) <= option.get("max_length", _MAX_STRING):
            raise ValueError(f"{name}: {value!r} is too short or too long")
    elif not isinstance(value, bool) and not (
        option.get("min_value", value) <= value <= option.get("max_value", value)
    ):
        raise ValueError(f"{name}: {value!r} is out of range")


def shown(command: Payload, allowed: Permissions, *, direct: bool) -> bool:
    """Whether the client offers this command to somebody who may do `allowed`, there."""
    contexts = command.get("contexts")
    if contexts is None:
        contexts = [0, 1] if command.get("dm_permission", True) else [0]
    if (1 if direct else 0) not in contexts:
        return False
    needed = command.get("default_member_permissions")
    if direct or needed is None or allowed.administrator:
        return True
    return int(needed) != 0 and Permissions(int(needed)) <= allowed
