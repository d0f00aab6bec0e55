"""What is written about the program is true of it."""

from __future__ import annotations

import ast
import os
import re
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import get_args

import pytest
from discord import AppCommandType, app_commands

from bot import health
from bot.__main__ import COMMANDS
from bot.charts.studio import Chart
from bot.discord.client import AsylumBot
from bot.exits import Exit
from bot.replies.files import COLUMNS
from bot.services import Services
from bot.settings import SETTINGS
from tests.asking import asking, open_services
from tests.modules import modules

ROOT = Path(__file__).parents[1]
REFERENCE = "docs/reference.md"
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
)
"""What is written for people."""
NOT_COMMITTED = {".git", ".venv", "__pycache__", "local", "build", "dist", ".env", "latest.md", ".hypothesis"}
GENERATED = ("_cache", ".egg-info")
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".yml",
    ".yaml",
    ".sql",
    ".csv",
    ".js",
    ".css",
    ".html",
    ".json",
    ".svg",
    ".example",
    "",
}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_example_env_file_lists_every_setting_with_its_meaning_and_default() -> None:
    found = re.findall(r"^# (.+)\n(?:# )?([A-Z_]+)=(.*)$", read(".env.example"), re.MULTILINE)

    assert found == [(setting.meaning, setting.name, setting.default) for setting in SETTINGS]


def test_the_example_env_file_changes_nothing_until_it_is_edited() -> None:
    live = [line for line in read(".env.example").splitlines() if line and not line.startswith("#")]

    assert live == ["DISCORD_TOKEN="]


def test_the_table_of_settings_is_the_program_s() -> None:
    rows = dict(re.findall(r"^\|\s*`([A-Z][A-Z_]+)`\s*\|(.*)$", read(REFERENCE), re.MULTILINE))

    assert sorted(rows) == sorted(setting.name for setting in SETTINGS)
    assert [s.name for s in SETTINGS if s.default and f"`{s.default}`" not in rows[s.name]] == []


def test_the_table_of_exit_codes_is_the_program_s() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", read(REFERENCE), re.MULTILINE)

    assert [(int(code), meaning) for code, meaning in rows] == [(e.value, e.meaning) for e in Exit]


@pytest.fixture
async def tree() -> AsyncIterator[app_commands.CommandTree[AsylumBot]]:
    # A cog keeps its services while it is loaded, and uses them only when it is asked something.
    async with AsylumBot(object.__new__(Services)) as bot:
        for name in bot.cog_names:
            await bot.load_extension(name)
        yield bot.tree


async def test_every_slash_command_is_told_and_no_other(tree: app_commands.CommandTree[AsylumBot]) -> None:
    walked = list(tree.walk_commands())
    commands = {f"/{c.qualified_name}" for c in walked if isinstance(c, app_commands.Command)}
    groups = {f"/{c.qualified_name}" for c in walked} - commands
    written = {
        page: set(re.findall(r"`(/(?:asylum|alerts)[a-z-]*(?: [a-z][a-z-]*)*)`", read(page)))
        for page in PAGES
    }

    untold = commands - written[REFERENCE] - written["docs/moderators.md"]
    assert not untold, f"give {sorted(untold)} a row in {REFERENCE}, or tell of it in docs/moderators.md"
    assert [
        (page, found - commands - groups) for page, found in written.items() if found - commands - groups
    ] == []


def test_every_command_of_the_shell_is_told_and_no_other() -> None:
    told = {
        page: set(re.findall(r"(?:python -m bot|bin/asylum-bot) ([a-z-]+)", read(page))) for page in PAGES
    }

    assert told[REFERENCE] == {command.name for command in COMMANDS}
    assert set().union(*told.values()) == told[REFERENCE]


def test_the_table_of_metrics_is_the_program_s() -> None:
    rows = re.findall(r"^\| `(asylum_\w+)` \| (.*)\| (.+) \|$", read(REFERENCE), re.MULTILINE)

    assert [(name, tuple(re.findall(r"`(\w+)`", labels)), meaning) for name, labels, meaning in rows] == [
        (metric.name, metric.labels, metric.meaning)
        for metric in (*health.HISTOGRAMS, *health.GAUGES, *health.COUNTERS)
    ]


