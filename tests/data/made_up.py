"""Made-up releases, small enough to be summed by hand, and what must come of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from data.model import ALL, Country, Dataset, Row

Key = tuple[str | int, ...]
Values = tuple[int | None, ...]
Table = Mapping[Key, Values]

REQUIRED = [dataset for dataset in Dataset if not dataset.may_lack]
FIRST_DAY = datetime(2025, 11, 10, tzinfo=UTC)
PLACES = (("CHI", "CHN", "China"), ("SYR", "SYR", "Syrian Arab Rep."), ("XXA", None, "Stateless"))


class Anywhere:
    """Knows every country by its code alone."""

    knowledge = None

    def by_code(self, code: str) -> Country:
        return Country(code, None, None, code, code)


@dataclass(frozen=True)
class MadeUp:
    """A release as one table per dataset; it is its own source."""

    tables: Mapping[Dataset, Table]

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row]:
        del last_year
        for key, values in self.tables.get(dataset, {}).items():
            yield (*key, *values)

    def places(self) -> Iterable[tuple[str, str | None, str]]:
        return PLACES

    def state(self) -> dict[Dataset, dict[Key, Values]]:
        """What a reader sees of it: rows with a value."""
        return {
            dataset: {
                key: values
                for key, values in self.tables.get(dataset, {}).items()
                if any(v is not None for v in values)
            }
            for dataset in Dataset
        }

    def rollups(self) -> Mapping[Key, Values]:
        """Pairs and totals, summed in plain Python, once."""
        return self._rollups

    @cached_property
    def _rollups(self) -> Mapping[Key, Values]:
        sums: dict[Key, Values] = {}
        for dataset, table in self.tables.items():
            for (origin, asylum, year, *rest), values in table.items():
                assert isinstance(year, int)
                counts, unit = _lay_out(dataset, year, str(origin), str(asylum), rest, values)
                for whose, where in ((origin, asylum), (origin, ALL), (ALL, asylum), (ALL, ALL)):
                    # Until 2005 most countries did not tell new claims apart, so no sum over them is given.
                    each = (counts[0], None, *counts[2:]) if where == ALL and year < 2006 else counts
                    key = (whose, where, year, unit)
                    sums[key] = tuple(map(_plus, sums.get(key, (None,) * 15), each))
        return {key: counts for key, counts in sums.items() if any(count is not None for count in counts)}


def _lay_out(
    dataset: Dataset, year: int, origin: str, asylum: str, rest: list[str | int], values: Values
) -> tuple[Values, str]:
    """Pending, new, all stages, the four outcomes, six populations and two solutions; and the unit."""
    if dataset is Dataset.POPULATION:
        refugees, seekers, returned, idps, returned_idps, stateless, _, oip, _ = values
        own = origin in (asylum, "STA")
        people = (
            refugees,
            oip if year >= 2018 else None,
            idps if year >= 1993 and (idps or own) else None,
            stateless if year >= 2004 and (stateless or own) else None,
            returned if year >= 1965 else None,
            returned_idps if year >= 1997 and (returned_idps or own) else None,
        )
        return (seekers if year >= 2000 else None, *[None] * 6, *people, None, None), "P"
    if dataset is Dataset.SOLUTIONS:
        return (*[None] * 13, values[1], values[2] if year >= 1990 else None), "P"
    if year < 2000:
        return (None,) * 15, str(rest[-1])
    if dataset is Dataset.APPLICATIONS:
        new = values[0] if rest[1] in ("N", "NR") else None
        return (None, new, values[0], *[None] * 12), str(rest[-1])
    return (None, None, None, *values[:4], *[None] * 8), str(rest[-1])


def _plus(a: int | None, b: int | None) -> int | None:
    return a if b is None else b if a is None else a + b


def day(number: int) -> datetime:
    """When the release of that number was retrieved; one a day."""
    return FIRST_DAY + timedelta(days=number)


def release(pending: int = 10, applied: int = 7, decided: int = 3, year: int = 2025) -> MadeUp:
    """A release with one row in each dataset."""
    return MadeUp(
        {
            Dataset.POPULATION: {("CHI", "USA", year): (0, pending, 0, 0, 0, 0, 0, None, 0)},
            Dataset.APPLICATIONS: {("CHI", "USA", year, "G", "N", "FI", "P"): (applied,)},
            Dataset.DECISIONS: {("CHI", "USA", year, "G", "FI", "P"): (decided, 0, 0, 0, decided)},
        }
    )


def large_release(rows: int, pending: int) -> MadeUp:
    """A release with so many rows in each dataset, all of the year 2025 and before."""
    places = [(f"{chr(65 + i // 26 % 26)}{chr(65 + i % 26)}", 2025 - i // 676) for i in range(rows)]
    return MadeUp(
        {
            Dataset.POPULATION: {
                (c, "USA", y): (0, pending + i, *[0] * 7) for i, (c, y) in enumerate(places)
            },
            Dataset.APPLICATIONS: {
                (c, "USA", y, "G", "N", "FI", "P"): (pending + i,) for i, (c, y) in enumerate(places)
            },
            Dataset.DECISIONS: {
                (c, "USA", y, "G", "FI", "P"): (pending, 0, 0, 0, pending) for c, y in places
            },
        }
    )
