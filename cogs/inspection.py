"""/alerts preview, test and explain: what a subscription does, and why."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.alerts.inspection import send_test, show_explanation, show_past
from bot.alerts.options import ChannelOption, SubscriptionOption
from bot.options import AsOfOption
from cogs.door import Door
from cogs.subscriptions import SUBSCRIPTION


class Inspection(Door):
    """Subscriptions tried out and explained."""

    @app_commands.command()
    @app_commands.describe(subscription=SUBSCRIPTION)
    async def preview(self, interaction: discord.Interaction[Any], subscription: SubscriptionOption) -> None:
        """What a subscription would have sent for every past release, and why not."""
        await show_past(interaction, subscription)

    @app_commands.command()
    @app_commands.describe(subscription=SUBSCRIPTION)
    async def test(self, interaction: discord.Interaction[Any], subscription: SubscriptionOption) -> None:
        """Post the last alert there would have been now, without pings."""
        await send_test(interaction, subscription)

    @app_commands.command()
    @app_commands.describe(
        release="Which release; the newest if left out", channel="Which channel; this one if left out"
    )
    async def explain(
        self,
        interaction: discord.Interaction[Any],
        release: AsOfOption | None = None,
        channel: ChannelOption | None = None,
    ) -> None:
        """Why a release was, or was not, announced in a channel."""
        await show_explanation(interaction, release, channel)
