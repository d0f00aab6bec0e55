"""No reply tells half a year as a whole one: over every fact of the table, every command, every measure it touches.

The words are those that the bot composes, from the full releases, without Discord.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

import pytest

from bot.chat.composition import compose
from bot.replies.reply import Reply
from bot.sentences import say
from bot.services import Services
from bot.words.measures import SUBJECTS
from data.errors import NoFigures, Unanswerable
from data.model import Country, Dataset, Group, Level, Measure, Nature, Order, Per, Place, RankBy, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.export import AskExport
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.releases import needs_release_folders

in_one_loop = pytest.mark.asyncio(loop_scope="session")
pytestmark = needs_release_folders

MEASURES = {
    "pending": [Measure.PENDING],
    "applications": [Measure.APPLICATIONS, Measure.ALL_STAGES],
    "decisions": [of for of in Measure if of.row.dataset is Dataset.DECISIONS],
}
ON_CLAIMS = {of for each in MEASURES.values() for of in each}
MEASURES |= {of.value: [of] for of in Measure if of not in ON_CLAIMS}
POPULATIONS = tuple(SUBJECTS[of] for of in Measure if of not in ON_CLAIMS)
BREAKS = {
    "persons-for-cases": "cases",
    "origins-unpublished": "without an origin",
    "one-person-a-case": "cases",
    "reclassified": "among them before",
    "lapsed-closed": "lapsed",
    "reviews-only": "appeals",
    "said-to-be-earlier": "earlier year",
    "recounted": "another source",
    "moved-out": "among them before",
}
SHORT = {
    "another source": ("counted anew",),
    "among them before": ("counted more widely", "counted more narrowly", "counts more"),
}
"""What a break that is not of claims may be called in brackets and beside others."""

MONTHS = {
    5: ("January–May", "May 2024", "of May only", "Jan–May"),
    6: ("January–June", "30 June", "Jan–Jun"),
    9: ("January–September", "30 September", "Jan–Sep"),
}
CHANGE = re.compile(
    r"\d% (?:more|fewer|higher|lower)|times as (?:many|high)|[+−]\d+%|×\d|\brecord\b|\bhighest\b",
    re.IGNORECASE,
)
FIRST_LINES = 5
MIN_TOLD = 1_000


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
            measures = tuple(of for code in row["measures"].split() for of in MEASURES[code])
            if row["kind"] == "partial":
                year, month = map(int, row["until"].split("-"))
                words = MONTHS.get(month) or (f"{year}", f"31 December {year}")
            else:
                words = (BREAKS[row["kind"]], *SHORT.get(BREAKS[row["kind"]], ()))
            partial, in_cases = row["kind"] == "partial", row["unit"] == "C"
            yield Fact(row["country"], int(row["year"]), measures, partial, in_cases, words)


def ask(place: Place, of: Measure, year: int) -> Iterator[Question]:
    """Ask every command, with every option, for a measure of a place in a year."""
    free = Place(asylum=place.asylum) if place.origin is None else Place()
    if isinstance(place.asylum, Group):
        yield AskTop(of, Role.ASYLUM, place, year)
        yield AskMap(of, Role.ASYLUM, place, year)
    if of is Measure.PENDING or of not in ON_CLAIMS:
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
    yield AskTrend(of, (place,), years=(year - 2, year))
    yield AskTrend(of, (place,), year - 3, year)
    yield AskTop(of, Role.ASYLUM, Place(origin=place.origin), year, of=place.asylum)
    for side, fixed in ((Role.ASYLUM, Place(origin=place.origin)), (Role.ORIGIN, free)):
        yield AskTop(of, side, fixed, year, order=Order.SMALLEST)
        yield AskTop(of, side, fixed, year, above=10)
        if of.nature is not Nature.STOCK:
            yield AskTop(of, side, fixed, year, since=year - 2)
            yield AskPeriod(of, place, (year - 3, year))
        if of.nature is not Nature.RATE:
            yield AskTop(of, side, fixed, year, by=RankBy.INHABITANTS)
            yield AskMap(of, side, fixed, year, per=Per.INHABITANTS)
            for by, order in itertools.product((RankBy.CHANGE, RankBy.PERCENT), Order):
                yield AskTop(of, side, fixed, year, by=by, order=order)
                yield AskTop(of, side, fixed, year, since=year - 3, by=by, order=order)
    if of.nature is not Nature.RATE:
        yield AskFigures(place, year, per=Per.INHABITANTS)
        yield AskTrend(of, (place,), last=year, per=Per.INHABITANTS)
        yield AskTrend(of, (place,), years=(year - 2, year), per=Per.INHABITANTS)
        yield AskTrend(of, (Place(), place), last=year, per=Per.INHABITANTS)


async def answer(services: Services, question: Question) -> Reply | None:
    try:
        return await compose(services, question)
    except Unanswerable:
        return None


def tell(reply: Reply) -> tuple[str, str]:
    """Return what the message says, and the first lines of the account behind Details."""
    message = f"{reply.content}\n{reply.embed().description}"
    return message, "\n".join(reply.account.splitlines()[:FIRST_LINES])


def drop_others(text: str, of: Measure) -> str:
    """Leave out the lines on populations beside claims, and on claims beside populations, which have facts of their own."""
    if of not in ON_CLAIMS:
        return "\n".join(line for line in text.splitlines() if line.startswith(SUBJECTS[of]))
    kept, of_one = [], False
    for line in text.splitlines():
        of_one = line.startswith(POPULATIONS) or (of_one and line.startswith("In all: "))
        kept += [] if of_one else [line]
    return "\n".join(kept)


def compares(question: Question, text: str, of: Measure) -> bool:
    """Say whether years are compared; a ranking of one year has a highest, and see `rows_of` on changes."""
    if isinstance(question, AskTop) and question.of_change:
        return False
    if isinstance(question, AskHistory) and of not in ON_CLAIMS:  # a correction compares no years
        return False
    text = drop_others(text, of)
    if isinstance(question, AskTop | AskMap):
        text = re.sub("highest", "", text)
    return CHANGE.search(text) is not None


def places_where_told(reply: Reply, of: Measure) -> Iterator[str]:
    """Each thing that somebody may see without the others: the message, the account, the table, the picture.

    A population may be of one origin, whose row is then the whole that the message dates.
    """
    yield from (reply.content, reply.account, repr(reply.chart))
    if of in ON_CLAIMS or isinstance(reply.question, AskTrend):
        yield repr((reply.grid.rows, reply.grid.note))


async def find_value(services: Services, place: Place, of: Measure, year: int, unit: str = "persons") -> str:
    """Return how a figure of a year is written; empty where it is too small to be told from others."""
    figures = await answer(services, AskFigures(place, year))
    own = [side.name if side else "all" for side in (place.origin, place.asylum)]
    values = [
        each.value
        for each in (figures.records if figures else ())
        if [each.origin, each.asylum] == own and (each.measure, each.unit) == (of.value, unit)
    ]
    return f"{values[0]:,}" if values and (values[0] or 0) >= MIN_TOLD else ""


def rows_of(reply: Reply, country: Country) -> list[tuple[str, ...]]:
    return [row for row in reply.grid.rows if country.name in row]


def is_disturbed(fact: Fact, question: AskTop) -> bool:
    """Say whether a country's own change passes over the fact: of one year as its end, of a break between."""
    assert question.year is not None
    before = question.since or question.year - 1
    if fact.partial or "appeals" in fact.words:
        return fact.year in (before, question.year)
    return before < fact.year <= question.year and BREAKS["origins-unpublished"] not in fact.words


