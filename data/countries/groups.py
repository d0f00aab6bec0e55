"""Groups of countries, as their lists have them year by year: the EU, Africa, low-income countries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.countries.letters import fold, join
from data.countries.rows import read_rows
from data.countries.table import CountryTable
from data.model import Country, Group

MIN_TYPED = 2
MIN_SLIP = 5
"""One slip is forgiven in so many letters."""

MAX_MEANT = 3


class GroupList(StrEnum):
    """Whose list of members it is; the value is the word in the table."""

    TREATY = "treaty"
    """Those that had joined by 31 December of the year."""
    FIXED = "fixed"
    """The same members in every year, however many had joined."""
    AGREEMENT = "agreement"
    UN = "un"
    UNHCR = "unhcr"
    WORLD_BANK = "world-bank"
    USUAL = "usual"
    """As the name is mostly used."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Members from one year to another, both included; None is always."""

    first: int | None
    last: int | None
    members: frozenset[str]

    def holds(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@cache
def read_groups() -> dict[str, Group]:
    """Read the packaged table, once a process: every group by its code."""
    return {
        row["code"]: Group(row["code"], row["short"], row["name"], row["text"])
        for row in read_rows("groups.csv")
    }


@cache
def read_short_codes() -> dict[str, Group]:
    """Return the groups by what stands for them in buttons."""
    return {group.short: group for group in read_groups().values()}


@cache
def read_names() -> dict[str, Group]:
    """Read what groups are called, folded and without blanks."""
    return {_key(name): group for group in read_groups().values() for name in list_names(group)}


@cache
def list_names(group: Group) -> tuple[str, ...]:
    """Return what a group is called, first its code and its name."""
    row = next(row for row in read_rows("groups.csv") if row["code"] == group.code)
    return (group.code, group.name, group.text, *filter(None, row["aliases"].split("|")))


def find_group(text: str) -> Group | None:
    """Return the group that goes by this name or code."""
    return read_names().get(_key(text))


def suggest_groups(text: str) -> list[Group]:
    """Return the groups whose name, or a word of it, begins like this: first one that is called just so."""
    key = _key(text)
    if len(key) < MIN_TYPED:
        return []
    begun = [group for name, group in read_names().items() if name.startswith(key)]
    words = [
        group
        for group in read_groups().values()
        if any(_key(word).startswith(key) for word in group.name.split())
    ]
    return list(dict.fromkeys((*filter(None, [find_group(text)]), *begun, *words)))


def correct_group(text: str) -> list[Group]:
    """Return the groups, at most three, that a slip of the finger is away."""
    key = _key(text)
    names = read_names()
    alike = process.extract(
        key, list(names), scorer=OSA.distance, score_cutoff=len(key) // MIN_SLIP, limit=None
    )
    return list(dict.fromkeys(names[name] for name, _, _ in alike))[:MAX_MEANT]


def find_nearest(text: str) -> tuple[Group, ...]:
    """Return the groups that come nearest to one of which no list is kept; none where it is not known."""
    return _read_unkept().get(_key(text), ())


@cache
def _read_unkept() -> dict[str, tuple[Group, ...]]:
    return {
        _key(name): tuple(read_groups()[code] for code in row["nearest"].split())
        for row in read_rows("unkept_groups.csv")
        for name in (row["name"], *row["aliases"].split("|"))
    }


def list_of(group: Group) -> GroupList:
    """Return whose list of members it is."""
    return _read_lists()[group.code]


@cache
def contrast(group: Group) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of members that others leave out of what goes by this name, and of whom they add."""
    codes = _read_codes()
    marked = next(row["unlike"] for row in read_rows("groups.csv") if row["code"] == group.code).split()
    added, missing = ([codes[each[1:]] for each in marked if each[0] == sign] for sign in "+-")
    return tuple(added), tuple(missing)


@cache
def members(code: str, year: int) -> frozenset[str]:
    """Return UNHCR's codes of those that belonged to a group on 31 December of a year; perhaps none."""
    return frozenset().union(*(span.members for span in _read_spans()[code] if span.holds(year)))


@cache
def find_member(code: str) -> Country:
    """Return a country that may belong to a group."""
    return next(country for country in CountryTable.load().listed if country.code == code)


def ever_members(code: str, first: int, last: int) -> frozenset[str]:
    """Return all that belonged to a group in any of these years."""
    return frozenset().union(*(members(code, year) for year in range(first, last + 1)))


@cache
def find_steps(code: str, first: int, last: int) -> tuple[int, ...]:
    """Return the years in which a group has other members than in the year before."""
    years = range(first + 1, last + 1)
    return tuple(year for year in years if members(code, year) != members(code, year - 1))


def list_memberships() -> list[tuple[str, str, int | None, int | None]]:
    """Return every group's code with each member's, and the first and last year of it."""
    return [
        (group, member, span.first, span.last)
        for group, spans in _read_spans().items()
        for span in spans
        for member in sorted(span.members)
    ]


def _key(text: str) -> str:
    return join(fold(text.replace("+", " plus ")))


@cache
def _read_lists() -> dict[str, GroupList]:
    return {row["code"]: GroupList(row["list"]) for row in read_rows("groups.csv")}


@cache
def _read_spans() -> dict[str, list[_Span]]:
    codes = _read_codes()
    found: dict[str, list[_Span]] = {code: [] for code in read_groups()}
    for row in read_rows("memberships.csv"):
        found[row["group"]].append(
            _Span(
                int(row["first"]) if row["first"] else None,
                int(row["last"]) if row["last"] else None,
                frozenset(codes[iso] for iso in row["members"].split()),
            )
        )
    return found


@cache
def _read_codes() -> dict[str, str]:
    return {country.iso3 or country.code: country.code for country in CountryTable.load().listed}
