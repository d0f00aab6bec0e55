"""The files of a release, in a folder or a ZIP: plain or compressed, and as spreadsheets save them too."""

from __future__ import annotations

import codecs
import csv
import lzma
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.unhcr.parse import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    TextRows = Iterator[list[str]]

MOST_BYTES = 32 * 1024 * 1024
"""A table of the newest release has 9 MB; what unpacks to much more is none, and is not unpacked."""

_MOST_FILES = 1000
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
        """Read the file in one piece, but no more than `MOST_BYTES` of it.

        A thread that reads it in thousands of small ones lets go of the interpreter each time, too
        briefly for the event loop to take hold of it: that would stand still for half a second.
        """
        if self.member is not None:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                content = file.read(MOST_BYTES + 1)
        elif self.name.endswith(".xz"):
            with lzma.open(self.path) as unpacked:
                content = unpacked.read(MOST_BYTES + 1)
        else:
            with self.path.open("rb") as plain:
                content = plain.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise BadRelease(
                f"{self.name} holds more than {MOST_BYTES // 1024**2} MB, which no table of UNHCR's does;"
                " get the file anew."
            )
        return content

    @contextmanager
    def _failures_in_words(self) -> Iterator[None]:
        try:
            yield
        except (
            *(OSError, EOFError, UnicodeError, NotImplementedError, RuntimeError, MemoryError),
            *(lzma.LZMAError, zipfile.BadZipFile, zlib.error, csv.Error),
        ) as error:
            raise BadRelease(
                f"{self.name} cannot be read ({shown(str(error), 100)}); get the file anew."
            ) from error


def list_files(path: Path) -> Mapping[str, File]:
    """List the files of a folder or of a ZIP by name; raises `BadRelease` where there is neither."""
    if path.is_dir():
        return {each.name: File(each.name, each) for each in sorted(path.iterdir()) if each.is_file()}
    if path.is_file() and zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                members = [each.filename for each in archive.infolist() if not each.is_dir()]
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise BadRelease(f"{path.name} cannot be read ({error}); get the file anew.") from error
        found = [
            File(shown(PurePosixPath(member).name, 100), path, member)
            for member in members[:_MOST_FILES]
            if not member.startswith("__MACOSX/")
        ]
        return {each.name: each for each in found}
    raise BadRelease(
        f"There is no folder {path}, nor a ZIP; name the folder or the ZIP that holds the release's tables."
    )


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
