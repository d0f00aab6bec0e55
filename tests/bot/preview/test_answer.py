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

from bot.preview.answer import BotAnswer, NoAnswer, _save, answer, answer_each, is_refusal
from bot.preview.command_parser import BadLine
from bot.preview.double.messages import UploadedFile
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


async def ask(line: str, **settings: Any) -> BotAnswer:
    return await answer(made(), line, **settings)


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
    parts = [UploadedFile("figures.csv", data, "text/csv") for data in (b"a", b"b", b"c")]
    files = _save([*parts, UploadedFile("../up.csv", b"d", "text/csv")], tmp_path)
    assert [file.name for file in files] == ["figures.csv", "figures-2.csv", "figures-3.csv", "up.csv"]
    assert [file.read_bytes() for file in files] == [b"a", b"b", b"c", b"d"]
    assert {file.parent for file in files} == {tmp_path}


async def ask_each(
    *asked: str, kind: type[discord.Client] = SampleBot, **settings: Any
) -> list[dict[str, Any]]:
    async def feed() -> AsyncIterator[str]:
        for line in asked:
            yield f"{line}\n"

    return [told async for told in answer_each(made(kind), feed(), **settings)]


async def test_many_lines_are_answered_by_one_bot_in_their_order() -> None:
    started: list[SampleBot] = []

    class Counted(SampleBot):
        async def setup_hook(self) -> None:
            started.append(self)
            await super().setup_hook()

    told = await ask_each(
        "/refugees csv", "# a remark", "", "  ", "/refugees foo", "/refugees fail", kind=Counted
    )

    assert len(started) == 1
    assert [each["command"] for each in told] == ["/refugees csv", "/refugees foo", "/refugees fail"]
    assert [each["ok"] for each in told] == [True, False, False]
    assert [each["message"]["content"].split(".")[0] for each in told] == [
        "The file follows",
        "There is no command '/refugees foo'",
        "No country is called 'Chna'",
    ]
    assert [m["attachments"][0]["filename"] for m in told[0]["more"]] == ["figures-ä.csv"]
    assert all(each["seconds"] >= 0 and each["files"] == [] for each in told)


async def test_the_files_of_each_line_are_kept_apart_by_its_number(tmp_path: Path) -> None:
    told = await ask_each("# a remark", "/refugees card", "/refugees card", out=tmp_path)

    paths = [tmp_path / number / "chart.png" for number in ("0002", "0003")]
    assert [each["files"] for each in told] == [[str(path)] for path in paths]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


async def test_a_form_does_not_end_the_run() -> None:
    told = await ask_each("/alerts subscribe", "/refugees card")

    assert [each["ok"] for each in told] == [False, True]
    assert "opens the form “Alert filter”" in told[0]["message"]["content"]


async def test_an_entry_of_a_message_s_menu_is_chosen_by_its_name_or_how_it_begins() -> None:
    told = await ask_each("Check this figure text:5 people: all", "check text:5 people written:2026")

    assert [each["message"]["content"] for each in told] == [
        "Read: 5 people: all",
        "Read: 5 people written:2026",
    ]


async def test_a_message_of_another_day_is_one_that_is_forwarded() -> None:
    seen: list[discord.MessageSnapshot] = []

    class Reader(SampleBot):
        async def on_interaction(self, interaction: discord.Interaction) -> None:
            sent: Any = interaction.data
            (things,) = (value for value in sent.values() if isinstance(value, dict))
            seen.extend(
                discord.MessageSnapshot(self._connection, each["message"])
                for message in things["messages"].values()
                for each in message["message_snapshots"]
            )

    await ask_each("check written:2026-02-01 text:5 people", kind=Reader)

    assert [(each.content, each.created_at.date().isoformat()) for each in seen] == [
        ("5 people", "2026-02-01")
    ]


async def test_a_bot_that_does_not_start_ends_the_run_at_once() -> None:
    class Broken(SampleBot):
        async def setup_hook(self) -> None:
            raise LookupError("the database is not there")

    with pytest.raises(LookupError, match="the database is not there"):
        await ask_each("/refugees csv", kind=Broken)
