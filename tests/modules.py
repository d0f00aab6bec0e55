"""The modules of the house, read and parsed."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("data", "bot", "cogs")


@dataclass(frozen=True)
class Module:
    """A module of ours: its dotted name and its source."""

    name: str
    source: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def imports(self) -> set[str]:
        """Everything imported, in full: `from data.store import outbox` is `data.store` and `data.store.outbox`."""
        found = set()
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
        return found

    def needs(self, names: Collection[str]) -> set[str]:
        """Which of the modules `names` this one waits for: `from package import module` is the module alone."""
        found = self.imports & set(names)
        for node in self.nodes:
            if isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                if all(f"{base}.{alias.name}" in names for alias in node.names):
                    found.discard(base)
        return found

    def _absolute(self, node: ast.ImportFrom) -> str:
        parts = self.name.split(".")
        above = parts[: len(parts) - node.level + self.is_package] if node.level else []
        return ".".join([*above, *([node.module] if node.module else [])])


@cache
def modules() -> tuple[Module, ...]:
    """Each is parsed once: a law looks at all of them."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            found.append(Module(name, path.read_text("utf-8"), is_package))
    return tuple(found)


def within(name: str, *rooms: str) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)
