"""What has to be minded of an answer of /asylum ask stands in its first lines."""

from __future__ import annotations

import pytest

from tests.asking import Asker

in_one_loop = pytest.mark.asyncio(loop_scope="session")

RATE = "What was the recognition rate in Germany in 2023?"


@in_one_loop
@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "Did Germany receive more asylum applications than the USA in 2024?",
            "**No**: new asylum applications numbered 229,740 in Germany in 2024 and 729,105 in the USA in January–June",
        ),
        (
            "How many more asylum applications did the USA get in 2024 than Germany?",
            "New asylum applications",
        ),
        ("Did the USA receive more than 1 million asylum applications in 2024?", "New asylum applications"),
        ("Did the USA make more asylum decisions than Germany in 2024?", "Asylum decisions in the USA"),
        (
            "What share of new asylum applications worldwide in 2024 were made in the USA?",
            "The USA has **23.9%** of the total.",
        ),
    ],
)
async def test_half_a_year_is_told_as_such_and_as_less_of_no_whole_one(
    asker: Asker, question: str, begins: str
) -> None:
    """In six months the USA had more applications than Germany in twelve; fewer decisions say nothing yet."""
    assert (await asker.message("ask", {"question": question}))["content"].startswith(begins)


@in_one_loop
async def test_a_rate_has_the_one_beside_it_that_counts_the_other_protection(asker: Asker) -> None:
    said = (await asker.message("ask", {"question": RATE}))["content"]

    assert said.startswith(
        "Share of decisions on people in Germany that recognised a refugee: **20.0%** in 2023"
    )
    assert "Or: Share of decisions on people in Germany that gave protection: **62.1%** in 2023" in said
