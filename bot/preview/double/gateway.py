"""The gateway, version 10: hello, identify, resume, heartbeats, events, compressed as the bot asks."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import zlib
from collections import deque
from collections.abc import Awaitable, Callable, MutableSequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeAlias

from aiohttp import WSMsgType, web

from bot.preview.double.conduct import log_of
from bot.preview.double.payloads import DIRECT, Payload, member
from bot.preview.double.world import World

GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
LARGEST_FRAME = 4096

Send: TypeAlias = Callable[[Payload], Awaitable[None]]


class Op(IntEnum):
    """The gateway's opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """The gateway's close codes that a bot can earn."""

    AUTHENTICATION_FAILED = 4004
    SHARDING_REQUIRED = 4011
    INVALID_VERSION = 4012
    DISALLOWED_INTENTS = 4014


@dataclass(slots=True)
class Session:
    """A bot's session, which outlives its connection: `sent` is what a resume replays."""

    id: str
    shard: tuple[int, int]
    intents: int
    sent: MutableSequence[Payload]
    seq: int = 0
    ws: web.WebSocketResponse | None = field(default=None, repr=False)
    send: Send | None = field(default=None, repr=False)

    def sees(self, guild_id: str | None) -> bool:
        """Whether events of a guild (None: direct messages) come to this shard."""
        if guild_id is None:
            return self.shard[0] == 0
        return (int(guild_id) >> 22) % self.shard[1] == self.shard[0]


