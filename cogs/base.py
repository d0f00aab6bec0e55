"""What the commands of /asylum have in common: their services, and options that mean the same everywhere."""

from __future__ import annotations

from discord.ext import commands

from bot.services import Services

ORIGIN = "Where people came from: a country or group"
ASYLUM = "Where they asked for asylum: a country or group"
PER = "Set against inhabitants"
AS_OF = "Answer as UNHCR's figures stood on this day (2025-11-10), or pick a release"
PRIVATE = "Show the answer to you alone"


class CommandBase(commands.Cog):
    """Some of the commands; `cogs.asylum` joins them into one group, which has the services."""

    services: Services
