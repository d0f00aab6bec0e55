"""What carries the program to where it runs agrees with the program, and the pages on trust with the schema."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from packaging.utils import canonicalize_name

from bot.__main__ import COMMANDS
from bot.exits import NEVER_AGAIN
from bot.settings import SETTINGS, Settings
from bot.shell.command import read_arguments
from data.store.migrations import list_migrations

ROOT = Path(__file__).parents[1]
NAMES = {setting.name for setting in SETTINGS}
STATE = "/var/lib/asylum-bot"
FOREIGN = {"PYTHONDONTWRITEBYTECODE"}
"""What the container sets beside our own settings."""


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def find_one(pattern: str, text: str) -> str:
    (found,) = re.findall(pattern, text, re.MULTILINE)
    return str(found)


def test_the_container_copies_what_there_is_and_the_context_lets_it_in() -> None:
    sources = [
        name
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", read("Dockerfile"), re.MULTILINE)
        for name in line.split()
    ]
    ignored = read(".dockerignore").splitlines()

    assert {"bot", "cogs", "data", "pyproject.toml"} <= set(sources)
    assert [name for name in sources if not (ROOT / name).exists()] == []
    assert ignored[0] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == set(sources)
    assert "data/local" in ignored


def test_the_container_runs_live_and_not_as_root_and_keeps_its_state_on_its_volume() -> None:
    text = read("Dockerfile")
    words = shlex.split(find_one(r"^CMD \[(.+)\]$", text).replace(",", " "))
    set_here = dict(re.findall(r"(?:ENV |    )([A-Z_]+)=(\S+)", text))

    assert read_arguments(COMMANDS, words).live
    assert find_one(r"^USER (\d+)$", text) != "0"
    assert find_one(r"^VOLUME (\S+)$", text) == STATE
    assert set_here["DATABASE_PATH"].startswith(f"{STATE}/")
    assert set(set_here) - FOREIGN <= NAMES
    assert f"127.0.0.1:{set_here['HEALTH_PORT']}/healthz" in text


def test_compose_has_one_bot_unless_it_is_asked_for_several_on_one_state() -> None:
    compose = yaml.safe_load(read("compose.yaml"))
    services = compose["services"]
    bots = {name: each for name, each in services.items() if each["image"] == "asylum-statistics-bot"}

    assert [name for name, each in services.items() if "profiles" not in each] == ["bot"]
    for each in bots.values():
        settings = Settings.read({**each["environment"], "DISCORD_TOKEN": "a.b.c"})
        (volume,) = each["volumes"]
        assert each["read_only"]
        assert volume.endswith(f":{STATE}")
        assert volume.split(":")[0] in compose["volumes"]
        assert settings.database_path.parent == Path(STATE)
        assert set(each["environment"]) <= NAMES
    assert len({each["volumes"][0] for each in bots.values()}) == len(bots)
    parts = [Settings.read(each["environment"]).shards for name, each in bots.items() if name != "bot"]
    assert sorted(shard for part in parts if part for shard in part.own) == [0, 1, 2]
    assert {part.count for part in parts if part} == {3}
    assert "postgresql://bot:" in bots["shard-0"]["environment"]["STATE_URL"]
    assert services["postgresql"]["environment"]["POSTGRES_DB"] == "asylum"


def test_the_unit_runs_live_and_is_not_started_again_where_that_would_end_the_same() -> None:
    text = read("docs/asylum-bot.service")
    _, *words = find_one(r"^ExecStart=(.+)$", text).split()

    assert read_arguments(COMMANDS, words).live
    assert find_one(r"^RestartPreventExitStatus=(.+)$", text).split() == [
        str(int(code)) for code in NEVER_AGAIN
    ]
    assert set(re.findall(r"^Environment=([A-Z_]+)=", text, re.MULTILINE)) <= NAMES


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "asylum-bot.service"
    text = read("docs/asylum-bot.service").replace("/opt/asylum-bot/bin/asylum-bot", sys.executable)
    unit.write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_what_runs_the_bot_installs_nothing_that_only_tests_it() -> None:
    recipe = find_one(r"^\$\(RUNS\):.*\n((?:\t.+\n)+)", read("Makefile"))

    assert "'.[metrics]'" in recipe
    assert "dev" not in recipe
    assert re.search(r"^run: \$\(RUNS\)$", read("Makefile"), re.MULTILINE)


@pytest.fixture(scope="module")
def schema() -> dict[str, list[str]]:
    """The columns of every table."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("".join(each.sql for each in list_migrations()))
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
        ]
        return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in tables}


