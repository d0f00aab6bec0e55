"""People whose origin was not published: where many are, figures by origin leave them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.caveats import OriginUnknown
from data.measures import FORMULAS
from data.model import Measure, Nature, Place
from data.questions.view import UNKNOWN, codes_in, tally_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.model import Tally
    from data.questions.view import ReleaseView

MIN_COUNT = 10_000
MIN_RISE = 3
"""So many times the year before: then origins seem to shrink that only lost their name."""

MAX_COUNT = 2


async def find_origin_unknown(
    view: ReleaseView, place: Place, measures: Iterable[Measure], year: int
) -> list[OriginUnknown]:
    """Name the countries of asylum where far more people than a year before have no known origin.

    Only figures by origin suffer; a place without one has none of these caveats.
    """
    if place.origin is None or not place.origin.is_country:
        return []
    return await find_nameless(view, place, measures, year)


def leave_out_of_ended(found: Iterable[OriginUnknown], newest: int) -> list[OriginUnknown]:
    """Leave them out where the last figure of the origin is older than the year that is compared with.

    It did not lose its name in the year after.
    """
    return [each for each in found if newest >= each.year - 1]


async def find_nameless(
    view: ReleaseView, place: Place, measures: Iterable[Measure], year: int
) -> list[OriginUnknown]:
    """Name them for a ranking of origins, in the place's country of asylum or in each."""
    counts = await view.read_asylum(Place(view.country(UNKNOWN), place.asylum), year - 1, year)
    wanted = {place.host.code} if place.host else codes_in(counts)
    found = []
    for of in measures:
        if of.nature is Nature.RATE:
            continue
        formula = FORMULAS[of]
        large = {
            code for (code, y, _), each in counts.items() if y == year and (formula(each) or 0) >= MIN_COUNT
        }
        for code in large & wanted:
            after = tally_of(of, counts, code, year)
            before = tally_of(of, counts, code, year - 1)
            if max(_rise(before.persons, after.persons), _rise(before.cases, after.cases)):
                found.append(OriginUnknown(of, view.country(code), year, before, after))
    return sorted(found, key=lambda each: -_most(each.after))[:MAX_COUNT]


def _rise(before: float | None, after: float | None) -> bool:
    return bool(after) and (after or 0) >= MIN_COUNT and (after or 0) >= MIN_RISE * (before or 0)


def _most(tally: Tally) -> float:
    return max(tally.persons or 0, tally.cases or 0)
