"""What a picture shows is told in one or two sentences, whatever was asked: nobody listens to twenty figures."""

from __future__ import annotations

import re

import pytest

from bot.chat.composition import compose
from bot.services import Services
from data.model import Measure, Place, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import AskTrend

in_one_loop = pytest.mark.asyncio(loop_scope="session")
MOST = 330
PENDING = Measure.PENDING


@in_one_loop
@pytest.mark.parametrize("names", [("China", None), (None, "USA"), (None, None)])
async def test_a_picture_is_told_in_two_sentences(services: Services, names: tuple[str | None, ...]) -> None:
    place = Place(*(services.countries.find(name) if name else None for name in names))
    role = Role.ASYLUM if place.asylum is None else Role.ORIGIN
    for question in (
        AskFigures(place, 2025),
        AskTrend(PENDING, (place,)),
        AskTop(PENDING, role, place, 2025),
        AskMap(PENDING, role, place, 2025),
        AskDecisions(place),
        AskHistory(PENDING, place, 2025),
        AskChanges(Place()),
        AskPeriod(PENDING, place, (2020, 2024)),
    ):
        alt = (await compose(services, question)).alt
        assert len(re.findall(r"\.(?= [A-Z0-9]|$)", alt)) <= 2, alt
        assert len(alt) <= MOST, alt
