"""Half a year beside a whole one, persons beside cases: both are told, and what may not be made of them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.composition import compose
from bot.services import Services
from data.model import Measure, Per, Place, Role
from data.questions.figures import AskFigures
from data.questions.map import AskMap
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.releases import needs_release_folders

in_one_loop = pytest.mark.asyncio(loop_scope="session")
pytestmark = needs_release_folders


@in_one_loop
async def test_a_share_says_that_the_total_has_half_a_year_in_it(services: Services) -> None:
    germany = services.countries.find("Germany")
    for of, month in ((Measure.APPLICATIONS, "January–June"), (Measure.PENDING, "30 June")):
        reply = await compose(services, AskTop(of, Role.ASYLUM, Place(), 2024, of=germany))
        assert f"of {month} only, so that total compares with no other year" in reply.content


@in_one_loop
@pytest.mark.parametrize(
    ("of", "asylum", "years", "said"),
    [
        (
            Measure.APPLICATIONS,
            "USA",
            (2023, 2024),
            "729,105** in January–June 2024, not comparable with 1,176,051 in 2023.",
        ),
        (
            Measure.PENDING,
            "USA",
            (2024, 2025),
            "3,718,945** on 31 December 2025, not comparable with 3,184,162 on 30 June 2024.",
        ),
        (
            Measure.RECOGNITION_RATE,
            "Australia",
            (2019, 2024),
            "14.6%** in 2024 (appeals and reviews only) (2,230 of 15,222), not comparable with 19.5% in 2019.",
        ),
        (
            Measure.RECOGNITION_RATE,
            "USA",
            (2023, 2024),
            "57.7%** in January–June 2024 (35,701 of 61,911), not comparable with 58.5% in 2023.",
        ),
    ],
)
async def test_years_that_were_asked_for_and_do_not_compare_are_set_side_by_side(
    services: Services, of: Measure, asylum: str, years: tuple[int, int], said: str
) -> None:
    place = Place(asylum=services.countries.find(asylum))
    reply = await compose(services, AskTrend(of, (place,), *years))
    assert said in reply.content
    alone = await compose(services, AskTrend(of, (place,), years[1], years[1]))
    assert "comparable with" not in alone.content


@in_one_loop
async def test_per_inhabitant_persons_are_not_all_where_cases_are_counted_apart(services: Services) -> None:
    usa, canada = (Place(asylum=services.countries.find(name)) for name in ("USA", "Canada"))
    of, per = Measure.APPLICATIONS, Per.INHABITANTS
    trend = await compose(services, AskTrend(of, (usa,), per=per))
    assert "; 629,358 persons, without 282,594 cases." in trend.content
    assert "117,354 persons in all." in (await compose(services, AskTrend(of, (canada,), per=per))).content
    figures = await compose(services, AskFigures(usa, 2025, per=per))
    assert "new applications 180 per 100,000 inhabitants (without 282,594 cases)" in figures.account.replace(
        "*", ""
    )
    mapped = await compose(services, AskMap(of, Role.ASYLUM, Place(), 2025, per=per))
    assert any("USA 282,594" in caveat for caveat in mapped.caveats)


@in_one_loop
async def test_half_a_year_is_not_said_to_differ_from_the_year_before(services: Services) -> None:
    """Of flows no change is told then; but the largest of the year before is missing."""
    question = AskTop(Measure.APPLICATIONS, Role.ASYLUM, Place(), 2025, as_of=date(2025, 11, 10))
    reply = await compose(services, question)
    assert "729,105 (23.9%)" not in reply.account
    assert "For 2025 there are no new asylum applications yet from the USA (729,105 persons in 2024)" in (
        reply.embed().description or ""
    )
