"""From what somebody asks for to a subscription, checked by the same rules whenever it is made or changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.alerts.channels import (
    NO_SUCH_CHANNEL,
    check_channel,
    check_moderator,
    check_role,
    find_channel,
    find_scope,
)
from bot.discord.client import services_of
from bot.discord.views import AsylumButton, AsylumView
from bot.languages import _
from bot.replies.subscriptions import DIRECT, say_filter, say_resumed
from bot.sentences import Refusal
from data.model import Place
from data.questions.placement import settle_place
from data.state.model import Destination, Draft, Filter, Threshold

if TYPE_CHECKING:
    from bot.alerts.channels import Channel
    from data.model import Area, Measure, RevisionKind
    from data.state.model import Subscription

SUBSCRIBE_IN_SERVERS = "Channels are subscribed in a server; here, /alerts watch tells you yourself."
WATCH_IN_MESSAGES = (
    "Watching for yourself works in a direct message with me; open one and use /alerts watch there, or use"
    " /alerts subscribe for a channel of this server."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for; None where nothing was said of it."""

    channel: Channel | None = None
    origin: Area | None = None
    asylum: Area | None = None
    measure: Measure | None = None
    kinds: frozenset[RevisionKind] | None = None
    at_least: Threshold | None = None
    role: discord.Role | None = None
    language: str | None = None
    publish: bool | None = None


def amend(draft: Draft, wish: Wish, cleared: str | None = None) -> Draft:
    """Change what is wished, and set back what is `cleared`: the name of an option."""
    old = draft.wanted
    measure = wish.measure or old.measure
    place = Place(wish.origin or old.place.origin, wish.asylum or old.place.asylum)
    channel = wish.channel.id if wish.channel else draft.destination.channel
    changed = replace(
        draft,
        destination=replace(draft.destination, channel=channel),
        wanted=Filter(
            settle_place(measure, place),
            measure,
            wish.kinds or old.kinds,
            wish.at_least or old.at_least,
        ),
        role=wish.role.id if wish.role else draft.role,
        language=wish.language or draft.language,
        publish=draft.publish if wish.publish is None else wish.publish,
    )
    return clear(changed, cleared) if cleared else changed


def clear(draft: Draft, name: str) -> Draft:
    """Leave open again what an option had bounded."""
    wanted = draft.wanted
    match name:
        case "origin":
            wanted = replace(wanted, place=replace(wanted.place, origin=None))
        case "asylum":
            wanted = replace(wanted, place=replace(wanted.place, asylum=None))
        case "measure":
            wanted = replace(wanted, measure=None)
        case "kinds":
            wanted = replace(wanted, kinds=frozenset())
        case "at_least":
            wanted = replace(wanted, at_least=Threshold())
        case "role":
            return replace(draft, role=None)
    return replace(draft, wanted=wanted)


def draft_for(interaction: discord.Interaction[Any], wish: Wish, *, direct: bool) -> Draft:
    """Make a draft for the channel that is wished, or this one; `direct`: for this direct message.

    Raises `Unanswerable` where that kind of subscription is not made, or by somebody who may not.
    """
    scope = find_scope(interaction)
    if direct is not (scope.server is None):
        raise Refusal(WATCH_IN_MESSAGES if direct else SUBSCRIBE_IN_SERVERS)
    if interaction.channel_id is None:
        raise Refusal(NO_SUCH_CHANNEL)
    return amend(Draft(Destination(interaction.channel_id, scope.server), Filter()), wish)


async def check(
    interaction: discord.Interaction[Any], draft: Draft, *, instead_of: int | None = None
) -> Channel | None:
    """Check everything about a draft, whoever made it and whenever; return its channel of a server.

    Raises `Unanswerable` with the first objection and its remedy. `instead_of` is what it replaces.
    """
    scope, channel = find_scope(interaction), None
    if draft.destination.server != scope.server or (
        not scope.server and draft.destination.channel != scope.channel
    ):
        raise Refusal(NO_SUCH_CHANNEL)
    if scope.server is not None and isinstance(interaction.user, discord.Member):
        channel = await find_channel(interaction, draft.destination.channel)
        check_moderator(channel, interaction.user)
        check_channel(channel, publish=draft.publish)
        if draft.role is not None:
            role = channel.guild.get_role(draft.role)
            if role is None:
                raise Refusal("That role is gone; pick another one, or leave “role” out.")
            check_role(role, channel, interaction.user)
    await services_of(interaction).alerts.check(draft, instead_of=instead_of)
    return channel


