"""What the commands of /asylum have in common: their services, and options that mean the same everywhere."""

from __future__ import annotations

from discord.ext import commands

from bot.services import Services

ORIGIN = "Country or group people came from; leave out for all"
ASYLUM = "Country or group where they asked for asylum; leave out for all"
PER = "Per inhabitant: stocks per 1,000, others per 100,000"
AS_OF = "Answer as UNHCR's figures stood on this day (2025-11-10), or pick a release"
PRIVATE = "Show the answer to you alone"


class CommandBase(commands.Cog):
    """Some of the commands; `cogs.asylum` joins them into one group, which has the services."""

    services: Services
