"""Shared state in PostgreSQL, for a bot whose servers and subscriptions shall outlive the machine it runs on.

`psycopg` comes with the extra “postgresql” and is imported by this module alone.
"""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from data.errors import DatabaseUnusable
from data.state.sql import SqlState, Transaction
from data.state.sql.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

    from data.state.model import Delivery
    from data.state.protocol import SupersededRow
    from data.store.database import Connection

SCHEMA = 1
_TABLES = files("data.state") / "postgresql.sql"
_WRITER = 0x4153594C
"""Whoever writes holds this lock until the transaction ends, as SQLite lets one write at a time."""
_CONNECTIONS = 4
PATIENCE = 10.0
"""Seconds to wait for a first connection before saying that there is none,"""

SHORT_PATIENCE = 1.5
"""and later, when somebody waits for an answer: who asks a command is told within three."""

LEND_PATIENCE = 2.0
"""Seconds to wait in all where the way is cut: then nothing comes back at all, and asking would never end."""

AWAY_FOR = 2.0
"""Seconds for which a server that did not answer is not asked again, or everybody would wait for that."""

_ON_THE_WAY: dict[str, str | int] = {
    "connect_timeout": 3,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 4000,  # milliseconds
    # A process that is stopped in a transaction, or cut off, must not keep all others from writing.
    "options": "-c idle_in_transaction_session_timeout=3s -c lock_timeout=6s",
    "application_name": "asylum-bot",
}
"""What a connection is opened with, so that it is known within seconds that its other end is gone."""


@lru_cache(maxsize=200)
def _translate(sql: str) -> str:
    """Write `?` and `:name` as psycopg wants them; no statement has either in a text of its own."""
    return re.sub(r":([a-z]\w*)", r"%(\1)s", sql).replace("?", "%s")


class _Statements:
    """A connection that takes statements as SQLite's does."""

    def __init__(self, connection: psycopg.AsyncConnection[Sequence[Any]]) -> None:
        self._connection = connection

    async def execute(self, sql: str, parameters: Any = None, /) -> None:
        await self._connection.execute(_translate(sql), parameters)

    async def execute_fetchall(self, sql: str, parameters: Any = None, /) -> list[Sequence[Any]]:
        cursor = await self._connection.execute(_translate(sql), parameters)
        return await cursor.fetchall()

    async def executemany(self, sql: str, parameters: Iterable[Any], /) -> None:
        async with self._connection.cursor() as cursor:
            await cursor.executemany(_translate(sql), parameters)


_AWAY = (
    psycopg.OperationalError,
    psycopg.InterfaceError,  # the connection is closed already
    psycopg.errors.IdleInTransactionSessionTimeout,
)


@contextmanager
def _failures_in_words() -> Iterator[None]:
    """Turn what the server or the way to it does wrong into `DatabaseUnusable`."""
    try:
        yield
    except _AWAY as error:
        raise DatabaseUnusable("state-unreachable", why=str(error).splitlines()[0]) from error


class _Transaction(Cluster, Transaction):
    """The figures are not here, but which releases there are, and what hosts know of each other."""

    async def read_last_number(self) -> int:
        ((last, given),) = await self._connection.execute_fetchall(
            "SELECT last_value, is_called FROM subscription_id_seq"
        )
        return int(last) if given else 0

    async def note_last_number(self, number: int) -> None:
        for table, last in (
            ("subscription", str(int(number))),
            ("delivery", "(SELECT max(id) FROM delivery)"),
        ):
            await self._connection.execute_fetchall(
                f"SELECT setval('{table}_id_seq', greatest(1, {last}), coalesce({last}, 0) > 0)"
            )

    async def remove_rows(self, own: Sequence[str]) -> None:
        await super().remove_rows(own)
        for table in ("release", "release_step", "process", "duty"):
            await self._connection.execute(f"DELETE FROM {table}")

    async def claim(self, holder: str, now: datetime, until: datetime, most: int) -> tuple[Delivery, ...]:
        return await super().claim(holder, now, until, most) if await self._knows_all() else ()

    async def claim_superseded(self, now: datetime, until: datetime, most: int) -> list[SupersededRow]:
        return await super().claim_superseded(now, until, most) if await self._knows_all() else []


