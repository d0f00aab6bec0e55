"""Each caveat as one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.languages import _, digits, name, phrases
from bot.replies.coverage import say_coverage, say_repeated
from bot.replies.groups import say_members
from bot.words import capitalise, say_list, say_number, say_share, say_tally, say_value, say_years
from bot.words.measures import NAMES_WITHIN, SUBJECTS_WITHIN, say_place
from data import caveats as c
from data.coverage import Remark
from data.model import Measure, Nature, Place
from data.statistics import CarriedForward

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.model import Area


RATES = phrases(
    {
        Measure.RECOGNITION_RATE: (
            "The Refugee Recognition Rate is the share of recognised refugees among substantive"
            " decisions{of}; claims “otherwise closed”, without such a decision, do not count."
        ),
        Measure.PROTECTION_RATE: (
            "The Total Protection Rate is the share of recognised refugees and complementary protection,"
            " the Refugee Recognition Rate that of recognised refugees alone, among substantive"
            " decisions{of}; claims “otherwise closed”, without such a decision, do not count."
        ),
        Measure.REJECTION_RATE: (
            "The Rejection Rate is the share of rejected claims among substantive decisions{of}; claims"
            " “otherwise closed”, without such a decision, do not count."
        ),
    }
)


WHO = phrases(
    {
        Measure.REFUGEES: (
            "Refugees are those under UNHCR's mandate, people in refugee-like situations included; Palestine"
            " refugees under UNRWA's mandate and people whose claims are pending are not among them."
        ),
        Measure.OTHERS_IN_NEED: (
            "These are people who need protection abroad but are neither refugees nor asylum-seekers in"
            " UNHCR's"
            " count, nearly all of them Venezuelans; they are counted since 2018."
        ),
        Measure.DISPLACED: (
            "Counted are only the internally displaced people whom UNHCR protects or assists, not all"
            " there are."
        ),
        Measure.STATELESS: (
            "Many countries report no stateless people, or only some of them, and some are refugees as well."
        ),
        Measure.RETURNED_REFUGEES: (
            "These are returns during the year that UNHCR knows of, often estimated, and later revised by"
            " much;"
            " deportations of people who were no refugees are not among them."
        ),
        Measure.RETURNED_DISPLACED: (
            "These are returns during the year of people whom UNHCR protected; many of them are estimates."
        ),
        Measure.RESETTLED: (
            "These are arrivals during the year as countries report them, with UNHCR's help or without;"
            " they do not tell how many were offered a place."
        ),
        Measure.NATURALISED: (
            "Few countries report how many refugees they naturalise, so that a sum over countries is far"
            " too low."
        ),
    }
)
"""Whom a population or a solution counts."""


def say_caveat(caveat: c.Caveat) -> str:
    """Say what the figure does not mean, in one sentence without jargon."""
    match caveat:
        case (
            c.PartialYear()
            | c.PartInTotal()
            | c.SmallParts()
            | c.SeriesBreak()
            | c.NotOneSeries()
            | c.OriginUnknown()
            | Remark()
        ):
            return say_coverage(caveat)
        case (
            c.StockNotFlow()
            | c.MidYear()
            | c.NotReported()
            | CarriedForward()
            | c.StageUnknown()
            | c.CompletedNotCorrected()
            | c.LessThanHalf()
            | c.HalfYearLeftOut()
        ):
            return _say_about_time(caveat)
        case (
            c.WhoIsCounted()
            | c.OthersApart()
            | c.UnitsApart()
            | c.UnitsChanged()
            | c.CasesBeside()
            | c.StagesTogether()
            | c.NotCountries()
            | c.PartlyCounted()
            | c.NoInhabitants()
        ):
            return _say_about_scope(caveat)
        case c.CasesOnMap() | c.NotOnMap() | c.BoundariesNoOpinion():
            return _say_about_maps(caveat)
        case c.GroupMeant() | c.MembersInCases() | c.WithinGroup() | c.PartBeside() | c.PerInhabitant():
            return _say_about_groups(caveat)
        case c.NotReportedOfSome() | c.CasesNotCompared():
            return _say_about_comparisons(caveat)
        case c.LevelsTogether() | c.OnlyFirstInstance() | c.CasesNotDrawn():
            return _say_about_decisions(caveat)
        case (
            c.SplitOff() | c.Independent() | c.Dissolved() | c.CountedApart() | c.OwnOrigin() | c.UnrwaApart()
        ):
            return say_territory(caveat)
        case c.RateMeaning() | c.TooFewDecisions() | c.SmallCounts() | c.SmallBase() | c.ZerosOnLogScale():
            return _say_about_size(caveat)
        case _:
            assert_never(caveat)


def _say_about_time(
    caveat: c.StockNotFlow
    | c.MidYear
    | c.NotReported
    | CarriedForward
    | c.StageUnknown
    | c.CompletedNotCorrected
    | c.LessThanHalf
    | c.HalfYearLeftOut,
) -> str:
    match caveat:
        case c.StockNotFlow():
            return _(
                "Pending claims are a stock: everyone who was waiting on that day, whenever they applied;"
                " it is not the number who applied in the year, and stocks of several years must not be"
                " added."
            )
        case c.MidYear(year=year, nature=Nature.STOCK):
            return _(
                "The {year} figure is a mid-year one, of 30 June; the year-end figure will replace it.",
                year=year,
            )
        case c.MidYear(year=year):
            return _(
                "The figures for {year} are mid-year ones: applications and decisions cover January–June"
                " only, claims waiting for a decision are those of 30 June, and half a year is not"
                " compared with a whole one.",
                year=year,
            )
        case c.NotReported():
            return _say_not_reported(caveat)
        case CarriedForward():
            return _say_carried_forward(caveat)
        case c.CompletedNotCorrected(year=year):
            return _(
                "“Completed” means that the year-end figure for {year} took the place of the mid-year"
                " one; the mid-year figure was not wrong, it covered half a year or stood on 30 June.",
                year=year,
            )
        case c.LessThanHalf(measure=measure, year=year):
            return _(
                "UNHCR's figure of {measure} for the whole of {year} is smaller than the one for"
                " January–June, so the two do not count the same.",
                measure=NAMES_WITHIN[measure],
                year=year,
            )
        case c.HalfYearLeftOut(year=year):
            return _("January–June {year} is half a year: it is in no mean, total or range here.", year=year)
        case c.StageUnknown(last_year=last):
            return _(
                "Up to {last}, most countries did not report new applications apart from repeat ones, so"
                " no total of new applications is given for those years.",
                last=last,
            )
        case _:
            assert_never(caveat)


def _say_not_reported(caveat: c.NotReported) -> str:
    measure, year = caveat.measure, caveat.year
    named = ", ".join(
        _(
            "{country} ({amount} in {year})",
            country=country,
            amount=say_tally(measure, tally),
            year=year - 1,
        )
        for country, tally in caveat.countries
    )
    if caveat.final:
        return _(
            "No {what} for {year} are published where there were many the year before: {named}.",
            what=SUBJECTS_WITHIN[measure],
            year=year,
            named=named,
        )
    return _(
        "No {what} for {year} are reported yet where there were many the year before: {named}.",
        what=SUBJECTS_WITHIN[measure],
        year=year,
        named=named,
    )


def _say_about_scope(
    caveat: c.WhoIsCounted
    | c.OthersApart
    | c.UnitsApart
    | c.UnitsChanged
    | c.CasesBeside
    | c.StagesTogether
    | c.NotCountries
    | c.PartlyCounted
    | c.NoInhabitants,
) -> str:
    match caveat:
        case c.WhoIsCounted(measure=measure):
            return WHO[measure]
        case c.OthersApart(year=year, value=value):
            return _(
                "Others in need of protection are counted apart: {number} in {year}.",
                number=say_number(value),
                year=year,
            )
        case c.UnitsApart():
            return _(
                "Some figures count cases; a case holds one or more persons, so the two are never added."
            )
        case c.UnitsChanged(year=year, before=before):
            since = before or year - 1
            return _(
                "No change since {since} is given, because part of these years was counted in cases.",
                since=since,
            )
        case c.CasesBeside(year=year, countries=countries):
            named = ", ".join(
                f"{_name_or_world(country)} {say_number(value)}" for country, value in countries
            )
            return _(
                "Beside these persons there are figures in cases, which cannot be added ({year}): {named}.",
                year=year,
                named=named,
            )
        case c.StagesTogether():
            return _(
                "All stages include repeat claims and appeals, so one person may be counted several times."
            )
        case c.NotCountries(measure=measure, entries=entries):
            named = ", ".join(f"{name(country)} ({say_tally(measure, tally)})" for country, tally in entries)
            return _("Not ranked, since these are no countries: {named}.", named=named)
        case c.PartlyCounted(years=years, missing=missing):
            named = ", ".join(
                _(
                    "{country} ({years} of {years_2} years)",
                    country=country,
                    years=years - count,
                    years_2=years,
                )
                for country, count in missing
            )
            return _("Not every year has a figure, so some sums are of fewer: {named}.", named=named)
        case c.NoInhabitants(countries=countries):
            return _(
                "Not ranked, as their inhabitants are not known: {join_areas}.",
                join_areas=join_areas(countries),
            )
        case _:
            assert_never(caveat)


def _say_carried_forward(caveat: CarriedForward) -> str:
    whose = say_place(Place(caveat.origin, caveat.country))
    if caveat.origin is None and caveat.measure is Measure.PENDING:
        whose = _("for {country:text}", country=caveat.country)
    return _(
        "The {measure} of {year} {whose}, {value}, are exactly {repeated}: the figure was probably"
        " carried forward, not counted anew.",
        measure=NAMES_WITHIN[caveat.measure],
        year=caveat.year,
        whose=whose,
        value=digits(f"{caveat.value:,}"),
        repeated=say_repeated(caveat),
    )


def _say_about_groups(
    caveat: c.GroupMeant | c.MembersInCases | c.WithinGroup | c.PartBeside | c.PerInhabitant,
) -> str:
    match caveat:
        case c.GroupMeant(group=group, year=year):
            return _(
                "{text} here: {members}.",
                text=capitalise(name(group, "text")),
                members=say_members(group, year),
            )
        case c.MembersInCases(measure=measure, year=year, countries=countries):
            named = ", ".join(f"{name(country)} {say_number(value)}" for country, value in countries)
            return _(
                "Some members count {measure} in cases, which are never added to persons (cases in"
                " {year}: {named}).",
                measure=NAMES_WITHIN[measure],
                year=year,
                named=named,
            )
        case c.WithinGroup(group=group, measure=measure, year=year, value=value, share=share):
            return _(
                "Of the {measure} of {year}, {number} ({share}) are of people from {group:text} in"
                " {group:text}: what is between members is counted too.",
                measure=NAMES_WITHIN[measure],
                year=year,
                number=say_number(value),
                share=say_share(share),
                group=group,
            )
        case c.PartBeside(group=group, parts=parts):
            return _(
                "The figures of {join_areas} are part of those of {group:text}.",
                join_areas=join_areas(parts),
                group=group,
            )
        case c.PerInhabitant(areas=areas, since=since):
            told = [DENOMINATORS[area.code] for area in areas if area and area.code in DENOMINATORS]
            told += (
                [_("known from {since} on, so earlier figures are left out", since=since)] if since else []
            )
            also = _("; {list}", list="; ".join(told)) if told else ""
            return _(
                "Inhabitants are those of 1 July of each year as the United Nations estimate them,"
                " refugees included, and good for two digits{also}.",
                also=also,
            )
        case _:
            assert_never(caveat)


"""Whose list of members a group's is."""


