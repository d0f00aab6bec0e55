"""Random numbers in sentences like those of articles: whatever is found for them is found by chance."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

_PEOPLES = ("Chinese", "Syrian", "Afghan", "Venezuelan", "Sudanese", "Turkish", "Iranian", "Iraqi")
_ORIGINS = ("China", "Syria", "Afghanistan", "Venezuela", "Sudan", "Türkiye", "Iran", "Iraq")
_HOSTS = ("Germany", "the United States", "Canada", "Spain", "France", "Italy", "the United Kingdom", "Egypt")
_SENTENCES = (
    "In {year}, {number} {people} nationals applied for asylum in {host}.",
    "{number} people from {origin} lodged asylum applications in {host} in {year}.",
    "{host} registered {number} new asylum applications in {year}.",
    "At the end of {year}, {number} asylum claims by {people} nationals were pending worldwide.",
    "According to UNHCR, {number} {people} asylum seekers were waiting for a decision in {host} in {year}.",
    "{host} rejected {number} asylum claims of people from {origin} in {year}.",
    "Last year {number} {people} nationals sought asylum in {host}, more than in {year}.",
    "Since {year}, {number} {people} nationals have applied for asylum.",
    "In {host} the number was {number}; asylum applications by {people} nationals go back to {year}.",
    "{host} recognised {number} {people} nationals as refugees in {year}.",
)

KINDS = ("exact", "small", "rounded to three digits", "rounded to two digits")


def sentences(kind: str, count: int, seed: str = "chance") -> Iterator[str]:
    """Yield sentences with one random number each; large and small numbers are equally likely by digits."""
    chance = random.Random(f"{seed} {kind}")
    for _ in range(count):
        which = chance.randrange(len(_PEOPLES))
        host = chance.choice(_HOSTS)
        words = chance.choice(_SENTENCES).format(
            number=_number(kind, chance),
            people=_PEOPLES[which],
            origin=_ORIGINS[which],
            host=host,
            year=chance.randint(2010, 2025),
        )
        yield words[0].upper() + words[1:]


def _number(kind: str, chance: random.Random) -> str:
    if kind == "small":
        return str(chance.randint(100, 999))
    value = round(10 ** chance.uniform(3, math.log10(2_000_000)))
    if kind == "exact":
        return f"{value:,}"
    digits = 3 if "three" in kind else 2
    step = 10 ** (len(str(value)) - digits)
    rounded = round(value / step) * step
    if rounded >= 1_000_000:
        return f"about {rounded / 1_000_000:g} million"
    return f"about {rounded:,}"
