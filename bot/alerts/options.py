"""Options of /alerts: channels, kinds, thresholds, and the subscriptions themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.alerts.channels import CHANNEL_TYPES, Channel, find_channel, find_scope
from bot.discord.client import services_of
from bot.discord.options import MAX_CHOICES, MAX_NAME, Choices
from bot.replies.subscriptions import say_filter
from bot.sentences import Refusal
from bot.words import list_parts
from data.errors import Unanswerable, quote
from data.model import RevisionKind
from data.state.model import Subscription, Threshold, read_threshold

Read = TypeVar("Read")

USUAL_THRESHOLDS = ("100", "1,000", "10,000", "5%", "10%", "25%")
NO_SUBSCRIPTION = "Pick a subscription from the list; /alerts list shows all of them."
_NUMBER = re.compile(r"#?(\d{1,18})(?:: .*)?", re.ASCII | re.DOTALL)


class ChannelTransformer(app_commands.Transformer):
    """Turns a picked channel into the one itself, if it is of this server and takes alerts."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Discord's picker of channels."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Only what alerts can go to."""
        return list(CHANNEL_TYPES)

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Channel:
        """Find the channel, or fail with a sentence."""
        return await find_channel(interaction, value.id)


class KindsTransformer(app_commands.Transformer):
    """Turns kinds, separated by commas, into a set; completes the last one."""

    async def transform(
        self, interaction: discord.Interaction[Any], value: Any, /
    ) -> frozenset[RevisionKind]:
        """Read each kind, once."""
        del interaction
        return read_kinds(str(value))

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer continuations of the list as typed so far."""
        del interaction
        *before, last = str(value).split(",")
        named = [part.strip().casefold() for part in before if part.strip()]
        kept = "".join(f"{part}, " for part in named)
        found = [kind.value for kind in RevisionKind if kind.value not in named]
        typed = last.strip().casefold()
        names = [kept + kind for kind in found if typed in kind]
        return [app_commands.Choice(name=name, value=name) for name in names if len(name) <= MAX_NAME]


class ThresholdTransformer(app_commands.Transformer):
    """Turns “1000” or “10%” into a `Threshold`."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Threshold:
        """Read the size, or fail with how one is written."""
        del interaction
        return read_threshold(str(value))

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer usual sizes."""
        del interaction
        typed = str(value).strip()
        return [app_commands.Choice(name=each, value=each) for each in USUAL_THRESHOLDS if typed in each]


class SubscriptionTransformer(app_commands.Transformer):
    """Turns a subscription picked from the list into the one itself; never one of somebody else's."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Subscription:
        """Find the subscription by its number, or by its name in the list, which begins with that."""
        scope, found = find_scope(interaction), _NUMBER.fullmatch(str(value).strip())
        if found is None:
            raise Refusal(NO_SUBSCRIPTION)
        return await services_of(interaction).alerts.subscription(int(found[1]), scope)

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer the subscriptions that somebody may manage here, as people know them."""
        try:
            scope = find_scope(interaction)
        except Unanswerable:
            return []
        typed = str(value).strip().casefold()
        names = {
            each.id: name_subscription(each, interaction.guild)
            for each in await services_of(interaction).alerts.subscriptions(
                server=scope.server, channel=scope.channel
            )
        }
        found: Choices = [
            app_commands.Choice(name=name[:MAX_NAME], value=str(number))
            for number, name in names.items()
            if typed in name.casefold()
        ]
        return found[:MAX_CHOICES]


async def settle_subscription(
    interaction: discord.Interaction[Any], picked: Subscription | None
) -> Subscription:
    """Return the subscription that is picked; where none is, the only one of the channel.

    Raises `Unanswerable` where that leaves it open.
    """
    if picked is not None:
        return picked
    here = await find_subscriptions(interaction)
    if not here:
        raise Refusal(
            "This channel has no subscription; /alerts subscribe makes one, or pick another from the list."
        )
    if len(here) > 1:
        raise Refusal(f"This channel has {len(here)} subscriptions; pick the one you mean from the list.")
    return here[0]


async def find_subscriptions(interaction: discord.Interaction[Any]) -> tuple[Subscription, ...]:
    """Return the subscriptions of the channel where somebody asks; a post in a forum is the forum's.

    Raises `Unanswerable` for whoever may not manage them.
    """
    scope = find_scope(interaction)
    kept = await services_of(interaction).alerts.subscriptions(server=scope.server, channel=scope.channel)
    places = [interaction.channel_id]
    where = interaction.channel
    if isinstance(where, discord.Thread) and isinstance(where.parent, discord.ForumChannel):
        places.append(where.parent_id)
    return tuple(each for each in kept if each.destination.channel in places)


def read_field(text: str, read: Callable[[str], Read]) -> Read | None:
    """Read a field of a form as the option of its name is; None where it was left empty."""
    return read(text.strip()) if text.strip() else None


def read_kinds(text: str) -> frozenset[RevisionKind]:
    """Read kinds of changes, separated by commas; raises `Unanswerable` for what is none."""
    found = set()
    for part in filter(None, (part.strip().casefold() for part in text.split(","))):
        kind = next((kind for kind in RevisionKind if part in (kind.value, kind.name.casefold())), None)
        if kind is None:
            raise Refusal(
                f"There is no kind of change {quote(part)};"
                f" write some of {', '.join(RevisionKind)}, with commas."
            )
        found.add(kind)
    if not found:
        raise Refusal(f"I find no kind of change in {quote(text)}; write some of {', '.join(RevisionKind)}.")
    return frozenset(found)


def name_subscription(each: Subscription, guild: discord.Guild | None) -> str:
    """Name a subscription in a list: “3: #alerts, decisions in Canada (paused)”."""
    where = ""
    if guild is not None:
        channel = guild.get_channel_or_thread(each.destination.channel)
        where = f"#{channel.name}" if channel else "a channel that is gone"
    named = f"{each.id}: {list_parts(where, say_filter(each.wanted))}"
    return f"{named} (paused)" if each.paused else named


ChannelOption = app_commands.Transform[Channel, ChannelTransformer]
KindsOption = app_commands.Transform[frozenset[RevisionKind], KindsTransformer]
ThresholdOption = app_commands.Transform[Threshold, ThresholdTransformer]
SubscriptionOption = app_commands.Transform[Subscription, SubscriptionTransformer]
