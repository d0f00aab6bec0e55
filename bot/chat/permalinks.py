"""Questions as short texts, so that a button knows its question after a restart.

Discord gives a button 100 characters. Countries are their UNHCR codes, which never change.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Protocol

from data.compare import Kind
from data.errors import Unanswerable
from data.findings import Role
from data.model import ALL, Country, Level, Measure, Place
from data.questions import (
    AskChanges,
    AskDecisions,
    AskFigures,
    AskHistory,
    AskMap,
    AskPeriod,
    AskRanking,
    AskTrend,
    Question,
    Scale,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

STALE = "This button is from an older version of the bot; ask again with the command."
_MEASURES = dict(zip("pasdrcjoxy", Measure, strict=True))
_LETTERS = {measure: letter for letter, measure in _MEASURES.items()}
_SCALES: dict[str, Scale] = {"lin": "linear", "log": "log"}
_NONE = "-"
_YEAR = re.compile(r"[1-9][0-9]{3}")
_DAY = re.compile(r"[0-9]{8}")
_COUNT = re.compile(r"[0-9]{1,16}")


class Countries(Protocol):
    """Knows every country by UNHCR's code."""

    def by_code(self, code: str) -> Country | None:
        """Return the country, or None for a code nobody has named."""
        ...


def write_permalink(question: Question) -> str:
    """Write a question in at most 80 characters of `A-Za-z0-9.*~_-`."""
    match question:
        case AskFigures():
            parts = ["f", _write_place(question.place), _write_year(question.year)]
        case AskTrend():
            places = "_".join(map(_write_place, question.places))
            years = [_write_year(question.first), _write_year(question.last)]
            parts = ["t", _LETTERS[question.measure], places, *years, question.scale[:3]]
        case AskRanking() | AskMap():
            kind = "r" if isinstance(question, AskRanking) else "m"
            parts = [kind, _LETTERS[question.measure], question.role.value[0], _write_place(question.place)]
            parts.append(_write_year(question.year))
        case AskHistory():
            parts = [
                "h",
                _LETTERS[question.measure],
                _write_place(question.place),
                _write_year(question.year),
            ]
        case AskChanges():
            measure = _LETTERS[question.measure] if question.measure else _NONE
            kind = str(list(Kind).index(question.kind)) if question.kind else _NONE
            parts = ["c", measure, _write_place(question.place), kind, str(question.at_least)]
        case AskPeriod():
            spans = [question.years, *([question.against] if question.against else [])]
            years = [_write_year(year) for span in spans for year in span]
            parts = ["p", _LETTERS[question.measure], _write_place(question.place), *years]
        case AskDecisions():
            years = [_write_year(question.first), _write_year(question.last)]
            parts = ["d", question.level.value[0], _write_place(question.place), *years]
    return ".".join([*parts, question.as_of.isoformat().replace("-", "") if question.as_of else _NONE])


def read_permalink(text: str, countries: Countries) -> Question:
    """Read a question back; raises `Unanswerable` when this version no longer understands it."""
    try:
        kind, *parts, day = text.split(".")
        as_of = None if day == _NONE else date.fromisoformat(_insist(_DAY, day))
        return _read_question(kind, parts, as_of, countries)
    except (LookupError, ValueError) as error:
        raise Unanswerable(STALE) from error


def _read_question(kind: str, parts: Sequence[str], as_of: date | None, countries: Countries) -> Question:
    match kind, *parts:
        case "f", place, year:
            return AskFigures(_read_place(place, countries), _read_year(year), as_of)
        case "t", letter, places, first, last, scale:
            read = tuple(_read_place(place, countries) for place in places.split("_"))
            years = (_read_year(first), _read_year(last))
            return AskTrend(_MEASURES[letter], read, *years, _SCALES[scale], as_of)
        case (("r" | "m"), letter, side, place, year):
            role = {"o": Role.ORIGIN, "a": Role.ASYLUM}[side]
            ask = AskRanking if kind == "r" else AskMap
            return ask(_MEASURES[letter], role, _read_place(place, countries), _read_year(year), as_of)
        case "h", letter, place, year:
            return AskHistory(_MEASURES[letter], _read_place(place, countries), _read_year(year), as_of)
        case "c", letter, place, number, least:
            measure = None if letter == _NONE else _MEASURES[letter]
            changed = None if number == _NONE else list(Kind)[int(_insist(_COUNT, number))]
            at_least = int(_insist(_COUNT, least))
            return AskChanges(_read_place(place, countries), measure, changed, at_least, as_of)
        case "p", letter, place, first, last, *others:
            against = (_read_year(others[0]), _read_year(others[1])) if others else None
            years = (_read_year(first), _read_year(last))
            return AskPeriod(_MEASURES[letter], _read_place(place, countries), years, against, as_of)
        case "d", letter, place, first, last:
            level = {"a": Level.ALL, "f": Level.FIRST}[letter]
            years = (_read_year(first), _read_year(last))
            return AskDecisions(_read_place(place, countries), level, *years, as_of)
    raise ValueError(kind)


def _write_place(place: Place) -> str:
    return "~".join(country.code if country else ALL for country in (place.origin, place.asylum))


def _read_place(text: str, countries: Countries) -> Place:
    origin, asylum = (None if code == ALL else countries.by_code(code) for code in text.split("~"))
    if [origin, asylum].count(None) != text.split("~").count(ALL):
        raise KeyError(text)
    return Place(origin, asylum)


def _write_year(year: int | None) -> str:
    return _NONE if year is None else str(year)


def _read_year(text: str) -> int | None:
    return None if text == _NONE else int(_insist(_YEAR, text))


def _insist(form: re.Pattern[str], text: str) -> str:
    """Return a text that has this form; anybody can send a button what no version of this program wrote."""
    if not form.fullmatch(text):
        raise ValueError(text)
    return text
