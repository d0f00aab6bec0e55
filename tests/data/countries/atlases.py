"""One atlas for all tests of this folder: loading is quick, but not free."""

from __future__ import annotations

from functools import cache

from bot.sentences import say
from data.countries import Atlas
from data.errors import Unanswerable


@cache
def atlas() -> Atlas:
    return Atlas.load()


def found(text: str) -> str:
    """The UNHCR code of what is found."""
    return atlas().find(text).code


def refused(text: str) -> str:
    """The sentence that is said when nothing is found."""
    try:
        country = atlas().find(text)
    except Unanswerable as error:
        return say(error)
    raise AssertionError(f"{text!r} is {country.name}")
