"""What the bot says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.replies.about import about_embed
from data.model import Holdings, ReferencePeriod, Release

NOW = datetime(2026, 6, 25, tzinfo=UTC)
RELEASE = Release(1, NOW, "Global Trends 2025, corrected", 2025, ReferencePeriod.YEAR_END)


def fields(holdings: Holdings) -> dict[str, str]:
    return {str(field.name): str(field.value) for field in about_embed(holdings).fields}


def test_the_newest_release_is_told_with_what_it_covers() -> None:
    whole = fields(Holdings((RELEASE,)))["Newest figures"]
    half = fields(
        Holdings((replace(RELEASE, label="Mid-Year Trends 2026", period=ReferencePeriod.MID_YEAR),))
    )

    assert whole.startswith(
        "Global Trends 2025, corrected, retrieved 25 June 2026: they go up to 2025 and cover the whole year."
    )
    assert "cover only January–June." in half["Newest figures"]


def test_releases_are_listed_newest_first() -> None:
    older = replace(RELEASE, retrieved_at=NOW - timedelta(13), label="Global Trends 2025")

    assert fields(Holdings((older, RELEASE)))["Releases kept"].splitlines() == [
        "25 June 2026 — Global Trends 2025, corrected",
        "12 June 2026 — Global Trends 2025",
    ]


def test_of_many_releases_the_newest_fifteen_are_listed() -> None:
    many = tuple(replace(RELEASE, retrieved_at=NOW + timedelta(i)) for i in range(25))
    lines = fields(Holdings(many))["Releases kept"].splitlines()

    assert len(lines) == 16
    assert lines[0].startswith("19 July 2026")
    assert lines[-1] == "… and 10 older ones"


def test_it_says_how_many_notes_there_are_and_of_which_day() -> None:
    assert fields(Holdings((RELEASE,), notes=658, notes_day=NOW.date()))["UNHCR's notes"] == (
        "658 footnotes as of 25 June 2026; those that touch an answer are quoted behind its **Details** button."
    )
    assert fields(Holdings((RELEASE,)))["UNHCR's notes"] == (
        "None kept yet; they come with the next sync with UNHCR."
    )


def test_without_any_release_it_says_so() -> None:
    assert fields(Holdings(()))["Releases kept"] == "None yet."
    assert "Newest figures" not in fields(Holdings(()))


def test_licence_source_and_privacy_are_told() -> None:
    told = fields(Holdings((RELEASE,)))

    assert "UNHCR Refugee Population Statistics Database, CC BY 4.0" in told["Source and licence"]
    assert "Nothing about you is stored" in told["Privacy"]
    assert "not run or endorsed by UNHCR" in str(about_embed(Holdings(())).description)


def test_the_operator_s_pages_are_linked_where_there_are_any() -> None:
    links = {"Privacy": "https://example.org/privacy", "Support": "https://example.org/help"}
    (field,) = [f for f in about_embed(Holdings(()), links).fields if f.name == "Whoever runs this bot"]

    assert field.value == "[Privacy](https://example.org/privacy) · [Support](https://example.org/help)"
    assert "Whoever runs this bot" not in [f.name for f in about_embed(Holdings(())).fields]
