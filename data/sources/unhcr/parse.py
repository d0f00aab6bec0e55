"""Read UNHCR's published rows and its lists of countries, and refuse what they cannot mean."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from data.errors import BadRelease, Phrase
from data.model import Dataset, Row, RowFault, Unit, Unread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import TextIO


FIRST_YEAR = 1951
MAX_COUNT = 200_000_000
"""No figure of UNHCR's comes near this; a larger one is a slip."""

SIDES = ("coo", "coa")
"""Country of origin and country of asylum, as UNHCR's fields begin."""

_AT_ONCE = 128
_MAX_TEXT = 300


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of a dataset make a row's address and which its values."""

    key: tuple[str, ...]
    values: tuple[str, ...]
    ignored: tuple[str, ...] = ("coo_name", "coo_iso", "coa_name", "coa_iso")


LAYOUTS = {
    Dataset.POPULATION: Layout(
        ("coo", "coa", "year"),
        (
            "refugees",
            "asylum_seekers",
            "returned_refugees",
            "idps",
            "returned_idps",
            "stateless",
            "ooc",
            "oip",
            "hst",
        ),
    ),
    Dataset.APPLICATIONS: Layout(
        ("coo", "coa", "year", "procedure_type", "app_type", "dec_level", "app_pc"), ("applied",)
    ),
    Dataset.DECISIONS: Layout(
        ("coo", "coa", "year", "procedure_type", "dec_level", "dec_pc"),
        ("dec_recognized", "dec_other", "dec_rejected", "dec_closed", "dec_total"),
    ),
    Dataset.SOLUTIONS: Layout(
        ("coo", "coa", "year"), ("returned_refugees", "resettlement", "naturalisation", "returned_idps")
    ),
}
_CODE = re.compile(r"[A-Z]{1,3}")
_UNITS = {"app_pc", "dec_pc"}


def parse_rows(
    dataset: Dataset,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    last_year: int,
    name: str,
    countries: Collection[str] | None = None,
) -> Iterator[Row | Unread]:
    """Yield each row as key and values, or as an `Unread`; `name` is what errors call the table.

    Countries must be among `countries`, where that is given. Columns that are not needed may be there,
    in any order; raises `BadRelease` when one that is needed is not, or is there twice.
    """
    layout = LAYOUTS[dataset]
    needed = (*layout.key, *layout.values)
    missing = [column for column in needed if column not in header]
    if missing:
        raise BadRelease("columns-missing", file=name, dataset=dataset, columns=", ".join(missing))
    if any(header.count(column) > 1 for column in needed):
        raise BadRelease("column-twice", file=name, dataset=dataset)
    years = {str(year): year for year in range(FIRST_YEAR, last_year + 1)}
    codes, units, counts = _Meanings(_read_code), _Meanings(_read_unit), _Meanings(_read_count)
    places = codes if countries is None else _Meanings(lambda text: _read_country(text, countries))
    meanings = {
        **dict.fromkeys(layout.key, codes),
        **dict.fromkeys(SIDES, places),
        **dict.fromkeys(_UNITS.intersection(layout.key), units),
        "year": _Meanings(lambda text: _read_year(text, years)),
        **dict.fromkeys(layout.values, counts),
    }
    cells = [(header.index(c), meanings[c]) for c in needed]
    yield from _read_rows(rows, len(header), cells, len(layout.key))


