"""UNHCR's Refugee Population Statistics API: is there anything new, and the whole of it.

First the network, page by page onto the disk; then a `Source` that a short transaction can read.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, TypeVarTuple
from uuid import uuid4

import aiohttp

from data.errors import BadRelease, DatabaseUnusable, Phrase, SourceUnavailable, Unsettled
from data.model import Dataset
from data.notes import Notes
from data.sources.unhcr.download import Download, Portion, Progress, Spool, fetch
from data.sources.unhcr.folder import ReleaseFolder
from data.sources.unhcr.footnotes import read_notes
from data.sources.unhcr.pages import Envelope, digest_lines
from data.sources.unhcr.parse import FIRST_YEAR, SIDES, ListedPlace, Region, read_places, read_region_names
from data.sources.unhcr.requests import Asker, Patience, RequestPacer, Setback

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

PAGE_SIZE = 10_000
NOTES_LIMIT = 2000
"""UNHCR had 658 notes in 2026, and serves them all in one answer."""
PROBED_YEARS = 4
"""The year that runs, which may have no figures yet, and the three before it."""

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class UnhcrClient:
    """Reads the API at `base`, which sees the program's `version` and a `contact` address.

    `clock` and `sleep` are the pacing's and the pauses'; `progress` hears of every page that came and
    `setback` of every request that had to be repeated. All methods raise `SourceUnavailable` when
    UNHCR does not answer in spite of all patience, and `BadRelease` when an answer makes no sense.
    """

    def __init__(
        self,
        base: str,
        *,
        contact: str,
        version: str,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        patience: Patience | None = None,
        page_size: int = PAGE_SIZE,
        setback: Callable[[Setback], None] | None = None,
    ) -> None:
        self._base = base
        self._headers = {
            "User-Agent": f"asylum-statistics-bot/{version} (+{contact})",
            "Accept": "application/json",
        }
        self._patience = patience or Patience()
        self._size = page_size
        self._clock, self._sleep = clock, sleep
        self._setback = setback or (lambda _: None)

    async def __aenter__(self) -> Self:
        # One thread: two that read pages would hold up the event loop twice as long.
        self._thread = ThreadPoolExecutor(1, "unhcr")
        self._session = aiohttp.ClientSession(headers=self._headers, timeout=self._patience.timeout)
        pacer = RequestPacer(self._clock, self._sleep)
        self._asker = Asker(
            self._session,
            self._base,
            pacer,
            self._patience,
            sleep=self._sleep,
            setback=self._setback,
            aside=self._aside,
        )
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._session.close()
        self._thread.shutdown(wait=False)

    async def probe(self, last_year: int) -> str:
        """Return a digest of the totals by origin and by country of asylum up to `last_year`.

        Two small requests a dataset; the digest is another one as soon as a recent figure is.
        """
        digest = hashlib.sha256()
        for dataset in Dataset:
            for side in SIDES:
                digest.update(f"{dataset} {side}\n".encode())
                digest.update(await self._probe_side(dataset, side, last_year))
        return digest.hexdigest()

    @asynccontextmanager
    async def download(
        self,
        last_year: int,
        progress: Callable[[Progress], None] | None = None,
        *,
        probed: str | None = None,
        keep_in: Path | None = None,
    ) -> AsyncIterator[Download]:
        """Fetch the whole release and lend it as a `Source`; its files are removed afterwards.

        `probed` is the digest of a probe just made, if there was one. Under `keep_in`, pages that
        came are kept when the run is interrupted, and the next one begins where it ended if UNHCR's
        figures are still the same; none are kept where the disk or the database refused what came.
        """
        before = probed or await self.probe(last_year)
        counts = {dataset: await self._count(dataset, last_year) for dataset in Dataset}
        places, regions = await self._read_places(), await self._read_regions()
        own = Path(tempfile.gettempdir()) / f"unhcr-{uuid4().hex}"
        spool = Spool(keep_in / "unhcr-download" if keep_in else own)
        done = keep_in is None
        try:
            stamp = json.dumps([self._base, self._size, last_year, before, [*counts.values()]])
            await self._aside(spool.begin, stamp)
            await self._aside(spool.keep_places, places, regions)
            portions = [Portion(dataset, rows, self._size, last_year) for dataset, rows in counts.items()]
            for each in portions:
                await fetch(
                    each,
                    spool,
                    ask=partial(self._ask_rows, each.dataset, last_year=last_year),
                    aside=self._aside,
                    progress=progress or (lambda _: None),
                )
            await self._insist_on(before, last_year)
            unknown = tuple(f"{p.dataset}: {field}" for p in portions for field in sorted(p.unknown))
            notes = await self._read_notes(places)
            yield Download(ReleaseFolder(spool.folder), regions, notes, unknown)
            done = True
        except (BadRelease, DatabaseUnusable):
            done = True
            raise
        except SourceUnavailable as error:
            # What a network interrupts goes on where it ended; what a full disk does must not fill it.
            done = done or error.code == "download-not-kept"
            raise
        finally:
            if done:
                await asyncio.shield(self._aside(spool.throw_away))

    async def _insist_on(self, probed: str, last_year: int) -> None:
        if await self.probe(last_year) != probed:
            raise Unsettled("figures-changed-meanwhile")

    async def _probe_side(self, dataset: Dataset, side: str, last_year: int) -> bytes:
        """Return the sorted totals of a dataset, broken down by one side only."""
        lines: list[str] = []
        page, last = 0, 1
        while page < last:
            page += 1
            envelope = await self._asker.ask(
                dataset.value,
                page,
                **{f"{side}_all": "true"},
                cf_type="ISO",
                yearFrom=last_year - PROBED_YEARS + 1,
                yearTo=last_year,
                limit=self._size,
            )
            where = Phrase("page-by-side", address=f"/{dataset}/", side=side, page=page)
            pages = envelope.pages
            fits = (
                envelope.page == page and (page == 1 or pages == last) and bool(envelope.items) == bool(pages)
            )
            if pages is None or not fits:
                raise BadRelease("page-not-asked-for", where=where)
            last = pages
            lines += await self._aside(_list_lines, dataset, side, envelope, where)
        return "\n".join(sorted(lines)).encode("utf-8", "surrogatepass")

    async def _count(self, dataset: Dataset, last_year: int) -> int:
        """Return how many rows a dataset has: as many as it has pages of one row."""
        envelope = await self._ask_rows(dataset, 1, last_year=last_year, limit=1)
        if envelope.page != 1 or envelope.pages is None:
            raise BadRelease("rows-not-counted", where=f"/{dataset}/")
        return envelope.pages

    async def _ask_rows(
        self, dataset: Dataset, page: int, *, last_year: int, limit: int | None = None
    ) -> Envelope:
        return await self._asker.ask(
            dataset.value,
            page,
            coo_all="true",
            coa_all="true",
            cf_type="ISO",
            yearFrom=FIRST_YEAR,
            yearTo=last_year,
            limit=limit or self._size,
        )

    async def _read_places(self) -> tuple[ListedPlace, ...]:
        return read_places(await self._ask_list("countries"), "/countries/")

    async def _read_regions(self) -> tuple[Region, ...]:
        regions = []
        for number, name in read_region_names(await self._ask_list("regions"), "/regions/").items():
            where = Phrase("places-of-region", region=number)
            members = await self._ask_list("countries", unhcr_region=number)
            codes = frozenset(code for code, *_ in read_places(members, where)) if members else frozenset()
            regions.append(Region(name, codes))
        return tuple(regions)

    async def _read_notes(self, places: Iterable[ListedPlace]) -> Notes:
        """Return UNHCR's notes, or why they are missing: a release is complete without them."""
        codes = {iso3: code for code, iso3, _ in places if iso3}
        try:
            items = await self._ask_list("footnotes", limit=NOTES_LIMIT)
        except (BadRelease, SourceUnavailable) as error:
            return Notes((), error)
        if not items:
            return Notes((), Phrase("no-notes-listed"))
        notes = await self._aside(read_notes, items, codes)
        return notes.found_at("/footnotes/")

    async def _ask_list(self, endpoint: str, *, limit: int = PAGE_SIZE, **parameters: str) -> list[object]:
        """Return the items of a list that fits on one page."""
        envelope = await self._asker.ask(endpoint, 1, **parameters, cf_type="ISO", limit=limit)
        if envelope.pages is not None and envelope.pages > 1:
            raise BadRelease("list-on-many-pages", where=f"/{endpoint}/", pages=envelope.pages)
        return envelope.items

    async def _aside(self, work: Callable[[*Ts], T], /, *arguments: *Ts) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *arguments))


def _list_lines(dataset: Dataset, side: str, envelope: Envelope, where: Phrase) -> list[str]:
    return list(digest_lines(dataset, side, envelope.items, where))
