"""The buttons below an answer. They know their question, so they work after a restart."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.chat.composition import compose
from bot.chat.export import write_files
from bot.discord.client import services_of
from bot.discord.language import speak_to
from bot.discord.views import AsylumButton, AsylumView
from bot.languages import _
from bot.replies.details import attach_table, is_table_long, lay_out_details
from bot.replies.export import pack
from bot.replies.files import FileFormat, Package, write_csv
from bot.replies.reply import Reply
from bot.sentences import Refusal
from bot.words import cite
from data.errors import Unanswerable
from data.model import Nature
from data.questions.codec import read_permalink, write_permalink
from data.questions.history import AskHistory
from data.questions.registry import Question
from data.questions.trend import AskTrend

LABELS = {FileFormat.CSV: "CSV", FileFormat.XLSX: "Excel (XLSX)", FileFormat.JSON: "JSON"}
LINK = r"(?P<link>[\w.*~-]{1,80})"
ASKER = r"(?P<asker>\d{1,20})"


class LinkButton(AsylumButton, template=r"(?!)"):
    """A button that knows a question as its permalink, behind a `key` that tells the buttons apart."""

    def __init__(self, key: str, link: str, label: str) -> None:
        super().__init__(ui.Button(label=label, custom_id=f"{key}:{link}"))
        self.link = link

    async def ask(self, interaction: discord.Interaction[Any], *, whole: bool = False) -> Reply:
        """Answer the question in words; `whole` with every record, as files need them."""
        services = services_of(interaction)
        return await compose(services, read_permalink(self.link, services.countries), whole=whole)

    async def answer(self, interaction: discord.Interaction[Any], asker: int | None = None) -> None:
        """Send words and chart: privately, or for the message's `asker` (0: nobody's) in its place."""
        await interaction.response.defer(ephemeral=asker is None, thinking=asker is None)
        await speak_to(interaction, services_of(interaction), private=asker is None)
        reply = await self.ask(interaction)
        picture = reply.picture(await services_of(interaction).studio.draw(reply.chart))
        view = make_buttons(reply.question, asker or None, reply.then_and_now)
        said: dict[str, Any] = {"content": reply.content, "embed": reply.embed(), "view": view}
        if asker is None:
            await interaction.followup.send(**said, file=picture, ephemeral=True)
        else:
            await interaction.edit_original_response(**said, attachments=[picture])

    @asynccontextmanager
    async def packed(self, interaction: discord.Interaction[Any]) -> AsyncIterator[tuple[Reply, Package]]:
        """Defer privately, and answer with what goes into files; written within the same turn."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with services_of(interaction).export_queue.turn():
            reply = await self.ask(interaction, whole=True)
            yield reply, await asyncio.to_thread(pack, reply)


class DetailsButton(LinkButton, template=f"details:{LINK}"):
    """Gives all there is to say, the table and what UNHCR notes, to whoever presses."""

    key = "details"

    def __init__(self, link: str) -> None:
        super().__init__(self.key, link, _("Details"))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Send them privately; a table that is too long for a message as a file."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        reply = await self.ask(interaction)
        files = [attach_table(reply)] if is_table_long(reply) else []
        embeds = lay_out_details(reply, services_of(interaction).countries)
        await interaction.followup.send(embeds=embeds, files=files, ephemeral=True)


class TableButton(DetailsButton, template=f"table:{LINK}"):
    """The same, below answers that were sent when the table stood apart."""

    key = "table"


class CsvButton(LinkButton, template=f"csv:{LINK}"):
    """Gives the figures as a CSV file, to whoever presses, below answers that had a button for it."""

    def __init__(self, link: str) -> None:
        super().__init__("csv", link, "CSV")

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Send the file privately."""
        async with self.packed(interaction) as (reply, package):
            table = await asyncio.to_thread(write_csv, package.records, package.query)
        file = discord.File(io.BytesIO(table), "asylum-figures.csv")
        await interaction.followup.send(cite(reply.source), file=file, ephemeral=True)


class ExportButton(LinkButton, template=f"export:{LINK}"):
    """Offers the figures as a file, to whoever presses."""

    def __init__(self, link: str) -> None:
        super().__init__("export", link, _("Export"))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Ask privately which kind of file it should be."""
        view = AsylumView(timeout=None)
        for form in FileFormat:
            view.add_item(FileButton(form.value, self.link))
        said = _(
            "Which kind of file? Each holds the answer's figures with source, licence, release and query."
        )
        await interaction.response.send_message(said, view=view, ephemeral=True)


