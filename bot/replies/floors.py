"""From what size on countries are ranked, where small ones would come first or last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, digits
from bot.words.measures import SUBJECTS_WITHIN
from data.model import Nature, Order, RankBy
from data.questions.ranking import MIN_GROWN, MIN_PER_HEAD, MIN_RANKED_DECISIONS
from data.statistics import SMALL

if TYPE_CHECKING:
    from data.questions.top import Top


def say_floor(found: Top) -> str:
    """Say from what size on countries are ranked; empty where all are."""
    match found.asked.by:
        case RankBy.PERCENT:
            return _(
                "Ranked from {min_grown} {subject} in {years}.",
                min_grown=digits(f"{MIN_GROWN:,}"),
                subject=SUBJECTS_WITHIN[found.measure],
                years=found.years[0],
            )
        case RankBy.INHABITANTS:
            counted = SUBJECTS_WITHIN[found.measure]
            return _(
                "Ranked from {min_per_head} {counted}; inhabitants: UN World Population Prospects 2024.",
                min_per_head=digits(f"{MIN_PER_HEAD:,}"),
                counted=counted,
            )
    if found.measure.nature is Nature.RATE:
        if found.asked.passes:
            return _(
                "Counted from {min_ranked_decisions} decisions on the merits.",
                min_ranked_decisions=MIN_RANKED_DECISIONS,
            )
        return _(
            "Ranked from {min_ranked_decisions} decisions on the merits.",
            min_ranked_decisions=MIN_RANKED_DECISIONS,
        )
    if found.asked.order is Order.SMALLEST and not found.asked.of_change:
        return _(
            "Ranked from {small} {subject}, as UNHCR rounds smaller figures.",
            small=SMALL,
            subject=SUBJECTS_WITHIN[found.measure],
        )
    return ""


def say_ranked(count: int) -> str:
    """Say how many countries of a map per inhabitant have a place in its order."""
    match count:
        case 0:
            return _(
                "No country has at least {min_per_head}: they are coloured, and none is ranked.",
                min_per_head=MIN_PER_HEAD,
            )
        case 1:
            return _(
                "Only one country has at least {min_per_head} and is ranked; others are only coloured.",
                min_per_head=MIN_PER_HEAD,
            )
    return _(
        "Ranked are the {count} countries with at least {min_per_head}; others are only coloured.",
        count=count,
        min_per_head=MIN_PER_HEAD,
    )
