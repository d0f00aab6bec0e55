"""From what size on countries are ranked, where small ones would come first or last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words import SUBJECTS_WITHIN
from data.model import Nature, Order, RankBy
from data.questions.ranking import MIN_GROWN, MIN_PER_HEAD, MIN_RANKED_DECISIONS
from data.statistics import SMALL

if TYPE_CHECKING:
    from data.questions.top import Top


def say_floor(found: Top) -> str:
    """Say from what size on countries are ranked; empty where all are."""
    match found.asked.by:
        case RankBy.PERCENT:
            return f"Ranked from {MIN_GROWN:,} {SUBJECTS_WITHIN[found.measure]} in {found.years[0]}."
        case RankBy.INHABITANTS:
            counted = SUBJECTS_WITHIN[found.measure]
            return f"Ranked from {MIN_PER_HEAD:,} {counted}; inhabitants: UN World Population Prospects 2024."
    if found.measure.nature is Nature.RATE:
        if found.asked.passes:
            return f"Counted from {MIN_RANKED_DECISIONS} decisions on the merits."
        return f"Ranked from {MIN_RANKED_DECISIONS} decisions on the merits."
    if found.asked.order is Order.SMALLEST and not found.asked.of_change:
        return f"Ranked from {SMALL} {SUBJECTS_WITHIN[found.measure]}, as UNHCR rounds smaller figures."
    return ""


def say_ranked(count: int) -> str:
    """Say how many countries of a map per inhabitant have a place in its order."""
    match count:
        case 0:
            return f"No country has at least {MIN_PER_HEAD}: they are coloured, and none is ranked."
        case 1:
            return f"Only one country has at least {MIN_PER_HEAD} and is ranked; others are only coloured."
    return f"Ranked are the {count} countries with at least {MIN_PER_HEAD}; others are only coloured."
