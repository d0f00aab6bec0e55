"""Subjects to draw: realistic ones by hand, and any at all by hypothesis; and how to read a PNG again."""

from __future__ import annotations

import io

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from bot.charts.bars import Bar, BarChart
from bot.charts.before_after import BeforeAfterChart, BeforeAfterRow
from bot.charts.columns import Column, StackChart
from bot.charts.decisions import DecisionsChart
from bot.charts.history import EditionBar, HistoryChart
from bot.charts.lines import LineChart
from bot.charts.map import MapArea, MapChart
from bot.charts.overview import Overview
from bot.charts.page import Page
from bot.charts.studio import Chart
from bot.charts.subjects import Callout, Heading, Line, LinePoint

SOURCE = "UNHCR Refugee Population Statistics Database · release of 12 Jun 2026 · CC BY 4.0"
HEADING = Heading("Pending claims fell in 2025", "Pending claims, all countries of asylum, 2000–2025", SOURCE)
CHINA = {2019: 104_248, 2020: 108_071, 2021: 118_476, 2022: 116_338, 2023: 137_143, 2024: 180_960}


def line(name: str, values: dict[int, float | None], hollow: int | None = None) -> Line:
    """A line that ends in its name."""
    return Line(name, tuple(LinePoint(year, value, year == hollow) for year, value in values.items()), name)


def written(page: Page) -> list[str]:
    """All words on the page."""
    return [text.words for text in page.texts]


def colours(png: bytes) -> NDArray[np.uint8]:
    """Rows, the highest first, of columns of red, green and blue."""
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"))


def has(pixels: NDArray[np.uint8], ink: str) -> bool:
    """Whether any of these pixels is wholly of this ink."""
    return bool((pixels == tuple(bytes.fromhex(ink[1:]))).all(axis=-1).any())


words = st.one_of(
    st.sampled_from(
        [
            "",
            "China",
            "United Kingdom of Great Britain and Northern Ireland",
            "Venezuela (Bolivarian Republic of) 1.2M",
            "Supercalifragilisticexpialidocious-" * 2,
            "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich " * 4,
            "中国 China",
            "שלום עולם 12,345",
            "مرحبا بالعالم",
            "e" + "\u0301" * 40,
            "\u202eevil\x00\ttext\n\n😀 👩‍👩‍👧",
            "﷽" * 9,
        ]
    ),
    st.text(max_size=60),
)
headings = st.builds(Heading, words, words, words)
values = st.one_of(
    st.none(),
    st.just(0),
    st.integers(0, 50_000_000),
    st.floats(0, 100, allow_subnormal=False),
    st.sampled_from([1, 1, 9, 100_000]),
)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Line, ...]:
    """Up to six, over up to 75 years, some of them equal; their values repeat after a while."""
    first, length = draw(st.integers(1951, 2025)), draw(st.sampled_from([0, 1, 2, 3, 10, 25, 75]))
    made = []
    for _ in range(draw(st.integers(0, 4))):
        some = draw(st.lists(values, min_size=1, max_size=6))
        years = range(first + draw(st.integers(0, 2)), first + length, draw(st.sampled_from([1, 1, 3])))
        hollow = draw(st.sampled_from([None, first, first + length - 1]))
        points = tuple(LinePoint(year, some[i % len(some)], year == hollow) for i, year in enumerate(years))
        made.append(Line(draw(words), points, draw(words)))
    return (*made, *made[: draw(st.integers(0, 2))])


@st.composite
def line_charts(draw: st.DrawFn) -> LineChart:
    drawn = draw(lines())
    callouts = []
    if drawn:
        years = [point.year for line in drawn for point in line.points] or [2024]
        about = st.builds(Callout, st.integers(0, len(drawn) - 1), st.sampled_from(years), words)
        callouts = draw(st.lists(about, max_size=6))
    scale = draw(st.sampled_from(["linear", "log"]))
    note = draw(st.sampled_from(["", "Jan–Jun 2025 only"]))
    return LineChart(draw(headings), drawn, scale, draw(st.booleans()), tuple(callouts), note)


