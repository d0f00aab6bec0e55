"""From a question to a reply: ask the figures, put them into words."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypedDict

from bot.replies.changes import reply_changes
from bot.replies.decisions import reply_decisions
from bot.replies.figures import reply_figures
from bot.replies.groups import say_which
from bot.replies.history import reply_history
from bot.replies.map import reply_map
from bot.replies.period import reply_period
from bot.replies.top import reply_top
from bot.replies.trend import reply_trend
from data.caveats import GroupMeant
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.placement import settle
from data.questions.registry import pin, release_of
from data.questions.top import AskTop
from data.questions.trend import AskTrend

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import discord

    from bot.discord.views import AsylumView
    from bot.replies.reply import Reply
    from bot.services import Services
    from data.questions.registry import Finding, Question


class SentReply(TypedDict, total=False):
    """Keyword arguments of discord.py's `send`."""

    content: str
    embed: discord.Embed
    files: list[discord.File]
    view: AsylumView


REPLIES: Mapping[type, Callable[[Any, Any], Reply]] = MappingProxyType(
    {
        AskFigures: reply_figures,
        AskTrend: reply_trend,
        AskTop: reply_top,
        AskHistory: reply_history,
        AskChanges: reply_changes,
        AskDecisions: reply_decisions,
        AskMap: reply_map,
        AskPeriod: reply_period,
    }
)
"""What puts the finding of each kind of question into words."""


async def compose(services: Services, question: Question, *, whole: bool = False) -> Reply:
    """Answer a question in words; raises `data.errors.Unanswerable` when there is no answer.

    The records of the `whole` answer are complete; else a very long list may be left out.
    """
    reply, _ = await compose_found(services, question, whole=whole)
    return reply


async def compose_found(
    services: Services, question: Question, *, whole: bool = False
) -> tuple[Reply, Finding]:
    """Answer a question in words, and return beside them what was found."""
    question = settle(question)
    found = await services.answers.answer(question, whole=whole)
    release = release_of(found)
    reply = REPLIES[type(question)](pin(question, release), found)
    meant = [each for each in found.caveats if isinstance(each, GroupMeant)]
    which = tuple(filter(None, (say_which(each.group, each.year) for each in meant)))
    return replace(reply, notes=await services.answers.notes(found, release), which=which), found
