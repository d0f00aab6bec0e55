"""Bring a database file up to the newest schema, one numbered script after the other."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from data.errors import DatabaseUnusable, Phrase
from data.store.database import APPLICATION_ID, Connection, Database, failures_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
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
        raise RuntimeError([m.number for m in found])
    return found


async def migrate(database: Database, wanted: tuple[Migration, ...]) -> int:
    """Apply what is missing, each with its version number in one transaction; return how many.

    Raises `DatabaseUnusable` as `find_missing` does.
    """
    missing = await find_missing(database, wanted)
    with failures_in_words(database.path):
        return sum([await _apply(database, migration) for migration in missing])


async def find_missing(database: Database, wanted: tuple[Migration, ...]) -> tuple[Migration, ...]:
    """Return what is still to be applied.

    Raises `DatabaseUnusable` for a file of another program, of a newer version of this one, or of one that
    was never released.
    """
    with failures_in_words(database.path):
        async with database.reading() as connection:
            rows = await connection.execute_fetchall(
                "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)"
                " FROM pragma_user_version, pragma_application_id"
            )
    version, application, tables = next(iter(rows))
    if application != APPLICATION_ID and (version or tables):
        raise DatabaseUnusable("database-is-anothers", path=database.path)
    if version > len(wanted):
        raise DatabaseUnusable("database-is-newer", path=database.path, schema=version, known=len(wanted))
    await _insist_on_schema(database, wanted, version)
    return wanted[version:]


async def is_current(connection: Connection, wanted: tuple[Migration, ...]) -> bool:
    """Say whether every migration was applied."""
    ((version,),) = await connection.execute_fetchall("PRAGMA user_version")
    return bool(version == len(wanted))


_SCHEMA = """
SELECT m.type || ' ' || m.name, coalesce(c.name, ''), coalesce(c.type, ''), coalesce(c."notnull", 0),
       coalesce(c.pk, 0)
  FROM sqlite_master AS m LEFT JOIN pragma_table_info(m.name) AS c ON m.type = 'table'
 WHERE m.name NOT LIKE 'sqlite~_%' ESCAPE '~'
"""


async def _insist_on_schema(database: Database, wanted: tuple[Migration, ...], version: int) -> None:
    """Refuse a file whose tables are not those that its scripts make, or that has what one to come will make.

    Scripts are never edited once they are released, but a version in between may have had others, or had
    them in another order.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript("".join(migration.sql for migration in wanted[:version]))
        expected = set(connection.execute(_SCHEMA))
        connection.executescript("".join(migration.sql for migration in wanted[version:]))
        to_come = set(connection.execute(_SCHEMA)) - expected
    with failures_in_words(database.path):
        async with database.reading() as reader:
            found = {tuple(row) for row in await reader.execute_fetchall(_SCHEMA)}
    if wrong := sorted(expected - found) or sorted(found & to_come):
        what, column, *_ = wrong[0]
        part = Phrase("column-of", table=what, column=column) if column else what
        raise DatabaseUnusable("database-is-unfinished", path=database.path, part=part)


async def _apply(database: Database, migration: Migration) -> bool:
    """Run one migration, unless another process was quicker."""
    async with database.writing() as connection:
        ((version,),) = await connection.execute_fetchall("PRAGMA user_version")
        if version >= migration.number:
            return False
        for statement in _split(migration.sql):
            await connection.execute(statement)
        await connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        await connection.execute(f"PRAGMA user_version = {migration.number}")
    return True


def _split(script: str) -> Iterator[str]:
    """Yield the statements of a script; each ends at the end of a line."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
