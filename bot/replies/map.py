"""Where people went, or came from, as a reply with a map."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.charts.map import RATE_LIMITS, MapArea, MapChart, choose_limits, choose_shares
from bot.charts.scale import compact
from bot.charts.subjects import Heading
from bot.charts.world.raster import WORLD, read_places
from bot.languages import _, digits, name
from bot.replies.caveats import say_caveat
from bot.replies.coverage import in_brackets, note_reviews, say_carried, say_first, with_note
from bot.replies.floors import say_ranked
from bot.replies.inhabitants import say_per, say_sources, sign_inhabitants
from bot.replies.layout import make_record, say_absent, say_caveats, scale
from bot.replies.map_extent import frame
from bot.replies.mind import choose_mind
from bot.replies.reply import Grid, Reply
from bot.words import (
    capitalise,
    note_partial,
    say_covered,
    say_either,
    say_inhabitants,
    say_number,
    say_source,
    say_tally,
    say_value,
    say_when,
    sign_chart,
)
from bot.words.measures import NAMES, SUBJECTS, name_role, name_sides, say_counted, say_subject
from data.caveats import NotOnMap
from data.measures import INHABITANTS
from data.model import Extent, Group, Nature, Per, Place, Role, Unit
from data.questions.ranking import MIN_PER_HEAD
from data.questions.sides import place_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.replies.reply import Record
    from data.model import Country, Tally
    from data.questions.map import AskMap, Map

MAX_ROWS = 10
PODIUM = 3
THOUSAND = 1_000
LONG = 100_000
"""Larger limits are written short, so that five classes stand in one row."""


def reply_map(question: AskMap, found: Map) -> Reply:
    """Lay out the map: the first three in the headline, all countries in the table."""
    if found.per is Per.INHABITANTS:
        return _reply_per(question, found)
    ranked = sorted(found.countries, key=lambda each: (-_value(found, each[1]), each[0].name))
    headline = _say_headline(found, ranked)
    limits = _choose_limits(found)
    labels = _label_classes(found, limits)
    return Reply(
        question=question,
        headline=headline,
        lines=(" ".join(filter(None, (_say_total(found), _say_grey(found)))),),
        chart=_draw(found, limits, labels),
        lay_out=lambda: _grid(found, ranked),
        list_records=lambda: _list_records(found),
        caveats=(*say_caveats(found.caveats), *_say_unplaced(found)),
        source=say_source(found.release),
        first=say_first(found.caveats),
        short=(headline, _say_total(found)),
        mind=choose_mind(found.caveats, (found.year, found.year)),
        moves=False,
    )


def _list_records(found: Map) -> Iterator[Record]:
    extents = {(country, unit): extent for country, unit, extent in found.partial}
    nowhere = () if found.per is Per.INHABITANTS else found.elsewhere
    for country, tally in (*found.countries, *nowhere):
        place = place_on(found.role, found.place, country)
        for unit, value in ((Unit.PERSONS, tally.persons), (Unit.CASES, tally.cases)):
            if value is not None:
                yield make_record(
                    found.measure,
                    place,
                    found.year,
                    unit,
                    value,
                    found.release,
                    extent=found.extents.get(unit) or extents.get((country, unit)),
                    per=found.per,
                    breaks=found.breaks.get(country, ()),
                    carried=found.carried.get(place),
                )


def _mark(found: Map) -> dict[Country | None, str]:
    """Say of the countries with a star in the table what their figures stand for."""
    marked: dict[Country | None, str] = {
        country: say_covered(found.measure.nature, extent) for country, extent in _find_partial(found).items()
    }
    if found.place.host is None:
        marked |= {each.host: _("appeals and reviews") for each in found.reviews_only}
    return marked


def _grid(found: Map, ranked: Sequence[tuple[Country, Tally]]) -> Grid:
    marked = _mark(found)
    per = found.per is Per.INHABITANTS
    head = (
        (_("per {inhabitants}", inhabitants=digits(f"{INHABITANTS[found.measure.nature]:,}")), _("persons"))
        if per
        else (NAMES[found.measure],)
    )
    rows = tuple(
        (
            name(country),
            f"{_amount(found, tally)}{'*' if country in marked else ''}",
            *([say_number(found.counted[country].persons)] if per else []),
        )
        for country, tally in ranked
    )
    told = say_either(dict.fromkeys(marked[country] for country, _ in ranked if country in marked))
    return Grid(("", *head), rows, note=_("* {told} only", told=told) if told else "")


def _in_cases(found: Map, tally: Tally) -> bool:
    """Whether there are cases and no persons, so that the colour is that of the cases.

    A rate of nought among persons is a rate.
    """
    none = tally.persons is None if found.measure.nature is Nature.RATE else not tally.persons
    return none and tally.cases is not None and (found.measure.nature is Nature.RATE or tally.cases > 0)


def _value(found: Map, tally: Tally) -> float:
    """Return what the colour stands for: persons, or cases where there are no persons."""
    value = tally.cases if _in_cases(found, tally) else tally.persons
    return scale(found.measure, value) or 0.0


def _choose_limits(found: Map) -> tuple[float, ...]:
    if found.measure.nature is Nature.RATE:
        return RATE_LIMITS
    return choose_limits(_value(found, tally) for _, tally in found.countries)


def _label_classes(found: Map, limits: Sequence[float]) -> tuple[str, ...]:
    """Name the classes: “under 10”, “10–99”, “1,000 and more”; rates in per cent."""
    if found.measure.nature is Nature.RATE:
        between = [digits(f"{low:.0f}–{high:.0f}%") for low, high in pairwise(limits)]
        return (
            _("under {limits}%", limits=digits(f"{limits[0]:.0f}")),
            *between,
            _("{limits}% and more", limits=digits(f"{limits[-1]:.0f}")),
        )
    between = [f"{_short(low)}–{_short(high - 1)}" for low, high in pairwise(limits)]
    return (
        _("under {short}", short=_short(limits[0])),
        *between,
        _("{short} and more", short=_short(limits[-1])),
    )


def _short(limit: float) -> str:
    if limit < LONG:
        return f"{digits(f'{limit:,.0f}')}"
    return compact(limit if limit % THOUSAND == 0 else limit + 1 - THOUSAND)


def _what(found: Map) -> str:
    """Say what is coloured: “New asylum applications from Sudan in 2024, by country of asylum”."""
    subject = say_counted(found.measure, found.place, everywhere="")
    stale = say_carried(found.carried.get(found.place), found.place) if _is_all_carried(found) else ""
    when = with_note(say_when(found.measure.nature, found.year, found.covers), stale)
    when += note_reviews(only=found.place in found.reviews_only)
    return _(
        "{subject} {when}, by {role}", subject=subject, when=when, role=name_role(found.measure, found.role)
    )


def _is_all_carried(found: Map) -> bool:
    """Whether the stock of its country of asylum was carried forward, and so every part of it."""
    carried = found.carried.get(found.place)
    return carried is not None and carried.is_of(found.place)


def _say_headline(found: Map, ranked: Sequence[tuple[Country, Tally]]) -> str:
    first, *rest = [
        f"{name(country)} {_amount(found, tally)}{_say_extent(found, country)}"
        for country, tally in ranked[:PODIUM]
        if tally.main
    ] or [_("none above zero")]
    if found.measure.nature is Nature.RATE:
        together = say_tally(found.measure, found.total)
        return _(
            "{what}: **{together}** all together; highest {list}.",
            what=_what(found),
            together=together,
            list=", ".join([first, *rest]),
        )
    return _("{what}: {list}.", what=_what(found), list=", ".join([f"**{first}**", *rest]))


def _say_extent(found: Map, country: Country, *, short: bool = False) -> str:
    """Say in brackets what a country's figure stands for, where that is less than the year, or is older."""
    place = place_on(found.role, found.place, country)
    if place in found.reviews_only:
        return note_reviews(only=True)
    if extent := _find_partial(found).get(country):
        return f" ({say_covered(found.measure.nature, extent)})"
    if _is_all_carried(found):
        return ""
    return in_brackets(say_carried(found.carried.get(place), place, short=short))


