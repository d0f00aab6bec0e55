"""A double of UNHCR's Refugee Population Statistics API on loopback, with its quirks and with faults."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from data.model import Dataset
from data.sources.unhcr.pages import TextRow, header_of
from data.sources.unhcr.parse import LAYOUTS, SIDES
from tests.unhcr_tables import Item, Tables, item_of, sum_over

PREFIX = "/population/v1"
NOT_FOUND = "<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>"


@dataclass(frozen=True)
class Asked:
    """A request that came: endpoint, parameters, User-Agent, and when."""

    endpoint: str
    query: dict[str, str]
    agent: str
    at: float

    @property
    def page(self) -> int:
        return int(self.query.get("page", 1))

    @property
    def is_rows(self) -> bool:
        """Whether it asked for a page of a dataset's rows, not for totals, a count or a list."""
        return {"coo_all", "coa_all"} <= {*self.query} and self.query.get("limit") != "1"


Answer = Callable[[web.Request, Item], Awaitable[web.StreamResponse]]


@dataclass
class Fault:
    """Answers in the API's place whenever `on` holds, `times` times."""

    on: Callable[[Asked], bool]
    answer: Answer
    times: int = 1


def status(code: int, **headers: str) -> Answer:
    """Answer with a status and an HTML page; `Retry_After` is written with a hyphen."""

    async def answer(request: web.Request, envelope: Item) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, text="<html>Sorry</html>", content_type="text/html", headers=named)

    return answer


def body(make: Callable[[bytes], bytes]) -> Answer:
    """Answer 200 with another body than the right one."""

    async def answer(request: web.Request, envelope: Item) -> web.StreamResponse:
        return web.Response(body=make(json.dumps(envelope).encode()), content_type="application/json")

    return answer


def edited(edit: Callable[[Item], object]) -> Answer:
    """Answer what is right but for an edit."""

    async def answer(request: web.Request, envelope: Item) -> web.StreamResponse:
        edit(envelope)
        return web.json_response(envelope)

    return answer


