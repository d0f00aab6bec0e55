"""What a text says of a figure among others: “the largest host”, “a third of them from Syria”. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from data.model import Group, Role
from data.reading.abroad import say_abroad
from data.reading.check.claim import StandingClaim, Term
from data.reading.check.comparisons import ORDINALS
from data.reading.check.denials import find_denial
from data.reading.check.shares import FRACTIONS_ABROAD, read_fraction
from data.reading.check.wholes import find_whole
from data.reading.numbers import Bound, NumberForm, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.reading.check.sentences import Sentence
    from data.reading.places import Naming
    from data.reading.words import Mention


_ORDINAL = "|".join(ORDINALS)
_ROLES = {
    Role.ASYLUM: (
        r"recipient|receiver|destination|host(?:ing (?:country|state))?|host (?:country|state)"
        r"|receiving country|country of asylum"
    ),
    Role.ORIGIN: r"nationality|group|source(?: country)?|country of origin|origin",
}
_RANK = re.compile(
    rf"(?<!one of )(?<!among )\b(?:the )?(?:(?P<nth>{_ORDINAL})[- ])?"
    r"(?:largest|biggest|highest|top|leading|main|most important|most popular|number one)"
    r"(?:[ -](?:single|asylum|refugee|refugee-hosting|refugee-producing|eu|european))*[ -]"
    rf"(?:(?P<asylum>{_ROLES[Role.ASYLUM]})|(?P<origin>{_ROLES[Role.ORIGIN]})|number(?= of)|country|nation)\b"
    r"(?![- ](?:since|ever|on record|countries|states|nations|communities|populations))"
    r"|\bmore than (?:in |for )?any(?: other)?(?: single)?"
    r"(?: (?:EU|European|African|Asian|Latin American|member|host|asylum))*"
    r" (?:country|state|nation|nationality|group)\b"
    r"|\bthe (?:most|(?:largest|highest) (?:number|population) of) "
    r"(?:(?:[\w-]+ ){0,3}?of (?:any|all) (?:countr|nation|state)\w*"
    r"|(?:[\w-]+ ){0,3}?(?:(?=in (?:the )?[A-Z])|in the world|worldwide|globally))"
    r"|\bdie meisten (?:\w+ )?(?:weltweit|der welt|in europa)|\bweltweit die meisten"
    r"|\ble plus grand nombre (?:de |d['’])\w+(?: (?:au|dans le) monde)"
    r"|\bque más \w+ (?:acoge|recibe)(?: en el mundo)?"
    rf"|(?<!\w)(?:{say_abroad('rank')})(?!\w)"
    rf"|\b(?:rank(?:ed|s)|came|placed) (?P<place>{_ORDINAL})\b"
    rf"|\b(?:is|was|were|are|comes|came|remains|remained|fell to|rose to) (?:the )?(?P<order>{_ORDINAL})"
    r"(?= (?:in|across|among|within) (?:the )?(?:EU|European Union|world|Europe|Africa)\b)"
    r"|\b(?:leads?|led|tops?|topped|heads?|headed) (?:the )?(?:EU|European Union|world)\b",
    re.IGNORECASE,
)
_PARTS = {
    "half": 50.0, "a third": 100 / 3, "one third": 100 / 3, "one-third": 100 / 3, "two thirds": 200 / 3,
    "two-thirds": 200 / 3, "a quarter": 25.0, "one quarter": 25.0, "three quarters": 75.0,
    "three-quarters": 75.0, "a fifth": 20.0, "one fifth": 20.0, "two fifths": 40.0, "a tenth": 10.0,
}  # fmt: skip
_MOST = r"(?P<most>(?:the )?(?:vast )?(?:most|majority|bulk))"
_SHARE = (
    r"(?:(?P<over>more than|over)|(?P<under>less than|under)"
    r"|(?P<about>about|around|nearly|almost|some|roughly|close to))? ?"
    rf"(?:(?P<part>{'|'.join(_PARTS)})|(?P<percent>\d{{1,2}}(?:\.\d)?) ?(?:%|per ?cent)|{_MOST})"
)
_WHOM = (
    "(?:them|these|those|whom|the (?:applicants|applications|claims|people|refugees|total|asylum[- ]seekers))"
)
_OF_THEM = re.compile(
    rf"\b{_SHARE} of {_WHOM}(?: (?:were|was|are|is|came|come|had come|being|went|fled|living))?"
    r"(?: (?:lodged|filed|submitted|made))?(?: (?:from|by|to|in))? ?(?:the )?",
    re.IGNORECASE,
)
_MOSTLY = re.compile(
    rf"(?<!\w)(?:{say_abroad('mostly')})(?:(?<=['’])| )"
    r"|\b(?:(?P<most>mostly|overwhelmingly|predominantly) (?:(?:coming )?from |to |in |by )?"
    r"|most (?:were|are|came from|come from|from|went to|fled to|returned from) "
    r"|(?P<all>(?:nearly|almost|virtually|practically) (?:all|entirely|exclusively))"
    r"(?: of (?:them|whom|these))?,? (?:(?:were|was|are|is|being) )?"
    r"(?:(?:(?:coming|came|come) )?from |to |in |by )?)(?:the )?",
    re.IGNORECASE,
)
_OF_NUMBER = re.compile(
    rf"\b{_SHARE} of (?:the |all |all the |these )?(?P<number>\d[\d.,]*)[^,;:.()]{{0,100}}?"
    r"\b(?:(?:were|was|are|is) (?:from |by )?|(?:had |have )?(?:came|come) from |went to |fled to )"
    r"(?:the )?",
    re.IGNORECASE,
)
"""“Most of the 629,358 applicants in the USA came from”."""
_OF_ALL = re.compile(
    rf"\b{_SHARE} of (?:all|the(?: \w+['’]s)?(?: overall)? (?=total|applica|claims|refugees)) ?"
    r"(?:(?-i:[A-Z])\w+ )?(?:total"
    r"|(?:new |first-time )?(?:asylum )?(?:applications|applicants|claims|refugees|asylum[- ]seekers))\b",
    re.IGNORECASE,
)
_PER_HEAD = re.compile(
    r"\b(?:per (?:capita|head|inhabitant|person|1,000|100,000|million)|relative to"
    r"|in (?:relation|proportion) to"
    rf"|for its (?:size|people|population)|as a share|increases?|rise|growth|percentage"
    rf"|{say_abroad('per head')})\b",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\b(?:one of|among|countries|nations|states|nationalities|groups|after|behind|followed by|unlike"
    rf"|{say_abroad('one of some')})\b"
    r"[^,;]{0,40}$",
    re.IGNORECASE,
)
_OF_SOME = re.compile(
    r"\b(?:industriali[sz]ed|developed|high-income|wealthy|rich|western) (?:countries|nations|states|world)"
    rf"|\b(?:OECD|G7|G20|{say_abroad('of some')})\b",
    re.IGNORECASE,
)
"""Countries among which a text counts, and of which no list is kept."""

_REGIONAL = re.compile(
    r"\b(?:on the continent|(?:in|of) the (?:region|bloc|subregion)|regional(?:ly)?|EU\+|member states"
    rf"|{say_abroad('regional')})\b|EU\+",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    rf"[^,;.:()]{{0,30}}?\b(?:in|of|among|across|{say_abroad('elsewhere')})"
    r"(?:(?: the| la| los| las| le| les| den| der| l)?[ '’])[A-ZÉ][a-zé]"
)
_WORLD = re.compile(
    rf"[^,;.:()]{{0,30}}?\b(?:in the world|on earth|worldwide|globally|(?:der|auf der|die) welt"
    r"|au monde|du monde"
    rf"|del mundo|{say_abroad('worldwide')})\b",
    re.IGNORECASE,
)
_RATED = frozenset({Term.RECOGNISED, Term.PROTECTED, Term.REJECTED, Term.COMPLEMENTARY})
_MAX_BEFORE, _MAX_BESIDE, _MAX_BEHIND = 80, 60, 120
_NEAR = 40
_OWNING = 3


def find_standings(
    text: str, sentence: Sentence, counts: Sequence[int]
) -> tuple[dict[int, tuple[StandingClaim, ...]], list[StandingClaim]]:
    """Find what a sentence says of the place of its numbers, by where these begin, and ranks without one."""
    found: dict[int, tuple[StandingClaim, ...]] = {}
    loose: list[StandingClaim] = []
    for standing in (
        *_find_ranks(text, sentence),
        *_leave_denied(text, sentence, _find_shares(text, sentence)),
        *_leave_denied(text, sentence, _find_rivals(text, sentence)),
    ):
        owner = _find_owner(text, standing, counts)
        if owner is not None:
            found[owner] = (*found.get(owner, ()), standing)
        elif standing.rank:
            loose.append(standing)
    return found, loose


def _leave_denied(text: str, sentence: Sentence, found: Iterator[StandingClaim]) -> Iterator[StandingClaim]:
    """Mark what is denied in any way, so that it stays open."""
    for each in found:
        said = find_denial(text, sentence, each.start, each.end) == -1
        yield each if said else replace(each, denied=None)


_MAJORITY = Quantity(50.0, 100.0, 1, NumberForm.PERCENT, Bound.OVER)
_NEARLY_ALL = Quantity(85.0, 100.0, 1, NumberForm.PERCENT, Bound.OVER)


_COUNTRY = re.compile(r"\b(?:country|state|nation|pays|país|paese)\b|land\b", re.IGNORECASE)


def _find_owner(text: str, standing: StandingClaim, counts: Sequence[int]) -> int | None:
    """Find the number that it is said of: right behind it with no comma between, else the one before."""
    if own := next((start for start in counts if standing.start <= start < standing.end), None):
        return own
    behind = min((start for start in counts if start >= standing.end), default=None)
    before = max((start for start in counts if start < standing.start), default=None)
    gap = text[standing.end : behind] if behind is not None else ""
    beside = behind is not None and len(gap) <= _MAX_BESIDE and not re.search(r"[,;:]", gap)
    if standing.rank and beside:
        return behind
    if before is not None and standing.start - before <= _MAX_BEFORE + _NEAR:
        return before if ";" not in text[before : standing.start] else None
    open_to = standing.rank and behind is not None and len(gap) <= _MAX_BEHIND and ";" not in gap
    return behind if open_to and before is None else None


def _find_ranks(text: str, sentence: Sentence) -> Iterator[StandingClaim]:
    if _PER_HEAD.search(text, sentence.start, sentence.end) or _speaks_of_some(text):
        return
    for hit in _RANK.finditer(text, sentence.start, sentence.end):
        if _AMONG.search(text, sentence.start, hit.start()):
            continue  # “among the countries with the largest number”
        group = _find_group(hit.end(), hit.start(), sentence.namings)
        regional = _REGIONAL.search(text, sentence.start, sentence.end)
        if group is None and (regional or _is_elsewhere(text, hit.end(), sentence.namings)):
            continue  # among countries of which no list is known
        nth = hit["nth"] or hit["place"] or hit["order"]
        role = Role.ASYLUM if hit["asylum"] else Role.ORIGIN if hit["origin"] else _find_role_abroad(hit[0])
        rank = ORDINALS[nth.lower()] if nth else _count_abroad(hit[0])
        denial = find_denial(text, sentence, hit.start(), hit.end())
        denied = denial is not None and denial >= 0
        start = denial if denial is not None and denied else hit.start()
        said = " ".join(text[start : hit.end()].split())
        yield StandingClaim(
            start,
            hit.end(),
            said,
            rank=rank,
            role=role,
            group=group,
            of_countries=_COUNTRY.search(hit[0]) is not None,
            denied=None if denial is None else denied,
        )


@lru_cache(maxsize=1)
def _speaks_of_some(text: str) -> bool:
    """Say it of a whole text, which is asked of each of its sentences."""
    return _OF_SOME.search(text) is not None


def _is_elsewhere(text: str, end: int, namings: Sequence[Mention[Naming]]) -> bool:
    """Say whether a region is named behind a rank that is no group, and no country either."""
    hit = _ELSEWHERE.match(text, end)
    if hit is None or _WORLD.match(text, end):
        return False
    return not any(naming.start < hit.end() <= naming.end for naming in namings)


_ABROAD = {
    Role.ASYLUM: re.compile(rf"(?:{say_abroad('rank of asylum')})", re.IGNORECASE),
    Role.ORIGIN: re.compile(rf"(?:{say_abroad('rank of origin')})", re.IGNORECASE),
}
_NTH_ABROAD = tuple(
    re.compile(rf"(?<!\w)(?:{say_abroad(each)})", re.IGNORECASE)
    for each in ("second", "third", "fourth", "fifth")
)


def _find_role_abroad(said: str) -> Role | None:
    return next((role for role, words in _ABROAD.items() if words.search(said)), None)


def _count_abroad(said: str) -> int:
    """Read the rank that is said in other languages, 1 where none is: “das zweitwichtigste”."""
    return next((place for place, words in enumerate(_NTH_ABROAD, 2) if words.search(said)), 1)


def _find_group(end: int, start: int, namings: Sequence[Mention[Naming]]) -> Group | None:
    """Find the group of countries that is named with a rank."""
    for naming in namings:
        area = naming.value.countries[0]
        leading = start - _OWNING <= naming.end <= start  # “Africa's largest host”
        if isinstance(area, Group) and (leading or start <= naming.start < end + _NEAR):
            return area
    return None


_OF_THEM_ABROAD = re.compile(
    rf"(?<!\w)(?P<part>{'|'.join(map(say_abroad, FRACTIONS_ABROAD))})"
    rf" (?:{say_abroad('of them')})(?:(?<=['’])| )",
    re.IGNORECASE,
)


def _find_shares(text: str, sentence: Sentence) -> Iterator[StandingClaim]:
    if any(term.value in _RATED for term in sentence.terms):
        return
    where = (sentence.start, sentence.end)
    hits = (
        hit
        for pattern in (_OF_THEM, _MOSTLY, _OF_NUMBER, _OF_THEM_ABROAD)
        for hit in pattern.finditer(text, *where)
    )
    for hit in hits:
        named = next((each for each in sentence.namings if each.start == hit.end()), None)
        if named and len(named.value.countries) == 1:
            said = " ".join(text[hit.start() : named.end].split())
            if hit.re is _OF_NUMBER:
                said = f"{text[hit.start() : hit.start('number')]}… {text[named.start : named.end]}"
            share = (
                (_NEARLY_ALL if hit["all"] else _MAJORITY)
                if hit.re is _MOSTLY
                else _read_share_abroad(hit)
                if hit.re is _OF_THEM_ABROAD
                else _read_share(hit)
            )
            yield StandingClaim(hit.start(), named.end, said, share=share, part=named.value.countries[0])
    for hit in _OF_ALL.finditer(text, *where):
        group = _find_group(hit.end(), hit.start(), sentence.namings)
        regional = _REGIONAL.search(text, *where) or any(
            isinstance(each.value.countries[0], Group) for each in sentence.namings
        )
        whole = find_whole(text, hit.start(), sentence.end, sentence.namings)
        if group is None and not regional and (whole or not _is_elsewhere(text, hit.end(), ())):
            end = max(hit.end(), whole.end) if whole else hit.end()
            said, of = " ".join(text[hit.start() : end].split()), whole.value.countries[0] if whole else None
            yield StandingClaim(hit.start(), end, said, share=_read_share(hit), whole=of)


_RIVAL = re.compile(
    r"(?<!times )(?<!% )(?<!cent )(?<!prozent )(?<!fois )(?<!veces )"
    r"(?:\b(?:(?P<above>more|higher|larger)|(?P<below>fewer|less|lower|smaller))"
    r"(?:(?: (?!than\b)(?-i:[A-Z])?[a-z'’-]+){0,8} \(\d[\d.,]*\))? than (?:in |from |by )?(?:the )?"
    rf"|(?<!\w)(?:(?P<over>{say_abroad('more than')})|(?P<under>{say_abroad('less than')}))"
    rf"(?:(?<=['’])| )(?:(?:{say_abroad('item')}|im|nel|na|no)(?:(?<=['’])| ))*)",
    re.IGNORECASE,
)
"""“More than in”, “more applications (113,216) than”."""

_NOT_ALONE = re.compile(
    r"(?: (?:and|or|in|plus|did|had|at|during|combined|together|over)\b|['’,]s?(?= [A-Z])|['’]s|-|/| ?\d)",
    re.IGNORECASE,
)
"""What says that the country is not meant alone, or in another year."""


def _find_rivals(text: str, sentence: Sentence) -> Iterator[StandingClaim]:
    """Find the country that a figure is said to be above or below: “more than Germany”."""
    if _PER_HEAD.search(text, sentence.start, sentence.end):
        return
    for hit in _RIVAL.finditer(text, sentence.start, sentence.end):
        named = next((each for each in sentence.namings if each.start == hit.end()), None)
        if named and len(named.value.countries) == 1 and not _NOT_ALONE.match(text, named.end):
            said = " ".join(text[hit.start() : named.end].split())
            yield StandingClaim(
                hit.start(),
                named.end,
                said,
                role=named.value.role or (Role.ORIGIN if named.value.people else None),
                rival=named.value.countries[0],
                above=bool(hit["above"] or hit["over"]),
            )


def _read_share_abroad(hit: re.Match[str]) -> Quantity:
    value = read_fraction(hit["part"])
    return Quantity(value, value, 1, NumberForm.PERCENT, Bound.ABOUT)


def _read_share(hit: re.Match[str]) -> Quantity:
    if hit["most"]:
        return _MAJORITY
    value = _PARTS[hit["part"].lower()] if hit["part"] else float(hit["percent"])
    bound = Bound.OVER if hit["over"] else Bound.UNDER if hit["under"] else Bound.PLAIN
    about = bound is Bound.PLAIN and (hit["about"] or hit["part"])
    return Quantity(value, value, 1, NumberForm.PERCENT, Bound.ABOUT if about else bound)
