"""Steps: what a host did with a release, written down with its file, so that all others do the same."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import astuple
from typing import TYPE_CHECKING

from data.model import Dataset
from data.notes import Note
from data.state.cluster import Deed, Step
from data.state.opening import facts_of
from data.store.quarantine import PLACES, pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.model import Release
    from data.releases.publication import Source
    from data.state.protocol import StateTransaction
    from data.store.database import Connection

TAKEN = "steps taken"
"""The key of the fact which step a file of figures took last."""

NOTES = "notes"
"""The part of a file that holds UNHCR's notes."""


async def read_taken(connection: Connection) -> int:
    """Return the number of the last step that this file took; 0 where it took none."""
    return int(await facts_of(connection).recall(TAKEN) or 0)


async def note_taken(connection: Connection, number: int) -> None:
    """Write down that a step is taken, within the transaction that takes it."""
    await facts_of(connection).remember(TAKEN, str(number))


async def share(connection: Connection, state: StateTransaction, step: Step) -> None:
    """Have every other host do the same, inside the caller's transactions.

    Raises `NotNow` where another host took a step that this one did not take yet.
    """
    if number := await state.share_step(step, await read_taken(connection)):
        await note_taken(connection, number)


def make_step(deed: Deed, release: Release, parts: Mapping[str, bytes] | None = None, **told: object) -> Step:
    """Write a step down, with what the release is called and covers."""
    known = {"label": release.label, "period": release.period.value, "newest_year": release.newest_year}
    return Step(release.id, deed, json.dumps({**known, **told}), pack_file(parts) if parts else b"")


def pack_source(source: Source, last_year: int) -> dict[str, bytes]:
    """Compress all that a source holds, a part for each dataset and one for places."""
    parts = {dataset.value: pack(source.rows(dataset, last_year)) for dataset in Dataset}
    return {**parts, PLACES: pack(source.places())}


def pack_file(parts: Mapping[str, bytes]) -> bytes:
    """Put the parts of a release, which are compressed already, into one file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def unpack_file(file: bytes) -> dict[str, bytes]:
    """Read back what `pack_file` wrote."""
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack_notes(notes: Sequence[Note]) -> dict[str, bytes]:
    """Write notes as a part of a release's file; no part where there is none."""
    return {NOTES: json.dumps([astuple(note) for note in notes]).encode()} if notes else {}


def unpack_notes(parts: Mapping[str, bytes]) -> tuple[Note, ...]:
    """Read them back."""
    return tuple(
        Note(origin, asylum, tuple(years), tuple(populations), text)
        for origin, asylum, years, populations, text in json.loads(parts.get(NOTES, b"[]"))
    )
