"""One figure in every release that is kept: how it came to be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from data.caveats import CompletedNotCorrected, LessThanHalf, find_meaning
from data.errors import NoFigures
from data.measures import tally
from data.model import Extent, Measure, Nature, Place, RevisionKind, Tally, Unit, kind_of
from data.questions.carried import read_carried
from data.questions.comparability import read_comparability
from data.questions.members import require_members
from data.questions.unknown_origins import find_origin_unknown
from data.questions.view import codes, read_coverage
from data.statistics import find_ratio, mixes_units
from data.store.comparison import read_recoded_countries
from data.store.releases import read_lacking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from data.caveats import Caveat
    from data.coverage import Break
    from data.model import Counts, ReferencePeriod, Release
    from data.questions.view import ReleaseView
    from data.statistics import Carried


@dataclass(frozen=True, slots=True)
class AskHistory:
    """One figure in every release up to `as_of`."""

    measure: Measure
    place: Place
    year: int | None = None
    as_of: date | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Edition:
    """What one release said of a figure. `kind` is None where it repeats the one before it, and at first.

    `extents` are what the figures stand for where their country of asylum never completed them, `carried` how
    much of a stock was carried forward; `reviews_only`: it is of appeals and reviews without first instances.
    """

    release: Release
    tally: Tally
    period: ReferencePeriod
    kind: RevisionKind | None
    ratio: float | None
    extents: Mapping[Unit, Extent] = field(default_factory=dict)
    carried: Carried | None = None
    reviews_only: bool = False

    def covers(self, year: int) -> Extent:
        """Return what the figure of that year stands for, in the unit that it is told in."""
        unit = Unit.CASES if self.tally.persons is None else Unit.PERSONS
        return self.extents.get(unit) or self.release.extent_of(year)


@dataclass(frozen=True, slots=True)
class History:
    """One figure in every release that is kept, oldest first.

    `days_to_final` is the number of days from the first release with the figure to the last one that
    changed it; None where none did. `breaks` are why the year's end does not compare with its middle.
    `kept_since`: the first release with the figure is the first that is kept with any such figures, so that
    nobody knows when it was published. Releases that are kept without them are left out.
    """

    measure: Measure
    place: Place
    year: int
    editions: tuple[Edition, ...]
    days_to_final: int | None
    caveats: tuple[Caveat, ...]
    breaks: tuple[Break, ...] = ()
    kept_since: bool = False


async def answer_history(
    view: ReleaseView, measure: Measure, place: Place, asked_year: int | None
) -> History:
    """Tell what each release up to the view's said of a figure, and what kind of change each brought."""
    year = view.choose_year(asked_year, measure)
    require_members(view, [place], year, year)
    lacking = await read_lacking(view.connection)
    kept = [r for r in view.releases if measure.row.dataset not in lacking.get(r.id, ())]
    releases = [r for r in kept if r.id <= view.release.id and r.newest_year >= year]
    written = await view.read_editions(place, year)
    editions: list[Edition] = []
    for release in releases:
        counts = [_as_of(written, release, unit) for unit in Unit]
        now, counted = tally(measure, *counts), tally(_counted(measure), *counts)
        at = replace(view, release=release, coverage=await read_coverage(view, release))
        extents = {unit: extent for (_, unit), extent in at.find_extents(place, year, measure).items()}
        edition = _make_edition(
            measure, year, release, now, editions, gone=not counted.published, extents=extents
        )
        if edition.kind is RevisionKind.WITHDRAWN:
            recoded = await read_recoded_countries(view.connection, release.id)
            edition = (
                replace(edition, kind=RevisionKind.RECODED) if recoded.intersection(codes(place)) else edition
            )
        repeats = bool(editions) and edition.kind is None and editions[-1].tally == now
        if measure.nature is Nature.STOCK and not repeats:
            stale = await read_carried(at, measure, {place: await at.read(place)}, year)
            edition = replace(edition, carried=stale.get(place))
        editions.append(replace(edition, reviews_only=at.rests_on_reviews(place, year, measure)))
    if not any(edition.tally.published for edition in editions):
        raise NoFigures("figure-in-no-release", place=place, year=year)
    nameless = await find_origin_unknown(view, place, [measure], year)
    compared = await read_comparability(view, place, await view.read(place), nameless)
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
        kept_since=first.release == kept[0],
    )


@dataclass(frozen=True, slots=True)
class Gone:
    """A figure that stood in one release, and no longer in the next one."""

    measure: Measure
    tally: Tally
    covers: Extent
    release: Release
    since: Release


async def find_gone(view: ReleaseView, measure: Measure, place: Place, year: int) -> Gone | None:
    """Return what an earlier release said of a count that the view's has not; None where none said any."""
    releases = [r for r in view.releases if r.id <= view.release.id and r.newest_year >= year]
    written = await view.read_editions(place, year)
    gone: Gone | None = None
    for release, following in pairwise(releases):
        stood, after = (
            tally(measure, *(_as_of(written, each, unit) for unit in Unit)) for each in (release, following)
        )
        if stood.published and not after.published:
            covers = replace(view, coverage=await read_coverage(view, release)).find_extents(
                place, year, measure
            )
            extent = next(iter(covers.values()), release.extent_of(year))
            gone = Gone(measure, stood, extent, release, following)
    return gone


async def find_revised(
    view: ReleaseView, measures: Iterable[Measure], place: Place, year: int
) -> Measure | None:
    """Return the first of these measures on which the releases that are kept do not agree."""
    releases = [r for r in view.releases if r.newest_year >= year]
    written = await view.read_editions(place, year)
    for of in measures:
        said = {tally(of, *(_as_of(written, release, unit) for unit in Unit)) for release in releases}
        if len([each for each in said if each.published]) > 1:
            return of
    return None


def _counted(measure: Measure) -> Measure:
    """Return what is counted: a rate is not given on few decisions, which withdraws nothing."""
    return Measure.DECISIONS if measure.nature is Nature.RATE else measure


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
    gone: bool,
    extents: Mapping[Unit, Extent],
) -> Edition:
    """Compare with the edition before, once there is a figure; `gone` where what it counts has none now."""
    period = release.period_of(year)
    edition = Edition(release, now, period, None, None, extents)
    if not any(each.tally.published for each in earlier) or now == earlier[-1].tally:
        return edition
    before = earlier[-1]
    same = before.covers(year) == edition.covers(year)
    kind = kind_of(before.release, release, year, None if gone else 0)
    if same and kind is RevisionKind.COMPLETED:
        kind = RevisionKind.CORRECTED  # a country that never completed its year
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


def _is_less_than_half(half: Edition, whole: Edition) -> bool:
    """Say whether the whole year has fewer than its half had, in persons."""
    before, after = half.tally.persons, whole.tally.persons
    completed = whole.kind is RevisionKind.COMPLETED
    return completed and before is not None and after is not None and after < before


def _find_caveats(measure: Measure, year: int, editions: Sequence[Edition]) -> list[Caveat]:
    found: list[Caveat] = []
    if any(edition.kind is RevisionKind.COMPLETED for edition in editions):
        found.append(CompletedNotCorrected(year))
    if measure.nature is Nature.FLOW and any(map(_is_less_than_half, editions, editions[1:])):
        found.append(LessThanHalf(measure, year))
    return [*found, *find_meaning(measure)]
