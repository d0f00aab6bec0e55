"""UNHCR's lists of countries and of its regions."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.unhcr.parse import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

Place = tuple[str, str | None, str]
"""UNHCR code, ISO code or None, name."""

LONGEST_NAME = 80
"""UNHCR's longest name has 52 letters."""

_CODE = re.compile(r"[A-Z]{1,3}")
_IN_NAMES = frozenset(" '’(),-./&:")
_ISO = re.compile(r"[A-Z][A-Z0-9]{2}")


@dataclass(frozen=True, slots=True)
class Region:
    """One of UNHCR's regions and the UNHCR codes of its countries."""

    name: str
    members: frozenset[str]


def clean_name(text: str) -> str:
    """Return a name with nothing in it but what names are made of: letters, digits, and a few signs.

    It stands in messages and on charts later: neither markup nor anything invisible gets that far.
    """
    kept = (
        each if unicodedata.category(each)[0] in "LMN" or each in _IN_NAMES else " "
        for each in unicodedata.normalize("NFC", text[: 20 * LONGEST_NAME].replace("//", " "))
    )
    return " ".join("".join(kept).split())[:LONGEST_NAME].strip()


def read_places(items: Iterable[object], where: str) -> tuple[Place, ...]:
    """Read `/countries/`. Raises `BadRelease` for a country without a name or with a code twice."""
    places: dict[str, Place] = {}
    for number, item in enumerate(items, start=1):
        code, iso3, name = _read_fields(item, ("code", "iso", "name"), f"{where}, row {number}")
        name = clean_name(name)
        if not _CODE.fullmatch(code) or code in places or not name:
            raise BadRelease(
                f"{where}, row {number}: “{shown(code)}” is no country with a name, or was listed before."
            )
        if iso3 not in ("", "-") and not _ISO.fullmatch(iso3):
            raise BadRelease(f"{where}, row {number}: “{shown(iso3)}” is no ISO code.")
        places[code] = (code, None if iso3 in ("", "-") else iso3, name)
    if not places:
        raise BadRelease(f"{where}: UNHCR lists no country at all.")
    return tuple(places.values())


def read_region_names(items: Iterable[object], where: str) -> dict[str, str]:
    """Read `/regions/`: names by number."""
    regions: dict[str, str] = {}
    for number, item in enumerate(items, start=1):
        region, name = _read_fields(item, ("id", "name"), f"{where}, row {number}")
        if not (region.isascii() and region.isdigit()) or not name or region in regions:
            raise BadRelease(f"{where}, row {number}: “{shown(region)}” is no region, or one listed before.")
        regions[region] = name
    return regions


def write_places(file: TextIO, places: Iterable[Place], regions: Iterable[Region]) -> None:
    """Write the table of countries as a release's folder has it."""
    region_of = {code: region.name for region in regions for code in region.members}
    writer = csv.writer(file)
    writer.writerow(("iso_code", "unhcr_code", "name", "unhcr_region"))
    writer.writerows((iso3 or "", code, name, region_of.get(code, "")) for code, iso3, name in places)


def _read_fields(item: object, fields: tuple[str, ...], where: str) -> Iterator[str]:
    if not isinstance(item, dict):
        raise BadRelease(f"{where}: this is not an object with each of its fields once.")
    for field in fields:
        value = item.get(field)
        if field not in item or isinstance(value, (bool, float, list, dict)):
            raise BadRelease(f"{where}: “{field}” is missing, or neither a text nor a whole number.")
        # Names carry stray spaces, inside as well.
        yield "" if value is None else " ".join(str(value).split())
