"""/asylum period: a span of years, and another beside it."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.answers import answer
from bot.options import AsOfOption, CountryOption, MeasureOption
from cogs.door import AS_OF, ASYLUM, ORIGIN, PRIVATE, Door
from data.model import Measure, Place
from data.questions import choose_period


class Periods(Door):
    """Many years taken together."""

    @app_commands.command()
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        measure="What to count; pending claims if left out",
        origin=ORIGIN,
        asylum=ASYLUM,
        first="First year; 2000 if left out",
        last="Last year; the newest if left out",
        against_from="First year of another span, to compare with",
        against_to="Last year of the other span; the newest if left out",
        as_of=AS_OF,
        private=PRIVATE,
    )
    async def period(
        self,
        interaction: discord.Interaction[Any],
        measure: MeasureOption = Measure.PENDING,
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        first: int | None = None,
        last: int | None = None,
        against_from: int | None = None,
        against_to: int | None = None,
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """Lowest, highest, mean and total of some years, and of others beside them."""
        spans = (first, last), (against_from, against_to)
        question = choose_period(measure, Place(origin, asylum), *spans, as_of)
        await answer(interaction, self.services, question, private=private)
