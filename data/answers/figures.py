"""Everything about an origin, a country of asylum or a pair in one year."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from data.answers.comparability import read_comparability
from data.answers.desk import codes, describe
from data.answers.history import find_revised
from data.answers.tallies import tallies_at, tally_at, tally_of
from data.answers.unknown import find_origin_unknown
from data.caveats import (
    MidYear,
    RateMeaning,
    SmallCounts,
    StockNotFlow,
    TooFewDecisions,
    UnitsApart,
)
from data.errors import NoFigures
from data.findings import Figures, Partner, Role
from data.measures import LEAST_DECISIONS, tally_substantive
from data.model import Measure, Nature, Place, Unit
from data.statistics import SMALL, compare_years, count_small, find_standing, mixes_units
from data.store.rollups import FIRST_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.answers.desk import Desk
    from data.caveats import Caveat
    from data.findings import Standing
    from data.model import Tally
    from data.store.figures import Headlines, PartnerCounts, YearCounts

HEADLINES = (Measure.PENDING, Measure.APPLICATIONS)
TOLD = (*HEADLINES, Measure.DECISIONS)
MOST_PARTNERS = 10


async def answer_figures(desk: Desk, place: Place, asked_year: int | None) -> Figures:
    """Gather a year of a place: counts, rates, change, rank, and the countries at the other end."""
    year = desk.choose_year(asked_year)
    # None of them needs another, and the database works on while the first are looked at.
    counts, partner_counts, around, revised, nameless = await asyncio.gather(
        desk.read(place),
        _read_partners(desk, place, year),
        _read_around(desk, place, year),
        find_revised(desk, HEADLINES, place, year),
        find_origin_unknown(desk, place, HEADLINES, year),
    )
    tallies = tallies_at(year, counts)
    if not any(each.published for each in tallies.values()):
        raise NoFigures(_say_nothing_published(place, year, counts))
    compared = await read_comparability(desk, place, counts, nameless)
    pending, new = (
        compared.mark(of, desk.series(place, Unit.PERSONS, of, counts, FIRST_YEAR, desk.release.newest_year))
        for of in HEADLINES
    )
    changes = {
        of: change
        for of, series in zip(HEADLINES, (pending, new), strict=True)
        if not mixes_units(*(tally_at(of, y, counts) for y in (year - 1, year)))
        and (change := compared.temper(of, compare_years(series, year, of.nature)))
    }
    partners = _list_partners(desk, place, partner_counts, year)
    stocks = [partner.pending.persons for partner in partners if partner.country.is_country]
    return Figures(
        place=place,
        year=year,
        period=desk.release.period_of(year),
        release=desk.release,
        tallies=tallies,
        pending=pending,
        new=new,
        changes=changes,
        standings=_find_standings(desk, place, year, around) if around else {},
        partner_role=(Role.ORIGIN if place.asylum else Role.ASYLUM) if partners else None,
        partners=tuple(partners[:MOST_PARTNERS]),
        partners_with_claims=sum(1 for stock in stocks if stock),
        partners_under_ten=count_small(stocks),
        revised=revised,
        caveats=(
            *compared.find_caveats([of for of in TOLD if tallies[of].main], year, HEADLINES),
            StockNotFlow(),
            *_find_caveats(desk, place, year, counts, tallies, partner_counts),
        ),
        extents=desk.find_extents(place, year, *tallies),
    )


def _say_nothing_published(place: Place, year: int, counts: YearCounts) -> str:
    years = sorted({y for y, _ in counts if any(t.published for t in tallies_at(y, counts).values())})
    if not years:
        return f"UNHCR has published no asylum figures on {describe(place)}; ask for another country."
    span = f"{years[0]}" if len(years) == 1 else f"a year from {years[0]} to {years[-1]}"
    return f"UNHCR has published no asylum figures on {describe(place)} for {year}; ask for {span}."


def _list_partners(desk: Desk, place: Place, counts: PartnerCounts, year: int) -> list[Partner]:
    pending, new = (
        {code: tally_of(of, counts, code, year) for code, its_year, _ in counts if its_year == year}
        for of in HEADLINES
    )
    found = [
        Partner(
            desk.country(code),
            stock,
            new[code],
            desk.find_extents(Place(asylum=place.asylum or desk.country(code)), year, *HEADLINES),
        )
        for code, stock in pending.items()
        if stock.main or new[code].main
    ]
    return sorted(found, key=lambda p: (-(p.pending.main or 0), -(p.new.main or 0), p.country.name))


async def _read_partners(desk: Desk, place: Place, year: int) -> PartnerCounts:
    """Read the countries at the other end, in this year and the one before; a pair has none."""
    if place.origin and place.asylum:
        return {}
    return await (desk.read_origins if place.asylum else desk.read_asylum)(place, year - 1, year)


async def _read_around(desk: Desk, place: Place, year: int) -> tuple[Headlines, YearCounts] | None:
    """Read whom a place is ranked among, and their sum: origins, countries of asylum, or its origin's."""
    if place == Place():
        return None
    around = Place(origin=place.origin) if place.asylum else Place()
    ranked = desk.read_headlines("asylum" if place.asylum else "origin", around, year)
    return await asyncio.gather(ranked, desk.read(around))


def _find_standings(
    desk: Desk,
    place: Place,
    year: int,
    around: tuple[Headlines, YearCounts],
) -> Mapping[Measure, Standing]:
    """Rank an origin among origins, a country of asylum among those, a pair among its origin's."""
    ranked, sums = around
    countries = [each for each in ranked if desk.country(each).is_country]
    code = codes(place)[place.asylum is not None]
    found = {}
    for number, of in enumerate(HEADLINES):
        values = {each: ranked[each][number] for each in countries}
        # A share in persons means little where other countries count cases.
        whole = tally_at(of, year, sums)
        total = whole.persons if not whole.cases else None
        if standing := find_standing(values, code, total):
            found[of] = standing
    return found


def _find_caveats(
    desk: Desk,
    place: Place,
    year: int,
    counts: YearCounts,
    tallies: Mapping[Measure, Tally],
    partner_counts: PartnerCounts,
) -> list[Caveat]:
    found: list[Caveat] = []
    if desk.is_partial(year):
        found.append(MidYear(year, Nature.FLOW))
    if place.asylum is None:
        silent = [desk.find_not_reported(of, year, partner_counts) for of in HEADLINES]
        found += sorted((each for each in silent if each), key=lambda each: -len(each.countries))[:1]
    own = {(codes(place)[1], y, unit): each for (y, unit), each in counts.items()} if place.asylum else {}
    found += desk.find_carried_forward(year, own) or desk.find_carried_forward(year, partner_counts)[:2]
    if any(each.persons and each.cases for each in tallies.values()):
        found.append(UnitsApart())
    if tallies[Measure.PROTECTION_RATE].published:
        persons, cases = counts.get((year, Unit.PERSONS)), counts.get((year, Unit.CASES))
        found.append(RateMeaning(Measure.PROTECTION_RATE, year, tally_substantive(persons, cases)))
    elif tallies[Measure.DECISIONS].main:
        found.append(TooFewDecisions(LEAST_DECISIONS))
    small = any(0 < (each.main or 0) < SMALL for of, each in tallies.items() if of.nature is not Nature.RATE)
    if small or any(tallies[of].main == 0 for of in HEADLINES):
        found.append(SmallCounts())
    return found