async def subscribe(interaction: discord.Interaction[Any], draft: Draft) -> str:
    """Keep a confirmed draft, checked anew; return what to say of it."""
    await check(interaction, draft)
    kept = await services_of(interaction).alerts.subscribe(draft)
    return _(
        "Subscribed {destination} to **{filter}**, as number {id}. `/alerts preview` shows what past"
        " releases would have sent, `/alerts list` all subscriptions.",
        destination=name_destination(draft),
        filter=say_filter(draft.wanted),
        id=kept.id,
    )


async def edit(
    interaction: discord.Interaction[Any], subscription: Subscription, wish: Wish, cleared: str | None
) -> None:
    """Change a subscription as is wished, and say what it is now."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    await keep_changed(interaction, subscription, amend(draft_of(subscription), wish, cleared))


async def keep_changed(
    interaction: discord.Interaction[Any], subscription: Subscription, draft: Draft
) -> None:
    """Keep a draft in the place of a subscription, checked as a new one is, and say what it is now."""
    if draft == draft_of(subscription):
        raise Refusal("That changes nothing; say what to change, or what to clear.")
    await check(interaction, draft, instead_of=subscription.id)
    await services_of(interaction).alerts.edit(subscription.id, find_scope(interaction), draft)
    await interaction.followup.send(
        _(
            "Number {id} now tells {destination} of **{filter}**.",
            id=subscription.id,
            destination=name_destination(draft),
            filter=say_filter(draft.wanted),
        ),
        ephemeral=True,
    )


def draft_of(subscription: Subscription) -> Draft:
    """Return what was asked for with a subscription."""
    each = subscription
    return Draft(each.destination, each.wanted, each.role, each.language, each.publish)


def name_destination(draft: Draft) -> str:
    """Name where alerts go: the channel as Discord shows it, or this direct message."""
    return DIRECT if draft.destination.server is None else f"<#{draft.destination.channel}>"


async def pause(interaction: discord.Interaction[Any], subscription: Subscription) -> None:
    """Pause a subscription."""
    await services_of(interaction).alerts.pause(subscription.id, find_scope(interaction))
    await _say(
        interaction,
        _(
            "Number {id} is paused. What UNHCR publishes meanwhile will not be posted; `/alerts resume`"
            " offers the newest of it.",
            id=subscription.id,
        ),
    )


async def resume(interaction: discord.Interaction[Any], subscription: Subscription) -> None:
    """Resume a subscription, if the bot may send there by now, and offer what was not told meanwhile."""
    if subscription.paused is None:
        raise Refusal("That subscription is not paused; there is nothing to resume.")
    await interaction.response.defer(ephemeral=True, thinking=True)
    if subscription.destination.server is not None:
        channel = await find_channel(interaction, subscription.destination.channel)
        check_channel(channel, publish=subscription.publish)
    alerts = services_of(interaction).alerts
    missed = await alerts.read_missed(subscription)
    await alerts.resume(subscription.id, find_scope(interaction))
    view = AsylumView(timeout=None)
    if missed:
        view.add_item(MissedButton(subscription.id, missed[-1].id))
    await interaction.followup.send(say_resumed(subscription, missed), view=view, ephemeral=True)


class MissedButton(AsylumButton, template=r"missed:(?P<number>\d{1,18}):(?P<release>\d{1,18})"):
    """Has the newest release told that came while a subscription was paused."""

    def __init__(self, number: int | str, release: int | str) -> None:
        super().__init__(ui.Button(label="Post the newest", custom_id=f"missed:{number}:{release}"))
        self.number, self.release = int(number), int(release)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Owe it to the channel, which is sent it as any other alert."""
        await interaction.response.defer()
        alerts = services_of(interaction).alerts
        told = await alerts.tell_missed(self.number, find_scope(interaction), self.release)
        where = name_destination(draft_of(told))
        await interaction.edit_original_response(
            content=_("It is being posted in {where}.", where=where), view=None
        )


async def remove(interaction: discord.Interaction[Any], subscription: Subscription) -> None:
    """Forget a subscription."""
    removed = await services_of(interaction).alerts.remove(subscription.id, find_scope(interaction))
    await _say(
        interaction, _("Removed number {id}: {filter}.", id=removed.id, filter=say_filter(removed.wanted))
    )


async def _say(interaction: discord.Interaction[Any], text: str) -> None:
    """Answer the asker alone."""
    await interaction.response.send_message(text, ephemeral=True)
