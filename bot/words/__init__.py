"""Numbers, days, places and measures in words, the same wherever they are said."""

from __future__ import annotations

from calendar import monthrange
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.languages import N_, Language, _, digits, name, pgettext, phrases, spoken
from data.measures import INHABITANTS
from data.model import (
    Area,
    Extent,
    Group,
    Measure,
    Nature,
    ReferencePeriod,
    Tally,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from data.model import Number, Release
    from data.statistics import Change

SMALL = 10
DECEMBER = 12
MILLION = 1_000_000
MIN_SHARE = 0.0005
"""A smaller share would be written as 0.0%."""
MIN_PER = 0.01
"""Fewer per so many inhabitants are not told apart."""
WHOLE_FROM = 10
"""From here on a figure per inhabitant has its two digits before the point."""
MIN_CHANGE = 0.005
"""A smaller change would be written as 0%."""

LARGE_FACTOR = 100
NEARLY_ALL, ALL_BUT = 0.995, 0.999
"""Larger falls of what is not gone would be written as 100%; with tenths, as 100.0%."""


SOURCE = "UNHCR Refugee Population Statistics Database"
LICENCE = "CC BY 4.0"
INHABITANTS_SOURCE = "United Nations, World Population Prospects 2024, CC BY 3.0 IGO"
"""What stands beside UNHCR's source under figures per inhabitant."""


def say_number(value: Number | None) -> str:
    """Write a count; a small one as UNHCR's rounding allows."""
    if value is None:
        return _("not published")
    if 0 < value < SMALL:
        return _("fewer than {number}", number=SMALL)
    return digits(f"{value:,.0f}")


def say_one_in(part: Number, inhabitants: int) -> str:
    """Write a part of the inhabitants as one of so many: “one in 11”."""
    return _("one in {number}", number=digits(f"{float(f'{inhabitants / part:.2g}'):,.0f}"))


def say_rate(value: Number | None) -> str:
    """Write a rate between 0 and 1 as a percentage with one digit."""
    return _("not published") if value is None else digits(f"{value:.1%}")


def say_value(measure: Measure, value: Number | None) -> str:
    """Write a value of this measure."""
    return say_rate(value) if measure.nature is Nature.RATE else say_number(value)


def say_cell(measure: Measure, value: Number | None) -> str:
    """Write a value for a narrow table, a small count with a sign: “<10”."""
    small = value is not None and 0 < value < SMALL and measure.nature is not Nature.RATE
    return f"<{SMALL}" if small else say_value(measure, value)


def say_short(measure: Measure, value: Number) -> str:
    """Write a value for the end of a line in a chart."""
    if measure.nature is Nature.RATE:
        return digits(f"{value:.0%}")
    if 0 < value < SMALL:
        return f"<{SMALL}"
    if value < MILLION:
        return digits(f"{value:,.0f}")
    return pgettext("millions, in a chart", "{number}M", number=digits(f"{value / MILLION:.2f}"))


def say_unit(unit: Unit) -> str:
    """Name what is counted: persons, or cases."""
    return _("cases") if unit is Unit.CASES else _("persons")


def say_counted_in(measure: Measure, value: Number | None, unit: Unit) -> str:
    """Write a value with its unit: “12 cases”, “41.5% of persons”."""
    if measure.nature is Nature.RATE:
        return pgettext("a rate", "{value} of {unit}", value=say_value(measure, value), unit=say_unit(unit))
    return pgettext("a count", "{value} {unit}", value=say_value(measure, value), unit=say_unit(unit))


def say_tally(measure: Measure, tally: Tally) -> str:
    """Write a measure in the units it has: “2,505,045 persons and 291,558 cases”."""
    if not tally.published:
        return say_value(measure, None)
    persons, cases = (
        say_counted_in(measure, value, unit)
        for value, unit in ((tally.persons, Unit.PERSONS), (tally.cases, Unit.CASES))
    )
    if tally.persons is None or (tally.cases and not tally.persons and measure.nature is not Nature.RATE):
        return cases
    if measure.nature is Nature.RATE:
        return say_rate(tally.persons) if tally.cases is None else f"{persons}, {cases}"
    return say_list((persons, cases)) if tally.cases else persons


def say_count(measure: Measure, tally: Tally) -> str:
    """Write a tally with its units only where there are cases: “24,125”, “24,125 persons and 5,958 cases”."""
    return say_tally(measure, tally) if tally.cases else say_value(measure, tally.main)


def say_points(points: float) -> str:
    """Write how far a rate moved: “+2.3 points”, “−0.4 points”."""
    return _("{points} points", points=digits(f"{points:+.1f}".replace("-", "−")))


def say_whole_percent(percent: float) -> str:
    """Write a threshold in percent, with a digit behind the point only where it has one: “5%”, “2.5%”."""
    return digits(f"{percent:.1f}".removesuffix(".0") + "%")


def say_share(share: float) -> str:
    """Write a part of a whole, never as none of it: “37.6%”, “less than 0.1%”."""
    if 0 < share < MIN_SHARE:
        return _("less than {share}", share=digits("0.1%"))
    return digits(f"{share:.1%}")


def say_change(change: Change) -> str:
    """Write how a figure moved: “44% fewer”, “2.4 times as many”; empty where a percentage would mislead."""
    if change.ratio is None:
        return ""
    if abs(change.ratio) < MIN_CHANGE:
        return _("exactly the same") if change.after == change.before else _("about the same")
    if change.ratio >= 1:
        return _("{times} times as many", times=say_times(change.ratio))
    percent = say_percent(change.ratio)
    if change.ratio > 0:
        return _("{percent} more", percent=percent)
    return _("{percent} fewer", percent=percent)


def say_change_since(change: Change, when: str, *, per: bool = False) -> str:
    """Write how a figure moved since `when`: “44% fewer than in 2024”; empty like `say_change`.

    One `per` inhabitants is lower, not fewer.
    """
    if change.ratio is None:
        return ""
    if abs(change.ratio) < MIN_CHANGE:
        if change.after == change.before:
            return _("exactly the same as {when}", when=when)
        return _("about the same as {when}", when=when)
    if change.ratio >= 1:
        times = say_times(change.ratio)
        if per:
            return _("{times} times as high as {when}", times=times, when=when)
        return _("{times} times as many as {when}", times=times, when=when)
    percent = say_percent(change.ratio)
    if change.ratio > 0 and per:
        return _("{percent} higher than {when}", percent=percent, when=when)
    if change.ratio > 0:
        return _("{percent} more than {when}", percent=percent, when=when)
    if per:
        return _("{percent} lower than {when}", percent=percent, when=when)
    return _("{percent} fewer than {when}", percent=percent, when=when)


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


_ORDINALS = ("{:,}th", "{:,}st", "{:,}nd", "{:,}rd", *["{:,}th"] * 6)
"""By the last digit."""


def say_ordinal(number: int) -> str:
    """Write a place in an order: “third”, “21st”, “112th”."""
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    return _ORDINALS[0 if number % 100 in (11, 12, 13) else number % 10].format(number)


def say_times(ratio: float) -> str:
    """Write a change as a factor: “2.4”, “1,500”; of a large one no tenths."""
    times = ratio + 1
    return digits(f"{times:,.0f}" if times >= LARGE_FACTOR else f"{times:,.1f}")


def say_signed(value: Number) -> str:
    """Write how far a count moved: “+78,759”, “−134,367”."""
    return digits(f"{value:+,.0f}".replace("-", "−"))


def say_moved(ratio: float) -> str:
    """Write how far it moved in percent: “+429%”, “−80%”; “−99.6%” where not all are gone."""
    percent = say_percent(ratio)
    if round(ratio * 100) == 0:
        return percent
    return f"+{percent}" if ratio > 0 else f"−{percent}"


def say_percent(ratio: float) -> str:
    """Write how far in percent, up or down: “429%”; “99.6%” where not all are gone."""
    if NEARLY_ALL < -ratio < 1:
        return digits(f"{min(-ratio, ALL_BUT):.1%}")
    return digits(f"{abs(round(ratio * 100)):,}%")


def say_inhabitants(nature: Nature) -> str:
    """Name what a figure is given of: “per 1,000 inhabitants”."""
    return _("per {number} inhabitants", number=digits(f"{INHABITANTS[nature]:,}"))


def say_per_head(nature: Nature, value: float) -> str:
    """Write a figure per 1,000 or 100,000 inhabitants to two significant digits: “570”, “9.2”, “5.0”."""
    rounded = float(f"{value * INHABITANTS[nature]:.2g}")
    if 0 < rounded < MIN_PER:
        return _("under {number}", number=digits(f"{MIN_PER}"))
    return digits(f"{rounded:#.2g}" if 0 < rounded < WHOLE_FROM else f"{rounded:,.0f}")


def capitalise(text: str) -> str:
    """Begin a sentence; bold marks before it, and all but the first letter, stay as they are."""
    at = len(text) - len(text.lstrip("*"))
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def say_ratio(ratio: float) -> str:
    """Write how far a figure was moved: “44% lower”, “2.4 times as high”."""
    if abs(ratio) < MIN_CHANGE:
        return _("about the same")
    if ratio >= 1:
        return _("{times} times as high", times=say_times(ratio))
    percent = digits(f"{abs(ratio):.0%}")
    return _("{percent} higher", percent=percent) if ratio > 0 else _("{percent} lower", percent=percent)


def say_list(parts: Iterable[str]) -> str:
    """Write a list: “China, Iran and Syria”; empty where there is nothing."""
    *first, last = [*parts] or [""]
    return _("{first} and {last}", first=", ".join(first), last=last) if first else last


def list_parts(*parts: str) -> str:
    """Put what is there side by side with commas: “113,216 in 2025, 51% fewer than in 2024”."""
    return ", ".join(filter(None, parts))


def say_either(parts: Iterable[str]) -> str:
    """Write a list of which one holds: “China, Iran or Syria”; empty where there is nothing."""
    *first, last = [*parts] or [""]
    return _("{first} or {last}", first=", ".join(first), last=last) if first else last


def say_years(years: Iterable[int]) -> str:
    """Write some years, neighbours together: “2000–2003 and 2005”."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    said = [f"{first}" if first == last else f"{first}–{last}" for first, last in spans]
    return say_list(said)


_MONTHS = phrases(
    {
        1: "January",
        2: "February",
        3: "March",
        4: "April",
        5: "May",
        6: "June",
        7: "July",
        8: "August",
        9: "September",
        10: "October",
        11: "November",
        12: "December",
    }
)
_SHORT_MONTHS = phrases(
    {
        1: "Jan",
        2: "Feb",
        3: "Mar",
        4: "Apr",
        5: "May",
        6: "Jun",
        7: "Jul",
        8: "Aug",
        9: "Sep",
        10: "Oct",
        11: "Nov",
        12: "Dec",
    },
    "short",
)


def _say_day_of_month(day: int) -> str:
    """Write the number of a day; in French the first is “1er”."""
    return pgettext("first day of a month", "1") if day == 1 else f"{day}"


def say_day(day: date) -> str:
    """Write a day: “25 June 2026”."""
    number = _say_day_of_month(day.day)
    return _("{day} {month} {year}", day=number, month=_MONTHS[day.month], year=day.year)


def say_short_day(day: date) -> str:
    """Write a day: “25 Jun 2026”."""
    number, month = _say_day_of_month(day.day), _SHORT_MONTHS[day.month]
    return pgettext("short", "{day} {month} {year}", day=number, month=month, year=day.year)


def say_when(nature: Nature, year: int, covers: ReferencePeriod | Extent) -> str:
    """Write what a year's figure covers: “on 30 June 2025”, “in 2025”."""
    extent = covers if isinstance(covers, Extent) else Extent.of(year, covers)
    if nature is Nature.STOCK and _names_day(extent):
        return say_probably(extent, _("on {date}", date=say_span(nature, extent)))
    if nature is Nature.STOCK:
        return say_probably(extent, pgettext("a month", "in {span}", span=say_span(nature, extent)))
    if extent.month == DECEMBER:
        return say_probably(extent, say_in_year(extent.year))
    return say_probably(extent, _("in January–{month} {year}", month=_MONTHS[extent.month], year=extent.year))


def say_in_year(year: int) -> str:
    """Write when a year's figure was counted: “in 2025”."""
    return pgettext("a year", "in {year}", year=year)


def say_covered(nature: Nature, extent: Extent) -> str:
    """Write what a figure stands for: “30 June 2025”, “2025”; “probably January–June 2025” where inferred."""
    return say_probably(extent, say_span(nature, extent))


def say_probably(extent: Extent, said: str) -> str:
    """Say of what is inferred that it is probable: “probably of 30 June”."""
    return _("probably {said}", said=said) if extent.inferred else said


def say_span(nature: Nature, extent: Extent, *, dated: bool = True) -> str:
    """Write what a figure stands for, as if it were known; not `dated` where its year was just said."""
    month, year = _MONTHS[extent.month], extent.year
    if nature is Nature.STOCK and _names_day(extent):
        day = monthrange(year, extent.month)[1]
        if dated:
            return _("{day} {month} {year}", day=day, month=month, year=year)
        return _("{day} {month}", day=day, month=month)
    if nature is Nature.STOCK:
        return _("{month} {year}", month=month, year=year) if dated else month
    if extent.month == DECEMBER:
        return f"{year}"
    if dated:
        return _("January–{month} {year}", month=month, year=year)
    return _("January–{month}", month=month)


def _names_day(extent: Extent) -> bool:
    """Whether the day of a stock is known: of other months UNHCR names none."""
    return extent.month in (Extent.HALF, DECEMBER)


def say_stock_day(year: int, covers: ReferencePeriod | Extent) -> str:
    """Write when a year's stock was counted: “on 31 December 2025”."""
    return say_when(Nature.STOCK, year, covers)


def note_partial(nature: Nature, extent: Extent) -> str:
    """Label a year that is covered in part, in a chart: “30 June 2025”, “Jan–Jun 2025”."""
    if nature is Nature.STOCK:
        return say_covered(nature, extent)
    return say_probably(extent, note_months(extent))


def note_months(extent: Extent) -> str:
    """Label the months of a flow, as if they were known: “Jan–Jun 2025”."""
    return _("Jan–{month} {year}", month=_SHORT_MONTHS[extent.month], year=extent.year)


def is_plural(area: Area | None) -> bool:
    """Whether a verb stands in the plural in English: the Netherlands leads, the Americas lead."""
    return isinstance(area, Group) and area.text.endswith("s")


def own(country: Area) -> str:
    """Write what is a country's: “the USA's”, “the Bahamas'”."""
    return name(country, "own")


DAMAGED = N_("the bot’s copy is damaged: do not rely on it")
"""What stands under an answer whose figures the disk may have changed."""


def say_release(release: Release) -> str:
    """Name a release with its day: “Global Trends 2025, corrected (25 Jun 2026)”."""
    return _name_release(release, spoken())


@lru_cache(maxsize=64)
def _name_release(release: Release, language: Language) -> str:
    del language  # in which it is worded, and kept
    return f"{release.label} ({say_short_day(release.day)})"


def say_source(release: Release) -> str:
    """Write the line that stands under every answer, below the link to the source."""
    return _sign(release, say_release(release))


def cite(source: str) -> str:
    """Name the publisher before that line, where no link does."""
    return f"{SOURCE} · {source}"


def sign_chart(release: Release) -> str:
    """Write the line that stands under every chart, where a phone has no room for the release's name."""
    return cite(_sign(release, _("release of {day}", day=say_short_day(release.day))))


def _sign(release: Release, named: str) -> str:
    return f"{named} · {LICENCE} · {_(DAMAGED)}" if release.damaged else f"{named} · {LICENCE}"
