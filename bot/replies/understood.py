"""How a sentence was understood, in words and as a command, so that whoever asked can see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, digits
from bot.replies.refused import say_remark
from bot.words import say_day, say_years
from bot.words.measures import NAMES_WITHIN, SUBJECTS_WITHIN, name_place, name_role, say_place, say_subject
from data.model import Level, Nature, Order, Place, RankBy
from data.questions.changes import AskChanges
from data.questions.codec import write_command
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import AskTrend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.questions.registry import Question


def say_remarks(remarks: Iterable[tuple[str, str]]) -> str:
    """Write the small line below an answer: how the question was taken; empty where that is plain."""
    said = [say_remark(*remark) for remark in remarks]
    return f"-# {' '.join(said)}" if said else ""


def say_understood(question: Question) -> str:
    """Say how a question was understood and the command that asks it, where there is one."""
    line = write_command(question)
    return _(
        "Understood as: {question}{value}",
        question=say_question(question),
        value=f" · `{line}`" if line else "",
    )


def say_question(question: Question) -> str:
    """Write a question as a phrase: “new asylum applications from China in Canada, up to 2025”."""
    parts = [_say_what(question), _say_years(question)]
    if question.as_of:
        parts.append(_("as of {day}", day=say_day(question.as_of)))
    return ", ".join(part for part in parts if part)


def _say_what(question: Question) -> str:
    match question:
        case AskFigures():
            return _("asylum figures {place}", place=say_place(question.place))
        case AskTrend(places=(place,)):
            return say_subject(question.measure, place, within=True)
        case AskTrend():
            places = ", ".join(map(name_place, question.places))
            return _("{subject} compared, {places}", subject=SUBJECTS_WITHIN[question.measure], places=places)
        case AskTop():
            where = "" if question.place == Place() else f" {say_place(question.place, question.measure)}"
            return _(
                "{order} by {ranked_by}{where}{picked}",
                order=_say_order(question),
                ranked_by=_say_ranked_by(question),
                where=where,
                picked=_say_picked(question),
            )
        case AskMap():
            where = "" if question.place == Place() else f" {say_place(question.place, question.measure)}"
            coloured = name_role(question.measure, question.role, 2)
            return _(
                "map of {coloured} by {measure}{where}",
                coloured=coloured,
                measure=NAMES_WITHIN[question.measure],
                where=where,
            )
        case AskPeriod():
            what = say_subject(question.measure, question.place, within=True)
            return _("{what}, years taken together", what=what)
        case AskHistory():
            return _(
                "{subject} in every release",
                subject=say_subject(question.measure, question.place, within=True),
            )
        case AskChanges():
            what = NAMES_WITHIN[question.measure] if question.measure else "everything"
            return _(
                "what a release changed, {what} {place}",
                what=what,
                place=say_place(question.place, question.measure),
            )
        case AskDecisions():
            level = _(" at first instance") if question.level is Level.FIRST else ""
            return _(
                "decisions on asylum claims {place}{level}, with both rates",
                place=say_place(question.place),
                level=level,
            )


def _say_order(question: AskTop) -> str:
    """Name what comes first: “largest countries of asylum”, “largest falls of origins”."""
    largest, ranked = question.order is Order.LARGEST, name_role(question.measure, question.role, 2)
    if question.of_change:
        return (
            _("largest rises of {ranked}", ranked=ranked)
            if largest
            else _("largest falls of {ranked}", ranked=ranked)
        )
    if question.measure.nature is Nature.RATE or question.by is RankBy.INHABITANTS:
        return _("highest {ranked}", ranked=ranked) if largest else _("lowest {ranked}", ranked=ranked)
    return f"{question.order.value} {ranked}"


def _say_ranked_by(question: AskTop) -> str:
    how = {RankBy.PERCENT: _(" in percent"), RankBy.INHABITANTS: _(" per inhabitant")}
    return f"{NAMES_WITHIN[question.measure]}{how.get(question.by, '')}"


def _say_picked(question: AskTop) -> str:
    """Say which place in the order is asked for: “, rank of Germany”."""
    told = [_("place {rank}", rank=question.rank)] if question.rank else []
    told += [_("rank of {text}", text=question.of.text)] if question.of else []
    told += (
        [_("those above {above}", above=digits(f"{question.above:,}"))] if question.above is not None else []
    )
    told += (
        [_("those below {below}", below=digits(f"{question.below:,}"))] if question.below is not None else []
    )
    return "".join(f", {each}" for each in told)


def _say_years(question: Question) -> str:
    match question:
        case AskTop(since=int(since), year=year):
            until = year or _("the newest year")
            return (
                _("change from {since} to {until}", since=since, until=until)
                if question.of_change
                else _("sum of {since} to {until}", since=since, until=until)
            )
        case AskFigures(year=year) | AskTop(year=year) | AskMap(year=year) | AskHistory(year=year):
            return f"{year}" if year else ""
        case AskPeriod(years=years, against=None):
            return _say_span(*years)
        case AskPeriod(years=years, against=(first, last)):
            return _("{span} against {span_2}", span=_say_span(*years), span_2=_say_span(first, last))
        case AskTrend(years=(_, *_)):
            return say_years(question.years)
        case AskTrend(first=first, last=last) | AskDecisions(first=first, last=last):
            return _say_span(first, last)
        case _:
            return ""


def _say_span(first: int | None, last: int | None) -> str:
    if first and last:
        return f"{first}" if first == last else f"{first}–{last}"
    if first or last:
        return _("since {first}", first=first) if first else _("up to {last}", last=last)
    return ""
