"""Where the pages of a download wait on disk until all of them are there.

Each page is a file that is whole or not there at all. In the end the folder is a release's folder,
with the tables as UNHCR publishes them.
"""

from __future__ import annotations

import csv
import shutil
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING

from data.errors import BadRelease, SourceUnavailable
from data.unhcr.pages import TextRow, header_of, join_pages
from data.unhcr.reference import Place, Region, write_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from data.model import Dataset

_STAMP = "stamp.json"


class Spool:
    """Keeps pages in `folder`, which is wholly its own; what the disk refuses is `SourceUnavailable`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, stamp: str) -> None:
        """Keep the pages of an earlier download with the very same stamp, and throw away any others."""
        with self._failures_in_words():
            stamped = self.folder / _STAMP
            if stamped.is_file() and stamped.read_text("utf-8", "replace") == stamp:
                return
            self.throw_away()
            self.folder.mkdir(parents=True)
            stamped.write_text(stamp, "utf-8")

    def holds(self, dataset: Dataset, page: int, rows: int) -> bool:
        """Say whether a page is there, with so many rows."""
        width = len(header_of(dataset))
        try:
            widths = [len(row) for row in self._read(dataset, page)]
        except (OSError, BadRelease):
            return False
        return widths == [width] * rows

    def keep(self, dataset: Dataset, page: int, rows: Sequence[TextRow]) -> None:
        """Write a page down."""
        path = self._page(dataset, page)
        with self._failures_in_words():
            path.parent.mkdir(exist_ok=True)
            unfinished = path.with_suffix(".part")
            with _open(unfinished) as file:
                csv.writer(file).writerows(rows)
            unfinished.replace(path)

    def bind(self, dataset: Dataset, pages: int, last_year: int) -> None:
        """Make the table of a dataset from all its pages; raises `BadRelease` when they do not fit."""
        path = self.folder / f"{dataset}.csv"
        with self._failures_in_words(), _open(path) as file:
            writer = csv.writer(file)
            writer.writerow(header_of(dataset))
            read = (self._read(dataset, page + 1) for page in range(pages))
            writer.writerows(join_pages(dataset, read, last_year=last_year))

    def keep_places(self, places: Iterable[Place], regions: Iterable[Region]) -> None:
        """Write the table of countries."""
        with self._failures_in_words(), _open(self.folder / "countries.csv") as file:
            write_places(file, places, regions)

    def throw_away(self) -> None:
        """Remove the folder and all that is in it."""
        with self._failures_in_words():
            if self.folder.exists():
                shutil.rmtree(self.folder)

    def _read(self, dataset: Dataset, page: int) -> Iterator[TextRow]:
        try:
            # In one piece, for the reason that `_open` gives.
            text = self._page(dataset, page).read_bytes().decode("utf-8")
            yield from csv.reader(StringIO(text, newline=""))
        except (UnicodeDecodeError, csv.Error) as error:
            raise BadRelease(f"/{dataset}/, page {page} was damaged on disk ({error}); try again.") from error

    def _page(self, dataset: Dataset, page: int) -> Path:
        return self.folder / dataset.value / f"{page:04}.csv"

    @contextmanager
    def _failures_in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SourceUnavailable(
                f"The download cannot be kept in {self.folder} ({error.strerror or error});"
                " make room there, or make it writable."
            ) from error


def _open(path: Path) -> TextIO:
    """Open a text file to write in large pieces.

    Each small one would let go of the interpreter for a moment too short for another thread to
    take hold of it, and yet would start that thread's waiting anew: the event loop would starve.
    Half of a surrogate pair, which JSON may hold, is no text: a question mark stands in its place.
    """
    return path.open("w", buffering=1 << 20, encoding="utf-8", errors="replace", newline="")
