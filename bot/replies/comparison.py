"""Lines over years: which of several places is ahead, and what a file says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import N_, _, name, ngettext
from bot.replies.layout import make_record, say_amount
from bot.replies.mind import choose_mind
from bot.words import (
    SMALL,
    capitalise,
    is_plural,
    note_partial,
    say_covered,
    say_list,
    say_tally,
    say_value,
    say_when,
)
from bot.words.measures import SUBJECTS, name_place
from data.caveats import StageUnknown
from data.model import Nature, Place, Tally, Unit
from data.statistics import Point, mixes_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.reply import Record
    from data.caveats import Caveat
    from data.model import Area, Number
    from data.questions.trend import AskTrend, Trend
    from data.statistics import Series

PAIR = 2


def compares_places(found: Trend) -> bool:
    """Say whether there are lines of several places."""
    return len({series.place for series in found.series}) > 1


def list_asked_points(found: Trend, series: Series) -> tuple[Point, ...]:
    """Return the points of the years that were asked for; those before and between are only drawn."""
    years = found.single or range(found.years[0], found.years[1] + 1)
    return tuple(point for point in series.points if point.year in years)


def list_records(found: Trend) -> list[Record]:
    """Return what a file of the trend says, a record for each place, unit and year that was asked for."""
    return [
        make_record(
            found.measure,
            series.place,
            point.year,
            series.unit,
            point.value,
            found.release,
            extent=point.extent,
            per=found.per,
            breaks=series.breaks,
            carried=found.carried.get(series.place) if point.year == found.years[1] else None,
        )
        for series in found.series
        for point in list_asked_points(found, series)
    ]


def say_when_counted(found: Trend, point: Point) -> str:
    """Write what a point's figure covers in this release."""
    covers = point.extent or found.release.extent_of(point.year)
    return say_when(found.measure.nature, point.year, covers)


def say_comparison_title(found: Trend) -> str:
    """Say which place has the most, or which share that; where they do not compare, what each has."""
    year = _find_common_year(found, found.series)
    if year is None:
        return _(
            "{subject}: no year has figures for {all}",
            subject=SUBJECTS[found.measure],
            all=_all(found.series),
        )
    persons = [line for line in found.series if line.unit is Unit.PERSONS]
    others = [line for line in found.series if line.unit is Unit.CASES]
    if persons and others:
        return _say_apart(found, persons, others, year)
    return _compare(found, found.series, year)


def tell_apart(found: Trend, place: Place) -> str:
    """Name a place by what it does not share with the others: “the USA” beside “Germany”, from China both."""
    country = _choose_country(found, place)
    if country is None:
        return name_place(place)
    return name(country, "text") if country.is_country else f"“{name(country)}”"


def say_sides(found: Trend) -> str:
    """Say what the places are: “by origin”, “by country of asylum”."""
    by_asylum = all(line.place.asylum for line in found.series) and not _is_one(found, "asylum")
    if by_asylum:
        return _("by country of asylum")
    return _("by origin") if all(line.place.origin for line in found.series) else ""


def find_shared(found: Trend) -> tuple[Area | None, Area | None]:
    """Return the origin and the country of asylum that all places share."""
    first = found.series[0].place
    return (
        first.origin if _is_one(found, "origin") else None,
        first.asylum if _is_one(found, "asylum") else None,
    )


def _is_one(found: Trend, side: str) -> bool:
    return len({getattr(line.place, side) for line in found.series}) == 1


def _choose_country(found: Trend, place: Place) -> Area | None:
    if _is_one(found, "origin"):
        return place.asylum
    return place.origin if _is_one(found, "asylum") else None


def _value(line: Series, year: int) -> Number | None:
    point = line.at(year)
    return point.value if point else None


def _find_common_year(found: Trend, lines: Sequence[Series]) -> int | None:
    """Choose the newest year in which all have a figure, of those first in which nobody's is partial."""
    first, last = found.years
    common = [
        year for year in range(last, first - 1, -1) if all(_value(line, year) is not None for line in lines)
    ]
    whole = [year for year in common if not any(_is_partial(line, year) for line in lines)]
    return next(iter((*whole, *common)), None)


def _is_partial(line: Series, year: int) -> bool:
    """Say whether a country of asylum never completed its figure of the year."""
    point = line.at(year)
    return point is not None and point.extent is not None


def _all(lines: Sequence[Series]) -> str:
    return _("both") if len(lines) == PAIR else _("all {count}", count=len(lines))


