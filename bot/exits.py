"""With which code the program ends: a supervisor decides by it whether to start it again."""

from __future__ import annotations

from enum import IntEnum
from typing import Self

from data.errors import AsylumBotError, DatabaseUnusable, NotNow, SourceUnavailable, Unsettled


class Exit(IntEnum):
    """How the program ended; the numbers are those of sysexits.h where it has one."""

    STOPPED = 0, "done, or stopped by a signal"
    BROKE = 1, "a fault of the program, with a traceback; or nobody reads the output any more"
    REFUSED = 2, "what was asked for cannot be done, or is not sound; a sentence says why"
    MISUSED = 64, "there is no such command or option"
    AWAY = 69, "Discord, UNHCR or the network is away"
    AGAIN = 75, "for the moment: another process holds the database, the disk is full, Discord wants a pause"
    CONFIGURED_WRONG = 78, "a setting, the token or the database has to be changed first"
    INTERRUPTED = 130, "Ctrl-C before the bot was running"

    meaning: str

    def __new__(cls, code: int, meaning: str) -> Self:
        """Give a code its meaning."""
        made = int.__new__(cls, code)
        made._value_ = code
        made.meaning = meaning
        return made


NEVER_AGAIN = (Exit.MISUSED, Exit.CONFIGURED_WRONG)
"""With these a new start would end the same: supervisors are told not to try."""

_PASSING = frozenset(
    {"database-in-use", "database-fails", "database-not-created-now", "state-unreachable", "state-away"}
)
"""What is wrong with a database that may be right again without anybody's doing."""


def exit_for(error: AsylumBotError) -> Exit:
    """Return the code that a failure ends the program with."""
    own: Exit | None = getattr(error, "exit", None)
    match error:
        case _ if own is not None:
            return own
        case DatabaseUnusable(code=code) if code not in _PASSING and not code.startswith(
            ("backup-", "restore-")
        ):
            return Exit.CONFIGURED_WRONG
        case DatabaseUnusable(code=code) if code in _PASSING:
            return Exit.AGAIN
        case NotNow() | SourceUnavailable(code="download-not-kept"):
            return Exit.AGAIN
        case SourceUnavailable() | Unsettled():
            return Exit.AWAY
    return Exit.REFUSED