def test_the_table_of_a_file_s_columns_is_the_program_s() -> None:
    table = read(REFERENCE).split("## Columns of files")[1].split("\n## ")[0]

    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [*COLUMNS, "query"]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_page_and_its_heading(page: str) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", read(page)):
        path, _, heading = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE) if heading else ()
        assert not heading or heading in {
            re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings
        }


def test_the_readme_shows_pictures_that_are_small_and_of_every_kind_of_chart() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\((\.github/pictures/[a-z]+\.png)\)", read("README.md"))
    pictures = {path: (ROOT / path).read_bytes() for _, path in shown}

    assert all(data.startswith(b"\x89PNG") and len(data) <= 60_000 for data in pictures.values())
    # A period is drawn in lines, as a trend is; refugees as claims are, and inhabitants on a map; and a reply.
    kinds = len(get_args(Chart)) + 4
    assert len(pictures) == kinds, f"README.md shows {len(pictures)} pictures; each chart has one: {kinds}"
    assert all(len(alt) > 20 for alt, _ in shown)


async def test_the_readme_names_every_message_menu(tree: app_commands.CommandTree[AsylumBot]) -> None:
    names = [menu.name for menu in tree.walk_commands(type=AppCommandType.message)]

    assert [name for name in names if name not in read("README.md")] == []


def test_the_changelog_is_kept_and_has_a_place_for_what_is_not_released() -> None:
    changelog = read("CHANGELOG.md")
    releases = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    kinds = set(re.findall(r"^### (.+)$", changelog, re.MULTILINE))

    assert changelog.startswith("# Changelog\n")
    assert releases[:1] == ["[Unreleased]"]
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", release) for release in releases[1:])
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_results_of_a_run_are_ignored_and_those_that_are_kept_are_linked() -> None:
    (latest,) = re.findall(
        r'^RESULTS = Path\(__file__\)\.with_name\("(.+)"\)$', read("bench/__main__.py"), re.M
    )
    kept = [path.relative_to(ROOT).as_posix() for path in (ROOT / "bench" / "results").iterdir()]

    assert f"bench/{latest}" in read(".gitignore").splitlines()
    assert all(re.fullmatch(r"bench/results/\d{4}-\d\d\.md", name) for name in kept)
    assert f"({max(kept)})" in read("README.md")


STEP = re.compile(r"^\| (\d+) \| `([^`]+)` \| `([^`]+)` \| .+ \|$", re.MULTILINE)
JOURNEY = [(file, function) for _, file, function in STEP.findall(read("CONTRIBUTING.md"))]
"""The steps of one question through the rooms: a file and a function of it."""

CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w./-]+/[\w./-]*|[\w-]+\.(?:py|csv|md|txt|toml)")
NAME = re.compile(r"[A-Z]\w*[a-z]\w*(?:\.\w+)*|[A-Z]{2,}(?:_[A-Z]+)*|[a-z]\w*(?:_\w+)+")
ELSEWHERE = {"bench/latest.md", "../shared/releases", "../shared/discord/openapi.json"}
"""What CONTRIBUTING names that is no part of the project."""

SETTINGS_OF_TESTS = {"ASYLUM_RELEASES"}


