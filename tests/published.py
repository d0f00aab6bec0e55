"""What the files of a release say, read by other code than the program's."""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterator
from pathlib import Path

from data.model import Dataset
from tests.releases import find_table

FIRST_YEAR, FIRST_YEAR_OF_NEW = 2000, 2006
PENDING, NEW, ALL_STAGES, RECOGNISED, COMPLEMENTARY, REJECTED, CLOSED = range(7)
AT_FIRST = 15
PEOPLE = {
    "refugees": (7, 1951),
    "oip": (8, 2018),
    "idps": (9, 1993),
    "stateless": (10, 2004),
    "returned_refugees": (11, 1965),
    "returned_idps": (12, 1997),
}
"""Columns of the population table: which of the counts, and the first year that UNHCR has it for."""
SOLVED = {"resettlement": (13, 1959), "naturalisation": (14, 1990)}
WITHOUT_ORIGIN = ("idps", "stateless", "returned_idps")
OUTCOMES = ("dec_recognized", "dec_other", "dec_rejected", "dec_closed")

Key = tuple[str, str, int, str]
"""An origin, a country of asylum, a year and a unit."""


def read_rows(folder: Path, table: str, since: int = 0) -> Iterator[dict[str, str]]:
    yield from read_table(folder / f"{table}.csv.xz", since)


def read_table(path: Path, since: int = 0) -> Iterator[dict[str, str]]:
    """The rows of the years from `since` on; lines of others are not taken apart."""
    header, *lines = lzma.decompress(path.read_bytes()).decode("utf-8-sig").splitlines()
    names = [name.strip() for name in header.split(",")]
    assert names[0] == "year"
    for row in csv.reader(line for line in lines if int(line[:4]) >= since):
        yield dict(zip(names, map(str.strip, row), strict=True))


def read_published(folder: Path, since: int = 0) -> Iterator[tuple[Key, int, int]]:
    """Every published count of a pair: its key, which of the nineteen counts it is, and how many."""
    for row in read_rows(folder, "population", since):
        key = (row["coo"], row["coa"], int(row["year"]), "P")
        if row["asylum_seekers"] != "-" and key[2] >= FIRST_YEAR:
            yield key, PENDING, int(row["asylum_seekers"])
        for column, (which, first) in PEOPLE.items():
            own = column not in WITHOUT_ORIGIN or row[column] != "0" or row["coo"] in (row["coa"], "STA")
            if row[column] != "-" and key[2] >= first and own:
                yield key, which, int(row[column])
    if solutions := find_table(folder, Dataset.SOLUTIONS):
        for row in read_table(solutions, since):
            for column, (which, first) in SOLVED.items():
                if row[column] != "-" and int(row["year"]) >= first:
                    yield (row["coo"], row["coa"], int(row["year"]), "P"), which, int(row[column])
    for row in read_rows(folder, "asylum-applications", since):
        if row["applied"] != "-" and row["dec_level"] != "0" and int(row["year"]) >= FIRST_YEAR:
            key = (row["coo"], row["coa"], int(row["year"]), row["app_pc"])
            yield key, ALL_STAGES, int(row["applied"])
            if row["app_type"] in ("N", "NR"):
                yield key, NEW, int(row["applied"])
    for row in read_rows(folder, "asylum-decisions", since):
        for number, outcome in enumerate(OUTCOMES):
            if row[outcome] != "-" and int(row["year"]) >= FIRST_YEAR:
                key = (row["coo"], row["coa"], int(row["year"]), row["dec_pc"])
                yield key, RECOGNISED + number, int(row[outcome])
                if row["dec_level"] == "FI":
                    yield key, AT_FIRST + number, int(row[outcome])
