"""What a text denies, of what part of a year it takes a record, and which applications it means."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services import Services
from data.reading.check.verdicts import Verdict
from data.statistics import span_times
from tests.claims.reading import TODAY

in_one_loop = pytest.mark.asyncio(loop_scope="session")

HOLDS, NOT_SO = Verdict.MATCHES, Verdict.NOT_FOUND


async def judge(services: Services, text: str, written: date = TODAY) -> list[Verdict]:
    found = await services.answers.check(text, written, services.countries)
    return [each.verdict for each in found.findings]


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("In 2025 new asylum applications in Germany were at the lowest level since 2012.", [NOT_SO]),
        ("In 2025 new asylum applications in Germany were at the lowest level since 2020.", [HOLDS]),
        ("In 2025 new asylum applications in France were the fewest since 2012.", [NOT_SO]),
        ("In 2025 new asylum applications in Denmark were the lowest since 2012.", [NOT_SO]),
        ("Pending asylum claims in Spain at the end of 2025 were the highest since 2012.", [NOT_SO]),
        ("Pending asylum claims in Spain at the end of 2024 were the highest since 2012.", [HOLDS]),
    ],
)
async def test_records_and_lows_are_of_whole_years(
    services: Services, text: str, verdicts: list[Verdict]
) -> None:
    assert await judge(services, text) == verdicts


@in_one_loop
@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Germany registered only 61,318 new asylum applications in 2025, the lowest since 2012.", False),
        ("Germany registered only 61,318 new asylum applications in 2025, the lowest since 2020.", True),
        (
            "In the first half of 2025 Germany registered 61,318 new applications, the lowest since 2012.",
            None,
        ),
        ("On 30 June 2025 276,450 people were waiting for a decision in Spain, a record.", None),
    ],
)
async def test_half_a_year_is_no_record_beside_its_number(
    services: Services, text: str, holds: bool | None
) -> None:
    (found,) = (await services.answers.check(text, TODAY, services.countries)).findings

    assert next((each.holds for each in found.compared), None) is holds
    assert bool(found.unheard) is (holds is None)


@in_one_loop
async def test_a_rank_beside_half_a_year_is_of_the_whole_one(services: Services) -> None:
    text = "Germany registered only 61,318 new asylum applications in 2025, the most in the EU."
    (found,) = (await services.answers.check(text, TODAY, services.countries)).findings

    assert [(each.fact.value, each.holds, each.rank) for each in found.stood] == [(113_216, False, 3)]


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Iran is no longer the country that hosts the most refugees in the world.", [HOLDS]),
        ("Germany doesn't host the most refugees in the world.", [NOT_SO]),
        ("Türkiye doesn't host the most refugees in the world.", [HOLDS]),
        ("Afghanistan is not the largest country of origin of refugees.", [HOLDS]),
        ("Ukraine is not the largest country of origin of refugees.", [NOT_SO]),
        ("Chad is not Africa's largest host of refugees.", [HOLDS]),
        ("Uganda isn't Africa's largest host of refugees.", [NOT_SO]),
        ("Germany is no longer the EU's largest host of refugees.", [NOT_SO]),
        ("Poland is no longer the EU's largest host of refugees.", [HOLDS]),
        ("Türkiye is not the second largest host of refugees in the world.", [NOT_SO]),
        ("Die Türkei beherbergt nicht mehr die meisten Flüchtlinge weltweit.", [HOLDS]),
        ("Deutschland beherbergt nicht die meisten Flüchtlinge weltweit.", [NOT_SO]),
        ("L'Allemagne n'accueille plus le plus grand nombre de réfugiés au monde.", [NOT_SO]),
        ("La Turquie n'accueille pas le plus grand nombre de réfugiés au monde.", [HOLDS]),
        ("Turquía ya no es el país que más refugiados acoge en el mundo.", [HOLDS]),
        ("Alemania no es el país que más refugiados acoge en el mundo.", [NOT_SO]),
        # Of the people of one country, and in one country.
        ("Syrians are no longer the largest group of asylum applicants in Germany.", [HOLDS]),
        ("Afghans are not the largest group of asylum applicants in Germany.", [NOT_SO]),
        ("Ukraine is not the largest country of origin of refugees in Germany.", [NOT_SO]),
        ("Türkiye is no longer the largest host of Syrian refugees.", [NOT_SO]),
        ("Germany is not the largest host of Syrian refugees.", [HOLDS]),
        # Nobody can tell what is denied.
        ("Not Türkiye but Germany hosts the most refugees in the world.", []),
        ("Neither Iran nor Türkiye hosts the most refugees in the world.", []),
        ("It is untrue that Germany hosts the most refugees in the world.", []),
        ("Germany hardly hosts the most refugees in the world.", []),
        ("Germany never hosted the most refugees in the world.", []),
        # Something else is.
        ("Germany, not Türkiye, hosts the most refugees in the world.", [HOLDS]),
        ("Germany, which is not on the sea route, hosts the most refugees in the EU.", [HOLDS]),
    ],
)
async def test_a_rank_that_is_denied_is_judged_the_other_way_round_or_left_open(
    services: Services, text: str, verdicts: list[Verdict]
) -> None:
    assert await judge(services, text) == verdicts


@in_one_loop
@pytest.mark.parametrize(
    ("beside", "holds", "opened"),
    [
        ("not the most in Africa", [False], ()),
        ("not the second largest number of refugees in Africa", [True], ()),
        ("the most in Africa", [True], ()),
        ("not more than Germany", [], ("more than Germany",)),
    ],
)
async def test_what_is_denied_beside_a_number_is_not_taken_as_said(
    services: Services, beside: str, holds: list[bool], opened: tuple[str, ...]
) -> None:
    text = f"Uganda hosted 1,936,719 refugees at the end of 2025, {beside}."
    (found,) = (await services.answers.check(text, TODAY, services.countries)).findings

    assert ([each.holds for each in found.stood], found.unheard) == (holds, opened)


@in_one_loop
@pytest.mark.parametrize(
    ("beside", "holds"),
    [
        ("which was not a record", []),
        ("but never the highest since 2016", []),
        ("a record", [False]),
        ("the lowest number since 2022", [True]),
    ],
)
async def test_a_record_that_is_denied_stays_open(services: Services, beside: str, holds: list[bool]) -> None:
    text = f"Germany received 229,740 new asylum applications in 2024, {beside}."
    (found,) = (await services.answers.check(text, TODAY, services.countries)).findings

    assert [each.holds for each in found.compared] == holds
    assert bool(found.unheard) is not bool(holds)


@in_one_loop
async def test_no_fewer_than_denies_nothing(services: Services) -> None:
    text = "Germany received no fewer than 722,373 new asylum applications in 2016, a record."
    (found,) = (await services.answers.check(text, TODAY, services.countries)).findings

    assert [each.holds for each in found.compared] == [True]


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdicts", "told"),
    [
        (
            "Asylum applications in Germany have more than doubled since 2020.",
            [NOT_SO],
            ["applications", "all_stages"],
        ),
        ("Asylum applications in Spain have risen by 63% since 2020.", [HOLDS], ["applications"]),
        ("New asylum applications in Germany have tripled since 2020.", [NOT_SO], ["applications"]),
        ("Asylum applications in Germany at all stages almost tripled since 2020.", [HOLDS], ["all_stages"]),
    ],
)
async def test_new_applications_are_judged_where_a_text_does_not_say_all(
    services: Services, text: str, verdicts: list[Verdict], told: list[str]
) -> None:
    found = (await services.answers.check(text, TODAY, services.countries)).findings

    assert [each.verdict for each in found] == verdicts
    assert [each.measure.name.lower() for each in found[0].compared] == told


@pytest.mark.parametrize(
    ("times", "about", "so", "not_so"),
    [
        (2, False, (1.9, 1.99, 2.5), (1.85, 2.6, 3.4)),
        (2, True, (1.6, 2.4), (1.5, 2.6)),
        (3, False, (2.9, 3.4), (2.7, 3.6)),
        (10, False, (9.6, 11), (9.4, 11.5)),
        (1.5, False, (1.4, 1.6), (1.3, 1.7)),
    ],
)
def test_so_many_times_is_said_of_a_little_less_and_somewhat_more(
    times: float, about: bool, so: tuple[float, ...], not_so: tuple[float, ...]
) -> None:
    low, high = span_times(times, about=about)

    assert all(low <= each <= high for each in so)
    assert not any(low <= each <= high for each in not_so)
