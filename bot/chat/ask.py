"""Questions put as sentences: understand, then answer, ask back, refine or say why not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.chat.answers import make_message
from bot.chat.buttons import ASKER, LINK, ScaleButton, make_scale_button
from bot.chat.composition import compose
from bot.discord.client import services_of
from bot.discord.views import AsylumButton, AsylumItem, AsylumSelect, AsylumView
from bot.replies.define import write_definitions
from bot.replies.reply import MAX_CONTENT, shorten
from bot.replies.understood import say_question, say_understood
from bot.sentences import Refusal, say
from bot.words import NAMES
from data.errors import Phrase, Unanswerable
from data.model import Measure
from data.questions.codec import read_permalink, write_permalink
from data.questions.refinement import change_measure, change_years, measure_of, swap_sides, takes_span
from data.reading.ask import EXAMPLES, Doubtful, Explained, NotUnderstood, Outcome, understand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.chat.answers import Message
    from bot.services import Services
    from data.questions.registry import Question


async def understand_sentence(services: Services, text: str, today: date) -> Outcome:
    """Read a sentence against the releases that are kept; `today` is what “last year” counts from."""
    releases = await services.answers.releases()
    if not releases:
        raise Refusal("No release is kept yet; the operator can fetch one with “python -m bot sync”.")
    return understand(text, services.countries, services.glossary, releases, today)


async def answer_sentence(
    interaction: discord.Interaction[Any], services: Services, text: str, *, private: bool
) -> None:
    """Answer `/asylum ask`; what cannot be answered is told to the asker alone."""
    await interaction.response.defer(ephemeral=private, thinking=True)
    outcome = await understand_sentence(services, text, interaction.created_at.date())
    if isinstance(outcome, NotUnderstood):
        raise refuse(outcome)
    asker = None if private else interaction.user.id
    if isinstance(outcome, Explained):
        content, embed = write_definitions(outcome.entries)
        await interaction.followup.send(shorten(content, MAX_CONTENT), embed=embed, ephemeral=private)
    elif isinstance(outcome, Doubtful):
        await interaction.followup.send(outcome.asked, view=ask_back(outcome, asker), ephemeral=private)
    else:
        message = await answer_understood(services, outcome.question, asker)
        await interaction.followup.send(**message, ephemeral=private)


def refuse(outcome: NotUnderstood) -> Refusal:
    """Say why a sentence was not understood, with two that are."""
    why = say(outcome.why) if isinstance(outcome.why, Phrase) else outcome.why
    return Refusal(f"{why} Try for example: {' · '.join(f'“{example}”' for example in EXAMPLES)}")


FIRST_YEAR = 2000
MAX_LABEL = 80
MAX_YEARS = 24
_SPAN = re.compile(r"([0-9]{4})?-([0-9]{4})?")
PRE_PANDEMIC = 2019


async def answer_understood(services: Services, question: Question, asker: int | None) -> Message:
    """Answer a sentence: how it was understood, the answer, and menus that correct it."""
    try:
        reply = await compose(services, question)
    except Unanswerable as error:
        raise Refusal(f"Understood as: {say_question(question)}. {say(error)}") from error
    picture = await services.studio.draw(reply.chart)
    message = make_message(reply, picture, asker, make_scale_button(question, asker, RescaleButton))
    message["content"] = shorten(f"{say_understood(question)}\n{reply.content}", MAX_CONTENT)
    newest = (await services.answers.releases())[-1].newest_year
    for item in _corrections(question, str(asker or 0), newest):
        message["view"].add_item(item)
    return message


def ask_back(doubtful: Doubtful, asker: int | None) -> AsylumView:
    """Put a button under a question for each of its readings."""
    view = AsylumView(timeout=None)
    for reading in doubtful.readings:
        view.add_item(ReadingButton(str(asker or 0), write_permalink(reading.question), reading.label))
    return view


def _corrections(question: Question, asker: str, newest: int) -> Iterator[AsylumItem]:
    link = write_permalink(question)
    yield MeasureSelect(asker, link, measure_of(question))
    if (span := takes_span(question)) is not None:
        yield YearsSelect(asker, link, _list_spans(newest) if span else _list_years(newest))
    if swap_sides(question) is not None:
        yield SwapButton(asker, link)


def _list_years(newest: int) -> list[discord.SelectOption]:
    years = range(newest, max(newest - MAX_YEARS, FIRST_YEAR - 1), -1)
    return [discord.SelectOption(label=str(year), value=f"-{year}") for year in years]


def _list_spans(newest: int) -> list[discord.SelectOption]:
    firsts = [FIRST_YEAR, *range(newest - 1, max(newest - MAX_YEARS, FIRST_YEAR), -1)]
    return [
        discord.SelectOption(
            label="All years" if first == FIRST_YEAR else f"{first}–{newest}",
            description="Since before COVID-19" if first == PRE_PANDEMIC else None,
            value=f"{first}-",
        )
        for first in firsts
    ]


class MeasureSelect(AsylumSelect, template=f"as-m:{ASKER}:{LINK}"):
    """Counts something else."""

    def __init__(self, asker: str, link: str, current: Measure | None = None) -> None:
        options = [
            discord.SelectOption(label=NAMES[measure], value=measure.value)
            for measure in Measure
            if measure is not current
        ]
        hint = f"Counted: {NAMES[current]} – change …" if current else "Count one thing alone …"
        super().__init__(ui.Select(placeholder=hint, options=options, custom_id=f"as-m:{asker}:{link}"))
        self.asker, self.link = int(asker), link

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer with the measure that was picked."""
        try:
            measure = Measure(self.picked(interaction))
        except ValueError as error:
            raise Refusal("That measure is from another version of the bot; ask again.") from error
        await _answer_anew(interaction, change_measure(_read(interaction, self.link), measure), self.asker)


