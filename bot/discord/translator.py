"""What Discord shows of the commands in its own languages: descriptions and choices, and never a name.

Names stay as they are, so that a command reads alike in a message, in the documentation and in every client.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from bot.languages import NC_, Language, find_language, pgettext, use

CONTEXT = "a command"
"""Under which the catalogues have what the commands show."""
CHOICES = (
    NC_("a command", "all levels"),
    NC_("a command", "amount"),
    NC_("a command", "change"),
    NC_("a command", "change in percent"),
    NC_("a command", "countries of asylum"),
    NC_("a command", "first instance"),
    NC_("a command", "largest"),
    NC_("a command", "new period"),
    NC_("a command", "completed"),
    NC_("a command", "corrected"),
    NC_("a command", "withdrawn"),
    NC_("a command", "recoded"),
    NC_("a command", "origins"),
    NC_("a command", "per inhabitant"),
    NC_("a command", "smallest"),
    NC_("a command", "year"),
    NC_("a command", "year and country of asylum"),
    NC_("a command", "year and origin"),
    NC_("a command", "year, origin and country of asylum"),
)
"""What choices are called that are made where options are read; a choice without a translation is a code."""
_SHOWN = frozenset(
    {
        Location.command_description,
        Location.group_description,
        Location.parameter_description,
        Location.choice_name,
    }
)


class CommandTranslator(app_commands.Translator):
    """Looks descriptions and choices up in the catalogues."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """Return what a client with this locale shows; None where that is English."""
        language = find_language(locale.value)
        if language is Language.ENGLISH or context.location not in _SHOWN:
            return None
        with use(language):
            told = pgettext(CONTEXT, string.message)
        return told if told != string.message else None
