"""What Discord's client makes of a command and its options before the bot hears of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

from discord import Permissions

from bot.preview.double.command_rules import GROUP, SUBCOMMAND
from bot.preview.double.components import Kind
from bot.preview.double.payloads import Payload

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, NUMBER = 3, 4, 5, 6, 7, 8, 10
_TYPES: dict[int, type | tuple[type, ...]] = {INTEGER: int, BOOLEAN: bool, NUMBER: (int, float)}
_OPTIONS: dict[Any, str] = {USER: "users", CHANNEL: "channels", ROLE: "roles"}
_SELECTS: dict[Any, str] = {
    Kind.USER_SELECT: "users",
    Kind.ROLE_SELECT: "roles",
    Kind.CHANNEL_SELECT: "channels",
}
_LONGEST_STRING = 6000

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
        if not option.get("min_length", 0) <= len(value) <= option.get("max_length", _LONGEST_STRING):
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
