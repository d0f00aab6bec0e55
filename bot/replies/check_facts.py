"""A figure as a fact in a sentence, and what a text says otherwise than it, flaw by flaw."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.languages import _, phrases
from bot.replies.check_comparisons import name_subject
from bot.words import (
    say_number,
    say_span,
    say_value,
    say_when,
)
from bot.words.measures import SUBJECTS_WITHIN, name_place, say_origin, say_subject
from data.model import Level, Measure, Nature, Unit
from data.reading.check import verdicts as v
from data.reading.check.claim import Term
from data.reading.check.evidence import Fact, Variant

if TYPE_CHECKING:
    from data.model import Place, Release


_APPLIED = "{amount}{origin} applied{asylum}{level} {when}"


_FILED = "{amount}{origin} were filed{asylum}{level} {when}"


_LIVED = "{amount}{origin} lived{asylum}{level} {when}"


_PHRASES = {
    Measure.PENDING: ("", "{amount}{origin} were waiting for a decision{asylum}{level} {when}"),
    Measure.APPLICATIONS: ("", _APPLIED),
    Measure.ALL_STAGES: ("", f"{_APPLIED}, repeat claims and appeals included"),
    Measure.DECISIONS: ("claims", "{amount}{origin} were decided or closed{asylum}{level} {when}"),
    Measure.RECOGNISED: ("", "{amount}{origin} were recognised as refugees{asylum}{level} {when}"),
    Measure.COMPLEMENTARY: ("", "{amount}{origin} were given complementary protection{asylum}{level} {when}"),
    Measure.REJECTED: ("claims", "{amount}{origin} were rejected{asylum}{level} {when}"),
    Measure.CLOSED: ("claims", "{amount}{origin} were otherwise closed{asylum}{level} {when}"),
    Measure.REFUGEES: ("refugees", _LIVED),
    Measure.OTHERS_IN_NEED: ("others in need of international protection", _LIVED),
    Measure.DISPLACED: ("", "{amount}{origin} were internally displaced{asylum}{level} {when}"),
    Measure.STATELESS: ("stateless people", _LIVED),
    Measure.RETURNED_REFUGEES: ("refugees", "{amount} returned{origin}{asylum} {when}"),
    Measure.RETURNED_DISPLACED: ("displaced people", "{amount}{origin} returned{asylum}{level} {when}"),
    Measure.RESETTLED: ("refugees", "{amount}{origin} were resettled{asylum}{level} {when}"),
    Measure.NATURALISED: ("refugees", "{amount}{origin} were naturalised{asylum}{level} {when}"),
}
"""What is counted, and what is said of it: “99,716 from China were waiting for a decision on …”."""


_IN_CASES = {
    Measure.APPLICATIONS: _FILED,
    Measure.ALL_STAGES: f"{_FILED}, repeat claims and appeals included",
}
"""What is said of cases, which do not apply themselves."""


_VARIANTS = {
    Variant.SUBSTANTIVE: ("claims", "{amount}{origin} were decided on their merits{asylum}{level} {when}"),
    Variant.PROTECTED: (
        "",
        "{amount}{origin} were recognised or given complementary protection{asylum}{level} {when}",
    ),
    Variant.WITH_REPEATS: ("", f"{_APPLIED}, repeat claims included"),
    Variant.REPEATS: ("", "{amount}{origin} applied again{asylum}{level} {when}"),
    Variant.WITH_OTHERS: ("refugees and others in need of international protection", _LIVED),
    Variant.WITH_SEEKERS: ("refugees and asylum-seekers", _LIVED),
}


_VARIANTS_IN_CASES = {
    Variant.WITH_REPEATS: f"{_FILED}, repeat claims included",
    Variant.REPEATS: "{amount}{origin} were filed again{asylum}{level} {when}",
}


def state(fact: Fact, *, place: bool = True) -> str:
    """State a figure: “6,435 from China were waiting for a decision in Canada on 30 June 2025”."""
    noun, sentence = _VARIANTS.get(fact.variant) or _PHRASES[fact.measure]
    if fact.unit is Unit.CASES:
        sentence = _VARIANTS_IN_CASES.get(fact.variant) or _IN_CASES.get(fact.measure, sentence)
    unit = {Unit.PERSONS: noun, Unit.CASES: "cases", None: _("persons plus cases")}[fact.unit]
    origin, asylum = (fact.place.origin, fact.place.asylum) if place else (None, None)
    where = " worldwide" if place and not origin else ""
    if fact.measure is Measure.RETURNED_REFUGEES:  # they went from the country of asylum
        return sentence.format(
            amount=f"{say_number(fact.value)} {unit}",
            origin=_(" to {origin:text}", origin=origin) if origin else "",
            asylum=_(" from {asylum:text}", asylum=asylum) if asylum else where,
            when=say_time(fact),
        )
    return sentence.format(
        amount=f"{say_number(fact.value)} {unit}" if unit else say_number(fact.value),
        origin=f" {say_origin(origin)}" if origin else "",
        asylum=_(" in {asylum:text}", asylum=asylum) if asylum else where,
        level=_(" at first instance") if fact.level is Level.FIRST else "",
        when=say_time(fact),
    )


def say_time(fact: Fact) -> str:
    """Write what a figure covers: “on 30 June 2025”."""
    return say_when(fact.measure.nature, fact.year, fact.covers)


OF_VARIANT = phrases(
    {
        Variant.SUBSTANTIVE: ", on the merits alone",
        Variant.PROTECTED: ", with complementary protection",
        Variant.WITH_REPEATS: ", with repeat claims",
        Variant.REPEATS: ", repeat ones alone",
        Variant.FIRST_ALONE: ", first ones alone",
        Variant.WITH_OTHERS: ", with others in need of international protection",
        Variant.WITH_SEEKERS: ", with asylum-seekers",
    }
)


def say_fact(fact: Fact, *, within: bool = False) -> str:
    """Name what a figure counts, where and when: “people from China waiting for a decision on …”."""
    when = say_when(fact.measure.nature, fact.year, fact.covers)
    level = _(", at first instance") if fact.level is Level.FIRST else ""
    unit = {Unit.PERSONS: "", Unit.CASES: _(", in cases"), None: _(", persons plus cases")}[fact.unit]
    subject = name_subject(fact.measure, fact.place) if within else say_subject(fact.measure, fact.place)
    return f"{subject} {when}{OF_VARIANT.get(fact.variant, '')}{level}{unit}"


def release_of(fact: Fact) -> Release:
    """Name the first release with a figure that was replaced, else the newest."""
    return fact.first if fact.replaced_by else fact.last


def say_amount(fact: Fact) -> str:
    """Write a figure in its unit."""
    value = say_value(fact.measure, fact.value)
    return (
        _("{value} cases", value=value)
        if fact.unit is Unit.CASES and fact.measure.nature is not Nature.RATE
        else value
    )


SAID = {
    Term.APPLIED: "people who applied",
    Term.APPLICATIONS: "applications",
    Term.NEW: "new applications",
    Term.REPEAT: "repeat applications",
    Term.PENDING: "pending claims",
    Term.CLAIMS: "claims",
    Term.SEEKERS: "asylum-seekers",
    Term.REFUGEES: "refugees",
    Term.DECIDED: "decisions",
    Term.RECOGNISED: "recognitions as refugees",
    Term.PROTECTED: "people given protection",
    Term.COMPLEMENTARY: "complementary protection",
    Term.REJECTED: "rejections",
    Term.CLOSED: "closed claims",
    Term.DISPLACED: "internally displaced people",
    Term.STATELESS: "stateless people",
    Term.RETURNED: "people who returned",
    Term.RESETTLED: "resettled refugees",
    Term.NATURALISED: "naturalised refugees",
    Term.IN_NEED: "others in need of international protection",
    Term.NOTHING: "nothing certain",
}
"""What a text said of its number."""


_APPLYING = frozenset({Term.APPLIED, Term.APPLICATIONS, Term.NEW})


def say_flaw(flaw: v.Flaw, *, again: bool = False) -> str:
    """Say it; `again`: what a stock is was said already."""
    if again and is_about_a_stock(flaw):
        return _("Again a stock, not applications.")
    match flaw:
        case v.OtherMeasure():
            return _say_other_measure(flaw)
        case v.HalfYear() | v.WholeYear() | v.PartOfYear():
            return _say_span(flaw)
        case v.OtherYear(year=year):
            said = _("the sentence names another") if flaw.named else _("the text names no")
            return _("That is the figure of {year}; {said} year.", year=year, said=said)
        case v.BothUnits() | v.RepeatsIncluded(appeals=False) | v.SubstantiveOnly():
            return _say_variant(flaw)
        case v.OtherPlace(place=place, said=said):
            return _say_another_place(place, said) if said else _say_other_place(place)
        case v.SidesSwapped(place=place):
            return _(
                "Origin and country of asylum are swapped: the figure is {place}.", place=name_place(place)
            )
        case (
            v.CasesNotPeople()
            | v.RepeatsIncluded()
            | v.FirstAlone()
            | v.ComplementaryIncluded()
            | v.OthersIncluded()
            | v.SeekersIncluded()
            | v.OtherLevel()
            | v.ClosedIncluded()
            | v.NotArrivals()
            | v.StocksSummed()
        ):
            return _COUNTED_OTHERWISE[type(flaw)]
        case _:
            assert_never(flaw)


def _say_another_place(place: Place, said: Place) -> str:
    figure = (
        _("figure for {place}", place=name_place(place))
        if place.origin or place.asylum
        else _("worldwide figure")
    )
    return _("That is the {figure}; the sentence speaks of {place}.", figure=figure, place=name_place(said))


def _say_other_place(place: Place) -> str:
    if place.origin is None and place.asylum is None:
        return _("That is the worldwide figure, of all origins and all countries of asylum together.")
    of = _("of all origins together, not of one") if place.origin is None else ""
    return _(
        "That is the figure for {place} {of}.",
        place=name_place(place),
        of=of or _("in all countries together, not in one"),
    )


def _say_variant(flaw: v.BothUnits | v.RepeatsIncluded | v.SubstantiveOnly) -> str:
    match flaw:
        case v.BothUnits(persons=persons, cases=cases):
            return _(
                "It adds {number} persons to {number_2} cases, each of one or more, as UNHCR's own"
                " reports then did.",
                number=say_number(persons),
                number_2=say_number(cases),
            )
        case v.SubstantiveOnly(every=every):
            with_closed = _("; with those it is {number}", number=say_number(every)) if every else ""
            return _(
                "It leaves out the claims that were otherwise closed{with_closed}.", with_closed=with_closed
            )
        case v.RepeatsIncluded():
            return _(
                "It counts repeat claims too, as national offices do; UNHCR's headlines count new ones alone."
            )


def _say_span(flaw: v.HalfYear | v.WholeYear | v.PartOfYear) -> str:
    match flaw:
        case v.PartOfYear(year=year, extent=extent, nature=Nature.STOCK):
            return _(
                "That is the stock of {span}, not of the end of {year}.",
                span=say_span(Nature.STOCK, extent),
                year=year,
            )
        case v.PartOfYear(year=year, extent=extent, nature=nature, of_cases=of_cases):
            span = say_span(nature, extent, dated=extent.year != year)
            if of_cases:
                return _("Its cases are of {span} only, not all of {year}.", span=span, year=year)
            return _("That is {span} only, not all of {year}.", span=span, year=year)
        case v.HalfYear(year=year, nature=Nature.STOCK):
            return _("That is the stock on 30 June {year}, not on 31 December.", year=year)
        case v.HalfYear(year=year):
            return _("That is only January–June, not all of {year}.", year=year)
        case v.WholeYear(year=year, nature=Nature.STOCK):
            return _("That is the stock on 31 December {year}, not on 30 June.", year=year)
        case v.WholeYear(year=year):
            return _("That is all of {year}, not only January–June.", year=year)


_COUNTED_OTHERWISE: dict[type[v.Flaw], str] = phrases(
    {
        v.CasesNotPeople: "It counts cases, each of one or more persons, not people.",
        v.RepeatsIncluded: "It includes repeat claims and appeals, so it is not new applications alone.",
        v.FirstAlone: (
            "It leaves out the new applications of people who had been registered before (stage NR)."
        ),
        v.ComplementaryIncluded: (
            "It counts complementary protection too, not recognitions as refugees alone."
        ),
        v.OthersIncluded: "It adds others in need of international protection to the refugees.",
        v.SeekersIncluded: "It adds asylum-seekers, whose claims are pending, to the refugees.",
        v.ClosedIncluded: "That is a share of all decisions, the otherwise closed ones among them.",
        v.OtherLevel: (
            "The text speaks of first instance; the figure is that of all levels, appeals among them."
        ),
        v.NotArrivals: "That is a stock, all who were there on that day, not those who came in the year.",
        v.StocksSummed: (
            "A sum of yearly stocks is no number of people: whoever waits for years is counted again in each."
        ),
    }
)


def _say_other_measure(flaw: v.OtherMeasure) -> str:
    match flaw:
        case v.OtherMeasure(said=said, measure=Measure.PENDING) if said in _APPLYING:
            return _("That is a stock, everyone waiting on that day, not the people who applied in the year.")
        case v.OtherMeasure(said=Term.PENDING, measure=Measure.APPLICATIONS | Measure.ALL_STAGES):
            return _("Those are applications made during the year, not the claims pending at its end.")
        case v.OtherMeasure(
            said=Term.REFUGEES, measure=Measure.PENDING | Measure.APPLICATIONS | Measure.ALL_STAGES
        ):
            return _("These people asked for asylum; that does not make them refugees yet.")
        case v.OtherMeasure(said=said, measure=measure):
            figure = SUBJECTS_WITHIN[measure]
            figure = _("the {figure}", figure=figure) if measure.nature is Nature.RATE else figure
            return _("The text speaks of {said}; the figure is {figure}.", said=SAID[said], figure=figure)


def is_about_a_stock(flaw: v.Flaw) -> bool:
    """Say whether a text took those who wait for those who applied."""
    return isinstance(flaw, v.OtherMeasure) and flaw.measure is Measure.PENDING and flaw.said in _APPLYING