class _BriefStatements:
    """Statements that read, each in a transaction of its own: nothing is held up between them."""

    def __init__(self, state: PostgresqlState) -> None:
        self._state = state

    async def execute(self, sql: str, parameters: Any = None, /) -> None:
        async with self._state.looking() as statements:
            await statements.execute(sql, parameters)

    async def execute_fetchall(self, sql: str, parameters: Any = None, /) -> list[Sequence[Any]]:
        async with self._state.looking() as statements:
            return await statements.execute_fetchall(sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Any], /) -> None:
        async with self._state.looking() as statements:
            await statements.executemany(sql, parameters)


class _LateStatements:
    """Statements whose transaction begins with the first of them."""

    def __init__(self, state: PostgresqlState, open_: AsyncExitStack) -> None:
        self._state = state
        self._open = open_
        self._begun: _Statements | None = None

    async def _begin(self) -> _Statements:
        if self._begun is None:
            self._begun = _Statements(await self._open.enter_async_context(self._state.locking()))
        return self._begun

    async def execute(self, sql: str, parameters: Any = None, /) -> None:
        await (await self._begin()).execute(sql, parameters)

    async def execute_fetchall(self, sql: str, parameters: Any = None, /) -> list[Sequence[Any]]:
        return await (await self._begin()).execute_fetchall(sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Any], /) -> None:
        await (await self._begin()).executemany(sql, parameters)


class _LateTransaction(_Transaction):
    """Beside figures, whose own transaction may take long: nobody else's writing waits for all of that."""

    def __init__(self, state: PostgresqlState, statements: _LateStatements) -> None:
        super().__init__(statements)
        self._state = state

    async def read_announced(self) -> frozenset[int]:
        # Asked for early. Whoever shares a step knows that no release has come since.
        async with self._state.reading() as transaction:
            return await transaction.read_announced()


