"""Origins or countries of asylum in order: the largest or smallest, those that moved most, or one's rank."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from data.caveats import (
    CasesBeside,
    MidYear,
    NoInhabitants,
    NotCountries,
    PartialYear,
    PartlyCounted,
    SeriesBreak,
    SmallCounts,
    UnitsApart,
)
from data.countries.groups import ever_members
from data.errors import NoFigures, Unanswerable
from data.measures import INHABITANTS, NOTHING, UNITS, sum_counts
from data.measures import measure as value_of
from data.model import Extent, Group, Measure, Nature, Order, Place, RankBy, Role, Tally, Unit
from data.questions.carried import read_carried
from data.questions.comparability import Comparability, read_comparability, read_each_origin
from data.questions.inhabitants import require_counted
from data.questions.members import require_members
from data.questions.ranking import (
    MIN_GROWN,
    MIN_PER_HEAD,
    MIN_RANKED_DECISIONS,
    Apart,
    Ranked,
    choose_year,
    find_meaning_caveats,
    find_score,
    list_amounts,
    list_changes,
    list_per_head,
    rank_rows,
    value_ranked,
)
from data.questions.sides import AskSide, place_on
from data.questions.unknown_origins import find_nameless, find_origin_unknown
from data.questions.view import codes, find_others_apart, tally_at, tally_of
from data.statistics import SMALL, Change, find_ratio, mixes_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from data.caveats import Caveat
    from data.coverage import Break
    from data.model import Area, Country, Number, ReferencePeriod, Release
    from data.questions.ranking import Missing, Summed
    from data.questions.view import ReleaseView
    from data.statistics import Carried
    from data.store.figures import PartnerCounts, SideName, YearCounts


@dataclass(frozen=True, slots=True)
class AskTop(AskSide):
    """Origins or countries of asylum in order.

    `since` begins a sum over years, or is the year that a change is counted from. `rank` asks for one place
    in the order, `of` for the place of one country, `above` and `below` for those between thresholds: of a
    rate in percent, per 1,000 or 100,000 inhabitants, of a change how far it moved.
    """

    since: int | None = None
    by: RankBy = RankBy.AMOUNT
    order: Order = Order.LARGEST
    rank: int | None = None
    of: Area | None = None
    above: int | None = None
    below: int | None = None
    as_of: date | None = field(default=None, kw_only=True)

    @property
    def of_change(self) -> bool:
        """Whether what moved is ranked, not what is."""
        return self.by in (RankBy.CHANGE, RankBy.PERCENT)

    @property
    def picks(self) -> bool:
        """Whether one place, one country or what passes a threshold is asked for, not the whole."""
        return self.passes or (self.rank, self.of) != (None, None)

    @property
    def passes(self) -> bool:
        """Whether only those above or below a threshold are asked for."""
        return (self.above, self.below) != (None, None)


@dataclass(frozen=True, slots=True)
class Top:
    """Origins or countries of asylum in order, as of a release.

    `rows` are the first of `countries` that are ranked, and `picked` those that were asked for by place or
    by name, which may be others. `passing` is how many pass a threshold. `years` are the two that a
    change is between, or the first and last of a sum. `apart` are not ranked, as their years do not compare.
    `extent` is what the figures of its country of asylum stand for where that is less than the year,
    `carried` how much of a total stock was carried forward; `reviews_only`: its country of asylum has appeals
    and reviews without first instances. `tied` others have the place of the one that was asked for.
    """

    asked: AskTop
    years: tuple[int, int]
    period: ReferencePeriod
    release: Release
    rows: tuple[Ranked, ...]
    total: Tally
    countries: int
    caveats: tuple[Caveat, ...]
    extent: Extent | None = None
    picked: tuple[Ranked, ...] = ()
    passing: int | None = None
    apart: tuple[Apart, ...] = ()
    carried: Carried | None = None
    reviews_only: bool = False
    tied: int = 0

    @property
    def measure(self) -> Measure:
        """What is ranked by."""
        return self.asked.measure

    @property
    def role(self) -> Role:
        """Which side is ranked."""
        return self.asked.role

    @property
    def place(self) -> Place:
        """What is fixed of the other side."""
        return self.asked.place

    @property
    def year(self) -> int:
        """The year, or the last of them."""
        return self.years[1]

    @property
    def covers(self) -> Extent:
        """What all its figures stand for, but for rows that say otherwise."""
        return self.extent or Extent.of(self.year, self.period)


MAX_COUNT = 10
MAX_PASSING = 15
MAX_BROKEN = 2
MAX_CASES = 3
MAX_CARRIED = 2


async def answer_top(view: ReleaseView, asked: AskTop) -> Top:
    """Rank persons; figures in cases stand between them without a rank."""
    year = view.choose_year(asked.year, asked.measure)
    require_members(view, [asked.place], year, year)
    since = year if asked.since is None else view.choose_year(asked.since, asked.measure)
    _check(asked, since, year, half=view.is_partial(year))
    before = since if asked.of_change and since < year else year - 1
    summed = range(since, year + 1) if not asked.of_change else (year,)
    read = view.read_origins if asked.role is Role.ORIGIN else view.read_asylum
    counts = await read(asked.place, before, year)
    added, missing = await _add_up(view, asked, summed, counts)
    whole = await view.read(asked.place)
    total = _sum_total(asked.measure, whole, summed)
    nameless = await find_origin_unknown(view, asked.place, [asked.measure], year)
    compared = await read_comparability(view, asked.place, whole, nameless)
    found = _Ranking(view, asked, counts, (before, year), compared)
    unknown: list[Country] = []
    if asked.of_change:
        entries, apart = await found.list_changes()
    elif asked.by is RankBy.INHABITANTS:
        listed, unknown = list_per_head(view, asked.measure, counts, year)
        entries, apart = rank_rows(listed, asked.by, asked.order), []
    else:
        below = asked.below is not None
        entries = list_amounts(view, asked.measure, added, missing, total, asked.order, below=below)
        apart = []
    if not entries:
        raise _refuse_ranking(asked, year)
    passing = _list_passing(asked, entries)
    rows, picked = _choose_rows(asked, entries, passing, apart, year)
    standing = await found.compare_rows((*rows, *picked))
    stale = await found.read_carried(standing.values())
    mended = {row: found.complete(row, own, summed, stale.get(own.place)) for row, own in standing.items()}
    shown = tuple(mended[row] for row in rows)
    return Top(
        asked=asked,
        years=(before if asked.of_change else summed[0], year),
        period=view.release.period_of(year),
        release=view.release,
        rows=shown,
        total=total,
        countries=len({row.country.code for row in entries}),
        caveats=(
            *_find_caveats_of_total(asked, compared, summed),
            *(
                _find_broken_rows(asked.measure, year, {row: standing[row] for row in rows}, compared)
                if asked.role is Role.ASYLUM and not asked.of_change and len(summed) == 1
                else ()
            ),
            *(
                await find_nameless(view, asked.place, [asked.measure], year)
                if asked.role is Role.ORIGIN
                else ()
            ),
            *([NoInhabitants(tuple(unknown))] if unknown else ()),
            *(
                find_others_apart(year, total.persons or 0, whole)
                if asked.measure is Measure.REFUGEES and asked.by is RankBy.AMOUNT
                else ()
            ),
            *_find_sum_caveats(summed, shown),
            *_find_caveats(view, asked, year, counts, added, entries, shown),
            *(stale[asked.place].parts[:MAX_CARRIED] if asked.place in stale else ()),
        ),
        carried=stale.get(asked.place),
        reviews_only=len(summed) == 1 and view.rests_on_reviews(asked.place, year, asked.measure),
        extent=view.coverage.extent(asked.place.host.code, year, asked.measure) if asked.place.host else None,
        tied=sum(row.rank == picked[0].rank for row in entries) - 1 if picked and picked[0].rank else 0,
        picked=tuple(mended[row] for row in picked),
        passing=len({row.country for row in passing}) if asked.passes else None,
        apart=tuple(apart),
    )


async def _add_up(
    view: ReleaseView, asked: AskTop, years: Sequence[int], counts: PartnerCounts
) -> tuple[Summed, Missing]:
    """Add up the years of a sum, and say in how many of them each has no figure; one year needs no adding."""
    if len(years) == 1:
        return choose_year(counts, years[0]), {}
    side: SideName = "origin" if asked.role is Role.ORIGIN else "asylum"
    found = await view.read_sums(side, asked.place, asked.measure, (years[0], years[-1]))
    return (
        {key: each for key, (each, _) in found.items()},
        {key: len(years) - counted for key, (_, counted) in found.items()},
    )


def _check(asked: AskTop, since: int, year: int, *, half: bool) -> None:
    """Refuse what no ranking can be."""
    if since > year:
        raise Unanswerable("since-runs-backwards", since=since, year=year)
    if asked.since is not None and not asked.of_change:
        if asked.measure.nature is Nature.STOCK:
            raise Unanswerable("stocks-are-not-summed")
        if asked.by is RankBy.INHABITANTS:
            raise Unanswerable("inhabitants-of-one-year")
    if asked.measure.nature is Nature.RATE and asked.by is not RankBy.AMOUNT:
        raise Unanswerable("rates-ranked-as-they-are", by=asked.by.value)
    if asked.by is RankBy.INHABITANTS:
        require_counted(asked.measure, year)
    if asked.of_change and since == year == asked.measure.row.first_year:
        raise NoFigures("no-year-before", year=year)
    if asked.of_change and half and asked.measure.nature is not Nature.STOCK:
        raise NoFigures("half-a-year-ranked", year=year, whole=year - 1)
    _check_choice(asked, range(since, year + 1))


def _check_choice(asked: AskTop, years: Sequence[int]) -> None:
    """Refuse a place, a country or a threshold that no ranking has."""
    if isinstance(asked.of, Group):
        raise Unanswerable("group-has-no-rank", group=asked.of)
    ranked = asked.place.origin if asked.role is Role.ORIGIN else asked.place.asylum
    among = ever_members(ranked.code, years[0], years[-1]) if isinstance(ranked, Group) else None
    if asked.of and among is not None and asked.of.code not in among:
        raise Unanswerable("not-a-member", of=asked.of, group=ranked, years=(years[0], years[-1]))
    if asked.of and asked.rank is not None:
        raise Unanswerable("rank-asked-twice")
    if asked.rank is not None and asked.rank < 1:
        raise Unanswerable("rank-below-one")
    if any(each is not None and each < 0 for each in (asked.above, asked.below)):
        raise Unanswerable("above-is-negative")


def _sum_total(of: Measure, whole: YearCounts, years: Sequence[int]) -> Tally:
    if len(years) == 1:
        return tally_at(of, years[0], whole)
    persons, cases = (
        value_of(of, sum_counts(each for (y, u), each in whole.items() if y in years and u is unit))
        for unit in UNITS
    )
    return Tally(persons, cases)


def _list_passing(asked: AskTop, entries: Sequence[Ranked]) -> list[Ranked]:
    """List the rows between the thresholds; of a country below one, all that is counted of it is."""
    over = {row.country for row in entries if asked.below is not None and _measure(asked, row) >= asked.below}
    nothing = 0 if asked.of_change else -inf  # what moved the other way did not fall by less
    least = nothing if asked.above is None else asked.above
    return [row for row in entries if row.country not in over and _measure(asked, row) > least]


def _measure(asked: AskTop, row: Ranked) -> Number:
    """Return what is held against a threshold: of a change, how far it moved in the direction asked."""
    score = find_score(asked.by, row)
    if asked.of_change:
        score = score if asked.order is Order.LARGEST else -score
    if asked.measure.nature is Nature.RATE or asked.by is RankBy.PERCENT:
        score *= 100
    elif asked.by is RankBy.INHABITANTS:
        score *= INHABITANTS[asked.measure.nature]
    return score


def _choose_rows(
    asked: AskTop, entries: Sequence[Ranked], passing: Sequence[Ranked], apart: Sequence[Apart], year: int
) -> tuple[list[Ranked], list[Ranked]]:
    """Return the rows to show, and those asked for by place or by name."""
    if asked.of_change and not asked.passes:  # rises, or falls, where there are any
        sign = 1 if asked.order is Order.LARGEST else -1
        passing = [row for row in entries if sign * find_score(asked.by, row) > 0]
    most = MAX_PASSING if asked.passes else MAX_COUNT
    rows = list((passing or entries)[:most])
    picked: list[Ranked] = []
    if asked.rank is not None:
        ranked = [row for row in entries if row.rank]
        if asked.rank > len(ranked):
            raise NoFigures("rank-too-high", count=len(ranked))
        picked = [ranked[asked.rank - 1]]
    if asked.of:
        picked = [row for row in entries if row.country == asked.of]
        if not picked:
            raise _refuse_rank(asked.of, asked, apart, year)
    return rows, picked


def _refuse_rank(of: Area, asked: AskTop, apart: Sequence[Apart], year: int) -> NoFigures:
    if own := next((each for each in apart if each.country == of), None):
        if own.lacks:
            return NoFigures("not-ranked", of=of, year=own.lacks)
        return NoFigures("change-not-ranked", of=of, year=year)
    if asked.measure.nature is Nature.RATE:
        return NoFigures("rate-not-ranked", of=of, year=year, least=MIN_RANKED_DECISIONS)
    if asked.by is RankBy.PERCENT:
        return NoFigures("percent-not-ranked", of=of, year=year, least=MIN_GROWN)
    if asked.by is RankBy.INHABITANTS:
        return NoFigures("not-ranked-per-inhabitant", of=of, year=year, least=MIN_PER_HEAD)
    if asked.order is Order.SMALLEST and asked.by is RankBy.AMOUNT:
        return NoFigures("too-small-to-be-ranked", of=of, year=year, least=SMALL)
    return NoFigures("not-ranked", of=of, year=year)


class _Ranking:
    """What one ranking is made from."""

    def __init__(
        self,
        view: ReleaseView,
        asked: AskTop,
        counts: PartnerCounts,
        years: tuple[int, int],
        compared: Comparability,
    ) -> None:
        self.view, self.asked, self.counts = view, asked, counts
        self.years, self.compared = years, compared

    async def list_changes(self) -> tuple[list[Ranked], list[Apart]]:
        """Rank what moved; set apart countries whose years do not compare, the largest changes first.

        An origin is set apart where what does not compare is as much as its change, or where a percentage
        is ranked.
        """
        of = self.asked.measure
        found, apart = list_changes(self.view, of, self.counts, self.years, self.asked.by)
        standing = await self._compare({row: self._place(row) for row in found})
        kept: list[Ranked] = []
        for row, own in standing.items():
            breaks = self._find_breaks(row, own)
            if row.change and breaks:
                apart.append(Apart(row.country, row.change.after - row.change.before, breaks))
            else:
                kept.append(row)
        if not kept and apart:
            raise NoFigures("no-change-ranked", first=self.years[0], last=self.years[1])
        sign = 1 if self.asked.order is Order.LARGEST else -1
        apart.sort(key=lambda each: (each.lacks is not None and sign * each.moved < 0, -abs(each.moved)))
        return rank_rows(kept, self.asked.by, self.asked.order), apart

    def _find_breaks(self, row: Ranked, own: Comparability) -> tuple[Break, ...]:
        """Return what makes up the row's change, or may: most origins have too few people where it is."""
        of, change = self.asked.measure, row.change
        moved = abs(change.after - change.before) if change else 0
        of_total = self.asked.by is RankBy.CHANGE and own.place.asylum is None

        if splits := tuple(at for at in own.list_splits() if at.disturbs(self.years[1], self.years[0])):
            return splits

        def is_less(countries: set[str]) -> bool:
            return of_total and own.count_parts(of, countries, self.years) < moved

        if is_less({code for code, _, _ in own.pieces}):
            return ()
        breaks = own.find_disturbances(of, self.years[1], self.years[0])
        return () if is_less({at.country.code for at in breaks}) else breaks

    async def compare_rows(self, rows: Sequence[Ranked]) -> dict[Ranked, Comparability]:
        """Find for each row whether its years compare."""
        return await self._compare({row: self._place(row) for row in rows})

    async def _compare(self, places: Mapping[Ranked, Place]) -> dict[Ranked, Comparability]:
        fixed = self.compared.place
        own: dict[str, YearCounts] = {row.country.code: {} for row in places}
        for (code, year, unit), each in self.counts.items():
            if code in own:
                own[code][year, unit] = each
        by_place = {place: own[row.country.code] for row, place in places.items()}
        if self.asked.role is Role.ORIGIN and fixed.host is None:
            found = await read_each_origin(self.view, self.asked.measure, by_place, self.years)
        else:
            found = {place: Comparability(self.view, place, counts) for place, counts in by_place.items()}
        return {row: found[place] for row, place in places.items()}

    def _place(self, row: Ranked) -> Place:
        return place_on(self.asked.role, self.compared.place, row.country)

    async def read_carried(self, rows: Iterable[Comparability]) -> dict[Place, Carried]:
        """Say how much was carried forward of a year's stocks that are ranked, and of all together."""
        if self.asked.of_change:
            return {}
        own = {each.place: each.counts for each in (self.compared, *rows)}
        return await read_carried(self.view, self.asked.measure, own, self.years[1])

    def complete(
        self, row: Ranked, own: Comparability, summed: Sequence[int], carried: Carried | None
    ) -> Ranked:
        """Put in what the row stands for, and how it moved where its years compare."""
        of, code = self.asked.measure, codes(own.place)[1]
        breaks = tuple(at for at in own.list_breaks(of) if at.year in summed)
        extents = [self.view.coverage.extent(code, year, of, row.unit) for year in summed]
        change = row.change
        crossed: tuple[Break, ...] = ()
        if not self.asked.of_change:
            disturbed = own.find_disturbances(of, self.years[1]) or self._steps
            undisturbed = len(summed) == 1 and not disturbed
            change = self._compare_years(row) if undisturbed else None
        else:
            crossed = (*own.find_disturbances(of, self.years[1], self.years[0]), *self._steps)
        extent = next((each for each in reversed(extents) if each), None)
        return row._replace(change=change, extent=extent, crossed=crossed, carried=carried, breaks=breaks)

    @cached_property
    def _steps(self) -> tuple[Break, ...]:
        """Where the group that all rows share has other members than before."""
        crossed = self.compared.find_disturbances(self.asked.measure, self.years[1], self.years[0])
        place = self.compared.place
        fixed = place.asylum if self.asked.role is Role.ORIGIN else place.origin
        return tuple(at for at in crossed if isinstance(fixed, Group) and at.country == fixed)

    def _compare_years(self, row: Ranked) -> Change | None:
        of, counts, (before, year) = self.asked.measure, self.counts, self.years
        then = counts.get((row.country.code, before, row.unit))
        earlier = value_ranked(of, then) if then else None
        half_against_whole = self.view.is_partial(year) and of.nature is not Nature.STOCK
        changed = mixes_units(*(tally_of(of, counts, row.country.code, y) for y in self.years))
        if row.value is None or earlier is None or half_against_whole or changed:
            return None
        return Change(before, earlier, row.value, find_ratio(earlier, row.value, of.nature))


