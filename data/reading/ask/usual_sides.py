"""What is known of countries before anybody asks: their usual side of a claim, and when their war began."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from data.countries.groups import members
from data.model import Group, Role

if TYPE_CHECKING:
    from data.reading.places import Naming


LAST_YEAR = 2025
"""Of the mean that tells where refugees are."""


def is_usual_host(naming: Naming, *, people: bool = False) -> bool:
    """Say whether a country, by its name, is usually one of asylum: “Germany asylum seekers 2015”.

    `people`: also by its nationality, “where Australian refugees come from”.
    """
    usual = [read_usual_sides().get(country.code) for country in naming.countries]
    return (people or not naming.people) and usual == [Role.ASYLUM]


def is_usual_home(naming: Naming) -> bool:
    """Say whether a country is usually one that people come from."""
    return [read_usual_sides().get(country.code) for country in naming.countries] == [Role.ORIGIN]


def hosts_more(naming: Naming) -> bool:
    """Say whether more refugees live in a country than come from it: “Uganda refugees”, “EU refugees”."""
    usual = read_usual_sides("refugees")
    area = naming.countries[0]
    if naming.people or len(naming.countries) > 1:
        return False
    if isinstance(area, Group):
        sides = [usual.get(code) for code in members(area.code, LAST_YEAR)]
        return sides.count(Role.ASYLUM) > sides.count(Role.ORIGIN)
    return usual.get(area.code) is Role.ASYLUM


def sends_more(naming: Naming) -> bool:
    """Say whether more refugees come from a country than live in it."""
    return [read_usual_sides("refugees").get(country.code) for country in naming.countries] == [Role.ORIGIN]


@cache
def read_usual_sides(counted: str = "side") -> dict[str, Role]:
    """Read which side is usual: 20 times as many applications on it in 2015–2024, at least 5,000.

    Of `refugees` twice as many, on the mean of 2016–2025.
    """
    text = files(__package__).joinpath("sides.csv").read_text(encoding="utf-8")
    return {row["code"]: Role(row[counted]) for row in csv.DictReader(text.splitlines()) if row[counted]}


def find_year_of_war(code: str) -> int | None:
    """Return the year in which a country's war began, or its government fell, that most people mean today."""
    return _read_wars().get(code)


@cache
def _read_wars() -> dict[str, int]:
    text = files(__package__).joinpath("wars.csv").read_text(encoding="utf-8")
    return {row["code"]: int(row["year"]) for row in csv.DictReader(text.splitlines())}
