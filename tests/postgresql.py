"""A PostgreSQL of the tests' own: made in a new folder, listening on a socket there, and gone at the end."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql")
ABSENT = "no initdb here: install PostgreSQL to test shared state on it"


@cache
def find_initdb() -> Path | None:
    """Return where `initdb` is: on the path, or where Debian keeps its newest."""
    if found := shutil.which("initdb"):
        return Path(found).resolve()
    return max((path for place in PLACES for path in Path(place).glob("**/bin/initdb")), default=None)


@dataclass(frozen=True)
class Server:
    """One that runs: its address, the folder of its socket, and what stops it at once and starts it again."""

    address: str
    folder: Path
    stop: Callable[[], None]
    start: Callable[[], None]


@dataclass
class Way:
    """The way of one process to PostgreSQL, which may be cut: then nothing comes through, and nobody is told."""

    server: Server
    folder: Path
    open: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"postgresql://bot@/postgres?host={self.folder}"

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        """Lend it, open."""
        self.open.set()
        self.folder.mkdir()
        listening = await asyncio.start_unix_server(self._relay, self.folder / ".s.PGSQL.5432")
        try:
            yield
        finally:
            listening.close()
            for task in self._tasks:
                task.cancel()
            if self._tasks:
                await asyncio.wait(self._tasks)

    async def _relay(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            far, there = await asyncio.open_unix_connection(self.server.folder / ".s.PGSQL.5432")
        except OSError:
            back.close()
            return
        for reader, writer in ((near, there), (far, back)):
            task = asyncio.create_task(self._pass_on(reader, writer))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError):
                while content := await reader.read(65_536):
                    await self.open.wait()
                    writer.write(content)
                    await writer.drain()
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


@contextmanager
def run_postgresql() -> Iterator[str]:
    """Run a server with nothing in it, and give its address."""
    with run_server() as server:
        yield server.address


@contextmanager
def run_server() -> Iterator[Server]:
    """Run a server with nothing in it."""
    initdb = find_initdb()
    assert initdb is not None, ABSENT
    folder = Path(tempfile.mkdtemp(prefix="asylum-postgresql-"))
    # It refuses to run as root, as in a container; whoever else is at hand will do.
    who = "nobody" if os.geteuid() == 0 else None
    if who:
        shutil.chown(folder, who)

    def run(program: str, *words: str) -> None:
        command = [initdb.parent / program, "-D", folder / "cluster", *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=who)

    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    try:
        run("initdb", "-U", "bot", "-A", "trust", "-N", "--locale=C.UTF-8")
        start = partial(run, "pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        stop = partial(run, "pg_ctl", "-w", "-m", "immediate", "stop")
        start()
        try:
            yield Server(f"postgresql://bot@/postgres?host={folder}", folder, stop, start)
        finally:
            stop()
    finally:
        shutil.rmtree(folder)
