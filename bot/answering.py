"""Send an answer where it was asked for: defer, ask, draw, send."""

from __future__ import annotations

from typing import Any, TypedDict

import discord

from bot.buttons import make_buttons
from bot.composing import compose
from bot.replies.about import about_embed
from bot.replies.definition import write_definitions
from bot.replies.reply import Reply
from bot.services import Services
from bot.views import AsylumView
from data.glossary import Entry
from data.questions import Question


class Message(TypedDict):
    """Keyword arguments of discord.py's `send`."""

    content: str
    embed: discord.Embed
    file: discord.File
    view: AsylumView


async def answer(
    interaction: discord.Interaction[Any], services: Services, question: Question, *, private: bool
) -> None:
    """Answer a slash command with words, a chart and buttons; `private`: to the asker alone."""
    await interaction.response.defer(ephemeral=private, thinking=True)
    reply = await compose(services, question)
    picture = await services.studio.draw(reply.chart)
    asker = None if private else interaction.user.id
    await interaction.followup.send(**make_message(reply, picture, asker), ephemeral=private)


def make_message(reply: Reply, picture: bytes, asker: int | None) -> Message:
    """Lay out a message; `asker` may delete it (None: nobody needs to)."""
    return Message(
        content=reply.content,
        embed=reply.embed(),
        file=reply.picture(picture),
        view=make_buttons(reply.question, asker, reply.then_and_now),
    )


async def answer_about(interaction: discord.Interaction[Any], services: Services, *, private: bool) -> None:
    """Say what the bot is and which releases it keeps."""
    embed = about_embed(await services.answers.holdings())
    await interaction.response.send_message(embed=embed, ephemeral=private)


async def answer_definition(
    interaction: discord.Interaction[Any], entries: tuple[Entry, ...], *, private: bool
) -> None:
    """Say what a word or code means."""
    content, embed = write_definitions(entries)
    await interaction.response.send_message(content, embed=embed, ephemeral=private)
