"""Mentions of the bot, and /asylum-settings to switch answers to them off."""

from __future__ import annotations

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.composition import SentReply
from bot.chat.mentions import answer_mention, read_address, reply, show_settings
from bot.discord.client import AsylumBot
from bot.services import OWN
from cogs.base import LANGUAGES

PER_PERSON = (3, 30.0)
PER_CHANNEL = (8, 30.0)
"""How many mentions are answered in how many seconds: of a person in a channel, and in a channel."""

TOO_FAST = "I answer three questions in half a minute of the same person in a channel."
TOO_MANY = "I answer eight questions in half a minute in a channel."


def _in_place(message: discord.Message) -> tuple[int, int]:
    """Count a person's mentions in each channel apart."""
    return message.author.id, message.channel.id


class MentionCommands(commands.Cog):
    """Listens for those who mention the bot or write to it."""

    def __init__(self, bot: AsylumBot) -> None:
        self.bot, self.services = bot, bot.services
        mapping = commands.CooldownMapping[discord.Message]
        self._limits = {
            TOO_FAST: mapping(commands.Cooldown(*PER_PERSON), _in_place),
            TOO_MANY: mapping.from_cooldown(*PER_CHANNEL, commands.BucketType.channel),
        }
        self._told = mapping(commands.Cooldown(1, PER_PERSON[1]), _in_place)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer what is addressed to the bot, where the server wants that."""
        me = self.bot.user.id if self.bot.user else 0
        text = read_address(message, me)
        if text is None or not await self.services.mention_settings.listens(
            message.guild.id if message.guild else None
        ):
            return
        if not (refusal := self._refuse(message)):
            await answer_mention(self.services, message, text, me)
        elif not self._told.update_rate_limit(message):
            await reply(message, SentReply(content=refusal))

    def _refuse(self, message: discord.Message) -> str:
        """Say which limit a message meets and how long that is; empty where it is answered."""
        for said, limit in self._limits.items():
            if seconds := limit.update_rate_limit(message):
                return f"{said} Please try again in {seconds:.0f} seconds."
        return ""

    @app_commands.command(name="asylum-settings")
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.describe(
        mentions="Whether I answer in this server when somebody mentions me",
        language="Language of the answers that all can read",
    )
    @app_commands.choices(language=[*LANGUAGES, app_commands.Choice(name="each person's own", value=OWN)])
    async def settings(
        self,
        interaction: discord.Interaction[Any],
        mentions: Literal["on", "off"] | None = None,
        language: str | None = None,
    ) -> None:
        """Whether I answer mentions in this server, and in which language; for those who may manage it."""
        await show_settings(interaction, self.services, mentions, language)


async def setup(bot: AsylumBot) -> None:
    """Add the listener and its command; called by `load_extension`."""
    await bot.add_cog(MentionCommands(bot))
