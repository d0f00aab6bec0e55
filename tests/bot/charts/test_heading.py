"""The heading is complete wherever that is possible, and the licence always."""

from __future__ import annotations

import pytest

from bot.charts.heading import write_heading
from bot.charts.page import HEIGHT, WIDTH, Page
from bot.charts.subjects import Heading
from tests.bot.charts.sketches import HEADING, SOURCE, written


def test_title_subtitle_and_source_stand_in_this_order(page: Page) -> None:
    page.clear()
    room = write_heading(page, HEADING)
    assert written(page) == [HEADING.title, HEADING.subtitle, HEADING.source]
    title, subtitle, source = (text.box for text in page.texts)
    assert title.bottom > subtitle.top > subtitle.bottom > room.top > room.bottom > source.top


@pytest.mark.parametrize("times", [2, 3])
def test_a_long_title_takes_two_lines_and_loses_nothing(page: Page, times: int) -> None:
    page.clear()
    title = " and ".join(["Pending asylum claims of Chinese nationals"] * times)
    write_heading(page, Heading(title, "", ""))
    assert len(page.texts) == 2
    assert " ".join(written(page)) == title


def test_a_title_that_is_much_too_long_ends_in_an_ellipsis(page: Page) -> None:
    page.clear()
    write_heading(page, Heading("Pending asylum claims " * 30, "", ""))
    assert len(page.texts) == 2
    assert written(page)[-1].endswith("…")


def test_however_long_the_source_the_licence_stays(page: Page) -> None:
    page.clear()
    write_heading(page, Heading("", "", SOURCE.replace("UNHCR", "The renowned and venerable UNHCR " * 9)))
    assert written(page)[-1].endswith("CC BY 4.0")
    assert len(page.texts) == 2


def test_most_of_the_page_is_left_for_the_picture(page: Page) -> None:
    page.clear()
    longest = Heading("Pending claims " * 30, "All countries of asylum " * 30, "Source " * 90 + "· CC BY 4.0")
    room = write_heading(page, longest)
    assert len(page.texts) == 6
    assert room.height > HEIGHT * 0.6
    assert room.width == WIDTH - 60
