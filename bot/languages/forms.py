"""Values in a sentence: countries in the form that its place asks for, and what comes before a vowel."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from bot.languages.places import place_forms
from data.model import Area, Country, Group

ENGLISH = "en"


def fill(language: str, message: str, values: Mapping[str, Any]) -> str:
    """Put values into the places of a sentence."""
    return message.format(**{name: _shape(language, value) for name, value in values.items()})


def name(language: str, area: Area, form: str = "name") -> str:
    """Name a country or group alone (“USA”), or in a form (“text”, “in”, “from”, “to”, “own”)."""
    if language == ENGLISH:
        return _in_english(area, form)
    forms = place_forms(language).get(area.code)
    if forms is None:  # came with a release, and has but the name that UNHCR gives it
        return area.name if form in ("name", "text") else f"{area.name}"
    return forms.get(_ALIKE.get(form, form)) or forms["text"]


_ALIKE = {"living in": "in", "": "name"}
"""Forms that only English tells from others."""


def _in_english(area: Area, form: str) -> str:
    match form:
        case "name" | "":
            return area.name
        case "text":
            return area.text
        case "own":
            return f"{area.text}'" if area.text.endswith("s") else f"{area.text}'s"
        case _:
            return f"{form} {area.text}"


class _AreaInWords:
    """A country or group that knows how a place of a sentence wants it."""

    __slots__ = ("_area", "_language")

    def __init__(self, language: str, area: Area) -> None:
        self._language, self._area = language, area

    def __format__(self, form: str) -> str:
        return name(self._language, self._area, form or "name")


class _Text(str):
    """A text that a place may want behind a word which changes before it: `{when:que}`, `{last:y}`."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        joined = _JOINED.get(spec)
        return joined(self) if joined else super().__format__(spec)


_VOWEL = re.compile(r"[\W_]*[aeiouyàâéèêëîïôûœh]", re.IGNORECASE)
_SOUNDS_LIKE_I = re.compile(r"[\W_]*h?i(?![aeou])", re.IGNORECASE)
_SOUNDS_LIKE_O = re.compile(r"[\W_]*h?o", re.IGNORECASE)
_JOINED: Mapping[str, Callable[[str], str]] = {
    "que": lambda text: f"qu’{text}" if _VOWEL.match(text) else f"que {text}",
    "de": lambda text: f"d’{text}" if _VOWEL.match(text) else f"de {text}",
    "y": lambda text: f"e {text}" if _SOUNDS_LIKE_I.match(text) else f"y {text}",
    "o": lambda text: f"u {text}" if _SOUNDS_LIKE_O.match(text) else f"o {text}",
}
"""Words before others that change by how these sound: French “que” and “de”, Spanish “y” and “o”."""


def _shape(language: str, value: Any) -> Any:
    if isinstance(value, Country | Group):
        return _AreaInWords(language, value)
    if language != ENGLISH and isinstance(value, str):
        return _Text(value)
    return value


@lru_cache(maxsize=4096)
def write_number(language: str, text: str) -> str:
    """Write a number or percentage, which is given as English writes it, with the language's own marks.

    Spanish sets four digits in no groups.
    """
    if language == ENGLISH:
        return text
    if language == "es" and _FOUR_DIGITS.fullmatch(text):
        return text.translate(_NO_GROUPS).translate(_MARKS[language])
    return text.translate(_MARKS[language])


_FOUR_DIGITS = re.compile(r"\D*\d,\d{3}([^\d,].*)?")
_NO_GROUPS = {ord(","): None}
_NARROW = "\u00a0"
"""French writes a narrow blank, which the charts' letters do not have; this one is as unbreakable."""
_MARKS: Mapping[str, dict[int, str]] = {
    "de": {ord(","): ".", ord("."): ",", ord("%"): "\u00a0%"},
    "fr": {ord(","): _NARROW, ord("."): ",", ord("%"): "\u00a0%"},
    "es": {ord(","): ".", ord("."): ",", ord("%"): "\u00a0%"},
}
"""What CLDR sets between groups of digits, before decimals and before the sign of percent."""
