"""What a channel is told of a release: the key figure first, then what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.charts.subjects import Comparison, Heading
from bot.replies.filters import say_filter
from bot.replies.key_figure import say_headline, say_key_figure, write_title
from bot.replies.moves import (
    HALVES,
    is_half_against_whole,
    make_move,
    make_records,
    name_rest,
    note_cases,
    say_end,
    say_honest_ratio,
    say_move,
)
from bot.replies.pieces import say_caveats
from bot.replies.reply import LONGEST_ALT, LONGEST_CONTENT, LONGEST_DESCRIPTION, shorten
from bot.words import (
    NAMES,
    capitalise,
    say_day,
    say_release,
    say_short_day,
    say_source,
)
from data.compare import Kind
from data.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.charts.subjects import Chart
    from bot.replies.tables import Record
    from data.findings import Changed
    from data.model import Release
    from data.news import News
    from data.subscriptions import Filter

MOST_TOTALS = 5
MOST_MOVES = 10
SPANS = "January–June → the whole year, 30 June → 31 December"

COLOURS = {
    Kind.NEW_PERIOD: 0x00B398,
    Kind.COMPLETED: 0x0072BC,
    Kind.CORRECTED: 0xE8A33D,
    Kind.WITHDRAWN: 0xEF4A60,
    Kind.RECODED: 0x8EBEFF,
}
"""What the edge of a message shows at a glance."""


@dataclass(frozen=True, slots=True)
class Alert:
    """What is said of a release. `headline` is markdown of one line, `lines` stand in the embed.

    `title` heads a forum's post; `answers` are the filters that have something to tell here.
    """

    title: str
    headline: str
    lines: tuple[str, ...]
    chart: Chart
    alt: str
    records: tuple[Record, ...]
    source: str
    answers: tuple[Filter, ...]
    colour: int

    def content(self, roles: Iterable[int] = ()) -> str:
        """The headline, which a notification shows, and below it the roles that are pinged."""
        pings = " ".join(f"<@&{role}>" for role in roles)
        return "\n".join(filter(None, (shorten(self.headline, LONGEST_CONTENT // 2), pings)))

    def embed(self) -> discord.Embed:
        """Everything below the headline, with the source."""
        text = shorten("\n".join(self.lines).strip(), LONGEST_DESCRIPTION)
        return discord.Embed(description=text, colour=discord.Colour(self.colour)).set_footer(
            text=self.source
        )


def write_alert(news: News) -> Alert:
    """Put what a release changed of what a channel asked for into words.

    Raises ValueError for news without a key figure: there is nothing to say then.
    """
    if news.headline is None or news.before is None:
        raise ValueError(f"{news.release.label} is no news here: {news.silence}")
    asked = news.matched[0].place if len({each.place for each in news.matched}) == 1 else Place()
    kind = capitalise(news.headline.kind.value)
    key = say_headline(news, news.headline, news.before, asked)
    totals = choose_totals(news)
    parts = [each for each in news.largest if each not in totals]
    shown = (*totals, *parts)[:MOST_MOVES]
    return Alert(
        title=write_title(news.headline),
        headline=f"**{kind}: {key}.** {news.release.label}, {say_day(news.release.day)}.",
        lines=(
            *_say_totals(news, totals, news.headline, news.before, asked),
            *_say_largest(news, parts, news.headline, news.before, asked),
            *_say_missed(news),
            *_say_subscriptions(news),
            *_space(f"• {caveat}" for caveat in say_caveats(news.caveats)),
        ),
        chart=Comparison(
            Heading(
                capitalise(key),
                HALVES if any(map(is_half_against_whole, shown)) else f"{kind}: before and after",
                say_source(news.release),
            ),
            tuple(make_move(each, asked) for each in shown),
            before_label=say_short_day(news.before.day),
            after_label=say_short_day(news.release.day),
        ),
        alt=shorten(
            f"Chart of figures before and after. {kind}: {key}. {_list_moves(shown, asked)}", LONGEST_ALT
        ),
        records=_make_all_records(news),
        source=say_source(news.release),
        answers=news.matched,
        colour=COLOURS[news.headline.kind],
    )


def choose_totals(news: News) -> tuple[Changed, ...]:
    """Choose the totals to tell: the key figure, the largest of each filter, then the others by size."""
    chosen = [news.headline] if news.headline in news.totals else []
    for wanted in news.matched:
        chosen += [each for each in news.totals if each.place == wanted.place][:1]
    return tuple(dict.fromkeys(each for each in (*chosen, *news.totals) if each))[:MOST_TOTALS]


def _say_totals(
    news: News, totals: Sequence[Changed], key: Changed, before: Release, asked: Place
) -> Iterator[str]:
    rest = [each for each in totals if each != key]
    if rest:
        told = "; ".join(_say_change(each, key, before, news.release, asked, spans=True) for each in rest)
        yield f"Also: {told}."


def _say_largest(
    news: News, parts: Sequence[Changed], key: Changed, before: Release, asked: Place
) -> Iterator[str]:
    shown = [each for each in parts if each != key]
    if not shown:
        return
    spans = "" if not any(each.kind is Kind.COMPLETED for each in shown) else f" ({SPANS})"
    yield from _space([f"**The largest of {news.matching:,} changes{spans}**"])
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


def _say_missed(news: News) -> Iterator[str]:
    """Tell releases that came while nothing could be sent, each in a line."""
    missed = [each for each in news.meanwhile if each.headline and each.before]
    if missed:
        yield from _space(["**Missed meanwhile**"])
    for each in missed:
        if each.headline and each.before:
            key = say_key_figure(each.headline, each.before, each.release)
            yield f"• {say_release(each.release)}: {each.headline.kind.value}, {key}"


def _say_subscriptions(news: News) -> Iterator[str]:
    if len(news.matched) > 1:
        named = "; ".join(map(say_filter, news.matched))
        yield from _space([f"This answers {len(news.matched)} subscriptions of this channel: {named}."])


def _list_moves(shown: Iterable[Changed], asked: Place) -> str:
    rows = [make_move(each, asked) for each in shown]
    return "; ".join(f"{row.label} {row.text}" for row in rows)


def _make_all_records(news: News) -> tuple[Record, ...]:
    """Make the CSV's lines, each once, of this release and of those told with it."""
    found: dict[Record, None] = {}
    for each in (*news.meanwhile, news):
        if each.before:
            found |= dict.fromkeys(make_records((*each.totals, *each.all_changes), each.before, each.release))
    return tuple(found)


def _space(lines: Iterable[str]) -> Iterator[str]:
    """Set lines apart from what stands above them."""
    for place, line in enumerate(lines):
        yield line if place else f"\n{line}"
