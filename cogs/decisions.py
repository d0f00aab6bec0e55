"""/asylum decisions: what became of claims."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.answers import answer
from bot.chat.choices import LevelOption
from bot.options import AsOfOption, CountryOption
from cogs.door import AS_OF, ASYLUM, ORIGIN, PRIVATE, Door
from data.model import Level, Place
from data.questions import AskDecisions


class Decisions(Door):
    """Outcomes of claims, and how many were recognised."""

    @app_commands.command()
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        origin=ORIGIN,
        asylum=ASYLUM,
        level="First instance alone, or all levels with appeals and reviews; all if left out",
        first="First year; 2000 if left out",
        last="Last year; the newest if left out",
        as_of=AS_OF,
        private=PRIVATE,
    )
    async def decisions(
        self,
        interaction: discord.Interaction[Any],
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        level: LevelOption = Level.ALL,
        first: int | None = None,
        last: int | None = None,
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """What became of claims over the years: outcomes, and the recognition and protection rates."""
        question = AskDecisions(Place(origin, asylum), level, first, last, as_of)
        await answer(interaction, self.services, question, private=private)
