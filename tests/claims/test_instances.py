"""Decisions at first instance: the check knows what `/asylum decisions` shows of them."""

from __future__ import annotations

import pytest

from bot.services import Services
from tests.claims.reading import TODAY, tell

in_one_loop = pytest.mark.asyncio(loop_scope="session")


@in_one_loop
@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (
            "Germany rejected 140,645 asylum claims at first instance in 2025.",
            {"140,645": "matches"},
        ),
        (
            "At first instance, Germany rejected 59,298 asylum claims in 2023 and recognised 40,394 refugees.",
            {"59,298": "matches", "40,394": "matches"},
        ),
        (
            "Germany rejected 185,041 asylum claims at first instance in 2025.",
            {"185,041": "matches, but is something else (all levels)"},
        ),
        (
            "Germany rejected 77,719 asylum claims at first instance in 2025.",
            {"77,719": "matches, but is something else (half a year)"},
        ),
        (
            "Germany rejected 140,646 asylum claims at first instance in 2025.",
            {"140,646": "close"},
        ),
        (
            "Germany rejected 90,000 asylum claims at first instance in 2015.",
            {"90,000": "cannot be checked"},
        ),
    ],
)
async def test_first_instance_is_told_from_all_levels(
    services: Services, text: str, verdicts: dict[str, str]
) -> None:
    assert tell(await services.answers.check(text, TODAY, services.countries)) == verdicts


@in_one_loop
async def test_a_revision_of_first_instance_is_told_with_its_own_figures(services: Services) -> None:
    text = (
        "Germany rejected 77,719 asylum claims at first instance in January to June 2025."
        " The figure may be revised upward."
    )
    check = await services.answers.check(text, TODAY, services.countries)
    values = [each.value for finding in check.findings for each in finding.compared]

    assert values == [140_645]
