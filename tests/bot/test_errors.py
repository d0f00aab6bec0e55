"""Every failure has words for the asker, and only bugs are called bugs."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import MAX_LENGTH, explain, root_cause
from bot.sentences import Refusal, say
from data.errors import UnknownCountry

REFERENCE = "1f2e3d"


class Picky(app_commands.Transformer):
    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> str:
        return value


def unreadable(value: object, cause: Exception | None = None, transformer: Any = None) -> Exception:
    error = app_commands.TransformerError(value, discord.AppCommandOptionType.string, transformer or Picky())
    error.__cause__ = cause
    return error


def refused(
    status: int, code: int = 0, kind: type[discord.HTTPException] = discord.HTTPException
) -> Exception:
    answer = SimpleNamespace(status=status, reason="reason")
    return kind(answer, {"code": code, "message": "message"})  # type: ignore[arg-type]


def in_command(error: Exception) -> Exception:
    return app_commands.CommandInvokeError(SimpleNamespace(name="figures"), error)  # type: ignore[arg-type]


def sentence(error: BaseException, **known: str) -> str:
    explanation = explain(error, REFERENCE, **known)
    assert not explanation.is_bug
    assert explanation.text is not None
    return explanation.text


def test_a_known_failure_speaks_for_itself_however_it_was_wrapped() -> None:
    known = UnknownCountry("country-unknown", typed="Chna")

    for error in (known, in_command(known), unreadable("Chna", known), in_command(unreadable("Chna", known))):
        assert sentence(error) == say(known)


def test_an_option_that_cannot_be_read_is_named_with_what_was_typed() -> None:
    assert (
        sentence(unreadable("19x5"), option="year")
        == "I cannot read '19x5' for `year`; please pick one of the suggestions."
    )
    assert "'19x5';" in sentence(unreadable("19x5"))


def test_an_option_that_discord_py_itself_cannot_read_is_the_asker_s_matter_too() -> None:
    of_discord = app_commands.Range[int, 1, 5]

    assert "'9'" in sentence(unreadable(9, ValueError("no such member"), of_discord))


def test_an_option_that_breaks_in_our_own_hands_is_a_bug() -> None:
    assert explain(unreadable("China", KeyError("CHI")), REFERENCE).is_bug


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (app_commands.CommandOnCooldown(app_commands.Cooldown(1, 9), 4.2), "again in 5 seconds"),
        (app_commands.CommandOnCooldown(app_commands.Cooldown(1, 9), 0.2), "again in 1 second."),
        (app_commands.MissingPermissions(["manage_guild"]), "the permission “Manage Server”"),
        (
            app_commands.BotMissingPermissions(["send_messages", "embed_links", "attach_files"]),
            "the permissions “Send Messages”, “Embed Links” and “Attach Files”",
        ),
        (app_commands.NoPrivateMessage(), "in servers only"),
        (app_commands.CheckFailure(), "may not use this"),
        (app_commands.CommandNotFound("figures", []), "Ctrl+R"),
        (app_commands.CommandSignatureMismatch(SimpleNamespace(name="figures")), "Ctrl+R"),  # type: ignore[arg-type]
        (in_command(refused(403, 50013, discord.Forbidden)), "check my permissions"),
        (in_command(refused(404, 10008, discord.NotFound)), "ask again"),
        (in_command(refused(413, 40005)), "fewer years"),
        (in_command(refused(400, 40005)), "fewer years"),
        (in_command(refused(429)), "slow down"),
        (in_command(discord.RateLimited(61.5)), "in 62 seconds"),
        (in_command(refused(503, kind=discord.DiscordServerError)), "is having problems"),
        (in_command(aiohttp.ServerDisconnectedError()), "connection broke"),
        (in_command(ConnectionResetError()), "connection broke"),
    ],
)
def test_what_went_wrong_outside_is_said_in_words(error: Exception, words: str) -> None:
    assert words in sentence(error)


@pytest.mark.parametrize("code", [10062, 40060, 10015, 50027])
def test_to_an_interaction_that_is_over_nothing_is_said(code: int) -> None:
    assert explain(in_command(refused(404, code, discord.NotFound)), REFERENCE) == (None, False)


@pytest.mark.parametrize(
    "error",
    [
        ZeroDivisionError(),
        asyncio.CancelledError(),
        TimeoutError(),
        OSError(28, "No space left on device"),
        Refusal(""),
        refused(400, 50035),
        refused(404, 10003, discord.NotFound),
        app_commands.AppCommandError("ill-formed data"),
        discord.InteractionResponded(SimpleNamespace()),  # type: ignore[arg-type]
    ],
    ids=repr,
)
def test_everything_else_is_a_bug_with_a_reference(error: BaseException) -> None:
    explanation = explain(error, REFERENCE)

    assert explanation.is_bug
    assert (
        explanation.text
        == f"Something broke on my side. Please tell the operator this reference: `{REFERENCE}`."
    )


def test_the_root_of_a_failure_that_nobody_wrapped_is_itself() -> None:
    error = ZeroDivisionError()

    assert root_cause(error) is error


@given(st.text(st.sampled_from("<@&#!>everyone1`*_~|[](:/)\n\r\u202e"), max_size=300))
def test_what_was_typed_is_quoted_so_that_it_means_nothing(typed: str) -> None:
    text = explain(unreadable(typed), REFERENCE).text

    assert text is not None
    assert not set(text) & set("<@>`*_~|[]\n\r\u202e")
    assert "://" not in text
    assert len(text) < 150


@given(st.text(min_size=1).map(lambda part: (part + "@everyone ") * 300))
def test_no_explanation_is_longer_than_a_message_or_mentions_anybody(text: str) -> None:
    said = explain(Refusal(text), REFERENCE).text

    assert said is not None
    assert len(said) <= MAX_LENGTH
    assert "@everyone" not in said
