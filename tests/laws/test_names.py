"""A name means one thing: who finds a class knows which one it is, in whatever room it is read."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from tests.modules import Module, modules

TYPE = re.compile(r"[A-Z][a-z]\w*")


def list_public_types(module: Module) -> Iterator[str]:
    """Yield the classes and the aliases of types that a module defines for others."""
    for node in module.tree.body:
        match node:
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)) if TYPE.fullmatch(name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if TYPE.fullmatch(name):
                if "TypeVar" not in ast.dump(value):  # one stands for any type, in its module alone
                    yield name


def test_no_two_modules_define_a_type_of_the_same_name() -> None:
    homes = defaultdict(set)
    for module in modules():
        for name in list_public_types(module):
            homes[name].add(module.name)

    assert {name: sorted(home) for name, home in homes.items() if len(home) > 1} == {}
