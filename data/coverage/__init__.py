"""What a country's figures of a year stand for, where that is not the whole of it. Pure.

Known from UNHCR's notes, as facts in the project's own table, and found where a year-end release repeats
what the mid-year release said: such a figure was never completed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from data.measures import COLUMNS, FORMULAS
from data.model import Country, Counts, Dataset, Extent, Measure, ReferencePeriod, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from data.model import Area, Number, Release

MIN_REPEATED = 1_000
"""A figure at least this large that equals an earlier one to the last digit was hardly counted anew."""

NEAR = 0.01
"""A fact on half a year holds while the figure is still the one that it is about, or within this share."""


ROUNDING = 4
"""UNHCR rounds counts of 1–4 to 0 or 5: so far may two of the same figure lie apart."""


class CoverageKind(StrEnum):
    """What a fact says of a year's figures. The value is stored and never changes."""

    PARTIAL = "partial"

    # Between the year before and this one the figures do not compare.
    PERSONS_FOR_CASES = "persons-for-cases"
    ORIGINS_UNPUBLISHED = "origins-unpublished"
    ONE_PERSON_A_CASE = "one-person-a-case"
    RECLASSIFIED = "reclassified"
    LAPSED_CLOSED = "lapsed-closed"
    REVIEWS_ONLY = "reviews-only"
    """Of this year alone: appeals and reviews without any first instance."""
    SAID_TO_BE_EARLIER = "said-to-be-earlier"
    """UNHCR calls them those of an earlier year, from which they differ: so nobody can date them."""
    RECOUNTED = "recounted"
    """From another source, or by another estimate, than the year before."""
    MOVED_OUT = "moved-out"
    """Without people who were among them the year before."""
    MEMBERS_CHANGED = "members-changed"
    """Of a group: from this year on it has other members."""
    PART_SPLIT_OFF = "part-split-off"
    """From this year on a part of the country is counted on its own."""

    # A remark: how the figures of the year were made.
    PERSONS_PER_CASE = "persons-per-case"
    NONE_RECEIVED = "none-received"
    ESTIMATED = "estimated"
    SPLIT_ESTIMATED = "split-estimated"
    AWAITING_REGISTRATION = "awaiting-registration"
    ARRIVALS_REPORTED = "arrivals-reported"
    MAX_AT_RISK = "most-at-risk"
    REDACTED = "redacted"
    APPOINTMENTS = "appointments"
    REMOVAL_ASSESSMENTS = "removal-assessments"
    DEPARTED_INCLUDED = "departed-included"
    INDIVIDUALLY_ASSESSED = "individually-assessed"
    UNREGISTERED = "unregistered"
    OTHER_SOURCE = "other-source"
    VISA_APPLICATIONS = "visa-applications"
    MANDATE_ONLY = "mandate-only"
    COUNTRY_OF_BIRTH = "country-of-birth"
    TEMPORARY_PROTECTION_BESIDE = "temporary-protection-beside"
    SAID_TO_BE_MID_YEAR = "said-to-be-mid-year"
    """UNHCR calls them those of the middle of the year, though its mid-year release has others."""
    PARTLY_EARLIER = "partly-earlier"
    OLDER_COUNT = "older-count"
    """They rest on a census or a survey of the year that `figure` names."""
    CUMULATIVE = "cumulative"
    """All who were registered since the year that `figure` names."""
    KNOWN_ONLY = "known-only"
    MORE_REPORTED = "more-reported"
    PERMANENT_RESIDENCE = "permanent-residence"
    DEPARTURES = "departures"

    WHOLE_YEAR = "whole-year"
    """The note is about other figures; those on asylum stand for their year."""


BREAKS = frozenset(
    {
        CoverageKind.PERSONS_FOR_CASES,
        CoverageKind.ORIGINS_UNPUBLISHED,
        CoverageKind.ONE_PERSON_A_CASE,
        CoverageKind.RECLASSIFIED,
        CoverageKind.LAPSED_CLOSED,
        CoverageKind.REVIEWS_ONLY,
        CoverageKind.SAID_TO_BE_EARLIER,
        CoverageKind.RECOUNTED,
        CoverageKind.MOVED_OUT,
        CoverageKind.MEMBERS_CHANGED,
        CoverageKind.PART_SPLIT_OFF,
    }
)
"""After these the figures of a country are others than before."""

OF_ONE_YEAR = (CoverageKind.REVIEWS_ONLY, CoverageKind.SAID_TO_BE_EARLIER)
"""Those of them that are of their year alone, which compares with neither of its neighbours."""


@dataclass(frozen=True, slots=True)
class CoverageFact:
    """One row of the table: what UNHCR's note on a country and year says of some measures.

    `code` is UNHCR's, of a country of asylum, or of an origin where `of_origin`. `unit` None is both.
    `extent` is what a partial figure stands for, and `figure` that figure; else it is the number that
    the note gives, if it gives one. `origin` is whom a break is about, by UNHCR's code; None: it may be
    about everybody.
    """

    code: str
    of_origin: bool
    year: int
    measures: frozenset[Measure]
    unit: Unit | None
    kind: CoverageKind
    extent: Extent | None
    figure: float | None
    origin: str | None = None

    def concerns(self, origin: Area | None) -> bool:
        """Say whether people from there may be among those it is about."""
        return self.origin is None or not isinstance(origin, Country) or origin.code == self.origin


