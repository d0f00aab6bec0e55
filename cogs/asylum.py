"""/asylum: its commands, joined into one group, and the buttons of their answers."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.answers import answer, answer_about, answer_definition
from bot.chat.ask import CORRECTIONS
from bot.chat.buttons import BUTTONS
from bot.chat.check import ChartMenu, PageButton
from bot.chat.export import answer_export
from bot.discord.client import AsylumBot
from bot.discord.options import (
    AsOfOption,
    ByOption,
    CountriesOption,
    CountryOption,
    FormatOption,
    KindOption,
    LevelOption,
    MeasureOption,
    OrderOption,
    PerOption,
    RankByOption,
    RoleOption,
    ScaleOption,
    WordOption,
    YearsOption,
)
from bot.services import Services
from cogs.ask import AskCommand
from cogs.base import AS_OF, ASYLUM, ORIGIN, PER, PRIVATE, CommandBase
from cogs.check import MENU, CheckCommand, make_message_menu
from data.model import Level, Measure, Order, Per, Place, RankBy
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.export import choose_export
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import choose_period
from data.questions.sides import choose_side
from data.questions.top import AskTop
from data.questions.trend import choose_trend, compare_places


class FigureCommands(CommandBase):
    """What a figure is in a year, and how it moved."""

    @app_commands.command()
    @app_commands.describe(
        origin=ORIGIN,
        asylum=ASYLUM,
        year="Year; the newest if left out",
        per=PER,
        as_of=AS_OF,
        private=PRIVATE,
    )
    async def figures(
        self,
        interaction: discord.Interaction[Any],
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        year: int | None = None,
        per: PerOption = Per.NONE,
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """Everything about a country, a group or a pair of them in one year."""
        question = AskFigures(Place(origin, asylum), year, per, as_of=as_of)
        await answer(interaction, self.services, question, private=private)

    @app_commands.command()
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        measure="What to count: a stock stands on a day, the others are per year",
        origin=ORIGIN,
        asylum=ASYLUM,
        versus="Up to five more to compare with, separated by commas",
        first="First year; 2000 if left out",
        last="Last year; the newest if left out",
        scale="A log scale shows growth rates, and small beside large",
        per=PER,
        years="Single years instead, separated by commas",
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
        per: PerOption = Per.NONE,
        years: YearsOption = (),
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """One measure over the years, for one country or group, or several."""
        places = compare_places(Place(origin, asylum), versus or ())
        question = choose_trend(measure, places, first, last, scale, per, years, as_of)
        await answer(interaction, self.services, question, private=private)


class TopCommand(CommandBase):
    """Countries set in order."""

    @app_commands.command()
    @app_commands.describe(
        measure="What to rank by; pending claims if left out",
        rank="What to rank; countries of asylum if left out",
        year="Year; the newest if left out",
        origin="Only people from this country",
        asylum="Only people who asked for asylum in this country",
        since="First year of a sum; by change, the year to compare with",
        by="Amount if left out",
        order="Largest first if left out; of changes, smallest are falls",
        position="Only this place: 2 is the second",
        of="Only the place of this country",
        above="Only those above this",
        below="Only those below this",
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
        since: int | None = None,
        by: RankByOption = RankBy.AMOUNT,
        order: OrderOption = Order.LARGEST,
        position: int | None = None,
        of: CountryOption | None = None,
        above: int | None = None,
        below: int | None = None,
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """Countries of asylum or of origin in order."""
        question = choose_side(
            AskTop,
            measure=measure,
            role=rank,
            place=Place(origin, asylum),
            year=year,
            since=since,
            by=by,
            order=order,
            rank=position,
            of=of,
            above=above,
            below=below,
            as_of=as_of,
        )
        await answer(interaction, self.services, question, private=private)


class DecisionsCommand(CommandBase):
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
        question = AskDecisions(Place(origin, asylum), level, first, last, as_of=as_of)
        await answer(interaction, self.services, question, private=private)


class MapCommand(CommandBase):
    """Countries on a map."""

    @app_commands.command()
    @app_commands.describe(
        measure="What to colour by; what matters most if left out",
        by="Which countries to colour; countries of asylum if left out",
        origin="Only people from this country: where they went",
        asylum="Only people who asked for asylum in this country: where they came from",
        year="Year; the newest if left out",
        per=PER,
        as_of=AS_OF,
        private=PRIVATE,
    )
    async def map(
        self,
        interaction: discord.Interaction[Any],
        measure: MeasureOption | None = None,
        by: RoleOption | None = None,
        origin: CountryOption | None = None,
        asylum: CountryOption | None = None,
        year: int | None = None,
        per: PerOption = Per.NONE,
        as_of: AsOfOption | None = None,
        private: bool = False,
    ) -> None:
        """Where people went, or came from, on a world map."""
        place = Place(origin, asylum)
        measure = measure or await self.services.answers.choose_leading(AskFigures(place, year, as_of=as_of))
        question = choose_side(AskMap, measure=measure, role=by, place=place, year=year, per=per, as_of=as_of)
        await answer(interaction, self.services, question, private=private)


class PeriodCommand(CommandBase):
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


class ReleaseCommands(CommandBase):
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
        question = AskHistory(measure, Place(origin, asylum), year, as_of=as_of)
        await answer(interaction, self.services, question, private=private)

    @app_commands.command()
    @app_commands.describe(
        release="Which release; the newest if left out",
        origin=ORIGIN,
        asylum=ASYLUM,
        measure="Only this measure; all if left out",
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
        question = AskChanges(Place(origin, asylum), measure, kinds, at_least, as_of=release)
        await answer(interaction, self.services, question, private=private)


class ExportCommand(CommandBase):
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


class DefineCommand(CommandBase):
    """The glossary."""

    @app_commands.command()
    @app_commands.describe(word="A word such as “pending”, or one of UNHCR's codes", private=PRIVATE)
    async def define(
        self, interaction: discord.Interaction[Any], word: WordOption, private: bool = False
    ) -> None:
        """What a word or one of UNHCR's codes means, in two sentences."""
        await answer_definition(interaction, self.services, word, private=private)


class AboutCommand(CommandBase):
    """What the bot says of itself."""

    @app_commands.command()
    @app_commands.describe(private=PRIVATE)
    async def about(self, interaction: discord.Interaction[Any], private: bool = True) -> None:
        """Where the figures come from, which releases are kept, and what is done with your data."""
        await answer_about(interaction, self.services, private=private)


class Asylum(
    FigureCommands,
    TopCommand,
    DecisionsCommand,
    MapCommand,
    PeriodCommand,
    ExportCommand,
    ReleaseCommands,
    AskCommand,
    CheckCommand,
    DefineCommand,
    AboutCommand,
    commands.GroupCog,
    group_name="asylum",
):
    """Figures on asylum, from UNHCR's statistics."""

    def __init__(self, services: Services) -> None:
        self.services = services


async def setup(bot: AsylumBot) -> None:
    """Add the group, the message menu and the buttons of their answers; called by `load_extension`."""
    bot.add_dynamic_items(*BUTTONS, *CORRECTIONS, ChartMenu, PageButton)
    bot.tree.add_command(make_message_menu(bot.services))
    await bot.add_cog(Asylum(bot.services))


async def teardown(bot: AsylumBot) -> None:
    """Take back what is not the group's own; called by `unload_extension`."""
    bot.tree.remove_command(MENU, type=discord.AppCommandType.message)
    bot.remove_dynamic_items(*BUTTONS, *CORRECTIONS, ChartMenu, PageButton)
