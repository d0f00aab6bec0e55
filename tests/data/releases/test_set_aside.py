"""A row that cannot be read says nothing of its figure, and does not withdraw what was said of it before."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.model import Dataset, Row, RowFault, Unread
from data.releases.imports import import_release
from data.releases.publication import Unchanged
from data.store import quarantine
from data.store.database import Database
from tests.data.made_up import Key, MadeUp, Values, day
from tests.refusals import refuses

APPLICATIONS, DECISIONS = Dataset.APPLICATIONS, Dataset.DECISIONS
CHINA: Key = ("CHI", "USA", 2025, "G", "N", "FI", "P")
CHINA_EARLIER: Key = ("CHI", "USA", 2024, "G", "N", "FI", "P")
SYRIA: Key = ("SYR", "USA", 2025, "G", "N", "FI", "P")
OTHERS = {
    Dataset.POPULATION: {("SYR", "USA", 2025): (None, 70, *[None] * 7)},
    DECISIONS: {("SYR", "USA", 2025, "G", "FI", "P"): (10, 0, 20, 5, 35)},
}


@dataclass(frozen=True)
class PartlyRead(MadeUp):
    """A release with rows that cannot be read, of which so much is known."""

    odd: Sequence[tuple[RowFault, Row | None]] = ()

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row | Unread]:  # type: ignore[override]
        yield from super().rows(dataset, last_year)
        if dataset is APPLICATIONS:
            for number, (fault, key) in enumerate(self.odd):
                yield Unread(100 + number, fault, "?", "?", key)


def applied(figures: Iterable[tuple[Key, int]], *odd: tuple[RowFault, Row | None]) -> PartlyRead:
    table: dict[Key, Values] = {key: (count,) for key, count in figures}
    return PartlyRead({**OTHERS, APPLICATIONS: table}, odd)


BEFORE = applied([(CHINA, 40), (CHINA_EARLIER, 50), (SYRIA, 20)])


async def take_in(path: Path, folder: Path, *sources: MadeUp) -> dict[Key, list[int | None]]:
    """Return what the ledger says of each application, release by release."""
    copy = Path(shutil.copy(path, folder / "aside.sqlite3"))
    async with Database(copy, readers=1) as database:
        for number, source in enumerate(sources):
            await import_release(database, source, day(number))
    said: dict[Key, list[int | None]] = {}
    with closing(sqlite3.connect(copy)) as connection:
        for *key, _, count in connection.execute("SELECT * FROM applications ORDER BY release"):
            said.setdefault(tuple(key), []).append(count)
    return said


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (RowFault.CODE, ("CHI", "USA", 2025, "G", "N", None, "P")),
        (RowFault.COUNT, CHINA),
        (RowFault.UNIT, ("CHI", "USA", 2025, "G", "N", "FI", None)),
        (RowFault.YEAR, ("CHI", "USA", None, "G", "N", "FI", "P")),
        (RowFault.COUNTRY, (None, "USA", 2025, "G", "N", "FI", "P")),
    ],
)
async def test_what_was_readable_before_stands(
    empty_path: Path, tmp_path: Path, fault: RowFault, key: Row
) -> None:
    said = await take_in(
        empty_path, tmp_path, BEFORE, applied([(CHINA_EARLIER, 50), (SYRIA, 25)], (fault, key))
    )
    assert said == {CHINA: [40], CHINA_EARLIER: [50], SYRIA: [20, 25]}


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (RowFault.CODE, ("CHI", "USA", 2024, "G", "N", None, "P")),
        (RowFault.COUNT, ("CHI", "USA", 2025, "G", "R", "FI", "P")),
        (RowFault.COLUMNS, None),
    ],
)
async def test_what_another_row_is_about_is_withdrawn_all_the_same(
    empty_path: Path, tmp_path: Path, fault: RowFault, key: Row | None
) -> None:
    said = await take_in(
        empty_path, tmp_path, BEFORE, applied([(CHINA_EARLIER, 50), (SYRIA, 25)], (fault, key))
    )
    assert said == {CHINA: [40, None], CHINA_EARLIER: [50], SYRIA: [20, 25]}


async def test_the_next_release_says_it_anew_or_withdraws_it(empty_path: Path, tmp_path: Path) -> None:
    odd = applied([(CHINA_EARLIER, 50), (SYRIA, 25)], (RowFault.COUNT, CHINA))
    gone = applied([(CHINA_EARLIER, 50), (SYRIA, 25)])
    assert (await take_in(empty_path, tmp_path, BEFORE, odd, gone))[CHINA] == [40, None]
    again = applied([(CHINA, 45), (CHINA_EARLIER, 50), (SYRIA, 25)])
    assert (await take_in(empty_path, tmp_path, BEFORE, odd, again))[CHINA] == [40, 45]


async def test_a_release_that_only_has_a_row_less_that_can_be_read_says_nothing_new(
    empty_path: Path, tmp_path: Path
) -> None:
    odd = applied([(CHINA_EARLIER, 50), (SYRIA, 20)], (RowFault.COUNT, CHINA))
    with refuses(Unchanged, r"was set aside \(rows: 1; the first is line 100 of asylum-applications\)"):
        await take_in(empty_path, tmp_path, BEFORE, odd)


def test_an_address_outlasts_the_quarantine() -> None:
    odd = Unread(3, RowFault.CODE, "0", "…", ("CHI", "USA", 2025, "G", "N", None, "P"))
    unknown = Unread(4, RowFault.COLUMNS, "3", "…")
    read = list(quarantine.unpack(quarantine.pack([odd, unknown])))
    assert [each.key for each in read if isinstance(each, Unread)] == [odd.key, None]
