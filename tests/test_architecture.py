"""Who may import whom, and what the house does not do. The floors, from the ground up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from tests import house_rules
from tests.house_rules import ROOMS
from tests.modules import ROOT, Module, modules

MODULES = modules()
MOST_LINES_IN_A_FILE = 600
SOURCES = ("bench", "bot", "cogs", "data", "tests")


def broken(rule: Callable[[Module], list[str]]) -> list[str]:
    return [fault for module in MODULES for fault in rule(module)]


def test_every_module_has_its_place_in_the_house() -> None:
    assert broken(house_rules.unplaced) == []


def test_a_module_imports_only_from_the_floors_below_that_are_its_own_business() -> None:
    assert broken(house_rules.climbs) == []


def test_the_database_and_unhcr_know_nothing_of_each_other() -> None:
    assert broken(house_rules.crosses) == []


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


def test_commands_are_short() -> None:
    assert broken(house_rules.has_a_long_command) == []


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
        if (lines := path.read_text("utf-8").count("\n")) > MOST_LINES_IN_A_FILE
    }

    assert long == {}


def test_every_room_is_told_apart_from_those_whose_names_begin_alike() -> None:
    assert house_rules.room_of("data.unhcr.parse") == "data.unhcr.parse"
    assert house_rules.room_of("data.unhcr.parser") == "data.unhcr"
    assert house_rules.room_of("data.models") is None
    assert house_rules.room_of("bot.charts.line") == "bot.charts"
    assert set(ROOMS.values()) == set(range(8))


LONG_COMMAND = "@app_commands.command()\nasync def figures():\n    '''Say.'''\n" + "    await ask()\n" * 16


@pytest.mark.parametrize(
    ("rule", "name", "source"),
    [
        (house_rules.unplaced, "data.surprises", ""),
        (house_rules.climbs, "data.model", "from data.errors import AsylumBotError"),
        (house_rules.climbs, "data.compare", "from data.store import releases"),
        (house_rules.climbs, "data.answers", "import bot.words"),
        (house_rules.climbs, "bot.charts.line", "from data.store.database import Database"),
        (house_rules.climbs, "bot.replies.figures", "def later():\n    import bot.client"),
        (house_rules.climbs, "bot.client", "from cogs import figures"),
        (house_rules.climbs, "cogs.figures", "from data import answers"),
        (house_rules.climbs, "cogs.figures", "from data.compare import compare"),
        (house_rules.crosses, "data.store.releases", "from data.unhcr.client import Client"),
        (house_rules.crosses, "data.unhcr.client", "from data.store import releases"),
        (house_rules.crosses, "data.unhcr.client", "from ..store import releases"),
        (house_rules.enters_the_start, "bot.client", "from bot import settings"),
        (house_rules.enters_the_start, "cogs.about", "import bot.__main__"),
        (house_rules.strays, "data.answers", "import discord.utils"),
        (house_rules.strays, "cogs.trend", "from matplotlib import pyplot"),
        (house_rules.strays, "bot.workers.sync", "import aiosqlite"),
        (house_rules.acts_though_pure, "data.claims", "import asyncio"),
        (house_rules.acts_though_pure, "data.unhcr.parse", "async def read(): ..."),
        (house_rules.acts_though_pure, "data.digest", "day = date.today()"),
        (house_rules.reads_the_environment, "bot.log", "import os\nos.environ['LOG_LEVEL']"),
        (house_rules.reads_the_environment, "cogs.about", "from os import getenv"),
        (house_rules.writes_sql, "data.answers", "ASK = f'SELECT {columns} FROM figures'"),
        (house_rules.has_a_long_command, "cogs.figures", LONG_COMMAND),
        (house_rules.keeps_global_state, "bot.client", "cache = {}"),
        (house_rules.keeps_global_state, "bot.client", "seen: set[int] = set()"),
        (house_rules.keeps_global_state, "bot.client", "def f():\n    global CACHE\n    CACHE = 1"),
        (house_rules.loses_failures, "bot.client", "try:\n    f()\nexcept Exception:\n    pass"),
        (house_rules.loses_failures, "bot.client", "try:\n    f()\nexcept (OSError, Exception):\n    ..."),
        (house_rules.loses_failures, "bot.client", "with contextlib.suppress(Exception):\n    f()"),
        (house_rules.has_a_vague_name, "bot.chart_utils", ""),
        (house_rules.has_a_vague_name, "data.helpers.rates", ""),
    ],
)
def test_each_rule_sees_what_it_forbids(rule: Callable[[Module], list[str]], name: str, source: str) -> None:
    assert rule(Module(name, source)) != []


@pytest.mark.parametrize(
    ("rule", "name", "source"),
    [
        (house_rules.climbs, "data.store.observations", "from data.unhcr.parse import Row"),
        (house_rules.crosses, "data.store.observations", "from data.unhcr.parse import Row"),
        (
            house_rules.climbs,
            "cogs.figures",
            "from bot.options import CountryOption\nfrom data.model import Year",
        ),
        (house_rules.climbs, "cogs.figures", "from data.questions import AskFigures"),
        (house_rules.enters_the_start, "bot.__main__", "from bot.settings import Settings"),
        (house_rules.strays, "bot.charts.line", "import matplotlib.backends"),
        (house_rules.writes_sql, "bot.words", "METHODS = ['SELECT', 'DELETE', 'UPDATE the words']"),
        (house_rules.keeps_global_state, "bot.client", "LEVELS = {}\n__all__ = ['a']\ntree = ast.parse('')"),
        (house_rules.loses_failures, "bot.client", "try:\n    f()\nexcept KeyError:\n    pass"),
        (house_rules.has_a_vague_name, "data.commons_of_uganda", ""),
    ],
)
def test_no_rule_forbids_what_is_meant(rule: Callable[[Module], list[str]], name: str, source: str) -> None:
    assert rule(Module(name, source)) == []