def list_defined(tree: ast.AST, within: str = "") -> Iterator[str]:
    """The functions, classes, methods and variables of a module: `Atlas.find`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield f"{within}{node.name}"
            yield from list_defined(node, f"{within}{node.name}.")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (f"{within}{target.id}" for target in targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.If | ast.Try):
            yield from list_defined(node, within)


@pytest.mark.parametrize(("file", "function"), JOURNEY)
def test_every_step_of_a_question_s_way_is_a_function_of_its_file(file: str, function: str) -> None:
    assert function in set(list_defined(ast.parse(read(file))))


def test_what_contributing_names_is_there() -> None:
    text = read("CONTRIBUTING.md")
    named = {code for code in CODE.findall(text) if code not in ELSEWHERE | SETTINGS_OF_TESTS}
    files = {name for name, _ in committed_texts()}
    defined = {name for module in modules() for name in list_defined(module.tree)}
    defined |= {name.rpartition(".")[2] for name in defined}

    paths = {code for code in named if PATH.fullmatch(code)}
    assert {path for path in paths if not is_a_path_of(path, files)} == set()
    names = {code for code in named - paths if NAME.fullmatch(code)}
    assert names - defined == set()
    assert len(paths) > 30
    assert len(names) > 10


def is_a_path_of(path: str, files: set[str]) -> bool:
    """Whether it is a file, a module without its suffix, a folder, or the bare name of a file or folder."""
    if "/" in path.rstrip("/"):
        return any(file in (path, f"{path}.py") or file.startswith(f"{path.rstrip('/')}/") for file in files)
    return any(
        f"/{path}" in f"/{file}" if path.endswith("/") else f"/{file}".endswith(f"/{path}") for file in files
    )


async def test_a_question_takes_the_way_that_contributing_tells(releases_path: Path) -> None:
    """Its functions are called, in that order of first calls, when just this is asked."""
    called: dict[tuple[str, str], None] = {}

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.setdefault((frame.f_code.co_filename, frame.f_code.co_qualname))

    threading.setprofile(watch)  # for the thread that draws
    try:
        async with open_services(releases_path) as services, asking(services) as asker:
            called.clear()
            sys.setprofile(watch)
            await asker.message("trend", {"measure": "applications", "asylum": "Germany"})
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]  # typeshed knows no None

    steps = [(str(ROOT / file), function) for file, function in JOURNEY]
    assert len(steps) > 20
    assert [step for step in called if step in set(steps)] == steps


@cache
def committed_texts() -> tuple[tuple[str, str], ...]:
    """The names and texts of what is committed; folders that are not, with their thousands of files, are not entered."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(
            name for name in inner if name not in NOT_COMMITTED and not name.endswith(GENERATED)
        )
        for path in (Path(folder, name) for name in sorted(names)):
            if path.name not in NOT_COMMITTED and path.suffix in TEXT and path.is_file():
                found.append((path.relative_to(ROOT).as_posix(), path.read_text("utf-8", errors="replace")))
    return tuple(found)


REGISTRY = re.compile(
    r"https?://[^\s\"'<>]*(pypi\.|pythonhosted\.|npmjs\.|registry\.|crates\.io|artifactory|devpi|/simple\b)",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.~}/-])(/(work|home|Users|root)/\w|[A-Z]:\\\\?Users\\)")


@pytest.mark.parametrize("foreign", [REGISTRY, MACHINE], ids=["registry", "machine"])
def test_no_committed_file_names_a_package_registry_or_somebody_s_machine(foreign: re.Pattern[str]) -> None:
    found = {name: hit[0] for name, text in committed_texts() if (hit := foreign.search(text))}

    assert found == {}


@pytest.mark.parametrize(
    ("foreign", "text"),
    [
        (REGISTRY, "--index-url={}://pypi.org/".format("https")),
        (REGISTRY, "resolved: {}://registry.example/x".format("https")),
        (MACHINE, "cd {}work/main".format("/")),
        (MACHINE, "'{}Users/ada/asylum'".format("/")),
        (MACHINE, "C:{}Users{}ada".format("\\", "\\")),
    ],
)
def test_a_registry_or_a_machine_would_be_seen(foreign: re.Pattern[str], text: str) -> None:
    assert foreign.search(text)


def test_most_of_what_is_committed_is_looked_at() -> None:
    names = {name for name, _ in committed_texts()}

    assert {
        "pyproject.toml",
        "Makefile",
        ".env.example",
        "bot/settings.py",
        "tests/test_documents.py",
    } <= names
