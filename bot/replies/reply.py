"""A reply before it is sent: words, a picture to be drawn, tables, and where it all comes from."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

import discord

from bot.languages import _
from bot.replies.coverage import is_first
from bot.replies.mind import say_mind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.charts.studio import Chart
    from data.caveats import Caveat
    from data.model import Number
    from data.notes import Touching
    from data.questions.history import AskHistory
    from data.questions.registry import Question


COLOUR = 0x0072BC
MAX_LINES = 3
"""So many short lines follow the answer."""
ROW, MAX_ROWS, USUAL_SOURCE = 42, 12, 2
"""Characters that a phone shows in a row of text; rows of answers, lines and caveat in all, and of a source.

The last lines stay behind Details where they do not fit.
"""
WIDTH = 38
"""Characters that a phone shows in a row of a code block."""
PAGE = "https://www.unhcr.org/refugee-statistics/download"
"""Where UNHCR publishes what every answer is made of."""
MAX_CONTENT, MAX_DESCRIPTION, MAX_ALT, MAX_FOOTER = 2000, 4096, 1024, 2048


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer says. `question` is pinned to the release that answered.

    `short` is the message: the answer, and at most three lines; `mind` is the caveat that goes with it.
    `headline`, `first` (sentences without which it is misread) and `lines` say the same in full, behind the
    Details button, with all caveats and the table. `which` says what lists of countries are meant, where
    others go by the same name. `then_and_now` asks how the figure read in other
    releases, where they say otherwise. `notes` are UNHCR's that touch the answer; None: none are kept.
    `lay_out` and `list_records` make what the buttons give: only when somebody presses one. However long
    they are, the first `kept` of the short lines stay: the answer, and what it is set beside; and so do the
    lines `beside`, which answer other questions and come last. `moves`: years or releases stand side by side.
    """

    question: Question
    headline: str
    lines: tuple[str, ...]
    chart: Chart
    lay_out: Callable[[], Grid] = field(compare=False)
    list_records: Callable[[], Iterable[Record]] = field(compare=False)
    caveats: tuple[str, ...]
    source: str
    then_and_now: AskHistory | None = None
    notes: Touching | None = None
    first: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    mind: Caveat | None = None
    which: tuple[str, ...] = ()
    kept: int = 2
    beside: tuple[str, ...] = ()
    moves: bool = True

    @property
    def answer(self) -> str:
        """The first line, which a notification shows."""
        return self.short[0]

    @property
    def grid(self) -> Grid:
        """The whole table, in finished words."""
        return self.lay_out()

    @property
    def records(self) -> tuple[Record, ...]:
        """Every figure of the answer, for a file."""
        return tuple(self.list_records())

    @property
    def content(self) -> str:
        """The answer and what matters most beside it; a caveat that changes it comes before the picture."""
        told = [line for line in self.short if line]
        told = told[: max(1 + MAX_LINES - len(self.beside), self.kept)]
        mind = self._say_mind()
        room = MAX_ROWS - count_rows(mind)
        room -= max(0, count_rows(self.source) - USUAL_SOURCE) + sum(map(count_rows, self.beside))
        while len(told) > self.kept and sum(map(count_rows, told)) > room:
            told.pop()
        if self.mind and is_first(self.mind):
            told.insert(self.kept, mind)
        return shorten("\n".join((*told, *self.beside)), MAX_CONTENT)

    @property
    def alt(self) -> str:
        """What the picture shows, for those who hear it."""
        return describe_chart(self.chart)

    @property
    def account(self) -> str:
        """All that is said, in full sentences."""
        return "\n".join((self.headline, *self.first, *self.lines))

    def embed(self) -> discord.Embed:
        """The caveat that matters most, unless it came before, and the source."""
        below = [self._say_mind()] if self.mind and not is_first(self.mind) else []
        return make_foot([*below, *self.which], self.source)

    def _say_mind(self) -> str:
        return say_mind(self.mind, moves=self.moves) if self.mind else ""

    def picture(self, png: bytes) -> discord.File:
        """The drawn chart, beside the embed so that its alt text survives."""
        return discord.File(io.BytesIO(png), "asylum-figures.png", description=self.alt)


def count_rows(line: str) -> int:
    """Count the rows of a phone that a line of text takes."""
    return -(-len(line.replace("**", "")) // ROW)


def make_foot(lines: Iterable[str], source: str, colour: int = COLOUR) -> discord.Embed:
    """Lay out what stands below a picture: lines, a link to where the figures are published, the release."""
    text = "\n".join((*lines, _("[Source: UNHCR's refugee statistics]({page})", page=PAGE)))
    embed = discord.Embed(description=shorten(text, MAX_DESCRIPTION), colour=discord.Colour(colour))
    return embed.set_footer(text=shorten(source, MAX_FOOTER))


def describe_chart(chart: Chart) -> str:
    """Say in a sentence or two what a picture shows: its kind, what is drawn, and the finding."""
    return shorten(
        _(
            "{said}: {subtitle}. {title}.",
            said=_(chart.PICTURE),
            subtitle=chart.heading.subtitle,
            title=chart.heading.title,
        ),
        MAX_ALT,
    )


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

    def text(self) -> str:
        """Lay the grid out for a monospaced font."""
        return "\n".join([*_set((self.header, *self.rows), self.names), *([self.note] if self.note else [])])

    def narrow(self, width: int = WIDTH) -> str:
        """Lay it out for a phone: names in one column that wraps, columns without room in a block below."""
        rows = (self.header, *self.rows)
        columns = [
            _wrap_column(row[number] for row in rows) for number in range(self.names, len(self.header))
        ]
        room = width - sum(_span(each) + GAP for each in columns)
        joined = (" ".join(filter(None, row[: self.names])) for row in rows)
        names = _wrap_column(joined, max(room, MAX_CELL))
        blocks: list[list[Wrapped]] = [[names]]
        for column in columns:
            if len(blocks[-1]) > 1 and sum(_span(each) + GAP for each in (*blocks[-1], column)) > width + GAP:
                blocks.append([names])
            blocks[-1].append(column)
        told = ["\n".join(_set(_unwrap(_leave_out_empty(block)), 1)) for block in blocks]
        return "\n\n".join([*told, *(["\n".join(wrap(self.note, width))] if self.note else [])])


GAP = 2
MAX_CELL = 18

Wrapped = tuple[tuple[str, ...], ...]
"""A column whose cells stand in one line or several."""


def _wrap_column(column: Iterable[str], most: int = MAX_CELL) -> Wrapped:
    return tuple(tuple(wrap(cell, most)) or ("",) for cell in column)


def _span(column: Wrapped) -> int:
    return max(len(line) for cell in column for line in cell)


NOTHING = ("–",)
"""What stands in a cell that has no figure."""


def _leave_out_empty(columns: Sequence[Wrapped]) -> list[Wrapped]:
    """Leave out the rows of a block that have no figure in it."""
    header, *rows = zip(*columns, strict=True)
    kept = [row for row in rows if any(cell not in (NOTHING, ("",)) for cell in row[1:])]
    return [tuple(column) for column in zip(header, *kept, strict=True)]


def _unwrap(columns: Iterable[Wrapped]) -> list[tuple[str, ...]]:
    """Make as many lines of a row as its highest cell has; others stand in its first line."""
    return [line for cells in zip(*columns, strict=True) for line in zip_longest(*cells, fillvalue="")]


def _set(rows: Iterable[tuple[str, ...]], names: int) -> list[str]:
    """Set rows in columns, names to the left and figures to the right."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        (" " * GAP)
        .join(
            cell.ljust(width) if number < names else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        .rstrip()
        for row in rows
    ]


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
