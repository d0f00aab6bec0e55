"""The group /asylum: all its commands together, and the buttons of their answers."""

from __future__ import annotations

from discord.ext import commands

from bot.buttons import BUTTONS
from bot.client import AsylumBot
from bot.services import Services
from cogs.about import About
from cogs.decisions import Decisions
from cogs.figures import Figures
from cogs.maps import Maps
from cogs.periods import Periods
from cogs.rankings import Rankings
from cogs.releases import Releases


class Asylum(
    Figures, Rankings, Decisions, Maps, Periods, Releases, About, commands.GroupCog, group_name="asylum"
):
    """Figures on asylum, from UNHCR's statistics."""

    def __init__(self, services: Services) -> None:
        self.services = services


async def setup(bot: AsylumBot) -> None:
    """Add the group and the buttons of its answers; called by `load_extension`."""
    bot.add_dynamic_items(*BUTTONS)
    await bot.add_cog(Asylum(bot.services))
