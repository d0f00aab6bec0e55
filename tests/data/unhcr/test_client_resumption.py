"""A run that was interrupted goes on where it ended, as long as UNHCR's figures are the same."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from data.errors import BadRelease, SourceUnavailable
from data.model import Dataset
from tests.data.unhcr.conversation import files_in, read, talking, with_value
from tests.unhcr_double import Asked, edited, status
from tests.unhcr_tables import LAST_YEAR, make_up

SPOOL = "unhcr-download"


def from_decisions_page_4(asked: Asked) -> bool:
    return asked.endpoint == Dataset.DECISIONS and asked.is_rows and asked.page >= 4


async def interrupt(folder: Path) -> None:
    async with talking() as talk:
        talk.double.fail(status(503), from_decisions_page_4, times=-1)
        with pytest.raises(SourceUnavailable):
            await talk.download(keep_in=folder)


async def test_pages_that_came_are_not_asked_for_again(tmp_path: Path) -> None:
    async with talking() as undisturbed:
        expected = await undisturbed.download()
    await interrupt(tmp_path)

    async with talking() as talk:
        resumed = await talk.download(keep_in=tmp_path)

    assert resumed == expected
    assert talk.pages_of(Dataset.POPULATION) == talk.pages_of(Dataset.APPLICATIONS) == []
    assert talk.pages_of(Dataset.DECISIONS) == [4, 5, 6, 7]
    assert talk.progress[-1].rows == len(expected[Dataset.DECISIONS])
    assert files_in(tmp_path) == []


async def test_a_run_that_was_cancelled_resumes_too(tmp_path: Path) -> None:
    async with talking() as talk:
        talk.double.fail(talk.double.hang(), from_decisions_page_4, times=-1)
        run = asyncio.create_task(talk.download(keep_in=tmp_path))
        while not any(from_decisions_page_4(each) for each in talk.asked):
            await asyncio.sleep(0.001)
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run
    async with talking() as talk:
        await talk.download(keep_in=tmp_path)

    assert talk.pages_of(Dataset.APPLICATIONS) == []
    assert 1 not in talk.pages_of(Dataset.DECISIONS)


async def test_pages_of_an_earlier_release_are_thrown_away(tmp_path: Path) -> None:
    await interrupt(tmp_path)
    corrected = with_value(make_up(), Dataset.DECISIONS, -1, "777")

    async with talking(corrected) as undisturbed:
        expected = await undisturbed.download()
    async with talking(corrected) as talk:
        downloaded = await talk.download(keep_in=tmp_path)

    assert downloaded == expected
    assert talk.pages_of(Dataset.POPULATION) != []


@pytest.mark.parametrize("damage", [b"", b"2020,", b"\xff\xfe", b'"', b"a,b\n" * 20])
async def test_a_page_that_was_damaged_meanwhile_is_fetched_anew(tmp_path: Path, damage: bytes) -> None:
    await interrupt(tmp_path)
    (tmp_path / SPOOL / "population" / "0002.csv").write_bytes(damage)

    async with talking() as talk:
        base = talk.double.base
        same_stamp(tmp_path, base)
        resumed = await talk.download(keep_in=tmp_path)
    async with talking() as undisturbed:
        assert resumed == await undisturbed.download()

    assert talk.pages_of(Dataset.POPULATION) == [2]


async def test_pages_stay_when_their_reader_fails_and_go_when_it_refuses_them(tmp_path: Path) -> None:
    async with talking() as talk:
        with pytest.raises(OSError, match="disk"):
            async with talk.client.download(LAST_YEAR, keep_in=tmp_path):
                raise OSError("disk full")
        kept = files_in(tmp_path)
        asked = len(talk.asked)
        with pytest.raises(BadRelease):
            async with talk.client.download(LAST_YEAR, keep_in=tmp_path) as source:
                assert read(source)
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

    await interrupt(tmp_path)
    async with talking() as talk:
        await talk.download(keep_in=tmp_path)

    assert files_in(tmp_path) == ["asylum.sqlite3"]


async def test_a_disk_that_refuses_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / SPOOL).write_text("a file where the folder should be")

    async with talking() as talk:
        with pytest.raises(SourceUnavailable, match="cannot be kept in .*; make room there") as failure:
            await talk.download(keep_in=tmp_path)

    assert "\n" not in str(failure.value)
    assert talk.pages_of(Dataset.POPULATION) == []
