"""What a text calls the people it counts, and whether it speaks of first instance. Pure."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from data.model import Level, Measure
from data.reading.abroad import say_abroad
from data.reading.check.claim import Near, Term
from data.reading.check.lists import find_items
from data.reading.words import Mention

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.reading.check.lists import Span


_NAMED = {
    "<claims>": (
        r"(?:(?:asylum|refugee)[- ])?(?:claims?|applications?|applicants?|cases?|requests?|petitions?|bids?)"
    ),
    "<filed>": "(?:registered |lodged |filed )?",
    "<seekers>": "asylum[- ]seekers?",
    "<status>": (
        "(?:(?:political )?asylum|refugee (?:status|recognition)|(?:(?:international|legal) )?protection"
        "|refuge|shelter)"
    ),
}
"""What several wordings have in common."""


_NEW_WORDS, _ALL_WORDS = "new or first", "all or again"
"""Wordings in the table that are no term: what is new or the first; all there is, or what was made again."""


@cache
def _read_rows() -> tuple[tuple[str, str], ...]:
    table = files(__package__).joinpath("terms.csv").read_text(encoding="utf-8")
    return tuple((row["term"], row["wording"]) for row in csv.DictReader(table.splitlines()))


@cache
def _read_words(of: str) -> re.Pattern[str]:
    words = "|".join(wording for term, wording in _read_rows() if term == of)
    return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)


@lru_cache(maxsize=64)
def says_new(text: str, start: int, end: int) -> bool:
    """Say whether this part of a text speaks of what is new or the first, in any of the languages."""
    return _read_words(_NEW_WORDS).search(text, start, end) is not None


@lru_cache(maxsize=64)
def says_all(text: str, start: int, end: int) -> bool:
    """Say whether this part of a text speaks of repeat claims too, or of all stages, in any language."""
    return _read_words(_ALL_WORDS).search(text, start, end) is not None


@cache
def _read_pattern() -> tuple[re.Pattern[str], tuple[Term, ...]]:
    """Read the table beside this module; of two that begin at the same letter the first is meant."""
    rows = [(term, wording) for term, wording in _read_rows() if term not in (_NEW_WORDS, _ALL_WORDS)]
    terms = tuple(map(Term, dict.fromkeys(term for term, _ in rows)))
    groups = ("|".join(wording for each, wording in rows if each == term) for term in terms)
    pattern = "|".join(f"(?P<s{place}>{words})" for place, words in enumerate(groups))
    for name, meaning in _NAMED.items():
        pattern = pattern.replace(name, meaning)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), terms


WEAK = frozenset({Term.SEEKERS, Term.REFUGEES, Term.APPLICATIONS, Term.CLAIMS})
"""They name whom or what is counted, and give way to what is said was done."""

_ASYLUM = re.compile(
    r"(?<!\w)(?:asylum|stateless\w{0,4}|displaced|displacement|idps|vluchtelingen|refugiad[oa]s?"
    r"|\w{0,10}asyl\w{0,20}|déplacée?s|desplazad[oa]s|\w{0,6}vertriebene\w?|schutzsuchende\w?|asile|asilo|asiel\w{0,20}|refúgio|refugees?|refuge|réfugiée?s?"
    r"|\w{0,6}flüchtling\w{0,12}"
    r"|rifugiat[oi]|richiedenti|(?:erst|folge)antr[aä]g\w{0,3}|premières demandes|geflüchtete\w?"
    r"|staatenlose\w?|apatrides?|apátridas?|apolidi|rohingyas?|unhcr|acnur|hcr|bamf|ofpra|cnda|comar"
    r"|cear|claimants?|(?:solicitud\w{0,2}|solicitan\w{0,3}|solicitar\w{0,2}) (?:de )?refugio"
    r"|protection internationale|internationale[nr]? schutz\w{0,2}"
    r"|applicants\b[^.\n]{0,120}\bclaims|pending claims|solicitudes pendientes"
    r"|demandes en (?:instance|attente)|protección internacional|in need of protection"
    r"|(?:international|subsidiary|complementary|humanitarian) protection|(?:grant\w{0,3}|given) protection"
    r"|protection status|(?:those|people|persons) who (?:had |have )?applied"
    r"|protection (?:claims?|applications?|requests?)|requests? for (?:[\w-]+ ){0,4}protection"
    r"|(?:seek\w*|sought|asked for) (?:legal )?protection|(?:solicitud\w*|pedidos?) de ref[uú]gio"
    r"|(?:protection|recognition) rates?|first[- ]instance decisions"
    r"|(?:people|persons|individuals|nationals|men|women) (?:have |had )?applied in (?:the )?[^\W\d_]+"
    r"(?! (?:for|as|online)))(?!\w)",
    re.IGNORECASE,
)

MEANT: Mapping[Term, tuple[Measure, ...]] = {
    Term.APPLIED: (Measure.APPLICATIONS, Measure.ALL_STAGES),
    Term.APPLICATIONS: (Measure.APPLICATIONS, Measure.ALL_STAGES),
    Term.CLAIMS: (Measure.APPLICATIONS, Measure.PENDING, Measure.ALL_STAGES),
    Term.NEW: (Measure.APPLICATIONS,),
    Term.REPEAT: (Measure.APPLICATIONS,),
    Term.PENDING: (Measure.PENDING,),
    Term.SEEKERS: (Measure.PENDING, Measure.APPLICATIONS),
    Term.REFUGEES: (Measure.REFUGEES,),
    Term.DISPLACED: (Measure.DISPLACED,),
    Term.STATELESS: (Measure.STATELESS,),
    Term.RETURNED: (Measure.RETURNED_REFUGEES, Measure.RETURNED_DISPLACED),
    Term.RESETTLED: (Measure.RESETTLED,),
    Term.NATURALISED: (Measure.NATURALISED,),
    Term.IN_NEED: (Measure.OTHERS_IN_NEED,),
    Term.DECIDED: (Measure.DECISIONS,),
    Term.RECOGNISED: (Measure.RECOGNISED,),
    Term.PROTECTED: (Measure.RECOGNISED, Measure.COMPLEMENTARY, Measure.RESETTLED),
    Term.COMPLEMENTARY: (Measure.COMPLEMENTARY,),
    Term.REJECTED: (Measure.REJECTED,),
    Term.CLOSED: (Measure.CLOSED,),
    Term.NOTHING: (Measure.PENDING, Measure.APPLICATIONS, Measure.ALL_STAGES),
}
"""The measures that agree with what is said, the likeliest first; UNHCR's asylum-seekers wait."""


