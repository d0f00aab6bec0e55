"""/asylum figures and trend: how many, now and over the years."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.answers import answer
from bot.options import AsOfOption, CountriesOption, CountryOption, MeasureOption, ScaleOption
from cogs.door import AS_OF, ASYLUM, ORIGIN, PRIVATE, Door
from data.model import Place
from data.questions import AskFigures, AskTrend, compare_places


class Figures(Door):
    """What a figure is in a year, and how it moved."""

    @app_commands.command()
    @app_commands.describe(
        origin=ORIGIN, asylum=ASYLUM, year="Year; the newest if left out", as_of=AS_OF, private=PRIVATE
    )
    async def figures(
        self,
        interaction: discord.Interaction[Any],
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        year: int | None = None,
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """Everything about a country or a pair of countries in one year."""
        question = AskFigures(Place(origin, asylum), year, as_of)
        await answer(interaction, self.services, question, private=private)

    @app_commands.command()
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        measure="What to count: a stock stands on a day, the others are per year",
        origin=ORIGIN,
        asylum=ASYLUM,
        versus="Up to five more countries to compare with, separated by commas",
        first="First year; 2000 if left out",
        last="Last year; the newest if left out",
        scale="A log scale shows growth rates, and small beside large",
        as_of=AS_OF,
        private=PRIVATE,
    )
    async def trend(
        self,
        interaction: discord.Interaction[Any],
        measure: MeasureOption,
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        versus: CountriesOption | None = None,
        first: int | None = None,
        last: int | None = None,
        scale: ScaleOption = "linear",
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """One measure over the years, for one country or several."""
        places = compare_places(Place(origin, asylum), versus or ())
        question = AskTrend(measure, places, first, last, scale, as_of)
        await answer(interaction, self.services, question, private=private)
