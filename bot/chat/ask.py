"""Questions put as sentences: understand, then answer, ask back, refine or say why not."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.chat.answers import make_message
from bot.chat.buttons import ASKER, LINK, ScaleButton, make_scale_button
from bot.chat.composition import SentReply, compose, compose_found
from bot.discord.client import services_of
from bot.discord.views import AsylumButton, AsylumItem, AsylumSelect, AsylumView
from bot.languages import _
from bot.replies.define import write_definitions
from bot.replies.direct_answers import say_verdict, tells_all
from bot.replies.mind import choose_mind
from bot.replies.refused import say_doubt, say_refusal
from bot.replies.reply import MAX_CONTENT, shorten
from bot.replies.top import list_outside, say_ahead, say_followers
from bot.replies.trend import note_year, say_others, say_record
from bot.replies.understood import say_question, say_remarks
from bot.sentences import Refusal, say
from bot.words import capitalise
from bot.words.measures import NAMES
from data.caveats import NotOneSeries, OthersApart
from data.errors import Unanswerable
from data.model import Measure, Nature, Order, RankBy
from data.questions.codec import read_permalink, write_permalink
from data.questions.refinement import change_measure, change_years, measure_of, swap_sides, takes_span
from data.questions.top import AskTop, Top
from data.questions.trend import AskTrend, Trend
from data.reading.ask import (
    Aim,
    AimKind,
    Answer,
    Doubtful,
    Explained,
    Outcome,
    Refused,
    Understood,
    understand,
)
from data.reading.ask.aim_result import judge, judge_across

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from datetime import date

    from bot.replies.reply import Reply
    from bot.services import Services
    from data.questions.registry import Finding, Question
    from data.reading.ask.aim_result import AimResult, Figured


async def understand_sentence(services: Services, text: str, today: date) -> Outcome:
    """Read a sentence against the releases that are kept; `today` is what “last year” counts from."""
    releases = await services.answers.releases()
    if not releases:
        raise Refusal("No release is kept yet; the operator can fetch one with “python -m bot sync”.")
    outcome = understand(text, services.countries, services.glossary, releases, today)
    services.tally["asks", _name(outcome)] += 1
    return outcome


def _name(outcome: Outcome) -> str:
    """Return the code under which it is counted."""
    match outcome:
        case Understood():
            return "answered"
        case Explained():
            return "explained"
        case Doubtful():
            return "asked-back"
    return outcome.reason


async def compose_outcome(services: Services, outcome: Outcome, asker: int | None) -> SentReply:
    """Put what became of a sentence into a message, whichever way it was asked."""
    if isinstance(outcome, Refused):
        content = shorten(say_refusal(outcome), MAX_CONTENT)
        return SentReply(content=content, **_offer(outcome.offers, asker))
    if isinstance(outcome, Explained):
        content, embed = write_definitions(outcome.entries, await services.answers.newest_year())
        return SentReply(content=shorten(content, MAX_CONTENT), embed=embed)
    if isinstance(outcome, Doubtful):
        told = {each: line async for each, line in _say_each(services, outcome.readings)}
        if len(told) == 1 and outcome.doubt == "name":  # the others of that name have no figures
            return await _answer_all(services, Understood((Answer(next(iter(told))),)), asker)
        said = "\n".join([say_doubt(outcome), *(f"• {line}" for line in told.values())])
        return SentReply(content=shorten(said, MAX_CONTENT), **_offer(told or outcome.readings, asker))
    return await _answer_all(services, outcome, asker)


async def _say_each(services: Services, readings: Iterable[Question]) -> AsyncIterator[tuple[Question, str]]:
    """Yield each reading that has an answer, with its first line."""
    for question in readings:
        try:
            yield question, _say_shortly(await compose(services, question))
        except Unanswerable:
            continue


def _offer(questions: Iterable[Question], asker: int | None) -> SentReply:
    view = AsylumView(timeout=None)
    for item in _list_buttons(questions, asker):
        view.add_item(item)
    return SentReply(view=view) if view.children else SentReply()


def _list_buttons(questions: Iterable[Question], asker: int | None) -> Iterator[ReadingButton]:
    """Make a button for each question, but for those too long for one, or alike."""
    links: dict[str, str] = {}
    for question in questions:
        if len(link := write_permalink(question)) <= MAX_LINK:
            links.setdefault(link, say_question(question))
    for link, label in islice(links.items(), MAX_READINGS):
        yield ReadingButton(str(asker or 0), link, capitalise(label))


async def _answer_all(services: Services, understood: Understood, asker: int | None) -> SentReply:
    """Answer the main question with its picture, and the others of a sentence in a line each."""
    first, *more = understood.answers
    try:
        reply, answers, found = await _compose_answer(services, first)
    except Unanswerable:
        if not more:
            raise
        first, *more = more
        reply, answers, found = await _compose_answer(services, first)
    told, beside = [found], list[str]()
    rest: list[Question] = []
    for each in more:
        try:
            other, lines, another = await _compose_answer(services, each)
            told.append(another)
            beside += [*lines[:-1], lines[-1].replace(other.answer, _say_shortly(other))]
            rest.append(each.question)
        except Unanswerable as error:
            beside += [] if each.if_any else [say(error)]
    whole = len(told) == len(understood.answers)
    if understood.across and whole and (verdict := judge_across(understood.across, told)):
        answers, beside = say_verdict(verdict, reply.answer, partial(_note_any, told)), []
        reply = replace(reply, short=reply.short[:1])  # the lines behind it are of the first alone
    elif not beside and (second := _choose_second(first.question, found, understood.others)):
        beside += [_("Or: {line}", line=line) async for _question, line in _say_each(services, (second,))]
        rest.append(second)
    reply = replace(reply, short=(*answers, *reply.short[1:]), kept=len(answers) + 1, beside=tuple(beside))
    return await _lay_out(
        services, reply, asker, (*rest, *understood.others), say_remarks(understood.remarks)
    )


def _choose_second(question: Question, found: Finding, others: Iterable[Question]) -> Question | None:
    """Return the close second that counts something else, whose figure is told beside the answer.

    Where many are counted apart from the refugees who are ranked, those are.
    """
    measure = measure_of(question)
    if isinstance(question, AskTop) and any(isinstance(each, OthersApart) for each in found.caveats):
        return change_measure(question, Measure.OTHERS_IN_NEED)
    alike = (each for each in others if isinstance(each, type(question)))
    return next((each for each in alike if measure_of(each) not in (None, measure)), None)


async def _compose_answer(services: Services, answer: Answer) -> tuple[Reply, tuple[str, ...], Finding]:
    """Answer a question: what is replied, its first lines beginning with its aim, and what was found."""
    reply, found = await compose_found(services, answer.question)
    if answer.aim and isinstance(found, Top):
        reply = _list_as_asked(reply, found, answer.aim)
        if answer.aim.point is AimKind.OUTSIDE:
            told = list_outside(await _rank_further(services, found), answer.aim.left_out)
            reply = replace(reply, short=tuple(filter(None, told)))
    verdict = judge(answer.aim, answer.question, found) if answer.aim else None
    if answer.aim and answer.aim.point is AimKind.RECORD and isinstance(found, Trend):
        reply = _mind_breaks(reply, found)
    if verdict:
        told = say_verdict(verdict, reply.answer, partial(_note_figure, found))
        return _leave_out(reply, found, verdict), told, found
    asks_when = answer.aim is not None and answer.aim.point is AimKind.RECORD and not answer.aim.whether
    record = say_record(found) if asks_when and isinstance(found, Trend) else ""
    if not record or not isinstance(found, Trend):
        return reply, (reply.answer,), found
    peak, latest = found.whole.peak, found.series[0].latest
    told = (record, reply.answer)
    if peak and latest and peak.whole.year == latest.year:  # “that is the highest” follows the figure
        told = reply.answer, record
    return reply, (reply.answer,) if record in reply.short else told, found


async def _rank_further(services: Services, found: Top) -> Top:
    """Rank many more than are shown, by amount, of whom those first are left out."""
    asked, rows = found.asked, list(found.rows)
    plain = asked.by is RankBy.AMOUNT and asked.order is Order.LARGEST and not asked.picks
    while plain and len(rows) < min(found.countries, MAX_RANKED) and found.measure.nature is not Nature.RATE:
        below = int(rows[-1].value or 0) + 1  # who has as many may not have been among them
        further = await services.answers.answer(replace(asked, above=0, below=below))
        known = {each.country for each in rows}
        more = [row for row in further.rows if row.country not in known] if isinstance(further, Top) else []
        if not more:
            break
        rows += more
    return replace(found, rows=tuple(rows))


def _mind_breaks(reply: Reply, found: Trend) -> Reply:
    """Let a record be read with the breaks that it passes over, whatever else is to be known of the years."""
    broken = next((each for each in found.caveats if isinstance(each, NotOneSeries)), None)
    return replace(reply, mind=broken) if broken else reply


def _list_as_asked(reply: Reply, found: Top, aim: Aim) -> Reply:
    """List as many of a ranking as were asked for."""
    if aim.point is AimKind.LISTED:
        more = say_followers(found, int(aim.value or 0))
        short = (more if line == say_followers(found) else line for line in reply.short)
        return replace(reply, short=tuple(short))
    if aim.point is AimKind.AHEAD and aim.sign > 0 and found.picked:
        return replace(reply, short=tuple(filter(None, (reply.short[0], say_ahead(found), *reply.short[1:]))))
    return reply


def _note_figure(found: Finding, figured: Figured) -> str:
    """Say in brackets of a trend's figure what it is where it is not what it seems."""
    if not isinstance(found, Trend):
        return ""
    series = (each for each in found.series if each.place == figured.whose)
    return next((note_year(found, each, figured.year) for each in series), "")


