"""The rows of the packaged tables."""

from __future__ import annotations

import csv
from importlib.resources import files


def read_rows(file: str) -> csv.DictReader[str]:
    """Read a table of this package, a dictionary a row."""
    return csv.DictReader(files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines())
