"""Discord's side of a delivery: send it once, find it again, publish it, mark it later."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import discord
import structlog

from bot.alerts.channels import can_look_back, find_missing
from bot.alerts.controls import EditButton, MuteButton
from bot.alerts.pace import FAILURES, judge
from bot.chat.buttons import DetailsButton
from bot.discord.shards import is_ours
from bot.discord.views import AsylumView
from bot.replies.alert_messages import AlertMessage
from bot.replies.reply import PAGE
from bot.sentences import say
from data.errors import AsylumBotError
from data.questions.codec import write_permalink
from data.state.model import Closed, Later, PauseReason, Publication, Reason, Sent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.alerts.channels import Channel
    from bot.alerts.pace import SendPacer
    from bot.discord.traffic import Traffic
    from data.alerts.delivery import Outbox
    from data.state.model import Delivery, DeliveryOutcome, Destination


Target: TypeAlias = "discord.ForumChannel | discord.abc.Messageable"

MAX_READ = 500
"""Messages of a channel that are looked through for one of ours, from the doubtful attempt on."""

MAX_THREADS = 25
_SKEW = timedelta(minutes=1)
"""By so much this machine's clock and Discord's may differ."""

_STOPPED_FOR = timedelta(minutes=10)


class AlertPost(Protocol):
    """What is sent, with an embed; `title` heads it in a forum."""

    @property
    def title(self) -> str:
        """The title of a forum's post."""
        ...

    def send_kwargs(self) -> dict[str, Any]:
        """Return the arguments of discord.py's `send`, with files that were never read."""
        ...


async def post(
    client: discord.Client, channel_id: int, message: AlertPost, nonce: str | None = None
) -> discord.Message:
    """Send a message to a channel or thread, or as a new post to a forum; raises discord.py's errors."""
    return await _send(await _resolve(client, channel_id), message, nonce)


async def _resolve(client: discord.Client, channel_id: int) -> Target:
    channel = client.get_channel(channel_id) or await client.fetch_channel(channel_id)
    if isinstance(channel, discord.ForumChannel | discord.abc.Messageable):
        return channel
    raise discord.InvalidData(f"channel {channel_id} takes no messages")


async def _send(
    channel: Target, message: AlertPost, nonce: str | None, *, marked: bool = False
) -> discord.Message:
    """Send; the embed of a delivery is `marked` with its nonce, by which the message is found again."""
    arguments = message.send_kwargs()
    if marked:
        arguments["embed"].url = _mark(nonce)
    if isinstance(message, AlertMessage):
        details = DetailsButton(write_permalink(message.question))
        arguments["view"] = AsylumView(timeout=None)
        for button in (details, MuteButton(), EditButton()):
            arguments["view"].add_item(button)
    if isinstance(channel, discord.ForumChannel):
        return (await channel.create_thread(name=message.title, **arguments)).message
    if nonce is not None:
        arguments["nonce"] = nonce
    return await channel.send(**arguments)


def _mark(nonce: str | None) -> str:
    """Write what nobody sees: an embed without a title shows no address."""
    return f"{PAGE}#{nonce}"


