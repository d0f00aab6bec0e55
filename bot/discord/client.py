"""The Discord client: loads the cogs, registers their commands, and answers for their failures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.registration import register, register_in
from bot.discord.traffic import Traffic
from bot.discord.views import apologise
from bot.services import FactKeeper, Services

EXTENSIONS: tuple[str, ...] = ("cogs.asylum", "cogs.alerts", "cogs.settings")
"""The cogs by name, so that nothing in `bot` imports them."""

MAX_WAIT = 60.0
"""Seconds to wait at most when Discord asks for patience; beyond them a request fails instead."""


class AsylumTree(app_commands.CommandTree["AsylumBot"]):
    """The slash commands and message menus, with one place where every failure ends."""

    async def on_error(
        self, interaction: discord.Interaction[AsylumBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Apologise to the asker alone."""
        await apologise(interaction, error)


class AsylumBot(commands.Bot):
    """Answers slash commands, in servers, direct messages and wherever its users take it.

    It needs no privileged intent and no message commands. With `memory` it registers its
    commands only when they changed, without one at every start; with a `dev_server` in that server alone.
    `hears_mentions` asks Discord also for messages (their text comes only with those that mention the bot or
    are sent to it).
    """

    def __init__(
        self,
        services: Services,
        *,
        memory: FactKeeper | None = None,
        extensions: Sequence[str] = EXTENSIONS,
        hears_mentions: bool = False,
        dev_server: int | None = None,
        guild_ready_timeout: float = 2.0,
    ) -> None:
        # The bot has no voice, and need not warn of it at every start.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
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
            http_trace=self.traffic.trace(),
        )
        self.services = services
        self.memory = memory
        self.dev_server = dev_server
        self.cog_names = tuple(extensions)

    async def setup_hook(self) -> None:
        """Load the cogs, then register what they brought."""
        for name in self.cog_names:
            await self.load_extension(name)
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
