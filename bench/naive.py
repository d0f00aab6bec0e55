"""What most bots do: pyplot per request, `tight_layout`, `bbox_inches="tight"`."""

from __future__ import annotations

import io
import math

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from bench.blank import DPI, SIZE
from bot.charts.bars import BarChart
from bot.charts.colours import GRID, INK, MUTED, SERIES
from bot.charts.lines import LineChart
from bot.charts.scale import compact
from bot.charts.subjects import Heading


def draw_line(chart: LineChart) -> bytes:
    """The same lines, labels and heading."""
    figure, axes = _begin()
    for line, ink in zip(chart.lines, SERIES, strict=False):
        years = [point.year for point in line.points]
        values = [math.nan if point.value is None else point.value for point in line.points]
        axes.plot(years, values, color=ink, lw=2, label=line.name)
        if values and not math.isnan(values[-1]):
            axes.text(
                years[-1] + 0.3,
                values[-1],
                line.end_label,
                color=ink,
                fontsize=11,
                fontweight="bold",
                va="center",
            )
    axes.grid(axis="y", color=GRID, lw=0.7)
    axes.set_axisbelow(True)
    axes.set_ylim(0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: compact(max(value, 0))))
    return _finish(figure, axes, chart.heading)


def draw_bars(chart: BarChart) -> bytes:
    """The same bars, labels and heading."""
    figure, axes = _begin()
    bars = chart.bars[::-1]
    drawn = axes.barh(
        [bar.label for bar in bars], [bar.value or 0 for bar in bars], color=SERIES[0], height=0.72
    )
    axes.bar_label(drawn, [bar.text for bar in bars], padding=4, fontsize=10, color=INK)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.margins(y=0.01)
    return _finish(figure, axes, chart.heading)


def _begin() -> tuple[Figure, Axes]:
    figure, axes = plt.subplots(figsize=SIZE, dpi=DPI)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=10, labelcolor=MUTED)
    return figure, axes


def _finish(figure: Figure, axes: Axes, heading: Heading) -> bytes:
    axes.set_title(heading.title + "\n", loc="left", fontsize=15, fontweight="bold", color=INK)
    axes.text(0, 1.03, heading.subtitle, transform=axes.transAxes, fontsize=10.5, color=MUTED)
    figure.text(0.01, 0.01, heading.source, fontsize=8.5, color=MUTED)
    figure.tight_layout(rect=(0, 0.04, 1, 1))
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=DPI, bbox_inches="tight")
    plt.close(figure)
    return file.getvalue()
