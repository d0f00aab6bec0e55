"""Move shared state from one database to another: nothing is lost, and nothing is told by both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import NotNow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.state.protocol import SharedState


async def move(source: SharedState, target: SharedState, own: Sequence[str]) -> dict[str, int]:
    """Copy every row but the `own` facts of a file, then remove them; return how many there were by table.

    What was cut off between both is gone on with. Raises `NotNow` where the target holds anything else.
    """
    async with source.reading() as state:
        rows, last = await state.read_rows(own), await state.read_last_number()
    async with target.writing() as state:
        there = await state.read_rows(own)
        if there != rows:
            if any(there.values()):
                raise NotNow("state-not-empty")
            await state.add_rows(rows)
        await state.note_last_number(last)
    async with source.writing() as state:
        await state.remove_rows(own)
    return {table: len(found) for table, found in rows.items()}
