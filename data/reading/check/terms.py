"""What a text calls the people it counts, and whether it speaks of first instance. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.model import Level, Measure
from data.reading.check.claim import Term
from data.reading.words import Mention

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_CLAIMS = r"(?:asylum[- ])?(?:claims?|applications?|applicants?|cases?|requests?|petitions?|bids?)"
_FILED = "(?:registered |lodged |filed )?"
_SEEKERS = "asylum[- ]seekers?"
_STATUS = r"(?:asylum|refugee status|protection|political asylum)"

_WORDS: tuple[tuple[Term, tuple[str, ...]], ...] = (
    (Term.COMPLEMENTARY, (r"(?:complementary|subsidiary|humanitarian) protection",)),
    (
        Term.REJECTED,
        (
            r"(?:rejection|refusal)(?: rate)?s?|denials?|negative decisions?|abgelehnt",
            rf"(?:reject(?:ed|s)|den(?:ied|ies)|refuse[ds]|turn(?:ed|s) down)(?: {_CLAIMS})?",
        ),
    ),
    (
        Term.PROTECTED,
        (
            r"(?:protection|acceptance|approval|grant|success) rates?|positive decisions?",
            r"acceptances|approvals",
            rf"(?:accept(?:ed|s)|approve[ds]|successful)(?: {_CLAIMS})?",
        ),
    ),
    (
        Term.RECOGNISED,
        (
            r"recogni[sz](?:e[ds]|ing)|recognition rates?|recognitions?|anerkannt|reconnus",
            rf"(?:grant(?:ed|s)|given|gives|received|won|obtained|awarded) {_STATUS}|grants? of {_STATUS}",
        ),
    ),
    (Term.CLOSED, (rf"(?:otherwise closed|withdrawn|abandoned|closed)(?: {_CLAIMS})?",)),
    (
        Term.PENDING,
        (
            rf"(?:pending|undecided|unresolved|outstanding|open|unprocessed|backlogged) {_CLAIMS}",
            rf"{_CLAIMS} (?:are|were|was|remain(?:ed)?|stood) (?:still )?(?:pending|open|undecided)",
            r"(?:still )?(?:a?waiting|waited)|in limbo|pending|undecided|unresolved|backlogs?|queue",
            r"anhängig\w*|en instance",
        ),
    ),
    (
        Term.NEW,
        (
            rf"(?:newly|fresh|initial|new|first[- ]time|first)[- ](?:{_FILED}{_CLAIMS}|(?:\w+ )?{_SEEKERS})",
            r"newly (?:applied|filed|registered)|erstantr[aä]g\w*|premières demandes",
        ),
    ),
    (
        Term.APPLIED,
        (
            rf"(?:filed|lodged|submitted|made|registered)(?: \w+){{0,2}} {_CLAIMS}|filed|lodged|submitted",
            rf"(?:seek|sought|seeking|request(?:ed|ing)?|claim(?:ed|ing)?|asked for|asking for) {_STATUS}",
            r"appl(?:ied|y|ying)|beantragten?|demandé l[’']asile|solicitaron asilo",
        ),
    ),
    (Term.DECIDED, (r"decisions?|decided|entscheidungen|décisions",)),
    (
        Term.SEEKERS,
        (r"asylum[- ]seekers?|asylbewerber\w*|demandeurs d[’']asile|solicitantes de asilo",),
    ),
    (
        Term.REFUGEES,
        (r"refugees?(?! (?:agency|status|convention|organi[sz]ation|council|law|protection|camps?|chief))",),
    ),
    (
        Term.APPLICATIONS,
        (
            r"(?:asylum )?(?:applications?|applicants?|claimants?)|asylum (?:requests?|bids?)",
            r"asylantr[aä]g\w*|demandes? d[’']asile|solicitudes? de asilo",
        ),
    ),
    (Term.CLAIMS, (r"(?:asylum )?(?:claims|cases)",)),
)
"""Of two that begin at the same letter, the one listed first is meant."""

_PATTERN = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<s{i}>{'|'.join(words)})" for i, (_, words) in enumerate(_WORDS))
    + r")(?!\w)",
    re.IGNORECASE,
)
WEAK = frozenset({Term.SEEKERS, Term.REFUGEES, Term.APPLICATIONS, Term.CLAIMS})
"""They name whom or what is counted, and give way to what is said was done."""

_ASYLUM = re.compile(
    r"(?<!\w)(?:asylum|asyl\w{0,20}|asile|asilo|refugees?|unhcr|claimants?|pending claims"
    r"|grant\w{0,3} (?:international )?protection|(?:complementary|subsidiary) protection"
    r"|(?:protection|recognition) rates?)(?!\w)",
    re.IGNORECASE,
)

MEANT: Mapping[Term, tuple[Measure, ...]] = {
    Term.APPLIED: (Measure.APPLICATIONS, Measure.ALL_STAGES),
    Term.APPLICATIONS: (Measure.APPLICATIONS, Measure.ALL_STAGES),
    Term.CLAIMS: (Measure.APPLICATIONS, Measure.PENDING, Measure.ALL_STAGES),
    Term.NEW: (Measure.APPLICATIONS,),
    Term.PENDING: (Measure.PENDING,),
    Term.SEEKERS: (Measure.PENDING, Measure.APPLICATIONS),
    Term.REFUGEES: (),
    Term.DECIDED: (Measure.DECISIONS,),
    Term.RECOGNISED: (Measure.RECOGNISED,),
    Term.PROTECTED: (Measure.RECOGNISED, Measure.COMPLEMENTARY),
    Term.COMPLEMENTARY: (Measure.COMPLEMENTARY,),
    Term.REJECTED: (Measure.REJECTED,),
    Term.CLOSED: (Measure.CLOSED,),
    Term.NOTHING: (Measure.PENDING, Measure.APPLICATIONS, Measure.ALL_STAGES),
}
"""The measures that agree with what is said, the likeliest first; UNHCR's asylum-seekers wait."""