def is_about_asylum(text: str) -> bool:
    """Say whether a text speaks of asylum at all."""
    return _ASYLUM.search(text) is not None


_RECOGNISED_AS = re.compile(r"\b(?:recogni[sz]ed|accepted|acknowledged)\b[^.;]{0,60} as $", re.IGNORECASE)
_PROTECTION = re.compile(r"\bprotection$", re.IGNORECASE)
"""“Given protection” is said of both kinds."""
_MAX_BEFORE = 80
DECISIVE = frozenset(
    {Term.DISPLACED, Term.STATELESS, Term.RESETTLED, Term.NATURALISED, Term.IN_NEED, Term.COMPLEMENTARY}
)
"""Whoever these are said of is counted as such, whatever else was done."""


def find_terms(text: str) -> tuple[Mention[Term], ...]:
    """Find what a text says that people did, or what was done with their claims."""
    found = []
    pattern, terms = _read_pattern()
    for hit in pattern.finditer(text):
        place = int((hit.lastgroup or "s0")[1:])
        if terms[place] is Term.RECOGNISED and _PROTECTION.search(hit[0]):
            found.append(Mention(hit.start(), hit.end(), Term.PROTECTED))
            continue
        before = text[max(0, hit.start() - _MAX_BEFORE) : hit.start()]
        if terms[place] is not Term.REFUGEES or not _RECOGNISED_AS.search(before):
            found.append(Mention(hit.start(), hit.end(), terms[place]))
    return tuple(found)


