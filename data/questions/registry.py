"""Every kind of question and of finding, listed once; and what a finding is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, assert_never

from data.model import Level, Measure, Place, Role
from data.notes import Subjects
from data.questions.changes import AskChanges, Changes, answer_changes
from data.questions.decisions import AskDecisions, Decisions, answer_decisions
from data.questions.export import AskExport, Export, answer_export
from data.questions.figures import TOLD, AskFigures, Figures, answer_figures
from data.questions.history import AskHistory, History, answer_history
from data.questions.map import AskMap, Map, answer_map
from data.questions.period import AskPeriod, Period, answer_period
from data.questions.top import AskTop, Top, answer_top
from data.questions.trend import AskTrend, Trend, answer_trend

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator

    from data.model import Country, Release


Question = AskFigures | AskTrend | AskTop | AskHistory | AskChanges | AskDecisions | AskMap | AskPeriod
Asked = TypeVar("Asked", bound=Question | AskExport)


def pin(question: Asked, release: Release) -> Asked:
    """Ask the same of one release, whatever comes after it."""
    return replace(question, as_of=release.day)


Finding = Figures | Trend | Top | History | Changes | Decisions | Map | Period | Export


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: its value, what answers it, and what of it is asked of a release.

    A kind that asks what releases changed says so by `whole`. An answer of a size that depends
    on `whole`, as the caller says it, is not kept.
    """

    question: type[Any]
    answer: Callable[..., Awaitable[Any]]
    arguments: Callable[[Any], tuple[Any, ...]]
    whole: bool = False


KINDS = (
    Kind(AskFigures, answer_figures, lambda asked: (asked.place, asked.year, asked.per)),
    Kind(
        AskTrend,
        answer_trend,
        lambda asked: (asked.measure, asked.places, (asked.first, asked.last), asked.per, asked.years),
    ),
    Kind(AskTop, answer_top, lambda asked: (replace(asked, as_of=None),)),
    Kind(AskHistory, answer_history, lambda asked: (asked.measure, asked.place, asked.year)),
    Kind(AskDecisions, answer_decisions, lambda asked: (asked.place, asked.level, (asked.first, asked.last))),
    Kind(AskMap, answer_map, lambda asked: (asked.measure, asked.role, asked.place, asked.year, asked.per)),
    Kind(AskPeriod, answer_period, lambda asked: (asked.measure, asked.place, asked.years, asked.against)),
    Kind(
        AskChanges,
        answer_changes,
        lambda asked: (asked.place, asked.measure, (asked.kind,) if asked.kind else (), asked.at_least),
        whole=True,
    ),
    Kind(AskExport, answer_export, lambda asked: (asked,)),
)
"""Every kind, once: what answers questions looks here."""


def kind_of(question: object) -> Kind:
    """Return the kind of a question."""
    return next(kind for kind in KINDS if isinstance(question, kind.question))


def release_of(found: Finding) -> Release:
    """Return the release that a finding is of; of several, the newest."""
    return found.editions[-1].release if isinstance(found, History) else found.release


def find_only_measure(question: Question) -> Measure | None:
    """Return the measure that a question is about: of outcomes decisions; None where it is several."""
    match question:
        case (
            AskTrend(measure=of)
            | AskTop(measure=of)
            | AskMap(measure=of)
            | AskPeriod(measure=of)
            | AskHistory(measure=of)
        ):
            return of
        case AskDecisions():
            return Measure.DECISIONS
        case _:
            return None


def list_asked_counts(question: Question | AskExport, newest: int) -> Iterator[tuple[Measure, Place, int]]:
    """Yield the counts that a question is about, each in its last year; of figures all headlines."""
    match question:
        case AskFigures(place=place, year=year):
            yield from ((of, place, year or newest) for of in TOLD)
        case AskTrend(measure=of, places=places, last=last, years=years):
            yield from ((of, place, max(years, default=last or newest)) for place in places)
        case AskTop(measure=of, place=place, year=year) | AskMap(measure=of, place=place, year=year):
            yield of, place, year or newest
        case (
            AskPeriod(measure=of, place=place, years=(_, last))
            | AskExport(measure=of, place=place, years=(_, last))
        ):
            yield of, place, last or newest
        case AskDecisions(place=place, level=Level.ALL, last=last):
            yield Measure.DECISIONS, place, last or newest
        case _:
            return


def find_subjects(found: Finding) -> Subjects:
    """Return what a finding is about: first what was asked for, then what it lists."""
    match found:
        case Figures(place=place, year=year):
            role = found.partner_role or Role.ASYLUM
            listed = _beside(place, role, (partner.country for partner in found.partners))
            before = {change.year_before for change in found.changes.values()}
            return _subjects((place,), listed, {year, *before}, found.pending.points[0].year)
        case Trend(years=(first, last)):
            places = dict.fromkeys(series.place for series in (*found.series, *found.beside))
            return _subjects(tuple(places), (), range(first, last + 1))
        case Top(years=(first, last)):
            rows = (*found.rows, *found.picked)
            listed = _beside(found.place, found.role, dict.fromkeys(row.country for row in rows))
            before = {row.change.year_before for row in rows if row.change}
            told = {first, last} if found.asked.of_change else range(first, last + 1)
            return _subjects((found.place,), listed, {*told, *before})
        case Map(place=place, year=year):
            listed = _beside(place, found.role, (country for country, _ in found.countries))
            return _subjects((place,), listed, {year})
        case History(place=place, year=year):
            return _subjects((place,), (), {year})
        case Changes(place=place):
            listed = tuple(dict.fromkeys(each.place for each in found.largest if each.place != place))
            return _subjects((place,), listed, {each.year for each in (*found.totals, *found.largest)})
        case Decisions(place=place):
            return _subjects((place,), (), {each.year for each in found.years})
        case Period(place=place):
            years = {year for span in found.spans for year in range(span.years[0], span.years[1] + 1)}
            return _subjects((place,), (), years)
        case Export(place=place, years=(first, last)):
            return _subjects((place,), (), range(first, last + 1))
        case _:
            assert_never(found)


def _subjects(
    named: tuple[Place, ...], listed: tuple[Place, ...], years: Iterable[int], since: int | None = None
) -> Subjects:
    told = frozenset(years)
    return Subjects((*named, *listed), len(named), told, since or min(told, default=0))


def _beside(place: Place, role: Role, countries: Iterable[Country]) -> tuple[Place, ...]:
    """Put countries on the side of a place that it leaves open."""
    if role is Role.ORIGIN:
        return tuple(Place(country, place.asylum) for country in countries)
    return tuple(Place(place.origin, country) for country in countries)
