"""What a release changed: the codes it replaced, kinds and sums of changes; and whether it is doubtful."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING

from data.doubt import find_fragment, find_missing, find_moved
from data.model import Dataset, find_kind
from data.recodings import COUNTRIES, find_recodings, follow
from data.store import changes, comparison, intake, release_totals, releases, rollups
from data.store.observations import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from data.doubt import Doubt
    from data.model import Release
    from data.recodings import Moved, Recoding
    from data.store.database import Connection
    from data.store.release_totals import Weight

_FIRST_YEAR = 1951


async def find_replaced_codes(connection: Connection, number: int) -> None:
    """Find and keep which codes a release replaced; needs its rows in the temporary tables."""
    turnovers = []
    for dataset in Dataset:
        gone, new = await comparison.read_codes(connection, dataset, number)
        turnovers.append(await comparison.read_comparison(connection, dataset, number, gone, new))
    found = await asyncio.to_thread(find_recodings, turnovers)
    await comparison.replace_recodings(connection, number, found)


async def find_doubt(connection: Connection, number: int, *, of_earlier: bool = False) -> Doubt | None:
    """Say why a release is doubtful beside the one before it, or nothing; needs its rows as above.

    `of_earlier`: it is the one before it that came in now, and that is judged.
    """
    known = await releases.read_releases(connection)
    before, after = next(pair for pair in pairwise(known) if pair[1].id == number)
    moved = await _find_moved(connection, number)
    countries = await _find_countries(connection, number)
    new_years = range(before.newest_year + 1, after.newest_year + 1)
    totals = []
    for dataset in Dataset:
        await release_totals.set_side_by_side(connection, dataset, number)
        for weight in await release_totals.weigh_rows(connection, dataset):
            elsewhere = sum(_is_kept(weight, move) for move in moved.get(dataset, ()))
            gone = weight.withdrawn - elsewhere
            doubt = find_missing(dataset, weight.column, weight.before, weight.after, gone)
            if of_earlier and not weight.column:
                doubt = doubt or find_fragment(dataset, weight.before, weight.after)
            if doubt:
                return doubt
        totals += await release_totals.read_totals(
            connection, dataset, new_years, moved.get(dataset, ()), countries
        )
        await release_totals.discard(connection, dataset)
    return await asyncio.to_thread(find_moved, totals, before, after)


def _is_kept(weight: Weight, move: Moved) -> bool:
    """Say whether what is weighed of this row is there still, under another code."""
    if weight.column is None:
        return True
    at = TABLES[weight.dataset].values.index(weight.column)
    return bool(move.before[at] and move.after[at])


async def derive(connection: Connection, numbers: Collection[int]) -> None:
    """Make anew what is derived from the ledger for releases: their sums, and what they changed."""
    for number in sorted(numbers):  # each is compared with the sums of the ones before it
        await rollups.sum_release(connection, number)
    await tell_changes(connection, numbers)


async def forget(connection: Connection, number: int) -> None:
    """Remove what was derived from the ledger for a release that is not published any more."""
    await rollups.forget_release(connection, number)
    await changes.forget_changes(connection, number)
    await comparison.replace_recodings(connection, number, ())


async def tell_changes(connection: Connection, numbers: Collection[int]) -> None:
    """Work out again what releases changed of those before them."""
    kept = await releases.read_releases(connection)
    for before, after in pairwise(kept):
        if after.id in numbers:
            kinds = name_kinds(before, after)
            countries = await _find_countries(connection, after.id)
            await changes.write_changes(connection, after.id, kinds, countries)
            moved = await _find_moved(connection, after.id)
            await changes.write_digest(connection, after.id, kinds, moved)
    if kept[0].id in numbers:
        await changes.forget_changes(connection, kept[0].id)


async def find_following(connection: Connection, number: int) -> int | None:
    """Return the number of the release after this one, if there is one."""
    return min((r.id for r in await releases.read_releases(connection) if r.id > number), default=None)


async def recompare(connection: Connection, number: int, replaced: Collection[Recoding]) -> list[int]:
    """Find again which codes a kept release replaced, now that another one is before it.

    Returns the releases that are to be derived anew: this one; and all later ones where what is summed
    (`replaced`, as `recodings.read_summed` gave it before) is not what it was, or where this one came
    without a dataset, so that others say what the one before it says. Fills the temporary tables.
    """
    full = [r.id for r in await releases.read_releases(connection)]
    for dataset in Dataset:
        await intake.recall(connection, dataset, number)
    if number == full[0]:
        await comparison.replace_recodings(connection, number, ())
    else:
        await find_replaced_codes(connection, number)
    lacking = await releases.read_lacking(connection)
    if await comparison.read_summed(connection, number) == replaced and number not in lacking:
        return [number]
    return [each for each in full if each >= number]


def name_kinds(before: Release, after: Release) -> dict[int, str]:
    """Return the kind of a changed figure for every year there may be."""
    last = max(before.newest_year, after.newest_year)
    return {year: find_kind(before, after, year).value for year in range(_FIRST_YEAR, last + 1)}


async def _find_countries(connection: Connection, number: int) -> dict[str, str]:
    """Return the codes of countries that a release replaced, and those that stand there instead."""
    replaced = await comparison.read_recodings(connection, number)
    return {each.old: each.new for each in replaced if each.column in COUNTRIES}


async def _find_moved(connection: Connection, number: int) -> Mapping[Dataset, Sequence[Moved]]:
    """Return the rows that a release has under another code than before."""
    replaced = await comparison.read_recodings(connection, number)
    moved = {}
    for dataset in Dataset if replaced else ():
        own = [each for each in replaced if each.column in TABLES[dataset].key]
        gone: dict[str, frozenset[str]] = {}
        new: dict[str, frozenset[str]] = {}
        for each in own:
            gone[each.column] = gone.get(each.column, frozenset()) | {each.old}
            new[each.column] = new.get(each.column, frozenset()) | {each.new}
        rows = await comparison.read_comparison(connection, dataset, number, gone, new)
        moved[dataset] = await asyncio.to_thread(follow, rows, own)
    return moved
