"""What a text calls the people it counts: those who applied, who wait, who were recognised. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.claims.claim import Saying
from data.model import Measure
from data.text.mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CLAIMS = r"(?:asylum[- ])?(?:claims?|applications?|applicants?|cases?|requests?|petitions?|bids?)"
_FILED = "(?:registered |lodged |filed )?"
_SEEKERS = "asylum[- ]seekers?"
_STATUS = r"(?:asylum|refugee status|protection|political asylum)"

_WORDS: tuple[tuple[Saying, tuple[str, ...]], ...] = (
    (Saying.COMPLEMENTARY, (r"(?:complementary|subsidiary|humanitarian) protection",)),
    (
        Saying.REJECTED,
        (
            r"(?:rejection|refusal)(?: rate)?s?|denials?|negative decisions?|abgelehnt",
            rf"(?:reject(?:ed|s)|den(?:ied|ies)|refuse[ds]|turn(?:ed|s) down)(?: {_CLAIMS})?",
        ),
    ),
    (
        Saying.PROTECTED,
        (
            r"(?:protection|acceptance|approval|grant|success) rates?|positive decisions?",
            r"acceptances|approvals",
            rf"(?:accept(?:ed|s)|approve[ds]|successful)(?: {_CLAIMS})?",
        ),
    ),
    (
        Saying.RECOGNISED,
        (
            r"recogni[sz](?:e[ds]|ing)|recognition rates?|recognitions?|anerkannt|reconnus",
            rf"(?:grant(?:ed|s)|given|gives|received|won|obtained|awarded) {_STATUS}|grants? of {_STATUS}",
        ),
    ),
    (Saying.CLOSED, (rf"(?:otherwise closed|withdrawn|abandoned|closed)(?: {_CLAIMS})?",)),
    (
        Saying.PENDING,
        (
            rf"(?:pending|undecided|unresolved|outstanding|open|unprocessed|backlogged) {_CLAIMS}",
            rf"{_CLAIMS} (?:are|were|was|remain(?:ed)?|stood) (?:still )?(?:pending|open|undecided)",
            r"(?:still )?(?:a?waiting|waited)|in limbo|pending|undecided|unresolved|backlogs?|queue",
            r"anhängig\w*|en instance",
        ),
    ),
    (
        Saying.NEW,
        (
            rf"(?:newly|fresh|initial|new|first[- ]time|first)[- ](?:{_FILED}{_CLAIMS}|(?:\w+ )?{_SEEKERS})",
            r"newly (?:applied|filed|registered)|erstantr[aä]g\w*|premières demandes",
        ),
    ),
    (
        Saying.APPLIED,
        (
            rf"(?:filed|lodged|submitted|made|registered)(?: \w+){{0,2}} {_CLAIMS}|filed|lodged|submitted",
            rf"(?:seek|sought|seeking|request(?:ed|ing)?|claim(?:ed|ing)?|asked for|asking for) {_STATUS}",
            r"appl(?:ied|y|ying)|beantragten?|demandé l[’']asile|solicitaron asilo",
        ),
    ),
    (Saying.DECIDED, (r"decisions?|decided|entscheidungen|décisions",)),
    (
        Saying.SEEKERS,
        (r"asylum[- ]seekers?|asylbewerber\w*|demandeurs d[’']asile|solicitantes de asilo",),
    ),
    (
        Saying.REFUGEES,
        (r"refugees?(?! (?:agency|status|convention|organi[sz]ation|council|law|protection|camps?|chief))",),
    ),
    (
        Saying.APPLICATIONS,
        (
            r"(?:asylum )?(?:applications?|applicants?|claimants?)|asylum (?:requests?|bids?)",
            r"asylantr[aä]g\w*|demandes? d[’']asile|solicitudes? de asilo",
        ),
    ),
    (Saying.CLAIMS, (r"(?:asylum )?(?:claims|cases)",)),
)
"""Of two that begin at the same letter, the one listed first is meant."""

_PATTERN = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<s{i}>{'|'.join(words)})" for i, (_, words) in enumerate(_WORDS))
    + r")(?!\w)",
    re.IGNORECASE,
)
WEAK = frozenset({Saying.SEEKERS, Saying.REFUGEES, Saying.APPLICATIONS, Saying.CLAIMS})
"""They name whom or what is counted, and give way to what is said was done."""

_ASYLUM = re.compile(
    r"(?<!\w)(?:asylum|asyl\w{0,20}|asile|asilo|refugees?|unhcr|claimants?|pending claims"
    r"|grant\w{0,3} (?:international )?protection|(?:complementary|subsidiary) protection"
    r"|(?:protection|recognition) rates?)(?!\w)",
    re.IGNORECASE,
)

MEANT: Mapping[Saying, tuple[Measure, ...]] = {
    Saying.APPLIED: (Measure.APPLICATIONS, Measure.ALL_STAGES),
    Saying.APPLICATIONS: (Measure.APPLICATIONS, Measure.ALL_STAGES),
    Saying.CLAIMS: (Measure.APPLICATIONS, Measure.PENDING, Measure.ALL_STAGES),
    Saying.NEW: (Measure.APPLICATIONS,),
    Saying.PENDING: (Measure.PENDING,),
    Saying.SEEKERS: (Measure.PENDING, Measure.APPLICATIONS),
    Saying.REFUGEES: (),
    Saying.DECIDED: (Measure.DECISIONS,),
    Saying.RECOGNISED: (Measure.RECOGNISED,),
    Saying.PROTECTED: (Measure.RECOGNISED, Measure.COMPLEMENTARY),
    Saying.COMPLEMENTARY: (Measure.COMPLEMENTARY,),
    Saying.REJECTED: (Measure.REJECTED,),
    Saying.CLOSED: (Measure.CLOSED,),
    Saying.NOTHING: (Measure.PENDING, Measure.APPLICATIONS, Measure.ALL_STAGES),
}
"""The measures that agree with what is said, the likeliest first; UNHCR's asylum-seekers wait."""


