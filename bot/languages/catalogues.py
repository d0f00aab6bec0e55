"""The compiled catalogues, which the standard library reads."""

from __future__ import annotations

import gettext
from functools import cache
from importlib.util import find_spec

import structlog

from bot.languages.files import compile_catalogue, compiled, written

log = structlog.stdlib.get_logger(__name__)

Catalogue = gettext.NullTranslations


@cache
def open_catalogue(language: str) -> Catalogue:
    """Read a language's catalogue, once a process; compiled first where it is old.

    An installed program has but compiled ones. Without Babel, which only developers have, an old one serves.
    """
    source, file = written(language), compiled(language)
    stale = source.exists() and (not file.exists() or file.stat().st_mtime < source.stat().st_mtime)
    if stale and find_spec("babel"):
        compile_catalogue(language)
    if not file.exists():
        log.warning("a catalogue is not compiled; install the program anew", language=language)
        return gettext.NullTranslations()
    with file.open("rb") as opened:
        return gettext.GNUTranslations(opened)
