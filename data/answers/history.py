"""One figure in every release that is kept: how it came to be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.answers.comparability import read_comparability
from data.answers.desk import codes, describe, read_coverage
from data.answers.unknown import find_origin_unknown
from data.caveats import CompletedNotCorrected, StockNotFlow
from data.compare import Kind, find_kind, kind_of
from data.errors import NoFigures
from data.findings import Edition, History
from data.measures import tally
from data.model import Measure, Nature, Tally, Unit
from data.statistics import find_ratio, mixes_units
from data.store import figures
from data.store.recodings import read_recoded_countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data.answers.desk import Desk
    from data.caveats import Caveat
    from data.model import Counts, Extent, Place, Release


async def answer_history(desk: Desk, measure: Measure, place: Place, asked_year: int | None) -> History:
    """Tell what each release up to the desk's said of a figure, and what kind of change each brought."""
    year = desk.choose_year(asked_year)
    releases = [r for r in desk.releases if r.id <= desk.release.id and r.newest_year >= year]
    written = await figures.read_editions(desk.connection, *codes(place), year)
    editions: list[Edition] = []
    for release in releases:
        now = tally(measure, *(_as_of(written, release, unit) for unit in Unit))
        at = replace(desk, release=release, coverage=await read_coverage(desk, release))
        extents = {unit: extent for (_, unit), extent in at.find_extents(place, year, measure).items()}
        edition = _make_edition(measure, year, release, now, editions, extents=extents)
        if edition.kind is Kind.WITHDRAWN:
            recoded = await read_recoded_countries(desk.connection, release.id)
            edition = replace(edition, kind=Kind.RECODED) if recoded.intersection(codes(place)) else edition
        editions.append(edition)
    if not any(edition.tally.published for edition in editions):
        raise NoFigures(
            f"No release that is kept has this figure ({describe(place)}, {year});"
            " choose another year or measure."
        )
    nameless = await find_origin_unknown(desk, place, [measure], year)
    compared = await read_comparability(desk, place, await desk.read(place), nameless)
    changed = [edition for edition in editions if edition.kind]
    first = next(edition for edition in editions if edition.tally.published)
    return History(
        measure,
        place,
        year,
        tuple(editions),
        (changed[-1].release.day - first.release.day).days if changed else None,
        (
            *compared.find_caveats([measure], year, ()),
            *_find_caveats(measure, year, editions),
        ),
        tuple(at for at in compared.list_breaks(measure) if at.year == year),
    )


async def find_revised(desk: Desk, measures: Iterable[Measure], place: Place, year: int) -> Measure | None:
    """Return the first of these measures on which the releases that are kept do not agree."""
    releases = [r for r in desk.releases if r.newest_year >= year]
    written = await figures.read_editions(desk.connection, *codes(place), year)
    for of in measures:
        said = {tally(of, *(_as_of(written, release, unit) for unit in Unit)) for release in releases}
        if len([each for each in said if each.published]) > 1:
            return of
    return None


def _as_of(written: dict[tuple[int, Unit], Counts], release: Release, unit: Unit) -> Counts | None:
    known = [number for number, its_unit in written if its_unit is unit and number <= release.id]
    return written[max(known), unit] if known else None


def _make_edition(
    measure: Measure,
    year: int,
    release: Release,
    now: Tally,
    earlier: Sequence[Edition],
    *,
    extents: Mapping[Unit, Extent],
) -> Edition:
    """Compare with the edition before, once there is a figure."""
    period = release.period_of(year)
    edition = Edition(release, now, period, None, None, extents)
    if not any(each.tally.published for each in earlier) or now == earlier[-1].tally:
        return edition
    before = earlier[-1]
    same = before.covers(year) == edition.covers(year)
    kind = kind_of(before.release, release, year, now.main)
    if measure.nature is Nature.RATE:  # is not given on few decisions, which withdraws nothing
        kind = find_kind(before.release, release, year)
    if same and kind is Kind.COMPLETED:
        kind = Kind.CORRECTED  # a country that never completed its year
    ratio = None
    comparable = same or (measure.nature is Nature.STOCK and not extents)
    if (
        comparable
        and now.persons is not None
        and before.tally.persons is not None
        and not mixes_units(now, before.tally)
    ):
        ratio = find_ratio(before.tally.persons, now.persons, measure.nature)
    return replace(edition, kind=kind, ratio=ratio)


def _find_caveats(measure: Measure, year: int, editions: Sequence[Edition]) -> list[Caveat]:
    found: list[Caveat] = []
    if any(edition.kind is Kind.COMPLETED for edition in editions):
        found.append(CompletedNotCorrected(year))
    if measure is Measure.PENDING:
        found.append(StockNotFlow())
    return found
