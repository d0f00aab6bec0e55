"""The rules of the house, as functions from a module to what is wrong in it."""

from __future__ import annotations

import ast
import re

from tests.modules import PACKAGES, Module, within

ROOMS = (
    # data: the words of the field, then figures, then what is made of them
    "data.errors",
    "data.model",
    "data.measures",
    "data.coverage",
    "data.statistics",
    "data.recodings",
    "data.doubt",
    "data.notes",
    "data.caveats",
    "data.countries",
    "data.glossary",
    "data.store",
    "data.state",
    "data.sources",
    "data.releases",
    "data.questions",
    "data.reading",
    "data.answers",
    "data.alerts",
    # bot: words and pictures, then Discord, then features, then what starts them
    "bot.endpoints",
    "bot.exits",
    "bot.version",
    "bot.launch",
    "bot.log",
    "bot.languages",
    "bot.words",
    "bot.sentences",
    "bot.settings",
    "bot.errors",
    "bot.charts",
    "bot.replies",
    "bot.services",
    "bot.discord",
    "bot.chat",
    "bot.alerts",
    "bot.shell",
    "bot.allocator",
    "bot.upkeep",
    "bot.duty",
    "bot.preview.double",
    "bot.preview",
    "cogs",
    "bot.health",
    "bot.run",
    "bot.__main__",
)
"""The rooms in their order: each may import from those above it, and from itself.

A module is in the room with the longest name that its own begins with.
"""

PURE = (
    "data.errors",
    "data.model",
    "data.measures",
    "data.statistics",
    "data.caveats",
    "data.recodings",
    "data.countries",
    "data.glossary",
    "data.coverage",
    "data.notes",
    "data.sources.unhcr.parse",
    "data.sources.unhcr.footnotes",
    "data.sources.unhcr.website",
    "data.state.model",
    "data.doubt",
    "data.questions.refinement",
    "data.questions.codec",
    "data.reading",
    "data.alerts.news",
)
"""Reasoning: it neither waits nor looks at a clock, the network or a die."""

IMPURE_IN_PURE = ("data.reading.check.search",)
"""… but for these, which read what a pure room reasons about."""

SPEAKERS = ("bot.words", "bot.charts", "bot.replies", "cogs")
"""Rooms that put values into words and pictures, or questions to the bot, and look nothing up themselves."""

UNSPOKEN = ("data.store", "data.state", "data.sources", "data.releases", "data.answers", "data.alerts")
VALUES = ("data.state.model", "data.alerts.news")
"""What speakers do not import, and which modules of it hold values, which they may."""

OPERATORS = (
    "bot.shell",
    "bot.allocator",
    "bot.upkeep",
    "bot.duty",
    "bot.preview",
    "bot.health",
    "bot.run",
    "bot.__main__",
)
"""The only rooms of `bot` that open the database or take releases in."""

OPERATED = ("data.store", "data.sources", "data.releases")

ONLY_IN = {
    "discord": ("bot", "cogs"),
    "matplotlib": ("bot.charts",),
    "font_lato": ("bot.charts",),
    "numpy": ("bot.charts", "data.store", "data.reading.check"),
    "aiosqlite": ("data.store",),
    "psycopg": ("data.state.postgresql",),
    "psycopg_pool": ("data.state.postgresql",),
    "sqlite3": ("data.store",),
    "dotenv": ("bot.settings",),
    "aiohttp": (
        "data.sources.unhcr",
        "bot.preview",
        "bot.errors",
        "bot.discord",
        "bot.health",
        "bot.shell.account",
    ),
    "hatchling": ("bot.languages",),
    "prometheus_client": ("bot.health",),
    "babel": ("data.countries", "bot.languages"),
    "rapidfuzz": ("data.countries", "data.glossary", "data.reading", "bot.words"),
}
"""The rooms that a library may be imported in."""

IMPURE = frozenset(
    {"aiohttp", "aiosqlite", "asyncio", "discord", "random", "socket", "sqlite3", "time", "urllib.request"}
)
CLOCKS = frozenset({"now", "utcnow", "today"})
FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|constants?|common|misc)$")
SQL = re.compile(
    r"\s*(SELECT\s|INSERT (OR \w+ )?INTO\s|REPLACE INTO\s|UPDATE \S+ SET\s|DELETE FROM\s|PRAGMA \w|SET TRANSACTION\s|ATTACH \w"
    r"|(CREATE|ALTER|DROP) (TEMP\w* )?(UNIQUE )?(TABLE|INDEX|VIEW|TRIGGER|VIRTUAL)\s|BEGIN( \w+)?$|COMMIT$|WITH \w+ AS\s)"
)
NUMBERED = re.compile(r"\?\d")
MUTABLE = frozenset({"list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter", "OrderedDict"})


