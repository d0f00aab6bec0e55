"""Put the starter figures into the database, at the first start and when the program brings newer ones."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from data.revisions import name_kinds
from data.starter.table import read_tables
from data.store import changes, releases, rollups
from data.store.coverage import replace_coverage
from data.store.memory import STARTER, Memory, write_memory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.store.database import Database


def packaged_tables() -> dict[str, str]:
    """Return the text of each table that lies beside this module, by file name."""
    return {
        file.name: file.read_text("utf-8")
        for file in sorted(files("data.starter").iterdir(), key=lambda f: f.name)
        if file.name.endswith(".csv")
    }


async def load_starter(database: Database, tables: Mapping[str, str]) -> bool:
    """Load the starter unless just this one is there already; say whether it was loaded.

    All in one transaction. Releases that were imported in full are left as they are.
    """
    digest = hashlib.sha256("".join(f"{n}\n{t}" for n, t in sorted(tables.items())).encode()).hexdigest()
    if await Memory(database).recall(STARTER) == digest:
        return False
    starter = read_tables(tables)
    async with database.writing() as connection:
        await releases.forget_starters(connection)
        await rollups.forget_starters(connection)
        await replace_coverage(
            connection, starter.coverage.origins, starter.coverage.asylum, starter.coverage.every_asylum
        )
        for release, figures in starter.releases:
            await releases.add_release(connection, release)
            await rollups.sum_starter(
                connection,
                release.id,
                (
                    (*key, pending, new, None, *decisions)
                    for key, (pending, new, *decisions) in figures.items()
                ),
            )
        for before, after in pairwise(release for release, _ in starter.releases):
            await changes.write_changes(connection, after.id, name_kinds(before, after), starter=True)
        await write_memory(connection, STARTER, digest)
    return True
