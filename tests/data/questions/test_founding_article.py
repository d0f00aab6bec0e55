"""What a news article of 1 February 2026 said of Chinese asylum seekers, and what stands behind each figure."""

from __future__ import annotations

from datetime import date

import pytest

from data.answers import Answers
from data.caveats import MidYear, NotReported, OriginUnknown, StockNotFlow
from data.countries import Atlas
from data.model import Extent, Measure, Place, ReferencePeriod, Tally
from data.questions.figures import AskFigures, Figures
from data.questions.trend import AskTrend
from data.statistics import Carried, CarriedForward
from tests.releases import MID, NOW, YEAR_END

PENDING = Measure.PENDING
NEW = Measure.APPLICATIONS


async def ask(answers: Answers, atlas: Atlas, asylum: str | None, day: date, year: int = 2025) -> Figures:
    china = atlas.find("China")
    return await answers.answer(
        AskFigures(Place(china, atlas.find(asylum) if asylum else None), year, as_of=day)
    )


@pytest.mark.parametrize(
    ("asylum", "mid", "now"),
    [
        (None, 178_725, 99_716),
        ("USA", 147_909, 68_691),
        ("Canada", 6_435, 7_304),
        ("Italy", 3_857, 5_365),
        ("Australia", 10_436, 8_507),
    ],
)
async def test_the_figures_of_the_article_are_pending_claims_that_were_replaced_since(
    answers: Answers, atlas: Atlas, asylum: str | None, mid: int, now: int
) -> None:
    then, since = await ask(answers, atlas, asylum, MID), await ask(answers, atlas, asylum, NOW)
    assert then.tallies[PENDING] == Tally(mid, None)
    assert since.tallies[PENDING] == Tally(now, None)
    assert (then.period, since.period) == (ReferencePeriod.MID_YEAR, ReferencePeriod.YEAR_END)
    assert StockNotFlow() in then.caveats
    assert any(isinstance(caveat, MidYear) for caveat in then.caveats)
    assert not any(isinstance(caveat, MidYear) for caveat in since.caveats)


async def test_the_article_s_day_is_answered_by_the_release_of_that_time(
    answers: Answers, atlas: Atlas
) -> None:
    """The newest release of the day or before: not the one that came later."""
    found = await ask(answers, atlas, None, date(2026, 2, 1))
    assert found.release.day == MID
    assert (await ask(answers, atlas, None, date(2026, 6, 24))).release.day == YEAR_END
    assert (await ask(answers, atlas, None, date(2100, 1, 1))).release.day == NOW


async def test_the_record_is_that_of_2024_then_and_now(answers: Answers, atlas: Atlas) -> None:
    for day in (MID, NOW):
        record = (await ask(answers, atlas, None, day)).pending.highest
        assert record is not None
        assert (record.year, record.value, record.partial) == (2024, 180_960, False)


async def test_the_us_figure_of_mid_2025_was_carried_forward(answers: Answers, atlas: Atlas) -> None:
    usa = atlas.find("USA")
    for asylum in (None, "USA"):
        found = await ask(answers, atlas, asylum, MID)
        told = CarriedForward(usa, 147_909, 2025, 2024, extent=Extent(2024, Extent.HALF))
        assert told in found.caveats
        assert found.carried[Measure.PENDING] == Carried((told,), 147_909 / (147_909 if asylum else 178_725))
        since = await ask(answers, atlas, asylum, NOW)
        assert not any(isinstance(c, CarriedForward) and c.country == usa for c in since.caveats)


async def test_the_usa_has_not_reported_new_applications_in_the_mid_year_release(
    answers: Answers, atlas: Atlas
) -> None:
    found = await ask(answers, atlas, None, MID)
    (silent,) = [caveat for caveat in found.caveats if isinstance(caveat, NotReported)]
    assert (silent.year, silent.final) == (2025, False)
    assert (atlas.find("USA"), Tally(39_536, None)) in silent.countries
    assert (await ask(answers, atlas, "USA", MID)).tallies[NEW] == Tally(None, None)


