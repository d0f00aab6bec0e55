"""What a total is made of: a column a year, its parts one upon the other, all others in grey."""

from __future__ import annotations

import pytest

from bot.charts.colours import GHOST, SERIES
from bot.charts.columns import Column, StackChart
from bot.charts.page import Page
from bot.charts.studio import draw_chart
from tests.bot.charts.sketches import HEADING, colours, has, written


def chart(
    *columns: Column, labels: tuple[str, ...] = ("Spain 4", "Italy 2", "Others 1"), **more: object
) -> StackChart:
    return StackChart(HEADING, columns, labels, **more)  # type: ignore[arg-type] # as the field wants it


def test_parts_stand_one_upon_the_other_and_others_are_grey() -> None:
    page = Page()
    drawn = colours(draw_chart(page, chart(Column(2024, (4.0, 2.0, 1.0)), Column(2025, (4.0, 2.0, 1.0)))))

    assert all(has(drawn, ink) for ink in (*SERIES[:2], GHOST))
    assert not has(drawn, SERIES[2])
    below, above = (
        max(row for row in range(len(drawn)) if has(drawn[row, :900], ink)) for ink in (SERIES[0], GHOST)
    )
    assert above < below
    assert {"Spain 4", "Italy 2", "Others 1"} <= set(written(page))


def test_without_a_rest_no_part_is_grey() -> None:
    drawn = colours(
        draw_chart(Page(), chart(Column(2025, (4.0, 2.0)), labels=("Spain 4", "Italy 2"), rest=False))
    )

    assert not has(drawn[:, :800], GHOST)


def test_a_year_that_is_only_half_covered_is_hatched_and_named() -> None:
    page = Page()
    whole = colours(draw_chart(page, chart(Column(2025, (4.0, 2.0, 1.0)), half_note="Jan–Jun 2025 only")))
    assert "Jan–Jun 2025 only" not in written(page)
    half = colours(
        draw_chart(page, chart(Column(2025, (4.0, 2.0, 1.0), half=True), half_note="Jan–Jun 2025 only"))
    )

    assert "Jan–Jun 2025 only" in written(page)
    count = [(picture == tuple(bytes.fromhex(SERIES[0][1:]))).all(axis=-1).sum() for picture in (whole, half)]
    assert count[1] < count[0] / 2


def test_nothing_is_said_to_be_nothing() -> None:
    page = Page()
    draw_chart(page, chart(Column(2025, (None, None, None))))

    assert not {"Spain 4"} & set(written(page))


@pytest.mark.parametrize(
    "columns",
    [
        (Column(2025, (1.0, 1.0, 1.0)), Column(2024, (1.0, 1.0, 1.0))),
        (Column(2025, (1.0, 1.0)),),
    ],
)
def test_columns_out_of_order_or_without_a_part_are_refused(columns: tuple[Column, ...]) -> None:
    with pytest.raises(ValueError, match="Give"):
        chart(*columns)
