"""Moderators and the channels of their servers, for any test of /alerts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
from structlog.testing import capture_logs

from bot.preview.double import ANNOUNCEMENT, FORUM, TEXT, GuildPlan, Interaction, Payload
from bot.services import Services
from data.model import Place
from data.state.model import Destination, Draft, Filter, Subscription
from tests.asking import Asker, asking, buttons, open_services
from tests.double import until
from tests.nonsense import check_sentence

NEWSROOM = GuildPlan(
    channels=(
        ("general", TEXT),
        ("alerts", TEXT),
        ("announcements", ANNOUNCEMENT),
        ("briefings", FORUM),
    ),
    roles=("data-desk",),
    threads=(("numbers", "general"),),
)
ELSEWHERE = GuildPlan("Fact-checkers", (("claims", TEXT),))


@dataclass(frozen=True)
class Desk:
    """A newsroom with the bot in it, and a server beside it."""

    asker: Asker
    services: Services

    @property
    def double(self) -> Any:
        return self.asker.double

    def channel(self, name: str, guild: int = 0) -> str:
        places = self.double.guilds[guild]
        (found,) = [c["id"] for c in (*places["channels"], *places["threads"]) if c["name"] == name]
        return str(found)

    def role(self, name: str) -> str:
        (found,) = [r["id"] for r in self.double.guilds[0]["roles"] if r["name"] == name]
        return str(found)

    async def use(self, words: str, options: dict[str, Any] | None = None, **scene: Any) -> Interaction:
        """Run `/alerts …` as the moderator, and wait for the answer."""
        it: Interaction = await self.double.slash(f"alerts {words}", options or {}, **scene)
        return it

    async def said(self, words: str, options: dict[str, Any] | None = None, **scene: Any) -> str:
        """The first private message of the answer; nobody else heard anything, and nothing was a bug."""
        before = self.asker.public()
        with capture_logs() as events:
            it = await self.use(words, options, **scene)
        assert [e for e in events if e["log_level"] in ("warning", "error", "critical")] == []
        assert it.reply is not None
        assert it.ephemeral
        assert self.asker.public() == before
        assert [it.reply[key] for key in ("mentions", "mention_roles", "mention_everyone")] == [[], [], False]
        return str(it.reply["content"])

    async def subscribe(self, options: dict[str, Any] | None = None, **scene: Any) -> str:
        """Propose and confirm; return what is said of it."""
        it = await self.use("watch" if scene.get("dm") else "subscribe", options, **scene)
        assert it.reply is not None
        return await self.confirm(it.reply, **scene)

    async def confirm(self, proposal: Payload, **scene: Any) -> str:
        """Press Confirm, and return what stands in the proposal's place."""
        who = {key: value for key, value in scene.items() if key in ("user", "permissions")}
        pressed = await self.double.click(proposal, buttons(proposal)["Confirm"], **who)
        assert pressed.original is not None
        return str(pressed.original["content"])

    async def kept(self) -> list[Subscription]:
        """The newsroom's subscriptions."""
        server = int(self.double.guilds[0]["id"])
        return list(await self.services.alerts.subscriptions(server=server))

    async def kept_of(self, guild: Payload, *, paused: bool) -> list[Subscription]:
        """The subscriptions of a server once all of them rest, or none does."""
        for _ in range(500):
            found = await self.services.alerts.subscriptions(server=int(guild["id"]))
            if found and all(bool(each.paused) is paused for each in found):
                return list(found)
            await asyncio.sleep(0.01)
        raise TimeoutError("the subscriptions stay as they are")

    async def keep_many(self, count: int) -> None:
        """Fill the newsroom with subscriptions, each of another country."""
        server, place = int(self.double.guilds[0]["id"]), int(self.channel("general"))
        countries = [each for each in self.services.countries.countries() if each.is_country]
        for origin in countries[:count]:
            await self.services.alerts.subscribe(Draft(Destination(place, server), Filter(Place(origin))))

    async def forbid(self, name: str, taken: discord.Permissions) -> None:
        """Take permissions from the bot in a channel; it knows afterwards."""
        place = int(self.channel(name))
        await self.double.forbid(str(place), taken)

        def known() -> bool:
            room = self.asker.bot.get_channel(place)
            return not isinstance(room, discord.abc.GuildChannel) or not (
                room.permissions_for(room.guild.me).value & taken.value
            )

        await until(known)

    def posted(self, channel: str) -> list[Payload]:
        """What everybody sees in a channel."""
        return [m for m in self.double.messages[channel].values() if not m["flags"] & 64]


@asynccontextmanager
async def newsroom(database: Path, **settings: Any) -> AsyncIterator[Desk]:
    """The real bot in a newsroom, from a database that it may write to; afterwards nothing broke a rule."""
    settings.setdefault("guilds", (NEWSROOM, ELSEWHERE))
    async with open_services(database) as services, asking(services, **settings) as asker:
        yield Desk(asker, services)


async def refused(desk: Desk, words: str, options: dict[str, Any] | None = None, **scene: Any) -> str:
    """The one sentence of a refusal, after which everything is as it was."""
    before = await desk.kept()
    said = await desk.said(words, options, **scene)
    check_sentence(said)
    assert await desk.kept() == before
    return said
