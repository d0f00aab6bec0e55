"""Comparisons without a number of their own: “applications fell 44%”, “may still be revised upward”. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.claims.comparison_checks import REVISED, compare_fact, compare_line
from data.claims.evidence import Fact
from data.claims.sayings import MEANT
from data.claims.verdicts import Finding, OtherMeasure, Verdict
from data.model import Measure, Nature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.claims.claim import Claim
    from data.claims.evidence import Evidence
    from data.claims.verdicts import Compared
    from data.model import Release


def judge_course(claim: Claim, evidence: Evidence, before: Finding | None) -> Finding | None:
    """Judge where a figure is said to have gone; None where the text does not say which.

    `before` is the last finding of a single figure, which is what would be revised.
    """
    (comparison,) = claim.comparisons
    if comparison.course in REVISED:
        return _judge_revision(claim, evidence, before)
    if not (claim.saying_named and claim.places and claim.years):
        return None
    if comparison.times is None and comparison.percent is None and not comparison.bases:
        return None
    tried = list(_try_lines(claim, evidence))
    held = next((each for each in tried if each.holds), None)
    chosen = held or next((each for each in tried if each.measure in MEANT[claim.saying]), None)
    if chosen is None or (chosen.holds is None and not chosen.breaks):
        return None
    if chosen.holds is None:
        return Finding(claim, Verdict.UNCHECKED, compared=(chosen,))
    if held is None:
        return Finding(claim, Verdict.NOT_FOUND, compared=(chosen,))
    if held.measure not in MEANT[claim.saying]:
        flaws = (OtherMeasure(claim.saying, held.measure),)
        return Finding(claim, Verdict.ELSE, flaws=flaws, compared=(held,))
    until = _find_until(held, evidence)
    return Finding(claim, Verdict.UNTIL if until else Verdict.MATCHES, until=until, compared=(held,))


def _judge_revision(claim: Claim, evidence: Evidence, before: Finding | None) -> Finding | None:
    source = before.match.source if before and before.match else None
    if not isinstance(source, Fact):
        return None
    compared = compare_fact(claim.comparisons[0], source, evidence.at(source.level) or evidence)
    if compared is None:
        return None
    return Finding(claim, Verdict.MATCHES if compared.holds else Verdict.NOT_FOUND, compared=(compared,))


def _try_lines(claim: Claim, evidence: Evidence) -> Iterator[Compared]:
    """Try what the text says is counted, then pending claims; the newest release first."""
    (comparison,) = claim.comparisons
    measures = dict.fromkeys([*MEANT[claim.saying], Measure.PENDING])
    for measure in measures:
        if measure.nature is not Nature.RATE:
            for release in reversed(evidence.releases):
                year = comparison.until or claim.years[0]
                compared = compare_line(comparison, claim.places[0], measure, year, release, evidence)
                if compared is not None:
                    yield compared


def _find_until(held: Compared, evidence: Evidence) -> Release | None:
    """Return the first later release under which the comparison no longer holds."""
    for release in evidence.releases:
        if release.id > held.release.id:
            again = compare_line(held.comparison, held.place, held.measure, held.year, release, evidence)
            if again is None or not again.holds:
                return release
    return None
