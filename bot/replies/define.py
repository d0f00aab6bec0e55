"""Entries of the glossary, as a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.languages import _
from bot.replies import groups
from bot.replies.groups import define_group
from bot.replies.reply import COLOUR
from bot.words import capitalise
from data.countries.groups import read_groups
from data.glossary import GROUP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.glossary import Entry

SOURCES: dict[str, tuple[str, str]] = {
    "methodology": (
        "UNHCR, methodology of the Refugee Data Finder",
        "https://www.unhcr.org/refugee-statistics/methodology/",
    ),
    "api": ("UNHCR, Refugee Statistics API", "https://api.unhcr.org/docs/refugee-statistics.html"),
    "convention": (
        "1951 Refugee Convention",
        "https://www.unhcr.org/about-unhcr/who-we-are/1951-refugee-convention",
    ),
    "figures": ("UNHCR's published figures, as this bot keeps them", ""),
    "bot": ("a word of this bot; the definition is its own", ""),
    **{kind: (words, "") for kind, words in groups.SOURCES.items()},
}
"""What stands for each source, and where it is."""
KINDS = {
    "word": "",
    "authority": "UNHCR's code of an authority",
    "stage": "UNHCR's code of a stage",
    "level": "UNHCR's code of a level",
    "unit": "UNHCR's code of a unit",
    "field": "a field of UNHCR's tables",
    "origin code": "UNHCR's code of an origin",
    "sign": "a sign in UNHCR's tables",
    GROUP: "a group of countries",
}


def write_definitions(entries: Sequence[Entry], year: int) -> tuple[str, discord.Embed]:
    """Lay out what a word or code means, all of it where it means two things; and the sources.

    A group is told by who belonged to it in a year, or last did.
    """
    content = "\n".join(_("**{name}**: {say}", name=_name(entry), say=_say(entry, year)) for entry in entries)
    sources = dict.fromkeys(map(_say_source, entries))
    embed = discord.Embed(description="\n".join(sources), colour=discord.Colour(COLOUR))
    return content, embed


def _say(entry: Entry, year: int) -> str:
    return define_group(read_groups()[entry.text], year) if entry.kind == GROUP else entry.text


def _name(entry: Entry) -> str:
    kind = KINDS[entry.kind]
    name = capitalise(entry.name) if entry.kind == "word" else entry.name
    return f"{name}, {kind}" if kind else name


def _say_source(entry: Entry) -> str:
    words, address = SOURCES[entry.source]
    return (
        _("Source: [{words}]({address})", words=words, address=address)
        if address
        else _("Source: {words}", words=words)
    )
