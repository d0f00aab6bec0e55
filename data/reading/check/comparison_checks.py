"""Comparisons, with a number or without, held against the figures. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.coverage import CoverageKind
from data.model import Level, Measure, Nature, ReferencePeriod, Tally, Unit
from data.reading.check.candidates import fit, rank_places, rank_years
from data.reading.check.claim import Near, Term, TrendClaim
from data.reading.check.evidence import BY_NAME, Fact, Variant
from data.reading.check.terms import MEANT
from data.reading.check.verdicts import ClaimFinding, Compared, Fit, OtherMeasure, Verdict
from data.reading.numbers import Bound
from data.statistics import MIN_BASE, mixes_units, span_times

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from data.coverage import Break
    from data.model import Number, Place, Release
    from data.reading.check.claim import Claim, Comparison
    from data.reading.check.evidence import Evidence, Form


POINT, FORTIETH = 1.0, 0.025
"""Percentages are figured from rounded figures, or from those of another day: 467% of 478%."""

NEARLY = 5.0
"""Points by which a percentage is missed where offices count otherwise."""

MIN_YEARS, MAX_GROWN = 2, 2
"""Years among which one is a record; what half a year may come to when it is whole."""

REVISED = frozenset({TrendClaim.REVISED_UP, TrendClaim.REVISED_DOWN})


def compare_fact(comparison: Comparison, fact: Fact, claim: Claim, evidence: Evidence) -> Compared | None:
    """Hold a comparison against the line that a figure of a claim is part of, as the same release gave it.

    A record is one of whole years, so not of a figure that half a year had, which a later release has whole.
    """
    if comparison.denied:
        return None
    if comparison.trend_claim in REVISED:
        return _compare_revision(comparison, fact, evidence)
    if comparison.of_record:
        whole = evidence.complete(fact)
        if whole.period is not fact.period and claim.means_middle(fact.measure.nature, fact.year):
            return None  # of other years no middle is kept
        fact = whole
    form = BY_NAME[fact.measure, fact.variant, fact.level]
    return compare_line(comparison, fact.place, fact.measure, fact.year, fact.last, evidence, fact.unit, form)


def compare_line(
    comparison: Comparison,
    place: Place,
    measure: Measure,
    year: int,
    release: Release,
    evidence: Evidence,
    unit: Unit | None = Unit.PERSONS,
    form: Form | None = None,
) -> Compared | None:
    """Hold a comparison against a line.

    None without figures, where half a year would meet a whole one, or cases would be left out and no break
    tells why.
    """
    line = evidence.line(place, form or measure, release, unit)
    value = line.get(year)
    if value is None:
        return None
    if comparison.of_record:
        year = comparison.bases[0] if comparison.bases else year
        if evidence.is_half(year, release):
            return None
        return _compare_record(comparison, place, measure, year, release, line, evidence, unit)
    named = comparison.bases or _find_base(comparison, line, year)
    bases = tuple((base, line[base]) for base in named if base in line and base < year)
    partial = release.period_of(year) is ReferencePeriod.MID_YEAR and measure.nature is not Nature.STOCK
    if not bases or partial:
        return None
    years = [year, *dict(bases)]
    breaks = _find_between(place, measure, years, evidence, unit)
    splits = tuple(each for each in evidence.splits(place) if min(years) < each.year <= max(years))
    fits = _holds(comparison, value, [base for _, base in bases])
    if breaks or splits:
        return Compared(
            comparison, measure, place, year, value, bases, None, release, breaks, splits, fits=fits
        )
    if unit is not None and _mixes_units(place, measure, release, years, evidence):
        return None
    beside = evidence.crossed(place, measure, (min(years), max(years))) if unit is Unit.PERSONS else ()
    return Compared(comparison, measure, place, year, value, bases, fits, release, beside, fits=fits)


def _find_base(comparison: Comparison, line: dict[int, Number], year: int) -> tuple[int, ...]:
    """Return the year before, or the last one that the number fits from which it is said to have gone."""
    if comparison.base is None:
        return (year - 1,)
    fitting = [each for each in line if each < year and fit(comparison.base, line[each])]
    return (max(fitting),) if fitting else ()


def is_nearly_so(compared: Compared) -> bool:
    """Say whether a percentage is missed by a little: whoever counts otherwise gets another one."""
    percent = compared.comparison.percent
    if compared.holds is not False or percent is None:
        return False
    change = (compared.value / compared.bases[-1][1] - 1) * 100
    way = 1 if compared.comparison.trend_claim is TrendClaim.UP else -1
    return change * way > 0 and abs(change * way - percent.low) <= NEARLY


def _find_between(
    place: Place, measure: Measure, years: Collection[int], evidence: Evidence, unit: Unit | None
) -> tuple[Break, ...]:
    """Return the partial ones of these years, and the breaks from the first to the last."""
    first, last = min(years), max(years)
    return tuple(
        each
        for each in evidence.breaks(place, measure, unit)
        if (each.year in years if each.kind is CoverageKind.PARTIAL else first < each.year <= last)
    )


def _mixes_units(
    place: Place, measure: Measure, release: Release, years: Iterable[int], evidence: Evidence
) -> bool:
    """Say whether part of these years was counted in cases, so that persons alone do not compare."""
    values = ([evidence.value(place, year, measure, release, unit) for unit in Unit] for year in years)
    return mixes_units(*(Tally(*each) for each in values))


def _compare_record(
    comparison: Comparison,
    place: Place,
    measure: Measure,
    year: int,
    release: Release,
    line: dict[int, Number],
    evidence: Evidence,
    unit: Unit | None,
) -> Compared | None:
    low = comparison.trend_claim is TrendClaim.LOW
    if low or measure.nature is Nature.STOCK:  # of June, or of half a year, it stands beside no whole one
        line = {each: line[each] for each in line if release.period_of(each) is ReferencePeriod.YEAR_END}
    since = comparison.since if comparison.over is None else year - comparison.over
    latest = year if since else comparison.latest
    line = {each: line[each] for each in line if (since or 0) < each <= latest or each == year}
    if year not in line or len(line) < MIN_YEARS:
        return None
    # A part of a year that is higher than all others is so as well when it is whole.
    highest = _find_end(line, low=low)
    holds = highest in (comparison.bases or (year,))
    if comparison.nth > 1:
        above = sum(value < line[year] if low else value > line[year] for value in line.values())
        if above != comparison.nth - 1:
            return None
        holds = True
    record = ((highest, line[highest]),)
    cases = evidence.line(place, measure, release, Unit.CASES) if unit is Unit.PERSONS else {}
    both = {each: value + cases.get(each, 0) for each, value in line.items()}
    otherwise = year in (highest, _find_end(both, low=low)) and highest != _find_end(both, low=low)
    if (not line[highest] and not low) or (otherwise and comparison.nth == 1):
        return None  # with the cases beside the persons another year is one
    parts = [each for each in evidence.breaks(place, measure, unit) if each.kind is CoverageKind.PARTIAL]
    own = tuple(each for each in parts if each.year == year)
    rivals = tuple(each for each in parts if each.year in line and each.year != year)
    if holds and not low and any(line[each.year] * MAX_GROWN > line[year] for each in rivals):
        return Compared(comparison, measure, place, year, line[year], record, None, release, rivals)
    if holds and low and own:
        return Compared(comparison, measure, place, year, line[year], record, None, release, own)
    if (
        not holds
        and release.period_of(year) is ReferencePeriod.MID_YEAR
        and measure.nature is not Nature.STOCK
    ):
        return None
    if own and not holds:  # which may be one when the year is whole
        return Compared(comparison, measure, place, year, line[year], record, None, release, own)
    breaks = _find_between(place, measure, [highest, min(line)], evidence, unit)
    return Compared(comparison, measure, place, year, line[year], record, holds, release, breaks)


def _find_end(line: dict[int, Number], *, low: bool) -> int:
    """Return the first year of the highest figure, or the last of the lowest."""
    return (min if low else max)(line, key=lambda each: (line[each], each if low else -each))


def _compare_revision(comparison: Comparison, fact: Fact, evidence: Evidence) -> Compared | None:
    said = evidence.facts(fact.place, fact.year, fact.measure, (fact.unit,), fact.variant, fact.level)
    now = next((each for each in said if each.replaced_by is None), None)
    if now is None or fact.replaced_by is None or now.value == fact.value:
        return None
    holds = (now.value > fact.value) == (comparison.trend_claim is TrendClaim.REVISED_UP)
    bases = ((fact.year, fact.value),)
    breaks = tuple(
        each for each in evidence.breaks(fact.place, fact.measure, fact.unit) if each.year == fact.year
    )
    return Compared(
        comparison, fact.measure, fact.place, fact.year, now.value, bases, holds, now.first, breaks
    )


def _holds(comparison: Comparison, value: Number, bases: list[Number]) -> bool | None:
    up = comparison.trend_claim is TrendClaim.UP
    if comparison.times is None and comparison.percent is None:
        return value > max(bases) if up else value < min(bases)
    base = bases[-1] if comparison.percent else max(bases)
    if base < MIN_BASE:
        return None
    ratio = value / base
    if comparison.times is not None:
        if comparison.at_least:
            return ratio >= comparison.times if up else ratio <= comparison.times
        times, ratio = (comparison.times, ratio) if up else (1 / comparison.times, 1 / (ratio or 1 / base))
        low, high = span_times(times, about=comparison.about)
        return low <= ratio <= high
    return _percent_holds(comparison, (ratio - 1) * 100)


def _percent_holds(comparison: Comparison, change: float) -> bool:
    """A point off is not false, and of “about 50” neither is 53: people round so."""
    percent = comparison.percent
    if percent is None or (change > 0) != (comparison.trend_claim is TrendClaim.UP):
        return False
    size, slack, point = abs(change), max(5.0, percent.step), max(POINT, FORTIETH * percent.low)
    if percent.bound is Bound.OVER:
        return percent.low - point <= size < percent.low + slack
    if percent.bound is Bound.UNDER:
        return percent.low - slack < size <= percent.low + point
    about = percent.bound is Bound.ABOUT or percent.low % 10 == 0
    return abs(size - percent.low) <= (max(2.0, 0.06 * percent.low) if about else point) + 1e-9


def judge_trend_claim(claim: Claim, evidence: Evidence, before: ClaimFinding | None) -> ClaimFinding | None:
    """Judge where a figure is said to have gone; None where the text does not say which.

    `before` is the last finding of a single figure, which is what would be revised.
    """
    (comparison,) = claim.comparisons
    if comparison.denied:
        return None
    if comparison.trend_claim in REVISED:
        return _judge_revision(claim, evidence, before)
    source = before.match.source if before and before.match else None
    if isinstance(source, Fact) and not claim.names_place and source.measure.nature is not Nature.RATE:
        return _judge_of(source, claim, before, evidence)
    tried = list(_try_lines(claim, evidence)) if _says_enough(claim, comparison) else []
    tried, beside = _part_stages(claim, tried)
    held = next((each for each in tried if each.holds), None)
    chosen = held or _choose(claim, tried)
    if chosen is None or (chosen.holds is None and not _is_disturbed(chosen)):
        return None
    if chosen.holds is None:
        return ClaimFinding(claim, Verdict.UNCHECKED, compared=(chosen, *beside))
    if held is None:
        # Which of the places that the text names elsewhere is meant, nobody can tell.
        unplaced = not claim.goes_on_place and bool(claim.origins or claim.asylums)
        unsure = unplaced or not _is_dated(claim) or _holds_with_repeats(claim, chosen, evidence)
        verdict = Verdict.UNCHECKED if unsure else Verdict.NOT_FOUND
        return ClaimFinding(claim, verdict, compared=(chosen, *beside))
    if held.measure not in MEANT[claim.term]:
        flaws = (OtherMeasure(claim.term, held.measure),)
        return ClaimFinding(claim, Verdict.ELSE, flaws=flaws, compared=(held,))
    until = _find_until(held, evidence)
    return ClaimFinding(claim, Verdict.UNTIL if until else Verdict.MATCHES, until=until, compared=(held,))


def _is_dated(claim: Claim) -> bool:
    """Say whether a sentence names its year, or its text no more than one."""
    near = claim.years.get(claim.nearest_year or 0)
    named = [year for year, each in claim.years.items() if each.rank <= Near.LATER.rank]
    return near is None or near.in_sentence or len(named) <= 1


def _holds_with_repeats(claim: Claim, compared: Compared, evidence: Evidence) -> bool:
    """Say whether what is not so of new applications is so of new and repeat ones, as offices count."""
    if claim.says_new or compared.measure is not Measure.APPLICATIONS:
        return False
    years = (compared.bases[-1][0], compared.year)
    told = (_find_with_repeats(compared.place, year, evidence) for year in years)
    base, value = told
    return bool(base and value) and _holds(compared.comparison, value or 0, [base or 0]) is True


def _find_with_repeats(place: Place, year: int, evidence: Evidence) -> Number | None:
    found = evidence.facts(
        place, year, Measure.APPLICATIONS, (Unit.PERSONS,), Variant.WITH_REPEATS, Level.ALL
    )
    return next((fact.value for fact in found), None)


def _part_stages(claim: Claim, tried: list[Compared]) -> tuple[list[Compared], list[Compared]]:
    """Part what is judged from what is only told beside it: new applications, where a text says not all.

    With repeat applications and appeals a line may go another way.
    """
    new = [each for each in tried if each.measure is not Measure.ALL_STAGES]
    if claim.says_all or not any(each.measure is Measure.APPLICATIONS for each in new):
        return tried, []
    return new, [each for each in tried if each not in new and each.holds][:1]


def _says_enough(claim: Claim, comparison: Comparison) -> bool:
    """Say whether a sentence tells what is compared, and with what."""
    if not (claim.term_beside and claim.years):
        return False
    if comparison.of_record:
        return claim.says_place and bool(claim.says_year or comparison.bases)
    return comparison.times is not None or comparison.percent is not None or bool(comparison.bases)


def _judge_of(
    fact: Fact, claim: Claim, before: ClaimFinding | None, evidence: Evidence
) -> ClaimFinding | None:
    """Judge a sentence that names no place itself, by the figure that the text spoke of last."""
    (comparison,) = claim.comparisons
    compared = compare_fact(comparison, fact, before.claim if before else claim, evidence)
    if compared is None or (compared.holds is None and not _is_disturbed(compared)):
        return None
    verdict = {True: Verdict.MATCHES, False: Verdict.NOT_FOUND, None: Verdict.UNCHECKED}[compared.holds]
    if comparison.percent and verdict is Verdict.NOT_FOUND and _counts_otherwise(before):
        verdict = Verdict.UNCHECKED
    return ClaimFinding(claim, verdict, compared=(compared,))


OTHERWISE = 0.005
"""Who gives a figure that is so far off counts otherwise, and gets another percentage."""


def _counts_otherwise(before: ClaimFinding | None) -> bool:
    match = before.match if before else None
    quantity = before.claim.quantity if before else None
    if match is None or quantity is None or match.fit is not Fit.NEAR or not isinstance(match.source, Fact):
        return False
    return abs(match.source.value - quantity.low) > OTHERWISE * quantity.low


def _choose(claim: Claim, tried: Sequence[Compared]) -> Compared | None:
    """Choose what to tell where nothing holds: what only seems to fit before what does not."""
    meant = [each for each in tried if each.measure in MEANT[claim.term]]
    seeming = (each for each in tried if _is_disturbed(each) and each.fits)
    return next(seeming, meant[0] if meant else None)


def _is_disturbed(compared: Compared) -> bool:
    """Say whether a break or a split stands between the years compared."""
    return compared.holds is None and bool(compared.breaks or compared.splits)


def _judge_revision(claim: Claim, evidence: Evidence, before: ClaimFinding | None) -> ClaimFinding | None:
    source = before.match.source if before and before.match else None
    if not isinstance(source, Fact):
        return None
    compared = compare_fact(claim.comparisons[0], source, claim, evidence)
    if compared is None:
        return None
    return ClaimFinding(claim, Verdict.MATCHES if compared.holds else Verdict.NOT_FOUND, compared=(compared,))


_OPEN = frozenset({Term.SEEKERS, Term.CLAIMS, Term.NOTHING, Term.APPLIED})
"""They leave open whether stocks are meant, which people take for those who applied."""


def _try_lines(claim: Claim, evidence: Evidence) -> Iterator[Compared]:
    """Try what the text says is counted, then pending claims; the newest release first."""
    (comparison,) = claim.comparisons
    stocks = claim.term in _OPEN or Measure.PENDING in claim.kin_measures
    at_large = [Measure.PENDING] if stocks and not comparison.of_record else []
    measures = dict.fromkeys([*MEANT[claim.term], *at_large])
    places, years = rank_places(claim, evidence)[:1], [*rank_years(claim), None]
    for place, measure in ((place, measure) for place in places for measure in measures):
        if measure.nature is not Nature.RATE:
            for release in reversed(evidence.releases):
                year = comparison.until or years[0]
                compared = year and compare_line(comparison, place, measure, year, release, evidence)
                if compared:
                    yield compared


def _find_until(held: Compared, evidence: Evidence) -> Release | None:
    """Return the first later release under which the comparison no longer holds."""
    for release in evidence.releases:
        if release.id > held.release.id:
            again = compare_line(held.comparison, held.place, held.measure, held.year, release, evidence)
            if again is None or not again.holds:
                return release
    return None
