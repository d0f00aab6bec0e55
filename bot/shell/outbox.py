"""What an operator sees of the outbox from the shell: what was told, what waits, and what is paused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from bot.replies.reasons import say_reason
from bot.replies.subscriptions import explain_pause
from data.releases.opening import open_database
from data.state.model import DeliveryKind, DeliveryState
from data.state.opening import state_of
from data.store.releases import read_doubted, read_releases

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from data.model import Release
    from data.state.protocol import DeliveryRecord, PausedChannel

MAX_LISTED = 50
WIDE = 240

_STATES = (
    DeliveryState.SENT,
    DeliveryState.WAITING,
    DeliveryState.HELD,
    DeliveryState.SILENT,
    DeliveryState.MERGED,
    DeliveryState.DROPPED,
)


async def show_outbox(path: Path, address: str | None = None) -> None:
    """Print the deliveries by release and state, those that wait, and the channels that are paused."""
    async with (
        open_database(path, address=address) as database,
        database.reading() as connection,
        state_of(database).reading_beside(connection) as state,
    ):
        releases = {each.id: each for each in await read_releases(connection)}
        releases |= {each.id: each for each, _, _ in await read_doubted(connection)}
        counts = await state.count_states()
        withdrawals = await state.count_states(DeliveryKind.WITHDRAWAL)
        waiting = await state.read_records(DeliveryState.WAITING, MAX_LISTED)
        paused, now = await state.read_paused(), await state.read_clock()
    console = Console(markup=False, emoji=False, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = WIDE  # a file or a pipe has no edge to break lines at
    if not counts:
        console.print("Nothing was ever owed to a channel: no release has come since one subscribed.")
    else:
        console.print(_tabulate_counts(counts, releases))
    if withdrawals:
        console.print("\nWithdrawals of releases that had been posted:")
        console.print(_tabulate_counts(withdrawals, releases))
    if waiting:
        console.print(f"\nWaiting, the next {len(waiting)}:")
        console.print(_tabulate_waiting(waiting, releases, now))
    if paused:
        console.print("\nPaused channels:")
        console.print(_tabulate_paused(paused))


def _tabulate_counts(
    counts: Sequence[tuple[int, DeliveryState, int]], releases: Mapping[int, Release]
) -> Table:
    table = Table("release", *_STATES, box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    known = {(release, state): count for release, state, count in counts}
    for release in dict.fromkeys(release for release, _, _ in counts):
        row = (f"{known.get((release, state), 0):,}" for state in _STATES)
        table.add_row(_name(release, releases), *row)
    return table


def _tabulate_waiting(
    waiting: Sequence[DeliveryRecord], releases: Mapping[int, Release], now: datetime
) -> Table:
    table = Table("channel", "release", "attempts", "next attempt", "why", box=None)
    for each in waiting:
        due = "now" if each.due_at <= now else f"{each.due_at:%Y-%m-%d %H:%M} UTC"
        why = say_reason(each.reason, each.detail)
        name = _name(each.release, releases)
        if each.kind is DeliveryKind.WITHDRAWAL:
            name = f"withdrawal of {name}"
        table.add_row(str(each.channel), name, str(each.attempts), due, why)
    return table


def _tabulate_paused(paused: Sequence[PausedChannel]) -> Table:
    table = Table("channel", "server", "since", "why", "remedy", box=None)
    for each in paused:
        why, remedy = explain_pause(each.why, each.detail)
        server = "direct message" if each.server is None else str(each.server)
        table.add_row(str(each.channel), server, f"{each.since:%Y-%m-%d}", why, remedy)
    return table


def _name(release: int, releases: Mapping[int, Release]) -> str:
    known = releases.get(release)
    day = datetime.fromtimestamp(release, UTC).date()
    return f"{known.label} ({known.day})" if known else f"a release that is gone ({day})"