def half_a_page() -> Answer:
    """Promise a whole body, send half of it and cut the connection."""

    async def answer(request: web.Request, envelope: Item) -> web.StreamResponse:
        whole = json.dumps(envelope).encode()
        response = web.StreamResponse(headers={"Content-Length": str(len(whole))})
        await response.prepare(request)
        await response.write(whole[: len(whole) // 2])
        assert request.transport
        request.transport.close()
        return response

    return answer


def cut() -> Answer:
    """Cut the connection without an answer."""

    async def answer(request: web.Request, envelope: Item) -> web.StreamResponse:
        assert request.transport
        request.transport.abort()
        return web.Response()

    return answer


def html() -> Answer:
    """Answer 200 with an HTML page, as under protection against bots."""
    return body(lambda _: b"<!DOCTYPE html><html><body>Just a moment...</body></html>")


@dataclass
class UnhcrDouble:
    """Serves `tables`, each answer after `slow` seconds; `clock` stamps what is asked. `async with` runs it."""

    tables: Tables
    clock: Callable[[], float] = time.monotonic
    slow: float = 0.0
    faults: list[Fault] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0
    base: str = ""
    _at_once: int = 0
    _selected: dict[tuple[str, ...], list[TextRow]] = field(default_factory=dict)
    _totals: dict[int, Item] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        self._closing = asyncio.Event()
        app = web.Application()
        app.router.add_get("/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}{PREFIX}"
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._closing.set()
        await self._runner.cleanup()

    def fail(self, answer: Answer, on: Callable[[Asked], bool] = lambda _: True, *, times: int = 1) -> None:
        """Answer wrongly whenever `on` holds, at most so many times."""
        self.faults.append(Fault(on, answer, times))

    def serve(self, tables: Tables) -> None:
        """Answer from another release from now on."""
        self.tables = tables
        self._selected.clear()
        self._totals.clear()

    def hang(self, begun: asyncio.Event | None = None) -> Answer:
        """Take the request and say nothing; `begun` is set when that begins."""

        async def answer(request: web.Request, envelope: Item) -> web.StreamResponse:
            if begun:
                begun.set()
            await self._closing.wait()
            return web.Response()

        return answer

    def becomes(self, tables: Tables) -> Answer:
        """Answer from another release, now and from now on."""

        async def answer(request: web.Request, envelope: Item) -> web.StreamResponse:
            self.serve(tables)
            return web.json_response(self.answer_to(self.asked[-1]))

        return answer

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        endpoint = request.path.removeprefix(f"{PREFIX}/").rstrip("/")
        asked = Asked(endpoint, dict(request.query), request.headers.get("User-Agent", ""), self.clock())
        self.asked.append(asked)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(self.slow)
            envelope = self.answer_to(asked) if request.path.startswith(PREFIX) else {}
            for fault in self.faults:
                if fault.times and fault.on(asked):
                    fault.times -= 1
                    return await fault.answer(request, envelope)
            if not envelope:
                return web.Response(status=404, text=NOT_FOUND, content_type="text/html")
            return web.json_response(envelope)
        finally:
            self._at_once -= 1

    def answer_to(self, asked: Asked) -> Item:
        """Make the right answer; an empty one stands for an endpoint that does not exist."""
        query, total = asked.query, []
        items: list[Any]
        if asked.endpoint == "countries":
            items = [
                {"0": 1, "id": number, "code": code, "iso": iso or None, "name": name, "nameFr": name}
                for number, (code, iso, name, region) in enumerate(self.tables.countries)
                if query.get("unhcr_region", region) == region
            ]
        elif asked.endpoint == "regions":
            items = [
                {"0": 1, "id": int(n), "name": name, "name_fr": name}
                for n, name in self.tables.regions.items()
            ]
        elif asked.endpoint == "footnotes":
            return {"page": 1, "maxPages": 1, "items": [*self.tables.notes]}
        elif asked.endpoint in list(Dataset):
            dataset = Dataset(asked.endpoint)
            rows = self._select(dataset, query)
            size, page = int(query.get("limit", 100)), asked.page
            envelope = self._wrap([item_of(dataset, row) for row in rows[(page - 1) * size : page * size]])
            envelope |= {"page": page, "maxPages": math.ceil(len(rows) / size)}
            return envelope | ({} if dataset is Dataset.POPULATION else {"total": self._total(dataset, rows)})
        else:
            return {}
        return self._wrap(items) | {"total": total}

    def _wrap(self, items: list[Item]) -> Item:
        return {"page": 1, "short-url": "dbl000", "maxPages": int(bool(items)), "total": [], "items": items}

    def _select(self, dataset: Dataset, query: dict[str, str]) -> list[TextRow]:
        """Filter and sum as the API does: misspelled parameters do nothing, and neither does one year alone."""
        listed = ("yearFrom", "yearTo", "coo", "coa", "coo_all", "coa_all", "cf_type")
        known = (dataset.value, *(query.get(name, "") for name in listed))
        if known not in self._selected:
            header, rows = header_of(dataset), self.tables.rows[dataset]
            if "yearFrom" in query and "yearTo" in query:
                rows = [row for row in rows if query["yearFrom"] <= row[0] <= query["yearTo"]]
            summed = []
            for side in SIDES:
                if query.get(f"{side}_all") == "true":
                    continue
                if side in query:
                    at = header.index(f"{side}_iso" if query.get("cf_type", "").upper() == "ISO" else side)
                    rows = [row for row in rows if row[at] in query[side].split(",")]
                else:
                    summed.append(side)
            self._selected[known] = sum_over(dataset, rows, summed) if summed else rows
        return self._selected[known]

    def _total(self, dataset: Dataset, rows: list[TextRow]) -> Item:
        """Sum each value over all rows, cases and persons alike, as the API does."""
        if id(rows) not in self._totals:
            first = len(header_of(dataset)) - len(LAYOUTS[dataset].values)
            self._totals[id(rows)] = {
                column: sum(int(row[i]) for row in rows if row[i] != "-")
                for i, column in enumerate(LAYOUTS[dataset].values, start=first)
            }
        return self._totals[id(rows)]
