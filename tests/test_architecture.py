"""Who may import whom, and what the house does not do. The rooms stand in one order."""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import pairwise

import pytest

from tests import house_rules
from tests.house_rules import ROOMS, room_of
from tests.modules import ROOT, Module, modules

MODULES = modules()
MAX_LINES_IN_A_FILE = 600
SOURCES = ("bench", "bot", "cogs", "data", "tests")


def broken(rule: Callable[[Module], list[str]]) -> list[str]:
    return [fault for module in MODULES for fault in rule(module)]


def test_every_module_has_its_place_in_the_house() -> None:
    assert broken(house_rules.unplaced) == []


def test_each_room_imports_only_from_those_above_it() -> None:
    assert broken(house_rules.climbs) == []


def test_what_speaks_looks_nothing_up_and_only_operators_open_the_database() -> None:
    assert broken(house_rules.looks_up) == []


def test_the_double_of_discord_knows_nothing_of_the_bot() -> None:
    assert broken(house_rules.opens_the_double) == []


def test_the_database_and_unhcr_know_nothing_of_each_other() -> None:
    assert broken(house_rules.crosses) == []


def test_what_keeps_shared_state_is_chosen_in_one_place() -> None:
    assert broken(house_rules.names_what_keeps_state) == []


def test_nothing_imports_the_start_and_only_the_start_reads_settings() -> None:
    assert broken(house_rules.enters_the_start) == []


def test_each_library_stays_in_its_rooms() -> None:
    assert broken(house_rules.strays) == []


def test_reasoning_neither_waits_nor_looks_at_a_clock() -> None:
    assert broken(house_rules.acts_though_pure) == []


def test_only_the_start_reads_the_environment() -> None:
    assert broken(house_rules.reads_the_environment) == []


def test_sql_is_written_only_in_the_store() -> None:
    assert broken(house_rules.writes_sql) == []


def test_what_is_bound_in_sql_is_in_order_or_has_a_name() -> None:
    assert broken(house_rules.numbers_what_is_bound) == []


def test_no_state_is_kept_in_a_module() -> None:
    assert broken(house_rules.keeps_global_state) == []


def test_no_failure_is_lost_silently() -> None:
    assert broken(house_rules.loses_failures) == []


