"""Questions as texts, in both directions: as a button's text, and as the command line that files carry.

Both come from one table of fields, `FORMS`. Discord gives a button 100 characters; countries are UNHCR's
codes in it, which never change, and every letter is pinned here or in the table of measures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from data.countries.lists import MAX_COMPARED, read_countries, refuse_so_many
from data.errors import Unanswerable
from data.model import ALL, Area, Group, Level, Measure, Order, Per, Place, RankBy, RevisionKind, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.export import AskExport, By, choose_export
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.sides import choose_side
from data.questions.top import AskTop
from data.questions.trend import AskTrend, choose_trend, compare_places, read_single_years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from data.questions.registry import Question
    from data.questions.trend import ScaleName

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

RANKED_BY = MappingProxyType({"c": RankBy.CHANGE, "p": RankBy.PERCENT, "i": RankBy.INHABITANTS})
"""The letters of buttons for what is ranked by; an amount has none."""

ORDERS = MappingProxyType({"s": Order.SMALLEST})
"""The letter of buttons for the other end of a ranking."""

_NONE = "-"
_MEASURES = MappingProxyType({each.row.letter: each for each in Measure})
_SIDES = MappingProxyType({"o": Role.ORIGIN, "a": Role.ASYLUM})
_LEVELS = MappingProxyType({"a": Level.ALL, "f": Level.FIRST})
_SCALES: Mapping[str, ScaleName] = MappingProxyType({"lin": "linear", "log": "log"})
_WHOLE = re.compile(r"-?\d{1,16}", re.ASCII)
_SINGLE = re.compile(r"(?:[0-9a-f]{2})+")
_CENTURY = 1900
"""Single years are counted from it in two hexadecimal digits each, as six pairs of countries leave few."""

_PLAIN_DAY = re.compile(r"\d{8}", re.ASCII)
_UNASKED = ("private", "format")
"""Options that say how a question is answered, and are no part of it."""


class AreaLookup(Protocol):
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
    read: Callable[[str, AreaLookup], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question: a text in its buttons, which takes so many `parts`, and options of its command.

    `split` gives the values of the options, None for one that is left out; `join` takes them back. A field
    with a `mark` is younger than buttons of its kind: its part begins with that letter, and is left out for
    the default.
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
        value = getattr(question, field.name)
        if not field.mark:
            parts.append(spelling.write(value))
        elif field.split(value) != (None,):
            parts.append(field.mark + spelling.write(value))
    return ".".join(part for part in (*parts, _DAY_PART.write(question.as_of)) if part)


def read_permalink(text: str, countries: AreaLookup) -> Question:
    """Read a question back; raises `Unanswerable` when this version no longer understands it."""
    try:
        return _read_parts(text, countries)
    except (LookupError, ValueError) as error:
        raise Unanswerable("button-stale") from error


def _read_parts(text: str, countries: AreaLookup) -> Question:
    letter, *parts, day = text.split(".")
    form = _FORM_BY_LETTER[letter]
    values = {"as_of": _DAY_PART.read(day, countries)}
    for field, spelling in _list_parts(form):
        if field.mark and not (parts and parts[0].startswith(field.mark)):
            continue
        taken, parts = parts[: field.parts], parts[field.parts :]
        values[field.name] = spelling.read(".".join(taken).removeprefix(field.mark), countries)
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


def read_command(line: str, countries: AreaLookup) -> Question | AskExport:
    """Read what `write_command` wrote; a value ends where another option of the command begins.

    Raises `Unanswerable` for a line that is no such command.
    """
    group, command, rest = (*line.strip().split(" ", 2), "", "")[:3]
    form = _FORM_BY_COMMAND.get(command)
    if group != GROUP or form is None:
        raise Unanswerable("line-unreadable", typed=line)
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
        raise Unanswerable("options-unreadable", typed=rest)
    for name, text in zip(given, found[1::2], strict=True):
        yield name, text.strip()


def _read_option(name: str, text: str, spelling: Spelling, countries: AreaLookup) -> Any:
    try:
        return spelling.read(text, countries)
    except (LookupError, ValueError) as error:
        raise Unanswerable("option-unreadable", typed=text, option=name) from error


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


def _read_whole(text: str, _: AreaLookup) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _read_plain_day(text: str, _: AreaLookup) -> date:
    if not _PLAIN_DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _write_place(place: Place) -> str:
    return "~".join(map(_write_side, (place.origin, place.asylum)))


def _write_side(area: Area | None) -> str:
    if area is None:
        return ALL
    return area.short if isinstance(area, Group) else area.code


def _read_place(text: str, countries: AreaLookup) -> Place:
    origin, asylum = (None if code == ALL else countries.area_by_code(code) for code in text.split("~"))
    if [origin, asylum].count(None) != text.split("~").count(ALL):
        raise KeyError(text)
    return Place(origin, asylum)


def _write_places(places: tuple[Place, ...]) -> str:
    """Write each place; a side that is the same as in the first is left out."""
    first, *others = map(_write_place, places)
    sides = first.split("~")
    shared = (
        "~".join("" if own == same else own for own, same in zip(other.split("~"), sides, strict=True))
        for other in others
    )
    return "_".join((first, *shared))


def _read_places(text: str, countries: AreaLookup) -> tuple[Place, ...]:
    first, *others = text.split("_")
    sides = first.split("~")
    whole = (
        "~".join(own or same for own, same in zip(other.split("~"), sides, strict=True)) for other in others
    )
    return tuple(_read_place(place, countries) for place in (first, *whole))


def _read_side(text: str, countries: AreaLookup) -> Area:
    if (area := countries.area_by_code(text)) is None:
        raise KeyError(text)
    return area


def _read_single_years(text: str, _: AreaLookup) -> tuple[int, ...]:
    if not _SINGLE.fullmatch(text):
        raise ValueError(text)
    return tuple(_CENTURY + number for number in bytes.fromhex(text))


def _read_years(text: str, countries: AreaLookup) -> tuple[int | None, int | None]:
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
_PLACES_PART = Spelling(_write_places, _read_places)
_COUNTRY_PART = Spelling(_write_side, _read_side)
_SINGLE_YEARS = Spelling(lambda years: ", ".join(map(str, years)), lambda text, _: read_single_years(text))
_SINGLE_YEARS_PART = Spelling(
    lambda years: bytes(year - _CENTURY for year in years).hex(), _read_single_years
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
        raise refuse_so_many()
    return compare_places(Place(origin, asylum), versus or ())


def _join_at_least(size: int | None) -> int:
    if size is not None and size < 1:
        raise Unanswerable("changes-too-small")
    return size or 1


def _optional(
    name: str, button: Spelling, option: Spelling, default: Any = None, mark: str = "", called: str = ""
) -> Field:
    """Leave an option out where it has this value; it may be `called` otherwise than its field."""
    return Field(
        name,
        button,
        {called or name: option},
        split=lambda value: (None if value == default else value,),
        join=lambda value: default if value is None else value,
        mark=mark,
    )


_BOTH_SIDES = {"origin": _COUNTRY, "asylum": _COUNTRY}
_SPAN = {"from": _NUMBER, "to": _NUMBER}

PLACE = Field("place", _PLACE_PART, _BOTH_SIDES, lambda place: (place.origin, place.asylum), Place)
PLACES = Field("places", _PLACES_PART, {**_BOTH_SIDES, "versus": _COUNTRIES}, _split_places, _join_places)
MEASURE = Field(
    "measure", _spell(_MEASURES), {"measure": _MEASURE}, join=lambda value: value or Measure.PENDING
)
ANY_MEASURE = Field("measure", _or_none(_spell(_MEASURES)), {"measure": _MEASURE})
RANKED = Field("role", _spell(_SIDES), {"rank": _ROLE})
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
PER = _optional(
    "per", _spell({"": Per.INHABITANTS}), _spell({each.value: each for each in Per}), Per.NONE, "i"
)
SINGLE_YEARS = _optional("years", _SINGLE_YEARS_PART, _SINGLE_YEARS, (), "y")
SINCE = _optional("since", _NUMBER, _NUMBER, mark="s")
BY = _optional("by", _spell(RANKED_BY), _spell({each.value: each for each in RankBy}), RankBy.AMOUNT, "b")
ORDER = _optional("order", _spell(ORDERS), _spell({each.value: each for each in Order}), Order.LARGEST, "o")
POSITION = _optional("rank", _NUMBER, _NUMBER, mark="n", called="position")
OF = _optional("of", _COUNTRY_PART, _COUNTRY, mark="f")
ABOVE = _optional("above", _NUMBER, _NUMBER, mark="a")
BELOW = _optional("below", _NUMBER, _NUMBER, mark="u")
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
        (MEASURE, PLACES, FIRST, LAST, SCALE, PER, SINGLE_YEARS, AS_OF),
        ("measure", "places", "first", "last", "scale", "per", "years"),
        choose_trend,
    ),
    QuestionForm(
        AskTop,
        "r",
        "top",
        (MEASURE, RANKED, YEAR, PLACE, SINCE, BY, ORDER, POSITION, OF, ABOVE, BELOW, AS_OF),
        ("measure", "role", "place", "year", "since", "by", "order", "rank", "of", "above", "below"),
        partial(choose_side, AskTop),
    ),
    QuestionForm(
        AskMap,
        "m",
        "map",
        (MEASURE, COLOURED, YEAR, PLACE, PER, AS_OF),
        ("measure", "role", "place", "year", "per"),
        partial(choose_side, AskMap),
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
