"""The claims of a text, each looked up in every release that is kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from data.answers.comparability import Comparability, read_comparability
from data.answers.desk import cover, read_coverage
from data.answers.tallies import codes_in, tally_of
from data.claims.claim import Subject
from data.claims.detection import read_claims
from data.claims.evidence import Evidence, Spread, Written, codes_of
from data.claims.judgement import judge_claims
from data.claims.scope import swap
from data.model import Counts, Level, Measure
from data.statistics import count_small
from data.store import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from data.answers.desk import Desk
    from data.claims.claim import Claim
    from data.claims.evidence import Codes, FindBreaks
    from data.claims.verdicts import Check
    from data.countries import Atlas
    from data.coverage import Break, Coverage
    from data.model import Place

MOST_PLACES = 90
"""Pairs of origin and asylum that are looked up for one text."""

MOST_PLACES_AT_FIRST = 24
MOST_SPREADS = 4
MOST_TOTALS = 12
MOST_RELEASES = 6


async def answer_check(desk: Desk, atlas: Atlas, text: str, written: date) -> Check:
    """Check the claims of a text of that day: each against every measure, release, period, pair and total."""
    # A long text takes a tenth of a second, which the event loop shall not stand still for.
    claims = await asyncio.to_thread(read_claims, text, atlas, written, desk.releases[-1].newest_year)
    evidence = await gather_evidence(desk, claims)
    return await asyncio.to_thread(judge_claims, claims, evidence)


async def gather_evidence(desk: Desk, claims: Sequence[Claim]) -> Evidence:
    """Read all that releases have said of the places of these claims, and of those with the sides swapped."""
    wanted = dict.fromkeys(each for claim in claims for each in claim.places)
    places = {codes_of(place): place for place in islice(wanted, MOST_PLACES)}
    places |= {codes_of(swap(place)): swap(place) for place in list(places.values())}
    rows: dict[tuple[str, str], list[Written]] = {}
    said = await figures.read_everything_said(desk.connection, list(places))
    for origin, asylum, release, year, unit, counts in said:
        rows.setdefault((origin, asylum), []).append(Written(release, year, unit, counts))
    spreads = await _read_spreads(desk, claims)
    known = {each.id: await read_coverage(desk, each) for each in desk.releases}
    at_first = await _read_first_instance(desk, claims, known)
    compared = await _compare_places(desk, places)
    return await asyncio.to_thread(
        Evidence,
        desk.releases,
        rows,
        places,
        spreads,
        at_first=at_first,
        coverage=known,
        find_breaks=compared,
    )


async def _compare_places(desk: Desk, places: Mapping[Codes, Place]) -> FindBreaks:
    """Return what tells the breaks of a place: of the likeliest totals, and of every country of asylum."""
    desk = await cover(replace(desk, release=desk.releases[-1]))
    totals = [place for place in places.values() if place.asylum is None][:MOST_TOTALS]
    found = {
        codes_of(place): await read_comparability(desk, place, await desk.read(place)) for place in totals
    }
    for codes, place in places.items():
        if place.asylum:
            found[codes] = Comparability(desk, place, {})

    def find_breaks(codes: Codes, measure: Measure) -> tuple[Break, ...]:
        return found[codes].list_breaks(measure) if codes in found else ()

    return find_breaks


async def _read_first_instance(
    desk: Desk, claims: Sequence[Claim], known: Mapping[int, Coverage]
) -> Evidence | None:
    """Read what the last releases have said of first instance, where the text speaks of it."""
    wanted = dict.fromkeys(each for claim in claims if Level.FIRST in claim.levels for each in claim.places)
    if not wanted:
        return None
    releases = desk.releases[-MOST_RELEASES:]
    places = {codes_of(place): place for place in islice(wanted, MOST_PLACES_AT_FIRST)}
    rows = {}
    for codes in places:
        said = {
            each.id: await figures.read_first_instance(desk.connection, each, *codes) for each in releases
        }
        years = sorted({year for counts in said.values() for year in counts})
        rows[codes] = [
            # What a release leaves out is not what the one before said.
            Written(release, year, unit, counts.get((year, unit), Counts()))
            for release, counts in said.items()
            for year, unit in years
        ]
    return Evidence(releases, rows, places, level=Level.FIRST, coverage=known)


async def _read_spreads(desk: Desk, claims: Iterable[Claim]) -> list[Spread]:
    wanted = dict.fromkeys(
        (place, year)
        for claim in claims
        if claim.subject is Subject.COUNTRIES
        for place in claim.places[:1]
        for year in claim.years[:1]
        if (place.origin is None) != (place.asylum is None)
    )
    found = []
    for place, year in islice(wanted, MOST_SPREADS):
        for release in desk.releases[-MOST_RELEASES:]:
            if year <= release.newest_year:
                read = figures.read_asylum_countries if place.origin else figures.read_origins
                counts = await read(
                    desk.connection, release, (year, year), codes_of(place)[place.origin is None]
                )
                stocks = [
                    tally_of(Measure.PENDING, counts, code, year).persons
                    for code in codes_in(counts)
                    if desk.country(code).is_country
                ]
                found.append(Spread(place, year, release, sum(map(bool, stocks)), count_small(stocks)))
    return found
