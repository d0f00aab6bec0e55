"""What was wrong with a release, in words for an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.countries.table import CountryTable
from data.doubt import Doubt, Side, Why
from data.model import Dataset, RevisionKind, RowFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.model import Release, Unread
    from data.store.quarantine import Unreadable

ACT_ON_REFUSAL = (
    "look whether there is a newer version of this program; once UNHCR has changed its figures,"
    " they are fetched again, or do it now with “python -m bot sync --whole”"
)

MAX_LISTED = 20
"""So many unreadable rows of a release are listed; of more, how many there are."""

_COLUMNS = {
    (Dataset.POPULATION, "asylum_seekers"): "pending claims",
    (Dataset.POPULATION, "refugees"): "refugees",
    (Dataset.POPULATION, "idps"): "internally displaced people",
    (Dataset.POPULATION, "stateless"): "stateless people",
    (Dataset.POPULATION, "oip"): "other people in need of international protection",
    (Dataset.APPLICATIONS, "applied"): "applications",
    (Dataset.DECISIONS, "recognised"): "recognitions",
    (Dataset.DECISIONS, "complementary"): "grants of complementary protection",
    (Dataset.DECISIONS, "rejected"): "rejections",
    (Dataset.DECISIONS, "closed"): "otherwise closed claims",
    (Dataset.DECISIONS, "total"): "decisions",
}
_TABLES = {
    Dataset.POPULATION: "population",
    Dataset.APPLICATIONS: "applications",
    Dataset.DECISIONS: "decisions",
}


def describe_doubt(doubt: Doubt) -> str:
    """Say in half a sentence what makes a release doubtful."""
    before, after = f"{doubt.before:,}", f"{doubt.after:,}"
    if doubt.why is Why.UNREAD:
        return f"{after} of its {before} rows cannot be read"
    if doubt.why in _OF_ROWS:
        rows = f"{_TABLES[doubt.dataset]} rows" if doubt.dataset else "rows"
        figures = f"{_name(doubt)} figures above zero" if doubt.column else rows
        return _OF_ROWS[doubt.why].format(what=figures, before=before, after=after)
    what = _name(doubt)
    if doubt.why is Why.REVISED:
        return (
            f"{what} of {doubt.year} are revised by {after} in all, of {before} worldwide,"
            " though that year was published before"
        )
    where = "worldwide"
    if doubt.why in (Why.COUNTRY, Why.COUNTRY_MOVED):
        country = _country(doubt.country or "")
        where = f"from {country}" if doubt.side is Side.ORIGIN else f"in {country}"
    if doubt.kind is RevisionKind.NEW_PERIOD:
        return f"{what} {where} are {after} in {doubt.year}, after {before} in {(doubt.year or 0) - 1}"
    told = f"{what} {where} in {doubt.year} are {after}, where there were {before}"
    return f"{told} for half of the year" if doubt.kind is RevisionKind.COMPLETED else told


def act_on_doubt(release: Release) -> str:
    """Say what an operator may do with a release in quarantine."""
    return (
        f"check it against UNHCR's own page, then “python -m bot publish {release.day}”"
        f" or “python -m bot reject {release.day}”"
    )


def list_unread(unread: Unreadable) -> Iterator[str]:
    """Say of each row that could not be read where it stands, what it says and what is wrong with it."""
    lines = [
        f"{dataset}, line {each.line}: {_fault(each)}: {each.text}"
        for dataset, rows in unread.items()
        for each in rows
    ]
    yield from lines[:MAX_LISTED]
    if len(lines) > MAX_LISTED:
        yield f"and {len(lines) - MAX_LISTED:,} more"


_OF_ROWS = {
    Why.ROWS: "of {before} {what} in the release next to it, this one has only {after}",
    Why.FIGURES: "of {before} {what} in the release next to it, this one has only {after}",
    Why.ROWS_WITHDRAWN: "{after} of {before} {what} are gone",
    Why.FIGURES_WITHDRAWN: "{after} of {before} {what} are gone",
}

_FAULTS = {
    RowFault.COLUMNS: "it has {} columns",
    RowFault.CODE: "“{}” is not a code that UNHCR uses",
    RowFault.COUNTRY: "“{}” is no country that UNHCR lists",
    RowFault.UNIT: "“{}” is neither persons (P) nor cases (C)",
    RowFault.YEAR: "“{}” is no year of this release",
    RowFault.COUNT: "“{}” is not a count of people",
}


def _fault(unread: Unread) -> str:
    return _FAULTS[unread.fault].format(unread.cell)


def _name(doubt: Doubt) -> str:
    return _COLUMNS[doubt.dataset, doubt.column] if doubt.dataset and doubt.column else "figures"


def _country(code: str) -> str:
    found = [country for country in CountryTable.load().listed if country.code == code]
    return found[0].text if found else code
