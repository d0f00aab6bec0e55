"""The preview's chat page: a small Discord in the browser, with the double behind it.

All addresses are under /page and speak JSON; `as` names who one is, `channel` a channel's id.

    GET  /                the page; its files are under /static
    GET  /page/events     WebSocket, ?as=: first {type: "state", ...}, then {type: "post", channel, entry} for
                          a message that is new or changed, {type: "gone", channel, id},
                          {type: "commands", commands} and {type: "actions", actions}
    POST /page/command    {as, channel, line} or {as, channel, path: [words], options: {name: value}}
    POST /page/suggest    {as, channel, path, option, text, options} → {choices: [{name, value}]}
    POST /page/press      {as, channel, message, custom, values?}: a button, or a select menu
    POST /page/submit     {as, channel, interaction, values: {custom_id: value}}: a form
    POST /page/menu       {as, channel, message, command}: an entry of a message's menu
    POST /page/say        {as, channel, text}: an ordinary message
    POST /page/dismiss    {as, channel, message}: hide a private reply
    POST /page/action     {as, channel, name} → {said}: one of the actions in the page's head

Whatever the bot may answer with a form replies {modal, interaction} then; else {}. What cannot be done
replies 4xx with {error: a sentence}.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.preview import page_files, page_guard
from bot.preview.double import DiscordDouble, Payload
from bot.preview.page_deeds import Actions, Deed, Deeds
from bot.preview.page_feed import Feed
from bot.preview.page_view import Person, View
from data.errors import AsylumBotError

KEEP = 300
"""Messages of a channel, command lines and dismissals that are kept."""

LARGEST_REQUEST = 256 * 1024
NO_ANSWER = "The application did not respond: it has three seconds for its first answer."


@dataclass(frozen=True, slots=True)
class _Open:
    """What the page has once it is opened on a double."""

    view: View
    feed: Feed
    deeds: Deeds


class Page:
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
            web.post("/page/{deed}", self._serve_deed),
        ]

    def open(self, double: DiscordDouble) -> None:
        """Show this double, and hear of its messages."""
        view = View(double, KEEP)
        feed = Feed(view)
        self._opened = _Open(view, feed, Deeds(view, feed, self._actions, self.refresh))
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
        if (trouble := page_guard.objection(request.method, request.headers)) is not None:
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

    async def _serve_deed(self, request: web.Request) -> web.Response:
        if (trouble := page_guard.objection(request.method, request.headers)) is not None:
            return _refused(403, trouble)
        try:
            deed = self._now.deeds.find(request.match_info["deed"])
            return web.json_response(await deed(await self._read(request)), headers=page_guard.HEADERS)
        except TimeoutError:
            return _refused(504, NO_ANSWER)
        except (AsylumBotError, LookupError, ValueError) as error:
            return _refused(422, str(error.args[0]) if error.args else NO_ANSWER)

    async def _read(self, request: web.Request) -> Deed:
        if request.content_length is None or request.content_length > LARGEST_REQUEST:
            raise ValueError(f"A request has at most {LARGEST_REQUEST // 1024} KB: send less at once.")
        try:
            body = json.loads(await request.text())
        except json.JSONDecodeError as error:
            raise ValueError("The request is not JSON: send an object.") from error
        if not isinstance(body, dict):
            raise ValueError("The request is JSON, but no object: send an object.")  # noqa: TRY004 (a sentence for the page)
        person = self._now.view.person(str(body.get("as", "")))
        return Deed(person, self._now.view.channel(person, str(body.get("channel"))), body)


def _refused(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status, headers=page_guard.HEADERS)
