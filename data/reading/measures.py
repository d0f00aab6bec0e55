"""What a running text counts: applications, pending claims, decisions and rates, by all their names."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from data.model import Measure
from data.reading.words import Mention, keep_longest

MAX_LENGTH = 6000
_NAMED = {
    "<asylum>": "(?:political |refugee )?(?:asylum|(?:international )?protection|refugee status)",
    "<claim>": "(?:claims?|cases?|applications?|requests?|petitions?|files?)",
    "<accepted>": "(?:accepted|approved|successful|granted|positive|favou?rable)",
    "<chance>": "(?:success|acceptance|approval|grant|granting|admission|positive)",
}
"""What several wordings have in common."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is counted, by the words used; the likeliest comes first where they leave it open.

    `weak` are words for people rather than for a count, as “asylum seekers”: they give way to any other
    word for a measure beside them (“asylum seekers who applied”).
    """

    measures: tuple[Measure, ...]
    weak: bool = False


def find_measures(text: str) -> tuple[Mention[Wording], ...]:
    """Read the first 6,000 characters of a text; a longer wording stands for what is in it."""
    return keep_longest(
        Mention(match.start(), match.end(), wording)
        for pattern, wording in _read_wordings()
        for match in pattern.finditer(text[:MAX_LENGTH])
    )


@cache
def _read_wordings() -> tuple[tuple[re.Pattern[str], Wording], ...]:
    """Read the table that lies beside this module: one pattern for each row of measures."""
    table = files(__package__).joinpath("wordings.csv").read_text(encoding="utf-8")
    rows = groupby(csv.DictReader(table.splitlines()), key=lambda row: (row["measures"], row["strength"]))
    return tuple(
        (
            _compile([row["wording"] for row in alike]),
            Wording(tuple(map(Measure, measures.split())), strength == "weak"),
        )
        for (measures, strength), alike in rows
    )


def _compile(wordings: list[str]) -> re.Pattern[str]:
    """Make one pattern of several, the first that fits counts.

    A blank stands for up to three, or a hyphen; “~” is a blank that may be missing.
    """
    joined = rf"\b(?:{'|'.join(wordings)})\b"
    for name, meaning in _NAMED.items():
        joined = joined.replace(name, meaning)
    return re.compile(joined.replace(" ", r"[\s-]{1,3}").replace("~", r"[\s-]{0,3}"), re.IGNORECASE)
