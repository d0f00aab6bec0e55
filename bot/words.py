"""Numbers, days, places and measures in words, the same wherever they are said."""

from __future__ import annotations

from calendar import month_abbr, month_name, monthrange
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from data.measures import INHABITANTS
from data.model import (
    Area,
    Dataset,
    Extent,
    Group,
    Measure,
    Nature,
    Place,
    ReferencePeriod,
    Role,
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

NAMES: dict[Measure, str] = {
    Measure.PENDING: "Pending claims",
    Measure.APPLICATIONS: "New applications",
    Measure.ALL_STAGES: "Applications, all stages",
    Measure.DECISIONS: "Decisions",
    Measure.RECOGNISED: "Recognised as refugees",
    Measure.COMPLEMENTARY: "Complementary protection",
    Measure.REJECTED: "Rejected",
    Measure.CLOSED: "Otherwise closed",
    Measure.RECOGNITION_RATE: "Refugee Recognition Rate",
    Measure.PROTECTION_RATE: "Total Protection Rate",
    Measure.REJECTION_RATE: "Rejection Rate",
    Measure.REFUGEES: "Refugees",
    Measure.OTHERS_IN_NEED: "Others in need of protection",
    Measure.DISPLACED: "Internally displaced",
    Measure.STATELESS: "Stateless people",
    Measure.RETURNED_REFUGEES: "Returned refugees",
    Measure.RETURNED_DISPLACED: "Returned displaced people",
    Measure.RESETTLED: "Resettled refugees",
    Measure.NATURALISED: "Naturalised refugees",
}
"""What a table or a list calls each measure."""

SUBJECTS: dict[Measure, str] = {
    **NAMES,
    Measure.PENDING: "People waiting for a decision",
    Measure.APPLICATIONS: "New asylum applications",
    Measure.ALL_STAGES: "Asylum applications at all stages",
    Measure.DECISIONS: "Asylum decisions",
    Measure.RECOGNISED: "Recognitions as refugees",
    Measure.COMPLEMENTARY: "Grants of complementary protection",
    Measure.REJECTED: "Rejected asylum claims",
    Measure.CLOSED: "Otherwise closed asylum claims",
    Measure.OTHERS_IN_NEED: "Other people in need of international protection",
    Measure.DISPLACED: "Internally displaced people",
    Measure.RETURNED_REFUGEES: "Refugees who returned",
    Measure.RETURNED_DISPLACED: "Internally displaced people who returned",
    Measure.RESETTLED: "Refugees who were resettled",
    Measure.NATURALISED: "Refugees who were naturalised",
}
"""What a heading calls each measure."""

NAMES_WITHIN: dict[Measure, str] = {
    Measure.PENDING: "pending claims",
    Measure.APPLICATIONS: "new applications",
    Measure.ALL_STAGES: "applications, all stages",
    Measure.DECISIONS: "decisions",
    Measure.RECOGNISED: "recognised as refugees",
    Measure.COMPLEMENTARY: "complementary protection",
    Measure.REJECTED: "rejected",
    Measure.CLOSED: "otherwise closed",
    Measure.RECOGNITION_RATE: "Refugee Recognition Rate",
    Measure.PROTECTION_RATE: "Total Protection Rate",
    Measure.REJECTION_RATE: "Rejection Rate",
    Measure.REFUGEES: "refugees",
    Measure.OTHERS_IN_NEED: "others in need of protection",
    Measure.DISPLACED: "internally displaced",
    Measure.STATELESS: "stateless people",
    Measure.RETURNED_REFUGEES: "returned refugees",
    Measure.RETURNED_DISPLACED: "returned displaced people",
    Measure.RESETTLED: "resettled refugees",
    Measure.NATURALISED: "naturalised refugees",
}
"""What a list calls each measure within a sentence; rates have proper names."""

SUBJECTS_WITHIN: dict[Measure, str] = {
    **NAMES_WITHIN,
    Measure.PENDING: "people waiting for a decision",
    Measure.APPLICATIONS: "new asylum applications",
    Measure.ALL_STAGES: "asylum applications at all stages",
    Measure.DECISIONS: "asylum decisions",
    Measure.RECOGNISED: "recognitions as refugees",
    Measure.COMPLEMENTARY: "grants of complementary protection",
    Measure.REJECTED: "rejected asylum claims",
    Measure.CLOSED: "otherwise closed asylum claims",
    Measure.OTHERS_IN_NEED: "other people in need of international protection",
    Measure.DISPLACED: "internally displaced people",
    Measure.RETURNED_REFUGEES: "refugees who returned",
    Measure.RETURNED_DISPLACED: "internally displaced people who returned",
    Measure.RESETTLED: "refugees who were resettled",
    Measure.NATURALISED: "refugees who were naturalised",
}
"""What a sentence calls each measure."""

_WAYS: dict[Measure, tuple[str, str]] = {
    Measure.REFUGEES: ("from", "living in"),
    Measure.RETURNED_REFUGEES: ("to", "from"),
    Measure.RESETTLED: ("from", "to"),
}
"""What stands before the origin and the country of asylum, where that is not “from” and “in”."""

_BECAME = {Measure.RESETTLED: "resettled", Measure.NATURALISED: "naturalised"}
"""What became of refugees: it stands behind where they come from."""

_OF_DECISIONS = frozenset(
    {
        Measure.DECISIONS,
        Measure.RECOGNISED,
        Measure.COMPLEMENTARY,
        Measure.RECOGNITION_RATE,
        Measure.PROTECTION_RATE,
        Measure.REJECTION_RATE,
    }
)
"""Measures that come from nowhere themselves: they are “for people from China”."""

SOURCE = "UNHCR Refugee Population Statistics Database"
LICENCE = "CC BY 4.0"
INHABITANTS_SOURCE = "United Nations, World Population Prospects 2024, CC BY 3.0 IGO"
"""What stands beside UNHCR's source under figures per inhabitant."""


def say_number(value: Number | None) -> str:
    """Write a count; a small one as UNHCR's rounding allows."""
    if value is None:
        return "not published"
    if 0 < value < SMALL:
        return f"fewer than {SMALL}"
    return f"{value:,.0f}"


def say_one_in(part: Number, inhabitants: int) -> str:
    """Write a part of the inhabitants as one of so many: “one in 11”."""
    return f"one in {float(f'{inhabitants / part:.2g}'):,.0f}"


def say_rate(value: Number | None) -> str:
    """Write a rate between 0 and 1 as a percentage with one digit."""
    return "not published" if value is None else f"{value:.1%}"


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
        return f"{value:.0%}"
    if 0 < value < SMALL:
        return f"<{SMALL}"
    return f"{value / MILLION:.2f}M" if value >= MILLION else f"{value:,.0f}"


def say_counted_in(measure: Measure, value: Number | None, unit: Unit) -> str:
    """Write a value with its unit: “12 cases”, “41.5% of persons”."""
    if measure.nature is Nature.RATE:
        return f"{say_value(measure, value)} of {unit.word}"
    return f"{say_value(measure, value)} {unit.word}"


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
    return f"{persons} and {cases}" if tally.cases else persons


def say_count(measure: Measure, tally: Tally) -> str:
    """Write a tally with its units only where there are cases: “24,125”, “24,125 persons and 5,958 cases”."""
    return say_tally(measure, tally) if tally.cases else say_value(measure, tally.main)


def say_points(points: float) -> str:
    """Write how far a rate moved: “+2.3 points”, “−0.4 points”."""
    return f"{points:+.1f} points".replace("-", "−")


def say_whole_percent(percent: float) -> str:
    """Write a threshold in percent, with a digit behind the point only where it has one: “5%”, “2.5%”."""
    return f"{percent:.1f}".removesuffix(".0") + "%"


def say_share(share: float) -> str:
    """Write a part of a whole, never as none of it: “37.6%”, “less than 0.1%”."""
    return "less than 0.1%" if 0 < share < MIN_SHARE else f"{share:.1%}"


def say_change(change: Change) -> str:
    """Write how a figure moved: “44% fewer”, “2.4 times as many”; empty where a percentage would mislead."""
    if change.ratio is None:
        return ""
    if abs(change.ratio) < MIN_CHANGE:
        return "exactly the same" if change.after == change.before else "about the same"
    if change.ratio >= 1:
        return f"{say_times(change.ratio)} times as many"
    percent = say_percent(change.ratio)
    return f"{percent} more" if change.ratio > 0 else f"{percent} fewer"


def say_change_since(change: Change, when: str, *, per: bool = False) -> str:
    """Write how a figure moved since `when`: “44% fewer than in 2024”; empty like `say_change`.

    One `per` inhabitants is lower, not fewer.
    """
    if change.ratio is None:
        return ""
    if abs(change.ratio) < MIN_CHANGE:
        alike = change.after == change.before
        return f"exactly the same as {when}" if alike else f"about the same as {when}"
    if change.ratio >= 1:
        times = say_times(change.ratio)
        return f"{times} times as high as {when}" if per else f"{times} times as many as {when}"
    percent = say_percent(change.ratio)
    if change.ratio > 0:
        return f"{percent} higher than {when}" if per else f"{percent} more than {when}"
    return f"{percent} lower than {when}" if per else f"{percent} fewer than {when}"


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
    return f"{times:,.0f}" if times >= LARGE_FACTOR else f"{times:,.1f}"


def say_signed(value: Number) -> str:
    """Write how far a count moved: “+78,759”, “−134,367”."""
    return f"{value:+,.0f}".replace("-", "−")


def say_moved(ratio: float) -> str:
    """Write how far it moved in percent: “+429%”, “−80%”; “−99.6%” where not all are gone."""
    percent = say_percent(ratio)
    if percent == "0%":
        return percent
    return f"+{percent}" if ratio > 0 else f"−{percent}"


def say_percent(ratio: float) -> str:
    """Write how far in percent, up or down: “429%”; “99.6%” where not all are gone."""
    if NEARLY_ALL < -ratio < 1:
        return f"{min(-ratio, ALL_BUT):.1%}"
    return f"{abs(round(ratio * 100)):,}%"


def say_inhabitants(nature: Nature) -> str:
    """Name what a figure is given of: “per 1,000 inhabitants”."""
    return f"per {INHABITANTS[nature]:,} inhabitants"


def say_per_head(nature: Nature, value: float) -> str:
    """Write a figure per 1,000 or 100,000 inhabitants to two significant digits: “570”, “9.2”, “5.0”."""
    rounded = float(f"{value * INHABITANTS[nature]:.2g}")
    if 0 < rounded < MIN_PER:
        return f"under {MIN_PER}"
    return f"{rounded:#.2g}" if 0 < rounded < WHOLE_FROM else f"{rounded:,.0f}"


def capitalise(text: str) -> str:
    """Begin a sentence; bold marks before it, and all but the first letter, stay as they are."""
    at = len(text) - len(text.lstrip("*"))
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def say_ratio(ratio: float) -> str:
    """Write how far a figure was moved: “44% lower”, “2.4 times as high”."""
    if abs(ratio) < MIN_CHANGE:
        return "about the same"
    if ratio >= 1:
        return f"{say_times(ratio)} times as high"
    return f"{abs(ratio):.0%} higher" if ratio > 0 else f"{abs(ratio):.0%} lower"


def say_list(parts: Iterable[str]) -> str:
    """Write a list: “China, Iran and Syria”; empty where there is nothing."""
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def list_parts(*parts: str) -> str:
    """Put what is there side by side with commas: “113,216 in 2025, 51% fewer than in 2024”."""
    return ", ".join(filter(None, parts))


def say_either(parts: Iterable[str]) -> str:
    """Write a list of which one holds: “China, Iran or Syria”; empty where there is nothing."""
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} or {last}" if first else last


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


