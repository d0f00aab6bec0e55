"""The largest origins or countries of asylum in a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.caveats import (
    CasesBeside,
    MidYear,
    NotCountries,
    PartialYear,
    RateMeaning,
    SeriesBreak,
    SmallCounts,
    StagesTogether,
    StageUnknown,
    StockNotFlow,
    TooFewDecisions,
    UnitsApart,
)
from data.errors import NoFigures, Unanswerable
from data.measures import NOTHING, UNITS, count_substantive
from data.measures import measure as value_of
from data.model import Country, Extent, Group, Measure, Nature, Place, Role, Tally, Unit
from data.questions.comparability import Comparability, read_comparability, read_each_origin
from data.questions.unknown_origins import find_nameless, find_origin_unknown
from data.questions.view import codes, codes_in, describe, tally_at, tally_of
from data.statistics import SMALL, Change, find_ratio, mixes_units, rank_values
from data.store.rollups import FIRST_YEAR_OF_NEW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from data.caveats import Caveat
    from data.model import Counts, Number, ReferencePeriod, Release
    from data.questions.view import ReleaseView
    from data.store.figures import PartnerCounts


@dataclass(frozen=True, slots=True)
class AskTop:
    """The largest origins or countries of asylum; `place` fixes the other side, or nothing."""

    measure: Measure
    role: Role
    place: Place
    year: int | None = None
    as_of: date | None = None


def choose_top(
    measure: Measure, role: Role | None, place: Place, year: int | None, as_of: date | None
) -> AskTop:
    """Rank what is left open: a named origin ranks countries of asylum, and the other way round.

    Raises `Unanswerable` when nothing is left to rank.
    """
    return AskTop(measure, choose_role("ranking", role, place), place, year, as_of)


def choose_role(what: str, role: Role | None, place: Place) -> Role:
    """Choose the side that is left open; refuse where the place names one of it."""
    within = isinstance(place.origin, Group) and place.host is not None
    chosen = role or (Role.ORIGIN if within or (place.asylum and not place.origin) else Role.ASYLUM)
    # Within a group its members are ranked.
    if isinstance(place.origin if chosen is Role.ORIGIN else place.asylum, Country):
        named = "origins" if chosen is Role.ORIGIN else "countries of asylum"
        raise Unanswerable(
            f"A {what} of {named} cannot name one of them;"
            f" leave out “{chosen.value}”, or use /asylum figures for a pair."
        )
    return chosen


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row of a ranking. `rank` is None for figures in cases, which are not ranked with persons.

    `extent` is what the figure stands for where that is less than the ranking's year.
    """

    rank: int | None
    country: Country
    unit: Unit
    value: Number | None
    share: float | None
    change: Change | None
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Top:
    """The largest origins or countries of asylum in a year, as of a release.

    `countries` is how many have a figure.
    `extent` is what the figures of its country of asylum stand for where that is less than the year.
    """

    measure: Measure
    role: Role
    place: Place
    year: int
    period: ReferencePeriod
    release: Release
    rows: tuple[Ranked, ...]
    total: Tally
    countries: int
    caveats: tuple[Caveat, ...]
    extent: Extent | None = None

    @property
    def covers(self) -> Extent:
        """What all its figures stand for, but for rows that say otherwise."""
        return self.extent or Extent.of(self.year, self.period)


MAX_COUNT = 10
MAX_BROKEN = 2
MIN_RANKED_DECISIONS = 1_000
"""A rate on fewer substantive decisions would top every ranking by chance."""


async def answer_top(
    view: ReleaseView, measure: Measure, role: Role, place: Place, asked_year: int | None
) -> Top:
    """Rank persons; figures in cases stand between them without a rank."""
    year = view.choose_year(asked_year)
    read = view.read_origins if role is Role.ORIGIN else view.read_asylum
    counts = await read(place, year - 1, year)
    whole = await view.read(place)
    total = tally_at(measure, year, whole)
    entries = _list_entries(view, measure, year, counts, total)
    nameless = await find_origin_unknown(view, place, [measure], year)
    compared = await read_comparability(view, place, whole, nameless)
    standing = await _compare_rows(view, measure, role, year, counts, entries[:MAX_COUNT], compared)
    rows = [
        replace(
            row,
            change=None
            if own.find_disturbances(measure, year)
            else _compare(view, measure, counts, row.country.code, year, row.unit),
            extent=view.coverage.extent(codes(own.place)[1], year, measure, row.unit),
        )
        for row, own in standing.items()
    ]
    if not rows:
        raise NoFigures(_say_nothing_published(measure, role, place, year))
    return Top(
        measure=measure,
        role=role,
        place=place,
        year=year,
        period=view.release.period_of(year),
        release=view.release,
        rows=tuple(rows),
        total=total,
        countries=len({row.country.code for row in entries}),
        caveats=(
            *compared.find_caveats([measure], year),
            *(_find_broken_rows(measure, year, standing, compared) if role is Role.ASYLUM else ()),
            *(await find_nameless(view, place, [measure], year) if role is Role.ORIGIN else ()),
            *_find_caveats(view, measure, role, year, counts, entries),
        ),
        extent=view.coverage.extent(place.host.code, year, measure) if place.host else None,
    )


