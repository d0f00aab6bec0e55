"""Pieces of replies: lines of charts, amounts and records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.replies import layout
from data.caveats import NotReported, SmallCounts, StockNotFlow
from data.countries.groups import read_groups
from data.coverage import Break, CoverageKind
from data.model import Measure, Place, ReferencePeriod, Release, Tally, Unit
from data.statistics import Point, Series
from tests.data.countries.atlases import atlas

CHINA = Place(atlas().find("China"))
RELEASE = Release(
    1, datetime(2025, 11, 10, tzinfo=UTC), "Mid-Year Trends 2025", 2025, ReferencePeriod.MID_YEAR
)


def series(*values: float | None, partial: bool = False, unit: Unit = Unit.PERSONS) -> Series:
    points = [Point(2023 + i, value, partial and i == len(values) - 1) for i, value in enumerate(values)]
    return Series(CHINA, unit, tuple(points))


def test_a_line_keeps_gaps_zeros_and_hollow_points_apart() -> None:
    line = layout.draw_series(Measure.PENDING, series(None, 0, 178_725, partial=True), "China")

    assert [point.value for point in line.points] == [None, 0, 178_725]
    assert [point.hollow for point in line.points] == [False, False, True]
    assert line.end_label == "China 178,725"


def test_a_line_without_figures_is_only_named() -> None:
    assert layout.draw_series(Measure.PENDING, series(None, None), "China").end_label == "China"


def test_rates_are_drawn_in_percent_and_counts_as_they_are() -> None:
    assert layout.scale(Measure.RECOGNITION_RATE, 0.5) == 50
    assert layout.scale(Measure.PENDING, 0.5) == 0.5
    assert layout.scale(Measure.RECOGNITION_RATE, None) is None


@pytest.mark.parametrize(
    ("measure", "value", "unit", "units", "said"),
    [
        (Measure.DECISIONS, 120, Unit.PERSONS, False, "120"),
        (Measure.DECISIONS, 120, Unit.PERSONS, True, "120 persons"),
        (Measure.DECISIONS, 120, Unit.CASES, False, "120 cases"),
        (Measure.DECISIONS, 1, Unit.CASES, False, "fewer than 10 cases"),
        (Measure.PROTECTION_RATE, 0.12, Unit.PERSONS, False, "12.0%"),
        (Measure.PROTECTION_RATE, 0.12, Unit.CASES, False, "12.0% of cases"),
        (Measure.PROTECTION_RATE, 0.12, Unit.PERSONS, True, "12.0% of persons"),
    ],
)
def test_an_amount_has_its_unit_where_it_could_be_mistaken(
    measure: Measure, value: float, unit: Unit, units: bool, said: str
) -> None:
    assert layout.say_amount(measure, unit, value, units=units) == said


def test_hollow_points_are_explained_only_where_there_are_some() -> None:
    assert (
        layout.note_hollow(Measure.PENDING, [series(1, 2), series(1, 2, partial=True)]) == "30 June 2024 only"
    )
    assert layout.note_hollow(Measure.DECISIONS, [series(1, 2, partial=True)]) == "Jan–Jun 2024 only"
    assert layout.note_hollow(Measure.PENDING, [series(1, None, partial=True)]) == ""


def test_a_record_can_be_read_alone() -> None:
    record = layout.make_record(Measure.PENDING, CHINA, 2025, Unit.PERSONS, 178_725, RELEASE)
    rate = layout.make_record(
        Measure.RECOGNITION_RATE, Place(None, CHINA.origin), 2024, Unit.CASES, 0.5, RELEASE
    )

    assert (record.origin, record.asylum, record.covers, record.unit) == (
        "China",
        "all",
        "30 June 2025",
        "persons",
    )
    assert record.release == "Mid-Year Trends 2025 (10 Nov 2025)"
    assert (rate.origin, rate.asylum, rate.covers) == ("all", "China", "2024")
    assert rate.unit == "share of substantive decisions in cases"


def test_a_caveat_is_said_once() -> None:
    said = layout.say_caveats([StockNotFlow(), SmallCounts(), StockNotFlow()])

    assert len(said) == len(set(said)) == 2
    assert said[0].startswith("Pending claims are a stock")


def test_a_line_that_ends_early_has_its_year_at_its_end() -> None:
    line = layout.draw_series(Measure.PENDING, series(50, 90, None), "China")
    assert line.end_label == "China 90 (2024)"


@pytest.mark.parametrize(
    ("final", "before", "said"),
    [
        (False, 900, "; no figure from the USA yet"),
        (True, 900, "; no figure from the USA"),
        (True, 90, ""),
    ],
)
def test_a_title_names_who_may_have_more_and_is_not_in(final: bool, before: int, said: str) -> None:
    usa = atlas().find("USA")
    caveats = [SmallCounts(), NotReported(Measure.PENDING, 2025, ((usa, Tally(before)),), final=final)]
    assert layout.say_absent(caveats, Measure.PENDING, 100) == said
    assert layout.say_absent(caveats, Measure.DECISIONS, 100) == ""


def test_of_many_breaks_those_are_marked_that_weigh_most() -> None:
    group = read_groups()["low-income"]
    shares = {2003: 0.05, 2006: 0.03, 2009: 0.47, 2010: 0.1, 2015: 0.33, 2020: 0.25}
    breaks = tuple(
        Break(group, year, CoverageKind.MEMBERS_CHANGED, share=share) for year, share in shares.items()
    )
    line = replace(series(1.0, 2.0), place=Place(asylum=group), breaks=breaks)

    marked = layout.mark_breaks(Measure.REFUGEES, [line])

    assert [round(mark.at + 0.5) for mark in marked] == [2009, 2010, 2015, 2020]
