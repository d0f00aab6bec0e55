"""World totals and headline figures, as UNHCR and the press reported them."""

from __future__ import annotations

import pytest

from data.answers import Answers
from data.caveats import MidYear, NotReported, UnitsApart
from data.countries import Atlas
from data.measures import count_substantive
from data.model import Counts, Measure, Place, Role, Tally, Unit
from data.questions.figures import AskFigures, Figures
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.releases import MID, NOW, YEAR_END

NEW = Measure.APPLICATIONS
WORLD = Place()


async def test_new_applications_of_2024_and_the_five_largest_countries(answers: Answers) -> None:
    found = await answers.answer(AskTop(NEW, Role.ASYLUM, WORLD, 2024))
    assert found.total == Tally(3_050_315, None)
    assert [(row.rank, row.country.name, row.unit, row.value) for row in found.rows[:5]] == [
        (1, "USA", Unit.PERSONS, 729_105),
        (2, "Egypt", Unit.PERSONS, 433_926),
        (3, "Germany", Unit.PERSONS, 229_740),
        (4, "Canada", Unit.PERSONS, 173_931),
        (5, "Spain", Unit.PERSONS, 167_342),
    ]


async def test_persons_and_cases_of_2025_stand_side_by_side_and_are_never_added(answers: Answers) -> None:
    world = await answers.answer(AskFigures(WORLD, 2025))
    assert world.tallies[NEW] == Tally(2_505_045, 291_558)
    assert UnitsApart() in world.caveats
    ranking = await answers.answer(AskTop(NEW, Role.ASYLUM, WORLD, 2025))
    assert ranking.total == Tally(2_505_045, 291_558)
    usa = {row.unit: (row.rank, row.value) for row in ranking.rows if row.country.name == "USA"}
    assert usa == {Unit.PERSONS: (1, 629_358), Unit.CASES: (None, 282_594)}
    trend = await answers.answer(AskTrend(NEW, (WORLD,)))
    assert {line.unit: line.at(2025).value for line in trend.series if line.at(2025)} == {
        Unit.PERSONS: 2_505_045,
        Unit.CASES: 291_558,
    }


async def test_a_year_partly_in_cases_is_not_compared_with_one_in_persons(answers: Answers) -> None:
    """2025 in persons is no fall from 2024: part of it moved into cases."""
    world = await answers.answer(AskFigures(WORLD, 2025))
    assert NEW not in world.changes
    assert (await answers.answer(AskTrend(NEW, (WORLD,)))).change is None
    ranking = await answers.answer(AskTop(NEW, Role.ASYLUM, WORLD, 2025))
    assert all(row.change is None for row in ranking.rows if row.country.name == "USA")


async def test_the_mid_year_total_lacks_the_usa_and_says_so(answers: Answers, atlas: Atlas) -> None:
    world = await answers.answer(AskFigures(WORLD, 2025, as_of=MID))
    assert world.tallies[NEW] == Tally(890_301, None)
    ranking = await answers.answer(AskTop(NEW, Role.ASYLUM, WORLD, 2025, as_of=MID))
    assert ranking.total == Tally(890_301, None)
    usa = atlas.find("USA")
    assert usa not in [row.country for row in ranking.rows]
    trend = await answers.answer(AskTrend(NEW, (WORLD,), as_of=MID))
    for found in (world, ranking, trend):
        (silent,) = [caveat for caveat in found.caveats if isinstance(caveat, NotReported)]
        assert (silent.year, silent.final) == (2025, False)
        assert (usa, Tally(729_105, None)) in silent.countries
        assert any(isinstance(caveat, MidYear) for caveat in found.caveats)


@pytest.mark.parametrize(
    ("place", "measure", "before", "after"),
    [
        ("Canada", Measure.DECISIONS, Tally(199_610, None), Tally(96_789, None)),
        ("Canada", Measure.RECOGNISED, Tally(107_690, None), Tally(52_831, None)),
        (None, Measure.RECOGNISED, Tally(549_511, 21_597), Tally(494_652, 21_597)),
    ],
)
async def test_the_correction_of_25_june_2026(
    answers: Answers, atlas: Atlas, place: str | None, measure: Measure, before: Tally, after: Tally
) -> None:
    where = Place(None, atlas.find(place) if place else None)
    assert (await answers.answer(AskFigures(where, 2025, as_of=YEAR_END))).tallies[measure] == before
    assert (await answers.answer(AskFigures(where, 2025, as_of=NOW))).tallies[measure] == after


async def test_the_correction_of_world_recognitions_in_one_sum(answers: Answers) -> None:
    """Published as one sum, 571,108 → 516,249: here only a check of arithmetic, for the units never mix."""
    for day, whole in ((YEAR_END, 571_108), (NOW, 516_249)):
        recognised = (await answers.answer(AskFigures(WORLD, 2025, as_of=day))).tallies[Measure.RECOGNISED]
        assert (recognised.persons or 0) + (recognised.cases or 0) == whole


async def test_recognition_of_chinese_claims_is_told_per_unit(answers: Answers, atlas: Atlas) -> None:
    found = await answers.answer(AskFigures(Place(atlas.find("China")), 2025))
    assert found.tallies[Measure.RECOGNISED] == Tally(6_978, 175)
    assert found.tallies[Measure.COMPLEMENTARY] == Tally(79, 0)
    assert found.tallies[Measure.REJECTED] == Tally(9_948, 5_051)
    assert found.tallies[Measure.RECOGNITION_RATE] == Tally(6_978 / 17_005, 175 / 5_226)
    assert found.tallies[Measure.PROTECTION_RATE] == Tally(7_057 / 17_005, 175 / 5_226)


@pytest.mark.parametrize(("year", "recognition", "protection"), [(2024, 41.6, 42.0), (2025, 32.2, 32.5)])
async def test_recognition_in_one_sum_is_what_others_computed(
    answers: Answers, atlas: Atlas, year: int, recognition: float, protection: float
) -> None:
    """A check of arithmetic: nothing but this adds persons and cases."""
    found = await answers.answer(AskFigures(Place(atlas.find("China")), year))
    recognised, complementary, rejected = (
        _in_one_sum(found, of) for of in (Measure.RECOGNISED, Measure.COMPLEMENTARY, Measure.REJECTED)
    )
    whole = count_substantive(Counts(recognised=recognised, complementary=complementary, rejected=rejected))
    assert whole
    assert round(100 * recognised / whole, 1) == recognition
    assert round(100 * (recognised + complementary) / whole, 1) == protection


def _in_one_sum(found: Figures, of: Measure) -> int:
    tally = found.tallies[of]
    return int((tally.persons or 0) + (tally.cases or 0))
