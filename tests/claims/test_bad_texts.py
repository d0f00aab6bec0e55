"""Whatever is pasted, the answer is a harmless message or one sentence."""

from __future__ import annotations

import re

import pytest

from bot.chat.check import compose_check
from bot.replies.check import CheckReply
from bot.services import Services
from data.errors import Unanswerable
from tests.claims.bombs import bad_texts
from tests.claims.reading import TODAY
from tests.nonsense import check_harmless

in_one_loop = pytest.mark.asyncio(loop_scope="session")

OURS = re.compile(r"None|nan|Place\(|[{}]")
"""Words that would be a fault of ours, and may be quoted."""

MAX_LENGTH = {"content": 2000, "name": 256, "value": 1024, "embed": 6000, "label": 100}


def hold(reply: CheckReply) -> None:
    """Fail unless Discord would take the reply, and nothing in it mentions, links or breaks out."""
    assert 0 < len(reply.content) <= MAX_LENGTH["content"]
    check_harmless(reply.content)
    for page in range(reply.pages):
        hold_page(reply, page)


def hold_page(reply: CheckReply, page: int) -> None:
    embed = reply.embed(page)
    assert len(embed) <= MAX_LENGTH["embed"]
    assert 1 <= len(embed.fields) <= 10
    for field in embed.fields:
        assert field.name is not None
        assert field.value is not None
        assert 0 < len(field.name) <= MAX_LENGTH["name"]
        assert 0 < len(field.value) <= MAX_LENGTH["value"]
        quoted, _, said = field.value.partition("\n")
        check_harmless(OURS.sub("", field.name))
        check_harmless(OURS.sub("", quoted))
        check_harmless(said)
        assert "\n" not in field.name + said
    charts = reply.charts(page)
    assert len({chart.question for chart in charts}) == len(charts) <= 10
    assert all(0 < len(chart.label) <= MAX_LENGTH["label"] for chart in charts)


async def try_texts(services: Services, seed: str, count: int) -> int:
    answered = 0
    for text in bad_texts(seed, count):
        try:
            hold(await compose_check(services, text, TODAY))
        except Unanswerable:
            continue
        answered += 1
    return answered


@in_one_loop
async def test_no_text_breaks_the_check_or_comes_through_it_alive(services: Services) -> None:
    assert await try_texts(services, "claims", 25) > 5


@in_one_loop
@pytest.mark.proof
async def test_twenty_thousand_texts_do_no_harm(services: Services) -> None:
    assert await try_texts(services, "more claims", 20_000) > 4_000


@in_one_loop
async def test_more_countries_and_groups_than_are_looked_up_are_no_fault(services: Services) -> None:
    names = [country.name for country in services.countries.countries()[:20]]
    told = "".join(
        f" {name} saw {1_117 * place:,} applications in 2023." for place, name in enumerate(names, 1)
    )
    text = f"In Europe, Africa, Asia and the EU 12,345 people applied for asylum in 2023.{told}"

    hold(await compose_check(services, text, TODAY))
