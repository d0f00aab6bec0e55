"""/asylum history and changes: how figures came to be."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.answers import answer
from bot.options import AsOfOption, CountryOption, KindOption, MeasureOption
from cogs.door import ASYLUM, ORIGIN, PRIVATE, Door
from data.model import Measure, Place
from data.questions import AskChanges, AskHistory


class Releases(Door):
    """What releases said, and what they changed."""

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
