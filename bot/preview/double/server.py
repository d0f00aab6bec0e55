"""The life of the double on loopback, and everything a test, a page or a moderator may ask of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType, TracebackType
from typing import Any, Self

from aiohttp import WSCloseCode, web
from discord import Permissions

from bot.endpoints import Endpoints, pointed_at
from bot.preview.double import messages, payloads
from bot.preview.double.conduct import Conduct
from bot.preview.double.gateway import Gateway
from bot.preview.double.payloads import GuildPlan, Payload
from bot.preview.double.people import PATIENCE, People
from bot.preview.double.rest import API, Rest
from bot.preview.double.rules import MIB, RequestCheck, ResponseCheck
from bot.preview.double.visitors import refuse_strangers
from bot.preview.double.world import Watcher, World

HOST = "127.0.0.1"
LARGEST_REQUEST = 64 * MIB
LIMITS: Mapping[str, tuple[int, float]] = MappingProxyType({"POST /channels/{channel_id}/messages": (5, 5.0)})
"""Rate limits by method and template: requests, and the seconds after which they are free again."""


class DiscordDouble:
    """A small, honest Discord on loopback: `async with DiscordDouble() as discord: ...`.

    `check` and `check_reply` judge requests and replies against a specification; `routes` are served on the
    same port; `watchers` are told of every message. What `conduct` means is said there; its fields can also
    be given by name: `DiscordDouble(rules=False, keep=500)`.
    """

    def __init__(
        self,
        check: RequestCheck | None = None,
        *,
        check_reply: ResponseCheck | None = None,
        token: str = "double.token",  # noqa: S107 (a made-up token, for a server that only we reach)
        name: str = "asylum-bot",
        guilds: Iterable[GuildPlan] = (GuildPlan(),),
        port: int = 0,
        routes: Iterable[web.AbstractRouteDef] = (),
        watchers: Iterable[Watcher] = (),
        limits: Mapping[str, tuple[int, float]] = LIMITS,
        global_limit: tuple[int, float] = (50, 1.0),
        **conduct: Any,
    ) -> None:
        self.world = world = World(token, guilds, name, Conduct(**conduct))
        self.gateway = gateway = Gateway(world)
        self.rest = Rest(
            world, gateway, check=check, check_reply=check_reply, limits=limits, global_limit=global_limit
        )
        self.people = people = People(world, gateway)
        world.watchers.extend(watchers)
        self._wanted_port, self._routes = port, list(routes)
        self._runner: web.AppRunner | None = None

        self.token, self.app, self.bot, self.ids = world.token, world.app, world.bot, world.ids
        self.moderator, self.reader = world.moderator, world.reader
        self.person, self.dm = world.person, world.dm
        self.guilds, self.channels, self.messages = world.guilds, world.channels, world.messages
        self.commands, self.interactions, self.cdn = world.commands, world.interactions, world.cdn
        self.webhooks = world.webhooks
        self.registered, self.denied, self.watchers = world.registered, world.denied, world.watchers
        self.violations, self.advance, self.now = world.violations, world.advance, world.now

        self.sessions, self.gateway_log, self.connected = gateway.sessions, gateway.log, gateway.connected
        self.emit, self.cut, self.opcode = gateway.emit, gateway.cut, gateway.opcode

        rest = self.rest
        self.requests, self.faults, self.own_faults = rest.requests, rest.faults, rest.own_faults

        self.slash, self.autocomplete = people.slash, people.autocomplete
        self.click, self.submit, self.context_menu = people.click, people.submit, people.context_menu
        self.say, self.answered, self.commands_for = people.say, people.answered, people.commands_for

        moderation = Moderation(world, gateway)
        self.forbid, self.delete_channel = moderation.forbid, moderation.delete_channel
        self.invite, self.throw_out = moderation.invite, moderation.throw_out
        self.take_back = moderation.take_back

    @property
    def base(self) -> str:
        """The address of everything, without a path: "http://127.0.0.1:PORT"."""
        return self.world.base

    @property
    def port(self) -> int:
        """The port in use."""
        return int(self.base.rpartition(":")[2])

    @property
    def endpoints(self) -> Endpoints:
        """Where a bot finds this Discord."""
        return Endpoints(self.base + API, self.gateway.url, f"{self.base}/cdn")

    def patched(self) -> AbstractContextManager[None]:
        """Point the discord.py of this process at the double."""
        return pointed_at(self.endpoints)

    @property
    def ack_heartbeats(self) -> bool:
        """Whether heartbeats are acknowledged; a gateway that stops has gone silent."""
        return self.gateway.ack_heartbeats

    @ack_heartbeats.setter
    def ack_heartbeats(self, value: bool) -> None:
        self.gateway.ack_heartbeats = value

    async def ready(self, timeout: float = PATIENCE) -> None:
        """Wait until a bot has registered its commands and is connected; TimeoutError after `timeout` s."""
        async with asyncio.timeout(timeout):
            await self.registered.wait()
            await self.connected.wait()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=LARGEST_REQUEST, middlewares=[refuse_strangers])
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/cdn/{tail:.*}", self._serve_file)
        app.router.add_route("*", API + "/{tail:.*}", self.rest.serve)
        app.router.add_routes(self._routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, self._wanted_port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.world.base = f"http://{HOST}:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.cut(WSCloseCode.GOING_AWAY)
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve_file(self, request: web.Request) -> web.Response:
        part = self.cdn.get(request.path)
        if part is None:
            return web.Response(status=404)
        kind = messages.content_type(part)
        return web.Response(
            body=part.data, headers={"Content-Type": kind, "Access-Control-Allow-Origin": "*"}
        )


_MEMBER = 1


class Moderation:
    """Changes of guilds and channels, of which the bot is told through the gateway."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world, self.gateway = world, gateway

    async def forbid(self, channel_id: str, taken: Permissions) -> None:
        """Take permissions from the bot in one channel; no permissions give all back."""
        channel = self.world.channels[channel_id]
        mine, others = self.world.bot["id"], channel["permission_overwrites"]
        others = [o for o in others if o["id"] != mine]
        if taken.value:
            others.append({"id": mine, "type": _MEMBER, "allow": "0", "deny": str(taken.value)})
        channel["permission_overwrites"] = others
        await self.gateway.emit("CHANNEL_UPDATE", channel, channel["guild_id"])

    async def delete_channel(self, channel_id: str) -> None:
        """Delete a channel, or a thread, with its messages."""
        channel = self.world.channels.pop(channel_id)
        self.world.messages.pop(channel_id, None)
        for guild in self.world.guilds:
            for kind in ("channels", "threads"):
                guild[kind] = [c for c in guild[kind] if c["id"] != channel_id]
        event = "THREAD_DELETE" if "thread_metadata" in channel else "CHANNEL_DELETE"
        await self.gateway.emit(event, channel, channel["guild_id"])

    async def invite(self, plan: GuildPlan) -> Payload:
        """Add the bot to one more guild, which is returned."""
        world = self.world
        guild = payloads.guild(world.ids, plan, world.bot, world.moderator, world.reader)
        await self.take_back(guild)
        return guild

    async def take_back(self, guild: Payload) -> None:
        """Add the bot to a guild, which it may have been thrown out of before."""
        self.world.guilds.append(guild)
        self.world.learn(guild)
        # Discord says of a guild whether it is available only where the bot was in it already.
        told = {key: value for key, value in guild.items() if key != "unavailable"}
        await self.gateway.emit("GUILD_CREATE", told, guild["id"])

    async def throw_out(self, guild_id: str) -> None:
        """Remove the bot from a guild."""
        guild = next(g for g in self.world.guilds if g["id"] == guild_id)
        self.world.guilds.remove(guild)
        for channel in (*guild["channels"], *guild["threads"]):
            self.world.channels.pop(channel["id"], None)
        await self.gateway.emit("GUILD_DELETE", {"id": guild_id}, guild_id)