def say_day(day: date) -> str:
    """Write a day: “25 June 2026”."""
    return f"{day.day} {day:%B %Y}"


def say_short_day(day: date) -> str:
    """Write a day: “25 Jun 2026”."""
    return f"{day.day} {day:%b %Y}"


def say_when(nature: Nature, year: int, covers: ReferencePeriod | Extent) -> str:
    """Write what a year's figure covers: “on 30 June 2025”, “in 2025”."""
    extent = covers if isinstance(covers, Extent) else Extent.of(year, covers)
    said = say_span(nature, extent)
    if nature is Nature.STOCK and said[0].isdigit():
        return say_probably(extent, f"on {said}")
    return say_probably(extent, f"in {said}")


def say_covered(nature: Nature, extent: Extent) -> str:
    """Write what a figure stands for: “30 June 2025”, “2025”; “probably January–June 2025” where inferred."""
    return say_probably(extent, say_span(nature, extent))


def say_probably(extent: Extent, said: str) -> str:
    """Say of what is inferred that it is probable: “probably of 30 June”."""
    return f"probably {said}" if extent.inferred else said


def say_span(nature: Nature, extent: Extent, *, dated: bool = True) -> str:
    """Write what a figure stands for, as if it were known; not `dated` where its year was just said."""
    year = f" {extent.year}" if dated else ""
    if nature is Nature.STOCK:
        known = extent.month in (Extent.HALF, DECEMBER)  # of another month UNHCR names no day
        day = f"{monthrange(extent.year, extent.month)[1]} " if known else ""
        return f"{day}{month_name[extent.month]}{year}"
    return f"{extent.year}" if extent.month == DECEMBER else f"January–{month_name[extent.month]}{year}"


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
    return f"Jan–{month_abbr[extent.month]} {extent.year}"


