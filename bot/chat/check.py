"""Check the claims of a text where it was asked for: defer, check, draw, send."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

import discord
from discord import ui

from bot.chat.buttons import DeleteButton, make_buttons
from bot.chat.composition import compose
from bot.discord.client import services_of
from bot.discord.views import AsylumView, apologise
from bot.replies.check import CheckReply, reply_check
from bot.sentences import Refusal
from bot.services import Services
from data.errors import Unanswerable
from data.questions.codec import read_permalink, write_permalink

MAX_TEXT = 6000
NOTHING_FOUND = (
    "I find no claim about asylum figures in this text; give me one with a number, a country and a year,"
    " like “178,725 Chinese applied for asylum in 2025”."
)


class ChartMenu(ui.DynamicItem[ui.Select[Any]], template="check:charts"):
    """Shows the figures behind a claim as a chart, to whoever chooses; each choice holds its question."""

    def __init__(self, options: list[discord.SelectOption]) -> None:
        super().__init__(
            ui.Select(
                custom_id="check:charts",
                placeholder="See the figures behind a claim as a chart",
                options=options,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: Any, /
    ) -> Self:
        """Build the menu anew from the message it is on."""
        del interaction, match
        return cls(item.options if isinstance(item, ui.Select) else [])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer privately with the chart, and apologise when that fails."""
        try:
            await self._show(interaction)
        except Exception as error:  # noqa: BLE001 - the end of the line: explained, told and logged
            await apologise(interaction, error)

    async def _show(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = services_of(interaction)
        if not self.item.values:
            raise Unanswerable("button-stale")
        reply = await compose(services, read_permalink(self.item.values[0], services.countries))
        picture = reply.picture(await services.studio.draw(reply.chart))
        view = make_buttons(reply.question, None, reply.then_and_now)
        await interaction.followup.send(
            reply.content, embed=reply.embed(), file=picture, view=view, ephemeral=True
        )


async def compose_check(services: Services, text: str, written: date) -> CheckReply:
    """Check a text of that day; raises `Unanswerable` where it claims nothing about asylum figures."""
    found = await services.answers.check(text, written, services.countries)
    if not found.findings:
        raise Refusal(NOTHING_FOUND)
    return reply_check(found)


async def answer_check(
    interaction: discord.Interaction[Any], services: Services, text: str, written: date, *, private: bool
) -> None:
    """Answer with a text's claims and a picture of the most telling; `private`: to the asker alone."""
    await interaction.response.defer(ephemeral=private, thinking=True)
    reply = await compose_check(services, text, written)
    view = make_menu(reply, None if private else interaction.user.id)
    pictures = [await draw_first(services, reply)] if reply.charts else []
    await interaction.followup.send(
        reply.content, embed=reply.embed(), files=pictures, view=view, ephemeral=private
    )


async def draw_first(services: Services, reply: CheckReply) -> discord.File:
    """Draw the chart of the most telling claim."""
    first = await compose(services, reply.charts[0].question)
    return first.picture(await services.studio.draw(first.chart))


def make_menu(reply: CheckReply, asker: int | None) -> AsylumView:
    """Put the menu of charts below the findings, and for a public answer the button that deletes it."""
    view = AsylumView(timeout=None)
    options = [
        discord.SelectOption(label=chart.label, value=write_permalink(chart.question))
        for chart in reply.charts
    ]
    if options:
        view.add_item(ChartMenu(options))
    if asker is not None:
        view.add_item(DeleteButton(str(asker)))
    return view


def read_message(message: discord.Message) -> tuple[str, date]:
    """Return all that a message says, also what it forwards and embeds, and the day that was written."""
    snapshots = message.message_snapshots
    written = snapshots[0].created_at if snapshots else message.created_at
    parts = [message.content, *_read_embeds(message.embeds)]
    for snapshot in snapshots:
        parts += [snapshot.content, *_read_embeds(snapshot.embeds)]
    return "\n\n".join(part for part in parts if part)[:MAX_TEXT], written.date()


def _read_embeds(embeds: list[discord.Embed]) -> list[str]:
    read = []
    for embed in embeds:
        read += [embed.title or "", embed.description or ""]
        for field in embed.fields:
            read += [field.name or "", field.value or ""]
    return read
