"""Every country with a figure is on the map, or named beside it."""

from __future__ import annotations

import pytest

from data.answers import Answers
from data.caveats import BoundariesNoOpinion, CasesOnMap, MidYear, NotOnMap, TooFewDecisions
from data.countries import Atlas
from data.errors import NoFigures
from data.measures import MIN_DECISIONS
from data.model import Measure, Nature, Place, Role
from data.questions.map import AskMap
from data.questions.top import AskTop
from tests.refusals import refuses
from tests.releases import MID, NOW, days_with

COUNTS = [of for of in Measure if of.nature is not Nature.RATE]
PEOPLED = {Measure.OTHERS_IN_NEED: ("Venezuela", "Peru"), Measure.NATURALISED: ("China", "Netherlands")}
"""An origin and a country of asylum with such people, where China and Germany have none."""


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("of", COUNTS)
async def test_no_figure_is_lost(answers: Answers, atlas: Atlas, of: Measure, role: Role) -> None:
    """What is on the map, and what has no place there, is the total, in each unit."""
    origin, host = map(atlas.find, PEOPLED.get(of, ("China", "Germany")))
    narrow = Place(origin) if role is Role.ASYLUM else Place(None, host)
    places = {MID: Place(), NOW: narrow if Role.ORIGIN in of.row.sides else Place()}
    for day, place in ((day, places[day]) for day in days_with(of, MID, NOW)):
        found = await answers.answer(AskMap(of, role, place, 2025, as_of=day))
        told = [tally for _, tally in (*found.countries, *found.elsewhere)]
        for unit in ("persons", "cases"):
            whole = getattr(found.total, unit) or 0
            assert sum(getattr(tally, unit) or 0 for tally in told) == whole
        assert BoundariesNoOpinion() in found.caveats
        assert any(isinstance(caveat, MidYear) for caveat in found.caveats) == (day == MID)


async def test_a_ranking_and_a_map_have_the_same_figures(answers: Answers) -> None:
    ranking = await answers.answer(AskTop(Measure.APPLICATIONS, Role.ASYLUM, Place(), 2024))
    found = await answers.answer(AskMap(Measure.APPLICATIONS, Role.ASYLUM, Place(), 2024))

    persons = [(country, tally.persons) for country, tally in found.countries]
    assert persons[: len(ranking.rows)] == [(row.country, row.value) for row in ranking.rows]


async def test_cases_and_what_is_no_country_are_told(answers: Answers) -> None:
    cases = await answers.answer(AskMap(Measure.APPLICATIONS, Role.ASYLUM, Place(), 2025, as_of=NOW))
    (caveat,) = [each for each in cases.caveats if isinstance(each, CasesOnMap)]
    assert [(country.name, value) for country, value in caveat.countries[:1]] == [("USA", 282_594)]

    origins = await answers.answer(AskMap(Measure.PENDING, Role.ORIGIN, Place(), 2025, as_of=NOW))
    (named,) = [each for each in origins.caveats if isinstance(each, NotOnMap)]
    assert named.entries == origins.elsewhere[:3]
    assert not any(country.is_country for country, _ in origins.elsewhere)


async def test_no_rate_is_coloured_on_few_decisions(answers: Answers) -> None:
    rates = await answers.answer(AskMap(Measure.PROTECTION_RATE, Role.ASYLUM, Place(), 2024))
    recognised, other, rejected = [
        {
            country.code: tally
            for country, tally in (await answers.answer(AskMap(of, Role.ASYLUM, Place(), 2024))).countries
        }
        for of in (Measure.RECOGNISED, Measure.COMPLEMENTARY, Measure.REJECTED)
    ]

    assert TooFewDecisions(MIN_DECISIONS) in rates.caveats
    for country, tally in rates.countries:
        parts = [
            each[country.code].persons or 0 for each in (recognised, other, rejected) if country.code in each
        ]
        if tally.persons is not None:
            assert sum(parts) >= MIN_DECISIONS


async def test_nothing_to_colour_is_one_sentence(answers: Answers, atlas: Atlas) -> None:
    with refuses(NoFigures, "No country has 50 substantive decisions there in 2025"):
        await answers.answer(AskMap(Measure.PROTECTION_RATE, Role.ASYLUM, Place(atlas.find("Monaco")), 2025))
