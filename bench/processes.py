"""Memory after a thousand mixed commands, and how long a start takes."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path

from bench.asked import mixed
from bench.bots import LEAN, NAIVE, OURS, running
from bench.databases import find_releases
from bench.rows import Reference, Row, median

COMMANDS = 1_000
_OF_NAIVE = 150
"""So many are enough for a naive bot, whose memory stays the same after a hundred, and each takes 0.15 s."""

_SHARE, _FIRST_START, _LATER_START = 0.7, 5.0, 2.0
_MS = 1000
_STARTS = 3


async def measure_memory(database: Path) -> list[Row]:
    """What each bot holds after mixed commands, without what it shares with others.

    Where there is no folder of a release, there is no bot that holds one by pandas.
    """
    held = {}
    naive = (NAIVE, LEAN) if find_releases() else (LEAN,)
    for module, how_many in ((OURS, COMMANDS), *((each, _OF_NAIVE) for each in naive)):
        async with running(module, database) as bot:
            for words, options in islice(mixed(), how_many):
                known = ("origin", "year") if module != OURS else tuple(options)
                await bot.ask(words, {key: value for key, value in options.items() if key in known})
            held[module] = bot.memory
    what = f"after {COMMANDS:,} mixed commands"
    rows = [Row("Memory", what, held[OURS], "MB", Reference("naive bot, no figures held", held[LEAN]))]
    if NAIVE in held:
        pandas = Reference("naive bot, pandas", held[NAIVE])
        rows.insert(0, Row("Memory", what, held[OURS], "MB", pandas, _SHARE))
    return rows


async def measure_first_start(folder: Path) -> Row:
    """From the start of the process until all is built, the bot logged in and its commands registered."""
    taken = []
    for number in range(_STARTS):
        async with running(OURS, folder / f"first-start-{number}.sqlite3") as bot:
            taken.append(bot.start_ms / _MS)
    return Row("Start", "first, building the database", median(taken), "s", None, _FIRST_START)


async def measure_later_start(database: Path, folder: Path) -> Row:
    """The same with a database that another start has seen."""
    taken = []
    for number in range(_STARTS):
        kept = Path(shutil.copy(database, folder / f"later-start-{number}.sqlite3"))
        async with running(OURS, kept):
            pass
        async with running(OURS, kept) as bot:
            taken.append(bot.start_ms / _MS)
    return Row("Start", "later, to READY", median(taken), "s", None, _LATER_START)
