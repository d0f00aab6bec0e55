"""What each release changed: summed changes to list, and how many published figures they stand for."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.measures import BY_COLUMN
from data.model import Dataset, Unit
from data.statistics import MIN_BASE
from data.store import groups
from data.store.comparison import COUNTED
from data.store.observations import TABLES, any_value, match_before
from data.store.releases import is_said_before
from data.store.rollups import COUNTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import aiosqlite

    from data.recodings import Moved


_PAIRS = "origin <> '*' AND asylum <> '*'"

COLUMNS = "origin, asylum, year, unit, measure, before, after, kind"
_SIZE = "abs(coalesce(after, 0) - coalesce(before, 0))"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One summed figure that a release changed; codes are UNHCR's or `ALL`, `measure` a rollup's column."""

    origin: str
    asylum: str
    year: int
    unit: Unit
    measure: str
    before: int | None
    after: int | None
    kind: str


async def write_changes(
    connection: aiosqlite.Connection,
    release: int,
    kinds: Mapping[int, str],
    recoded: Mapping[str, str] | None = None,
) -> None:
    """Make the changes of a release again, from its rollups and those before it.

    `kinds` gives the kind of every year; a figure that is gone is withdrawn.
    `recoded` are countries' codes that were replaced, each with its new one.
    """
    await forget_changes(connection, release)
    await connection.execute("CREATE TEMP TABLE kinds (year INTEGER PRIMARY KEY, kind TEXT)")
    await connection.executemany("INSERT INTO kinds VALUES (?, ?)", kinds.items())
    columns = ", ".join(f"a.{c} AS {c}, b.{c} AS {c}_before" for c in COUNTS)
    await connection.execute(
        f"CREATE TEMP TABLE differing AS SELECT a.origin, a.asylum, a.year, a.unit, {columns}"
        " FROM rollup AS a"
        " LEFT JOIN rollup AS b ON b.origin = a.origin AND b.asylum = a.asylum"
        " AND b.year = a.year AND b.unit = a.unit AND b.release = (SELECT max(c.release) FROM rollup AS c"
        " WHERE c.origin = a.origin AND c.asylum = a.asylum AND c.year = a.year"
        " AND c.unit = a.unit AND c.release < a.release) WHERE a.release = :release",
        {"release": release},
    )
    told = [count for count in COUNTS if await _was_said_before(connection, count, release)]
    for measure in told:
        await connection.execute(
            "INSERT INTO change (release, origin, asylum, year, unit, measure, before, after, kind)"
            " SELECT :release, d.origin, d.asylum, d.year, d.unit, :measure,"
            f"  {measure}_before, {measure},"
            f" CASE WHEN {measure} IS NULL THEN 'withdrawn' ELSE kinds.kind END"
            " FROM differing AS d JOIN kinds USING (year)"
            f" WHERE coalesce({measure}, 0) <> coalesce({measure}_before, 0)",
            {"release": release, "measure": measure},
        )
    for table in ("differing", "kinds"):
        await connection.execute(f"DROP TABLE temp.{table}")
    if recoded:
        await _mark_recoded(connection, release, recoded)
    await connection.execute(
        "INSERT INTO change_count SELECT release, year, unit, kind, sum(origin <> '*' AND asylum <> '*')"
        " FROM change WHERE release = ? GROUP BY year, unit, kind",
        (release,),
    )


async def _was_said_before(connection: aiosqlite.Connection, count: str, release: int) -> bool:
    """Say whether a release before had the table of a count: its first figures are a baseline."""
    dataset = BY_COLUMN[count].row.dataset
    return not dataset.may_lack or await is_said_before(connection, release, dataset)


async def forget_changes(connection: aiosqlite.Connection, release: int) -> None:
    """Remove the changes of a release: the first one has none, though another was the first once."""
    for table in ("change", "change_count", "digest"):
        await connection.execute(f"DELETE FROM {table} WHERE release = ?", (release,))


async def _mark_recoded(connection: aiosqlite.Connection, release: int, recoded: Mapping[str, str]) -> None:
    """Call what only moved to a country's new code recoded: there the same figure, here none any more."""
    await connection.execute("CREATE TEMP TABLE recoded (old TEXT PRIMARY KEY, new TEXT UNIQUE)")
    await connection.executemany("INSERT INTO recoded VALUES (?, ?)", recoded.items())
    for here, there, condition in (
        ("old", "new", "change.after IS NULL AND other.before IS NULL"),
        ("new", "old", "change.before IS NULL AND other.after IS NULL AND other.before = change.after"),
    ):
        origin, asylum = (
            f"coalesce((SELECT {there} FROM recoded WHERE {here} = change.{side}), change.{side})"
            for side in ("origin", "asylum")
        )
        await connection.execute(
            "UPDATE change SET kind = 'recoded' WHERE release = :release"
            f" AND (origin IN (SELECT {here} FROM recoded) OR asylum IN (SELECT {here} FROM recoded))"
            " AND EXISTS (SELECT 1 FROM change AS other WHERE other.release = :release"
            f" AND other.origin = {origin} AND other.asylum = {asylum} AND other.year = change.year"
            f" AND other.unit = change.unit AND other.measure = change.measure AND {condition})",
            {"release": release},
        )
    await connection.execute("DROP TABLE temp.recoded")