def room_of(name: str) -> str | None:
    rooms = [room for room in ROOMS if within(name, room)]
    return max(rooms, key=len) if rooms else None


def unplaced(module: Module) -> list[str]:
    known = room_of(module.name) or module.name in ("bot", "data")
    return [] if known else [f"{module.name} is in no room: place it in ROOMS"]


def climbs(module: Module) -> list[str]:
    """Name the imports from rooms below this module's own in the list."""
    room = room_of(module.name)
    if room is None:
        return []
    return [
        f"{module.name} imports {name}"
        for name in sorted(module.imports)
        if name.split(".")[0] in PACKAGES
        and (other := room_of(name))
        and ROOMS.index(other) > ROOMS.index(room)
    ]


def looks_up(module: Module) -> list[str]:
    """What speaks imports values only, and of `bot` only what an operator starts touches the database."""
    closed: tuple[str, ...] = ()
    if within(module.name, *SPEAKERS):
        closed = UNSPOKEN
    elif within(module.name, "bot") and not within(module.name, *OPERATORS):
        closed = OPERATED
    return [
        f"{module.name} imports {name}"
        for name in sorted(module.imports)
        if within(name, *closed) and not _is_of_values(name, module)
    ]


def _is_of_values(name: str, module: Module) -> bool:
    """A package is always among the imports of what it holds."""
    return within(name, *VALUES) or any(within(value, name) and value in module.imports for value in VALUES)


def opens_the_double(module: Module) -> list[str]:
    """The double of Discord is a program of its own: of the bot it knows where Discord is, and nothing else."""
    if not within(module.name, "bot.preview.double"):
        return []
    return [
        f"{module.name} imports {name}"
        for name in sorted(module.imports)
        if name.split(".")[0] in PACKAGES
        and name not in ("bot", "bot.preview")
        and not within(name, "bot.preview.double", "bot.endpoints")
    ]


def crosses(module: Module) -> list[str]:
    """The two edges of the house, the database and UNHCR, know nothing of each other."""
    edges = {"data.store": "data.sources", "data.sources.unhcr": "data.store"}
    return [
        f"{module.name} imports {name}"
        for edge, other in edges.items()
        if within(module.name, edge)
        for name in sorted(module.imports)
        if within(name, other)
    ]


def names_what_keeps_state(module: Module) -> list[str]:
    """Shared state is asked by its protocol; what keeps it is chosen in one place."""
    if within(module.name, "data.state"):
        return []
    return [
        f"{module.name} imports {name}"
        for name in sorted(module.imports)
        if within(name, "data.state.sql", "data.state.sqlite", "data.state.postgresql")
    ]


def enters_the_start(module: Module) -> list[str]:
    start = {"bot.__main__", "bot.run"}
    closed = {"bot.launch"} | ({"bot.__main__"} if module.name in start else {*start, "bot.settings"})
    return [f"{module.name} imports {name}" for name in sorted(closed & module.imports)]


def strays(module: Module) -> list[str]:
    return [
        f"{module.name} imports {name}"
        for name in sorted(module.imports)
        if (rooms := ONLY_IN.get(name.split(".")[0])) and not within(module.name, *rooms)
    ]


def acts_though_pure(module: Module) -> list[str]:
    """Reasoning neither waits nor looks at a clock, a file of the network or a die."""
    if not within(module.name, *PURE) or within(module.name, *IMPURE_IN_PURE):
        return []
    found = [f"{module.name} imports {name}" for name in module.imports if within(name, *IMPURE)]
    for node in module.nodes:
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            found.append(f"{module.name}:{node.lineno} waits")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            found.append(f"{module.name}:{node.lineno} looks at the clock")
    return found


def reads_the_environment(module: Module) -> list[str]:
    if within(module.name, "bot.settings", "bot.launch", "bot.run", "bot.__main__"):
        return []
    read = {"os.environ", "os.getenv"} & (
        module.imports | {ast.unparse(n) for n in module.nodes if isinstance(n, ast.Attribute)}
    )
    return [f"{module.name} reads {name}" for name in read]


def writes_sql(module: Module) -> list[str]:
    if within(module.name, "data.store", "data.state.sql", "data.state.postgresql"):
        return []
    texts = [n for n in module.nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [f"{module.name}:{text.lineno} writes SQL" for text in texts if SQL.match(text.value)]


def numbers_what_is_bound(module: Module) -> list[str]:
    """Python 3.12.0 to 3.12.3 take `?1` for a name, and 3.14 refuses it with a sequence: name what comes twice."""
    texts = [n for n in module.nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [
        f"{module.name}:{text.lineno} binds by number"
        for text in texts
        if within(module.name, "data.store", "data.state", "data.releases") and NUMBERED.search(text.value)
    ]


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
