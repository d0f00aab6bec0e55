"""A subscription that waits to be confirmed, as a short text: its button knows it after a restart.

Discord gives a button 100 characters. Nothing in the text is trusted: who presses is checked anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import Unanswerable
from data.questions import AskChanges
from data.questions.codec import KINDS, OLD_KINDS, STALE, read_permalink, write_permalink
from data.subscriptions import Destination, Draft, Filter, Threshold

if TYPE_CHECKING:
    from data.compare import Kind
    from data.questions.codec import Countries

_NONE = "-"
_KINDS = "~"
"""Stands before the letters of kinds; an older text has a number there."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST = 2**63 - 1
_SHARES = 10_000
"""A share is written in hundredths of a percent."""


def write_draft(draft: Draft) -> str:
    """Write a draft in at most 88 characters of `A-Za-z0-9.*~_:-`; its server is left out."""
    wanted = draft.wanted
    least = wanted.at_least
    return ":".join(
        (
            write_permalink(AskChanges(wanted.place, wanted.measure)),
            _KINDS + "".join(letter for letter, kind in KINDS.items() if kind in wanted.kinds),
            f"{least.count}" if least.share is None else f"p{round(least.share * _SHARES)}",
            _write_number(draft.destination.channel),
            _NONE if draft.role is None else _write_number(draft.role),
            draft.language,
            "p" if draft.publish else _NONE,
        )
    )


def read_draft(text: str, countries: Countries, server: int | None) -> Draft:
    """Read a draft back, for the server it is confirmed in.

    Raises `Unanswerable` when this version no longer understands it.
    """
    try:
        link, kinds, least, channel, role, language, publish = text.split(":")
        asked = read_permalink(link, countries)
        at_least = (
            Threshold(share=_read_number(least[1:], 10) / _SHARES)
            if least[:1] == "p"
            else Threshold(_read_number(least, 10))
        )
        destination = Destination(_read_number(channel), server)
        pinged = None if role == _NONE else _read_number(role)
        chosen = _read_kinds(kinds)
    except (LookupError, ValueError) as error:
        raise Unanswerable(STALE) from error
    if not isinstance(asked, AskChanges):
        raise Unanswerable(STALE)
    wanted = Filter(asked.place, asked.measure, chosen, at_least)
    return Draft(destination, wanted, pinged, language, publish == "p")


def _read_number(text: str, base: int = len(_DIGITS)) -> int:
    """Read a whole number that a database can hold, written with these digits only."""
    number = int(text, base)
    if not set(text) <= set(_DIGITS) or number > _LARGEST:
        raise ValueError(text)
    return number


def _read_kinds(text: str) -> frozenset[Kind]:
    """Read letters; an older text has a number in base 36, with a bit for each kind."""
    if text.startswith(_KINDS):
        return frozenset(KINDS[letter] for letter in text.removeprefix(_KINDS))
    bits = _read_number(text)
    return frozenset(kind for place, kind in enumerate(OLD_KINDS) if bits >> place & 1)


def _write_number(number: int) -> str:
    """Write a whole number in base 36: Discord's ids take 13 characters then."""
    digits = ""
    while True:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
