"""Names folded so that only the letters count: case, accents, punctuation and width do not.

Latin, Greek and Cyrillic letters lose their accents and Arabic and Hebrew their vowel points,
which hardly anybody types. Devanagari is written with dots or without, with a nasal or a dot for it, with
long vowels or short ones: the same name. The signs of other scripts are letters in their own right and stay.
"""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 120
"""Characters a name may have; in no language has a country one of more than 100."""

_APOSTROPHES = "'’‘‛`´ʻʼʽʹʾʿ＇"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s?$", re.IGNORECASE)
_ARTICLE = re.compile(r"^the (?=.)|(?<=.) the$")
_FLAGS = {0x1F1E6 + place: letter for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
_SPOKEN = {ord("&"): " and ", ord("＆"): " and "} | dict.fromkeys(map(ord, _APOSTROPHES + ".")) | _FLAGS
_ACCENTS_FROM = 200
_POINTS = range(10, 37)

# Letters that Unicode does not take apart, and the two Arabic letters that keyboards disagree on.
_PLAIN = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŋ": "n", "ı": "i",
        "ک": "ك", "ی": "ي", "ى": "ي", "ة": "ه",
        "ी": "ि", "ई": "इ", "ू": "ु", "ऊ": "उ", "ै": "े", "ऐ": "ए", "ौ": "ो", "औ": "ओ", "ॉ": "ा", "ऑ": "आ",
        "ँ": "ं", "़": "",
    }
)  # fmt: skip
_NASAL = re.compile("[ङञणनम]्")
_NASAL_DOT = "ं"


def fold(text: str) -> str:
    """The words of a name, in small plain letters with single blanks between them.

    The article "the" and a possessive ending are left out, a flag becomes its two letters.
    What has no letters or digits, or is too long for a name, folds to nothing.
    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        return ""
    text = _POSSESSIVE.sub("", text).translate(_SPOKEN).casefold()
    if not text.isascii():
        text = _strip_marks(unicodedata.normalize("NFKC", text).translate(_SPOKEN).casefold())
    return _ARTICLE.sub("", " ".join("".join(map(_keep, text)).split()))


def join(words: str) -> str:
    """Folded words without the blanks, so that "Guinea-Bissau" and "guineabissau" are one."""
    return words.replace(" ", "")


def code(text: str) -> str:
    """A text as a code would be written, in capitals, or nothing if it cannot be one.

    Accents count here: "Áo" is Vietnamese for Austria, and no way of writing Angola's "AO".
    """
    if len(text) > MAX_LENGTH:
        return ""
    letters = unicodedata.normalize("NFKC", text.translate(_FLAGS)).replace(".", "").strip()
    return letters.upper() if letters.isascii() and letters.isalpha() else ""


def _strip_marks(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in apart if not _is_accent(character))
    return _NASAL.sub(_NASAL_DOT, unicodedata.normalize("NFC", bare).translate(_PLAIN))


def _is_accent(character: str) -> bool:
    """Whether this sits above or below a letter, or is a vowel point, by its Unicode combining class."""
    place = unicodedata.combining(character)
    return place >= _ACCENTS_FROM or place in _POINTS


def _keep(character: str) -> str:
    if character.isalnum():
        return character
    category = unicodedata.category(character)
    if category[0] == "M":
        return character
    return "" if category == "Cf" else " "