def _note_any(found: Iterable[Finding], figured: Figured) -> str:
    """Say in brackets what a figure of any of several findings is, as `_note_figure`."""
    return next(filter(None, (_note_figure(each, figured) for each in found)), "")


def _leave_out(reply: Reply, found: Finding, verdict: AimResult) -> Reply:
    """Leave out lines that say again what the first words say, and what is to be minded of other years."""
    if not isinstance(found, Trend):
        return reply
    said = set()
    if tells_all(verdict) and len(told := {each.year for each in verdict.figures}) == 1:
        mind = choose_mind(found.caveats, (min(told), max(told)))
        reply = replace(reply, mind=mind, moves=False)
    if tells_all(verdict) and len(verdict.figures) >= len(found.series):
        said.add(say_others(found))
    peak, years = found.whole.peak, {each.year for each in verdict.figures}
    asks_for_it = verdict.aim.point in (AimKind.RECORD, AimKind.PASSED) and not verdict.holds
    if asks_for_it or (peak and peak.whole.year in years and said):
        said.add(say_record(found))
    answer, *lines = reply.short
    return replace(reply, short=(answer, *(line for line in lines if line not in said)))


def _say_shortly(reply: Reply) -> str:
    """Say an answer in a line, with the places beside the first."""
    several = isinstance(reply.question, AskTrend) and len(reply.question.places) > 1
    return " ".join(reply.short[: 1 + several])


