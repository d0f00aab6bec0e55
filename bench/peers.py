"""The same line chart and bar chart by other tools that install from PyPI."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import cairosvg
import font_lato
import pygal
import vl_convert
from PIL import Image, ImageDraw, ImageFont

from bench import naive
from bench.blank import HEIGHT, WIDTH
from bench.charts import collect
from bench.rows import Peer, median
from bench.timing import race
from bot.charts.bars import BarChart
from bot.charts.colours import GRID, INK, MUTED, SERIES
from bot.charts.lines import LineChart
from bot.charts.scale import compact, linear_ticks
from bot.charts.studio import Studio
from bot.charts.subjects import Heading

Draw = Callable[[Any], Awaitable[bytes]]
_BYTES_PER_KB = 1024
_ROUNDS = 9
_LEFT, _RIGHT, _TOP, _BOTTOM = 110, 940, 130, 600


async def measure_peers(path: Path) -> list[Peer]:
    """Draw the same charts by turns with each tool."""
    charts = await collect(path)
    found: dict[str, list[Any]] = {
        "line": [chart for chart in charts["versus"] if isinstance(chart, LineChart)],
        "bar": [chart for chart in charts["bar"] if isinstance(chart, BarChart)],
    }
    peers: list[Peer] = []
    async with Studio(kept=0) as studio:
        for kind, wanted in found.items():
            tools = {"this bot": studio.draw, **_tools(kind)}
            sizes = {name: len(await draw(wanted[-1])) / _BYTES_PER_KB for name, draw in tools.items()}
            taken = await race({name: _turn(draw, wanted) for name, draw in tools.items()}, _ROUNDS)
            peers += [Peer(kind, name, median(times), sizes[name]) for name, times in taken.items()]
    return peers


def _turn(draw: Draw, charts: Sequence[Any]) -> Callable[[int], Awaitable[bytes]]:
    return lambda number: draw(charts[number])


def _tools(kind: str) -> dict[str, Draw]:
    found: dict[str, Callable[[Any], bytes]] = {
        "pyplot, naively": naive.draw_line if kind == "line" else naive.draw_bars,
        "Pillow by hand": _pillow_line if kind == "line" else _pillow_bars,
        "pygal + cairosvg": _pygal_line if kind == "line" else _pygal_bars,
        "vl-convert-python": _vega_line if kind == "line" else _vega_bars,
    }

    def awaited(draw: Callable[[Any], bytes]) -> Draw:
        async def run(chart: Any) -> bytes:
            return draw(chart)

        return run

    return {name: awaited(draw) for name, draw in found.items()}


def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    file = "Lato-Bold.ttf" if bold else "Lato-Regular.ttf"
    return ImageFont.truetype(str(Path(font_lato.font_directory) / file), size)


def _pillow_page(heading: Heading) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(image)
    pen.text((30, 20), heading.title, INK, _font(32, bold=True))
    pen.text((30, 66), heading.subtitle, MUTED, _font(23))
    pen.text((30, HEIGHT - 36), heading.source, MUTED, _font(20))
    return image, pen


def _pillow_line(chart: LineChart) -> bytes:
    image, pen = _pillow_page(chart.heading)
    years = [point.year for line in chart.lines for point in line.points]
    top = max(point.value or 0 for line in chart.lines for point in line.points)
    first, last = min(years), max(years)

    def place(year: int, value: float) -> tuple[float, float]:
        across = (year - first) / (last - first)
        return _LEFT + (_RIGHT - _LEFT) * across, _BOTTOM - (_BOTTOM - _TOP) * value / top

    for tick in linear_ticks(top, 5, whole=True):
        x, y = place(first, tick)
        pen.line((x, y, _RIGHT, y), GRID)
        pen.text((x - 12, y), compact(tick), MUTED, _font(22), anchor="rm")
    for year in range(first, last + 1, 5):
        pen.text((place(year, 0)[0], _BOTTOM + 24), str(year), MUTED, _font(22), anchor="mm")
    for line, ink in zip(chart.lines, SERIES, strict=False):
        dots = [place(point.year, point.value) for point in line.points if point.value is not None]
        pen.line(dots, ink, 4, joint="curve")
        if dots:
            pen.text((dots[-1][0] + 16, dots[-1][1]), line.end_label, ink, _font(23, bold=True), anchor="lm")
    return _save(image)


def _pillow_bars(chart: BarChart) -> bytes:
    image, pen = _pillow_page(chart.heading)
    top = max(bar.value or 0 for bar in chart.bars)
    pitch = (_BOTTOM - _TOP) / len(chart.bars)
    for place, bar in enumerate(chart.bars):
        y, length = _TOP + pitch * place, 600 * (bar.value or 0) / top
        pen.text((340, y + pitch / 2), bar.label, INK, _font(24), anchor="rm")
        pen.rectangle((352, y + 4, 352 + length, y + pitch - 4), SERIES[0])
        pen.text((362 + length, y + pitch / 2), bar.text, INK, _font(24), anchor="lm")
    return _save(image)


def _save(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _pygal_line(chart: LineChart) -> bytes:
    drawing = pygal.Line(width=WIDTH, height=HEIGHT, title=chart.heading.title, x_title=chart.heading.source)
    drawing.x_labels = [str(point.year) for point in chart.lines[0].points]
    for line in chart.lines:
        drawing.add(line.end_label, [point.value for point in line.points])
    return bytes(cairosvg.svg2png(drawing.render()))


def _pygal_bars(chart: BarChart) -> bytes:
    drawing = pygal.HorizontalBar(
        width=WIDTH, height=HEIGHT, title=chart.heading.title, x_title=chart.heading.source, print_values=True
    )
    drawing.x_labels = [bar.label for bar in chart.bars]
    drawing.add("persons", [bar.value for bar in chart.bars])
    return bytes(cairosvg.svg2png(drawing.render()))


def _vega(heading: Heading, values: list[dict[str, Any]], **more: Any) -> bytes:
    title = {"text": heading.title, "subtitle": heading.subtitle, "anchor": "start"}
    size = {"width": 900, "height": 480}
    drawing = {"data": {"values": values}, "title": title, **size, **more}
    return bytes(vl_convert.vegalite_to_png(drawing, scale=1))


def _vega_line(chart: LineChart) -> bytes:
    values = [
        {"year": point.year, "value": point.value, "name": line.name}
        for line in chart.lines
        for point in line.points
    ]
    encoding = {
        "x": {"field": "year", "type": "quantitative", "axis": {"format": "d"}, "scale": {"zero": False}},
        "y": {"field": "value", "type": "quantitative"},
        "color": {"field": "name", "type": "nominal"},
    }
    return _vega(chart.heading, values, mark="line", encoding=encoding)


def _vega_bars(chart: BarChart) -> bytes:
    values = [{"name": bar.label, "value": bar.value, "text": bar.text} for bar in chart.bars]
    encoding = {
        "y": {"field": "name", "type": "nominal", "sort": None},
        "x": {"field": "value", "type": "quantitative"},
    }
    words = {"mark": {"type": "text", "align": "left", "dx": 6}, "encoding": {"text": {"field": "text"}}}
    return _vega(chart.heading, values, encoding=encoding, layer=[{"mark": "bar"}, words])
