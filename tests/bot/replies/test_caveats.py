"""Each caveat is one sentence, in plain words."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from bot.replies.caveats import say_caveat
from data import caveats as c
from data.model import Measure, Nature, Tally
from data.statistics import CarriedForward
from tests.bot.replies.coverage_caveats import ON_COVERAGE
from tests.data.countries.atlases import atlas
from tests.nonsense import check_harmless

USA, CHINA, UNKNOWN = (atlas().find(name) for name in ("USA", "China", "Unknown origin"))
SERBIA, MONTENEGRO, INDONESIA, TIMOR = (
    atlas().find(name) for name in ("Serbia", "Montenegro", "Indonesia", "Timor-Leste")
)
CURACAO, SINT_MAARTEN, BONAIRE, HONG_KONG, MACAU = (
    atlas().find(name) for name in ("Curaçao", "Sint Maarten", "Bonaire", "Hong Kong", "Macau")
)

NORDIC, AFRICA, GERMANY, MOLDOVA = (
    atlas().find(name) for name in ("Nordic countries", "Africa", "Germany", "Moldova")
)

SAID: list[tuple[c.Caveat, str]] = [
    (
        c.GroupMeant(NORDIC, 2025),
        (
            "The Nordic countries here: the 5 countries that are mostly meant: Denmark, Finland, Iceland, Norway,"
            " Sweden."
        ),
    ),
    (
        c.MembersInCases(Measure.DECISIONS, 2019, ((GERMANY, 3_000),)),
        (
            "Some members count decisions in cases, which are never added to persons (cases in 2019:"
            " Germany 3,000)."
        ),
    ),
    (
        c.WithinGroup(AFRICA, Measure.PENDING, 2025, 1_926_442, 0.771),
        (
            "Of the pending claims of 2025, 1,926,442 (77.1%) are of people from Africa in Africa: what is"
            " between members is counted too."
        ),
    ),
    (
        c.PartBeside(AFRICA, (GERMANY, MOLDOVA)),
        "The figures of Germany and Moldova are part of those of Africa.",
    ),
    (
        c.PerInhabitant(Measure.PENDING, (GERMANY, MOLDOVA)),
        (
            "Inhabitants are those of 1 July of each year as the United Nations estimate them, refugees included,"
            " and good for two digits; Moldova's include Transnistria, which its own office does not count."
        ),
    ),
    (
        c.StockNotFlow(),
        (
            "Pending claims are a stock: everyone who was waiting on that day, whenever they applied; it is not the"
            " number who applied in the year, and stocks of several years must not be added."
        ),
    ),
    (
        c.LessThanHalf(Measure.DECISIONS, 2024),
        (
            "UNHCR's figure of decisions for the whole of 2024 is smaller than the one for January–June, so the"
            " two do not count the same."
        ),
    ),
    (
        c.MidYear(2025, Nature.STOCK),
        "The 2025 figure is a mid-year one, of 30 June; the year-end figure will replace it.",
    ),
    (
        c.MidYear(2025, Nature.FLOW),
        (
            "The figures for 2025 are mid-year ones: applications and decisions cover January–June only, claims"
            " waiting for a decision are those of 30 June, and half a year is not compared with a whole one."
        ),
    ),
    (
        c.NotReported(Measure.APPLICATIONS, 2025, ((USA, Tally(729_105)),), final=False),
        (
            "No new asylum applications for 2025 are reported yet where there were many the year before:"
            " USA (729,105 persons in 2024)."
        ),
    ),
    (
        c.NotReported(Measure.ALL_STAGES, 2025, ((USA, Tally(None, 5000)), (CHINA, Tally(1200))), final=True),
        (
            "No asylum applications at all stages for 2025 are published where there were many the year before:"
            " USA (5,000 cases in 2024), China (1,200 persons in 2024)."
        ),
    ),
    (
        CarriedForward(USA, 147_909, 2025, 2024),
        (
            "The pending claims of 2025 for the USA, 147,909, are exactly those of 31 December 2024:"
            " the figure was probably carried forward, not counted anew."
        ),
    ),
    (
        c.OthersApart(2025, 2_810_778),
        "Others in need of protection are counted apart: 2,810,778 in 2025.",
    ),
    (
        c.OriginUnknown(Measure.PENDING, USA, 2025, Tally(10_494), Tally(1_437_190)),
        (
            "The USA gives no origin for many pending claims (1,437,190 persons) of 2025"
            " (2024: 10,494 persons); figures by origin leave them out, so a fall there may be no fall."
        ),
    ),
    (
        c.OriginUnknown(Measure.APPLICATIONS, USA, 2025, Tally(), Tally(203, 282_594)),
        (
            "The USA gives no origin for many new asylum applications (203 persons and 282,594 cases) of 2025"
            " (2024: none); figures by origin leave them out, so a fall there may be no fall."
        ),
    ),
    (
        c.UnitsApart(),
        "Some figures count cases; a case holds one or more persons, so the two are never added.",
    ),
    (
        c.UnitsChanged(2025),
        "No change since 2024 is given, because part of these years was counted in cases.",
    ),
    (
        c.UnitsChanged(2025, 2015),
        "No change since 2015 is given, because part of these years was counted in cases.",
    ),
    (
        c.PartlyCounted(6, ((USA, 2), (CHINA, 5))),
        "Not every year has a figure, so some sums are of fewer: USA (4 of 6 years), China (1 of 6 years).",
    ),
    (
        c.NoInhabitants((USA, CHINA)),
        "Not ranked, as their inhabitants are not known: the USA and China.",
    ),
    (
        c.CasesBeside(2025, ((USA, 282_594), (None, 8))),
        (
            "Beside these persons there are figures in cases, which cannot be added (2025):"
            " USA 282,594, World fewer than 10."
        ),
    ),
    (
        c.CasesNotCompared(Measure.APPLICATIONS, ((USA, 2025, 282_594), (None, 2020, 8))),
        (
            "Figures in cases are left out of this comparison, as they cannot be added to persons; the newest:"
            " USA 282,594 (2025), World fewer than 10 (2020)."
        ),
    ),
    (
        c.CasesNotCompared(Measure.PROTECTION_RATE, ((USA, 2025, 0.033),)),
        (
            "Figures in cases are left out of this comparison, as they cannot be added to persons; the newest:"
            " USA 3.3% (2025)."
        ),
    ),
    (
        c.NotReportedOfSome(Measure.APPLICATIONS, 2025, ((USA, (CHINA, UNKNOWN)),), final=False),
        (
            "No new asylum applications for 2025 are reported yet in countries that had many the year before,"
            " so the lines of the origins in brackets end too low: USA (China, Unknown origin)."
        ),
    ),
    (
        CarriedForward(USA, 147_909, 2025, 2024, CHINA),
        (
            "The pending claims of 2025 from China in the USA, 147,909, are exactly those of 31 December 2024: the figure"
            " was probably carried forward, not counted anew."
        ),
    ),
    (
        c.NotCountries(Measure.RECOGNITION_RATE, ((UNKNOWN, Tally(0.63)),)),
        "Not ranked, since these are no countries: Unknown origin (63.0%).",
    ),
    (
        c.NotCountries(Measure.PENDING, ((UNKNOWN, Tally(1_572_774)),)),
        "Not ranked, since these are no countries: Unknown origin (1,572,774 persons).",
    ),
    (
        c.RateMeaning(Measure.RECOGNITION_RATE, 2025, Tally(17_005, 5_226)),
        (
            "The Refugee Recognition Rate is the share of recognised refugees among substantive decisions"
            " (17,005 persons and 5,226 cases in 2025); claims “otherwise closed”, without such a decision,"
            " do not count."
        ),
    ),
    (
        c.TooFewDecisions(1000),
        "No rate is given where there were fewer than 1,000 substantive decisions.",
    ),
    (
        c.SmallCounts(),
        "UNHCR rounds counts of 1–4 to 0 or 5, so small figures, zeros among them, are approximate.",
    ),
    (c.SmallBase(50), "No percentage change is given where the earlier figure is below 50."),
    (
        c.LevelsTogether(),
        (
            "Decisions of all levels are counted together, so a person whose appeal or review was decided as well is"
            " counted once at each."
        ),
    ),
    (
        c.OnlyFirstInstance(),
        (
            "First instance is what UNHCR publishes under that level; the USA, and in some years others such as"
            " Germany, publish their first decisions under other levels, which are left out here."
        ),
    ),
    (
        c.CasesNotDrawn((2018, 2019, 2020, 2023), 2025),
        (
            "Some decisions were counted in cases (2018–2020 and 2023, none of them in 2025): the table has them, the"
            " picture leaves them out, and persons and cases are never added."
        ),
    ),
    (
        c.CasesOnMap(2025, ((USA, 282_594),)),
        (
            "Countries are coloured by persons, and hatched where there are only cases, which are never added to"
            " persons (cases in 2025: USA 282,594)."
        ),
    ),
    (
        c.NotOnMap(Measure.PENDING, ((UNKNOWN, Tally(1_572_774)),)),
        "Counted, but not on the map: Unknown origin (1,572,774 persons).",
    ),
    (
        c.BoundariesNoOpinion(),
        (
            "The boundaries and names on the map imply no opinion on the status of any territory; Kosovo is coloured"
            " with Serbia, as UNHCR counts the two together."
        ),
    ),
    *ON_COVERAGE,
    (
        c.HalfYearLeftOut(2025),
        "January–June 2025 is half a year: it is in no mean, total or range here.",
    ),
    (
        c.SplitOff(SERBIA, MONTENEGRO, 2006),
        "Up to 2005, figures on Serbia and Kosovo include Montenegro, which is counted on its own from 2006.",
    ),
    (
        c.Independent(INDONESIA, TIMOR, 2002),
        (
            "Timor-Leste became independent in 2002; before that, its people may be counted as those of"
            " Indonesia."
        ),
    ),
    (
        c.Dissolved("the Netherlands Antilles", (CURACAO, SINT_MAARTEN), 2010),
        (
            "Figures on Curaçao and Sint Maarten begin in 2010, when the Netherlands Antilles were dissolved, on"
            " which UNHCR's tables have none."
        ),
    ),
    (
        c.Dissolved("the Netherlands Antilles", (BONAIRE,), 2010),
        (
            "Figures on the Caribbean Netherlands begin in 2010, when the Netherlands Antilles were dissolved,"
            " on which UNHCR's tables have none."
        ),
    ),
    (
        c.WhoIsCounted(Measure.DISPLACED),
        "Counted are only the internally displaced people whom UNHCR protects or assists, not all there are.",
    ),
    (
        c.UnrwaApart(),
        (
            "Palestine refugees under UNRWA's mandate, in Gaza, the West Bank, Jordan, Lebanon and Syria, are not"
            " in this figure."
        ),
    ),
    (c.CountedApart(CHINA, (HONG_KONG, MACAU)), "Hong Kong and Macau are counted apart from China."),
    (
        c.OwnOrigin(USA),
        (
            "Asylum is sought abroad: entries of people from the USA in the USA are few, probably slips in"
            " reporting, and UNHCR does not explain them."
        ),
    ),
]


@pytest.mark.parametrize(("caveat", "sentence"), SAID, ids=lambda value: type(value).__name__)
def test_a_caveat_says_what_the_figure_does_not_mean(caveat: c.Caveat, sentence: str) -> None:
    assert say_caveat(caveat) == sentence


@pytest.mark.parametrize(
    "caveat",
    [
        *(caveat for caveat, _ in SAID),
        c.StageUnknown(2005),
        c.StagesTogether(),
        c.ZerosOnLogScale(),
        c.RateMeaning(Measure.PROTECTION_RATE, 2025),
        c.CompletedNotCorrected(2025),
    ],
    ids=lambda caveat: type(caveat).__name__,
)
def test_a_caveat_is_one_harmless_sentence(caveat: c.Caveat) -> None:
    said = say_caveat(caveat)

    assert said.lstrip("“")[0].isupper()
    assert said.endswith(".")
    assert not re.search(r"[.?!] [A-Z]|\bthe the\b", said)
    check_harmless(said)


def test_no_caveat_is_forgotten_here() -> None:
    said = {type(caveat) for caveat, _ in SAID}
    short = {c.StageUnknown, c.StagesTogether, c.ZerosOnLogScale, c.CompletedNotCorrected}

    assert said | short == set(get_args(c.Caveat))
