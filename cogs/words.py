"""/asylum define: what words and codes mean."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.answers import answer_definition
from bot.chat.choices import WordOption
from cogs.door import PRIVATE, Door


class Words(Door):
    """The glossary."""

    @app_commands.command()
    @app_commands.describe(word="A word such as “pending”, or one of UNHCR's codes", private=PRIVATE)
    async def define(
        self, interaction: discord.Interaction[Any], word: WordOption, private: bool = False
    ) -> None:
        """What a word or one of UNHCR's codes means, in two sentences."""
        await answer_definition(interaction, word, private=private)
