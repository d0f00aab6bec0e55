"""Words fit their room, and lose no more than they must."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.lettering import fit, wrap

texts = st.lists(st.text("abcdefg", min_size=1, max_size=12), max_size=12).map(" ".join)
rooms = st.integers(4, 60)


@given(texts, rooms, st.integers(1, 3))
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: int, most: int) -> None:
    lines = wrap(text, room, most, len)
    if lines is not None:
        assert " ".join(lines) == text
        assert len(lines) <= most
        assert all(len(line) <= room for line in lines)
    else:
        assert len(text) > room


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("5 people from Chad on 31 December 2025", ["5 people from Chad on", "31 December 2025"]),
        ("pending in Chad, Mali on 30 June 2025", ["pending in Chad, Mali on", "30 June 2025"]),
        ("New applications in January–June 2025", ["New applications in", "January–June 2025"]),
        ("as they stood in Chad on (12 Jun 2026)", ["as they stood in Chad on", "(12 Jun 2026)"]),
        ("What was corrected for 178,725 people", ["What was corrected for", "178,725 people"]),
        ("Of all applications there 12 in Mali", ["Of all applications there 12", "in Mali"]),
        ("Claims pending in Chad 2025 and in Mali", ["Claims pending in Chad 2025", "and in Mali"]),
    ],
)
def test_a_line_ends_neither_within_a_date_nor_between_a_number_and_what_it_counts(
    text: str, lines: list[str]
) -> None:
    assert wrap(text, 29, 2, len) == lines


def test_a_date_is_broken_where_there_is_no_room_for_it_whole() -> None:
    assert wrap("on 31 December 2025", 11, 3, len) == ["on 31", "December", "2025"]


@given(texts, rooms, st.integers(1, 3), st.sampled_from(["", " 12,345", " 1.2M"]))
def test_fitted_lines_fit_and_keep_the_tail(text: str, room: int, most: int, tail: str) -> None:
    lines = fit(text + tail, room, most, len, tail)
    assert len(lines) <= most
    assert all(len(line) <= room for line in lines)
    if tail and room >= 10:
        assert " ".join(lines).endswith(tail.strip())


def test_a_long_name_is_cut_and_its_value_stays() -> None:
    label = "United Kingdom of Great Britain and Northern Ireland 108k"
    assert fit(label, 24, 1, len, " 108k") == ["United Kingdom of… 108k"]
    assert fit(label, 34, 2, len, " 108k") == ["United Kingdom of Great Britain", "and Northern Ireland 108k"]


def test_what_can_hold_nothing_stays_empty() -> None:
    assert fit("Germany", 1, 2, len) == []
    assert fit("", 10, 1, len) == []


def test_where_not_even_an_ellipsis_fits_the_value_stands_alone() -> None:
    assert fit("Germany 12,345", 6, 1, len, " 12,345") == ["12,345"]
