"""Answers as tables: a grid to read, and records for a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.model import Number


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

    `change` is the kind of change that it is one end of, and empty where figures are no changes.
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
    source: str = "UNHCR Refugee Population Statistics Database"
    licence: str = "CC BY 4.0"
