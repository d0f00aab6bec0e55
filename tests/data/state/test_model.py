"""Filters, thresholds and near-duplicates: what matches, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.sentences import say
from data.errors import Unanswerable
from data.measures import OUTCOMES
from data.model import Country, Measure, Nature, Place, RevisionKind, Unit
from data.state.model import (
    MAX_PER_SERVER,
    Destination,
    Draft,
    Filter,
    FilterVerdict,
    Subscription,
    Threshold,
    check_draft,
    is_near_duplicate,
    matches,
    read_threshold,
    say_threshold,
)
from data.statistics import Changed
from tests.nonsense import check_sentence, nonsense
from tests.refusals import refuses

COUNTS = st.none() | st.integers(0, 3000)
COUNTRIES = st.sampled_from([Country(code, code, None, code, code) for code in ("CHI", "SYR", "CAN", "GFR")])
PLACES = st.builds(Place, st.none() | COUNTRIES, st.none() | COUNTRIES)
THRESHOLDS = st.builds(Threshold, st.integers(1, 3000)) | st.builds(
    Threshold, st.just(1), st.floats(0.01, 5, allow_nan=False)
)
MEASURES = st.sampled_from([m for m in Measure if m.nature is not Nature.RATE])
FILTERS = st.builds(
    Filter, PLACES, st.none() | MEASURES, st.frozensets(st.sampled_from(RevisionKind), max_size=3), THRESHOLDS
)
CHANGES = st.builds(
    Changed,
    MEASURES,
    PLACES,
    st.integers(2000, 2025),
    st.sampled_from(Unit),
    COUNTS,
    COUNTS,
    st.sampled_from(RevisionKind),
)


def draft(wanted: Filter, channel: int = 1, server: int | None = 9) -> Draft:
    return Draft(Destination(channel, server), wanted)


def kept(number: int, wanted: Filter) -> Subscription:
    return Subscription(
        number, Destination(1, 9), wanted, None, "en", False, datetime(2026, 1, 1, tzinfo=UTC)
    )


@given(FILTERS, CHANGES)
def test_asking_for_less_never_loses_a_change(wanted: Filter, changed: Changed) -> None:
    """Whatever matches a filter matches it still when any part of it is left open."""
    assume(changed.kind is not RevisionKind.RECODED)
    opened = [
        replace(wanted, place=Place()),
        replace(wanted, measure=None),
        replace(wanted, kinds=frozenset()),
        replace(wanted, at_least=Threshold()),
    ]
    if matches(wanted, changed) is FilterVerdict.MATCHES and changed.before != changed.after:
        assert [matches(each, changed) for each in opened] == [FilterVerdict.MATCHES] * 4


@given(FILTERS, CHANGES)
def test_a_match_is_what_was_asked_for(wanted: Filter, changed: Changed) -> None:
    if matches(wanted, changed) is not FilterVerdict.MATCHES:
        return
    assert wanted.place.origin in (None, changed.place.origin)
    assert wanted.place.asylum in (None, changed.place.asylum)
    allowed = {wanted.measure, *(OUTCOMES if wanted.measure is Measure.DECISIONS else ())}
    assert wanted.measure is None or changed.measure in allowed
    assert changed.kind in (wanted.kinds or set(RevisionKind) - {RevisionKind.RECODED})
    moved = abs((changed.after or 0) - (changed.before or 0))
    if wanted.at_least.share is None:
        assert moved >= wanted.at_least.count
    else:
        assert changed.before is not None
        assert changed.before >= 50
        assert moved >= wanted.at_least.share * changed.before


@given(CHANGES)
def test_what_only_moved_to_another_code_is_told_to_nobody_who_did_not_ask(changed: Changed) -> None:
    recoded = replace(changed, kind=RevisionKind.RECODED)
    assert matches(Filter(), recoded) is FilterVerdict.OTHER_KIND
    asked = Filter(kinds=frozenset({RevisionKind.RECODED}))
    assert matches(asked, recoded) in (FilterVerdict.MATCHES, FilterVerdict.TOO_SMALL)


@pytest.mark.parametrize(
    ("text", "threshold"),
    [
        ("1", Threshold(1)),
        ("1000", Threshold(1000)),
        (" 1,000 ", Threshold(1000)),
        ("1.000", Threshold(1000)),
        ("1 000 000", Threshold(1_000_000)),
        ("10%", Threshold(share=0.1)),
        ("2.5 %", Threshold(share=0.025)),
        ("2,5%", Threshold(share=0.025)),
        ("250%", Threshold(share=2.5)),
    ],
)
def test_thresholds_as_people_write_them(text: str, threshold: Threshold) -> None:
    assert read_threshold(text) == threshold


@given(THRESHOLDS)
def test_a_threshold_is_read_as_it_is_written(threshold: Threshold) -> None:
    if threshold.share is not None:
        threshold = Threshold(share=round(threshold.share, 4))
    assert read_threshold(say_threshold(threshold)) == threshold


@pytest.mark.parametrize(
    "text", ["", "0", "0%", "-5", "ten", "1e3", "99999999999", "10%%", "1,00", "٣", "½", "%"]
)
def test_thresholds_of_nonsense_are_refused_with_an_example(text: str) -> None:
    with refuses(Unanswerable, r"write a number like 1000, or a share like 10%\."):
        read_threshold(text)


def test_any_text_is_a_threshold_or_refused_in_a_sentence() -> None:
    for text in nonsense("thresholds", 500):
        try:
            found = read_threshold(text)
        except Unanswerable as refusal:
            check_sentence(say(refusal))
        else:
            assert say_threshold(found)


@given(FILTERS, FILTERS)
def test_near_duplicates_are_so_both_ways_and_whatever_their_threshold(one: Filter, other: Filter) -> None:
    assert is_near_duplicate(one, other) == is_near_duplicate(other, one)
    assert is_near_duplicate(one, replace(one, at_least=other.at_least))


def test_different_kinds_or_measures_are_no_duplicates() -> None:
    one = Filter(measure=Measure.PENDING, kinds=frozenset({RevisionKind.CORRECTED}))
    assert not is_near_duplicate(one, replace(one, kinds=frozenset({RevisionKind.COMPLETED})))
    assert not is_near_duplicate(one, replace(one, measure=Measure.DECISIONS))
    assert is_near_duplicate(one, replace(one, kinds=frozenset()))


def test_a_near_duplicate_is_refused_and_named() -> None:
    with refuses(Unanswerable, "Subscription 7 of this channel covers much the same already"):
        check_draft(draft(Filter(at_least=Threshold(500))), [kept(7, Filter())], 1)


def test_the_next_after_the_most_is_refused() -> None:
    check_draft(draft(Filter()), [], MAX_PER_SERVER - 1)
    with refuses(Unanswerable, "This server has 50 subscriptions, which is the most"):
        check_draft(draft(Filter()), [], MAX_PER_SERVER)
    with refuses(Unanswerable, "This direct message has 50"):
        check_draft(draft(Filter(), server=None), [], MAX_PER_SERVER)


@pytest.mark.parametrize("rate", [Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE])
def test_a_rate_is_refused_with_what_to_ask_for(rate: Measure) -> None:
    with refuses(Unanswerable, "subscribe to measure:decisions"):
        check_draft(draft(Filter(measure=rate)), [], 0)