def choose_term(
    text: str,
    number: Span,
    terms: Sequence[Mention[Term]],
    others: Sequence[Span],
) -> Term | None:
    """Choose what is said of a number, among what its sentence says; `others` are the other numbers there.

    The nearest, what follows before what precedes. But “asylum-seekers” and “applications” only name what is
    counted, and give way to what the same clause says was done with them: “rejected 500 applications”.
    """
    terms = _keep_part(text, number, terms) or terms
    if counted := _find_counted(text, number, terms, others):
        return counted
    own = any(each.start >= number[1] and is_in_clause(text, number, each, others) for each in terms)
    free = [each for each in terms if not (own and _is_of_another(text, number, each, others))]
    ranked = sorted(free, key=lambda each: _distance(number, each, others))
    if not ranked:
        return None
    nearest = ranked[0]
    decisive = [
        each for each in ranked if each.value in DECISIVE and is_in_clause(text, number, each, others)
    ]
    if decisive and not (len(ranked) > 1 and _leads_on(text, number, decisive[0], others)):
        went_back = decisive[0].value is Term.DISPLACED and any(
            each.value is Term.RETURNED and is_in_clause(text, number, each, others) for each in ranked
        )
        return Term.RETURNED if went_back else decisive[0].value
    if nearest.value in WEAK:
        telling = [each for each in ranked if each.value not in WEAK]
        beside = [
            each
            for each in telling
            if is_in_clause(text, number, each, others) and not _leads_on(text, number, each, others)
        ]
        if not is_in_clause(text, number, nearest, others):  # said of all numbers of the sentence
            beside += [each for each in telling if not _is_behind_another(number, each, others)]
        nearest = (*beside, nearest)[0]
    return nearest.value


def _is_behind_another(number: Span, term: Mention[Term], others: Sequence[Span]) -> bool:
    """Say whether what follows another number is said of it: “45,748, of which 10,431 were rejected”."""
    return any(number[1] <= start < term.start for start, _ in others)


def _find_counted(
    text: str, number: Span, terms: Sequence[Mention[Term]], others: Sequence[Span]
) -> Term | None:
    """Find whom a number counts in a list of populations: “25.9 million refugees, 41.3 million displaced”."""
    named = [each for each in terms if each.value in _POPULATIONS]
    if len({each.value for each in named}) < _MIN_LISTED:
        return None
    listed = find_items(text, named, ["population"] * len(named), sorted([number, *others]))
    own = next((each for each in named if listed.get(each.start) == number), None)
    if own is None or not is_in_clause(text, number, own, others):
        return None
    returned = len(others) <= _MAX_RETURNED and any(each.value is Term.RETURNED for each in terms)
    if returned and own.value in (Term.REFUGEES, Term.DISPLACED):
        return Term.RETURNED  # “5.7 million (5.3 million displaced and 429,300 refugees) were repatriated”
    done = (each for each in terms if each.value not in {*WEAK, *_POPULATIONS})
    return None if any(is_in_clause(text, number, each, others) for each in done) else own.value


_POPULATIONS = frozenset({Term.SEEKERS, Term.REFUGEES, Term.DISPLACED, Term.STATELESS, Term.IN_NEED})
_MIN_LISTED, _MAX_RETURNED = 2, 3


def _keep_part(text: str, number: Span, terms: Sequence[Mention[Term]]) -> Sequence[Mention[Term]]:
    """Keep what no semicolon parts from a number: “refugees 31,637,408; IDPs 63,251,367”."""
    return [each for each in terms if ";" not in text[min(number[1], each.end) : max(number[0], each.start)]]


_NEXT = re.compile(
    rf"(?:,|,? (?:and|while|whereas|with|plus|{say_abroad('adding')}))"
    rf"(?: (?:about|around|some|nearly|another|{say_abroad('leads before')}))? ",
    re.IGNORECASE,
)


def _is_of_another(text: str, number: Span, term: Mention[Term], others: Sequence[Span]) -> bool:
    """Say whether what is said just before a number is said of one before it: “3 are displaced and 2 …”."""
    if term.end > number[0] or not _NEXT.fullmatch(text, term.end, number[0]):
        return False
    return any(end <= term.start and is_in_clause(text, (start, end), term, ()) for start, end in others)


def is_in_clause(text: str, number: Span, term: Mention[object], others: Sequence[Span]) -> bool:
    """Say whether nothing parts a number from what is said: no comma, no “never”, and no other number."""
    first, last = min(number[1], term.end), max(number[0], term.start)
    return not _BREAK.search(text, first, last) and not any(first <= start < last for start, _ in others)


