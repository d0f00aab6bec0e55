"""What a channel is told of a release: the key figure first, then what it is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.charts.before_after import BeforeAfterChart
from bot.charts.subjects import Heading
from bot.languages import _, digits
from bot.replies.before_after import (
    HALVES,
    make_before_after_row,
    make_records,
    name_rest,
    note_cases,
    say_before_after,
    say_honest_ratio,
    say_whose,
)
from bot.replies.layout import say_amount
from bot.replies.mind import choose_mind, say_mind
from bot.replies.reply import MAX_CONTENT, describe_chart, make_foot, shorten
from bot.words import (
    capitalise,
    say_day,
    say_in_year,
    say_number,
    say_release,
    say_short_day,
    say_source,
    say_when,
    say_years,
    sign_chart,
)
from bot.words.measures import NAMES_WITHIN, say_place, say_subject
from data.errors import calm
from data.model import Place, RevisionKind, Unit
from data.questions.changes import AskChanges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import discord

    from bot.charts.studio import Chart
    from bot.replies.reply import Record
    from data.alerts.news import News, Superseded, Withdrawal
    from data.model import Number, Release
    from data.state.model import Filter
    from data.statistics import Changed


MAX_TOTALS = 5
MAX_ALSO, MAX_MISSED = 2, 2
MAX_MOVES = 10
MAX_NOTE = 200
"""Characters of UNHCR's note; Details have it whole."""

COLOURS = {
    RevisionKind.NEW_PERIOD: 0x00B398,
    RevisionKind.COMPLETED: 0x0072BC,
    RevisionKind.CORRECTED: 0xE8A33D,
    RevisionKind.WITHDRAWN: 0xEF4A60,
    RevisionKind.RECODED: 0x8EBEFF,
}
"""What the edge of a message shows at a glance."""


