"""How figures were made: what UNHCR notes of a country and year, in a sentence."""

from __future__ import annotations

from bot.languages import _, digits, phrases
from bot.words import say_list
from bot.words.measures import SUBJECTS_WITHIN
from data.coverage import CoverageKind, Remark, headline_of
from data.model import Measure

TABLES = phrases(
    {
        Measure.PENDING: "claims waiting for a decision",
        Measure.APPLICATIONS: "applications",
        Measure.DECISIONS: "decisions",
    }
)
"""What is said of a measure beside others; the rest go by their names."""


def say_remark(remark: Remark) -> str:
    """Say what UNHCR notes of a country and year."""
    dated = remark.kind in (CoverageKind.OLDER_COUNT, CoverageKind.CUMULATIVE)
    figure = "" if remark.figure is None else digits(f"{remark.figure:{'.0f' if dated else ',.10g'}}")
    what = say_list(
        dict.fromkeys(TABLES.get(of) or SUBJECTS_WITHIN[of] for of in map(headline_of, remark.measures))
    )
    told = REMARKS.say(remark.kind, figure=figure, who=remark.country, what=what)
    return _("UNHCR notes for {year}: {told}.", year=remark.year, told=told)


REMARKS = phrases(
    {
        CoverageKind.PERSONS_PER_CASE: (
            "where {who:text} reported cases, each stood for {figure} persons on average over all origins"
            " together"
        ),
        CoverageKind.NONE_RECEIVED: "{who:text} took no new applications, as its offices were closed",
        CoverageKind.ESTIMATED: "the figures on {what} for {who:text} are estimates",
        CoverageKind.SPLIT_ESTIMATED: (
            "{who:text} gave one figure for refugees and asylum-seekers; how they divide is an estimate"
        ),
        CoverageKind.AWAITING_REGISTRATION: (
            "{figure} more people in {who:text} were waiting to be registered"
        ),
        CoverageKind.ARRIVALS_REPORTED: (
            "the government of {who:text} speaks of {figure} arrivals from Sudan, more than are in these"
            " figures"
        ),
        CoverageKind.MAX_AT_RISK: (
            "in {who:text} only asylum-seekers at acute risk are registered; some {figure} others are not"
            " counted"
        ),
        CoverageKind.REDACTED: "small figures of {who:text} were left out to protect people's data",
        CoverageKind.APPOINTMENTS: "in {who:text}, some who had only an appointment to apply are counted",
        CoverageKind.REMOVAL_ASSESSMENTS: (
            "the figures of {who:text} include claims assessed before a removal"
        ),
        CoverageKind.DEPARTED_INCLUDED: "the figures of {who:text} include people who have left since",
        CoverageKind.INDIVIDUALLY_ASSESSED: (
            "{who:text} assesses each claim by itself, no longer recognising groups without it"
        ),
        CoverageKind.UNREGISTERED: (
            "the figure of {who:text} includes {figure} people who could not be registered yet"
        ),
        CoverageKind.OTHER_SOURCE: "the asylum figures of {who:text} come from other official statistics",
        CoverageKind.VISA_APPLICATIONS: (
            "claims waiting for a decision in {who:text} are counted as applications for protection visas"
        ),
        CoverageKind.MANDATE_ONLY: (
            "only people from {who:text} under UNHCR's own mandate are counted, not UNRWA's"
        ),
        CoverageKind.COUNTRY_OF_BIRTH: (
            "some countries record where people were born, which puts too many under {who:text} as an origin"
        ),
        CoverageKind.SAID_TO_BE_MID_YEAR: (
            "the figures of {who:text} are as of the middle of the year, though its mid-year release had"
            " others"
        ),
        CoverageKind.PARTLY_EARLIER: "part of the figure for {who:text} is of an earlier year",
        CoverageKind.OLDER_COUNT: "the figure for {who:text} rests on a count of {figure}",
        CoverageKind.CUMULATIVE: (
            "those in {who:text} are all registered since {figure} who are still entitled to aid"
        ),
        CoverageKind.KNOWN_ONLY: "only some of the stateless people in {who:text} are known and counted",
        CoverageKind.MORE_REPORTED: (
            "the government of {who:text} speaks of {figure} people, more than are in these figures"
        ),
        CoverageKind.PERMANENT_RESIDENCE: (
            "as naturalised in {who:text} are counted refugees who were given permanent residence"
        ),
        CoverageKind.DEPARTURES: "arrivals in {who:text} are counted by departures that UNHCR knows of",
        CoverageKind.TEMPORARY_PROTECTION_BESIDE: (
            "people from {who:text} with temporary protection may have applied for asylum as well"
        ),
    }
)
"""How figures were made, in a sentence that follows the year."""
