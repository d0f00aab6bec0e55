"""What the bot says of itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.replies.about import about_embed
from data.model import Holdings, ReferencePeriod, Release

NOW = datetime(2026, 6, 25, tzinfo=UTC)
RELEASE = Release(1, NOW, "Global Trends 2025, corrected", 2025, ReferencePeriod.YEAR_END)


def fields(holdings: Holdings) -> dict[str, str]:
    return dict(re.findall(r"\*\*(.+?)\*\*: (.+)", about_embed(holdings).description or ""))


def test_the_newest_release_is_told_with_what_it_covers() -> None:
    whole = fields(Holdings((RELEASE,)))["Newest figures"]
    half = fields(
        Holdings((replace(RELEASE, label="Mid-Year Trends 2026", period=ReferencePeriod.MID_YEAR),))
    )

    assert whole.startswith("Global Trends 2025, corrected (25 Jun 2026), up to the end of 2025.")
    assert "up to June 2025." in half["Newest figures"]


def test_releases_are_counted_from_the_first() -> None:
    older = replace(RELEASE, retrieved_at=NOW - timedelta(13), label="Global Trends 2025")

    assert fields(Holdings((older, RELEASE)))["Releases kept"] == (
        "2, from 12 June 2026 on; `as_of:` takes any."
    )


def test_it_says_how_many_notes_there_are_and_of_which_day() -> None:
    told = fields(Holdings((RELEASE,), notes=658, notes_day=NOW.date()))["Source"]

    assert told.endswith("CC BY 4.0; 658 notes of 25 June 2026")
    assert "notes" not in fields(Holdings((RELEASE,)))["Source"]


def test_without_any_release_it_says_so() -> None:
    assert fields(Holdings(()))["Releases kept"] == "none yet."
    assert "Newest figures" not in fields(Holdings(()))


def test_licence_source_and_privacy_are_told() -> None:
    told = fields(Holdings((RELEASE,)))

    assert "UNHCR Refugee Population Statistics Database](https://www.unhcr.org/" in told["Source"]
    assert "never a question" in told["Privacy"]
    assert "not run or endorsed by UNHCR" in str(about_embed(Holdings(())).description)


def test_the_operator_s_pages_are_linked_where_there_are_any() -> None:
    links = {"Privacy": "https://example.org/privacy", "Support": "https://example.org/help"}
    linked = "**The operator of this bot**: [Privacy](https://example.org/privacy) · [Support](https://example.org/help)"

    assert str(about_embed(Holdings(()), links).description).splitlines()[-1] == linked
    assert "The operator of this bot" not in fields(Holdings(()))
