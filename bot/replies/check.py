"""The claims of a text, each with its verdict and what stands behind it, as a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import discord

from bot.languages import _, digits
from bot.replies.check_facts import is_about_a_stock, say_fact
from bot.replies.check_findings import list_sentences, say_finding
from bot.replies.check_verdicts import REASONS, find_stated, say_correction, say_instead, say_verdict
from bot.replies.reply import COLOUR, MAX_ROWS, ROW, count_rows, make_foot, shorten
from bot.words import capitalise, cite, say_source
from bot.words.measures import NAMES_WITHIN, name_place
from data.errors import calm
from data.model import Level, Measure, Place, Role
from data.questions.decisions import AskDecisions
from data.questions.history import AskHistory
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.check.claim import Subject
from data.reading.check.evidence import Fact, Spread
from data.reading.check.verdicts import Extremes, Joint, ShareOf, Total, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.questions.registry import Question
    from data.reading.check.verdicts import Check, ClaimFinding, Unjudged

MAX_QUOTE = 160
MAX_FIELD, MAX_NAME, MAX_EMBED = 1024, 256, 6000
MAX_LABEL = 100
MAX_UNJUDGED = 5
MAX_ENTRIES, MAX_PAGE_ROWS = 10, 13
"""Claims that stand on a page, and the rows of a phone that they take: one that is longer stands alone."""

_WEIGHTS = {
    Verdict.ELSE: 0,
    Verdict.UNTIL: 1,
    Verdict.NOT_FOUND: 2,
    Verdict.CLOSE: 3,
    Verdict.UNCHECKED: 4,
    Verdict.ROUNDED: 5,
    Verdict.MATCHES: 6,
}
"""Which claim a reader should hear of first."""

_MISJUDGED = 1.5
"""A number that is right, beside which the text says what is not so."""

_RIGHT = {Verdict.CLOSE, Verdict.ROUNDED, Verdict.MATCHES}


@dataclass(frozen=True, slots=True)
class ClaimChart:
    """A finding to be seen as a chart: what a menu calls it, and the question behind it."""

    label: str
    question: Question


class ClaimEntry(NamedTuple):
    """A claim: its correction, which heads it, its quote and sentences, and its chart if there is one."""

    name: str
    value: str
    chart: ClaimChart | None

    @property
    def rows(self) -> int:
        """How many rows of a phone it takes."""
        return sum(map(count_rows, (self.name, *self.value.split("\n"))))


@dataclass(frozen=True, slots=True)
class CheckReply:
    """What was found: the answer in short, and behind Details the claims in their order, page by page.

    `short` begins with the correction that weighs most; `unjudged` names the numbers that were not judged.
    `weightiest` is the question whose chart is shown with them.
    """

    short: tuple[str, ...]
    unjudged: str
    entries: tuple[ClaimEntry, ...]
    weightiest: Question | None
    source: str
    counted: bool = True
    """Whether a claim has a number, and none is only a rank."""

    @property
    def content(self) -> str:
        """What is read in three seconds."""
        lines = self.short if len(self.entries) > 1 else (*self.short, self.unjudged)
        return "\n".join(filter(None, lines))

    def foot(self) -> discord.Embed:
        """What stands below the picture of the answer in short."""
        return make_foot([], self.source)

    @property
    def pages(self) -> int:
        """How many pages the claims take."""
        return len(self._list_pages())

    def on_page(self, page: int = 0) -> tuple[ClaimEntry, ...]:
        """Return the claims of a page; the first is 0."""
        pages = self._list_pages()
        return self.entries[slice(*pages[page])] if page < len(pages) else ()

    def name_page(self, page: int) -> str:
        """Name a page: “Claim 3 of 43”, “Claims 4–5 of 43”."""
        first, end = self._list_pages()[page]
        if end - first == 1:
            return _("Claim {end} of {count}", end=end, count=len(self.entries))
        return _("Claims {first}–{end} of {count}", first=first + 1, end=end, count=len(self.entries))

    def head(self, page: int) -> str:
        """What stands above a page: which claims they are, and first of all what was not judged."""
        named = self.name_page(page) if len(self.entries) > 1 else ""
        return "\n".join(filter(None, (named, "" if page else self.unjudged)))

    def _list_pages(self) -> list[tuple[int, int]]:
        """Cut the claims into pages that a phone shows at once: where each begins, and where it ends."""
        pages, rows = [(0, 0)], 0
        for number, entry in enumerate(self.entries):
            first, end = pages[-1]
            rows += entry.rows
            if first < end and (rows > MAX_PAGE_ROWS or end - first == MAX_ENTRIES):
                pages.append((number, number + 1))
                rows = entry.rows
            else:
                pages[-1] = first, number + 1
        return pages

    def charts(self, page: int | None = None) -> tuple[ClaimChart, ...]:
        """Return the charts of a page, or of the first claims of all, none twice."""
        entries = self.entries[:MAX_ENTRIES] if page is None else self.on_page(page)
        found = {entry.chart.question: entry.chart for entry in reversed(entries) if entry.chart}
        return tuple(reversed(found.values()))

    def embed(self, page: int = 0) -> discord.Embed:
        """The claims of a page, cut to what Discord takes in one message, and the source in words."""
        embed, entries = discord.Embed(colour=discord.Colour(COLOUR)), self.on_page(page)
        embed.set_footer(text=cite(self.source))
        room = MAX_EMBED - len(embed) - sum(len(entry.name) for entry in entries)
        most = min(MAX_FIELD, _share_out(room, [len(entry.value) for entry in entries]))
        for entry in entries:
            embed.add_field(name=entry.name, value=shorten(entry.value, most), inline=False)
        return embed


def _share_out(room: int, lengths: Sequence[int]) -> int:
    """Return how long each may be at most, so that what short ones leave goes to the long ones."""
    left = sorted(lengths)
    while left and left[0] <= room // len(left):
        room -= left.pop(0)
    return room // len(left) if left else MAX_FIELD


def reply_check(found: Check) -> CheckReply:
    """Lay the findings out in the order of the text, the weightiest named first; there is at least one."""
    weightiest = min(found.findings, key=_weigh)
    return CheckReply(
        short=tuple(_say_short(found, weightiest)),
        unjudged=say_unjudged(found.unjudged),
        entries=tuple(_make_entries(found)),
        weightiest=_ask(weightiest),
        source=say_source(found.release),
        counted=any(each.claim.subject is not Subject.STANDING for each in found.findings),
    )


def _weigh(finding: ClaimFinding) -> float:
    beside = [*(each.holds for each in finding.compared), *(each.holds for each in finding.stood)]
    wrong = finding.match is not None and False in beside
    return min(_WEIGHTS[finding.verdict], _MISJUDGED if wrong else len(_WEIGHTS))


def _make_entries(found: Check) -> Iterator[ClaimEntry]:
    said = False
    for finding in found.findings:
        verdict = capitalise(say_verdict(finding, stated=True))
        told = f"**{verdict}.** {say_finding(finding, again=said, stated=find_stated(finding))}"
        said = said or any(map(is_about_a_stock, finding.flaws))
        question = _ask(finding)
        label = (
            _("{title}: {question}", title=_title(finding), question=_name_question(question))
            if question
            else ""
        )
        yield ClaimEntry(
            _correct(finding),
            f"> “{_quote(finding)}”\n{told}",
            ClaimChart(shorten(label, MAX_LABEL), question) if question else None,
        )


def _say_short(found: Check, weightiest: ClaimFinding) -> Iterator[str]:
    """Say the correction that weighs most; then what else there is to say of it, or of the other claims."""
    if len(found.findings) == 1:
        yield f"**{_correct(weightiest)}**"
        verdict = f"{capitalise(say_verdict(weightiest, stated=True))}."
        told = len(_correct(weightiest)) + len(verdict) + len(say_unjudged(found.unjudged))
        yield verdict
        yield _say_as_much(weightiest, ROW * MAX_ROWS - told)
        return
    head = f"**{_say_line(weightiest)}.**"
    if not (correct := _correct(weightiest)).startswith(f"{_title(weightiest)}:"):
        head = f"**{correct}** {capitalise(say_verdict(weightiest, brief=True))}."
    yield head
    others = list(found.findings)
    others.remove(weightiest)
    yield from _list_verdicts(others, MAX_ROWS - count_rows(head))


def _list_verdicts(findings: Sequence[ClaimFinding], room: int) -> Iterator[str]:
    """List each claim with its verdict in the order of the text; where rows are few, those that weigh most.

    As far as there is room each says what is counted, where and when.
    """
    by_weight = sorted(range(len(findings)), key=lambda number: _weigh(findings[number]))
    lines = {number: f"• {_say_line(findings[number], brief=True)}" for number in by_weight}
    while sum(map(count_rows, lines.values())) > room - (len(lines) < len(findings)):
        lines.popitem()
    for number in by_weight if len(lines) == len(findings) else ():
        longer = f"• {_say_line(findings[number])}"
        if sum(map(count_rows, lines.values())) + count_rows(longer) - count_rows(lines[number]) <= room:
            lines[number] = longer
    yield from (lines[number] for number in sorted(lines))
    if left := len(findings) - len(lines):
        yield _("… and {left} more in Details.", left=digits(f"{left:,}"))


def _say_line(finding: ClaimFinding, *, brief: bool = False) -> str:
    """Write a claim's verdict; not `brief` with what its number counts, or what is right instead."""
    right = finding.verdict in _RIGHT
    verdict = say_verdict(finding, brief=brief or not right)
    source = finding.match.source if finding.match else None
    counted = say_fact(source, within=True) if right and isinstance(source, Fact) else say_instead(finding)
    told = "" if brief or counted == verdict else _("; {calm}", calm=calm(counted, MAX_NAME))
    return _("{title}: {verdict}{told}", title=_title(finding), verdict=verdict, told=told)


