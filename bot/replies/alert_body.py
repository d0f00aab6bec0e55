"""What stands below the key figure of an alert: other totals, what they are made of, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.filters import say_filter
from bot.replies.key_figure import find_beside, say_key_figure
from bot.replies.moves import name_rest, note_cases, say_end, say_honest_ratio, say_move
from bot.words import NAMES, capitalise, say_release
from data.compare import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.findings import Changed
    from data.model import Place, Release
    from data.news import News

SPANS = "January–June → the whole year, 30 June → 31 December"


def say_totals(
    news: News, totals: Sequence[Changed], key: Changed, before: Release, asked: Place
) -> Iterator[str]:
    """Say the other totals of the places asked for, in one sentence."""
    rest = [each for each in totals if each not in (key, find_beside(news, key))]
    if rest:
        told = "; ".join(_say_change(each, key, before, news.release, asked, spans=True) for each in rest)
        yield f"Also: {told}."


def say_largest(
    news: News, parts: Sequence[Changed], key: Changed, before: Release, asked: Place
) -> Iterator[str]:
    """List what the totals are made of."""
    shown = [each for each in parts if each != key]
    if not shown:
        return
    spans = "" if not any(each.kind is Kind.COMPLETED for each in shown) else f" ({SPANS})"
    what = f"The largest of {news.matching:,} changes" if news.matching > len(shown) else "What it is made of"
    yield from space([f"**{what}{spans}**"])
    for each in shown:
        yield f"• {capitalise(_say_change(each, key, before, news.release, asked))}"


def _say_change(
    each: Changed, key: Changed, before: Release, after: Release, asked: Place, *, spans: bool = False
) -> str:
    """Write one change among others: what the key figure says already, its kind and year, is left out."""
    name, what = name_rest(asked, each.place), NAMES[each.measure].lower()
    if spans:
        move = say_move(each)
    else:
        what, move = what + note_cases(each), f"{say_end(each.before)} → {say_end(each.after)}"
    told = f"{name}, {what}: {move}" if name else f"{what} {move}"
    notes = (
        f"{each.year}" if each.year != key.year else "",
        each.kind.value if each.kind is not key.kind else "",
        say_honest_ratio(each, before, after),
    )
    noted = ", ".join(filter(None, notes))
    if not noted:
        return told
    return f"{told}, {noted}" if told.endswith(")") else f"{told} ({noted})"


def say_missed(news: News) -> Iterator[str]:
    """Tell releases that came while nothing could be sent, each in a line."""
    missed = [each for each in news.meanwhile if each.headline and each.before]
    if missed:
        yield from space(["**Missed meanwhile**"])
    for each in missed:
        if each.headline and each.before:
            key = say_key_figure(each.headline, each.before, each.release)
            yield f"• {say_release(each.release)}: {each.headline.kind.value}, {key}"


def say_subscriptions(news: News) -> Iterator[str]:
    """Say which subscriptions a message answers, where they are several."""
    if len(news.matched) > 1:
        named = "; ".join(map(say_filter, news.matched))
        yield from space([f"This answers {len(news.matched)} subscriptions of this channel: {named}."])


def space(lines: Iterable[str]) -> Iterator[str]:
    """Set lines apart from what stands above them."""
    for place, line in enumerate(lines):
        yield line if place else f"\n{line}"