DENOMINATORS = phrases(
    {
        "FRA": "France's include the overseas departments, as its claims do",
        "SRB": "those of Serbia and Kosovo are taken together, as their claims are",
        "SUD": "up to 2010 Sudan's include South Sudan's",
        "MDA": "Moldova's include Transnistria, which its own office does not count",
    }
)
"""Whose inhabitants are not what one might think."""


def _say_about_comparisons(caveat: c.NotReportedOfSome | c.CasesNotCompared) -> str:
    match caveat:
        case c.NotReportedOfSome(measure=measure, year=year, missing=missing, final=final):
            named = ", ".join(
                f"{name(country)} ({', '.join(name(origin) for origin in origins)})"
                for country, origins in missing
            )
            what = SUBJECTS_WITHIN[measure]
            if final:
                return _(
                    "No {what} for {year} are published in countries that had many the year before, so"
                    " the lines of the origins in brackets end too low: {named}.",
                    what=what,
                    year=year,
                    named=named,
                )
            return _(
                "No {what} for {year} are reported yet in countries that had many the year before, so the"
                " lines of the origins in brackets end too low: {named}.",
                what=what,
                year=year,
                named=named,
            )
        case c.CasesNotCompared(measure=measure, newest=newest):
            named = ", ".join(
                f"{_name_or_world(country)} {say_value(measure, value)} ({year})"
                for country, year, value in newest
            )
            return _(
                "Figures in cases are left out of this comparison, as they cannot be added to persons;"
                " the newest: {named}.",
                named=named,
            )
        case _:
            assert_never(caveat)


