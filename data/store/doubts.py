"""What was wrong with a release: rows that could not be read, and why it was not published."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from data.compare import Kind
from data.model import Dataset
from data.releases.weigh import Doubt, Side, Why
from data.unhcr.parse import Fault, Unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import aiosqlite

    Unreadable = Mapping[Dataset, Iterable[Unread]]


_CODES = {"dataset": Dataset, "kind": Kind, "side": Side}


async def keep_unread(connection: aiosqlite.Connection, release: int, unread: Unreadable) -> None:
    """Keep the rows of a release that could not be read."""
    await fill_unread(
        connection,
        [
            (release, dataset.value, each.line, each.fault.value, each.cell, each.text)
            for dataset, rows in unread.items()
            for each in rows
        ],
    )


async def fill_unread(connection: aiosqlite.Connection, lines: Iterable[Sequence[object]]) -> None:
    """Write those of several releases at once, as they stand in the table."""
    await connection.executemany(
        "INSERT INTO unread (release, dataset, line, fault, cell, text) VALUES (?, ?, ?, ?, ?, ?)", lines
    )


async def read_unread_table(connection: aiosqlite.Connection) -> Iterable[aiosqlite.Row]:
    """Return the whole table: release, dataset, line, fault, cell, text."""
    return await connection.execute_fetchall("SELECT release, dataset, line, fault, cell, text FROM unread")


async def read_unread(connection: aiosqlite.Connection) -> dict[int, dict[Dataset, list[Unread]]]:
    """Return all rows that could not be read, by release and dataset."""
    found: dict[int, dict[Dataset, list[Unread]]] = {}
    for release, dataset, line, fault, cell, text in await connection.execute_fetchall(
        "SELECT release, dataset, line, fault, cell, text FROM unread ORDER BY release, dataset, line"
    ):
        rows = found.setdefault(release, {}).setdefault(Dataset(dataset), [])
        rows.append(Unread(line, Fault(fault), cell, text))
    return found


async def keep_doubt(connection: aiosqlite.Connection, release: int, doubt: Doubt) -> None:
    """Keep why a release was not published."""
    parameters = {name: value for name, value in asdict(doubt).items() if name != "why" and value is not None}
    await connection.execute(
        "INSERT INTO doubt (release, why, parameters) VALUES (?, ?, ?)",
        (release, doubt.why.value, json.dumps(parameters)),
    )


async def read_doubts(connection: aiosqlite.Connection) -> dict[int, Doubt]:
    """Return why releases were not published, as far as that is known."""
    rows = await connection.execute_fetchall("SELECT release, why, parameters FROM doubt")
    return {release: _make_doubt(Why(why), json.loads(parameters)) for release, why, parameters in rows}


def _make_doubt(why: Why, parameters: dict[str, Any]) -> Doubt:
    for name, code in _CODES.items():
        if name in parameters:
            parameters[name] = code(parameters[name])
    return Doubt(why, **parameters)
