"""How strict and how large this Discord is, and what it writes down."""

from __future__ import annotations

from collections import deque
from collections.abc import MutableSequence
from dataclasses import dataclass
from typing import Any

from bot.preview.double.messages import Part
from bot.preview.double.rules import MIB


@dataclass(frozen=True, slots=True)
class Conduct:
    """What this Discord checks and keeps.

    `rules` refuses what the documentation forbids and notes what it advises against; `policy` notes what
    only we ask for (alt text, allowed_mentions). `reject` answers 400 to what the injected specification
    check objects to; otherwise it is only noted. `attachment_limit` is in bytes. `keep` bounds every log
    and the messages of a channel. `ack_after` is how many seconds a heartbeat's acknowledgement takes:
    discord.py notes when it has sent one only once its thread is awake again, and takes an answer that is
    there before for one to the heartbeat before, 41 seconds late. `shards` and `max_concurrency` are what
    GET /gateway/bot recommends, `identify_window` the seconds in which `max_concurrency` sessions may
    start. `privileged` are the privileged intents that the application was granted.
    """

    rules: bool = True
    policy: bool = True
    reject: bool = True
    attachment_limit: int = 10 * MIB
    keep: int | None = None
    heartbeat_ms: int = 41_250
    ack_after: float = 0.1
    shards: int = 1
    max_concurrency: int = 1
    identify_window: float = 5.0
    privileged: int = 0


def log_of(keep: int | None) -> MutableSequence[Any]:
    """An empty log: unbounded, or of the last `keep` entries."""
    return [] if keep is None else deque(maxlen=keep)


@dataclass(slots=True)
class Request:
    """One REST request of the bot, and what it was answered. `at` is the double's clock in seconds."""

    method: str
    path: str
    body: Any
    files: dict[str, Part]
    query: dict[str, str]
    headers: dict[str, str]
    at: float = 0.0
    status: int = 0
    reply: Any = None

    @property
    def where(self) -> str:
        """The request in short."""
        return f"{self.method} {self.path}"

    def asks(self, flag: str) -> bool:
        """Whether a flag of the query is on."""
        return self.query.get(flag) in ("1", "true", "True")
