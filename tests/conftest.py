"""What many tests stand on: databases made once, and the bot that answers from them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.services import Services
from tests.asking import Asker, asking, open_services
from tests.releases import build_full, build_once, build_starter, needs_full_releases


@pytest.fixture(scope="session")
def starter_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as it is after the first start. Read it, or copy it: it is everybody's."""
    return build_once(tmp_path_factory, "starter.sqlite3", build_starter)


@pytest.fixture(scope="session")
def full_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all full releases. Read it, or copy it: it is everybody's."""
    return build_once(tmp_path_factory, "full.sqlite3", build_full)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def starter_services(starter_path: Path) -> AsyncIterator[Services]:
    """Everything a cog is given, for tests that run in their module's event loop."""
    async with open_services(starter_path) as services:
        yield services


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def full_services(full_path: Path) -> AsyncIterator[Services]:
    """The same from the full releases."""
    async with open_services(full_path) as services:
        yield services


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def asker(starter_services: Services) -> AsyncIterator[Asker]:
    """Somebody who asks the real bot, which answers from the starter figures, on the double of Discord."""
    async with asking(starter_services) as somebody:
        yield somebody


@pytest_asyncio.fixture(
    scope="module",
    loop_scope="module",
    params=["starter_path", pytest.param("full_path", marks=needs_full_releases)],
    ids=["starter", "full"],
)
async def either_services(request: pytest.FixtureRequest) -> AsyncIterator[Services]:
    """The same from the starter figures, and again from the full releases."""
    async with open_services(request.getfixturevalue(request.param)) as services:
        yield services


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def either_asker(either_services: Services) -> AsyncIterator[Asker]:
    """The same for those who ask by command."""
    async with asking(either_services) as somebody:
        yield somebody
