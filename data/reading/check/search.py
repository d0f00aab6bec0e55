"""The claims of a text, each looked up in every release that is kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from data.countries.territories import list_splits
from data.model import Counts, Level, Measure
from data.questions.comparability import Comparability, read_comparability
from data.questions.view import codes_in, cover, read_coverage, tally_of
from data.reading.check.claim import Subject
from data.reading.check.detection import read_claims
from data.reading.check.evidence import Evidence, Spread, Written, codes_of
from data.reading.check.judgement import judge_claims
from data.reading.check.scope import swap
from data.statistics import count_small
from data.store import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from data.countries import Atlas
    from data.coverage import Break, Coverage
    from data.model import Place
    from data.questions.view import ReleaseView
    from data.reading.check.claim import Claim
    from data.reading.check.evidence import Codes, FindBreaks
    from data.reading.check.verdicts import Check

MAX_PLACES = 90
"""Pairs of origin and asylum that are looked up for one text."""

MAX_PLACES_AT_FIRST = 24
MAX_SPREADS = 4
MAX_TOTALS = 12
MAX_RELEASES = 6


async def answer_check(view: ReleaseView, atlas: Atlas, text: str, written: date) -> Check:
    """Check the claims of a text of that day: each against every measure, release, period, pair and total."""
    # A long text takes a tenth of a second, which the event loop shall not stand still for.
    claims = await asyncio.to_thread(read_claims, text, atlas, written, view.releases[-1].newest_year)
    evidence = await gather_evidence(view, claims)
    return await asyncio.to_thread(judge_claims, claims, evidence)


async def gather_evidence(view: ReleaseView, claims: Sequence[Claim]) -> Evidence:
    """Read all that releases have said of the places of these claims, and of those with the sides swapped."""
    wanted = dict.fromkeys(each for claim in claims for each in claim.places)
    places = {codes_of(place): place for place in islice(wanted, MAX_PLACES)}
    places |= {codes_of(swap(place)): swap(place) for place in list(places.values())}
    rows: dict[tuple[str, str], list[Written]] = {}
    said = await figures.read_everything_said(view.connection, list(places))
    for origin, asylum, release, year, unit, counts in said:
        rows.setdefault((origin, asylum), []).append(Written(release, year, unit, counts))
    spreads = await _read_spreads(view, claims)
    known = {each.id: await read_coverage(view, each) for each in view.releases}
    at_first = await _read_first_instance(view, claims, known)
    compared = await _compare_places(view, places)
    return await asyncio.to_thread(
        Evidence,
        view.releases,
        rows,
        places,
        spreads,
        at_first=at_first,
        coverage=known,
        find_breaks=compared,
        find_splits=lambda place: list_splits(place, view.country),
    )


async def _compare_places(view: ReleaseView, places: Mapping[Codes, Place]) -> FindBreaks:
    """Return what tells the breaks of a place: of the likeliest totals, and of every country of asylum."""
    view = await cover(replace(view, release=view.releases[-1]))
    totals = [place for place in places.values() if place.asylum is None][:MAX_TOTALS]
    found = {
        codes_of(place): await read_comparability(view, place, await view.read(place)) for place in totals
    }
    for codes, place in places.items():
        if place.asylum:
            found[codes] = Comparability(view, place, {})

    def find_breaks(codes: Codes, measure: Measure) -> tuple[Break, ...]:
        return found[codes].list_breaks(measure) if codes in found else ()

    return find_breaks


async def _read_first_instance(
    view: ReleaseView, claims: Sequence[Claim], known: Mapping[int, Coverage]
) -> Evidence | None:
    """Read what the last releases have said of first instance, where the text speaks of it."""
    wanted = dict.fromkeys(each for claim in claims if Level.FIRST in claim.levels for each in claim.places)
    if not wanted:
        return None
    releases = view.releases[-MAX_RELEASES:]
    places = {codes_of(place): place for place in islice(wanted, MAX_PLACES_AT_FIRST)}
    rows = {}
    for codes in places:
        said = {
            each.id: await figures.read_first_instance(view.connection, each, *codes) for each in releases
        }
        years = sorted({year for counts in said.values() for year in counts})
        rows[codes] = [
            # What a release leaves out is not what the one before said.
            Written(release, year, unit, counts.get((year, unit), Counts()))
            for release, counts in said.items()
            for year, unit in years
        ]
    return Evidence(releases, rows, places, level=Level.FIRST, coverage=known)


async def _read_spreads(view: ReleaseView, claims: Iterable[Claim]) -> list[Spread]:
    wanted = dict.fromkeys(
        (place, year)
        for claim in claims
        if claim.subject is Subject.COUNTRIES
        for place in claim.places[:1]
        for year in claim.years[:1]
        if (place.origin is None) != (place.asylum is None)
    )
    found = []
    for place, year in islice(wanted, MAX_SPREADS):
        for release in view.releases[-MAX_RELEASES:]:
            if year <= release.newest_year:
                read = figures.read_asylum_countries if place.origin else figures.read_origins
                counts = await read(
                    view.connection, release, (year, year), codes_of(place)[place.origin is None]
                )
                stocks = [
                    tally_of(Measure.PENDING, counts, code, year).persons
                    for code in codes_in(counts)
                    if view.country(code).is_country
                ]
                found.append(Spread(place, year, release, sum(map(bool, stocks)), count_small(stocks)))
    return found