async def test_dozens_of_countries_have_single_digit_figures(answers: Answers, atlas: Atlas) -> None:
    then, now = await ask(answers, atlas, None, MID), await ask(answers, atlas, None, NOW)
    assert (then.partners_with_claims, then.partners_under_ten) == (50, 14)
    assert (now.partners_with_claims, now.partners_under_ten) == (50, 12)
    assert [partner.country.name for partner in then.partners][:4] == ["USA", "Australia", "Canada", "Italy"]


@pytest.mark.parametrize(("asylum", "year", "value"), [("Canada", 2019, 2_873), ("Italy", 2019, 499)])
async def test_before_the_pandemic(
    answers: Answers, atlas: Atlas, asylum: str, year: int, value: int
) -> None:
    assert (await ask(answers, atlas, asylum, NOW, year)).tallies[PENDING] == Tally(value, None)


async def test_australia_s_peak_was_in_2019_and_not_in_the_two_years_before(
    answers: Answers, atlas: Atlas
) -> None:
    line = (await ask(answers, atlas, "Australia", MID)).pending
    assert line.highest is not None
    assert (line.highest.year, line.highest.value) == (2019, 17_668)
    assert [point.value for point in line.points if point.year in (2023, 2024)] == [13_207, 14_003]


async def test_the_line_of_pending_claims(answers: Answers, atlas: Atlas) -> None:
    trend = await answers.answer(AskTrend(PENDING, (Place(atlas.find("China")),)))
    (line,) = trend.series
    values = {point.year: point.value for point in line.points}
    assert list(values) == list(range(2000, 2026))
    assert list(values.values()) == [
        *(
            17_178,
            19_783,
            25_224,
            21_257,
            19_725,
            19_378,
            17_278,
            15_526,
            19_615,
            18_325,
            7_732,
            11_375,
            15_362,
        ),
        *(
            24_799,
            47_335,
            57_693,
            72_165,
            89_508,
            94_351,
            104_248,
            108_071,
            118_476,
            116_338,
            137_143,
            180_960,
        ),
        99_716,
    ]
    hu = [values[year] for year in range(2003, 2013)]
    assert (min(hu), max(hu)) == (values[2010], values[2003]) == (7_732, 21_257)


async def test_the_1_33_million_are_a_sum_of_yearly_stocks(answers: Answers, atlas: Atlas) -> None:
    for day, sum_of_stocks in ((MID, 1_329_812), (NOW, 1_250_803)):
        trend = await answers.answer(AskTrend(PENDING, (Place(atlas.find("China")),), 2013, 2025, as_of=day))
        assert sum(point.value or 0 for point in trend.series[0].points) == sum_of_stocks
        assert StockNotFlow() in trend.caveats


async def test_new_applications_are_far_fewer_than_pending_claims(answers: Answers, atlas: Atlas) -> None:
    assert (await ask(answers, atlas, None, MID)).tallies[NEW] == Tally(9_307, None)
    assert (await ask(answers, atlas, None, NOW)).tallies[NEW] == Tally(25_210, None)
    for year, value in ((2023, 48_092), (2024, 55_594)):
        assert (await ask(answers, atlas, None, NOW, year)).tallies[NEW] == Tally(value, None)


async def test_the_fall_of_2025_comes_with_the_origins_that_are_missing(
    answers: Answers, atlas: Atlas
) -> None:
    """The USA published 1.4 million pending claims without an origin: fewer Chinese ones is no fall by itself."""
    china, usa = atlas.find("China"), atlas.find("USA")
    for place in (Place(china), Place(china, usa)):
        found = await answers.answer(AskFigures(place, 2025))
        told = {each.measure: each for each in found.caveats if isinstance(each, OriginUnknown)}
        assert told[Measure.PENDING].country == usa
        assert (told[Measure.PENDING].before.persons, told[Measure.PENDING].after.persons) == (
            10_494,
            1_437_190,
        )
        assert told[Measure.APPLICATIONS].after.cases == 282_594
    for place, year in (
        (Place(china), 2024),
        (Place(None, usa), 2025),
        (Place(china, atlas.find("Italy")), 2025),
    ):
        found = await answers.answer(AskFigures(place, year))
        assert not any(isinstance(each, OriginUnknown) for each in found.caveats)
