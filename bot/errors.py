"""Turn any failure into words for the asker, and a verdict for the log.

Whatever fails in a command, an option, a button or a form ends in `explain`, so that one table
of words answers for all of them.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import aiohttp
import discord
from discord import app_commands

from bot.languages import _, digits
from bot.sentences import say
from bot.words import say_list
from data.errors import AsylumBotError, quote

MAX_LENGTH = 2000
"""Characters that Discord takes in a message's text."""

NETWORK_FAILURES = (aiohttp.ClientError, OSError, TimeoutError)
"""What a request to Discord may raise when no answer came back."""

TOO_LATE = frozenset({10062, 40060, 10015, 50027})
"""Discord's codes for an interaction that is over: unknown, answered already, or its token expired."""


class FailureInWords(NamedTuple):
    """What to tell the asker (`None`: nothing can be told any more), and whether it is our fault."""

    text: str | None
    is_bug: bool


def explain(error: BaseException, reference: str, option: str | None = None) -> FailureInWords:
    """Choose one or two sentences of at most 2000 characters that mention nobody.

    `reference` is what the asker can quote and the log repeats; `option` is the name of the
    slash-command option that could not be read, if that is known.
    """
    cause = root_cause(error)
    if isinstance(cause, discord.HTTPException) and cause.code in TOO_LATE:
        return FailureInWords(None, is_bug=False)
    text = _of_the_domain(cause) or _of_a_command(cause, option) or _of_a_check(cause) or _of_discord(cause)
    if text:
        return FailureInWords(_harmless(text), is_bug=False)
    return FailureInWords(
        _(
            "Something broke on my side. Please tell the operator this reference: `{reference}`.",
            reference=reference,
        ),
        is_bug=True,
    )


def root_cause(error: BaseException) -> BaseException:
    """Unwrap what discord.py wrapped: a command's failure, or an option's."""
    if isinstance(error, app_commands.CommandInvokeError):
        return root_cause(error.original)
    if isinstance(error, app_commands.TransformerError) and error.__cause__ and not _is_discords(error):
        return root_cause(error.__cause__)
    return error


def _is_discords(error: app_commands.TransformerError) -> bool:
    """Whether discord.py's own transformer refused the value: then the value is at fault, not we."""
    return type(error.transformer).__module__.startswith("discord.")


def _harmless(text: str) -> str:
    text = discord.utils.escape_mentions(text)
    return text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"


AWAY = ("state-unreachable", "state-away")
STATE_AWAY = (
    "Alerts and settings can neither be shown nor changed for the moment; figures are answered as ever."
    " Please try again in some minutes."
)
"""What somebody in a chat is told where an operator reads which database is away, and why."""


def _of_the_domain(error: BaseException) -> str | None:
    if not isinstance(error, AsylumBotError):
        return None
    return STATE_AWAY if error.code in AWAY else say(error)


def _of_a_command(error: BaseException, option: str | None) -> str | None:
    match error:
        case app_commands.TransformerError(value=value):
            where = _(" for `{option}`", option=option) if option else ""
            return _(
                "I cannot read {quote}{where}; please pick one of the suggestions.",
                quote=quote(str(value)),
                where=where,
            )
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return _(
                "Discord still shows an older version of this command; reload Discord (Ctrl+R) and try again."
            )
        case _:
            return None


def _of_a_check(error: BaseException) -> str | None:
    match error:
        case app_commands.CommandOnCooldown(retry_after=seconds):
            return _("That was a little fast; please try again in {seconds}.", seconds=_seconds(seconds))
        case app_commands.MissingPermissions(missing_permissions=missing):
            return _(
                "You need {permissions} here to do that; please ask a moderator of this server.",
                permissions=name_permissions(missing),
            )
        case app_commands.BotMissingPermissions(missing_permissions=missing):
            return _(
                "I lack {permissions} here; please ask a moderator of this server to help me.",
                permissions=name_permissions(missing),
            )
        case app_commands.NoPrivateMessage():
            return _("This works in servers only; please use the command there.")
        case app_commands.CheckFailure():
            return _("You may not use this here; ask a moderator of this server whether you may.")
        case _:
            return None


def _of_discord(error: BaseException) -> str | None:
    text = None
    match error:
        case discord.RateLimited(retry_after=seconds):
            text = _(
                "Discord asks me to slow down; please try again in {seconds}.", seconds=_seconds(seconds)
            )
        case discord.NotFound(code=10008):
            text = _("My message was deleted before it was finished; please ask again.")
        case discord.Forbidden():
            text = _("Discord does not let me do that here; please ask a moderator to check my permissions.")
        case discord.HTTPException(status=413) | discord.HTTPException(code=40005):
            text = _("The answer is too large for Discord; please ask for fewer years or countries.")
        case discord.HTTPException(status=429):
            text = _("Discord asks me to slow down; please try again in a minute.")
        case discord.DiscordServerError():
            text = _("Discord is having problems at the moment; please try again in a minute.")
        case aiohttp.ClientError() | ConnectionError():
            text = _("The connection broke while I was answering; please try again.")
    return text


def _seconds(seconds: float) -> str:
    whole = max(1, math.ceil(seconds))
    return _("1 second") if whole == 1 else _("{whole} seconds", whole=digits(f"{whole:,}"))


def name_permissions(names: list[str]) -> str:
    """Name permissions as Discord's own pages do: `manage_guild` is “Manage Server” there."""
    shown = [f"“{name.replace('guild', 'server').replace('_', ' ').title()}”" for name in names]
    return (
        _("the permission {shown}", shown=shown[0])
        if len(shown) == 1
        else _("the permissions {list}", list=say_list(shown))
    )