def _say_about_decisions(caveat: c.LevelsTogether | c.OnlyFirstInstance | c.CasesNotDrawn) -> str:
    match caveat:
        case c.LevelsTogether():
            return _(
                "Decisions of all levels are counted together, so a person whose appeal or review was"
                " decided as well is counted once at each."
            )
        case c.OnlyFirstInstance():
            return _(
                "First instance is what UNHCR publishes under that level; the USA, and in some years"
                " others such as Germany, publish their first decisions under other levels, which are"
                " left out here."
            )
        case c.CasesNotDrawn(years=years, last=last):
            when = say_years(years)
            now = "" if last in years else _(", none of them in {last}", last=last)
            return _(
                "Some decisions were counted in cases ({when}{now}): the table has them, the picture"
                " leaves them out, and persons and cases are never added.",
                when=when,
                now=now,
            )
        case _:
            assert_never(caveat)


def _say_about_maps(caveat: c.CasesOnMap | c.NotOnMap | c.BoundariesNoOpinion) -> str:
    match caveat:
        case c.CasesOnMap(year=year, countries=countries):
            named = ", ".join(f"{name(country)} {say_number(value)}" for country, value in countries)
            return _(
                "Countries are coloured by persons, and hatched where there are only cases, which are"
                " never added to persons (cases in {year}: {named}).",
                year=year,
                named=named,
            )
        case c.NotOnMap(measure=measure, entries=entries):
            named = ", ".join(f"{name(country)} ({say_tally(measure, tally)})" for country, tally in entries)
            return _("Counted, but not on the map: {named}.", named=named)
        case c.BoundariesNoOpinion():
            return _(
                "The boundaries and names on the map imply no opinion on the status of any territory;"
                " Kosovo is coloured with Serbia, as UNHCR counts the two together."
            )
        case _:
            assert_never(caveat)


