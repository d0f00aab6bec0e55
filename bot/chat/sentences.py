"""What people write: a question is answered, a figure that is stated is checked, whichever way it came."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from bot.chat.ask import compose_outcome, understand_sentence
from bot.chat.check import compose_check, lay_out_check
from bot.discord.language import speak_to
from bot.languages import _
from bot.replies.check import CheckReply
from bot.sentences import Refusal
from data.reading.ask import Outcome, Refused, Understood, understand

if TYPE_CHECKING:
    from datetime import date

    import discord

    from bot.chat.composition import SentReply
    from bot.services import Services

MAX_STATEMENTS = 3
"""So many statements without a number are answered."""
MAX_SENTENCES = 12
"""So many sentences are read for them."""
MAX_STATEMENT = 300
"""Letters of a sentence that is read; longer ones state more than a question can ask."""
_END = re.compile(r"(?<=[.!?])\s+|\n+")
_STOP = re.compile(r"[.!?]{1,9}$")
_IS_STATED = re.compile(r"\.\s{0,9}$")


async def answer_question(
    interaction: discord.Interaction[Any], services: Services, text: str, *, private: bool
) -> None:
    """Answer `/asylum ask`; what cannot be answered is told to the asker alone."""
    read = await read_question(services, text, interaction.created_at.date())
    alone = private or isinstance(read, Refused)
    await speak_to(interaction, services, private=alone)
    await interaction.response.defer(ephemeral=alone, thinking=True)
    sent = await compose_sentence(services, read, None if alone else interaction.user.id)
    await interaction.followup.send(**sent, ephemeral=alone)


async def answer_claims(
    interaction: discord.Interaction[Any], services: Services, text: str, written: date, *, private: bool
) -> None:
    """Answer with a text's claims and a picture of the weightiest; `private`: to the asker alone."""
    await speak_to(interaction, services, private=private)
    await interaction.response.defer(ephemeral=private, thinking=True)
    read = await read_claims(services, text, written)
    sent = await compose_sentence(services, read, None if private else interaction.user.id)
    await interaction.followup.send(**sent, ephemeral=private)


async def compose_sentence(services: Services, read: Outcome | CheckReply, asker: int | None) -> SentReply:
    """Put what became of it into a message; `asker` may delete what everybody sees."""
    if isinstance(read, CheckReply):
        return await lay_out_check(services, read, asker)
    return await compose_outcome(services, read, asker)


async def read_question(services: Services, text: str, today: date) -> Outcome | CheckReply:
    """Understand a question; what states a figure is checked where it can be, and other statements judged."""
    outcome = await understand_sentence(services, text, today)
    if isinstance(outcome, Refused) and outcome.reason == "claim":
        try:
            return await compose_check(services, text, today)
        except Refusal:  # nor can it be checked: what the figures have on it is told
            asked = await understand_sentence(services, f"Is it true that {_STOP.sub('', text)}?", today)
            return outcome if isinstance(asked, Refused) else asked
    if isinstance(outcome, Understood) and _IS_STATED.search(text) and not _asks(outcome):
        return await _read_statements(services, text, today) or outcome
    return outcome


async def read_claims(services: Services, text: str, written: date) -> Understood | CheckReply:
    """Check a text of that day; of one without a number that can be judged, what it states.

    Raises `Refusal` where it has neither.
    """
    try:
        checked = await compose_check(services, text, written)
    except Refusal:
        if stated := await _read_statements(services, text, written):
            return stated
        raise
    return checked if checked.counted else await _read_statements(services, text, written) or checked


async def _read_statements(services: Services, text: str, written: date) -> Understood | None:
    """Ask of what is stated without a number whether it is so: “Uganda hosts more than any other country”."""
    releases = await services.answers.releases()
    sentences = (" ".join(each.split()) for each in _END.split(text))
    short = islice((each for each in sentences if 0 < len(each) <= MAX_STATEMENT), MAX_SENTENCES)
    asked = (_("Is it true that {sub}?", sub=_STOP.sub("", each)) for each in short)
    read = (understand(each, services.countries, services.glossary, releases, written) for each in asked)
    stated = [each for each in read if isinstance(each, Understood) and _asks(each)][:MAX_STATEMENTS]
    if len(stated) > 1:
        return Understood(tuple(dict.fromkeys(each.answers[0] for each in stated)))
    return next(iter(stated), None)


def _asks(outcome: Understood) -> bool:
    """Say whether it is answered with yes or no."""
    aim = outcome.answers[0].aim
    return aim is not None and aim.whether
