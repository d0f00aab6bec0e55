"""Boxes touch when they share area, and not when they share an edge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.charts.boxes import Box

sides = st.tuples(*[st.integers(0, 20)] * 4)
boxes = sides.map(lambda s: Box(min(s[0], s[1]), min(s[2], s[3]), max(s[0], s[1]), max(s[2], s[3])))


def pixels(box: Box) -> set[tuple[int, int]]:
    return {(x, y) for x in range(box.left, box.right) for y in range(box.bottom, box.top)}


@given(boxes, boxes)
def test_boxes_are_what_their_pixels_are(one: Box, other: Box) -> None:
    shared = pixels(one) & pixels(other)
    assert one.touches(other) == other.touches(one)
    if pixels(one) and pixels(other):
        assert one.touches(other) == bool(shared)
        assert one.holds(other) == (pixels(other) <= pixels(one))
        assert pixels(one.around(other)) >= pixels(one) | pixels(other)
    assert pixels(one.within(other)) == shared


def test_neighbours_do_not_touch() -> None:
    assert not Box(0, 0, 10, 10).touches(Box(10, 0, 20, 10))
    assert Box(0, 0, 10, 10).grown(1).touches(Box(10, 0, 20, 10))
    assert (Box(0, 0, 10, 4).width, Box(0, 0, 10, 4).height) == (10, 4)