class Posting:
    """Posts deliveries, at one pace, and for as long as Discord does not refuse too much."""

    def __init__(self, client: discord.Client, traffic: Traffic, pacer: SendPacer) -> None:
        self._client = client
        self._traffic = traffic
        self._pacer = pacer

    async def send(self, delivery: Delivery, where: Destination, message: AlertPost) -> DeliveryOutcome:
        """Send a delivery. Whatever Discord answers is an outcome; nothing is raised."""
        if obstacle := self._find_obstacle(where):
            return obstacle
        try:
            channel = await self._reach(where)
        except FAILURES as failure:
            return judge(failure, certain=True)
        # A forum's new post has no nonce: discord.py must not repeat by itself what may have worked.
        once = isinstance(channel, discord.ForumChannel)
        with self._traffic.watching(self._pacer, once=once) as tries:
            try:
                sent = await _send(channel, message, delivery.nonce, marked=True)
            except FAILURES as failure:
                return judge(failure, certain=tries.left_nothing)
        return Sent(sent.id, sent.channel.id)

    async def knows_no_nonce(self, where: Destination) -> bool:
        """Say whether the delivery goes to a forum, whose posts have no nonce, or to what is not known."""
        try:
            channel = await self._reach(where)
        except FAILURES:
            return True
        return isinstance(channel, discord.ForumChannel)

    async def find(self, delivery: Delivery, where: Destination) -> DeliveryOutcome | None:
        """Look for the message of an earlier attempt; None where it is surely not there."""
        if obstacle := self._find_obstacle(where, looking=True):
            return obstacle
        try:
            channel = await self._reach(where)
            with self._traffic.watching(self._pacer):
                if isinstance(channel, discord.ForumChannel):
                    found = await self._find_thread(channel, delivery)
                else:
                    found = await self._find_message(channel, delivery)
        except FAILURES as failure:
            return judge(failure, certain=False)
        return Sent(found.id, found.channel.id) if found else None

    async def _reach(self, where: Destination) -> Target:
        """Find the channel; a direct message needs no asking, and a thread that went quiet a turn."""
        if where.server is None:
            return self._client.get_partial_messageable(where.channel)
        with self._traffic.watching(self._pacer):
            return await _resolve(self._client, where.channel)

    async def _find_message(
        self, channel: discord.abc.Messageable, delivery: Delivery
    ) -> discord.Message | None:
        since = (delivery.tried_at or delivery.made_at) - _SKEW
        async for message in channel.history(limit=MAX_READ, after=since, oldest_first=True):
            if self._is_ours(message, delivery):
                return message
        return None

    async def _find_thread(self, forum: discord.ForumChannel, delivery: Delivery) -> discord.Message | None:
        since = (delivery.tried_at or delivery.made_at) - _SKEW
        threads = {
            thread.id: thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id
        }
        async for thread in forum.archived_threads(limit=MAX_THREADS):
            threads[thread.id] = thread
        for thread in threads.values():
            if thread.owner_id == self._me and discord.utils.snowflake_time(thread.id) >= since:
                message = await thread.fetch_message(thread.id)
                if self._is_ours(message, delivery):
                    return message
        return None

    def _is_ours(self, message: discord.Message, delivery: Delivery) -> bool:
        if message.author.id != self._me or message.interaction_metadata is not None:
            return False
        marks = {mark for each in message.embeds for mark in (each.url, each.timestamp)}
        # Older versions marked with a moment, which two withdrawals of one second had alike.
        ours = {_mark(delivery.nonce), f"{PAGE}#{delivery.stamp:%Y%m%dT%H%M%S}", delivery.stamp}
        return message.nonce == delivery.nonce or not marks.isdisjoint(ours)

    @property
    def _me(self) -> int:
        return self._client.user.id if self._client.user else 0

    def _find_obstacle(self, where: Destination, *, looking: bool = False) -> DeliveryOutcome | None:
        """Say what keeps a request from being made at all, as far as that is known beforehand."""
        if self._traffic.is_dangerous:
            return Later(Reason.STOPPED, certain=not looking, wait=_STOPPED_FOR)
        if where.server is None:
            return None
        guild = self._client.get_guild(where.server)
        if guild is None and self._client.is_ready() and is_ours(self._client, where.server):
            return Closed(PauseReason.SERVER_LEFT, certain=not looking)
        channel = guild.get_channel_or_thread(where.channel) if guild else None
        if not isinstance(channel, discord.TextChannel | discord.Thread | discord.ForumChannel):
            return None  # a thread that went quiet, or gone: Discord will say
        return _find_lack(channel, looking=looking)


def _find_lack(channel: Channel, *, looking: bool) -> DeliveryOutcome | None:
    if looking and channel.permissions_for(channel.guild.me).view_channel and not can_look_back(channel):
        # Discord would show an empty channel, and a message that stands there would be sent again.
        return Closed(PauseReason.CANNOT_BE_SURE, "read_message_history", certain=False)
    if missing := find_missing(channel):
        return Closed(PauseReason.NO_PERMISSION, " ".join(missing), certain=not looking)
    return None


log = structlog.stdlib.get_logger(__name__)

_ALREADY = 40033
_MAX_WAIT = 2 * 3600.0
"""Seconds: Discord allows ten an hour in one channel."""

_MAX_ATTEMPTS = 5
_PAUSE = 60.0


class Crossposting:
    """Publishes messages, each in a task of its own; what becomes of it is recorded with the delivery."""

    def __init__(
        self,
        client: discord.Client,
        outbox: Outbox,
        traffic: Traffic,
        pacer: SendPacer,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._outbox = outbox
        self._traffic = traffic
        self._pacer = pacer
        self._sleep = sleep
        self._tasks: set[asyncio.Task[None]] = set()

    def publish(self, delivery: Delivery, sent: Sent) -> None:
        """Publish a message as soon as Discord lets it be."""
        task = asyncio.create_task(self._publish(delivery, sent), name="crosspost")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _publish(self, delivery: Delivery, sent: Sent) -> None:
        try:
            with self._traffic.watching(self._pacer):
                became = await self._try(sent)
            await self._outbox.note_publication(delivery, *became)
        except AsylumBotError as error:
            log.warning("what became of publishing is not recorded", channel=sent.place, why=say(error))
        except Exception:
            log.exception("publishing broke, which is a fault of the program", channel=sent.place)

    async def _try(self, sent: Sent) -> tuple[Publication, str]:
        try:  # it may be another process's channel
            channel = self._client.get_channel(sent.place) or await self._client.fetch_channel(sent.place)
        except FAILURES as error:
            return Publication.FAILED, type(error).__name__
        if not isinstance(channel, discord.TextChannel) or not channel.is_news():
            return Publication.NOT_ANNOUNCEMENT, ""
        what, why = Publication.FAILED, ""
        for attempt in range(_MAX_ATTEMPTS):
            wait = _PAUSE * 2**attempt
            try:
                await channel.get_partial_message(sent.message).publish()
            except discord.RateLimited as error:
                what, why, wait = Publication.SLOW_DOWN, "", error.retry_after
            except discord.HTTPException as error:
                if error.code == _ALREADY:
                    return Publication.PUBLISHED, ""
                what, why = Publication.FAILED, f"{error.status} {error.code}"
                if error.status in (403, 404):
                    break
            except FAILURES as error:
                what, why = Publication.FAILED, type(error).__name__
            else:
                return Publication.PUBLISHED, ""
            await self._sleep(min(wait, _MAX_WAIT))
        log.warning("an alert could not be published", channel=sent.place, what=what.value, why=why)
        return what, why