def is_about_asylum(text: str) -> bool:
    """Say whether a text speaks of asylum at all."""
    return _ASYLUM.search(text) is not None


def find_sayings(text: str) -> tuple[Mention[Saying], ...]:
    """Find what a text says that people did, or what was done with their claims."""
    found = []
    for hit in _PATTERN.finditer(text):
        place = int((hit.lastgroup or "s0")[1:])
        found.append(Mention(hit.start(), hit.end(), _WORDS[place][0]))
    return tuple(found)


def choose_saying(
    text: str,
    number: tuple[int, int],
    sayings: Sequence[Mention[Saying]],
    others: Sequence[tuple[int, int]],
) -> Saying | None:
    """Choose what is said of a number, among what its sentence says; `others` are the other numbers there.

    The nearest, what follows before what precedes. But “asylum-seekers” and “applications” only name what is
    counted, and give way to what the same clause says was done with them: “rejected 500 applications”.
    """
    ranked = sorted(sayings, key=lambda each: _distance(number, each, others))
    if not ranked:
        return None
    nearest = ranked[0]
    if nearest.value in WEAK:
        telling = [each for each in ranked if each.value not in WEAK]
        beside = [each for each in telling if is_in_clause(text, number, each, others)]
        if not is_in_clause(text, number, nearest, others):  # said of all numbers of the sentence
            beside += telling
        nearest = (*beside, nearest)[0]
    return nearest.value


def is_in_clause(
    text: str, number: tuple[int, int], saying: Mention[object], others: Sequence[tuple[int, int]]
) -> bool:
    """Say whether nothing parts a number from what is said: no comma, no “never”, and no other number."""
    first, last = min(number[1], saying.end), max(number[0], saying.start)
    return not _BREAK.search(text, first, last) and not any(first <= start < last for start, _ in others)


_FAR = 1000
_BREAK = re.compile(r"[,;()–—]|\b(?:never|not|without)\b", re.IGNORECASE)


def _distance(number: tuple[int, int], saying: Mention[Saying], others: Sequence[tuple[int, int]]) -> int:
    start, end = number
    if saying.start >= end:
        between = any(end <= other < saying.start for other, _ in others)
        return saying.start - end + (_FAR if between else 0)
    between = any(saying.end <= other < start for other, _ in others)
    return (start - saying.end) * 2 + (_FAR // 2 if between else 0)