async def write_digest(
    connection: aiosqlite.Connection,
    release: int,
    kinds: Mapping[int, str],
    moved: Mapping[Dataset, Collection[Moved]],
) -> None:
    """Count how many published figures on asylum a release changed, by dataset and kind.

    Its changes were made just before, and what was counted once is gone with those of then.
    `moved` are the rows that stand under another code now: a figure that is the same there is recoded.
    """
    for dataset, columns in COUNTED.items():
        if dataset.may_lack and not await is_said_before(connection, release, dataset):
            continue
        table = TABLES[dataset]
        same = " AND ".join(f"b.{c} = a.{c}" for c in table.key)
        differing = " + ".join(f"(coalesce(a.{c}, 0) <> coalesce(b.{c}, 0))" for c in columns)
        rows = await connection.execute_fetchall(
            f"SELECT a.year, {any_value(table, 'a')} IS NULL, sum({differing}) FROM {table.name} AS a"
            f" LEFT JOIN {table.name} AS b ON {same} AND {match_before(table)}"
            " WHERE a.release = :release GROUP BY 1, 2",
            {"release": release},
        )
        counts: Counter[str] = Counter()
        for year, gone, figures in rows:
            counts[_kind_of_row(kinds, year, gone=gone)] += figures
        at = [table.values.index(column) for column in columns]
        for move in moved.get(dataset, ()):
            kind = kinds[move.year]
            for before, after in ((move.before[i] or 0, move.after[i] or 0) for i in at):
                counts[_kind_of_row(kinds, move.year, gone=True)] -= before > 0
                counts[kind] -= after > 0
                counts[kind if before != after else "recoded"] += max(before, after) > 0
        await connection.executemany(
            "INSERT INTO digest (release, dataset, kind, figures) VALUES (?, ?, ?, ?)",
            [(release, dataset.value, kind, figures) for kind, figures in counts.items() if figures],
        )


def _kind_of_row(kinds: Mapping[int, str], year: int, *, gone: bool) -> str:
    """Say what happened to a row; one that is gone completes nothing."""
    return "withdrawn" if gone else kinds[year]


async def read_digest(connection: aiosqlite.Connection, release: int) -> dict[tuple[Dataset, str], int]:
    """Return how many published figures a release changed, by dataset and kind."""
    rows = await connection.execute_fetchall(
        "SELECT dataset, kind, figures FROM digest WHERE release = ?", (release,)
    )
    return {(Dataset(dataset), kind): figures for dataset, kind, figures in rows}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes of a release match: codes (None is any), columns, kinds (none is all) and size."""

    release: int
    origin: str | None = None
    asylum: str | None = None
    measures: Collection[str] = COUNTS
    kinds: Collection[str] = ()
    least: int = 0
    share: float | None = None

    @property
    def table(self) -> str:
        """Return where to read: without statistics SQLite would search a whole release for an origin."""
        return "change INDEXED BY change_by_origin" if self.origin and not self.asylum else "change"

    @property
    def level(self) -> str:
        """Return which sums are told: by country of asylum, by a group's member, or by pair."""
        if self.origin is None and (self.asylum is None or groups.is_group(self.asylum)):
            return "origin = '*' AND asylum <> '*'"
        return (
            "origin <> '*' AND asylum = '*'"
            if self.asylum is None and groups.is_group(self.origin)
            else _PAIRS
        )

    def where(self) -> tuple[str, list[object]]:
        """Return the SQL of the condition and the values bound in it."""
        condition, values = self.match()
        return f"release = ? AND {condition}", [self.release, *values]

    def match(self) -> tuple[str, list[object]]:
        """Return the same for the changes of a release that is fixed elsewhere."""
        conditions = ["TRUE"]
        values: list[object] = []
        if self.least > 1:
            conditions.append(f"{_SIZE} >= ?")
            values.append(self.least)
        if self.share is not None:
            conditions.append(f"before >= {MIN_BASE} AND {_SIZE} >= ? * before")
            values.append(self.share)
        for column, code in (("origin", self.origin), ("asylum", self.asylum)):
            if code is not None:
                condition, value = groups.match_side(column, code)
                conditions.append(condition)
                values += value
        for column, allowed in (("measure", self.measures), ("kind", self.kinds)):
            if allowed and allowed != COUNTS:
                conditions.append(f"{column} IN ({', '.join('?' * len(allowed))})")
                values += allowed
        return " AND ".join(conditions), values


