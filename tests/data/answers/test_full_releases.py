"""What only full releases know, and that the starter figures sum to exactly the same."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.answers import Answers
from data.caveats import OriginUnknown, StagesTogether, StarterFigures
from data.countries import Atlas
from data.errors import NoFigures
from data.findings import Role
from data.measures import UNITS
from data.model import ALL, Counts, Measure, Place, Tally
from data.starter.intake import packaged_tables
from data.starter.table import read_tables
from data.store.database import Database
from data.store.figures import read_series
from data.store.releases import read_releases
from tests.releases import MID, NOW, UPDATE, YEAR_END, needs_full_releases

pytestmark = needs_full_releases

STAGES = Measure.ALL_STAGES


async def test_applications_at_all_stages(full: Answers, atlas: Atlas) -> None:
    china = Place(atlas.find("China"))
    assert (await full.figures(china, 2025)).tallies[STAGES] == Tally(27_750, 3_108)
    trend = await full.trend(STAGES, [china])
    assert [line.at(2025).value for line in trend.series if line.at(2025)] == [27_750, 3_108]
    assert StagesTogether() in trend.caveats
    ranking = await full.ranking(STAGES, Role.ASYLUM, china, 2025)
    assert ranking.total == Tally(27_750, 3_108)


async def test_stages_are_not_in_the_starter_figures(starter: Answers, atlas: Atlas) -> None:
    china = Place(atlas.find("China"))
    assert (await starter.figures(china, 2025)).tallies[STAGES] == Tally(None, None)
    for asked in (starter.trend(STAGES, [china]), starter.ranking(STAGES, Role.ASYLUM, china)):
        with pytest.raises(NoFigures, match="not in the starter figures"):
            await asked


async def test_a_pair_beyond_the_starter_is_answered_from_full_releases(
    full: Answers, starter: Answers, atlas: Atlas
) -> None:
    """Not covered is not zero: the starter refuses what the full releases know."""
    pair = Place(atlas.find("Eritrea"), atlas.find("Malta"))
    trend = await full.trend(Measure.PENDING, [pair])
    assert any(point.value for point in trend.series[0].points)
    with pytest.raises(NoFigures, match="starter figures"):
        await starter.trend(Measure.PENDING, [pair])
    with pytest.raises(NoFigures, match="starter figures"):
        await starter.figures(Place(None, atlas.find("Malta")))


async def test_every_release_is_kept_and_none_is_a_starter_any_more(full: Answers, starter: Answers) -> None:
    kept = (await full.holdings()).releases
    assert [(release.day, release.starter) for release in kept] == [
        (day, False) for day in (MID, UPDATE, YEAR_END, NOW)
    ]
    assert [release.day for release in await starter.releases()] == [MID, YEAR_END, NOW]
    assert [release.label for release in await starter.releases()] == [
        release.label for release in kept if release.day != UPDATE
    ]


async def test_only_answers_from_the_starter_say_that_they_are(
    full: Answers, starter: Answers, atlas: Atlas
) -> None:
    for answers, expected in ((full, False), (starter, True)):
        asked = (
            await answers.figures(Place(atlas.find("China"))),
            await answers.trend(Measure.PENDING, [Place()]),
            await answers.ranking(Measure.PENDING, Role.ORIGIN, Place()),
        )
        assert [StarterFigures() in found.caveats for found in asked] == [expected] * 3


def covered_places() -> Iterator[tuple[str, str]]:
    coverage = read_tables(packaged_tables()).coverage
    yield ALL, ALL
    yield from ((origin, ALL) for origin in sorted(coverage.origins))
    yield from ((ALL, asylum) for asylum in sorted(coverage.asylum))
    yield from itertools.product(sorted(coverage.origins), sorted(coverage.asylum))


async def test_starter_figures_are_exact(full_path: Path, starter_path: Path) -> None:
    """The world, every origin, every country of asylum and every pair the starter names: all years, all units."""
    compared = 0
    async with (
        Database(full_path) as full,
        Database(starter_path) as starter,
        full.reading() as whole,
        starter.reading() as digest,
    ):
        released = {release.id: release for release in await read_releases(whole)}
        for release in await read_releases(digest):
            for origin, asylum in covered_places():
                expected = await read_series(whole, released[release.id], origin, asylum)
                found = await read_series(digest, release, origin, asylum)
                for key in itertools.product(range(2000, 2026), UNITS):
                    assert known(found.get(key)) == known(expected.get(key)), (release, origin, asylum, key)
                    compared += key in found
    assert compared > 20_000


def known(counts: Counts | None) -> tuple[int | None, ...]:
    """The counts a starter has: all but the stages."""
    each = counts or Counts()
    return (each.pending, each.new, each.recognised, each.complementary, each.rejected, each.closed)


async def test_most_pending_claims_in_the_usa_have_no_origin_at_the_end_of_2025(
    full: Answers, atlas: Atlas
) -> None:
    """Why the US figures of single origins fell: they are not there to compare with those of 2024."""
    usa = Place(atlas.by_code("UKN"), atlas.find("USA"))
    then, now = await full.figures(usa, 2024), await full.figures(usa, 2025)
    assert (then.tallies[Measure.PENDING].persons, now.tallies[Measure.PENDING].persons) == (
        10_494,
        1_437_190,
    )
    assert now.tallies[Measure.APPLICATIONS] == Tally(203, 282_594)


async def test_origins_whose_figures_ended_long_ago_did_not_lose_their_name_in_2025(
    full: Answers, atlas: Atlas
) -> None:
    """The newest new applications of Monaco are of 2014, those of China of 2025."""
    for name, told in (("Monaco", False), ("China", True)):
        place = Place(atlas.find(name))
        trend = await full.trend(Measure.APPLICATIONS, [place])
        period = await full.period(Measure.APPLICATIONS, place)
        for found in (trend, period):
            assert any(isinstance(each, OriginUnknown) for each in found.caveats) is told
