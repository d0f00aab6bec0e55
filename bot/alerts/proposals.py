"""A subscription proposed: the real message, with Confirm and Cancel. The draft is in the button."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.alerts.channels import can_look_back
from bot.alerts.drafts import read_draft, write_draft
from bot.alerts.subscriptions import check, name_destination, subscribe
from bot.chat.views import AsylumButton, AsylumView
from bot.client import services_of
from bot.replies.filters import say_filter
from bot.replies.subscriptions import say_no_news

if TYPE_CHECKING:
    from bot.alerts.messages import AlertMessage
    from data.subscriptions import Draft

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


ALERT_BUTTONS = (ConfirmButton, CancelButton)


async def propose(interaction: discord.Interaction[Any], draft: Draft) -> None:
    """Show privately what the last release would have sent, with buttons to confirm or cancel."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    channel = await check(interaction, draft)
    services = services_of(interaction)
    newest = (await services.answers.releases())[-1]
    news = await services.alerts.news(newest, [draft.wanted], whole=True)
    message = await services.alerting.compose(news, [])
    asked = f"Subscribe {name_destination(draft)} to **{say_filter(draft.wanted)}**?"
    notes = f"\n{LOOK_BACK}" if channel is not None and not can_look_back(channel) else ""
    view = AsylumView(timeout=None)
    view.add_item(ConfirmButton(write_draft(draft)))
    view.add_item(CancelButton())
    if message is None:
        await interaction.followup.send(f"{asked} {say_no_news(news)}{notes}", view=view, ephemeral=True)
    else:
        ping = f" (and pinged <@&{draft.role}>)" if draft.role else ""
        asked = f"{asked} Of the last release I would have sent this{ping}:{notes}\n\n"
        await interaction.followup.send(**quiet(message, asked).send_kwargs(), view=view, ephemeral=True)


def quiet(message: AlertMessage, before: str) -> AlertMessage:
    """Return an alert that is shown, not told: it mentions nobody, and `before` stands above it."""
    return replace(message, content=before + message.content, allowed_mentions=discord.AllowedMentions.none())
