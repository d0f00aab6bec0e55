"""What is said of comparisons in a text: falls and rises, records, revisions, and whether they are so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.caveats import say_territory
from bot.replies.coverage import list_passed, note_breaks, say_disturbance
from bot.words import capitalise, say_list, say_ratio, say_short_day, say_subject, say_value
from data.model import Nature
from data.reading.check.claim import TrendClaim
from data.reading.check.comparison_checks import REVISED
from data.statistics import find_ratio

if TYPE_CHECKING:
    from data.model import Measure, Place, Release
    from data.reading.check import verdicts as v

MAX_REASONS = 2
"""Why figures do not compare; more would bury the verdict."""


def say_comparison(compared: v.Compared, *, alone: bool) -> str:
    """Say whether a comparison holds; `alone`: the verdict and the figures compared were said before."""
    if compared.comparison.trend_claim in REVISED:
        return _say_revision(compared)
    if compared.comparison.of_record and not _is_beside_another(compared):
        return _say_record(compared, alone=alone)
    if _is_open(compared):
        return _say_no_comparison(compared, alone=alone)
    note, ratio = note_breaks(compared.measure, compared.breaks), _find_ratio(compared)
    if alone:
        subject = name_subject(compared.measure, compared.place)
        if compared.holds is None:
            return f"{subject}: too few to compare with."
        return f"{subject}{note}." if ratio is None else f"{subject}: {say_ratio(ratio)}{note}."
    told = say_list(f"{say_value(compared.measure, base)} in {year}" for year, base in compared.bases)
    if compared.holds is None:
        return f"{told}: too few to compare with."
    told = f"{told}{note}" if ratio is None else f"{told}, so {say_ratio(ratio)}{note}"
    return f"that is so: {told}." if compared.holds else f"that is not so: {told}."


def _is_beside_another(compared: v.Compared) -> bool:
    """Say whether a year that is no record may be one when it is whole."""
    return compared.holds is None and compared.bases[0][0] != compared.year


def _is_open(compared: v.Compared) -> bool:
    return compared.holds is None and bool(compared.breaks or compared.splits)


_RECORDS = {
    (False, ""): "the record is {record}",
    (False, "until"): "the highest figure up to {latest} is {record}",
    (False, "since"): "the highest figure since {since} is {record}",
    (True, ""): "the lowest figure is {record}",
    (True, "until"): "the lowest figure up to {latest} is {record}",
    (True, "since"): "the lowest figure since {since} is {record}",
}


def _name_record(compared: v.Compared) -> str:
    """Say which figure is the highest or the lowest of the years that a text means."""
    (year, record), *_ = compared.bases
    comparison = compared.comparison
    note = note_breaks(compared.measure, list_passed(compared.breaks, year))
    since = comparison.since if comparison.over is None else compared.year - comparison.over
    until = "until" if comparison.latest < compared.release.newest_year else ""
    low = comparison.trend_claim is TrendClaim.LOW
    return _RECORDS[low, "since" if since else until].format(
        record=f"{say_value(compared.measure, record)} ({year}{note})", since=since, latest=comparison.latest
    )


def _say_record(compared: v.Compared, *, alone: bool) -> str:
    if compared.holds is None:
        reasons = " ".join(capitalise(say_disturbance(compared.measure, at)) for at in compared.breaks[:1])
        told = f"whether that is a record cannot be told. {reasons}"
    elif compared.holds:
        told = f"{_name_record(compared)}, as the text says."
    else:
        told = f"{_name_record(compared)}, not that of the year the text says."
    return f"{name_subject(compared.measure, compared.place)}: {told}" if alone else told


def _say_no_comparison(compared: v.Compared, *, alone: bool) -> str:
    """Say which figures do not compare, and why, in sentences of their own."""
    largest = sorted(compared.breaks, key=lambda at: -(at.share or 1))
    reasons = [say_territory(split) for split in compared.splits]
    reasons += [say_disturbance(compared.measure, at) for at in largest]
    why = " ".join(map(capitalise, reasons[:MAX_REASONS]))
    if alone:
        return f"{name_subject(compared.measure, compared.place)}. {why}"
    told = [f"{say_value(compared.measure, base)} in {year}" for year, base in compared.bases]
    told.append(f"{say_value(compared.measure, compared.value)} in {compared.year}")
    return f"{', '.join(told[:-1])} and {told[-1]}: these do not compare. {why}"


def _say_revision(compared: v.Compared) -> str:
    (_, before), *_ = compared.bases
    change = say_ratio(compared.value / before - 1) if before else "changed"
    held = "indeed it was" if compared.holds else "it was not"
    change += note_breaks(compared.measure, compared.breaks)
    then, now = (say_value(compared.measure, value) for value in (before, compared.value))
    return f"{held}: {then} was replaced by {now}, {change} ({name_release(compared.release)})."


def _find_ratio(compared: v.Compared) -> float | None:
    if len(compared.bases) != 1:
        return None
    return find_ratio(compared.bases[0][1], compared.value, compared.measure.nature)


def say_compared_short(compared: v.Compared) -> str:
    """Say in short what stands against a comparison, or bears it out."""
    said = [f"{say_value(compared.measure, base)} in {year}" for year, base in compared.bases]
    now = say_value(compared.measure, compared.value)
    if compared.comparison.trend_claim in REVISED:
        return f"{say_value(compared.measure, compared.bases[0][1])} became {now}"
    if compared.comparison.of_record and not _is_beside_another(compared):
        return "whether it is a record cannot be told" if compared.holds is None else _name_record(compared)
    if _is_open(compared):
        return f"{', '.join(said)} and {now} in {compared.year} do not compare"
    return ", ".join((*said, f"{now} in {compared.year}"))


def say_against(compared: v.Compared) -> str:
    """Say in short what is right instead of a comparison, beside a figure that was said."""
    if compared.comparison.trend_claim in REVISED or compared.comparison.of_record:
        return say_compared_short(compared)
    told = say_list(f"{say_value(compared.measure, base)} in {year}" for year, base in compared.bases)
    ratio = _find_ratio(compared)
    return f"it was {told}" if ratio is None else f"it was {told}, so {say_ratio(ratio)}"


def name_subject(measure: Measure, place: Place) -> str:
    """Name a measure of a place within a sentence; rates have proper names."""
    subject = say_subject(measure, place, within=True)
    return f"the {subject}" if measure.nature is Nature.RATE else subject


def name_release(release: Release) -> str:
    """Name a release with its day."""
    return f"{release.label}, {say_short_day(release.day)}"
