"""What a number should have been: the figures of which its sentence speaks. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.model import Level, Measure, ReferencePeriod, Unit
from data.reading.check.candidates import find_meant
from data.reading.check.claim import Mark
from data.reading.check.costs import CONFUSING
from data.reading.check.evidence import BY_NAME, Hit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.reading.check.claim import Claim
    from data.reading.check.evidence import Evidence, Fact
    from data.reading.numbers import Quantity


def find_instead(
    claim: Claim, quantity: Quantity, evidence: Evidence
) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Find the figures that a number which is none should have been, and what else it may speak of."""
    meant, *others = find_meant(claim, quantity, evidence) or (None,)
    if meant is None:
        return (), ()
    if Mark.SUM in claim.marks:
        parts = (meant._replace(unit=Unit.PERSONS, form=form) for form in _UPROOTED)
        return tuple(fact for hit in parts for fact in _list_now(claim, hit, evidence)), ()
    instead = (*list_instead(claim, evidence, meant), *_list_kin(claim, evidence, meant))
    return instead, tuple(
        fact for hit in others if hit and not claim.span for fact in _list_now(claim, hit, evidence)
    )


_UPROOTED = [BY_NAME[each, Variant.PLAIN, Level.ALL] for each in (Measure.REFUGEES, Measure.DISPLACED)]
"""What a total of the uprooted is made of, among other people."""


def list_instead(claim: Claim, evidence: Evidence, meant: Hit) -> tuple[Fact, ...]:
    """Return the newest figures of what is meant, and of what people take for it."""
    hits = [meant._replace(unit=unit) for unit in Unit] if meant.unit and _is_plain(meant) else [meant]
    if meant.form.variant is not Variant.PLAIN:
        plain = BY_NAME[meant.form.measure, Variant.PLAIN, meant.form.level]
        hits += [meant._replace(unit=unit, form=plain) for unit in Unit]
    if claim.term in CONFUSING:
        hits += [
            Hit(meant.codes, meant.year, unit, BY_NAME[each, Variant.PLAIN, Level.ALL])
            for each in (Measure.APPLICATIONS, Measure.PENDING)
            if each is not meant.form.measure
            for unit in Unit
        ]
    return tuple(fact for hit in hits for fact in _list_now(claim, hit, evidence))


def _list_kin(claim: Claim, evidence: Evidence, meant: Hit) -> Iterator[Fact]:
    """Return what others count by that name: repeat applications or asylum-seekers too, one level alone."""
    form = meant.form
    kin = [(form.measure, form.variant, level) for level in Level if level is not form.level]
    kin += [(form.measure, variant, form.level) for variant in _KIN.get((form.measure, form.variant), ())]
    told = {fact.value for fact in _list_now(claim, meant, evidence)}
    for each in kin:
        for fact in _list_now(claim, meant._replace(form=BY_NAME[each]), evidence) if each in BY_NAME else ():
            if fact.value and fact.value not in told:
                yield fact


_KIN = {
    (Measure.APPLICATIONS, Variant.PLAIN): (Variant.WITH_REPEATS,),
    (Measure.REFUGEES, Variant.PLAIN): (Variant.WITH_SEEKERS,),
    (Measure.DECISIONS, Variant.SUBSTANTIVE): (Variant.PLAIN,),
}
"""What is counted beside a figure under the same name."""


def _is_plain(meant: Hit) -> bool:
    return meant.form.variant is Variant.PLAIN and meant.form.level is Level.ALL


def _list_now(claim: Claim, hit: Hit, evidence: Evidence) -> Iterator[Fact]:
    """Return the newest figure, of the middle of the year where that is meant."""
    said = evidence.lay_out(hit)
    if claim.means_middle(hit.form.measure.nature, hit.year):
        middle = [fact for fact in said if fact.period is ReferencePeriod.MID_YEAR]
        said = tuple(middle[:1]) or said
    else:
        said = tuple(fact for fact in said if fact.replaced_by is None)
    yield from (fact for fact in said[:1] if fact.value or fact.unit is Unit.PERSONS)
