"""Every group, year, count and release, summed by other code from the files as UNHCR published them."""

from __future__ import annotations

import csv
import io
import lzma
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import aiosqlite
import pytest

from data.model import ALL
from data.store import groups
from data.store.pairs import read_pairs
from tests.releases import RELEASES, needs_release_folders

TABLES = Path(groups.__file__).parents[1] / "countries"
FRESH = ("N", "NR")
COLUMNS = ("pending", "new", "all_stages", "recognised", "complementary", "rejected", "closed", "refugees")
Key = tuple[str, int, str, str]
"""A country of asylum or an origin, a year, a unit, and what is counted."""


def rows(file: Path) -> Iterator[dict[str, str]]:
    with lzma.open(file, "rt", encoding="utf-8", newline="") as text:
        yield from csv.DictReader(io.StringIO(text.read()))


def sum_files(folder: Path, side: str) -> Counter[Key]:
    """Sum what is published, by the side's country; what is not published adds nothing."""
    found: Counter[Key] = Counter()

    def add(row: dict[str, str], unit: str, what: str, column: str) -> None:
        if row[column] != "-" and int(row["year"]) >= 2006:
            found[row[side], int(row["year"]), unit, what] += int(row[column])

    for row in rows(folder / "population.csv.xz"):
        add(row, "P", "pending", "asylum_seekers")
        add(row, "P", "refugees", "refugees")
    for row in rows(folder / "asylum-applications.csv.xz"):
        if row["dec_level"] == "0":  # one row of five people, which cannot be read
            continue
        add(row, row["app_pc"], "all_stages", "applied")
        if row["app_type"] in FRESH:
            add(row, row["app_pc"], "new", "applied")
    for row in rows(folder / "asylum-decisions.csv.xz"):
        for what, column in (
            ("recognised", "dec_recognized"),
            ("complementary", "dec_other"),
            ("rejected", "dec_rejected"),
            ("closed", "dec_closed"),
        ):
            add(row, row["dec_pc"], what, column)
    return found


def read_table(name: str) -> csv.DictReader[str]:
    return csv.DictReader((TABLES / name).read_text("utf-8").splitlines())


def read_memberships() -> Iterator[tuple[str, int, str]]:
    codes = {row["iso3"] or row["code"]: row["code"] for row in read_table("countries.csv")}
    for row in read_table("memberships.csv"):
        for year in range(max(2006, int(row["first"] or 0)), min(2025, int(row["last"] or 9999)) + 1):
            yield from ((row["group"], year, codes[iso]) for iso in row["members"].split())


@pytest.mark.proof
@needs_release_folders
@pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: folder.name[:10])
@pytest.mark.parametrize("side", ["coo", "coa"])
async def test_each_sum_is_that_of_the_files(releases_path: Path, folder: Path, side: str) -> None:
    files = sum_files(folder, side)
    by_country: dict[tuple[str, int], dict[tuple[str, str], int]] = {}
    for (code, year, unit, what), number in files.items():
        by_country.setdefault((code, year), {})[unit, what] = number
    meant: Counter[Key] = Counter()
    for group, year, code in read_memberships():
        for (unit, what), number in by_country.get((code, year), {}).items():
            meant[group, year, unit, what] += number
    found: Counter[Key] = Counter()
    async with aiosqlite.connect(releases_path) as connection:
        day = date.fromisoformat(folder.name[:10]).isoformat()
        ((release,),) = await connection.execute_fetchall(
            "SELECT id FROM release WHERE date(id, 'unixepoch') = ?", (day,)
        )
        sums = groups.Sums(await read_pairs(connection), release)
    for group in {group for group, *_ in meant}:
        for (year, unit), counts in sums.read_series(
            *((ALL, group) if side == "coa" else (group, ALL))
        ).items():
            if 2006 <= year <= 2025:
                for what in COLUMNS:
                    found[group, year, unit.value, what] += getattr(counts, what) or 0

    assert +found == +meant
    assert len(+found) > 10_000