def find_unknown_columns(dataset: Dataset, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that UNHCR's table does not have as far as this program knows."""
    layout = LAYOUTS[dataset]
    known = {*layout.key, *layout.values, *layout.ignored, ""}
    return tuple(sorted({shown(column) for column in columns if column not in known}))


class _Unreadable(Exception):
    """A row that makes no sense: why, and the cell at fault."""

    def __init__(self, fault: RowFault, cell: str) -> None:
        super().__init__()
        self.fault, self.cell = fault, cell


class _Meanings(dict[str, str | int | None]):
    """What the texts of a column mean: UNHCR repeats a few thousand of them, and each is read once."""

    def __init__(self, read: Callable[[str], str | int | None]) -> None:
        self._read = read

    def __missing__(self, text: str) -> str | int | None:
        meaning = self[text] = self._read(text)
        return meaning


def _read_rows(
    rows: Iterable[Sequence[str]], width: int, cells: Sequence[tuple[int, _Meanings]], keys: int
) -> Iterator[Row | Unread]:
    """Yield the rows; many at once, column by column, and one by one where that does not work.

    The first so many `keys` of the cells are the row's address.
    """
    coming = iter(rows)
    line = 2
    while batch := list(islice(coming, _AT_ONCE)):
        try:
            yield from _read_at_once(batch, width, cells)
        except _Unreadable:
            for place, row in enumerate(batch, start=line):
                if row:  # spreadsheets leave empty lines
                    yield _read_row(row, place, width, cells, keys)
        line += len(batch)


def _read_at_once(
    batch: Sequence[Sequence[str]], width: int, cells: Sequence[tuple[int, _Meanings]]
) -> list[Row]:
    _check_widths(batch, width)
    columns = list(zip(*batch, strict=True))
    return list(zip(*[map(seen.__getitem__, columns[index]) for index, seen in cells], strict=True))


def _read_row(
    row: Sequence[str], line: int, width: int, cells: Sequence[tuple[int, _Meanings]], keys: int
) -> Row | Unread:
    try:
        _check_widths([row], width)
        return tuple([seen[row[index]] for index, seen in cells])
    except _Unreadable as error:
        key = (
            None if error.fault is RowFault.COLUMNS else tuple(_read_cell(row, each) for each in cells[:keys])
        )
        return Unread(line, error.fault, shown(error.cell), shown(",".join(row), _MAX_TEXT), key)


def _read_cell(row: Sequence[str], cell: tuple[int, _Meanings]) -> str | int | None:
    """Read one cell of an address; None where that cannot be."""
    index, seen = cell
    try:
        return seen[row[index]]
    except _Unreadable:
        return None


def _check_widths(rows: Sequence[Sequence[str]], width: int) -> None:
    if odd := {*map(len, rows)} - {width}:
        raise _Unreadable(RowFault.COLUMNS, str(min(odd)))


def shown(text: str, longest: int = 20) -> str:
    """Shorten what was read to something that fits into one line of an error."""
    return "".join(each if each.isprintable() else "�" for each in text[:longest])


def _read_code(text: str) -> str:
    code = text.strip()
    if not _CODE.fullmatch(code):
        raise _Unreadable(RowFault.CODE, code)
    return code


def _read_country(text: str, known: Collection[str]) -> str:
    code = text.strip()
    if code not in known:
        raise _Unreadable(RowFault.COUNTRY, code)
    return _read_code(code)


def _read_unit(text: str) -> str:
    try:
        return Unit(text.strip()).value
    except ValueError:
        raise _Unreadable(RowFault.UNIT, text.strip()) from None


def _read_year(text: str, years: dict[str, int]) -> int:
    year = years.get(text.strip())
    if year is None:
        raise _Unreadable(RowFault.YEAR, text.strip())
    return year


def _read_count(text: str) -> int | None:
    count = text.strip()
    if count == "-":
        return None
    plausible = count.isascii() and count.isdigit() and len(count) <= len(str(MAX_COUNT))
    if not plausible or int(count) > MAX_COUNT:
        raise _Unreadable(RowFault.COUNT, count)
    return int(count)


ListedPlace = tuple[str, str | None, str]
"""UNHCR code, ISO code or None, name."""

MAX_NAME = 80
"""UNHCR's longest name has 52 letters."""


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
        for each in unicodedata.normalize("NFC", text[: 20 * MAX_NAME].replace("//", " "))
    )
    return " ".join("".join(kept).split())[:MAX_NAME].strip()


def read_places(items: Iterable[object], where: str | Phrase) -> tuple[ListedPlace, ...]:
    """Read `/countries/`. Raises `BadRelease` for a country without a name or with a code twice."""
    places: dict[str, ListedPlace] = {}
    for number, item in enumerate(items, start=1):
        code, iso3, name = _read_fields(item, ("code", "iso", "name"), at := _name_row(where, number))
        name = clean_name(name)
        if not _CODE.fullmatch(code) or code in places or not name:
            raise BadRelease("place-unreadable", where=at, found=shown(code))
        if iso3 not in ("", "-") and not _ISO.fullmatch(iso3):
            raise BadRelease("iso-unreadable", where=at, found=shown(iso3))
        places[code] = (code, None if iso3 in ("", "-") else iso3, name)
    if not places:
        raise BadRelease("no-places-listed", where=where)
    return tuple(places.values())


def read_region_names(items: Iterable[object], where: str) -> dict[str, str]:
    """Read `/regions/`: names by number."""
    regions: dict[str, str] = {}
    for number, item in enumerate(items, start=1):
        region, name = _read_fields(item, ("id", "name"), at := _name_row(where, number))
        if not (region.isascii() and region.isdigit()) or not name or region in regions:
            raise BadRelease("region-unreadable", where=at, found=shown(region))
        regions[region] = name
    return regions


def write_places(file: TextIO, places: Iterable[ListedPlace], regions: Iterable[Region]) -> None:
    """Write the table of countries as a release's folder has it."""
    region_of = {code: region.name for region in regions for code in region.members}
    writer = csv.writer(file)
    writer.writerow(("iso_code", "unhcr_code", "name", "unhcr_region"))
    writer.writerows((iso3 or "", code, name, region_of.get(code, "")) for code, iso3, name in places)


def _name_row(where: str | Phrase, row: int) -> Phrase:
    return Phrase("row", where=where, row=row)


def _read_fields(item: object, fields: tuple[str, ...], where: Phrase) -> Iterator[str]:
    if not isinstance(item, dict):
        raise BadRelease("row-is-no-object", where=where)
    for field in fields:
        value = item.get(field)
        if field not in item or isinstance(value, (bool, float, list, dict)):
            raise BadRelease("field-unreadable", where=where, field=field)
        # Names carry stray spaces, inside as well.
        yield "" if value is None else " ".join(str(value).split())
