"""The life of the double on loopback, and everything a test or a page may ask of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType, TracebackType
from typing import Any, Self

from aiohttp import WSCloseCode, web

from bot.endpoints import Endpoints, pointed_at
from bot.preview.double import messages
from bot.preview.double.checks import Check, ResponseCheck
from bot.preview.double.conduct import Conduct
from bot.preview.double.gateway import Gateway
from bot.preview.double.moderation import Moderation
from bot.preview.double.payloads import GuildPlan
from bot.preview.double.people import People
from bot.preview.double.rest import API, Rest
from bot.preview.double.rules import MIB
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
        check: Check | None = None,
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

    async def ready(self, timeout: float = 10.0) -> None:
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