def covers_of(
    reply: Reply, country: Country, year: int, unit: str, among: Collection[Measure] = ON_CLAIMS
) -> set[str]:
    return {
        record.covers
        for record in reply.records
        if record.asylum == country.name
        and record.year == year
        and Measure(record.measure.removesuffix(" at first instance")) in among
        and record.value is not None
        and record.unit.endswith(unit)
    }


FACTS = tuple(read())


@in_one_loop
@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.proof)])
@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f.code}-{f.year}-{f.measures[0].value}")
async def test_no_percentage_and_no_record_passes_over_a_fact_in_silence(
    services: Services, fact: Fact, step: int
) -> None:
    """Here every twelfth question, of each fact, measure and year others, so that each is asked of many; all with the proofs."""
    turn = itertools.count(FACTS.index(fact))
    country = services.countries.by_code(fact.code)
    assert country is not None
    place, asked = Place(asylum=country), 0
    for year in (fact.year, fact.year + 1) if fact.partial else (fact.year,):
        for of in fact.measures if year <= 2025 else ():
            unit = "cases" if fact.in_cases else "persons"
            value = await find_value(services, place, of, fact.year, unit) if fact.partial else ""
            each = step if of in ON_CLAIMS else min(9, 4 * step - 3)
            for question in itertools.islice(ask(place, of, year), next(turn) % each, None, each):
                reply = await answer(services, question)
                if reply is None:
                    continue
                asked += 1
                if isinstance(question, AskTrend) and question.years and fact.year not in question.years:
                    continue  # another year may have the same figure
                if isinstance(question, AskHistory) and question.year != fact.year:
                    continue
                if isinstance(question, AskTrend) and question.first not in (None, fact.year):
                    first = await find_value(services, place, of, question.first or 0, unit)
                    if first == value and question.last != fact.year:
                        continue  # the year that it begins with has the same figure
                for told in places_where_told(reply, of) if value else ():
                    assert value not in told or any(words in told for words in fact.words), (question, told)
                if isinstance(question, AskTop | AskMap) and question.place.asylum is None:
                    for row in rows_of(reply, country):
                        assert not CHANGE.search(row[-1]), (question, row)
                        if isinstance(question, AskTop) and question.of_change:
                            assert not is_disturbed(fact, question), (question, row)
                        elif fact.partial and not fact.in_cases and year == fact.year:
                            assert any("*" in cell for cell in row), (question, row)
                elif "without an origin" not in fact.words:
                    for about in tell(reply):
                        said = any(words in about for words in fact.words)
                        assert said or not compares(question, about, of), (question, about)
                if fact.partial and year == fact.year:
                    whole = {f"{year}", f"31 December {year}"}
                    assert not covers_of(reply, country, year, unit, fact.measures) & whole, question
    assert asked or fact.code in ("MCO", "CUW"), "a fact that no question reaches"


