"""What people mean first: figures and maps lead with refugees where they are more by far than claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.replies.figures import reply_figures
from data.caveats import PartialYear, PartInTotal
from data.model import Measure, Place
from data.questions.figures import AskFigures, Figures

if TYPE_CHECKING:
    from bot.services import Services

in_one_loop = pytest.mark.asyncio(loop_scope="session")


@in_one_loop
@pytest.mark.parametrize(
    ("origin", "leads"),
    [("Ukraine", True), ("Syria", True), ("Sudan", True), ("China", False), ("Colombia", False)],
)
async def test_a_map_shows_what_the_figures_begin_with(services: Services, origin: str, leads: bool) -> None:
    question = AskFigures(Place(services.countries.find(origin)), None)
    found = await services.answers.answer(question)
    assert isinstance(found, Figures)

    assert (Measure.REFUGEES in found.leading) is leads
    assert (await services.answers.choose_leading(question) is Measure.REFUGEES) is leads


@in_one_loop
async def test_before_claims_were_counted_a_map_shows_refugees(services: Services) -> None:
    question = AskFigures(Place(services.countries.find("Vietnam")), 1985)
    assert await services.answers.choose_leading(question) is Measure.REFUGEES


@in_one_loop
@pytest.mark.parametrize("place", ["Africa", "Colombia", "EU"])
async def test_beside_populations_only_what_is_given_is_minded(services: Services, place: str) -> None:
    question = AskFigures(Place(asylum=services.countries.find(place)), 2025)
    found = await services.answers.answer(question)
    assert isinstance(found, Figures)
    assert found.leading
    mind = reply_figures(question, found).mind

    about: tuple[Measure, ...] = ()
    if isinstance(mind, PartInTotal):
        about = tuple(of for of, _, _ in mind.amounts)
    elif isinstance(mind, PartialYear):
        about = mind.measures
    given = found.leading if getattr(mind, "year", 2025) < 2025 else (*found.leading, Measure.PENDING)
    assert not about or set(about) & set(given)
