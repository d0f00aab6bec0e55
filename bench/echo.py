"""The least that any bot does: a command that defers, and sends a ready-made PNG of our charts' size.

`python -m bench.echo` with the environment that `bench.bots` gives it.
"""

from __future__ import annotations

import io
import os

import discord
from discord import app_commands

from bench.blank import save_blank
from bot.endpoints import Endpoints, pointed_at

_SIZE = 28_000
"""Bytes of a chart of ours, to which the ready-made picture is filled up."""


class Echo(discord.Client):
    """Has one command."""

    def __init__(self, picture: bytes) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None, guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)

        @self.tree.command()
        async def echo(interaction: discord.Interaction) -> None:
            """Send the picture."""
            await interaction.response.defer(thinking=True)
            await interaction.followup.send(file=discord.File(io.BytesIO(picture), "echo.png"))

    async def setup_hook(self) -> None:
        """Register the command."""
        await self.tree.sync()


def make_picture() -> bytes:
    """A blank page, and bytes after it that make it as large as a chart."""
    return save_blank().ljust(_SIZE, b"\0")


def main() -> None:
    """Run until told to stop."""
    where = Endpoints(*(os.environ[f"DISCORD_{name}"] for name in ("API_BASE", "GATEWAY_URL", "CDN_BASE")))
    with pointed_at(where):
        Echo(make_picture()).run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