def _find_broken_rows(
    of: Measure, year: int, rows: Mapping[Ranked, Comparability], compared: Comparability
) -> list[Caveat]:
    """Name the countries of asylum that do not compare, where the total does not tell it."""
    told = {(at.country, at.year, at.kind) for at in compared.find_disturbances(of, year)}
    found: dict[Caveat, None] = {}
    for own in rows.values():
        for at in own.find_disturbances(of, year):
            if (at.country, at.year, at.kind) not in told:
                caveat: Caveat = SeriesBreak(of, at)
                if at.extent:
                    caveat = PartialYear((of,), at.country, at.year, at.extent, at.unit or Unit.PERSONS)
                found[caveat] = None
    return list(found)[:MAX_BROKEN]


def _refuse_ranking(asked: AskTop, year: int) -> NoFigures:
    if asked.measure.nature is Nature.RATE:
        return NoFigures("no-rate-ranked", role=asked.role, least=MIN_RANKED_DECISIONS, year=year)
    if asked.by is RankBy.PERCENT:
        return NoFigures("no-percent-ranked", role=asked.role, least=MIN_GROWN, year=year)
    if asked.by is RankBy.INHABITANTS:
        return NoFigures("none-ranked-per-inhabitant", role=asked.role, least=MIN_PER_HEAD, year=year)
    return NoFigures("no-figures-that-year", counted=(asked.measure, asked.place), year=year)


