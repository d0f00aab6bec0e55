"""/alerts list, pause, resume and remove: what becomes of subscriptions."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.alert_options import SubscriptionOption
from bot.proving import show_list
from bot.subscribing import pause, remove, resume
from cogs.door import Door
from cogs.subscribing import SUBSCRIPTION


class Keeping(Door):
    """Subscriptions listed, rested and removed."""

    @app_commands.command(name="list")
    async def list_all(self, interaction: discord.Interaction[Any]) -> None:
        """All subscriptions of this server; the paused ones with the reason and what helps."""
        await show_list(interaction)

    @app_commands.command()
    @app_commands.describe(subscription=SUBSCRIPTION)
    async def pause(self, interaction: discord.Interaction[Any], subscription: SubscriptionOption) -> None:
        """Let a subscription rest until you resume it."""
        await pause(interaction, subscription)

    @app_commands.command()
    @app_commands.describe(subscription=SUBSCRIPTION)
    async def resume(self, interaction: discord.Interaction[Any], subscription: SubscriptionOption) -> None:
        """Wake a paused subscription."""
        await resume(interaction, subscription)

    @app_commands.command()
    @app_commands.describe(subscription=SUBSCRIPTION)
    async def remove(self, interaction: discord.Interaction[Any], subscription: SubscriptionOption) -> None:
        """Remove a subscription for good."""
        await remove(interaction, subscription)
