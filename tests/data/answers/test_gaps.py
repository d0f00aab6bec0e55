"""What lines lack is told of those that are compared as it is of each alone."""

from __future__ import annotations

from datetime import date

import pytest

from data.answers import Answers
from data.caveats import CarriedForward, NotReported, NotReportedOfSome
from data.countries import Atlas
from data.errors import NoFigures
from data.findings import Trend
from data.measures import COLUMNS
from data.model import Country, Measure, Place
from data.starter.intake import packaged_tables
from data.starter.table import read_tables
from tests.releases import MID, NOW, needs_full_releases

Gap = tuple[Country | None, Country, int | None]
"""Of which origin, in which country of asylum, and how large a stock was carried forward; None: it is silent."""


def told_alone(place: Place, found: Trend) -> set[Gap]:
    silent = [each for each in found.caveats if isinstance(each, NotReported)]
    carried = [each for each in found.caveats if isinstance(each, CarriedForward)]
    return {
        *((place.origin, country, None) for each in silent for country, _ in each.countries),
        *((place.origin, each.country, each.value) for each in carried[:1]),
    }


def told_together(found: Trend) -> set[Gap]:
    silent = [each for each in found.caveats if isinstance(each, NotReportedOfSome)]
    carried = [each for each in found.caveats if isinstance(each, CarriedForward)]
    return {
        *(
            (origin, country, None)
            for each in silent
            for country, origins in each.missing
            for origin in origins
        ),
        *((each.origin, each.country, each.value) for each in carried),
    }


async def compare(answers: Answers, atlas: Atlas, day: date) -> int:
    """Fail where a comparison of up to six origins tells other gaps than each of them alone; count the gaps."""
    named = sorted(read_tables(packaged_tables()).coverage.origins)
    places = [Place(country) for code in named if (country := atlas.by_code(code)) and country.is_country]
    found = 0
    for measure in COLUMNS:
        alone: dict[Place, set[Gap]] = {}
        for place in places:
            try:
                alone[place] = told_alone(place, await answers.trend(measure, [place], as_of=day))
            except NoFigures:
                continue
        kept = list(alone)
        for start in range(0, len(kept) - 1, 6):
            six = kept[start : start + 6]
            if len(six) > 1:
                together = told_together(await answers.trend(measure, six, as_of=day))
                assert together == set().union(*(alone[place] for place in six)), (measure, six)
                found += len(together)
    return found


@pytest.mark.parametrize("day", [MID, NOW])
async def test_a_comparison_of_starter_figures_lacks_what_each_origin_lacks(
    starter: Answers, atlas: Atlas, day: date
) -> None:
    assert await compare(starter, atlas, day)


@needs_full_releases
@pytest.mark.parametrize("day", [MID, NOW])
async def test_a_comparison_of_full_figures_lacks_what_each_origin_lacks(
    full: Answers, atlas: Atlas, day: date
) -> None:
    assert await compare(full, atlas, day)


async def test_a_pair_that_is_compared_tells_its_stock_that_was_carried_forward(
    starter: Answers, atlas: Atlas
) -> None:
    china, usa, germany = (atlas.find(name) for name in ("China", "USA", "Germany"))
    found = await starter.trend(Measure.PENDING, [Place(china, usa), Place(china, germany)], as_of=MID)
    assert told_together(found) == {(china, usa, 147_909)}
