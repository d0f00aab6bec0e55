"""Check the claims of a text where it was asked for: defer, check, draw, send."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any, Self

import discord
from discord import ui

from bot.chat.buttons import DeleteButton, make_buttons
from bot.chat.composition import SentReply, compose
from bot.discord.client import services_of
from bot.discord.language import language_of
from bot.discord.views import AsylumView, apologise
from bot.languages import _, speak
from bot.replies.check import CheckReply, ClaimChart, reply_check, say_unjudged
from bot.sentences import Refusal
from bot.services import Services
from data.errors import Unanswerable
from data.questions.codec import read_permalink, write_permalink
from data.reading.check.verdicts import Check

MAX_TEXT = 6000
NOTHING_FOUND = (
    "I find no claim about asylum figures in this text."
    " Try one with a number, a country and a year, like “178,725 Chinese applied for asylum in 2025”."
)
FORGOTTEN = "These claims are no longer kept; check the text again, or the part of it that matters."


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
        speak(language_of(interaction))
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


class PageButton(
    ui.DynamicItem[ui.Button[Any]], template=r"check:page:(?P<key>[0-9a-f]{16}):(?P<page>\d{1,3})"
):
    """Shows a page of a text's claims to whoever presses, while they are kept; on a page, it turns it."""

    def __init__(self, key: str, page: int, label: str = "Claims") -> None:
        self.key, self.page = key, page
        super().__init__(ui.Button(custom_id=f"check:page:{key}:{page}", label=label))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button anew from its text."""
        del interaction, item
        return cls(match["key"], int(match["page"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer privately with the page, and apologise when that fails."""
        speak(language_of(interaction))
        try:
            await self._show(interaction)
        except Exception as error:  # noqa: BLE001 - the end of the line: explained, told and logged
            await apologise(interaction, error)

    async def _show(self, interaction: discord.Interaction[Any]) -> None:
        reply: CheckReply = await services_of(interaction).checked.fetch(self.key, _find_nothing)
        if not reply.on_page(self.page):
            raise Unanswerable("button-stale")
        head, embed, view = reply.head(self.page), reply.embed(self.page), _make_page_menu(reply, self.page)
        if _shows_claims(interaction.message):
            await interaction.response.edit_message(content=head, embed=embed, view=view, attachments=[])
        else:
            await interaction.response.send_message(head, embed=embed, view=view, ephemeral=True)


def _shows_claims(message: discord.Message | None) -> bool:
    """Whether a message is a page of claims already; an answer in short has no fields."""
    return message is not None and any(embed.fields for embed in message.embeds)


async def _find_nothing() -> CheckReply:
    raise Refusal(FORGOTTEN)


async def compose_check(services: Services, text: str, written: date) -> CheckReply:
    """Check a text of that day; raises `Refusal` where it claims nothing about asylum figures."""
    found = await services.answers.check(text, written, services.countries)
    services.tally.update(("claims", each.verdict.value) for each in found.findings)
    if not found.findings:
        raise Refusal(say_nothing_found(found))
    return reply_check(found)


async def lay_out_check(services: Services, reply: CheckReply, asker: int | None) -> SentReply:
    """Lay out the answer in short, the same for everybody and for the asker alone (no `asker`)."""
    await _keep_pages(services, reply)
    return SentReply(
        content=reply.content,
        embed=reply.foot(),
        files=await _draw_weightiest(services, reply),
        view=_make_menu(reply, asker),
    )


async def _keep_pages(services: Services, reply: CheckReply) -> None:
    """Keep a reply for the buttons under it; after a restart they say that it is gone."""

    async def found() -> CheckReply:
        return reply

    await services.checked.fetch(_key(reply), found)


def _key(reply: CheckReply) -> str:
    return sha256(repr(reply.entries).encode()).hexdigest()[:16]


async def _draw_weightiest(services: Services, reply: CheckReply) -> list[discord.File]:
    """Draw the chart of the weightiest claim, if it has one."""
    if reply.weightiest is None:
        return []
    first = await compose(services, reply.weightiest)
    return [first.picture(await services.studio.draw(first.chart))]


def _make_menu(reply: CheckReply, asker: int | None) -> AsylumView:
    """Put below an answer the menu of charts, what leads to the claims, and for a public one “Delete”."""
    view = _offer_charts(reply.charts())
    view.add_item(PageButton(_key(reply), 0, _("Details")))
    if asker is not None:
        view.add_item(DeleteButton(str(asker)))
    return view


def _make_page_menu(reply: CheckReply, page: int) -> AsylumView:
    """Put below a page of claims the menu of their charts, and the pages before and after it."""
    view = _offer_charts(reply.charts(page))
    for other in (page - 1, page + 1):
        if 0 <= other < reply.pages:
            view.add_item(PageButton(_key(reply), other, reply.name_page(other)))
    return view


def _offer_charts(charts: tuple[ClaimChart, ...]) -> AsylumView:
    view = AsylumView(timeout=None)
    options = [
        discord.SelectOption(label=chart.label, value=write_permalink(chart.question)) for chart in charts
    ]
    if options:
        view.add_item(ChartMenu(options))
    return view


def say_nothing_found(found: Check) -> str:
    """Say why nothing was judged: what the text has numbers of, or that it has none."""
    unjudged = say_unjudged(found.unjudged)
    return (
        _("I cannot check anything in this text. {unjudged}", unjudged=unjudged)
        if unjudged
        else NOTHING_FOUND
    )


def read_message(message: discord.Message) -> tuple[str, date]:
    """Return all that a message says, also what it forwards and embeds, and the day that was written."""
    snapshots = message.message_snapshots
    written = snapshots[0].created_at if snapshots else message.created_at
    parts: list[str] = []
    said: tuple[discord.Message | discord.MessageSnapshot, ...] = (message, *snapshots)
    for each in said:
        parts += [each.content, *_read_components(each.components), *_read_embeds(each.embeds)]
    return "\n\n".join(part for part in parts if part)[:MAX_TEXT], written.date()


def _read_components(components: Iterable[discord.Component]) -> Iterator[str]:
    """Read the text that stands in components alone, as in messages that are laid out in them."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        elif isinstance(component, discord.Container | discord.SectionComponent):
            yield from _read_components(component.children)


def _read_embeds(embeds: list[discord.Embed]) -> list[str]:
    read = []
    for embed in embeds:
        read += [embed.title or "", embed.description or ""]
        for field in embed.fields:
            read += [field.name or "", field.value or ""]
    return read
