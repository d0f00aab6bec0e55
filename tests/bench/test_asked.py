"""What is asked while measuring is different each time, and the same on every run."""

from __future__ import annotations

from itertools import islice

import pytest

from bench import asked
from bot.services import Services
from data.countries import Atlas


@pytest.mark.parametrize("kind", asked.KINDS)
def test_questions_of_a_kind_come_in_the_same_order_and_none_soon_again(kind: str) -> None:
    atlas = Atlas.load()
    countries = [atlas.find(name) for name in asked.LARGE]

    first, second = (list(islice(asked.ask(kind, countries), 25)) for _ in range(2))

    assert first == second
    assert len(set(first)) == 25


def test_a_thousand_commands_are_all_different() -> None:
    assert len({repr(command) for command in islice(asked.mixed(), 1_000)}) == 1_000


@pytest.mark.asyncio(loop_scope="session")
async def test_all_of_them_are_answered_so_that_there_is_something_to_measure(
    services: Services,
) -> None:
    """A refusal would be fast, and measure nothing."""
    for kind in asked.KINDS:
        replies = await asked.answer(services, kind, 10)
        assert len({reply.chart for reply in replies}) == 10
