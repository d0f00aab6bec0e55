"""Recognise codes that a release replaced: the same figures stand under another one. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    Key = tuple[str | int, ...]
    Values = tuple[int | None, ...]

COUNTRIES = ("origin", "asylum")
"""Columns that share their codes: a country is replaced on both sides of a claim at once."""

SAME_SHARE = 0.9
"""A recoded code keeps at least this share of its rows; the rest may have changed as well."""

ROUNDED = 10
"""UNHCR rounds counts below this, so that many rows have the same ones by coincidence."""

MIN_TELLING = 3
"""So many rows with larger counts tell a recoding from a coincidence."""

MANY = 10
"""So many rows tell it too, however small they are."""

MAX_CODES = 50
"""Where more codes of a column are gone, it is not a recoding but another table."""


@dataclass(frozen=True, slots=True)
class Recoding:
    """A code that became another one; for countries the column is `origin` and stands for both sides."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ReleaseComparison:
    """Rows of a dataset that only the old, or only the new release has, and the codes that go with them.

    `columns` name the parts of the keys; `gone` and `new` are, by column, the codes that only one of
    the releases has. Countries are under `origin`.
    """

    columns: tuple[str, ...]
    vanished: Mapping[Key, Values]
    appeared: Mapping[Key, Values]
    gone: Mapping[str, Collection[str]]
    new: Mapping[str, Collection[str]]

    def places(self, column: str) -> tuple[int, ...]:
        """Return where in a key the codes of a column stand."""
        columns = COUNTRIES if column in COUNTRIES else (column,)
        return tuple(i for i, each in enumerate(self.columns) if each in columns)


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that stands under another code now: its year, and its values there and here."""

    year: int
    before: Values
    after: Values


def find_recodings(turnovers: Sequence[ReleaseComparison]) -> list[Recoding]:
    """Find the codes whose rows stand under a new code, nearly all and with the values they had.

    Countries are judged by all datasets together, the codes of other columns by one. Codes that
    were replaced at the same time are found one after the other.
    """
    columns = sorted({column for each in turnovers for column in each.gone}, key=lambda c: (c != "origin", c))
    searches = [
        (column, tables)
        for column in columns
        for tables in ([turnovers] if column in COUNTRIES else [[each] for each in turnovers])
        if len({code for each in tables for code in each.gone.get(column, ())}) <= MAX_CODES
    ]
    found: list[Recoding] = []
    more = True
    while more:
        more = False
        for column, tables in searches:
            for recoding in _search(column, tables, found):
                found.append(recoding)
                more = True
    return found


def follow(turnover: ReleaseComparison, recodings: Sequence[Recoding]) -> list[Moved]:
    """Return the vanished rows that stand under another code now."""
    year = turnover.columns.index("year")
    moved = []
    for old, values in turnover.vanished.items():
        key = _rename(turnover, old, recodings)
        if key != old and key in turnover.appeared:
            moved.append(Moved(int(old[year]), values, turnover.appeared[key]))
    return moved


def _search(
    column: str, tables: Sequence[ReleaseComparison], found: Sequence[Recoding]
) -> Iterator[Recoding]:
    """Yield the recodings of one column that show once those `found` are taken for granted."""
    known = [each for each in found if each.column == column]
    gone = {c for each in tables for c in each.gone.get(column, ())} - {each.old for each in known}
    new = {c for each in tables for c in each.new.get(column, ())} - {each.new for each in known}
    if not gone or not new:
        return
    rows: Counter[str] = Counter()
    same: Counter[tuple[str, str]] = Counter()
    telling: Counter[tuple[str, str]] = Counter()
    for table in tables:
        places = table.places(column)
        own = gone & set(table.gone.get(column, ()))
        successors = _index(table, places, new)
        for old_key, values in table.vanished.items():
            key = _rename(table, old_key, found)
            for code in {str(key[i]) for i in places} & own:
                if _waits(key, code, places, gone):
                    continue
                rows[code] += 1
                for successor in successors.get((_replace(key, places, code, ""), values), ()):
                    same[code, successor] += 1
                    telling[code, successor] += max(filter(None, values), default=0) >= ROUNDED
    taken: set[str] = set()
    for (old, successor), count in sorted(same.items(), key=lambda item: (-item[1], item[0])):
        enough = telling[old, successor] >= MIN_TELLING or count >= MANY
        if enough and count >= SAME_SHARE * rows[old] and not taken & {old, successor}:
            taken |= {old, successor}
            yield Recoding(column, old, successor)


def _waits(key: Key, code: str, places: Sequence[int], gone: Collection[str]) -> bool:
    """Say whether the other country of a row is gone as well: then the row tells nothing yet."""
    return any(key[i] != code and key[i] in gone for i in places)


def _index(
    table: ReleaseComparison, places: Sequence[int], new: Collection[str]
) -> dict[tuple[Key, Values], list[str]]:
    """List the new codes under which there are certain values, by the key without that code."""
    index: dict[tuple[Key, Values], list[str]] = {}
    for key, values in table.appeared.items():
        for code in {str(key[i]) for i in places} & set(new):
            index.setdefault((_replace(key, places, code, ""), values), []).append(code)
    return index


def _rename(table: ReleaseComparison, key: Key, found: Sequence[Recoding]) -> Key:
    for each in found:
        key = _replace(key, table.places(each.column), each.old, each.new)
    return key


def _replace(key: Key, places: Sequence[int], old: str, new: str) -> Key:
    return tuple(new if i in places and part == old else part for i, part in enumerate(key))
