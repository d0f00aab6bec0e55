"""Where the catalogues are: written by people, and compiled."""

from __future__ import annotations

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
