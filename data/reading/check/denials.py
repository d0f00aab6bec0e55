"""What a text denies: “is not Africa's largest host”, “no longer the most”, “was not a record”. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.reading.check.sentences import Sentence

_DENYING = (
    r"\b(?:not|no longer|no|nor|neither|never|hardly|barely|scarcely|nobody|none|nowhere|cannot|without"
    r"|far from|fail(?:s|ed) to|instead of|rather than|anything but|false(?:ly)?|untrue|wrong(?:ly)?"
    r"|incorrect(?:ly)?|myth|den(?:y|ies|ied)"
    r"|nicht(?: mehr| länger)?|kein\w{0,2}|nie|niemals|weder|keineswegs"
    r"|n(?:e |['’])\w+(?: \w+)? (?:plus|pas)|pas|jamais|aucune?|non"
    r"|ya no|nunca|jamás|ninguna?|tampoco|niet|geen)\b|\b[a-z]+n['’]t\b"
)
_DENIAL = re.compile(_DENYING, re.IGNORECASE)
_NO_DENIAL = re.compile(
    r"\b(?:no|not) (?:fewer|less|more|lower|higher) than (?=\D{0,12}\d)"
    r"|\bnot (?:only|just|merely|simply|counting|including|surprisingly|seen)\b"
    r"|\bno (?:doubt|wonder|surprise|question|secret)\b|\bno\.? ?(?=\d)|\b(?:no|non|not)-(?=\w)"
    r"|\bnicht (?:nur|zuletzt|mitgerechnet)\b|\b(?:pas|non) seulement\b|\bno s[oó]lo\b"
    r"|, (?:and )?not (?:in |from )?(?-i:[A-Z])[^,;]{1,40}(?=,)"
    r"|, (?:which|who|whose|where|die|der|das|qui|que) [^,;]{1,80},",
    re.IGNORECASE,
)
"""What denies nothing that is said behind it: “no fewer than 5,000”, “not only”, “Germany, not Iran, …”."""
_PARTED = re.compile(
    r"[;:()–—]|, (?:but|while|whereas|although|though|and|however|yet|aber|während|mais|pero)\b",
    re.IGNORECASE,
)
_PARTED_BEHIND = re.compile(
    r"[,;:()–—]|\b(?:and|but|while|whereas|which|who|that|though|although|because|und|et|mais|pero)\b",
    re.IGNORECASE,
)
_BETWEEN = (
    r"(?: (?:longer|currently|now|even|actually|yet|the|be|been|as|hosts?|hosting|hosted|shelter(?:s|ed|ing)?"
    r"|receives?|received|get|got|has|have|had|took|takes?|in|home|to|rank(?:s|ed)?"
    r"|country|nation|state|one|that|es|el|la|le|país|der|die|das|den"
    r"|(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])[\w-]+)?(?:['’]s|s['’])))*"
)
_PLAINLY = re.compile(
    r"(?:\b(?:not|no longer|nicht(?: mehr| länger)?|n(?:e |['’])\w+(?: \w+)? (?:plus|pas)|ya no|no(?= es))"
    rf"|\b(?:is|are|was|were|does|do|did|has|have|had)n['’]t)\b{_BETWEEN} ?",
    re.IGNORECASE,
)


def find_denial(text: str, sentence: Sentence, start: int, end: int) -> int | None:
    """Find where the denial begins that what is said from `start` to `end` plainly stands in.

    −1 where nothing is denied, None where something is, and not plainly this: “not Türkiye but Germany”.
    """
    before = _NO_DENIAL.sub(lambda hit: " " * len(hit[0]), text[sentence.start : start])
    begin = max((hit.end() for hit in _PARTED.finditer(before)), default=0)
    parted = _PARTED_BEHIND.search(text, end, sentence.end)
    behind = text[end : parted.start() if parted else sentence.end]
    denials = [*_DENIAL.finditer(before, begin)]
    if _DENIAL.search(behind) or len(denials) > 1:
        return None
    if not denials:
        return -1
    plain = _PLAINLY.fullmatch(before, denials[0].start())
    return sentence.start + plain.start() if plain else None
