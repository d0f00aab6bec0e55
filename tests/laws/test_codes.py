"""Codes that are stored or sent are pinned in `codes.txt`: to change one is to change that file, and be seen.

What was stored or sent before must be read for ever: a code that is pinned is not reworded, reused or removed
without a migration. To pin a new one, write the line that the test misses.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from difflib import unified_diff
from enum import Enum
from pathlib import Path
from typing import Any

import data
from bot.alerts.proposals import ALERT_BUTTONS
from bot.chat.ask import CORRECTIONS
from bot.chat.buttons import BUTTONS
from bot.chat.check import ChartMenu, PageButton
from bot.discord.client import AsylumBot
from bot.discord.registration import KEY, KEY_SERVER
from bot.languages import Language
from bot.replies.files import FileFormat
from bot.sentences import SENTENCES
from bot.services import OFF, ON, OWN, Services
from data import state, store
from data.countries.groups import read_groups
from data.doubt import Side, Why
from data.model import (
    ALL,
    Dataset,
    Level,
    Measure,
    Order,
    Per,
    RankBy,
    ReferencePeriod,
    RevisionKind,
    Role,
    RowFault,
    Unit,
)
from data.questions.codec import FORMS, KINDS, OLD_KINDS, ORDERS, RANKED_BY
from data.questions.export import By
from data.releases.replication_log import TAKEN
from data.releases.sync import COMPARED, PROBE, REFUSED, UNKNOWN
from data.state.cluster import Deed
from data.state.model import (
    CHECKED,
    SHIPPED,
    DeliveryKind,
    DeliveryState,
    MarkReason,
    MarkState,
    PauseReason,
    Publication,
    Reason,
)
from data.store.checksums import Part
from data.store.database import APPLICATION_ID

PINS = Path(__file__).with_name("codes.txt")
SCHEMA = Path(data.__path__[0]) / "schema"
PINNED: tuple[type[Enum], ...] = (
    Measure,
    Dataset,
    Unit,
    ReferencePeriod,
    Level,
    Role,
    RankBy,
    Order,
    RevisionKind,
    By,
    Per,
    FileFormat,
    DeliveryState,
    Reason,
    PauseReason,
    Publication,
    MarkState,
    MarkReason,
    DeliveryKind,
    Part,
    RowFault,
    Why,
    Side,
    Deed,
)
CHECK = re.compile(r"CREATE TABLE (\w+)|CHECK \((\w+) IN \(([^)]*)\)\)")


def list_codes() -> Iterator[str]:
    for kind in PINNED:
        for each in kind:
            yield f"{kind.__name__} {each.value}"
    for measure in Measure:
        yield f"letter of a measure: {measure.row.letter} {measure.value}"
    for group in read_groups().values():
        yield f"code of a group, and its short one in buttons: {group.code} {group.short}"
    for letter, kind_of_change in KINDS.items():
        yield f"letter of a kind of change: {letter} {kind_of_change.value}"
    for place, kind_of_change in enumerate(OLD_KINDS):
        yield f"number of a kind of change in an old button: {place} {kind_of_change.value}"
    for letter, value in (*RANKED_BY.items(), *ORDERS.items()):
        yield f"letter of a ranking: {letter} {value.value}"
    for form in FORMS:
        options = [name for field in form.fields for name in field.options]
        yield f"command: {form.command} {' '.join(options)}"
        if form.letter:
            marks = {field.name: f"{field.mark}:" for field in form.fields if field.mark}
            parts = [f"{marks.get(name, '')}{name}" for name in form.button]
            yield f"button of a question: {form.letter} {' '.join(parts)} as_of"
    for button in (*BUTTONS, *CORRECTIONS, ChartMenu, PageButton, *ALERT_BUTTONS):
        yield f"custom id: {button.__discord_ui_compiled_template__.pattern}"
    for key in (KEY, KEY_SERVER, CHECKED, COMPARED, PROBE, REFUSED, UNKNOWN, SHIPPED, TAKEN):
        yield f"key of the memory: {key}"
    for code in SENTENCES:
        yield f"failure: {code}"
    yield f"every country: {ALL}"
    yield f"mentions: {ON} {OFF}"
    yield f"languages: {' '.join(Language)}, of a server also {OWN}"
    yield f"database: {APPLICATION_ID:#x}"
    yield from list_checks()


def list_checks() -> Iterator[str]:
    """Yield the codes that the schema itself allows in a column."""
    for script in sorted(SCHEMA.glob("*.sql")):
        table = ""
        for name, column, codes in CHECK.findall(script.read_text("utf-8")):
            table = name or table
            if column:
                yield f"schema: {table}.{column} {codes}"


async def list_choices() -> list[str]:
    """Return the choices of registered commands, by their values."""
    found = []

    def walk(node: dict[str, Any], words: str) -> None:
        if node.get("choices"):
            found.append(f"choices: {words} {' '.join(str(each['value']) for each in node['choices'])}")
        for option in node.get("options", ()):
            walk(option, f"{words} {option['name']}")

    async with AsylumBot(object.__new__(Services)) as client:
        for name in client.cog_names:
            await client.load_extension(name)
        for command in client.tree.get_commands():
            walk(command.to_dict(client.tree), command.name)
    return found


async def test_every_code_that_is_stored_or_sent_is_the_pinned_one() -> None:
    found = [*list_codes(), *sorted(await list_choices())]

    pinned = PINS.read_text("utf-8").splitlines()
    assert found == pinned, "\n".join(unified_diff(pinned, found, PINS.name, "the program", n=1, lineterm=""))


def test_no_code_is_a_sentence() -> None:
    for kind in PINNED:
        for each in kind:
            assert re.fullmatch(r"[A-Za-z]+([- ][a-z]+){0,3}", str(each.value)), each


def test_letters_are_no_two_measures_or_kinds() -> None:
    letters = [measure.row.letter for measure in Measure]

    assert len(set(letters)) == len(letters)
    assert set(KINDS.values()) == set(OLD_KINDS) == set(RevisionKind)
    assert len({form.letter for form in FORMS}) == len(FORMS)


def test_every_enum_that_the_store_knows_is_pinned() -> None:
    known = {
        each
        for package in (store, state)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if module.name != "data.state.model"  # it has enums that are never stored
        for each in vars(importlib.import_module(module.name)).values()
        if isinstance(each, type) and issubclass(each, Enum) and each.__members__
    }

    assert known <= {*PINNED}
    assert {Measure, RevisionKind, Reason, PauseReason} <= known
