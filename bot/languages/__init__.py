"""The language of an answer: English, or another that has a catalogue beside this module.

Whoever answers says once in which language, at the edge: `with use(language):`. All that is worded inside
goes through `_`, whose first argument is the whole English sentence and the key of its translation:

    _("{people} people {where} were waiting for a decision {day}.", people=…, where=…, day=…)

A place of it may say in which form it wants a country or group: `{country:in}` is “in the USA”, “in den
USA”, “aux États-Unis”; `FORMS` of `bot.languages.places` has them all, and a translation may choose another
form than the English sentence. `python -m bot.languages.compile` carries new sentences into the catalogues.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from bot.languages import forms
from bot.languages.catalogues import Catalogue, open_catalogue
from bot.languages.forms import fill
from data.model import Area

Key = TypeVar("Key")
Given = ParamSpec("Given")
Told = TypeVar("Told")


class Language(StrEnum):
    """Those that answers are given in, by their codes, which are stored."""

    ENGLISH = "en"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"


OWN_NAMES: Mapping[Language, str] = {
    Language.ENGLISH: "English",
    Language.GERMAN: "Deutsch",
    Language.FRENCH: "Français",
    Language.SPANISH: "Español",
}
"""What each calls itself."""

_BY_CODE: Mapping[str, Language] = {language.value: language for language in Language}
_SPOKEN: ContextVar[Language] = ContextVar("language", default=Language.ENGLISH)


def spoken() -> Language:
    """Return the language that is spoken here."""
    return _SPOKEN.get()


def speak(language: Language) -> None:
    """Speak a language from here on, in this task and those that it begins."""
    _SPOKEN.set(language)


@contextmanager
def use(language: Language) -> Iterator[None]:
    """Speak a language inside a block; other threads and tasks that run already do not."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def find_language(locale: str) -> Language:
    """Return what somebody is answered in whose client has this locale (“de”, “es-419”): English at least."""
    tag, *_ = locale.split("-")
    return _BY_CODE.get(tag, Language.ENGLISH)


def in_english(function: Callable[Given, Told]) -> Callable[Given, Told]:
    """Mark what is worded in English whatever is spoken, as its sentences are in no catalogue yet.

    Numbers and places in it are then English too. `tests/laws/test_languages.py` counts them: never more.
    """

    @wraps(function)
    def worded(*args: Given.args, **kwargs: Given.kwargs) -> Told:
        with use(Language.ENGLISH):
            return function(*args, **kwargs)

    return worded


def _(message: str, **values: Any) -> str:
    """Word a whole sentence, or a label, with its values in the language that is spoken."""
    language = _SPOKEN.get()
    if language is not Language.ENGLISH:
        message = _open(language).gettext(message)
    return fill(language, message, values) if values else message


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a sentence for the catalogues that is worded later, by `_`, or stands in a table of `phrases`."""
    return message


def NC_(context: str, message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a sentence with its context, which `pgettext` words later."""
    del context
    return message


def pgettext(context: str, message: str, **values: Any) -> str:
    """Word what has several meanings in English; the context tells them apart for whoever translates."""
    language = _SPOKEN.get()
    if language is not Language.ENGLISH:
        message = _open(language).pgettext(context, message)
    return fill(language, message, values) if values else message


def ngettext(one: str, many: str, number: int, **values: Any) -> str:
    """Word a sentence about one or several, as the language tells numbers apart."""
    language = _SPOKEN.get()
    message = _open(language).ngettext(one, many, number) if language is not Language.ENGLISH else ""
    message = message or (one if number == 1 else many)
    return fill(language, message, values) if values else message


class phrases(dict[Key, str]):  # noqa: N801 - read as a function: `NAMES = phrases({…})`
    """A table of words that are looked up in the language that is spoken then."""

    def __init__(self, table: Mapping[Key, str], context: str | None = None) -> None:
        super().__init__(table)
        self._context = context

    def __getitem__(self, key: Key) -> str:
        words = super().__getitem__(key)
        return _(words) if self._context is None else pgettext(self._context, words)

    def say(self, key: Key, **values: Any) -> str:
        """Look the words up and put values into their places, as `_` does."""
        return fill(spoken(), self[key], values)

    def get(self, key: Key, default: Any = None) -> Any:
        """Return the words, or the default."""
        return self[key] if key in self else default  # noqa: SIM401 - the dictionary's own leaves them English


def _open(language: Language) -> Catalogue:
    return open_catalogue(language.value)


def name(area: Area, form: str = "name") -> str:
    """Name a country or group in the language that is spoken: alone, or in one of the `FORMS`."""
    return forms.name(_SPOKEN.get(), area, form)


def digits(number: str) -> str:
    """Write a number or percentage with the marks of the language that is spoken: “1,234.5%”, “1.234,5 %”."""
    return forms.write_number(_SPOKEN.get(), number)
