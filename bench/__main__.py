"""Start here: `python -m bench` measures everything, `python -m bench soak [MINUTES]` endures.

python -m bench --only charts,commands   some sections, without writing latest.md
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from rich.console import Console

from bench import growth, machine, tables
from bench.databases import Databases, build
from bench.rows import Row
from bench.timing import on_one_core

RESULTS = Path(__file__).with_name("latest.md")
"""Of the last run, and not committed: what is worth keeping is copied to `bench/results/`, by its month."""

HEAD = """# What the budgets measure

Measured on {day} by `make bench`: {where}. Data: {data}. Libraries: {libraries}.

Medians over interleaved rounds. Charts and answers are made on one core and measured as shares of the blank
pages beside them, as a shared machine is a third faster in one minute than in the next. Answers are asked at
six releases, from the oldest to the newest; each takes the median of three rounds, each of which opens the
database anew; “single times” are what each took by itself. F0 is matplotlib saving a blank 1200×675 page with
its own PNG writer, *naive* is pyplot per request with `tight_layout` and `bbox_inches="tight"`, *echo* is a
discord.py bot that only defers and sends a ready-made PNG of a chart's size through the same double.
"""
Section = Callable[[Databases, Path], Awaitable[Sequence[Row]]]
console = Console(width=150, highlight=False)


async def _charts(databases: Databases, _: Path) -> Sequence[Row]:
    from bench.charts import measure_charts

    with on_one_core():
        return await measure_charts(databases.largest)


async def _loops(databases: Databases, _: Path) -> Sequence[Row]:
    from bench.loops import measure_drawing, rows_of_imports

    return [*await measure_drawing(databases.largest), *rows_of_imports(databases.costs)]


async def _commands(databases: Databases, _: Path) -> Sequence[Row]:
    from bench.commands import measure_commands

    return await measure_commands(databases.largest)


async def _answers(databases: Databases, _: Path) -> Sequence[Row]:
    from bench.answers import measure_answers

    return await measure_answers(databases.largest)


async def _sync(databases: Databases, _: Path) -> Sequence[Row]:
    from bench.sync import rows_of_sync

    return rows_of_sync(databases.costs)


async def _processes(databases: Databases, folder: Path) -> Sequence[Row]:
    from bench.processes import measure_first_start, measure_later_start, measure_memory

    memory = await measure_memory(databases.largest)
    return [
        *memory,
        await measure_first_start(folder),
        await measure_later_start(databases.largest, folder),
    ]


async def _servers(databases: Databases, folder: Path) -> Sequence[Row]:
    from bench.servers import measure_servers

    return await measure_servers(databases.largest, folder)


async def _hosts(databases: Databases, folder: Path) -> Sequence[Row]:
    from bench.hosts import measure_hosts

    return await measure_hosts(databases.largest, folder)


SECTIONS: dict[str, Section] = {
    "charts": _charts,
    "loops": _loops,
    "commands": _commands,
    "answers": _answers,
    "sync": _sync,
    "processes": _processes,
    "servers": _servers,
    "hosts": _hosts,
}
DELIVERIES = "deliveries"


async def _measure(options: argparse.Namespace, databases: Databases, folder: Path) -> None:
    rows: list[Row] = []
    told: list[growth.Growth] = []
    try:
        for name, section in SECTIONS.items():
            if not options.only or name in options.only:
                _say(f"measuring {name}")
                rows += await section(databases, folder)
        if not options.only or DELIVERIES in options.only:
            from bench.deliveries import measure_deliveries

            _say(f"measuring {DELIVERIES}")
            deliveries, told = await measure_deliveries(databases.largest)
            rows += deliveries
    finally:  # also when a section fails: the others took minutes
        tables.show(console, f"Budgets, with {databases.described}", rows)
    if options.only:
        return
    from bench.peers import measure_peers

    _say("measuring other tools")
    with on_one_core():
        peers = await measure_peers(databases.largest)
    tables.show_peers(console, peers)
    _say("measuring how it grows")
    grown = await growth.measure_growth(databases, folder)
    lines = growth.write_growth("How it grows with the releases that are kept", "releases", grown)
    lines += growth.write_growth("How it grows with the channels that are told", "channels", told)
    console.print("\n".join(lines), markup=False)
    _write(databases, [*tables.write("Budgets", rows), *tables.write_peers(peers), *lines])


async def _soak(options: argparse.Namespace, databases: Databases) -> None:
    from bench.soak import measure_soak

    rows = await measure_soak(databases.largest, options.minutes, _say)
    tables.show(console, f"Soak, with {databases.described}", rows)


def _say(words: str) -> None:
    console.print(f"[dim]{words} …[/]")


def _write(databases: Databases, lines: Sequence[str]) -> None:
    """Keep the tables, with all that one needs to know to judge them."""
    where = f"{machine.describe_machine()}; {machine.describe_load()} at the end"
    libraries = machine.describe_libraries()
    head = HEAD.format(day=machine.today(), where=where, data=databases.described, libraries=libraries)
    RESULTS.write_text("\n".join([head, *lines]), "utf-8")
    console.print(f"written to bench/{RESULTS.name}")


def _read_sections(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - {*SECTIONS, DELIVERIES}:
        raise argparse.ArgumentTypeError(f"there is no {', '.join(sorted(unknown))}")
    return names


def main() -> None:
    """Read the command line, build the databases, and measure."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--only", type=_read_sections, help=f"of {', '.join([*SECTIONS, DELIVERIES])}")
    parser.add_argument("--databases", type=Path, help="a folder to keep the databases in")
    parser.set_defaults(soak=False)
    commands = parser.add_subparsers(metavar="COMMAND")
    soaking = commands.add_parser("soak", help="ask for half an hour")
    soaking.add_argument("minutes", type=float, nargs="?", default=30.0)
    soaking.set_defaults(soak=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        databases = build(options.databases or folder, _say)
        asyncio.run(_soak(options, databases) if options.soak else _measure(options, databases, folder))


if __name__ == "__main__":
    main()
