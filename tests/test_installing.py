"""The steps of the Dockerfile, and of the page on systemd, taken in a plain folder until the bot is live.

No container engine and no systemd is needed, but the network: libraries are installed by their hashes.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.exits import Exit
from tests.bot.test_health import find_port
from tests.bot.test_live import PATIENCE, read_start
from tests.double import double as new_double

pytestmark = pytest.mark.proof

ROOT = Path(__file__).parents[1]
CONFINED = ("PATH", "HOME", "LANG")
"""What a step sees of this machine, beside what pip is told of where packages are."""


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def surroundings(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in CONFINED or name.startswith("PIP_")}
    return {**kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}", **settings}


def take(step: str, folder: Path) -> None:
    done = subprocess.run(
        ["sh", "-ec", step],
        cwd=folder,
        env=surroundings(),
        capture_output=True,
        text=True,
        timeout=PATIENCE * 2,
        check=False,
    )
    assert done.returncode == 0, f"{step}\n{done.stdout}{done.stderr}"


async def go_live(command: list[str], folder: Path, settings: dict[str, str], check: list[str] | None) -> str:
    """Start what was installed on a double of Discord, look how it does, stop it; return how its log begins."""
    async with new_double() as double:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env=surroundings(
                **settings,
                DISCORD_TOKEN=double.token,
                DISCORD_API_BASE=str(double.endpoints.api_base),
                DISCORD_GATEWAY_URL=str(double.endpoints.gateway_url),
                UNHCR_API_BASE="http://127.0.0.1:9/",
            ),
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            assert process.stderr is not None
            first = await asyncio.wait_for(process.stderr.readline(), PATIENCE)
            told = await asyncio.wait_for(read_start(process), PATIENCE)
            if check:
                looked = await asyncio.create_subprocess_exec(*check, env=surroundings())
                assert await asyncio.wait_for(looked.wait(), PATIENCE) == 0
            process.terminate()
            await asyncio.wait_for(process.communicate(), PATIENCE)
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()
    assert process.returncode == Exit.STOPPED
    assert told["newest"] == "Global Trends 2025, corrected (2026-06-25)"
    assert double.violations == []
    return str(json.loads(first)["event"])


def read_dockerfile(places: dict[str, str]) -> list[tuple[str, str]]:
    """Return each instruction and what stands behind it, with paths of the container as places of ours."""
    text = re.sub(r"^#.*\n", "", read("Dockerfile"), flags=re.MULTILINE).replace("\\\n", " ")
    for there, here in places.items():
        text = text.replace(there, here)
    return [
        (line.split(maxsplit=1)[0], line.split(maxsplit=1)[1].strip()) for line in text.splitlines() if line
    ]


async def test_the_steps_of_the_dockerfile_make_a_bot_that_is_live_and_healthy(tmp_path: Path) -> None:
    state, opt, source = (tmp_path / name for name in ("state", "opt", "source"))
    state.mkdir()
    source.mkdir()
    port = find_port()
    places = {
        "/var/lib/asylum-bot": str(state),
        "/opt/asylum-bot": str(opt),
        "8080": str(port),
        "WORKDIR /source": f"WORKDIR {source}",
    }
    said: dict[str, str] = {}
    not_taken = []
    for what, rest in read_dockerfile(places):
        match what:
            case "COPY" if "--from=build" in rest:
                assert rest == f"--from=build {opt} {opt}"
            case "COPY":
                *names, target = rest.split()
                for name in names:
                    if (ROOT / name).is_dir():
                        left_out = shutil.ignore_patterns("__pycache__", "local")
                        shutil.copytree(ROOT / name, source / target, ignore=left_out)
                    else:
                        shutil.copy(ROOT / name, source / target)
            case "RUN" if rest.startswith("useradd"):
                not_taken.append(rest)
            case "RUN":
                take(rest, source)
            case _:
                said[what] = rest
    assert len(not_taken) == 1, "of the steps, only the user of the container is not made here"
    assert said["WORKDIR"] == str(state)
    shutil.rmtree(source)
    before = {path: path.stat().st_mtime_ns for path in opt.rglob("*")}

    event = await go_live(
        [*json.loads(said["ENTRYPOINT"]), *json.loads(said["CMD"])],
        state,
        dict(each.split("=", 1) for each in shlex.split(said["ENV"])),
        json.loads(said["HEALTHCHECK"].split("CMD", 1)[1]),
    )

    assert event == "the first start lays out the releases that come with the program"
    assert {path: path.stat().st_mtime_ns for path in opt.rglob("*")} == before, (
        "only the volume is written to"
    )
    assert (state / "asylum.sqlite3").exists()


async def test_the_steps_of_the_page_on_systemd_make_a_bot_that_its_unit_starts(tmp_path: Path) -> None:
    (block,) = re.findall(
        r"^## With systemd\n\n```\n(.+?)^```", read("docs/operate.md"), re.MULTILINE | re.DOTALL
    )
    opt, state = tmp_path / "opt", tmp_path / "state"
    state.mkdir()
    lines = [line.removeprefix("sudo ").replace("/opt/asylum-bot", str(opt)) for line in block.splitlines()]
    ours = [line for line in lines if str(opt) in line]
    others = {line.split()[0] for line in lines} - {line.split()[0] for line in ours}
    assert others == {"useradd", "install", "systemctl", "journalctl"}
    for line in ours:
        take(line, ROOT)

    unit = read("docs/asylum-bot.service").replace("/opt/asylum-bot", str(opt))
    (command,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    settings = dict(re.findall(r"^Environment=(\w+)=(.+)$", unit, re.MULTILINE))
    assert settings["DATABASE_PATH"].startswith("%S/asylum-bot/")
    settings["DATABASE_PATH"] = settings["DATABASE_PATH"].replace("%S/asylum-bot", str(state))
    await go_live(command.split(), state, settings, check=None)

    assert (state / "asylum.sqlite3").exists()
