"""A whole release in a folder or a ZIP: plain or compressed, and as spreadsheets save it too."""

from __future__ import annotations

import codecs
import csv
import lzma
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO, TextIOWrapper
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from data.countries.table import read_listed
from data.errors import BadRelease
from data.model import Dataset, Row, Unread
from data.notes import Notes
from data.sources.unhcr import website
from data.sources.unhcr.footnotes import read_notes
from data.sources.unhcr.parse import clean_name, find_unknown_columns, parse_rows, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from data.sources.unhcr.parse import ListedPlace

    TextRows = Iterator[list[str]]


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
        if file is None:
            return
        columns, rows = self._read(dataset, file)
        yield from parse_rows(
            dataset, columns, rows, last_year=last_year, name=file.name, countries=self._codes
        )

    def places(self) -> Iterator[ListedPlace]:
        """Yield (UNHCR code, ISO code or None, name) of every country that the release lists.

        A website download lists none: its countries are those that the program knows.
        """
        file = self._find_one(_COUNTRIES)
        if file is None:
            if any(website.is_download(headings) for _, headings in self._headings):
                return
            raise BadRelease("table-missing", folder=self.path, table=_COUNTRIES)
        columns, rows = file.rows()
        if not {*_PLACE_COLUMNS} <= {*columns}:
            columns_needed = ", ".join(sorted(_PLACE_COLUMNS))
            raise BadRelease("place-columns-missing", file=file.name, columns=columns_needed)
        places = [columns.index(column) for column in _PLACE_COLUMNS]
        for line, row in enumerate(rows, start=2):
            if not row:
                continue
            code, iso3, name = (row[at].strip() if at < len(row) else None for at in places)
            if not code or iso3 is None or not name or not (name := clean_name(name)):
                raise BadRelease("place-without-name", file=file.name, line=line)
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
            return Notes((), error)
        return notes.found_at(file.name)

    def find_unknown(self) -> tuple[str, ...]:
        """Return the columns that this program does not know, as “file: column”."""
        unknown = []
        for dataset in Dataset:
            if (file := self._find(dataset)) is None:
                continue
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
            raise BadRelease("side-columns-missing", file=file.name)
        return self._resolver.with_codes(renamed, rows)

    def _find(self, dataset: Dataset) -> File | None:
        """Find the file of a dataset by its name, or else by its headings; None: the release lacks it."""
        named = self._find_one(dataset.value)
        if named:
            return named
        fitting = [file for file, headings in self._headings if website.find_dataset(headings) is dataset]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise _two(fitting[0].name, fitting[1].name)
        if dataset.may_lack:
            return None
        if any(website.is_download(headings) for _, headings in self._headings):
            first, second, *_, last = website.headings_of(dataset)
            raise BadRelease(
                "download-missing",
                folder=self.path,
                dataset=dataset,
                first=first,
                second=second,
                last=last,
                address=website.DOWNLOADS,
            )
        raise BadRelease("table-missing", folder=self.path, table=dataset)

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
    return BadRelease("table-twice", first=shown(first, 60), second=shown(second, 60))


MAX_BYTES = 32 * 1024 * 1024
"""A table of the newest release has 9 MB; what unpacks to much more is none, and is not unpacked."""

_MAX_FILES = 1000
_SEPARATORS = ",;\t"
_FIRST_LINE = 4096


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name, and where it is."""

    name: str
    path: Path
    member: str | None = None
    """Its name inside the ZIP at `path`, if it is in one."""

    def rows(self) -> tuple[list[str], TextRows]:
        """Return the headings and the other rows of a table; raises `BadRelease` when it is none."""
        with self._failures_in_words():
            content = self._read()
            encoding = _find_encoding(content)
            separator = _find_separator(content[:_FIRST_LINE].decode(encoding, "replace"))
            reader = csv.reader(
                TextIOWrapper(BytesIO(content), encoding=encoding, newline=""), delimiter=separator
            )
            headings = next(reader, [])
            if headings and headings[0].startswith("sep="):  # a line that only Excel writes
                headings = next(reader, [])
        return [each.strip() for each in headings], self._go_on(reader)

    def _go_on(self, reader: TextRows) -> TextRows:
        with self._failures_in_words():
            yield from reader

    def _read(self) -> bytes:
        """Read the file in one piece, but no more than `MAX_BYTES` of it.

        A thread that reads it in thousands of small ones lets go of the interpreter each time, too
        briefly for the event loop to take hold of it: that would stand still for half a second.
        """
        if self.member is not None:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                content = file.read(MAX_BYTES + 1)
        elif self.name.endswith(".xz"):
            with lzma.open(self.path) as unpacked:
                content = unpacked.read(MAX_BYTES + 1)
        else:
            with self.path.open("rb") as plain:
                content = plain.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise BadRelease("file-too-large", file=self.name, megabytes=MAX_BYTES // 1024**2)
        return content

    @contextmanager
    def _failures_in_words(self) -> Iterator[None]:
        try:
            yield
        except (
            *(OSError, EOFError, UnicodeError, NotImplementedError, RuntimeError, MemoryError),
            *(lzma.LZMAError, zipfile.BadZipFile, zlib.error, csv.Error),
        ) as error:
            raise BadRelease("file-unreadable", file=self.name, why=shown(str(error), 100)) from error


def list_files(path: Path) -> Mapping[str, File]:
    """List the files of a folder or of a ZIP by name; raises `BadRelease` where there is neither."""
    if path.is_dir():
        return {each.name: File(each.name, each) for each in sorted(path.iterdir()) if each.is_file()}
    if path.is_file() and zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                members = [each.filename for each in archive.infolist() if not each.is_dir()]
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise BadRelease("file-unreadable", file=path.name, why=str(error)) from error
        found = [
            File(shown(PurePosixPath(member).name, 100), path, member)
            for member in members[:_MAX_FILES]
            if not member.startswith("__MACOSX/")
        ]
        return {each.name: each for each in found}
    raise BadRelease("release-folder-missing", folder=path)


def _find_encoding(content: bytes) -> str:
    """Say how UNHCR or a spreadsheet wrote a text: UTF-8, UTF-16 with its mark, or Windows' own code."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _find_separator(text: str) -> str:
    """Return what separates the cells: what the first line has most of."""
    first = text.split("\n", 1)[0].rstrip("\r")
    if first.startswith("sep=") and len(first) == len("sep=;"):
        return first[-1]
    return max(_SEPARATORS, key=first.count)
