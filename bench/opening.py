"""Opening what the program opens, as the program does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.__main__ import _open_services
from bot.services import Services
from bot.upkeep import collecting_young


@asynccontextmanager
async def open_services(database: Path) -> AsyncIterator[Services]:
    """Everything a cog is given, from this database."""
    async with _open_services(database) as (services, _):
        with collecting_young():
            yield services
