"""A folder or a ZIP with one whole release: as UNHCR's API tells it, or as its download page gives it.

`population`, `asylum-applications` and `asylum-decisions`, each a `.csv` or a `.csv.xz`, with the
API's column names and `countries` beside them; or three tables with the download page's headings,
under whatever names. UNHCR's notes may be beside them, as `footnotes`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from data.countries.table import read_listed
from data.errors import BadRelease
from data.model import Dataset
from data.notes import Notes
from data.unhcr import website
from data.unhcr.files import File, list_files
from data.unhcr.footnotes import read_notes
from data.unhcr.parse import Row, Unread, find_unknown_columns, parse_rows, shown
from data.unhcr.reference import clean_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.unhcr.files import TextRows
    from data.unhcr.reference import Place

_PLACE_COLUMNS = ("unhcr_code", "iso_code", "name")
_COUNTRIES, _NOTES = "countries", "footnotes"


class ReleaseFolder:
    """Reads the tables of one release from `path`; every error is a `BadRelease` that names the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._files = list_files(path)

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row | Unread]:
        """Yield the parsed rows of one dataset, in file order, and an `Unread` for what cannot be read."""
        file = self._find(dataset)
        columns, rows = self._read(dataset, file)
        yield from parse_rows(
            dataset, columns, rows, last_year=last_year, name=file.name, countries=self._codes
        )

    def places(self) -> Iterator[Place]:
        """Yield (UNHCR code, ISO code or None, name) of every country that the release lists.

        A website download lists none: its countries are those that the program knows.
        """
        file = self._find_one(_COUNTRIES)
        if file is None:
            if any(website.is_download(headings) for _, headings in self._headings):
                return
            raise BadRelease(f"{self.path} has no {_COUNTRIES}.csv and no {_COUNTRIES}.csv.xz.")
        columns, rows = file.rows()
        if not {*_PLACE_COLUMNS} <= {*columns}:
            raise BadRelease(f"{file.name} lacks a column of {', '.join(sorted(_PLACE_COLUMNS))}.")
        places = [columns.index(column) for column in _PLACE_COLUMNS]
        for line, row in enumerate(rows, start=2):
            if not row:
                continue
            code, iso3, name = (row[at].strip() if at < len(row) else None for at in places)
            if not code or iso3 is None or not name or not (name := clean_name(name)):
                raise BadRelease(f"{file.name}, line {line}: a country without a code or a name.")
            yield code, iso3 or None, name

    def notes(self) -> Notes:
        """Return UNHCR's notes, none where there is no such file.

        Raises `BadRelease` only where the countries cannot be read: notes must not cost a release.
        """
        codes = {iso3: code for code, iso3, _ in self.places() if iso3}
        try:
            if (file := self._find_one(_NOTES)) is None:
                return Notes()
            columns, rows = file.rows()
            notes = read_notes((dict(zip(columns, row, strict=False)) for row in rows if row), codes)
        except BadRelease as error:
            return Notes((), str(error))
        return replace(notes, fault=f"{file.name}: {notes.fault}") if notes.fault else notes

    def find_unknown(self) -> tuple[str, ...]:
        """Return the columns that this program does not know, as “file: column”."""
        unknown = []
        for dataset in Dataset:
            file = self._find(dataset)
            columns, _ = self._read(dataset, file)
            unknown += [f"{file.name}: {column}" for column in find_unknown_columns(dataset, columns)]
        return tuple(unknown)

    def _read(self, dataset: Dataset, file: File) -> tuple[list[str], TextRows]:
        """Return the columns under UNHCR's own names, and the rows of text."""
        columns, rows = file.rows()
        if not website.is_download(columns):
            return columns, rows
        renamed = website.rename(dataset, columns)
        if not {"coo_name", "coa_name"} <= {*renamed}:
            raise BadRelease(f"{file.name} has no column “Country of origin” or “Country of asylum”.")
        return self._resolver.with_codes(renamed, rows)

    def _find(self, dataset: Dataset) -> File:
        """Find the file of a dataset by its name, or else by its headings."""
        named = self._find_one(dataset.value)
        if named:
            return named
        fitting = [file for file, headings in self._headings if website.find_dataset(headings) is dataset]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise _two(fitting[0].name, fitting[1].name)
        if any(website.is_download(headings) for _, headings in self._headings):
            first, second, *_, last = website.headings_of(dataset)
            raise BadRelease(
                f"{self.path} has no “{dataset}” table, with the headings “{first}”, “{second}” … “{last}”;"
                f" download it from {website.DOWNLOADS}, with all years and countries."
            )
        raise BadRelease(f"{self.path} has no {dataset}.csv and no {dataset}.csv.xz.")

    def _find_one(self, stem: str) -> File | None:
        found = [self._files[name] for name in (f"{stem}.csv", f"{stem}.csv.xz") if name in self._files]
        if len(found) > 1:
            raise _two(found[0].name, found[1].name)
        return found[0] if found else None

    @cached_property
    def _headings(self) -> list[tuple[File, list[str]]]:
        """The tables that may be a dataset, with their headings."""
        others = (f"{_COUNTRIES}.", f"{_NOTES}.")
        return [
            (file, file.rows()[0])
            for name, file in self._files.items()
            if name.endswith((".csv", ".csv.xz")) and not name.startswith(others)
        ]

    @cached_property
    def _resolver(self) -> website.Resolver:
        return website.Resolver(read_listed())

    @cached_property
    def _codes(self) -> frozenset[str]:
        """UNHCR's codes: those that the release lists, and those of before that the program knows."""
        return frozenset({code for code, *_ in self.places()} | {country.code for country in read_listed()})


def _two(first: str, second: str) -> BadRelease:
    return BadRelease(f"{shown(first, 60)} and {shown(second, 60)} are the same table; remove the older one.")
