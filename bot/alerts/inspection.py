"""What subscriptions do, shown: which there are, what they would have sent, a test, and why nothing came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.alerts.channels import check_channel, find_channel, find_scope
from bot.alerts.posts import post
from bot.discord.client import services_of
from bot.discord.views import AsylumButton, AsylumView
from bot.languages import _
from bot.replies.alert import write_alert
from bot.replies.reasons import REFUSALS
from bot.replies.reply import MAX_DESCRIPTION
from bot.replies.subscriptions import (
    DIRECT,
    GONE,
    list_subscriptions,
    say_explanation,
    say_filter,
    say_past,
    say_past_short,
)
from bot.sentences import Refusal
from bot.words import capitalise
from data.questions.view import choose_release

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.alerts.channels import Channel
    from data.state.model import Subscription

NONE_YET = (
    "There is no subscription here yet; /alerts subscribe makes one (in a direct message, /alerts watch)."
)
NOTHING = "No release so far would have sent anything; widen it with /alerts edit, then test again."
UNSEEN = "a channel that I cannot see"
BAD_REQUEST = 400
_GONE, _FORBIDDEN = 10003, 50013


async def show_list(interaction: discord.Interaction[Any]) -> None:
    """List all subscriptions that somebody may manage, the paused ones with reason and remedy."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    scope = find_scope(interaction)
    kept = await services_of(interaction).alerts.subscriptions(server=scope.server, channel=scope.channel)
    if not kept:
        raise Refusal(NONE_YET)
    places = await name_places(interaction, {each.destination.channel for each in kept})
    for part in list_subscriptions(kept, places):
        await interaction.followup.send(part, ephemeral=True)


async def name_places(interaction: discord.Interaction[Any], channels: Iterable[int]) -> dict[int, str]:
    """Name channels as Discord shows them; those that are gone, or hidden from the bot, as such."""
    guild, found = interaction.guild, {}
    for channel in channels:
        if guild is None:
            found[channel] = DIRECT
        elif guild.get_channel_or_thread(channel):
            found[channel] = f"<#{channel}>"
        else:  # perhaps a thread that went quiet: only Discord knows
            found[channel] = await _ask_for_name(interaction.client, channel)
    return found


async def _ask_for_name(client: discord.Client, channel: int) -> str:
    try:
        await client.fetch_channel(channel)
    except discord.NotFound:
        return GONE
    except (discord.Forbidden, discord.InvalidData):
        return UNSEEN
    return f"<#{channel}>"


async def show_past(interaction: discord.Interaction[Any], subscription: Subscription) -> None:
    """Hold every release that is kept against a subscription: how many it would have told, and the newest."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    past = await services_of(interaction).alerts.past([subscription.wanted])
    titles = {each.release.id: write_alert(each).title for each in past if each.headline}
    view = AsylumView(timeout=None)
    view.add_item(PastButton(subscription.id))
    await interaction.followup.send(
        say_past_short(subscription.wanted, past, titles), view=view, ephemeral=True
    )


class PastButton(AsylumButton, template=r"past:(?P<number>\d{1,18})"):
    """Shows of every release what a subscription would have sent, or why nothing."""

    def __init__(self, number: int | str) -> None:
        super().__init__(ui.Button(label=_("Details"), custom_id=f"past:{number}"))
        self.number = int(number)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer privately with the whole list."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        alerts = services_of(interaction).alerts
        subscription = await alerts.subscription(self.number, find_scope(interaction))
        past = await alerts.past([subscription.wanted])
        headlines = {each.release.id: write_alert(each).headline for each in past if each.headline}
        await interaction.followup.send(
            _("What **{filter}** would have sent, newest first:", filter=say_filter(subscription.wanted)),
            embed=discord.Embed(description=say_past(past, headlines, MAX_DESCRIPTION)),
            ephemeral=True,
        )


async def send_test(interaction: discord.Interaction[Any], subscription: Subscription) -> None:
    """Send the newest alert that there would have been to the channel now, without pings."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    services, channel = services_of(interaction), subscription.destination.channel
    if subscription.destination.server is not None:
        check_channel(await find_channel(interaction, channel), publish=subscription.publish)
    past = await services.alerts.past([subscription.wanted])
    telling = [each.release for each in past if each.silence is None]
    if not telling:
        raise Refusal(NOTHING)
    news = await services.alerts.news(telling[-1], [subscription.wanted], whole=True)
    message = await services.alerting.compose(news, [])
    if message is None:
        raise Refusal(NOTHING)
    told = message.quiet(
        _(
            "-# A test for **{filter}**: the last alert there would have been.\n",
            filter=say_filter(subscription.wanted),
        ),
    )
    try:
        await post(interaction.client, channel, told)
    except discord.HTTPException as error:
        if sentence := say_refusal(error):
            raise Refusal(sentence) from error
        raise
    await interaction.followup.send(_("The test was posted."), ephemeral=True)


def say_refusal(error: discord.HTTPException) -> str | None:
    """Say what Discord's refusal of a message means and what helps; None where that says itself."""
    code = {discord.NotFound: _GONE, discord.Forbidden: _FORBIDDEN}.get(type(error), 0)
    if refusal := REFUSALS.get(error.code) or REFUSALS.get(code):
        what, remedy = refusal
        return f"{capitalise(what)}; {remedy}."
    if error.status == BAD_REQUEST:
        return _(
            "Discord refused the test (its code is {code}); please tell the operator of this bot.",
            code=error.code,
        )
    return None


async def show_explanation(
    interaction: discord.Interaction[Any], day: date | None, channel: Channel | None
) -> None:
    """Say why a release was, or was not, told in a channel, as it was written down."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    scope, services = find_scope(interaction), services_of(interaction)
    asked = channel.id if channel is not None and scope.server is not None else interaction.channel_id
    release = choose_release(await services.answers.releases(), day)
    found = await services.alerts.explain(release, asked or 0)
    await interaction.followup.send(say_explanation(found), ephemeral=True)
