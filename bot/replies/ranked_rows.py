"""A row of a ranking: its figure, and what that stands for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.languages import _
from bot.replies.coverage import (
    in_brackets,
    note_reviews,
    say_carried,
    tell_breaks,
)
from bot.replies.layout import say_amount
from bot.words import (
    say_covered,
    say_either,
    say_list,
    say_moved,
    say_per_head,
    say_signed,
    say_times,
)
from data.coverage import rests_on_reviews
from data.model import RankBy, Unit
from data.questions.ranking import find_score
from data.questions.sides import place_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.questions.ranking import Ranked
    from data.questions.top import Top


def list_rows(found: Top) -> tuple[Ranked, ...]:
    """The rows that are shown, and those asked for that are further down."""
    return (*found.rows, *(row for row in found.picked if row not in found.rows))


def is_sum(found: Top) -> bool:
    """Whether the years are added up."""
    return not found.asked.of_change and found.years[0] < found.years[1]


def say_ratio(ratio: float | None) -> str:
    """Write a change for a narrow column: “+19%”, “−38%”, “×16.3”."""
    if ratio is None:
        return ""
    return f"×{say_times(ratio)}" if ratio >= 1 else say_moved(ratio)


def say_score(found: Top, row: Ranked) -> str:
    """Write what a row is ranked by."""
    match found.asked.by:
        case RankBy.CHANGE if row.change:
            return say_signed(find_score(RankBy.CHANGE, row))
        case RankBy.PERCENT if row.change and row.change.ratio is not None:
            return say_moved(row.change.ratio)
        case RankBy.INHABITANTS if row.per_head is not None:
            return say_per_head(found.measure.nature, row.per_head)
    return say_amount(found.measure, row.unit, row.value)


def is_marked(found: Top, row: Ranked) -> bool:
    """Whether a row stands for less than the others, or its change for more than people."""
    if found.asked.of_change:
        return bool(row.crossed)
    partial = row.extent is not None and (is_sum(found) or row.extent != found.covers)
    return partial or _is_on_reviews(found, row)


def _is_on_reviews(found: Top, row: Ranked) -> bool:
    """Whether a row is of appeals and reviews alone, where not all are."""
    return not (is_sum(found) or found.reviews_only) and rests_on_reviews(row.breaks, found.year)


def note_stars(found: Top) -> str:
    """Say what a star in the table means."""
    marked = name_marked(found)
    return f"* {marked}" if marked else ""


def name_marked(found: Top) -> str:
    """Say what a star in the table means, or a hollow bar."""
    marked = [row for row in list_rows(found) if is_marked(found, row)]
    if found.asked.of_change:
        return name_crossed(found, marked)
    extents = dict.fromkeys(row.extent for row in marked if row.extent)
    notes = [say_covered(found.measure.nature, extent) for extent in extents]
    notes += [_("appeals and reviews")] if any(_is_on_reviews(found, row) for row in marked) else []
    told = say_either(notes)
    if not told:
        return ""
    return _("with {told} only", told=told) if is_sum(found) else _("{told} only", told=told)


def name_crossed(found: Top, rows: Iterable[Ranked]) -> str:
    """Name what changes pass over: “with the USA's figure of January–June 2024”."""
    crossed = dict.fromkeys(replace(at, share=None) for row in rows for at in row.crossed)
    return tell_breaks(found.measure, crossed, apart=True)


def is_all_carried(found: Top) -> bool:
    """Whether the stock of its country of asylum was carried forward, and so every part of it."""
    return found.carried is not None and found.carried.is_of(found.place)


def tell_row(found: Top, row: Ranked, *, short: bool = False) -> str:
    """Write a row's figure with what it stands for, or what it moved between.

    The cases that the country also has stand beside its persons, so that nobody takes these for all.
    """
    if found.asked.by is not RankBy.AMOUNT:
        return f"{say_score(found, row)}{_say_extent(found, row, short=short)}"
    both = [each for each in list_rows(found) if each.country == row.country]
    both.sort(key=lambda each: each.unit is Unit.CASES)
    amounts = [say_amount(found.measure, each.unit, each.value, units=len(both) > 1) for each in both]
    extents = [_say_extent(found, each, short=short) for each in both]
    if len(set(extents)) == 1:
        return f"{say_list(amounts)}{extents[0]}"
    return say_list(map(str.__add__, amounts, extents))


def _say_extent(found: Top, row: Ranked, *, short: bool = False) -> str:
    """Say in brackets what a row stands for where that is less than the others do, or is older."""
    if found.asked.of_change:
        return ""
    on_reviews = _is_on_reviews(found, row)
    if on_reviews or row.extent is None or not is_marked(found, row):
        place = place_on(found.role, found.place, row.country)
        stale = "" if is_all_carried(found) else say_carried(row.carried, place, short=short)
        return note_reviews(only=on_reviews) + in_brackets(stale)
    within = "with " if is_sum(found) else ""
    only = " only" if is_sum(found) else ""
    return f" ({within}{say_covered(found.measure.nature, row.extent)}{only})"
