"""The rules of the house, as functions from a module to what is wrong in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.modules import PACKAGES, Module, within

ROOMS = {
    "data.model": 0,
    "data.errors": 0,
    "data.measures": 1,
    "data.statistics": 1,
    "data.text": 1,
    "data.understanding": 1,
    "data.compare": 1,
    "data.recodings": 1,
    "data.digest": 1,
    "data.countries": 1,
    "data.glossary": 1,
    "data.claims": 1,
    "data.caveats": 1,
    "data.coverage": 1,
    "data.dates": 1,
    "data.findings": 1,
    "data.questions": 1,
    "data.corrections": 1,
    "data.subscriptions": 1,
    "data.delivery": 1,
    "data.news": 1,
    "data.notes": 1,
    "data.unhcr.footnotes": 1,
    "data.unhcr.parse": 1,
    "data.unhcr.website": 1,
    "data.releases.weigh": 1,
    "data.unhcr": 2,
    "data.sources": 2,
    "data.sources.shipped.production": 3,
    "data.store": 2,
    "data.sync": 3,
    "data.imports": 3,
    "data.publication": 3,
    "data.rehearsal": 3,
    "data.releases": 3,
    "data.revisions": 3,
    "data.startup": 3,
    "data.withdrawal": 3,
    "data.answers": 3,
    "data.alerts": 3,
    "bot.words": 4,
    "bot.charts": 4,
    "bot.replies": 4,
    "bot.errors": 4,
    "bot": 5,
    "cogs": 6,
    "bot.__main__": 7,
    "bot.assembly": 7,
    "bot.settings": 7,
    "bot.launch": 7,
}
"""The floor of each room; a module is in the room with the longest name that its own begins with."""

MAY_USE = {
    0: (),
    1: (0, 1),
    2: (0, 1, 2),
    3: (0, 1, 2, 3),
    4: (0, 1, 4),
    5: range(6),
    6: (0, 4, 5, 6),
    7: range(8),
}
"""The floors that a floor may import from."""

ALSO = {6: ("data.questions", "data.subscriptions")}
"""Rooms that a floor may import from besides: a door puts what somebody typed into a question or a filter."""

ONLY_IN = {
    "discord": ("bot", "cogs"),
    "matplotlib": ("bot.charts",),
    "font_lato": ("bot.charts",),
    "numpy": ("bot.charts",),
    "aiosqlite": ("data.store",),
    "sqlite3": ("data.store",),
    "dotenv": ("bot.settings",),
    "aiohttp": ("data.unhcr", "bot.preview", "bot.errors", "bot.startup", "bot.workers"),
    "babel": ("data.countries", "bot.words"),
    "rapidfuzz": ("data.countries", "data.glossary", "data.text", "data.understanding", "bot.words"),
}
"""The rooms that a library may be imported in."""

IMPURE = frozenset(
    {"aiohttp", "aiosqlite", "asyncio", "discord", "random", "socket", "sqlite3", "time", "urllib.request"}
)
CLOCKS = frozenset({"now", "utcnow", "today"})
FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|constants?|common|misc)$")
SQL = re.compile(
    r"\s*(SELECT\s|INSERT (OR \w+ )?INTO\s|REPLACE INTO\s|UPDATE \S+ SET\s|DELETE FROM\s|PRAGMA \w|ATTACH \w"
    r"|(CREATE|ALTER|DROP) (TEMP\w* )?(UNIQUE )?(TABLE|INDEX|VIEW|TRIGGER|VIRTUAL)\s|BEGIN( \w+)?$|COMMIT$|WITH \w+ AS\s)"
)
MUTABLE = frozenset({"list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter", "OrderedDict"})
MOST_LINES_IN_A_COMMAND = 15


def room_of(name: str) -> str | None:
    rooms = [room for room in ROOMS if within(name, room)]
    return max(rooms, key=len) if rooms else None


def ours(module: Module) -> Iterator[tuple[str, int]]:
    """Yield our own modules that this one imports, with their floors."""
    for name in sorted(module.imports):
        if name.split(".")[0] in PACKAGES and (room := room_of(name)):
            yield name, ROOMS[room]


def unplaced(module: Module) -> list[str]:
    known = room_of(module.name) or module.name == "data"
    return [] if known else [f"{module.name} is in no room: place it in ROOMS"]


def climbs(module: Module) -> list[str]:
    room = room_of(module.name)
    if room is None:
        return []
    floor = ROOMS[room]
    return [
        f"{module.name} imports {name}"
        for name, other in ours(module)
        if other not in MAY_USE[floor] and not within(name, *ALSO.get(floor, ()))
    ]


def crosses(module: Module) -> list[str]:
    """The two edges of the house, the database and UNHCR, know nothing of each other."""
    other = {"data.store": "data.unhcr", "data.unhcr": "data.store"}.get(room_of(module.name) or "")
    reached = [name for name in module.imports if other and room_of(name) == other and name != other]
    return [f"{module.name} imports {name}" for name in reached]


def enters_the_start(module: Module) -> list[str]:
    start = {"bot.__main__", "bot.assembly"}
    closed = {"bot.launch"} | ({"bot.__main__"} if module.name in start else {*start, "bot.settings"})
    return [f"{module.name} imports {name}" for name in closed & module.imports]


def strays(module: Module) -> list[str]:
    return [
        f"{module.name} imports {name}"
        for name in sorted(module.imports)
        if (rooms := ONLY_IN.get(name.split(".")[0])) and not within(module.name, *rooms)
    ]


def acts_though_pure(module: Module) -> list[str]:
    """Reasoning neither waits nor looks at a clock, a file of the network or a die."""
    if ROOMS.get(room_of(module.name) or "") not in (0, 1):
        return []
    found = [f"{module.name} imports {name}" for name in module.imports if within(name, *IMPURE)]
    for node in module.nodes:
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            found.append(f"{module.name}:{node.lineno} waits")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            found.append(f"{module.name}:{node.lineno} looks at the clock")
    return found


def reads_the_environment(module: Module) -> list[str]:
    if ROOMS.get(room_of(module.name) or "") == 7:
        return []
    read = {"os.environ", "os.getenv"} & (
        module.imports | {ast.unparse(n) for n in module.nodes if isinstance(n, ast.Attribute)}
    )
    return [f"{module.name} reads {name}" for name in read]


def writes_sql(module: Module) -> list[str]:
    if within(module.name, "data.store"):
        return []
    texts = [n for n in module.nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [f"{module.name}:{text.lineno} writes SQL" for text in texts if SQL.match(text.value)]


def has_a_long_command(module: Module) -> list[str]:
    found = []
    for node in module.nodes:
        if within(module.name, "cogs") and isinstance(node, ast.AsyncFunctionDef) and _is_command(node):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > MOST_LINES_IN_A_COMMAND:
                found.append(f"{module.name}.{node.name} has {lines} lines")
    return found


def _is_command(node: ast.AsyncFunctionDef) -> bool:
    return any(
        ast.unparse(d).split("(")[0].endswith((".command", ".context_menu")) for d in node.decorator_list
    )


def keeps_global_state(module: Module) -> list[str]:
    found = [f"{module.name}:{n.lineno} says global" for n in module.nodes if isinstance(n, ast.Global)]
    for node in module.tree.body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        for target in targets:
            name = target.id if isinstance(target, ast.Name) else ""
            if (
                name
                and not name.isupper()
                and not name.startswith("__")
                and _is_mutable(getattr(node, "value", None))
            ):
                found.append(f"{module.name}.{name} can be changed by anybody")
    return found


def _is_mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).split(".")[-1] in MUTABLE
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def loses_failures(module: Module) -> list[str]:
    found = []
    for node in module.nodes:
        if isinstance(node, ast.ExceptHandler) and (node.type is None or _is_any_failure(node.type)):
            if all(isinstance(step, ast.Pass | ast.Continue) or _is_ellipsis(step) for step in node.body):
                found.append(f"{module.name}:{node.lineno} loses every failure")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "suppress":
            found += [
                f"{module.name}:{node.lineno} loses every failure" for a in node.args if _is_any_failure(a)
            ]
    return found


def _is_any_failure(kind: ast.expr) -> bool:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(ast.unparse(each) in ("Exception", "BaseException") for each in kinds)


def _is_ellipsis(step: ast.stmt) -> bool:
    return isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant) and step.value.value is ...


def has_a_vague_name(module: Module) -> list[str]:
    return [f"{module.name} says nothing" for part in module.name.split(".") if FORBIDDEN_NAMES.search(part)]
