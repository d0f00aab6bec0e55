"""A number that fits by coincidence is no match: random numbers are hardly ever found."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.services import Services
from data.reading.check.verdicts import Verdict
from tests.claims.chance import KINDS, sentences
from tests.claims.reading import TODAY

in_one_loop = pytest.mark.asyncio(loop_scope="session")

MAX_HITS = 0.015
"""Figures within two in a hundred of a number among them, which are said to be close to it."""


async def count_hits(services: Services, kind: str, count: int) -> Counter[str]:
    hits: Counter[str] = Counter()
    for sentence in sentences(kind, count):
        check = await services.answers.check(sentence, TODAY, services.countries)
        found = {finding.verdict for finding in check.findings if finding.claim.quantity}
        hits["found" if found - {Verdict.NOT_FOUND, Verdict.UNCHECKED} else "not found"] += 1
    return hits


async def measure(services: Services, count: int) -> float:
    found = 0
    for kind in KINDS:
        hits = await count_hits(services, kind, count // len(KINDS))
        print(f"\n{kind}: {dict(hits)}", end="")
        found += hits["found"]
    print(f"\nchance hits: {found / count:.2%} of {count}")
    return found / count


@in_one_loop
async def test_random_numbers_are_hardly_ever_found(services: Services) -> None:
    assert await measure(services, 200) <= MAX_HITS


@in_one_loop
@pytest.mark.proof
async def test_five_thousand_random_numbers_are_hardly_ever_found(services: Services) -> None:
    assert await measure(services, 5_000) <= MAX_HITS


@in_one_loop
async def test_most_random_numbers_are_read_as_claims_at_all(services: Services) -> None:
    """A reader that left every number alone would have no chance hits either."""
    read = 0
    for sentence in sentences("exact", 50):
        check = await services.answers.check(sentence, TODAY, services.countries)
        read += any(finding.claim.quantity for finding in check.findings)

    assert read >= 30
