"""Tell two releases apart: what kind of revision a figure is, and whether a release is plausible. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.model import Period

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from data.model import Number, Release

    Key = tuple[str | int, ...]
    Values = tuple[int | None, ...]

MOST_WITHDRAWN = 0.05
"""The largest share of a dataset that a plausible release withdraws; the largest real one was 0.6%."""

MOST_SHRUNK = 0.05
"""The largest share by which a dataset may shrink."""

SAME_SHARE = 0.9
"""A recoded code keeps at least this share of its rows; the rest may have changed as well."""

MOST_CANDIDATES = 2_000
"""With more pairs of old and new codes than this, it is not a recoding but another table."""

COUNTRIES = ("origin", "asylum")

LEAST_ROWS = 200
"""Below so many rows a share says nothing: a dataset that small is never judged."""


class Kind(StrEnum):
    """How a figure came to differ between two releases."""

    NEW_PERIOD = "new period"
    COMPLETED = "completed"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RECODED = "recoded"


@dataclass(frozen=True, slots=True)
class Recoding:
    """Rows that moved from one code to another, with their values unchanged."""

    column: str
    old: str
    new: str


def find_kind(before: Release, after: Release, year: int) -> Kind:
    """Return the kind of a changed figure of `year`, by what the two releases cover.

    A figure that is gone is `WITHDRAWN` only where this says `CORRECTED`: while half a year is
    completed, some small figures naturally have no successor.
    """
    if year > before.newest_year:
        return Kind.NEW_PERIOD
    if before.period_of(year) is Period.MID_YEAR and after.period_of(year) is Period.YEAR_END:
        return Kind.COMPLETED
    return Kind.CORRECTED


def kind_of(before: Release, after: Release, year: int, new_value: Number | None) -> Kind:
    """Return the kind of one changed figure, whose new value is given."""
    kind = find_kind(before, after, year)
    return Kind.WITHDRAWN if kind is Kind.CORRECTED and new_value is None else kind


def find_recodings(
    vanished: Mapping[Key, Values],
    appeared: Mapping[Key, Values],
    columns: Sequence[str],
    gone: Mapping[str, Collection[str]],
    new: Mapping[str, Collection[str]],
) -> list[Recoding]:
    """Recognise codes that were replaced: their rows stand under a new code, with the values they had.

    `columns` name the parts of the keys; `gone` and `new` are, by column, the codes that only the
    old or only the new release has. Both sides of a claim share their codes: `origin` and `asylum`
    are replaced together. A code is recoded when nearly all of its rows are found again under one
    new code. Codes that were replaced at the same time are found one after the other.
    """
    found: list[Recoding] = []
    left = dict(vanished)
    groups = [COUNTRIES, *((c,) for c in columns if c not in COUNTRIES and c != "year")]
    searching = True
    while searching:
        searching = False
        for group in groups:
            places = [i for i, column in enumerate(columns) if column in group]
            olds = {code for c in group for code in gone.get(c, ())} - {
                r.old for r in found if r.column == group[0]
            }
            news = {code for c in group for code in new.get(c, ())} - {
                r.new for r in found if r.column == group[0]
            }
            if len(olds) * len(news) > MOST_CANDIDATES:
                continue
            for old in sorted(olds):
                if (code := _find_successor(old, sorted(news), left, appeared, places)) is not None:
                    found.append(Recoding(group[0], old, code))
                    news.discard(code)
                    left = {_substitute(key, places, old, code): values for key, values in left.items()}
                    searching = True
    return found


def _find_successor(
    old: str,
    candidates: Sequence[str],
    vanished: Mapping[Key, Values],
    appeared: Mapping[Key, Values],
    places: Sequence[int],
) -> str | None:
    rows = {key: values for key, values in vanished.items() if any(key[i] == old for i in places)}
    matches = {
        code: sum(appeared.get(_substitute(key, places, old, code)) == values for key, values in rows.items())
        for code in candidates
    }
    best = max(matches, key=lambda code: matches[code], default=None)
    return best if best is not None and matches[best] >= max(1, SAME_SHARE * len(rows)) else None


def _substitute(key: Key, places: Sequence[int], old: str, new: str) -> Key:
    return tuple(new if i in places and part == old else part for i, part in enumerate(key))


def count_recoded(vanished: Iterable[Key], recodings: Sequence[Recoding], columns: Sequence[str]) -> int:
    """Count the vanished rows that only moved to another code."""
    old = {
        (column, r.old) for r in recodings for column in (COUNTRIES if r.column in COUNTRIES else (r.column,))
    }
    return sum(any((c, part) in old for c, part in zip(columns, key, strict=True)) for key in vanished)


def find_implausible(dataset: str, before: int, after: int, withdrawn: int) -> str | None:
    """Say why a dataset looks wrong, or nothing: `withdrawn` of `before` rows are gone, `after` are there."""
    if before < LEAST_ROWS:
        return None
    if withdrawn > MOST_WITHDRAWN * before:
        return f"{withdrawn:,} of {before:,} rows of “{dataset}” are withdrawn"
    if after < (1 - MOST_SHRUNK) * before:
        return f"“{dataset}” has only {after:,} rows after {before:,}"
    return None
