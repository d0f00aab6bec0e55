"""Files open in other programs as they were written, and nothing in them is run."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.replies.files import (
    COLUMNS,
    FORMULA,
    MAX_PARTS,
    OWN,
    FileFormat,
    Package,
    write_csv,
    write_json,
    write_parts,
    write_xlsx,
)
from bot.replies.reply import Record
from bot.words import LICENCE
from data.errors import Unanswerable
from tests.examples import examples
from tests.refusals import refuses

SOURCE = (
    "UNHCR Refugee Population Statistics Database · Global Trends 2025, corrected (25 Jun 2026) · CC BY 4.0"
)
LINE = Record("China", "USA", 2025, "31 December 2025", "pending", "persons", 68_691, "Global Trends 2025")
EVIL = st.sampled_from(
    [
        *filter(str.isprintable, FORMULA),
        "=1+1",
        "=cmd|'/C calc'!A0",
        "@SUM(A1)",
        "+1",
        "-1",
        "http://evil.example",
    ]
)
# Excel's XML can hold no control characters but tab and line ends; no name of a country has any.
TEXT = st.one_of(
    EVIL,
    st.tuples(EVIL, st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)).map(
        "".join
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30),
)
VALUES = st.one_of(st.none(), st.integers(0, 10**9), st.floats(0, 1))
RECORDS = st.lists(
    st.builds(Record, TEXT, TEXT, st.integers(1951, 2100), TEXT, TEXT, TEXT, VALUES, TEXT, TEXT, TEXT),
    max_size=8,
).map(tuple)
PACKAGES = st.builds(Package, TEXT, TEXT, st.lists(TEXT, max_size=3).map(tuple), RECORDS)


def columns(names: tuple[str, ...], some: Package) -> list[str]:
    """The kind of change and notes have a column only where there is one."""
    return [
        name
        for name in names
        if name not in ("change", "note") or any(getattr(each, name) for each in some.records)
    ]


def package(*records: Record) -> Package:
    return Package("/asylum export measure:pending by:year", SOURCE, ("A stock is no flow.",), records)


def open_xlsx(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Every sheet with its rows; fails where any cell is a formula or a link."""
    book = load_workbook(io.BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell
                assert cell.hyperlink is None
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@settings(deadline=None, max_examples=examples(60))
@given(PACKAGES)
def test_a_workbook_says_when_opened_what_was_written_and_holds_no_formula(some: Package) -> None:
    sheets = open_xlsx(write_xlsx(some, some.records))

    header, *rows = sheets["Figures"]
    assert list(header) == columns(OWN, some)
    assert [tuple("" if cell is None else cell for cell in row) for row in rows if any(row)] == [
        tuple(
            ""
            if (cell := getattr(record, name)) is None
            else pytest.approx(cell)
            if name == "value"
            else cell
            for name in columns(OWN, some)
        )
        for record in some.records
    ]
    about = [("" if name is None else name, "" if text is None else text) for name, text in sheets["About"]]
    assert [text for name, text in about if name == "query"] == [each for each in (some.query,) if each]
    assert ("source", some.source) in about
    assert ("licence", LICENCE) in about
    assert [text for name, text in about if name == "note"] == list(some.notes)


@settings(deadline=None)
@given(PACKAGES)
def test_a_json_file_says_what_was_written(some: Package) -> None:
    found = json.loads(write_json(some, some.records))

    assert (found["query"], found["source"], found["licence"]) == (some.query or None, some.source, LICENCE)
    assert found["notes"] == list(some.notes)
    names = columns(OWN, some)
    assert found["figures"] == [{name: getattr(record, name) for name in names} for record in some.records]


@settings(deadline=None)
@given(PACKAGES)
def test_a_csv_file_has_all_in_every_line_and_no_cell_that_a_spreadsheet_runs(some: Package) -> None:
    text = write_csv(some.records, some.query).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))

    assert header == [*columns(COLUMNS, some), "query"]
    for record, row in zip(some.records, rows, strict=True):
        for name, cell in zip(header, row, strict=True):
            written = some.query if name == "query" else getattr(record, name)
            if isinstance(written, str):
                assert cell.removeprefix("'") == written.removeprefix("'")
                assert not cell.startswith(FORMULA)
            else:
                assert cell == ("" if written is None else str(written))


def test_only_a_file_of_changes_says_of_which_kind_they_are() -> None:
    plain, change = write_csv([LINE]), write_csv([replace(LINE, change="corrected")])

    assert b"change" not in plain
    assert [row["change"] for row in csv.DictReader(io.StringIO(change.decode("utf-8-sig")))] == ["corrected"]


def test_the_same_package_makes_the_same_file() -> None:
    for form in FileFormat:
        assert write_parts(package(LINE), form, 10**6) == write_parts(package(LINE), form, 10**6)


@pytest.mark.parametrize("form", FileFormat)
def test_a_file_that_is_too_large_comes_in_parts_that_hold_every_line_once(form: FileFormat) -> None:
    lines = [
        replace(LINE, year=1000 + number, origin=f"Origin {number * 7919 % 4001}") for number in range(4000)
    ]
    whole = len(write_parts(package(*lines), form, 10**9)[0])
    parts = write_parts(package(*lines), form, whole // 3)

    assert 3 < len(parts) <= MAX_PARTS
    assert max(map(len, parts)) <= whole // 3
    years: list[int] = []
    for part in parts:
        if form is FileFormat.JSON:
            years += [line["year"] for line in json.loads(part)["figures"]]
        elif form is FileFormat.CSV:
            years += [
                int(row["year"]) for row in csv.DictReader(io.StringIO(part.decode("utf-8-sig"), newline=""))
            ]
        else:
            years += [row[OWN.index("year")] for row in open_xlsx(part)["Figures"][1:]]
    assert years == [line.year for line in lines]


def test_more_than_ten_parts_are_one_sentence() -> None:
    with refuses(Unanswerable, "more than Discord takes in ten files"):
        write_parts(package(*[LINE] * 2000), FileFormat.CSV, 5_000)
