"""The log: one line per event, readable on a terminal, JSON elsewhere, and never a secret in it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

MASK = "[masked]"

SECRET_KEYS = frozenset({"authorization", "token", "x-signature-ed25519"})

SECRET_PATTERNS = (
    # A bot's token: its id, a time and a signature, each in URL-safe base64.
    re.compile(r"(?<![\w-])[\w-]{23,}\.[\w-]{5,7}\.[\w-]{27,}"),
    # An interaction's token, which is base64 of "interaction:…".
    re.compile(r"aW50ZXJhY3Rpb24[\w=-]+"),
    # /webhooks/ID/TOKEN, which followups use too, and /interactions/ID/TOKEN/callback
    re.compile(r"(?<=/)(?P<keep>(?:webhooks|interactions)/\d+/)[^/\s?#'\"<>]+"),
    # Headers and JSON that were made text: Authorization: Bot …, "token": "…"
    re.compile(
        r"(?P<keep>\bauthorization\b['\"\\]*\s*[:=,]\s*['\"\\]*(?:(?:Bot|Bearer|Basic)\s+)?)[^\s'\"\\,]+",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<keep>\btoken\b['\"\\]*\s*[:=]\s*['\"\\]*)[^\s'\"\\,]+", re.IGNORECASE),
)

MIN_LEVELS = {
    # At DEBUG these write out whole payloads, and people's messages are in them.
    "discord": logging.INFO,
    "aiohttp": logging.INFO,
    # … and these a line per font and per pixel format.
    "matplotlib": logging.INFO,
    "PIL": logging.INFO,
}


@dataclass(frozen=True, slots=True)
class Masking:
    """A structlog processor that makes secrets unreadable in everything an event carries.

    It runs after tracebacks were made text and before anything is rendered, and leaves nothing
    but plain values behind, so that no `repr` can bring a secret back.
    """

    secrets: tuple[str, ...] = ()

    def __call__(self, logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        """Mask the values of the event, and the event's own text."""
        del logger, method
        return {
            key: MASK if key.lower() in SECRET_KEYS else self.value(value) for key, value in event.items()
        }

    def mapping(self, mapping: Mapping[Any, Any]) -> dict[str, Any]:
        """Mask a mapping, whose keys may name a secret."""
        return {
            self.text(str(key)): MASK if str(key).lower() in SECRET_KEYS else self.value(value)
            for key, value in mapping.items()
        }

    def value(self, value: object) -> Any:
        """Mask a value of any kind; what is neither plain nor a collection becomes its `repr`, masked."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return self.mapping(value)
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(inner) for inner in value]
        return self.text(repr(value))

    def text(self, text: str) -> str:
        """Mask the known secrets, and whatever looks like one."""
        for secret in self.secrets:
            text = text.replace(secret, MASK)
        for pattern in SECRET_PATTERNS:
            text = pattern.sub(lambda found: f"{found.groupdict().get('keep', '')}{MASK}", text)
        return text


def configure(level: str, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Send the events of this program and of its libraries to `stream`, by default standard error.

    `level` is a name of `logging`; `secrets` are texts that must never be readable.
    """
    stream = sys.stderr if stream is None else stream
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                Masking(tuple(filter(None, secrets))),
                _renderer(stream),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in MIN_LEVELS.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _renderer(stream: TextIO) -> Processor:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer()
