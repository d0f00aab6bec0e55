"""What one release changed: for a place, a measure, a kind and a size."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.answers import Answers
from data.caveats import CompletedNotCorrected, UnitsApart
from data.countries import Atlas
from data.errors import NoFigures, Unanswerable
from data.model import Dataset, Measure, Place, RevisionKind, Unit
from data.questions.changes import AskChanges, Changes
from data.releases.imports import import_release
from data.store.database import Database
from tests.data.made_up import FIRST_DAY, MadeUp, Values, day, release
from tests.refusals import refuses
from tests.releases import NOW, OLDEST, YEAR_END, at

JUNE = at(YEAR_END)


def decided(recognised: int, rejected: int, closed: int, *, unit: str = "P", origin: str = "CHI") -> MadeUp:
    outcome: Values = (recognised, 0, rejected, closed, recognised + rejected + closed)
    return MadeUp({**release().tables, Dataset.DECISIONS: {(origin, "CAN", 2025, "G", "FI", unit): outcome}})


async def change(database: Database, atlas: Atlas, *made: MadeUp) -> Answers:
    for number, each in enumerate(made):
        await import_release(database, each, day(number))
    return Answers(database, atlas)


def totals(found: Changes) -> dict[Measure, tuple[object, object]]:
    return {each.measure: (each.before, each.after) for each in found.totals}


async def test_decisions_are_the_sum_of_four_outcomes(database: Database, atlas: Atlas) -> None:
    answers = await change(database, atlas, decided(100, 200, 300), decided(160, 260, 300))
    found = await answers.answer(AskChanges(Place()))
    assert totals(found) == {
        Measure.DECISIONS: (600, 720),
        Measure.RECOGNISED: (100, 160),
        Measure.REJECTED: (200, 260),
    }
    assert found.totals[0].measure is Measure.DECISIONS
    assert found.matching == 2
    assert found.counts == {(Dataset.DECISIONS, RevisionKind.CORRECTED): 3}


async def test_a_sum_that_moved_far_enough_matches_though_none_of_its_parts_did(
    database: Database, atlas: Atlas
) -> None:
    answers = await change(database, atlas, decided(100, 200, 300), decided(160, 260, 300))
    found = await answers.answer(AskChanges(Place(), Measure.DECISIONS, at_least=100))
    assert (totals(found), found.matching, found.largest) == ({Measure.DECISIONS: (600, 720)}, 0, ())


@pytest.mark.parametrize(("least", "matching"), [(1, 2), (60, 2), (61, 0)])
async def test_only_changes_of_a_size_are_counted(
    database: Database, atlas: Atlas, least: int, matching: int
) -> None:
    answers = await change(database, atlas, decided(100, 200, 300), decided(160, 260, 300))
    found = await answers.answer(AskChanges(Place(), at_least=least), whole=True)
    assert (found.matching, len(found.all_changes)) == (matching, matching)


async def test_cases_and_persons_stand_apart(database: Database, atlas: Atlas) -> None:
    both = {
        ("CHI", "CAN", 2025, "G", "FI", unit): (count, 0, 0, 0, count)
        for unit, count in (("P", 10), ("C", 70))
    }
    moved = {key: (values[0] + 50, 0, 0, 0, values[0] + 50) for key, values in both.items()}
    tables = release().tables
    answers = await change(
        database,
        atlas,
        MadeUp({**tables, Dataset.DECISIONS: both}),
        MadeUp({**tables, Dataset.DECISIONS: moved}),
    )
    found = await answers.answer(AskChanges(Place(), Measure.RECOGNISED))
    assert {(each.unit, each.before, each.after) for each in found.totals} == {
        (Unit.PERSONS, 10, 60),
        (Unit.CASES, 70, 120),
    }
    assert UnitsApart() in found.caveats


async def test_where_no_country_s_sum_matches_its_pairs_are_listed(database: Database, atlas: Atlas) -> None:
    """What one origin lost, another may have gained."""
    tables = release().tables

    def made(china: int | None, syria: int) -> MadeUp:
        rows: dict[tuple[str | int, ...], Values] = {("SYR", "USA", 2025): (0, syria, *[0] * 7)}
        if china is not None:
            rows["CHI", "USA", 2025] = (0, china, *[0] * 7)
        return MadeUp({**tables, Dataset.POPULATION: rows})

    answers = await change(database, atlas, made(40, 60), made(None, 100))
    found = await answers.answer(AskChanges(Place(), kind=RevisionKind.WITHDRAWN))
    (only,) = found.largest
    assert (only.place, only.before, only.after) == (Place(atlas.find("China"), atlas.find("USA")), 40, None)
    assert (found.totals, found.matching) == ((), 1)


async def test_a_place_has_its_own_totals_and_parts(database: Database, atlas: Atlas) -> None:
    answers = await change(database, atlas, decided(100, 0, 0), decided(160, 0, 0))
    china, canada = atlas.find("China"), atlas.find("Canada")
    for place in (Place(china), Place(None, canada), Place(china, canada)):
        found = await answers.answer(AskChanges(place, Measure.RECOGNISED))
        assert [(each.place, each.before, each.after) for each in found.totals] == [(place, 100, 160)]
        assert [each.place for each in found.largest] == [Place(china, canada)]
    with refuses(NoFigures, "changed nothing that matches; ask for less, or another release"):
        await answers.answer(AskChanges(Place(atlas.find("Syria"))))


async def test_a_year_that_was_completed_says_so(database: Database, atlas: Atlas) -> None:
    await import_release(database, release(pending=100), FIRST_DAY)
    await import_release(database, release(pending=200), JUNE)
    found = await Answers(database, atlas).answer(AskChanges(Place()))
    assert {each.kind for each in (*found.totals, *found.largest)} == {RevisionKind.COMPLETED}
    assert CompletedNotCorrected(2025) in found.caveats


async def test_a_release_is_compared_with_the_one_before_it(answers: Answers) -> None:
    assert (await answers.answer(AskChanges(Place(), as_of=NOW))).before.day == YEAR_END
    with refuses(NoFigures, "is the first release kept, so there is nothing to compare it with"):
        await answers.answer(AskChanges(Place(), as_of=OLDEST))


async def test_a_rate_is_asked_for_by_its_decisions(answers: Answers) -> None:
    with refuses(Unanswerable, r"ask for measure:decisions\.$"):
        await answers.answer(AskChanges(Place(), Measure.PROTECTION_RATE))


async def test_as_of_a_day_the_last_release_of_that_day_or_before_is_told(
    database: Database, atlas: Atlas
) -> None:
    for hours, pending in ((0, 10), (5, 20), (9, 30), (40, 99)):
        await import_release(database, release(pending=pending), FIRST_DAY + timedelta(hours=hours))
    found = await Answers(database, atlas).answer(AskChanges(Place(), as_of=FIRST_DAY.date()))
    assert (found.totals[0].before, found.totals[0].after) == (20, 30)


async def test_the_whole_answer_lists_each_change_of_the_correction_of_june(
    answers: Answers, atlas: Atlas
) -> None:
    """And all of them together make the totals."""
    found = await answers.answer(AskChanges(Place(None, atlas.find("Canada")), as_of=NOW), whole=True)
    for total in found.totals:
        if total.measure is not Measure.DECISIONS and total.unit is Unit.PERSONS:
            parts = [
                each for each in found.all_changes if (each.measure, each.unit) == (total.measure, total.unit)
            ]
            moved = sum((each.after or 0) - (each.before or 0) for each in parts)
            assert moved == (total.after or 0) - (total.before or 0)
