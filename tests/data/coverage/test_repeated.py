"""What a year-end release repeats of the mid-year one was never completed: found in the releases themselves."""

from __future__ import annotations

import csv
import lzma
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.coverage import MIN_REPEATED, Coverage, CoverageFact, CoverageKind, Totals, find_repeated
from data.coverage.table import read_facts
from data.model import Counts, Dataset, Extent, Measure, ReferencePeriod, Release, Unit
from tests.releases import at

SHARED = Path(__file__).parents[4] / "shared"
FOLDERS = {
    path.name[:10]: path for name in ("older-releases", "releases") for path in (SHARED / name).glob("20*")
}
PAIRS = {
    2022: ("2023-04-27", "2023-06-14"),
    2023: ("2023-10-25", "2024-06-17"),
    2024: ("2024-10-18", "2025-06-12"),
    2025: ("2025-11-10", "2026-06-25"),
}
NOTES = SHARED / "notes" / "never_completed.csv"
WHAT = {
    Measure.PENDING: "pending (stock)",
    Measure.APPLICATIONS: "new applications (N, NR)",
    Measure.DECISIONS: "decisions (all)",
}
counts = st.one_of(st.none(), st.sampled_from([0, 5, 999, 1_000, 1_001, 50_000]))
totals = st.dictionaries(
    st.tuples(st.sampled_from(["USA", "GFR"]), st.just(2024), st.sampled_from(Unit)),
    st.builds(Counts, pending=counts, new=counts, recognised=counts, rejected=counts),
)


@given(totals, totals)
def test_a_figure_is_repeated_where_both_units_are_the_same_and_it_is_large(
    before: Totals, after: Totals
) -> None:
    read = {
        Measure.PENDING: lambda c: [c.pending],
        Measure.APPLICATIONS: lambda c: [c.new],
        Measure.DECISIONS: lambda c: [c.recognised, c.complementary, c.rejected, c.closed],
    }

    def figure(said: Totals, code: str, of: Measure) -> list[int | None]:
        known = [read[of](said.get((code, 2024, unit), Counts())) for unit in Unit]
        return [None if set(each) == {None} else sum(count or 0 for count in each) for each in known]

    expected = {
        (code, 2024, of)
        for code in {code for code, *_ in after}
        for of in read
        if figure(before, code, of) == figure(after, code, of)
        and any((value or 0) >= MIN_REPEATED for value in figure(after, code, of))
    }
    assert set(find_repeated(before, after)) == expected


def rows(day: str, dataset: Dataset, year: int) -> Iterator[Mapping[str, str]]:
    with lzma.open(FOLDERS[day] / f"{dataset.value}.csv.xz", "rt", encoding="utf-8") as file:
        header = next(file)
        assert header.startswith("year,")  # so most lines need not be taken apart
        yield from csv.DictReader([header, *(line for line in file if line.startswith(f"{year},"))])


def sum_up(day: str, year: int) -> Totals:
    """Sum a release's files up by country of asylum, in other code than the program's."""
    sums: dict[tuple[str, Unit], Counter[str]] = {}
    columns = {"dec_recognized": "recognised", "dec_other": "complementary", "dec_rejected": "rejected"}
    columns |= {"dec_closed": "closed", "asylum_seekers": "pending", "applied": "new"}
    for dataset in (of.row.dataset for of in WHAT):
        for row in rows(day, dataset, year):
            if row.get("app_type", "N") not in ("N", "NR"):
                continue
            unit = Unit(row.get("app_pc") or row.get("dec_pc") or "P")
            for column, count in columns.items():
                if row.get(column, "-") != "-":
                    sums.setdefault((row["coa"], unit), Counter())[count] += int(row[column])
    return {(code, year, unit): Counts(**found) for (code, unit), found in sums.items()}


