"""A reply as Discord takes it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.bars import BarChart
from bot.charts.subjects import Heading
from bot.replies.reply import MAX_ALT, MAX_CONTENT, MAX_DESCRIPTION, Grid, Reply, shorten
from data.model import Place
from data.questions.figures import AskFigures

GRID = Grid(("", "Pending"), tuple((f"Country {i}", f"{i:,}") for i in range(15)))


def reply(**changes: Any) -> Reply:
    fields = {
        "question": AskFigures(Place()),
        "headline": "**99,716** people.",
        "lines": ("Then this.", "And that."),
        "chart": BarChart(Heading("a", "b", "c"), ()),
        "preview": GRID,
        "lay_out": lambda: GRID,
        "list_records": tuple,
        "caveats": ("It is a stock.", "It is approximate."),
        "source": "UNHCR · Global Trends 2025 (12 Jun 2026) · CC BY 4.0",
    }
    return Reply(**{**fields, **changes})


@settings(deadline=None)
@given(st.text(max_size=60), st.integers(1, 60))
def test_a_text_is_cut_only_where_it_is_too_long_and_shows_that_it_was(text: str, most: int) -> None:
    cut = shorten(text, most)

    assert len(cut) <= most
    assert cut == text if len(text) <= most else cut.endswith("…")
    assert text.startswith(cut.removesuffix("…"))


def test_the_headline_comes_first_then_a_line_each() -> None:
    assert reply().content == "**99,716** people.\nThen this.\nAnd that."
    assert reply(lines=()).content == "**99,716** people."


def test_the_embed_has_the_short_table_then_a_point_for_each_caveat_then_the_source() -> None:
    embed = reply().embed()
    _, table, caveats = (embed.description or "").split("```")

    assert len(table.strip().split("\n")) == 16
    assert caveats == "\n• It is a stock.\n• It is approximate."
    assert embed.footer.text == "UNHCR · Global Trends 2025 (12 Jun 2026) · CC BY 4.0"


def test_without_a_preview_there_is_no_table() -> None:
    assert reply(preview=None).embed().description == "• It is a stock.\n• It is approximate."


def test_whatever_is_said_discord_takes_it() -> None:
    long = reply(lines=("x" * 5000,), caveats=("y" * 9000,))

    assert len(long.content) == MAX_CONTENT
    assert len(long.embed().description or "") == MAX_DESCRIPTION
    assert len(reply(chart=BarChart(Heading("x" * 3000, "b", "c"), ())).alt) == MAX_ALT


def test_the_picture_stands_beside_the_embed_with_its_alt_text() -> None:
    picture = reply().picture(b"\x89PNG")

    assert picture.filename == "asylum-figures.png"
    assert picture.description == "Bars: b. a."
    assert picture.fp.read() == b"\x89PNG"
    assert reply().embed().image.url is None
