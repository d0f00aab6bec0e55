"""A share is held against the people that the text says it is of: of one country, or from one country."""

from __future__ import annotations

import pytest

from bot.replies.check_verdicts import say_correction, say_verdict
from bot.services import Services
from data.reading.check import verdicts as v
from tests.claims.reading import TODAY

in_one_loop = pytest.mark.asyncio(loop_scope="session")

IN_CHAD = "1,330,950 refugees from Sudan lived in Chad on 31 December 2025, 88.6% of all 1,502,263 in Chad"
IN_SPAIN = "85,413 from Venezuela applied in Spain in 2025, 59.2% of all 144,387 in Spain"
FROM_SYRIA = (
    "2,347,756 refugees from Syria lived in Türkiye on 31 December 2025, 48.3% of all 4,865,764 from Syria"
)
OF_THE_EU = "144,387 applied in Spain in 2025, 21.5% of all 670,999 in the EU"
OF_THE_WORLD = "4,865,764 refugees from Syria lived on 31 December 2025, 17.1% of all 28,461,306 worldwide"


async def check(services: Services, text: str) -> v.Check:
    return await services.answers.check(text, TODAY, services.countries)


async def find(services: Services, text: str) -> v.ClaimFinding:
    return (await check(services, text)).findings[0]


# Where a share of the one whole is so, that of the other is told apart from it: 88.6% of those in Chad are
# from Sudan, of all from Sudan 48.2% live there; of Türkiye's, 98.2% are Syrians, of all Syrians 48.3%.
@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict", "right"),
    [
        ("{} of the refugees in Chad are Sudanese.", ("89%", "30%"), IN_CHAD),
        ("{} of refugees in Chad come from Sudan.", ("89%", "30%"), IN_CHAD),
        ("Sudanese account for {} of Chad's refugees.", ("89%", "30%"), IN_CHAD),
        ("In Chad, the Sudanese make up {} of all refugees in 2025.", ("89%", "30%"), IN_CHAD),
        ("Of the refugees in Chad, {} were from Sudan.", ("89%", "30%"), IN_CHAD),
        ("{} refugees in Chad are from Sudan.", ("Nine out of ten", "One in three"), IN_CHAD),
        ("{} refugees in Chad are from Sudan.", ("More than half of", "Less than half of"), IN_CHAD),
        ("Venezuelans lodged {} of asylum applications in Spain in 2025.", ("59%", "29%"), IN_SPAIN),
        ("{} of applications for asylum in Spain in 2025 were by Venezuelans.", ("59%", "29%"), IN_SPAIN),
        ("Spain had 144,387 asylum claims in 2025; {} were filed by Venezuelans.", ("59%", "29%"), IN_SPAIN),
        (
            "El {} de las solicitudes de asilo en España en 2025 fueron de venezolanos.",
            ("59 %", "29 %"),
            IN_SPAIN,
        ),
        ("Türkiye hosts {} of all Syrian refugees.", ("48%", "98%"), FROM_SYRIA),
        ("Türkiye is home to {} of refugees from Syria.", ("48%", "98%"), FROM_SYRIA),
        ("{} of Syrian refugees live in Türkiye.", ("48%", "98%"), FROM_SYRIA),
        ("Die Türkei beherbergt {} aller syrischen Flüchtlinge.", ("48 %", "98 %"), FROM_SYRIA),
        ("Spain received {} of all asylum applications in the EU in 2025.", ("22%", "45%"), OF_THE_EU),
        ("In 2025 Spain accounted for {} of the EU's asylum applications.", ("22%", "45%"), OF_THE_EU),
        ("In 2025, Syrians made up {} of the world's refugees.", ("17%", "45%"), OF_THE_WORLD),
    ],
)
async def test_a_share_is_one_of_those_behind_of_and_never_of_the_other_side(
    services: Services, text: str, verdict: tuple[str, str], right: str
) -> None:
    for share, said in zip(verdict, ("right", "not so"), strict=True):
        findings = (await check(services, text.format(share))).findings
        finding = next(each for each in findings if each.claim.share)

        assert say_verdict(finding) == said
        assert say_correction(finding).endswith(f": {right}.")


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Syrians make up a third of refugees in Germany.", "not so"),
        ("Syrians make up 27% of refugees in Germany.", "close"),
        ("Syrians make up more than 20% of refugees in Germany.", "right"),
        ("Syrians make up more than 26% of refugees in Germany.", "not so"),
        ("Syrians make up less than 20% of refugees in Germany.", "not so"),
        ("Syrians make up less than 45% of refugees in Germany.", "right"),
    ],
)
async def test_a_share_may_be_about_above_or_below(services: Services, text: str, verdict: str) -> None:
    finding = await find(services, text)

    assert say_verdict(finding) == verdict
    assert "25.2% of all 2,655,191 in Germany" in say_correction(finding)


@in_one_loop
@pytest.mark.parametrize(
    "text",
    [
        "44% of the refugees in Germany are women.",
        "44% of the refugees in Germany are Ukrainian women.",
        "25% of the Syrian refugees in Germany have a job.",
        "9% of the refugees in Germany are children, a survey found.",
        "Syrians and Ukrainians make up 44% of refugees in Germany.",
        "Syrians made up 17% of refugees in Europe.",
        "In 2024, Afghans made up 12% of all refugees worldwide.",
        "Ukrainians make up 22% of refugees in Germany in mid-2025.",
        "Venezuelans make up 99% of refugees in Colombia.",
        "Germany hosts 6% of the world's refugees.",
    ],
)
async def test_a_share_of_what_is_not_counted_alone_is_neither_right_nor_wrong(
    services: Services, text: str
) -> None:
    checked = await check(services, text)

    assert checked.findings == ()
    assert {each.reason for each in checked.unjudged} == {v.UnjudgedReason.SHARE}


@in_one_loop
@pytest.mark.parametrize(
    ("beside", "holds"),
    [
        ("48% of all refugees from Syria", True),
        ("48% of all Syrian refugees", True),
        ("98% of all refugees from Syria", False),
        ("98% of all refugees in the country", True),
        ("48% of all refugees in the country", False),
    ],
)
async def test_a_share_beside_a_number_is_of_those_whom_it_names(
    services: Services, beside: str, holds: bool
) -> None:
    finding = await find(services, f"Türkiye hosts 2,347,756 refugees from Syria, {beside}.")

    assert [each.holds for each in finding.stood] == [holds]


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Sudanese are the largest group of refugees in Chad, well over half of the total.", "that holds"),
        ("Syrians are the largest group of refugees in Germany, which surprises many: 25% or so.", "not so"),
        (
            "Ukrainians are the largest group of refugees in Germany, which surprises many: 44% or so.",
            "that holds",
        ),
        ("Türkiye is the largest host of Syrian refugees, with 48% of the total.", "that holds"),
        ("Germany is the largest host of Syrian refugees, with 48% of the total.", "not so"),
    ],
)
async def test_a_rank_without_a_number_is_one_among_those_on_the_other_side_that_is_named(
    services: Services, text: str, verdict: str
) -> None:
    findings = (await check(services, text)).findings

    assert [say_verdict(each) for each in findings if each.stood and not each.match] == [verdict]
