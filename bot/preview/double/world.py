"""Everything this Discord knows: its guilds, channels, messages, commands and clock."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, MutableSequence
from typing import Any, TypeAlias
from urllib.parse import quote

from discord import Permissions

from bot.preview.double import messages, payloads, rules
from bot.preview.double.conduct import ApiError, Conduct, Request, invalid_form, log_of
from bot.preview.double.interactions import Interaction
from bot.preview.double.messages import EPHEMERAL, UploadedFile
from bot.preview.double.payloads import GuildPlan, Payload
from bot.preview.double.rules import Violation

TOKEN_LIFE = 900.0
"""Seconds after which an interaction can no longer be answered."""

Watcher: TypeAlias = Callable[[str, Payload], None]
"""Told of MESSAGE_CREATE, MESSAGE_UPDATE and MESSAGE_DELETE, with the message as the gateway brings it."""

_REPLY = 19


class World:
    """The state that the gateway, the REST routes and the people share."""

    def __init__(self, token: str, plans: Iterable[GuildPlan], name: str, conduct: Conduct) -> None:
        self.token, self.conduct, self.base = token, conduct, ""
        self.ids = payloads.Ids()
        moderator, reader = (payloads.user(self.ids.fixed(), n) for n in ("moderator", "reader"))
        self.app = payloads.application(self.ids, name, moderator)
        self.bot: Payload = self.app["bot"]
        self.users: dict[str, Payload] = {u["id"]: u for u in (moderator, reader, self.bot)}
        self.moderator, self.reader = moderator, reader
        self._direct: dict[str, Payload] = {}
        self.channels: dict[str, Payload] = {}
        for who in (moderator, reader):
            self._open(self.ids.fixed(), who)
        self.guilds = [payloads.guild(self.ids, plan, self.bot, moderator, reader) for plan in plans]
        for guild in self.guilds:
            self.learn(guild)
        self.messages: defaultdict[str, dict[str, Payload]] = defaultdict(dict)
        self.cdn: dict[str, UploadedFile] = {}
        self.webhooks: dict[str, Payload] = {}
        self.nonces: dict[tuple[str, str], tuple[float, Payload]] = {}
        self.commands: dict[str | None, list[Payload]] = {}
        self.registered = asyncio.Event()
        self.interactions: dict[str, Interaction] = {}
        self._tokens: dict[str, Interaction] = {}
        self.denied: set[str] = set()
        self.watchers: list[Watcher] = []
        self.news: deque[tuple[str, Payload]] = deque()
        self.violations: MutableSequence[Violation] = log_of(conduct.keep)
        self.sessions_begun = 0
        self._skew = 0.0

    # The clock

    def now(self) -> float:
        """The double's own clock, in seconds."""
        return time.monotonic() + self._skew

    def advance(self, seconds: float) -> None:
        """Move the double's clock (deadlines, tokens, nonces, rate limits, new ids), not the bot's."""
        self._skew += seconds
        self.ids.ahead += seconds

    # People and places

    def person(self, name: str) -> Payload:
        """Somebody new, who is a member of no guild and holds no role."""
        who = payloads.user(self.ids.next(), name)
        self.users[who["id"]] = who
        return who

    def dm(self, who: Payload) -> Payload:
        """The direct-message channel with a user, always the same one."""
        known = self._direct.get(who["id"])
        return self._open(self.ids.next(), who) if known is None else known

    def _open(self, channel_id: str, who: Payload) -> Payload:
        channel = payloads.dm_channel(channel_id, who)
        self._direct[who["id"]] = self.channels[channel_id] = channel
        return channel

    def guild_of(self, channel: Payload) -> Payload | None:
        """The guild a channel is in; None for direct messages."""
        return next((g for g in self.guilds if g["id"] == channel.get("guild_id")), None)

    def learn(self, guild: Payload) -> None:
        """Take the channels and threads of a guild into the books."""
        self.channels |= {c["id"]: c for c in (*guild["channels"], *guild["threads"])}

    def add_thread(self, thread: Payload) -> None:
        """Open a thread in its channel."""
        next(g for g in self.guilds if g["id"] == thread["guild_id"])["threads"].append(thread)
        self.channels[thread["id"]] = thread

    def allowed(self, channel: Payload, user_id: str) -> Permissions:
        """What somebody may do in a channel."""
        guild = self.guild_of(channel)
        if guild is None:
            return payloads.EVERYTHING
        if "thread_metadata" in channel:
            return payloads.in_thread(guild, self.channels[channel["parent_id"]], user_id)
        return payloads.in_channel(guild, channel, user_id)

    def find(self, group: str, uid: str) -> Payload:
        """The user, channel or role of that id; `group` is "users", "channels" or "roles"."""
        roles = {r["id"]: r for g in self.guilds for r in g["roles"]}
        groups: dict[str, dict[str, Payload]] = {
            "users": self.users,
            "channels": self.channels,
            "roles": roles,
        }
        found = groups[group].get(uid)
        if found is None:
            raise LookupError(f"there is no {group[:-1]} {uid}")
        if group == "channels":
            return {**found, "permissions": str(payloads.EVERYTHING.value)}
        return found

    # Interactions

    def remember(self, it: Interaction) -> None:
        """Take an interaction into the books."""
        self.interactions[it.id] = self._tokens[it.token] = it
        if self.conduct.keep is not None and len(self.interactions) > self.conduct.keep:
            oldest = self.interactions.pop(next(iter(self.interactions)))
            del self._tokens[oldest.token]

    def live(self, token: str, iid: str | None = None) -> Interaction:
        """The interaction of a token that has not run out."""
        it = self._tokens.get(token)
        if it is None or iid not in (None, it.id):
            unknown = (10062, "Unknown interaction") if iid else (10015, "Unknown Webhook")
            raise ApiError(404, *unknown)
        if self.now() - it.born > TOKEN_LIFE:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return it

    # Messages

    def inspect(self, request: Request, body: Payload, old: Payload | None = None) -> None:
        """Note what is wrong with a message as sent (`old`: as edited); raise what Discord would answer."""
        if not self.conduct.rules:
            return
        stored = tuple(a["filename"] for a in old["attachments"]) if old else ()
        found = list(
            rules.message(
                body,
                request.files,
                request.where,
                edit=old is not None,
                stored=stored,
                policy=self.conduct.policy,
                size_limit=self.conduct.attachment_limit,
            )
        )
        self.violations.extend(found)
        for violation in found:
            if violation.status:
                detail = {"_errors": [{"code": "BASE_TYPE", "message": violation.message}]}
                raise ApiError(violation.status, violation.code, violation.message, detail)

    def message(self, channel_id: str, message_id: str) -> Payload:
        """A message that exists, or Discord's 404."""
        found = self.messages[channel_id].get(message_id)
        if found is None:
            raise ApiError(404, 10008, "Unknown Message")
        return found

    def post(
        self,
        channel_id: str,
        body: Payload,
        files: dict[str, UploadedFile] | None = None,
        *,
        author: Payload | None = None,
        **extra: Any,
    ) -> Payload:
        """Put a new message into a channel, by the bot unless another author is named."""
        base = {**messages.blank(self.ids.next(), channel_id, author or self.bot), **extra}
        message = self._compose(base, body, files or {}, edit=False)
        if body.get("message_reference"):
            message |= self._reference(channel_id, body)
        self._keep(message)
        self.tell("MESSAGE_CREATE", message)
        return message

    def revise(self, old: Payload, body: Payload, files: dict[str, UploadedFile] | None = None) -> Payload:
        """Edit a message."""
        message = self._compose(old, body, files or {}, edit=True)
        self._keep(message)
        self.tell("MESSAGE_UPDATE", message)
        return message

    def remove(self, message: Payload) -> None:
        """Delete a message."""
        self.message(message["channel_id"], message["id"])
        del self.messages[message["channel_id"]][message["id"]]
        self.tell("MESSAGE_DELETE", message)

    def _compose(
        self, base: Payload, body: Payload, files: dict[str, UploadedFile], *, edit: bool
    ) -> Payload:
        def upload(part: UploadedFile) -> Payload:
            aid = self.ids.next()
            path = f"/cdn/attachments/{base['channel_id']}/{aid}/{part.filename}"
            self.cdn[path] = part
            return messages.attachment(part, aid, self.base + quote(path))

        message = messages.compose(base, body, files, upload, edit=edit)
        allowed = body.get("allowed_mentions")
        if allowed is None and "webhook_id" in message:
            allowed = {"parse": ["users"]}
        roles = [role for guild in self.guilds for role in guild["roles"]]
        return {**message, **messages.mentioned(message, allowed, list(self.users.values()), roles)}

    def _reference(self, channel_id: str, body: Payload) -> Payload:
        asked = body["message_reference"]
        place = str(asked.get("channel_id") or channel_id)
        target = self.messages[place].get(str(asked["message_id"]))
        if target is None:
            if asked.get("fail_if_not_exists", True):
                raise invalid_form("Unknown message", "message_reference")
            return {}
        reference = {"type": 0, "channel_id": place, "message_id": target["id"]}
        if guild := self.guild_of(self.channels[place]):
            reference["guild_id"] = guild["id"]
        return {"type": _REPLY, "message_reference": reference, "referenced_message": target}

    def _keep(self, message: Payload) -> None:
        room = self.messages[message["channel_id"]]
        replaced = room.get(message["id"])
        room[message["id"]] = message
        if self.conduct.keep is None:
            return
        if replaced is not None:
            self._forget(replaced, {a["id"] for a in message["attachments"]})
        if len(room) > self.conduct.keep:
            self._forget(room.pop(next(iter(room))), set())

    def _forget(self, message: Payload, kept: set[str]) -> None:
        for a in message["attachments"]:
            if a["id"] not in kept:
                self.cdn.pop(f"/cdn/attachments/{message['channel_id']}/{a['id']}/{a['filename']}", None)

    def tell(self, event: str, message: Payload) -> None:
        """Tell the watchers at once, and the gateway's sessions when it comes to it."""
        news = dict(message)
        channel = self.channels[message["channel_id"]]
        if (guild := self.guild_of(channel)) is not None:
            news["guild_id"] = guild["id"]
        for watcher in tuple(self.watchers):
            watcher(event, news)
        if not message["flags"] & EPHEMERAL:
            self.news.append((event, news))
