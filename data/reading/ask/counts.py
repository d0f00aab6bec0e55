"""What a question counts: a measure, the outcomes of decisions together, or everything there is."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from data.model import Measure, Nature
from data.reading.ask.vocabulary import Intent

if TYPE_CHECKING:
    from data.reading.ask.clues import Clues


class Together(StrEnum):
    """What is counted where no single measure is."""

    OUTCOMES = "decisions and their outcomes"
    EVERYTHING = "everything"


Counted = Measure | Together

REFUGEES = re.compile(r"\brefugees?\b", re.IGNORECASE)
_CLAIMS = (Measure.PENDING, Measure.APPLICATIONS)
_RATES = frozenset({Measure.PROTECTION_RATE, Measure.RECOGNITION_RATE})
_COUNTING = (
    Intent.HOW_MANY,
    Intent.TOP,
    Intent.COMPARE,
    Intent.TREND,
    Intent.RECORD,
    Intent.SHARE,
    Intent.HISTORY,
    Intent.PERIOD,
    Intent.ARRIVING,
    Intent.NOW,
)
_POSITIVE = (Measure.RECOGNISED, Measure.COMPLEMENTARY)


def choose_counted(clues: Clues, *, several: bool) -> tuple[Counted, ...]:
    """Return what is counted; more than one where the words leave it open, the likeliest first.

    `several`: places are set beside each other, or ranked, for which a single measure is needed.
    """
    strong = dict.fromkeys(m.value.measures for m in clues.measures if not m.value.weak)
    if clues.has(Intent.CHANGES):
        return next(iter(strong)) if len(strong) == 1 else (Together.EVERYTHING,)
    if clues.has(Intent.OUTCOMES):
        return (Measure.PROTECTION_RATE, Measure.RECOGNITION_RATE) if several else (Together.OUTCOMES,)
    if clues.has(Intent.COMPARE) and len(strong) > 1 and not any(set(each) <= _RATES for each in strong):
        outcomes = not any({Measure.PENDING, Measure.APPLICATIONS} & set(each) for each in strong)
        return (Together.OUTCOMES if outcomes else Together.EVERYTHING,)
    if strong:
        return _settle(_choose_strong(list(strong)), clues, several=several)
    if clues.has(Intent.FIRST_INSTANCE):
        return (Together.OUTCOMES,)
    return _choose_weak(clues, several=several)


def _choose_strong(found: list[tuple[Measure, ...]]) -> tuple[Counted, ...]:
    """Of several wordings, the one that says most: a rate, else an outcome, else all of them."""
    rates = [each for each in found if set(each) <= _RATES]
    if rates:
        return min(rates, key=len)
    if len(found) > 1:  # “applied and were rejected”, “decisions that were positive”
        found = [
            each for each in found if each not in ((Measure.APPLICATIONS,), (Measure.DECISIONS,))
        ] or found
    if {(Measure.RECOGNISED,), (Measure.COMPLEMENTARY,)} & set(found):  # “granted complementary protection”
        found = [each for each in found if each != _POSITIVE]
    if len(found) == 1:
        return found[0]
    if any(each == (Measure.ALL_STAGES,) for each in found):
        return (Measure.ALL_STAGES,)
    if any(Measure.PENDING in each for each in found) or (Measure.APPLICATIONS,) in found:
        return (Together.EVERYTHING,)
    return (Together.OUTCOMES,)


def _settle(found: tuple[Counted, ...], clues: Clues, *, several: bool) -> tuple[Counted, ...]:
    """Take outcomes together where no single measure is named or needed; a share of them is a rate."""
    flows = {each for each in found if isinstance(each, Measure) and each.nature is Nature.FLOW}
    if clues.has(Intent.FIRST_INSTANCE):
        return (Together.OUTCOMES,)
    outcomes = flows - {Measure.APPLICATIONS, Measure.ALL_STAGES, Measure.DECISIONS}
    if clues.has(Intent.SHARE) and found == (Measure.RECOGNISED,):
        return (Measure.RECOGNITION_RATE,)
    if clues.has(Intent.SHARE) and outcomes and outcomes == set(found):
        return (Measure.PROTECTION_RATE, Measure.RECOGNITION_RATE) if several else (Together.OUTCOMES,)
    if not several and (found == _POSITIVE or set(found) == _RATES):
        return (Together.OUTCOMES,)
    return found


def _choose_weak(clues: Clues, *, several: bool) -> tuple[Counted, ...]:
    """Choose where only people are named: those waiting now, those arriving, or ask back."""
    weak = [m.value.measures for m in clues.measures]
    refugees = bool(REFUGEES.search(clues.text))
    counting = bool(weak) or refugees or clues.has(*_COUNTING)
    if not counting and not several:
        return (Together.EVERYTHING,)
    if refugees:
        return (Measure.APPLICATIONS, Measure.PENDING, Measure.RECOGNISED)
    if weak and clues.has(Intent.NOW) and not clues.has(Intent.ARRIVING):
        return (Measure.PENDING,)
    if clues.has(Intent.ARRIVING) and not clues.has(Intent.NOW):
        return (Measure.APPLICATIONS,)
    return weak[0] if weak else _CLAIMS