class YearsSelect(AsylumSelect, template=f"as-y:{ASKER}:{LINK}"):
    """Asks of other years."""

    def __init__(self, asker: str, link: str, options: list[discord.SelectOption] | None = None) -> None:
        shown = options or [discord.SelectOption(label="Years", value="-")]
        super().__init__(
            ui.Select(placeholder="Change the years …", options=shown, custom_id=f"as-y:{asker}:{link}")
        )
        self.asker, self.link = int(asker), link

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer for the years that were picked."""
        picked = _SPAN.fullmatch(self.picked(interaction))
        if picked is None:
            raise Unanswerable("button-stale")
        first, last = (int(year) if year else None for year in picked.groups())
        await _answer_anew(interaction, change_years(_read(interaction, self.link), first, last), self.asker)


class SwapButton(AsylumButton, template=f"as-s:{ASKER}:{LINK}"):
    """Takes origins for countries of asylum, and the other way round."""

    def __init__(self, asker: str, link: str) -> None:
        super().__init__(
            ui.Button(label="Swap origin and asylum", emoji="🔁", custom_id=f"as-s:{asker}:{link}")
        )
        self.asker, self.link = int(asker), link

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the question the other way round."""
        question = _read(interaction, self.link)
        await _answer_anew(interaction, swap_sides(question) or question, self.asker)


class RescaleButton(ScaleButton, template=f"as-l:{ASKER}:{LINK}"):
    """Draws a trend on the other scale, and goes on saying how the sentence was understood."""

    kind = "as-l"

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the question that the button holds, which has the other scale."""
        await _answer_anew(interaction, _read(interaction, self.link), self.asker)


class ReadingButton(AsylumButton, template=f"as-r:{ASKER}:{LINK}"):
    """Says which of several readings was meant."""

    def __init__(self, asker: str, link: str, label: str = "This") -> None:
        super().__init__(ui.Button(label=shorten(label, MAX_LABEL), custom_id=f"as-r:{asker}:{link}"))
        self.asker, self.link = int(asker), link

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer that reading."""
        await _answer_anew(interaction, _read(interaction, self.link), self.asker)


CORRECTIONS = (MeasureSelect, YearsSelect, SwapButton, RescaleButton, ReadingButton)


def _read(interaction: discord.Interaction[Any], link: str) -> Question:
    return read_permalink(link, services_of(interaction).countries)


async def _answer_anew(interaction: discord.Interaction[Any], question: Question, asker: int) -> None:
    """Answer in place for whoever asked, and privately for anybody else."""
    in_place = asker in (0, interaction.user.id)
    await interaction.response.defer(ephemeral=not in_place, thinking=not in_place)
    message = await answer_understood(
        services_of(interaction), question, (asker or None) if in_place else None
    )
    if in_place:
        await interaction.edit_original_response(
            content=message["content"],
            embed=message["embed"],
            attachments=[message["file"]],
            view=message["view"],
        )
    else:
        await interaction.followup.send(**message, ephemeral=True)
