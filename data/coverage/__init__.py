"""What a country's figures of a year stand for, where that is not the whole of it. Pure.

Known from UNHCR's notes, as facts in the project's own table, and found where a year-end release repeats
what the mid-year release said: such a figure was never completed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.measures import COLUMNS, FORMULAS, count_decisions
from data.model import Counts, Dataset, Extent, Measure, ReferencePeriod, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from data.model import Area, Country, Number, Release

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
    MEMBERS_CHANGED = "members-changed"
    """Of a group: from this year on it has other members."""

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
    SAID_TO_BE_EARLIER = "said-to-be-earlier"
    """UNHCR calls them those of an earlier year, from which they differ: so nobody can date them."""

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
        CoverageKind.MEMBERS_CHANGED,
    }
)
"""After these the figures of a country are others than before."""


@dataclass(frozen=True, slots=True)
class CoverageFact:
    """One row of the table: what UNHCR's note on a country and year says of some datasets.

    `code` is UNHCR's, of a country of asylum, or of an origin where `of_origin`. `unit` None is both.
    `extent` is what a partial figure stands for, and `figure` that figure; else it is the number that
    the note gives, if it gives one.
    """

    code: str
    of_origin: bool
    year: int
    datasets: frozenset[Dataset]
    unit: Unit | None
    kind: CoverageKind
    extent: Extent | None
    figure: float | None


@dataclass(frozen=True, slots=True)
class Break:
    """Where a series does not compare with what was before: in `country`, or a group, from `year` on.

    `kind` is PARTIAL where that year alone stands for its `extent`, in one `unit`. `share` is how much of a
    total is meant, between 0 and 1; None where the series is of that country itself. `figure` is a number
    that UNHCR gives.
    """

    country: Area
    year: int
    kind: CoverageKind
    extent: Extent | None = None
    share: float | None = None
    figure: float | None = None
    unit: Unit | None = None

    @property
    def of_one_year(self) -> bool:
        """Whether it is of that year alone, which compares with neither of its neighbours."""
        return self.kind in (CoverageKind.PARTIAL, CoverageKind.REVIEWS_ONLY)

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
    """How a country's figures of a year were made, as UNHCR's notes tell; `figure` is a number of theirs."""

    country: Country
    year: int
    kind: CoverageKind
    figure: float | None


Totals = dict[tuple[str, int, Unit], Counts]
"""What countries of asylum count in all, by UNHCR's code, year and unit."""


def dataset_of(of: Measure) -> Dataset | None:
    """Return the table that a measure on asylum is counted in; of other people nothing is known here."""
    asylum = of is Measure.PENDING or of.row.dataset in (Dataset.APPLICATIONS, Dataset.DECISIONS)
    return of.row.dataset if asylum else None


def count_covered(of: Measure, counts: Counts) -> Number | None:
    """Return what a measure is weighed by: of one on asylum, what is to be completed of its table."""
    dataset = dataset_of(of)
    return FORMULAS[of](counts) if dataset is None else count_in(dataset, counts)


def list_weighed(of: Measure) -> tuple[str, ...]:
    """Return the counts that a measure is made of, and those that it is weighed by."""
    dataset = dataset_of(of)
    weighed = {Dataset.APPLICATIONS: ("new",), Dataset.DECISIONS: COLUMNS[Measure.DECISIONS]}
    return (*COLUMNS.get(of, ()), *(weighed.get(dataset, ()) if dataset else ()))


def count_in(dataset: Dataset, counts: Counts) -> int | None:
    """Return what is to be completed: pending claims, new applications, or all decisions."""
    if dataset is Dataset.POPULATION:
        return counts.pending
    if dataset is Dataset.SOLUTIONS:
        return None
    return counts.new if dataset is Dataset.APPLICATIONS else count_decisions(counts)


def find_repeated(before: Totals, after: Totals) -> Iterator[tuple[str, int, Dataset]]:
    """Yield each country, year and table whose large figure is the same in both, in persons and in cases."""
    found: dict[tuple[str, int, Dataset], None] = {}
    for (code, year, unit), now in after.items():
        then = before.get((code, year, unit))
        if then is None:
            continue
        for dataset in Dataset:
            count = count_in(dataset, now)
            if count is not None and count >= MIN_REPEATED and count == count_in(dataset, then):
                found[code, year, dataset] = None
    for code, year, dataset in found:
        if _count_both(dataset, before, code, year) == _count_both(dataset, after, code, year):
            yield code, year, dataset


