"""Sentences are written whole: no room of words cuts or changes finished ones, so that catalogues can take them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "cogs")
"""Every room that may word something; `data` knows no sentence."""

SURGERY = {
    "lower", "upper", "capitalize", "title", "swapcase", "casefold",
    "removeprefix", "removesuffix", "strip", "lstrip", "rstrip", "partition", "rpartition",
}  # fmt: skip
"""Methods of text that change its letters or take some away; `replace` and cuts of f-strings beside them."""

CATALOGUED = {"_", "pgettext", "ngettext"}
"""What words a sentence of the catalogues."""

PLACES_THAT_TOUCH = re.compile(r"(?<=[a-z_])\}\{(?=[a-z_])")
WORD = re.compile(r"[A-Za-z]{2}")
ENDING = re.compile(r"(['’]?s|ed|ing)\b")

EXCEPTIONS = {
    "bot/charts": "letters are laid out into a room there: wrapped, shortened at a figure that must stay; nothing is worded",
    "bot/preview": "a chat page and a double of Discord: they carry words and make none",
    "bot/alerts/options.py": "reads what somebody types",
    "bot/discord/options.py": "reads what somebody types",
    "bot/alerts/proposals.py:_read_kinds": "reads the code of a button",
    "bot/chat/ask.py:_answer_all": "puts a line of an answer in the place of another, whole",
    "bot/endpoints.py": "addresses",
    "bot/errors.py:name_permissions": "makes the names of Discord's own pages out of its codes",
    "bot/languages/forms.py:_in_english": "makes an English form of a name, as the other languages' tables have theirs",
    "bot/log.py": "masks what the log must not have",
    "bot/settings.py": "reads settings",
    "bot/replies/layout.py:unbold": "takes out markup, no letter of a word",
    "bot/replies/reply.py:count_rows": "counts letters without markup",
    "bot/replies/reply.py:shorten": "cuts what Discord would refuse, in any language",
    "bot/replies/reply.py:_set": "sets a table in columns",
    "bot/words/__init__.py:capitalise": "begins a sentence with a name or a number",
    "bot/words/__init__.py:say_points": "writes a number",
    "bot/words/__init__.py:say_signed": "writes a number",
    "bot/words/__init__.py:say_whole_percent": "writes a number",
}  # fmt: skip

MAX_PIECES = 156
"""So many places still stand where one piece of a sentence follows another without a blank: never more."""


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
            elif _is_word(node.func.value) and name == "join":
                yield inside.get(node, ""), node.lineno, f"joins with {ast.unparse(node.func.value)}"
        elif isinstance(node, ast.AugAssign | ast.BinOp) and isinstance(node.op, ast.Add):
            if any(
                map(_is_text, (node.value,) if isinstance(node, ast.AugAssign) else (node.left, node.right))
            ):
                yield inside.get(node, ""), node.lineno, f"appends in {ast.unparse(node)}"
        elif isinstance(node, ast.JoinedStr):
            yield from ((inside.get(node, ""), node.lineno, glue) for glue in _find_glue(node))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_word(node: ast.AST | None) -> bool:
    """Whether it is a text with a word in it, and not a sign alone."""
    return isinstance(node, ast.Constant) and bool(WORD.search(str(node.value)))


def find_pieces(tree: ast.AST) -> Iterator[int]:
    """Yield the line of each place where a value follows another with nothing between them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for one, other in pairwise(node.values):
                if isinstance(one, ast.FormattedValue) and isinstance(other, ast.FormattedValue):
                    yield node.lineno
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in CATALOGUED:
            for said in node.args:
                if isinstance(said, ast.Constant):
                    yield from [said.lineno] * len(PLACES_THAT_TOUCH.findall(str(said.value)))


def _find_glue(node: ast.JoinedStr) -> Iterator[str]:
    """Yield what is glued within a sentence: endings of names, parts of values, words and pieces by a condition."""
    for before, part in zip(node.values, node.values[1:], strict=False):
        glued = isinstance(before, ast.FormattedValue) and isinstance(part, ast.Constant)
        if glued and ENDING.match(str(part.value)):  # type: ignore[attr-defined]
            yield f"{{…}}{part.value!s}"  # type: ignore[attr-defined]
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            for each in ast.walk(part.value):
                if isinstance(each, ast.Constant) and each.value == "s":
                    yield "a plural's s"
                if isinstance(each, ast.IfExp) and (_is_word(each.body) or _is_word(each.orelse)):
                    yield f"chooses a word in {ast.unparse(each)}"
                if isinstance(each, ast.BoolOp) and any(
                    isinstance(one, ast.JoinedStr) for one in each.values
                ):
                    yield f"adds a piece in {ast.unparse(each)}"
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


def test_no_more_pieces_follow_each_other_than_there_were() -> None:
    found = {
        path: list(find_pieces(ast.parse(file.read_text("utf-8"))))
        for file in list_files()
        if not find_exceptions(path := file.relative_to(ROOT).as_posix(), "")
    }

    assert sum(map(len, found.values())) <= MAX_PIECES, found


@pytest.mark.parametrize(
    "code",
    [
        "NAMES[of].lower()",
        "' and '.join(names)",
        "said += f', which {what}'",
        "f'{country} fell' + note",
        'f\'{country} {"rose" if up else "fell"}\'',
        "f'{told}{change and f\", {change}\"}'",
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
    "code",
    [
        "', '.join(names)",
        "first + last",
        "replace(reply, mind=None)",
        "f'{word} said'",
        "when.replace(hour=0)",
        "rows[2:]",
    ],
)
def test_it_leaves_alone_what_words_nothing(code: str) -> None:
    assert not list(find_surgery(ast.parse(code)))
