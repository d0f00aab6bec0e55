"""/asylum top: where most people went, or came from."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.answers import answer
from bot.options import AsOfOption, CountryOption, MeasureOption, RoleOption
from cogs.door import AS_OF, PRIVATE, Door
from data.model import Measure, Place
from data.questions import choose_ranking


class Rankings(Door):
    """Countries set in order."""

    @app_commands.command()
    @app_commands.describe(
        measure="What to rank by; pending claims if left out",
        rank="What to rank; countries of asylum if left out",
        year="Year; the newest if left out",
        origin="Only people from this country",
        asylum="Only people who asked for asylum in this country",
        as_of=AS_OF,
        private=PRIVATE,
    )
    async def top(
        self,
        interaction: discord.Interaction[Any],
        measure: MeasureOption = Measure.PENDING,
        rank: RoleOption | None = None,
        year: int | None = None,
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """The largest countries of asylum or of origin in a year."""
        question = choose_ranking(measure, rank, Place(origin, asylum), year, as_of)
        await answer(interaction, self.services, question, private=private)