async def _lay_out(
    services: Services,
    reply: Reply,
    asker: int | None,
    others: Iterable[Question] = (),
    left: str = "",
) -> SentReply:
    """Lay out an answer: what is said, what was left out of the question, its picture, other readings."""
    change = ChangeButton(str(asker or 0), write_permalink(reply.question))
    message = make_message(reply, await services.studio.draw(reply.chart), asker, change)
    view = message["view"]
    for button in _list_buttons(others, asker):
        view.add_item(button)
    content = "\n".join(filter(None, (message["content"], left)))
    return SentReply(content=content, embed=message["embed"], files=[message["file"]], view=view)


FIRST_YEAR = 2000
MAX_LABEL, MAX_LINK, MAX_READINGS = 80, 80, 5
MAX_YEARS, MAX_RANKED = 24, 100
_SPAN = re.compile(r"([0-9]{4})?-([0-9]{4})?")
PRE_PANDEMIC = 2019


async def answer_understood(services: Services, question: Question, asker: int | None) -> SentReply:
    """Answer a question that was corrected, or picked of several: menus go on correcting it."""
    reply = await compose(services, question)
    return await _lay_out(services, reply, asker)


def _list_changes(question: Question, asker: str, newest: int) -> Iterator[AsylumItem]:
    link = write_permalink(question)
    yield MeasureSelect(asker, link, measure_of(question))
    if (span := takes_span(question)) is not None:
        years = _list_spans(newest) if span and not _is_of_one_year(question) else _list_years(newest)
        yield YearsSelect(asker, link, years)
    if rescale := make_scale_button(question, int(asker) or None, RescaleButton):
        yield rescale
    if swap_sides(question) is not None:
        yield SwapButton(asker, link)


def _is_of_one_year(question: Question) -> bool:
    return isinstance(question, AskTrend) and question.first is not None and question.first == question.last


def _list_years(newest: int) -> list[discord.SelectOption]:
    years = range(newest, max(newest - MAX_YEARS, FIRST_YEAR - 1), -1)
    return [discord.SelectOption(label=str(year), value=f"{year}-{year}") for year in years]


def _list_spans(newest: int) -> list[discord.SelectOption]:
    firsts = [FIRST_YEAR, *range(newest - 1, max(newest - MAX_YEARS, FIRST_YEAR), -1)]
    return [
        discord.SelectOption(
            label=_("All years") if first == FIRST_YEAR else f"{first}–{newest}",
            description=_("Since before COVID-19") if first == PRE_PANDEMIC else None,
            value=f"{first}-",
        )
        for first in firsts
    ]


class ChangeButton(AsylumButton, template=f"as-c:{ASKER}:{LINK}"):
    """Gives way to what changes the question: menus, which an answer at first sight has no room for."""

    key = "as-c"

    def __init__(self, asker: str, link: str) -> None:
        super().__init__(ui.Button(label="Change", custom_id=f"{self.key}:{asker}:{link}"))
        self.asker, self.link = int(asker), link

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Put them below the answer for whoever asked; others get an answer of their own first."""
        question = _read(interaction, self.link)
        if self.asker not in (0, interaction.user.id) or interaction.message is None:
            await _answer_anew(interaction, question, self.asker)
            return
        newest = (await services_of(interaction).answers.releases())[-1].newest_year
        view = AsylumView.from_message(interaction.message, timeout=None)
        for old in view.children:
            if getattr(old, "custom_id", "").startswith(self.key):
                view.remove_item(old)
        for item in _list_changes(question, str(self.asker), newest):
            view.add_item(item)
        await interaction.response.edit_message(view=view)


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
        super().__init__(ui.Button(label="Swap origin and asylum", custom_id=f"as-s:{asker}:{link}"))
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


CORRECTIONS = (ChangeButton, MeasureSelect, YearsSelect, SwapButton, RescaleButton, ReadingButton)


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
            attachments=message["files"],
            view=message["view"],
        )
    else:
        await interaction.followup.send(**message, ephemeral=True)
