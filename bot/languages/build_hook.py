"""Compiles the catalogues whenever the program is built or installed, so that none is read that is old."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Hatchling's; `pyproject.toml` names this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are gathered."""
        del version, build_data
        # By its path: whoever builds has no library of the program's.
        files = run_path(str(Path(self.root, "bot", "languages", "files.py")))
        for language in files["list_languages"]():
            files["compile_catalogue"](language)
