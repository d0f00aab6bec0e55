"""Choose the countries that the starter figures name, and sum all others into one. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.model import OTHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PairKey = tuple[str, str, int, str]
"""Origin and asylum (UNHCR codes or `OTHER`), year, unit (`P` or `C`)."""

PairCounts = tuple[int | None, ...]
"""Counts in the order of the table's columns; `None` = not published."""

ORIGINS, ASYLUM_COUNTRIES = 25, 40


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which UNHCR codes are named: origins, countries of asylum, and origins with every country of asylum."""

    origins: frozenset[str]
    asylum: frozenset[str]
    every_asylum: frozenset[str]

    def address(self, origin: str, asylum: str) -> tuple[str, str]:
        """Say under which origin and asylum a pair is counted."""
        if origin in self.every_asylum:
            return origin, asylum
        return origin if origin in self.origins else OTHER, asylum if asylum in self.asylum else OTHER


def rank_by_share(yearly: Mapping[tuple[int, str], Mapping[str, int]], most: int) -> list[str]:
    """Return the codes with the largest mean share of the world, over years and measures.

    `yearly` maps (year, measure) to each code's count. Shares make a stock of the year 2000 weigh
    as much as a flow of 2024, without adding one to the other.
    """
    shares: dict[str, float] = defaultdict(float)
    for counts in yearly.values():
        world = sum(counts.values())
        for code, count in counts.items():
            shares[code] += count / world if world else 0
    return sorted(shares, key=lambda code: (-shares[code], code))[:most]


def condense(pairs: Iterable[tuple[PairKey, PairCounts]], coverage: Coverage) -> dict[PairKey, PairCounts]:
    """Sum all pairs into those that `coverage` names; totals over any dimension stay exact."""
    sums: dict[PairKey, PairCounts] = {}
    for (origin, asylum, year, unit), counts in pairs:
        key = (*coverage.address(origin, asylum), year, unit)
        known = sums.get(key)
        sums[key] = counts if known is None else tuple(map(_add, known, counts))
    return {key: counts for key, counts in sums.items() if any(count is not None for count in counts)}


def _add(a: int | None, b: int | None) -> int | None:
    if a is None or b is None:
        return a if b is None else b
    return a + b
