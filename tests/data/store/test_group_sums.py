"""Every group, year, count and release, summed by other code from the files as UNHCR published them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from bot.services import Services
from data.countries.groups import read_groups
from data.errors import NoFigures
from data.model import ALL, Measure, Nature, Per, Place, Role, Unit
from data.questions.trend import AskTrend
from data.questions.view import open_view
from data.store import groups
from data.store.database import Database
from data.store.rollups import COUNTS
from tests.published import FIRST_YEAR_OF_NEW, NEW, read_published
from tests.releases import RELEASES, needs_release_folders

TABLES = Path(groups.__file__).parents[1] / "countries"
INHABITANTS = Path(__file__).parents[4] / "shared" / "population"
COUNTED = 15
"""So many counts of all instances; those of the first stand behind them."""

LAST_YEAR = 2025
Side = str
Sums = dict[tuple[Side, str, int, str], list[int | None]]
"""By side, group or country, year and unit."""

in_one_loop = pytest.mark.asyncio(loop_scope="session")
each_release = pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: folder.name[:10])


def read_table(name: str) -> csv.DictReader[str]:
    return csv.DictReader((TABLES / name).read_text("utf-8").splitlines())


def read_memberships() -> Iterator[tuple[str, int, str]]:
    codes = {row["iso3"] or row["code"]: row["code"] for row in read_table("countries.csv")}
    for row in read_table("memberships.csv"):
        for year in range(max(1951, int(row["first"] or 0)), min(LAST_YEAR, int(row["last"] or 9999)) + 1):
            yield from ((row["group"], year, codes[iso]) for iso in row["members"].split())


def add(sums: list[int | None], more: list[int | None]) -> None:
    for number, count in enumerate(more):
        if count is not None:
            sums[number] = (sums[number] or 0) + count


def sum_groups(folder: Path) -> Sums:
    """Sum what is published, of each group on both sides."""
    by_country: Sums = defaultdict(lambda: [None] * COUNTED)
    for (origin, asylum, year, unit), which, count in read_published(folder):
        if which < COUNTED:
            for side, code in (("origin", origin), ("asylum", asylum)):
                sums = by_country[side, code, year, unit]
                sums[which] = (sums[which] or 0) + count
    meant: Sums = defaultdict(lambda: [None] * COUNTED)
    for group, year, code in read_memberships():
        for side in ("origin", "asylum"):
            for unit in Unit:
                if more := by_country.get((side, code, year, unit.value)):
                    add(meant[side, group, year, unit.value], more)
    for (_, _, year, _), sums in meant.items():
        if year < FIRST_YEAR_OF_NEW:  # in many countries of asylum new ones are told from others only later
            sums[NEW] = None
    return {key: sums for key, sums in meant.items() if any(count is not None for count in sums)}


def list_areas(code: str, year: int) -> tuple[str, ...]:
    """List the areas that UNHCR's figures under one code are of, where they are several."""
    france = ("FRA", "GLP", "MTQ", "MYT", "REU", *(("GUF",) if year >= 1995 else ()))
    sudan = ("SDN", "SSD") if year <= 2010 else ("SDN",)
    return {"FRA": france, "SRB": ("SRB", "XKX"), "SUD": sudan}.get(code, ())


def count_inhabitants() -> dict[tuple[str, int], int]:
    """Count those of each group's members, with the areas that are counted under these and no others."""
    isos = {row["code"]: row["iso3"] for row in read_table("countries.csv")}
    lines = (INHABITANTS / "population.csv").read_text("utf-8").splitlines()
    known = {(row["iso3"], int(row["year"])): int(row["population"]) for row in csv.DictReader(lines)}
    members: dict[tuple[str, int], set[str]] = defaultdict(set)
    for group, year, code in read_memberships():
        members[group, year].add(code)
    found = {}
    for (group, year), codes in members.items():
        areas = {area for code in codes for area in list_areas(code, year) or (isos[code],)}
        for code in {"FRA", "SRB", "SUD"} - codes:
            areas -= {*list_areas(code, year)}
        found[group, year] = sum(known.get((area, year), 0) for area in areas)
    return found


@pytest.mark.proof
@needs_release_folders
@each_release
@in_one_loop
async def test_each_sum_is_that_of_the_files(services: Services, releases_path: Path, folder: Path) -> None:
    day = date.fromisoformat(folder.name[:10])
    found: Sums = {}
    async with (
        Database(releases_path, readers=1) as database,
        open_view(database, services.countries, day) as view,
    ):
        sums = await view.open_sums()
        for group in read_groups():
            for side, places in (("asylum", (ALL, group)), ("origin", (group, ALL))):
                for (year, unit), counts in sums.read_series(*places).items():
                    if year <= LAST_YEAR and any(count is not None for count in counts):
                        found[side, group, year, unit.value] = list(counts)

    meant = sum_groups(folder)
    assert found == meant
    assert sum(count is not None for counts in meant.values() for count in counts) > 30_000


@pytest.mark.proof
@needs_release_folders
@each_release
@in_one_loop
async def test_each_figure_per_inhabitant_is_that_of_the_files(services: Services, folder: Path) -> None:
    day = date.fromisoformat(folder.name[:10])
    meant, inhabitants = sum_groups(folder), count_inhabitants()
    told = 0
    for group in read_groups().values():
        for of in Measure:
            for role in of.row.sides if of.nature is not Nature.RATE else ():
                place = Place(group) if role is Role.ORIGIN else Place(asylum=group)
                with suppress(NoFigures):
                    found = await services.answers.answer(
                        AskTrend(of, (place,), per=Per.INHABITANTS, as_of=day)
                    )
                    for point in found.series[0].points:
                        if point.value is None:
                            continue
                        sums = meant[role.value, group.code, point.year, "P"]
                        numbers = [sums[COUNTS.index(column)] or 0 for column in of.row.columns]
                        assert point.value == pytest.approx(
                            sum(numbers) / inhabitants[group.code, point.year]
                        )
                        told += 1
    assert told > 20_000
