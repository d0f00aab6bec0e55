"""A question as the command that asks it, to be written into files."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from data.questions import (
    AskChanges,
    AskDecisions,
    AskExport,
    AskFigures,
    AskHistory,
    AskMap,
    AskPeriod,
    AskRanking,
    AskTrend,
)

if TYPE_CHECKING:
    from datetime import date

    from data.model import Place
    from data.questions import Question, Years

Option = tuple[str, object]


def write_query(question: Question | AskExport) -> str:
    """Write a question as its command: “/asylum trend measure:pending origin:China from:2013”."""
    options = [(name, value) for name, value in _list_options(question) if value is not None]
    return " ".join([f"/asylum {_NAMES[type(question)]}", *(f"{name}:{value}" for name, value in options)])


_NAMES: dict[type, str] = {
    AskFigures: "figures",
    AskTrend: "trend",
    AskRanking: "top",
    AskHistory: "history",
    AskChanges: "changes",
    AskDecisions: "decisions",
    AskMap: "map",
    AskPeriod: "period",
    AskExport: "export",
}


def _list_options(question: Question | AskExport) -> list[Option]:
    as_of = _write_day(question.as_of)
    match question:
        case AskFigures():
            return [*_write_place(question.place), ("year", question.year), as_of]
        case AskTrend():
            return [("measure", question.measure), *_write_places(question), *_write_trend(question), as_of]
        case AskRanking():
            side = [("rank", question.role), *_write_place(question.place)]
            return [("measure", question.measure), *side, ("year", question.year), as_of]
        case AskMap():
            side = [("by", question.role), *_write_place(question.place)]
            return [("measure", question.measure), *side, ("year", question.year), as_of]
        case AskHistory():
            where = _write_place(question.place)
            return [("measure", question.measure), *where, ("year", question.year), as_of]
        case AskChanges():
            least = ("at_least", question.at_least if question.at_least > 1 else None)
            what: list[Option] = [("measure", question.measure), ("kinds", question.kind), least]
            return [*_write_place(question.place), *what, ("release", as_of[1])]
        case AskDecisions():
            years = _write_years((question.first, question.last))
            return [*_write_place(question.place), ("level", question.level), *years, as_of]
        case AskPeriod():
            against = _write_years(question.against or (None, None), "against_from", "against_to")
            years = [*_write_years(question.years), *against]
            return [("measure", question.measure), *_write_place(question.place), *years, as_of]
        case AskExport():
            rest = [*_write_place(question.place), *_write_years(question.years)]
            return [("measure", question.measure), ("by", question.by), *rest, as_of]
        case _:
            assert_never(question)


def _write_place(place: Place) -> list[Option]:
    return [
        (name, country.name)
        for name, country in (("origin", place.origin), ("asylum", place.asylum))
        if country is not None
    ]


def _write_places(question: AskTrend) -> list[Option]:
    """The first place, and what is set beside it: countries of asylum where it names one, else origins."""
    main, *others = question.places
    beside = [place.asylum or place.origin for place in others]
    if main.origin is None and main.asylum is not None and others:
        return [("asylum", main.asylum.name), ("versus", ", ".join(c.name for c in beside if c))]
    return [*_write_place(main), ("versus", ", ".join(c.name for c in beside if c) or None)]


def _write_trend(question: AskTrend) -> list[Option]:
    scale = question.scale if question.scale != "linear" else None
    return [*_write_years((question.first, question.last)), ("scale", scale)]


def _write_years(years: Years, first: str = "from", last: str = "to") -> list[Option]:
    return [(first, years[0]), (last, years[1])]


def _write_day(day: date | None) -> Option:
    return "as_of", day and day.isoformat()