async def read_largest(connection: aiosqlite.Connection, wanted: Wanted, most: int) -> list[ChangeRow]:
    """Return the largest changes that match: by country where neither side is fixed to one, else by pair;
    and by pair where no country's sum matches.
    """
    for at_level in dict.fromkeys((wanted.level, _PAIRS)):
        if rows := [make_row(row) for row in await _read(connection, wanted, at_level, most)]:
            return rows
    return []


async def read_pair_changes(connection: aiosqlite.Connection, wanted: Wanted) -> list[ChangeRow]:
    """Return every change that matches, by pair of origin and country of asylum, the largest first."""
    rows = await _read(connection, wanted, "origin <> '*' AND asylum <> '*'", -1)
    # A June release has twenty thousand: too many to make objects of on the event loop.
    return await asyncio.to_thread(lambda: [make_row(row) for row in rows])


async def count_changes(connection: aiosqlite.Connection, wanted: Wanted) -> list[tuple[int, Unit, str, int]]:
    """Count the pairs' changes that match, by (year, unit, kind)."""
    condition, values = wanted.where()
    counted = f"SELECT year, unit, kind, sum(origin <> '*' AND asylum <> '*') FROM {wanted.table}"
    if wanted == Wanted(wanted.release, least=wanted.least) and wanted.least <= 1:
        counted = "SELECT year, unit, kind, sum(changes) FROM change_count"
        condition, values = "release = ?", values[:1]
    rows = await connection.execute_fetchall(f"{counted} WHERE {condition} GROUP BY 1, 2, 3", values)
    return [(year, Unit(unit), kind, count) for year, unit, kind, count in rows]


async def _read(
    connection: aiosqlite.Connection, wanted: Wanted, level: str, most: int
) -> Iterable[aiosqlite.Row]:
    condition, values = wanted.where()
    # The index by size serves the whole release; where a country is named, its own rows are few.
    order = f"{_SIZE} + 0" if wanted.origin or wanted.asylum else _SIZE
    return await connection.execute_fetchall(
        f"SELECT {COLUMNS} FROM {wanted.table}"
        f" WHERE {condition} AND {level} ORDER BY {order} DESC, measure, asylum, origin, year LIMIT ?",
        [*values, most],
    )


def make_row(row: aiosqlite.Row) -> ChangeRow:
    """Read a row of COLUMNS."""
    origin, asylum, year, unit, measure, before, after, kind = row
    return ChangeRow(origin, asylum, year, Unit(unit), measure, before, after, kind)


_LARGEST_FIRST = (
    "ORDER BY abs(coalesce(after, 0) - coalesce(before, 0)) DESC, measure, asylum, origin, year, unit"
)


async def count_pairs(
    connection: aiosqlite.Connection, wanted: Sequence[Wanted]
) -> list[tuple[int, Unit, str, int]]:
    """Count the pairs' changes that match, by (year, unit, kind). All filters are of one release."""
    condition, values = _match_any(wanted)
    rows = await connection.execute_fetchall(
        f"SELECT year, unit, kind, count(*) FROM change WHERE {condition} AND {_PAIRS} GROUP BY 1, 2, 3",
        values,
    )
    return [(year, Unit(unit), kind, count) for year, unit, kind, count in rows]


async def has_match(connection: aiosqlite.Connection, wanted: Wanted) -> bool:
    """Say whether the change of any pair matches."""
    condition, values = wanted.where()
    ((found,),) = await connection.execute_fetchall(
        f"SELECT EXISTS (SELECT 1 FROM {wanted.table} WHERE {condition} AND {_PAIRS})", values
    )
    return bool(found)


async def read_largest_of_any(
    connection: aiosqlite.Connection, wanted: Sequence[Wanted], most: int
) -> list[ChangeRow]:
    """Return the largest that match: by country where no place is asked for, or a group, else by pair."""
    condition, values = _match_any(wanted, by_level=True)
    rows = await connection.execute_fetchall(
        f"SELECT {COLUMNS} FROM change WHERE {condition} {_LARGEST_FIRST} LIMIT ?",
        [*values, most],
    )
    return [make_row(row) for row in rows]


async def read_pairs_of_any(
    connection: aiosqlite.Connection, wanted: Sequence[Wanted], most: int = -1
) -> list[ChangeRow]:
    """Return every pair's change that matches, or so many of them, the largest first."""
    condition, values = _match_any(wanted)
    rows = await connection.execute_fetchall(
        f"SELECT {COLUMNS} FROM change WHERE {condition} AND {_PAIRS} {_LARGEST_FIRST} LIMIT ?",
        [*values, most],
    )
    # A June release has twenty thousand: too many to make objects of on the event loop.
    return await asyncio.to_thread(lambda: [make_row(row) for row in rows])


def _match_any(wanted: Sequence[Wanted], *, by_level: bool = False) -> tuple[str, list[object]]:
    values: list[object] = [wanted[0].release]
    matches = []
    for each in wanted:
        condition, its_values = each.match()
        if by_level:
            condition += f" AND {each.level}"
        matches.append(f"({condition})")
        values += its_values
    return f"release = ? AND ({' OR '.join(matches)})", values
