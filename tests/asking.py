"""Ask the real bot on the double of Discord, and read what it answers."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from structlog.testing import capture_logs

from bot.__main__ import _open_services
from bot.discord.client import AsylumBot
from bot.preview.double import DiscordDouble, Interaction, Payload
from bot.preview.double.messages import EPHEMERAL
from bot.services import Services
from tests.double import double as new_double
from tests.double import started


@asynccontextmanager
async def open_services(database: Path) -> AsyncIterator[Services]:
    """Open what the program opens, as the program does."""
    async with _open_services(database) as (services, _):
        yield services


def make_bot(services: Services) -> AsylumBot:
    return AsylumBot(services, guild_ready_timeout=0.05)


@dataclass(frozen=True)
class Asker:
    """Somebody in a Discord where the bot is."""

    double: DiscordDouble
    bot: AsylumBot

    async def ask(self, words: str, options: dict[str, Any] | None = None, **scene: Any) -> Interaction:
        """Run `/asylum …` and wait for the answer."""
        return await self.double.slash(f"asylum {words}", options or {}, **scene)

    async def message(self, words: str, options: dict[str, Any] | None = None, **scene: Any) -> Payload:
        """The first message of the answer."""
        it = await self.ask(words, options, **scene)
        assert it.reply is not None
        return it.reply

    async def pressed(self, message: Payload) -> list[str]:
        """What the embeds say that the Details button opens: the table, if it is short, the account, the notes."""
        ids = [part["custom_id"] for row in message["components"] for part in row["components"]]
        it = await self.double.click(message, next(each for each in ids if each.startswith("details:")))
        assert it.reply is not None
        assert it.ephemeral
        return [str(embed["description"]) for embed in it.reply["embeds"]]

    async def details(self, message: Payload) -> str:
        """All that the Details button says."""
        return "\n".join(await self.pressed(message))

    async def csv(self, message: Payload, **scene: Any) -> Interaction:
        """What an answer's Export button leads to: its figures as CSV."""
        offered = await self.double.click(message, buttons(message)["Export"], **scene)
        assert offered.reply is not None
        return await self.double.click(offered.reply, buttons(offered.reply)["CSV"], **scene)

    async def refusal(self, words: str, options: dict[str, Any] | None = None, **scene: Any) -> str:
        """The sentence said to the asker alone, with nothing public left behind and no bug in the log."""
        before = self.public()
        with capture_logs() as events:
            it = await self.ask(words, options, **scene)
        assert [e for e in events if e["log_level"] in ("warning", "error", "critical")] == []
        assert it.reply is not None, (words, options)
        assert it.ephemeral, it.reply["content"]
        assert self.public() == before
        assert [it.reply[key] for key in ("embeds", "components", "attachments")] == [[], [], []]
        return str(it.reply["content"])

    def public(self) -> list[str]:
        """The ids of the messages that everybody in their channel sees."""
        channels = self.double.messages.values()
        return [m["id"] for channel in channels for m in channel.values() if not m["flags"] & EPHEMERAL]

    def file(self, attachment: Payload) -> bytes:
        """The content of an attachment."""
        return self.double.cdn[unquote(urlsplit(attachment["url"]).path)].data


@asynccontextmanager
async def asking(services: Services, **settings: Any) -> AsyncIterator[Asker]:
    """A bot that answers from these services; afterwards nothing broke Discord's rules or its own."""
    async with new_double(limits={}, global_limit=(100_000, 1.0), **settings) as double:
        async with started(make_bot(services), double) as bot:
            yield Asker(double, bot)
        assert not double.violations, "\n".join(map(str, double.violations))
        assert not double.own_faults, "\n".join(map(str, double.own_faults))


def buttons(message: Payload) -> dict[str, str]:
    """The labels of a message's buttons, and their custom ids."""
    return {b["label"]: b["custom_id"] for row in message["components"] for b in row["components"]}


def read_csv(data: bytes) -> list[dict[str, str]]:
    """Open a CSV file as a program would."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
