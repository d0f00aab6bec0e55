"""Questions of every kind, made up by hypothesis: as buttons hold them, whether or not a command can ask them."""

from __future__ import annotations

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
KINDS_OF_QUESTION = {
    AskFigures: st.builds(AskFigures, PLACES, YEARS, PER, DAYS),
    AskTrend: st.builds(AskTrend, MEASURES, COMPARED, YEARS, YEARS, SCALES, PER, st.just(()), DAYS)
    | st.builds(AskTrend, MEASURES, BESIDE, st.none(), st.none(), SCALES, PER, SINGLE_YEARS, DAYS),
    AskTop: st.builds(
        AskTop,
        MEASURES,
        ROLES,
        PLACES,
        YEARS,
        YEARS,
        st.sampled_from(list(RankBy)),
        st.sampled_from(list(Order)),
        st.none() | st.integers(1, 300),
        COUNTRIES,
        st.none() | st.integers(0, 10**9),
        DAYS,
    ),
    AskPeriod: st.builds(AskPeriod, MEASURES, PLACES, SPANS, st.none() | SPANS, DAYS),
    AskMap: st.builds(AskMap, MEASURES, ROLES, PLACES, YEARS, PER, DAYS),
    AskHistory: st.builds(AskHistory, MEASURES, PLACES, YEARS, DAYS),
    AskDecisions: st.builds(AskDecisions, PLACES, st.sampled_from(list(Level)), YEARS, YEARS, DAYS),
    AskChanges: st.builds(
        AskChanges,
        PLACES,
        st.none() | MEASURES,
        st.none() | st.sampled_from(list(RevisionKind)),
        st.just(1) | st.integers(1, 2**53),
        DAYS,
    ),
}
QUESTIONS = st.one_of(*KINDS_OF_QUESTION.values())
EXPORTS = st.builds(AskExport, MEASURES, PLACES, st.sampled_from(list(By)), SPANS, DAYS)
