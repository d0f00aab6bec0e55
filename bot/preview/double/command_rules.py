"""Documented limits of registered commands that Discord's OpenAPI document does not state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.preview.double.checks import Violation
from bot.preview.double.payloads import Payload

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP = 1, 2
MOST_OF_A_KIND = {CHAT_INPUT: 100, USER_MENU: 15, MESSAGE_MENU: 15}
MOST_CHARACTERS = 8000

_LOCALES = """
id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN
ja zh-TW ko ar he
"""
LOCALES = frozenset(_LOCALES.split())
_NAME = re.compile(r"^[-_'\w]{1,32}$")


def commands(registered: list[Payload], where: str) -> Iterator[Violation]:
    """What is wrong with a set of commands as registered."""
    for kind, most in MOST_OF_A_KIND.items():
        if sum((c.get("type") or CHAT_INPUT) == kind for c in registered) > most:
            yield Violation(where, f"over {most} commands of type {kind}", 400, 30032)
    for command in registered:
        if (command.get("type") or CHAT_INPUT) == CHAT_INPUT:
            yield from _command(command, f"{where}[{command['name']}]")


def _command(command: Payload, where: str) -> Iterator[Violation]:
    taken = characters(command)
    if taken > MOST_CHARACTERS:
        yield Violation(where, f"{taken} characters, {MOST_CHARACTERS} allowed", 400, 50035)
    yield from _node(command, where)


def characters(node: Payload) -> int:
    """Names, descriptions and values of a command and all in it; the longest translation counts."""

    def longest(key: str) -> int:
        translations = node.get(f"{key}_localizations") or {}
        return max(len(text) for text in (str(node.get(key) or ""), *translations.values()))

    own = longest("name") + longest("description")
    own += len(node["value"]) if isinstance(node.get("value"), str) else 0
    return own + sum(characters(x) for key in ("options", "choices") for x in node.get(key) or ())


def _node(node: Payload, where: str) -> Iterator[Violation]:
    for name in (node["name"], *(node.get("name_localizations") or {}).values()):
        if not _NAME.match(name) or name != name.lower():
            yield Violation(where, f"name {name!r} is not allowed", 400, 50035)
    for key in ("name_localizations", "description_localizations"):
        if odd := set(node.get(key) or {}) - LOCALES:
            yield Violation(where, f"unknown locales {sorted(odd)}", 400, 50035)
    options = node.get("options") or []
    if len({o["name"] for o in options}) != len(options):
        yield Violation(where, "two options of one name", 400, 50035)
    plain = [o for o in options if o["type"] not in (SUBCOMMAND, GROUP)]
    if any(later.get("required") and not earlier.get("required") for earlier, later in pairwise(plain)):
        yield Violation(where, "a required option after an optional one", 400, 50035)
    for option in options:
        if option.get("choices") and option.get("autocomplete"):
            yield Violation(where, "choices and autocomplete together", 400, 50035)
        yield from _node(option, f"{where}/{option['name']}")
