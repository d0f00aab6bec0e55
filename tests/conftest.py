"""What many tests stand on: a database made once, and the bot that answers from it."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import structlog

import tests.examples  # noqa: F401  # the profiles
from bot.log import MIN_LEVELS
from bot.services import Services
from tests.asking import Asker, asking, open_services
from tests.postgresql import ABSENT, find_initdb, run_postgresql
from tests.releases import build_canada, build_once, build_releases


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """The address of a PostgreSQL that is this process's own."""
    if find_initdb() is None:
        pytest.skip(ABSENT)
    with run_postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def releases_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every release. Read it, or copy it: it is everybody's."""
    return build_once(tmp_path_factory, "releases.sqlite3", build_releases)


@pytest.fixture(scope="session")
def canada_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every release, of what Canada counted: a twelfth of the whole. Read it, or copy it."""
    return build_once(tmp_path_factory, "canada.sqlite3", build_canada)


@pytest_asyncio.fixture(scope="session")
async def services(releases_path: Path) -> AsyncIterator[Services]:
    """Everything a cog is given, with what was found before: a first answer takes seconds. Nobody changes it."""
    async with open_services(releases_path) as services:
        yield services


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def asker(services: Services) -> AsyncIterator[Asker]:
    """Somebody who asks the real bot on the double of Discord."""
    async with asking(services) as somebody:
        yield somebody


@pytest.fixture
def canada_copy(canada_path: Path, tmp_path: Path) -> Path:
    """A database of one's own with every release, of what Canada counted."""
    return Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))


@pytest.fixture
async def unheard() -> AsyncIterator[list[object]]:
    """What the loop is told of failures that nobody waits for."""
    found: list[object] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: found.append(context))
    yield found
    loop.set_exception_handler(None)


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Whatever a test has the log do, the next finds it as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in MIN_LEVELS}
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, least in levels.items():
        logging.getLogger(name).setLevel(least)
