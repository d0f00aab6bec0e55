"""Questions of every kind, made up by hypothesis: as buttons hold them, whether or not a command can ask them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from hypothesis import strategies as st

from data.countries import Atlas
from data.countries.groups import read_groups
from data.model import Level, Measure, Order, Per, Place, RankBy, RevisionKind, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.export import AskExport, By
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import MAX_SINGLE, AskTrend, compare_places
from tests.data.countries.atlases import atlas

ATLAS: Atlas = atlas()
LISTED = st.sampled_from([*ATLAS.countries(), *read_groups().values()])
COUNTRIES = st.none() | LISTED
PLACES = st.builds(Place, COUNTRIES, COUNTRIES)
YEARS = st.none() | st.integers(1900, 2199)
SPANS = st.tuples(YEARS, YEARS)
DAYS = st.none() | st.dates()
MEASURES = st.sampled_from(list(Measure))
ROLES = st.sampled_from(list(Role))
PER = st.sampled_from(list(Per))
BESIDE = st.builds(
    # A group beside itself is refused.
    lambda place, others: compare_places(
        place, [each for each in others if each != (place.asylum or place.origin)]
    ),
    PLACES,
    st.lists(LISTED, max_size=5, unique=True),
)
COMPARED = st.lists(PLACES, min_size=1, max_size=6, unique=True).map(tuple) | BESIDE
SCALES = st.sampled_from(["linear", "log"])
SINGLE_YEARS = st.sets(st.integers(1951, 2050), min_size=2, max_size=MAX_SINGLE).map(
    lambda years: tuple(sorted(years))
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "measure": MEASURES,
    "place": PLACES,
    "role": ROLES,
    "year": YEARS,
    "first": YEARS,
    "last": YEARS,
    "since": YEARS,
    "years": SPANS,
    "per": PER,
    "as_of": DAYS,
}
"""What is made up for a field of this name, where its question does not say."""


def make(question: type, **own: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Make up every field of a question: its `own`, and those that several have."""
    values = {**FIELDS, **own}
    lacking = [each.name for each in fields(question) if each.name not in values]
    assert not lacking, f"say what is made up for {lacking} of {question.__name__}"
    return st.builds(question, **{each.name: values[each.name] for each in fields(question)})


KINDS_OF_QUESTION = {
    AskFigures: make(AskFigures),
    AskTrend: make(AskTrend, places=COMPARED, scale=SCALES, years=st.just(()))
    | make(AskTrend, places=BESIDE, first=st.none(), last=st.none(), scale=SCALES, years=SINGLE_YEARS),
    AskTop: make(
        AskTop,
        by=st.sampled_from(list(RankBy)),
        order=st.sampled_from(list(Order)),
        rank=st.none() | st.integers(1, 300),
        of=COUNTRIES,
        above=st.none() | st.integers(0, 10**9),
        below=st.none() | st.integers(0, 10**9),
    ),
    AskPeriod: make(AskPeriod, against=st.none() | SPANS),
    AskMap: make(AskMap),
    AskHistory: make(AskHistory),
    AskDecisions: make(AskDecisions, level=st.sampled_from(list(Level))),
    AskChanges: make(
        AskChanges,
        measure=st.none() | MEASURES,
        kind=st.none() | st.sampled_from(list(RevisionKind)),
        at_least=st.just(1) | st.integers(1, 2**53),
    ),
}
QUESTIONS = st.one_of(*KINDS_OF_QUESTION.values())
EXPORTS = make(AskExport, by=st.sampled_from(list(By)))
