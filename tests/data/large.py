"""Large origins and countries of asylum, as the newest release has them."""

from __future__ import annotations

from data.answers import Answers
from data.model import Country, Measure, Place, Role
from data.questions.map import AskMap

ORIGINS, HOSTS = 27, 40


async def large(answers: Answers, role: Role, most: int) -> list[Country]:
    """Return the countries with most pending claims."""
    found = await answers.answer(AskMap(Measure.PENDING, role, Place(), 2025))
    return [country for country, _ in found.countries[:most]]


async def large_places(answers: Answers) -> list[Place]:
    """Return the world, large origins, and large countries of asylum."""
    return [
        Place(),
        *(Place(origin) for origin in await large(answers, Role.ORIGIN, ORIGINS)),
        *(Place(None, host) for host in await large(answers, Role.ASYLUM, HOSTS)),
    ]
