"""Discord's OpenAPI document is held against everything, quickly and in its own sense."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests import discord_spec
from tests.bot.preview.double.samplebot import SampleBot, chart, embed
from tests.double import double, started

pytestmark = discord_spec.requires_document

CHANGES = (None, True, 0, 1, -1, 1.0, 2.5, 2**31, 2**63, "", "1", "x" * 101, "2025-01-01T00:00:00Z", [], {})
"""What a value is replaced with: each kind, and each limit of the document."""

Judged = tuple[discord_spec.Specification, Any, Any]
"""A value, the schema it was held against, and by whom."""


@pytest.fixture
async def judged(monkeypatch: pytest.MonkeyPatch) -> list[Judged]:
    """Bodies, replies and parameters of a bot that registers its commands, answers and posts."""
    found: list[Judged] = []
    errors = discord_spec.Specification.errors

    def note(self: discord_spec.Specification, schema: Any, value: Any, where: str) -> list[Any]:
        found.append((self, schema, copy.deepcopy(value)))
        return errors(self, schema, value, where)

    monkeypatch.setattr(discord_spec.Specification, "errors", note)
    async with double() as on, started(SampleBot(), on) as bot:
        channel = await bot.fetch_channel(int(on.guilds[0]["channels"][0]["id"]))
        message = await channel.send("Here", embed=embed("SYR", 2024), file=chart())
        await message.edit(content="There")
        await message.delete()
        with pytest.raises(Exception, match="404"):
            await channel.fetch_message(message.id)
    return found


def changed(value: Any, chance: random.Random) -> Iterator[Any]:
    """Yield a value with one thing in it replaced, taken away, doubled or added, at a place for each depth."""
    yield chance.choice(CHANGES)
    if isinstance(value, dict) and value:
        key = chance.choice(sorted(value))
        yield {k: v for k, v in value.items() if k != key}
        yield {**value, "unheard_of": 1}
        yield from ({**value, key: inner} for inner in changed(value[key], chance))
    if isinstance(value, list) and value:
        at = chance.randrange(len(value))
        yield [*value, value[at]]
        yield [value[0] if isinstance(value[0], str) else 5] * 131  # one more than the longest list may have
        yield from ([*value[:at], inner, *value[at + 1 :]] for inner in changed(value[at], chance))


@pytest.mark.parametrize("rounds", [3, pytest.param(100, marks=pytest.mark.proof)])
def test_the_quick_verdict_is_that_of_jsonschema(judged: list[Judged], rounds: int) -> None:
    """On everything that was said, and on many changes to it, most of them for the worse."""
    chance = random.Random(rounds)
    verdicts = []
    for specification, schema, value in judged:
        thorough = specification.validator(schema)
        for one in [value, *(change for _ in range(rounds) for change in changed(value, chance))]:
            verdicts.append(specification.fits(schema, one))
            assert verdicts[-1] == thorough.is_valid(one), (schema, one)
    assert verdicts.count(True) > len(judged) > 10
    assert verdicts.count(False) > 30 * rounds
