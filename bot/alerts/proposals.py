"""A subscription proposed: the real message, with Confirm and Cancel. The draft is in the button."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.alerts.channels import can_look_back
from bot.alerts.controls import CONTROLS
from bot.alerts.inspection import PastButton
from bot.alerts.subscriptions import MissedButton, check, name_destination, subscribe
from bot.discord.client import services_of
from bot.discord.views import AsylumButton, AsylumView
from bot.languages import _
from bot.replies.subscriptions import say_filter, say_no_news
from data.errors import Unanswerable
from data.questions.changes import AskChanges
from data.questions.codec import KINDS, OLD_KINDS, read_permalink, write_permalink
from data.state.model import Destination, Draft, Filter, Threshold

if TYPE_CHECKING:
    from data.model import RevisionKind
    from data.questions.codec import AreaLookup


CANCELLED = "Nothing was subscribed."
LOOK_BACK = (
    "-# Let me read the message history there as well: then I can make sure after a breakdown that nothing is"
    " sent twice. Without that I would pause instead."
)


class ConfirmButton(AsylumButton, template=r"subscribe:(?P<draft>[\w.*~:-]{1,88})"):
    """Keeps the proposed subscription."""

    def __init__(self, draft: str) -> None:
        super().__init__(
            ui.Button(label="Confirm", style=discord.ButtonStyle.success, custom_id=f"subscribe:{draft}")
        )
        self.draft = draft

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Subscribe, after every check anew, and put the outcome in the place of the proposal."""
        await interaction.response.defer()
        draft = read_draft(self.draft, services_of(interaction).countries, interaction.guild_id)
        said = await subscribe(interaction, draft)
        await interaction.edit_original_response(content=said, embeds=[], attachments=[], view=None)


class CancelButton(AsylumButton, template=r"subscribe-not"):
    """Leaves everything as it is."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Cancel", custom_id="subscribe-not"))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Put a sentence in the place of the proposal."""
        await interaction.response.edit_message(content=CANCELLED, embeds=[], attachments=[], view=None)


ALERT_BUTTONS = (ConfirmButton, CancelButton, MissedButton, PastButton, *CONTROLS)


async def propose(interaction: discord.Interaction[Any], draft: Draft) -> None:
    """Show privately what the last release would have sent, with buttons to confirm or cancel.

    The table is named and left out: what is proposed is read on a phone.
    """
    await interaction.response.defer(ephemeral=True, thinking=True)
    channel = await check(interaction, draft)
    services = services_of(interaction)
    newest = (await services.answers.releases())[-1]
    news = await services.alerts.news(newest, [draft.wanted], whole=True)
    message = await services.alerting.compose(news, [])
    asked = _(
        "Subscribe {destination} to **{filter}**?",
        destination=name_destination(draft),
        filter=say_filter(draft.wanted),
    )
    notes = f"\n{LOOK_BACK}" if channel is not None and not can_look_back(channel) else ""
    view = AsylumView(timeout=None)
    view.add_item(ConfirmButton(write_draft(draft)))
    view.add_item(CancelButton())
    if message is None:
        await interaction.followup.send(f"{asked} {say_no_news(news)}{notes}", view=view, ephemeral=True)
    else:
        ping = _(", and pinged <@&{role}>", role=draft.role) if draft.role else ""
        told = _("For the last release I would have sent this and a table of all changes{ping}:", ping=ping)
        shown = replace(message.quiet(f"{asked} {told}{notes}\n"), table=b"")
        await interaction.followup.send(**shown.send_kwargs(), view=view, ephemeral=True)


_NONE = "-"
_KINDS = "~"
"""Stands before the letters of kinds; an older text has a number there."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST = 2**63 - 1
_SHARES = 10_000
"""A share is written in hundredths of a percent."""


def write_draft(draft: Draft) -> str:
    """Write a draft in at most 88 characters of `A-Za-z0-9.*~_:-`; its server is left out."""
    wanted = draft.wanted
    least = wanted.at_least
    return ":".join(
        (
            write_permalink(AskChanges(wanted.place, wanted.measure)),
            _KINDS + "".join(letter for letter, kind in KINDS.items() if kind in wanted.kinds),
            f"{least.count}" if least.share is None else f"p{round(least.share * _SHARES)}",
            _write_number(draft.destination.channel),
            _NONE if draft.role is None else _write_number(draft.role),
            draft.language,
            "p" if draft.publish else _NONE,
        )
    )


def read_draft(text: str, countries: AreaLookup, server: int | None) -> Draft:
    """Read a draft back, for the server it is confirmed in.

    Raises `Unanswerable` when this version no longer understands it.
    """
    try:
        link, kinds, least, channel, role, language, publish = text.split(":")
        asked = read_permalink(link, countries)
        at_least = (
            Threshold(share=_read_number(least[1:], 10) / _SHARES)
            if least[:1] == "p"
            else Threshold(_read_number(least, 10))
        )
        destination = Destination(_read_number(channel), server)
        pinged = None if role == _NONE else _read_number(role)
        chosen = _read_kinds(kinds)
    except (LookupError, ValueError) as error:
        raise Unanswerable("button-stale") from error
    if not isinstance(asked, AskChanges):
        raise Unanswerable("button-stale")
    wanted = Filter(asked.place, asked.measure, chosen, at_least)
    return Draft(destination, wanted, pinged, language, publish == "p")


def _read_number(text: str, base: int = len(_DIGITS)) -> int:
    """Read a whole number that a database can hold, written with these digits only."""
    number = int(text, base)
    if not set(text) <= set(_DIGITS) or number > _LARGEST:
        raise ValueError(text)
    return number


def _read_kinds(text: str) -> frozenset[RevisionKind]:
    """Read letters; an older text has a number in base 36, with a bit for each kind."""
    if text.startswith(_KINDS):
        return frozenset(KINDS[letter] for letter in text.removeprefix(_KINDS))
    bits = _read_number(text)
    return frozenset(kind for place, kind in enumerate(OLD_KINDS) if bits >> place & 1)


def _write_number(number: int) -> str:
    """Write a whole number in base 36: Discord's ids take 13 characters then."""
    digits = ""
    while True:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
