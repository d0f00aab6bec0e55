"""What a finding says, held against the evidence that its sentences need."""

from __future__ import annotations

from collections.abc import Iterator

from data.model import Nature, Place, ReferencePeriod, Release
from data.reading.check import verdicts as v
from data.reading.check.candidates import NEAR, rate_fits
from data.reading.check.claim import Agreement, Claim, Near, TrendClaim
from data.reading.check.evidence import Fact
from data.reading.numbers import Bound

FOUND = {v.Verdict.MATCHES, v.Verdict.ROUNDED, v.Verdict.UNTIL, v.Verdict.CLOSE}


def find_unfounded(finding: v.ClaimFinding, newest: Release) -> Iterator[str]:
    """Yield what a finding says that nothing bears out."""
    source = finding.match.source if finding.match else None
    if finding.claim.quantity and finding.verdict in FOUND:
        yield from _of_a_bound(finding, source) if finding.holds else _of_a_match(finding, source)
    if finding.verdict is v.Verdict.NOT_FOUND and finding.claim.quantity:
        low = finding.claim.quantity.low
        if any(fact.value == low for fact in finding.instead):
            yield "the figure that stands beside it is the number"
        if any((fact.place, fact.year) == _where(finding.instead) for fact in finding.otherwise):
            yield "another place or year is the same"
    for fact in (*finding.instead, *finding.otherwise):
        if fact.year > newest.newest_year:
            yield f"no release has {fact.year}"
        if fact.replaced_by and fact.period is not ReferencePeriod.MID_YEAR:
            yield f"{fact.value} was replaced"
    for flaw in finding.flaws:
        if not _bears_out(flaw, finding.claim, source):
            yield type(flaw).__name__
    for compared in finding.compared:
        yield from _of_a_comparison(compared)


def _where(facts: tuple[Fact, ...]) -> tuple[Place, int] | None:
    return (facts[0].place, facts[0].year) if facts else None


def _of_a_match(finding: v.ClaimFinding, source: v.NumberSource | None) -> Iterator[str]:
    if source is None:
        yield "a match without a figure"
    quantity = finding.claim.quantity
    if not isinstance(source, Fact) or quantity is None:
        return
    if source.measure.nature is Nature.RATE:
        if not rate_fits(quantity, source.value):
            yield "another rate"
    elif finding.verdict is v.Verdict.MATCHES and source.value != quantity.low:
        yield "right, though another number"
    elif finding.verdict is v.Verdict.CLOSE and abs(source.value - quantity.low) > NEAR * quantity.low:
        yield "close, though far"
    if finding.verdict is v.Verdict.UNTIL and not (finding.until and source.replaced_by):
        yield "right until a release that never came"
    if finding.now and finding.now.value == source.value:
        yield "now another figure, which is the same"


def _of_a_bound(finding: v.ClaimFinding, source: v.NumberSource | None) -> Iterator[str]:
    quantity = finding.claim.quantity
    if not isinstance(source, Fact) or quantity is None or quantity.bound not in (Bound.OVER, Bound.UNDER):
        yield "a bound without a figure"
    elif (source.value > quantity.low) is not (quantity.bound is Bound.OVER):
        yield "a figure on the other side of the bound"


def _bears_out(flaw: v.Flaw, claim: Claim, source: v.NumberSource | None) -> bool:
    match flaw:
        case v.OtherYear(year=year):
            return claim.years.get(year) not in (Near.LINKED, Near.CLAUSE)
        case v.SidesSwapped(place=place):
            named = (_named(claim, place.origin, origin=True), _named(claim, place.asylum, origin=False))
            return Agreement.AGAINST in named and Agreement.SAID not in named
        case v.OtherPlace(place=place):
            return place.origin is None or place.asylum is None
        case v.HalfYear():
            return isinstance(source, Fact) and source.period is ReferencePeriod.MID_YEAR
        case v.WholeYear():
            return isinstance(source, Fact) and source.period is ReferencePeriod.YEAR_END
        case v.StocksSummed():
            return isinstance(source, v.Total) and source.measure.nature is Nature.STOCK
        case v.OtherMeasure(measure=measure):
            return not isinstance(source, Fact) or source.measure is measure
        case v.BothUnits():
            return isinstance(source, Fact) and source.unit is None
    return True


def _named(claim: Claim, area: object, *, origin: bool) -> Agreement | None:
    side = claim.origins if origin else claim.asylums
    return next((each.agreement for each in side.values() if each.area == area), None)


def _of_a_comparison(compared: v.Compared) -> Iterator[str]:
    """Fall and rise hold where the figures fell and rose; both are none where they are the same."""
    plain = compared.comparison.times is None and compared.comparison.percent is None
    if not (plain and len(compared.bases) == 1 and compared.holds is not None):
        return
    ((year, base),) = compared.bases
    rose, fell = compared.value > base, compared.value < base
    claimed = {TrendClaim.UP: rose, TrendClaim.DOWN: fell}.get(compared.comparison.trend_claim)
    if claimed is not None and (year >= compared.year or claimed is not compared.holds):
        yield f"{compared.comparison.trend_claim} of {base} in {year} and {compared.value} in {compared.year}"
