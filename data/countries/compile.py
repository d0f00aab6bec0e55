"""Compile the names of countries in all languages from the CLDR data that Babel carries.

    python -m data.countries.compile            writes the packed tables beside this module
    python -m data.countries.compile --check    says whether they are what the installed Babel gives

Babel takes over a second and 165 MB to load all its languages, so the program itself never does.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain
from pathlib import Path

from babel import Locale, localedata
from babel.lists import format_list
from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.countries import table
from data.countries.letters import fold, join
from data.countries.names import write

KOSOVO = "XK"
SERBIA = "RS"

# What chat clients can be set to, beside English.
CHAT_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "es-419", "es-ES", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko",
    "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
)  # fmt: skip


def compile_languages() -> list[str]:
    """For each chat language a line of its tag and the names of all territories as it writes them."""
    return ["\t".join([tag, *(f"{code} {name}" for code, name in _spoken(tag))]) for tag in CHAT_LANGUAGES]


def compile_names() -> list[str]:
    """Every folded name in any language, and the ISO2 codes it is given to."""
    return write((fold(name), code) for code, name in chain(_every_name(), *map(_spoken, CHAT_LANGUAGES)))


def main(arguments: list[str]) -> int:
    """Write the tables, or with `--check` compare them; 1 if they are not what Babel gives."""
    compiled = {table.NAMES: compile_names(), table.LANGUAGES: compile_languages()}
    if "--check" in arguments:
        stale = [file for file, lines in compiled.items() if table.unpack(file) != lines]
        sys.stdout.write(f"Out of date: {', '.join(stale) or 'nothing'}.\n")
        return 1 if stale else 0
    for file, lines in compiled.items():
        packed = gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0)
        Path(str(files(__package__).joinpath(file))).write_bytes(packed)
        sys.stdout.write(f"{file}: {len(lines)} lines, {len(packed)} bytes\n")
    return 0


def _territories() -> set[str]:
    """The ISO2 codes of all countries, and the one in common use for Kosovo."""
    known = (*table.read_listed(), *table.read_unlisted())
    return {country.iso2 for country in known if country.iso2} | {KOSOVO}


def _every_name() -> Iterator[tuple[str, str]]:
    """Leave out what may as well be a slip in the English name of another country: “nigera” for Niger."""
    territories = _territories()
    english = {country.iso2: join(fold(country.name)) for country in table.read_listed() if country.iso2}
    called: dict[str, set[tuple[str, str]]] = {}
    for locale in localedata.locale_identifiers():
        for territory, name in localedata.load(locale)["territories"].items():
            if territory in territories:
                code = SERBIA if territory == KOSOVO else territory
                called.setdefault(join(fold(name)), set()).add((code, name))
    for key, names in called.items():
        slips = process.extract(key, english, scorer=OSA.distance, score_cutoff=1, limit=None)
        codes = {code for code, _ in names}
        if len(codes) > 1 or key in english.values() or codes.issuperset(code for _, _, code in slips):
            yield from names


def _spoken(tag: str) -> Iterator[tuple[str, str]]:
    locale = Locale.parse(tag, sep="-")
    names = locale.territories
    for code in sorted(_territories() - {KOSOVO}):
        if code == SERBIA:  # UNHCR counts the two together
            yield code, format_list([names[SERBIA], names[KOSOVO]], locale=locale)
        elif code in names:
            yield code, names[code]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