@dataclass(frozen=True, slots=True)
class Break:
    """Where a series does not compare with what was before: in `country`, or a group, from `year` on.

    `kind` is PARTIAL where that year alone stands for its `extent`, in one `unit`. `share` is how much of a
    total is meant, between 0 and 1; None where the series is of that country itself. `figure` is a number
    that UNHCR gives. `of_change` is how much it can make of the change that an answer gives; None: not known.
    `part` is what is counted on its own from then on, where a country was split.
    """

    country: Area
    year: int
    kind: CoverageKind
    extent: Extent | None = None
    share: float | None = None
    figure: float | None = None
    unit: Unit | None = None
    of_change: float | None = field(default=None, compare=False)
    part: Country | None = None

    @property
    def of_one_year(self) -> bool:
        """Whether it is of that year alone, which compares with neither of its neighbours."""
        return self.kind is CoverageKind.PARTIAL or self.kind in OF_ONE_YEAR

    def lies_within(self, first: int, last: int) -> bool:
        """Say whether it disturbs these years among themselves, which one at the first of them does not."""
        return first + (not self.of_one_year) <= self.year <= last

    def disturbs(self, year: int, before: int | None = None) -> bool:
        """Say whether it stands between a year and an earlier one; by default the one before."""
        earlier = year - 1 if before is None else before
        return self.year in (earlier, year) if self.of_one_year else earlier < self.year <= year


def rests_on_reviews(breaks: Iterable[Break], year: int) -> bool:
    """Say whether a country's own figure of a year is of appeals and reviews alone."""
    return any(at.kind is CoverageKind.REVIEWS_ONLY and at.year == year and at.share is None for at in breaks)


@dataclass(frozen=True, slots=True)
class Remark:
    """How a country's figures of a year were made, as UNHCR's notes tell; `figure` is a number of theirs.

    `measures` are those of an answer that it is about.
    """

    country: Country
    year: int
    kind: CoverageKind
    figure: float | None
    measures: tuple[Measure, ...] = ()


Totals = dict[tuple[str, int, Unit], Counts]
"""What countries of asylum count in all, by UNHCR's code, year and unit."""


HEADLINE = {Dataset.APPLICATIONS: Measure.APPLICATIONS, Dataset.DECISIONS: Measure.DECISIONS}
"""What is to be completed of a table whose measures are counted together: new applications, all decisions."""


_COVERED_BY = {of: HEADLINE.get(of.row.dataset, of) for of in Measure}


def headline_of(of: Measure) -> Measure:
    """Return the measure by which another is covered: the headline of its table, or else itself."""
    return _COVERED_BY[of]


def is_on_asylum(of: Measure) -> bool:
    """Say whether a measure is of claims and decisions, not of other people UNHCR counts."""
    return of is Measure.PENDING or of.row.dataset in HEADLINE


def count_covered(of: Measure, counts: Counts) -> Number | None:
    """Return what a measure is weighed by: what is to be completed of its table."""
    return FORMULAS[_COVERED_BY[of]](counts)


def list_weighed(of: Measure) -> tuple[str, ...]:
    """Return the counts that a measure is made of, and those that it is weighed by."""
    return (*COLUMNS.get(of, ()), *COLUMNS[headline_of(of)])


REPEATED = (Measure.PENDING, Measure.APPLICATIONS, Measure.DECISIONS)
"""Of these half a year shows where nobody says so; other stocks are often counted once in several years."""


def find_repeated(before: Totals, after: Totals) -> Iterator[tuple[str, int, Measure]]:
    """Yield each country, year and headline whose large figure both have, in persons and in cases."""
    found: dict[tuple[str, int, Measure], None] = {}
    for (code, year, unit), now in after.items():
        then = before.get((code, year, unit))
        if then is None:
            continue
        for of in REPEATED:
            count = count_covered(of, now)
            if count is not None and count >= MIN_REPEATED and count == count_covered(of, then):
                found[code, year, of] = None
    for code, year, of in found:
        if _count_both(of, before, code, year) == _count_both(of, after, code, year):
            yield code, year, of


def _count_both(of: Measure, totals: Totals, code: str, year: int) -> tuple[Number | None, ...]:
    return tuple(count_covered(of, totals.get((code, year, unit), Counts())) for unit in Unit)


