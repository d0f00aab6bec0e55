"""The group /asylum: figures, trend, top and about."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.answering import answer, answer_about
from bot.buttons import BUTTONS
from bot.client import AsylumBot
from bot.options import (
    AsOfOption,
    CountriesOption,
    CountryOption,
    KindOption,
    MeasureOption,
    RoleOption,
    ScaleOption,
)
from bot.services import Services
from data.model import Measure, Place
from data.questions import AskChanges, AskFigures, AskHistory, AskTrend, choose_ranking, compare_places

ORIGIN = "Country people came from; leave out for all"
ASYLUM = "Country where they asked for asylum; leave out for all"
AS_OF = "Answer as UNHCR's figures stood on this day (2025-11-10), or pick a release"
PRIVATE = "Show the answer to you alone"


class Asylum(commands.GroupCog, group_name="asylum"):
    """Figures on asylum, from UNHCR's statistics."""

    def __init__(self, services: Services) -> None:
        self.services = services

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

    @app_commands.command()
    @app_commands.describe(
        measure="Which figure; pending claims if left out",
        origin=ORIGIN,
        asylum=ASYLUM,
        year="Year; the newest if left out",
        as_of="Leave out releases after this day",
        private=PRIVATE,
    )
    async def history(
        self,
        interaction: discord.Interaction[Any],
        measure: MeasureOption = Measure.PENDING,
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        year: int | None = None,
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """One figure in every release: how it was completed or corrected."""
        question = AskHistory(measure, Place(origin, asylum), year, as_of)
        await answer(interaction, self.services, question, private=private)

    @app_commands.command()
    @app_commands.describe(
        release="Which release; the newest if left out",
        origin=ORIGIN,
        asylum=ASYLUM,
        measure="Only this; everything if left out",
        kinds="Only changes of this kind",
        at_least="Only changes at least this large",
        private=PRIVATE,
    )
    async def changes(
        self,
        interaction: discord.Interaction[Any],
        release: AsOfOption | None = None,
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        measure: MeasureOption | None = None,
        kinds: KindOption | None = None,
        at_least: app_commands.Range[int, 1] = 1,
        private: bool = False,
    ) -> None:
        """What one release changed: the largest changes, and all of them as CSV."""
        question = AskChanges(Place(origin, asylum), measure, kinds, at_least, release)
        await answer(interaction, self.services, question, private=private)

    @app_commands.command()
    @app_commands.describe(private=PRIVATE)
    async def about(self, interaction: discord.Interaction[Any], private: bool = True) -> None:
        """Where the figures come from, which releases are kept, and what is done with your data."""
        await answer_about(interaction, self.services, private=private)


async def setup(bot: AsylumBot) -> None:
    """Add the group and the buttons of its answers; called by `load_extension`."""
    bot.add_dynamic_items(*BUTTONS)
    await bot.add_cog(Asylum(bot.services))