@dataclass(frozen=True, slots=True)
class Alert:
    """What is said of a release. `headline` is markdown of one line, `lines` stand in the embed.

    `title` heads a forum's post; `answers` are the filters that have something to tell here, and `question`
    asks for all that changed, which the Details button gives.
    """

    title: str
    headline: str
    lines: tuple[str, ...]
    chart: Chart
    records: tuple[Record, ...]
    source: str
    answers: tuple[Filter, ...]
    question: AskChanges
    colour: int

    @property
    def alt(self) -> str:
        """What the picture shows, for those who hear it."""
        return describe_chart(self.chart)

    def content(self, roles: Iterable[int] = ()) -> str:
        """The headline, which a notification shows, and below it the roles that are pinged."""
        pings = " ".join(f"<@&{role}>" for role in roles)
        return "\n".join(filter(None, (shorten(self.headline, MAX_CONTENT // 2), pings)))

    def embed(self) -> discord.Embed:
        """Everything below the headline, with the source."""
        return make_foot(self.lines, self.source, self.colour)


def write_alert(news: News) -> Alert:
    """Put what a release changed of what a channel asked for into words.

    Raises ValueError for news without a key figure: there is nothing to say then.
    """
    if news.headline is None or news.before is None:
        raise ValueError(f"{news.release.label} is no news here: {news.silence}")
    asked = news.matched[0].place if len({each.place for each in news.matched}) == 1 else Place()
    kind = capitalise(news.headline.kind.value)
    key = say_headline(news, news.headline, news.before, asked)
    totals = choose_totals(news)
    whose = say_whose(news.headline, news.largest, asked) if news.headline in totals else ""
    told = ", ".join(filter(None, (key, whose)))
    picture = say_key_figure(news.headline, news.before, news.release)
    shown = (*totals, *(each for each in news.largest if each not in totals))[:MAX_MOVES]
    mind = choose_mind(news.caveats)
    dated = len({each.year for each in shown}) > 1
    moves = tuple(make_before_after_row(each, asked, dated=dated) for each in shown)
    return Alert(
        title=write_title(news.headline),
        headline=_(
            "**{kind}: {told}.** {label}, {day}.",
            kind=kind,
            told=told,
            label=news.release.label,
            day=say_day(news.release.day),
        ),
        lines=(
            *say_totals(news, totals, news.headline, news.before, asked),
            *say_note(news),
            *say_missed(news),
            *say_subscriptions(news),
            *([say_mind(mind, moves=news.headline.kind is RevisionKind.COMPLETED)] if mind else []),
        ),
        chart=BeforeAfterChart(
            Heading(
                capitalise(picture),
                _(HALVES)
                if any(each.kind is RevisionKind.COMPLETED for each in shown)
                else _("{kind}: before and after", kind=kind),
                sign_chart(news.release),
            ),
            moves,
            before_label=say_short_day(news.before.day),
            after_label=say_short_day(news.release.day),
        ),
        records=_make_all_records(news),
        source=say_source(news.release),
        answers=news.matched,
        question=ask_for_all(news),
        colour=COLOURS[news.headline.kind],
    )


def ask_for_all(news: News) -> AskChanges:
    """Ask for what the release changed of all that the filters want."""
    first, *others = news.matched
    if any((each.place, each.measure) != (first.place, first.measure) for each in others):
        return AskChanges(Place(), as_of=news.release.day)
    return AskChanges(first.place, first.measure, as_of=news.release.day)


def choose_totals(news: News) -> tuple[Changed, ...]:
    """Choose the totals to tell: the key figure, the largest of each filter, then the others by size."""
    chosen = [news.headline] if news.headline in news.totals else []
    for wanted in news.matched:
        chosen += [each for each in news.totals if each.place == wanted.place][:1]
    return tuple(dict.fromkeys(each for each in (*chosen, *news.totals) if each))[:MAX_TOTALS]


def _make_all_records(news: News) -> tuple[Record, ...]:
    """Make the CSV's lines, each once, of this release and of those told with it."""
    found: dict[Record, None] = {}
    for each in (*news.meanwhile, news):
        if each.before:
            found |= dict.fromkeys(make_records((*each.totals, *each.all_changes), each.before, each.release))
    return tuple(found)


def say_totals(
    news: News, totals: Sequence[Changed], key: Changed, before: Release, asked: Place
) -> Iterator[str]:
    """Say the largest of the other totals of the places asked for, one of each, in one sentence."""
    rest = [each for each in totals if each not in (key, find_beside(news, key))]
    if rest:
        most = max(MAX_ALSO, len(news.matched))
        told = "; ".join(_say_change(each, key, before, news.release, asked) for each in rest[:most])
        yield _("Also: {told}.", told=told)


def _say_change(each: Changed, key: Changed, before: Release, after: Release, asked: Place) -> str:
    """Write one change among others: what the key figure says already, its kind and year, is left out."""
    name, what = name_rest(asked, each.place), NAMES_WITHIN[each.measure]
    figures = _say_figures(each, units=False)
    told = (
        _("{name}, {what}: {figures}", name=name, what=what, figures=figures) if name else f"{what} {figures}"
    )
    notes = (
        f"{each.year}" if each.year != key.year else "",
        each.kind.value if each.kind is not key.kind else "",
        say_honest_ratio(each, before, after),
    )
    noted = ", ".join(filter(None, notes))
    if not noted:
        return told
    return f"{told}, {noted}" if told.endswith(")") else f"{told} ({noted})"


def say_note(news: News) -> Iterator[str]:
    """Quote what UNHCR notes on the key figure since the release before."""
    if news.note and news.headline:
        place = news.headline.place
        named = Place(place.origin if news.note.origin else None, place.asylum if news.note.asylum else None)
        about = f"{say_place(named)}, {say_years(news.note.years)}"
        yield _("UNHCR's note ({about}): “{calm}”", about=about, calm=calm(news.note.text, MAX_NOTE))


def say_missed(news: News) -> Iterator[str]:
    """Tell releases that came while nothing could be sent: the last in a line each, how many came before."""
    missed = [each for each in news.meanwhile if each.headline and each.before]
    for each in missed[:MAX_MISSED]:
        if each.headline and each.before:
            key = say_key_figure(each.headline, each.before, each.release)
            yield _(
                "Missed: {release}, {value}: {key}.",
                release=say_release(each.release),
                value=each.headline.kind.value,
                key=key,
            )
    if (older := len(missed) - MAX_MISSED) > 0:
        yield _("Missed before: {older} more; the table has what they changed.", older=older)


def say_subscriptions(news: News) -> Iterator[str]:
    """Say that a message answers several subscriptions, where it does."""
    if len(news.matched) > 1:
        yield _("This answers {count} subscriptions of this channel.", count=len(news.matched))


MAX_TITLE = 100
"""Characters that a forum allows in the title of a post."""


def say_key_figure(each: Changed, before: Release, after: Release, beside: Changed | None = None) -> str:
    """Write what, where, when, before and after: “asylum decisions in Canada in 2025, 199,610 → 96,789”.

    `beside` is the same figure in the other unit, which is told along and never added.
    """
    subject = say_subject(each.measure, each.place, within=True)
    completed = each.kind is RevisionKind.COMPLETED and each.before is not None
    when = (
        say_in_year(each.year)
        if completed
        else say_when(each.measure.nature, each.year, each.extent or after.extent_of(each.year))
    )
    text = f"{subject} {when}, {_say_end(each, before, after, units=beside is not None)}"
    return (
        _("{text}, and {end}", text=text, end=_say_end(beside, before, after, units=True)) if beside else text
    )


def _say_end(each: Changed, before: Release, after: Release, *, units: bool) -> str:
    figures, ratio = _say_figures(each, units=units), say_honest_ratio(each, before, after)
    if not ratio:
        return figures
    return f"{figures}, {ratio}" if figures.endswith(")") else f"{figures} ({ratio})"


def say_headline(news: News, key: Changed, before: Release, asked: Place) -> str:
    """Write the key figure; where no total changed, how many figures did, and the largest of them."""
    told = say_key_figure(key, before, news.release, find_beside(news, key))
    if key in news.totals or news.matching == 1:
        return told
    where = say_place(asked) if asked != Place() else "worldwide"
    return _(
        "{matching} figures {where}, the largest of them: {told}",
        matching=digits(f"{news.matching:,}"),
        where=where,
        told=told,
    )


def find_beside(news: News, key: Changed) -> Changed | None:
    """Find the same total in the other unit, persons or cases, if it changed as well."""
    same = (key.measure, key.place, key.year)
    return next(
        (each for each in news.totals if each != key and (each.measure, each.place, each.year) == same), None
    )


def write_title(each: Changed) -> str:
    """Write the title of a forum's post; without the figures where there is no room for them whole."""
    what, place = NAMES_WITHIN[each.measure], say_place(each.place, each.measure)
    short = _(
        "{value}: {cases} {place}, {year}",
        value=capitalise(each.kind.value),
        cases=note_cases(each, what),
        place=place,
        year=each.year,
    )
    whole = _(
        "{short}: {figures}",
        short=short,
        figures=_say_figures(replace(each, carried=(None, None)), units=False),
    )
    return whole if len(whole) <= MAX_TITLE else short[:MAX_TITLE]


def _say_figures(each: Changed, *, units: bool) -> str:
    if each.kind is RevisionKind.NEW_PERIOD and each.before is None:
        return say_amount(each.measure, each.unit, each.after, units=units)
    if each.after is None:
        before = say_amount(each.measure, each.unit, each.before, units=units)
        return _("{before} → no longer published", before=before)
    return say_before_after(each, units=units)


_VERBS = {
    RevisionKind.COMPLETED: "Completed",
    RevisionKind.CORRECTED: "Superseded",
    RevisionKind.WITHDRAWN: "Withdrawn",
    RevisionKind.RECODED: "Superseded",
    RevisionKind.NEW_PERIOD: "Superseded",
}
_LINE = re.compile(rf"\n-# (?:{'|'.join(sorted(set(_VERBS.values())))}) on [^\n]*$")


def mark(content: str, message: Superseded) -> str:
    """Add the line to a message's text, in place of an earlier one; or none, where all is as it was told.

    A text that would become too long for Discord is left as it is.
    """
    unmarked = _LINE.sub("", content)
    if message.changed.after == message.changed.before:
        return unmarked
    marked = f"{unmarked}\n-# {say_superseded(message)}"
    return marked if len(marked) <= MAX_CONTENT else content


def say_superseded(message: Superseded) -> str:
    """Write: “Superseded on 25 June 2026: now 96,789 instead of 199,610.”"""
    changed = message.changed
    verb, day = _VERBS[changed.kind], say_day(message.by.day)
    then = _say_figure(changed.before, changed) if changed.before is not None else _("no figure")
    if changed.after is None:
        return _("{verb} on {day}: {then} is no longer published.", verb=verb, day=day, then=then)
    now = _say_figure(changed.after, changed)
    if changed.kind is RevisionKind.COMPLETED:
        return _(
            "{verb} on {day}: now {now} for the whole period instead of {then}.",
            verb=verb,
            day=day,
            now=now,
            then=then,
        )
    return _("{verb} on {day}: now {now} instead of {then}.", verb=verb, day=day, now=now, then=then)


def title_withdrawal(withdrawal: Withdrawal) -> str:
    """Write the title of a forum's post."""
    return _("Withdrawn: UNHCR's figures of {day}", day=say_day(withdrawal.release.day))


def say_withdrawal(withdrawal: Withdrawal) -> str:
    """Say which figures were withdrawn, by whom, and which are the newest now, on one line."""
    again = "again" if withdrawal.newest.id < withdrawal.release.id else "still"
    return _(
        "**{title_withdrawal}.** The operator of this bot took them back; the newest figures are {again}"
        " those of {release}.",
        title_withdrawal=title_withdrawal(withdrawal),
        again=again,
        release=say_release(withdrawal.newest),
    )


def say_what_is_valid(withdrawal: Withdrawal) -> str:
    """Say what has become of the figure that was told."""
    told, then, now = withdrawal.told, withdrawal.release, withdrawal.newest
    if told is None:
        return _("What you read here about them is no longer valid.")
    subject = say_subject(told.measure, told.place, within=True)
    spans = [say_when(told.measure.nature, told.year, each.period_of(told.year)) for each in (then, now)]
    read = f"{subject} ({_say_figure(told.before, told)} {spans[0]})"
    if told.after == told.before and spans[0] == spans[1]:
        return _("What you read here about {read} still stands in the figures that are valid now.", read=read)
    valid = _("nothing is published of it now")
    if told.after is not None:
        figure = _say_figure(told.after, told)
        figure = f"{figure} ({spans[1]})" if spans[0] != spans[1] else figure
        valid = (
            _("the figure is again {figure}", figure=figure)
            if now.id < then.id
            else _("the figure is {figure}", figure=figure)
        )
    return _("What you read here about {read} is no longer valid; {valid}.", read=read, valid=valid)


def _say_figure(value: Number | None, told: Changed) -> str:
    if value is None:
        return _("not published")
    return _("{number} cases", number=say_number(value)) if told.unit is Unit.CASES else say_number(value)
