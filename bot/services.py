"""What the commands may ask for. Built once, in `bot.run`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from bot.charts.studio import Studio
from bot.languages import Language
from bot.replies.alert_messages import Alerting
from bot.replies.export_queue import ExportQueue
from data.alerts import Alerts
from data.answers import Answers
from data.countries import Atlas
from data.errors import DatabaseUnusable
from data.glossary import Glossary
from data.questions.cache import LastUsed

MAX_CHECKED = 64
"""Replies to long texts whose further claims somebody may ask for; each is some 20 KB."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a cog is given."""

    countries: Atlas
    answers: Answers
    studio: Studio
    mention_settings: MentionSettings
    server_languages: ServerLanguages
    glossary: Glossary
    alerts: Alerts
    alerting: Alerting
    export_queue: ExportQueue
    checked: LastUsed = field(default_factory=lambda: LastUsed(MAX_CHECKED))
    links: Mapping[str, str] = field(default_factory=dict)
    """What people may want to read about this bot, by name."""
    tally: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often what became of something, by codes: nothing that anybody wrote."""


OFF = "off"
ON = "on"


class MentionSettings:
    """Remembers which servers want no answers to mentions; nothing about anybody in them."""

    def __init__(self, memory: FactKeeper) -> None:
        self._memory = memory
        self._silent: set[int] = set()

    async def listens(self, server: int | None) -> bool:
        """Say whether mentions are answered in a server; in direct messages (None) they always are.

        Where that cannot be looked up, it is what it was last, and at first that they are.
        """
        if server is None:
            return True
        with suppress(DatabaseUnusable):
            if await self._memory.recall(_key(server)) == OFF:
                self._silent.add(server)
            else:
                self._silent.discard(server)
        return server not in self._silent

    async def decide(self, server: int, *, listens: bool) -> None:
        """Switch answers to mentions on or off in a server."""
        await self._memory.remember(_key(server), ON if listens else OFF)


def _key(server: int) -> str:
    return f"mentions in {server}"


OWN = "own"
"""What a server says that leaves to each person which language it is."""


class ServerLanguages:
    """Remembers in which language a server wants the answers that all in it can read."""

    def __init__(self, memory: FactKeeper) -> None:
        self._memory = memory
        self._last: dict[int, Language | None] = {}

    async def choose(self, server: int | None, own: Language) -> Language:
        """Return the language of a server; the asker's `own` in direct messages, and where none is set.

        Where that cannot be looked up, it is what it was last.
        """
        return (await self.find(server) if server is not None else None) or own

    async def find(self, server: int) -> Language | None:
        """Return the language that a server has decided on, None where it is each person's own."""
        with suppress(DatabaseUnusable):
            kept = await self._memory.recall(f"language in {server}")
            if kept in _CODES:
                self._last[server] = Language(kept)
            else:
                self._last.pop(server, None)
        return self._last.get(server)

    async def decide(self, server: int, language: Language | None) -> None:
        """Answer in this language from now on, or (None) each person in the own one."""
        await self._memory.remember(f"language in {server}", language.value if language else OWN)


_CODES = frozenset(language.value for language in Language)


class FactKeeper(Protocol):
    """Keeps a few words from one start to the next."""

    async def recall(self, key: str) -> str | None:
        """Return what was remembered last under this key."""

    async def remember(self, key: str, value: str) -> None:
        """Keep the value, in place of an older one."""

    async def forget(self, key: str) -> None:
        """Keep nothing under this key."""
