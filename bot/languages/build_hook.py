"""Compiles the catalogues whenever the program is built or installed, so that none is read that is old."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Hatchling's; `pyproject.toml` names this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are gathered."""
        del version, build_data
        sys.path.insert(0, self.root)
        from bot.languages.compile import compile_catalogue
        from bot.languages.files import list_languages

        for language in list_languages():
            compile_catalogue(language)
