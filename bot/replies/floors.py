"""From what size on countries are ranked, where small ones would come first or last, and thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, digits
from bot.words import say_list, say_whole_percent
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


def say_threshold(found: Top) -> str:
    """Write within which bounds they are: “above 100”, “below 100”, both."""
    above, below = found.asked.above, found.asked.below
    if below is None:
        return _say_above(found, above or 0)
    if above is None:
        return _say_below(found, below)
    return say_list([_say_above(found, above), _say_below(found, below)])


def _say_above(found: Top, above: int) -> str:
    if _counts_people(found) and (above + 1) % 10 == 0:  # what is above 99 was asked for as 100 and more
        return _("at least {bound}", bound=say_bound(found, above + 1))
    return _("above {bound}", bound=say_bound(found, above))


def _say_below(found: Top, below: int) -> str:
    if _counts_people(found) and below % 10 == 1 < below:
        return _("at most {bound}", bound=say_bound(found, below - 1))
    return _("below {bound}", bound=say_bound(found, below))


def say_bound(found: Top, at: int) -> str:
    """Write a threshold: of a change with its sign, of a rate in percent."""
    if found.asked.of_change:
        sign = "+" if found.asked.order is Order.LARGEST else "−"
        return f"{sign}{digits(f'{at:,}%' if found.asked.by is RankBy.PERCENT else f'{at:,}')}"
    return say_whole_percent(at) if found.measure.nature is Nature.RATE else f"{digits(f'{at:,}')}"


def _counts_people(found: Top) -> bool:
    return found.asked.by is RankBy.AMOUNT and found.measure.nature is not Nature.RATE