TOTALS: tuple[tuple[str | None, str | None], ...] = (
    ("China", None),
    ("Venezuela", None),
    ("Mexico", None),
    ("Afghanistan", None),
    ("Central America", None),
    ("Haiti", "Americas"),
    (None, "Americas"),
    (None, "OECD"),
    (None, None),
)


def list_compared(question: AskTrend) -> range | tuple[int | None, ...]:
    """List the years that a trend sets beside each other; those of one that names none all may be told."""
    if question.years or question.first:
        return question.years or (question.first, question.last)
    return range(2000, 2026)


@in_one_loop
@pytest.mark.parametrize("step", [32, pytest.param(1, marks=pytest.mark.proof)])
@pytest.mark.parametrize(("origin", "asylum"), TOTALS)
async def test_totals_with_the_usa_s_half_year_say_so_and_give_no_change(
    services: Services, origin: str | None, asylum: str | None, step: int
) -> None:
    """They are between 1% and 90% of these totals.

    Here one question in 32, of each place and measure others; all with the proofs.
    """
    place = Place(*(services.countries.find(name) if name else None for name in (origin, asylum)))
    turn = itertools.count(TOTALS.index((origin, asylum)))
    for year in (2024, 2025):
        for of in (of for of in Measure if of in ON_CLAIMS):
            counted = of is not Measure.COMPLEMENTARY  # which the USA does not give
            value = await find_value(services, place, of, 2024) if counted else ""
            for question in itertools.islice(ask(place, of, year), next(turn) % step, None, step):
                reply = await answer(services, question)
                if reply is None or (of.nature is Nature.RATE and not isinstance(question, AskTrend)):
                    continue
                corrected = isinstance(question, AskHistory) and year == 2025  # which compares no years
                for told in (reply.content, reply.account) if value else ():
                    said = "USA" in told and any(words in told for words in MONTHS[6])
                    assert value not in told or said, (question, told)
                for about in tell(reply):
                    if compares(question, about, of) and not corrected:
                        assert "USA" in about, (question, about)
                        if isinstance(question, AskTrend) and 2024 not in list_compared(question):
                            continue  # half a year between two disturbs neither
                        assert any(words in about for words in ("30 June", "January–June")), (question, about)
                if isinstance(question, AskFigures | AskTrend) and len(getattr(question, "places", "1")) == 1:
                    for line in drop_others(reply.account, of).splitlines():
                        compared = re.search(r"(?:fewer|more|many) than (?:in|on)|\(now ", line)
                        far = isinstance(question, AskTrend) and (question.first or question.years)
                        assert not compared or (far and "across " in line), (question, line)


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
async def test_figures_say_that_decisions_without_an_origin_are_in_no_rate(services: Services) -> None:
    find = services.countries.find
    reply = await compose(services, AskFigures(Place(find("Venezuela"), find("USA")), 2025))

    assert "The USA gives no origin for many" in reply.account
    assert "asylum decisions (41 persons and 356,662 cases) of 2025" in reply.account