class FileButton(LinkButton, template=rf"file:(?P<form>[a-z]{{1,5}}):{LINK}"):
    """Gives the figures as a file of one kind, to whoever presses."""

    def __init__(self, form: str, link: str) -> None:
        if form not in set(FileFormat):
            raise Unanswerable("button-stale")
        self.form = FileFormat(form)
        super().__init__(f"file:{form}", link, LABELS[self.form])

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Send the file privately, in parts where it is too large."""
        async with self.packed(interaction) as (reply, package):
            files = await write_files(package, self.form, "asylum-figures", interaction.filesize_limit)
        for part, file in enumerate(files, start=1):
            said = (
                cite(reply.source) if part == 1 else _("Part {part} of {count}.", part=part, count=len(files))
            )
            await interaction.followup.send(said, file=file, ephemeral=True)


class ScaleButton(LinkButton, template=f"scale:{ASKER}:{LINK}"):
    """Draws a trend anew on the other scale: in place for the asker, privately for others."""

    kind = "scale"

    def __init__(self, asker: str, link: str, label: str = "") -> None:
        super().__init__(f"{self.kind}:{asker}", link, label or _("Scale"))
        self.asker = int(asker)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the question that the button holds, which has the other scale."""
        in_place = self.asker in (0, interaction.user.id)
        await self.answer(interaction, self.asker if in_place else None)


class HistoryButton(LinkButton, template=f"then:{LINK}"):
    """Tells how the figure read in other releases, to whoever presses."""

    def __init__(self, link: str) -> None:
        super().__init__("then", link, _("Then and now"))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer privately with the figure's history."""
        await self.answer(interaction)


class DeleteButton(AsylumButton, template=f"delete:{ASKER}"):
    """Removes the answer; only whoever asked may."""

    def __init__(self, asker: str) -> None:
        super().__init__(ui.Button(label=_("Delete"), custom_id=f"delete:{asker}"))
        self.asker = int(asker)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Delete the message that the button is on."""
        if interaction.user.id != self.asker:
            raise Refusal("Only whoever asked can delete this answer; a moderator can delete any message.")
        await interaction.response.defer()
        await interaction.delete_original_response()


BUTTONS = (
    TableButton,
    CsvButton,
    ExportButton,
    FileButton,
    ScaleButton,
    DetailsButton,
    HistoryButton,
    DeleteButton,
)


def make_buttons(
    question: Question,
    asker: int | None,
    then_and_now: AskHistory | None = None,
    change: AsylumButton | None = None,
) -> AsylumView:
    """Put the buttons of an answer together; a private one (no `asker`) needs no Delete."""
    link = write_permalink(question)
    view = AsylumView(timeout=None)
    view.add_item(DetailsButton(link))
    view.add_item(ExportButton(link))
    if change := change or make_scale_button(question, asker):
        view.add_item(change)
    if then_and_now is not None:
        view.add_item(HistoryButton(write_permalink(then_and_now)))
    if asker is not None:
        view.add_item(DeleteButton(str(asker)))
    return view


def make_scale_button(
    question: Question, asker: int | None, kind: type[ScaleButton] = ScaleButton
) -> ScaleButton | None:
    """Make the button that draws a trend on the other scale; None where there is no other."""
    if not isinstance(question, AskTrend) or question.measure.nature is Nature.RATE:
        return None
    other = replace(question, scale="linear" if question.scale == "log" else "log")
    label = _("Linear scale") if question.scale == "log" else _("Log scale")
    return kind(str(asker or 0), write_permalink(other), label)
