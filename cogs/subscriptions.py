"""/alerts subscribe, edit, watch and list, pause, resume, remove: who is to hear of what."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.alerts.inspection import show_list
from bot.alerts.options import ChannelOption, KindsOption, SubscriptionOption, ThresholdOption
from bot.alerts.proposals import propose
from bot.alerts.subscriptions import Wish, draft_for, edit, pause, remove, resume
from bot.options import CountryOption, MeasureOption
from cogs.door import Door

CHANNEL = "Where to post; this channel if left out"
SUBSCRIPTION = "Which one; pick it from the list"
ORIGIN = "Only figures on people from this country"
ASYLUM = "Only figures on this country of asylum"
MEASURE = "Only this; every measure if left out"
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


class Subscriptions(Door):
    """Subscriptions made, changed, listed, rested and removed."""

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
        subscription: SubscriptionOption,
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
        """Change a subscription; what you leave out stays."""
        wish = Wish(channel, origin, asylum, measure, kinds, at_least, role, language, publish)
        await edit(interaction, subscription, wish, clear)

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
        """In a direct message with me: tell you yourself when figures change."""
        wish = Wish(None, origin, asylum, measure, kinds, at_least, None, language)
        await propose(interaction, draft_for(interaction, wish, direct=True))

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
