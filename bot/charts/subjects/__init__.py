"""What is to be drawn, in finished words and plain numbers.

Subjects are values: equal subjects make equal pictures, byte for byte, so a subject is also
the key under which its picture is kept. `None` for a value means that nothing was published;
it leaves a gap, which a zero never does.
"""

from __future__ import annotations

from bot.charts.subjects.bars import Bar, BarChart, Overview
from bot.charts.subjects.heading import Heading, Tone
from bot.charts.subjects.lines import MOST_LINES, BreakMark, Callout, Line, LineChart, Point, ScaleKind
from bot.charts.subjects.outcomes import Column, OutcomeChart
from bot.charts.subjects.releases import Comparison, EditionBar, EditionChart, Move
from bot.charts.subjects.world import Area, WorldMap

__all__ = [
    "MOST_LINES",
    "Area",
    "Bar",
    "BarChart",
    "BreakMark",
    "Callout",
    "Chart",
    "Column",
    "Comparison",
    "EditionBar",
    "EditionChart",
    "Heading",
    "Line",
    "LineChart",
    "Move",
    "OutcomeChart",
    "Overview",
    "Point",
    "ScaleKind",
    "Tone",
    "WorldMap",
]

Chart = LineChart | BarChart | Overview | Comparison | EditionChart | OutcomeChart | WorldMap
