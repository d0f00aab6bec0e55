"""What one message would tell of a release: the changes that match any of a channel's filters."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.alerts.news import News
from data.caveats import SmallCounts, find_meaning
from data.measures import COLUMNS
from data.model import Measure, RevisionKind
from data.notes import find_note_on
from data.questions.changes import (
    MAX_COUNT,
    compare_totals,
    find_before,
    find_broken,
    find_caveats,
    make_changed,
)
from data.state.model import Filter, FilterVerdict, Reason, Threshold, matches
from data.statistics import SMALL
from data.store import changes
from data.store.changes import Wanted
from data.store.notes import find_in_force, read_list
from data.store.rollups import COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.caveats import Caveat
    from data.model import Release
    from data.notes import Note
    from data.questions.view import ReleaseView
    from data.statistics import Changed

_KEY_MEASURES = frozenset({Measure.PENDING, Measure.APPLICATIONS, Measure.DECISIONS})
"""What a message opens with where no measure was asked for; the others are parts or sums of these."""

_RELAXED = (
    (Reason.TOO_SMALL, {"at_least": Threshold()}),
    (Reason.OTHER_KIND, {"kinds": frozenset(RevisionKind)}),
    (Reason.OTHER_MEASURE, {"measure": None}),
)
"""Why nothing matches: the first relaxation, each on top of the ones before, that would match."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A filter, how the database is asked for it, and which of its place's totals match."""

    wanted: Filter
    query: Wanted
    totals: tuple[Changed, ...]


async def answer_news(view: ReleaseView, filters: Sequence[Filter], *, whole: bool) -> News:
    """Return what the view's release changed of what the filters ask for; only `whole` lists every change."""
    before = find_before(view)
    if before is None:
        return News(view.release, None, Reason.BASELINE)
    asked = await _ask(view, before, filters)
    matched = tuple(
        [a.wanted for a in asked if a.totals or await changes.has_match(view.connection, a.query)]
    )
    if not matched:
        return News(view.release, before, await _find_silence(view, before, filters))
    return await _tell(view, before, [a for a in asked if a.wanted in matched], whole=whole)


async def _tell(view: ReleaseView, before: Release, asked: Sequence[_Asked], *, whole: bool) -> News:
    queries = [each.query for each in asked]
    totals = sorted(
        dict.fromkeys(total for each in asked for total in each.totals), key=lambda each: -each.size
    )
    counts = await changes.count_pairs(view.connection, queries)
    by_kind: Counter[RevisionKind] = Counter()
    for _, _, kind, count in counts:
        by_kind[RevisionKind(kind)] += count
    largest = await changes.read_largest_of_any(view.connection, queries, MAX_COUNT)
    listed = await changes.read_pairs_of_any(view.connection, queries, -1 if whole else 1)
    found = await asyncio.to_thread(lambda: tuple(make_changed(view, row) for row in listed))
    named = tuple(make_changed(view, row) for row in largest)
    headline = _choose_headline(totals, [each.wanted.measure for each in asked], (*named, *found))
    return News(
        release=view.release,
        before=before,
        silence=None,
        matched=tuple(each.wanted for each in asked),
        headline=headline,
        totals=tuple(totals),
        largest=named,
        matching=by_kind.total(),
        by_kind=by_kind,
        all_changes=found if whole else (),
        caveats=(
            *await find_broken(view, [headline]),
            *_find_misreadings((headline, *totals, *named)),
            *find_caveats([headline, *totals, *named], {unit for _, unit, *_ in counts}),
        ),
        note=await _find_note(view, before, headline),
    )


async def _find_note(view: ReleaseView, before: Release, key: Changed) -> Note | None:
    """Find what UNHCR notes on a figure that it changed, and did not note beside the release before."""
    now, then = [await find_in_force(view.connection, each.id) for each in (view.release, before)]
    if now is None or key.kind is RevisionKind.NEW_PERIOD or (then and then.digest == now.digest):
        return None
    known = set(await read_list(view.connection, then.digest)) if then else set()
    fresh = [each for each in await read_list(view.connection, now.digest) if each not in known]
    return find_note_on(fresh, key.place, key.year)


def _find_misreadings(told: Sequence[Changed]) -> Iterator[Caveat]:
    """Find how the figures that are told could be misread."""
    headline, *_ = told
    for of in dict.fromkeys(each.measure for each in told):
        if of is headline.measure or of is Measure.PENDING:
            yield from find_meaning(of)
    if any(0 < (value or 0) < SMALL for each in told for value in (each.before, each.after)):
        yield SmallCounts()


def _choose_headline(
    totals: Sequence[Changed], measures: Iterable[Measure | None], others: Sequence[Changed]
) -> Changed:
    """Choose the largest total of a measure that was asked for, or of those that others are part of."""
    key = {measure for measure in measures if measure} or _KEY_MEASURES
    return next((each for each in totals if each.measure in key), (*totals, *others)[0])


async def _ask(view: ReleaseView, before: Release, filters: Sequence[Filter]) -> list[_Asked]:
    known = {place: await compare_totals(view, before, place) for place in {each.place for each in filters}}
    return [
        _Asked(
            wanted,
            _make_query(view, wanted),
            tuple(total for total in known[wanted.place] if _tells_total(wanted, total)),
        )
        for wanted in filters
    ]


def _tells_total(wanted: Filter, total: Changed) -> bool:
    return wanted.measure in (None, total.measure) and matches(wanted, total) is FilterVerdict.MATCHES


def _make_query(view: ReleaseView, wanted: Filter) -> Wanted:
    origin, asylum = wanted.place.origin, wanted.place.asylum
    return Wanted(
        view.release.id,
        origin.code if origin else None,
        asylum.code if asylum else None,
        COLUMNS[wanted.measure] if wanted.measure else COUNTS,
        tuple(sorted(kind.value for kind in wanted.wanted_kinds)),
        wanted.at_least.count if wanted.at_least.share is None else 1,
        wanted.at_least.share,
    )


async def _find_silence(view: ReleaseView, before: Release, filters: Sequence[Filter]) -> Reason:
    relaxed = list(filters)
    for reason, loosened in _RELAXED:
        relaxed = [replace(wanted, **loosened) for wanted in relaxed]
        for each in await _ask(view, before, relaxed):
            if each.totals or await changes.has_match(view.connection, each.query):
                return reason
    return Reason.OTHER_PLACE
