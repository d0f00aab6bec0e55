"""Buttons, cards and forms that fail, and buttons that outlive the process that sent them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.discord.views import AsylumButton
from bot.preview.double import DiscordDouble, Payload
from tests.bot.failing_cog import SORRY, failing_bot
from tests.double import double as new_double
from tests.double import running, started, until


@pytest.fixture
async def double() -> AsyncIterator[DiscordDouble]:
    async with running(failing_bot()) as (discord_double, _):
        yield discord_double


async def buttons(double: DiscordDouble, how: str) -> Payload:
    message = (await double.slash("fail buttons", how=how)).reply
    assert message is not None
    return message


def private(double: DiscordDouble) -> list[str]:
    return [m["content"] for room in double.messages.values() for m in room.values() if m["flags"] & 64]


@pytest.mark.parametrize("custom_id", ["fail", "again:known"])
async def test_a_button_that_fails_tells_whoever_pressed_it_and_leaves_the_message_alone(
    double: DiscordDouble, custom_id: str
) -> None:
    message = await buttons(double, "known")

    pressed = await double.click(message, custom_id, wait="no", user=double.reader)
    await until(lambda: private(double))

    assert private(double) == [SORRY]
    assert double.messages[message["channel_id"]][message["id"]]["content"] == "Press."
    assert pressed.user == double.reader


async def test_a_card_that_fails_while_it_thinks_aloud_leaves_only_a_private_apology(
    double: DiscordDouble,
) -> None:
    card = (await double.slash("fail card")).reply
    assert card is not None

    pressed = await double.click(card, "card")

    assert pressed.ephemeral
    assert private(double) == [SORRY]
    assert list(double.messages[card["channel_id"]]) == [card["id"], pressed.followups[0]["id"]]


@pytest.mark.parametrize("custom_id", ["again:bug", "again:bug!"])
async def test_a_bug_in_a_button_reaches_the_log_and_the_reference_reaches_whoever_pressed(
    double: DiscordDouble, custom_id: str
) -> None:
    message = await buttons(double, "bug")

    with capture_logs() as events:
        pressed = await double.click(message, custom_id)

    (event,) = events
    assert event["reference"] == f"{int(pressed.id):x}"
    assert f"`{event['reference']}`" in private(double)[0]


async def test_a_button_still_works_after_the_bot_was_started_anew() -> None:
    async with new_double() as double:
        async with started(failing_bot(), double):
            message = await buttons(double, "fine")
        double.advance(60)
        async with started(failing_bot(), double):
            pressed = await double.click(message, "again:fine")

        assert pressed.reply
        assert pressed.reply["content"] == "pressed"
        assert not double.violations


async def test_a_button_that_says_not_what_it_does_is_a_mistake() -> None:
    nothing: Any = None

    with pytest.raises(NotImplementedError):
        await AsylumButton.press(nothing, nothing)
