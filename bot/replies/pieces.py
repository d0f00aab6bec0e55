"""Pieces that every kind of reply is made of: chart points, records, finished caveats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.charts import subjects
from bot.replies.caveats import say_caveat
from bot.replies.tables import Record
from bot.words import name_place, note_partial, say_release, say_short, say_value, say_when
from data.caveats import NotReported
from data.model import Nature, Period, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.caveats import Caveat
    from data.findings import Series
    from data.model import Measure, Number, Place, Release


LEGEND: tuple[tuple[subjects.Tone, str], ...] = (
    ("persons", "persons"),
    ("cases", "cases (one or more persons each)"),
)
"""What the tones of a chart mean that shows both units."""


MOST_ABSENT = 2
"""So many countries that are not in are named in a title."""


def say_caveats(caveats: Iterable[Caveat]) -> tuple[str, ...]:
    """Say each caveat once, in order."""
    return tuple(dict.fromkeys(say_caveat(caveat) for caveat in caveats))


def say_absent(caveats: Iterable[Caveat], measure: Measure, most: Number | None) -> str:
    """Say in a title who may have more than the `most` there is, but is not in yet."""
    for caveat in caveats:
        if isinstance(caveat, NotReported) and caveat.measure is measure:
            absent = [
                country.text for country, before in caveat.countries if (before.main or 0) >= (most or 0)
            ]
            named = " and ".join(absent[:MOST_ABSENT])
            return f"; no figure from {named}{'' if caveat.final else ' yet'}" if absent else ""
    return ""


def start_at(series: Series, year: int) -> Series:
    """Leave out the years before one: a picture begins where figures do."""
    return replace(series, points=tuple(point for point in series.points if point.year >= year))


def draw_series(measure: Measure, series: Series, name: str) -> subjects.Line:
    """Make a chart's line of a series, half-covered years hollow."""
    points = tuple(subjects.Point(p.year, scale(measure, p.value), p.partial) for p in series.points)
    latest = series.latest
    if latest is None or latest.value is None:
        return subjects.Line(name, points, name)
    # A line that ends early is joined to its label, which would seem to tell the last year.
    older = f" ({latest.year})" if latest.year < series.points[-1].year else ""
    return subjects.Line(name, points, f"{name} {say_short(measure, latest.value)}{older}")


def scale(measure: Measure, value: Number | None) -> float | None:
    """Put a value on a chart's axis: rates as percentages."""
    return value * 100 if value is not None and measure.nature is Nature.RATE else value


def note_hollow(measure: Measure, series: Iterable[Series]) -> str:
    """Say what hollow points are; empty where there are none."""
    partial = [p.year for each in series for p in each.points if p.partial and p.value is not None]
    return f"{note_partial(measure.nature, partial[0])} only" if partial else ""


def name_series(series: Series, *, units: bool) -> str:
    """Name a line: its place, and its unit where both occur."""
    name = name_place(series.place)
    return f"{name} ({series.unit.word})" if units else name


def describe_line(measure: Measure, series: Series) -> str:
    """Say where a line begins and ends: “from 17,178 in 2000 to 99,716 in 2025”; empty for a lone point."""
    first, last = series.earliest, series.latest
    if first is None or last is None or first == last:
        return ""
    start, end = (say_amount(measure, series.unit, point.value) for point in (first, last))
    when = say_when(measure.nature, last.year, Period.MID_YEAR) if last.partial else f"in {last.year}"
    return f"from {start} in {first.year} to {end} {when}"


def say_amount(measure: Measure, unit: Unit, value: Number | None, *, units: bool = False) -> str:
    """Write one value, with its unit where that is cases or where both `units` occur."""
    if unit is Unit.PERSONS and not units:
        return say_value(measure, value)
    return f"{say_value(measure, value)} {'of ' if measure.nature is Nature.RATE else ''}{unit.word}"


def unbold(text: str) -> str:
    """Take the markdown out of a headline."""
    return text.replace("**", "")


def make_record(
    measure: Measure,
    place: Place,
    year: int,
    unit: Unit,
    value: Number | None,
    release: Release,
    change: str = "",
) -> Record:
    """Make one line of a CSV file."""
    return Record(
        origin=place.origin.name if place.origin else "all",
        asylum=place.asylum.name if place.asylum else "all",
        year=year,
        covers=say_when(measure.nature, year, release.period_of(year))
        .removeprefix("on ")
        .removeprefix("in "),
        measure=measure.value,
        unit="share of substantive decisions in " + unit.word if measure.nature is Nature.RATE else unit.word,
        value=value,
        release=say_release(release),
        change=change,
    )