def say_leads(area: Area | None) -> str:
    """Write the verb: the Netherlands leads, the Americas lead."""
    return "lead" if isinstance(area, Group) and area.text.endswith("s") else "leads"


def own(country: Area) -> str:
    """Write what is a country's: “the USA's”, “the Bahamas'”."""
    ending = "'" if country.text.endswith("s") else "'s"
    return f"{country.text}{ending}"


def say_origin(country: Area, whence: str = "from") -> str:
    """Write where people come from: “from China”."""
    return f"{whence} {country.text}" if country.is_country else f"listed as “{country.name}”"


def say_place(place: Place, of: Measure | None = None) -> str:
    """Write a place within a sentence, as a measure has it: “from China in the USA”, “worldwide”."""
    whence, where = _WAYS.get(of, ("from", "in")) if of else ("from", "in")
    origin = say_origin(place.origin, whence) if place.origin else ""
    asylum = f"{where} {place.asylum.text}" if place.asylum else ""
    return " ".join(part for part in (origin, asylum) if part) or "worldwide"


def say_subject(measure: Measure, place: Place, *, within: bool = False) -> str:
    """Head a measure of a place, or name it `within` a sentence: “New asylum applications in Egypt”."""
    if measure is Measure.PENDING:
        everywhere = "" if place.origin else " worldwide"
        return say_counted(measure, place, everywhere, within=within)
    if measure in _BECAME:
        whence = f" {say_place(replace(place, asylum=None), measure)}" if place.origin else ""
        where = (
            "" if place.origin and not place.asylum else f" {say_place(replace(place, origin=None), measure)}"
        )
        told = f"Refugees{whence} {_BECAME[measure]}{where}"
        return f"refugees{whence} {_BECAME[measure]}{where}" if within else told
    people = " for people" if place.origin and measure in _OF_DECISIONS else ""
    return f"{(SUBJECTS_WITHIN if within else SUBJECTS)[measure]}{people} {say_place(place, measure)}"