def test_every_module_s_name_says_what_is_in_it() -> None:
    assert broken(house_rules.has_a_vague_name) == []


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of one circle of imports, or nothing."""
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        if name not in done:
            for after in sorted(graph[name]):
                if found := visit(after, (*trail, name)):
                    return found
            done.add(name)
        return []

    return next((found for name in graph if (found := visit(name, ()))), [])


def test_imports_never_run_in_a_circle() -> None:
    names = {module.name for module in MODULES}

    assert circle({module.name: module.needs(names) for module in MODULES}) == []


def rooms_and_needs(modules: list[Module]) -> dict[str, set[str]]:
    """Which rooms each room needs, its own left out."""
    names = {module.name for module in modules}
    found: dict[str, set[str]] = {room: set() for room in ROOMS}
    for module in modules:
        if room := room_of(module.name):
            found[room] |= {needed for name in module.needs(names) if (needed := room_of(name))} - {room}
    return found


def test_rooms_never_need_each_other_in_a_circle() -> None:
    assert circle(rooms_and_needs(MODULES)) == []


def test_a_circle_of_rooms_would_be_seen() -> None:
    found = [
        Module("data.store.releases", "from data.questions import view"),
        Module("data.questions.view", "from data.store import figures"),
        Module("data.store.figures", ""),
    ]

    assert circle(rooms_and_needs(found)) == ["data.store", "data.questions", "data.store"]


def test_every_room_holds_something() -> None:
    named = {room_of(module.name) for module in MODULES}

    assert [room for room in ROOMS if room not in named] == []


def test_a_circle_would_be_seen() -> None:
    graph = {"a": {"b"}, "b": {"c", "d"}, "c": set(), "d": {"b"}}

    found = circle(graph)

    assert found[0] == found[-1]
    assert all(after in graph[before] for before, after in pairwise(found))


def test_no_file_is_longer_than_six_hundred_lines() -> None:
    paths = [
        path
        for folder in SOURCES
        for kind in ("py", "js", "css")
        for path in sorted((ROOT / folder).rglob(f"*.{kind}"))
    ]
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in paths
        if (lines := path.read_text("utf-8").count("\n")) > MAX_LINES_IN_A_FILE
    }

    assert long == {}


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    """A comma in a wording that no quotes hold together would cut the wording off, unseen."""
    tables = [path for folder in SOURCES for path in sorted((ROOT / folder).rglob("*.csv"))]
    cut = [
        (path.name, *row)
        for path in tables
        for head, *rows in [list(csv.reader(path.read_text("utf-8").splitlines()))]
        for row in rows
        if len(row) != len(head)
    ]

    assert tables
    assert cut == []


def test_every_room_is_told_apart_from_those_whose_names_begin_alike() -> None:
    assert room_of("data.store.releases") == "data.store"
    assert room_of("data.stores") is None
    assert room_of("bot.preview.double.rest") == "bot.preview.double"
    assert room_of("bot.preview.page") == "bot.preview"
    assert len(set(ROOMS)) == len(ROOMS)


@pytest.mark.parametrize(
    ("rule", "name", "source"),
    [
        (house_rules.unplaced, "data.surprises", ""),
        (house_rules.climbs, "data.model", "from data.measures import tally"),
        (house_rules.climbs, "data.store.changes", "from data.releases import revisions"),
        (house_rules.climbs, "data.questions.view", "import bot.words"),
        (house_rules.climbs, "bot.replies.figures", "def later():\n    import bot.discord.client"),
        (house_rules.climbs, "bot.discord.client", "from bot.chat import answers"),
        (house_rules.climbs, "bot.discord.client", "from cogs import asylum"),
        (house_rules.looks_up, "bot.charts.lines", "from data.store.database import Database"),
        (house_rules.looks_up, "bot.replies.alert", "from data.alerts import delivery"),
        (house_rules.looks_up, "bot.chat.answers", "from data.store.database import Database"),
        (house_rules.looks_up, "cogs.asylum", "from data import answers"),
        (house_rules.looks_up, "cogs.asylum", "from data.releases.revisions import recompare"),
        (house_rules.opens_the_double, "bot.preview.double.rest", "from bot.words import say_number"),
        (house_rules.opens_the_double, "bot.preview.double.rest", "from data.model import Year"),
        (house_rules.crosses, "data.store.releases", "from data.sources.unhcr.client import Client"),
        (house_rules.crosses, "data.sources.unhcr.client", "from data.store import releases"),
        (house_rules.crosses, "data.sources.unhcr.client", "from ...store import releases"),
        (house_rules.names_what_keeps_state, "data.alerts", "from data.state.sqlite import SqliteState"),
        (house_rules.enters_the_start, "bot.discord.client", "from bot import settings"),
        (house_rules.enters_the_start, "cogs.asylum", "import bot.__main__"),
        (house_rules.strays, "data.answers", "import discord.utils"),
        (house_rules.strays, "cogs.asylum", "from matplotlib import pyplot"),
        (house_rules.strays, "bot.upkeep", "import aiosqlite"),
        (house_rules.acts_though_pure, "data.reading.check.judgement", "import asyncio"),
        (house_rules.acts_though_pure, "data.sources.unhcr.parse", "async def read(): ..."),
        (house_rules.acts_though_pure, "data.model", "day = date.today()"),
        (house_rules.reads_the_environment, "bot.log", "import os\nos.environ['LOG_LEVEL']"),
        (house_rules.reads_the_environment, "cogs.asylum", "from os import getenv"),
        (house_rules.writes_sql, "data.answers", "ASK = f'SELECT {columns} FROM figures'"),
        (house_rules.numbers_what_is_bound, "data.store.figures", "ASK = f'{SUMS} WHERE year = ?2'"),
        (house_rules.keeps_global_state, "bot.discord.client", "cache = {}"),
        (house_rules.keeps_global_state, "bot.discord.client", "seen: set[int] = set()"),
        (house_rules.keeps_global_state, "bot.discord.client", "def f():\n    global CACHE\n    CACHE = 1"),
        (house_rules.loses_failures, "bot.discord.client", "try:\n    f()\nexcept Exception:\n    pass"),
        (house_rules.loses_failures, "bot.chat.ask", "try:\n    f()\nexcept (OSError, Exception):\n    ..."),
        (house_rules.loses_failures, "bot.chat.ask", "with contextlib.suppress(Exception):\n    f()"),
        (house_rules.has_a_vague_name, "bot.chart_utils", ""),
        (house_rules.has_a_vague_name, "data.helpers.rates", ""),
    ],
)
def test_each_rule_sees_what_it_forbids(rule: Callable[[Module], list[str]], name: str, source: str) -> None:
    assert rule(Module(name, source)) != []


@pytest.mark.parametrize(
    ("rule", "name", "source"),
    [
        (house_rules.climbs, "data.state.sql.outbox", "from data.store.database import Database"),
        (house_rules.climbs, "cogs.asylum", "from bot.discord.options import CountryOption"),
        (house_rules.looks_up, "cogs.asylum", "from data.questions.figures import AskFigures"),
        (house_rules.looks_up, "bot.replies.alert", "from data.alerts.news import News"),
        (house_rules.looks_up, "bot.chat.answers", "from data.answers import Answers"),
        (house_rules.opens_the_double, "bot.preview.double.server", "from bot.endpoints import Endpoints"),
        (house_rules.names_what_keeps_state, "data.alerts", "from data.state.opening import state_of"),
        (house_rules.enters_the_start, "bot.__main__", "from bot.settings import Settings"),
        (house_rules.strays, "bot.charts.lines", "import matplotlib.backends"),
        (house_rules.acts_though_pure, "data.reading.check.search", "async def read(): ..."),
        (house_rules.writes_sql, "data.state.sql.outbox", "ASK = f'SELECT {columns} FROM figures'"),
        (
            house_rules.numbers_what_is_bound,
            "data.store.figures",
            "ASK = 'WHERE year = ? AND origin = :origin'",
        ),
        (house_rules.writes_sql, "bot.words", "METHODS = ['SELECT', 'DELETE', 'UPDATE the words']"),
        (
            house_rules.keeps_global_state,
            "bot.chat.ask",
            "LEVELS = {}\n__all__ = ['a']\ntree = ast.parse('')",
        ),
        (house_rules.loses_failures, "bot.chat.ask", "try:\n    f()\nexcept KeyError:\n    pass"),
        (house_rules.has_a_vague_name, "data.commons_of_uganda", ""),
    ],
)
def test_no_rule_forbids_what_is_meant(rule: Callable[[Module], list[str]], name: str, source: str) -> None:
    assert rule(Module(name, source)) == []
