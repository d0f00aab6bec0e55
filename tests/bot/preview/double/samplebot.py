"""A bot that uses every feature of discord.py that ours needs. Run as a module, it reads the environment."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import re
import struct
import zlib
from typing import Any, Literal

import discord
from discord import app_commands, ui
from discord.app_commands import Choice, Range
from discord.app_commands import locale_str as _

from bot.discord.running import run_bot
from bot.endpoints import Endpoints, pointed_at

COUNTRIES = {"SYR": "Syria", "AFG": "Afghanistan", "UKR": "Ukraine", "SSD": "South Sudan", "VEN": "Venezuela"}
COUNTRIES |= {f"X{i:02d}": f"Testland {i}" for i in range(60)}
TRANSLATIONS = {
    ("refugees", "de"): "flüchtlinge",
    ("country", "uk"): "країна",
    ("applications", "de"): "Anträge",
}
SOURCE = "https://www.unhcr.org/refugee-statistics/"


def png(width: int = 320, height: int = 200) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def chart(alt: str | None = "Line chart: people displaced from Syria, 2012 to 2024") -> discord.File:
    return discord.File(io.BytesIO(png()), "chart.png", description=alt)


def embed(code: str, year: int) -> discord.Embed:
    out = discord.Embed(
        title=f"{COUNTRIES[code]} {year}", description="6.4 million", colour=0x0072BC, url=SOURCE
    )
    out.add_field(name="Refugees", value="6,400,000").add_field(name="Asylum-seekers", value="210,000")
    return out.set_footer(text="UNHCR, CC BY 4.0").set_image(url="attachment://chart.png")


class Names(app_commands.Translator):
    async def translate(self, string: _, locale: discord.Locale, context: Any) -> str | None:
        return TRANSLATIONS.get((string.message, locale.value))


class Country(app_commands.Transformer):
    async def transform(self, interaction: discord.Interaction, value: str) -> str:
        if value.upper() not in COUNTRIES:
            raise app_commands.TransformerError(value, self.type, self)
        return value.upper()

    async def autocomplete(self, interaction: discord.Interaction, value: str) -> list[Choice[str]]:
        hits = [(code, name) for code, name in COUNTRIES.items() if value.lower() in name.lower()]
        return [Choice(name=name, value=code) for code, name in hits[:25]]


class More(ui.DynamicItem[ui.Button], template=r"more:(?P<code>[A-Z0-9]{3})"):
    def __init__(self, code: str) -> None:
        super().__init__(ui.Button(label="Next year", custom_id=f"more:{code}"))
        self.code = code

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: re.Match[str]) -> More:
        return cls(match["code"])

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(embed=embed(self.code, 2024), attachments=[chart()])


class Delete(ui.DynamicItem[ui.Button], template=r"delete"):
    def __init__(self) -> None:
        super().__init__(ui.Button(label="Delete", custom_id="delete"))

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: re.Match[str]) -> Delete:
        return cls()

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.delete_original_response()


class Card(ui.LayoutView):
    def __init__(self, code: str, file: discord.File) -> None:
        super().__init__(timeout=None)
        box = ui.Container(accent_colour=discord.Colour(0x0072BC))
        thumbnail = ui.Thumbnail("attachment://chart.png", description="Small chart")
        box.add_item(ui.Section(f"## {COUNTRIES[code]}", "Across borders", accessory=thumbnail))
        box.add_item(ui.Separator(spacing=discord.SeparatorSpacing.large))
        box.add_item(ui.MediaGallery(discord.MediaGalleryItem(file, description=file.description)))
        box.add_item(ui.TextDisplay("-# Source: UNHCR Refugee Data Finder, CC BY 4.0"))
        box.add_item(ui.ActionRow(ui.Button(label="Source", url=SOURCE), More(code)))
        self.add_item(box)


class Ask(ui.Modal, title="Alert filter"):
    about = ui.TextDisplay("Which revisions do you want to hear of?")
    measure = ui.Label(
        text="Measure",
        component=ui.Select(
            custom_id="ask:measure",
            required=True,
            options=[discord.SelectOption(label="Refugees", value="ref")],
        ),
    )
    kind = ui.Label(
        text="When",
        component=ui.RadioGroup(
            custom_id="ask:kind",
            options=[discord.RadioGroupOption(label=x.title(), value=x) for x in ("any", "big")],
        ),
    )
    where = ui.Label(text="Channel", component=ui.ChannelSelect(custom_id="ask:channel", required=False))
    note = ui.Label(text="Note", component=ui.TextInput(custom_id="ask:note", required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        places = [channel.name for channel in self.where.component.values]
        said = f"{self.measure.component.values} {self.kind.component.value} {places} {self.note.component.value}"
        await interaction.response.send_message(said, ephemeral=True)


class Refugees(app_commands.Group):
    @app_commands.command(description="Figures for one country")
    async def country(
        self,
        interaction: discord.Interaction,
        country: app_commands.Transform[str, Country],
        year: Range[int, 1951, 2025] = 2024,
        measure: Literal["refugees", "asylum"] = "refugees",
    ) -> None:
        await interaction.response.defer(thinking=True)
        view = ui.View(timeout=None).add_item(More(country)).add_item(Delete())
        await interaction.edit_original_response(embed=embed(country, year), attachments=[chart()], view=view)

    @app_commands.command(description="Figures at once, for the asker alone")
    @app_commands.choices(kind=[Choice(name=_("applications"), value=1), Choice(name="decisions", value=2)])
    async def quick(self, interaction: discord.Interaction, kind: Choice[int]) -> None:
        await interaction.response.send_message(embed=embed("SYR", 2024), file=chart(), ephemeral=True)

    @app_commands.command(description="Once in half a minute")
    @app_commands.checks.cooldown(1, 30.0)
    async def slow(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("There you are.")

    @app_commands.command(description="A card made of components")
    async def card(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        file = chart()
        await interaction.followup.send(view=Card("SYR", file), file=file)

    @app_commands.command(description="An answer, and a follow-up with a table")
    async def csv(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("The file follows.")
        table = discord.File(io.BytesIO("a;b\nÄ;1\n".encode()), "figures-ä.csv")
        await interaction.followup.send(file=table, ephemeral=True)

    @app_commands.command(description="Defers in public, then fails in private")
    async def fail(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.delete_original_response()
        await interaction.followup.send("No country is called 'Chna'. Did you mean China?", ephemeral=True)

    @app_commands.command(description="Text, edited at once")
    async def plain(
        self,
        interaction: discord.Interaction,
        ratio: Range[float, 0.0, 1.0] | None = None,
        note: Range[str, 1, 50] | None = None,
        who: discord.User | None = None,
        where: discord.TextChannel | None = None,
        role: discord.Role | None = None,
        sure: bool = False,
    ) -> None:
        await interaction.response.send_message("one moment", silent=True)
        await interaction.edit_original_response(content=f"{ratio} {note} {who} {where} {role} {sure}")


alerts = app_commands.Group(
    name="alerts",
    description="Revision alerts",
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    default_permissions=discord.Permissions(manage_guild=True),
)


@alerts.command(description="Subscribe this channel")
@app_commands.checks.bot_has_permissions(send_messages=True, embed_links=True)
async def subscribe(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Ask())


@app_commands.context_menu(name="Check this figure")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def check_figure(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"Read: {message.content[:50]}", ephemeral=True)


class SampleBot(discord.AutoShardedClient):
    def __init__(self, **settings: Any) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            guild_ready_timeout=0.05,
            **settings,
        )
        self.tree = app_commands.CommandTree(
            self,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
        )
        self.errors: list[Exception] = []
        self.resumed = asyncio.Event()
        self.tree.error(self.explain)

    async def explain(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.append(error)
        done = interaction.response.is_done()
        send = interaction.followup.send if done else interaction.response.send_message
        await send(f"Sorry: {type(error).__name__}", ephemeral=True)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        if not initial:
            await asyncio.sleep(0.3)

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def on_message(self, message: discord.Message) -> None:
        if self.user in message.mentions and not message.author.bot:
            await message.reply(f"You said: {message.content}", mention_author=False)

    async def setup_hook(self) -> None:
        self.tree.add_command(Refugees(name=_("refugees"), description="Asylum statistics"))
        self.tree.add_command(alerts)
        self.tree.add_command(check_figure)
        await self.tree.set_translator(Names())
        self.add_dynamic_items(More, Delete)
        await self.tree.sync()

    async def announce(self, channel_id: int, revision: str) -> discord.Message:
        nonce = hashlib.sha256(f"{revision}:{channel_id}".encode()).hexdigest()[:25]
        channel = self.get_partial_messageable(channel_id)
        return await channel.send(embed=embed("SYR", 2024), file=chart(), nonce=nonce)


async def main() -> None:
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    e = os.environ
    with pointed_at(Endpoints(e["DISCORD_API_BASE"], e["DISCORD_GATEWAY_URL"], e["DISCORD_CDN_BASE"])):
        # Not discord.py's `run`: it is deaf to SIGINT where a script started us in the background, and may
        # sleep through one that arrives just before it waits for events.
        await run_bot(SampleBot(), e["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
