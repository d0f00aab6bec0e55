"""/asylum about: what the bot is."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.answers import answer_about
from cogs.door import PRIVATE, Door


class About(Door):
    """What the bot says of itself."""

    @app_commands.command()
    @app_commands.describe(private=PRIVATE)
    async def about(self, interaction: discord.Interaction[Any], private: bool = True) -> None:
        """Where the figures come from, which releases are kept, and what is done with your data."""
        await answer_about(interaction, self.services, private=private)
