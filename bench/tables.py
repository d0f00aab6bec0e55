"""The tables: on the terminal, and as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table

from bench.rows import Peer, Row

HEADER = ("what", "ours", "reference", "ratio", "budget", "held")
PEER_HEADER = ("chart", "tool", "time", "× this bot", "PNG")
VERDICTS = {True: "held", False: "NOT HELD", None: ""}
_STYLES = {True: "green", False: "bold red", None: "dim"}
_TEN, _HUNDRED = 10, 100


def show(console: Console, title: str, rows: Sequence[Row]) -> None:
    """Print the rows, a section for each group."""
    table = Table(title=title, title_justify="left", show_lines=False)
    for name in HEADER:
        table.add_column(name, justify="left" if name in ("what", "held") else "right", overflow="fold")
    group = ""
    for row in rows:
        if row.group != group:
            table.add_section()
            table.add_row(f"[bold]{row.group}[/]")
            group = row.group
        *cells, verdict = cells_of(row)
        table.add_row(*cells, f"[{_STYLES[row.held]}]{verdict}[/]")
    console.print(table)


def write(title: str, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield f"## {title}"
    yield ""
    yield f"| {' | '.join(HEADER)} |"
    yield "|---|--:|--:|--:|--:|---|"
    group = ""
    for row in rows:
        if row.group != group:
            yield f"| **{row.group}** | | | | | |"
            group = row.group
        yield f"| {' | '.join(cells_of(row))} |"
    yield ""


def show_peers(console: Console, peers: Sequence[Peer]) -> None:
    """Print what other tools take for the same charts."""
    table = Table(title="Other tools on the same charts", title_justify="left")
    for name in PEER_HEADER:
        table.add_column(name, justify="left" if name in PEER_HEADER[:2] else "right")
    for peer in peers:
        table.add_row(*_peer_cells(peer, peers))
    console.print(table)


def write_peers(peers: Sequence[Peer]) -> Iterator[str]:
    """Yield the lines of the same table in Markdown."""
    yield "## Other tools on the same charts"
    yield ""
    yield f"| {' | '.join(PEER_HEADER)} |"
    yield "|---|---|--:|--:|--:|"
    for peer in peers:
        yield f"| {' | '.join(_peer_cells(peer, peers))} |"
    yield ""


def _peer_cells(peer: Peer, peers: Sequence[Peer]) -> tuple[str, ...]:
    ours = next(each for each in peers if each.chart == peer.chart)
    times = f"{peer.ms / ours.ms:.1f} ×"
    return (peer.chart, peer.tool, f"{say(peer.ms)} ms", times, f"{peer.kilobytes:.0f} KB")


def cells_of(row: Row) -> tuple[str, ...]:
    """The row as text, in the order of `HEADER`."""
    what = f"{row.what} ({row.note})" if row.note else row.what
    reference = f"{row.reference.name}: {say(row.reference.value)} {row.unit}" if row.reference else "–"
    ratio = "–" if row.ratio is None else f"{row.ratio:.2f}" if row.ratio >= 1 / _TEN else f"{row.ratio:.3f}"
    return (what, f"{say(row.ours)} {row.unit}", reference, ratio, say_budget(row), VERDICTS[row.held])


def say_budget(row: Row) -> str:
    """The budget as a ratio, or as an amount."""
    if row.budget is None:
        return "–"
    sign = "≥" if row.at_least else "≤"
    return f"{sign} {row.budget:.3g} ×" if row.reference else f"{sign} {row.budget:g} {row.unit}"


def say(value: float) -> str:
    """A figure in three digits."""
    if math.isnan(value):
        return "?"
    if abs(value) >= _HUNDRED:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= _TEN else f"{value:.2f}"
