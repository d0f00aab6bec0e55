"""What became of claims: summed counts, no rate on few, first instance apart from the rest."""

from __future__ import annotations

from data.answers import Answers
from data.caveats import CasesNotDrawn, LevelsTogether, MidYear, OnlyFirstInstance
from data.countries import Atlas
from data.errors import NoFigures
from data.measures import MIN_DECISIONS
from data.model import ALL, Counts, Dataset, Level, Measure, Place, Unit
from data.questions.decisions import AskDecisions
from data.sources.unhcr.folder import ReleaseFolder
from data.store.database import Database
from data.store.figures import read_first_instance
from data.store.releases import read_releases
from tests.refusals import refuses
from tests.releases import MID, NOW, needs_release_folders, release_folder

OUTCOMES = (Measure.RECOGNISED, Measure.COMPLEMENTARY, Measure.REJECTED, Measure.CLOSED)


async def test_outcomes_and_rates_are_those_of_the_summed_counts(answers: Answers, atlas: Atlas) -> None:
    for place in (Place(), Place(atlas.find("China")), Place(None, atlas.find("USA"))):
        found = await answers.answer(AskDecisions(place, Level.ALL))
        assert [each.year for each in found.years] == list(range(2000, 2026))
        for each in found.years:
            for unit in ("persons", "cases"):
                recognised, other, rejected, closed = (
                    getattr(each.tallies[of], unit) or 0 for of in OUTCOMES
                )
                substantive = recognised + other + rejected
                assert (getattr(each.substantive, unit) or 0) == substantive
                assert (getattr(each.tallies[Measure.DECISIONS], unit) or 0) == substantive + closed
                rates = [
                    getattr(each.tallies[of], unit)
                    for of in (Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE)
                ]
                if substantive < MIN_DECISIONS:
                    assert rates == [None, None]
                else:
                    assert rates == [recognised / substantive, (recognised + other) / substantive]


async def test_half_a_year_is_marked_and_told(answers: Answers, atlas: Atlas) -> None:
    found = await answers.answer(
        AskDecisions(Place(None, atlas.find("Germany")), Level.ALL, first=2020, last=None, as_of=MID)
    )

    assert [each.year for each in found.years if each.partial] == [2025]
    assert any(isinstance(caveat, MidYear) for caveat in found.caveats)
    assert LevelsTogether() in found.caveats


async def test_years_in_cases_are_told(answers: Answers, atlas: Atlas) -> None:
    found = await answers.answer(
        AskDecisions(Place(None, atlas.find("USA")), Level.ALL, first=2018, last=None, as_of=NOW)
    )

    assert CasesNotDrawn((2018, 2019, 2020, 2025), 2025) in found.caveats


@needs_release_folders
async def test_first_instance_is_what_was_published_under_that_level(releases_path, atlas: Atlas) -> None:
    """Summed again from the published files, for every origin, country of asylum, pair and year."""
    expected: dict[tuple[str, str], dict[tuple[int, str], list[int | None]]] = {}
    for row in ReleaseFolder(release_folder(NOW)).rows(Dataset.DECISIONS, 2025):
        origin, asylum, year, _, level, unit, *counts = row
        if level != "FI":
            continue
        for o, a in {(origin, asylum), (origin, ALL), (ALL, asylum), (ALL, ALL)}:
            sums = expected.setdefault((o, a), {}).setdefault((year, unit), [None] * 4)
            for i, count in enumerate(counts[:4]):
                sums[i] = sums[i] if count is None else (sums[i] or 0) + count
    pairs = sorted(place for place in expected if ALL not in place)
    asked = [place for place in expected if ALL in place] + pairs[::40]

    async with Database(releases_path) as database, database.reading() as connection:
        newest = (await read_releases(connection))[-1]
        for origin, asylum in asked:
            found = await read_first_instance(connection, newest, origin, asylum)
            assert {
                (year, unit.value): [c.recognised, c.complementary, c.rejected, c.closed]
                for (year, unit), c in found.items()
                if c != Counts()
            } == {of: counts for of, counts in expected[origin, asylum].items() if counts != [None] * 4}


async def test_first_instance_is_a_part_of_all_levels(answers: Answers, atlas: Atlas) -> None:
    place = Place(atlas.find("China"))
    first = await answers.answer(AskDecisions(place, Level.FIRST))
    whole = await answers.answer(AskDecisions(place, Level.ALL))

    for part, all_levels in zip(first.years, whole.years, strict=True):
        for unit in ("persons", "cases"):
            assert (getattr(part.substantive, unit) or 0) <= (getattr(all_levels.substantive, unit) or 0)
    assert first.at_all_levels == whole.latest.substantive
    assert OnlyFirstInstance() in first.caveats
    with refuses(NoFigures, "no decisions of the USA as a country of asylum as first instance"):
        await answers.answer(AskDecisions(Place(None, atlas.find("USA")), Level.FIRST))


async def test_first_instance_of_an_earlier_release_stays_what_it_was(releases_path) -> None:
    async with Database(releases_path) as database, database.reading() as connection:
        releases = [each for each in await read_releases(connection) if each.newest_year == 2025]
        told = [
            (await read_first_instance(connection, each, ALL, "CAN")).get((2025, Unit.PERSONS))
            for each in releases
        ]

    assert None not in told
    assert len(set(told)) > 1
