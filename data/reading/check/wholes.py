"""Who a percentage is of, and which part of them: “44% of the refugees in Germany are Ukrainians”. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.model import Country, Role
from data.reading.check.claim import ShareClaim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.reading.check.lists import Span
    from data.reading.check.sentences import Sentence
    from data.reading.places import Naming
    from data.reading.words import Mention

_OF = re.compile(
    r" ?(?:share |part |teil )?(?:of|among|amongst|de|del|des|d['’]|du|di|dei|degli|delle|da|das|do|dos"
    r"|der|aller|von|van|unter)\b ?",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"(?:^|[,;:] |\b(?:and|but) )(?P<of>(?:out )?of|among|amongst)\b(?P<whole>[^,;:()\d]{3,80}),?"
    r" (?:(?:about|around|some|nearly|almost|only|just|over|under|more than|less than|roughly|a|an|at least)"
    r" )*$",
    re.IGNORECASE,
)
"""“Of the refugees in Germany, 44% …”."""

_MADE_UP = (
    r"(?:(?:is|was|are) )?home to|mak(?:e|es|ing) up|made up|account(?:s|ed|ing)? for|represent\w*"
    r"|constitut\w*|compris\w*|form(?:s|ed)?|lodged?|lodges|fil(?:e|es|ed)|submit(?:s|ted)?|made|make"
    r"|were|are|is|was|host\w*|takes? in|took in|taken in|receiv\w*|shelter\w*|had|has|have|accepted"
    r"|registered|counted|absorb\w*|housed?|houses"
    r"|presenta\w*|suponen|supone|supusieron|son|eran|fueron|forman|acog\w+|recib\w+|alberga\w*"
    r"|ont déposé|déposent|accueill\w+|forment|sont|étaient|représent\w*|machen|machten|stell\w+|nahm\w*"
    r"|beherberg\w*|bilde\w*|rappresent\w*|costitui\w*|ospita\w*|accogli\w*|apresent\w+|acolh\w+|maken"
    r"|vormen"
)
_BEFORE = re.compile(
    r"(?:['’]s?)?(?: (?:nationals|citizens|refugees|asylum[- ]seekers|people|applicants|alone|together))?"
    rf"(?: (?:now|still|currently|already|also|then|has|have|had))*,? (?:{_MADE_UP})"
    r"(?: (?:about|around|some|nearly|almost|only|just|over|under|more than|less than|roughly|a|an|el|la|los"
    r"|le|il|o|den|rund|etwa|fast|nur|solo|sólo|seulement|environ|unos|casi|fully|up|in|at least|aus|mehr als"
    r"|más del?|plus de|du|un|una|auf|no|fewer than))* ?",
    re.IGNORECASE,
)
"""What stands between a part and its percentage: “Syrians made up 25%”."""

_VERB = (
    r"are|were|is|was|be|come|comes|came|coming|have|had|has|live|lives|lived|living|reside\w*|stay\w*|fled"
    r"|flee|found|went|moved|applied|applying|being|remain\w*|who|which|that|and|but|with|while|as|since|when"
    r"|after|according|compared|against|where|whose"
    r"|son|eran|fueron|proced\w+|proven\w+|vienen|venían|viven|vivían|fue|presenta\w+|llega\w+|están|huy\w+"
    r"|sont|étaient|viennent|venaient|vivent|vivaient|ont|proviennent|étant|sind|waren|kommen|kamen|stammen"
    r"|stammten|leben|lebten|wurden|werden|entfielen|entfallen|sono|erano|vengono|venivano|provengono|vivono"
    r"|são|eram|vêm|vivem|viviam|zijn|komen|kwamen|wonen"
)
_END = re.compile(rf"[,;:()!?–—]|\.(?!\d)|\b(?:{_VERB})\b", re.IGNORECASE)
"""Where the words for those whom it is of end."""

_BY = re.compile(r"\b(?:(?:lodged|filed|submitted|made|hosted|sheltered) )?by (?:the )?", re.IGNORECASE)

_BEHIND = re.compile(
    rf" ?(?:{_VERB}|by|(?:lodged|filed|submitted|made|hosted|sheltered) by)"
    r"(?: (?:from|by|in|to|the|lodged|filed|submitted|made|living|now|currently|still|hosted|being|nationals"
    r"|citizens|people|of|originally|coming|fleeing|residing|staying|found|refuge|protection|safety|come"
    r"|been|alone|shelter|sheltered|registered|born|applied|originated|today|already|presentad[oa]s"
    r"|formulad[oa]s|procedentes|originaires|déposées|gestellt|introduites"
    r"|de|del|por|los|las|der|aus|von|en|par|des|du|dans|den|die|da|dalla|dal|di|dei|van|uit|el|la|le))*"
    r" (?:d['’]|l['’]|dall['’])?",
    re.IGNORECASE,
)
"""What stands between those whom it is of and a part of them: “are from”, “were lodged by”."""

_DONE = re.compile(
    r"\s*(?:$|[.!?;:)…]|['’\"”]"
    r"|,(?! ?(?:[A-Z]\w+(?:,| (?:and|or|y|et|und|e|en)\b)|(?:and|or|y|et|und|e|who|where)\b))"
    r"|(?:nationals?|citizens?|refugees|applicants|asylum[- ]seekers|people|in|at|by|on|last|this|that|during"
    r"|as of|alone|today|now|en|im|fin|a finales|al|au|à|nel|em|according|while|when|whereas|followed"
    r"|compared|up|down)\b)",
    re.IGNORECASE,
)
"""What follows who is a part of them where no more is said of him: not “Syrian women”."""

_AND = re.compile(
    r"(?:\s*,)?\s*(?:,|/|&|\b(?:and|or|y|et|und|e|en|o|ou|oder|plus)\b)\s*(?:the |from )?", re.IGNORECASE
)
_HOSTING = re.compile(
    r"(?: (?:now|still|currently|already|also|then|has|have|had|alone|is|was))*,? (?:host\w*|home to"
    r"|takes? in|took in|taken in|receiv\w*|shelter\w*|accepted|registered|absorb\w*|houses?|housed"
    r"|acog\w+|recib\w+|alberga\w*|accueill\w+|nahm\w*|nimmt|beherberg\w*|ospita\w*|accogli\w*|acolh\w+)\b",
    re.IGNORECASE,
)
_COUNTRY = re.compile(r"\b(?:country|país|pays|paese|Land)\b")
"""“In the country” names the one that was named last, which is not always the one meant."""
_OWNED = re.compile(r"(?:['’]s|s['’])$")
_TOGETHER = re.compile(
    r"\b(?:together|combined|jointly|between them|zusammen|juntos|ensemble)\b", re.IGNORECASE
)
_WORLD = re.compile(
    r"\b(?:world(?:['’]s)?|global(?:ly)?|world-?wide|weltweit\w*|mundial\w*|mundo|monde|mondial\w*|mondo|welt)\b",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"refugee|asyl|asil|applica|applied|claim|seeker|displaced|solicit|demand|domand|pedido|réfugi|refugi"
    r"|rifugi|flüchtling|antr[aä]g|vluchteling|aanvra|\btotal\b"
    r"|\b(?:all|them|these|those|whom|the|that)\s*$",
    re.IGNORECASE,
)
"""Of whom figures are kept, or who was named before."""

_ELSEWHERE = re.compile(
    r"\b(?:in|across|within|throughout|of) (?:the )?(?:[A-Z]|region|continent|bloc|camps?)"
)
_LOCATIVE = re.compile(r"(?<!\w)(?:in|across|within|en|dans|em|nel|au)(?: the)? $", re.IGNORECASE)


_UNIONS = ("eu", "eu27", "eu28")
"""Groups whose members everybody lists alike, so that a share of theirs can be held against the sum."""


def find_share(text: str, where: Span, sentence: Sentence) -> ShareClaim:
    """Find who a percentage is of by what stands behind “of”, and the part by what stands beside."""
    begin, stop, behind = _find_phrase(text, where, sentence)
    namings = [each for each in sentence.namings if not _COUNTRY.search(text, each.start, each.end)]
    inside = [each for each in namings if begin <= each.start < stop]
    rest = [each for each in namings if each not in inside]
    if begin == stop:
        return _find_bare(text, where, sentence)
    regions = [each for each in inside if not isinstance(each.value.countries[0], Country)]
    of_groups = any(each.value.countries[0].code not in _UNIONS for each in regions)
    part, clear = _find_part(text, where, behind, rest, sentence)
    if of_groups or not _WHOM.search(text, begin, stop) or (part and _is_beside_another(text, part, rest)):
        return ShareClaim(told=True)  # of others than are counted here, or of several countries
    if part is None and len(_list_codes(rest)) == 1:
        part = rest[0]
    if part is None:
        return ShareClaim(told=True)
    elsewhere = _ELSEWHERE.search(_leave_out(text, inside, begin, stop)) is not None
    if len(_list_codes(inside)) == 1:
        return _tell_of(text, part, inside[0], clear=clear and not elsewhere)
    if inside or elsewhere:
        return ShareClaim(told=True)
    if _WORLD.search(text, begin, stop):
        role = _find_role(text, part)
        return ShareClaim(
            told=True, world=True, part=_code(part), by_part=role, clear=clear and role is not None
        )
    # “In Germany, Syrians made up 25% of refugees”: of those who are where the sentence is.
    there = [each for each in rest if _code(each) != _code(part) and _is_within(text, each)]
    if len(_list_codes(there)) == 1:
        return _tell_of(text, part, there[0], clear=clear)
    return ShareClaim(part=_code(part), by_part=_find_role(text, part))


def find_whole(text: str, start: int, end: int, namings: Sequence[Mention[Naming]]) -> Mention[Naming] | None:
    """Find the one country whose people the words from `start` on speak of, up to a verb or a comma."""
    stop = _find_end(text, start, end, namings)
    inside = [
        each
        for each in namings
        if start <= each.start < stop and not _COUNTRY.search(text, each.start, each.end)
    ]
    return inside[0] if len(_list_codes(inside)) == 1 else None


def _find_phrase(text: str, where: Span, sentence: Sentence) -> tuple[int, int, int]:
    """Find where the words for the whole begin and end, and where those behind both begin."""
    start, end = where
    if among := _AMONG.search(text, sentence.start, start):
        return among.start("whole"), among.end("whole"), end
    of = _OF.match(text, end)
    if of is None and any(map(str.isdigit, text[start:end])):
        return end, end, end
    begin = of.end() if of else end
    stop = _find_end(text, begin, sentence.end, sentence.namings)
    return begin, stop, stop


def _find_end(text: str, begin: int, end: int, namings: Sequence[Mention[Naming]]) -> int:
    """Find where the words for the whole end: “applications in Spain by Venezuelans” names a part behind."""
    hit = _END.search(text, begin, end)
    stop = hit.start() if hit else end
    first = next((each for each in namings if begin <= each.start < stop), None)
    by = _BY.search(text, first.end, stop) if first else None
    return by.start() if by else stop


def _tell_of(text: str, part: Mention[Naming], whole: Mention[Naming], *, clear: bool) -> ShareClaim:
    return ShareClaim(
        told=True,
        whole=_code(whole),
        part=_code(part),
        by_whole=_find_role(text, whole),
        by_part=_find_role(text, part),
        clear=clear
        and (_code(whole) in _UNIONS or not (_find_role(text, whole) is _find_role(text, part) is None)),
    )


def _find_bare(text: str, where: Span, sentence: Sentence) -> ShareClaim:
    """Find the part where nothing says whom a percentage is of: “22% live in Germany”, “33% were Syrians”."""
    end, rest = where[1], sentence.namings
    part, clear = _find_part(text, where, end, rest, sentence)
    if part is None or part.start < end:
        return ShareClaim()
    if not part.value.people and _is_within(text, part):
        return ShareClaim(part=_code(part), by_part=Role.ASYLUM)
    others = [each for each in rest if _code(each) != _code(part)]
    if _find_role(text, part) is Role.ORIGIN and len(_list_codes(others)) == 1:
        return _tell_of(text, part, others[0], clear=clear)
    return ShareClaim()


def _find_part(
    text: str, where: Span, behind: int, rest: Sequence[Mention[Naming]], sentence: Sentence
) -> tuple[Mention[Naming] | None, bool]:
    """Find who is a part: said behind the verb, else the subject; and whether no other can be meant."""
    start = where[0]
    if _TOGETHER.search(text, sentence.start, sentence.end):
        return None, False
    for each in rest:
        if each.start >= behind:
            gap = text[behind : each.start]
            if _BEHIND.fullmatch(gap):
                return each, _DONE.match(text, each.end) is not None
            break
    for each in reversed(rest):
        if each.end <= start:
            if _BEFORE.fullmatch(text[each.end : start]):
                return each, True
            break
    return None, False


def _is_beside_another(text: str, part: Mention[Naming], rest: Sequence[Mention[Naming]]) -> bool:
    """Say whether another country is named in one breath with it: “Syrians and Afghans”."""
    return any(
        _AND.fullmatch(text[min(each.end, part.end) : max(each.start, part.start)])
        for each in rest
        if _code(each) != _code(part) and (_is_within(text, part) or not _is_within(text, each))
    )


def _leave_out(text: str, namings: Sequence[Mention[Naming]], start: int, end: int) -> str:
    """Return a part of a text without the names of countries."""
    for each in reversed(namings):
        text = text[: each.start] + "x" * (each.end - each.start) + text[each.end :]
    return text[start:end]


def _find_role(text: str, naming: Mention[Naming]) -> Role | None:
    """Tell the side that words put a country on: a nationality is of origin, who is “in” it or hosts, there.

    “Germany's refugees” and “Syria's refugees” leave it open.
    """
    if naming.value.people:
        return Role.ORIGIN
    if _is_within(text, naming) or _HOSTING.match(text, naming.end):
        return Role.ASYLUM
    owned = any(_OWNED.search(text, naming.start, naming.end + more) for more in (0, 2))
    return None if owned or naming.value.role is Role.ASYLUM else naming.value.role


def _is_within(text: str, naming: Mention[Naming]) -> bool:
    return _LOCATIVE.search(text, 0, naming.start) is not None


def _code(naming: Mention[Naming]) -> str:
    return naming.value.countries[0].code


def _list_codes(namings: Sequence[Mention[Naming]]) -> list[str]:
    return [*dict.fromkeys(map(_code, namings))]
