"""Answers as files: CSV, Excel or JSON, each with its source, licence, query and release inside."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from bot.replies.reply import Record
from bot.sentences import Refusal
from bot.words import LICENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from data.model import Number

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a text that begins so for a formula."""
TERMS = "https://www.unhcr.org/what-we-do/data-and-publications/data-and-statistics/terms-use-datasets"
COLUMNS = tuple(field.name for field in fields(Record))
OWN = ("origin", "asylum", "year", "covers", "measure", "unit", "value", "release", "change", "note")
"""What differs from line to line; the rest is said once where a file has a place for it."""
MAX_PARTS = 10
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Not a moment of interest, so that the same answer makes the same file."""
_WIDTHS = (28, 28, 8, 22, 26, 40, 14, 44, 14, 60)


class FileFormat(StrEnum):
    """What a file can be; the value is the end of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Package:
    """Figures to be written, and what must stand in the file with them.

    `query` is the command that gives them (empty: none does), `source` the line below the answer, which
    names the release, and `notes` say what they do not mean.
    """

    query: str
    source: str
    notes: tuple[str, ...]
    records: tuple[Record, ...]


def write_parts(package: Package, form: FileFormat, limit: int) -> list[bytes]:
    """Write the package as files of at most `limit` bytes, one if it can be.

    Raises `Unanswerable` when it would take more than ten.
    """
    whole = _write(package, package.records, form)
    if len(whole) <= limit:
        return [whole]
    for parts in range(math.ceil(len(whole) / limit), MAX_PARTS + 1):
        size = math.ceil(len(package.records) / parts)
        written = [
            _write(package, package.records[start : start + size], form)
            for start in range(0, len(package.records), size)
        ]
        if all(len(part) <= limit for part in written):
            return written
    raise Refusal(
        "That is more than Discord takes in ten files; choose fewer years, one country, or another format."
    )


def _write(package: Package, records: Sequence[Record], form: FileFormat) -> bytes:
    match form:
        case FileFormat.CSV:
            return write_csv(records, package.query)
        case FileFormat.XLSX:
            return write_xlsx(package, records)
        case FileFormat.JSON:
            return write_json(package, records)


def write_csv(records: Sequence[Record], query: str = "") -> bytes:
    """Write records as CSV in UTF-8, with a byte-order mark so that spreadsheets read accents rightly.

    Every line has all there is to know of it, for lines are copied and files are sorted.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    columns = _choose_columns(COLUMNS, records)
    writer.writerow((*columns, "query"))
    read, asked = attrgetter(*columns), _defuse(query)
    writer.writerows([*map(_defuse, read(record)), asked] for record in records)
    return text.getvalue().encode("utf-8-sig")


def _choose_columns(columns: tuple[str, ...], records: Sequence[Record]) -> tuple[str, ...]:
    """Leave out the kind of change, and notes, where no figure has any."""
    empty = [name for name in ("change", "note") if not any(getattr(each, name) for each in records)]
    return tuple(column for column in columns if column not in empty)


def _defuse(cell: str | Number | None) -> str | Number | None:
    """Keep a text from being run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def write_xlsx(package: Package, records: Sequence[Record]) -> bytes:
    """Write an Excel workbook: the figures on one sheet, and on another where they come from.

    A text is always a text, whatever it begins with: there are no formulas and no links.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        book.set_properties(
            {"title": package.query or package.source, "comments": package.source, "created": CREATED}
        )
        bold = book.add_format({"bold": True})
        figures = book.add_worksheet("Figures")
        columns = _choose_columns(OWN, records)
        _write_row(figures, 0, columns)
        figures.set_row(0, None, bold)
        figures.freeze_panes(1, 0)
        widths = dict(zip(OWN, _WIDTHS, strict=True))
        for column, name in enumerate(columns):
            figures.set_column(column, column, widths[name])
        read = attrgetter(*columns)
        for row, record in enumerate(records, start=1):
            _write_row(figures, row, read(record))
        about = book.add_worksheet("About")
        about.set_column(0, 0, 16, bold)
        about.set_column(1, 1, 110)
        for row, line in enumerate(_say_about(package)):
            _write_row(about, row, line)
    return file.getvalue()


def _write_row(sheet: Worksheet, row: int, cells: Sequence[str | Number | None]) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(row, column, cell)
        elif cell is not None:
            sheet.write_number(row, column, cell)


def _say_about(package: Package) -> list[tuple[str, str]]:
    return [
        *([("query", package.query)] if package.query else []),
        ("source", package.source),
        ("licence", LICENCE),
        ("terms", TERMS),
        *(("note", note) for note in package.notes),
    ]


def write_json(package: Package, records: Sequence[Record]) -> bytes:
    """Write one JSON object: what the file is, and the figures; null where none is published."""
    columns = _choose_columns(OWN, records)
    read = attrgetter(*columns)
    found = {
        "query": package.query or None,
        "source": package.source,
        "licence": LICENCE,
        "terms": TERMS,
        "notes": package.notes,
    }
    # Line by line, for other threads must wait while a text is written.
    lines = (_write_object(dict(zip(columns, read(record), strict=True))) for record in records)
    return f'{_write_object(found)[:-1]},"figures":[{",".join(lines)}]}}'.encode()


def _write_object(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
