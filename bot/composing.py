"""From a question to a reply: ask the figures, put them into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.figures import reply_figures
from bot.replies.ranking import reply_ranking
from bot.replies.trend import reply_trend
from data.questions import AskFigures, AskRanking, AskTrend, pin

if TYPE_CHECKING:
    from bot.replies.reply import Reply
    from bot.services import Services
    from data.questions import Question


async def compose(services: Services, question: Question) -> Reply:
    """Answer a question in words; raises `data.errors.Unanswerable` when there is no answer."""
    answers = services.answers
    match question:
        case AskFigures():
            figures = await answers.figures(question.place, question.year, question.as_of)
            return reply_figures(pin(question, figures.release), figures)
        case AskTrend():
            years = (question.first, question.last)
            trend = await answers.trend(question.measure, question.places, years, question.as_of)
            return reply_trend(pin(question, trend.release), trend)
        case AskRanking():
            ranking = await answers.ranking(
                question.measure, question.role, question.place, question.year, question.as_of
            )
            return reply_ranking(pin(question, ranking.release), ranking)
