"""What stands behind Details: UNHCR's notes as quotations, within Discord's limits, and harmless."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import discord
import pytest

from bot.replies.details import MAX_NOTE, MAX_NOTES, TITLE, quote_notes
from bot.replies.reply import Reply
from data.notes import Note, Touching
from tests.data.countries.atlases import atlas
from tests.nonsense import nonsense

DAY = date(2026, 6, 25)
SUDAN_IN_EGYPT = Note("SUD", "ARE", (2023, 2024, 2025), ("ASY",), "Some wait to be registered.")


def reply(*notes: Note) -> Reply:
    nothing: Any = None
    return Reply(
        nothing, "", (), nothing, lambda: nothing, lambda: (), (), "Global Trends 2025",
        notes=Touching(notes, DAY),
    )  # fmt: skip


def quoted(*notes: Note) -> discord.Embed:
    embed = quote_notes(reply(*notes), atlas())
    assert embed
    return embed


def test_notes_are_quoted_with_whom_and_when_they_are_about() -> None:
    embed = quoted(
        SUDAN_IN_EGYPT,
        Note(None, "USA", (2024,), ("ASY",), "The clerks counted twice."),
        Note("CHI", None, (2020, 2022), ("ASY",), "Counted by hand."),
        Note(None, None, (2020, 2021), (), "Figures are made up."),
    )
    assert embed.title == TITLE
    assert embed.description == (
        "**From Sudan in Egypt, 2023–2025**\n> Some wait to be registered.\n\n"
        "**In the USA, 2024**\n> The clerks counted twice.\n\n"
        "**From China, 2020 and 2022**\n> Counted by hand.\n\n"
        "**All countries, 2020–2021**\n> Figures are made up."
    )


@pytest.mark.parametrize("count", [1, MAX_NOTES, MAX_NOTES + 1, 40, 700])
@pytest.mark.parametrize("length", [1, 300, MAX_NOTE, 4000])
def test_any_number_of_notes_fits_and_says_how_many_are_left_out(count: int, length: int) -> None:
    embed = quoted(*(replace(SUDAN_IN_EGYPT, text="x" * length, years=(1900 + n,)) for n in range(count)))
    said = embed.description or ""
    shown = said.count("\n> ")
    assert 0 < len(said) <= 4096
    assert shown >= 1
    assert shown <= MAX_NOTES
    assert said.endswith(f"… and {count - shown} more.") == (count > shown)


def test_a_note_may_say_anything() -> None:
    for text in nonsense("notes", 300):
        said = quoted(replace(SUDAN_IN_EGYPT, text=text)).description or ""
        head, _, note = said.partition("\n> ")
        assert head == "**From Sudan in Egypt, 2023–2025**"
        assert "\n" not in note
        assert not set("*`~|#[]<>\\@") & set(note)


def test_without_notes_nothing_is_quoted() -> None:
    assert quote_notes(reply(), atlas()) is None
    assert quote_notes(replace(reply(), notes=None), atlas()) is None
