"""Carry sentences from the source into the catalogues, and compile these; Babel does both.

    python -m bot.languages.compile            carries new sentences into each `.po` and compiles them
    python -m bot.languages.compile --check    says what is not translated; 1 where a `.po` is stale

What is no longer said is taken out. A translation that Babel guesses from a similar sentence is never taken.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from bot.languages.files import HERE, compile_catalogue, list_languages, written

ROOT = HERE.parents[1]
ROOMS = ("bot", "cogs")
PROPOSED = "proposed: to be confirmed by a native reader"
"""What a translator's comment says of a term for which no text of UNHCR's was seen."""
COMMAND = "a command"
"""The context of what Discord shows of the commands."""
_WIDTH = 110


def extract() -> Catalog:
    """Gather every sentence of the source."""
    found = Catalog(project="asylum", charset="utf-8")
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for words, context in find_messages(ast.parse(file.read_text("utf-8"))):
                found.add(words, context=context, locations=[(file.relative_to(ROOT).as_posix(), 0)])
    for file in sorted((ROOT / "cogs").glob("*.py")):
        for words in find_descriptions(ast.parse(file.read_text("utf-8"))):
            found.add(words, context=COMMAND, locations=[(file.relative_to(ROOT).as_posix(), 0)])
    return found


def find_descriptions(tree: ast.Module) -> Iterator[str]:
    """Yield what Discord shows of the commands of a cog: descriptions, and the names of choices."""
    for node in ast.walk(tree):
        match node:
            case ast.AsyncFunctionDef() if any(
                ".command(" in ast.unparse(each) for each in node.decorator_list
            ):
                yield " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
            case ast.Call(func=ast.Attribute(attr="describe"), keywords=keywords):
                yield from filter(None, (_read(each.value) for each in keywords))
            case ast.Call(func=ast.Attribute(attr="Choice" | "Group"), keywords=keywords):
                shown = (each.value for each in keywords if each.arg in {"name", "description"})
                yield from (words for each in shown if (words := _read(each)) and " " in words)
            case ast.ClassDef(bases=bases) if any("GroupCog" in ast.unparse(each) for each in bases):
                yield ast.get_docstring(node) or ""
            case ast.ClassDef(keywords=keywords):
                yield from (
                    words for each in keywords if each.arg == "description" and (words := _read(each.value))
                )
    for node in tree.body:  # descriptions that several commands share
        if isinstance(node, ast.Assign) and (words := _read(node.value)) and " " in words:
            yield words


def find_messages(tree: ast.AST) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Yield each sentence, or both forms of one, with its context."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", "")
        match called, [_read(each) for each in node.args]:
            case "_" | "N_", [str(message), *_]:
                yield message, None
            case "pgettext" | "NC_", [str(meaning), str(message), *_]:
                yield message, meaning
            case "ngettext", [str(one), str(many), *_]:
                yield (one, many), None
            case "phrases", _:
                context = next((_read(each) for each in node.args[1:]), None)
                table = node.args[0]
                for value in table.values if isinstance(table, ast.Dict) else ():
                    if (words := _read(value)) is not None:
                        yield words, context


def _read(node: ast.AST | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def update(language: str, source: Catalog) -> str:
    """Return a language's catalogue as it is to be written: with all sentences of the source alone."""
    file = written(language)
    old = read_po(io.BytesIO(file.read_bytes()), locale=language) if file.exists() else Catalog(language)
    new = Catalog(language, project="asylum", charset="utf-8", fuzzy=False)
    new.header_comment = f"# What the bot says in “{language}”; see CONTRIBUTING, “Translate”."
    for message in source:
        if not message.id:
            continue
        kept = old.get(message.id, message.context)
        places = sorted({place for place, _ in message.locations})
        new.add(
            message.id,
            kept.string if kept else None,
            context=message.context,
            user_comments=kept.user_comments if kept else (),
            locations=[(place, 0) for place in places],
        )
    made = io.BytesIO()
    write_po(made, new, width=_WIDTH, omit_header=False, sort_by_file=True, include_lineno=False)
    return _without_dates(made.getvalue().decode())


def _without_dates(text: str) -> str:
    """Leave out what changes with every run."""
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Generated-By', '"Language-Team')
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(dated))


def list_untranslated(language: str) -> list[Message]:
    """List the sentences that a language says in English."""
    with written(language).open("rb") as source:
        catalogue = read_po(source, locale=language)
    return [each for each in catalogue if each.id and not all(_strings(each))]


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def main(arguments: list[str]) -> int:
    """Write the catalogues, or with `--check` compare them."""
    source = extract()
    stale = False
    for language in list_languages():
        text, file = update(language, source), written(language)
        if "--check" in arguments:
            stale = stale or not file.exists() or file.read_text("utf-8") != text
        else:
            Path(file).write_text(text, "utf-8")
            compile_catalogue(language)
        missing = len(list_untranslated(language)) if file.exists() else 0
        sys.stdout.write(f"{language}: {len(source)} sentences, {missing} without a translation\n")
    return int(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
