"""Mute and Edit below an alert, for those who may manage the alerts of its channel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.alerts.channels import find_scope
from bot.alerts.options import find_subscriptions, name_subscription, read_field, read_kinds
from bot.alerts.subscriptions import draft_of, keep_changed
from bot.discord.client import services_of
from bot.discord.options import read_measure
from bot.discord.views import AsylumButton, AsylumForm, AsylumView
from bot.languages import _
from bot.sentences import Refusal
from bot.words import say_list
from bot.words.measures import NAMES
from data.model import Place
from data.questions.placement import settle_place
from data.state.model import Filter, Threshold, read_threshold, say_threshold

if TYPE_CHECKING:
    from data.state.model import Subscription

NONE_HERE = "This channel has no subscription any more; /alerts list shows those of the server."
MUTED_ALREADY = "The alerts of this channel are paused already; /alerts resume starts them again."
MAX_LABEL = 80
MAX_EDITED = 25
"""Buttons of a message."""


class MuteButton(AsylumButton, template=r"alert-mute"):
    """Pauses what the channel hears, for whoever may."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Mute", custom_id="alert-mute"))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Pause every subscription of the channel."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        here = await find_subscriptions(interaction)
        active = [each for each in here if each.paused is None]
        if not active:
            raise Refusal(MUTED_ALREADY if here else NONE_HERE)
        for each in active:
            await services_of(interaction).alerts.pause(each.id, find_scope(interaction))
        numbers = say_list(str(each.id) for each in active)
        await interaction.followup.send(
            _(
                "This channel is muted: number {numbers} is paused. What UNHCR publishes meanwhile will"
                " not be posted; `/alerts resume` offers the newest of it.",
                numbers=numbers,
            ),
            ephemeral=True,
        )


class EditButton(AsylumButton, template=r"alert-edit(?::(?P<number>\d{1,18}))?"):
    """Opens a form with what the channel hears, for whoever may; with a `number` of that subscription."""

    def __init__(self, number: str | None = None, label: str = "Edit") -> None:
        which = f":{number}" if number else ""
        super().__init__(ui.Button(label=label[:MAX_LABEL], custom_id=f"alert-edit{which}"))
        self.number = int(number) if number else None

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form; where the channel has several subscriptions, ask which one first."""
        if self.number is None:
            here = await find_subscriptions(interaction)
        else:
            alerts = services_of(interaction).alerts
            here = (await alerts.subscription(self.number, find_scope(interaction)),)
        match here:
            case ():
                raise Refusal(NONE_HERE)
            case (only,):
                await interaction.response.send_modal(EditForm(only))
            case _:
                view = AsylumView(timeout=None)
                for each in here[:MAX_EDITED]:
                    view.add_item(EditButton(str(each.id), name_subscription(each, None)))
                await interaction.response.send_message(_("Which one?"), view=view, ephemeral=True)


class EditForm(AsylumForm, title="Edit this alert"):
    """What a subscription asks for, as text; what is left empty is open."""

    def __init__(self, subscription: Subscription) -> None:
        super().__init__()
        self.subscription = subscription
        wanted = subscription.wanted
        least = "" if wanted.at_least == Threshold() else say_threshold(wanted.at_least)
        place = wanted.place
        self.origin = self._add("Country of origin", place.origin.name if place.origin else "")
        self.asylum = self._add("Country of asylum", place.asylum.name if place.asylum else "")
        self.measure = self._add("Measure", NAMES[wanted.measure] if wanted.measure else "")
        self.kinds = self._add("Kinds of changes, with commas", ", ".join(sorted(wanted.kinds)))
        self.at_least = self._add("Changes of at least this size: 1000, or 10%", least)

    def _add(self, label: str, text: str) -> ui.TextInput[Any]:
        field: ui.TextInput[Any] = ui.TextInput(required=False, default=text or None, max_length=100)
        self.add_item(ui.Label(text=label, component=field))
        return field

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Read every field as the option of its name is, and keep the change."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = services_of(interaction)
        subscription = await services.alerts.subscription(self.subscription.id, find_scope(interaction))
        measure = read_field(self.measure.value, read_measure)
        find = services.countries.find
        place = settle_place(
            measure, Place(read_field(self.origin.value, find), read_field(self.asylum.value, find))
        )
        kinds = read_field(self.kinds.value, read_kinds) or frozenset()
        wanted = Filter(place, measure, kinds, read_field(self.at_least.value, read_threshold) or Threshold())
        await keep_changed(interaction, subscription, replace(draft_of(subscription), wanted=wanted))


CONTROLS = (MuteButton, EditButton)
