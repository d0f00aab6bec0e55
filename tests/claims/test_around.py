"""What stands around a number that is right is judged, or said to stay open: never is a bare “right” said of it."""

from __future__ import annotations

import pytest

from bot.replies.check_findings import say_finding
from bot.replies.check_verdicts import say_correction, say_verdict
from bot.services import Services
from data.reading.check.verdicts import NotArrivals, ShareOf, Verdict
from tests.claims.reading import TODAY
from tests.claims.test_beside import find

in_one_loop = pytest.mark.asyncio(loop_scope="session")


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # Where a number is said to have gone to, from the year before.
        ("Asylum applications in Germany rose to 229,740 in 2024.", "right, but not “rose to”"),
        ("Asylum applications in Germany fell to 229,740 in 2024.", "right"),
        ("Asylum applications in Germany plunged sharply to 113,216 in 2025.", "right"),
        ("In 2025 asylum applications in Spain surged to 144,387.", "right, but not “surged to”"),
        ("Pending asylum claims in Canada shrank to 314,475 in 2025.", "right, but not “shrank to”"),
        ("Pending asylum claims in Canada climbed to 314,475 in 2025, a record.", "right"),
        ("Statelessness in Latvia: the number dropped to 167,512 stateless people.", "right"),
        ("Stateless people in Latvia increased to 167,512 in 2025.", "right, but not “increased to”"),
        ("Since 2012 asylum applications in Germany have grown to 229,740 in 2024.", "right"),
        ("Asylum applications in Germany rose to 229,740 in 2024, from 173,072 in 2014.", "right"),
        ("Compared with 2015, asylum applications in Germany rose to 722,373 in 2016.", "right"),
        (
            "Greece received a record low of 55,361 asylum applications in 2025.",
            "right, but not “record low”",
        ),
        (
            "Refugee numbers worldwide rose in 2025 to a new high of 28.5 million.",
            "right, rounded from 28,461,306, but not “rose in 2025 to” and “a new high”",
        ),
        # A break between the two years leaves it open, and what was slow is not held against one year.
        (
            "Refugees in Iran fell from 3.5 million to 770,514 in 2025.",
            "only the number is right; “fell from 3.5 million to” stays open",
        ),
        (
            "The number of refugees in Germany grew to 2,655,191 in 2025.",
            "only the number is right; “grew to” stays open",
        ),
        (
            "Asylum applications in Germany have risen steadily to 722,373 in 2016.",
            "only the number is right; “risen steadily” stays open",
        ),
        (
            "Australia received 24,581 applications in 2025, up sharply from the year before.",
            "only the number is right; “up sharply from the year before” stays open",
        ),
        # Unions of countries, whose members everybody lists alike.
        ("Asylum applications in the EU fell to 670,999 in 2025.", "right"),
        ("Asylum applications in the EU rose to 670,999 in 2025.", "right, but not “rose to”"),
        ("In 2025 the EU received 670,999 asylum applications, a record.", "right, but not “a record”"),
        # Another figure may stand between.
        ("More people applied for asylum in Germany (229,740) than in Spain (167,342) in 2024.", "right"),
        (
            "In 2025 Germany had more new applications (113,216) than Spain (144,387).",
            "right, but not “more new applications (113,216) than Spain”",
        ),
        # Nearly all are more than most.
        ("Chad hosts 1,502,263 refugees, nearly all Sudanese.", "right"),
        (
            "Chad hosts 1,502,263 refugees, nearly all of them from Somalia.",
            "right, but not “nearly all of them from Somalia”",
        ),
        (
            "Germany hosts 2,655,191 refugees, almost all Ukrainians.",
            "right, but not “almost all Ukrainians”",
        ),
        # With the cases that stand beside the persons it is otherwise.
        (
            "The USA recorded 629,358 new asylum applications in 2025, the lowest since 2022.",
            "only the number is right; “lowest since 2022” stays open",
        ),
        # Ranks.
        ("Italy is first in the EU with 126,621 asylum applications in 2025.", "right, but not “is first”"),
        ("Italy is second in the EU with 126,621 asylum applications in 2025.", "right"),
        ("France leads the EU with 111,343 asylum applications in 2025.", "right, but not “leads the EU”"),
        ("Spain leads the EU with 144,387 asylum applications in 2025.", "right"),
        (
            "Germany, with 113,216 applications in 2025, received more than any other EU country.",
            "right, but not “more than any other EU country”",
        ),
        ("Spain received 144,387 asylum applications in 2025, more than any other EU country.", "right"),
        (
            "Syria remains the world's largest refugee-producing country with 4,865,764 refugees.",
            "right, but not “largest refugee-producing country”",
        ),
        ("Ukraine remains the world's largest refugee-producing country with 5,224,131 refugees.", "right"),
        ("Uganda is Africa's largest host of refugees with 1,936,719.", "right"),
        ("Chad is Africa's largest host of refugees with 1,502,263.", "right, but not “largest host”"),
        # Another country.
        (
            "France received 111,343 asylum applications in 2025, more than Germany.",
            "right, but not “more than Germany”",
        ),
        ("France received 111,343 asylum applications in 2025, fewer than Germany.", "right"),
        ("France received 111,343 asylum applications in 2025, fewer than in Italy.", "right"),
        (
            "Sudan has 9,139,309 displaced people, fewer than Colombia.",
            "right, but not “fewer than Colombia”",
        ),
        ("Sudan has 9,139,309 displaced people, more than Colombia.", "right"),
        (
            "France received 111,343 asylum applications in 2025, more than Germany did in 2020.",
            "only the number is right; “more than Germany did in” stays open",
        ),
        # Most of them.
        (
            "1,947,183 Afghans returned in 2025, most of them from Pakistan.",
            "right, but not “most of them from Pakistan”",
        ),
        ("1,947,183 Afghans returned in 2025, most of them from Iran.", "right"),
        (
            "1,341,148 Syrian refugees returned in 2025, mostly from Lebanon.",
            "right, but not “mostly from Lebanon”",
        ),
        (
            "Of 113,216 asylum applicants in Germany in 2025, most were Syrians.",
            "right, but not “most were Syrians”",
        ),
        (
            "Most of the 629,358 asylum applicants in the US in 2025 came from Venezuela.",
            "right, but not “Most of the … Venezuela”",
        ),
    ],
)
async def test_a_verdict_says_what_stands_around_a_number(
    services: Services, text: str, verdict: str
) -> None:
    assert say_verdict(await find(services, text)) == verdict


