"""Sentences are written whole: no room of words cuts or changes finished ones, so that catalogues can take them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot/replies", "bot/charts", "bot/alerts", "cogs")

SURGERY = {
    "lower", "upper", "capitalize", "title", "swapcase", "casefold",
    "removeprefix", "removesuffix", "strip", "lstrip", "rstrip", "partition", "rpartition",
}  # fmt: skip
"""Methods of text that change its letters or take some away; `replace` and cuts of f-strings beside them."""

ENDING = re.compile(r"(['’]?s|ed|ing)\b")

EXCEPTIONS = {
    "bot/charts": "letters are laid out into a room there: wrapped, shortened at a figure that must stay; nothing is worded",
    "bot/alerts/options.py": "reads what somebody types",
    "bot/alerts/proposals.py:_read_kinds": "reads the code of a button",
    "bot/replies/layout.py:unbold": "takes out markup, no letter of a word",
    "bot/replies/reply.py:count_rows": "counts letters without markup",
    "bot/replies/reply.py:shorten": "cuts what Discord would refuse, in any language",
    "bot/replies/reply.py:_set": "sets a table in columns",
}  # fmt: skip


def list_files() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def find_surgery(tree: ast.AST) -> Iterator[tuple[str, int, str]]:
    """Yield function, line and what is done, of each place where text is cut or changed."""
    inside: dict[ast.AST, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside.update(dict.fromkeys(ast.walk(node), node.name))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in SURGERY or (name == "replace" and len(node.args) > 1):
                yield inside.get(node, ""), node.lineno, f".{name}()"
        elif isinstance(node, ast.JoinedStr):
            yield from ((inside.get(node, ""), node.lineno, glue) for glue in _find_glue(node))


def _find_glue(node: ast.JoinedStr) -> Iterator[str]:
    """Yield endings that are glued to a name, and values of which a part is cut off within a sentence."""
    for before, part in zip(node.values, node.values[1:], strict=False):
        glued = isinstance(before, ast.FormattedValue) and isinstance(part, ast.Constant)
        if glued and ENDING.match(str(part.value)):  # type: ignore[attr-defined]
            yield f"{{…}}{part.value!s}"  # type: ignore[attr-defined]
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            for each in ast.walk(part.value):
                if isinstance(each, ast.Constant) and each.value == "s":
                    yield "a plural's s"
                if isinstance(each, ast.Subscript) and isinstance(each.slice, ast.Slice):
                    bounds = [each.slice.lower, each.slice.upper]
                    if any(isinstance(bound, ast.Constant) for bound in bounds):
                        yield f"cuts {ast.unparse(each)}"


def find_exceptions(path: str, function: str) -> set[str]:
    return {
        known for known in EXCEPTIONS if known in (path, f"{path}:{function}") or path.startswith(f"{known}/")
    }


@pytest.mark.parametrize("file", [*list_files()], ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_sentence_is_cut_or_changed_once_it_is_said(file: Path) -> None:
    path = file.relative_to(ROOT).as_posix()
    found = find_surgery(ast.parse(file.read_text("utf-8")))

    assert [
        f"{path}:{line} {what}" for function, line, what in found if not find_exceptions(path, function)
    ] == []


def test_each_exception_is_needed() -> None:
    used: set[str] = set()
    for file in list_files():
        path = file.relative_to(ROOT).as_posix()
        for function, _, _ in find_surgery(ast.parse(file.read_text("utf-8"))):
            used |= find_exceptions(path, function)

    assert used == set(EXCEPTIONS)


@pytest.mark.parametrize(
    "code",
    [
        "NAMES[of].lower()",
        "said.replace('the ', '')",
        "said.removesuffix(' persons')",
        'f"{country}\'s figures"',
        "f'{claim}s more'",
        'f\'a member{"" if one else "s"}\'',
        "f'({note[2:]})'",
    ],
)
def test_it_sees_what_it_is_to_find(code: str) -> None:
    assert list(find_surgery(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["replace(reply, mind=None)", "f'{word} said'", "when.replace(hour=0)", "rows[2:]"]
)
def test_it_leaves_alone_what_words_nothing(code: str) -> None:
    assert not list(find_surgery(ast.parse(code)))