async def _compare_rows(
    view: ReleaseView,
    of: Measure,
    role: Role,
    year: int,
    counts: PartnerCounts,
    entries: Sequence[Ranked],
    compared: Comparability,
) -> dict[Ranked, Comparability]:
    """Find for each row whether its year compares with the one before."""
    fixed = compared.place
    places = {
        row: Place(row.country, fixed.asylum) if role is Role.ORIGIN else Place(fixed.origin, row.country)
        for row in entries
    }
    own = {
        place: {(y, unit): each for (code, y, unit), each in counts.items() if code == row.country.code}
        for row, place in places.items()
    }
    if role is Role.ORIGIN and fixed.host is None:
        found = await read_each_origin(view, of, own, year)
    else:
        found = {place: Comparability(view, place, its_counts) for place, its_counts in own.items()}
    return {row: found[place] for row, place in places.items()}


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


def _say_nothing_published(measure: Measure, role: Role, place: Place, year: int) -> str:
    if measure.nature is Nature.RATE:
        ranked = "origin" if role is Role.ORIGIN else "country of asylum"
        return (
            f"No {ranked} has {MIN_RANKED_DECISIONS:,} substantive decisions there in {year}, and none is"
            " ranked by a rate on fewer; choose another year or country."
        )
    return (
        f"UNHCR has published no such figures on {describe(place)} for {year};"
        " choose another year, measure or country."
    )


def _list_entries(
    view: ReleaseView, of: Measure, year: int, counts: PartnerCounts, total: Tally
) -> list[Ranked]:
    found = [
        (value, country, unit)
        for (code, its_year, unit), each in counts.items()
        if its_year == year and (value := _value_of(of, each)) and (country := view.country(code)).is_country
    ]
    found.sort(key=lambda each: (-each[0], each[1].name, each[2] is Unit.CASES))
    ranks = iter(rank_values(value for value, _, unit in found if unit is Unit.PERSONS))
    return [
        Ranked(
            rank=next(ranks) if unit is Unit.PERSONS else None,
            country=country,
            unit=unit,
            value=value,
            share=_share(of, value, total, unit),
            change=None,
        )
        for value, country, unit in found
    ]


def _value(of: Measure, counts: PartnerCounts, code: str, year: int, unit: Unit) -> int | float | None:
    return _value_of(of, counts.get((code, year, unit), NOTHING))


def _value_of(of: Measure, each: Counts) -> int | float | None:
    if of.nature is Nature.RATE and (count_substantive(each) or 0) < MIN_RANKED_DECISIONS:
        return None
    return value_of(of, each)


def _share(of: Measure, value: float, total: Tally, unit: Unit) -> float | None:
    """Return the part of a total; of one that is counted in persons and cases there is none."""
    whole = total.persons if unit is Unit.PERSONS else total.cases
    if not whole or of.nature is Nature.RATE or mixes_units(total):
        return None
    return value / whole


def _compare(
    view: ReleaseView, of: Measure, counts: PartnerCounts, code: str, year: int, unit: Unit
) -> Change | None:
    after, before = (_value(of, counts, code, y, unit) for y in (year, year - 1))
    half_against_whole = view.is_partial(year) and of.nature is not Nature.STOCK
    changed = mixes_units(*(tally_of(of, counts, code, y) for y in (year - 1, year)))
    if after is None or before is None or half_against_whole or changed:
        return None
    return Change(year - 1, before, after, find_ratio(before, after, of.nature))


def _find_caveats(
    view: ReleaseView, of: Measure, role: Role, year: int, counts: PartnerCounts, entries: list[Ranked]
) -> list[Caveat]:
    found: list[Caveat] = find_meaning_caveats(of, year)
    if view.is_partial(year):
        found.append(MidYear(year, of.nature))
    if role is Role.ASYLUM and (silent := view.find_not_reported(of, year, counts)):
        found.append(silent)
    if role is Role.ASYLUM and of is Measure.PENDING:
        found += view.find_carried_forward(year, counts)[:2]
    found += _find_unit_caveats(of, year, entries)
    found += _find_left_out(view, of, year, counts, entries[:MAX_COUNT][-1].value or 0)
    if of.nature is not Nature.RATE and any(0 < (row.value or 0) < SMALL for row in entries[:MAX_COUNT]):
        found.append(SmallCounts())
    return found


def find_meaning_caveats(of: Measure, year: int, least: int = MIN_RANKED_DECISIONS) -> list[Caveat]:
    """Say what the measure means; `least` is the number of decisions below which no rate is given."""
    if of.nature is Nature.RATE:
        return [RateMeaning(of, year), TooFewDecisions(least)]
    if of is Measure.PENDING:
        return [StockNotFlow()]
    if of is Measure.ALL_STAGES:
        return [StagesTogether()]
    if of is Measure.APPLICATIONS and year < FIRST_YEAR_OF_NEW:
        return [StageUnknown(FIRST_YEAR_OF_NEW - 1)]
    return []


def _find_unit_caveats(of: Measure, year: int, entries: list[Ranked]) -> list[Caveat]:
    if of.nature is Nature.RATE:
        return []
    if any(row.unit is Unit.CASES for row in entries[:MAX_COUNT]):
        return [UnitsApart()]
    beside = tuple(
        (row.country, row.value) for row in entries[MAX_COUNT:] if row.unit is Unit.CASES and row.value
    )
    return [CasesBeside(year, beside[:3])] if beside else []


def _find_left_out(
    view: ReleaseView, of: Measure, year: int, counts: PartnerCounts, least: float
) -> list[Caveat]:
    odd = [
        (country, Tally(*(_value(of, counts, country.code, year, unit) for unit in UNITS)))
        for country in map(view.country, sorted(codes_in(counts)))
        if not country.is_country
    ]
    large = tuple((country, tally) for country, tally in odd if (tally.main or 0) >= least)
    return [NotCountries(of, large)] if large else []
