"""What one person may see of the double: channels, messages, commands, as the page shows them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from bot.preview.double import DiscordDouble, Interaction, Payload
from bot.preview.double.interactions import CHANNEL, ROLE, USER
from bot.preview.double.messages import EPHEMERAL, LOADING
from bot.preview.double.rules import CHAT_INPUT, GROUP, SUBCOMMAND


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody one can be on the page. `key` names them in requests, `about` says what they may do."""

    key: str
    user: Payload
    about: str

    @property
    def uid(self) -> str:
        """The user's id."""
        return str(self.user["id"])

    @property
    def name(self) -> str:
        """The name shown."""
        return str(self.user["global_name"] or self.user["username"])

    def shown(self) -> Payload:
        """As the page is told of them."""
        return {"key": self.key, "id": self.uid, "name": self.name, "about": self.about}


def people_of(double: DiscordDouble) -> tuple[Person, ...]:
    """Who one can be: a plain member, and a moderator."""
    return (
        Person("reader", double.reader, "A member without special permissions"),
        Person("moderator", double.moderator, "May manage the server, and so the alerts"),
    )


_RESOLVED = {USER: "users", CHANNEL: "channels", ROLE: "roles"}


def command_line(data: Payload) -> str:
    """An invoked command as one would type it: "/asylum trend measure:pending", or a menu entry's name."""
    if data["type"] != CHAT_INPUT:
        return str(data["name"])
    words, options = [f"/{data['name']}"], data.get("options") or []
    while options and options[0]["type"] in (SUBCOMMAND, GROUP):
        words.append(options[0]["name"])
        options = options[0].get("options") or []
    return " ".join([*words, *(f"{o['name']}:{_written(o, data.get('resolved', {}))}" for o in options)])


def _written(option: Payload, resolved: Payload) -> str:
    value = option["value"]
    if isinstance(value, bool):
        return "true" if value else "false"
    if (group := _RESOLVED.get(option["type"])) is None:
        return str(value)
    found = resolved[group][value]
    name = str(found.get("username") or found["name"])  # the name of @everyone has its mark already
    return f"#{name}" if group == "channels" else f"@{name.removeprefix('@')}"


class View:
    """The double through people's eyes. It remembers the last `keep` command lines and dismissals."""

    def __init__(self, double: DiscordDouble, keep: int) -> None:
        self.double, self.keep = double, keep
        self.people = people_of(double)
        self._lines: OrderedDict[str, str] = OrderedDict()
        self._answered: OrderedDict[str, None] = OrderedDict()
        self._filled: OrderedDict[str, str] = OrderedDict()
        self._dismissed: OrderedDict[str, None] = OrderedDict()

    def person(self, key: str) -> Person:
        """The person of that key; the first when it is empty. LookupError when there is none."""
        if not key:
            return self.people[0]
        found = next((p for p in self.people if p.key == key), None)
        if found is None:
            raise LookupError(f"Nobody here is called {key!r}: be one of {[p.key for p in self.people]}.")
        return found

    def channels(self, person: Person) -> list[Payload]:
        """The channels a person sees: those of the first server, then the direct messages with the bot."""
        guild = self.double.guilds[0]
        allowed = self.double.world.allowed
        rooms = [c for c in (*guild["channels"], *guild["threads"]) if allowed(c, person.uid).view_channel]
        direct = {**self.double.dm(person.user), "name": self.double.bot["username"]}
        shown = ("id", "type", "name", "topic")
        return [{key: c.get(key) for key in shown} for c in (*rooms, direct)]

    def channel(self, person: Person, channel_id: str) -> Payload:
        """One of those channels; LookupError when the person sees no such channel."""
        found = next((c for c in self.channels(person) if c["id"] == channel_id), None)
        if found is None:
            raise LookupError("There is no such channel for you: choose one on the left.")
        return found

    def message(self, person: Person, channel_id: str, message_id: str) -> Payload:
        """A message the person sees; LookupError otherwise."""
        found = self.double.messages[channel_id].get(message_id)
        if found is None or not self.sees(person, found):
            raise LookupError("That message is gone.")
        return found

    def sees(self, person: Person, message: Payload) -> bool:
        """Whether a person sees a message: private ones are for who asked, and until dismissed."""
        if all(message["channel_id"] != c["id"] for c in self.channels(person)):
            return False
        if not message["flags"] & EPHEMERAL:
            return True
        asker = message.get("interaction_metadata", {}).get("user", {}).get("id")
        return bool(asker == person.uid) and message["id"] not in self._dismissed

    def note(self, message: Payload) -> None:
        """Remember of a message what it does not say itself: the command line that it answers, while its
        interaction is known, and when a deferred answer was filled in, which is no edit for its readers.
        """
        if message["flags"] & LOADING:
            self._remember(self._filled, message["id"], "")
        elif self._filled.get(message["id"]) == "":
            self._filled[message["id"]] = message["edited_timestamp"]
        asked = message.get("interaction_metadata")
        it: Interaction | None = self.double.interactions.get(asked["id"]) if asked else None
        if it is None or "name" not in it.data or it.id in self._answered:
            return
        self._remember(self._answered, it.id, None)
        self._remember(self._lines, message["id"], command_line(it.data))

    def forget(self, message: Payload) -> None:
        """Drop what is known of a deleted message; the next answer to its command bears the line then."""
        asked = message.get("interaction_metadata")
        if asked and self._lines.pop(message["id"], None) is not None:
            self._answered.pop(asked["id"], None)

    def dismiss(self, message: Payload) -> None:
        """Hide a private message from the one person who sees it; the bot does not hear of it."""
        if not message["flags"] & EPHEMERAL:
            raise LookupError("Only private replies can be dismissed.")
        self._remember(self._dismissed, message["id"], None)

    def _remember(self, book: OrderedDict[str, Any], key: str, value: str | None) -> None:
        book[key] = value
        if len(book) > self.keep:
            book.popitem(last=False)

    def entry(self, message: Payload) -> Payload:
        """A message as the page shows it: {message, by, line, edited}; `by` asked for it with `line`."""
        asked = message.get("interaction_metadata")
        return {
            "message": message,
            "by": asked["user"] if asked else None,
            "line": self._lines.get(message["id"]),
            "edited": message["edited_timestamp"] not in (None, self._filled.get(message["id"])),
        }

    def commands(self, person: Person) -> Payload:
        """The commands and menu entries a person is offered: {"server": [...], "direct": [...]}."""
        offered = self.double.commands_for
        return {"server": offered(user=person.user), "direct": offered(user=person.user, dm=True)}

    def state(self, person: Person) -> Payload:
        """All that the page knows when it opens."""
        guild, channels = self.double.guilds[0], self.channels(person)
        return {
            "you": person.shown(),
            "people": [p.shown() for p in self.people],
            "server": {"id": guild["id"], "name": guild["name"]},
            "bot": self.double.bot,
            "roles": [{"id": r["id"], "name": r["name"]} for r in guild["roles"] if not r["managed"]],
            "channels": channels,
            "commands": self.commands(person),
            "history": {c["id"]: self._history(person, c["id"]) for c in channels},
            "keep": self.keep,
        }

    def _history(self, person: Person, channel_id: str) -> list[Payload]:
        messages = list(self.double.messages[channel_id].values())[-self.keep :]
        return [self.entry(m) for m in messages if self.sees(person, m)]