def _amount(found: Map, tally: Tally) -> str:
    if found.per is Per.INHABITANTS:
        return say_per(found.measure.nature, tally.persons)
    if tally.cases:
        return say_tally(found.measure, tally)
    return say_value(found.measure, tally.persons)


def _say_total(found: Map) -> str:
    """Say how many countries have a figure, and what they have together."""
    if found.measure.nature is Nature.RATE:
        return _(
            "Countries with enough decisions for a rate: {count}; the others are grey.",
            count=digits(f"{len(found.countries):,}"),
        )
    some = sum(bool(tally.main) for _, tally in found.countries)
    among = f"{digits(f'{some:,}')} {name_role(found.measure, found.role, some)}"
    if some == 1:
        return _("{among} has a figure.", among=among)
    if not found.total.main:
        return _("{among} have a figure.", among=among)
    together = say_tally(found.measure, found.total)
    return _("{among} have a figure, {amount} together.", among=among, amount=together)


def _say_grey(found: Map) -> str:
    """Say what colours mean that the legend does not name."""
    if found.measure.nature is Nature.RATE:
        return ""
    if _colours_group(found):
        return _("Grey means not published, which is not zero; countries outside the group are paler.")
    return _("Grey means not published, which is not zero.")


def _colours_group(found: Map) -> bool:
    return isinstance(found.place.origin if found.role is Role.ORIGIN else found.place.asylum, Group)


