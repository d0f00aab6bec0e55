"""A PostgreSQL of the tests' own: made in a new folder, listening on a socket there, and gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
