"""A number far from the figure is judged as the bound that it is said to be, where only one figure is meant."""

from __future__ import annotations

import pytest

from bot.replies.check_verdicts import say_correction, say_verdict
from bot.services import Services
from data.reading.check import verdicts as v
from tests.claims.reading import TODAY

in_one_loop = pytest.mark.asyncio(loop_scope="session")


async def find(services: Services, text: str) -> v.ClaimFinding:
    return (await services.answers.check(text, TODAY, services.countries)).findings[0]


@in_one_loop
@pytest.mark.parametrize(
    ("text", "right", "figure"),
    [
        ("Uganda hosted {} than 800,000 refugees in 2025.", "more", "1,936,719"),
        ("Uganda hosted {} than 4 million refugees in 2025.", "fewer", "1,936,719"),
        ("{} than 150,000 people applied for asylum in Germany in 2024.", "More", "229,740"),
        ("{} than 500,000 people applied for asylum in Germany in 2024.", "Fewer", "229,740"),
        (
            "At the end of 2025, {} than 5 million people were internally displaced in Sudan.",
            "more",
            "9,139,309",
        ),
        ("{} than 300,000 Syrian refugees lived in Germany at the end of 2025.", "More", "668,647"),
    ],
)
async def test_a_bound_holds_on_one_side_and_is_not_so_on_the_other(
    services: Services, text: str, right: str, figure: str
) -> None:
    wrong = {"more": "fewer", "fewer": "more", "More": "Fewer", "Fewer": "More"}[right]
    holds, fails = await find(services, text.format(right)), await find(services, text.format(wrong))

    assert (say_verdict(holds), say_verdict(fails)) == ("that holds", "not so")
    assert all(f": {figure}" in say_correction(each) for each in (holds, fails))


@in_one_loop
@pytest.mark.parametrize(
    "text",
    [
        "Uganda hosts more than 800,000 refugees.",  # of which year is not said
        "Uganda hosted more than 8,000 refugees in 2025.",  # so few are hardly all of them
        "Germany should take fewer than 100,000 asylum applications in 2025.",
        "More than 800,000 refugees in Uganda had work in 2025.",
        "More than 140,000 people applied for asylum in France in 2025.",  # with repeat claims, not without
        "In 2024, more than 300,000 asylum-seekers were waiting for decisions, or applied, in Greece.",
    ],
)
async def test_a_bound_of_what_is_not_told_beyond_doubt_is_left_as_it_is(
    services: Services, text: str
) -> None:
    finding = await find(services, text)

    assert finding.holds is None
    assert say_verdict(finding) not in ("that holds", "not so", "right")
