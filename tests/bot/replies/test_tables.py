"""Tables to read, and records for a spreadsheet."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.replies.files import FORMULA, write_csv
from bot.replies.reply import Grid, Record
from tests.asking import read_csv

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    columns = draw(st.integers(1, 5))
    row = st.tuples(*[WORDS] * columns)
    return Grid(draw(row), tuple(draw(st.lists(row, max_size=12))), names=draw(st.integers(1, 2)))


def record(**changes: object) -> Record:
    fields = {
        "origin": "China",
        "asylum": "USA",
        "year": 2025,
        "covers": "31 December 2025",
        "measure": "pending",
        "unit": "persons",
        "value": 68_691,
        "release": "Global Trends 2025, corrected (25 Jun 2026)",
    }
    return Record(**{**fields, **changes})  # type: ignore[arg-type] # typed where it is called


@settings(deadline=None)
@given(grids())
def test_columns_are_aligned_names_left_and_figures_right(grid: Grid) -> None:
    lines = grid.text().split("\n")

    assert len(lines) == 1 + len(grid.rows)
    end = 0
    for i in range(len(grid.header)):
        width = max(len(row[i]) for row in (grid.header, *grid.rows))
        for line, row in zip(lines, (grid.header, *grid.rows), strict=True):
            cell = line[end : end + width].ljust(width)
            assert cell == (row[i].ljust(width) if i < grid.names else row[i].rjust(width))
        end += width + 2


@settings(deadline=None)
@given(grids())
def test_for_a_phone_every_cell_of_every_row_is_still_there(grid: Grid) -> None:
    told = Counter("".join(grid.narrow().split()))
    rows = [row for row in grid.rows if any(row[grid.names :])]
    cells = Counter("".join("".join(row) for row in (grid.header, *rows)).replace(" ", "")) - Counter("–")

    assert not cells - told


def test_no_line_ends_in_blanks_and_a_note_stands_below() -> None:
    grid = Grid(
        ("2025", "persons", "cases"), (("New", "10", "–"), ("Rejected", "12,345", "")), note="* half a year"
    )

    assert grid.text().split("\n") == [
        "2025      persons  cases",
        "New            10      –",
        "Rejected   12,345",
        "* half a year",
    ]


def test_columns_without_anything_are_left_out() -> None:
    grid = Grid(("", "", "Pending", "share"), (("1.", "USA", "5", ""), ("2.", "Peru", "4", "")), names=2)

    assert grid.without_empty_columns() == Grid(
        ("", "", "Pending"), (("1.", "USA", "5"), ("2.", "Peru", "4")), names=2
    )


@settings(deadline=None)
@given(ANY_TEXT, st.none() | st.integers(0, 10**12) | st.floats(0, 1))
def test_a_csv_says_what_was_written_and_runs_nothing(name: str, value: float | None) -> None:
    (row,) = read_csv(write_csv([record(origin=name, value=value)]))

    assert not row["origin"].startswith(FORMULA)
    assert row["origin"].removeprefix("'") == name.removeprefix("'")
    assert (float(row["value"]) if row["value"] else None) == value


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_name_is_never_a_formula(name: str) -> None:
    (row,) = read_csv(write_csv([record(asylum=name)]))

    assert row["asylum"] == f"'{name}"


def test_a_csv_begins_with_a_byte_order_mark_and_names_source_and_licence() -> None:
    data = write_csv([record(origin="Türkiye"), record(value=None)])

    assert data.startswith(
        b"\xef\xbb\xbforigin,asylum,year,covers,measure,unit,value,release,source,licence,query\r\n"
    )
    first, second = read_csv(data)
    assert first["origin"] == "Türkiye"
    assert second["value"] == ""
    assert first["source"] == "UNHCR Refugee Population Statistics Database"
    assert first["licence"] == "CC BY 4.0"
