"""What Discord's refusals come to: a wait, or a pause with its reason; never a message lost."""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.alerts.pace import CLOSED, FAILURES, judge
from bot.discord.traffic import TriedBefore
from bot.replies.reasons import REFUSALS
from data.state.model import Closed, Later, PauseReason, Reason


def http(status: int, code: int, text: str = "Missing\nAccess") -> discord.HTTPException:
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    kind = discord.DiscordServerError if status >= 500 else kind
    return kind(SimpleNamespace(status=status, reason=""), {"code": code, "message": text})


@pytest.mark.parametrize("code", sorted(CLOSED))
def test_codes_that_stay_pause_the_channel_with_discords_words_on_one_line(code: int) -> None:
    assert judge(http(403, code), certain=True) == Closed(CLOSED[code], f"403 {code}: Missing Access", True)


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (http(500, 0), Reason.TROUBLE),
        (http(503, 0), Reason.TROUBLE),
        (http(401, 0), Reason.TROUBLE),
        (http(403, 0), Reason.TROUBLE),  # not Discord itself: something on the way there
        (http(401, 40001), Reason.TROUBLE),  # the token is refused, not the channel
        (http(400, 40004), Reason.TROUBLE),
        (http(403, 40333), Reason.TROUBLE),
        (http(403, 130000), Reason.TROUBLE),
        (http(400, 50035), Reason.BROKEN),
        (http(429, 0), Reason.SLOW_DOWN),
        (discord.RateLimited(90.0), Reason.SLOW_DOWN),
        (ConnectionResetError(104, "reset"), Reason.NETWORK),
        (aiohttp.ServerDisconnectedError(), Reason.NETWORK),
        (TimeoutError(), Reason.NETWORK),
        (TriedBefore(), Reason.TROUBLE),
    ],
    ids=repr,
)
def test_everything_else_waits(failure: Exception, reason: Reason) -> None:
    assert isinstance(failure, FAILURES)
    for certain in (True, False):
        outcome = judge(failure, certain=certain)
        assert isinstance(outcome, Later)
        assert (outcome.reason, outcome.certain) == (reason, certain)


def test_every_refusal_that_pauses_is_said_with_what_helps() -> None:
    assert CLOSED.keys() == REFUSALS.keys()


def test_discords_own_patience_is_kept_to_the_second() -> None:
    outcome = judge(discord.RateLimited(90.0), certain=True)
    assert isinstance(outcome, Later)
    assert outcome.wait is not None
    assert outcome.wait.total_seconds() == 90


def test_a_refusal_nobody_has_met_yet_pauses_too() -> None:
    outcome = judge(http(404, 12345), certain=False)
    assert isinstance(outcome, Closed)
    assert (outcome.reason, outcome.certain) == (PauseReason.REFUSED, False)
