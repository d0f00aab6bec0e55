"""From news to the message that a channel gets: written, drawn and packed once for all who ask the same."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import discord

from bot.replies.alert import COLOURS, Alert, say_what_is_valid, say_withdrawal, title_withdrawal, write_alert
from bot.replies.files import write_csv
from bot.replies.reply import make_foot
from bot.replies.subscriptions import say_filter
from bot.words import say_source
from data.model import RevisionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.charts.studio import Studio
    from data.alerts.news import News, Withdrawal
    from data.model import Release
    from data.questions.changes import AskChanges
    from data.state.model import Subscription


LARGEST_CSV = 256 * 1024
"""Bytes up to which a table is sent as it is; a larger one is compressed, to a twentieth."""

PICTURE = "asylum-changes.png"
_KEPT = 64
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class AlertMessage:
    """A message ready to be sent, as often as need be.

    `title` heads it in a forum; `question` asks for all that changed; an empty `table` is not sent.
    """

    title: str
    content: str
    embed: discord.Embed
    picture: bytes
    alt: str
    table: bytes
    table_name: str
    allowed_mentions: discord.AllowedMentions
    question: AskChanges

    def quiet(self, before: str) -> AlertMessage:
        """Return it as it is shown, not told: it mentions nobody, and `before` stands above it."""
        return replace(self, content=before + self.content, allowed_mentions=discord.AllowedMentions.none())

    def send_kwargs(self) -> dict[str, Any]:
        """Return what discord.py's `send` takes, with files that were never read and an embed of its own."""
        table = [discord.File(io.BytesIO(self.table), self.table_name)] if self.table else []
        return {
            "content": self.content,
            "embed": self.embed.copy(),
            "files": [discord.File(io.BytesIO(self.picture), PICTURE, description=self.alt), *table],
            "allowed_mentions": self.allowed_mentions,
        }


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is the same for every channel that asks for the same."""

    alert: Alert
    picture: bytes
    table: bytes
    table_name: str


class Alerting:
    """Composes alerts. The last few are kept, so that a thousand channels with one filter cost one chart."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._kept: OrderedDict[tuple[object, ...], asyncio.Task[_Drawn]] = OrderedDict()

    async def compose(self, news: News, subscriptions: Sequence[Subscription]) -> AlertMessage | None:
        """Compose what a channel with these subscriptions is told; None where that is nothing.

        `news` must have been asked for whole, with just the filters of the subscriptions. Only the roles
        of subscriptions that have something to tell are pinged, and nobody else is mentioned.
        """
        if news.headline is None:
            return None
        drawn = await self._draw(news)
        roles = list(
            dict.fromkeys(
                s.role for s in subscriptions if s.role is not None and s.wanted in drawn.alert.answers
            )
        )
        return AlertMessage(
            title=drawn.alert.title,
            content=drawn.alert.content(roles),
            embed=drawn.alert.embed(),
            picture=drawn.picture,
            alt=drawn.alert.alt,
            table=drawn.table,
            table_name=drawn.table_name,
            allowed_mentions=discord.AllowedMentions(
                everyone=False,
                users=False,
                roles=[discord.Object(role) for role in roles],
                replied_user=False,
            ),
            question=drawn.alert.question,
        )

    async def _draw(self, news: News) -> _Drawn:
        """Draw once however many ask at the same time; what fails reaches all of them and is not kept."""
        missed = tuple(each.release for each in news.meanwhile)
        key = (news.release, news.before, news.matched, news.matching, missed)
        asked = self._kept.get(key)
        if asked is None:
            asked = self._kept[key] = asyncio.create_task(self._make(news), name="alert")
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        try:
            # One channel that gives up must not take the message from the others.
            return await asyncio.shield(asked)
        except Exception:
            self._kept.pop(key, None)
            raise

    async def _make(self, news: News) -> _Drawn:
        # With every change listed there are tens of thousands of records to make.
        alert = await asyncio.to_thread(write_alert, news)
        name, table = await asyncio.to_thread(pack_table, alert, news.release)
        picture = await self._studio.draw(alert.chart)
        # The records stand in the table by now, and are what would take most of the room.
        return _Drawn(replace(alert, records=()), picture, table, name)


def pack_table(alert: Alert, release: Release) -> tuple[str, bytes]:
    """Write all changes as CSV, in a zip archive where that is large; return the file's name and content."""
    name = f"asylum-changes-{release.day}"
    asked = "; ".join(map(say_filter, alert.answers))
    table = write_csv(alert.records, f"alert on {asked}")
    if len(table) <= LARGEST_CSV:
        return f"{name}.csv", table
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}.csv", _FIRST_DAY_OF_ZIP), table, zipfile.ZIP_DEFLATED)
    return f"{name}.zip", packed.getvalue()


@dataclass(frozen=True, slots=True)
class WithdrawalMessage:
    """A message ready to be sent, as often as need be; it pings nobody."""

    withdrawal: Withdrawal

    @property
    def title(self) -> str:
        """The title of a forum's post."""
        return title_withdrawal(self.withdrawal)

    def send_kwargs(self) -> dict[str, Any]:
        """Return what discord.py's `send` takes."""
        return {
            "content": say_withdrawal(self.withdrawal),
            "embed": make_foot(
                [say_what_is_valid(self.withdrawal)],
                say_source(self.withdrawal.newest),
                COLOURS[RevisionKind.WITHDRAWN],
            ),
            "allowed_mentions": discord.AllowedMentions.none(),
        }
