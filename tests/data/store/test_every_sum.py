"""Every sum of every release, held against sums that other code makes of the published files."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.published import FIRST_YEAR_OF_NEW, NEW, Key, read_published
from tests.releases import RELEASES, at, needs_release_folders

Sums = dict[Key, list[int | None]]


def sum_up(folder: Path) -> Sums:
    """Pairs, both totals and the world; new applications over all countries of asylum only from 2006 on."""
    sums: Sums = defaultdict(lambda: [None] * 19)
    for (origin, asylum, year, unit), which, count in read_published(folder):
        for key in (
            (origin, asylum, year, unit),
            ("*", asylum, year, unit),
            (origin, "*", year, unit),
            ("*", "*", year, unit),
        ):
            if which != NEW or key[1] != "*" or year >= FIRST_YEAR_OF_NEW:
                sums[key][which] = (sums[key][which] or 0) + count
    return sums


@pytest.mark.proof
@needs_release_folders
@pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: folder.name[:10])
def test_every_sum_is_that_of_the_published_rows(releases_path: Path, folder: Path) -> None:
    with closing(sqlite3.connect(releases_path)) as connection:
        rows = connection.execute(
            "SELECT origin, asylum, year, unit, pending, new, all_stages, recognised, complementary, rejected,"
            " closed, refugees, others_in_need, displaced, stateless, returned_refugees, returned_displaced,"
            " resettled, naturalised, first_recognised, first_complementary, first_rejected, first_closed, max(release)"
            " FROM rollup WHERE release <= ? GROUP BY origin, asylum, year, unit",
            (int(at(date.fromisoformat(folder.name[:10])).timestamp()),),
        )
        kept = {tuple(row[:4]): list(row[4:-1]) for row in rows}
    published = sum_up(folder)
    assert {key: sums for key, sums in kept.items() if any(each is not None for each in sums)} == published
