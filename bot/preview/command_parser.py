"""A command as a line of text: a slash command as in Discord's own chat box, or an entry of a menu."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from bot.preview.double import Payload
from bot.preview.double.interactions import BOOLEAN, CHANNEL, INTEGER, NUMBER, ROLE, STRING, USER
from bot.preview.double.rules import CHAT_INPUT, GROUP, MESSAGE_MENU, SUBCOMMAND
from bot.sentences import Refusal

OptionValue: TypeAlias = str | int | float | bool

EntityNames: TypeAlias = Mapping[int, Mapping[str, str]]
"""What users, channels and roles are called: type of option → name → id."""

NO_NAMES: EntityNames = MappingProxyType({})

_LARGEST = 2**53
_YES, _NO = frozenset({"yes", "true"}), frozenset({"no", "false"})
_KINDS = {USER: ("user", "@"), CHANNEL: ("channel", "#"), ROLE: ("role", "@")}
_MENU_OPTIONS = re.compile(r"(?:\A|\s)(?=(?:written|text):)")
_MAX_MESSAGE = 4000
"""Characters of a message by somebody with Nitro."""
_ANOTHER = re.compile(r"(?<=\s)([a-z][a-z_-]*):(?=[^\s/])")


class BadLine(Refusal, ValueError):
    """A line that is no command, or no complete one; the sentence says what there is."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command to be run: its words, "asylum trend", and its options as Discord would send them."""

    words: str
    options: Mapping[str, OptionValue]


def parse(line: str, commands: Sequence[Payload], names: EntityNames = NO_NAMES) -> Call:
    """Read `/asylum trend measure:pending origin:China` by the registered commands.

    A value may hold spaces and colons: it ends where an option that was not given yet begins. Choices go
    by their name or value, users, channels and roles by `names` or id. Raises BadLine.
    """
    words, options, rest = _command(line, [c for c in commands if c["type"] == CHAT_INPUT])
    values: dict[str, OptionValue] = {}
    for name, text in _given(rest, words, {o["name"]: o for o in options}):
        values[name] = _value(next(o for o in options if o["name"] == name), text, names)
    missing = [o["name"] for o in options if o.get("required") and o["name"] not in values]
    if missing:
        raise BadLine(f"'/{words}' needs {_quoted(missing)}: write {missing[0]}:… after it.")
    return Call(words, values)


@dataclass(frozen=True, slots=True)
class MenuCall:
    """An entry of a message's menu, and the message it is chosen for; `written` is None for today."""

    name: str
    text: str
    written: date | None = None


def parse_menu(line: str, commands: Sequence[Payload]) -> MenuCall | None:
    """Read `Check asylum figures written:2026-02-01 text:…`; None for a line that names no entry of a menu.

    The first words of the entry's name are enough; all that follows `text:` is the message. Raises BadLine.
    """
    head, *rest = _MENU_OPTIONS.split(line.strip(), maxsplit=1)
    words = head.casefold().split()
    names = [c["name"] for c in commands if c["type"] == MESSAGE_MENU]
    name = next((n for n in names if words and n.casefold().split()[: len(words)] == words), None)
    if name is None:
        return None
    found = re.fullmatch(r"(?:written:\s*(\S*)\s+)?text:(.*)", "".join(rest), re.DOTALL)
    if found is None:
        raise BadLine(f"'{name}' needs a message: write written:2026-02-01 text:… after it, or text:… alone.")
    text = found[2].strip()
    if not 0 < len(text) <= _MAX_MESSAGE:
        raise BadLine(f"A message has 1 to {_MAX_MESSAGE:,} characters; this one has {len(text):,}.")
    return MenuCall(name, text, _day(found[1]) if found[1] is not None else None)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadLine(f"'written' takes a day like 2026-02-01, not '{_short(text)}'.") from error


def names_in(guild: Payload) -> EntityNames:
    """What the users, channels and roles of a guild are called."""
    return {
        USER: {m["user"]["username"]: m["user"]["id"] for m in guild["members"]},
        CHANNEL: {c["name"]: c["id"] for c in (*guild["channels"], *guild.get("threads", ()))},
        ROLE: {r["name"]: r["id"] for r in guild["roles"]},
    }


def all_words(commands: Sequence[Payload]) -> list[str]:
    """Every command there is, subcommands written out: "asylum trend"."""
    return [words for c in commands if c["type"] == CHAT_INPUT for words in _leaves(c, c["name"])]


def _leaves(node: Payload, words: str) -> Iterator[str]:
    nested = [o for o in node.get("options") or () if o["type"] in (SUBCOMMAND, GROUP)]
    if not nested:
        yield words
    for option in nested:
        yield from _leaves(option, f"{words} {option['name']}")


def _command(line: str, commands: Sequence[Payload]) -> tuple[str, list[Payload], str]:
    """The words of the command, its options, and what stands after the words."""
    rest, words = line.strip().removeprefix("/"), ""
    choices = list(commands)
    node: Payload = {"options": choices}
    while choices:
        word, _, after = (*re.split(r"(\s+)", rest, maxsplit=1), "", "")[:3]
        found = next((c for c in choices if c["name"] == word), None)
        if found is None:
            raise BadLine(_no_such(f"{words} {word}".strip(), words, commands))
        words, rest, node = f"{words} {word}".strip(), after, found
        choices = [o for o in node.get("options") or () if o["type"] in (SUBCOMMAND, GROUP)]
    return words, node.get("options") or [], rest.strip()


