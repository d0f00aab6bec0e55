"""Send an answer where it was asked for: ask, draw, send; and defer when that takes long."""

from __future__ import annotations

import asyncio
from typing import Any, TypedDict

import discord

from bot.chat.buttons import make_buttons
from bot.chat.composition import compose
from bot.discord.language import speak_to
from bot.discord.views import AsylumButton, AsylumView
from bot.replies.about import about_embed
from bot.replies.define import write_definitions
from bot.replies.reply import Reply
from bot.services import Services
from data.glossary import Entry
from data.questions.registry import Question

PATIENCE = 1.0
"""Seconds to work on an answer before saying that it takes longer.

Discord forgets an interaction after three, and the picture has to be sent within them as well.
"""


class Message(TypedDict):
    """Keyword arguments of discord.py's `send`."""

    content: str
    embed: discord.Embed
    file: discord.File
    view: AsylumView


async def answer(
    interaction: discord.Interaction[Any],
    services: Services,
    question: Question,
    *,
    private: bool,
    patience: float = PATIENCE,
) -> None:
    """Answer a slash command with words, a chart and buttons; `private`: to the asker alone.

    An answer that is ready within `patience` seconds takes one request, a later one is deferred first.
    """
    asker = None if private else interaction.user.id
    await speak_to(interaction, services, private=private)
    preparing = asyncio.create_task(_prepare(services, question, asker))
    try:
        await asyncio.wait({preparing}, timeout=patience)
        if preparing.done():
            message = preparing.result()
            await interaction.response.send_message(**message, ephemeral=private)
        else:
            await interaction.response.defer(ephemeral=private, thinking=True)
            await interaction.followup.send(**await preparing, ephemeral=private)
    finally:
        # Where Discord refused to let us think aloud, nobody waits for the answer any more.
        preparing.cancel()


async def _prepare(services: Services, question: Question, asker: int | None) -> Message:
    reply = await compose(services, question)
    return make_message(reply, await services.studio.draw(reply.chart), asker)


def make_message(
    reply: Reply, picture: bytes, asker: int | None, change: AsylumButton | None = None
) -> Message:
    """Lay out a message; `asker` may delete it (None: nobody needs to).

    A button to `change` the question stands in for the one that changes its scale.
    """
    return Message(
        content=reply.content,
        embed=reply.embed(),
        file=reply.picture(picture),
        view=make_buttons(reply.question, asker, reply.then_and_now, change),
    )


async def answer_about(interaction: discord.Interaction[Any], services: Services, *, private: bool) -> None:
    """Say what the bot is and which releases it keeps."""
    await speak_to(interaction, services, private=private)
    embed = about_embed(await services.answers.holdings(), services.links)
    await interaction.response.send_message(embed=embed, ephemeral=private)


async def answer_definition(
    interaction: discord.Interaction[Any], services: Services, entries: tuple[Entry, ...], *, private: bool
) -> None:
    """Say what a word or code means."""
    await speak_to(interaction, services, private=private)
    content, embed = write_definitions(entries, await services.answers.newest_year())
    await interaction.response.send_message(content, embed=embed, ephemeral=private)