@in_one_loop
async def test_what_the_bahamas_counted_in_2024_is_dated_to_no_other_year(services: Services) -> None:
    bahamas = Place(asylum=services.countries.find("Bahamas"))
    trend = await compose(services, AskTrend(Measure.PENDING, (bahamas,)))
    earlier = await compose(services, AskFigures(bahamas, 2024))

    assert {("2022", "31"), ("2024", "20")} <= set(trend.grid.rows)
    assert "New applications in 2024: 12" in earlier.content
    assert "though they differ from that year's" in "\n".join((earlier.account, *earlier.caveats))


@in_one_loop
async def test_a_rate_on_appeals_alone_says_so_beside_itself(services: Services) -> None:
    """Australia's decisions of 2024 are appeals and reviews; first instances are not in."""
    find, rate = services.countries.find, Measure.RECOGNITION_RATE
    australia, china = Place(asylum=find("Australia")), Place(find("China"))
    told = {
        AskFigures(australia, 2024): "Rate 14.6% (appeals and reviews only)",
        AskFigures(Place(find("China"), find("Australia")), 2024): "Rate 4.0% (appeals and reviews only)",
        AskTrend(rate, (australia,), last=2024): "14.6% in 2024 (appeals and reviews only)",
        AskTrend(rate, (china, Place(find("China"), find("Australia"))), last=2024): (
            "Australia 4.0% (appeals and reviews only)"
        ),
        AskDecisions(australia, Level.ALL, 2024, 2024): "in 2024 (appeals and reviews only): 15,222 persons",
        AskPeriod(rate, australia, (2024, 2024)): "2024: 14.6% (appeals and reviews only)",
        AskPeriod(rate, australia, (2023, 2024)): "between 14.6% (2024; appeals and reviews only)",
        AskHistory(rate, australia, 2024): "14.6% (2024; appeals and reviews only, completed)",
        AskTop(rate, Role.ORIGIN, australia, 2024): "in 2024 (appeals and reviews only), highest by origin",
        AskMap(rate, Role.ORIGIN, australia, 2024): "in 2024 (appeals and reviews only), by origin: 14.6%",
    }
    for question, words in told.items():
        reply = await compose(services, question)
        assert words in reply.account.replace("*", ""), question
        assert "appeals" not in (await compose(services, replace(question, **earlier(question)))).account

    ranked = await compose(services, AskTop(rate, Role.ASYLUM, china, 2024))
    coloured = await compose(services, AskMap(rate, Role.ASYLUM, china, 2024))
    assert ("Australia", "4.0%*") in [row[1:] for row in ranked.grid.rows]
    assert ("Australia", "4.0%*") in coloured.grid.rows
    for reply in (ranked, coloured):
        assert reply.grid.note == "* January–June 2024 or appeals and reviews only"


