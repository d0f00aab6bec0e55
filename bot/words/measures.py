"""What measures are called, alone and of a place; and what stands before the place."""

from __future__ import annotations

from dataclasses import replace

from bot.languages import _, name, ngettext, pgettext, phrases
from data.model import (
    Area,
    Dataset,
    Measure,
    Place,
    Role,
)

NAMES: dict[Measure, str] = phrases(
    {
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
)
"""What a table or a list calls each measure."""


SUBJECTS: dict[Measure, str] = phrases(
    {
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
)
"""What a heading calls each measure."""


NAMES_WITHIN: dict[Measure, str] = phrases(
    {
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
)
"""What a list calls each measure within a sentence; rates have proper names."""


SUBJECTS_WITHIN: dict[Measure, str] = phrases(
    {
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
)
"""What a sentence calls each measure."""


_WAYS: dict[Measure, tuple[str, str]] = {
    Measure.REFUGEES: ("from", "living in"),
    Measure.RETURNED_REFUGEES: ("to", "from"),
    Measure.RESETTLED: ("from", "to"),
}
"""What stands before the origin and the country of asylum, where that is not “from” and “in”."""


_BECAME: dict[Measure, str] = phrases(
    {
        Measure.RESETTLED: "Refugees{origin} resettled{asylum}",
        Measure.NATURALISED: "Refugees{origin} naturalised{asylum}",
    }
)
"""What became of refugees: it stands behind where they come from."""


_BECAME_WITHIN: dict[Measure, str] = phrases(
    {
        Measure.RESETTLED: "refugees{origin} resettled{asylum}",
        Measure.NATURALISED: "refugees{origin} naturalised{asylum}",
    }
)
"""The same within a sentence."""


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


def say_origin(country: Area, whence: str = "from") -> str:
    """Write where people come from: “from China”."""
    return name(country, whence) if country.is_country else _("listed as “{country}”", country=country)


def say_place(place: Place, of: Measure | None = None) -> str:
    """Write a place within a sentence, as a measure has it: “from China in the USA”, “worldwide”."""
    whence, where = _WAYS.get(of, ("from", "in")) if of else ("from", "in")
    origin = say_origin(place.origin, whence) if place.origin else ""
    asylum = name(place.asylum, where) if place.asylum else ""
    return " ".join(part for part in (origin, asylum) if part) or _("worldwide")


def say_subject(measure: Measure, place: Place, *, within: bool = False) -> str:
    """Head a measure of a place, or name it `within` a sentence: “New asylum applications in Egypt”."""
    if measure is Measure.PENDING:
        everywhere = "" if place.origin else f" {_('worldwide')}"
        return say_counted(measure, place, everywhere, within=within)
    if measure in _BECAME:
        whence = f" {say_place(replace(place, asylum=None), measure)}" if place.origin else ""
        where = (
            "" if place.origin and not place.asylum else f" {say_place(replace(place, origin=None), measure)}"
        )
        words = (_BECAME_WITHIN if within else _BECAME)[measure]
        return words.format(origin=whence, asylum=where)
    subject = (SUBJECTS_WITHIN if within else SUBJECTS)[measure]
    if place.origin and measure in _OF_DECISIONS:
        return _("{subject} for people {place}", subject=subject, place=say_place(place, measure))
    return pgettext("counted where", "{subject} {place}", subject=subject, place=say_place(place, measure))


_COUNTED: dict[Measure, str] = phrases(
    {
        Measure.PENDING: "People{origin} waiting for a decision{asylum}",
        Measure.RECOGNISED: "People{origin} recognised as refugees{asylum}",
        Measure.COMPLEMENTARY: "People{origin} given complementary protection{asylum}",
        Measure.RECOGNITION_RATE: "Share of decisions on people{origin}{asylum} that recognised a refugee",
        Measure.PROTECTION_RATE: "Share of decisions on people{origin}{asylum} that gave protection",
        Measure.REJECTION_RATE: "Share of decisions on people{origin}{asylum} that rejected the claim",
    }
)
"""What an answer calls a measure in everyday words, where that is not its heading."""


_COUNTED_WITHIN: dict[Measure, str] = phrases(
    {
        Measure.PENDING: "people{origin} waiting for a decision{asylum}",
        Measure.RECOGNISED: "people{origin} recognised as refugees{asylum}",
        Measure.COMPLEMENTARY: "people{origin} given complementary protection{asylum}",
        Measure.RECOGNITION_RATE: "share of decisions on people{origin}{asylum} that recognised a refugee",
        Measure.PROTECTION_RATE: "share of decisions on people{origin}{asylum} that gave protection",
        Measure.REJECTION_RATE: "share of decisions on people{origin}{asylum} that rejected the claim",
    }
)
"""The same within a sentence."""


def name_role(measure: Measure, role: Role, count: int = 1) -> str:
    """Name what is ranked or mapped: one origin or country of asylum, or several.

    Displaced and stateless people are in their own country, and the resettled in the one that took them.
    """
    own_country = len(measure.row.sides) == 1
    arrival = measure.row.dataset is Dataset.SOLUTIONS and role is Role.ASYLUM
    if own_country or arrival:
        return ngettext("country", "countries", count)
    return name_sides(role, count)


def name_sides(role: Role, count: int) -> str:
    """Name a side of a claim: one origin or country of asylum, or several."""
    if role is Role.ORIGIN:
        return ngettext("origin", "origins", count)
    return ngettext("country of asylum", "countries of asylum", count)


def say_counted(
    measure: Measure, place: Place, everywhere: str | None = None, *, within: bool = False
) -> str:
    """Begin an answer with what is counted where: “People from China waiting for a decision in the USA”."""
    everywhere = f" {_('worldwide')}" if everywhere is None else everywhere
    words = (_COUNTED_WITHIN if within else _COUNTED).get(measure)
    if words is None and place == Place():
        return f"{(SUBJECTS_WITHIN if within else SUBJECTS)[measure]}{everywhere}"
    if words is None:
        return say_subject(measure, place, within=within)
    origin = f" {say_origin(place.origin)}" if place.origin else ""
    asylum = f" {name(place.asylum, 'in')}" if place.asylum else everywhere
    return words.format(origin=origin, asylum=asylum)


def name_place(place: Place) -> str:
    """Name a place for a label: “China → USA”, “Germany”, “World”."""
    names = [name(country) for country in (place.origin, place.asylum) if country]
    return " → ".join(names) or _("World")
