"""Print how the house measures: `python -m tests.house_measures`. Files, imports, rooms, the size of /asylum."""

from __future__ import annotations

import ast
import asyncio
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence

from bot.discord.client import AsylumBot
from bot.preview.double.rules import characters
from bot.services import Services
from tests.house_rules import ROOMS, room_of
from tests.modules import Module, modules

DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(module: Module) -> list[str]:
    """The functions and classes that a module offers."""
    return [n.name for n in module.tree.body if isinstance(n, DEFINITIONS) and not n.name.startswith("_")]


def importers(found: Sequence[Module]) -> dict[str, set[str]]:
    """Which modules import each of them."""
    names = {module.name for module in found}
    by: dict[str, set[str]] = defaultdict(set)
    for module in found:
        for name in module.needs(names):
            by[name].add(module.name)
    return by


def circles(found: Sequence[Module]) -> list[set[str]]:
    """The sets of rooms that need each other, directly or by way of others."""
    names = {module.name for module in found}
    needs: dict[str, set[str]] = defaultdict(set)
    for module in found:
        room = room_of(module.name) or module.name
        needs[room] |= {room_of(name) or name for name in module.needs(names)} - {room}

    def reached(room: str) -> set[str]:
        seen, waiting = set(), [room]
        while waiting:
            new = needs[waiting.pop()] - seen
            seen |= new
            waiting += new
        return seen

    reach = {room: reached(room) for room in needs}
    return [
        circle
        for circle in {
            frozenset(b for b in reach if b in reach[a] and a in reach[b]) for a in reach if a in reach[a]
        }
        if circle
    ]


def names_of_several(found: Sequence[Module]) -> dict[str, int]:
    """Public class names that mean more than one thing, the double of Discord left out."""
    counted = Counter(
        node.name
        for module in found
        if room_of(module.name) != "bot.preview.double"
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    return {name: times for name, times in sorted(counted.items()) if times > 1}


async def size_of_commands() -> dict[str, int]:
    """The characters that Discord counts of each command, of the 8,000 it allows."""
    async with AsylumBot(object.__new__(Services)) as bot:
        for name in bot.cog_names:
            await bot.load_extension(name)
        return {c.name: characters(c.to_dict(bot.tree)) for c in bot.tree.get_commands()}


def rows(found: Sequence[Module]) -> list[tuple[str, str, str]]:
    """What is measured, its value, and what is wanted."""
    lines = {module.name: module.source.count("\n") for module in found}
    by = importers(found)
    one = {module.name for module in found if len(public(module)) == 1}
    single = {module.name for module in found if len(by[module.name]) == 1}
    longest = max(lines, key=lines.__getitem__)
    sizes = asyncio.run(size_of_commands())
    second = sum(len(re.findall(r"(?i)\bstarter", module.source)) for module in found)
    several = names_of_several(found)
    return [
        ("Python files in bot, cogs, data", f"{len(found)}", "≤ 230"),
        ("lines", f"{sum(lines.values()):,}", "≤ 29,000"),
        ("median of a file's lines", f"{statistics.median(lines.values()):.0f}", ""),
        ("longest file", f"{lines[longest]} ({longest})", "≤ 600"),
        ("rooms", f"{len(ROOMS)}", ""),
        ("circles between rooms", f"{len(circles(found))}", "0"),
        ("modules with one public definition", f"{len(one)}", ""),
        ("modules imported by exactly one other", f"{len(single)}", ""),
        ("… with one public definition", f"{len(one & single)}", "≤ 30"),
        ("class names that mean several things", f"{len(several)} ({', '.join(several)})", ""),
        ("/asylum in characters", f"{sizes['asylum']:,}", "≤ 5,500"),
        ("mentions of a second kind of release", f"{second}", "0"),
    ]


def main() -> None:
    print("| | now | wanted |\n|---|--:|--:|")
    for what, now, wanted in rows(modules()):
        print(f"| {what} | {now} | {wanted} |")


if __name__ == "__main__":
    main()
