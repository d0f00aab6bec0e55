"""Figures before and after a release, in words, rows, records and marks: for answers and for alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.before_after import BeforeAfterRow
from bot.languages import N_, _, phrases
from bot.replies.coverage import in_brackets, note_breaks, say_carried
from bot.replies.layout import make_record
from bot.replies.reply import Grid
from bot.words import MIN_CHANGE, list_parts, note_partial, say_covered, say_number, say_ratio, say_unit
from bot.words.measures import NAMES, NAMES_WITHIN, name_place, say_place
from data.measures import OUTCOMES
from data.model import Extent, Measure, Nature, Place, RevisionKind, Unit
from data.statistics import find_ratio

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.replies.reply import Record
    from data.model import Area, Number, Release
    from data.statistics import Changed

MOST = 1 / 2
"""The share of a correction above which the place that has it is named."""
HALVES = N_("Completed: January–June gave way to the whole year, and 30 June to 31 December")
KINDS = phrases(
    {
        RevisionKind.NEW_PERIOD: "new period",
        RevisionKind.COMPLETED: "completed",
        RevisionKind.CORRECTED: "corrected",
        RevisionKind.WITHDRAWN: "withdrawn",
        RevisionKind.RECODED: "recoded",
    },
    "a change",
)
"""What a change is called, alone or behind a figure; a file has its code."""


def say_before_after(each: Changed, *, units: bool = False) -> str:
    """Write both figures, and what they cover where it differs: “178,725 (30 June) → 99,716 (31 December)”.

    A missing figure is “not published”. Persons are named only where `units` is set, cases always.
    """
    unit = f" {say_unit(each.unit)}" if units or each.unit is Unit.CASES else ""
    half, whole = "", ""
    completed = each.kind is RevisionKind.COMPLETED and each.before is not None
    if completed:
        stock = each.measure.nature is Nature.STOCK
        half, whole = (_("30 June"), _("31 December")) if stock else (_("January–June"), _("whole year"))
    if each.extent is not None:
        whole = say_covered(each.measure.nature, each.extent)
        half = half if completed else whole
        if each.before is None:
            half = ""
        if each.after is None:
            whole = ""
    half, whole = (
        in_brackets("; ".join(filter(None, (span, say_carried(carried, each.place)))))
        for span, carried in zip((half, whole), each.carried, strict=True)
    )
    return f"{say_number(each.before)}{half} → {say_number(each.after)}{unit}{whole}"


def find_span(each: Changed, release: Release) -> Extent:
    """Return what a change is of: all of its year, unless the release covers half, or its country never more.

    A completed one names both spans itself.
    """
    if each.kind is RevisionKind.COMPLETED:
        return Extent(each.year)
    return each.extent or release.extent_of(each.year)


def say_honest_ratio(each: Changed, before: Release, after: Release) -> str:
    """Write how far a figure was moved: “52% lower”; empty where a percentage would mislead.

    Half a year does not compare with a whole one, nor anything with a base below 50. What else a change
    passes over follows it.
    """
    same_span = before.period_of(each.year) is after.period_of(each.year)
    if not (same_span or each.measure is Measure.PENDING) or each.before is None or each.after is None:
        return ""
    ratio = find_ratio(each.before, each.after, Nature.FLOW)
    if ratio is None:
        return ""
    return say_ratio(ratio) + ("" if each.extent else note_breaks(each.measure, each.breaks))


def say_whose(total: Changed, parts: Iterable[Changed], asked: Place) -> str:
    """Say in which place a total was corrected: “all of it in Canada”; empty where none has most.

    A small correction needs no such word. Decisions are made of their outcomes, which the `parts` have.
    """
    whole = _move(total)
    if total.kind is not RevisionKind.CORRECTED or abs(whole) <= MIN_CHANGE * (total.before or 0):
        return ""
    measures = OUTCOMES if total.measure is Measure.DECISIONS else (total.measure,)
    moved: dict[Place, Number] = {}
    for each in parts:
        same = (each.year, each.unit) == (total.year, total.unit) and each.measure in measures
        if same and each.place != total.place:
            moved[each.place] = moved.get(each.place, 0) + _move(each)
    place = max(moved, key=lambda place: moved[place] / whole, default=None)
    if place is None or moved[place] / whole <= MOST:
        return ""
    rest = Place(_find_rest(asked.origin, place.origin), _find_rest(asked.asylum, place.asylum))
    told = say_place(rest)
    if moved[place] == whole:
        return (
            _("all of it for people {place}", place=told)
            if rest.origin
            else _("all of it {place}", place=told)
        )
    return _("mostly for people {place}", place=told) if rest.origin else _("mostly {place}", place=told)


def _move(each: Changed) -> Number:
    return (each.after or 0) - (each.before or 0)


def is_half_against_whole(each: Changed) -> bool:
    """Whether the figures cover different spans, so that they do not compare."""
    flow = each.measure.nature is Nature.FLOW
    return flow and each.kind is RevisionKind.COMPLETED and each.before is not None


def say_end(value: Number | None) -> str:
    """Write one of the two figures for a table."""
    return say_number(value) if value is not None else "–"


def name_rest(asked: Place, place: Place) -> str:
    """Name only what the place that was asked for leaves open, a group too; empty where that is nothing."""
    rest = Place(_find_rest(asked.origin, place.origin), _find_rest(asked.asylum, place.asylum))
    return name_place(rest) if rest != Place() else ""


def _find_rest(asked: Area | None, area: Area | None) -> Area | None:
    return None if asked and area and asked.code == area.code else area


def note_cases(each: Changed, what: str) -> str:
    """Mark what is in cases, which are never added to persons: “decisions (cases)”."""
    return _("{what} (cases)", what=what) if each.unit is Unit.CASES else what


def lay_out_before_after(shown: Iterable[Changed], asked: Place, release: Release) -> Grid:
    """Lay the changes of a release out as rows: where, what, before, after, kind."""
    return Grid(
        ("", "", _("before"), _("after"), _("kind")),
        tuple(
            (
                name_rest(asked, each.place),
                f"{note_cases(each, NAMES[each.measure])}, {_note_span(each, release)}",
                say_end(each.before),
                say_end(each.after),
                KINDS[each.kind],
            )
            for each in shown
        ),
    ).without_empty_columns()


def _note_span(each: Changed, release: Release) -> str:
    span = find_span(each, release)
    return f"{each.year}" if span == Extent(each.year) else note_partial(each.measure.nature, span)


def make_before_after_row(each: Changed, asked: Place, *, dated: bool = False) -> BeforeAfterRow:
    """Make a row of a chart of before and after; `dated` rows name their year."""
    what = note_cases(each, NAMES_WITHIN[each.measure])
    return BeforeAfterRow(
        _(
            "{rest}: {parts}",
            rest=name_rest(asked, each.place) or _("All"),
            parts=list_parts(what, f"{each.year}" if dated else ""),
        ),
        each.before,
        each.after,
        f"{say_end(each.before)} → {say_end(each.after)}",
        "cases" if each.unit is Unit.CASES else "persons",
    )


def make_records(changed: Iterable[Changed], before: Release, after: Release) -> tuple[Record, ...]:
    """Make two lines of a CSV file of each change: as it was, and as it is."""
    return tuple(
        make_record(
            each.measure,
            each.place,
            each.year,
            each.unit,
            value,
            release,
            each.kind.value,
            extent=each.extent if release is after else None,
            breaks=each.breaks if release is after else (),
            carried=carried,
        )
        for each in changed
        for value, release, carried in (
            (each.before, before, each.carried[0]),
            (each.after, after, each.carried[1]),
        )
    )
