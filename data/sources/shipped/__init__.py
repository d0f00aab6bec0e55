"""The releases that come with the program, as a ledger in files; README.md says what they hold."""

from __future__ import annotations

import csv
import io
import lzma
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from data.model import Dataset, ReferencePeriod, Release, RowFault, Unread
from data.store.observations import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from data.model import Row

SINCE = "since"
PLACES = ("code", SINCE, "iso3", "name")
RECODINGS = (SINCE, "column", "old", "new")
UNREAD = (SINCE, "dataset", "line", "fault", "cell", "text")
RELEASES = ("day", "newest_year", "period", "label", "lacks")
ROLLUPS = "rollups.sqlite3.xz"

FileLine = list[str]
"""A line of a file: an address, the day since when it holds, and values; an empty one is not published."""


class Shipped:
    """The releases in a folder, by default that of the program, oldest first."""

    def __init__(self, folder: Traversable | None = None) -> None:
        self._folder = folder or files("data.sources.shipped")

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """Return the shipped releases, oldest first."""
        return tuple(
            make_release(date.fromisoformat(day), label, int(year), ReferencePeriod(period))
            for day, year, period, label, _ in self._lines
        )

    def lacking(self, release: Release) -> tuple[Dataset, ...]:
        """Return which datasets a release came without."""
        (lacks,) = (line[-1] for line in self._lines if line[0] == release.day.isoformat())
        return tuple(map(Dataset, lacks.split()))

    @cached_property
    def _lines(self) -> tuple[FileLine, ...]:
        return tuple(self._read("releases.csv", RELEASES))

    def ledger(self, dataset: Dataset) -> Iterator[FileLine]:
        """Yield the ledger's lines of a dataset in the order of its key: key, release, values."""
        table = TABLES[dataset]
        at = len(table.key)
        numbers = {day: str(number) for day, number in self._numbers.items()}
        for line in self._read(f"{dataset}.csv.xz", (*table.key, SINCE, *table.values)):
            line[at] = numbers[line[at]]
            yield line

    def rollups(self) -> bytes | None:
        """Return the file with the rollups of all releases, or None where they are still to be made."""
        packed = self._folder / ROLLUPS
        return lzma.decompress(packed.read_bytes()) if packed.is_file() else None

    def places(self) -> Iterator[tuple[str, int, str | None, str | None]]:
        """Yield code, release, ISO code and name of each country; without a name it is listed no more."""
        for code, since, iso3, name in self._read("countries.csv", PLACES):
            yield code, self._numbers[since], iso3 or None, name or None

    def recodings(self) -> Iterator[tuple[int, str, str, str]]:
        """Yield release, column, old and new code."""
        for since, column, old, new in self._read("recodings.csv", RECODINGS):
            yield self._numbers[since], column, old, new

    def unread(self) -> Iterator[tuple[int, str, int, str, str, str]]:
        """Yield what of a release could not be read: release, dataset, line, fault, cell, text."""
        for since, dataset, line, fault, cell, text in self._read("unread.csv", UNREAD):
            yield self._numbers[since], dataset, int(line), fault, cell, text

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {release.day.isoformat(): release.id for release in self.releases}

    def source(self, release: Release) -> ShippedRelease:
        """Return one of the releases as a whole, like any other source of one."""
        return ShippedRelease(self, release)

    def _read(self, name: str, header: Sequence[str]) -> Iterator[FileLine]:
        packed = (self._folder / name).read_bytes()
        lines = io.BytesIO(lzma.decompress(packed) if name.endswith(".xz") else packed)
        reader = csv.reader(io.TextIOWrapper(lines, "utf-8", newline=""))
        if tuple(next(reader)) != tuple(header):
            raise ValueError(name)
        return reader


@dataclass(frozen=True, slots=True)
class ShippedRelease:
    """All rows of one shipped release."""

    shipped: Shipped
    release: Release

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row | Unread]:
        """Yield the rows of one dataset as they would be parsed; `last_year` was checked once."""
        del last_year
        if dataset in self.shipped.lacking(self.release):
            return
        width = len(TABLES[dataset].key)
        year = TABLES[dataset].key.index("year")
        for key, lines in groupby(self.shipped.ledger(dataset), key=lambda line: line[:width]):
            said = [line for line in lines if int(line[width]) <= self.release.id]
            if said and any(said[-1][width + 1 :]):
                values = [int(value) if value else None for value in said[-1][width + 1 :]]
                yield (*key[:year], int(key[year]), *key[year + 1 :], *values)
        for release, its_dataset, line, fault, cell, text in self.shipped.unread():
            if release == self.release.id and its_dataset == dataset:
                yield Unread(line, RowFault(fault), cell, text)

    def places(self) -> Iterator[tuple[str, str | None, str]]:
        """Yield (UNHCR code, ISO code or None, name)."""
        last: dict[str, tuple[str | None, str | None]] = {}
        for code, since, iso3, name in self.shipped.places():
            if since <= self.release.id:
                last[code] = (iso3, name)
        yield from ((code, iso3, name) for code, (iso3, name) in last.items() if name is not None)


def make_release(day: date, label: str, newest_year: int, period: ReferencePeriod) -> Release:
    """Return the release of a day."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Release(int(at.timestamp()), at, label, newest_year, period)


def write_files(
    releases: Iterable[Release],
    lacking: Mapping[int, Iterable[Dataset]],
    ledgers: Mapping[Dataset, Iterable[Iterable[object]]],
    places: Iterable[Iterable[object]],
    recodings: Iterable[Iterable[object]],
    unread: Iterable[Iterable[object]] = (),
) -> dict[str, bytes]:
    """Return the bytes of each file by its name, from lines as `Shipped` yields them, in any order."""
    known = list(releases)
    days = {release.id: release.day.isoformat() for release in known}
    named = [
        (
            release.day.isoformat(),
            release.newest_year,
            release.period.value,
            release.label,
            " ".join(sorted(lacking.get(release.id, ()))),
        )
        for release in known
    ]
    found = {
        "releases.csv": _write(RELEASES, named),
        "countries.csv": _write(PLACES, _put_days(places, 1, days)),
        "recodings.csv": _write(RECODINGS, _put_days(recodings, 0, days)),
        "unread.csv": _write(UNREAD, _put_days(unread, 0, days)),
    }
    for dataset, lines in ledgers.items():
        table = TABLES[dataset]
        text = _write((*table.key, SINCE, *table.values), _put_days(lines, len(table.key), days))
        found[f"{dataset}.csv.xz"] = lzma.compress(text, preset=9 | lzma.PRESET_EXTREME)
    return found


def _put_days(lines: Iterable[Iterable[object]], at: int, days: Mapping[int, str]) -> list[list[object]]:
    """Put days in the place of releases' numbers, and sort."""
    named = []
    for line in lines:
        cells = list(line)
        cells[at] = days[int(str(cells[at]))]
        named.append(cells)
    return sorted(named, key=lambda cells: [str(cell) for cell in cells])


def _write(header: Sequence[str], lines: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue().encode()
