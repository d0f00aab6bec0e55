"""Years found in running text, as written and as said."""

from __future__ import annotations

from datetime import date

import pytest

from data.model import ReferencePeriod
from data.reading.years import YearSpan, find_years
from tests.nonsense import nonsense

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("in 2024", YearSpan(2024, 2024)),
        ("’24", YearSpan(2024, 2024)),
        ("2003–2012", YearSpan(2003, 2012)),
        ("2019/20", YearSpan(2019, 2020)),
        ("from 2019 to 2024", YearSpan(2019, 2024)),
        ("between 2019 and 2024", YearSpan(2019, 2024)),
        ("since 2015", YearSpan(2015, None)),
        ("from 2015 onwards", YearSpan(2015, None)),
        ("data from 2019", YearSpan(2019, 2019)),
        ("until 2019", YearSpan(None, 2019)),
        ("before 2019", YearSpan(None, 2018)),
        ("the 2010s", YearSpan(2010, 2019)),
        ("mid-2025", YearSpan(2025, 2025, ReferencePeriod.MID_YEAR)),
        ("the first half of 2025", YearSpan(2025, 2025, ReferencePeriod.MID_YEAR)),
        ("first half 2025", YearSpan(2025, 2025, ReferencePeriod.MID_YEAR)),
        ("in first-half 2025", YearSpan(2025, 2025, ReferencePeriod.MID_YEAR)),
        ("the first half, 2025", YearSpan(2025, 2025, ReferencePeriod.MID_YEAR)),
        ("end of 2024", YearSpan(2024, 2024, ReferencePeriod.YEAR_END)),
        ("30 June 2025", YearSpan(2025, 2025, ReferencePeriod.MID_YEAR, date(2025, 6, 30))),
        ("June 30, 2025", YearSpan(2025, 2025, ReferencePeriod.MID_YEAR, date(2025, 6, 30))),
        ("2025-11-10", YearSpan(2025, 2025, None, date(2025, 11, 10))),
        ("last year", YearSpan(2025, 2025)),
        ("this year", YearSpan(2026, 2026)),
        ("five years ago", YearSpan(2021, 2021)),
        ("the last five years", YearSpan(2021, 2025)),
        ("over the past decade", YearSpan(2016, 2025)),
        ("before COVID", YearSpan(2019, 2019)),
        ("pre-pandemic levels", YearSpan(2019, 2019)),
        ("since before the pandemic", YearSpan(2019, None)),
        ("since covid-19", YearSpan(2020, None)),
        ("right now", YearSpan(None, None, newest=True)),
    ],
)
def test_years_are_read_as_people_write_them(text: str, span: YearSpan) -> None:
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

    assert found.value == YearSpan(2023, 2025)


def test_a_span_never_runs_backwards_and_no_text_fails() -> None:
    for text in ("2024-2019 from 2020 to 2010", *nonsense("years", 300)):
        for mention in find_years(text, TODAY):
            first, last = mention.value.first, mention.value.last
            assert first is None or last is None or first <= last
