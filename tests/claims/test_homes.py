"""Who is counted by no origin is of one country all the same: of the one that the number is put to."""

from __future__ import annotations

import pytest

from bot.services import Services
from data.reading.check import verdicts as v
from tests.claims.reading import TODAY

in_one_loop = pytest.mark.asyncio(loop_scope="session")

SUDAN, COLOMBIA = 9_139_309, 7_157_716


@in_one_loop
@pytest.mark.parametrize(
    "text",
    [
        "In {}, 9,139,309 people are internally displaced; in {} there are 7,157,716.",
        "{} has 9.1 million IDPs and {} 7.2 million.",
        "Internally displaced people: {} (9,139,309), {} (7,157,716).",
        "{} and {} have 9.1 million and 7.2 million internally displaced people respectively.",
        "There are 9.1 million internally displaced people in {} and 7.2 million in {}.",
        "En {} hay 9.139.309 desplazados internos y en {} 7.157.716.",
    ],
)
async def test_displaced_people_of_one_country_are_not_those_of_another(
    services: Services, text: str
) -> None:
    for one, other, swapped in (("Sudan", "Colombia", False), ("Colombia", "Sudan", True)):
        check = await services.answers.check(text.format(one, other), TODAY, services.countries)
        first, second = check.findings

        assert [each.name for each in (first.verdict, second.verdict) if each is v.Verdict.ELSE] == (
            ["ELSE", "ELSE"] if swapped else []
        )
        assert [_name_said(each) for each in (first, second)] == (["COL", "SUD"] if swapped else [None, None])
        if swapped:  # and the figure of the country that the text names is told
            assert (first.instead[0].value, second.instead[0].value) == (COLOMBIA, SUDAN)


def _name_said(finding: v.ClaimFinding) -> str | None:
    said = [each.said for each in finding.flaws if isinstance(each, v.OtherPlace)]
    return said[0].asylum.code if said and said[0] and said[0].asylum else None


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("9,139,309 Sudanese are internally displaced.", v.Verdict.MATCHES),
        ("Of 68.1 million internally displaced people in 2024, most were in Sudan.", v.Verdict.ROUNDED),
        ("In 2024, 68.1 million people were internally displaced in Sudan.", v.Verdict.ELSE),
        ("In Thailand, 1,177,962 people are stateless (Bangladesh: 610,791).", v.Verdict.ELSE),
        ("In Bangladesh, 1,177,962 people are stateless (Thailand: 610,791).", v.Verdict.MATCHES),
    ],
)
async def test_a_figure_of_home_is_held_against_the_country_beside_it(
    services: Services, text: str, verdict: v.Verdict
) -> None:
    check = await services.answers.check(text, TODAY, services.countries)

    assert check.findings[0].verdict is verdict
