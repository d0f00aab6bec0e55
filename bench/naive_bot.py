"""A bot as most are written: the same four commands, each drawn by pyplot within the command.

It knows neither caveats nor names nor releases. `python -m bench.naive_bot` with the environment that
`bench.bots` gives it; `python -m bench.naive_bot lean` holds no figures in memory.
"""

from __future__ import annotations

import io
import os
import sqlite3
import sys
from typing import Any

import discord
from discord import app_commands

from bench import naive
from bench.databases import find_releases
from bot.charts.bars import Bar, BarChart
from bot.charts.lines import LineChart
from bot.charts.subjects import Heading, Line, LinePoint
from bot.endpoints import Endpoints, pointed_at

Figures = list[tuple[Any, float | None]]


class Frames:
    """The newest release in memory, as pandas reads it: what most bots on such tables do."""

    def __init__(self) -> None:
        import pandas as pd

        tables = sorted(find_releases()[-1].glob("*.csv.xz"))
        self._tables = [pd.read_csv(table, low_memory=False) for table in tables]
        self._people = next(t for t in self._tables if "asylum_seekers" in t.columns)
        self._people = self._people.rename(
            columns={"coo_iso": "origin", "coa_iso": "asylum", "asylum_seekers": "pending"}
        ).drop(columns=["coo", "coa"])
        self._people["pending"] = pd.to_numeric(self._people["pending"], errors="coerce")

    def series(self, origin: str) -> Figures:
        """Pending claims by year."""
        found = self._people[self._people["origin"] == origin].groupby("year")["pending"].sum()
        return [(int(year), float(value)) for year, value in found.items()]

    def top(self, origin: str, year: int) -> Figures:
        """The ten countries of asylum with most pending claims."""
        found = self._people[(self._people["origin"] == origin) & (self._people["year"] == year)]
        found = found.nlargest(10, "pending")
        return [
            (str(code), float(value)) for code, value in zip(found["asylum"], found["pending"], strict=True)
        ]


class Rollups:
    """Our own database through plain sqlite3, which holds nothing in memory: as lean as such a bot can be."""

    _SERIES = (
        "SELECT year, max(pending) FROM rollup WHERE origin = ? AND asylum = '*' AND unit = 'P' GROUP BY year"
    )
    _TOP = (
        "SELECT asylum, max(pending) FROM rollup WHERE origin = ? AND asylum <> '*' AND year = ?"
        " AND unit = 'P' GROUP BY asylum ORDER BY 2 DESC LIMIT 10"
    )

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path)

    def series(self, origin: str) -> Figures:
        """Pending claims by year."""
        return self._connection.execute(self._SERIES, (origin,)).fetchall()

    def top(self, origin: str, year: int) -> Figures:
        """The ten countries of asylum with most pending claims."""
        return self._connection.execute(self._TOP, (origin, year)).fetchall()


class Naive(discord.Client):
    """Reads, draws and sends, one after the other, on the event loop."""

    def __init__(self, source: Frames | Rollups) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)
        self.source = source
        group = app_commands.Group(name="asylum", description="Figures")
        for name in ("figures", "trend", "top", "history"):
            group.command(name=name, description=name)(self._top if name == "top" else self._line)
        self.tree.add_command(group)

    async def setup_hook(self) -> None:
        """Register the commands."""
        await self.tree.sync()

    async def _line(
        self,
        interaction: discord.Interaction,
        origin: str,
        measure: str = "pending",
        year: int = 2025,
        last: int = 2025,
    ) -> None:
        await interaction.response.defer(thinking=True)
        rows = self.source.series(origin)
        line = Line(origin, tuple(LinePoint(when, value) for when, value in rows), origin)
        heading = Heading(f"{origin}, {year}", measure, f"UNHCR {last}")
        await self._send(interaction, naive.draw_line(LineChart(heading, (line,))))

    async def _top(self, interaction: discord.Interaction, origin: str, year: int = 2025) -> None:
        await interaction.response.defer(thinking=True)
        rows = self.source.top(origin, year)
        bars = tuple(Bar(code, value, f"{value or 0:,}") for code, value in rows)
        await self._send(interaction, naive.draw_bars(BarChart(Heading(f"{origin}, {year}", "", ""), bars)))

    async def _send(self, interaction: discord.Interaction, picture: bytes) -> None:
        await interaction.followup.send("Here it is.", file=discord.File(io.BytesIO(picture), "chart.png"))


def main() -> None:
    """Run until told to stop."""
    where = Endpoints(*(os.environ[f"DISCORD_{name}"] for name in ("API_BASE", "GATEWAY_URL", "CDN_BASE")))
    with pointed_at(where):
        source = Rollups(os.environ["DATABASE_PATH"]) if "lean" in sys.argv else Frames()
        Naive(source).run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
