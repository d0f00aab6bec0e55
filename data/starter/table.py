"""The starter figures as readable tables: one line per origin, asylum, year and unit.

The oldest release is whole; each later one holds only the lines that changed, and a line without
counts says that none are published any more. Pure: text in, text out.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.model import Period, Release
from data.starter.coverage import Coverage, PairCounts, PairKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COUNTS = ("pending", "new", "recognised", "complementary", "rejected", "closed")
_FIGURES = ("origin", "asylum", "year", "unit", *COUNTS)
_RELEASES = ("retrieved", "label", "newest_year", "period")
_COVERAGE = ("role", "code")
_EMPTY: PairCounts = (None,) * len(COUNTS)


@dataclass(frozen=True, slots=True)
class Starter:
    """The starter releases, oldest first, each with all its figures, and what they cover."""

    releases: tuple[tuple[Release, Mapping[PairKey, PairCounts]], ...]
    coverage: Coverage


def write_tables(starter: Starter) -> dict[str, str]:
    """Return the text of each file by its name."""
    roles = (
        *(("origin", code) for code in sorted(starter.coverage.origins)),
        *(("asylum", code) for code in sorted(starter.coverage.asylum)),
        *(("every asylum", code) for code in sorted(starter.coverage.every_asylum)),
    )
    releases = [(r.day.isoformat(), r.label, r.newest_year, r.period.value) for r, _ in starter.releases]
    files = {"coverage.csv": _write(_COVERAGE, roles), "releases.csv": _write(_RELEASES, releases)}
    before: Mapping[PairKey, PairCounts] = {}
    for release, figures in starter.releases:
        changed = [k for k in before.keys() | figures.keys() if before.get(k) != figures.get(k)]
        lines = [(*key, *figures.get(key, _EMPTY)) for key in sorted(changed)]
        files[f"{release.day}.csv"] = _write(_FIGURES, lines)
        before = figures
    return files


def read_tables(files: Mapping[str, str]) -> Starter:
    """Read back what `write_tables` wrote."""
    roles = [(row["role"], row["code"]) for row in csv.DictReader(io.StringIO(files["coverage.csv"]))]
    coverage = Coverage(
        *(frozenset(c for r, c in roles if r == role) for role in ("origin", "asylum", "every asylum"))
    )
    releases = []
    figures: dict[PairKey, PairCounts] = {}
    for row in csv.DictReader(io.StringIO(files["releases.csv"])):
        for origin, asylum, year, unit, *counts in list(
            csv.reader(io.StringIO(files[f"{row['retrieved']}.csv"]))
        )[1:]:
            key = (origin, asylum, int(year), unit)
            values = tuple(int(count) if count else None for count in counts)
            if values == _EMPTY:
                del figures[key]
            else:
                figures[key] = values
        at = datetime.fromisoformat(row["retrieved"]).replace(tzinfo=UTC)
        release = Release(
            int(at.timestamp()),
            at,
            row["label"],
            int(row["newest_year"]),
            Period(row["period"]),
            starter=True,
        )
        releases.append((release, dict(figures)))
    return Starter(tuple(releases), coverage)


def _write(header: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()
