"""How many inhabitants a country or a group has, as the United Nations estimate it for 1 July of a year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from data.countries.groups import members, read_groups
from data.countries.rows import read_rows
from data.countries.table import CountryTable
from data.model import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable


WORLD = ("africa", "americas", "asia", "europe", "oceania")
"""The regions that share out the world."""


@dataclass(frozen=True, slots=True)
class _Denominator:
    """The areas of the UN's table that make up one of UNHCR's, from one year to another."""

    first: int | None
    last: int | None
    areas: tuple[str, ...]


@cache
def population_of(code: str, year: int) -> int | None:
    """Return the inhabitants of a country, by UNHCR's code, of a group's members then, or of all.

    None where the United Nations have none: for a year not in their table, or an entry that is no place.
    What is counted under another member of a group, as Réunion is under France, is in its inhabitants alone.
    """
    if code == ALL:
        return _sum(population_of(region, year) for region in WORLD)
    if code not in read_groups():
        return _add(_list_areas(code, year), year)
    listed = members(code, year)
    elsewhere = {
        area for each in _read_denominators() for area in _list_areas(each, year) if each not in listed
    }
    areas = {area for each in listed for area in _list_areas(each, year)} - elsewhere
    return _sum(_add((area,), year) for area in areas)


@cache
def find_first_year() -> int:
    """Return the first year of which any inhabitants are known."""
    return min(year for years in _read_population().values() for year in years)


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _add(areas: tuple[str, ...], year: int) -> int | None:
    numbers = [_read_population().get(area, {}).get(year) for area in areas]
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


@cache
def _list_areas(code: str, year: int) -> tuple[str, ...]:
    """Return the areas that the figures of one of UNHCR's codes are of."""
    for each in _read_denominators().get(code, ()):
        if (each.first is None or each.first <= year) and (each.last is None or year <= each.last):
            return each.areas
    iso3 = _read_isos().get(code)
    return (iso3,) if iso3 else ()


@cache
def _read_isos() -> dict[str, str]:
    return {country.code: country.iso3 for country in CountryTable.load().listed if country.iso3}


@cache
def _read_denominators() -> dict[str, list[_Denominator]]:
    found: dict[str, list[_Denominator]] = {}
    for row in read_rows("denominators.csv"):
        first, last = (int(row[end]) if row[end] else None for end in ("first", "last"))
        denominator = _Denominator(first, last, tuple(row["iso3"].split()))
        found.setdefault(row["code"], []).append(denominator)
    return found


@cache
def _read_population() -> dict[str, dict[int, int]]:
    return {
        row["iso3"]: {int(year): int(number) for year, number in row.items() if year != "iso3"}
        for row in read_rows("population.csv")
    }
