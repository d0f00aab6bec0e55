"""What the releases say, also of small places."""

from __future__ import annotations

from data.answers import Answers
from data.caveats import OriginUnknown, StagesTogether
from data.countries import Atlas
from data.model import Measure, Place, Role, Tally
from data.questions.figures import AskFigures
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.releases import MID, NOW, OLDEST, UPDATE, YEAR_END

STAGES = Measure.ALL_STAGES


async def test_applications_at_all_stages(answers: Answers, atlas: Atlas) -> None:
    china = Place(atlas.find("China"))
    assert (await answers.answer(AskFigures(china, 2025))).tallies[STAGES] == Tally(27_750, 3_108)
    trend = await answers.answer(AskTrend(STAGES, (china,)))
    assert [line.at(2025).value for line in trend.series if line.at(2025)] == [27_750, 3_108]
    assert StagesTogether() in trend.caveats
    ranking = await answers.answer(AskTop(STAGES, Role.ASYLUM, china, 2025))
    assert ranking.total == Tally(27_750, 3_108)


async def test_every_release_is_kept(answers: Answers) -> None:
    days = [release.day for release in (await answers.holdings()).releases]
    assert (days[0], len(days), days[-4:]) == (OLDEST, 11, [MID, UPDATE, YEAR_END, NOW])
    assert tuple(days) == tuple(release.day for release in await answers.releases())


async def test_small_places_are_answered(answers: Answers, atlas: Atlas) -> None:
    eritrea, malta, luxembourg = (atlas.find(name) for name in ("Eritrea", "Malta", "Luxembourg"))
    trend = await answers.answer(AskTrend(Measure.PENDING, (Place(eritrea, malta),)))
    assert any(point.value for point in trend.series[0].points)
    for place in (Place(None, malta), Place(None, luxembourg)):
        assert (await answers.answer(AskFigures(place))).tallies[Measure.PENDING].persons


async def test_most_pending_claims_in_the_usa_have_no_origin_at_the_end_of_2025(
    answers: Answers, atlas: Atlas
) -> None:
    """Why the US figures of single origins fell: they are not there to compare with those of 2024."""
    usa = Place(atlas.by_code("UKN"), atlas.find("USA"))
    then, now = await answers.answer(AskFigures(usa, 2024)), await answers.answer(AskFigures(usa, 2025))
    assert (then.tallies[Measure.PENDING].persons, now.tallies[Measure.PENDING].persons) == (
        10_494,
        1_437_190,
    )
    assert now.tallies[Measure.APPLICATIONS] == Tally(203, 282_594)


async def test_origins_whose_figures_ended_long_ago_did_not_lose_their_name_in_2025(
    answers: Answers, atlas: Atlas
) -> None:
    """The newest new applications of Monaco are of 2014, those of China of 2025."""
    for name, told in (("Monaco", False), ("China", True)):
        place = Place(atlas.find(name))
        trend = await answers.answer(AskTrend(Measure.APPLICATIONS, (place,)))
        period = await answers.answer(AskPeriod(Measure.APPLICATIONS, place))
        for found in (trend, period):
            assert any(isinstance(each, OriginUnknown) for each in found.caveats) is told
