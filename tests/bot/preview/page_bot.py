"""A small bot with one of everything that the page shows."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import discord
from discord import app_commands, ui
from discord.app_commands import Choice, Range

from bot.endpoints import pointed_at
from bot.preview.page import Preview, preview
from tests.bot.preview.double.samplebot import png

COUNTRIES = {"CHI": "China", "SYR": "Syrian Arab Rep.", "TUR": "Türkiye", "CHD": "Chad"}
ALT = "Line chart: pending claims by people from China, 2000 to 2025"
NASTY = "<img src=x onerror=\"document.title='taken'\"> <script>document.title='taken'</script>"
NONE = discord.AllowedMentions.none()


async def countries(_: discord.Interaction, typed: str) -> list[Choice[str]]:
    return [
        Choice(name=name, value=code) for code, name in COUNTRIES.items() if typed.lower() in name.lower()
    ]


def chart() -> discord.File:
    return discord.File(io.BytesIO(png()), "chart.png", description=ALT)


class Buttons(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Table", custom_id="table", style=discord.ButtonStyle.primary)
    async def table(self, interaction: discord.Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.send_message("```\nyear  pending\n2025   99,716\n```", ephemeral=True)

    @ui.button(label="Log scale", custom_id="log")
    async def log(self, interaction: discord.Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.edit_message(content="On a log scale.")

    @ui.select(
        custom_id="country",
        placeholder="Another country",
        options=[discord.SelectOption(label=name, value=code) for code, name in COUNTRIES.items()],
    )
    async def country(self, interaction: discord.Interaction, chosen: ui.Select[Any]) -> None:
        await interaction.response.edit_message(content=f"Now {chosen.values[0]}.")


def card(picture: discord.File) -> ui.LayoutView:
    """One of everything in Components V2."""
    view = ui.LayoutView(timeout=None)
    box: ui.Container[Any] = ui.Container(accent_colour=discord.Colour(0x0072BC))
    small = ui.Thumbnail[Any]("attachment://chart.png", description="A small chart")
    box.add_item(ui.Section("## China", "-# stock, persons", accessory=small))
    box.add_item(ui.Separator(spacing=discord.SeparatorSpacing.large))
    box.add_item(ui.MediaGallery(discord.MediaGalleryItem(picture, description=ALT)))
    box.add_item(ui.File("attachment://figures.csv"))
    row: ui.ActionRow[Any] = ui.ActionRow()
    row.add_item(ui.Button(label="Source", url="https://www.unhcr.org/refugee-statistics/"))
    row.add_item(ui.Button(label="Not now", custom_id="off", disabled=True))
    view.add_item(box.add_item(row))
    return view


class Filter(ui.Modal, title="Alert filter"):
    kind = ui.Label(
        text="When",
        component=ui.RadioGroup(
            custom_id="kind",
            options=[
                discord.RadioGroupOption(label="Any change", value="any"),
                discord.RadioGroupOption(label="Large changes", value="large"),
            ],
        ),
    )
    note = ui.Label(text="Note", component=ui.TextInput(custom_id="note", required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        kind, note = self.kind.component, self.note.component
        assert isinstance(kind, ui.RadioGroup)
        assert isinstance(note, ui.TextInput)
        await interaction.response.send_message(f"Noted: {kind.value}, {note.value}.", ephemeral=True)


asylum = app_commands.Group(name="asylum", description="Asylum statistics")
alerts = app_commands.Group(
    name="alerts", description="Alerts", default_permissions=discord.Permissions(manage_guild=True)
)


@asylum.command(description="A line over the years")
@app_commands.describe(origin="Country people fled from", year="The last year shown")
@app_commands.autocomplete(origin=countries)
async def trend(
    interaction: discord.Interaction,
    measure: Literal["pending", "applications"],
    origin: str,
    year: Range[int, 1951, 2025] = 2025,
    private: bool = False,
) -> None:
    await interaction.response.defer(ephemeral=private)
    said = f"**{measure}** of {origin}, {year}"
    await interaction.edit_original_response(content=said, attachments=[chart()], view=Buttons())


@asylum.command(description="Says what it must not")
async def nasty(interaction: discord.Interaction) -> None:
    embed = discord.Embed(title=NASTY, description=NASTY)
    embed.add_field(name=NASTY, value=NASTY).set_footer(text=NASTY)
    await interaction.response.send_message(f"{NASTY} [a](javascript:alert(1)) `{NASTY}`", embed=embed)


@asylum.command(description="A table that fits a phone, and a row that does not")
async def wide(interaction: discord.Interaction) -> None:
    rows = "\n".join(("4" * 38, "9" * 60))
    await interaction.response.send_message(embed=discord.Embed(description=f"```\n{rows}\n```"))


@asylum.command(name="card", description="One of everything")
async def show_card(interaction: discord.Interaction) -> None:
    picture, table = chart(), discord.File(io.BytesIO(b"year,pending\n" * 100), "figures.csv")
    await interaction.response.send_message(view=card(picture), files=[picture, table])


@asylum.command(description="Reads a pasted text")
async def check(interaction: discord.Interaction, text: str) -> None:
    await interaction.response.send_message(f"Read: {text}", ephemeral=True)


@asylum.command(description="Thinks in public and fails in private")
async def broken(interaction: discord.Interaction) -> None:
    await interaction.response.defer()
    await interaction.delete_original_response()
    await interaction.followup.send("Something broke.", ephemeral=True)


@asylum.command(description="Never answers")
async def silent(_: discord.Interaction) -> None:
    return


@alerts.command(description="Subscribe a channel")
async def subscribe(interaction: discord.Interaction, channel: discord.TextChannel | None = None) -> None:
    if channel is not None:
        await interaction.response.send_message(f"Subscribed {channel.name}.")
    else:
        await interaction.response.send_modal(Filter())


@app_commands.context_menu(name="Check asylum figures")
async def check_message(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"Read: {message.content}", ephemeral=True)


class PageBot(discord.Client):
    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, messages=True),
            allowed_mentions=NONE,
            max_messages=None,
            guild_ready_timeout=0.05,
        )
        self.tree = app_commands.CommandTree(self)
        for command in (asylum, alerts, check_message):
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        self.add_view(Buttons())
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if self.user in message.mentions and not message.author.bot:
            await message.reply(f"You asked: {message.clean_content}")


@asynccontextmanager
async def connected(session: Preview) -> AsyncIterator[PageBot]:
    """Run the bot on a preview that is there."""
    bot = PageBot()
    with pointed_at(session.endpoints):
        task = asyncio.create_task(bot.start(session.token))
        try:
            await session.double.ready()
            yield bot
        finally:
            await bot.close()
            await asyncio.wait({task}, timeout=3)


@asynccontextmanager
async def previewed(**settings: Any) -> AsyncIterator[Preview]:
    """A preview on a free port, with the bot connected to it."""
    async with preview(0, **settings) as session, connected(session):
        yield session
