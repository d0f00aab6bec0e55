"""A reply as Discord takes it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.bars import BarChart
from bot.charts.subjects import Heading
from bot.replies.reply import MAX_ALT, MAX_CONTENT, PAGE, WIDTH, Grid, Reply, shorten
from data.caveats import MidYear, PartialYear
from data.model import Extent, Measure, Nature, Place, Unit
from data.questions.figures import AskFigures
from tests.data.countries.atlases import atlas

GRID = Grid(("", "Pending"), tuple((f"Country {i}", f"{i:,}") for i in range(15)))


def reply(**changes: Any) -> Reply:
    fields = {
        "question": AskFigures(Place()),
        "headline": "**99,716** people.",
        "short": ("**99,716** waited.", "Then this."),
        "lines": ("Then this.", "And that."),
        "chart": BarChart(Heading("a", "b", "c"), ()),
        "lay_out": lambda: GRID,
        "list_records": tuple,
        "caveats": ("It is a stock.", "It is approximate."),
        "source": "Global Trends 2025 (12 Jun 2026) · CC BY 4.0",
    }
    return Reply(**{**fields, **changes})


@settings(deadline=None)
@given(st.text(max_size=60), st.integers(1, 60))
def test_a_text_is_cut_only_where_it_is_too_long_and_shows_that_it_was(text: str, most: int) -> None:
    cut = shorten(text, most)

    assert len(cut) <= most
    assert cut == text if len(text) <= most else cut.endswith("…")
    assert text.startswith(cut.removesuffix("…"))


def test_the_answer_comes_first_then_three_lines_at_most() -> None:
    assert reply().content == "**99,716** waited.\nThen this."
    assert reply(short=("a", "", "b", "c", "d", "e")).content == "a\nb\nc\nd"
    assert reply(short=("a", "b", "c", "d", "e", "f"), kept=5).content == "a\nb\nc\nd\ne"
    assert reply(short=("a", "b", "c", "d"), beside=("x", "y")).content == "a\nb\nx\ny"
    assert reply().answer == "**99,716** waited."
    assert reply().account == "**99,716** people.\nThen this.\nAnd that."


def test_below_the_picture_stand_one_caveat_the_link_to_the_source_and_the_release() -> None:
    link = f"[Source: UNHCR's refugee statistics]({PAGE})"
    minded = reply(mind=MidYear(2025, Nature.STOCK)).embed()

    assert reply().embed().description == link
    assert reply().embed().footer.text == "Global Trends 2025 (12 Jun 2026) · CC BY 4.0"
    assert minded.description == (
        f"Mind: The 2025 figure is a mid-year one, of 30 June; the year-end figure will replace it.\n{link}"
    )


def test_what_changes_the_answer_comes_before_the_picture() -> None:
    usa = atlas().find("USA")
    before = reply(
        short=("a", "b", "c"), mind=PartialYear((Measure.PENDING,), usa, 2024, Extent(2024, 6), Unit.PERSONS)
    )

    assert before.content == (
        "a\nb\nMind: UNHCR has the USA's 2024 claims waiting for a decision as of 30 June only, so they compare"
        " with no other year.\nc"
    )
    assert "Mind" not in (before.embed().description or "")


def test_whatever_is_said_discord_takes_it() -> None:
    long = reply(short=("x" * 5000,))

    assert len(long.content) == MAX_CONTENT
    assert len(reply(chart=BarChart(Heading("x" * 3000, "b", "c"), ())).alt) == MAX_ALT


def test_a_table_fits_a_phone_without_losing_a_word() -> None:
    grid = Grid(
        ("", "", "New applications", "share", "since 2024", "covers", "kind"),
        (
            (
                "1.",
                "Bosnia and Herzegovina",
                "1,234,567 persons and 89,012 cases",
                "12.3%",
                "+1%",
                "2025",
                "x",
            ),
            ("2.", "Chad", "5", "", "", "2025", "completed"),
        ),
        names=2,
        note="* January–June 2024 or 30 June 2024 only, and no more than that",
    )
    lines = grid.narrow().splitlines()

    assert max(map(len, lines)) <= WIDTH
    for row in (grid.header, *grid.rows):
        for word in " ".join(row).split():
            assert any(word in line for line in lines), word
    assert lines[-2:] == ["* January–June 2024 or 30 June 2024", "only, and no more than that"]


def test_the_picture_stands_beside_the_embed_with_its_alt_text() -> None:
    picture = reply().picture(b"\x89PNG")

    assert picture.filename == "asylum-figures.png"
    assert picture.description == "Bars: b. a."
    assert picture.fp.read() == b"\x89PNG"
    assert reply().embed().image.url is None
