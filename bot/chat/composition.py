"""From a question to a reply: ask the figures, put them into words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.replies.changes import reply_changes
from bot.replies.figures import reply_figures
from bot.replies.history import reply_history
from bot.replies.outcomes import reply_outcomes
from bot.replies.period import reply_period
from bot.replies.ranking import reply_ranking
from bot.replies.spread import reply_spread
from bot.replies.trend import reply_trend
from data.findings import History
from data.questions import (
    AskChanges,
    AskDecisions,
    AskFigures,
    AskHistory,
    AskMap,
    AskPeriod,
    AskRanking,
    AskTrend,
    pin,
)

if TYPE_CHECKING:
    from bot.replies.reply import Reply
    from bot.services import Services
    from data.answers import Answers
    from data.answers.subjects import Finding
    from data.questions import Question


async def compose(services: Services, question: Question, *, whole: bool = False) -> Reply:
    """Answer a question in words; raises `data.errors.Unanswerable` when there is no answer.

    The records of the `whole` answer are complete; else a very long list may be left out.
    """
    reply, found = await _answer(services.answers, question, whole=whole)
    release = found.editions[-1].release if isinstance(found, History) else found.release
    return replace(reply, notes=await services.answers.notes(found, release))


async def _answer(answers: Answers, question: Question, *, whole: bool) -> tuple[Reply, Finding]:
    match question:
        case AskFigures():
            figures = await answers.figures(question.place, question.year, question.as_of)
            return reply_figures(pin(question, figures.release), figures), figures
        case AskTrend():
            years = (question.first, question.last)
            trend = await answers.trend(question.measure, question.places, years, question.as_of)
            return reply_trend(pin(question, trend.release), trend), trend
        case AskRanking():
            ranking = await answers.ranking(
                question.measure, question.role, question.place, question.year, question.as_of
            )
            return reply_ranking(pin(question, ranking.release), ranking), ranking
        case AskHistory():
            history = await answers.history(question.measure, question.place, question.year, question.as_of)
            return reply_history(pin(question, history.editions[-1].release), history), history
        case AskChanges():
            kinds = [question.kind] if question.kind else []
            changes = await answers.changes(
                question.place, question.measure, kinds, question.at_least, question.as_of, whole=whole
            )
            return reply_changes(pin(question, changes.release), changes), changes
        case AskDecisions():
            years = (question.first, question.last)
            outcomes = await answers.outcomes(question.place, question.level, years, question.as_of)
            return reply_outcomes(pin(question, outcomes.release), outcomes), outcomes
        case AskMap():
            spread = await answers.spread(
                question.measure, question.role, question.place, question.year, question.as_of
            )
            return reply_spread(pin(question, spread.release), spread), spread
        case AskPeriod():
            period = await answers.period(
                question.measure, question.place, question.years, question.against, question.as_of
            )
            return reply_period(pin(question, period.release), period), period
