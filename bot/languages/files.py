"""Where the catalogues are, written and compiled. Imports nothing of the program, as builds read it alone."""

from __future__ import annotations

import io
from pathlib import Path

DOMAIN = "asylum"
HERE = Path(__file__).parent


def list_languages() -> list[str]:
    """List the languages that have a catalogue, by their codes."""
    return sorted(folder.name for folder in HERE.iterdir() if (folder / "LC_MESSAGES").is_dir())


def written(language: str) -> Path:
    """Return where a language's catalogue is, as people write it."""
    return HERE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def compiled(language: str) -> Path:
    """Return where a language's catalogue is, as it is read: built from the written one, and not in git."""
    return HERE / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


def compile_catalogue(language: str) -> None:
    """Write the compiled catalogue beside the written one; of several processes that do, each a whole one."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with written(language).open("rb") as source:
        catalogue = read_po(source, locale=language)
    made = io.BytesIO()
    write_mo(made, catalogue)
    file = compiled(language)
    part = file.with_suffix(f".{id(made)}.part")
    part.write_bytes(made.getvalue())
    part.replace(file)
