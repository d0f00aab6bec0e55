"""The claims of a text, each with its verdict and what stands behind it, as a reply."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.replies.check_findings import is_about_a_stock, say_finding, say_verdict
from bot.replies.reply import COLOUR, MAX_CONTENT, shorten
from bot.words import NAMES, name_place, say_source
from data.errors import calm
from data.model import Level, Measure, Place, Role
from data.questions.decisions import AskDecisions
from data.questions.history import AskHistory
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.check.evidence import Fact, Spread
from data.reading.check.verdicts import Extremes, Total, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.questions.registry import Question
    from data.reading.check.verdicts import Check, Finding

MAX_QUOTE = 160
MAX_FIELD, MAX_NAME, MAX_EMBED = 1024, 256, 6000
MAX_LABEL = 100

_COUNTED = {
    Verdict.ELSE: ("matches, but is something else", "match, but are something else"),
    Verdict.UNTIL: ("was right until later figures", "were right until later figures"),
    Verdict.NOT_FOUND: ("is not in these figures", "are not in these figures"),
    Verdict.UNCHECKED: ("cannot be checked", "cannot be checked"),
    Verdict.ROUNDED: ("is rounded", "are rounded"),
    Verdict.MATCHES: ("matches", "match"),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A finding to be seen as a chart: what a menu calls it, and the question behind it."""

    label: str
    question: Question


@dataclass(frozen=True, slots=True)
class CheckReply:
    """What was found: a headline, an entry for each claim (its name and its sentences), and the charts."""

    content: str
    entries: tuple[tuple[str, str], ...]
    charts: tuple[Chart, ...]
    source: str

    def embed(self) -> discord.Embed:
        """The entries, cut to what Discord takes in one message, and the source."""
        embed = discord.Embed(colour=discord.Colour(COLOUR)).set_footer(text=self.source)
        room = MAX_EMBED - len(self.source) - sum(len(name) for name, _ in self.entries)
        most = min(MAX_FIELD, room // max(1, len(self.entries)))
        for name, value in self.entries:
            embed.add_field(name=shorten(name, MAX_NAME), value=shorten(value, most), inline=False)
        return embed


def reply_check(found: Check) -> CheckReply:
    """Lay the findings out, the most telling first; there is at least one."""
    charts: dict[Question, Chart] = {}
    for finding in found.findings:
        if question := _ask(finding):
            label = f"{_title(finding)}: {_name_question(question)}"
            charts.setdefault(question, Chart(shorten(label, MAX_LABEL), question))
    return CheckReply(
        content=shorten(_say_headline(found), MAX_CONTENT),
        entries=tuple(_say_entries(found)),
        charts=tuple(charts.values()),
        source=say_source(found.release),
    )


def _say_entries(found: Check) -> Iterator[tuple[str, str]]:
    said = False
    for finding in found.findings:
        words = f"> “{_quote(finding)}”\n{say_finding(finding, again=said)}"
        yield f"{_title(finding)} — {say_verdict(finding)}", words
        said = said or any(map(is_about_a_stock, finding.flaws))


def _say_headline(found: Check) -> str:
    if len(found.findings) == 1:
        (only,) = found.findings
        head = f"**{_title(only)}: {say_verdict(only)}.**"
        unchecked = only.verdict is Verdict.UNCHECKED
        return head if unchecked else f"{head} Checked against every release of UNHCR's figures."
    counts = Counter(finding.verdict for finding in found.findings)
    parts = [f"{counts[each]} {words[counts[each] > 1]}" for each, words in _COUNTED.items() if counts[each]]
    head = f"**{len(found.findings)} claims checked against every release: {'; '.join(parts)}.**"
    if found.left_out:
        head += f"\n{found.left_out} more figures of the text are left out; check them in a shorter text."
    return head


def _title(finding: Finding) -> str:
    return calm(finding.claim.number, MAX_LABEL // 2)


def _quote(finding: Finding) -> str:
    return calm(finding.claim.quote, MAX_QUOTE)


def _ask(finding: Finding) -> Question | None:
    """Choose the question whose chart shows the finding best."""
    source = finding.match.source if finding.match else None
    match source:
        case Fact() if source.level is Level.FIRST:
            return _ask_of_first_instance(source)
        case Fact() if finding.now:
            return AskHistory(source.measure, source.place, source.year)
        case Fact():
            return AskTrend(source.measure, (source.place,))
        case Total() | Extremes():
            return AskTrend(source.measure, (source.place,), source.first, source.last)
        case Spread():
            role = Role.ASYLUM if source.place.origin else Role.ORIGIN
            return AskTop(Measure.PENDING, role, source.place, source.year, as_of=source.release.day)
    for compared in finding.compared:
        return AskTrend(compared.measure, (compared.place,))
    for fact in finding.instead:
        if fact.level is Level.FIRST and fact.value:
            return _ask_of_first_instance(fact)
        return AskTrend(fact.measure, (fact.place,))
    return None


def _ask_of_first_instance(fact: Fact) -> Question:
    """Ask for the years up to the fact's own; as of the last release that had it, where it was replaced."""
    as_of = fact.last.day if fact.replaced_by else None
    return AskDecisions(fact.place, Level.FIRST, last=fact.year, as_of=as_of)


def _name_question(question: Question) -> str:
    match question:
        case AskHistory():
            return f"then and now, {NAMES[question.measure].lower()}, {name_place(question.place)}"
        case AskTrend():
            return f"{NAMES[question.measure].lower()} over the years, {name_place(question.places[0])}"
        case AskDecisions():
            return f"decisions at first instance, {name_place(question.place)}"
        case AskTop():
            return f"where, {name_place(question.place)}"
    return name_place(Place())
