"""What stands behind an answer's Details: the table, all that can be said, and UNHCR's notes, quoted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord

from bot.languages import _
from bot.replies.reply import COLOUR, MAX_DESCRIPTION, MAX_FOOTER, shorten
from bot.replies.understood import say_understood
from bot.words import capitalise, cite, say_day, say_years
from bot.words.measures import say_place
from data.errors import calm
from data.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.replies.reply import Reply
    from data.notes import Note
    from data.questions.view import Countries

MAX_NOTES = 8
MAX_NOTE = 900
MAX_TABLE = 1700
"""A longer table goes into a file."""
MAX_EMBEDS = 6000
"""Characters of all embeds of a message."""
ROOM_FOR_NOTES = 1300
ROOM_FOR_FOOTER = 300
ROOM_FOR_THE_REST = 60
TITLE = "What UNHCR notes on these figures"


def lay_out_details(reply: Reply, countries: Countries) -> list[discord.Embed]:
    """Lay out what a short answer leaves out: the table, the account with all caveats, and the notes."""
    table = [] if is_table_long(reply) else [f"```\n{reply.grid.narrow()}\n```"]
    caveats = [f"• {caveat}" for caveat in reply.caveats]
    room = MAX_EMBEDS - ROOM_FOR_NOTES - ROOM_FOR_FOOTER - sum(map(len, table))
    account = "\n".join((reply.account, *caveats, say_understood(reply.question)))
    said = [*table, shorten(account, min(room, MAX_DESCRIPTION))]
    embeds = [discord.Embed(description=part, colour=discord.Colour(COLOUR)) for part in said]
    if notes := quote_notes(reply, countries):
        embeds.append(notes)
    source = (
        _("{cite} · notes as of {day}", cite=cite(reply.source), day=say_day(reply.notes.day))
        if reply.notes
        else cite(reply.source)
    )
    embeds[-1].set_footer(text=shorten(source, MAX_FOOTER))
    return embeds


def is_table_long(reply: Reply) -> bool:
    """Whether the table is too long for a message."""
    return len(reply.grid.narrow()) > MAX_TABLE


def attach_table(reply: Reply) -> discord.File:
    """Put the table into a file, as wide as it is."""
    return discord.File(io.BytesIO(reply.grid.text().encode()), "asylum-figures.txt")


def quote_notes(reply: Reply, countries: Countries) -> discord.Embed | None:
    """Quote the notes that touch an answer; None where there are none."""
    quoted = _list_notes(reply.notes.notes, countries) if reply.notes else ""
    return discord.Embed(title=TITLE, description=quoted, colour=discord.Colour(COLOUR)) if quoted else None


def _list_notes(notes: tuple[Note, ...], countries: Countries) -> str:
    """Quote as many notes as there is room for, and say how many are left out."""
    shown: list[str] = []
    room = ROOM_FOR_NOTES - ROOM_FOR_THE_REST
    for quoted in _quote(notes[:MAX_NOTES], countries):
        room -= len(quoted) + 2
        if room < 0:
            break
        shown.append(quoted)
    if left := len(notes) - len(shown):
        shown.append(_("… and {left} more.", left=left))
    return "\n\n".join(shown)


def _quote(notes: Iterable[Note], countries: Countries) -> Iterator[str]:
    for note in notes:
        yield f"**{_head(note, countries)}**\n> {calm(note.text, MAX_NOTE)}"


def _head(note: Note, countries: Countries) -> str:
    """Say of whom and when a note is: “From Sudan in Egypt, 2023–2025”."""
    origin, asylum = (
        countries.by_code(code) if code is not None else None for code in (note.origin, note.asylum)
    )
    where = say_place(Place(origin, asylum)) if origin or asylum else _("all countries")
    return f"{capitalise(where)}, {say_years(note.years)}"
