"""/asylum ask: a question in plain words."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.sentences import answer_question
from cogs.base import PRIVATE, CommandBase

MAX_QUESTION = 1000


class AskCommand(CommandBase):
    """Questions as people would put them to each other."""

    @app_commands.command()
    @app_commands.describe(
        question="For example: How many Chinese applied for asylum in Canada last year?", private=PRIVATE
    )
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        question: app_commands.Range[str, 1, MAX_QUESTION],
        private: bool = False,
    ) -> None:
        """Ask in plain English; the answer says how it was understood, and can be corrected."""
        await answer_question(interaction, self.services, question, private=private)
