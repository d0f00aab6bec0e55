"""Sentences that speak of asylum without the word: “Germany rejected 90 percent of claims”. Pure.

Elsewhere “applied” and “claims” may be of jobs and insurances. So a country must be what rejects,
with nothing between it and the verb, or people must have applied in one, and not for something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.claims.sentences import Sentence

_APPLIED = re.compile(
    r"\b(?:people|persons|individuals|nationals|men|women) (?:have |had )?applied in (?:the )?", re.IGNORECASE
)
_FOR = re.compile(r"\b(?:for|as|online)\b", re.IGNORECASE)
_DECIDED = re.compile(
    r" (?:has |had )?(?:rejected|refused|denied|accepted|approved|recogni[sz]ed)"
    r" (?:about |around |nearly |almost |over |some |more than )?[0-9][0-9.,]{0,12}"
    r"(?:%| per ?cent| million| thousand)?(?: of)?(?: all| the| its)? claims\b"
    r"(?! (?:of|for|from|by|that|to|about|against|on)\b)",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"(?:^|[,:;])[\s“\"]*(?:the )?$", re.IGNORECASE)


def may_imply_asylum(text: str) -> bool:
    """Say whether a sentence of this text might, so that it is worth a closer look."""
    return _APPLIED.search(text) is not None or _DECIDED.search(text) is not None


def implies_asylum(text: str, sentence: Sentence) -> bool:
    """Say whether a sentence tells what a country did with claims, or how many people applied in one."""
    starts = {naming.start for naming in sentence.namings}
    applied = [hit for hit in _APPLIED.finditer(text, sentence.start, sentence.end) if hit.end() in starts]
    if applied and not _FOR.search(text, applied[0].end(), sentence.end):
        return True
    return any(
        _DECIDED.match(text, naming.end, sentence.end)
        and _BEGINNING.search(text[sentence.start : naming.start])
        for naming in sentence.namings
    )
