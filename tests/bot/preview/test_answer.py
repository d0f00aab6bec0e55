"""One command, asked and answered without Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.http import Route

from bot.preview.answer import Answer, NoAnswer, _save, answer, is_refusal
from bot.preview.double.messages import Part
from bot.preview.line import BadLine
from tests.bot.preview.double.samplebot import SampleBot

CHART = "[picture: Line chart: people displaced from Syria, 2012 to 2024]"


def made(
    kind: type[discord.Client] = SampleBot, **settings: Any
) -> Callable[[], AbstractAsyncContextManager[Any]]:
    @asynccontextmanager
    async def make() -> AsyncIterator[discord.Client]:
        async with kind(**settings) as bot:
            yield bot

    return make


async def ask(line: str, **settings: Any) -> Answer:
    return await answer(made(), line, timeout=20.0, **settings)


async def test_a_deferred_reply_is_read_when_it_is_filled() -> None:
    got = await ask("/refugees country country:syr year:2020")
    assert got.ok
    assert got.files == ()
    assert got.message["embeds"][0]["title"] == "Syria 2020"
    assert got.text == (
        "Syria 2020\n\n6.4 million\n\nRefugees: 6,400,000\nAsylum-seekers: 210,000\n\n"
        f"{CHART}\n\nUNHCR, CC BY 4.0\n\n[Next year] [Delete]"
    )


async def test_its_files_are_kept_in_the_folder_that_is_named(tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    got = await ask("refugees country country:SYR", out=out)
    assert got.files == (out / "chart.png",)
    assert got.files[0].read_bytes().startswith(b"\x89PNG")
    assert list(out.iterdir()) == [out / "chart.png"]


async def test_its_files_are_kept_in_a_folder_of_their_own_when_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    first, second = [await ask("/refugees card", keep=True) for _ in range(2)]
    assert first.files[0].name == second.files[0].name == "chart.png"
    assert first.files[0].parent != second.files[0].parent


async def test_what_follows_a_reply_belongs_to_the_answer(tmp_path: Path) -> None:
    got = await ask("/refugees csv", out=tmp_path)
    assert [m["attachments"][0]["filename"] for m in got.more] == ["figures-ä.csv"]
    assert got.text == "The file follows.\n\n(only you see this)\n\n[file: figures-ä.csv, 9 bytes]"
    assert (tmp_path / "figures-ä.csv").read_text("utf-8") == "a;b\nÄ;1\n"


async def test_a_private_sentence_is_a_refusal_and_no_answer() -> None:
    got = await ask("/refugees fail")
    assert not got.ok
    assert got.text == "(only you see this)\n\nNo country is called 'Chna'. Did you mean China?"


def test_a_private_answer_with_a_picture_is_no_refusal() -> None:
    bare = {"flags": 64, "content": "x", "embeds": [], "components": [], "attachments": []}
    assert is_refusal(bare)
    assert not is_refusal({**bare, "flags": 0})
    assert not is_refusal({**bare, "attachments": [{}]})


async def test_a_line_that_is_no_command_is_refused_and_the_bot_is_closed() -> None:
    closed: list[bool] = []

    class Closing(SampleBot):
        async def close(self) -> None:
            await super().close()
            closed.append(self.is_closed())

    before = Route.BASE
    with pytest.raises(BadLine, match="There is no command '/refugees foo'"):
        await answer(made(Closing), "/refugees foo")
    assert closed[0]
    assert before == Route.BASE


async def test_a_form_cannot_be_filled_in_from_a_shell() -> None:
    with pytest.raises(NoAnswer, match="opens the form “Alert filter”"):
        await ask("/alerts subscribe")


async def test_a_bot_that_stays_silent_is_not_waited_for_for_ever() -> None:
    class Silent(SampleBot):
        async def setup_hook(self) -> None:
            await asyncio.Event().wait()

    with pytest.raises(NoAnswer, match=r"did not register its commands within 0\.2 s"):
        await answer(made(Silent), "/refugees csv", timeout=0.2)


async def test_what_keeps_the_bot_from_starting_is_raised() -> None:
    class Broken(SampleBot):
        async def setup_hook(self) -> None:
            raise LookupError("the database is not there")

    with pytest.raises(LookupError, match="the database is not there"):
        await answer(made(Broken), "/refugees csv")


async def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(NoAnswer, match=r"The files cannot be written to .*taken"):
        await ask("/refugees card", out=tmp_path / "taken")


def test_files_of_one_name_are_kept_side_by_side(tmp_path: Path) -> None:
    parts = [Part("figures.csv", data, "text/csv") for data in (b"a", b"b", b"c")]
    files = _save([*parts, Part("../up.csv", b"d", "text/csv")], tmp_path)
    assert [file.name for file in files] == ["figures.csv", "figures-2.csv", "figures-3.csv", "up.csv"]
    assert [file.read_bytes() for file in files] == [b"a", b"b", b"c", b"d"]
    assert {file.parent for file in files} == {tmp_path}