def _say_about_size(
    caveat: c.RateMeaning | c.TooFewDecisions | c.SmallCounts | c.SmallBase | c.ZerosOnLogScale,
) -> str:
    match caveat:
        case c.RateMeaning(measure=measure, year=year, substantive=substantive):
            of = (
                _(" ({amount} in {year})", amount=say_tally(Measure.DECISIONS, substantive), year=year)
                if substantive
                else ""
            )
            return RATES.say(measure, of=of)
        case c.TooFewDecisions(least=least):
            return _(
                "No rate is given where there were fewer than {least} substantive decisions.",
                least=digits(f"{least:,}"),
            )
        case c.SmallCounts():
            return _(
                "UNHCR rounds counts of 1–4 to 0 or 5, so small figures, zeros among them, are approximate."
            )
        case c.SmallBase(least=least):
            return _("No percentage change is given where the earlier figure is below {least}.", least=least)
        case c.ZerosOnLogScale():
            return _("A log scale cannot show zeros; those years are left out of the line.")
        case _:
            assert_never(caveat)


def say_territory(
    caveat: c.SplitOff | c.Independent | c.Dissolved | c.CountedApart | c.OwnOrigin | c.UnrwaApart,
) -> str:
    """Say in one sentence which territory a figure is of."""
    match caveat:
        case c.SplitOff(whole=whole, part=part, year=year):
            return _(
                "Up to {year}, figures on {whole:text} include {part:text}, which is counted on its own"
                " from {year_2}.",
                year=year - 1,
                whole=whole,
                part=part,
                year_2=year,
            )
        case c.Independent(whole=whole, part=part, year=year):
            return _(
                "{text} became independent in {year}; before that, its people may be counted as those of"
                " {whole:text}.",
                text=capitalise(name(part, "text")),
                year=year,
                whole=whole,
            )
        case c.Dissolved(former=former, parts=parts, year=year):
            return _(
                "Figures on {join_areas} begin in {year}, when {former} were dissolved, on which UNHCR's"
                " tables have none.",
                join_areas=join_areas(parts),
                year=year,
                former=former,
            )
        case c.CountedApart(whole=whole, parts=parts):
            return _(
                "{join_areas} are counted apart from {whole:text}.",
                join_areas=capitalise(join_areas(parts)),
                whole=whole,
            )
        case c.UnrwaApart():
            return _(
                "Palestine refugees under UNRWA's mandate, in Gaza, the West Bank, Jordan, Lebanon and"
                " Syria, are not in this figure."
            )
        case c.OwnOrigin(country=country):
            return _(
                "Asylum is sought abroad: entries of people from {country:text} in {country:text} are"
                " few, probably slips in reporting, and UNHCR does not explain them.",
                country=country,
            )
        case _:
            assert_never(caveat)


def join_areas(countries: Iterable[Area]) -> str:
    """Name countries or groups: “Germany, France and Italy”."""
    return say_list(name(country, "text") for country in countries)


def _name_or_world(country: Area | None) -> str:
    return name(country) if country else _("World")
