"""What is written about the program is true of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import get_args

import pytest
from discord import AppCommandType, app_commands

from bot.charts.studio import Chart
from bot.discord.client import AsylumBot
from bot.services import Services
from bot.settings import SETTINGS

ROOT = Path(__file__).parents[1]
NOT_COMMITTED = {".git", ".venv", "__pycache__", "local", "build", "dist", ".env"}
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


def test_the_readme_s_table_of_settings_is_the_program_s() -> None:
    rows = dict(re.findall(r"^\|\s*`([A-Z][A-Z_]+)`\s*\|(.*)$", read("README.md"), re.MULTILINE))

    assert sorted(rows) == sorted(setting.name for setting in SETTINGS)
    assert [s.name for s in SETTINGS if s.default and f"`{s.default}`" not in rows[s.name]] == []


@pytest.fixture
async def tree() -> AsyncIterator[app_commands.CommandTree[AsylumBot]]:
    # A cog keeps its services while it is loaded, and uses them only when it is asked something.
    async with AsylumBot(object.__new__(Services)) as bot:
        for name in bot.cog_names:
            await bot.load_extension(name)
        yield bot.tree


async def test_the_readme_lists_every_slash_command_and_no_other(
    tree: app_commands.CommandTree[AsylumBot],
) -> None:
    walked = list(tree.walk_commands())
    commands = {f"/{c.qualified_name}" for c in walked if isinstance(c, app_commands.Command)}
    groups = {f"/{c.qualified_name}" for c in walked} - commands
    written = set(re.findall(r"`(/[a-z][a-z-]*(?: [a-z][a-z-]*)*)`", read("README.md")))

    assert commands - written == set()
    assert written - commands - groups == set()


def test_the_readme_shows_pictures_that_are_small_and_of_every_kind_of_chart() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\((\.github/pictures/[a-z]+\.png)\)", read("README.md"))
    pictures = {path: (ROOT / path).read_bytes() for _, path in shown}

    assert all(data.startswith(b"\x89PNG") and len(data) <= 60_000 for data in pictures.values())
    assert len(pictures) == len(get_args(Chart)) + 1  # a period is drawn in lines, as a trend is
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


def committed_texts() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = (
            parts[0].endswith("_cache")
            or parts[0] == ".hypothesis"
            or any(p.endswith(".egg-info") for p in parts)
        )
        if path.is_file() and path.suffix in TEXT and not hidden and not NOT_COMMITTED & set(parts):
            yield "/".join(parts), path.read_text("utf-8", errors="replace")


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
