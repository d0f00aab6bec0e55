"""What is said of comparisons in a text: falls and rises, records, revisions, and whether they are so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, phrases
from bot.replies.caveats import say_territory
from bot.replies.coverage import list_passed, note_breaks, say_disturbance
from bot.words import capitalise, say_list, say_ratio, say_short_day, say_value
from bot.words.measures import say_subject
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
            return _("{subject}: too few to compare with.", subject=subject)
        return f"{subject}{note}." if ratio is None else f"{subject}: {say_ratio(ratio)}{note}."
    told = say_list(
        _("{value} in {year}", value=say_value(compared.measure, base), year=year)
        for year, base in compared.bases
    )
    if compared.holds is None:
        return _("{told}: too few to compare with.", told=told)
    told = (
        f"{told}{note}"
        if ratio is None
        else _("{told}, so {ratio}{note}", told=told, ratio=say_ratio(ratio), note=note)
    )
    return _("that is so: {told}.", told=told) if compared.holds else _("that is not so: {told}.", told=told)


def _is_beside_another(compared: v.Compared) -> bool:
    """Say whether a year that is no record may be one when it is whole."""
    return compared.holds is None and compared.bases[0][0] != compared.year


def _is_open(compared: v.Compared) -> bool:
    return compared.holds is None and bool(compared.breaks or compared.splits)


_RECORDS = phrases(
    {
        (False, ""): "the record is {record}",
        (False, "until"): "the highest figure up to {latest} is {record}",
        (False, "since"): "the highest figure since {since} is {record}",
        (True, ""): "the lowest figure is {record}",
        (True, "until"): "the lowest figure up to {latest} is {record}",
        (True, "since"): "the lowest figure since {since} is {record}",
    }
)


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
        told = _("whether that is a record cannot be told. {reasons}", reasons=reasons)
    elif compared.holds:
        told = _("{record}, as the text says.", record=_name_record(compared))
    else:
        told = _("{record}, not that of the year the text says.", record=_name_record(compared))
    return f"{name_subject(compared.measure, compared.place)}: {told}" if alone else told


def _say_no_comparison(compared: v.Compared, *, alone: bool) -> str:
    """Say which figures do not compare, and why, in sentences of their own."""
    largest = sorted(compared.breaks, key=lambda at: -(at.share or 1))
    reasons = [say_territory(split) for split in compared.splits]
    reasons += [say_disturbance(compared.measure, at) for at in largest]
    why = " ".join(map(capitalise, reasons[:MAX_REASONS]))
    if alone:
        return f"{name_subject(compared.measure, compared.place)}. {why}"
    told = [
        _("{value} in {year}", value=say_value(compared.measure, base), year=year)
        for year, base in compared.bases
    ]
    told.append(_("{value} in {year}", value=say_value(compared.measure, compared.value), year=compared.year))
    return _(
        "{list} and {told}: these do not compare. {why}", list=", ".join(told[:-1]), told=told[-1], why=why
    )


def _say_revision(compared: v.Compared) -> str:
    (_year, before), *_others = compared.bases
    change = say_ratio(compared.value / before - 1) if before else "changed"
    held = _("indeed it was") if compared.holds else _("it was not")
    change += note_breaks(compared.measure, compared.breaks)
    then, now = (say_value(compared.measure, value) for value in (before, compared.value))
    return _(
        "{held}: {then} was replaced by {now}, {change} ({release}).",
        held=held,
        then=then,
        now=now,
        change=change,
        release=name_release(compared.release),
    )


def _find_ratio(compared: v.Compared) -> float | None:
    if len(compared.bases) != 1:
        return None
    return find_ratio(compared.bases[0][1], compared.value, compared.measure.nature)


def say_compared_short(compared: v.Compared) -> str:
    """Say in short what stands against a comparison, or bears it out."""
    said = [
        _("{value} in {year}", value=say_value(compared.measure, base), year=year)
        for year, base in compared.bases
    ]
    now = say_value(compared.measure, compared.value)
    if compared.comparison.trend_claim in REVISED:
        return _("{value} became {now}", value=say_value(compared.measure, compared.bases[0][1]), now=now)
    if compared.comparison.of_record and not _is_beside_another(compared):
        return (
            _("whether it is a record cannot be told") if compared.holds is None else _name_record(compared)
        )
    if _is_open(compared):
        return _(
            "{list} and {now} in {year} do not compare", list=", ".join(said), now=now, year=compared.year
        )
    return ", ".join((*said, _("{now} in {year}", now=now, year=compared.year)))


def say_against(compared: v.Compared) -> str:
    """Say in short what is right instead of a comparison, beside a figure that was said."""
    if compared.comparison.trend_claim in REVISED or compared.comparison.of_record:
        return say_compared_short(compared)
    told = say_list(
        _("{value} in {year}", value=say_value(compared.measure, base), year=year)
        for year, base in compared.bases
    )
    ratio = _find_ratio(compared)
    return (
        _("it was {told}", told=told)
        if ratio is None
        else _("it was {told}, so {ratio}", told=told, ratio=say_ratio(ratio))
    )


def name_subject(measure: Measure, place: Place) -> str:
    """Name a measure of a place within a sentence; rates have proper names."""
    subject = say_subject(measure, place, within=True)
    return _("the {subject}", subject=subject) if measure.nature is Nature.RATE else subject


def name_release(release: Release) -> str:
    """Name a release with its day."""
    return f"{release.label}, {say_short_day(release.day)}"
