"""Send an answer as files: defer, ask, write, send."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import discord

from bot.discord.language import speak_to
from bot.languages import _
from bot.replies.export import reply_export
from bot.replies.files import FileFormat, Package, write_parts
from bot.services import Services
from data.questions.export import AskExport
from data.questions.registry import pin


async def answer_export(
    interaction: discord.Interaction[Any],
    services: Services,
    question: AskExport,
    form: FileFormat,
    *,
    private: bool,
) -> None:
    """Answer a slash command with a file, or with several where one would be too large for Discord."""
    await speak_to(interaction, services, private=private)
    await interaction.response.defer(ephemeral=private, thinking=True)
    async with services.export_queue.turn():
        found = await services.answers.export(question)
        shipment = await asyncio.to_thread(reply_export, pin(question, found.release), found, form)
        files = await write_files(shipment.package, form, shipment.stem, interaction.filesize_limit)
    first, *others = files
    said = [shipment.headline, *([say_split(len(files))] if others else [])]
    await interaction.followup.send("\n".join(said), embed=shipment.embed(), file=first, ephemeral=private)
    for part, file in enumerate(others, start=2):
        await interaction.followup.send(
            _("Part {part} of {count}.", part=part, count=len(files)), file=file, ephemeral=private
        )


async def write_files(package: Package, form: FileFormat, stem: str, limit: int) -> list[discord.File]:
    """Write a package into files that Discord takes, away from the event loop."""
    parts = await asyncio.to_thread(write_parts, package, form, limit)
    names = [f"{stem}.{form.value}"]
    if len(parts) > 1:
        names = [f"{stem}-part-{number}-of-{len(parts)}.{form.value}" for number in range(1, len(parts) + 1)]
    return [discord.File(io.BytesIO(part), name) for part, name in zip(parts, names, strict=True)]


def say_split(parts: int) -> str:
    """Say that there are several files, and how they belong together."""
    return _(
        "One file would be too large for Discord, so there are {parts}; each has some of the lines.",
        parts=parts,
    )