def _find_caveats_of_total(asked: AskTop, compared: Comparability, years: Sequence[int]) -> list[Caveat]:
    """Say what must be known of the total, where it is told, and of a country whose partners are ranked.

    Origins are totals themselves, with the same part in many of them.
    """
    if len(years) > 1:
        return compared.find_breaks_within(asked.measure, years[0], years[-1])
    totals = (
        not asked.of_change
        if asked.role is Role.ORIGIN
        else asked.by is RankBy.AMOUNT and asked.rank is None and not asked.passes  # one has its share
    )
    if asked.place.asylum or totals:
        return compared.find_caveats([asked.measure], years[-1])
    return list(compared.name_origins([asked.measure], years[-1]))


def _find_sum_caveats(years: Sequence[int], rows: Sequence[Ranked]) -> list[Caveat]:
    """Say which sums are of fewer years."""
    short = tuple((row.country, row.missing) for row in rows if row.missing and row.unit is Unit.PERSONS)
    return [PartlyCounted(len(years), short)] if len(years) > 1 and short else []


def _find_caveats(
    view: ReleaseView,
    asked: AskTop,
    year: int,
    counts: PartnerCounts,
    added: Summed,
    entries: Sequence[Ranked],
    rows: Sequence[Ranked],
) -> list[Caveat]:
    of = asked.measure
    found: list[Caveat] = find_meaning_caveats(of, year)
    if view.is_partial(year):
        found.append(MidYear(year, of.nature))
    if asked.role is Role.ASYLUM and (silent := view.find_not_reported(of, asked.place, year, counts)):
        found.append(silent)
    if asked.by is RankBy.AMOUNT:
        found += _find_unit_caveats(of, year, entries, rows)
        if asked.order is Order.LARGEST:
            found += _find_left_out(view, of, added, rows[-1].value or 0)
    elif asked.by is RankBy.INHABITANTS:
        cases = {row.country: tally_of(of, counts, row.country.code, year).cases for row in rows}
        if beside := tuple((country, value) for country, value in cases.items() if value):
            found.append(CasesBeside(year, beside[:MAX_CASES]))
    if of.nature is not Nature.RATE and any(0 < (row.value or 0) < SMALL for row in rows):
        found.append(SmallCounts())
    return found


