"""Where a text sets a number among others, and what of that nobody judged. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from data.reading.abroad import say_abroad
from data.reading.check.changes_abroad import find_directions
from data.reading.check.claim import SideClaim
from data.reading.check.verdicts import ShareOf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.reading.check.claim import Comparison, StandingClaim
    from data.reading.check.sentences import Sentence
    from data.reading.check.verdicts import Check, ClaimFinding

_TAIL = r"(?: (?!(?:with|after|while|but|and|which|where|to|according|followed)\b)[^\W\d_][\w'’-]*){0,4}"
_CAPITAL = r"(?=(?-i:[A-Z]))"
_NOW = r"(?=\s*(?:[.,;:!?)]|$| (?:in|of|on|since|for|over|from|after|to|by|again)\b))"
_BY_NOW = (
    r"(?=\s*(?:[.,;:!?)]|$| (?:of (?:\d|an?\b|over|about)|in (?:(?:19|20)\d\d|a row|\w+ years)"
    r"|on|since|over|from|compared|the (?:year|previous))\b))"
)
_SUPERLATIVE = r"(?:largest|biggest|highest|lowest|smallest|fewest|busiest)"
_NTH = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)"
_ONE = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_CHANGE = (
    r"(?:rise|increase|growth|fall|drop|decline|decrease|surge|jump|peak|uptick|upturn|downturn|reduction|rebound"
    r"|slump)"
)
_RISING = (
    r"(?:ris(?:e|ing)|increas(?:e|ing)|grow(?:ing)?|fall(?:ing)?|drop(?:ping)?|declin(?:e|ing)|decreas(?:e|ing)"
    r"|climb(?:ing)?|surg(?:e|ing)|soar(?:ing)?|peaking)"
)
_WENT = (
    r"(?:rose|risen|climbed|jumped|surged|soared|grew|grown|fell|fallen|dropped|plunged|plummeted|shrank|shrunk"
    r"|exploded|increased|decreased|declined|peaked)"
)
_SIDE_CLAIM = re.compile(
    r"\b(?:"
    # set beside another
    r"(?:more|fewer|less|higher|lower|larger|smaller|bigger|greater) than"
    rf" (?!(?:half|an?|one|two|three|ever)\b)[^\W\d_][\w'’-]*{_TAIL}"
    r"|(?:as (?:many|few|high|low) as|(?:about |roughly )?the same (?:as|number|level|figure)|unchanged from)"
    rf"{_TAIL}"
    r"|(?:double|twice|half|triple|three times|[a-z]+ times|[a-z]+fold) (?:as|than|that|those|of|the)\b"
    rf"(?: [a-z]+){{0,5}} {_CAPITAL}[\w'’-]+"
    r"|(?:ahead of|behind|second only to|(?:surpass|exceed|outnumber|dwarf|outpac|outstrip|overtak)"
    rf"(?:es?|ed|ing|en)|overtook) (?:those of |that of )?{_CAPITAL}[\w'’-]+"
    # ranks and records
    rf"|(?:(?:the|its|their|{_NTH}|(?-i:[A-Z])?\w+['’]s) )(?:{_NTH}-)?{_SUPERLATIVE}{_TAIL}"
    rf"|the (?:most|fewest|least) (?:ever|in|of|on|since|for)\b{_TAIL}"
    rf"|(?:number one|top|leading) (?:host|recipient|destination|source|origin|country|nationality){_TAIL}"
    rf"|(?:(?:the|\w+['’]s) )?number one{_NOW}"
    rf"|(?:{_NTH}|rank(?:s|ed|ing) {_NTH}) (?:in|among) (?:the )?(?:{_CAPITAL}\w+|world)"
    r"|(?:leads?|led|leading|tops?|topped|topping|heads?|headed|heading) (?:the )?(?:\w+['’]s )?"
    r"(?:EU|world|list|ranking|table|Europe)\b"
    r"|(?:an? (?:all-time |unprecedented |new )?)?(?<!on )(?<!the )record"
    r"(?= (?:high|low|levels?|numbers?|of|\d))"
    r"|(?:an?|its) record(?=\s*(?:[.,;]|$))"
    r"|(?:an? )?(?:all-time|new) (?:high|low|peak)|unprecedented|than ever before|never before"
    # shares
    r"|(?:most|the majority|the bulk|half|a third|two thirds|three quarters) of"
    rf" (?:the|all|them|these|those|whom)\b{_TAIL}"
    rf"|{_ONE} (?:in|out of) (?:every )?{_ONE} (?:of|were|are|from|came)\b{_TAIL}"
    rf"|an? (?:third|quarter|fifth|half|tenth) of the (?:EU|world|total|bloc){_TAIL}"
    r"|(?:mostly|mainly|chiefly|primarily|largely|predominantly|overwhelmingly|exclusively|entirely"
    r"|(?<!of )all"
    r"|the (?:vast )?majority|the bulk|led|headed)"
    rf" (?:of (?:them|whom) )?(?:(?:from|in|by|to|were|are) )*{_CAPITAL}[\w'’-]+"
    rf"|most (?:were|are|came|come|from){_TAIL}"
    rf"|(?:nearly|almost|virtually|practically) (?:all|entirely|exclusively)\b{_TAIL}"
    # directions
    rf"|{_WENT}(?: [a-z]+ly)?(?= (?:from|to|in|since|over)\b)"
    r"|(?:up|down) (?:sharply|slightly|again|markedly|significantly|steeply"
    r"|by an? (?:third|quarter|fifth|half|tenth))\b"
    r"|doubled|tripled|quadrupled|halved"
    rf"|(?:an?|the|its|another|{_NTH}) (?:[a-z]+ )?{_CHANGE}{_BY_NOW}"
    rf"|(?:peaking|(?:and|still|again|continu(?:es|ed|ing) to) {_RISING}|{_RISING} again)\b"
    r"|continu(?:es|ed|ing) (?:the|its|this) (?:[a-z]+ )?(?:trend|rise|fall|decline|growth)"
    r")",
    re.IGNORECASE,
)
"""Words of rank, record, share and direction: whatever of them is not judged stays open."""

_ABROAD = re.compile(rf"(?<!\w)(?:{say_abroad('side claim')})(?!\w)", re.IGNORECASE)
_AHEAD = re.compile(
    rf"(?<!\w)(?:{say_abroad('ahead')})(?:(?<=['’])| )(?:(?:{say_abroad('item')}) ?)*$", re.IGNORECASE
)
_MAX_AHEAD = 30

MAX_SIDE_CLAIMS = 3


def find_side_claims(
    text: str, sentence: Sentence, numbers: Sequence[tuple[int, int]]
) -> dict[int, tuple[SideClaim, ...]]:
    """Find them by the beginning of the number that stands nearest, with no semicolon between."""
    found: dict[int, tuple[SideClaim, ...]] = {}
    for begin, finish in _list_said(text, sentence) if numbers else ():
        start, end = min(numbers, key=lambda each: max(each[0] - finish, begin - each[1]))
        said = SideClaim(begin, finish, " ".join(text[begin:finish].split()))
        if ";" not in text[min(end, finish) : max(start, begin)]:
            found[start] = (*found.get(start, ()), said)[:MAX_SIDE_CLAIMS]
    return found


def _list_said(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """List where a sentence sets something among others, in any language, in order; none within another."""
    where = sentence.start, sentence.end
    hits = [hit.span() for pattern in (_SIDE_CLAIM, _ABROAD) for hit in pattern.finditer(text, *where)]
    hits += find_directions(text, *where)
    for naming in sentence.namings:
        if ahead := _AHEAD.search(text, max(sentence.start, naming.start - _MAX_AHEAD), naming.start):
            hits.append((ahead.start(), naming.end))
    found: list[tuple[int, int]] = []
    for start, end in sorted(hits):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def leave_open(check: Check) -> Check:
    """Tell with each number that was found what is said beside it and was not judged."""
    judged = [each for finding in check.findings for each in _list_judged(finding)]
    return replace(
        check,
        findings=tuple(
            replace(finding, unheard=tuple(_list_unheard(finding, judged))) if finding.match else finding
            for finding in check.findings
        ),
    )


def _list_judged(finding: ClaimFinding) -> Iterator[tuple[int, int]]:
    """List where what was judged stands, with all that a comparison is quoted with."""
    if finding.match and isinstance(finding.match.source, ShareOf):  # “more than half of the refugees”
        yield finding.claim.start, finding.claim.end
    for compared in finding.compared:
        yield compared.comparison.start, compared.comparison.start + len(compared.comparison.said)
    for stood in finding.stood:
        yield stood.standing.start, stood.standing.end


def _list_unheard(finding: ClaimFinding, judged: Sequence[tuple[int, int]]) -> Iterator[str]:
    claim, told = finding.claim, list(judged)
    beside: tuple[Comparison | StandingClaim | SideClaim, ...]
    beside = (*claim.comparisons, *claim.standings, *claim.asides)
    for each in beside:
        where = each.start, max(each.end, each.start + len(each.said))
        counted = each.said[:1].isdigit()  # “50,000 more than in 2023” is more than that it is more
        if not any(
            start < where[1] and where[0] < end and (start <= where[0] or not counted) for start, end in told
        ):
            told.append(where)
            yield each.said
