"""What many tests stand on: the starter figures in a database, made once, and the bot that answers from it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.services import Services
from data.opening import open_database
from tests.asking import Asker, asking, open_services


async def _build(path: Path) -> None:
    async with open_database(path):
        pass


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the starter figures. Read it, or copy it: it is everybody's."""
    path = tmp_path_factory.mktemp("starter") / "asylum.sqlite3"
    asyncio.run(_build(path))
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def starter_services(starter_file: Path) -> AsyncIterator[Services]:
    """Everything a cog is given, for tests that run in their module's event loop."""
    async with open_services(starter_file) as services:
        yield services


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def asker(starter_services: Services) -> AsyncIterator[Asker]:
    """Somebody who asks the real bot, which answers from the starter figures, on the double of Discord."""
    async with asking(starter_services) as somebody:
        yield somebody
