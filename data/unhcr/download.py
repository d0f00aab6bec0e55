"""Fetch a whole dataset, page by page, onto the disk."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar, TypeVarTuple

from data.errors import AsylumBotError
from data.unhcr.pace import AT_ONCE
from data.unhcr.pages import Envelope, Expected, find_unknown_fields, read_page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from data.model import Dataset
    from data.notes import Notes
    from data.unhcr.folder import ReleaseFolder
    from data.unhcr.parse import Row, Unread
    from data.unhcr.reference import Place, Region
    from data.unhcr.spool import Spool

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

    def places(self) -> Iterator[Place]:
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
