"""A folder with one whole release, as four files, and UNHCR's notes on it as a fifth where they are at hand.

`population`, `asylum-applications`, `asylum-decisions` and `countries`, and perhaps `footnotes`, each a
`.csv` or a `.csv.xz` in UTF-8 with UNHCR's own column names.
"""

from __future__ import annotations

import csv
import lzma
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from data.errors import BadRelease
from data.notes import Notes
from data.unhcr.footnotes import read_notes
from data.unhcr.parse import Row, parse_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.model import Dataset

_NOTES = "footnotes"
_PLACE_COLUMNS = ("unhcr_code", "iso_code", "name")


class ReleaseFolder:
    """Reads the tables of one release from `path`; every error is a `BadRelease` that names the file."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise BadRelease(f"There is no folder {path}; name the folder that holds the release's tables.")
        self.path = path

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row]:
        """Yield the parsed rows of one dataset, in file order."""
        with self._open(dataset.value) as (name, file):
            reader = csv.reader(file)
            header = [column.strip() for column in next(reader, [])]
            yield from parse_rows(dataset, header, reader, last_year=last_year, name=name)

    def places(self) -> Iterator[tuple[str, str | None, str]]:
        """Yield (UNHCR code, ISO code or None, name) of every country that UNHCR lists."""
        with self._open("countries") as (name, file):
            reader = csv.DictReader(file)
            if not {*_PLACE_COLUMNS} <= {*(reader.fieldnames or ())}:
                raise BadRelease(f"{name} lacks a column of {', '.join(sorted(_PLACE_COLUMNS))}.")
            for row in reader:
                code, iso3, place = (row[column] for column in _PLACE_COLUMNS)
                if not code or iso3 is None or not place:
                    raise BadRelease(f"{name}, line {reader.line_num}: a country without a code or a name.")
                yield code.strip(), iso3.strip() or None, place.strip()

    def notes(self) -> Notes:
        """Return UNHCR's notes, none where the folder has no such file.

        Raises `BadRelease` only where the countries cannot be read: notes must not cost a release.
        """
        if not any((self.path / f"{_NOTES}{suffix}").is_file() for suffix in (".csv", ".csv.xz")):
            return Notes()
        codes = {iso3: code for code, iso3, _ in self.places() if iso3}
        try:
            with self._open(_NOTES) as (name, file):
                notes = read_notes(csv.DictReader(file, skipinitialspace=True), codes)
        except BadRelease as error:
            return Notes((), str(error))
        return replace(notes, fault=f"{name}: {notes.fault}") if notes.fault else notes

    @contextmanager
    def _open(self, stem: str) -> Iterator[tuple[str, TextIO]]:
        for name, read in ((f"{stem}.csv", _read), (f"{stem}.csv.xz", _decompress)):
            path = self.path / name
            if path.is_file():
                try:
                    with TextIOWrapper(BytesIO(read(path)), encoding="utf-8-sig", newline="") as file:
                        yield name, file
                except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError, csv.Error) as error:
                    raise BadRelease(f"{name} cannot be read ({error}); get the file anew.") from error
                return
        raise BadRelease(f"{self.path} has no {stem}.csv and no {stem}.csv.xz.")


def _read(path: Path) -> bytes:
    """Read a file in one piece.

    A thread that reads it in thousands of small ones lets go of the interpreter each time, too
    briefly for the event loop to take hold of it: that would stand still for half a second.
    """
    return path.read_bytes()


def _decompress(path: Path) -> bytes:
    with lzma.open(path) as file:
        return file.read()