def _count_both(dataset: Dataset, totals: Totals, code: str, year: int) -> tuple[int | None, ...]:
    counts = (totals.get((code, year, unit), Counts()) for unit in Unit)
    return tuple(count_in(dataset, each) for each in counts)


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
        repeated: Iterable[tuple[str, int, Dataset]] = (),
    ) -> None:
        self._extents: dict[tuple[str, int, Dataset, Unit], Extent] = {}
        self._told: dict[tuple[bool, str, int], list[CoverageFact]] = {}
        for code, year, dataset in repeated:
            for unit in Unit:
                self._extents[code, year, dataset, unit] = Extent(year, Extent.HALF, inferred=True)
        for fact in facts:
            if release is None or not _is_closed(release, fact.year):
                continue
            if not _still_holds(fact, totals or {}):
                continue
            if fact.extent is None:
                self._told.setdefault((fact.of_origin, fact.code, fact.year), []).append(fact)
            else:
                for unit in Unit if fact.unit is None else (fact.unit,):
                    for dataset in fact.datasets:
                        self._extents[fact.code, fact.year, dataset, unit] = fact.extent
        self._partial = self._index_partial()
        self._breaks = self._index_breaks()
        self.countries = frozenset().union(*self._partial.values(), *self._breaks.values())
        """The countries of asylum with a partial year or a break, by UNHCR's code."""

    def _index_partial(self) -> dict[Dataset, dict[str, list[tuple[int, Unit, Extent]]]]:
        found: dict[Dataset, dict[str, list[tuple[int, Unit, Extent]]]] = {each: {} for each in Dataset}
        for (code, year, dataset, unit), extent in self._extents.items():
            found[dataset].setdefault(code, []).append((year, unit, extent))
        return found

    def _index_breaks(self) -> dict[Dataset, dict[str, list[CoverageFact]]]:
        found: dict[Dataset, dict[str, list[CoverageFact]]] = {each: {} for each in Dataset}
        told = (fact for facts in self._told.values() for fact in facts)
        for fact in told:
            if fact.kind in BREAKS:
                for dataset in fact.datasets:
                    found[dataset].setdefault(fact.code, []).append(fact)
        return found

    def find_countries(self, of: Measure, years: Sequence[int]) -> frozenset[str]:
        """Return those of them that have one in a measure in some years."""
        dataset = dataset_of(of)
        if dataset is None:
            return frozenset()
        partial = {
            code
            for code, found in self._partial[dataset].items()
            if any(year in years for year, _, _ in found)
        }
        broken = {
            code for code, found in self._breaks[dataset].items() if any(fact.year in years for fact in found)
        }
        return frozenset(partial | broken)

    def extent(self, asylum: str, year: int, of: Measure, unit: Unit = Unit.PERSONS) -> Extent | None:
        """Return what a figure of a country of asylum stands for; None: for all of its year."""
        dataset = dataset_of(of)
        return self._extents.get((asylum, year, dataset, unit)) if dataset else None

    def list_partial(self, of: Measure, asylum: str | None) -> Iterator[tuple[str, int, Unit, Extent]]:
        """Yield a country of asylum, or each, with every year that is partial in a measure, and its unit."""
        dataset = dataset_of(of)
        known = self._partial[dataset] if dataset else {}
        for code in known if asylum is None else (asylum,):
            for year, unit, extent in known.get(code, ()):
                yield code, year, unit, extent

    def list_breaks(self, of: Measure, asylum: str | None) -> Iterator[CoverageFact]:
        """Yield every break in the series of a country of asylum, or of each."""
        dataset = dataset_of(of)
        known = self._breaks[dataset] if dataset else {}
        for code in known if asylum is None else (asylum,):
            yield from known.get(code, ())

    def list_remarks(self, code: str, year: int, of: Measure, *, of_origin: bool) -> Iterator[CoverageFact]:
        """Yield what else is known of how a country's figures of a year were made."""
        for fact in self._told.get((of_origin, code, year), ()):
            if (
                fact.kind not in BREAKS
                and fact.kind is not CoverageKind.WHOLE_YEAR
                and dataset_of(of) in fact.datasets
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
    (dataset,) = fact.datasets
    value, earlier = (
        count_in(dataset, totals.get((fact.code, year, fact.unit or Unit.PERSONS), Counts()))
        for year in (fact.year, fact.extent.year)
    )
    if value is None or abs(value - fact.figure) > NEAR * fact.figure:
        return False
    return fact.extent.year == fact.year or (earlier is not None and abs(value - earlier) <= ROUNDING)