def _find_unit_caveats(
    of: Measure, year: int, entries: Sequence[Ranked], rows: Sequence[Ranked]
) -> list[Caveat]:
    if of.nature is Nature.RATE:
        return []
    if any(row.unit is Unit.CASES for row in rows):
        return [UnitsApart()]
    beside = tuple((row.country, row.value) for row in entries if row.unit is Unit.CASES and row.value)
    return [CasesBeside(year, beside[:MAX_CASES])] if beside else []


def _find_left_out(view: ReleaseView, of: Measure, counts: Summed, least: float) -> list[Caveat]:
    odd = [
        (country, Tally(*(value_ranked(of, counts.get((country.code, unit), NOTHING)) for unit in UNITS)))
        for country in map(view.country, sorted({code for code, _ in counts}))
        if not country.is_country
    ]
    large = tuple(each for each in odd if each[1].main is not None and each[1].main >= least)
    return [NotCountries(of, large)] if large else []


def _find_left_out_of_changes(
    view: ReleaseView, of: Measure, counts: PartnerCounts, year: int, last: Ranked
) -> list[Caveat]:
    """Name those that are no countries and moved by more than the last that is shown."""
    if last.change is None:
        return []
    least = abs(last.change.after - last.change.before)
    large: list[tuple[Country, Tally]] = []
    for country in map(view.country, sorted({code for code, _, _ in counts})):
        then, now = (tally_of(of, counts, country.code, each) for each in (last.change.year_before, year))
        if not country.is_country and abs((now.main or 0) - (then.main or 0)) > least:
            large.append((country, now))
    return [NotCountries(of, tuple(large))] if large else []
