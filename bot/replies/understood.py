"""How a sentence was understood, in words and as a command, so that whoever asked can see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.refused import say_remark
from bot.words import NAMES, SUBJECTS, name_place, say_day, say_place, say_subject
from data.model import Level, Nature, Place
from data.questions.changes import AskChanges
from data.questions.codec import ROLES, write_command
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


def say_understood(
    question: Question, unused: Iterable[str] = (), remarks: Iterable[tuple[str, str]] = ()
) -> str:
    """Write the small line below an answer: what was asked, the command, and what was not considered."""
    line = write_command(question)
    said = [f"Understood as: {say_question(question)}{f' · `{line}`' if line else ''}"]
    said += [say_remark(*remark) for remark in remarks]
    if left := ", ".join(unused):
        said.append(f"Not considered: {left}.")
    return f"-# {' '.join(said)}"


def say_question(question: Question) -> str:
    """Write a question as a phrase: “new asylum applications from China in Canada, up to 2025”."""
    parts = [_say_what(question), _say_years(question)]
    if question.as_of:
        parts.append(f"as of {say_day(question.as_of)}")
    return ", ".join(part for part in parts if part)


def _say_what(question: Question) -> str:
    match question:
        case AskFigures():
            return f"asylum figures {say_place(question.place)}"
        case AskTrend(places=(place,)):
            return _uncapitalise(say_subject(question.measure, place))
        case AskTrend():
            places = ", ".join(map(name_place, question.places))
            return f"{_uncapitalise(SUBJECTS[question.measure])} compared, {places}"
        case AskTop():
            where = "" if question.place == Place() else f" {say_place(question.place)}"
            order = "highest" if question.measure.nature is Nature.RATE else "largest"
            return f"{order} {ROLES[question.role]} by {_uncapitalise(NAMES[question.measure])}{where}"
        case AskMap():
            where = "" if question.place == Place() else f" {say_place(question.place)}"
            return f"map of {ROLES[question.role]} by {_uncapitalise(NAMES[question.measure])}{where}"
        case AskPeriod():
            what = _uncapitalise(say_subject(question.measure, question.place))
            return f"{what}, years taken together"
        case AskHistory():
            return f"{_uncapitalise(say_subject(question.measure, question.place))} in every release"
        case AskChanges():
            what = _uncapitalise(NAMES[question.measure]) if question.measure else "everything"
            return f"what a release changed, {what} {say_place(question.place)}"
        case AskDecisions():
            level = " at first instance" if question.level is Level.FIRST else ""
            return f"decisions on asylum claims {say_place(question.place)}{level}, with both rates"
        case _:
            return ""


def _say_years(question: Question) -> str:
    match question:
        case AskFigures(year=year) | AskTop(year=year) | AskMap(year=year) | AskHistory(year=year):
            return f"{year}" if year else "newest year"
        case AskPeriod(years=years, against=None):
            return _say_span(*years)
        case AskPeriod(years=years, against=(first, last)):
            return f"{_say_span(*years)} against {_say_span(first, last)}"
        case AskTrend(first=first, last=last) | AskDecisions(first=first, last=last):
            return _say_span(first, last)
        case _:
            return ""


def _say_span(first: int | None, last: int | None) -> str:
    if first and last:
        return f"{first}" if first == last else f"{first}–{last}"
    if first or last:
        return f"since {first}" if first else f"up to {last}"
    return "all years"


def _uncapitalise(text: str) -> str:
    """Begin within a sentence; names that begin with a capital in one stay as they are."""
    return text if text.startswith(("Refugee ", "Total ")) else text[:1].lower() + text[1:]
