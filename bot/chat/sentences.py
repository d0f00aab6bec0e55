"""Questions put as sentences: understand, then answer, ask back, or say why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.chat.corrections import answer_understood, ask_back
from bot.replies.definition import write_definitions
from bot.replies.reply import LONGEST_CONTENT, shorten
from data.errors import Unanswerable, UnknownRelease
from data.understanding import Doubtful, Explained, NotUnderstood, Outcome, understand

if TYPE_CHECKING:
    from datetime import date

    import discord

    from bot.services import Services


async def understand_sentence(services: Services, text: str, today: date) -> Outcome:
    """Read a sentence against the releases that are kept; `today` is what “last year” counts from."""
    releases = await services.answers.releases()
    if not releases:
        raise UnknownRelease("No release is kept yet; the operator can fetch one with “python -m bot sync”.")
    return understand(text, services.countries, services.glossary, releases, today)


async def answer_sentence(
    interaction: discord.Interaction[Any], services: Services, text: str, *, private: bool
) -> None:
    """Answer `/asylum ask`; what cannot be answered is told to the asker alone."""
    await interaction.response.defer(ephemeral=private, thinking=True)
    outcome = await understand_sentence(services, text, interaction.created_at.date())
    if isinstance(outcome, NotUnderstood):
        raise Unanswerable(outcome.sentence)
    asker = None if private else interaction.user.id
    if isinstance(outcome, Explained):
        content, embed = write_definitions(outcome.entries)
        await interaction.followup.send(shorten(content, LONGEST_CONTENT), embed=embed, ephemeral=private)
    elif isinstance(outcome, Doubtful):
        await interaction.followup.send(outcome.asked, view=ask_back(outcome, asker), ephemeral=private)
    else:
        message = await answer_understood(services, outcome.question, asker)
        await interaction.followup.send(**message, ephemeral=private)