def _correct(finding: ClaimFinding) -> str:
    return calm(say_correction(finding), MAX_NAME)


def _say_as_much(finding: ClaimFinding, room: int) -> str:
    """Say as many sentences on a finding as there is room for."""
    told: list[str] = []
    for sentence in list_sentences(finding, stated=find_stated(finding)):
        room -= len(sentence) + 1
        if room < 0:
            break
        told.append(sentence)
    return " ".join(told)


def say_unjudged(unjudged: Sequence[Unjudged]) -> str:
    """Name in one line the numbers that were not judged, and why; empty where there are none."""
    told = [
        f"{calm(each.number, MAX_LABEL // 2)} ({REASONS[each.reason]})" for each in unjudged[:MAX_UNJUDGED]
    ]
    more = len(unjudged) - len(told)
    return (
        _(
            "Not judged: {list}{value}.",
            list=", ".join(told),
            value=_(" and {more} more", more=more) if more else "",
        )
        if told
        else ""
    )


def _title(finding: ClaimFinding) -> str:
    return calm(finding.claim.number, MAX_LABEL // 2)


def _quote(finding: ClaimFinding) -> str:
    return calm(finding.claim.quote, MAX_QUOTE)


def _ask(finding: ClaimFinding) -> Question | None:
    """Choose the question whose chart shows the finding best."""
    source = finding.match.source if finding.match else finding.share
    match source:
        case Fact() if source.level is Level.FIRST:
            return _ask_of_first_instance(source)
        case Fact() if finding.now:
            return AskHistory(source.measure, source.place, source.year)
        case Fact():
            return AskTrend(source.measure, (source.place,), last=source.year)
        case Total() | Extremes():
            return AskTrend(source.measure, (source.place,), source.first, source.last)
        case ShareOf() | Joint():
            return AskTrend(source.measure, source.places, last=source.year)
        case Spread():
            role = Role.ASYLUM if source.place.origin else Role.ORIGIN
            return AskTop(Measure.PENDING, role, source.place, source.year, as_of=source.release.day)
    for compared in finding.compared:
        return AskTrend(compared.measure, (compared.place,), last=compared.year)
    for fact in finding.instead:
        if fact.level is Level.FIRST and fact.value:
            return _ask_of_first_instance(fact)
        return AskTrend(fact.measure, (fact.place,), last=fact.year)
    return None


def _ask_of_first_instance(fact: Fact) -> Question:
    """Ask for the years up to the fact's own; as of the last release that had it, where it was replaced."""
    as_of = fact.last.day if fact.replaced_by else None
    return AskDecisions(fact.place, Level.FIRST, last=fact.year, as_of=as_of)


def _name_question(question: Question) -> str:
    match question:
        case AskHistory():
            return _(
                "then and now, {measure}, {place}",
                measure=NAMES_WITHIN[question.measure],
                place=name_place(question.place),
            )
        case AskTrend():
            return _(
                "{measure} over the years, {place}",
                measure=NAMES_WITHIN[question.measure],
                place=name_place(question.places[0]),
            )
        case AskDecisions():
            return _("decisions at first instance, {place}", place=name_place(question.place))
        case AskTop():
            return _("where, {place}", place=name_place(question.place))
    return name_place(Place())
