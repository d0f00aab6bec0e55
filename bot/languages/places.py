"""How a language names each country and group: alone, within a sentence, and behind “in”, “from” and “to”."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from bot.languages.files import HERE

FORMS = ("name", "text", "in", "from", "to")
"""The columns of a language's `places.csv`; an English sentence has “own” beside them: “the USA's”."""


@cache
def place_forms(language: str) -> Mapping[str, Mapping[str, str]]:
    """Read the forms of all countries and groups, by their codes."""
    table = (HERE / language / "places.csv").read_text("utf-8")
    return {row["code"]: row for row in csv.DictReader(table.splitlines())}
