"""How strict and how large this Discord is, what it writes down, and what goes wrong on purpose."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import MutableSequence
from dataclasses import dataclass
from typing import Any

from bot.preview.double.messages import UploadedFile
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
    start, `starts` how many may in all, and `shard_size` how many guilds a shard may have. `privileged` are
    the privileged intents that the application was granted.
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
    starts: int = 1000
    shard_size: int = 2500
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
    files: dict[str, UploadedFile]
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


class ApiError(Exception):
    """An answer other than success: HTTP status, and Discord's JSON error `code` and `message`."""

    def __init__(self, status: int, code: int, message: str, errors: Any = None) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"code": code, "message": message, **({"errors": errors} if errors else {})}


def invalid_form(reason: str, field: str = "_errors") -> ApiError:
    """The 400 that Discord answers to a body it does not accept."""
    detail = [{"code": "BASE_TYPE_BAD", "message": reason}]
    errors = {"_errors": detail} if field == "_errors" else {field: {"_errors": detail}}
    return ApiError(400, 50035, "Invalid Form Body", errors)


@dataclass(slots=True)
class Fault:
    """Answer the next `times` requests that match with this status (0: drop the connection).

    `path` is a regular expression on the whole path below the API's base. With `after_effect` the request
    is carried out and only its reply lost. `retry_after` (seconds), `global_` and `via` shape a 429;
    discord.py takes one without a `Via` header for a ban by Cloudflare.
    """

    method: str
    path: str
    status: int = 500
    code: int = 0
    times: int = 1
    after_effect: bool = False
    retry_after: float = 0.05
    global_: bool = False
    via: bool = True

    def meets(self, method: str, path: str) -> bool:
        """Whether this fault is still due and meant for that request."""
        return self.times > 0 and self.method == method and re.fullmatch(self.path, path) is not None
