"""Fetch a whole dataset, page by page, onto the disk; what has come waits there until all of it has."""

from __future__ import annotations

import asyncio
import csv
import math
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Protocol, TypeVar, TypeVarTuple

from data.errors import AsylumBotError, BadRelease, Phrase, SourceUnavailable
from data.sources.unhcr.pages import (
    Envelope,
    Expected,
    TextRow,
    find_unknown_fields,
    header_of,
    join_pages,
    read_page,
)
from data.sources.unhcr.parse import ListedPlace, Region, write_places
from data.sources.unhcr.requests import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from data.model import Dataset, Row, Unread
    from data.notes import Notes
    from data.sources.unhcr.folder import ReleaseFolder


T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Aside(Protocol):
    """Runs a function in another thread, one at a time, so that the event loop is never held up."""

    def __call__(self, work: Callable[[*Ts], T], /, *arguments: *Ts) -> Awaitable[T]:
        """Return what `work` returns."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a dataset is there: so many of its pages, with so many rows."""

    dataset: Dataset
    page: int
    pages: int
    rows: int


@dataclass(frozen=True, slots=True)
class Download:
    """A whole release on disk: a `Source`, and UNHCR's regions and notes besides.

    `unknown` are fields of its rows that this program does not know, as “dataset: field”.
    """

    folder: ReleaseFolder
    regions: tuple[Region, ...]
    notes: Notes
    unknown: tuple[str, ...] = ()

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row | Unread]:
        """Yield the parsed rows of one dataset, and what of it cannot be read."""
        return self.folder.rows(dataset, last_year)

    def places(self) -> Iterator[ListedPlace]:
        """Yield (UNHCR code, ISO code or None, name)."""
        return self.folder.places()


@dataclass(frozen=True, slots=True)
class Portion:
    """What is to be fetched: all `rows` of a dataset up to a year, `size` on a page; and what was found.

    `unknown` are fields that this program does not know.
    """

    dataset: Dataset
    rows: int
    size: int
    last_year: int
    unknown: set[str] = field(default_factory=set)

    @property
    def pages(self) -> int:
        """How many pages that makes."""
        return math.ceil(self.rows / self.size)

    def expect(self, page: int) -> Expected:
        """Say what a page must be; all but the last one are full."""
        return Expected(page, self.pages, min(self.size, self.rows - (page - 1) * self.size))


async def fetch(
    portion: Portion,
    spool: Spool,
    *,
    ask: Callable[[int], Awaitable[Envelope]],
    aside: Aside,
    progress: Callable[[Progress], None],
) -> None:
    """Bring every page that is not there yet into the spool, and join them to a table.

    Raises what `ask` raises, and `BadRelease` for pages that make no sense.
    """
    dataset = portion.dataset
    to_do = iter(range(1, portion.pages + 1))
    came: list[int] = []

    def keep(envelope: Envelope, expected: Expected) -> None:
        rows = read_page(dataset, envelope, expected)
        portion.unknown.update(find_unknown_fields(dataset, envelope))
        spool.keep(dataset, expected.page, rows)

    async def work() -> None:
        for page in to_do:
            expected = portion.expect(page)
            if not await aside(spool.holds, dataset, page, expected.rows):
                # Shielded: a page that came is kept, even when the run ends meanwhile; nobody waits
                # for it then, so what goes wrong with it is heard here.
                keeping = asyncio.ensure_future(aside(keep, await ask(page), expected))
                keeping.add_done_callback(_hear)
                await asyncio.shield(keeping)
            came.append(expected.rows)
            progress(Progress(dataset, len(came), portion.pages, sum(came)))

    failure: BaseException | None = None
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
    except BaseExceptionGroup as failures:
        failure = _worst(failures)
    if failure is not None:
        raise failure
    await aside(spool.bind, dataset, portion.pages, portion.last_year)


def _hear(done: asyncio.Future[None]) -> None:
    if not done.cancelled():
        done.exception()


def _worst(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    """Choose the one to tell: a bug before what was expected to go wrong."""
    bugs = [each for each in failures.exceptions if not isinstance(each, AsylumBotError)]
    return [*bugs, *failures.exceptions][0]


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

    def keep_places(self, places: Iterable[ListedPlace], regions: Iterable[Region]) -> None:
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
            raise BadRelease(
                "page-damaged", where=Phrase("page", address=f"/{dataset}/", page=page), why=str(error)
            ) from error

    def _page(self, dataset: Dataset, page: int) -> Path:
        return self.folder / dataset.value / f"{page:04}.csv"

    @contextmanager
    def _failures_in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = error.strerror or str(error)
            raise SourceUnavailable("download-not-kept", folder=self.folder, why=why) from error


def _open(path: Path) -> TextIO:
    """Open a text file to write in large pieces.

    Each small one would let go of the interpreter for a moment too short for another thread to
    take hold of it, and yet would start that thread's waiting anew: the event loop would starve.
    Half of a surrogate pair, which JSON may hold, is no text: a question mark stands in its place.
    """
    return path.open("w", buffering=1 << 20, encoding="utf-8", errors="replace", newline="")
