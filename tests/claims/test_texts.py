"""Short texts, the way people write: right verdicts, and never a match that is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pytest
import pytest_asyncio

from bot.services import Services
from data.reading.check import verdicts as v
from tests.claims.evident import find_unfounded
from tests.claims.reading import Example, read_examples, tell

in_one_loop = pytest.mark.asyncio(loop_scope="session")

MIN_RIGHT = 0.95


Told = list[tuple[Example, Mapping[str, str]]]
"""Texts, and the verdicts on their numbers."""

Checked = list[tuple[Example, v.Check]]


async def read(services: Services, examples: Iterable[Example]) -> Checked:
    check = services.answers.check
    return [(each, await check(each.says, each.written, services.countries)) for each in examples]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def checked(services: Services) -> Checked:
    return await read(services, [*read_examples("figures"), *read_examples("others")])


@pytest.fixture(scope="module")
def figures(everything: Told) -> Told:
    return everything[: len(read_examples("figures"))]


@pytest.fixture(scope="module")
def everything(checked: Checked) -> Told:
    return [(example, tell(check)) for example, check in checked]


def test_half_of_the_texts_have_nothing_that_matches() -> None:
    figures, others = read_examples("figures"), read_examples("others")

    assert len(figures) + len(others) >= 60
    assert len(others) >= 0.9 * len(figures)
    for_figures = [each.says for each in others if any(map(is_found, each.expect.values()))]
    assert not for_figures, f"something in them matches: they belong in figures.toml: {for_figures}"
    for_others = [each.says for each in figures if not each.expect]
    assert not for_others, f"nothing in them matches: they belong in others.toml: {for_others}"


@in_one_loop
async def test_nearly_all_texts_get_the_right_verdicts(everything: Told) -> None:
    wrong = [each.says for each, told in everything if told != each.expect]
    accuracy = 1 - len(wrong) / len(everything)

    print(f"\n{accuracy:.1%} of {len(everything)} texts right; wrong: {wrong}")
    assert accuracy >= MIN_RIGHT, wrong


@in_one_loop
async def test_no_number_is_said_to_match_that_is_no_asylum_figure(everything: Told) -> None:
    false = [
        (example.says, number, verdict)
        for example, told in everything
        for number, verdict in told.items()
        if is_found(verdict) and not is_found(example.expect.get(number, ""))
    ]

    assert false == []


@in_one_loop
async def test_what_is_something_else_is_never_said_simply_to_match(figures: Told) -> None:
    false = [
        (example.says, number, verdict)
        for example, told in figures
        for number, verdict in told.items()
        if verdict == "matches" != example.expect.get(number)
    ]

    assert false == []


def is_found(verdict: str) -> bool:
    """A figure close to a number is none that it is said to be."""
    return bool(verdict) and not verdict.startswith(("not in", "close", "cannot"))


@in_one_loop
async def test_nothing_is_said_without_the_evidence_that_it_needs(checked: Checked) -> None:
    unfounded = [
        (example.says, finding.claim.number, each)
        for example, check in checked
        for finding in check.findings
        for each in find_unfounded(finding, check.release)
    ]

    assert unfounded == []


@in_one_loop
async def test_a_number_is_held_against_the_people_beside_it_not_against_others_of_a_like_size(
    services: Services,
) -> None:
    says = (
        "Syria's refugees came first in 2015, followed by 4.7 million Afghans and 3.3 million South Sudanese."
    )
    check = await services.answers.check(says, date(2026, 11, 25), services.countries)

    held = {
        finding.claim.number: {fact.place.origin.code for fact in finding.instead if fact.place.origin}
        for finding in check.findings
    }
    assert held == {"4.7 million": {"AFG"}, "3.3 million": {"SSD"}}
