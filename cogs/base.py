"""What the commands of /asylum have in common: their services, and options that mean the same everywhere."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.languages import OWN_NAMES, Language
from bot.services import Services

ORIGIN = "Where people came from: a country or group"
ASYLUM = "Where they asked for asylum: a country or group"
PER = "Set against inhabitants"
AS_OF = "Answer as UNHCR's figures stood on this day (2025-11-10), or pick a release"
PRIVATE = "Show the answer to you alone"

LANGUAGES = [app_commands.Choice(name=OWN_NAMES[each], value=each.value) for each in Language]
"""Each in its own name, whoever reads it."""


class CommandBase(commands.Cog):
    """Some of the commands; `cogs.asylum` joins them into one group, which has the services."""

    services: Services
