"""What an answer is, wherever it is asked for: words first, a chart beside, and where it comes from."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import replace
from typing import Any

import pytest

from bot.charts.studio import Chart, Studio
from bot.preview.double import Payload
from bot.preview.double.messages import EPHEMERAL
from bot.sentences import Refusal
from bot.services import Services
from tests.asking import Asker, asking, buttons
from tests.double import until
from tests.nonsense import check_harmless

in_one_loop = pytest.mark.asyncio(loop_scope="session")

FOOTER = "Global Trends 2025, corrected (25 Jun 2026) · CC BY 4.0"
CHINA = "99,716** people from China were waiting for a decision worldwide on 31 December 2025."
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("figures", {"origin": "China"}),
    ("trend", {"measure": "pending", "origin": "China"}),
    ("top", {}),
]


def check_answer(asker: Asker, message: Payload) -> None:
    """Fail unless a message is an answer as it is meant to be."""
    (embed,), (attachment,) = message["embeds"], message["attachments"]
    assert message["content"].splitlines()[0].endswith(".")
    assert embed["footer"]["text"] == FOOTER
    assert "image" not in embed
    assert attachment["content_type"] == "image/png"
    assert 40 < len(attachment["description"]) <= 1024
    assert struct.unpack(">II", asker.file(attachment)[16:24]) == (1200, 675)
    assert "[Source: UNHCR's refugee statistics](https://www.unhcr.org/" in embed["description"]
    assert len(message["content"]) + len(embed["description"].partition("[")[0]) <= 600
    assert [message["mentions"], message["mention_roles"], message["mention_everyone"]] == [[], [], False]
    for text in (message["content"], embed["description"].partition("[Source")[0], attachment["description"]):
        check_harmless(text)


@in_one_loop
@pytest.mark.parametrize(("words", "options"), ASKED, ids=[words for words, _ in ASKED])
@pytest.mark.parametrize(
    "scene", [{}, {"dm": True}, {"user_install": True}], ids=["server", "direct message", "user install"]
)
async def test_an_answer_is_the_same_wherever_it_is_asked_for(
    asker: Asker, words: str, options: dict[str, Any], scene: dict[str, Any]
) -> None:
    it = await asker.ask(words, options, **scene)

    assert it.reply
    assert not it.ephemeral
    assert it.followups == []
    check_answer(asker, it.reply)
    assert {"Details", "Export", "Delete"} <= set(buttons(it.reply))


@in_one_loop
async def test_the_headline_is_the_first_line_so_that_a_notification_says_it(asker: Asker) -> None:
    message = await asker.message("figures", {"origin": "China"})

    assert message["content"].startswith(f"**{CHINA}")
    assert message["attachments"][0]["description"].count("99,716 people from China") == 1


@in_one_loop
async def test_an_answer_that_is_ready_soon_takes_one_request(asker: Asker) -> None:
    before = len(asker.double.requests)
    it = await asker.ask("figures", {"origin": "China"})

    (request,) = list(asker.double.requests)[before:]
    assert request.where.endswith("/callback")
    assert it.acked is not None
    assert it.acked["type"] == 4


class SlowStudio(Studio):
    """Draws when it is told to, and fails when it is told why."""

    def __init__(self) -> None:
        super().__init__()
        self.may_draw = asyncio.Event()
        self.failure: Exception | None = None

    async def draw(self, chart: Chart) -> bytes:
        await self.may_draw.wait()
        if self.failure is not None:
            raise self.failure
        return await super().draw(chart)


@in_one_loop
@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
async def test_an_answer_that_takes_longer_is_deferred_in_time_and_stays_as_private_as_it_was_asked(
    services: Services, private: bool
) -> None:
    async with SlowStudio() as studio, asking(replace(services, studio=studio)) as asker:
        it = await asker.ask("figures", {"origin": "China", "private": private}, wait="acked")
        assert it.acked is not None
        assert it.acked["type"] == 5
        assert it.acked_at is not None
        assert it.acked_at < 2
        studio.may_draw.set()
        await asyncio.wait_for(it.done.wait(), 300)

        assert it.reply is not None
        assert it.ephemeral is private
        assert it.followups == []
        check_answer(asker, it.reply)


@in_one_loop
async def test_what_fails_after_it_was_deferred_is_told_to_the_asker_alone(
    services: Services,
) -> None:
    async with SlowStudio() as studio, asking(replace(services, studio=studio)) as asker:
        studio.failure = Refusal("There is nothing to draw; ask for something else.")
        before = asker.public()
        it = await asker.ask("figures", {"origin": "China"}, wait="acked")
        assert it.acked is not None
        assert it.acked["type"] == 5
        studio.may_draw.set()
        await until(lambda: it.followups)

        assert [m["content"] for m in it.followups] == [str(studio.failure)]
        assert all(m["flags"] & EPHEMERAL for m in it.followups)
        assert asker.public() == before


@in_one_loop
@pytest.mark.parametrize(("words", "options"), ASKED, ids=[words for words, _ in ASKED])
async def test_a_private_answer_is_for_the_asker_alone(
    asker: Asker, words: str, options: dict[str, Any]
) -> None:
    before = asker.public()
    it = await asker.ask(words, {**options, "private": True})

    assert it.reply
    assert it.ephemeral
    assert asker.public() == before
    check_answer(asker, it.reply)
    assert "Delete" not in buttons(it.reply)


@in_one_loop
async def test_mid_year_figures_are_called_so_everywhere(asker: Asker) -> None:
    for measure, when in (("pending", "on 30 June 2025"), ("applications", "in January–June 2025")):
        message = await asker.message("trend", {"measure": measure, "origin": "China", "as_of": "2025-11-10"})
        assert when in message["content"].splitlines()[0]
        assert when in message["attachments"][0]["description"]
        assert "mid-year" in await asker.details(message)


@in_one_loop
async def test_what_is_not_published_is_said_and_not_taken_for_zero(asker: Asker) -> None:
    usa = await asker.message("figures", {"asylum": "USA", "as_of": "2025-11-10"})

    assert "New applications in January–June 2025: not published." in usa["content"]
    assert "exactly those of 30 June 2024" in await asker.details(usa)
    early = await asker.message("figures", {"origin": "China", "year": 2003})
    assert "New applications in 2003: not published; decisions" in early["content"]


@in_one_loop
async def test_small_counts_are_said_as_such(asker: Asker) -> None:
    message = await asker.message("figures", {"origin": "China", "asylum": "Malta"})

    assert "\nFewer than 10 people from China were waiting for a decision in Malta" in message["content"]
    assert "UNHCR rounds counts of 1–4 to 0 or 5" in await asker.details(message)


@in_one_loop
async def test_about_tells_releases_licence_and_privacy_to_the_asker(asker: Asker) -> None:
    it = await asker.ask("about")

    assert it.reply
    assert it.ephemeral
    (embed,) = it.reply["embeds"]
    assert "**Releases kept**: 11, from 27 April 2023 on" in embed["description"]
    assert "CC BY 4.0" in embed["description"]
    assert "never a question" in embed["description"]
    public = await asker.ask("about", {"private": False})
    assert not public.ephemeral
