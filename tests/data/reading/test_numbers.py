"""Numbers as people write them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reading.numbers import MAX_COUNT, Bound, NumberForm, Quantity, find_numbers


def read(text: str) -> list[tuple[float, float, float]]:
    return [(m.value.low, m.value.step, m.value.digits) for m in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value", "step", "digits"),
    [
        ("178,725", 178_725, 1, 6),
        ("178 725", 178_725, 1, 6),
        ("178\u202f725", 178_725, 1, 6),
        ("178.725", 178_725, 1, 6),
        ("178’725", 178_725, 1, 6),
        ("178725", 178_725, 1, 6),
        ("١٧٨٧٢٥", 178_725, 1, 6),
        ("1.33 million", 1_330_000, 10_000, 3),
        ("1,33 Mio", 1_330_000, 10_000, 3),
        ("1.30 million", 1_300_000, 10_000, 3),
        ("147k", 147_000, 1_000, 3),
        ("100k", 100_000, 100_000, 1),
        ("180,000", 180_000, 10_000, 2),
        ("8,352,712", 8_352_712, 1, 7),
        ("2,655,191 million", 2_655_191_000_000, 1_000_000, 7),
        ("2.655.191 Mio", 2_655_191_000_000, 1_000_000, 7),
        ("half a million", 500_000, 100_000, 1),
        ("two million", 2_000_000, 1_000_000, 1),
        ("fifty countries", 50, 1, 2),
    ],
)
def test_a_number_is_read_with_how_exactly_it_was_written(
    text: str, value: float, step: float, digits: int
) -> None:
    assert read(text) == [(value, step, digits)]
    assert read(f"In 2025 there were {text} (2024).") == [(value, step, digits)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 7,000 and 21,000", 7_000, 21_000),
        ("7,000–21,000", 7_000, 21_000),
        ("7–21 thousand", 7_000, 21_000),
        ("1.2 to 1.5 million", 1_200_000, 1_500_000),
        ("100–200k", 100_000, 200_000),
        ("1,200 to 2 million", 1_200, 2_000_000),
    ],
)
def test_a_range_has_two_ends(text: str, low: float, high: float) -> None:
    (mention,) = find_numbers(f"They were {text} a year.")

    assert (mention.value.low, mention.value.high) == (low, high)
    assert mention.value.is_range


def test_a_move_from_one_figure_to_another_is_no_range() -> None:
    assert [value for value, _, _ in read("It rose from 2,873 to 6,435.")] == [2_873, 6_435]
    assert [value for value, _, _ in read("60,534 in 2023 to 66,134 in 2024")] == [60_534, 66_134]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("178,725", Bound.PLAIN),
        ("an estimated 178,725", Bound.ABOUT),
        ("about 178,725", Bound.ABOUT),
        ("nearly 178,725", Bound.ABOUT),
        ("well over 178,725", Bound.OVER),
        ("more than 178,725", Bound.OVER),
        ("no more than 178,725", Bound.UNDER),
        ("not fewer than 178,725", Bound.OVER),
        ("fewer than 178,725", Bound.UNDER),
        ("up to 178,725", Bound.UNDER),
        ("moreover 178,725", Bound.PLAIN),
    ],
)
def test_the_words_before_a_number_bound_it(text: str, bound: Bound) -> None:
    assert [mention.value.bound for mention in find_numbers(f"there were {text} people")] == [bound]


def test_percentages_dozens_and_single_digits_have_forms_of_their_own() -> None:
    found = find_numbers("42.5% of them, in dozens of countries, with single-digit figures")

    assert [m.value.form for m in found] == [NumberForm.PERCENT, NumberForm.DOZENS, NumberForm.SINGLE]
    assert found[0].value == Quantity(42.5, 42.5, 0.1, NumberForm.PERCENT)
    assert (found[2].value.low, found[2].value.high) == (1, 9)


@pytest.mark.parametrize(
    "text",
    [
        "2025",
        "2003–2012",
        "between 2003 and 2012",
        "COVID-19",
        "2025-06-30",
        "10:30",
        "1/2/2026",
        "v1.2",
        "F16",
        "21st",
        "#5",
        "3.7",
    ],
)
def test_years_days_times_and_parts_of_words_are_no_numbers(text: str) -> None:
    assert read(text) == []


def test_each_number_stands_where_it_was_found() -> None:
    text = "Canada 6,435, Italy 3,857 and 1.33 million in all, down 27%"

    assert [text[m.start : m.end] for m in find_numbers(text)] == ["6,435", "3,857", "1.33 million", "27%"]


def test_a_text_of_numbers_is_not_read_to_its_end() -> None:
    assert len(find_numbers("7 " * 3000)) == MAX_COUNT


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_no_number_overlaps_another(text: str) -> None:
    found = find_numbers(text)

    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(mention.value.low <= mention.value.high for mention in found)


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from([",", " ", "\u202f", "’"]))
def test_every_count_is_read_however_its_thousands_are_parted(count: int, mark: str) -> None:
    written = f"{count:,}".replace(",", mark)

    if len(written) != 4 or not 1900 <= count <= 2100:  # which would be a year
        assert [value for value, _, _ in read(f"of {written} people")] == [count]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-five thousand two hundred and ten", 25_210),
        ("a quarter of a million", 250_000),
        ("three quarters of a million", 750_000),
        ("two and a half million", 2_500_000),
        ("a million and a half", 1_500_000),
        ("one million two hundred thousand", 1_200_000),
        ("1½ million", 1_500_000),
        ("3.2 lakh", 320_000),
        ("2.4 bn", 2_400_000_000),
    ],
)
def test_a_number_in_words_is_read_whole_and_never_by_its_last_word(text: str, value: float) -> None:
    (found,) = find_numbers(f"Some say {text} people applied.")

    assert (found.value.low, found.value.high) == (value, value)


@pytest.mark.parametrize(
    "text", ["hundreds of thousands", "the twenty-first century", "one in three", "founded in 1856"]
)
def test_what_is_no_number_of_people_is_none(text: str) -> None:
    assert find_numbers(text) == ()