def is_about_asylum(text: str) -> bool:
    """Say whether a text speaks of asylum at all."""
    return _ASYLUM.search(text) is not None


def find_terms(text: str) -> tuple[Mention[Term], ...]:
    """Find what a text says that people did, or what was done with their claims."""
    found = []
    for hit in _PATTERN.finditer(text):
        place = int((hit.lastgroup or "s0")[1:])
        found.append(Mention(hit.start(), hit.end(), _WORDS[place][0]))
    return tuple(found)


def choose_term(
    text: str,
    number: tuple[int, int],
    terms: Sequence[Mention[Term]],
    others: Sequence[tuple[int, int]],
) -> Term | None:
    """Choose what is said of a number, among what its sentence says; `others` are the other numbers there.

    The nearest, what follows before what precedes. But “asylum-seekers” and “applications” only name what is
    counted, and give way to what the same clause says was done with them: “rejected 500 applications”.
    """
    ranked = sorted(terms, key=lambda each: _distance(number, each, others))
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
    text: str, number: tuple[int, int], term: Mention[object], others: Sequence[tuple[int, int]]
) -> bool:
    """Say whether nothing parts a number from what is said: no comma, no “never”, and no other number."""
    first, last = min(number[1], term.end), max(number[0], term.start)
    return not _BREAK.search(text, first, last) and not any(first <= start < last for start, _ in others)


_FAR = 1000
_BREAK = re.compile(r"[,;()–—]|\b(?:never|not|without)\b", re.IGNORECASE)


def _distance(number: tuple[int, int], term: Mention[Term], others: Sequence[tuple[int, int]]) -> int:
    start, end = number
    if term.start >= end:
        between = any(end <= other < term.start for other, _ in others)
        return term.start - end + (_FAR if between else 0)
    between = any(term.end <= other < start for other, _ in others)
    return (start - term.end) * 2 + (_FAR // 2 if between else 0)


_FIRST = re.compile(
    r"\b(?:first[- ]instances?|first[- ]level|initial (?:asylum )?decisions?|erstinstan\w{1,10}"
    r"|première instance|primera instancia)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:(?:all|both|second|higher|later) (?:levels?|instances?)|appeals?|appealed|court|courts)\b",
    re.IGNORECASE,
)


def speaks_of_first_instance(text: str) -> bool:
    """Say whether a text names first instance at all."""
    return _FIRST.search(text) is not None


def choose_levels(
    text: str,
    number: tuple[int, int],
    sentence: tuple[int, int],
    others: Sequence[tuple[int, int]],
    *,
    spoken: bool,
) -> tuple[Level, ...]:
    """Choose at which levels a number is looked up, the likeliest first.

    At first instance where its clause says so, or the sentence before it: “At first instance, Germany …”.
    Where only the rest of the text speaks of it (`spoken`), after all levels together.
    """
    found = [
        Mention(hit.start(), hit.end(), level)
        for pattern, level in ((_FIRST, Level.FIRST), (_OTHERS, Level.ALL))
        for hit in pattern.finditer(text, *sentence)
    ]
    beside = [each for each in found if is_in_clause(text, number, each, others)]
    heading = [
        each
        for each in found
        if each.end <= number[0] and not any(each.end <= start < number[0] for start, _ in others)
    ]
    near = sorted(beside or heading, key=lambda each: max(each.start - number[1], number[0] - each.end))
    if near and near[0].value is Level.FIRST:
        return (Level.FIRST, Level.ALL)
    return (Level.ALL, Level.FIRST) if spoken else (Level.ALL,)
