"""No reply tells half a year as a whole one: over every fact of the table, every command, every measure it touches.

The words are those that the bot composes, from the full releases, without Discord.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import pytest

from bot.chat.composition import compose
from bot.replies.check import reply_check
from bot.replies.reply import Reply
from bot.services import Services
from data.errors import Unanswerable
from data.model import Country, Level, Measure, Nature, Place, Role
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.releases import needs_release_folders

in_one_loop = pytest.mark.asyncio(loop_scope="module")
pytestmark = needs_release_folders

MEASURES = {
    "pending": [Measure.PENDING],
    "applications": [Measure.APPLICATIONS, Measure.ALL_STAGES],
    "decisions": [
        of for of in Measure if of not in (Measure.PENDING, Measure.APPLICATIONS, Measure.ALL_STAGES)
    ],
}
BREAKS = {
    "persons-for-cases": "cases",
    "origins-unpublished": "without an origin",
    "one-person-a-case": "cases",
    "reclassified": "counted",
    "lapsed-closed": "lapsed",
    "reviews-only": "appeals",
}
MONTHS = {
    5: ("January–May", "May 2024", "as of May only"),
    6: ("January–June", "30 June"),
    9: ("January–September", "30 September"),
}
CHANGE = re.compile(
    r"\d% (?:more|fewer|higher|lower)|times as (?:many|high)|[+−]\d+%|×\d|\brecord\b|\bhighest\b",
    re.IGNORECASE,
)
FIRST_LINES = 5


@dataclass(frozen=True)
class Fact:
    """A row of the table that makes a year partial, or breaks a series; `words` must be in the first lines."""

    code: str
    year: int
    measures: tuple[Measure, ...]
    partial: bool
    in_cases: bool
    words: tuple[str, ...]


def read() -> Iterator[Fact]:
    """Read the table by other code than the program's."""
    text = (files("data") / "coverage" / "facts.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["side"] == "asylum" and row["kind"] in ("partial", *BREAKS):
            measures = tuple(of for table in row["tables"].split() for of in MEASURES[table])
            if row["kind"] == "partial":
                year, month = map(int, row["until"].split("-"))
                words = MONTHS.get(month) or (f"{year}", f"31 December {year}")
            else:
                words = (BREAKS[row["kind"]],)
            partial, in_cases = row["kind"] == "partial", row["unit"] == "C"
            yield Fact(row["country"], int(row["year"]), measures, partial, in_cases, words)


def ask(place: Place, of: Measure, year: int) -> Iterator[Question]:
    """Ask every command for a measure of a place in a year."""
    free = Place(asylum=place.asylum) if place.origin is None else Place()
    if of is Measure.PENDING:
        yield AskFigures(place, year)
    yield AskTrend(of, (place,), last=year)
    yield AskTrend(of, (place,), first=year, last=year)
    yield AskTrend(of, (place, Place()), last=year)
    yield AskPeriod(of, place, (year - 1, year))
    yield AskPeriod(of, place, (year - 1, year - 1), (year, year))
    yield AskHistory(of, place, year)
    yield AskTop(of, Role.ASYLUM, Place(origin=place.origin), year)
    yield AskTop(of, Role.ORIGIN, free, year)
    yield AskMap(of, Role.ASYLUM, Place(origin=place.origin), year)
    yield AskMap(of, Role.ORIGIN, free, year)
    if of is Measure.DECISIONS:
        yield AskDecisions(place, Level.ALL, year, year)
        yield AskDecisions(place, Level.ALL, year - 1, year)


async def answer(services: Services, question: Question) -> Reply | None:
    try:
        return await compose(services, question)
    except Unanswerable:
        return None


def compares(question: Question, reply: Reply) -> bool:
    """Say whether years are compared; in a ranking of one year the highest is a country."""
    text = reply.content
    if isinstance(question, AskTop | AskMap):
        text = re.sub("highest", "", text)
    return CHANGE.search(text) is not None


def rows_of(reply: Reply, country: Country) -> list[tuple[str, ...]]:
    return [row for row in reply.grid.rows if country.name in row]


def covers_of(reply: Reply, country: Country, year: int, unit: str) -> set[str]:
    return {
        record.covers
        for record in reply.records
        if record.asylum == country.name
        and record.year == year
        and record.value is not None
        and record.unit.endswith(unit)
    }


FACTS = tuple(read())


@in_one_loop
@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f.code}-{f.year}-{f.measures[0].value}")
async def test_no_percentage_and_no_record_passes_over_a_fact_in_silence(
    services: Services, fact: Fact
) -> None:
    country = services.countries.by_code(fact.code)
    assert country is not None
    place, asked = Place(asylum=country), 0
    for year in (fact.year, fact.year + 1) if fact.partial else (fact.year,):
        for of in fact.measures if year <= 2025 else ():
            for question in ask(place, of, year):
                reply = await answer(services, question)
                if reply is None:
                    continue
                asked += 1
                about = "\n".join(reply.content.splitlines()[:FIRST_LINES])
                if isinstance(question, AskTop | AskMap) and question.place.asylum is None:
                    for row in rows_of(reply, country):
                        assert not CHANGE.search(row[-1]), (question, row)
                        if fact.partial and not fact.in_cases and year == fact.year:
                            assert any("*" in cell for cell in row), (question, row)
                elif "without an origin" not in fact.words and compares(question, reply):
                    assert any(words in about for words in fact.words), (question, reply.content)
                if fact.partial and year == fact.year:
                    unit = "cases" if fact.in_cases else "persons"
                    whole = {f"{year}", f"31 December {year}"}
                    assert not covers_of(reply, country, year, unit) & whole, question
    assert asked or fact.code in ("MCO", "CUW"), "a fact that no question reaches"


