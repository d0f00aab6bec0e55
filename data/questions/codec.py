"""Questions as texts, in both directions: as a button's text, and as the command line that files carry.

Both come from one table of fields, `FORMS`. Discord gives a button 100 characters; countries are UNHCR's
codes in it, which never change, and every letter is pinned here or in the table of measures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from data.countries.lists import MAX_COMPARED, TOO_MANY, read_countries
from data.errors import Unanswerable, quote
from data.model import ALL, Area, Group, Level, Measure, Per, Place, RevisionKind, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.export import AskExport, By, choose_export
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap, choose_map
from data.questions.period import AskPeriod
from data.questions.top import AskTop, choose_top
from data.questions.trend import AskTrend, compare_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from data.questions.registry import Question
    from data.questions.trend import Scale

STALE = "This button is from an older version of the bot; ask again with the command."
GROUP = "/asylum"

ROLES = MappingProxyType({Role.ORIGIN: "origins", Role.ASYLUM: "countries of asylum"})
"""What a command calls the side that is ranked or mapped."""

KINDS = MappingProxyType(
    {
        "N": RevisionKind.NEW_PERIOD,
        "C": RevisionKind.COMPLETED,
        "R": RevisionKind.CORRECTED,
        "W": RevisionKind.WITHDRAWN,
        "X": RevisionKind.RECODED,
    }
)
"""The letters of buttons for kinds of change."""

OLD_KINDS = (
    RevisionKind.NEW_PERIOD,
    RevisionKind.COMPLETED,
    RevisionKind.CORRECTED,
    RevisionKind.WITHDRAWN,
    RevisionKind.RECODED,
)
"""Older buttons give a kind by its position; this order is theirs, and is never changed."""

_NONE = "-"
_MEASURES = MappingProxyType({each.row.letter: each for each in Measure})
_SIDES = MappingProxyType({"o": Role.ORIGIN, "a": Role.ASYLUM})
_LEVELS = MappingProxyType({"a": Level.ALL, "f": Level.FIRST})
_SCALES: Mapping[str, Scale] = MappingProxyType({"lin": "linear", "log": "log"})
_WHOLE = re.compile(r"-?\d{1,16}", re.ASCII)
_PLAIN_DAY = re.compile(r"\d{8}", re.ASCII)
_UNASKED = ("private", "format")
"""Options that say how a question is answered, and are no part of it."""


class Countries(Protocol):
    """Knows every country and group by its code, and by what people call it."""

    def area_by_code(self, code: str) -> Area | None:
        """Return the country or group, or None for a code nobody has named."""
        ...

    def find(self, text: str) -> Area:
        """Return the one country or group of this name or code; raises `Unanswerable` with a sentence."""
        ...


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a value is written, and read again; reading raises LookupError, ValueError or `Unanswerable`."""

    write: Callable[[Any], str]
    read: Callable[[str, Countries], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question: a text in its buttons, which takes so many `parts`, and options of its command.

    `split` gives the values of the options, None for one that is left out; `join` takes them back. A field
    that writes nothing for its default is known in a button by the `mark` that its part begins with.
    """

    name: str
    button: Spelling | None
    options: Mapping[str, Spelling]
    split: Callable[[Any], tuple[Any, ...]] = lambda value: (value,)
    join: Callable[..., Any] = lambda value: value
    parts: int = 1
    mark: str = ""


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """How a kind of question is written.

    `fields` stand in the order of the command's options; `button` names those of them in the order of the
    button's parts, after the `letter` and before the day. `make` makes the question as the command does.
    """

    kind: type
    letter: str | None
    command: str
    fields: tuple[Field, ...]
    button: tuple[str, ...] = ()
    make: Callable[..., Any] | None = None


def write_permalink(question: Question) -> str:
    """Write a question in at most 80 characters of `A-Za-z0-9.*~_-`."""
    form = _FORM_OF[type(question)]
    parts = [form.letter or ""]
    for field, spelling in _list_parts(form):
        parts.append(spelling.write(getattr(question, field.name)))
    return ".".join(part for part in (*parts, _DAY_PART.write(question.as_of)) if part)


def read_permalink(text: str, countries: Countries) -> Question:
    """Read a question back; raises `Unanswerable` when this version no longer understands it."""
    try:
        return _read_parts(text, countries)
    except (LookupError, ValueError) as error:
        raise Unanswerable(STALE) from error


def _read_parts(text: str, countries: Countries) -> Question:
    letter, *parts, day = text.split(".")
    form = _FORM_BY_LETTER[letter]
    values = {"as_of": _DAY_PART.read(day, countries)}
    for field, spelling in _list_parts(form):
        count = field.parts if parts and parts[0].startswith(field.mark) else 0
        taken, parts = parts[:count], parts[count:]
        values[field.name] = spelling.read(".".join(taken), countries)
    if parts:
        raise ValueError(text)
    question: Question = form.kind(**values)
    return question


def _list_parts(form: QuestionForm) -> Iterator[tuple[Field, Spelling]]:
    fields = {field.name: field for field in form.fields}
    for name in form.button:
        field = fields[name]
        if field.button is not None:
            yield field, field.button


def write_command(question: Question | AskExport) -> str:
    """Write `/asylum trend measure:applications origin:China to:2025`: only the options that are needed.

    Empty where no command puts this question, as when two origins are set beside each other in one country.
    """
    form = _FORM_OF[type(question)]
    values: dict[str, Any] = {}
    told = []
    for field in form.fields:
        for (name, spelling), value in zip(
            field.options.items(), field.split(getattr(question, field.name)), strict=True
        ):
            if value is not None:
                values[name] = value
                told.append(f"{name}:{spelling.write(value)}")
    try:
        asked = _make(form, values)
    except Unanswerable:
        return ""
    return " ".join([f"{GROUP} {form.command}", *told]) if asked == question else ""


def read_command(line: str, countries: Countries) -> Question | AskExport:
    """Read what `write_command` wrote; a value ends where another option of the command begins.

    Raises `Unanswerable` for a line that is no such command.
    """
    group, command, rest = (*line.strip().split(" ", 2), "", "")[:3]
    form = _FORM_BY_COMMAND.get(command)
    if group != GROUP or form is None:
        raise Unanswerable(f"I cannot read {quote(line)} as a question; write one like “/asylum figures”.")
    spellings = {name: spelling for field in form.fields for name, spelling in field.options.items()}
    values: dict[str, Any] = {}
    for name, text in _split_options(rest, (*spellings, *_UNASKED)):
        if name in spellings:
            values[name] = _read_option(name, text, spellings[name], countries)
    return _make(form, values)


def _split_options(rest: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    before, *found = re.split(rf"(?:^|(?<=\s))({'|'.join(names)}):", rest)
    given = found[::2]
    if before.strip() or len(set(given)) < len(given):
        raise Unanswerable(f"I cannot read the options {quote(rest)}; write each once, like “year:2024”.")
    for name, text in zip(given, found[1::2], strict=True):
        yield name, text.strip()


def _read_option(name: str, text: str, spelling: Spelling, countries: Countries) -> Any:
    try:
        return spelling.read(text, countries)
    except (LookupError, ValueError) as error:
        raise Unanswerable(
            f"I cannot read {quote(text)} as “{name}”; see what the command offers."
        ) from error


def _make(form: QuestionForm, values: Mapping[str, Any]) -> Question | AskExport:
    """Make a question of the values of its command's options, as the command does."""
    fields = {field.name: field.join(*map(values.get, field.options)) for field in form.fields}
    question: Question | AskExport = (form.make or form.kind)(**fields)
    return question


# How values are spelled ...


def _spell(words: Mapping[str, Any]) -> Spelling:
    """Spell values by a table of words; of several words for one value, the first is written."""
    texts = {value: word for word, value in reversed(list(words.items()))}
    return Spelling(texts.__getitem__, lambda text, _: words[text])


def _or_none(spelling: Spelling) -> Spelling:
    return Spelling(
        lambda value: _NONE if value is None else spelling.write(value),
        lambda text, countries: None if text == _NONE else spelling.read(text, countries),
    )


def _read_whole(text: str, _: Countries) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _read_plain_day(text: str, _: Countries) -> date:
    if not _PLAIN_DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _write_place(place: Place) -> str:
    return "~".join(map(_write_side, (place.origin, place.asylum)))


def _write_side(area: Area | None) -> str:
    if area is None:
        return ALL
    return area.short if isinstance(area, Group) else area.code


def _read_place(text: str, countries: Countries) -> Place:
    origin, asylum = (None if code == ALL else countries.area_by_code(code) for code in text.split("~"))
    if [origin, asylum].count(None) != text.split("~").count(ALL):
        raise KeyError(text)
    return Place(origin, asylum)


def _read_years(text: str, countries: Countries) -> tuple[int | None, int | None]:
    first, last = (_YEAR_PART.read(part, countries) for part in text.split("."))
    return first, last


_NUMBER = Spelling(str, _read_whole)
_DAY = Spelling(date.isoformat, lambda text, _: date.fromisoformat(text))
_COUNTRY = Spelling(lambda country: country.name, lambda text, countries: countries.find(text))
_COUNTRIES = Spelling(lambda listed: ", ".join(each.name for each in listed), read_countries)
_ROLE = _spell({**{word: role for role, word in ROLES.items()}, **{role.value: role for role in Role}})
_MEASURE = _spell({each.value: each for each in Measure})

_YEAR_PART = _or_none(_NUMBER)
_DAY_PART = _or_none(Spelling(lambda day: day.isoformat().replace("-", ""), _read_plain_day))
_PLACE_PART = Spelling(_write_place, _read_place)
_PLACES_PART = Spelling(
    lambda places: "_".join(map(_write_place, places)),
    lambda text, countries: tuple(_read_place(place, countries) for place in text.split("_")),
)
_YEARS_PART = Spelling(lambda years: ".".join(map(_YEAR_PART.write, years)), _read_years)
_KIND_PART = _spell({**KINDS, **{str(place): kind for place, kind in enumerate(OLD_KINDS)}})


# ... the fields that questions have ...


def _split_places(places: tuple[Place, ...]) -> tuple[Any, ...]:
    """Name the first place, and beside it the countries that stand in its stead in the others."""
    first, *others = places
    side = "asylum" if first.asylum else "origin"
    named = tuple(country for other in others if (country := getattr(other, side)))
    return first.origin, first.asylum, named or None


def _join_places(
    origin: Area | None, asylum: Area | None, versus: tuple[Area, ...] | None
) -> tuple[Place, ...]:
    if len(versus or ()) > MAX_COMPARED:
        raise Unanswerable(TOO_MANY)
    return compare_places(Place(origin, asylum), versus or ())


def _join_at_least(size: int | None) -> int:
    if size is not None and size < 1:
        raise Unanswerable("Changes are of at least 1; leave “at_least” out for all of them.")
    return size or 1


def _optional(name: str, button: Spelling, option: Spelling, default: Any) -> Field:
    """Leave an option out where it has this value."""
    return Field(
        name,
        button,
        {name: option},
        split=lambda value: (None if value == default else value,),
        join=lambda value: default if value is None else value,
    )


_BOTH_SIDES = {"origin": _COUNTRY, "asylum": _COUNTRY}
_SPAN = {"from": _NUMBER, "to": _NUMBER}

PLACE = Field("place", _PLACE_PART, _BOTH_SIDES, lambda place: (place.origin, place.asylum), Place)
PLACES = Field("places", _PLACES_PART, {**_BOTH_SIDES, "versus": _COUNTRIES}, _split_places, _join_places)
MEASURE = Field(
    "measure", _spell(_MEASURES), {"measure": _MEASURE}, join=lambda value: value or Measure.PENDING
)
ANY_MEASURE = Field("measure", _or_none(_spell(_MEASURES)), {"measure": _MEASURE})
RANK = Field("role", _spell(_SIDES), {"rank": _ROLE})
COLOURED = Field("role", _spell(_SIDES), {"by": _ROLE})
LINES = Field("by", None, {"by": _spell({each.value: each for each in By})})
YEAR = Field("year", _YEAR_PART, {"year": _NUMBER})
FIRST = Field("first", _YEAR_PART, {"from": _NUMBER})
LAST = Field("last", _YEAR_PART, {"to": _NUMBER})
YEARS = Field("years", _YEARS_PART, _SPAN, tuple, lambda *years: years, parts=2)
AGAINST = Field(
    "against",
    Spelling(
        lambda years: _YEARS_PART.write(years) if years else "",
        lambda text, countries: _YEARS_PART.read(text, countries) if text else None,
    ),
    {"against_from": _NUMBER, "against_to": _NUMBER},
    split=lambda years: years or (None, None),
    join=lambda *years: None if years == (None, None) else years,
    parts=2,
)
SCALE = _optional("scale", _spell(_SCALES), _spell({scale: scale for scale in _SCALES.values()}), "linear")
PER = replace(
    _optional(
        "per",
        _spell({"": Per.NONE, "i": Per.INHABITANTS}),
        _spell({each.value: each for each in Per}),
        Per.NONE,
    ),
    mark="i",
)
LEVEL = _optional("level", _spell(_LEVELS), _spell({each.value: each for each in Level}), Level.ALL)
KIND = Field("kind", _or_none(_KIND_PART), {"kinds": _spell({each.value: each for each in RevisionKind})})
AT_LEAST = Field(
    "at_least",
    _NUMBER,
    {"at_least": _NUMBER},
    split=lambda size: (None if size == 1 else size,),
    join=_join_at_least,
)
AS_OF = Field("as_of", None, {"as_of": _DAY})
RELEASE = Field("as_of", None, {"release": _DAY})

# ... and the questions.

FORMS = (
    QuestionForm(AskFigures, "f", "figures", (PLACE, YEAR, PER, AS_OF), ("place", "year", "per")),
    QuestionForm(
        AskTrend,
        "t",
        "trend",
        (MEASURE, PLACES, FIRST, LAST, SCALE, PER, AS_OF),
        ("measure", "places", "first", "last", "scale", "per"),
    ),
    QuestionForm(
        AskTop,
        "r",
        "top",
        (MEASURE, RANK, YEAR, PLACE, AS_OF),
        ("measure", "role", "place", "year"),
        choose_top,
    ),
    QuestionForm(
        AskMap,
        "m",
        "map",
        (MEASURE, COLOURED, YEAR, PLACE, PER, AS_OF),
        ("measure", "role", "place", "year", "per"),
        choose_map,
    ),
    QuestionForm(AskHistory, "h", "history", (MEASURE, PLACE, YEAR, AS_OF), ("measure", "place", "year")),
    QuestionForm(
        AskChanges,
        "c",
        "changes",
        (RELEASE, PLACE, ANY_MEASURE, KIND, AT_LEAST),
        ("measure", "place", "kind", "at_least"),
    ),
    QuestionForm(
        AskPeriod,
        "p",
        "period",
        (MEASURE, PLACE, YEARS, AGAINST, AS_OF),
        ("measure", "place", "years", "against"),
    ),
    QuestionForm(
        AskDecisions,
        "d",
        "decisions",
        (PLACE, LEVEL, FIRST, LAST, AS_OF),
        ("level", "place", "first", "last"),
    ),
    QuestionForm(AskExport, None, "export", (MEASURE, LINES, PLACE, YEARS, AS_OF), make=choose_export),
)
"""Every kind of question; a letter is never changed, nor given to another."""

_FORM_OF = MappingProxyType({form.kind: form for form in FORMS})
_FORM_BY_LETTER = MappingProxyType({form.letter: form for form in FORMS if form.letter})
_FORM_BY_COMMAND = MappingProxyType({form.command: form for form in FORMS})
