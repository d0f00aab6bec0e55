"""UNHCR's footnotes as its API and tables have them; one that cannot be read does not cost the others."""

from __future__ import annotations

import csv
import io
import lzma
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sentences import say
from data.errors import BadRelease
from data.notes import Note, Notes
from data.sources.unhcr.client import NOTES_LIMIT
from data.sources.unhcr.folder import ReleaseFolder
from data.sources.unhcr.footnotes import MAX_LENGTH, MAX_NOTES, read_notes
from tests.data.sources.unhcr.conversation import talking
from tests.refusals import refuses
from tests.unhcr_double import Answer, body, edited, html, status
from tests.unhcr_tables import LAST_YEAR, MADE_UP_NOTES, made_up_note, make_up

CODES = {"CHN": "CHI", "USA": "USA", "DEU": "GFR"}
READ = (
    Note(None, None, (2020, 2021, 2022), ("ASY", "REF"), "Everything here is made up."),
    Note(None, "USA", (2024,), ("ASY", "REF"), "The clerks counted twice."),
    Note("CHI", None, (2021, 2023, 2024, 2025), ("ASY",), "Counted by hand."),
    Note(None, "GFR", (2025,), ("REF", "STA"), "Only tents were counted."),
)
"""The made-up notes, with UNHCR's codes for the countries."""


def test_notes_are_read_with_unhcr_s_codes_for_their_countries() -> None:
    assert read_notes(MADE_UP_NOTES, CODES) == Notes(READ)


TABLES = {
    "as crawled": (
        "years,origin,origin_iso,asylum,asylum_iso,population_types,footnote",
        "2021 2023 2024 2025,China,CHN,,,ASY,Counted by hand.",
    ),
    "as the API": (
        "footnote,year,coo,coo_iso,coa,coa_iso,population_type",
        '"Counted by hand.","2021, 2023 - 2025",CHN,CHN,, ,ASY',
    ),
    "as headings": (
        "Year,Country of origin (ISO),Country of asylum (ISO),Population type,Footnote",
        '"2021, 2023 - 2025",CHN,,ASY,Counted  by hand.',
    ),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_columns_may_be_called_as_in_either_source(table: tuple[str, str]) -> None:
    assert read_notes(csv.DictReader(io.StringIO("\n".join(table))), CODES) == Notes((READ[2],))


@pytest.mark.parametrize(
    "broken",
    [
        None,
        "a text",
        {},
        {**MADE_UP_NOTES[1], "footnote": " \n "},
        {**MADE_UP_NOTES[1], "footnote": ["a", "list"]},
        {**MADE_UP_NOTES[1], "year": "some years"},
        {**MADE_UP_NOTES[1], "coa_iso": "QQQ"},
        {**MADE_UP_NOTES[1], "population_type": "asylum-seekers"},
        {name: value for name, value in MADE_UP_NOTES[1].items() if name != "coo_iso"},
    ],
)
def test_a_note_that_cannot_be_read_is_left_out_and_named(broken: object) -> None:
    """One on a country that UNHCR does not list must not become one on every country."""
    found = read_notes([MADE_UP_NOTES[0], broken, MADE_UP_NOTES[2]], CODES)
    assert found.listed == (READ[0], READ[2])
    assert found.fault
    assert say(found.fault) == "1 of 3 notes cannot be read and were left out (number 2)."


def test_a_note_that_comes_twice_is_one() -> None:
    assert read_notes([*MADE_UP_NOTES, *MADE_UP_NOTES], CODES) == Notes(READ)


def test_a_text_is_one_line_of_signs_with_an_end() -> None:
    text = "One\r\n\x00 two\u202e three\ud800" + " x" * MAX_LENGTH
    (read,) = read_notes([made_up_note(text, "2024")], CODES).listed
    assert read.text.startswith("One two three x x")
    assert len(read.text) == MAX_LENGTH
    assert read.text.encode()


def test_a_flood_of_notes_is_refused() -> None:
    found = read_notes((made_up_note(f"No. {n}", "2024") for n in range(MAX_NOTES + 9)), CODES)
    assert found.listed == ()
    assert found.fault


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*MADE_UP_NOTES[0], None]), st.none() | st.text() | st.integers())
    )
)
def test_no_list_of_notes_breaks_the_reading(items: list[Any]) -> None:
    found = read_notes(items, CODES)
    assert len(found.listed) <= len(items)
    assert bool(found.fault) or len({*found.listed}) == len(found.listed)


async def test_a_sync_asks_for_all_notes_at_once() -> None:
    async with talking() as talk, talk.client.download(LAST_YEAR) as source:
        assert source.notes == Notes(READ)
    (asked,) = [each for each in talk.asked if each.endpoint == "footnotes"]
    assert asked.query["limit"] == str(NOTES_LIMIT) == "2000"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (status(404), "404"),
        (status(500), "failed 4 times"),
        (status(429, Retry_After="9999"), "not to be asked for"),
        (html(), "an HTML page"),
        (body(lambda whole: whole[:40]), "not JSON"),
        (edited(lambda envelope: envelope.update(maxPages=7)), "7 pages instead of one"),
        (edited(lambda envelope: envelope.update(items=[])), "no notes at all"),
    ],
)
async def test_without_its_notes_a_release_is_whole(answer: Answer, why: str) -> None:
    async with talking() as talk:
        talk.double.fail(answer, lambda asked: asked.endpoint == "footnotes", times=99)
        async with talk.client.download(LAST_YEAR) as source:
            assert source.notes.listed == ()
            assert source.notes.fault
            assert why in say(source.notes.fault)
            assert len(list(source.places())) == len(make_up().countries)


TABLE = "\n".join(TABLES["as crawled"])


@pytest.mark.parametrize("name", ["footnotes.csv", "footnotes.csv.xz"])
def test_a_folder_may_have_notes(tmp_path: Path, name: str) -> None:
    folder = make_up().write(tmp_path / "release")
    assert ReleaseFolder(folder).notes() == Notes()
    data = TABLE.encode("utf-8-sig")
    (folder / name).write_bytes(lzma.compress(data) if name.endswith("xz") else data)
    assert ReleaseFolder(folder).notes() == Notes((READ[2],))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff\xfe\x00", "footnotes.csv cannot be read"),
        (TABLE.encode() + b"\nnever,,,,,ASY,When?\n", "footnotes.csv: 1 of 2 notes cannot be read"),
        (b"a,b\n1,2\n", "footnotes.csv: 1 of 1 notes cannot be read"),
    ],
)
def test_a_folder_s_broken_notes_are_told_and_do_not_cost_it(tmp_path: Path, data: bytes, why: str) -> None:
    folder = make_up().write(tmp_path / "release")
    (folder / "footnotes.csv").write_bytes(data)
    fault = ReleaseFolder(folder).notes().fault
    assert fault
    assert say(fault).startswith(why)


def test_countries_that_cannot_be_read_are_the_release_s_fault(tmp_path: Path) -> None:
    folder = make_up().write(tmp_path / "release")
    (folder / "footnotes.csv").write_text(TABLE, "utf-8")
    (folder / "countries.csv").unlink()
    with refuses(BadRelease, "countries"):
        ReleaseFolder(folder).notes()
