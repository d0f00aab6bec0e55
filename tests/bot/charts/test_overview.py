"""Both halves of an overview stand side by side, each complete."""

from __future__ import annotations

from bot.charts.bars import Bar
from bot.charts.heading import NO_FIGURES
from bot.charts.overview import Overview, draw_overview
from bot.charts.page import WIDTH, Page
from bot.charts.subjects import Callout
from tests.bot.charts.sketches import CHINA, HEADING, line, written

BARS = tuple(Bar(f"A country {number}", 9 - number, str(9 - number)) for number in range(8))


def test_the_line_is_on_the_left_and_the_bars_on_the_right(page: Page) -> None:
    overview = Overview(
        HEADING,
        "Pending, 2019–2024",
        (line("180,960", dict(CHINA)),),
        "Where they wait",
        BARS,
        callouts=(Callout(0, 2019, "2019: 104,248"),),
    )
    draw_overview(page, overview)
    boxes = {text.words: text.box for text in page.texts}
    for words in ("Pending, 2019–2024", "180,960", "2024", "150k", "2019: 104,248"):
        assert boxes[words].right < WIDTH * 0.54
    for words in ("Where they wait", *(bar.label for bar in BARS)):
        assert boxes[words].left > WIDTH * 0.54


def test_each_half_has_its_own_note_on_mid_year(page: Page) -> None:
    overview = Overview(
        HEADING,
        "Pending",
        (line("178,725", dict(CHINA), hollow=2024),),
        "New applications",
        (Bar("Canada", 2100, "2,100", hollow=True),),
        left_hollow_note="30 June 2024",
        right_hollow_note="Jan–Jun 2024",
    )
    draw_overview(page, overview)
    boxes = {text.words: text.box for text in page.texts}
    assert boxes["30 June 2024"].right < WIDTH / 2 < boxes["Jan–Jun 2024"].left


def test_a_half_without_figures_says_so(page: Page) -> None:
    draw_overview(page, Overview(HEADING, "Pending", (), "Where", BARS))
    assert written(page).count(NO_FIGURES) == 1
    draw_overview(page, Overview(HEADING, "Pending", (), "Where", ()))
    assert written(page).count(NO_FIGURES) == 2
