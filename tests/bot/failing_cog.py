"""A cog whose commands, menu, buttons and form all fail, each in its own way, and the bot that loads it."""

from __future__ import annotations

import contextlib
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.client import AsylumBot
from bot.discord.views import AsylumButton, AsylumView
from bot.services import Services
from data.errors import UnknownCountry

SORRY = "No country is called 'Chna'. Did you mean China?"


def failing_bot(kind: type[AsylumBot] = AsylumBot, **options: Any) -> AsylumBot:
    # Nothing here asks the services for anything.
    services = object.__new__(Services)
    return kind(services, extensions=["tests.bot.failing_cog"], guild_ready_timeout=0.05, **options)


def misspelled() -> UnknownCountry:
    """What `SORRY` is said of."""
    return UnknownCountry("country-misspelled", typed="Chna", countries=["China"])


def fail(how: str) -> None:
    if how == "known":
        raise misspelled()
    raise ZeroDivisionError("a bug")


class Year(app_commands.Transformer):
    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> int:
        if not value.isdigit():
            raise app_commands.TransformerError(value, self.type, self)
        if int(value) > 2025:
            raise misspelled()
        return int(value)

    async def autocomplete(
        self, interaction: discord.Interaction[Any], value: Any, /
    ) -> list[app_commands.Choice[Any]]:
        if value == "2025":
            return []
        raise ZeroDivisionError("a bug")


class AgainButton(AsylumButton, template=r"again:(?P<how>\w+)(?P<extra>!)?"):
    def __init__(self, how: str, extra: str | None = None) -> None:
        if extra:
            raise ZeroDivisionError("a bug")
        super().__init__(ui.Button(label="Again", custom_id=f"again:{how}"))
        self.how = how

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        if self.how == "fine":
            await interaction.response.edit_message(content="pressed")
        else:
            fail(self.how)


class Buttons(AsylumView):
    @ui.button(label="Fail", custom_id="fail")
    async def fail(self, interaction: discord.Interaction[Any], button: ui.Button[Any]) -> None:
        await interaction.response.defer()
        fail("known")


class Card(AsylumView):
    @ui.button(label="Fail", custom_id="card")
    async def fail(self, interaction: discord.Interaction[Any], button: ui.Button[Any]) -> None:
        await interaction.response.defer(thinking=True)
        fail("known")


class Failing(commands.GroupCog, name="fail", description="Commands that fail"):
    def __init__(self, bot: AsylumBot) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(name="Fail here", callback=self.fail_here)
        bot.tree.add_command(self.menu)
        bot.add_dynamic_items(AgainButton)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def fail_here(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        fail("known")

    @app_commands.command(description="Fail before anything was said")
    async def at_once(self, interaction: discord.Interaction[Any], how: str) -> None:
        fail(how)

    @app_commands.command(description="Fail while thinking aloud")
    async def aloud(self, interaction: discord.Interaction[Any], how: str) -> None:
        await interaction.response.defer(thinking=True)
        fail(how)

    @app_commands.command(description="Fail while thinking in private")
    async def privately(self, interaction: discord.Interaction[Any], how: str) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        fail(how)

    @app_commands.command(description="Fail after the answer stands there")
    async def afterwards(self, interaction: discord.Interaction[Any], how: str) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.edit_original_response(content="The answer.")
        fail(how)

    @app_commands.command(description="Answer on a cue, or after some seconds")
    async def slowly(self, interaction: discord.Interaction[Any], seconds: float) -> None:
        await interaction.response.defer(thinking=True)
        with contextlib.suppress(TimeoutError):
            await self.bot.wait_for("cue", timeout=seconds)
        await interaction.edit_original_response(content="The answer.")

    @app_commands.command(description="Fail where the year is read")
    async def reading(
        self, interaction: discord.Interaction[Any], year: app_commands.Transform[int, Year]
    ) -> None:
        await interaction.response.send_message(f"{year} @everyone")

    @app_commands.command(description="Send buttons that fail")
    async def buttons(self, interaction: discord.Interaction[Any], how: str = "known") -> None:
        view = Buttons(timeout=60)
        view.add_item(AgainButton(how))
        broken = AgainButton(how)
        broken.custom_id = f"again:{how}!"
        view.add_item(broken)
        await interaction.response.send_message("Press.", view=view)

    @app_commands.command(description="Send a card that fails")
    async def card(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("Press.", view=Card(timeout=60))


async def setup(bot: AsylumBot) -> None:
    await bot.add_cog(Failing(bot))
