"""Bring a database file up to the newest schema, one numbered script after the other."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from data.errors import DatabaseUnusable
from data.store.database import APPLICATION_ID, Database

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered `.sql` file, such as ``0001_releases.sql``."""

    number: int
    sql: str


def list_migrations(folder: Traversable | None = None) -> tuple[Migration, ...]:
    """Read every migration, oldest first, and insist on an unbroken count."""
    folder = folder or files("data") / "schema"
    scripts = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    found = tuple(Migration(int(f.name[:4]), f.read_text("utf-8")) for f in scripts)
    if [m.number for m in found] != list(range(1, len(found) + 1)):
        raise RuntimeError(f"migrations are not numbered 1…{len(found)}")
    return found


async def migrate(database: Database, wanted: tuple[Migration, ...]) -> int:
    """Apply what is missing, each with its version number in one transaction; return how many.

    Raises `DatabaseUnusable` for a file of another program or of a newer version of this one.
    """
    try:
        async with database.reading() as connection:
            rows = await connection.execute_fetchall(
                "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)"
                " FROM pragma_user_version, pragma_application_id"
            )
    except sqlite3.DatabaseError as error:
        raise DatabaseUnusable(
            f"{database.path} is damaged ({error}); restore a backup, or move it away and start again."
        ) from error
    version, application, tables = next(iter(rows))
    if application != APPLICATION_ID and (version or tables):
        raise DatabaseUnusable(
            f"{database.path} belongs to another program; set DATABASE_PATH to another file."
        )
    if version > len(wanted):
        raise DatabaseUnusable(
            f"{database.path} was written by a newer version of this program"
            f" (schema {version}, this one knows {len(wanted)}); update the program."
        )
    for migration in wanted[version:]:
        await database.run_script(
            f"{migration.sql}\nPRAGMA application_id = {APPLICATION_ID};\n"
            f"PRAGMA user_version = {migration.number};"
        )
    return len(wanted) - int(version)
