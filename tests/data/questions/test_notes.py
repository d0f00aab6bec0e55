"""Every note that comes with an answer touches it, of whatever kind the answer is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from data.answers import Answers
from data.countries import Atlas
from data.model import Dataset, Level, Measure, Place, Role
from data.notes import Note, Notes, is_general
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.export import AskExport
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.registry import find_subjects
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.releases.imports import import_release
from data.store.database import Database
from tests.data.made_up import MadeUp, day

ORIGINS, ASYLUMS, YEARS = ("CHI", "SYR", "SUD"), ("USA", "GFR", "ARE"), range(2019, 2026)
EVERY = tuple(
    Note(origin, asylum, (year,), populations, f"{origin} {asylum} {year} {populations}")
    for year in range(2015, 2027)
    for populations in (("ASY",), ("REF",), ())
    for origin in (None, *ORIGINS, "AFG")
    for asylum in (None, *ASYLUMS, "FRA")
)


def figures(year_before: int) -> MadeUp:
    """A release with all pairs in all years; `year_before` makes it another one."""
    pairs = [(o, a, y) for o in ORIGINS for a in ASYLUMS for y in YEARS]
    return MadeUp(
        {
            Dataset.POPULATION: {key: (0, 100 + key[2] - year_before, *[0] * 7) for key in pairs},
            Dataset.APPLICATIONS: {(*key, "G", "N", "FI", "P"): (200 + key[2],) for key in pairs},
            Dataset.DECISIONS: {(*key, "G", "FI", "P"): (60, 20, 40, 5, 125) for key in pairs},
        }
    )


@pytest.fixture
async def answers(database: Database, atlas: Atlas) -> Answers:
    for number in range(3):
        notes = Notes(EVERY) if number == 1 else None
        await import_release(database, figures(number), day(number), notes)
    return Answers(database, atlas)


Ask = Callable[[Answers, Place], Awaitable[Any]]
PENDING = Measure.PENDING
KINDS: dict[str, Ask] = {
    "figures": lambda a, p: a.answer(AskFigures(p, 2023)),
    "trend": lambda a, p: a.answer(AskTrend(Measure.APPLICATIONS, (p,), 2021, 2023)),
    "history": lambda a, p: a.answer(AskHistory(PENDING, p, 2023)),
    "changes": lambda a, p: a.answer(AskChanges(p)),
    "decisions": lambda a, p: a.answer(AskDecisions(p, Level.ALL, first=2022, last=2024)),
    "period": lambda a, p: a.answer(AskPeriod(PENDING, p, (2020, 2021), (2023, 2024))),
    "export": lambda a, p: a.export(AskExport(PENDING, p, years=(2020, 2021))),
    "top": lambda a, p: a.answer(AskTop(PENDING, Role.ORIGIN if p.asylum else Role.ASYLUM, p, 2022)),
    "map": lambda a, p: a.answer(AskMap(PENDING, Role.ORIGIN if p.asylum else Role.ASYLUM, p, 2022)),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_every_note_of_an_answer_touches_it(answers: Answers, atlas: Atlas, kind: str) -> None:
    china, usa = atlas.find("China"), atlas.find("USA")
    places = [Place(), Place(china, None), Place(None, usa), Place(china, usa)]
    newest = (await answers.releases())[-1]
    for place in places[: 3 if kind in ("top", "map") else 4]:
        found = await KINDS[kind](answers, place)
        about = find_subjects(found)
        touching = await answers.notes(found, newest)
        assert touching
        assert touching.day == day(1).date()
        assert touching.notes
        assert about.places[0] == place
        sides = [(p.origin and p.origin.code, p.asylum and p.asylum.code) for p in about.places]
        for note in touching.notes:
            assert note.years[0] in about.years
            assert note.populations in (("ASY",), ())
            assert is_general(note) or any(note.origin == o or note.asylum == a for o, a in sides)
            for code in filter(None, (note.origin, note.asylum)):
                assert any(code in side or None in side for side in sides)
        named = [n for n in touching.notes if not is_general(n)]
        assert bool(named) == (place != Place() or kind in ("figures", "changes", "top", "map"))


@pytest.mark.parametrize(
    ("kind", "years"),
    [
        ("figures", {2022, 2023}),
        ("trend", {2021, 2022, 2023}),
        ("history", {2023}),
        ("decisions", {2022, 2023, 2024}),
        ("period", {2020, 2021, 2023, 2024}),
        ("export", {2020, 2021}),
        ("top", {2021, 2022}),
        ("map", {2022}),
    ],
)
async def test_the_years_are_those_that_the_answer_tells(
    answers: Answers, atlas: Atlas, kind: str, years: set[int]
) -> None:
    found = await KINDS[kind](answers, Place(atlas.find("China"), None))
    assert find_subjects(found).years == years


async def test_before_any_notes_came_there_are_none(answers: Answers, atlas: Atlas) -> None:
    oldest, *_ = await answers.releases()
    found = await answers.answer(AskFigures(Place(atlas.find("China"), None), 2023, as_of=oldest.day))
    assert await answers.notes(found, oldest) is None
