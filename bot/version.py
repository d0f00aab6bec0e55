"""The version of the program, which stands in pyproject.toml and nowhere else."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

PACKAGE = "asylum-statistics-bot"


def find_version() -> str:
    """Return the version that is installed; 0 for folders that were merely copied."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "0"
