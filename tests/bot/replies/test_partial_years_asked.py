"""No answer to a sentence, no verdict on a claim, no line of a file passes over a fact of the table unsaid.

The commands are asked in `test_partial_years`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from bot.chat.ask import _compose_answer, understand_sentence
from bot.chat.composition import compose
from bot.replies.check import reply_check
from bot.services import Services
from bot.words.measures import SUBJECTS_WITHIN
from data.errors import Unanswerable
from data.model import Measure, Nature, Place, Unit
from data.questions.changes import AskChanges
from data.questions.export import AskExport
from data.questions.registry import find_subjects
from data.reading.ask import Understood
from tests.bot.replies.test_partial_years import BREAKS, FACTS, Fact
from tests.releases import needs_release_folders

in_one_loop = pytest.mark.asyncio(loop_scope="session")
pytestmark = needs_release_folders

TODAY, NEWEST = date(2026, 11, 25), 2025
COMPARED = re.compile(
    r"\d% (?:more|fewer|higher|lower)|times as (?:many|high)|\d (?:more|fewer)\b|on average|\bhighest\b|\blowest\b"
    r"|\brecord\b|\bin all\b|\btogether\b"
)
NO_ORIGIN = BREAKS["origins-unpublished"]
SENTENCES = (
    "How many {people} were there in {country} in {year}?",
    "By how many percent did {people} in {country} change from {before} to {year}?",
    "What is the average number of {people} per year in {country} from {begin} to {year}?",
    "Were there more {people} in {country} in {year} than in {before}?",
    "In which year was the number of {people} in {country} highest?",
    "How many times as many {people} were in {country} in {year} as in {begin}?",
    "How many {people} in total in {country} from {begin} to {year}?",
    "How many more {people} were there in {country} in {year} than in {before}?",
)
CLAIMS = (
    "In {year}, {people} in {country} were 20% more than in {before}.",
    "The number of {people} in {country} doubled from {begin} to {year}.",
    "The number of {people} in {country} reached a record high in {year}.",
)


def write(services: Services, fact: Fact, of: Measure, sentence: str) -> str:
    country = services.countries.by_code(fact.code)
    assert country is not None
    return sentence.format(
        people=SUBJECTS_WITHIN[of],
        country=country.text,
        year=fact.year,
        before=fact.year - 1,
        begin=fact.year - 3,
    )


def list_asked() -> Iterator[tuple[Fact, Measure, str]]:
    for fact in FACTS:
        for of in fact.measures:
            if NO_ORIGIN not in fact.words:  # which a country of asylum's own totals do not feel
                yield from ((fact, of, sentence) for sentence in SENTENCES)


def is_said(fact: Fact, told: str) -> bool:
    """Say whether the reader is told, by name or as one of more breaks than fit into a line."""
    return any(words in told for words in (*fact.words, "more break"))


def is_of_one_year(fact: Fact) -> bool:
    own = (BREAKS["reviews-only"], BREAKS["said-to-be-earlier"])
    return fact.partial or not {*own}.isdisjoint(fact.words)


@in_one_loop
@pytest.mark.parametrize("step", [23, pytest.param(1, marks=pytest.mark.proof)])
async def test_a_sentence_is_answered_with_what_qualifies_it(services: Services, step: int) -> None:
    """Here every twenty-third, all with the proofs."""
    compared, silent = 0, []
    for fact, of, sentence in itertools.islice(list_asked(), None, None, step):
        text = write(services, fact, of, sentence)
        outcome = await understand_sentence(services, text, TODAY)
        if not isinstance(outcome, Understood):
            continue
        try:
            reply, answers, found = await _compose_answer(services, outcome.answers[0])
        except Unanswerable:
            continue
        reply = replace(reply, short=(*answers, *reply.short[1:]), kept=len(answers) + 1)
        told = f"{reply.content}\n{reply.embed().description}"
        asked = find_subjects(found)
        if fact.year not in range(min(asked.years, default=0) - 1, max(asked.years, default=0) + 1):
            continue
        record = re.match(r"\*\*(\d{4})\*\*:", told)
        if record and int(record[1]) < fact.year:
            continue  # a record from before passes over nothing
        if COMPARED.search(told):
            compared += 1
            if not is_said(fact, told):
                silent.append((text, told))
    assert not silent, "\n\n".join(map(str, silent))
    assert compared > 500 / step


@in_one_loop
@pytest.mark.parametrize("step", [11, pytest.param(1, marks=pytest.mark.proof)])
async def test_a_verdict_says_what_its_comparison_passes_over(services: Services, step: int) -> None:
    told_of, silent = 0, []
    counts = ((fact, of) for fact in FACTS for of in fact.measures if of.nature is not Nature.RATE)
    asked = ((fact, of, claim) for fact, of in counts for claim in CLAIMS)
    for fact, of, claim in itertools.islice(asked, None, None, step):
        if NO_ORIGIN in fact.words:
            continue
        text = write(services, fact, of, claim)
        found = await services.answers.check(text, TODAY, services.countries)
        if not found.findings:
            continue
        reply = reply_check(found)
        for entry in reply.entries:
            told = entry.value.splitlines()[-1]
            record = re.search(r"the record is [\d,]+ \((\d{4})", told)
            passed = [fact.year] if is_of_one_year(fact) else range(fact.year, 2026)
            if not COMPARED.search(told) or "other meaning" in told or not (record or f"{fact.year}" in told):
                continue
            if record and fact.in_cases:  # it is one of persons
                continue
            if record is None or int(record[1]) in passed:
                told_of += 1
                if not is_said(fact, told) and "compare" not in told:
                    silent.append((text, told))
    assert not silent, "\n\n".join(map(str, silent))
    assert told_of


@in_one_loop
@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.proof)])
async def test_what_a_release_did_to_part_of_a_year_is_told_as_such(services: Services, step: int) -> None:
    """Between releases a break is corrected like any figure; part of a year that others see whole is not."""
    releases = [each for each in await services.answers.releases() if each.newest_year == NEWEST]
    for fact in [each for each in FACTS if each.partial and each.year == NEWEST][::step]:
        place = Place(asylum=services.countries.by_code(fact.code))
        for of, release in itertools.product(fact.measures, releases):
            with suppress(Unanswerable):
                reply = await compose(services, AskChanges(place, of, as_of=release.day))
                told = f"{reply.content}\n{reply.account}"
                assert not COMPARED.search(told) or is_said(fact, told), (fact, release.label)


@in_one_loop
@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.proof)])
async def test_a_file_says_beside_each_figure_what_it_stands_for(services: Services, step: int) -> None:
    lines = 0
    for fact in FACTS[::step]:
        country = services.countries.by_code(fact.code)
        for of in fact.measures:
            if NO_ORIGIN in fact.words:
                continue
            try:
                found = await services.answers.export(
                    AskExport(of, Place(asylum=country), years=(fact.year - 1, fact.year))
                )
            except Unanswerable:
                continue
            unit = Unit.CASES if fact.in_cases else Unit.PERSONS
            for line in found.lines:
                if line.year == fact.year and line.unit is unit and line.value is not None:
                    lines += 1
                    assert (line.extent is not None) == fact.partial or line.breaks, (fact, of)
                    assert line.extent or line.breaks, (fact, of)
    assert lines > 100 / step


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

    assert any(told in entry.value for entry in reply_check(found).entries)


@in_one_loop
async def test_a_text_s_total_of_a_group_says_which_part_is_of_half_a_year(services: Services) -> None:
    says = "In 2024, 1,143,428 people applied for asylum in the Americas."
    found = await services.answers.check(says, date(2026, 7, 1), services.countries)

    assert "with the USA's figure of January–June" in reply_check(found).entries[0].value