def earlier(question: Question) -> dict[str, object]:
    """Ask for 2023 alone, when Australia had decisions at first instance."""
    if isinstance(question, AskPeriod):
        return {"years": (2023, 2023)}
    if isinstance(question, AskTrend):
        return {"first": 2020, "last": 2023}
    return {"first": 2023, "last": 2023} if isinstance(question, AskDecisions) else {"year": 2023}


@in_one_loop
async def test_what_a_release_did_to_appeals_alone_says_so(services: Services) -> None:
    australia = Place(asylum=services.countries.find("Australia"))
    reply = await compose(services, AskChanges(australia, as_of=date(2025, 6, 12)))

    assert any("appeals and reviews only" in line for line in reply.account.splitlines()[:2])


@in_one_loop
async def test_what_is_inferred_from_equal_figures_is_only_probable_and_what_a_note_says_is_not(
    services: Services,
) -> None:
    """No note says so of Colombia's figures of 2024; one does of the USA's."""
    colombia, usa = (Place(asylum=services.countries.find(name)) for name in ("Colombia", "USA"))
    venezuela = Place(services.countries.find("Venezuela"))
    certain = re.compile(r"(?<!probably )(?:for |of |in |as of |on )(?:January–June|30 June)")
    for of in (Measure.APPLICATIONS, Measure.PENDING, Measure.DECISIONS):
        for question in (AskFigures(colombia, 2024), AskTrend(of, (colombia,), last=2024)):
            content = (await compose(services, question)).account
            assert "probably" in content, question
            for line in content.splitlines():
                assert "probably" in line or not certain.search(line), (question, line)
        for question in (AskFigures(usa, 2024), AskTrend(of, (usa,), last=2024)):
            assert "probably" not in (await compose(services, question)).account, question

    told = (await compose(services, AskFigures(venezuela, 2024))).account
    assert "the USA's figures are partial" in told
    assert "Colombia's figures are probably partial" in told
    records = (await compose(services, AskTrend(Measure.APPLICATIONS, (colombia,)))).records
    assert {each.covers for each in records if each.year == 2024 and each.value} == {
        "probably January–June 2024"
    }


@in_one_loop
async def test_where_nothing_is_published_any_more_the_release_that_had_it_is_named(
    services: Services,
) -> None:
    """Australia's new applications of January–June 2024 stood in one release."""
    find, of = services.countries.find, Measure.APPLICATIONS
    australia = Place(asylum=find("Australia"))
    told = (
        "New asylum applications in Australia, January–June 2024: the release of 18 October 2024 had 13,461"
        " persons, that of 12 June 2025 has none; add as_of:2024-10-18 to see it, or choose another year."
    )
    for question in (
        AskTrend(of, (australia,), 2024, 2024),
        AskPeriod(of, australia, (2024, 2024)),
        AskTop(of, Role.ORIGIN, australia, 2024),
        AskMap(of, Role.ORIGIN, australia, 2024),
    ):
        with pytest.raises(NoFigures) as refused:
            await services.answers.answer(question)
        assert say(refused.value) == told, question
    with pytest.raises(NoFigures) as refused:
        await services.answers.export(AskExport(of, australia, years=(2024, 2024)))
    assert say(refused.value) == told
    figures = await compose(services, AskFigures(australia, 2024))
    gone = "in 2024: not published since 12 Jun 2025 (before: 13,461 persons for January–June 2024)"
    assert gone in figures.account
    assert gone in figures.content


@in_one_loop
@pytest.mark.parametrize("as_of", [date(2024, 3, 1), date(2025, 11, 10)])
async def test_where_no_release_had_a_figure_none_is_named(services: Services, as_of: date) -> None:
    malta, year = Place(asylum=services.countries.find("Malta")), 2001
    with pytest.raises(NoFigures) as refused:
        await services.answers.answer(AskTrend(Measure.APPLICATIONS, (malta,), year, year, as_of=as_of))
    assert "the release of" not in say(refused.value)


