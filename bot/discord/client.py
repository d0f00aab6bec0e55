"""The Discord client: loads the cogs, registers their commands, and answers for their failures."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.discord.language import language_of
from bot.discord.registration import register, register_in
from bot.discord.running import StartFailed
from bot.discord.shards import CROWDED, MAX_SERVERS, ShardedState, Turns, count_servers
from bot.discord.traffic import Traffic
from bot.discord.translator import CommandTranslator
from bot.discord.views import apologise, follow_completions
from bot.exits import Exit
from bot.languages import speak
from bot.services import FactKeeper, Services

log = structlog.stdlib.get_logger(__name__)

EXTENSIONS: tuple[str, ...] = ("cogs.asylum", "cogs.alerts", "cogs.settings")
"""The cogs by name, so that nothing in `bot` imports them."""

_TOO_FEW_SHARDS = 4011

FindTurn: TypeAlias = Callable[[int], Awaitable[float]]
"""Takes the next turn of shards that must not begin a session together, and says in how many seconds."""

MAX_WAIT = 60.0
"""Seconds to wait at most when Discord asks for patience; beyond them a request fails instead."""


class AsylumTree(app_commands.CommandTree["AsylumBot"]):
    """The slash commands and message menus, with one place where every failure ends."""

    async def interaction_check(self, interaction: discord.Interaction[AsylumBot], /) -> bool:
        """Speak the asker's language, in all that the command does."""
        speak(language_of(interaction))
        return True

    async def on_error(
        self, interaction: discord.Interaction[AsylumBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Apologise to the asker alone."""
        await apologise(interaction, error)


class NoSessionLeft(ConnectionError):
    """Discord lets a bot begin a thousand sessions a day; discord.py tries again later."""


class AsylumBot(commands.AutoShardedBot):
    """Answers slash commands, in servers, direct messages and wherever its users take it.

    It needs no privileged intent and no message commands. With `memory` it registers its
    commands only when they changed, without one at every start; with a `dev_server` in that server alone.
    One that does not `registers` leaves that to another process.
    `hears_mentions` asks Discord also for messages (their text comes only with those that mention the bot or
    are sent to it). It runs as many shards as `shards` says, or as Discord recommends; of those of several
    processes only its `own_shards`, and begins a session when `find_turn` lets it.
    """

    def __init__(
        self,
        services: Services,
        *,
        memory: FactKeeper | None = None,
        registers: bool = True,
        extensions: Sequence[str] = EXTENSIONS,
        hears_mentions: bool = False,
        dev_server: int | None = None,
        shards: int | None = None,
        own_shards: Sequence[int] | None = None,
        find_turn: FindTurn | None = None,
        guild_ready_timeout: float = 2.0,
    ) -> None:
        # The bot has no voice, and need not warn of it at every start.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        follow_completions()
        self.traffic = Traffic()
        super().__init__(
            commands.when_mentioned,
            help_command=None,
            tree_cls=AsylumTree,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            intents=discord.Intents(guilds=True, messages=hears_mentions),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=MAX_WAIT,
            guild_ready_timeout=guild_ready_timeout,
            shard_count=shards,
            http_trace=self.traffic.trace(),
        )
        self.services = services
        self.memory = memory
        self._registers = registers
        self.dev_server = dev_server
        self.cog_names = tuple(extensions)
        if own_shards:
            self.shard_ids = list(own_shards)
        self._recommended = shards is None
        self._find_turn = find_turn or Turns().find
        self._together = 1

    def _get_state(self, **options: Any) -> Any:
        return ShardedState(
            dispatch=self.dispatch, handlers=self._handlers, hooks=self._hooks, http=self.http, **options
        )

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect every shard; raises `StartFailed` where Discord allows too few sessions or shards."""
        recommended, _, starts = await self.http.get_bot_gateway()
        self._together = starts["max_concurrency"]
        self.shard_count = self.shard_count or recommended
        needed = len(self.shard_ids or range(self.shard_count))
        if starts["remaining"] < needed:
            hours = -(-starts["reset_after"] // 3_600_000)
            raise StartFailed(
                f"Discord allows {starts['remaining']} more sessions for now, and this start needs"
                f" {needed}; start again in {hours} h, and find out what restarts the bot.",
                Exit.AGAIN,
            )
        try:
            await super().connect(reconnect=reconnect)
        except discord.ConnectionClosed as closed:
            if closed.code != _TOO_FEW_SHARDS:
                raise
            if self._recommended:
                raise StartFailed(
                    "Discord wants more shards than it recommended; a new start asks it again.", Exit.AGAIN
                ) from closed
            raise StartFailed(
                f"Discord wants this bot split into more shards than {self.shard_count}; write SHARDS=auto."
            ) from closed

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin a session when Discord wants it, and none where none is left: then it resets the token."""
        if not initial:
            _, _, starts = await self.http.get_bot_gateway()
            if not starts["remaining"]:
                raise NoSessionLeft("Discord allows no more sessions for now")
        await asyncio.sleep(await self._find_turn((shard_id or 0) % self._together))

    async def on_shard_ready(self, shard: int) -> None:
        """Warn of a shard that is too full for long."""
        self._warn_of(shard, count_servers(self)[shard])

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Warn once more when a shard comes to be so full."""
        if (servers := count_servers(self)[guild.shard_id]) == CROWDED:
            self._warn_of(guild.shard_id, servers)

    def _warn_of(self, shard: int, servers: int) -> None:
        if servers < CROWDED:
            return
        more = "a new start takes as many shards as Discord recommends by then"
        log.warning(
            "a shard becomes too full for Discord, which will close it",
            shard=shard,
            servers=servers,
            closed_beyond=MAX_SERVERS,
            act=more if self._recommended else f"write SHARDS=auto, or more than {self.shard_count}",
        )

    async def setup_hook(self) -> None:
        """Load the cogs, then register what they brought, unless another process does."""
        for name in self.cog_names:
            await self.load_extension(name)
        await self.tree.set_translator(CommandTranslator())
        if self._registers:
            await self.register_commands()

    async def register_commands(self) -> None:
        """Tell Discord of the commands, if they changed."""
        if self.memory is None:
            await self.tree.sync()
            return
        await register_in(self.tree, self.memory, self.dev_server)
        if self.dev_server is None:
            await register(self.tree, self.memory)

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cogs that listen for them: there are no message commands."""


def services_of(interaction: discord.Interaction[Any]) -> Services:
    """Reach the services from an option or a button, which have no cog to ask."""
    client = interaction.client
    if not isinstance(client, AsylumBot):
        raise TypeError(f"the client is a {type(client).__name__}, no AsylumBot")
    return client.services
