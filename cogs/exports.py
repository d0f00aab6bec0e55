"""/asylum export: figures as a file."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.chat.choices import ByOption, FormatOption
from bot.chat.exports import answer_export
from bot.options import AsOfOption, CountryOption, MeasureOption
from cogs.door import AS_OF, ASYLUM, ORIGIN, PRIVATE, Door
from data.model import Measure, Place
from data.questions import choose_export


class Exports(Door):
    """Many figures at once."""

    @app_commands.command()
    @app_commands.rename(form="format", first="from", last="to")
    @app_commands.describe(
        form="CSV, Excel or JSON",
        measure="What to count; pending claims if left out",
        by="What there is a line for; each year if left out",
        origin=ORIGIN,
        asylum=ASYLUM,
        first="First year; 2000 if left out",
        last="Last year; the newest if left out",
        as_of=AS_OF,
        private=PRIVATE,
    )
    async def export(
        self,
        interaction: discord.Interaction[Any],
        form: FormatOption,
        measure: MeasureOption = Measure.PENDING,
        by: ByOption | None = None,
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        first: int | None = None,
        last: int | None = None,
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """Figures as CSV, Excel or JSON, with source, licence, release and query inside."""
        question = choose_export(measure, Place(origin, asylum), by, (first, last), as_of)
        await answer_export(interaction, self.services, question, form, private=private)
