"""What stands out in a trend: the record, the year before the pandemic, and where the figures end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.subjects import Callout
from bot.replies.coverage import qualify
from bot.replies.pieces import say_amount
from bot.words import SMALL, say_value, say_when, say_years
from data.caveats import StageUnknown
from data.model import Nature, Period

if TYPE_CHECKING:
    from data.findings import Point, Series, Trend

BEFORE_COVID = 2019


def has_both_units(found: Trend) -> bool:
    """Say whether there are lines in persons and lines in cases."""
    return len({series.unit for series in found.series}) > 1


def compares_places(found: Trend) -> bool:
    """Say whether there are lines of several places."""
    return len({series.place for series in found.series}) > 1


def say_when_counted(found: Trend, point: Point) -> str:
    """Write what a point's figure covers in this release."""
    covers = point.extent or found.release.extent_of(point.year)
    return say_when(found.measure.nature, point.year, covers)


def find_span(found: Trend) -> tuple[int, int]:
    """Return the first and the last year with a figure; of one year asked for, also those before it."""
    years = [p.year for each in found.series for p in (each.earliest, each.latest) if p]
    return (min(years), max(years)) if years else found.years


def say_span(found: Trend) -> str:
    """Write the years that have figures, which may be more than the one asked for: “2000–2025”."""
    first, last = find_span(found)
    return f"{first}" if first == last else f"{first}–{last}"


def say_turns(found: Trend) -> str:
    """Say the record, the year before the pandemic, and where the line in cases ends."""
    main = found.series[0]
    if compares_places(found) or main.latest is None:
        return ""
    parts = [_say_record(found, main, main.latest)]
    before = main.at(BEFORE_COVID)
    if before and before.value is not None and main.latest.year > BEFORE_COVID:
        parts.append(f"Before the pandemic ({BEFORE_COVID}): {_amount_apart(found, main, before)}.")
    parts += [
        f"The last figure in cases: {say_value(found.measure, other.latest.value)}"
        f" {say_when_counted(found, other.latest)}."
        for other in found.series[1:]
        if other.latest and other.latest.year != main.latest.year
    ]
    return " ".join(part for part in parts if part)


def say_gap(found: Trend) -> str:
    """Say for which years asked there is no figure, so that nobody takes another one for it.

    Of several places, for which years none has one.
    """
    begin, end = find_span(found)
    first, last = found.years
    latest = found.series[0].latest
    if latest and not compares_places(found):
        end = latest.year
    late = range(end + 1, last + 1)
    early = () if _is_start_told(found, begin) else range(first, begin)
    if not (early or late) or latest is None:
        return ""
    yet = " yet" if late and not early and found.release.period_of(last) is Period.MID_YEAR else ""
    what = "rate is given" if found.measure.nature is Nature.RATE else "figure is published"
    return f"For {say_years([*early, *late])} no {what}{yet}."


def _is_start_told(found: Trend, begin: int) -> bool:
    """Whether a caveat says of rates that there are none, or of new applications why they begin late."""
    why = any(isinstance(caveat, StageUnknown) and caveat.last_year >= begin - 1 for caveat in found.caveats)
    return why or found.measure.nature is Nature.RATE


def mark_turns(found: Trend) -> tuple[Callout, ...]:
    """Mark the record and the year before the pandemic in the picture."""
    main = found.series[0]
    marks = []
    record, before = main.highest, main.at(BEFORE_COVID)
    if record and record != main.latest and _is_worth_telling(found, record):
        marks.append(Callout(0, record.year, f"{say_value(found.measure, record.value)} in {record.year}"))
    if before and before.value and before not in (record, main.latest) and not compares_places(found):
        marks.append(Callout(0, before.year, f"{BEFORE_COVID}: {say_value(found.measure, before.value)}"))
    return tuple(marks)


def _say_record(found: Trend, main: Series, latest: Point) -> str:
    record = main.highest
    if record is None or main.earliest == main.latest or not _is_worth_telling(found, record):
        return ""
    # Where cases were counted as well, nobody knows how many persons these were.
    persons = " in persons" if has_both_units(found) else ""
    note = qualify(found.measure, main, record)
    if record == latest:
        return f"That is the highest{persons} of {say_span(found)}{note and f' ({note[2:]})'}."
    if latest.extent:
        told = f"{_amount_apart(found, main, record)} ({record.year}{note})"
        return f"Highest of whole years in {say_span(found)}: {told}."
    if (latest.value or 0) > (record.value or 0):
        whole = "at the end of any year" if found.measure.nature is Nature.STOCK else "in any whole year"
        return f"That is more{persons} than {whole} of {say_span(found)}."
    return f"Highest of {say_span(found)}: {_amount_apart(found, main, record)} ({record.year}{note})."


def _is_worth_telling(found: Trend, record: Point) -> bool:
    """Leave out records of nothing, and counts so small that UNHCR's rounding makes them equal."""
    return (record.value or 0) >= SMALL or (found.measure.nature is Nature.RATE and bool(record.value))


def _amount_apart(found: Trend, series: Series, point: Point) -> str:
    """Write a value with its unit where there is a line in cases as well."""
    return say_amount(found.measure, series.unit, point.value, units=has_both_units(found))
