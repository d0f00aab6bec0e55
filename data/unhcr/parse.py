"""Read UNHCR's published rows, and refuse what they cannot mean.

Pure: rows of text in, tuples out. A parsed row is the key (origin, asylum, year, and what the
dataset breaks down by) followed by the values, `None` where UNHCR put "-".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.model import Dataset, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = tuple[str | int | None, ...]
FIRST_YEAR = 1951
MOST = 200_000_000
"""No figure of UNHCR's comes near this; a larger one is a slip."""

_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of a dataset make a row's address and which its values."""

    key: tuple[str, ...]
    values: tuple[str, ...]
    ignored: tuple[str, ...] = ("coo_name", "coo_iso", "coa_name", "coa_iso")


LAYOUTS = {
    Dataset.POPULATION: Layout(
        ("coo", "coa", "year"),
        (
            "refugees",
            "asylum_seekers",
            "returned_refugees",
            "idps",
            "returned_idps",
            "stateless",
            "ooc",
            "oip",
            "hst",
        ),
    ),
    Dataset.APPLICATIONS: Layout(
        ("coo", "coa", "year", "procedure_type", "app_type", "dec_level", "app_pc"), ("applied",)
    ),
    Dataset.DECISIONS: Layout(
        ("coo", "coa", "year", "procedure_type", "dec_level", "dec_pc"),
        ("dec_recognized", "dec_other", "dec_rejected", "dec_closed", "dec_total"),
    ),
}
_CODE = re.compile(r"[A-Z]{1,3}")
_UNITS = {"app_pc", "dec_pc"}


def parse_rows(
    dataset: Dataset,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    last_year: int,
    name: str,
    counted: tuple[str, int] = ("line", 2),
) -> Iterator[Row]:
    """Yield each row as key and values; `name` is what errors call the table.

    Raises `BadRelease` at the first row that makes no sense, with its number: `counted` says what
    rows are called, and the number of the first (in a file, the header is line 1).
    """
    counted_as, first = counted
    layout = LAYOUTS[dataset]
    expected = {*layout.key, *layout.values, *layout.ignored}
    if set(header) != expected or len(header) != len(expected):
        odd = ", ".join(map(shown, sorted(expected ^ set(header)))) or "a column twice"
        raise BadRelease(f"{name} does not have the columns of UNHCR's “{dataset}” table ({odd}).")
    columns = {column: index for index, column in enumerate(header)}
    width = len(header)
    years = {str(year): year for year in range(FIRST_YEAR, last_year + 1)}
    codes, units, counts = _Meanings(_read_code), _Meanings(_read_unit), _Meanings(_read_count)
    meanings = {
        **dict.fromkeys(layout.key, codes),
        **dict.fromkeys(_UNITS.intersection(layout.key), units),
        "year": _Meanings(lambda text: _read_year(text, years)),
        **dict.fromkeys(layout.values, counts),
    }
    cells = [(columns[column], meanings[column]) for column in (*layout.key, *layout.values)]
    number = first
    try:
        for row in _read_rows(rows, width, cells):
            yield row
            number += 1
    except _Unreadable as error:
        raise BadRelease(f"{name}, {counted_as} {number}: {error}") from None


class _Unreadable(Exception):
    """A row that makes no sense; which one it is, `parse_rows` knows."""


class _Meanings(dict[str, str | int | None]):
    """What the texts of a column mean: UNHCR repeats a few thousand of them, and each is read once."""

    def __init__(self, read: Callable[[str], str | int | None]) -> None:
        self._read = read

    def __missing__(self, text: str) -> str | int | None:
        meaning = self[text] = self._read(text)
        return meaning


def _read_rows(
    rows: Iterable[Sequence[str]], width: int, cells: Sequence[tuple[int, _Meanings]]
) -> Iterator[Row]:
    """Yield the rows up to the first one that cannot be read; many at once, column by column."""
    coming = iter(rows)
    while batch := list(islice(coming, _AT_ONCE)):
        odd = {*map(len, batch)} - {width}
        good = list(takewhile(lambda row: len(row) == width, batch)) if odd else batch
        columns = list(zip(*good, strict=True)) or [()] * width
        yield from zip(*[map(seen.__getitem__, columns[index]) for index, seen in cells], strict=True)
        if odd:
            raise _Unreadable(f"{len(batch[len(good)])} columns instead of {width}.")


def shown(text: str) -> str:
    """Shorten what was read to something that fits into one line of an error."""
    return "".join(each if each.isprintable() else "�" for each in text[:20])


def _read_code(text: str) -> str:
    code = text.strip()
    if not _CODE.fullmatch(code):
        raise _Unreadable(f"“{shown(code)}” is not a code that UNHCR uses.")
    return code


def _read_unit(text: str) -> str:
    try:
        return Unit(text.strip()).value
    except ValueError:
        raise _Unreadable(f"“{shown(text)}” is neither persons (P) nor cases (C).") from None


def _read_year(text: str, years: dict[str, int]) -> int:
    year = years.get(text.strip())
    if year is None:
        raise _Unreadable(f"the year “{shown(text)}” is outside {FIRST_YEAR}–{max(years.values())}.")
    return year


def _read_count(text: str) -> int | None:
    count = text.strip()
    if count == "-":
        return None
    plausible = count.isascii() and count.isdigit() and len(count) <= len(str(MOST))
    if not plausible or int(count) > MOST:
        raise _Unreadable(f"“{shown(count)}” is not a count of people.")
    return int(count)
