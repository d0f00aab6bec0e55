"""Years found in running text, as written and as said."""

from __future__ import annotations

from datetime import date

import pytest

from data.model import Period
from data.text.years import Span, find_years
from tests.nonsense import nonsense

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("in 2024", Span(2024, 2024)),
        ("’24", Span(2024, 2024)),
        ("2003–2012", Span(2003, 2012)),
        ("2019/20", Span(2019, 2020)),
        ("from 2019 to 2024", Span(2019, 2024)),
        ("between 2019 and 2024", Span(2019, 2024)),
        ("since 2015", Span(2015, None)),
        ("from 2015 onwards", Span(2015, None)),
        ("data from 2019", Span(2019, 2019)),
        ("until 2019", Span(None, 2019)),
        ("before 2019", Span(None, 2018)),
        ("the 2010s", Span(2010, 2019)),
        ("mid-2025", Span(2025, 2025, Period.MID_YEAR)),
        ("the first half of 2025", Span(2025, 2025, Period.MID_YEAR)),
        ("end of 2024", Span(2024, 2024, Period.YEAR_END)),
        ("30 June 2025", Span(2025, 2025, Period.MID_YEAR, date(2025, 6, 30))),
        ("June 30, 2025", Span(2025, 2025, Period.MID_YEAR, date(2025, 6, 30))),
        ("2025-11-10", Span(2025, 2025, None, date(2025, 11, 10))),
        ("last year", Span(2025, 2025)),
        ("this year", Span(2026, 2026)),
        ("five years ago", Span(2021, 2021)),
        ("the last five years", Span(2021, 2025)),
        ("over the past decade", Span(2016, 2025)),
        ("before COVID", Span(2019, 2019)),
        ("pre-pandemic levels", Span(2019, 2019)),
        ("since before the pandemic", Span(2019, None)),
        ("since covid-19", Span(2020, None)),
        ("right now", Span(None, None, newest=True)),
    ],
)
def test_years_are_read_as_people_write_them(text: str, span: Span) -> None:
    (found,) = find_years(f"How was it {text}?", TODAY)

    assert found.value == span


@pytest.mark.parametrize(
    "text",
    [
        "2,024",
        "$2024",
        "2024%",
        "#2024",
        "12024",
        "2024.5",
        "2000 people",
        "1066",
        "2031-13-45 x2024",
        "31.02",
    ],
)
def test_other_numbers_are_no_years(text: str) -> None:
    assert [m.value for m in find_years(text, TODAY) if m.value.first != 2031] == []


def test_the_last_years_end_with_the_newest_figures() -> None:
    (found,) = find_years("the last three years", date(2027, 2, 1), newest=2025)

    assert found.value == Span(2023, 2025)


def test_a_span_never_runs_backwards_and_no_text_fails() -> None:
    for text in ("2024-2019 from 2020 to 2010", *nonsense("years", 300)):
        for mention in find_years(text, TODAY):
            first, last = mention.value.first, mention.value.last
            assert first is None or last is None or first <= last
