"""The largest origins or countries of asylum, as a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.bars import Bar, BarChart
from bot.charts.subjects import Heading
from bot.replies.coverage import say_first
from bot.replies.layout import LEGEND, make_record, say_absent, say_amount, say_caveats, scale, unbold
from bot.replies.reply import Grid, Reply
from bot.words import (
    NAMES,
    SUBJECTS,
    capitalise,
    note_partial,
    say_covered,
    say_source,
    say_subject,
    say_value,
    say_when,
    sign_chart,
)
from data.caveats import StageUnknown
from data.model import Extent, Nature, Place, Role, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.questions.registry import Question
    from data.questions.top import Ranked, Top

ROLES = {Role.ORIGIN: "origins", Role.ASYLUM: "countries of asylum"}
ONE_OF = {Role.ORIGIN: "origin", Role.ASYLUM: "country of asylum"}
PODIUM = 3


def reply_top(question: Question, found: Top) -> Reply:
    """Lay out the ranking: the first three in the headline, ten in the table."""
    since = f"since {found.year - 1}"
    grid = Grid(
        ("", "", NAMES[found.measure], "share", since),
        tuple(_row(found, row) for row in found.rows),
        names=2,
        note=_note_partial_rows(found),
    ).without_empty_columns()
    headline = _say_headline(found)
    return Reply(
        question=question,
        headline=headline,
        lines=(_say_total(found),) if found.measure.nature is not Nature.RATE else (),
        chart=_draw(found),
        alt=f"Bar chart. {unbold(headline)} All bars: {_list(found, found.rows)}.",
        preview=grid,
        lay_out=lambda: grid,
        list_records=lambda: (
            make_record(
                found.measure,
                _place_of(found, row),
                found.year,
                row.unit,
                row.value,
                found.release,
                extent=row.extent,
            )
            for row in found.rows
        ),
        caveats=say_caveats(found.caveats),
        source=say_source(found.release),
        first=say_first(found.caveats),
    )


def _row(found: Top, row: Ranked) -> tuple[str, ...]:
    return (
        f"{row.rank}." if row.rank else "–",
        row.country.name,
        f"{_amount(found, row)}{'*' if _is_marked(found, row) else ''}",
        f"{row.share:.1%}" if row.share is not None and row.unit is Unit.PERSONS else "",
        _say_ratio(row.change.ratio if row.change else None),
    )


def _say_ratio(ratio: float | None) -> str:
    """Write a change for a narrow column: “+19%”, “−38%”, “×16.3”."""
    if ratio is None:
        return ""
    if ratio >= 1:
        return f"×{ratio + 1:,.1f}"
    whole = round(ratio * 100)
    return f"{whole:+}%".replace("-", "−") if whole else "0%"


def _amount(found: Top, row: Ranked) -> str:
    return say_amount(found.measure, row.unit, row.value)


def _amount_in_full(found: Top, row: Ranked) -> str:
    """Put the cases that the country also has beside its persons, so that nobody takes these for all."""
    cases = [other for other in found.rows if other.country == row.country and other != row]
    amounts = [say_amount(found.measure, each.unit, each.value, units=bool(cases)) for each in (row, *cases)]
    return " and ".join(amounts)


def _is_marked(found: Top, row: Ranked) -> bool:
    """Whether a row stands for less than the others."""
    return row.extent is not None and row.extent != found.covers


def _note_partial_rows(found: Top) -> str:
    """Say what a star in the table means."""
    extents = dict.fromkeys(row.extent for row in found.rows if row.extent and _is_marked(found, row))
    told = " or ".join(say_covered(found.measure.nature, extent) for extent in extents)
    return f"* {told} only" if told else ""


def _list(found: Top, rows: Iterable[Ranked]) -> str:
    return ", ".join(f"{row.country.name} {_amount(found, row)}" for row in rows)


def _place_of(found: Top, row: Ranked) -> Place:
    if found.role is Role.ORIGIN:
        return Place(row.country, found.place.asylum)
    return Place(found.place.origin, row.country)


def _say_what(found: Top) -> str:
    """Say what is ranked: “New asylum applications in 2024, largest countries of asylum”."""
    whole = found.place == Place()
    subject = SUBJECTS[found.measure] if whole else say_subject(found.measure, found.place)
    when = say_when(found.measure.nature, found.year, found.covers)
    rate = found.measure.nature is Nature.RATE
    order = f"highest by {ONE_OF[found.role]}" if rate else f"largest {ROLES[found.role]}"
    return f"{subject} {when}, {order}"


def _say_headline(found: Top) -> str:
    first, *rest = [row for row in found.rows if row.rank] or found.rows
    told, others = rest[: PODIUM - 1], rest[PODIUM - 1 :]
    last = told[-1] if told else first
    tied = sum(row.rank is not None and row.rank == last.rank for row in others)
    leader, *named = [
        f"{row.country.name} {_amount_in_full(found, row)}{_say_extent(found, row)}" for row in (first, *told)
    ]
    more = f" and {tied} more with the same figure" if tied else ""
    return f"{_say_what(found)}: {', '.join([f'**{leader}**', *named])}{more}."


def _say_extent(found: Top, row: Ranked) -> str:
    """Say in brackets what a row stands for, where that is less than the year of the others."""
    if row.extent is None or not _is_marked(found, row):
        return ""
    return f" ({say_covered(found.measure.nature, row.extent)})"


def _say_total(found: Top) -> str:
    total = [
        f"{say_value(found.measure, value)} {unit.word}"
        for unit, value in ((Unit.PERSONS, found.total.persons), (Unit.CASES, found.total.cases))
        if value
    ]
    among = f"{found.countries:,} {ROLES[found.role] if found.countries != 1 else ONE_OF[found.role]}"
    if not total:
        return f"Only {among} {'has' if found.countries == 1 else 'have'} a figure."
    together = " and, counted apart, ".join(total)
    where = "from" if found.role is Role.ORIGIN else "in"
    return f"All together: {together}, {where} {among}."


def _title(found: Top) -> str:
    """Name the first, or say how many share its place."""
    first, *rest = [row for row in found.rows if row.rank] or found.rows
    tied = 1 + sum(row.rank is not None and row.rank == first.rank for row in rest)
    if tied > 1:
        return f"{tied} {ROLES[found.role]} share the first place with {_amount(found, first)}"
    who, amount = first.country.text, f"{_amount_in_full(found, first)}{_say_extent(found, first)}"
    if found.countries == 1:
        return f"Only {who} has a figure: {amount}"
    if any(isinstance(each, StageUnknown) for each in found.caveats):
        among = f"{found.countries} {ROLES[found.role]} that have figures"
        return f"{capitalise(who)} leads the {among}, with {amount}"
    return f"{capitalise(who)} leads with {amount}{say_absent(found.caveats, found.measure, first.value)}"


def _draw(found: Top) -> BarChart:
    extents = [row.extent or found.covers for row in found.rows]
    partial = [extent for extent in extents if extent != Extent(found.year)]
    cases = any(row.unit is Unit.CASES for row in found.rows)
    return BarChart(
        Heading(_title(found), _say_what(found), sign_chart(found.release)),
        tuple(
            Bar(
                row.country.name,
                scale(found.measure, row.value),
                _amount(found, row),
                "cases" if row.unit is Unit.CASES else "persons",
                hollow=(row.extent or found.covers) != Extent(found.year),
            )
            for row in found.rows
        ),
        legend=LEGEND if cases else (),
        hollow_note=f"{note_partial(found.measure.nature, partial[0])} only" if partial else "",
    )
