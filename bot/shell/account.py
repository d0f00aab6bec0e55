"""What an operator asks about the bot's account on Discord from the shell."""

from __future__ import annotations

from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import aiohttp
import discord
from rich.console import Console

from bot.discord.invitation import make_invitations
from bot.discord.running import start_errors_in_words
from bot.endpoints import Endpoints, pointed_at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime


@asynccontextmanager
async def log_in(token: str, endpoints: Endpoints) -> AsyncIterator[discord.Client]:
    """Lend a client that has logged in but does not connect; raises `StartFailed`."""
    with pointed_at(endpoints):
        async with discord.Client(intents=discord.Intents.none()) as client:
            with start_errors_in_words():
                await client.login(token)
                yield client


async def read_clock(endpoints: Endpoints) -> datetime:
    """Ask Discord for its time, in whole seconds; raises `StartFailed` where it cannot be reached."""
    with start_errors_in_words():
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{endpoints.api_base}/gateway") as response,
        ):
            return parsedate_to_datetime(response.headers["Date"])


async def show_invitations(token: str, endpoints: Endpoints) -> None:
    """Print the links by what they are for."""
    async with log_in(token, endpoints) as client:
        links = make_invitations(client.application_id or 0)
    console = Console(markup=False, emoji=False, highlight=False, soft_wrap=True)
    for purpose, link in links.items():
        console.print(f"For {purpose}:\n  {link}")
