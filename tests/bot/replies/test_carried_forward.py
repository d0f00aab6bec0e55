"""A stock that is mostly an older one says so beside the figure, in every answer that tells it, and not elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.chat.composition import compose
from bot.replies.caveats import say_caveat
from bot.replies.coverage import say_carried
from bot.replies.mind import say_mind
from bot.services import Services
from data.model import Country, Extent, Measure, Place, Role
from data.questions.changes import AskChanges
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.statistics import Carried, CarriedForward
from tests.releases import MID, NOW, YEAR_END, needs_release_folders

in_one_loop = pytest.mark.asyncio(loop_scope="session")

PENDING = Measure.PENDING
USA = Country("USA", "USA", "US", "USA", "the USA")
EGYPT = Country("EGY", "EGY", "EG", "Egypt", "Egypt")
CHINA = Country("CHI", "CHN", "CN", "China", "China")
FROM_JUNE = "probably carried forward from 30 June 2024"


def ask(place: Place, day: date) -> Iterator[Question]:
    """Ask every command that tells a stock of the place."""
    yield AskFigures(place, as_of=day)
    yield AskTrend(PENDING, (place,), as_of=day)
    yield AskHistory(PENDING, place, 2025, as_of=day)
    if place.asylum is None:
        yield AskTop(PENDING, Role.ASYLUM, place, as_of=day)
        yield AskMap(PENDING, Role.ASYLUM, place, as_of=day)
    if place.origin is None:
        yield AskTop(PENDING, Role.ORIGIN, place, as_of=day)
        yield AskMap(PENDING, Role.ORIGIN, place, as_of=day)


@in_one_loop
@pytest.mark.parametrize("names", [("China", None), (None, "USA"), ("China", "USA"), (None, None)])
async def test_the_headline_says_how_much_was_carried_forward(
    services: Services, names: tuple[str | None, str | None]
) -> None:
    place = Place(*(services.countries.find(name) if name else None for name in names))
    for question in ask(place, MID):
        reply = await compose(services, question)
        assert FROM_JUNE in reply.headline, question
        assert "probably carried forward" in reply.alt or isinstance(question, AskHistory), question
    for question in ask(place, NOW):
        reply = await compose(services, question)
        assert (FROM_JUNE in reply.headline) is isinstance(question, AskHistory), question


@in_one_loop
async def test_the_founding_figure_says_it_in_its_first_line(services: Services) -> None:
    reply = await compose(services, AskFigures(Place(services.countries.find("China")), as_of=MID))

    assert reply.headline == (
        "**178,725** people from China had an asylum claim pending worldwide (the stock on 30 June 2025; 83%,"
        " in the USA, probably carried forward from 30 June 2024), 147,909 of them in the USA."
    )
    assert "83%, in the USA, probably carried forward" in reply.chart.heading.subtitle


@in_one_loop
async def test_an_origin_with_little_of_it_does_not_say_it_beside_the_figure(services: Services) -> None:
    for name in ("Sudan", "Afghanistan", "Syria"):
        reply = await compose(services, AskFigures(Place(services.countries.find(name)), as_of=MID))
        assert "carried forward" not in reply.headline


@in_one_loop
async def test_compared_origins_each_say_it(services: Services) -> None:
    china, venezuela, sudan = (Place(services.countries.find(n)) for n in ("China", "Venezuela", "Sudan"))
    reply = await compose(services, AskTrend(PENDING, (china, venezuela, sudan), as_of=MID))

    assert f"**178,725** on 30 June 2025 (83%, in the USA, {FROM_JUNE})" in reply.headline
    assert f"Venezuela 1,363,522 (45%, in the USA, {FROM_JUNE}), Sudan 829,233." in reply.account


@in_one_loop
@needs_release_folders
async def test_what_a_release_changed_says_it_of_the_figure_before(services: Services) -> None:
    china = Place(services.countries.find("China"))
    reply = await compose(services, AskChanges(china, PENDING, as_of=YEAR_END))

    told = f"**178,725 (30 June; 83%, in the USA, {FROM_JUNE}) → 99,716 (31 December)"
    assert told in reply.headline


def part(country: Country, value: int, extent: Extent | None = None) -> CarriedForward:
    return CarriedForward(country, value, 2025, 2024, extent=extent)


def test_parts_are_named_with_their_days_and_little_is_not_told() -> None:
    june = Extent(2024, Extent.HALF)
    two = Carried((part(USA, 50, june), part(EGYPT, 20)), 0.7)
    three = Carried((part(USA, 50), part(EGYPT, 20), part(CHINA, 10)), 0.8)

    assert say_carried(None, Place()) == ""
    assert say_carried(Carried((part(USA, 19),), 0.19), Place()) == ""
    assert say_carried(two, Place(CHINA)) == (
        "70%, in the USA and Egypt, probably carried forward from 30 June 2024 and 31 December 2024"
    )
    assert say_carried(three, Place(CHINA)) == (
        "80%, in the USA, Egypt and 1 more, probably carried forward from 31 December 2024"
    )
    assert say_carried(two, Place(CHINA), short=True) == "70% probably carried forward"
    assert say_carried(Carried((part(CHINA, 20),), 0.2), Place(asylum=USA)) == (
        "20%, from China, probably carried forward from 31 December 2024"
    )
    assert say_carried(Carried((part(USA, 20),), 1), Place(CHINA, USA)) == (
        "probably carried forward from 31 December 2024"
    )


def test_people_who_are_no_claims_and_a_part_of_a_country_are_named_as_what_they_are() -> None:
    displaced = CarriedForward(USA, 4_795_983, 2025, 2024, measure=Measure.DISPLACED)
    of_origin = CarriedForward(USA, 173_600, 2025, 2024, CHINA, measure=Measure.REFUGEES)
    inferred = CarriedForward(USA, 9_146, 2025, 2024, extent=Extent(2024, Extent.HALF, inferred=True))

    assert say_mind(displaced) == (
        "Mind: The 4,795,983 internally displaced people in the USA are exactly those of 31 December 2024, probably"
        " carried forward and not counted anew."
    )
    assert say_caveat(of_origin) == (
        "The refugees of 2025 from China in the USA, 173,600, are exactly those of 31 December 2024: the figure"
        " was probably carried forward, not counted anew."
    )
    assert "are exactly those of the year before, probably of 30 June 2024" in say_mind(inferred)
    place = Place(asylum=USA)
    assert say_carried(Carried((of_origin,), 0.9), place) == (
        "90%, from China, probably carried forward from 31 December 2024"
    )
    assert say_carried(Carried((inferred,), 1.0), place) == "probably carried forward from 30 June 2024"
