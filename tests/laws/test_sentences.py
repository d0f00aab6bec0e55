"""`data` speaks in codes: each has one sentence, each sentence its code, and no English stands there besides.

To raise something new: the code and its values in `data`, the sentence with those places in `bot/sentences.py`,
and the line in `codes.txt` that `test_codes.py` misses.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

import data
from bot.sentences import SENTENCES
from data.errors import Phrase
from data.releases.sync import ReleaseRefused
from tests.house_rules import SQL, within
from tests.modules import Module, modules

REPEATS = (ReleaseRefused,)
"""What says again the code of another failure."""

NO_SENTENCES = {
    "data.countries.compile": "a command of the workshop, not of the program",
    "data.sources.unhcr.website": "the headings of UNHCR's own downloads",
    "data.reading": "words that people write, to be recognised",
}
"""Modules of `data` that have words in them, and why."""

NO_SENTENCE = {
    "Refugee Recognition Rate": "an entry of the glossary",
    "Total Protection Rate": "an entry of the glossary",
    "countries of asylum": "a value that a command writes",
    "unhcr compared at": "a stored key",
    "unhcr checked at": "a stored key",
    "unhcr unknown fields": "a stored key",
    "Could not decode to UTF-8": "what Python says",
}
"""Texts that are no sentences, and what they are."""

WORDS = re.compile(r"[A-Za-z’']+( [A-Za-z’']+){2,}")
PATTERN = re.compile(r"\\[bswdW]|\(\?|\[\^?\w-")
PART_OF_SQL = re.compile(r"\b(AND|OR|NULL|SELECT|FROM|WHERE|AS|BY|IN|IS|CASE|INDEXED|SAVEPOINT|ROLLBACK)\b")


def list_coded(kind: type[Phrase] = Phrase) -> Iterator[str]:
    """Yield the names of all that takes a code."""
    if kind not in REPEATS:
        yield kind.__name__
    for each in kind.__subclasses__():
        if within(each.__module__, "data"):
            yield from list_coded(each)


@cache
def list_said() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Return where each code is used, the code, and the names of its values."""
    return tuple(_read_said())


def _read_said() -> Iterator[tuple[str, str, frozenset[str]]]:
    for each in pkgutil.walk_packages(data.__path__, "data."):
        importlib.import_module(each.name)
    coded = {*list_coded()}
    for module in modules():
        for node in module.nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in coded:
                values = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                if len(values) < len(node.keywords):  # what was said before, read back
                    continue
                for code in list_constants(node.args[0]):
                    yield f"{module.name}:{node.lineno}", code, values


def list_constants(code: ast.expr) -> list[str]:
    if isinstance(code, ast.IfExp):
        return [*list_constants(code.body), *list_constants(code.orelse)]
    return [str(code.value) if isinstance(code, ast.Constant) else ast.unparse(code)]


def places_of(sentence: str) -> frozenset[str]:
    return frozenset(re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(sentence) if name)


def test_every_code_has_a_sentence_with_just_its_values() -> None:
    wrong = [
        f"{where} says {code} with {sorted(values)}"
        for where, code, values in list_said()
        if code not in SENTENCES or places_of(SENTENCES[code]) != values
    ]

    assert wrong == []


def test_every_sentence_is_said() -> None:
    assert {code for _, code, _ in list_said()} == SENTENCES.keys()


def list_english(module: Module) -> Iterator[str]:
    """Yield what reads like English: three words or more, in no docstring, query or pattern."""
    left_out: set[ast.AST] = set()
    for node in module.nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            left_out.update(node.values)
    for node in module.nodes:
        text = getattr(node, "value", "")
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else "…"
                for part in node.values
            )
        if node in left_out or not isinstance(text, str) or text in NO_SENTENCE:
            continue
        if WORDS.search(text) and not any(each.search(text) for each in (SQL, PART_OF_SQL, PATTERN)):
            yield f"{module.name}:{node.lineno} {text}"


def test_no_english_stands_in_data() -> None:
    found = [
        english
        for module in modules()
        if within(module.name, "data") and not within(module.name, *NO_SENTENCES)
        for english in list_english(module)
    ]

    assert found == []


def test_what_is_said_to_be_no_sentence_is_there() -> None:
    texts = {
        text
        for module in modules()
        for node in module.nodes
        if isinstance(text := getattr(node, "value", 0), str)
    }

    assert texts >= NO_SENTENCE.keys()


def test_english_is_found_where_it_stands() -> None:
    found = list_english(Module("data.x", 'raise E(f"No country is {called} so.")\nx = "one code"\n'))

    assert len([*found]) == 1
