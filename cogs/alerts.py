"""/alerts: who is to hear of what, and why; and servers that come and go."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.alerts.inspection import send_test, show_explanation, show_list, show_past
from bot.alerts.options import (
    ChannelOption,
    KindsOption,
    SubscriptionOption,
    ThresholdOption,
    settle_subscription,
)
from bot.alerts.proposals import ALERT_BUTTONS, propose
from bot.alerts.subscriptions import Wish, draft_for, edit, pause, remove, resume
from bot.discord.client import AsylumBot
from bot.discord.options import AsOfOption, CountryOption, MeasureOption
from bot.services import Services
from cogs.base import CommandBase

CHANNEL = "Where to post; this channel if left out"
SUBSCRIPTION = "Which one; if left out, the only one of this channel"
ORIGIN = "Only figures on people from this country"
ASYLUM = "Only figures on this country of asylum"
MEASURE = "Only this measure; all if left out"
KINDS = "Only new period, completed, corrected, withdrawn; several with commas"
AT_LEAST = "Only changes this large: 1000, or 10%"
ROLE = "Role to ping"
LANGUAGE = "Language of the alerts"
PUBLISH = "In an announcement channel, publish each alert to its followers"

LANGUAGES = [app_commands.Choice(name="English", value="en")]
CLEARABLE = [
    app_commands.Choice(name=name, value=name)
    for name in ("origin", "asylum", "measure", "kinds", "at_least", "role")
]


class SubscriptionCommands(CommandBase):
    """Subscriptions made, changed, listed, paused and removed."""

    @app_commands.command()
    @app_commands.describe(
        channel=CHANNEL,
        origin=ORIGIN,
        asylum=ASYLUM,
        measure=MEASURE,
        kinds=KINDS,
        at_least=AT_LEAST,
        role=ROLE,
        language=LANGUAGE,
        publish=PUBLISH,
    )
    @app_commands.choices(language=LANGUAGES)
    async def subscribe(
        self,
        interaction: discord.Interaction[Any],
        channel: ChannelOption | None = None,
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        measure: MeasureOption | None = None,
        kinds: KindsOption | None = None,
        at_least: ThresholdOption | None = None,
        role: discord.Role | None = None,
        language: str = "en",
        publish: bool = False,
    ) -> None:
        """Tell a channel when UNHCR publishes, completes or corrects figures."""
        wish = Wish(channel, origin, asylum, measure, kinds, at_least, role, language, publish)
        await propose(interaction, draft_for(interaction, wish, direct=False))

    @app_commands.command()
    @app_commands.describe(
        subscription=SUBSCRIPTION,
        channel="Where to post from now on",
        origin=ORIGIN,
        asylum=ASYLUM,
        measure=MEASURE,
        kinds=KINDS,
        at_least=AT_LEAST,
        role=ROLE,
        language=LANGUAGE,
        publish=PUBLISH,
        clear="Leave this open again: every country, every measure …",
    )
    @app_commands.choices(language=LANGUAGES, clear=CLEARABLE)
    async def edit(
        self,
        interaction: discord.Interaction[Any],
        subscription: SubscriptionOption | None = None,
        channel: ChannelOption | None = None,
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        measure: MeasureOption | None = None,
        kinds: KindsOption | None = None,
        at_least: ThresholdOption | None = None,
        role: discord.Role | None = None,
        language: str | None = None,
        publish: bool | None = None,
        clear: str | None = None,
    ) -> None:
        """Change a subscription; what you leave out stays as it is."""
        wish = Wish(channel, origin, asylum, measure, kinds, at_least, role, language, publish)
        await edit(interaction, await settle_subscription(interaction, subscription), wish, clear)

    @app_commands.command()
    @app_commands.describe(
        origin=ORIGIN, asylum=ASYLUM, measure=MEASURE, kinds=KINDS, at_least=AT_LEAST, language=LANGUAGE
    )
    @app_commands.choices(language=LANGUAGES)
    async def watch(
        self,
        interaction: discord.Interaction[Any],
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        measure: MeasureOption | None = None,
        kinds: KindsOption | None = None,
        at_least: ThresholdOption | None = None,
        language: str = "en",
    ) -> None:
        """In a direct message to me: hear of it yourself when figures change."""
        wish = Wish(None, origin, asylum, measure, kinds, at_least, None, language)
        await propose(interaction, draft_for(interaction, wish, direct=True))

    @app_commands.command(name="list")
    async def list_all(self, interaction: discord.Interaction[Any]) -> None:
        """All subscriptions of this server; if one is paused, why and what to do."""
        await show_list(interaction)

    @app_commands.command()
    @app_commands.describe(subscription=SUBSCRIPTION)
    async def pause(
        self, interaction: discord.Interaction[Any], subscription: SubscriptionOption | None = None
    ) -> None:
        """Pause a subscription until you resume it."""
        await pause(interaction, await settle_subscription(interaction, subscription))

    @app_commands.command()
    @app_commands.describe(subscription=SUBSCRIPTION)
    async def resume(
        self, interaction: discord.Interaction[Any], subscription: SubscriptionOption | None = None
    ) -> None:
        """Resume a paused subscription."""
        await resume(interaction, await settle_subscription(interaction, subscription))

    @app_commands.command()
    @app_commands.describe(subscription=SUBSCRIPTION)
    async def remove(
        self, interaction: discord.Interaction[Any], subscription: SubscriptionOption | None = None
    ) -> None:
        """Remove a subscription for good."""
        await remove(interaction, await settle_subscription(interaction, subscription))


class InspectionCommands(CommandBase):
    """Subscriptions tried out and explained."""

    @app_commands.command()
    @app_commands.describe(subscription=SUBSCRIPTION)
    async def preview(
        self, interaction: discord.Interaction[Any], subscription: SubscriptionOption | None = None
    ) -> None:
        """What a subscription would have sent for each past release, or why nothing."""
        await show_past(interaction, await settle_subscription(interaction, subscription))

    @app_commands.command()
    @app_commands.describe(subscription=SUBSCRIPTION)
    async def test(
        self, interaction: discord.Interaction[Any], subscription: SubscriptionOption | None = None
    ) -> None:
        """Post now the last alert that it would have sent, without pings."""
        await send_test(interaction, await settle_subscription(interaction, subscription))

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


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class AlertsCog(SubscriptionCommands, InspectionCommands, commands.GroupCog, group_name="alerts"):
    """Alerts when figures are published, completed or corrected."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pause the subscriptions of a server that removed the bot."""
        await self.services.alerts.server_left(guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Resume them when the bot is invited again."""
        await self.services.alerts.server_joined(guild.id)


async def setup(bot: AsylumBot) -> None:
    """Add the group and its buttons; called by `load_extension`."""
    bot.add_dynamic_items(*ALERT_BUTTONS)
    await bot.add_cog(AlertsCog(bot.services))
