"""What a person does on the page, done to the double."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.preview import command_parser
from bot.preview.double import DIRECT, Interaction, Payload
from bot.preview.page_feed import Feed
from bot.preview.page_view import Person, View

Actions: TypeAlias = Mapping[str, Callable[[], Awaitable[str]]]
"""What the page's head offers: a button's words → what it does, answering with one sentence."""

ANSWER_WITHIN = 4.0
MAX_MESSAGE = 2000


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Somebody does something somewhere."""

    person: Person
    channel: Payload
    body: Payload

    @property
    def scene(self) -> dict[str, Any]:
        """As the double wants to be told."""
        who, where = self.person.user, self.channel["id"]
        return {"user": who, "channel": where, "timeout": ANSWER_WITHIN, "wait": "acked"}

    def text(self, key: str) -> str:
        """A string of the body; ValueError when it is none."""
        value = self.body.get(key)
        if not isinstance(value, str):
            raise ValueError(f"The request needs {key!r} as text.")  # noqa: TRY004 (a sentence for the page)
        return value

    def table(self, key: str) -> dict[str, Any]:
        """An object of the body; ValueError when it is none."""
        value = self.body.get(key, {})
        if not isinstance(value, dict):
            raise ValueError(f"The request needs {key!r} as an object.")  # noqa: TRY004 (a sentence for the page)
        return value

    def path(self) -> list[str]:
        """The command's words."""
        words = self.body.get("path")
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise ValueError("The request needs 'path' as a list of words.")
        return words


class PageRequests:
    """All that can be done.

    Each request is answered with what the page is told; LookupError and ValueError say what is wrong.
    `changed` is called when an action may have changed what is offered.
    """

    def __init__(self, view: View, feed: Feed, actions: Actions, changed: Callable[[], None]) -> None:
        self._view, self._feed, self._actions, self._changed = view, feed, actions, changed

    def find(self, name: str) -> Callable[[PageRequest], Awaitable[Payload]]:
        """The request behind POST /page/<name>; LookupError when there is none."""
        known: Mapping[str, Callable[[PageRequest], Awaitable[Payload]]] = {
            "command": self.command,
            "suggest": self.suggest,
            "press": self.press,
            "submit": self.submit,
            "menu": self.menu,
            "say": self.say,
            "dismiss": self.dismiss,
            "action": self.act,
        }
        if name not in known:
            raise LookupError(f"The page knows no request {name!r}: it knows {list(known)}.")
        return known[name]

    async def command(self, request: PageRequest) -> Payload:
        """Run a command, given as a typed line or in its parts."""
        if "line" in request.body:
            direct = request.channel["type"] == DIRECT
            offered = self._view.commands(request.person)["direct" if direct else "server"]
            names = command_parser.names_in(self._view.double.guilds[0])
            call = command_parser.parse(request.text("line"), offered, names)
        else:
            call = command_parser.Call(" ".join(request.path()), request.table("options"))
        return _form(await self._view.double.slash(call.words, call.options, **request.scene))

    async def suggest(self, request: PageRequest) -> Payload:
        """Ask the bot for an option's suggestions."""
        name, options = " ".join(request.path()), request.table("options")
        asked = request.text("option"), request.text("text")
        scene = {**request.scene, "wait": "done"}
        return {"choices": await self._view.double.autocomplete(name, *asked, options, **scene)}

    async def press(self, request: PageRequest) -> Payload:
        """Press a button, or choose in a select menu."""
        message = self._view.message(request.person, request.channel["id"], request.text("message"))
        values = request.body.get("values")
        chosen = None if values is None else [str(value) for value in values]
        return _form(
            await self._view.double.click(message, request.text("custom"), values=chosen, **request.scene)
        )

    async def submit(self, request: PageRequest) -> Payload:
        """Send a form that the bot opened for this person."""
        opened = self._view.double.interactions.get(request.text("interaction"))
        if opened is None or opened.user["id"] != request.person.uid:
            raise LookupError("That form has run out: ask the bot for it again.")
        return _form(await self._view.double.submit(opened, request.table("values"), **request.scene))

    async def menu(self, request: PageRequest) -> Payload:
        """Choose an entry of a message's menu."""
        message = self._view.message(request.person, request.channel["id"], request.text("message"))
        return _form(await self._view.double.context_menu(request.text("command"), message, **request.scene))

    async def say(self, request: PageRequest) -> Payload:
        """Write an ordinary message, or a reply to one."""
        text = request.text("text").strip()
        if not 0 < len(text) <= MAX_MESSAGE:
            raise ValueError(f"A message has 1 to {MAX_MESSAGE} characters; this one has {len(text)}.")
        channel = request.channel["id"]
        target = (
            self._view.message(request.person, channel, request.text("reply"))
            if "reply" in request.body
            else None
        )
        await self._view.double.say(text, reply_to=target, user=request.person.user, channel=channel)
        return {}

    async def dismiss(self, request: PageRequest) -> Payload:
        """Hide a private reply."""
        message = self._view.message(request.person, request.channel["id"], request.text("message"))
        self._view.dismiss(message)
        self._feed.gone(request.person, message)
        return {}

    async def act(self, request: PageRequest) -> Payload:
        """Run one of the page's own actions."""
        action = self._actions.get(request.text("name"))
        if action is None:
            raise LookupError("That is no longer on offer: reload the page.")
        said = await action()
        self._changed()
        return {"said": said}


def _form(it: Interaction) -> Payload:
    """What the page must know of an interaction: the form it opened, if any."""
    return {"modal": it.modal, "interaction": it.id} if it.modal is not None else {}
