"""Whatever fails is told to the asker alone, leaves nothing behind in public, and bugs reach the log."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.preview.double import DiscordDouble, Fault, Interaction
from tests.bot.failing_cog import SORRY, failing_bot
from tests.double import running, until

LOADING = 1 << 7


@pytest.fixture
async def double() -> AsyncIterator[DiscordDouble]:
    async with running(failing_bot()) as (discord_double, _):
        yield discord_double


def public(double: DiscordDouble) -> list[str]:
    """What stands in the first channel for everybody to read."""
    return [m["content"] for room in double.messages.values() for m in room.values() if not m["flags"] & 64]


def private(double: DiscordDouble) -> list[str]:
    return [m["content"] for room in double.messages.values() for m in room.values() if m["flags"] & 64]


@pytest.mark.parametrize("dm", [False, True])
@pytest.mark.parametrize("command", ["fail at_once", "fail aloud", "fail privately"])
async def test_a_failure_is_told_to_the_asker_alone_and_nothing_stays_in_public(
    double: DiscordDouble, command: str, dm: bool
) -> None:
    answer = await double.slash(command, how="known", dm=dm)

    assert answer.ephemeral
    assert answer.reply
    assert answer.reply["embeds"] == answer.reply["attachments"] == []
    assert private(double) == [SORRY]
    assert public(double) == []


async def test_an_answer_that_stands_already_stays_when_something_fails_after_it(
    double: DiscordDouble,
) -> None:
    answer = await double.slash("fail afterwards", how="known")
    await until(lambda: answer.followups)

    assert public(double) == ["The answer."]
    assert private(double) == [SORRY]


async def test_a_message_menu_fails_as_a_command_does(double: DiscordDouble) -> None:
    message = await double.say("178,725 applied for asylum")

    answer = await double.context_menu("Fail here", message)

    assert answer.ephemeral
    assert private(double) == [SORRY]


async def test_an_option_that_cannot_be_read_is_named(double: DiscordDouble) -> None:
    answer = await double.slash("fail reading", year="<@&1>soon")

    assert answer.ephemeral
    assert private(double) == ["I cannot read '‹＠&1›soon' for `year`; please pick one of the suggestions."]


async def test_an_option_that_fails_in_our_words_speaks_for_itself(double: DiscordDouble) -> None:
    await double.slash("fail reading", year="2026")

    assert private(double) == [SORRY]


@pytest.mark.parametrize("command", ["fail at_once", "fail aloud", "fail privately", "fail afterwards"])
async def test_the_reference_of_a_bug_stands_in_the_log_with_its_traceback(
    double: DiscordDouble, command: str
) -> None:
    with capture_logs() as events:
        answer = await double.slash(command, how="bug")
        await until(lambda: any(private(double)))

    (said,) = private(double)
    (event,) = [e for e in events if e["log_level"] == "error"]
    assert re.search(r"`(.+)`", said)[1] == event["reference"] == f"{int(answer.id):x}"  # type: ignore[index]
    assert isinstance(event["exc_info"].original, ZeroDivisionError)
    assert "ZeroDivisionError" not in said


async def test_what_was_only_refused_leaves_no_traceback_and_nothing_that_was_typed(
    double: DiscordDouble,
) -> None:
    with capture_logs() as events:
        await double.slash("fail reading", year="my secret")

    assert [e["log_level"] for e in events] == ["info"]
    assert "my secret" not in repr(events)


async def test_an_autocompletion_that_breaks_breaks_nothing_else(double: DiscordDouble) -> None:
    with pytest.raises(TimeoutError):
        await double.autocomplete("fail reading", "year", "20", timeout=0.3)

    assert (await double.slash("fail reading", year="2025")).reply


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060)])
async def test_a_completion_that_came_too_late_is_no_error_and_names_nobody(
    double: DiscordDouble, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    double.faults.append(Fault("POST", r"/interactions/.*", status, code))

    with capture_logs() as events, pytest.raises(TimeoutError):
        await double.autocomplete("fail reading", "year", "2025", timeout=0.3)

    assert [e["log_level"] for e in events] == ["warning"]
    assert double.moderator["id"] not in f"{events}{caplog.text}"
    assert [each.levelname for each in caplog.records if each.levelno >= logging.WARNING] == []


async def test_a_completion_that_breaks_is_in_the_log_with_its_traceback_and_names_nobody(
    double: DiscordDouble, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as events, pytest.raises(TimeoutError):
        await double.autocomplete("fail reading", "year", "20", timeout=0.3)

    (event,) = events
    assert (event["log_level"], event["reference"]) == ("error", "a completion for /fail reading")
    assert event["exc_info"]
    assert double.moderator["id"] not in f"{events}{caplog.text}"


async def test_a_completion_for_a_command_that_is_gone_is_answered_with_nothing() -> None:
    async with running(failing_bot()) as (double, bot):
        bot.tree.remove_command("fail")

        assert await double.autocomplete("fail reading", "year", "20") == []


async def test_a_command_that_is_gone_is_told_how_to_reload_discord() -> None:
    async with running(failing_bot()) as (double, bot):
        bot.tree.remove_command("fail")
        answer = await double.slash("fail at_once", how="known")

        assert answer.ephemeral
        assert "Ctrl+R" in private(double)[0]


async def test_a_question_that_came_too_late_is_logged_and_nobody_is_told(double: DiscordDouble) -> None:
    double.faults.append(Fault("POST", r"/interactions/.*", 404, 10062))

    with capture_logs() as events:
        answer = await double.slash("fail aloud", how="known", wait="no")
        await until(lambda: events)

    assert answer.reply is None
    assert [e["log_level"] for e in events] == ["warning"]


async def test_a_deferral_whose_receipt_was_lost_is_cleared_away_all_the_same(double: DiscordDouble) -> None:
    double.faults.append(Fault("POST", r"/interactions/.*", 0, after_effect=True))

    answer = await double.slash("fail aloud", how="known")

    assert answer.ephemeral
    assert public(double) == []
    assert "connection broke" in private(double)[0]


async def test_a_thinking_message_that_somebody_deleted_meanwhile_is_no_obstacle(
    double: DiscordDouble,
) -> None:
    double.faults.append(Fault("GET", r"/webhooks/.*/@original", 404, 10008))

    answer = await double.slash("fail privately", how="known")

    assert answer.ephemeral
    assert private(double) == [SORRY]


async def test_an_apology_that_discord_refuses_is_written_down(double: DiscordDouble) -> None:
    double.faults.append(Fault("POST", r"/interactions/.*", 403, 50001, times=2))

    with capture_logs() as events:
        await double.slash("fail at_once", how="known", wait="no")
        await until(lambda: len(events) == 2)

    assert [e["event"] for e in events] == ["an interaction was refused", "the asker could not be told"]


def flags(answer: Interaction) -> Any:
    return answer.original and answer.original["flags"]


async def test_a_private_wait_ends_in_the_message_that_was_waited_for(double: DiscordDouble) -> None:
    answer = await double.slash("fail privately", how="known")

    assert flags(answer) & LOADING == 0
    assert answer.followups == []
