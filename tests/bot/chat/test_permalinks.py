"""A button's text leads back to its question, and fits Discord's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.buttons import BUTTONS, make_buttons
from bot.chat.permalinks import STALE, read_permalink, write_permalink
from data.compare import Kind
from data.countries import Atlas
from data.errors import Unanswerable
from data.findings import Role
from data.model import Level, Measure, Place
from data.questions import (
    AskChanges,
    AskDecisions,
    AskFigures,
    AskHistory,
    AskMap,
    AskPeriod,
    AskRanking,
    AskTrend,
    Question,
)
from tests.data.countries.atlases import atlas

LARGEST_ID = 2**63 - 1
ATLAS: Atlas = atlas()
COUNTRIES = st.none() | st.sampled_from(ATLAS.countries())
PLACES = st.builds(Place, COUNTRIES, COUNTRIES)
YEARS = st.none() | st.integers(1900, 2199)
DAYS = st.none() | st.dates()
MEASURES = st.sampled_from(list(Measure))
TRENDS = st.builds(
    AskTrend,
    MEASURES,
    st.lists(PLACES, min_size=1, max_size=6, unique=True).map(tuple),
    YEARS,
    YEARS,
    st.sampled_from(["linear", "log"]),
    DAYS,
)
QUESTIONS = st.one_of(
    st.builds(AskFigures, PLACES, YEARS, DAYS),
    TRENDS,
    st.builds(AskRanking, MEASURES, st.sampled_from(list(Role)), PLACES, YEARS, DAYS),
    st.builds(
        AskPeriod, MEASURES, PLACES, st.tuples(YEARS, YEARS), st.none() | st.tuples(YEARS, YEARS), DAYS
    ),
    st.builds(AskMap, MEASURES, st.sampled_from(list(Role)), PLACES, YEARS, DAYS),
    st.builds(AskHistory, MEASURES, PLACES, YEARS, DAYS),
    st.builds(AskDecisions, PLACES, st.sampled_from(list(Level)), YEARS, YEARS, DAYS),
    st.builds(
        AskChanges,
        PLACES,
        st.none() | MEASURES,
        st.none() | st.sampled_from(list(Kind)),
        st.integers(1, 2**53),
        DAYS,
    ),
)


def read(link: str) -> Question | str:
    try:
        return read_permalink(link, ATLAS)
    except Unanswerable as error:
        return str(error)


@settings(deadline=None, max_examples=500)
@given(QUESTIONS)
def test_a_permalink_leads_back_to_its_question(question: Question) -> None:
    link = write_permalink(question)

    assert read_permalink(link, ATLAS) == question
    assert len(link) <= 80


@settings(deadline=None, max_examples=200)
@given(QUESTIONS, st.none() | st.integers(1, LARGEST_ID))
async def test_every_button_fits_and_is_known_after_a_restart(question: Question, asker: int | None) -> None:
    view = make_buttons(question, asker)

    ids = [item.item.custom_id for item in view.children]
    assert len(set(ids)) == len(ids)
    for custom_id in ids:
        assert len(custom_id) <= 100
        (kind,) = [b for b in BUTTONS if b.__discord_ui_compiled_template__.fullmatch(custom_id)]
        assert kind in map(type, view.children)


@settings(deadline=None, max_examples=300)
@given(st.text("abcdefghijklmnopqrstuvwxyzACHINUS0123456789.*~_-", max_size=80))
def test_any_text_is_a_question_or_a_stale_button(text: str) -> None:
    found = read(text)

    assert found == STALE or read(write_permalink(found)) == found


@settings(deadline=None, max_examples=300)
@given(QUESTIONS, st.data())
def test_a_damaged_permalink_is_no_bug(question: Question, data: st.DataObject) -> None:
    link = write_permalink(question)
    at = data.draw(st.integers(0, len(link) - 1))
    damaged = link[:at] + data.draw(st.sampled_from(["", "x", ".", "~", "_", "-", "9"])) + link[at + 1 :]

    found = read(damaged)

    assert found == STALE or not isinstance(found, str)


@pytest.mark.parametrize(
    "text", ["", ".", "f.A", "f.CHI~*.2025", "f.XXX~*.2025.-", "t.p.CHI~*.-.-.sqr.-", "z.-"]
)
def test_what_an_older_version_wrote_asks_to_ask_again(text: str) -> None:
    with pytest.raises(Unanswerable, match="ask again with the command"):
        read_permalink(text, ATLAS)


def test_questions_that_differ_have_different_permalinks() -> None:
    china = Place(ATLAS.find("China"))
    question = AskTrend(Measure.PENDING, (china,), 2000, 2025, "linear", date(2026, 6, 25))
    others = [
        replace(question, measure=Measure.APPLICATIONS),
        replace(question, places=(Place(None, china.origin),)),
        replace(question, first=2001),
        replace(question, last=None),
        replace(question, scale="log"),
        replace(question, as_of=None),
    ]

    assert len({write_permalink(each) for each in (question, *others)}) == 1 + len(others)


def test_a_permalink_is_readable_and_stable() -> None:
    china, usa = ATLAS.find("China"), ATLAS.find("USA")

    assert (
        write_permalink(AskFigures(Place(china, usa), 2025, date(2025, 11, 10))) == "f.CHI~USA.2025.20251110"
    )
    assert write_permalink(AskTrend(Measure.PENDING, (Place(china),))) == "t.p.CHI~*.-.-.lin.-"
    assert write_permalink(AskRanking(Measure.DECISIONS, Role.ASYLUM, Place(), 2024)) == "r.d.a.*~*.2024.-"