class Coverage:
    """What the figures of countries stand for in one release, where that is less than their year.

    `totals` are what that release says of the countries and years in question, `repeated` what it repeats
    of the mid-year releases before it. What the release itself covers only half is not told here.
    """

    def __init__(
        self,
        release: Release | None = None,
        facts: Iterable[CoverageFact] = (),
        totals: Mapping[tuple[str, int, Unit], Counts] | None = None,
        repeated: Iterable[tuple[str, int, Measure]] = (),
    ) -> None:
        self._extents: dict[tuple[str, int, Measure, Unit], Extent] = {}
        self._told: dict[tuple[bool, str, int], list[CoverageFact]] = {}
        for code, year, of in repeated:
            for unit in Unit:
                self._extents[code, year, of, unit] = Extent(year, Extent.HALF, inferred=True)
        for fact in facts:
            if release is None or not _is_closed(release, fact.year):
                continue
            if not _still_holds(fact, totals or {}):
                continue
            if fact.extent is None:
                self._told.setdefault((fact.of_origin, fact.code, fact.year), []).append(fact)
            else:
                for unit in Unit if fact.unit is None else (fact.unit,):
                    for of in fact.measures:
                        self._extents[fact.code, fact.year, of, unit] = fact.extent
        self._partial = self._index_partial()
        self._breaks = self._index_breaks()
        self._first_years: dict[Measure, Mapping[str, int]] = {}
        self.countries = frozenset().union(*self._partial.values(), *self._breaks.values())
        """The countries of asylum with a partial year or a break, by UNHCR's code."""

    def _index_partial(self) -> dict[Measure, dict[str, list[tuple[int, Unit, Extent]]]]:
        found: dict[Measure, dict[str, list[tuple[int, Unit, Extent]]]] = {each: {} for each in Measure}
        for (code, year, of, unit), extent in self._extents.items():
            found[of].setdefault(code, []).append((year, unit, extent))
        return found

    def _index_breaks(self) -> dict[Measure, dict[str, list[CoverageFact]]]:
        found: dict[Measure, dict[str, list[CoverageFact]]] = {each: {} for each in Measure}
        told = (fact for facts in self._told.values() for fact in facts)
        for fact in told:
            if fact.kind in BREAKS:
                for of in fact.measures:
                    found[of].setdefault(fact.code, []).append(fact)
        return found

    def find_countries(self, of: Measure, years: Sequence[int]) -> frozenset[str]:
        """Return those of them that have one in a measure in some years."""
        of = headline_of(of)
        partial = {
            code for code, found in self._partial[of].items() if any(year in years for year, _, _ in found)
        }
        broken = {
            code for code, found in self._breaks[of].items() if any(fact.year in years for fact in found)
        }
        return frozenset(partial | broken)

    def find_first_years(self, of: Measure) -> Mapping[str, int]:
        """Return those of them that have one in a measure, each with the first year that has one."""
        of = headline_of(of)
        if of not in self._first_years:
            known = [(code, year) for code, found in self._partial[of].items() for year, _, _ in found]
            known += [(code, fact.year) for code, found in self._breaks[of].items() for fact in found]
            self._first_years[of] = dict(sorted(known, reverse=True))
        return self._first_years[of]

    def extent(self, asylum: str, year: int, of: Measure, unit: Unit = Unit.PERSONS) -> Extent | None:
        """Return what a figure of a country of asylum stands for; None: for all of its year."""
        return self._extents.get((asylum, year, headline_of(of), unit))

    def list_partial(self, of: Measure, asylum: str | None) -> Iterator[tuple[str, int, Unit, Extent]]:
        """Yield a country of asylum, or each, with every year that is partial in a measure, and its unit."""
        known = self._partial[headline_of(of)]
        for code in known if asylum is None else (asylum,):
            for year, unit, extent in known.get(code, ()):
                yield code, year, unit, extent

    def list_breaks(self, of: Measure, asylum: str | None) -> Iterator[CoverageFact]:
        """Yield every break in the series of a country of asylum, or of each."""
        known = self._breaks[headline_of(of)]
        for code in known if asylum is None else (asylum,):
            yield from known.get(code, ())

    def list_remarks(self, code: str, year: int, of: Measure, *, of_origin: bool) -> Iterator[CoverageFact]:
        """Yield what else is known of how a country's figures of a year were made."""
        for fact in self._told.get((of_origin, code, year), ()):
            if (
                fact.kind not in BREAKS
                and fact.kind is not CoverageKind.WHOLE_YEAR
                and headline_of(of) in fact.measures
            ):
                yield fact


def _is_closed(release: Release, year: int) -> bool:
    """Say whether the release covers the year to its end: before, half a year is all there is of anybody."""
    return year <= release.newest_year and release.period_of(year) is ReferencePeriod.YEAR_END


def _still_holds(fact: CoverageFact, totals: Mapping[tuple[str, int, Unit], Counts]) -> bool:
    """Say whether the figures are still as the fact has them: later releases may complete them.

    A stock that is said to be an earlier year's must also be the one that stands there.
    """
    if fact.kind is CoverageKind.REVIEWS_ONLY:
        known = [totals.get((fact.code, fact.year, unit), Counts()) for unit in Unit]
        return all(each.new is None for each in known)
    if fact.extent is None or fact.figure is None:
        return True
    (of,) = fact.measures
    value, earlier = (
        count_covered(of, totals.get((fact.code, year, fact.unit or Unit.PERSONS), Counts()))
        for year in (fact.year, fact.extent.year)
    )
    if value is None or abs(value - fact.figure) > NEAR * fact.figure:
        return False
    return fact.extent.year == fact.year or (earlier is not None and abs(value - earlier) <= ROUNDING)
