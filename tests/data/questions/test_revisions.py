"""How figures came to be what they are: completed in June, corrected two weeks later."""

from __future__ import annotations

from datetime import date

import pytest

from data.answers import Answers
from data.countries import Atlas
from data.model import Dataset, Measure, Place, RevisionKind, Tally
from data.questions.changes import AskChanges
from data.questions.history import AskHistory, Edition
from tests.releases import MID, NOW, UPDATE, YEAR_END

POPULATION, APPLICATIONS, DECISIONS, SOLUTIONS = Dataset
COMPLETED, CORRECTED, WITHDRAWN = RevisionKind.COMPLETED, RevisionKind.CORRECTED, RevisionKind.WITHDRAWN


async def editions(answers: Answers, measure: Measure, place: Place) -> dict[date, Edition]:
    return {
        each.release.day: each for each in (await answers.answer(AskHistory(measure, place, 2025))).editions
    }


async def test_the_article_s_figure_was_completed_and_not_corrected(answers: Answers, atlas: Atlas) -> None:
    """44% lower, because the year had ended since."""
    china = Place(atlas.find("China"))
    told = await editions(answers, Measure.PENDING, china)
    assert [(told[day].tally.persons, told[day].kind) for day in (MID, YEAR_END, NOW)] == [
        (178_725, None),
        (99_716, RevisionKind.COMPLETED),
        (99_716, None),
    ]
    assert told[YEAR_END].ratio == pytest.approx(-0.442, abs=0.0005)
    found = await answers.answer(AskHistory(Measure.PENDING, china, 2025))
    assert found.days_to_final == (YEAR_END - MID).days == 214


async def test_half_a_year_of_applications_is_no_base_for_a_percentage(
    answers: Answers, atlas: Atlas
) -> None:
    told = await editions(answers, Measure.APPLICATIONS, Place(atlas.find("China")))
    assert [(told[day].tally, told[day].kind) for day in (MID, YEAR_END, NOW)] == [
        (Tally(9_307, None), None),
        (Tally(25_173, None), RevisionKind.COMPLETED),
        (Tally(25_210, None), RevisionKind.CORRECTED),
    ]
    assert told[YEAR_END].ratio is None
    assert told[NOW].ratio == pytest.approx(37 / 25_173)


async def test_the_largest_correction_is_that_of_canada(answers: Answers, atlas: Atlas) -> None:
    canada = atlas.find("Canada")
    found = await answers.answer(AskChanges(Place(), as_of=NOW))
    first = found.largest[0]
    assert (first.measure, first.place, first.before, first.after, first.kind) == (
        Measure.RECOGNISED,
        Place(None, canada),
        107_690,
        52_831,
        RevisionKind.CORRECTED,
    )
    totals = {(each.measure, each.year): (each.before, each.after) for each in found.totals}
    assert totals[Measure.DECISIONS, 2025] == (2_503_721, 2_400_900)
    assert totals[Measure.RECOGNISED, 2025] == (549_511, 494_652)


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (UPDATE, {(POPULATION, CORRECTED): 74}),
        (
            YEAR_END,
            {
                (POPULATION, COMPLETED): 7_383,
                (POPULATION, WITHDRAWN): 216,
                (APPLICATIONS, COMPLETED): 5_507,
                (APPLICATIONS, WITHDRAWN): 194,
                (DECISIONS, COMPLETED): 14_551,
                (DECISIONS, WITHDRAWN): 278,
            },
        ),
        (
            NOW,
            {
                (POPULATION, CORRECTED): 25,
                (APPLICATIONS, CORRECTED): 243,
                (APPLICATIONS, WITHDRAWN): 8,
                (DECISIONS, CORRECTED): 1_010,
                (DECISIONS, WITHDRAWN): 88,
            },
        ),
    ],
)
async def test_how_many_published_figures_a_release_changed(
    answers: Answers, day: date, counted: dict[tuple[Dataset, RevisionKind], int]
) -> None:
    """A figure that is gone was completed nowhere."""
    assert (await answers.answer(AskChanges(Place(), as_of=day))).counts == counted


async def test_every_change_of_june_is_in_the_newest_year(answers: Answers) -> None:
    for day, kinds in (
        (YEAR_END, {RevisionKind.COMPLETED, RevisionKind.CORRECTED, RevisionKind.WITHDRAWN}),
        (NOW, {RevisionKind.CORRECTED, RevisionKind.WITHDRAWN}),
    ):
        found = await answers.answer(AskChanges(Place(), as_of=day), whole=True)
        assert len(found.all_changes) == found.matching
        assert {each.year for each in found.all_changes} == {2025}
        assert {each.kind for each in found.all_changes} == kinds
        assert all(
            (each.after is None) is (each.kind is RevisionKind.WITHDRAWN) for each in found.all_changes
        )


async def test_what_is_gone_in_june_is_asked_for_as_withdrawn(answers: Answers) -> None:
    every = await answers.answer(AskChanges(Place(), as_of=YEAR_END), whole=True)
    gone = await answers.answer(AskChanges(Place(), kind=RevisionKind.WITHDRAWN, as_of=YEAR_END), whole=True)
    kept = await answers.answer(AskChanges(Place(), kind=RevisionKind.COMPLETED, as_of=YEAR_END), whole=True)
    assert gone.matching + kept.matching == every.matching
    assert {each.after for each in gone.all_changes} == {None}
    assert None not in {each.after for each in kept.all_changes}
