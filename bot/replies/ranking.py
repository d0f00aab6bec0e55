"""The largest origins or countries of asylum, as a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.subjects import Bar, BarChart, Heading
from bot.replies.pieces import make_record, say_caveats, scale
from bot.replies.reply import Reply
from bot.replies.tables import Grid
from bot.words import NAMES, SUBJECTS, note_partial, say_place, say_source, say_value, say_when
from data.findings import Role
from data.model import Nature, Period, Place, Unit

if TYPE_CHECKING:
    from data.findings import Ranked, Ranking
    from data.questions import Question

ROLES = {Role.ORIGIN: "origins", Role.ASYLUM: "countries of asylum"}
PODIUM = 3


def reply_ranking(question: Question, found: Ranking) -> Reply:
    """Lay out the ranking: the first three in the headline, ten in the table."""
    grid = Grid(
        ("", "", NAMES[found.measure], "share", "change"), tuple(_row(found, row) for row in found.rows)
    ).without_empty_columns()
    headline = _say_headline(found)
    return Reply(
        question=question,
        headline=headline,
        lines=(_say_total(found),) if found.measure.nature is not Nature.RATE else (),
        chart=_draw(found),
        alt=f"Bar chart. {headline.replace('**', '')} "
        + ", ".join(f"{row.country.name} {_amount(found, row)}" for row in found.rows)
        + ".",
        preview=grid,
        grid=grid,
        records=tuple(
            make_record(found.measure, _place_of(found, row), found.year, row.unit, row.value, found.release)
            for row in found.rows
        ),
        caveats=say_caveats(found.caveats),
        source=say_source(found.release),
    )


def _row(found: Ranking, row: Ranked) -> tuple[str, ...]:
    ratio = row.change.ratio if row.change else None
    change = "" if ratio is None else f"{ratio:+.0%}".replace("+0%", "0%").replace("-0%", "0%")
    return (
        f"{row.rank}." if row.rank else "–",
        row.country.name,
        _amount(found, row),
        f"{row.share:.1%}" if row.share is not None and row.unit is Unit.PERSONS else "",
        change,
    )


def _amount(found: Ranking, row: Ranked) -> str:
    value = say_value(found.measure, row.value)
    return f"{value} cases" if row.unit is Unit.CASES and found.measure.nature is not Nature.RATE else value


def _place_of(found: Ranking, row: Ranked) -> Place:
    if found.role is Role.ORIGIN:
        return Place(row.country, found.place.asylum)
    return Place(found.place.origin, row.country)


def _when(found: Ranking) -> str:
    return say_when(found.measure.nature, found.year, found.period)


def _say_headline(found: Ranking) -> str:
    around = f" {say_place(found.place)}" if found.place != Place() else ""
    first, *rest = [row for row in found.rows if row.rank][:PODIUM] or found.rows[:PODIUM]
    told = [f"**{first.country.name} {_amount(found, first)}**"]
    told += [f"{row.country.name} {_amount(found, row)}" for row in rest]
    return (
        f"{SUBJECTS[found.measure]}{around} {_when(found)}, largest {ROLES[found.role]}: {', '.join(told)}."
    )


def _say_total(found: Ranking) -> str:
    total = [
        f"{say_value(found.measure, value)} {unit.word}"
        for unit, value in ((Unit.PERSONS, found.total.persons), (Unit.CASES, found.total.cases))
        if value
    ]
    if not total:
        return f"{found.countries} {ROLES[found.role]} have a figure; no total is given."
    together = " and, counted apart, ".join(total)
    return f"All together: {together}; {found.countries} {ROLES[found.role]} have a figure."


def _draw(found: Ranking) -> BarChart:
    top = found.rows[0]
    around = f" {say_place(found.place)}" if found.place != Place() else ""
    partial = found.period is Period.MID_YEAR
    cases = any(row.unit is Unit.CASES for row in found.rows)
    return BarChart(
        Heading(
            f"{top.country.name} leads with {_amount(found, top)}",
            f"{SUBJECTS[found.measure]}{around} {_when(found)}, largest {ROLES[found.role]}",
            say_source(found.release),
        ),
        tuple(
            Bar(
                row.country.name,
                scale(found.measure, row.value),
                _amount(found, row),
                "cases" if row.unit is Unit.CASES else "persons",
                hollow=partial,
            )
            for row in found.rows
        ),
        legend=(("persons", "persons"), ("cases", "cases (one or more persons each)")) if cases else (),
        hollow_note=f"{note_partial(found.measure.nature, found.year)} only" if partial else "",
    )
