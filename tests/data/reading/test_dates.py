"""Days as people type them, and what is none."""

from __future__ import annotations

import calendar
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sentences import say
from data.errors import UnknownRelease
from data.model import ReferencePeriod, Release
from data.reading.years import parse_as_of
from tests.data.sentences import says_what_to_do
from tests.releases import MID, NOW, at

RELEASES = tuple(
    Release(int(at(day).timestamp()), at(day), label, 2025, period)
    for day, label, period in (
        (MID, "Mid-Year Trends 2025", ReferencePeriod.MID_YEAR),
        (NOW, "Global Trends 2025, corrected", ReferencePeriod.YEAR_END),
    )
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-11-10", date(2025, 11, 10)),
        ("2025/11/10", date(2025, 11, 10)),
        ("10.11.2025", date(2025, 11, 10)),
        ("1.2.2026", date(2026, 2, 1)),
        ("10 November 2025", date(2025, 11, 10)),
        ("10 nov 2025", date(2025, 11, 10)),
        ("November 10, 2025", date(2025, 11, 10)),
        ("  10   November\t2025 ", date(2025, 11, 10)),
        ("2025", date(2025, 12, 31)),
        ("2025-11", date(2025, 11, 30)),
        ("2024-2", date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29)),
        ("Mid-Year Trends 2025", MID),
        ("global trends 2025, CORRECTED", NOW),
        ("  Mid-Year   Trends 2025", MID),
    ],
)
def test_a_day_a_month_a_year_or_the_label_of_a_release(text: str, day: date) -> None:
    assert parse_as_of(text, RELEASES) == day


@given(st.dates())
def test_every_day_is_read_in_every_way_it_is_written(day: date) -> None:
    year, month = f"{day.year:04}", calendar.month_name[day.month]
    for text in (
        day.isoformat(),
        f"{day.day}.{day.month}.{year}",
        f"{day.day} {month} {year}",
        f"{month} {day.day}, {year}",
    ):
        assert parse_as_of(text, ()) == day


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "yesterday",
            "2025-13",
            "2025-00",
            "2025-02-30",
            "2023-02-29",
            "0000",
            "0000-01-01",
            "20251",
        ),
        *(
            "11/10/2025",
            "2025-11-10T00:00",
            "2025-11-10 12:00",
            "٢٠٢٥",
            "２０２５",
            "2025‑11‑10",
            "1e3",
            "-2025",
        ),
        *(
            "Global Trends",
            "@everyone",
            "x" * 5_000,
            "9" * 5_000,
            "2025\x00",
            "10 Novembre 2025",
            "32.1.2025",
        ),
    ],
)
def test_what_is_no_day_is_refused_with_how_one_is_written(text: str) -> None:
    with pytest.raises(UnknownRelease) as refused:
        parse_as_of(text, RELEASES)
    assert says_what_to_do(say(refused.value))
    assert "2025-11-10" in say(refused.value)
    assert "@everyone" not in say(refused.value)
    assert len(say(refused.value)) < 160


def test_no_nonsense_is_more_than_a_day_or_a_sentence() -> None:
    """5,000 strings of what days are made of, and of what they are not."""
    chance = random.Random(1951)
    parts = [
        *"0123456789-./, :+eE%",
        "20",
        "2025",
        "Nov",
        "November",
        "Feb",
        "\n",
        "\x00",
        "٣",
        "é",
        "中",
        "@here",
        "`",
    ]
    refused = []
    for _ in range(5_000):
        text = "".join(chance.choices(parts, k=chance.randrange(1, 9)))
        try:
            day = parse_as_of(text, RELEASES)
        except UnknownRelease as refusal:
            refused.append(say(refusal))
        else:
            assert isinstance(day, date)
            assert any(character.isdigit() for character in text)
    assert len(refused) > 4_000
    assert [sentence for sentence in refused if not says_what_to_do(sentence)] == []
