"""The table of facts: its codes never change, and it knows every note on asylum that names a country."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from data.coverage import BREAKS, CoverageKind, headline_of, is_on_asylum
from data.coverage.table import read_facts
from data.model import Extent, Measure, Nature

NOTES = Path(__file__).parents[4] / "shared" / "notes" / "footnotes.csv"
FIRST_NOTES = 2020
"""The first year whose notes are there; of earlier ones the table has what UNHCR's reports say of large steps."""

CODES = {
    "partial",
    "persons-for-cases",
    "origins-unpublished",
    "one-person-a-case",
    "reclassified",
    "lapsed-closed",
    "reviews-only",
    "persons-per-case",
    "none-received",
    "estimated",
    "split-estimated",
    "awaiting-registration",
    "arrivals-reported",
    "most-at-risk",
    "redacted",
    "appointments",
    "removal-assessments",
    "departed-included",
    "individually-assessed",
    "unregistered",
    "other-source",
    "visa-applications",
    "mandate-only",
    "country-of-birth",
    "temporary-protection-beside",
    "said-to-be-earlier",
    "whole-year",
    "members-changed",
    "part-split-off",
    "recounted",
    "moved-out",
    "said-to-be-mid-year",
    "partly-earlier",
    "older-count",
    "cumulative",
    "known-only",
    "more-reported",
    "permanent-residence",
    "departures",
}


def test_the_codes_are_those_that_were_written_once() -> None:
    assert {kind.value for kind in CoverageKind} == CODES


def test_every_kind_is_used_and_every_row_makes_sense() -> None:
    facts = read_facts()

    of_tables = {CoverageKind.MEMBERS_CHANGED, CoverageKind.PART_SPLIT_OFF}  # of groups, and of territories
    assert {fact.kind for fact in facts} == set(CoverageKind) - of_tables
    assert len(facts) == len(set(facts))
    for fact in facts:
        assert (fact.extent is not None) == (fact.kind is CoverageKind.PARTIAL)
        assert 2007 <= fact.year <= 2025
        assert fact.measures
        assert all(headline_of(of) is of for of in fact.measures)
        if fact.extent:
            assert len(fact.measures) == 1, "each figure is of one measure"
            assert fact.figure is not None
            assert (fact.extent.year, fact.extent.month) < (fact.year, 12)
            if fact.extent.year < fact.year:
                (of,) = fact.measures
                assert of.nature is Nature.STOCK, "what was counted in a year was not before it"
        if fact.kind in BREAKS:
            assert not fact.of_origin


def test_the_usa_of_2024_is_half_a_year_in_all_that_it_counts() -> None:
    found = {
        (*fact.measures,): (fact.extent, fact.figure)
        for fact in read_facts()
        if (fact.code, fact.year, fact.kind) == ("USA", 2024, CoverageKind.PARTIAL)
    }

    half = Extent(2024, 6)
    assert found == {
        (Measure.PENDING,): (half, 3_184_162),
        (Measure.APPLICATIONS,): (half, 729_105),
        (Measure.DECISIONS,): (half, 259_449),
        (Measure.REFUGEES,): (half, 435_333),
    }


OF_ANOTHER_DAY = re.compile(
    r"mid-(?:20\d\d|year)|(?:as of|at) end-(?P<year>20\d\d)|as of (?:May|June)", re.IGNORECASE
)
OF_SOMETHING_ELSE = {("BSN", 2022), ("COS", 2021), ("CZE", 2025), ("RUS", 2024), ("RUS", 2025), ("THA", 2025)}
"""There the day is that of some people among them, or no longer counted, of a census, or of who returned."""

EARLIER = {
    CoverageKind.PARTIAL,
    CoverageKind.PARTLY_EARLIER,
    CoverageKind.SAID_TO_BE_EARLIER,
    CoverageKind.SAID_TO_BE_MID_YEAR,
}


@pytest.mark.skipif(not NOTES.is_file(), reason="UNHCR's notes are not part of the project")
def test_every_note_that_dates_a_country_s_figures_to_another_day_is_in_the_table() -> None:
    """Whatever population it names: refugees, stateless, displaced or others, as well as claims."""
    with NOTES.open(encoding="utf-8") as file:
        notes = [row for row in csv.DictReader(file) if row["asylum_iso"].strip()]
    with (Path(__file__).parents[3] / "data" / "countries" / "countries.csv").open(encoding="utf-8") as file:
        codes = {row["iso3"]: row["code"] for row in csv.DictReader(file)}
    dated = {
        (codes[row["asylum_iso"].strip()], int(year))
        for row in notes
        for year in row["years"].split()
        for found in OF_ANOTHER_DAY.finditer(row["footnote"])
        if found["year"] != year
    }

    known = {(fact.code, fact.year) for fact in read_facts() if fact.kind in EARLIER}
    assert len(dated) > 20
    assert dated - known <= OF_SOMETHING_ELSE


@pytest.mark.skipif(not NOTES.is_file(), reason="UNHCR's notes are not part of the project")
def test_every_note_on_asylum_that_names_a_country_is_in_the_table() -> None:
    """By year and side; UNHCR's code of a country is that of its ISO code in the releases."""
    with NOTES.open(encoding="utf-8") as file:
        notes = [row for row in csv.DictReader(file) if "ASY" in row["population_types"].split(",")]
    with (Path(__file__).parents[3] / "data" / "countries" / "countries.csv").open(encoding="utf-8") as file:
        codes = {row["iso3"]: row["code"] for row in csv.DictReader(file)}
    told = {
        (codes[iso.strip()], int(year), side)
        for row in notes
        for side, iso in (("asylum", row["asylum_iso"]), ("origin", row["origin_iso"]))
        if iso.strip() and not (side == "origin" and row["asylum_iso"].strip())
        for year in row["years"].split()
    }

    known = {
        (fact.code, fact.year, "origin" if fact.of_origin else "asylum")
        for fact in read_facts()
        if any(map(is_on_asylum, fact.measures)) and fact.year >= FIRST_NOTES
    }
    assert len([row for row in notes if row["asylum_iso"].strip()]) == 44
    by_a_note_on_refugees = {("AUL", 2020, "asylum"), ("AUL", 2021, "asylum")}
    assert told | by_a_note_on_refugees == known


def test_what_unhcr_counted_anew_before_its_notes_begin_is_in_the_table() -> None:
    """Each is a step of more than half, and of most of them of more than 100,000 people, in one year."""
    earlier = {(fact.code, fact.year, *fact.measures) for fact in read_facts() if fact.year < FIRST_NOTES}
    assert earlier == {
        ("AUL", 2007, Measure.REFUGEES),
        ("NZL", 2007, Measure.REFUGEES),
        ("USA", 2007, Measure.REFUGEES),
        ("ECU", 2007, Measure.REFUGEES),
        ("PAK", 2007, Measure.REFUGEES),
        ("VEN", 2007, Measure.REFUGEES),
        ("BGD", 2009, Measure.REFUGEES),
        ("THA", 2010, Measure.STATELESS),
        ("GFR", 2013, Measure.REFUGEES),
        ("RSA", 2015, Measure.PENDING),
        ("RSA", 2016, Measure.PENDING),
    }