@pytest.mark.skipif(not NOTES.is_file(), reason="the releases and notes are not part of the project")
@pytest.mark.parametrize("year", sorted(PAIRS))
def test_the_releases_have_just_the_figures_that_were_never_completed(year: int) -> None:
    middle, end = PAIRS[year]
    with NOTES.open(encoding="utf-8") as file:
        noted = {
            (row["coa"], row["what"])
            for row in csv.DictReader(file)
            if row["year"] == str(year) and int(row["year_end"]) >= MIN_REPEATED
        }

    found = {(code, WHAT[of]) for code, _, of in find_repeated(sum_up(middle, year), sum_up(end, year))}
    assert found == {(code, what) for code, what in noted if what in WHAT.values()}


def release(day: str, newest: int, period: ReferencePeriod) -> Release:
    moment = at(date.fromisoformat(day))
    return Release(int(moment.timestamp()), moment, "", newest, period)


HALF_2024 = {("USA", 2024, Unit.PERSONS): Counts(new=729_105, pending=3_184_162, recognised=259_449)}
OCTOBER = release("2024-10-18", 2024, ReferencePeriod.MID_YEAR)
JUNE = release("2025-06-12", 2024, ReferencePeriod.YEAR_END)


def test_a_fact_counts_only_once_the_year_is_closed() -> None:
    half = Extent(2024, 6)

    assert Coverage(OCTOBER, read_facts(), HALF_2024).extent("USA", 2024, Measure.APPLICATIONS) is None
    assert Coverage(JUNE, read_facts(), HALF_2024).extent("USA", 2024, Measure.APPLICATIONS) == half
    assert Coverage(JUNE, read_facts(), HALF_2024).extent("USA", 2024, Measure.PENDING) == half


def test_a_fact_ends_with_the_figure_that_it_is_about() -> None:
    """A later release may bring the second half of the year."""
    completed = {("USA", 2024, Unit.PERSONS): Counts(new=1_450_000, pending=3_184_163, recognised=259_449)}
    known = Coverage(JUNE, read_facts(), completed)

    assert known.extent("USA", 2024, Measure.APPLICATIONS) is None
    assert known.extent("USA", 2024, Measure.PENDING) == Extent(2024, 6)


def test_what_is_repeated_is_half_a_year_without_any_fact() -> None:
    known = Coverage(JUNE, (), {}, [("COL", 2024, Measure.DECISIONS)])

    assert known.extent("COL", 2024, Measure.PROTECTION_RATE) == Extent(2024, 6)
    assert known.extent("COL", 2024, Measure.APPLICATIONS) is None
    assert known.countries == {"COL"}


def test_cases_may_be_partial_beside_whole_persons() -> None:
    cases = frozenset({Measure.APPLICATIONS})
    fact = CoverageFact("USA", False, 2024, cases, Unit.CASES, CoverageKind.PARTIAL, Extent(2024, 9), None)
    known = Coverage(JUNE, [fact])

    assert known.extent("USA", 2024, Measure.APPLICATIONS, Unit.CASES) == Extent(2024, 9)
    assert known.extent("USA", 2024, Measure.APPLICATIONS, Unit.PERSONS) is None


@pytest.mark.parametrize(("earlier", "holds"), [(31, True), (30, True), (20, False), (None, False)])
def test_a_stock_is_an_earlier_year_s_only_where_that_year_has_the_same(
    earlier: int | None, holds: bool
) -> None:
    stock = frozenset({Measure.PENDING})
    fact = CoverageFact("BHS", False, 2024, stock, None, CoverageKind.PARTIAL, Extent(2022), 31)
    totals = {
        ("BHS", 2022, Unit.PERSONS): Counts(pending=earlier),
        ("BHS", 2024, Unit.PERSONS): Counts(pending=31),
    }
    found = Coverage(JUNE, [fact], totals).extent("BHS", 2024, Measure.PENDING)

    assert found == (Extent(2022) if holds else None)


def test_reviews_stand_alone_until_new_applications_are_published() -> None:
    def tell(new: int | None) -> list[CoverageKind]:
        known = Coverage(
            JUNE, read_facts(), {("AUL", 2024, Unit.PERSONS): Counts(new=new, all_stages=20_753)}
        )
        return [fact.kind for fact in known.list_breaks(Measure.DECISIONS, "AUL")]

    assert tell(None) == [CoverageKind.REVIEWS_ONLY]
    assert tell(30_000) == []
