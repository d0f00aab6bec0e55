"""The key figure of an alert: the line that a phone shows, and the title of a forum's post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.moves import note_cases, say_honest_ratio, say_move
from bot.words import NAMES, capitalise, say_number, say_place, say_subject, say_when
from data.compare import Kind
from data.model import Place, Unit

if TYPE_CHECKING:
    from data.findings import Changed
    from data.model import Release
    from data.news import News

LONGEST_TITLE = 100
"""Characters that a forum allows in the title of a post."""


def say_key_figure(each: Changed, before: Release, after: Release, beside: Changed | None = None) -> str:
    """Write what, where, when, before and after: “asylum decisions in Canada in 2025, 199,610 → 96,789”.

    `beside` is the same figure in the other unit, which is told along and never added.
    """
    subject = say_subject(each.measure, each.place)
    completed = each.kind is Kind.COMPLETED and each.before is not None
    when = (
        f"in {each.year}"
        if completed
        else say_when(each.measure.nature, each.year, each.extent or after.extent_of(each.year))
    )
    text = (
        f"{subject[0].lower()}{subject[1:]} {when}, {_say_end(each, before, after, units=beside is not None)}"
    )
    return f"{text}, and {_say_end(beside, before, after, units=True)}" if beside else text


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
    return f"{news.matching:,} figures {where}, the largest of them: {told}"


def find_beside(news: News, key: Changed) -> Changed | None:
    """Find the same total in the other unit, persons or cases, if it changed as well."""
    same = (key.measure, key.place, key.year)
    return next(
        (each for each in news.totals if each != key and (each.measure, each.place, each.year) == same), None
    )


def write_title(each: Changed) -> str:
    """Write the title of a forum's post; without the figures where there is no room for them whole."""
    place = say_place(each.place) if each.place != Place() else "worldwide"
    short = (
        f"{capitalise(each.kind.value)}: {NAMES[each.measure].lower()}{note_cases(each)} {place}, {each.year}"
    )
    whole = f"{short}: {_say_figures(each, units=False)}"
    return whole if len(whole) <= LONGEST_TITLE else short[:LONGEST_TITLE]


def _say_figures(each: Changed, *, units: bool) -> str:
    unit = f" {each.unit.word}" if units or each.unit is Unit.CASES else ""
    if each.kind is Kind.NEW_PERIOD and each.before is None:
        return f"{say_number(each.after)}{unit}"
    if each.after is None:
        return f"{say_number(each.before)}{unit} → no longer published"
    return say_move(each, units=units)
