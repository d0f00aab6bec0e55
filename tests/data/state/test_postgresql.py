"""What only shared state in PostgreSQL can meet."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from data.errors import DatabaseUnusable
from data.state import postgresql
from data.state.postgresql import PostgresqlState
from tests.data.state.implementations import empty_server
from tests.refusals import refuses


async def test_tables_of_a_newer_program_are_left_alone(postgresql_address: str) -> None:
    await empty_server(postgresql_address)
    async with PostgresqlState(postgresql_address) as state:
        await state.remember("key", "value")
    async with await psycopg.AsyncConnection.connect(postgresql_address) as server:
        await server.execute("UPDATE schema_version SET version = version + 1")

    with refuses(DatabaseUnusable, "update the program"):
        async with PostgresqlState(postgresql_address):
            pass


async def test_what_is_kept_is_there_for_the_next_who_opens_it(postgresql_address: str) -> None:
    await empty_server(postgresql_address)
    async with PostgresqlState(postgresql_address) as state:
        await state.remember("key", "value")

    async with PostgresqlState(postgresql_address) as state:
        assert await state.recall("key") == "value"


async def test_a_server_that_is_away_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(postgresql, "PATIENCE", 0.2)

    with refuses(
        DatabaseUnusable, "PostgreSQL cannot be reached .connection .*No such file.*; check STATE_URL"
    ):
        async with PostgresqlState(f"postgresql://bot@/postgres?host={tmp_path}"):
            pass