def test_the_privacy_page_names_every_table_and_every_column_of_those_about_servers(
    schema: dict[str, list[str]],
) -> None:
    text = read("PRIVACY.md")
    rows = {
        table: re.findall(r"`(\w+)`", columns)
        for table, columns in re.findall(r"^\| `(\w+)` \| (.+?) \|", text, re.MULTILINE)
    }
    others = text.split("All other tables hold")[1].split("A column that")[0]

    assert set(rows) | set(re.findall(r"`(\w+)`", others)) == set(schema)
    assert {table: sorted(columns) for table, columns in rows.items()} == {
        table: sorted(schema[table]) for table in rows
    }


def test_no_table_of_figures_could_name_anybody(schema: dict[str, list[str]]) -> None:
    named = re.findall(r"^\| `(\w+)` \|", read("PRIVACY.md"), re.MULTILINE)
    ours = re.compile(r"\b(user|member|server|guild|channel|message|author|asker)s?\b")

    assert {t: c for t, c in schema.items() if t not in named and ours.search(" ".join(c))} == {}


@pytest.mark.parametrize("page", ["PRIVACY.md", "TERMS.md", "SECURITY.md", "docs/operate.md"])
def test_each_page_is_linked_in_the_readme_and_its_commands_and_settings_are_there(page: str) -> None:
    text = read(page)
    commands = {command.name for command in COMMANDS}
    spoken = {
        line.split()[0] for line in re.findall(r"(?:python -m bot|bin/asylum-bot) ([a-z][^`\n]*)", text)
    }
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", text))

    assert f"({page})" in read("README.md")
    assert spoken <= commands
    assert named <= NAMES


def test_the_lock_pins_with_hashes_what_runs_as_it_was_tested() -> None:
    pinned = re.compile(r"^([\w.-]+)==([^ ;\\\n]+)", re.MULTILINE)
    pins = {canonicalize_name(name): version for name, version in pinned.findall(read("constraints.txt"))}
    locked = {canonicalize_name(name): version for name, version in pinned.findall(read("requirements.lock"))}
    asked = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    each = re.split(r"\n(?=\w)", read("requirements.lock"))

    assert {canonicalize_name(re.split(r"[<>=\[]", line)[0]) for line in asked} <= set(locked)
    assert {name: version for name, version in locked.items() if pins.get(name) != version} == {}
    assert [block.split()[0] for block in each if "--hash=sha256:" not in block] == []


def test_each_workflow_runs_what_is_there() -> None:
    ci, release = (yaml.safe_load(read(f".github/workflows/{name}.yml")) for name in ("ci", "release"))
    supported = tomllib.loads(read("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    image = find_one(r"^FROM python:([\d.]+)-slim AS build$", read("Dockerfile"))
    runs = [
        step["run"]
        for job in (*ci["jobs"].values(), *release["jobs"].values())
        for step in job["steps"]
        if "run" in step
    ]

    assert supported in ci["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert image in ci["jobs"]["test"]["strategy"]["matrix"]["python"]
    for line in (line for run in runs for line in run.splitlines()):
        if found := re.search(r"(?:asylum-bot|asylum-statistics-bot) (answer .+)", line):
            assert read_arguments(COMMANDS, shlex.split(found[1])).command.name == "answer"
        for name in re.findall(r"(?:\.ci/run|[\w.]+\.(?:lock|toml|md|txt))", line):
            assert (ROOT / name).exists() or name == "notes.md"
