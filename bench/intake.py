"""Take in one release, in a process of its own so that its memory is its own: ours, or the naive way.

python -m bench.intake DATABASE FOLDER DAY [SEED]   prints what it cost, as JSON
python -m bench.intake naive FOLDER                 `csv.reader` and `executemany`, nothing more
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import lzma
import resource
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.lag import watching
from bench.rows import percentile
from bench.timing import MS, timed
from bot.upkeep import collecting_young
from data.model import Dataset, Row, Unread
from data.releases.imports import import_release
from data.releases.opening import open_database
from data.sources.unhcr.folder import ReleaseFolder

_KIB_PER_MB = 1024
_ONE_IN = 9
"""A variant changes one row of the newest year in so many, as a corrected release does."""
_YEAR = 2
_CHANGED = {Dataset.POPULATION: 4, Dataset.APPLICATIONS: 7, Dataset.DECISIONS: 6, Dataset.SOLUTIONS: 3}
"""Where in a row the figure is that a variant changes: asylum-seekers, applied, recognised, resettled."""


class Variant:
    """A release like the one in a folder, with some figures of its newest year changed."""

    def __init__(self, folder: ReleaseFolder, seed: int, newest_year: int) -> None:
        self._folder, self._seed, self._newest_year = folder, seed, newest_year

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row | Unread]:
        """Yield the rows; in every ninth of the newest year a figure is another."""
        at = _CHANGED[dataset]
        for place, row in enumerate(self._folder.rows(dataset, last_year)):
            value = row[at] if isinstance(row, tuple) else None
            if (
                isinstance(row, tuple)
                and row[_YEAR] == self._newest_year
                and (place + self._seed) % _ONE_IN == 0
                and isinstance(value, int)
            ):
                yield (*row[:at], value + self._seed, *row[at + 1 :])
            else:
                yield row

    def places(self) -> Iterator[tuple[str, str | None, str]]:
        """Yield the countries as they are."""
        return self._folder.places()


async def take_in(path: Path, folder: Path, day: str, seed: int) -> dict[str, float]:
    """Import as the bot does, with the event loop watched."""
    source = ReleaseFolder(folder)
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    async with open_database(path) as database, watching() as lags:
        with collecting_young(), timed() as watch:
            imported = await import_release(
                database, Variant(source, seed, at.year - 1) if seed else source, at
            )
    if imported.doubt:
        raise SystemExit(f"The release of {day} was quarantined: {imported.doubt.why}.")
    return {
        "seconds": watch.ms / MS,
        "rows": imported.rows,
        "lag p99": percentile(lags, 0.99),
        "lag max": max(lags),
        "peak": _peak(),
    }


def take_in_naively(folder: Path) -> dict[str, float]:
    """Read the same tables and insert them into an empty database, as text."""
    rows = 0
    with timed() as watch:
        connection = sqlite3.connect(":memory:")
        for table in (path for dataset in Dataset if (path := folder / f"{dataset}.csv.xz").exists()):
            reader = csv.reader(io.StringIO(lzma.open(table).read().decode("utf-8-sig")))
            header = next(reader)
            columns = ", ".join(f'"{column}"' for column in header)
            connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
            marks = ", ".join("?" * len(header))
            rows += connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', reader).rowcount
        connection.commit()
    return {"seconds": watch.ms / MS, "rows": rows, "peak": _peak()}


def _peak() -> float:
    """The most memory this process ever held, in MB.

    Linux hands `ru_maxrss` on from the process that started this one, so the kernel's own mark comes first.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (mark,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(mark.split()[1]) / _KIB_PER_MB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MB


if __name__ == "__main__":
    if sys.argv[1] == "naive":
        cost = take_in_naively(Path(sys.argv[2]))
    else:
        database, release, day, *seed = sys.argv[1:]
        cost = asyncio.run(take_in(Path(database), Path(release), day, int(seed[0]) if seed else 0))
    print(json.dumps(cost))