class PostgresqlState(SqlState):
    """Shared state at an address like `postgresql://bot@host/asylum`; open it with `async with`.

    Raises `DatabaseUnusable` where PostgreSQL cannot be reached or its tables are a newer program's.
    """

    def __init__(self, address: str) -> None:
        try:
            address = make_conninfo(address, **_ON_THE_WAY)
        except psycopg.ProgrammingError:
            raise DatabaseUnusable("state-address") from None  # which may repeat the password
        self._address = address
        self._pool = AsyncConnectionPool(
            address,
            min_size=1,
            max_size=_CONNECTIONS,
            timeout=PATIENCE,
            open=False,
            check=AsyncConnectionPool.check_connection,  # or each fails once after a restart of the server
        )
        self._away_until = 0.0
        self._left_behind: set[asyncio.Future[str | None]] = set()
        self._returning: set[asyncio.Future[None]] = set()
        self._clock = (datetime.now(UTC), time.monotonic())

    async def __aenter__(self) -> Self:
        try:
            with _failures_in_words():
                await self._open_pool()
            await self._prepare()
            await self.set_clock()
        except BaseException:
            await self._pool.close()
            raise
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._pool.close()

    async def _open_pool(self) -> None:
        """Wait for the pool's first connection; where none comes, one by itself says why."""
        try:
            await self._pool.open(wait=True, timeout=PATIENCE)
        except PoolTimeout:
            async with await psycopg.AsyncConnection.connect(self._address):
                raise

    def clock(self) -> datetime:
        then, at = self._clock
        return then + timedelta(seconds=time.monotonic() - at)

    async def recall(self, key: str) -> str | None:
        # Whoever waits for this waits for no way that broke: what was asked is left behind.
        asking = asyncio.ensure_future(super().recall(key))
        done, _ = await asyncio.wait({asking}, timeout=SHORT_PATIENCE)
        if done:
            return asking.result()
        self._away_until = time.monotonic() + AWAY_FOR
        self._left_behind.add(asking)
        asking.add_done_callback(self._forget_left_behind)
        raise DatabaseUnusable("state-away")

    def _forget_left_behind(self, asked: asyncio.Future[str | None]) -> None:
        self._left_behind.discard(asked)
        if not asked.cancelled():
            asked.exception()  # it was told already

    async def set_clock(self) -> None:
        async with self.reading() as transaction:
            began = time.monotonic()
            self._clock = (await transaction.read_clock(), (began + time.monotonic()) / 2)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[_Transaction]:
        async with self.looking() as statements:
            yield _Transaction(statements)

    @asynccontextmanager
    async def reading_beside(self, figures: Connection) -> AsyncIterator[_Transaction]:  # noqa: ARG002
        yield _Transaction(_BriefStatements(self))

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[_Statements]:
        """Lend statements in one transaction that changes nothing."""
        async with self._connect() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield _Statements(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[_Transaction]:
        async with self.locking() as connection:
            yield _Transaction(_Statements(connection))

    @asynccontextmanager
    async def beside(self, figures: Connection) -> AsyncIterator[_Transaction]:  # noqa: ARG002
        # Kept when the block ends, and so before the figures: what is owed of a release waits for it.
        async with AsyncExitStack() as opened:
            yield _LateTransaction(self, _LateStatements(self, opened))

    @asynccontextmanager
    async def locking(self) -> AsyncIterator[psycopg.AsyncConnection[Sequence[Any]]]:
        """Lend a connection in the only transaction that writes."""
        async with self._connect() as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))
            yield connection

    @asynccontextmanager
    async def _connect(self) -> AsyncIterator[psycopg.AsyncConnection[Sequence[Any]]]:
        """Lend a connection in a transaction: committed on success, rolled back on any failure."""
        if time.monotonic() < self._away_until:
            raise DatabaseUnusable("state-away")
        try:
            with _failures_in_words():
                connection = await self._take()
                try:
                    async with connection:  # it is the pool's, and stays open
                        yield connection
                finally:
                    await self._pool.putconn(connection)
        except DatabaseUnusable as error:
            if error.code == "state-unreachable":
                self._away_until = time.monotonic() + AWAY_FOR
            raise

    async def _take(self) -> psycopg.AsyncConnection[tuple[Any, ...]]:
        """Take one that works. One that is still asked whether it does is left behind, and never closed."""
        taking = asyncio.ensure_future(self._pool.getconn(SHORT_PATIENCE))
        try:
            done, _ = await asyncio.wait({taking}, timeout=LEND_PATIENCE)
        except asyncio.CancelledError:
            self._leave(taking)
            raise
        if done:
            return taking.result()
        self._leave(taking)
        self._away_until = time.monotonic() + AWAY_FOR
        raise DatabaseUnusable("state-away")

    def _leave(self, taking: asyncio.Task[psycopg.AsyncConnection[tuple[Any, ...]]]) -> None:
        """See to it that a connection that comes too late is given back."""

        async def give_back() -> None:
            with suppress(psycopg.Error):  # there is none to give back
                await self._pool.putconn(await taking)

        task = asyncio.ensure_future(give_back())
        self._returning.add(task)
        task.add_done_callback(self._returning.discard)

    async def _prepare(self) -> None:
        """Make the tables where there are none."""
        async with self._connect() as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))
            await connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)")
            cursor = await connection.execute("SELECT version FROM schema_version")
            (version,) = await cursor.fetchone() or (0,)
            if version > SCHEMA:
                raise DatabaseUnusable("state-is-newer", schema=version, known=SCHEMA)
            if not version:
                await connection.execute(_TABLES.read_bytes())
                await connection.execute("INSERT INTO schema_version VALUES (%s)", (SCHEMA,))
