"""A little world of figures, made up: two origins, two countries of asylum, three releases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from data.caveats import SplitOff
from data.coverage import Break
from data.measures import COLUMNS, NOTHING
from data.model import Country, Counts, Measure, Place, ReferencePeriod, Release, Unit
from data.reading.check.claim import Agreement, Claim, Mark, Named, Near, Subject, Term
from data.reading.check.evidence import LEDGER_FORMS, Cells, Evidence, codes_of
from data.reading.numbers import Bound, Quantity
from data.store.repeat_applications import StageCounts
from data.store.value_index import pack

CHINA = Country("CHI", "CHN", "CN", "China", "China")
CANADA = Country("CAN", "CAN", "CA", "Canada", "Canada")

ALL_OF_THEM = Place(CHINA)
IN_CANADA = Place(CHINA, CANADA)
BACKWARDS = Place(CANADA, CHINA)


def release(day: int, period: ReferencePeriod) -> Release:
    at = datetime(2026, 1, day, tzinfo=UTC)
    return Release(int(at.timestamp()), at, f"Release {day}", 2025, period)


MID = release(1, ReferencePeriod.MID_YEAR)
END = release(2, ReferencePeriod.YEAR_END)
MENDED = release(3, ReferencePeriod.YEAR_END)
RELEASES = (MID, END, MENDED)

_ROWS = {
    ALL_OF_THEM: [
        (MID, 2019, Unit.PERSONS, Counts(pending=40_111, new=20_222)),
        (MID, 2023, Unit.PERSONS, Counts(pending=52_333, new=24_444)),
        (MID, 2024, Unit.PERSONS, Counts(pending=61_234, new=30_123, all_stages=33_456, rejected=8_765)),
        (MID, 2024, Unit.CASES, Counts(new=7_891)),
        (MID, 2025, Unit.PERSONS, Counts(pending=61_234, new=12_345)),
        (END, 2025, Unit.PERSONS, Counts(pending=43_210, new=27_654)),
        (MENDED, 2025, Unit.PERSONS, Counts(pending=43_210, new=27_699)),
    ],
    IN_CANADA: [
        (MID, 2019, Unit.PERSONS, Counts(pending=44)),
        (MID, 2024, Unit.PERSONS, Counts(pending=6_543, new=499)),
    ],
    BACKWARDS: [(MID, 2024, Unit.PERSONS, Counts(pending=15))],
}


_AT_FIRST = {(ALL_OF_THEM, 2024): Counts(recognised=1_234, rejected=6_789)}
"""Of other years nothing is published at first instance."""


def cells(counts: Counts, at_first: Counts = NOTHING) -> Cells:
    """Counts as a release writes them, with the outcomes at first instance."""
    return (*counts, *(getattr(at_first, column) for column in COLUMNS[Measure.DECISIONS]))


def evidence(
    *,
    breaks: tuple[Break, ...] = (),
    splits: tuple[SplitOff, ...] = (),
    stages: Mapping[int, StageCounts] = MappingProxyType({}),
) -> Evidence:
    """What releases said. `breaks` and `splits` are those of every place."""
    rows = [
        (*codes_of(place), wrote.id, year, unit, cells(counts, _AT_FIRST.get((place, year), Counts())))
        for place, written in _ROWS.items()
        for wrote, year, unit, counts in written
    ]
    return Evidence(
        RELEASES,
        pack(rows, LEDGER_FORMS),
        {codes_of(place): place for place in _ROWS},
        stages=stages,
        find_breaks=lambda _codes, _measure, _years: breaks,
        find_splits=lambda _place: splits,
    )


def claim(
    value: float,
    term: Term = Term.APPLIED,
    place: Place = ALL_OF_THEM,
    years: tuple[int, ...] = (2024,),
    *,
    step: float = 1,
    bound: Bound = Bound.PLAIN,
    subject: Subject = Subject.PEOPLE,
    span: tuple[int, int] | None = None,
    half: bool = False,
    june: tuple[int, ...] = (),
    time_beside: bool = False,
    cases: bool = False,
    at_first: Near = Near.NEVER,
    marks: frozenset[Mark] = frozenset(),
) -> Claim:
    """A claim as it is read from a text that leaves nothing open."""
    return Claim(
        start=0,
        end=0,
        number=f"{value:,.0f}",
        quote="",
        quantity=Quantity(value, value, step, bound=bound),
        subject=subject,
        origins=name_side(place.origin),
        asylums=name_side(place.asylum),
        years={year: Near.LINKED if rank == 0 else Near.SENTENCE for rank, year in enumerate(years)},
        span=span,
        half=half,
        june=frozenset(june),
        time_beside=time_beside,
        terms={term: Near.CLAUSE} if term is not Term.NOTHING else {},
        term_beside=True,
        worldwide=place.asylum is None,
        cases=cases,
        at_first=at_first,
        marks=marks,
    )


def name_side(country: Country | None) -> dict[str, Named]:
    """What a text names that puts one country on a side, or none."""
    return {country.code: Named(country, Near.LINKED, Agreement.SAID)} if country else {}