tones = st.sampled_from(["persons", "cases", "muted"])
moves = values | values.map(lambda value: None if value is None else -value)
bars = st.builds(Bar, words, moves, words, tones, st.booleans())
legends = st.just((("persons", "persons"), ("cases", "cases"), ("muted", "others")))
bar_charts = st.builds(
    BarChart, headings, st.lists(bars, max_size=30).map(tuple), legends, st.sampled_from(["", "Jan–Jun"])
)


@st.composite
def overviews(draw: st.DrawFn) -> Overview:
    left, right = draw(line_charts()), draw(bar_charts)
    return Overview(
        left.heading,
        draw(words),
        left.lines,
        draw(words),
        right.bars[:8],
        left.percent,
        left.callouts,
        left.hollow_note,
        right.hollow_note,
        right.legend,
    )


moves = st.builds(BeforeAfterRow, words, values, values, words, st.sampled_from(["persons", "cases"]))
comparisons = st.builds(BeforeAfterChart, headings, st.lists(moves, max_size=13).map(tuple), words, words)
editions = st.builds(EditionBar, words, words, values, words, st.booleans(), tones)
edition_charts = st.builds(
    HistoryChart,
    headings,
    st.lists(editions, max_size=8).map(lambda some: tuple(each for each in some for _ in range(2))),
    words,
)


@st.composite
def outcome_charts(draw: st.DrawFn) -> DecisionsChart:
    """Columns over up to 75 years, their parts repeating after a while, and up to two rates."""
    first, length = draw(st.integers(1951, 2025)), draw(st.sampled_from([1, 2, 3, 26, 75]))
    some = draw(st.lists(st.tuples(values, values, values, values), min_size=1, max_size=4))
    columns = [Column(first + i, some[i % len(some)], i == length - 1) for i in range(length)]
    shares = draw(st.lists(st.none() | st.floats(0, 100, allow_subnormal=False), min_size=1, max_size=5))
    rates = [
        Line(
            draw(words),
            tuple(LinePoint(c.year, shares[i % len(shares)], c.half) for i, c in enumerate(columns)),
            name,
        )
        for name in draw(st.lists(words, max_size=2))
    ]
    labels = draw(st.tuples(words, words, words, words))
    about = st.builds(Callout, st.integers(0, len(rates) - 1), st.integers(first, first + length), words)
    remarks = draw(st.lists(about, max_size=3)) if rates else []
    return DecisionsChart(
        draw(headings),
        tuple(columns),
        labels,
        draw(words),
        tuple(rates),
        draw(words),
        draw(words),
        callouts=tuple(remarks),
    )


@st.composite
def stacks(draw: st.DrawFn) -> StackChart:
    """Columns over up to 75 years of two to five parts, the last of them perhaps that of all others."""
    first, length = draw(st.integers(1951, 2025)), draw(st.sampled_from([1, 2, 3, 26, 75]))
    labels = tuple(draw(st.lists(words, min_size=2, max_size=5)))
    some = draw(st.lists(st.tuples(*[values] * len(labels)), min_size=1, max_size=4))
    columns = tuple(Column(first + i, some[i % len(some)], i == length - 1) for i in range(length))
    rest = True if len(labels) == 5 else draw(st.booleans())
    return StackChart(draw(headings), columns, labels, rest, draw(words))


world_maps = st.builds(
    MapChart,
    headings,
    st.lists(
        st.builds(
            MapArea,
            st.sampled_from(["CHI", "MTA", "USA", "UKN", "SVG", "NOR"]),
            st.integers(0, 9_999_999),
            st.booleans(),
        ),
        max_size=6,
        unique_by=lambda area: area.key,
    ).map(tuple),
    st.just((10.0, 100.0, 1_000.0, 10_000.0)),
    st.tuples(words, words, words, words, words),
    words,
    st.tuples(words, words),
    st.sampled_from(["world", "europe"]),
)
EVERY_CHART: dict[type, st.SearchStrategy[Chart]] = {
    LineChart: line_charts(),
    BarChart: bar_charts,
    Overview: overviews(),
    BeforeAfterChart: comparisons,
    HistoryChart: edition_charts,
    DecisionsChart: outcome_charts(),
    StackChart: stacks(),
    MapChart: world_maps,
}
charts = st.one_of(*EVERY_CHART.values())