_COUNTED: dict[Measure, str] = {
    Measure.PENDING: "People{origin} waiting for a decision{asylum}",
    Measure.RECOGNISED: "People{origin} recognised as refugees{asylum}",
    Measure.COMPLEMENTARY: "People{origin} given complementary protection{asylum}",
    Measure.RECOGNITION_RATE: "Share of decisions on people{origin}{asylum} that recognised a refugee",
    Measure.PROTECTION_RATE: "Share of decisions on people{origin}{asylum} that gave protection",
    Measure.REJECTION_RATE: "Share of decisions on people{origin}{asylum} that rejected the claim",
}
"""What an answer calls a measure in everyday words, where that is not its heading."""

_COUNTED_WITHIN: dict[Measure, str] = {
    Measure.PENDING: "people{origin} waiting for a decision{asylum}",
    Measure.RECOGNISED: "people{origin} recognised as refugees{asylum}",
    Measure.COMPLEMENTARY: "people{origin} given complementary protection{asylum}",
    Measure.RECOGNITION_RATE: "share of decisions on people{origin}{asylum} that recognised a refugee",
    Measure.PROTECTION_RATE: "share of decisions on people{origin}{asylum} that gave protection",
    Measure.REJECTION_RATE: "share of decisions on people{origin}{asylum} that rejected the claim",
}
"""The same within a sentence."""

