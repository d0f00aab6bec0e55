"""/asylum map: where people went, or came from."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.answers import answer
from bot.options import AsOfOption, CountryOption, MeasureOption, RoleOption
from cogs.door import AS_OF, PRIVATE, Door
from data.model import Measure, Place
from data.questions import choose_map


class Maps(Door):
    """Countries on a map."""

    @app_commands.command()
    @app_commands.describe(
        measure="What to colour by; pending claims if left out",
        by="Which countries to colour; countries of asylum if left out",
        origin="Only people from this country: where they went",
        asylum="Only people who asked for asylum in this country: where they came from",
        year="Year; the newest if left out",
        as_of=AS_OF,
        private=PRIVATE,
    )
    async def map(
        self,
        interaction: discord.Interaction[Any],
        measure: MeasureOption = Measure.PENDING,
        by: RoleOption | None = None,
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        year: int | None = None,
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """Where people went, or came from, on a world map."""
        question = choose_map(measure, by, Place(origin, asylum), year, as_of)
        await answer(interaction, self.services, question, private=private)
