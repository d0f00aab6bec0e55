"""The group /alerts: all its commands together, the buttons of proposals, and servers that come and go."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.alerts.proposals import ALERT_BUTTONS
from bot.client import AsylumBot
from bot.services import Services
from cogs.inspection import Inspection
from cogs.subscriptions import Subscriptions


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Alerts(Subscriptions, Inspection, commands.GroupCog, group_name="alerts"):
    """Alerts when figures are published, completed or corrected."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Let the subscriptions of a server rest that removed the bot."""
        await self.services.alerts.server_left(guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Wake them when the bot is invited again."""
        await self.services.alerts.server_joined(guild.id)


async def setup(bot: AsylumBot) -> None:
    """Add the group and its buttons; called by `load_extension`."""
    bot.add_dynamic_items(*ALERT_BUTTONS)
    await bot.add_cog(Alerts(bot.services))
