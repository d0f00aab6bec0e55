"""The claims of a text, each looked up in every release that is kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from itertools import islice
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING

from data.countries.groups import members
from data.countries.territories import list_splits
from data.measures import OUTCOMES
from data.model import ALL, Group, Measure, Place, Role
from data.questions.comparability import Comparability, read_each_comparability
from data.questions.view import codes_in, cover, read_coverage, tally_of
from data.reading.check.candidates import is_one_sided
from data.reading.check.claim import Near, Subject
from data.reading.check.context import read_claims
from data.reading.check.costs import weigh
from data.reading.check.evidence import LEDGER_FORMS, Evidence, Fact, Spread, codes_of
from data.reading.check.judgement import judge_claims
from data.reading.check.side_claims import leave_open
from data.reading.check.standing_checks import find_ranked, judge_rank, judge_rival, judge_share
from data.reading.check.verdicts import Verdict
from data.statistics import count_small
from data.store import figures
from data.store.repeat_applications import read_stages
from data.store.value_index import pack, read_ledgers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from data.countries import Atlas
    from data.coverage import Break
    from data.model import Area
    from data.questions.view import ReleaseView
    from data.reading.check.claim import Claim, StandingClaim
    from data.reading.check.evidence import FindBreaks
    from data.reading.check.verdicts import Check, ClaimFinding, Stood
    from data.store.figures import YearCounts
    from data.store.repeat_applications import StageCounts
    from data.store.value_index import Codes, SaidRow

MAX_PLACES = 160
"""Pairs of origin and asylum that are looked up for one text."""

_AGAIN = 8
"""After so many claims it is looked anew how dear a place is that is not among these."""

MAX_GROUP_SUMS = 12
MAX_SPREADS = 4
MAX_TOTALS = 12
MAX_GROUPS_COMPARED = 3
MAX_RELEASES = 6


async def answer_check(view: ReleaseView, atlas: Atlas, text: str, written: date) -> Check:
    """Check the claims of a text of that day: each against every measure, release, period, pair and total."""
    then = next((each for each in reversed(view.releases) if each.day <= written), None)
    # A long text takes a tenth of a second, which the event loop shall not stand still for.
    claims = await asyncio.to_thread(
        read_claims, text, atlas, written, view.releases[-1].newest_year, then.newest_year if then else None
    )
    evidence = await gather_evidence(view, claims)
    return await _add_standings(view, evidence, await asyncio.to_thread(judge_claims, claims, evidence, then))


async def _add_standings(view: ReleaseView, evidence: Evidence, check: Check) -> Check:
    """Judge the ranks and shares that the text gives to figures that were found."""
    findings: list[ClaimFinding] = []
    for finding in check.findings:
        if finding.claim.subject is Subject.STANDING:
            findings += await _judge_alone(view, evidence, finding)
            continue
        fact = finding.match.source if finding.match else None
        stood = [
            judged
            for standing in (finding.claim.standings if isinstance(fact, Fact) else ())
            if isinstance(fact, Fact)
            and (judged := await _judge(view, standing, fact, finding.claim, evidence))
        ]
        findings.append(replace(finding, stood=tuple(stood)))
    return leave_open(replace(check, findings=tuple(findings)))


async def _judge(
    view: ReleaseView, standing: StandingClaim, fact: Fact, claim: Claim, evidence: Evidence
) -> Stood | None:
    if standing.denied is None:
        return None
    middle = claim.means_middle(fact.measure.nature, fact.year)
    return (
        judge_rival(standing, fact, evidence)
        or judge_share(standing, fact, evidence)
        or await _judge_rank(view, standing, fact if middle else evidence.complete(fact), claim)
    )


async def _judge_alone(view: ReleaseView, evidence: Evidence, finding: ClaimFinding) -> list[ClaimFinding]:
    """Judge a rank without a number by whichever figure it is so of, else by the likeliest."""
    (standing,) = finding.claim.standings
    tried = [await _judge(view, standing, fact, finding.claim, evidence) for fact in finding.instead]
    judged = [each for each in tried if each]
    stood = next((each for each in judged if each.holds), judged[0] if judged else None)
    if stood is None:
        return []
    return [replace(finding, stood=(stood,), instead=(stood.fact,), verdict=_RANKED[stood.holds])]


_RANKED = {True: Verdict.MATCHES, False: Verdict.NOT_FOUND, None: Verdict.UNCHECKED}


async def _judge_rank(view: ReleaseView, standing: StandingClaim, fact: Fact, claim: Claim) -> Stood | None:
    role = find_ranked(standing, fact)
    ranked = fact.place.origin if role is Role.ORIGIN else fact.place.asylum
    if role is None or ranked is None:
        return None
    at = replace(view, release=fact.last)
    read = at.read_origins if role is Role.ORIGIN else at.read_asylum
    rest = Place(None, fact.place.asylum) if role is Role.ORIGIN else Place(fact.place.origin)
    counts = await read(rest, fact.year)
    coverage = await read_coverage(view, fact.last)
    values, partial = {}, {}
    side = claim.origins if role is Role.ORIGIN else claim.asylums
    shared = {code for code, each in side.items() if each.near is Near.LINKED and code != ranked.code}
    for country in map(view.country, codes_in(counts)):
        if country.is_country:
            tally = tally_of(fact.measure, counts, country.code, fact.year)
            values[country] = tally.persons or 0, tally.cases or 0
            host = country.code if role is Role.ASYLUM else codes_of(fact.place)[1]
            partial[country] = coverage.extent(host, fact.year, fact.measure) is not None
    tried = []
    # Of all countries, or of those of a group that the text names elsewhere.
    for group in (standing.group,) if standing.group else (None, *standing.others):
        among = members(group.code, fact.year) if group else codes_in(counts)
        some = {country: value for country, value in values.items() if country.code in among}
        if judged := judge_rank(replace(standing, group=group), fact, ranked, some, partial, shared):
            tried.append(judged)
    return next((each for each in tried if each.holds is not False), tried[0] if tried else None)


async def _read_stages(view: ReleaseView, claims: Sequence[Claim]) -> dict[int, StageCounts]:
    years = {year for claim in claims for year, near in claim.years.items() if near is not Near.STALE}
    years |= {year for claim in claims for year in _list_compared(claim)}
    newest, fetch = view.releases[-1], view.cache.stages.fetch
    return {
        year: await fetch((newest.id, year), partial(read_stages, view.connection, newest, year))
        for year in sorted(years)
    }


def _list_compared(claim: Claim) -> Iterator[int]:
    """List the years between which a text says that a figure rose, or fell."""
    for comparison in claim.comparisons:
        last = comparison.until or claim.nearest_year
        if last and not comparison.of_record:
            yield from (*(comparison.bases[-1:] or (last - 1,)), last)


async def gather_evidence(view: ReleaseView, claims: Sequence[Claim]) -> Evidence:
    """Read all that releases have said of the places of these claims."""
    places = {codes_of(place): place for place in list_places(claims)}
    ledgers = await view.cache.ledgers.fetch_all(
        (codes for codes, place in places.items() if not has_group(place)),
        lambda codes: read_ledgers(view.connection, codes, LEDGER_FORMS),
    )
    own = await _read_series(view, places)
    said = await _read_groups(view, claims, places)
    ledgers |= pack([*said, *_list_current(view, own, said)], LEDGER_FORMS)
    spreads = await _read_spreads(view, claims)
    known = {each.id: await read_coverage(view, each) for each in view.releases}
    compared = await _compare_places(view, places, own)
    return await asyncio.to_thread(
        Evidence,
        view.releases,
        ledgers,
        places,
        spreads,
        stages=await _read_stages(view, claims),
        coverage=known,
        find_breaks=compared,
        find_splits=lambda place: list_splits(place, view.country),
    )


def has_group(place: Place) -> bool:
    """Say whether a side of a place is a group of countries."""
    return any(isinstance(side, Group) for side in (place.origin, place.asylum))


async def _read_groups(
    view: ReleaseView, claims: Sequence[Claim], places: Mapping[Codes, Place]
) -> list[SaidRow]:
    """Read what every release says of groups in the years beside them: each is a sum, so the likeliest."""
    dearness: dict[tuple[Codes, int], float] = {}
    sums = [codes for codes, place in places.items() if has_group(place)]
    for claim in claims if sums else ():
        (origins, asylums), years = (
            weigh(claim).sides,
            {year: weigh(claim).year(year)[1] for year in claim.years},
        )
        for origin, asylum in sums:
            if origin in origins and asylum in asylums:
                for year, away in years.items():
                    dear = origins[origin] + asylums[asylum] + away
                    key = (origin, asylum), year
                    dearness[key] = min(dear, dearness.get(key, dear))
    found: list[SaidRow] = []
    for codes, year in sorted(dearness, key=dearness.__getitem__)[:MAX_GROUP_SUMS]:
        editions = await view.read_editions(places[codes], year)
        found += [
            (*codes, release, year, unit, (*counts, *_NO_OUTCOMES))
            for (release, unit), counts in editions.items()
        ]
    return found


_NO_OUTCOMES = (None,) * len(OUTCOMES)


async def _read_series(view: ReleaseView, places: Mapping[Codes, Place]) -> dict[Place, YearCounts]:
    """Read all years of the likeliest totals and groups, which the newest release is compared by."""
    grouped = [place for place in places.values() if has_group(place)][:MAX_GROUPS_COMPARED]
    single = (place for place in places.values() if place.asylum is None and not has_group(place))
    totals = [*islice(single, MAX_TOTALS), *grouped]
    return dict(zip(totals, await view.read_each(totals), strict=True))


def _list_current(
    view: ReleaseView, own: Mapping[Place, YearCounts], said: Iterable[SaidRow]
) -> Iterator[SaidRow]:
    """List what the newest release says of groups in all other years, which theirs are compared with."""
    known = {(row[0], row[1], row[3]) for row in said}
    for place, series in own.items():
        for (year, unit), counts in series.items() if has_group(place) else ():
            if (*codes_of(place), year) not in known:
                yield (*codes_of(place), view.releases[-1].id, year, unit, (*counts, *_NO_OUTCOMES))


def list_places(claims: Sequence[Claim]) -> list[Place]:
    """List the pairs and totals of all countries that a text names, the likelier first, at most 160."""
    dearness: dict[Codes, float] = {}
    areas: dict[str, Area | None] = {ALL: None}
    first: tuple[AbstractSet[str], AbstractSet[str]] = set(), set()
    most = inf
    for number, claim in enumerate(claims):
        areas |= {code: each.area for side in (claim.origins, claim.asylums) for code, each in side.items()}
        origins, asylums = weigh(claim).sides
        if not number:
            first = origins.keys(), asylums.keys()
        known = number and origins.keys() <= first[0] and asylums.keys() <= first[1]
        if number % _AGAIN == 1:
            most = max(sorted(dearness.values())[:MAX_PLACES], default=inf)
        cheapest = sorted(asylums.items(), key=itemgetter(1)) if known else list(asylums.items())
        for origin, far in origins.items():
            for asylum, away in cheapest:
                if known and far + away > most:
                    break  # as dear as that it is among the likeliest for no claim
                codes = origin, asylum
                if far + away < dearness.get(codes, inf) and (origin != asylum or origin == ALL):
                    dearness[codes] = far + away
    likely = sorted(dearness, key=dearness.__getitem__)[:MAX_PLACES]
    return [Place(areas[origin], areas[asylum]) for origin, asylum in likely]


async def _compare_places(
    view: ReleaseView, places: Mapping[Codes, Place], own: Mapping[Place, YearCounts]
) -> FindBreaks:
    """Return what tells the breaks of a place: of the likeliest totals, and of every country of asylum."""
    view = await cover(replace(view, release=view.releases[-1]))
    places = {codes: place for codes, place in places.items() if not has_group(place)}
    compared = await read_each_comparability(view, own) if own else []
    found = {codes_of(each.place): each for each in compared}
    for codes, place in places.items():
        if place.asylum:
            found[codes] = Comparability(view, place, {})

    def find_breaks(codes: Codes, measure: Measure, years: tuple[int, int] | None) -> tuple[Break, ...]:
        if codes not in found:
            return ()
        own = found[codes]
        return own.find_crossed(measure, years[1], years[0]) if years else own.list_breaks(measure)

    return find_breaks


def _list_spread(claim: Claim) -> list[Place]:
    """List whose claims may be spread over countries: rather those of an origin."""
    places = [each for each in list_places([claim]) if is_one_sided(each) and not has_group(each)]
    return sorted(places[:MAX_SPREADS], key=lambda place: not place.origin)[:2]


async def _read_spreads(view: ReleaseView, claims: Iterable[Claim]) -> list[Spread]:
    wanted = dict.fromkeys(
        (place, year)
        for claim in claims
        if claim.subject is Subject.COUNTRIES
        for place in _list_spread(claim)
        for year in [claim.nearest_year]
    )
    found = []
    for place, year in islice(wanted, MAX_SPREADS):
        for release in view.releases[-MAX_RELEASES:]:
            if year and year <= release.newest_year:
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