_ROLES = {Role.ORIGIN: ("origin", "origins"), Role.ASYLUM: ("country of asylum", "countries of asylum")}


def name_role(measure: Measure, role: Role, count: int = 1) -> str:
    """Name what is ranked or mapped: one origin or country of asylum, or several.

    Displaced and stateless people are in their own country, and the resettled in the one that took them.
    """
    own_country = len(measure.row.sides) == 1
    arrival = measure.row.dataset is Dataset.SOLUTIONS and role is Role.ASYLUM
    one, many = ("country", "countries") if own_country or arrival else _ROLES[role]
    return one if count == 1 else many


def say_counted(
    measure: Measure, place: Place, everywhere: str = " worldwide", *, within: bool = False
) -> str:
    """Begin an answer with what is counted where: “People from China waiting for a decision in the USA”."""
    words = (_COUNTED_WITHIN if within else _COUNTED).get(measure)
    if words is None and place == Place():
        return f"{(SUBJECTS_WITHIN if within else SUBJECTS)[measure]}{everywhere}"
    if words is None:
        return say_subject(measure, place, within=within)
    origin = f" {say_origin(place.origin)}" if place.origin else ""
    asylum = f" in {place.asylum.text}" if place.asylum else everywhere
    return words.format(origin=origin, asylum=asylum)


def name_place(place: Place) -> str:
    """Name a place for a label: “China → USA”, “Germany”, “World”."""
    names = [country.name for country in (place.origin, place.asylum) if country]
    return " → ".join(names) or "World"


DAMAGED = "the bot’s copy is damaged: do not rely on it"
"""What stands under an answer whose figures the disk may have changed."""


@lru_cache(maxsize=64)
def say_release(release: Release) -> str:
    """Name a release with its day: “Global Trends 2025, corrected (25 Jun 2026)”."""
    return f"{release.label} ({say_short_day(release.day)})"


def say_source(release: Release) -> str:
    """Write the line that stands under every answer, below the link to the source."""
    return _sign(release, say_release(release))


def cite(source: str) -> str:
    """Name the publisher before that line, where no link does."""
    return f"{SOURCE} · {source}"


def sign_chart(release: Release) -> str:
    """Write the line that stands under every chart, where a phone has no room for the release's name."""
    return cite(_sign(release, f"release of {say_short_day(release.day)}"))


def _sign(release: Release, named: str) -> str:
    return f"{named} · {LICENCE} · {DAMAGED}" if release.damaged else f"{named} · {LICENCE}"