def _draw(found: Map, limits: tuple[float, ...], labels: tuple[str, ...]) -> MapChart:
    areas = tuple(
        MapArea(country.code, _value(found, tally), cases=_in_cases(found, tally))
        for country, tally in found.countries
    )
    framed = frame(found, () if found.measure.nature is Nature.RATE else areas)
    return MapChart(
        Heading(_title(found), _what(found), sign_chart(found.release)),
        areas,
        limits,
        labels,
        grey=_("no rate") if found.measure.nature is Nature.RATE else _("not published"),
        notes=(_note_partial(found), _note_beyond(found, framed.plate) or framed.cut),
        plate=framed.plate,
        members=framed.members,
        outside=framed.outside,
    )


def _note_beyond(found: Map, plate: str) -> str:
    """Say at the end of a region's legend what lies beyond it: “beyond: USA 1,204 and 22 more countries”."""
    elsewhere = [each for each in found.countries if each[0].code not in read_places(plate)]
    if plate == WORLD or not elsewhere:
        return ""
    largest, tally = max(elsewhere, key=lambda each: _value(found, each[1]))
    more = _(" and {value} more", value=len(elsewhere) - 1) if len(elsewhere) > 1 else ""
    return _(
        "Beyond this map: {country} {amount}{more}", country=largest, amount=_amount(found, tally), more=more
    )


def _note_partial(found: Map) -> str:
    """Say at the end of the legend what all figures stand for, or that of the largest country with less."""
    nature = found.measure.nature
    if found.covers != Extent(found.year):
        return _("{span} only", span=note_partial(nature, found.covers))
    partial = _find_partial(found).items()
    return next(
        (
            _("{country}: {span}", country=name(who), span=note_partial(nature, extent))
            for who, extent in partial
        ),
        "",
    )


def _find_partial(found: Map) -> dict[Country, Extent]:
    """Return the countries whose persons, or else cases, stand for less than the year, the largest first."""
    extents = {(country, unit): extent for country, unit, extent in found.partial}
    in_cases = {country for country, tally in found.countries if tally.cases}
    return {
        country: extents.get((country, Unit.PERSONS)) or extent
        for (country, unit), extent in extents.items()
        if unit is Unit.PERSONS or country in in_cases
    }


