"""Stacked columns and the rates above them."""

from __future__ import annotations

import numpy as np
import pytest

from bot.charts.colours import GHOST, PAPER, SERIES
from bot.charts.columns import Column
from bot.charts.decisions import DecisionsChart, draw_decisions
from bot.charts.page import Page
from bot.charts.subjects import Heading, Line, LinePoint
from tests.bot.charts.sketches import SOURCE, colours, has, written

LABELS = ("Recognised 5", "Complementary 5", "Rejected 5", "Closed 5")
HEADING = Heading("41.5% gave protection", "Decisions for people from China", SOURCE)


def chart(*columns: Column, rates: tuple[Line, ...] = ()) -> DecisionsChart:
    return DecisionsChart(
        HEADING, columns, LABELS, "Decisions, in persons", rates, "Shares", "Jan–Jun 2025 only"
    )


def inked(picture: bytes, ink: str) -> int:
    """How many pixels are wholly of this ink, left of the labels."""
    pixels = colours(picture)[330:, 80:820]
    return int((pixels == tuple(bytes.fromhex(ink[1:]))).all(axis=-1).sum())


def test_each_part_has_an_area_as_large_as_its_number(page: Page) -> None:
    picture = draw_decisions(page, chart(Column(2024, (1_000, 2_000, 4_000, 500))))

    areas = [inked(picture, ink) for ink in (SERIES[0], SERIES[2], SERIES[1], GHOST)]
    assert areas[1] / areas[0] == pytest.approx(2, rel=0.1)
    assert areas[2] / areas[0] == pytest.approx(4, rel=0.1)
    assert areas[3] / areas[0] == pytest.approx(0.5, rel=0.2)


def test_half_a_year_is_hatched_and_the_legend_says_so(page: Page) -> None:
    whole = draw_decisions(page, chart(Column(2024, (1_000, 0, 0, 0))))
    assert "Jan–Jun 2025 only" not in written(page)
    half = draw_decisions(page, chart(Column(2025, (1_000, 0, 0, 0), half=True)))

    assert "Jan–Jun 2025 only" in written(page)
    assert inked(half, SERIES[0]) < 0.5 * inked(whole, SERIES[0])


def test_a_half_year_s_rate_is_hollow(page: Page) -> None:
    def rate(hollow: bool) -> bytes:
        line = Line("Recognition", (LinePoint(2025, 50.0, hollow),), "Recognition 50.0%")
        return draw_decisions(page, chart(Column(2025, (10, 0, 0, 0), half=hollow), rates=(line,)))

    for hollow in (False, True):
        pixels = colours(rate(hollow))
        above = pixels[:310, 200:900]
        blue = (above == tuple(bytes.fromhex(SERIES[0][1:]))).all(axis=-1)
        ys, xs = np.nonzero(blue)
        centre = above[round(ys.mean()), round(xs.mean())]
        assert (tuple(centre) == tuple(bytes.fromhex(PAPER[1:]))) == hollow


def test_without_any_rate_the_picture_says_why(page: Page) -> None:
    draw_decisions(page, chart(Column(2024, (3, 0, 5, 0))))

    assert "no rate on so few decisions" in written(page)


def test_nothing_decided_is_said(page: Page) -> None:
    draw_decisions(page, chart(Column(2024, (None, None, None, None)), Column(2025, (0, 0, 0, 0))))

    assert "No figures published" in written(page)


def test_every_label_stands_at_its_part_in_the_order_of_the_stack(page: Page) -> None:
    draw_decisions(page, chart(Column(2024, (5, 0, 5, 5))))

    heights = [next(t.box.bottom for t in page.texts if t.words == label) for label in LABELS]
    assert heights == sorted(heights)
    assert has(colours(draw_decisions(page, chart(Column(2024, (5, 0, 5, 5))))), SERIES[2])


def test_columns_come_in_order_with_a_value_for_each_label() -> None:
    with pytest.raises(ValueError, match="order of their years"):
        chart(Column(2025, (1, 1, 1, 1)), Column(2024, (1, 1, 1, 1)))
    with pytest.raises(ValueError, match="one value for each"):
        chart(Column(2025, (1, 1)))
    with pytest.raises(ValueError, match="not negative"):
        Column(2025, (-1,))
