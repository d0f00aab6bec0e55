"""What a channel is told of a release: the key figure first, then what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.charts.subjects import Comparison, Heading
from bot.replies.alert_body import say_largest, say_missed, say_subscriptions, say_totals, space
from bot.replies.coverage import say_first
from bot.replies.key_figure import say_headline, say_key_figure, write_title
from bot.replies.moves import HALVES, make_move, make_records
from bot.replies.pieces import say_caveats
from bot.replies.reply import LONGEST_ALT, LONGEST_CONTENT, LONGEST_DESCRIPTION, shorten
from bot.words import capitalise, say_day, say_short_day, say_source
from data.compare import Kind
from data.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.charts.subjects import Chart, Move
    from bot.replies.tables import Record
    from data.findings import Changed
    from data.news import News
    from data.subscriptions import Filter

MOST_TOTALS = 5
MOST_MOVES = 10

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
    picture = say_key_figure(news.headline, news.before, news.release)
    totals = choose_totals(news)
    parts = [each for each in news.largest if each not in totals]
    shown = (*totals, *parts)[:MOST_MOVES]
    dated = len({each.year for each in shown}) > 1
    moves = tuple(make_move(each, asked, dated=dated) for each in shown)
    return Alert(
        title=write_title(news.headline),
        headline=f"**{kind}: {key}.** {news.release.label}, {say_day(news.release.day)}.",
        lines=(
            *say_first(news.caveats),
            *say_totals(news, totals, news.headline, news.before, asked),
            *say_largest(news, parts, news.headline, news.before, asked),
            *say_missed(news),
            *say_subscriptions(news),
            *space(f"• {caveat}" for caveat in say_caveats(news.caveats)),
        ),
        chart=Comparison(
            Heading(
                capitalise(picture),
                HALVES if any(each.kind is Kind.COMPLETED for each in shown) else f"{kind}: before and after",
                say_source(news.release),
            ),
            moves,
            before_label=say_short_day(news.before.day),
            after_label=say_short_day(news.release.day),
        ),
        alt=shorten(f"Chart of figures before and after. {kind}: {key}. {_list_moves(moves)}", LONGEST_ALT),
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


def _list_moves(moves: Iterable[Move]) -> str:
    return "; ".join(f"{move.label} {move.text}" for move in moves)


def _make_all_records(news: News) -> tuple[Record, ...]:
    """Make the CSV's lines, each once, of this release and of those told with it."""
    found: dict[Record, None] = {}
    for each in (*news.meanwhile, news):
        if each.before:
            found |= dict.fromkeys(make_records((*each.totals, *each.all_changes), each.before, each.release))
    return tuple(found)
