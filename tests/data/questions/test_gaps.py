"""What lines lack is found among large hosts as among all, and told of compared lines as of each alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.answers import Answers
from data.caveats import NotReported, NotReportedOfSome
from data.countries import Atlas
from data.errors import NoFigures
from data.measures import COLUMNS
from data.model import Country, Measure, Nature, Place, Role
from data.questions.carried import list_carried
from data.questions.trend import MAX_CARRIED, AskTrend, Trend
from data.questions.view import ReleaseView, open_view, persons_of
from data.statistics import CarriedForward
from data.store.database import Database
from tests.data.large import ORIGINS, large
from tests.releases import MID, NOW

Gaps = tuple[NotReported | None, list[CarriedForward]]
Gap = tuple[Country | None, Country, int | None]
"""Of which origin, in which country of asylum, and how large a stock was carried forward; None: it is silent."""


async def count_gaps(view: ReleaseView, measure: Measure, place: Place) -> Gaps:
    """Look for the gaps of one place among all its countries of asylum, small ones too."""
    year = view.release.newest_year
    partners = await view.read_asylum(place, year - 1, year)
    stale = None
    if measure.nature is Nature.STOCK:
        now, before = (persons_of(measure, partners, each) for each in (year, year - 1))
        stale = list_carried(view, measure, place, year, now, before, None)
    carried = list(stale.parts[:MAX_CARRIED]) if stale else []
    return view.find_not_reported(measure, place, year, partners), carried


def told_alone(found: Trend) -> Gaps:
    silent = [each for each in found.caveats if isinstance(each, NotReported)]
    assert len(silent) < 2
    return next(iter(silent), None), [each for each in found.caveats if isinstance(each, CarriedForward)]


def list_gaps(place: Place, gaps: Gaps) -> set[Gap]:
    silent, carried = gaps
    return {
        *((place.origin, country, None) for country, _ in (silent.countries if silent else ())),
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


async def compare(path: Path, atlas: Atlas, day: date) -> int:
    """Fail where lines tell other gaps than there are, alone or up to six together; count the gaps."""
    found = 0
    async with Database(path) as database, open_view(database, atlas, day) as view:
        answers = Answers(database, atlas)
        places = [Place(origin) for origin in await large(answers, Role.ORIGIN, ORIGINS)]
        for measure in (of for of in COLUMNS if Role.ORIGIN in of.row.sides):
            counted: dict[Place, Gaps] = {}
            for place in (Place(), *places):
                try:
                    alone = told_alone(await answers.answer(AskTrend(measure, (place,), as_of=day)))
                except NoFigures:
                    continue
                counted[place] = await count_gaps(view, measure, place)
                assert alone == counted[place], (measure, place)
            kept = [place for place in counted if place.origin]
            for start in range(0, len(kept) - 1, 6):
                six = kept[start : start + 6]
                if len(six) > 1:
                    together = told_together(await answers.answer(AskTrend(measure, tuple(six), as_of=day)))
                    assert together == set().union(*(list_gaps(each, counted[each]) for each in six)), six
                    found += len(together)
    return found


@pytest.mark.parametrize("day", [MID, NOW])
async def test_lines_lack_what_is_not_in_them(releases_path: Path, atlas: Atlas, day: date) -> None:
    assert await compare(releases_path, atlas, day)


async def test_a_pair_that_is_compared_tells_its_stock_that_was_carried_forward(
    answers: Answers, atlas: Atlas
) -> None:
    china, usa, germany = (atlas.find(name) for name in ("China", "USA", "Germany"))
    found = await answers.answer(
        AskTrend(Measure.PENDING, (Place(china, usa), Place(china, germany)), as_of=MID)
    )
    assert told_together(found) == {(china, usa, 147_909)}
