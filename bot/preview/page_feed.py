"""News for the pages that are open: one queue each, over a WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.preview.double import Payload
from bot.preview.page_view import Person, View

MAX_PAGES = 32
MAX_QUEUE = 500
HEARTBEAT = 20.0


@dataclass(slots=True, eq=False)
class _Page:
    """An open page: who looks at it, and the frames not sent yet; None means that it is let go."""

    person: Person
    frames: asyncio.Queue[Payload | None] = field(default_factory=lambda: asyncio.Queue(MAX_QUEUE))

    def give(self, frame: Payload) -> None:
        """Queue a frame. A page that does not keep up is let go: it connects again and reads the state."""
        try:
            self.frames.put_nowait(frame)
        except asyncio.QueueFull:
            self.let_go()

    def let_go(self) -> None:
        """Close the page's line; what is still queued is dropped."""
        while not self.frames.empty():
            self.frames.get_nowait()
        self.frames.put_nowait(None)


class Feed:
    """All open pages."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._pages: set[_Page] = set()

    def __len__(self) -> int:
        return len(self._pages)

    def told(self, event: str, message: Payload) -> None:
        """A watcher of the double: pass a message on to everybody who sees it."""
        if event == "MESSAGE_DELETE":
            self._view.forget(message)
        else:
            self._view.note(message)
        for page in self._pages:
            if not self._view.sees(page.person, message):
                continue
            if event == "MESSAGE_DELETE":
                page.give(_gone(message))
            else:
                entry = self._view.entry(message)
                page.give({"type": "post", "channel": message["channel_id"], "entry": entry})

    def gone(self, person: Person, message: Payload) -> None:
        """Take a message off one person's pages."""
        for page in self._pages:
            if page.person == person:
                page.give(_gone(message))

    def everyone(self, frame: Callable[[Person], Payload]) -> None:
        """Send every page a frame made for its person."""
        for page in self._pages:
            page.give(frame(page.person))

    async def serve(
        self, request: web.Request, person: Person, state: Callable[[Person], Payload]
    ) -> web.StreamResponse:
        """Hold one page's WebSocket: first the state, then what happens."""
        if len(self._pages) >= MAX_PAGES:
            raise web.HTTPServiceUnavailable(text="Too many pages are open: close some of them.")
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=1024)
        await socket.prepare(request)
        page = _Page(person)
        page.give(state(person))
        self._pages.add(page)
        sending = asyncio.create_task(_send(socket, page))
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    break
        finally:
            self._pages.discard(page)
            sending.cancel()
        return socket

    def close(self) -> None:
        """Let every page go."""
        for page in self._pages:
            page.let_go()


async def _send(socket: web.WebSocketResponse, page: _Page) -> None:
    try:
        while (frame := await page.frames.get()) is not None:
            await socket.send_json(frame)
        await socket.close()
    except ConnectionError:
        return  # the page went away between two frames; its reader sees that too


def _gone(message: Payload) -> Payload:
    return {"type": "gone", "channel": message["channel_id"], "id": message["id"]}