@in_one_loop
async def test_parts_that_are_little_of_a_total_are_named_below(services: Services) -> None:
    reply = await compose(services, AskTop(Measure.APPLICATIONS, Role.ASYLUM, Place(), 2024))

    assert "Colombia" not in "\n".join(reply.first)
    told = "Some figures stop before the end of 2024, 0.2% of all new applications together: Colombia."
    assert told in reply.caveats
    china = await compose(
        services, AskTrend(Measure.APPLICATIONS, (Place(services.countries.find("China")),))
    )
    assert not any("Some figures stop" in caveat for caveat in china.caveats)


@in_one_loop
async def test_what_was_thought_final_and_is_not_comes_before_what_was_completed(services: Services) -> None:
    """In June 2024 South Africa's decisions of 2022 were corrected, and all of 2023 was completed."""
    for measure in (None, Measure.DECISIONS):
        reply = await compose(services, AskChanges(Place(), measure, as_of=date(2024, 6, 17)))
        assert "in 2022: corrected" in reply.headline
    completed = await compose(services, AskChanges(Place(), Measure.PENDING, as_of=date(2025, 6, 12)))
    assert ": completed" in completed.headline


@in_one_loop
async def test_ranked_changes_that_pass_over_a_smaller_part_of_a_year_say_so(services: Services) -> None:
    """Senegal's rise of 2024 is larger than all its people in the USA, of whom half a year's are known."""
    find = services.countries.find
    question = AskTop(Measure.APPLICATIONS, Role.ORIGIN, Place(), 2024, by=RankBy.CHANGE)
    reply = await compose(services, question)
    picked = await compose(services, replace(question, of=find("Senegal")))

    assert "with the USA's figure of January–June 2024" in reply.content.replace("*", "")
    assert "; with the USA's figure of January–June 2024)" in picked.content
    assert reply.grid.note.startswith("* with the USA's figure of January–June 2024")


@in_one_loop
async def test_the_newest_total_s_part_of_a_year_outweighs_earlier_breaks_and_rows(
    services: Services,
) -> None:
    americas = Place(asylum=services.countries.find("Americas"))
    of, told = (
        Measure.APPLICATIONS,
        "Mind: In the 2024 total, the USA's 729,105 (63.8%) are of January–June only",
    )
    for question in (
        AskTrend(of, (americas,), last=2024),
        AskTop(of, Role.ASYLUM, americas, 2024),
        AskMap(of, Role.ASYLUM, americas, 2024, per=Per.INHABITANTS),
    ):
        assert told in (await compose(services, question)).content, question
    figures = await compose(services, AskFigures(Place(asylum=americas.asylum), 2025))
    assert "Mind: In 2025 some claims waiting for a decision in the USA" in figures.content


@in_one_loop
async def test_sums_over_years_mark_whose_last_year_is_half(services: Services) -> None:
    usa = Place(asylum=services.countries.find("USA"))
    reply = await compose(services, AskTop(Measure.APPLICATIONS, Role.ORIGIN, usa, 2024, since=2022))

    assert "Venezuela 440,594 (with January–June 2024 only)" in reply.content.replace("*", "")
    assert reply.grid.note == "* with January–June 2024 only"
    assert all(bar.hollow for bar in reply.chart.bars)


@in_one_loop
async def test_files_of_figures_per_inhabitant_say_what_they_cover(services: Services) -> None:
    usa = services.countries.find("USA")
    for question in (
        AskMap(Measure.APPLICATIONS, Role.ASYLUM, Place(), 2024, per=Per.INHABITANTS),
        AskTrend(Measure.APPLICATIONS, (Place(asylum=usa),), per=Per.INHABITANTS),
    ):
        reply = await compose(services, question)
        assert covers_of(reply, usa, 2024, "per 100000 inhabitants") == {"January–June 2024"}, question


@in_one_loop
async def test_the_table_of_decisions_says_what_its_stars_are(services: Services) -> None:
    usa = Place(asylum=services.countries.find("USA"))
    grid = (await compose(services, AskDecisions(usa, Level.ALL, 2023, 2025))).grid

    assert [row[:2] for row in grid.rows] == [
        ("2023", "persons"), ("2024*", "persons"), ("2025", "persons"), ("2025*", "cases"),
    ]  # fmt: skip
    assert grid.note == "* January–June 2024 or January–September 2025 only"
