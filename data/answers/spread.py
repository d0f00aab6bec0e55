"""Where people went, or came from: one measure in every country of one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.answers.comparability import read_comparability
from data.answers.desk import describe
from data.answers.ranking import find_meaning_caveats
from data.answers.tallies import codes_in, tally_at, tally_of
from data.answers.unknown import find_nameless, find_origin_unknown
from data.caveats import (
    BoundariesNoOpinion,
    CasesOnMap,
    MidYear,
    NotOnMap,
    SmallCounts,
)
from data.errors import NoFigures
from data.findings import Role
from data.findings.spread import Spread
from data.measures import LEAST_DECISIONS
from data.model import Measure, Nature, Place
from data.statistics import SMALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.answers.desk import Desk
    from data.caveats import Caveat
    from data.model import Country, Extent, Tally, Unit
    from data.store.figures import PartnerCounts

MOST_NAMED = 3


async def answer_spread(
    desk: Desk, measure: Measure, role: Role, place: Place, asked_year: int | None
) -> Spread:
    """Gather the figure of every country that has one; zeros are figures."""
    year = desk.choose_year(asked_year)
    counts = await (desk.read_origins if role is Role.ORIGIN else desk.read_asylum)(place, year - 1, year)
    found = [
        (desk.country(code), tally)
        for code in codes_in(counts)
        if (tally := tally_of(measure, counts, code, year)).published
    ]
    found.sort(key=lambda each: (-(each[1].persons or 0), -(each[1].cases or 0), each[0].name))
    countries = tuple(each for each in found if each[0].is_country)
    if not any(tally.main for _, tally in countries):
        raise NoFigures(_say_nothing_published(measure, place, year))
    elsewhere = tuple(each for each in found if not each[0].is_country and each[1].main)
    whole = await desk.read(place)
    compared = await read_comparability(
        desk, place, whole, await find_origin_unknown(desk, place, [measure], year)
    )
    return Spread(
        measure=measure,
        role=role,
        place=place,
        year=year,
        period=desk.release.period_of(year),
        release=desk.release,
        countries=countries,
        elsewhere=elsewhere,
        total=tally_at(measure, year, whole),
        caveats=(
            *compared.find_caveats([measure], year, ()),
            *(await find_nameless(desk, place, [measure], year) if role is Role.ORIGIN else ()),
            *_find_caveats(desk, measure, role, year, counts, countries, elsewhere),
        ),
        extents={unit: extent for (_, unit), extent in desk.find_extents(place, year, measure).items()},
        partial=_find_partial(desk, measure, role, year, countries) if place.asylum is None else (),
    )


def _find_partial(
    desk: Desk, of: Measure, role: Role, year: int, countries: Sequence[tuple[Country, Tally]]
) -> tuple[tuple[Country, Unit, Extent], ...]:
    """Name the countries of asylum whose figure stands for less than the year, the largest first."""
    if role is Role.ORIGIN:
        return ()
    return tuple(
        (country, unit, extent)
        for country, _ in countries
        for (_, unit), extent in desk.find_extents(Place(asylum=country), year, of).items()
    )


def _say_nothing_published(measure: Measure, place: Place, year: int) -> str:
    if measure.nature is Nature.RATE:
        return (
            f"No country has {LEAST_DECISIONS} substantive decisions there in {year}, and no rate is given on"
            " fewer; choose another year or country."
        )
    return (
        f"UNHCR has published no such figures on {describe(place)} for {year};"
        " choose another year, measure or country."
    )


def _find_caveats(
    desk: Desk,
    of: Measure,
    role: Role,
    year: int,
    counts: PartnerCounts,
    countries: Sequence[tuple[Country, Tally]],
    elsewhere: tuple[tuple[Country, Tally], ...],
) -> list[Caveat]:
    found = find_meaning_caveats(of, year, LEAST_DECISIONS)
    if desk.is_partial(year):
        found.append(MidYear(year, of.nature))
    if role is Role.ASYLUM and (silent := desk.find_not_reported(of, year, counts)):
        found.append(silent)
    if role is Role.ASYLUM and of is Measure.PENDING:
        found += desk.find_carried_forward(year, counts)[:2]
    beside = sorted(
        ((country, tally.cases) for country, tally in countries if tally.cases), key=lambda each: -each[1]
    )
    if beside and of.nature is not Nature.RATE:
        found.append(CasesOnMap(year, tuple(beside[:MOST_NAMED])))
    if elsewhere and of.nature is not Nature.RATE:
        found.append(NotOnMap(of, elsewhere[:MOST_NAMED]))
    if of.nature is not Nature.RATE and any((tally.main or 0) < SMALL for _, tally in countries):
        found.append(SmallCounts())
    return [*found, BoundariesNoOpinion()]
