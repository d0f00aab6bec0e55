"""Range, mean and total over spans: what enters, and what must not be added."""

from __future__ import annotations

import pytest

from data.answers import Answers
from data.caveats import HalfYearLeftOut, MidYear, SmallBase, StageUnknown, StockNotFlow, UnitsApart
from data.countries import Atlas
from data.errors import NoFigures, Unanswerable
from data.model import Measure, Nature, Place, Role, Unit
from data.questions.period import AskPeriod
from data.questions.trend import AskTrend
from tests.refusals import refuses
from tests.releases import MID, NOW, days_with

COUNTS = [of for of in Measure if of.nature is not Nature.RATE and of is not Measure.ALL_STAGES]


@pytest.mark.parametrize("of", COUNTS)
async def test_the_figures_are_those_of_the_trend(answers: Answers, atlas: Atlas, of: Measure) -> None:
    country = atlas.find("Venezuela" if of is Measure.OTHERS_IN_NEED else "Syria")
    place = Place(country) if Role.ORIGIN in of.row.sides else Place(None, country)
    first = max(2010, of.row.first_year)
    for day in days_with(of, MID, NOW):
        trend = await answers.answer(AskTrend(of, (place,), first, 2025, as_of=day))
        found = await answers.answer(AskPeriod(of, place, (first, 2025), None, as_of=day))
        for span in (*found.spans, *found.beside):
            lines = [series for series in trend.series if series.unit is span.unit]
            if not lines:  # a trend leaves out a line in cases that has come to nothing
                assert not span.series.points[-1].value
                continue
            (line,) = lines
            assert span.series == line
            whole = [point for point in line.points if point.value is not None and not point.partial]
            values = [point.value for point in whole]
            assert span.counted == tuple(point.year for point in whole)
            assert span.lowest is not None
            assert span.highest is not None
            assert (span.lowest.value, span.highest.value) == (min(values), max(values))
            halves = [p.value for p in line.points if p.partial and p.extent is None and p.value is not None]
            assert span.total == sum(values) + (sum(halves) if of.nature is Nature.STOCK else 0)
            assert span.overall == pytest.approx(sum(values) / len(values))


async def test_half_a_year_and_a_stock_in_the_middle_of_one_enter_nothing(
    answers: Answers, atlas: Atlas
) -> None:
    germany = Place(None, atlas.find("Germany"))
    flow = await answers.answer(AskPeriod(Measure.APPLICATIONS, germany, (2023, None), None, as_of=MID))
    stock = await answers.answer(AskPeriod(Measure.PENDING, germany, (2023, None), None, as_of=MID))

    assert flow.spans[0].counted == (2023, 2024)
    assert flow.spans[0].series.points[-1].value is not None
    assert {HalfYearLeftOut(2025), MidYear(2025, Nature.FLOW)} <= set(flow.caveats)
    assert stock.spans[0].counted == (2023, 2024)
    assert {StockNotFlow(), MidYear(2025, Nature.STOCK)} <= set(stock.caveats)
    assert HalfYearLeftOut(2025) not in stock.caveats


async def test_a_rate_over_years_comes_from_summed_decisions(answers: Answers, atlas: Atlas) -> None:
    place = Place(None, atlas.find("Germany"))
    found = await answers.answer(AskPeriod(Measure.PROTECTION_RATE, place, (2015, 2019)))
    recognised, other, rejected = [
        (await answers.answer(AskPeriod(of, place, (2015, 2019)))).spans[0].total or 0
        for of in (Measure.RECOGNISED, Measure.COMPLEMENTARY, Measure.REJECTED)
    ]

    assert found.spans[0].overall == pytest.approx((recognised + other) / (recognised + other + rejected))
    assert found.spans[0].total is None
    assert found.ratio is None


async def test_persons_of_two_spans_are_not_compared_where_cases_stand_beside(
    answers: Answers, atlas: Atlas
) -> None:
    found = await answers.answer(
        AskPeriod(Measure.APPLICATIONS, Place(None, atlas.find("USA")), (2016, 2020), (2021, 2025))
    )

    assert [span.unit for span in found.beside] == [Unit.CASES] * 2
    assert found.ratio is None
    assert UnitsApart() in found.caveats
    alone = await answers.answer(
        AskPeriod(Measure.APPLICATIONS, Place(None, atlas.find("Germany")), (2016, 2020), (2021, 2025))
    )
    assert alone.beside == ()
    first, second = (span.overall for span in alone.spans)
    assert alone.ratio == pytest.approx(second / first - 1)


async def test_means_across_breaks_or_with_a_partial_part_name_the_years_that_disturb_them(
    answers: Answers, atlas: Atlas
) -> None:
    worldwide = await answers.answer(AskPeriod(Measure.PENDING, Place(), (2018, 2023), (2024, 2025)))
    usa = Place(None, atlas.find("USA"))
    broken = await answers.answer(AskPeriod(Measure.PENDING, usa, (2018, 2023), (2024, 2025)))
    sound = await answers.answer(AskPeriod(Measure.PENDING, usa, (2012, 2015), (2018, 2023)))

    assert worldwide.disturbed == (2024, 2025)  # the USA's 30 June is left out of its own mean alone
    assert broken.disturbed == (2025,)
    assert sound.disturbed == ()
    assert None not in (worldwide.ratio, broken.ratio, sound.ratio)


async def test_new_applications_before_2006_are_no_part_of_a_total(answers: Answers, atlas: Atlas) -> None:
    found = await answers.answer(AskPeriod(Measure.APPLICATIONS, Place(atlas.find("China")), (2000, 2010)))

    assert found.spans[0].counted[0] == 2006
    assert StageUnknown(2005) in found.caveats


async def test_no_percentage_is_given_from_a_small_mean(answers: Answers, atlas: Atlas) -> None:
    found = await answers.answer(
        AskPeriod(
            Measure.PENDING, Place(atlas.find("China"), atlas.find("Brazil")), (2000, 2008), (2015, 2025)
        )
    )

    assert (found.spans[0].overall or 0) < 50
    assert found.ratio is None
    assert SmallBase(50) in found.caveats


async def test_the_same_years_twice_and_years_without_figures_are_one_sentence(
    answers: Answers, atlas: Atlas
) -> None:
    china = Place(atlas.find("China"))
    with refuses(Unanswerable, "Both spans are the same years"):
        await answers.answer(AskPeriod(Measure.PENDING, china, (None, None), (2000, 2025)))
    with refuses(NoFigures, "no figures on new asylum applications from China for 2001–2003"):
        await answers.answer(AskPeriod(Measure.APPLICATIONS, china, (2001, 2003)))
