"""Rankings are what a plain script makes of UNHCR's own tables, which shares nothing with the program."""

from __future__ import annotations

import functools
import random
from collections import defaultdict
from collections.abc import Iterator

import pytest

from data.answers import Answers
from data.countries import Atlas
from data.countries.population import population_of
from data.errors import Unanswerable
from data.model import Measure, Order, Place, RankBy, Role
from data.questions.top import AskTop, Top
from tests.published import read_rows
from tests.releases import NOW, needs_release_folders, release_folder

SAMPLES = 150
FIRST, LONGEST_BACK = 2012, 4
COLUMNS = {
    Measure.APPLICATIONS: ("asylum-applications", ("applied",), "app_pc"),
    Measure.DECISIONS: (
        "asylum-decisions",
        ("dec_recognized", "dec_other", "dec_rejected", "dec_closed"),
        "dec_pc",
    ),
    Measure.REJECTED: ("asylum-decisions", ("dec_rejected",), "dec_pc"),
    Measure.PENDING: ("population", ("asylum_seekers",), ""),
}
Sums = dict[tuple[int, str, str], dict[str, int]]
"""Persons and cases by year, side and code: of the other side's country, or of "*" for all."""


@functools.cache
def add_up(of: Measure) -> tuple[Sums, Sums]:
    """Add up a column by origin and by country of asylum: keys are year, unit, the fixed code of the other side."""
    table, columns, unit_column = COLUMNS[of]
    origins: Sums = defaultdict(lambda: defaultdict(int))
    asylum: Sums = defaultdict(lambda: defaultdict(int))
    for row in read_rows(release_folder(NOW), table, FIRST - LONGEST_BACK):
        if of is Measure.APPLICATIONS and row["app_type"] not in ("N", "NR"):
            continue
        counted = [int(row[column]) for column in columns if row[column] != "-"]
        if not counted:
            continue
        unit = row[unit_column] if unit_column else "P"
        for fixed in ("*", row["coa"]):
            origins[int(row["year"]), unit, fixed][row["coo"]] += sum(counted)
        for fixed in ("*", row["coo"]):
            asylum[int(row["year"]), unit, fixed][row["coa"]] += sum(counted)
    return origins, asylum


def sample(atlas: Atlas) -> Iterator[AskTop]:
    chance = random.Random("rankings")
    large = [atlas.find(name) for name in ("Germany", "USA", "Syria", "Sudan", "Egypt", "France", "China")]
    for _ in range(SAMPLES):
        of, role = chance.choice([*COLUMNS]), chance.choice([*Role])
        fixed = chance.choice([None, None, *large])
        place = Place(None, fixed) if role is Role.ORIGIN else Place(fixed, None)
        year = chance.randint(FIRST, 2025)
        since = chance.choice([None, None, year - 1, year - LONGEST_BACK])
        by = chance.choice([*RankBy])
        if since and (by is RankBy.INHABITANTS or (by is RankBy.AMOUNT and of is Measure.PENDING)):
            since = None
        yield AskTop(of, role, place, year, since, by, chance.choice([*Order]))


def persons(asked: AskTop, *years: int) -> dict[str, int]:
    """What the plain script counts on the ranked side in these years together, in persons."""
    return count(asked, "P", *years)


def count(asked: AskTop, unit: str, *years: int) -> dict[str, int]:
    sums = add_up(asked.measure)[asked.role is Role.ASYLUM]
    fixed = asked.place.asylum if asked.role is Role.ORIGIN else asked.place.origin
    found: dict[str, int] = defaultdict(int)
    for year in years:
        for code, value in sums[year, unit, fixed.code if fixed else "*"].items():
            found[code] += value
    return found


def check_scores(found: Top, atlas: Atlas, scores: dict[str, float], least: float = 0) -> None:
    """Fail unless the rows are the first of all that the script has, each with its score."""
    listed = {code: score for code, score in scores.items() if (at := atlas.by_code(code)) and at.is_country}
    largest = found.asked.order is Order.LARGEST
    shown = [row for row in found.rows if row.unit.value == "P"]
    told = [scores[row.country.code] for row in shown]
    assert told == sorted(told, reverse=largest)
    left = {code: score for code, score in listed.items() if code not in {row.country.code for row in shown}}
    left = {code: score for code, score in left.items() if abs(score) >= least and score}
    if told and len(found.rows) >= 10:
        worst = told[-1]
        assert not [code for code, score in left.items() if (score > worst if largest else score < worst)], (
            found
        )


@needs_release_folders
async def test_a_ranking_is_what_a_plain_script_finds(answers: Answers, atlas: Atlas) -> None:
    checked = dict.fromkeys(RankBy, 0)
    for asked in sample(atlas):
        try:
            found = await answers.answer(asked)
        except Unanswerable:
            continue
        assert isinstance(found, Top)
        checked[asked.by] += 1
        if asked.of_change:
            check_changes(found, atlas)
        elif asked.by is RankBy.INHABITANTS:
            assert asked.year is not None
            now = persons(asked, asked.year)
            scores = {
                code: value / inhabitants
                for code, value in now.items()
                if value >= 500 and (inhabitants := population_of(code, asked.year))
            }
            for row in found.rows:
                assert row.per_head == pytest.approx(scores[row.country.code])
            check_scores(found, atlas, scores)
        else:
            assert asked.year is not None
            years = range(asked.since or asked.year, asked.year + 1)
            summed = persons(asked, *years)
            for row in found.rows:
                assert (
                    row.value
                    == (summed if row.unit.value == "P" else count(asked, "C", *years))[row.country.code]
                )
            check_scores(found, atlas, {**summed}, 10 if asked.order is Order.SMALLEST else 0)
    assert min(checked.values()) >= 10, checked


def check_changes(found: Top, atlas: Atlas) -> None:
    """A change is the plain difference; who is missing is set apart, has cases, or too small a base."""
    asked, (first, last) = found.asked, found.years
    before, after = persons(asked, first), persons(asked, last)
    apart = {each.country.code for each in found.apart}
    scores: dict[str, float] = {}
    for code in before.keys() & after.keys() - apart:
        difference = after[code] - before[code]
        if asked.by is RankBy.CHANGE:
            scores[code] = difference
        elif before[code] >= 1_000:
            scores[code] = after[code] / before[code] - 1
    for row in found.rows:
        assert row.change is not None
        assert (row.change.before, row.change.after) == (before[row.country.code], after[row.country.code])
    check_scores(found, atlas, scores)
    cases = [count(asked, "C", year) for year in (first, last)]
    for row in found.rows:
        for each, counted in zip(cases, (before, after), strict=True):
            assert (
                each[row.country.code] < max(0.01 * counted[row.country.code], 1)
                or not each[row.country.code]
            )
