"""UNHCR's notes as each release brought them: a list is kept once, however many releases have it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from data.notes import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.store.database import Connection


@dataclass(frozen=True, slots=True)
class NoteList:
    """Which list is in force: the `release` (its number) that brought it, its digest, and how long it is."""

    release: int
    digest: str
    notes: int


def digest_of(notes: Sequence[Note]) -> str:
    """Return a digest that is another one as soon as any note, or their order, is."""
    return hashlib.sha256(json.dumps([astuple(note) for note in notes]).encode()).hexdigest()


async def keep(connection: Connection, release: int, notes: Sequence[Note]) -> None:
    """Keep the notes that came with a release, in place of any that it had."""
    digest = digest_of(notes)
    await connection.executemany(
        "INSERT OR IGNORE INTO note (digest, number, origin, asylum, years, populations, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                digest,
                number,
                note.origin,
                note.asylum,
                " ".join(map(str, note.years)),
                " ".join(note.populations),
                note.text,
            )
            for number, note in enumerate(notes, start=1)
        ],
    )
    await connection.execute(
        "INSERT INTO note_list (release, digest, notes) VALUES (?, ?, ?)"
        " ON CONFLICT (release) DO UPDATE SET digest = excluded.digest, notes = excluded.notes",
        (release, digest, len(notes)),
    )


async def find_in_force(connection: Connection, release: int) -> NoteList | None:
    """Return the newest list that came with a published release up to this one (its number)."""
    rows = await connection.execute_fetchall(
        "SELECT note_list.release, note_list.digest, note_list.notes"
        " FROM note_list JOIN release ON release.id = note_list.release"
        " WHERE note_list.release <= ? AND release.state = 'published'"
        " ORDER BY note_list.release DESC LIMIT 1",
        (release,),
    )
    return next((NoteList(int(number), str(digest), int(count)) for number, digest, count in rows), None)


async def read_own(connection: Connection, release: int) -> tuple[Note, ...]:
    """Return the notes that came with this very release, whatever its state; none where none did."""
    rows = await connection.execute_fetchall("SELECT digest FROM note_list WHERE release = ?", (release,))
    return await read_list(connection, next((str(digest) for (digest,) in rows), ""))


async def read_list(connection: Connection, digest: str) -> tuple[Note, ...]:
    """Return the notes of a list, in UNHCR's order."""
    rows = await connection.execute_fetchall(
        "SELECT origin, asylum, years, populations, text FROM note WHERE digest = ? ORDER BY number",
        (digest,),
    )
    return tuple(
        Note(origin, asylum, tuple(map(int, years.split())), tuple(populations.split()), text)
        for origin, asylum, years, populations, text in rows
    )
