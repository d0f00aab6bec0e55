"""The table of facts: what UNHCR's notes say of countries and years, in the project's own words."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from data.coverage import CoverageFact, CoverageKind
from data.model import Extent, Measure, Unit

_SIDES = {"asylum": False, "origin": True}


@cache
def read_facts() -> tuple[CoverageFact, ...]:
    """Read every row of the table."""
    with (files("data") / "coverage" / "facts.csv").open(encoding="utf-8") as file:
        return tuple(_make_fact(row) for row in csv.DictReader(file))


def _make_fact(row: dict[str, str]) -> CoverageFact:
    year, month = row["until"].split("-") if row["until"] else ("", "")
    return CoverageFact(
        row["country"],
        _SIDES[row["side"]],
        int(row["year"]),
        frozenset(Measure(code) for code in row["measures"].split()),
        Unit(row["unit"]) if row["unit"] else None,
        CoverageKind(row["kind"]),
        Extent(int(year), int(month)) if year else None,
        float(row["figure"]) if row["figure"] else None,
        row["origin"] or None,
    )
