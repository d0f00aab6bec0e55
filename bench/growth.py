"""How figures grow with the number of releases that are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.rows import say_slope, slope

if TYPE_CHECKING:
    from bench.databases import Databases

_BYTES_PER_MB = 2**20


@dataclass(frozen=True, slots=True)
class Growth:
    """One figure at several sizes."""

    what: str
    unit: str
    at: Mapping[int, float]

    @property
    def words(self) -> str:
        """The slope in words."""
        exponent = slope(list(self.at), list(self.at.values()))
        return f"{say_slope(exponent)} (∝ n^{exponent:.2f})"


async def measure_growth(databases: Databases, folder: Path) -> list[Growth]:
    """The same measurements with more and more releases; empty where none could be taken in.

    Sizes are told from each other by factors: a round at the oldest, the middle and the newest release does.
    """
    from bench.answers import measure_answers
    from bench.processes import measure_later_start

    further = [more for more in databases.files if more]
    rounds, releases = 1, 3
    found: dict[tuple[str, str], dict[int, float]] = {}
    for more in further:
        path, size = databases.files[more], databases.releases + more
        for row in await measure_answers(path, rounds, releases):
            what = row.what.partition(" of ")[0]
            group = "Autocomplete" if row.group == "Autocomplete" else "Answers"
            found.setdefault((f"{group}: {what}", row.unit), {})[size] = row.ours
        start = await measure_later_start(path, folder)
        found.setdefault((f"Start: {start.what}", start.unit), {})[size] = start.ours
        found.setdefault(("Size of the database", "MB"), {})[size] = path.stat().st_size / _BYTES_PER_MB
        cost = databases.costs.ours[more - 1]
        found.setdefault(("Taking in one more release", "s"), {})[size] = cost["seconds"]
    return [Growth(what, unit, at) for (what, unit), at in found.items()]


def write_growth(title: str, counted: str, growths: Sequence[Growth]) -> list[str]:
    """The lines of a Markdown table, one column for each size."""
    if not growths:
        return []
    sizes = list(growths[0].at)
    lines = [f"## {title}", "", f"| {' | '.join(('what', *(f'{n:,} {counted}' for n in sizes), 'slope'))} |"]
    lines.append(f"|---|{'--:|' * len(sizes)}---|")
    for each in growths:
        cells = [f"{each.at[size]:.3g} {each.unit}" for size in sizes]
        lines.append(f"| {' | '.join((each.what, *cells, each.words))} |")
    return [*lines, ""]
