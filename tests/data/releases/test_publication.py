"""Laws of what a release changes: told from two releases, it leads from the one to the other."""

from __future__ import annotations

import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.doubt import Doubt, Why
from data.model import ALL, Dataset, ReferencePeriod
from data.releases.imports import import_release, relabel
from data.releases.publication import Unchanged
from data.store.database import Connection, Database
from data.store.observations import TABLES
from data.store.releases import read_releases
from data.store.rollups import COUNTS
from tests.data.drawn import releases
from tests.data.made_up import FIRST_DAY, MadeUp, Values, day, large_release, release
from tests.data.store.states import dump, read_ledger, read_rollups
from tests.examples import examples
from tests.refusals import refuses
from tests.releases import MID, NOW, UPDATE, YEAR_END, at

FEW = settings(max_examples=examples(10))
JUNE = at(YEAR_END)


@asynccontextmanager
async def scratch(empty_path: Path, factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """A database for one example of a law."""
    path = Path(shutil.copy(empty_path, factory.mktemp("law") / "law.sqlite3"))
    async with Database(path, readers=1) as database:
        yield database


async def kinds_of(connection: Connection, moment: datetime) -> set[str]:
    """The kinds of all changes of a release, and of all that its digest counts."""
    number = int(moment.timestamp())
    rows = await connection.execute_fetchall(
        "SELECT kind FROM change WHERE release = ? UNION SELECT kind FROM digest WHERE release = ?",
        (number, number),
    )
    return {str(kind) for (kind,) in rows}


def plain(counts: Values) -> Values:
    """A missing figure is no change from zero."""
    return tuple(count or 0 for count in counts)


@given(releases, releases)
@FEW
async def test_revisions_applied_to_the_old_release_give_the_new_one(
    empty_path: Path, tmp_path_factory: pytest.TempPathFactory, old: MadeUp, new: MadeUp
) -> None:
    """The rows of the ledger to the published rows, and the changes to the sums."""
    assume(old.state() != new.state() and old.tables != new.tables)
    async with scratch(empty_path, tmp_path_factory) as database:
        await import_release(database, old, day(0))
        try:
            await import_release(database, new, day(1))
        except Unchanged:
            return
        state, sums = old.state(), {key: plain(counts) for key, counts in old.rollups().items()}
        number = int(day(1).timestamp())
        async with database.reading() as connection:
            for dataset, table in TABLES.items():
                columns = ", ".join(table.key + table.values)
                width = len(table.key)
                rows = await connection.execute_fetchall(
                    f"SELECT {columns} FROM {table.name} WHERE release = ?", (number,)
                )
                for row in rows:
                    state[dataset].pop(tuple(row[:width]), None)
                    if any(value is not None for value in row[width:]):
                        state[dataset][tuple(row[:width])] = tuple(row[width:])
            changes = await connection.execute_fetchall(
                "SELECT origin, asylum, year, unit, measure, before, after FROM change WHERE release = ?",
                (number,),
            )
        assert state == new.state()
        for *key, measure, before, after in changes:
            counts = list(sums.get(tuple(key), (0,) * len(COUNTS)))
            assert counts[COUNTS.index(measure)] == (before or 0)
            counts[COUNTS.index(measure)] = after or 0
            sums[tuple(key)] = tuple(counts)
        told = {key: counts for key, counts in sums.items() if any(counts)}
        meant = {key: plain(counts) for key, counts in new.rollups().items() if any(counts)}
        assert told == meant


@given(releases, st.randoms(use_true_random=False))
@FEW
async def test_a_release_never_differs_from_itself(
    empty_path: Path, tmp_path_factory: pytest.TempPathFactory, made: MadeUp, chance: random.Random
) -> None:
    """Neither when it is retrieved again later, nor when it turns up from earlier, in whatever order."""
    shuffled = MadeUp(
        {d: dict(chance.sample(list(table.items()), len(table))) for d, table in made.tables.items()}
    )
    async with scratch(empty_path, tmp_path_factory) as database:
        await import_release(database, made, day(1))
        before = dump(database.path)
        for moment in (day(2), day(0)):
            with pytest.raises(Unchanged):
                await import_release(database, shuffled, moment)
        assert dump(database.path) == before


@given(releases, releases)
@FEW
async def test_a_completion_is_never_called_a_correction(
    empty_path: Path, tmp_path_factory: pytest.TempPathFactory, mid: MadeUp, end: MadeUp
) -> None:
    """Whatever came or changed in the newest year; nothing else is one, and what is gone is withdrawn."""
    assume(mid.tables != end.tables)
    async with scratch(empty_path, tmp_path_factory) as database:
        await import_release(database, mid, day(0))
        try:
            await import_release(database, end, JUNE)
        except Unchanged:
            return
        async with database.reading() as connection:
            rows = await connection.execute_fetchall("SELECT DISTINCT year, after IS NULL, kind FROM change")
    assert {kind for _, gone, kind in rows if gone} <= {"withdrawn"}
    assert {kind for year, gone, kind in rows if year == 2025 and not gone} <= {"completed"}
    assert {kind for year, gone, kind in rows if year != 2025 and not gone} <= {"corrected"}


CODES = ["AAA", "BBB", "CCC", "DDD", "EEE"]


def dense(seed: int) -> MadeUp:
    """A release in which every country sends and takes people."""
    die = random.Random(seed)

    def count() -> int:
        return die.randrange(10, 10**6)

    pairs = [(o, a, y) for o in CODES for a in CODES for y in (2024, 2025)]
    return MadeUp(
        {
            Dataset.POPULATION: {key: (0, count(), *[0] * 7) for key in pairs},
            Dataset.APPLICATIONS: {(*key, "G", "N", "FI", "P"): (count(),) for key in pairs},
            Dataset.DECISIONS: {
                (*key, "G", "FI", "P"): (count(), count(), count(), 0, count()) for key in pairs
            },
        }
    )


@given(st.integers(0, 10**6), st.sets(st.sampled_from(CODES), min_size=1, max_size=3))
@FEW
async def test_replacing_every_code_of_a_country_withdraws_nothing(
    empty_path: Path, tmp_path_factory: pytest.TempPathFactory, seed: int, replaced: set[str]
) -> None:
    """All its figures are recoded, and no total of the others changes."""
    old = dense(seed)
    names = {code: f"{code[:2]}X" for code in replaced}
    new = MadeUp(
        {
            dataset: {tuple(names.get(str(part), part) for part in key): v for key, v in table.items()}
            for dataset, table in old.tables.items()
        }
    )
    async with scratch(empty_path, tmp_path_factory) as database:
        await import_release(database, old, day(0))
        done = await import_release(database, new, day(1))
        assert done.doubt is None
        async with database.reading() as connection:
            assert await kinds_of(connection, day(1)) == {"recoded"}
            rows = await connection.execute_fetchall("SELECT origin, asylum FROM change")
    assert all({origin, asylum} & {*names, *names.values()} for origin, asylum in rows)


async def test_a_replaced_code_is_recognised_though_an_older_release_comes_in_between(
    database: Database,
) -> None:
    old = dense(1)
    new = MadeUp(
        {
            d: {tuple("AAX" if part == "AAA" else part for part in key): v for key, v in t.items()}
            for d, t in old.tables.items()
        }
    )
    key = ("AAA", "BBB", 2025)
    before = old.tables[Dataset.POPULATION][key][1] or 0
    pending = {**old.tables[Dataset.POPULATION], key: (0, before + 99, *[0] * 7)}
    other = MadeUp({**old.tables, Dataset.POPULATION: pending})
    await import_release(database, old, day(0))
    await import_release(database, new, day(4))
    await import_release(database, other, day(2))
    async with database.reading() as connection:
        assert await kinds_of(connection, day(2)) == {"corrected"}
        # One figure is another than that of the release in between: it moved and was corrected.
        assert await kinds_of(connection, day(4)) == {"corrected", "recoded"}
        assert await read_ledger(connection, int(day(4).timestamp())) == new.state()


async def test_what_a_release_changed_is_told_anew_when_an_older_one_comes_in_between(
    database: Database,
) -> None:
    await import_release(database, release(pending=10), day(0))
    await import_release(database, release(pending=30), day(4))
    await import_release(database, release(pending=20), day(2))
    async with database.reading() as connection:
        rows = await connection.execute_fetchall(
            "SELECT release, before, after FROM change WHERE origin = '*' AND asylum = '*' ORDER BY release"
        )
        kept = await read_releases(connection)
    assert [tuple(row) for row in rows] == [
        (int(day(2).timestamp()), 10, 20),
        (int(day(4).timestamp()), 20, 30),
    ]
    assert [each.label for each in kept] == [
        "Mid-Year Trends 2025",
        "Mid-Year Trends 2025, corrected",
        "Mid-Year Trends 2025, corrected",
    ]


async def test_a_release_that_is_older_than_all_others_becomes_the_first_one(database: Database) -> None:
    await import_release(database, release(pending=30), day(4))
    await import_release(database, release(pending=20), day(2))
    async with database.reading() as connection:
        rows = await connection.execute_fetchall("SELECT DISTINCT release, before, after FROM change")
        assert [tuple(row) for row in rows] == [(int(day(4).timestamp()), 20, 30)]
        assert (await read_rollups(connection, int(day(3).timestamp())))[ALL, ALL, 2025, "P"][0] == 20


async def test_what_equals_the_release_after_it_makes_no_release(database: Database) -> None:
    """Else the later one would have changed nothing, and nobody could see what changed when."""
    await import_release(database, release(pending=10), day(0))
    await import_release(database, release(pending=20), day(4))
    before = dump(database.path)
    with refuses(
        Unchanged, r"those of Mid-Year Trends 2025, corrected, which is kept; nothing was imported\.$"
    ):
        await import_release(database, release(pending=20), day(2))
    assert dump(database.path) == before


async def test_the_labels_after_a_release_follow_what_it_is_said_to_cover(database: Database) -> None:
    for number, moment in enumerate((FIRST_DAY, JUNE, at(NOW))):
        await import_release(database, release(pending=10 + number), moment)
    await relabel(database, str(MID), None, ReferencePeriod.YEAR_END)
    async with database.reading() as connection:
        labels = [each.label for each in await read_releases(connection)]
        assert labels == [
            "Global Trends 2025",
            "Global Trends 2025, corrected",
            "Global Trends 2025, corrected",
        ]
        assert await kinds_of(connection, JUNE) == {"corrected"}


async def test_a_label_that_somebody_chose_is_kept(database: Database) -> None:
    await import_release(database, release(pending=10), FIRST_DAY)
    await import_release(database, release(pending=11), JUNE)
    await relabel(database, str(YEAR_END), "Our June", None)
    await relabel(database, str(MID), None, ReferencePeriod.YEAR_END)
    await import_release(database, release(pending=12), at(UPDATE))
    async with database.reading() as connection:
        labels = [each.label for each in await read_releases(connection)]
    assert labels == ["Global Trends 2025", "Mid-Year Trends 2025", "Our June"]


async def test_an_implausible_release_is_judged_by_figures_as_well_as_by_rows(database: Database) -> None:
    """All rows are there, but many say nothing any more."""
    whole = large_release(400, 20)
    emptied = {
        key: ((0,) if number % 10 == 0 else values)
        for number, (key, values) in enumerate(whole.tables[Dataset.APPLICATIONS].items())
    }
    await import_release(database, whole, day(0))
    done = await import_release(database, MadeUp({**whole.tables, Dataset.APPLICATIONS: emptied}), day(1))
    assert done.doubt == Doubt(Why.FIGURES, 400, 360, Dataset.APPLICATIONS, "applied")