def _title(found: Map) -> str:
    """Name the darkest country; of rates, the ends: a few decisions may make the highest."""
    if found.measure.nature is Nature.RATE:
        ordered = sorted(found.countries, key=lambda each: _value(found, each[1]))
        low, high = (_say_rate_of(found, *each) for each in (ordered[0], ordered[-1]))
        return _("From {low} to {high}", low=low, high=high) if len(ordered) > 1 else capitalise(high)
    country, tally = max(found.countries, key=lambda each: _value(found, each[1]))
    if len(found.countries) == 1:
        return _("Only {country:text} has a figure: {amount}", country=country, amount=_amount(found, tally))
    absent = say_absent(found.caveats, found.measure, tally.main)
    extent = _say_extent(found, country, short=True)
    return capitalise(
        _(
            "{country:text} leads with {amount}{extent}{absent}",
            country=country,
            amount=_amount(found, tally),
            extent=extent,
            absent=absent,
        )
    )


def _say_rate_of(found: Map, country: Country, tally: Tally) -> str:
    """Say a country's rate: “12.3% in Japan”, “93.1% for people from Eritrea”."""
    amount, extent = _amount(found, tally), _say_extent(found, country, short=True)
    if found.role is Role.ORIGIN:
        return _(
            "{amount} for people from {country:text}{extent}", amount=amount, country=country, extent=extent
        )
    return _("{amount} in {country:text}{extent}", amount=amount, country=country, extent=extent)


def _say_unplaced(found: Map) -> tuple[str, ...]:
    """Name countries that the map does not have, so that none with a figure is lost."""
    places = read_places()
    missing = tuple(each for each in found.countries if each[0].code not in places)
    return (say_caveat(NotOnMap(found.measure, missing)),) if missing else ()


def _reply_per(question: AskMap, found: Map) -> Reply:
    """Lay out a map per inhabitant: the first of those with enough people in the headline."""
    ranked = [each for each in found.countries if (found.counted[each[0]].persons or 0) >= MIN_PER_HEAD]
    scaled = [
        (country, (tally.persons or 0) * INHABITANTS[found.measure.nature])
        for country, tally in found.countries
    ]
    limits = choose_shares(value for _, value in scaled)
    between = [digits(f"{low:g}–{high:g}") for low, high in pairwise(limits)]
    framed = frame(
        found, [MapArea(country.code, tally.persons or 0) for country, tally in found.counted.items()]
    )
    podium = [
        f"{name(country)} {_amount(found, tally)}{_say_extent(found, country)}"
        for country, tally in ranked[:PODIUM]
    ]
    per = say_inhabitants(found.measure.nature)
    by = _("country of origin") if found.role is Role.ORIGIN else name_sides(found.role, 1)
    subject = SUBJECTS[found.measure] if found.place == Place() else say_subject(found.measure, found.place)
    when = say_when(found.measure.nature, found.year, found.covers)
    first = (
        ", ".join([f"**{podium[0]}**", *podium[1:]]) if podium else _("**no country** has enough for a rank")
    )
    headline = _(
        "{subject} {per} {when}, by {by}: {first}.", subject=subject, per=per, when=when, by=by, first=first
    )
    leads = _("By {by}: {podium} {per}", by=by, podium=podium[0], per=per) if podium else _("By {by}", by=by)
    return Reply(
        question=question,
        headline=headline,
        lines=(say_ranked(len(ranked)),),
        chart=MapChart(
            Heading(
                leads,
                _("{subject} {when}, {per} of the {by}", subject=subject, when=when, per=per, by=by),
                sign_inhabitants(found.release),
            ),
            tuple(MapArea(country.code, value) for country, value in scaled),
            limits,
            (
                _("under {short}", short=digits(f"{limits[0]:g}")),
                *between,
                _("{short} and more", short=digits(f"{limits[-1]:g}")),
            ),
            grey=_("not published"),
            notes=(_note_partial(found), framed.cut),
            plate=framed.plate,
            members=framed.members,
            outside=framed.outside,
        ),
        lay_out=lambda: _grid(found, ranked),
        list_records=lambda: _list_records(found),
        caveats=say_caveats(found.caveats),
        source=say_sources(found.release),
        first=say_first(found.caveats),
        short=(headline,),
        mind=choose_mind(found.caveats, (found.year, found.year)),
        moves=False,
    )