def _leads_on(text: str, number: Span, term: Mention[Term], others: Sequence[Span]) -> bool:
    """Say whether what follows a number is said of the next: “status for 749 people and protection for 2”."""
    return term.start > number[1] and any(_OF_NEXT.fullmatch(text, term.end, start) for start, _ in others)


_OF_NEXT = re.compile(
    r" (?:(?:to|for|of|in|by|at|went to) (?:(?:about|some|around|another) )?)?", re.IGNORECASE
)
_FAR = 1000
_BREAK = re.compile(rf"[,;()–—]|\b(?:never|not|without|{say_abroad('denying')})\b", re.IGNORECASE)


def _distance(number: Span, term: Mention[Term], others: Sequence[Span]) -> int:
    start, end = number
    if term.start >= end:
        between = any(end <= other < term.start for other, _ in others)
        return term.start - end + (_FAR if between else 0)
    between = any(term.end <= other < start for other, _ in others)
    return (start - term.end) * 2 + (_FAR // 2 if between else 0)


_ARRIVED = re.compile(
    r"(?<!\bhas )(?<!\bhave )(?<!\bhad )(?<!\bbe )\b(?:took in|took|received|accepted|admitted|welcomed|fled"
    r"|arrived|crossed|poured|escaped|let in)\b",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(
    r"(?<!end of )\b(?:(?:in|during) (?:the year |all of )?(?:19|20)\d\d|last year|this year)\b",
    re.IGNORECASE,
)
_BY_THEN = re.compile(
    r"\b(?:(?:by|at|until) (?:the )?end|as of|since|so far|in total"
    r"|by (?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def says_arrived(text: str, number: Span, sentence: Span, others: Sequence[Span]) -> bool:
    """Say whether a text tells of a number that so many came in a year: “took in 1.5 million in 2025”."""
    return any(is_in_clause(text, number, each, others) for each in _list_arrived(text, sentence))


@lru_cache(maxsize=64)
def _list_arrived(text: str, sentence: Span) -> tuple[Mention[None], ...]:
    """List where a sentence says that people came, if it says that they did in one year."""
    if not _IN_YEAR.search(text, *sentence) or _BY_THEN.search(text, *sentence):
        return ()
    return tuple(Mention(hit.start(), hit.end(), None) for hit in _ARRIVED.finditer(text, *sentence))


_FIRST = re.compile(
    r"\b(?:first[- ]instances?|first[- ]level|initial (?:asylum )?decisions?|erstinstan\w{1,10}"
    r"|première instance|primera instancia)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:(?:all|both|second|higher|later) (?:levels?|instances?)|appeals?|appealed|court|courts)\b",
    re.IGNORECASE,
)


def find_first_instance(text: str, number: Span, sentence: Span, others: Sequence[Span]) -> Near:
    """Say how near a text puts first instance to a number: in its clause, or the sentence before it.

    “At first instance, Germany …” is said of all numbers that follow; what stands elsewhere, of none.
    """
    found = _list_levels(text, sentence)
    beside = [each for each in found if is_in_clause(text, number, each, others)]
    heading = [
        each
        for each in found
        if each.end <= number[0]
        and ";" not in text[each.end : number[0]]
        and not any(each.end <= start < number[0] for start, _ in others)
    ]
    near = sorted(beside or heading, key=lambda each: max(each.start - number[1], number[0] - each.end))
    if near and near[0].value is Level.FIRST:
        return Near.CLAUSE
    return Near.EARLIER if _speaks_of_first_instance(text) else Near.NEVER


@lru_cache(maxsize=64)
def _list_levels(text: str, sentence: Span) -> tuple[Mention[Level], ...]:
    return tuple(
        Mention(hit.start(), hit.end(), level)
        for pattern, level in ((_FIRST, Level.FIRST), (_OTHERS, Level.ALL))
        for hit in pattern.finditer(text, *sentence)
    )


@lru_cache(maxsize=1)
def _speaks_of_first_instance(text: str) -> bool:
    """Say it of a whole text, which is asked of each of its numbers."""
    return _FIRST.search(text) is not None
