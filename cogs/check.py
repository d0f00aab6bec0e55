"""/asylum check, and the message menu: what stands behind the figures of a text."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.check import MAX_TEXT, read_message
from bot.chat.sentences import answer_claims
from bot.services import Services
from cogs.base import PRIVATE, CommandBase

MENU = "Check asylum figures"


class CheckCommand(CommandBase):
    """Where numbers come from."""

    @app_commands.command()
    @app_commands.describe(text="An article or a claim: at most 6,000 characters", private=PRIVATE)
    async def check(
        self,
        interaction: discord.Interaction[Any],
        text: app_commands.Range[str, 1, MAX_TEXT],
        private: bool = False,
    ) -> None:
        """Check the asylum figures in a text, claim by claim."""
        written = interaction.created_at.date()
        await answer_claims(interaction, self.services, text, written, private=private)


def make_message_menu(services: Services) -> app_commands.ContextMenu:
    """Make the entry “Check asylum figures” of a message's menu; its answer is for the asker alone."""

    async def check_message(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        text, written = read_message(message)
        await answer_claims(interaction, services, text, written, private=True)

    return app_commands.ContextMenu(name=MENU, callback=check_message)