def _no_such(asked: str, known: str, commands: Sequence[Payload]) -> str:
    there = all_words(commands)
    near = [words for words in there if known and words.startswith(f"{known} ")] or there
    listed = ", ".join(f"/{words}" for words in near) or "none at all"
    if not asked:
        return f"Write a command. There are: {listed}."
    if asked == known:
        return f"'/{asked}' is not complete. There are: {listed}."
    return f"There is no command '/{_short(asked)}'. There are: {listed}."


def _given(rest: str, words: str, known: Mapping[str, Payload]) -> Iterator[tuple[str, str]]:
    """The options in the order in which they stand, each with its text."""
    used: set[str] = set()
    while rest:
        name, colon, rest = rest.partition(":")
        if not colon or re.search(r"\s", name):
            raise BadLine(f"'{_short(name)}' belongs to no option of '/{words}'. {_options(known)}")
        if name not in known:
            raise BadLine(f"'/{words}' has no option '{_short(name)}'. {_options(known)}")
        used.add(name)
        begin = _next_option([n for n in known if n not in used], rest)
        text, rest = rest[:begin].strip(), rest[begin:]
        _refuse_another(text, name, words, known)
        yield name, text


def _next_option(names: list[str], text: str) -> int:
    """Where the next of those options begins, or the end."""
    if not names:
        return len(text)
    found = re.search(rf"(?<=\s)(?:{'|'.join(map(re.escape, names))}):", text)
    return found.start() if found else len(text)


def _refuse_another(text: str, name: str, words: str, known: Mapping[str, Payload]) -> None:
    """Refuse what looks like an option inside the value of one that takes no free text."""
    option = known[name]
    if option["type"] == STRING and not option.get("choices") and not option.get("autocomplete"):
        return
    for other in _ANOTHER.findall(text):
        if other in known:
            raise BadLine(f"'{other}' is given twice; give it once.")
        raise BadLine(f"'/{words}' has no option '{_short(other)}'. {_options(known)}")


def _options(known: Mapping[str, Payload]) -> str:
    if not known:
        return "It takes no options."
    return f"Its options, written name:value, are: {', '.join(known)}."


def _value(option: Payload, text: str, names: EntityNames) -> OptionValue:
    name = option["name"]
    if not text:
        raise BadLine(f"'{name}' has no value; write {name}:… with one.")
    if option.get("choices"):
        return _choice(option, text)
    if option["type"] in _KINDS:
        return _entity(option, text, names)
    reader = _READERS.get(option["type"])
    if reader is None:
        raise BadLine(f"'{name}' takes a file, which a line of text cannot give; leave it out.")
    value = reader(name, text)
    _hold_limits(option, value)
    return value


def _choice(option: Payload, text: str) -> OptionValue:
    wanted = text.casefold()
    for choice in option["choices"]:
        if wanted in (choice["name"].casefold(), str(choice["value"]).casefold()):
            value: OptionValue = choice["value"]
            return value
    listed = ", ".join(choice["name"] for choice in option["choices"])
    raise BadLine(f"'{option['name']}' is one of {listed}, not '{_short(text)}'.")


def _entity(option: Payload, text: str, names: EntityNames) -> str:
    kind, mark = _KINDS[option["type"]]
    known = names.get(option["type"], {})
    bare = re.sub(r"^<[@#][!&]?(\d+)>$", r"\1", text)
    found = known.get(bare) or known.get(bare.lstrip("@#"))
    if found is None and bare in known.values():
        found = bare
    if found is None:
        listed = ", ".join(mark + name.lstrip(mark) for name in known) or "none"
        raise BadLine(f"There is no {kind} '{_short(text)}'. There are: {listed}.")
    return found


def _string(_name: str, text: str) -> OptionValue:
    return text


def _integer(name: str, text: str) -> OptionValue:
    if not re.fullmatch(r"[+-]?\d{1,16}", text, re.ASCII) or abs(int(text)) > _LARGEST:
        raise BadLine(f"'{name}' takes a whole number, not '{_short(text)}'.")
    return int(text)


def _number(name: str, text: str) -> OptionValue:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= _LARGEST:
        raise BadLine(f"'{name}' takes a number, not '{_short(text)}'.")
    return value


def _boolean(name: str, text: str) -> OptionValue:
    if text.casefold() not in _YES | _NO:
        raise BadLine(f"'{name}' takes yes or no, not '{_short(text)}'.")
    return text.casefold() in _YES


_READERS: Mapping[int, Callable[[str, str], OptionValue]] = MappingProxyType(
    {STRING: _string, INTEGER: _integer, NUMBER: _number, BOOLEAN: _boolean}
)


def _hold_limits(option: Payload, value: OptionValue) -> None:
    """Hold an option's smallest and largest value, or shortest and longest text."""
    what = "characters" if isinstance(value, str) else ""
    size = len(value) if isinstance(value, str) else value
    lowest, highest = ("min_length", "max_length") if what else ("min_value", "max_value")
    shown = f"{size} {what}".strip()
    if (least := option.get(lowest)) is not None and size < least:
        raise BadLine(f"'{option['name']}' takes at least {least} {what}".rstrip() + f", not {shown}.")
    if (most := option.get(highest)) is not None and size > most:
        raise BadLine(f"'{option['name']}' takes at most {most} {what}".rstrip() + f", not {shown}.")


def _quoted(names: Sequence[str]) -> str:
    *some, last = [f"'{name}'" for name in names]
    return f"{', '.join(some)} and {last}" if some else last


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