class Gateway:
    """Sessions of the bot, and the events sent to them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.log: MutableSequence[tuple[str, Any]] = log_of(world.conduct.keep)
        self.ack_heartbeats = True
        self.connected = asyncio.Event()
        self._identified: deque[float] = deque()
        self._acks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Where the bot connects."""
        return self.world.base.replace("http", "ws", 1) + "/gateway"

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Talk to one connection until it closes."""
        ws = web.WebSocketResponse(compress=False, max_msg_size=LARGEST_FRAME)
        await ws.prepare(request)
        if (request.query.get("v"), request.query.get("encoding")) != ("10", "json"):
            await ws.close(code=Close.INVALID_VERSION, message=b"Only version 10 in JSON is spoken here.")
            return ws
        send = _sender(ws, request.query.get("compress"))
        await send(_packet(Op.HELLO, {"heartbeat_interval": self.world.conduct.heartbeat_ms}))
        session: Session | None = None
        async for frame in ws:
            if frame.type is not WSMsgType.TEXT:
                break
            packet = json.loads(frame.data)
            op, detail = packet["op"], packet["d"]
            self.log.append((Op(op).name if op in set(Op) else str(op), detail))
            if op == Op.HEARTBEAT and self.ack_heartbeats:
                self._acknowledge_soon(send)
            elif op == Op.IDENTIFY:
                session = await self._identify(ws, send, detail)
            elif op == Op.RESUME:
                session = await self._resume(ws, send, detail)
        if session and session.ws is ws:
            session.ws = session.send = None
        if not any(other.ws for other in self.sessions.values()):
            self.connected.clear()
        return ws

    def _acknowledge_soon(self, send: Send) -> None:
        """Acknowledge a heartbeat, while other frames are read."""

        async def acknowledge() -> None:
            await asyncio.sleep(self.world.conduct.ack_after)
            await send(_packet(Op.HEARTBEAT_ACK))

        task = asyncio.create_task(acknowledge())
        self._acks.add(task)
        task.add_done_callback(self._acks.discard)

    async def _identify(self, ws: web.WebSocketResponse, send: Send, detail: Payload) -> Session | None:
        conduct, now = self.world.conduct, self.world.now()
        while self._identified and self._identified[0] <= now - conduct.identify_window:
            self._identified.popleft()
        begun = self.world.sessions_begun
        if detail["token"] != self.world.token or begun >= conduct.starts:  # too many, and it is reset
            await ws.close(code=Close.AUTHENTICATION_FAILED, message=b"Authentication failed.")
            return None
        if detail["intents"] & PRIVILEGED & ~conduct.privileged:
            await ws.close(code=Close.DISALLOWED_INTENTS, message=b"Disallowed intent(s).")
            return None
        if len(self._identified) >= conduct.max_concurrency:
            await send(_packet(Op.INVALID_SESSION, data=False))
            return None
        self._identified.append(now)
        self.world.sessions_begun += 1
        index, count = detail.get("shard", (0, 1))
        sent = log_of(conduct.keep)
        for old in [s for s in self.sessions.values() if s.ws is None and s.shard == (index, count)]:
            del self.sessions[old.id]  # who identifies anew has given up resuming
        name = f"session-{self.world.ids.next()}"
        session = Session(name, (index, count), detail["intents"], sent, ws=ws, send=send)
        if sum(session.sees(each["id"]) for each in self.world.guilds) > conduct.shard_size:
            await ws.close(code=Close.SHARDING_REQUIRED, message=b"Sharding required.")
            return None
        self.sessions[session.id] = session
        await self._welcome(session)
        return session

    async def _welcome(self, session: Session) -> None:
        world = self.world
        mine = [g for g in world.guilds if session.sees(g["id"])]
        ready = {
            "v": 10,
            "user": {**world.bot, "mfa_enabled": False, "verified": True, "email": None},
            "guilds": [{"id": g["id"], "unavailable": True} for g in mine],
            "session_id": session.id,
            "shard": list(session.shard),
            "resume_gateway_url": self.url,
            "application": {"id": world.app["id"], "flags": world.app["flags"]},
        }
        await self._dispatch(session, "READY", ready)
        for guild in mine:
            await self._dispatch(session, "GUILD_CREATE", guild)
        self.connected.set()

    async def _resume(self, ws: web.WebSocketResponse, send: Send, detail: Payload) -> Session | None:
        session = self.sessions.get(detail["session_id"])
        seen = detail["seq"] or 0
        lost = session is not None and session.sent and session.sent[0]["s"] > seen + 1
        if session is None or lost or detail["token"] != self.world.token:
            await send(_packet(Op.INVALID_SESSION, data=False))
            return None
        session.ws, session.send = ws, send
        for packet in [p for p in session.sent if p["s"] > seen]:
            await send(packet)
        await self._dispatch(session, "RESUMED", {})
        self.connected.set()
        return session

    async def _dispatch(self, session: Session, event: str, data: Any) -> None:
        session.seq += 1
        packet = {"op": int(Op.DISPATCH), "s": session.seq, "t": event, "d": data}
        session.sent.append(packet)
        if session.send is not None:
            await session.send(packet)

    async def emit(self, event: str, data: Any, guild_id: str | None = None) -> None:
        """Send an event to every session that it concerns (None: direct messages)."""
        for session in list(self.sessions.values()):
            if session.sees(guild_id):
                await self._dispatch(session, event, data)

    async def publish(self) -> None:
        """Send the news of messages to the sessions whose intents ask for them."""
        while self.world.news:
            event, message = self.world.news.popleft()
            channel = self.world.channels.get(message["channel_id"])
            if channel is None:
                continue
            guild_id = channel.get("guild_id")
            wanted = DIRECT_MESSAGES if channel["type"] == DIRECT else GUILD_MESSAGES
            for session in list(self.sessions.values()):
                if session.sees(guild_id) and session.intents & wanted:
                    await self._dispatch(session, event, self._told(event, message, session))

    def _told(self, event: str, message: Payload, session: Session) -> Payload:
        """The message as this session may read it: content is privileged but for one's own and mentions."""
        where: Payload = {key: message[key] for key in ("id", "channel_id", "guild_id") if key in message}
        if event == "MESSAGE_DELETE":
            return where
        out = dict(message)
        if "guild_id" in where:
            out["member"] = {k: v for k, v in member(message["author"]).items() if k != "user"}
        bot = self.world.bot["id"]
        mine = message["author"]["id"] == bot or any(u["id"] == bot for u in message["mentions"])
        if not mine and "guild_id" in where and not session.intents & MESSAGE_CONTENT:
            out |= {"content": "", "embeds": [], "attachments": [], "components": []}
        return out

    async def cut(self, code: int = 4000) -> None:
        """Close every connection; the bot is to resume or identify again."""
        for session in list(self.sessions.values()):
            if session.ws is not None:
                await session.ws.close(code=code)

    async def opcode(self, op: int, data: Any = None) -> None:
        """Send a bare opcode (7: reconnect, 9: invalid session) to every connection."""
        for session in list(self.sessions.values()):
            if session.send is not None:
                await session.send(_packet(op, data))


def _packet(op: int, data: Any = None) -> Payload:
    return {"op": int(op), "d": data, "s": None, "t": None}


def _sender(ws: web.WebSocketResponse, compression: str | None) -> Send:
    pack = _packer(compression)

    async def send(packet: Payload) -> None:
        raw = json.dumps(packet).encode()
        with contextlib.suppress(ConnectionError):  # the bot is gone; a resume will bring the packet
            await (ws.send_str(raw.decode()) if pack is None else ws.send_bytes(pack(raw)))

    return send


def _packer(compression: str | None) -> Callable[[bytes], bytes] | None:
    """One compression stream for the whole connection, flushed after every packet."""
    if compression == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda raw: deflate.compress(raw) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if compression == "zstd-stream":
        try:
            stream = importlib.import_module("zstandard").ZstdCompressor().compressobj()
            return lambda raw: bytes(stream.compress(raw) + stream.flush(1))
        except ModuleNotFoundError:
            std = importlib.import_module("compression.zstd").ZstdCompressor()
            return lambda raw: bytes(std.compress(raw, std.FLUSH_BLOCK))
    return None
