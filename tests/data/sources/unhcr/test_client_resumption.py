"""A run that was interrupted goes on where it ended, as long as UNHCR's figures are the same."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.sentences import say
from data.errors import BadRelease, SourceUnavailable
from data.model import Dataset
from data.sources.unhcr.requests import Patience
from tests.data.sources.unhcr.conversation import Conversation, files_in, talking, with_value
from tests.refusals import refuses
from tests.unhcr_double import Asked, edited, status
from tests.unhcr_tables import LAST_YEAR, make_up

SPOOL = "unhcr-download"


def from_decisions_page_4(asked: Asked) -> bool:
    return asked.endpoint == Dataset.DECISIONS and asked.is_rows and asked.page >= 4


async def interrupt(talk: Conversation, folder: Path) -> None:
    """Let a run end at the fourth page of the last dataset, and all be well again afterwards."""
    talk.double.fail(status(503), from_decisions_page_4, times=-1)
    with pytest.raises(SourceUnavailable):
        await talk.download(keep_in=folder)
    talk.double.faults.clear()
    talk.asked.clear()


async def test_pages_that_came_are_not_asked_for_again(tmp_path: Path) -> None:
    async with talking() as talk:
        expected = await talk.download()
        await interrupt(talk, tmp_path)
        async with talking(base=talk.double.base) as restarted:
            resumed = await restarted.download(keep_in=tmp_path)

    assert resumed == expected
    assert talk.pages_of(Dataset.POPULATION) == talk.pages_of(Dataset.APPLICATIONS) == []
    # The third may have been on its way when the fourth failed for the last time.
    assert {4, 5, 6, 7} <= {*talk.pages_of(Dataset.DECISIONS)} <= {3, 4, 5, 6, 7}
    assert restarted.progress[-1].rows == len(expected[Dataset.SOLUTIONS])
    assert files_in(tmp_path) == []


async def test_a_run_that_was_cancelled_resumes_too(tmp_path: Path) -> None:
    async with talking(patience=Patience()) as talk:
        hanging = asyncio.Event()
        talk.double.fail(talk.double.hang(hanging), from_decisions_page_4, times=-1)
        run = asyncio.create_task(talk.download(keep_in=tmp_path))
        await hanging.wait()
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run
        talk.double.faults.clear()
        talk.asked.clear()
        resumed = await talk.download(keep_in=tmp_path)

    assert talk.pages_of(Dataset.APPLICATIONS) == []
    assert 1 not in talk.pages_of(Dataset.DECISIONS)
    assert len(resumed[Dataset.SOLUTIONS]) == talk.progress[-1].rows


async def test_pages_of_an_earlier_release_are_thrown_away(tmp_path: Path) -> None:
    async with talking() as talk:
        await interrupt(talk, tmp_path)
        talk.double.serve(with_value(make_up(), Dataset.POPULATION, -1, "777"))
        resumed = await talk.download(keep_in=tmp_path)

        assert resumed == await talk.download()
    assert resumed[Dataset.POPULATION][-1][-1] == 777
    assert talk.pages_of(Dataset.POPULATION) != []


@pytest.mark.parametrize("damage", [b"", b"2020,", b"\xff\xfe", b'"', b"a,b\n" * 20])
async def test_a_page_that_was_damaged_meanwhile_is_fetched_anew(tmp_path: Path, damage: bytes) -> None:
    async with talking() as talk:
        expected = await talk.download()
        await interrupt(talk, tmp_path)
        (tmp_path / SPOOL / "population" / "0002.csv").write_bytes(damage)
        resumed = await talk.download(keep_in=tmp_path)

    assert resumed == expected
    assert talk.pages_of(Dataset.POPULATION) == [2]


async def test_pages_stay_when_their_reader_fails_and_go_when_it_refuses_them(tmp_path: Path) -> None:
    async with talking() as talk:
        with pytest.raises(ZeroDivisionError):
            async with talk.client.download(LAST_YEAR, keep_in=tmp_path):
                raise ZeroDivisionError("a fault of this program")
        kept = files_in(tmp_path)
        asked = len(talk.asked)
        with pytest.raises(BadRelease):
            async with talk.client.download(LAST_YEAR, keep_in=tmp_path):
                raise BadRelease("no")

    assert f"{SPOOL}/population/0001.csv" in kept
    assert not any(each.is_rows for each in talk.asked[asked:])
    assert files_in(tmp_path) == []


async def test_pages_that_make_no_sense_are_not_kept(tmp_path: Path) -> None:
    async with talking() as talk:
        talk.double.fail(edited(lambda envelope: envelope["items"].pop()), from_decisions_page_4)
        with pytest.raises(BadRelease):
            await talk.download(keep_in=tmp_path)

    assert files_in(tmp_path) == []


async def test_what_else_lies_in_the_folder_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "asylum.sqlite3").write_text("mine")

    async with talking() as talk:
        await interrupt(talk, tmp_path)
        assert len(files_in(tmp_path)) > 1
        await talk.download(keep_in=tmp_path)

    assert files_in(tmp_path) == ["asylum.sqlite3"]


async def test_a_disk_that_refuses_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / SPOOL).write_text("a file where the folder should be")

    async with talking() as talk:
        with refuses(SourceUnavailable, r"cannot be kept in .*; make room there") as failure:
            await talk.download(keep_in=tmp_path)

    assert "\n" not in say(failure.value)
    assert talk.pages_of(Dataset.POPULATION) == []
