"""The preview's chat page: a small Discord in the browser, with the double behind it, while it is needed."""

from __future__ import annotations

import asyncio
import errno
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.endpoints import Endpoints
from bot.preview import page_files
from bot.preview.double import DiscordDouble, Payload
from bot.preview.page_feed import Feed
from bot.preview.page_requests import Actions, PageRequest, PageRequests
from bot.preview.page_view import Person, View
from bot.sentences import Refusal, say
from data.errors import AsylumBotError

USUAL_PORT = 8765


class PortTaken(Refusal):
    """The port asked for cannot be used."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A running preview: where and with which token a bot connects, and the page's address for people."""

    double: DiscordDouble
    page: ChatPage

    @property
    def endpoints(self) -> Endpoints:
        """Where the bot finds this Discord."""
        return self.double.endpoints

    @property
    def token(self) -> str:
        """What the bot logs in with."""
        return self.double.token

    @property
    def url(self) -> str:
        """The page, for a browser."""
        return f"{self.double.base}/"


@asynccontextmanager
async def preview(
    port: int | None = None,
    *,
    actions: Actions | None = None,
    examples: Sequence[str] = (),
    note: str = "",
) -> AsyncIterator[Preview]:
    """Run the double and the page on 127.0.0.1 while the block runs.

    `port` is used as given; None takes 8765, or any free port where that is taken. `actions` are offered
    as buttons in the page's head; they may change while the page runs: it looks again after each one, and at
    `page.refresh()`. `examples` are command lines that an empty channel suggests; `note` stands there while
    there are actions. Raises PortTaken.
    """
    page = ChatPage(actions, examples, note)
    async with AsyncExitStack() as stack:
        double = await _start(stack, page, port)
        stack.callback(page.close)
        watching = asyncio.create_task(_announce(double, page))
        stack.callback(watching.cancel)
        yield Preview(double, page)


async def _start(stack: AsyncExitStack, page: ChatPage, port: int | None) -> DiscordDouble:
    *usual, last = (USUAL_PORT, 0) if port is None else (port,)
    for attempt in usual:
        try:
            return await stack.enter_async_context(_made(page, attempt))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    try:
        return await stack.enter_async_context(_made(page, last))
    except OverflowError as error:
        raise PortTaken(f"Port {last} cannot be used (ports are 0 to 65535): choose another.") from error
    except OSError as error:
        reason = error.strerror or "the system does not say why"
        raise PortTaken(f"Port {last} cannot be used ({reason}): choose another.") from error


def _made(page: ChatPage, port: int) -> DiscordDouble:
    double = DiscordDouble(port=port, routes=page.routes(), keep=KEEP)
    page.open(double)
    return double


async def _announce(double: DiscordDouble, page: ChatPage) -> None:
    """Tell pages that were opened before the bot was there which commands it has."""
    await double.registered.wait()
    page.refresh()


KEEP = 300
"""Messages of a channel, command lines and dismissals that are kept."""

LARGEST_REQUEST = 256 * 1024
NO_ANSWER = "The application did not respond: it has three seconds for its first answer."


@dataclass(frozen=True, slots=True)
class _Open:
    """What the page has once it is opened on a double."""

    view: View
    feed: Feed
    requests: PageRequests


class ChatPage:
    """The page's server side, made before the double that serves its `routes`, and then opened on it."""

    def __init__(self, actions: Actions | None = None, examples: Sequence[str] = (), note: str = "") -> None:
        self._actions: Actions = actions if actions is not None else {}
        self._examples = list(examples)
        self._note = note
        self._opened: _Open | None = None

    def routes(self) -> list[web.RouteDef]:
        """What the double is to serve on its port."""
        return [
            web.get("/", page_files.serve_index),
            web.get("/static/{name:.+}", page_files.serve_file),
            web.get("/page/events", self._serve_events),
            web.post("/page/{name}", self._serve_request),
        ]

    def open(self, double: DiscordDouble) -> None:
        """Show this double, and hear of its messages."""
        view = View(double, KEEP)
        feed = Feed(view)
        self._opened = _Open(view, feed, PageRequests(view, feed, self._actions, self.refresh))
        double.watchers.append(feed.told)

    def close(self) -> None:
        """Let the open pages go."""
        self._now.feed.close()

    def refresh(self) -> None:
        """Tell the open pages which commands and actions there are now."""
        now = self._now
        now.feed.everyone(lambda person: {"type": "commands", "commands": now.view.commands(person)})
        now.feed.everyone(lambda _: {"type": "actions", "actions": list(self._actions)})

    @property
    def feed(self) -> Feed:
        """The pages that are open."""
        return self._now.feed

    @property
    def _now(self) -> _Open:
        if self._opened is None:
            raise RuntimeError("the page is used before it was opened on a double")
        return self._opened

    async def _serve_events(self, request: web.Request) -> web.StreamResponse:
        if (trouble := page_files.objection(request.method, request.headers)) is not None:
            return web.Response(status=403, text=trouble)
        view = self._now.view
        try:
            person = view.person(request.query.get("as", ""))
        except LookupError:
            person = view.people[0]  # a browser tab remembers somebody who is not here
        return await self._now.feed.serve(request, person, self._state)

    def _state(self, person: Person) -> Payload:
        more = {
            "type": "state",
            "actions": list(self._actions),
            "examples": self._examples,
            "note": self._note,
        }
        return {**self._now.view.state(person), **more}

    async def _serve_request(self, request: web.Request) -> web.Response:
        if (trouble := page_files.objection(request.method, request.headers)) is not None:
            return _refused(403, trouble)
        try:
            answer = self._now.requests.find(request.match_info["name"])
            return web.json_response(await answer(await self._read(request)), headers=page_files.HEADERS)
        except TimeoutError:
            return _refused(504, NO_ANSWER)
        except AsylumBotError as error:
            return _refused(422, say(error))
        except (LookupError, ValueError) as error:
            return _refused(422, str(error.args[0]) if error.args else NO_ANSWER)

    async def _read(self, request: web.Request) -> PageRequest:
        if request.content_length is None or request.content_length > LARGEST_REQUEST:
            raise ValueError(f"A request has at most {LARGEST_REQUEST // 1024} KB: send less at once.")
        try:
            body = json.loads(await request.text())
        except json.JSONDecodeError as error:
            raise ValueError("The request is not JSON: send an object.") from error
        if not isinstance(body, dict):
            raise ValueError("The request is JSON, but no object: send an object.")  # noqa: TRY004 (a sentence for the page)
        person = self._now.view.person(str(body.get("as", "")))
        return PageRequest(person, self._now.view.channel(person, str(body.get("channel"))), body)


def _refused(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status, headers=page_files.HEADERS)