@in_one_loop
@pytest.mark.parametrize("name", ["China", "Venezuela", "Mexico", "Afghanistan", None])
async def test_totals_with_the_usa_s_half_year_say_so_and_give_no_change(
    services: Services, name: str | None
) -> None:
    """They are between 1% and 90% of these totals."""
    place = Place(origin=services.countries.find(name)) if name else Place()
    for year in (2024, 2025):
        for of in Measure:
            for question in ask(place, of, year):
                reply = await answer(services, question)
                if reply is None or (of.nature is Nature.RATE and not isinstance(question, AskTrend)):
                    continue
                about = "\n".join(reply.content.splitlines()[:FIRST_LINES])
                corrected = isinstance(question, AskHistory) and year == 2025  # which compares no years
                if compares(question, reply) and not corrected:
                    assert "USA" in about, (question, reply.content)
                    assert any(words in about for words in ("30 June", "January–June")), (question, about)
                if isinstance(question, AskFigures | AskTrend) and len(getattr(question, "places", "1")) == 1:
                    assert not re.search(r"(?:fewer|more|many) than (?:in|on)|\(now ", reply.content), (
                        question
                    )


@in_one_loop
async def test_the_partial_points_of_a_line_are_hollow_and_its_breaks_are_marked(
    services: Services,
) -> None:
    usa = Place(asylum=services.countries.find("USA"))
    applications = await compose(services, AskTrend(Measure.APPLICATIONS, (usa,)))
    world = await compose(services, AskTrend(Measure.APPLICATIONS, (Place(),)))

    persons, cases = applications.chart.lines
    assert [point.year for point in persons.points if point.hollow] == [2024]
    assert [point.year for point in cases.points if point.hollow] == [2025]
    assert applications.chart.hollow_note == "Jan–Jun 2024 and Jan–Sep 2025 only"
    assert [(mark.at, mark.text) for mark in applications.chart.breaks] == [
        (2020.5, "2021 persons, not cases")
    ]
    assert [(mark.at, mark.text) for mark in world.chart.breaks] == [
        (2020.5, "2021 USA: persons, not cases"),
        (2024, "USA Jan–Jun 2024 only"),
        (2025, "USA Jan–Sep 2025 only"),
    ]


@in_one_loop
@pytest.mark.parametrize(
    ("says", "told"),
    [
        (
            "In 2025 the number of Haitians with pending asylum claims in the USA was 151,119, a record high.",
            "The record is 170,305 (2024; with the USA's figure of 30 June), not that of the year the text says.",
        ),
        (
            "On 30 June 2024, 620,074 Venezuelans had pending asylum claims in the USA, a record high.",
            "The record is 620,074 (2024; with the USA's figure of 30 June), as the text says.",
        ),
    ],
)
async def test_a_text_s_record_is_held_against_partial_figures_that_are_larger(
    services: Services, says: str, told: str
) -> None:
    found = await services.answers.check(says, date(2026, 7, 1), services.countries)

    assert any(told in words for _, words in reply_check(found).entries)


@in_one_loop
async def test_figures_say_that_decisions_without_an_origin_are_in_no_rate(services: Services) -> None:
    find = services.countries.find
    reply = await compose(services, AskFigures(Place(find("Venezuela"), find("USA")), 2025))

    told = "the decisions of 41 persons and 356,662 cases in 2025 are published without an origin"
    assert any(told in caveat for caveat in reply.caveats)


@in_one_loop
async def test_what_the_bahamas_counted_in_2024_is_dated_to_no_other_year(services: Services) -> None:
    bahamas = Place(asylum=services.countries.find("Bahamas"))
    newest = await compose(services, AskFigures(bahamas))
    earlier = await compose(services, AskFigures(bahamas, 2024))

    assert "On 31 December 2024 it was 20. The record since 2000 is 31 (2022)." in newest.content
    assert "New applications in 2024: 12" in earlier.content.replace("*", "")
    assert any("though they differ from that year's" in caveat for caveat in earlier.caveats)
