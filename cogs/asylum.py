"""The group /asylum: all its commands together, and the buttons of their answers."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.chat.buttons import BUTTONS
from bot.chat.checks import ChartMenu
from bot.chat.corrections import CORRECTIONS
from bot.client import AsylumBot
from bot.services import Services
from cogs.about import About
from cogs.claims import MENU, Claims, make_message_menu
from cogs.decisions import Decisions
from cogs.exports import Exports
from cogs.figures import Figures
from cogs.maps import Maps
from cogs.periods import Periods
from cogs.questions import Questions
from cogs.rankings import Rankings
from cogs.releases import Releases
from cogs.words import Words


class Asylum(
    Figures,
    Rankings,
    Decisions,
    Maps,
    Periods,
    Exports,
    Releases,
    Questions,
    Claims,
    Words,
    About,
    commands.GroupCog,
    group_name="asylum",
):
    """Figures on asylum, from UNHCR's statistics."""

    def __init__(self, services: Services) -> None:
        self.services = services


async def setup(bot: AsylumBot) -> None:
    """Add the group, the message menu and the buttons of their answers; called by `load_extension`."""
    bot.add_dynamic_items(*BUTTONS, *CORRECTIONS, ChartMenu)
    bot.tree.add_command(make_message_menu(bot.services))
    await bot.add_cog(Asylum(bot.services))


async def teardown(bot: AsylumBot) -> None:
    """Take back what is not the group's own; called by `unload_extension`."""
    bot.tree.remove_command(MENU, type=discord.AppCommandType.message)
    bot.remove_dynamic_items(*BUTTONS, *CORRECTIONS, ChartMenu)
