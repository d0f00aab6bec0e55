"""What a text got wrong about a number, each in one sentence."""

from __future__ import annotations

from typing import assert_never

from bot.words import SUBJECTS, name_place
from data.claims import verdicts as v
from data.claims.claim import Saying
from data.model import Measure, Nature

SAID = {
    Saying.APPLIED: "people who applied",
    Saying.APPLICATIONS: "applications",
    Saying.NEW: "new applications",
    Saying.PENDING: "pending claims",
    Saying.CLAIMS: "claims",
    Saying.SEEKERS: "asylum-seekers",
    Saying.REFUGEES: "refugees",
    Saying.DECIDED: "decisions",
    Saying.RECOGNISED: "recognitions as refugees",
    Saying.PROTECTED: "people given protection",
    Saying.COMPLEMENTARY: "complementary protection",
    Saying.REJECTED: "rejections",
    Saying.CLOSED: "closed claims",
    Saying.NOTHING: "nothing certain",
}
"""What a text said of its number."""

_APPLYING = frozenset({Saying.APPLIED, Saying.APPLICATIONS, Saying.NEW})


def say_flaw(flaw: v.Flaw, *, again: bool = False) -> str:
    """Say it; `again`: what a stock is was said already."""
    if again and is_about_a_stock(flaw):
        return "Again a stock, not applications."
    match flaw:
        case v.OtherMeasure():
            return _say_other_measure(flaw)
        case v.HalfYear() | v.WholeYear():
            return _say_span(flaw)
        case v.OtherYear(year=year):
            return f"The text names another year than {year}."
        case v.OtherPlace(place=place):
            of = "of all origins together, not of one" if place.origin is None else ""
            return (
                f"That is the figure for {name_place(place)} {of or 'in all countries together, not in one'}."
            )
        case v.SidesSwapped(place=place):
            return f"Origin and country of asylum are swapped: the figure is {name_place(place)}."
        case (
            v.CasesNotPeople() | v.RepeatsIncluded() | v.OtherLevel() | v.ClosedIncluded() | v.StocksSummed()
        ):
            return _COUNTED_OTHERWISE[type(flaw)]
        case _:
            assert_never(flaw)


def _say_span(flaw: v.HalfYear | v.WholeYear) -> str:
    match flaw:
        case v.HalfYear(year=year, nature=Nature.STOCK):
            return f"That is the stock on 30 June {year}, not on 31 December."
        case v.HalfYear(year=year):
            return f"That is only January–June, not all of {year}."
        case v.WholeYear(year=year, nature=Nature.STOCK):
            return f"That is the stock on 31 December {year}, not on 30 June."
        case v.WholeYear(year=year):
            return f"That is all of {year}, not only January–June."


_COUNTED_OTHERWISE: dict[type[v.Flaw], str] = {
    v.CasesNotPeople: "It counts cases, each of one or more persons, not people.",
    v.RepeatsIncluded: "It includes repeat claims and appeals, so it is not new applications alone.",
    v.ClosedIncluded: "That is a share of all decisions, the otherwise closed ones among them.",
    v.OtherLevel: "The text speaks of first instance; the figure is that of all levels, appeals among them.",
    v.StocksSummed: (
        "A sum of yearly stocks is no number of people: whoever waits for years is counted again in each."
    ),
}


def _say_other_measure(flaw: v.OtherMeasure) -> str:
    match flaw:
        case v.OtherMeasure(said=said, measure=Measure.PENDING) if said in _APPLYING:
            return "That is a stock, everyone waiting on that day, not the people who applied in the year."
        case v.OtherMeasure(said=Saying.PENDING, measure=Measure.APPLICATIONS | Measure.ALL_STAGES):
            return "Those are applications made during the year, not the claims pending at its end."
        case v.OtherMeasure(said=Saying.REFUGEES):
            return "These people asked for asylum; that does not make them refugees yet."
        case v.OtherMeasure(said=said, measure=measure):
            subject = SUBJECTS[measure]
            return f"The text speaks of {SAID[said]}; the figure is {subject[0].lower()}{subject[1:]}."


def is_about_a_stock(flaw: v.Flaw) -> bool:
    """Say whether a text took those who wait for those who applied."""
    return isinstance(flaw, v.OtherMeasure) and flaw.measure is Measure.PENDING and flaw.said in _APPLYING
