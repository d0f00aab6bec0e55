"""The verdict on a claim in everyday words, and the correction that its entry begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, digits, phrases
from bot.replies.check_comparisons import say_against, say_compared_short
from bot.replies.check_facts import say_amount, say_time, state
from bot.replies.check_findings import ELSEWHERE, name_source, say_joint, say_part
from bot.replies.check_standings import say_standing_short
from bot.words import capitalise, say_day, say_list, say_number, say_share, say_value
from bot.words.measures import NAMES
from data.model import Measure, Nature, ReferencePeriod
from data.reading.check import verdicts as v
from data.reading.check.claim import Subject
from data.reading.check.evidence import Fact, Variant
from data.reading.numbers import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LABELS = {
    v.Verdict.MATCHES: "right",
    v.Verdict.ROUNDED: "right, rounded",
    v.Verdict.ELSE: "right number, other meaning (not what the text says)",
    v.Verdict.NOT_FOUND: "not in these figures",
    v.Verdict.UNCHECKED: "cannot be checked here",
}
_BRIEF = phrases({v.Verdict.ROUNDED: "right, rounded", v.Verdict.ELSE: "right number, other meaning"})
_RIGHT = {v.Verdict.MATCHES, v.Verdict.ROUNDED, v.Verdict.CLOSE}
_TREND_LABELS = phrases(
    {
        v.Verdict.MATCHES: "that holds",
        v.Verdict.NOT_FOUND: "not so",
        v.Verdict.UNCHECKED: "cannot be judged",
    }
)

MIN_GAP, SMALL_GAP = 0.0001, 0.001
"""A smaller difference is told in number; a small one is written with hundredths of a percent."""

REASONS = phrases(
    {
        v.UnjudgedReason.FORECAST: "a forecast or a plan",
        v.UnjudgedReason.THRESHOLD: "a threshold",
        v.UnjudgedReason.PER_HEAD: "a number per head",
        v.UnjudgedReason.SHARE: "a share",
        v.UnjudgedReason.CHANGE: "a change of which these figures tell nothing",
        v.UnjudgedReason.NOUN: "what it counts is not said",
        v.UnjudgedReason.PLACE: "no country named",
        v.UnjudgedReason.ROUND: "too round to tell",
        v.UnjudgedReason.PART: "a part, or other people than asylum-seekers",
        v.UnjudgedReason.SMALL: "too small to tell what it is",
        v.UnjudgedReason.SUM: "a sum of countries that do not count alike",
    }
)
"""Why a number was not judged."""


def say_correction(finding: v.ClaimFinding) -> str:
    """Write what is right: “178,725 were waiting for a decision on 30 June 2025; 25,210 applied in 2025.”"""
    claim, match = finding.claim, finding.match
    source = match.source if match else None
    said = "; ".join((say_instead(finding), *_say_against(finding)))
    if match and match.exact and isinstance(source, Fact) and claim.number == say_number(source.value):
        return f"{capitalise(said)}."
    return capitalise(f"{claim.number}: {said}.")


def _say_against(finding: v.ClaimFinding) -> Iterator[str]:
    """Say what is right instead of what a text says of a number that is right."""
    if finding.match:
        yield from (say_against(each) for each in finding.compared if each.holds is False)
        yield from (say_standing_short(each) for each in finding.stood if each.holds is False)


def say_instead(finding: v.ClaimFinding) -> str:
    """Write what is right without the number that the text gives, as a part of a sentence."""
    source = finding.match.source if finding.match else None
    if source is None:
        return _correct_without(finding)
    if not isinstance(source, Fact):
        return name_source(source, finding.claim)
    if source.measure.nature is Nature.RATE:
        return _say_rate(source)
    return "; ".join((state(source), *_say_instead_of(finding, source)))


def find_stated(finding: v.ClaimFinding) -> Fact | None:
    """Return what the correction states of what the text speaks of, beside the figure of its number."""
    source = finding.match.source if finding.match else None
    if isinstance(source, Fact):
        return None if source.measure.nature is Nature.RATE else _choose_instead(finding, source)
    if source or finding.compared or finding.joint or finding.verdict is v.Verdict.UNCHECKED:
        return None
    return next(iter(finding.instead), None)


def _say_instead_of(finding: v.ClaimFinding, source: Fact) -> Iterator[str]:
    """State what the text speaks of, where its number is something else."""
    kinds = {type(flaw) for flaw in finding.flaws}
    if v.HalfYear in kinds and finding.now and finding.now.period is ReferencePeriod.YEAR_END:
        yield f"{say_number(finding.now.value)} {say_time(finding.now)}"
    fact = _choose_instead(finding, source)
    if fact is None:
        return
    if v.RepeatsIncluded in kinds and fact.measure is Measure.APPLICATIONS and fact.year == source.year:
        yield _("{number} without them", number=say_number(fact.value))
    else:
        rate = fact.measure.nature is Nature.RATE
        yield _say_rate(fact) if rate else state(fact, place=fact.place != source.place)


def _choose_instead(finding: v.ClaimFinding, source: Fact) -> Fact | None:
    """Choose the figure of what the text speaks of, where its number is something else."""
    kinds = {type(flaw) for flaw in finding.flaws}
    if not kinds & {v.OtherMeasure, v.RepeatsIncluded, v.OtherPlace, v.SidesSwapped, v.OtherYear}:
        return None
    for fact in finding.instead:
        if (fact.value, fact.measure) == (source.value, source.measure):
            continue
        if v.OtherMeasure in kinds and fact.measure is source.measure:
            continue
        return fact
    return None


def _correct_without(finding: v.ClaimFinding) -> str:
    """Say in short what stands against a number that is no figure here."""
    claim = finding.claim
    for compared in finding.compared:
        return say_compared_short(compared)
    for stood in finding.stood:
        return f"{state(stood.fact)}; {say_standing_short(stood)}"
    if finding.verdict is v.Verdict.UNCHECKED:
        mark = next((mark for mark in ELSEWHERE if mark in claim.marks), None)
        return ELSEWHERE[mark] if mark else _("cannot be checked here")
    if finding.instead and finding.instead[0].measure.nature is Nature.RATE:
        return _say_rate(finding.instead[0])
    if finding.joint:
        return say_joint(finding.joint)
    if finding.share:
        return say_part(finding.share)
    return "; ".join(_state_with_new(finding.instead)) if finding.instead else _("no such figure")


def _state_with_new(facts: Sequence[Fact]) -> Iterator[str]:
    """State the first figure; where it has repeat claims, the new ones alone too, which charts show."""
    first, *others = facts
    yield state(first)
    if first.variant is Variant.WITH_REPEATS:
        plain = first.measure, first.year, first.unit, Variant.PLAIN
        new = [each.value for each in others if (each.measure, each.year, each.unit, each.variant) == plain]
        yield from (_("{number} without them", number=say_number(value)) for value in new)


def _say_rate(fact: Fact) -> str:
    return f"{NAMES[fact.measure]} {say_value(fact.measure, fact.value)} {say_time(fact)}"


def say_verdict(finding: v.ClaimFinding, *, brief: bool = False, stated: bool = False) -> str:
    """Write the verdict in everyday words: “right, rounded from 22,024”, “right until 12 June 2026”.

    `brief`: what a number was rounded from, and what “other meaning” means, is left out. `stated`: the figure
    itself was said before.
    """
    said = _say_of_number(finding, brief=brief, stated=stated)
    if not finding.match:
        return said
    beside = [(each.comparison.said, each.holds) for each in finding.compared]
    beside += [(each.standing.said, each.holds) for each in finding.stood]
    beside += [(each, None) for each in finding.unheard]
    denied = any(each.standing.denied for each in finding.stood)
    return _say_beside(finding.verdict, said, beside, denied=denied)


def _say_beside(
    verdict: v.Verdict, said: str, beside: Sequence[tuple[str, bool | None]], *, denied: bool
) -> str:
    """Add to the verdict on a number what is said of it wrongly, or what is not known.

    `denied`: some of it says what is not so.
    """
    unknown = [f"“{each}”" for each, holds in beside if holds is None]
    if false := say_list(f"“{each}”" for each, holds in beside if holds is False):
        return (
            _("{said}, but not {false}", said=said, false=false)
            if verdict in _RIGHT and not denied
            else _("{said}; not so: {false}", said=said, false=false)
        )
    if not unknown:
        return said
    right = said.startswith(_LABELS[v.Verdict.MATCHES]) and verdict is not v.Verdict.ELSE
    number = _("only the number is {said}", said=said) if right else said
    if len(unknown) == 1:
        return _("{number}; {unknown} stays open", number=number, unknown=unknown[0])
    return _("{number}; {list} stay open", number=number, list=say_list(unknown))


def _say_of_number(finding: v.ClaimFinding, *, brief: bool, stated: bool) -> str:
    verdict = finding.verdict
    if finding.holds is not None:
        return _TREND_LABELS[verdict]
    if stated and verdict is v.Verdict.ROUNDED:
        return f"{_LABELS[verdict]}{_say_own_replacement(finding)}"
    if stated and verdict is v.Verdict.CLOSE and (gap := _tell_gap(finding)):
        return _("close ({gap} than the text says)", gap=gap[1])
    if brief and verdict in _BRIEF:
        return _BRIEF[verdict]
    if finding.claim.quantity is None and verdict in _TREND_LABELS:
        return _TREND_LABELS[verdict]
    quantity = finding.claim.quantity
    threshold = quantity is not None and quantity.bound in (Bound.OVER, Bound.UNDER)
    rated = finding.claim.subject is Subject.RATE and threshold
    if verdict is v.Verdict.NOT_FOUND and (rated or finding.share):
        return _("not so")
    if verdict is v.Verdict.UNTIL:
        return _("right until {day}", day=say_day(finding.until.day)) if finding.until else _("right once")
    if verdict is v.Verdict.CLOSE:
        gap = _tell_gap(finding)
        return _("close (UNHCR has {gap}, {gap_2})", gap=gap[0], gap_2=gap[1]) if gap else "close"
    source = finding.match.source if finding.match else None
    if verdict in (v.Verdict.ROUNDED, v.Verdict.MATCHES) and isinstance(source, Fact):
        rounded = _(" from {amount}", amount=say_amount(source)) if verdict is v.Verdict.ROUNDED else ""
        return f"{_LABELS[verdict]}{rounded}{_say_replaced(finding, source)}"
    return _LABELS[verdict]


def _say_replaced(finding: v.ClaimFinding, source: Fact) -> str:
    """Say what took the place of a figure of half a year that stays right for it."""
    if not finding.until:
        return ""
    whole = _("that of 31 December") if source.measure.nature is Nature.STOCK else _("that of the whole year")
    return _("; since replaced by {whole}", whole=whole)


def _say_own_replacement(finding: v.ClaimFinding) -> str:
    source = finding.match.source if finding.match else None
    return _say_replaced(finding, source) if isinstance(source, Fact) else ""


def _tell_gap(finding: v.ClaimFinding) -> tuple[str, str] | None:
    """Write the figure, and how far it is from the number: “163,192”, “0.04% less”."""
    source = finding.match.source if finding.match else None
    quantity = finding.claim.quantity
    value = source.value if isinstance(source, Fact | v.Total | v.Joint) else None
    if value is None or quantity is None or not quantity.low:
        return None
    gap = value / quantity.low - 1
    far = f"{digits(f'{abs(value - quantity.low):,.0f}')}" if abs(gap) < MIN_GAP else say_gap(abs(gap))
    return say_number(value), _("{far} more", far=far) if gap > 0 else _("{far} less", far=far)


def say_gap(gap: float) -> str:
    """Write a small difference: “0.04%”."""
    return f"{digits(f'{gap:.2%}')}" if gap < SMALL_GAP else say_share(gap)