def _compare(found: Trend, lines: Sequence[Series], year: int) -> str:
    """Name the first of lines in one unit; what is written alike is a tie, as are counts that are rounded."""
    values = {line.place: _value(line, year) or 0 for line in lines}
    ordered = sorted(lines, key=lambda line: -values[line.place])
    first, when = ordered[0], _say_when(found, ordered[0], year)
    if found.measure.nature is not Nature.RATE and values[first.place] < SMALL:
        words = N_("{all} have fewer than {small} {when}")
        if first.unit is Unit.CASES:
            words = N_("{all} have fewer than {small} cases {when}")
        return capitalise(_(words, all=_all(lines), small=SMALL, when=when))
    amount = say_value(found.measure, values[first.place])
    tied = [line for line in ordered if say_value(found.measure, values[line.place]) == amount]
    told = f"{_amount_of_place(found, first, year)} {when}"
    if len(tied) == len(lines):
        return capitalise(_("{all} have {told}", all=_all(lines), told=told))
    if len(tied) > PAIR:
        return _(
            "{count} of {count_2} share the first place with {told}",
            count=len(tied),
            count_2=len(lines),
            told=told,
        )
    if len(tied) == PAIR:
        names = say_list(tell_apart(found, line.place) for line in tied)
        return capitalise(_("{names} share the first place with {told}", names=names, told=told))
    others = _say_partial_others(found, first, year) or _say_cases_of_others(found, first, year)
    leader = first.place.asylum or first.place.origin
    leads = ngettext(
        "{place} leads with {told}{others}",
        "{place} lead with {told}{others}",
        2 if is_plural(leader) else 1,
        place=tell_apart(found, first.place),
        told=told,
        others=others,
    )
    asked = lines[0]
    if asked.place == first.place:
        return capitalise(leads)
    return capitalise(
        _(
            "{apart} {amount_of_place}; {leads}",
            apart=tell_apart(found, asked.place),
            amount_of_place=_amount_of_place(found, asked, year),
            leads=leads,
        )
    )


def _amount_of_place(found: Trend, line: Series, year: int) -> str:
    """Write a value, with its unit where there are others; with the cases that the place has beside it."""
    beside = {other.place: _value(other, year) for other in found.beside}
    if found.measure.nature is not Nature.RATE and line.place in _find_places_with_cases(found, year):
        return say_tally(found.measure, Tally(_value(line, year), beside[line.place]))
    units = any(beside.values()) or len({each.unit for each in found.series}) > 1
    return say_amount(found.measure, line.unit, _value(line, year), units=units)


def _find_places_with_cases(found: Trend, year: int) -> list[Place]:
    """Return the places with more than a trifle in cases beside their persons in a year."""
    persons = {line.place: _value(line, year) for line in found.series}
    return [
        line.place for line in found.beside if mixes_units(Tally(persons[line.place], _value(line, year)))
    ]


def _say_partial_others(found: Trend, first: Series, year: int) -> str:
    """Say whose figure stands for less than that of the first."""
    for line in found.series:
        point = line.at(year)
        if line != first and point and point.extent:
            stands_for = say_covered(found.measure.nature, point.extent)
            return _(
                "; {apart} has {stands_for} only", apart=tell_apart(found, line.place), stands_for=stands_for
            )
    return ""


def _say_cases_of_others(found: Trend, first: Series, year: int) -> str:
    """Say that persons are not all there is: someone with fewer may have many in cases."""
    others = [place for place in _find_places_with_cases(found, year) if place != first.place]
    if not others or found.measure.nature is Nature.RATE:
        return ""
    if len(others) > 1:
        return _("; {count} others have cases as well", count=len(others))
    if year != found.years[1]:  # the title is long already
        return _("; 1 other has cases as well")
    cases = next(line.at(year) for line in found.beside if line.place == others[0])
    if cases is None:
        return ""
    covered = f" ({note_partial(found.measure.nature, cases.extent)})" if cases.extent else ""
    amount = _("{value} cases{covered}", value=say_value(found.measure, cases.value), covered=covered)
    return _("; {apart} has {amount} as well", apart=tell_apart(found, others[0]), amount=amount)


def _say_apart(found: Trend, persons: Sequence[Series], cases: Sequence[Series], year: int) -> str:
    """Compare those in persons alone; say of the others that they are in cases."""
    when = _say_when(found, persons[0], year)
    told = [
        _(
            "{apart} has {amount_of_place}",
            apart=tell_apart(found, line.place),
            amount_of_place=_amount_of_place(found, line, year),
        )
        for line in (*persons[:1], *cases[:1])
    ]
    if len(persons) == len(cases) == 1:
        return _("{told} and {told_2} {when}", told=capitalise(told[0]), told_2=told[1], when=when)
    begin = f"{capitalise(told[0])} {when}" if len(persons) == 1 else _compare(found, persons, year)
    if len(cases) == 1:
        return _("{begin}; {apart} is counted in cases", begin=begin, apart=tell_apart(found, cases[0].place))
    return _("{begin}; the {count} others are counted in cases", begin=begin, count=len(cases))


def _say_when(found: Trend, line: Series, year: int) -> str:
    """Say when that is, and why where it is not the last year asked for."""
    when = say_when_counted(found, line.at(year) or Point(year, None))
    if year == found.years[1]:
        return when
    if any(_is_partial(each, found.years[1]) for each in found.series):
        return _("{when}, the newest year that all have whole", when=when)
    in_persons = _(" in persons") if found.beside else ""
    return _(
        "{when}, the newest year with figures{in_persons} for {all}",
        when=when,
        in_persons=in_persons,
        all=_all(found.series),
    )


def choose_trend_mind(question: AskTrend, found: Trend) -> Caveat | None:
    """Choose the caveat on the years that a trend tells of; on stages unknown only where they were asked."""
    told = (each for each in found.caveats if question.first or not isinstance(each, StageUnknown))
    return choose_mind(told, _find_told_years(found))


def _find_told_years(found: Trend) -> tuple[int, int]:
    """Return the years that the answer tells of: of one that was asked for alone, with that before it."""
    first, last = found.years
    latest = found.series[0].latest
    if first < last or latest is None:
        return (found.series[0].points[0].year if first < last else first), last
    return (found.change.year_before if found.change else min(first, latest.year)), last
