"""The caveat beside an answer is of the years that the answer tells of, and of the change that it gives."""

from __future__ import annotations

import re

import pytest

from bot.chat.composition import compose
from bot.replies.mind import say_mind
from bot.services import Services
from data.caveats import NotOneSeries
from data.model import Measure, Place, Role
from data.questions.map import AskMap
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.releases import needs_release_folders

pytestmark = [needs_release_folders, pytest.mark.asyncio(loop_scope="session")]

YEAR = 2025
ORIGINS = (None, "Afghanistan", "Ukraine", "China", "Myanmar", "Guatemala")
YEARS = re.compile(r"\b(?:19|20)\d\d\b(?! (?:people|persons|cases|pending))")


@pytest.mark.parametrize("name", ORIGINS)
async def test_a_year_alone_is_minded_for_itself(services: Services, name: str | None) -> None:
    place = Place(services.countries.find(name) if name else None)
    for of in (Measure.PENDING, Measure.REFUGEES):
        for question in (AskTop(of, Role.ASYLUM, place, YEAR), AskMap(of, Role.ASYLUM, place, YEAR)):
            mind = (await compose(services, question)).mind
            told = say_mind(mind) if mind else ""
            assert {int(year) for year in YEARS.findall(told)} <= {YEAR - 1, YEAR}, told
            assert f"{YEAR - 1} total" not in told


@pytest.mark.parametrize("name", ORIGINS)
async def test_a_percentage_says_what_it_passes_over(services: Services, name: str | None) -> None:
    place = Place(services.countries.find(name) if name else None)
    reply = await compose(services, AskTrend(Measure.REFUGEES, (place,)))
    crossed = reply.mind.crossed if isinstance(reply.mind, NotOneSeries) else ()

    if re.search(r"\d% (?:more|fewer)", reply.answer) and crossed:
        assert "across" in reply.answer
    if crossed:
        first = say_mind(reply.mind or NotOneSeries(Measure.REFUGEES, crossed)).split(";")[0]
        assert any(str(at.year) in first for at in crossed)


async def test_a_third_of_the_fall_worldwide_is_people_who_are_counted_elsewhere(services: Services) -> None:
    reply = await compose(services, AskTrend(Measure.REFUGEES, (Place(),)))

    assert "8% fewer than on 31 December 2024 (across a break in the series)" in reply.answer
    assert reply.mind is not None
    assert "since 2025 Iran counts more narrowly (35.2% of the change)" in say_mind(reply.mind)