@in_one_loop
@pytest.mark.parametrize(
    "text",
    [
        "Syrians made up 33% of asylum applications in Germany in 2024.",
        "Ukrainians make up 98% of refugees in Poland in 2025.",
    ],
)
async def test_what_makes_up_a_share_is_no_rise_and_is_held_against_both_figures(
    services: Services, text: str
) -> None:
    finding = await find(services, text)

    assert (finding.verdict, finding.compared) == (Verdict.MATCHES, ())
    assert finding.match is not None
    assert isinstance(finding.match.source, ShareOf)


@in_one_loop
async def test_the_correction_names_the_other_country(services: Services) -> None:
    finding = await find(services, "France received 111,343 asylum applications in 2025, more than Germany.")

    assert say_correction(finding) == "111,343 applied in France in 2025; Germany had 113,216 in 2025."


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Chad took in 1,502,263 refugees in 2025.", "else"),
        ("1,330,950 Sudanese refugees fled to Chad in 2025.", "else"),
        ("Türkiye received 2,390,414 refugees in 2025.", "else"),
        ("Chad hosted 1,502,263 refugees in 2025.", "matches"),
        ("Chad has taken in 1,502,263 refugees.", "matches"),
        ("Germany received 229,740 asylum applications in 2024.", "matches"),
    ],
)
async def test_all_who_are_there_did_not_come_in_one_year(
    services: Services, text: str, verdict: str
) -> None:
    finding = await find(services, text)

    assert finding.verdict == verdict
    assert (NotArrivals() in finding.flaws) is (verdict == "else")


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The protection rate in Japan was below 1% in 2025.", "not so"),
        ("The protection rate in Japan was below 10% in 2025.", "right"),
        ("The protection rate in Japan was above 5% in 2025.", "right"),
        ("The protection rate for Syrians in Germany was over 90% in 2025.", "not so"),
        ("The protection rate for Syrians in Germany was over 90% in 2024.", "right"),
        ("The rejection rate in France was under 50% in 2025.", "not so"),
        ("The recognition rate for Syrians in Germany was 9% in 2024.", "right"),
        ("The protection rate for Syrians in Germany was 96% in 2024.", "right"),
        (
            "The recognition rate for Syrians in Germany was 96% in 2024.",
            "right number, other meaning (not what the text says)",
        ),
    ],
)
async def test_a_rate_is_held_against_a_threshold_and_named(
    services: Services, text: str, verdict: str
) -> None:
    assert say_verdict(await find(services, text)) == verdict


@in_one_loop
@pytest.mark.parametrize(
    "text",
    [
        "There are only 48,323 Palestinian refugees.",
        "There are 5.9 million Palestinian refugees in the world.",
    ],
)
async def test_who_is_under_another_mandate_is_said_of_palestinians(services: Services, text: str) -> None:
    assert "UNRWA" in say_finding(await find(services, text))


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Asylum claims in the EU fell 27% in 2025.", "that holds"),
        ("Asylum claims in the EU fell 47% in 2025.", "not so"),
        ("Asylum applications in the EU in 2025 were the lowest since 2020.", "not so"),
        ("Asylum applications in Africa rose 10% in 2024.", "that holds"),
        # Which countries are of a part of the world, lists tell otherwise than UNHCR does.
        ("Asylum applications in Europe more than doubled in 2015.", "cannot be judged"),
    ],
)
async def test_a_change_of_a_group_of_countries_is_judged_as_one_of_a_country(
    services: Services, text: str, verdict: str
) -> None:
    assert say_verdict(await find(services, text)) == verdict


@in_one_loop
@pytest.mark.parametrize(
    "beside",
    [
        "the most ever",
        "the most of any EU country",
        "the most in the bloc",
        "ranking first in the world",
        "the sixth-highest in the EU",
        "topping the EU's list",
        "making it the EU's number one",
        "all from Syria",
        "chiefly Ukrainians",
        "the majority from Ukraine",
        "led by Ukrainians",
        "three in four of whom were Syrians",
        "a quarter of the EU total",
        "an increase of a fifth",
        "up by a fifth",
        "the third rise in a row",
        "growing again",
        "continuing the upward trend",
        "its peak",
        "roughly the same as in 2024",
        "unchanged from 2024",
        "as many as in Hungary",
        "dwarfing Spain's",
        "exceeding Spain's total",
    ],
)
async def test_a_right_number_of_a_false_sentence_is_never_just_right(
    services: Services, beside: str
) -> None:
    text = f"Germany received 113,216 asylum applications in 2025, {beside}."
    finding = next(
        each
        for each in (await services.answers.check(text, TODAY, services.countries)).findings
        if each.claim.number == "113,216"
    )

    assert finding.verdict is Verdict.MATCHES
    assert say_verdict(finding) != "right"
