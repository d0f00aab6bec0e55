"""A question asked with another measure, other years, or the other way round."""

from __future__ import annotations

from typing import get_args

import pytest

from data.countries import Atlas
from data.model import Level, Measure, Place, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.refinement import change_measure, change_years, measure_of, swap_sides, takes_span
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend


@pytest.fixture(scope="module")
def place(atlas: Atlas) -> Place:
    return Place(atlas.find("China"), atlas.find("Canada"))


@pytest.fixture(scope="module")
def questions(place: Place) -> list[Question]:
    return [
        AskFigures(place, 2024),
        AskTrend(Measure.APPLICATIONS, (place,), 2010, 2024, "log"),
        AskTop(Measure.REJECTED, Role.ORIGIN, Place(None, place.asylum), 2024),
        AskMap(Measure.PENDING, Role.ASYLUM, Place(place.origin), 2024),
        AskHistory(Measure.PENDING, place, 2025),
        AskChanges(place),
        AskDecisions(place, Level.FIRST, 2010, 2020),
        AskPeriod(Measure.PENDING, place, (2003, 2012), (2013, 2025)),
    ]


def test_every_kind_of_question_is_among_them(questions: list[Question]) -> None:
    differ = sorted(each.__name__ for each in {*get_args(Question)} ^ set(map(type, questions)))
    assert not differ, f"add one of {differ} to `questions`: data/questions/refinement.py has to know it"


def test_another_measure_is_counted_and_nothing_else_changed(questions: list[Question]) -> None:
    for question in questions:
        for measure in Measure:
            assert measure_of(change_measure(question, measure)) is measure


def test_a_rate_is_never_drawn_on_a_log_scale(questions: list[Question]) -> None:
    changed = change_measure(questions[1], Measure.PROTECTION_RATE)

    assert isinstance(changed, AskTrend)
    assert changed.scale == "linear"


def test_a_year_s_figures_become_that_year_s_figure_of_one_measure(place: Place) -> None:
    assert change_measure(AskFigures(place, 2024), Measure.REJECTED) == AskTrend(
        Measure.REJECTED, (place,), 2024, 2024
    )


def test_questions_of_one_year_take_the_last_of_those_picked(questions: list[Question]) -> None:
    for question in questions:
        changed = change_years(question, 2019, 2022)
        if takes_span(question) is False:
            assert getattr(changed, "year", None) == 2022
        elif takes_span(question):
            assert changed != question


def test_swapping_twice_is_where_one_was(questions: list[Question]) -> None:
    for question in questions:
        other = swap_sides(question)
        assert other is not None
        assert other != question
        assert swap_sides(other) == question


def test_the_world_has_no_sides() -> None:
    assert swap_sides(AskFigures(Place())) is None
    assert swap_sides(AskTrend(Measure.PENDING, (Place(),))) is None
