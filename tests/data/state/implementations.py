"""What keeps shared state, each ready to be asked. To add one: open it here, and list it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Protocol

from data.model import ReferencePeriod, Release
from data.state.protocol import SharedState
from data.state.sqlite import SqliteState
from data.store import releases
from data.store.database import Database


class Kept(Protocol):
    """Shared state, and the releases that it knows of."""

    state: SharedState
    figures: Database

    async def publish(self, number: int) -> None:
        """Have it know a published release."""

    async def withdraw(self, number: int) -> None:
        """Have it know that a release is withdrawn."""


@dataclass
class Sqlite:
    """In the file of the figures, where the releases are as well."""

    figures: Database

    def __post_init__(self) -> None:
        self.state: SharedState = SqliteState(self.figures)

    async def publish(self, number: int) -> None:
        moment = datetime.fromtimestamp(number, UTC)
        release = Release(number, moment, f"Release {number}", 2025, ReferencePeriod.YEAR_END)
        async with self.figures.writing() as connection:
            await releases.add_release(connection, release)

    async def withdraw(self, number: int) -> None:
        async with self.figures.writing() as connection:
            await releases.withdraw_release(connection, number, "digest")


IMPLEMENTATIONS: Mapping[str, type[Kept]] = MappingProxyType({"sqlite": Sqlite})
