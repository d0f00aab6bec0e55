"""A group's years as columns of its largest members."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.charts.columns import Column, StackChart
from bot.charts.subjects import Heading
from bot.languages import _
from bot.replies.comparison import (
    compares_places,
    find_shared,
    say_sides,
)
from bot.replies.coverage import (
    say_carried,
)
from bot.replies.layout import (
    mark_breaks,
    note_hollow,
)
from bot.words import say_short, say_unit, sign_chart
from bot.words.measures import SUBJECTS, name_place, name_role, say_subject
from data.model import Measure, Nature, Place, Role
from data.questions.members import find_member_side

if TYPE_CHECKING:
    from data.questions.trend import Trend
    from data.statistics import Point


def draw_parts(found: Trend, title: str) -> StackChart:
    """Draw a group's years as columns of its largest members and all others together, in persons."""
    main, measure = found.whole, found.measure
    columns = [_stack(found, point) for point in main.points if point.year >= find_span(found)[0]]
    role = find_member_side(main.place) or Role.ASYLUM
    names = [name_place(replace(each.place, **{_OTHER_SIDE[role]: None})) for each in found.parts]
    labels = [*names, _("Others")]
    rest = any(column.parts[-1] for column in columns)
    if not rest:
        columns = [replace(column, parts=column.parts[:-1]) for column in columns]
        labels = names
    newest = next(column for column in reversed(columns) if any(column.parts))
    apart = _("; cases not drawn") if has_both_units(found) else ""
    subtitle = _(
        "{subtitle}, by {role}{apart}",
        subtitle=say_subtitle(found, units=False, log=False),
        role=name_role(measure, role),
        apart=apart,
    )
    return StackChart(
        Heading(title, subtitle, sign_chart(found.release)),
        tuple(columns),
        tuple(
            f"{label} {say_short(measure, value or 0)}"
            for label, value in zip(labels, newest.parts, strict=True)
        ),
        rest,
        note_hollow(measure, found.series),
        mark_breaks(measure, found.series),
    )


def _stack(found: Trend, point: Point) -> Column:
    """Put a year's members one upon the other, and upon them what all others have."""
    parts = [part.value if (part := each.at(point.year)) else None for each in found.parts]
    rest = None if point.value is None else point.value - sum(part or 0 for part in parts)
    return Column(point.year, (*parts, rest), point.partial)


_OTHER_SIDE = {Role.ORIGIN: "asylum", Role.ASYLUM: "origin"}


def say_subtitle(found: Trend, *, units: bool, log: bool) -> str:
    """Say what is drawn, of which years."""
    tail = _("{span}, log scale", span=say_span(found)) if log else say_span(found)
    unit = _("persons and in cases") if units else say_unit(found.series[0].unit)
    if compares_places(found):
        return f"{_say_compared(found, unit)}, {tail}"
    if stale := say_carried(found.carried.get(found.series[0].place), found.series[0].place):
        tail = _("{tail}; {years}: {stale}", tail=tail, years=found.years[1], stale=stale)
    if found.measure is Measure.PENDING:
        what = _("People waiting for a decision at the end of each year")
    elif found.measure.nature is Nature.RATE:
        what = _("Share of each year's substantive decisions")
    elif found.measure.nature is Nature.STOCK:
        what = _("{subject} at the end of each year", subject=SUBJECTS[found.measure])
    else:
        what = _("{subject} per year, in {unit}", subject=SUBJECTS[found.measure], unit=unit)
    return f"{what}, {tail}"


def _say_compared(found: Trend, unit: str) -> str:
    """Say what is compared, with what the title leaves out: the measure, and what the places are."""
    shared = Place(*find_shared(found))
    what = SUBJECTS[found.measure] if shared == Place() else say_subject(found.measure, shared)
    how = {
        Nature.STOCK: _("at the end of each year"),
        Nature.FLOW: _("per year, in {unit}", unit=unit),
        Nature.RATE: _("per year"),
    }[found.measure.nature]
    return ", ".join(part for part in (f"{what} {how}", say_sides(found)) if part)


def has_both_units(found: Trend) -> bool:
    """Say whether there are lines in persons and lines in cases."""
    return len({series.unit for series in found.series}) > 1


def find_span(found: Trend) -> tuple[int, int]:
    """Return the first and the last year with a figure; of one year asked for, those around it."""
    years = [p.year for each in (found.whole, *found.series[1:]) for p in (each.earliest, each.latest) if p]
    return (min(years), max(years)) if years else found.years


def say_span(found: Trend) -> str:
    """Write the years that have figures, which may be more than the one asked for: “2000–2025”."""
    first, last = find_span(found)
    return f"{first}" if first == last else f"{first}–{last}"
