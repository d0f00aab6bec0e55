"""What holds for every chart, whatever its subject."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

from hypothesis import HealthCheck, example, given, settings

from bot.charts.boxes import Box
from bot.charts.columns import Column
from bot.charts.decisions import DecisionsChart
from bot.charts.page import HEIGHT, SMALL, WIDTH, Page
from bot.charts.studio import Chart, draw_chart
from bot.charts.subjects import Heading
from tests.bot.charts.sketches import EVERY_CHART, charts, colours
from tests.examples import examples

PHONE = 400
"""Pixels that Discord gives a picture on a phone."""
SHEET = Box(0, 0, WIDTH, HEIGHT)

KINGDOM = "United Kingdom of Great Britain and Northern Ireland"
FULL = DecisionsChart(
    Heading("China", "China", "China"),
    (Column(1951, (None, None, None, 1), half=True),),
    ("", "China", KINGDOM, KINGDOM),
    "Supercalifragilisticexpialidocious-" * 2,
    (),
    "",
    "China",
)
"""Labels of so many lines that they stand as high as the title of their columns."""


def test_every_chart_is_made_up() -> None:
    lacking = sorted(chart.__name__ for chart in set(get_args(Chart)) ^ set(EVERY_CHART))
    assert not lacking, f"EVERY_CHART in tests/bot/charts/sketches.py and Chart differ in {lacking}"


@settings(max_examples=examples(250), deadline=None, suppress_health_check=list(HealthCheck))
@example(chart=FULL)
@given(chart=charts)
def test_no_words_touch_others_and_none_leave_the_page(page: Page, chart: Chart) -> None:
    draw_chart(page, chart)
    for one, other in combinations(page.texts, 2):
        assert not one.box.touches(other.box), (one, other)
    for text in page.texts:
        assert SHEET.holds(text.box), text
        assert text.size >= SMALL, text


def test_letters_are_nine_pixels_high_where_a_phone_shows_the_page() -> None:
    assert SMALL * PHONE / WIDTH >= 9


@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(chart=charts)
def test_the_same_subject_is_the_same_bytes_on_any_page(page: Page, chart: Chart) -> None:
    picture = draw_chart(page, chart)
    assert draw_chart(page, chart) == picture
    assert colours(picture).shape == (HEIGHT, WIDTH, 3)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(chart=charts)
def test_ink_stands_off_the_edges_of_the_sheet(page: Page, chart: Chart) -> None:
    """On Discord's dark theme the sheet is a white card, which needs its margin."""
    pixels = colours(draw_chart(page, chart))
    for margin in (pixels[:6], pixels[-6:], pixels[:, :12], pixels[:, -12:]):
        assert (margin == 255).all()
