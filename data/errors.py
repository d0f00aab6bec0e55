"""What can go wrong as expected, in codes that `bot` has words for; and typed text, fit to be repeated."""

from __future__ import annotations

import unicodedata


class Phrase:
    """Something to be said: a code, and the values that its sentence in `bot.sentences` has places for."""

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.values = values

    def __str__(self) -> str:
        """Write code and values for a log."""
        return " ".join([self.code, *(f"{name}={_write(value)}" for name, value in self.values.items())])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def _write(value: object) -> str:
    return ",".join(map(_write, value)) if isinstance(value, list | tuple) else str(value)


class AsylumBotError(Phrase, Exception):
    """Base of all expected failures; it is told in one sentence that says what to do next."""


class Unanswerable(AsylumBotError):
    """The question, as put, has no answer."""


class UnknownCountry(Unanswerable):
    """No country goes by that name or code."""


class AmbiguousCountry(Unanswerable):
    """Several countries go by that name."""


class UnknownRelease(Unanswerable):
    """No release is kept for that date or name."""


class NoFigures(Unanswerable):
    """Nothing was published at that address."""


class BadRelease(AsylumBotError):
    """A folder or table is not what UNHCR publishes; nothing of it was taken."""


class Unsettled(BadRelease):
    """Pages do not fit together; they may when they are fetched again."""


class SourceUnavailable(AsylumBotError):
    """UNHCR's figures could not be fetched; what is kept stays, and a later run may succeed."""


class NotNow(AsylumBotError):
    """Another process has it in hand, or this machine is not ready for it."""


class DatabaseUnusable(AsylumBotError):
    """The SQLite file is missing where it must exist, damaged, newer than this program, or read-only."""


MAX_LENGTH = 40

_READ = 25 * MAX_LENGTH

# Look-alikes rather than backslashes: they read the same in a message, a log and a file.
_LOOK_ALIKES = str.maketrans("@<>`*_~|#[]/\\", "＠‹›ʹ∗＿∼∣＃［］∕＼")


def quote(text: str) -> str:
    """The text between quotation marks, on one line, at most 40 characters of it."""
    return f"'{calm(text, MAX_LENGTH)}'"


def calm(text: str, longest: int) -> str:
    """The text on one line, at most so many characters of it, and nothing in it that Discord acts on."""
    read = text.strip()[:_READ]
    if not read.isprintable():  # what is has nothing to tame, and nearly every text is
        read = "".join(map(_tame, read))
    line = " ".join(read.split()).translate(_LOOK_ALIKES)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _tame(character: str) -> str:
    """A blank for what breaks a line; nothing for what is invisible, turns the text, or is no character."""
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category[0] == "C" else character
