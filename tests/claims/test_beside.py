"""What a text says beside a number that is right is judged too, and told with it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.replies.check_verdicts import say_correction, say_verdict
from bot.services import Services
from data.reading.check import verdicts as v
from tests.claims.reading import TODAY

in_one_loop = pytest.mark.asyncio(loop_scope="session")

GERMANY = "Germany received 229,740 new asylum applications in 2024"


async def find(services: Services, text: str, written: date = TODAY) -> v.ClaimFinding:
    return (await services.answers.check(text, written, services.countries)).findings[0]


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"{GERMANY}, 30% fewer than in 2023.", "right"),
        (f"{GERMANY}, 10% fewer than in 2023.", "right, but not “10% fewer than in 2023”"),
        (f"{GERMANY}, a rise of 12% over 2023.", "right, but not “rise of 12% over 2023”"),
        (f"{GERMANY}, more than a year before.", "right, but not “more than a year before”"),
        (f"{GERMANY}, a record.", "right, but not “a record”"),
        (f"{GERMANY}, the highest number since 2016.", "right, but not “highest number since 2016”"),
        (f"{GERMANY}, the highest number in five years.", "right, but not “highest number”"),
        (f"{GERMANY}, a two-year low.", "right"),
        ("Italy had 151,110 new asylum applications in 2024, the highest level since 1990.", "right"),
        (f"{GERMANY}, the lowest figure since 2022.", "right"),
        (
            "In 2025, 25,210 Chinese nationals applied for asylum, 14% fewer than in 2024.",
            "only the number is right; “14% fewer than in 2024” stays open",
        ),
        (f"{GERMANY}, more than any other country.", "right, but not “more than any other country”"),
        ("Germany was the third largest recipient in 2024 with 229,740 new asylum applications.", "right"),
        (
            "Germany was the second largest recipient in 2024 with 229,740 new asylum applications.",
            "right, but not “the second largest recipient”",
        ),
        (
            "Spain was the top destination in the EU in 2024 with 167,342 new asylum applications.",
            "right, but not “the top destination”",
        ),
        ("Syrians were the largest group in Germany in 2024, with 76,765 new asylum applications.", "right"),
        ("Uganda hosted 1,936,719 refugees at the end of 2025, the most in Africa.", "right"),
        (f"{GERMANY}, a third of them from Syria.", "right"),
        (f"{GERMANY}, half of them from Syria.", "right, but not “half of them from Syria”"),
        ("In Germany 76,765 Syrians asked for asylum in 2024, 33% of all applications.", "right"),
        (
            "In Germany 76,765 Syrians asked for asylum in 2024, more than half of all applications.",
            "right, but not “more than half of all applications”",
        ),
        # These are not judged, which is said: ranks per inhabitant, among rich countries, or as one of several.
        (
            "Lebanon hosted 788,472 refugees at the end of 2023, the largest number per inhabitant.",
            "only the number is right; “the largest number per inhabitant” stays open",
        ),
        (
            "In 2012 Germany had 64,525 asylum applications, the highest number of rich countries.",
            "only the number is right; “the highest number of rich countries” stays open",
        ),
        (
            "Among the countries with the largest number of refugees, Chad had 1,502,263 at the end of 2025.",
            "only the number is right; “the largest number of refugees” stays open",
        ),
        ("In 2022 Germany had 217,759 new asylum applications, fewer than in the USA.", "right"),
        (
            "The USA received a record 1,176,051 new asylum applications in 2023.",
            "only the number is right; “a record” stays open",
        ),
    ],
)
async def test_a_verdict_on_a_number_says_what_is_not_so_beside_it(
    services: Services, text: str, verdict: str
) -> None:
    assert say_verdict(await find(services, text)) == verdict


@in_one_loop
async def test_the_correction_says_what_is_right_instead(services: Services) -> None:
    fell = await find(services, f"{GERMANY}, 10% fewer than in 2023.")
    record = await find(services, f"{GERMANY}, a record.")

    assert say_correction(fell) == "229,740 applied in Germany in 2024; it was 329,104 in 2023, so 30% lower."
    assert say_correction(record) == "229,740 applied in Germany in 2024; the record is 722,373 (2016)."


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In 2024 Italy and Spain together had 318,452 new asylum applications.", "right"),
        ("In 2024 Italy and Spain together had 350,000 new asylum applications.", "not in these figures"),
        ("Syrians and Afghans together lodged 110,914 new asylum applications in Germany in 2024.", "right"),
        ("Some 360,000 people applied for asylum in Germany and France combined in 2024.", "right, rounded"),
    ],
)
async def test_a_number_of_several_countries_together_is_held_against_their_sum(
    services: Services, text: str, verdict: str
) -> None:
    finding = await find(services, text)

    assert say_verdict(finding) == verdict
    assert " is the sum of new applications in 2024: " in say_correction(finding)


@in_one_loop
async def test_countries_that_do_not_count_alike_are_not_added_up(services: Services) -> None:
    text = "The USA and Canada together had 290,000 new asylum applications in 2025."
    check = await services.answers.check(text, TODAY, services.countries)

    assert check.findings == ()
    assert [each.reason for each in check.unjudged] == [v.UnjudgedReason.SUM]


@in_one_loop
@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A record 7,577 people asked for asylum in Japan last year.", date(2016, 1, 24)),
        ("In 2015 Japan had 7,577 new asylum applications, the highest number ever.", date(2016, 6, 1)),
    ],
)
async def test_a_record_is_one_of_the_years_before_the_text_was_written(
    services: Services, text: str, written: date
) -> None:
    (compared,) = (await find(services, text, written)).compared

    assert (compared.holds, compared.bases) == (True, ((2015, 7_577),))
