"""Processes of the program on one state, as an operator restarts them: the next one runs before the last one stops."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.errors import STATE_AWAY
from bot.exits import Exit
from bot.preview.double import DiscordDouble
from bot.preview.double.routes import replies
from tests.bot.test_live import PATIENCE, live
from tests.data.state.implementations import empty_server
from tests.double import double as new_double
from tests.postgresql import ABSENT, Way, find_initdb, run_server

COMMAND, OPTIONS = "asylum figures", {"origin": "CHI", "asylum": "CAN", "year": 2025}
QUESTION = "How many Chinese applied for asylum in Canada in 2025?"
EVERY = 1 / 20
"""Seconds between two commands; every tenth time somebody mentions the bot besides."""


@dataclass
class Askers:
    """People who go on asking, whether or not they were answered."""

    double: DiscordDouble
    asked: list[asyncio.Task[Any]] = field(default_factory=list)

    async def ask(self) -> None:
        """Go on until cancelled."""
        for number in range(1_000_000):
            self.asked.append(asyncio.create_task(self.command()))
            if number % 10 == 0:
                self.asked.append(asyncio.create_task(self.mention()))
            await asyncio.sleep(EVERY)

    async def command(self) -> None:
        told = await self.double.slash(COMMAND, OPTIONS, timeout=PATIENCE)
        assert told.reply is not None
        assert "China" in told.reply["content"]
        assert told.followups == []

    async def mention(self) -> None:
        # Each is somebody else, for himself: the bot answers a person, and a channel, only so often.
        message = await self.double.say(QUESTION, user=self.double.person("somebody"), dm=True)
        reply = await self.double.answered(message, timeout=PATIENCE)
        assert "Canada" in reply["content"]

    def count_replies(self) -> set[int]:
        """Say how often the messages that were replied to were."""
        counts: dict[str, int] = {}
        for place in self.double.messages.values():
            for message in place.values():
                if reference := message.get("message_reference"):
                    counts[reference["message_id"]] = counts.get(reference["message_id"], 0) + 1
        return set(counts.values())


async def restart(canada_path: Path, folder: Path, address: str, times: int) -> int:
    """Have each process overlap with the next, so many times; return how much was asked meanwhile."""
    await empty_server(address)
    paths = [Path(shutil.copy(canada_path, folder / f"{number}.sqlite3")) for number in range(times + 1)]
    # The next may ask for a session at once, and every command may take as long as the machine needs.
    settings = {"STATE_URL": address, "SHARDS": "0-0/1"}
    async with new_double(max_concurrency=2, limits={}, global_limit=(1000, 1.0)) as double:
        async with AsyncExitStack() as running:
            process, _ = await running.enter_async_context(live(double, paths[0], **settings))
            await asyncio.wait_for(double.registered.wait(), PATIENCE)
            askers = Askers(double)
            asking = asyncio.create_task(askers.ask())
            for path in paths[1:]:
                following, _ = await running.enter_async_context(live(double, path, **settings))
                await asyncio.sleep(1)
                with contextlib.suppress(ProcessLookupError):  # then what it said last is shown below
                    process.terminate()
                _, complained = await asyncio.wait_for(process.communicate(), PATIENCE)
                assert process.returncode == Exit.STOPPED, complained.decode()
                process = following
            asking.cancel()
            await asyncio.gather(*askers.asked)
            assert askers.count_replies() == {1}
        assert list(double.violations) == []
        return len(askers.asked)


@pytest.fixture(autouse=True)
def as_long_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "ANSWER_WITHIN", PATIENCE)


@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.proof)])
async def test_whoever_asks_while_one_process_follows_another_is_answered_once(
    canada_path: Path, tmp_path: Path, postgresql_address: str, times: int
) -> None:
    asked = await restart(canada_path, tmp_path, postgresql_address, times)
    print(f"asked {asked} times while {times} processes were restarted")


async def test_whoever_is_cut_off_from_the_state_answers_and_says_what_cannot_be_done(
    canada_path: Path, tmp_path: Path
) -> None:
    if find_initdb() is None:
        pytest.skip(ABSENT)
    path = Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))
    with run_server() as server:
        way = Way(server, tmp_path / "way")
        async with (
            way.serve(),
            new_double() as double,
            live(double, path, STATE_URL=way.address, SHARDS="0-0/1"),
        ):
            await asyncio.wait_for(double.registered.wait(), PATIENCE)
            askers = Askers(double)
            await askers.command()
            way.open.clear()
            for _ in range(3):
                await askers.command()
                for line, options in (("alerts list", {}), ("asylum-settings", {"mentions": "off"})):
                    began = double.now()
                    told = await double.slash(line, options, timeout=PATIENCE)
                    assert told.reply is not None
                    assert told.reply["content"] == STATE_AWAY
                    print(f"/{line}: answered after {double.now() - began:.1f} s")
                await askers.mention()
            way.open.set()
            while True:
                told = await double.slash("alerts list", timeout=PATIENCE)
                if told.reply and told.reply["content"] != STATE_AWAY:
                    break
                await asyncio.sleep(0.2)  # each refusal is logged, into a pipe that nobody empties
            assert list(double.violations) == []
