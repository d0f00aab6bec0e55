"""A reply before it is sent: words, a picture to be drawn, tables, and where it all comes from."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import discord

from bot.charts.bars import BarChart
from bot.charts.before_after import BeforeAfterChart
from bot.charts.decisions import DecisionsChart
from bot.charts.history import HistoryChart
from bot.charts.lines import LineChart
from bot.charts.map import MapChart
from bot.charts.overview import Overview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.charts.studio import Chart
    from data.model import Number
    from data.notes import Touching
    from data.questions.history import AskHistory
    from data.questions.registry import Question


COLOUR = 0x0072BC
PICTURES: dict[type[Chart], str] = {
    LineChart: "Lines over years",
    BarChart: "Bars",
    Overview: "Lines over years, and bars",
    BeforeAfterChart: "Figures before and after",
    HistoryChart: "A bar for each release",
    DecisionsChart: "Columns of outcomes and lines of rates over years",
    MapChart: "Map, darker where more",
}
MAX_ROWS = 24
"""Of the short table: a year has a row for each measure."""
MAX_CONTENT, MAX_DESCRIPTION, MAX_ALT, MAX_FOOTER = 2000, 4096, 1024, 2048


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer says. `question` is pinned to the release that answered.

    `first` are sentences without which the headline is misread, `lines` follow them, `preview` is the
    short table below the picture (or nothing), `then_and_now` asks how the figure read in other
    releases, where they say otherwise. `notes` are UNHCR's that touch the answer; None: none are kept.
    `lay_out` and `list_records` make what the table and CSV buttons give: only when somebody presses one.
    """

    question: Question
    headline: str
    lines: tuple[str, ...]
    chart: Chart
    preview: Grid | None
    lay_out: Callable[[], Grid] = field(compare=False)
    list_records: Callable[[], Iterable[Record]] = field(compare=False)
    caveats: tuple[str, ...]
    source: str
    then_and_now: AskHistory | None = None
    notes: Touching | None = None
    first: tuple[str, ...] = ()

    @property
    def grid(self) -> Grid:
        """The whole table, in finished words."""
        return self.lay_out()

    @property
    def records(self) -> tuple[Record, ...]:
        """Every figure of the answer, for a file."""
        return tuple(self.list_records())

    @property
    def has_details(self) -> bool:
        """Whether there is more to say than the reply shows."""
        return bool(self.notes and self.notes.notes)

    @property
    def alt(self) -> str:
        """What the picture shows, for those who hear it."""
        return describe_chart(self.chart)

    @property
    def content(self) -> str:
        """The headline, which a notification shows, and what follows it."""
        return shorten("\n".join((self.headline, *self.first, *self.lines)), MAX_CONTENT)

    def embed(self) -> discord.Embed:
        """The short table, the caveats and the source."""
        parts = []
        if self.preview:
            parts.append(f"```\n{self.preview.text(MAX_ROWS)}\n```")
        parts += [f"• {caveat}" for caveat in self.caveats]
        embed = discord.Embed(
            description=shorten("\n".join(parts), MAX_DESCRIPTION), colour=discord.Colour(COLOUR)
        )
        return embed.set_footer(text=shorten(self.source, MAX_FOOTER))

    def picture(self, png: bytes) -> discord.File:
        """The drawn chart, beside the embed so that its alt text survives."""
        return discord.File(io.BytesIO(png), "asylum-figures.png", description=self.alt)


def describe_chart(chart: Chart) -> str:
    """Say in a sentence or two what a picture shows: its kind, what is drawn, and the finding."""
    what, finding = (words.rstrip(".") for words in (chart.heading.subtitle, chart.heading.title))
    return shorten(f"{PICTURES[type(chart)]}: {what}. {finding}.", MAX_ALT)


def shorten(text: str, most: int) -> str:
    """Cut a text that Discord would refuse."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table of finished words; all columns but the first `names` are aligned right.

    `note` stands below it.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: int = 1
    note: str = ""

    def without_empty_columns(self) -> Grid:
        """Leave out the columns in which no row has anything."""
        kept = [i for i in range(len(self.header)) if any(row[i] for row in self.rows)]
        header, *rows = (tuple(row[i] for i in kept) for row in (self.header, *self.rows))
        return replace(self, header=header, rows=tuple(rows))

    def text(self, most: int | None = None) -> str:
        """Lay the grid out for a monospaced font; `most` rows at most."""
        rows = [self.header, *self.rows[:most]]
        widths = [max(len(row[i]) for row in rows) for i in range(len(self.header))]
        lines = [
            "  ".join(
                cell.ljust(width) if i < self.names else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in rows
        ]
        return "\n".join([*lines, *([self.note] if self.note else [])])


@dataclass(frozen=True, slots=True)
class Record:
    """One figure with all that is needed to read it alone; `value` is empty where none is published.

    `change` is the kind of change that it is one end of, and empty where figures are no changes; `note` says
    where it stands for less than its year, at a break in its series, or for an earlier day.
    """

    origin: str
    asylum: str
    year: int
    covers: str
    measure: str
    unit: str
    value: Number | None
    release: str
    change: str = ""
    note: str = ""
    source: str = "UNHCR Refugee Population Statistics Database"
    licence: str = "CC BY 4.0"
