"""What an operator sees of shared state: who has the duty, who is there, which releases, and what waits."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from bot.sentences import Refusal
from data.errors import NotNow
from data.releases.lock import hold_bot, is_bot_running
from data.releases.opening import open_database
from data.releases.replication_log import TAKEN, read_taken
from data.state.model import SHIPPED, DeliveryState
from data.state.opening import cluster_of, facts_of, move, state_in_file, state_of
from data.store.checksums import digest_figures
from data.store.releases import read_releases

if TYPE_CHECKING:
    from pathlib import Path

    from data.state.cluster import Duty, Process
    from data.state.protocol import ClusterState, StateTransaction

NO_ADDRESS = (
    "STATE_URL is not set; write there where PostgreSQL is, like postgresql://bot:password@host/asylum."
)
OF_THE_FILE = (SHIPPED, TAKEN)
"""What is remembered of the file of figures itself, and stays there."""

MOVED = {"subscription": "subscriptions", "delivery": "deliveries", "memory": "facts"}

SILENT_AFTER = timedelta(seconds=10)
"""A process says every few seconds that it is there."""


async def show_state(path: Path, address: str | None = None) -> None:
    """Print where shared state is, which processes use it, and what is owed; nothing is changed."""
    console = Console(markup=False, emoji=False, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = 200  # a file or a pipe has no edge to break lines at
    async with open_database(path, whole=False, address=address) as database:
        async with database.reading() as connection:
            newest = (await read_releases(connection))[-1]
            taken, figures = await read_taken(connection), await digest_figures(connection)
        if cluster := cluster_of(database):
            await _print_hosts(console, cluster, figures)
            console.print(f"\nFigures of this host: {newest.label} ({newest.day}), step {taken}, {figures}.")
        else:
            if await is_bot_running(path):
                console.print(f"Shared state is in {path}, for one process, which runs now.")
            else:
                console.print(f"Shared state is in {path}, for one process, and none runs now.")
            console.print(f"The newest release is {newest.label} ({newest.day}).")
        async with state_of(database).reading() as state:
            console.print(await _count_waiting(state))


async def move_state(path: Path, address: str, *, to_file: bool) -> None:
    """Move all that servers decided and what is owed to PostgreSQL, or back into the file; no bot may run."""
    async with hold_bot(path), open_database(path, address=address) as database:
        cluster, file = cluster_of(database), state_in_file(database)
        if cluster is None:
            raise Refusal(NO_ADDRESS)
        async with cluster.reading() as state:
            now = await state.read_clock()
            if any(each.seen and now - each.seen <= SILENT_AFTER for each in await state.read_processes()):
                raise NotNow("state-in-use")
        source, target = (cluster, file) if to_file else (file, cluster)
        moved = await move(source, target, OF_THE_FILE)
        if to_file:
            async with database.writing() as connection:
                await facts_of(connection).forget(TAKEN)
    counts = ", ".join(f"{moved[table]:,} {name}" for table, name in MOVED.items())
    said = f"Moved to PostgreSQL: {counts}. Now start every process with STATE_URL."
    if to_file:
        said = f"Moved to the file: {counts}. Now start the bot without STATE_URL."
    Console(markup=False, emoji=False, highlight=False, soft_wrap=True).print(said)


async def _print_hosts(console: Console, cluster: ClusterState, figures: str) -> None:
    async with cluster.reading() as state:
        now, processes, duty = await state.read_clock(), await state.read_processes(), await state.read_duty()
        last = await state.count_steps()
    console.print(
        f"Shared state is in PostgreSQL, where it is {now:%Y-%m-%d %H:%M:%S} UTC; step {last} is the last."
    )
    console.print(_say_duty(next(iter(duty), None), processes, now))
    if not processes:
        console.print("No process uses it.")
        return
    table = Table("host", "shards", "seen", "since", "version", "step", "newest release", "figures", box=None)
    for each in processes:
        silent = each.seen is None or now - each.seen > SILENT_AFTER
        table.add_row(
            each.host,
            each.shards,
            f"SILENT, {_ago(each.seen, now)}" if silent else _ago(each.seen, now),
            f"{each.since:%Y-%m-%d %H:%M}",
            each.version,
            str(each.steps) if each.steps == last else f"{each.steps}, {last - each.steps} behind",
            each.newest,
            each.figures if each.figures == figures else f"{each.figures}, others than here",
        )
    console.print(table)


def _say_duty(duty: Duty | None, processes: list[Process], now: datetime) -> str:
    if duty is None or duty.until <= now:
        return "Nobody has the duty: nothing is fetched or delivered until a process takes it."
    holder = next((each for each in processes if each.name == duty.holder), None)
    if holder is None:
        return f"A process that is not listed has the duty, in its term {duty.term}."
    return f"The process on {holder.host} with shards {holder.shards} has the duty, in its term {duty.term}."


def _ago(seen: datetime | None, now: datetime) -> str:
    return "never" if seen is None else f"{max(0, round((now - seen).total_seconds()))} s ago"


async def _count_waiting(state: StateTransaction) -> str:
    counts = Counter[DeliveryState]()
    for _, kind, number in await state.count_states():
        counts[kind] += number
    due, marks = await state.find_next_due(await state.read_clock()), await state.find_next_superseded()
    paused = len(await state.read_paused())
    waiting = _count(counts[DeliveryState.WAITING], "alert waits", "alerts wait")
    held = _count(counts[DeliveryState.HELD], "is held", "are held")
    closed = _count(paused, "channel is paused", "channels are paused")
    when = f" (the next is due {due:%Y-%m-%d %H:%M} UTC)" if due else ""
    old = "; old alerts are to be marked" if marks else ""
    return f"{waiting}{when}, {held}; {closed}{old}. “python -m bot outbox” says why."


def _count(number: int, one: str, several: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {several}"
