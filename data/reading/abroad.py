"""How German, French, Spanish and others say what the patterns of this room look for. Pure."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


def say_abroad(use: str) -> str:
    """Return the wordings of a use in `abroad.csv`, as alternatives of a pattern."""
    return "|".join(_read_wordings()[use])


@cache
def _read_wordings() -> dict[str, list[str]]:
    table = files(__package__).joinpath("abroad.csv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(table.splitlines()):
        found.setdefault(row["use"], []).append(row["wording"])
    return found
