"""What a word weighs that fills no slot: few can be passed over, the others might change the figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.reading.ask.vocabulary import Slot, is_light, restricts

if TYPE_CHECKING:
    from data.reading.ask.clues import Clues
    from data.reading.words import Mention

MAX_PASSED = 3
"""So many words of a question may be passed over, who is quoted left out."""

_KIND = re.compile(
    r"['’]?s?[\s-]+(?:(?:of|and|or)\s+)?(?:[a-z]+ly\s+)?(?:asylum|refugees?|migrants?|seekers?|applica\w+"
    r"|claim\w*|cases?|people|persons?|individuals?|nationals|citizens|displaced|IDPs?|stateless|returnees?"
    r"|countr(?:y|ies)|nations?|states|decisions?|status|protection|population)\b",
    re.IGNORECASE,
)
"""What a word before it may be a kind of: “LGBT refugees”, “coastal countries”."""
_AMOUNT = re.compile(
    r"\s+(?:(?:and\s+)?[a-z]+\s+)?"
    r"(?:numbers?|amounts?|figures?|totals?|rises?|increases?|surges?|drops?|falls?|declines?|jumps?|growth"
    r"|records?|differences?|gaps?|changes?)\b",
    re.IGNORECASE,
)
_THE = re.compile(r"\b(?:an?|the|such|this|that|these|so|how|most|very)\s+$", re.IGNORECASE)
_ADVERB = re.compile(r"[a-z]{2,}ly")
_WHO = r"(?:(?!(?:how|what|which|who|where|whose|number)\b)[\w.’'-]+[ ,]+(?:and )?){1,7}?"
_SAYING = (
    r"(?:(?:has|have|had|was|were|is|are|keeps?|once|just|recently|today) )?"
    r"(?:sa(?:ys?|id|ying)|claim(?:s|ed|ing)(?= (?:that|the|there|no|it|we|they|he|she)\b)"
    r"|argu(?:es?|ed|ing)|insist(?:s|ed|ing)?|tweet(?:s|ed)?|assert(?:s|ed)?|alleg(?:es?|ed)|brag(?:s|ged)?|boast(?:s|ed)?"
    r"|told (?:us|me|them|parliament)"
    r"|tells (?:us|me)|wrote|writes|suggest(?:s|ed)?|st(?:ates|ated)|reckons?|thinks?|believes?)"
)
_QUOTED = re.compile(
    rf"^\W*(?:(?:so|well|but|and|when|if|as|since|ok|okay|is it true|why do)[ ,]+)*(?P<who>{_WHO}){_SAYING}\b"
    r"|\baccording to (?P<source>(?:(?!\s(?:in|from|of|by|for)\b)[^,?;:]){2,40})\s*(?:[,?;:]|$)"
    r"|,\s+(?:as )?(?P<tail>[^,?]{2,40}?) (?:says|said|claims|claimed|put it)\s*(?=[,?]|\W*$)"
    r"|,\s+(?:says|said|claims|claimed) (?P<speaker>[^,?]{2,40}?)\s*(?=[,?]|\W*$)",
    re.IGNORECASE,
)
"""Who says what is asked about: “Tony Abbott says …”, “according to the Times, …”."""


def find_heavy(clues: Clues) -> tuple[Mention[str], ...]:
    """Return the unknown words that may change the figure; the others are passed over, which is to be said.

    All may where the frame is not filled by what was said: something counted, and a place, a year, an order.
    """
    strays = clues.strays
    filled = bool(clues.measures) and (
        bool(clues.places or clues.years or clues.floors)
        or clues.has(Slot.COUNTRIES, Slot.ORIGINS, Slot.ASYLUMS, Slot.WORLDWIDE, Slot.MOST, Slot.LEAST)
    )
    if not filled:
        return strays
    rest = [each for each in strays if not _is_of_who_says_it(clues, each)]
    if len(rest) > MAX_PASSED:
        return strays
    return tuple(each for each in rest if not _is_light(clues.text, each))


def _is_of_who_says_it(clues: Clues, word: Mention[str]) -> bool:
    """Say whether a word is of a name that a saying is put to, which is no country's."""
    for quoted in _QUOTED.finditer(clues.text):
        name = next(each for each in quoted.groupdict() if quoted[each] is not None)
        start, end = quoted.span(name)
        if start <= word.start < end:
            told = (*clues.places, *clues.measures, *clues.years)
            return not any(start <= each.start < end for each in told)
    return False


def _is_light(text: str, word: Mention[str]) -> bool:
    """Say whether a word hardly restricts: an opinion, a manner of speaking, how large a number seems."""
    said, start = text[word.start : word.end], word.start
    key = said.casefold()
    begins = not text[:start].strip(" \"'“‘(") or text[:start].rstrip().endswith((".", "!", "?", ":"))
    if not said.isalpha() or restricts(key) or (not said.islower() and not begins and not text.isupper()):
        return False
    if _KIND.match(text, word.end):
        return False
    adverb = _ADVERB.fullmatch(key) is not None
    amount = _AMOUNT.match(text, word.end) is not None and _THE.search(text[:start]) is not None
    return is_light(key) or adverb or amount
