"""The page's own side without a browser: what it posts, and the frames it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp

from bot.preview.page import Preview

Frame = dict[str, Any]


class Tab:
    """One open page of one person."""

    def __init__(
        self, url: str, http: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse, who: str
    ) -> None:
        self.url, self.http, self.socket, self.who = url, http, socket, who
        self.state: Frame = {}
        self.frames: list[Frame] = []

    @classmethod
    async def open(cls, session: Preview, http: aiohttp.ClientSession, who: str) -> Self:
        socket = await http.ws_connect(f"{session.url}page/events", params={"as": who})
        tab = cls(session.url, http, socket, who)
        tab.state = await socket.receive_json(timeout=300)
        return tab

    def channel(self, name: str) -> str:
        return next(c["id"] for c in self.state["channels"] if c["name"] == name)

    async def post(self, request: str, *, channel: str = "general", **body: Any) -> tuple[int, Frame]:
        sent = {"as": self.who, "channel": self.channel(channel), **body}
        async with self.http.post(f"{self.url}page/{request}", json=sent) as reply:
            return reply.status, await reply.json()

    async def until(self, wanted: Callable[[Frame], bool]) -> Frame:
        """The first frame that is wanted, among those that came and those that are still to come."""
        seen = 0
        async with asyncio.timeout(300):
            while True:
                for frame in self.frames[seen:]:
                    if wanted(frame):
                        return frame
                seen = len(self.frames)
                self.frames.append(await self.socket.receive_json())

    async def message(self, *words: str) -> Frame:
        """The entry of the message that says all those words."""

        def says(frame: Frame) -> bool:
            return frame["type"] == "post" and all(w in str(frame["entry"]["message"]) for w in words)

        return (await self.until(says))["entry"]


@asynccontextmanager
async def tabs(session: Preview, *people: str) -> AsyncIterator[tuple[Tab, ...]]:
    """Open a page for each of those people."""
    async with aiohttp.ClientSession() as http:
        opened = [await Tab.open(session, http, who) for who in people]
        yield tuple(opened)
        for tab in opened:
            await tab.socket.close()
