"""The table of a year, and what its file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _
from bot.replies.layout import (
    make_record,
)
from bot.replies.reply import Grid
from bot.words import say_cell, say_covered, say_either
from bot.words.measures import NAMES
from data.coverage import headline_of
from data.model import Dataset, Measure, Place, Role, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.replies.reply import Record
    from data.model import Number
    from data.questions.figures import Figures


PEOPLE = frozenset(of for of in Measure if of.row.dataset in (Dataset.POPULATION, Dataset.SOLUTIONS)) - {
    Measure.PENDING
}


NONE = "–"


def lay_out_year(found: Figures) -> Grid:
    """List what is published; of people who are not there UNHCR's tables have zeros."""
    ordered = sorted(found.tallies.items(), key=lambda each: each[0] not in found.leading)
    published = [(of, tally) for of, tally in ordered if (tally.main if of in PEOPLE else tally.published)]
    year = f"{found.year}"
    note = _note_partial(found)
    if all(tally.persons is not None and not tally.cases for _, tally in published):
        rows = tuple((NAMES[of], _mark(found, of, t.persons)) for of, t in published)
        return Grid((year, _("persons")), rows, note=note)
    both = tuple(
        (NAMES[of], _mark(found, of, t.persons), _mark(found, of, t.cases, Unit.CASES)) for of, t in published
    )
    return Grid((year, _("persons"), _("cases")), both, note=note)


def _mark(found: Figures, of: Measure, value: Number | None, unit: Unit = Unit.PERSONS) -> str:
    """Write a value, with a star where it stands for less than the year."""
    if value is None:
        return NONE
    cell = say_cell(of, value)
    return f"{cell}*" if (of, unit) in found.extents else cell


def _note_partial(found: Figures) -> str:
    """Say what a star in the table means."""
    told = dict.fromkeys(
        say_covered(of.nature, extent)
        for (of, unit), extent in found.extents.items()
        if (found.tallies[of].persons if unit is Unit.PERSONS else found.tallies[of].cases) is not None
    )
    return _("* {list} only", list=say_either(told)) if told else ""


def own_records(found: Figures) -> Iterator[Record]:
    """Yield what a file says of the place itself."""
    for of, tally in found.tallies.items():
        for unit, value in ((Unit.PERSONS, tally.persons), (Unit.CASES, tally.cases)):
            if value is not None:
                extent = found.extents.get((of, unit))
                yield make_record(
                    of,
                    found.place,
                    found.year,
                    unit,
                    value,
                    found.release,
                    extent=extent,
                    breaks=found.breaks.get(headline_of(of), ()),
                    carried=found.carried.get(of),
                )


def partner_records(found: Figures) -> Iterator[Record]:
    """Yield what a file says of those who are there, or of where they are."""
    for partner in found.partners:
        place = (
            Place(found.place.origin, partner.country)
            if found.partner_role is Role.ASYLUM
            else Place(partner.country, found.place.asylum)
        )
        for of, tally in ((Measure.PENDING, partner.pending), (Measure.APPLICATIONS, partner.new)):
            for unit, value in ((Unit.PERSONS, tally.persons), (Unit.CASES, tally.cases)):
                if value is not None:
                    extent = partner.extents.get((of, unit))
                    yield make_record(of, place, found.year, unit, value, found.release, extent=extent)
