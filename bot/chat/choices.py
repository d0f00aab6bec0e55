"""Slash-command options that are picked from a short list."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.client import services_of
from bot.options import MOST_CHOICES, Choices, choose
from bot.replies.files import FileFormat
from data.glossary import Entry
from data.model import Level
from data.questions import By


class LevelTransformer(app_commands.Transformer):
    """Turns a choice into the `Level` of decisions."""

    @property
    def choices(self) -> Choices:
        """Both."""
        return [
            app_commands.Choice(name="all levels", value=Level.ALL.value),
            app_commands.Choice(name="first instance", value=Level.FIRST.value),
        ]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Level:
        """Read the level."""
        del interaction
        return choose(Level, value, "level")


class ByTransformer(app_commands.Transformer):
    """Turns a choice into what an export has one line for."""

    @property
    def choices(self) -> Choices:
        """A year alone, or with countries."""
        return [
            app_commands.Choice(name=name, value=by.value)
            for by, name in (
                (By.YEAR, "year"),
                (By.ORIGIN, "year and origin"),
                (By.ASYLUM, "year and country of asylum"),
                (By.PAIR, "year, origin and country of asylum"),
            )
        ]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> By:
        """Read the choice."""
        del interaction
        return choose(By, value, "kind of line")


class FormatTransformer(app_commands.Transformer):
    """Turns a choice into the format of a file."""

    @property
    def choices(self) -> Choices:
        """All formats."""
        return [app_commands.Choice(name=form.value.upper(), value=form.value) for form in FileFormat]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> FileFormat:
        """Read the format."""
        del interaction
        return choose(FileFormat, value, "format")


class WordTransformer(app_commands.Transformer):
    """Turns a word or code into the entries of the glossary."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> tuple[Entry, ...]:
        """Find the entries, or fail with suggestions."""
        return services_of(interaction).glossary.find(str(value))

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer words and codes; the usual ones before anything is typed."""
        found = services_of(interaction).glossary.suggest(str(value), MOST_CHOICES)
        return [app_commands.Choice(name=entry.name, value=entry.name) for entry in found]


LevelOption = app_commands.Transform[Level, LevelTransformer]
ByOption = app_commands.Transform[By, ByTransformer]
FormatOption = app_commands.Transform[FileFormat, FormatTransformer]
WordOption = app_commands.Transform[tuple[Entry, ...], WordTransformer]
