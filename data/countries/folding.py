"""Names folded so that only the letters count: case, accents, punctuation and width do not.

Latin, Greek and Cyrillic letters lose their accents and Arabic and Hebrew their vowel points,
which hardly anybody types. The signs of other scripts are letters in their own right and stay.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
"""Characters of a text that count; the longest name of a country in any language has about 90."""

_APOSTROPHES = "'’‘‛`´ʻʼʽʹʾʿ＇"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s?$", re.IGNORECASE)
_ARTICLE = re.compile(r"^the (?=.)")
_FLAGS = {0x1F1E6 + i: chr(ord("a") + i) for i in range(26)}
_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES + "."))
_WRITTEN_OUT = str.maketrans({"&": " and ", "＆": " and "}) | _FLAGS | _DROPPED

# Letters that Unicode does not take apart, and the two Arabic letters that keyboards disagree on.
_PLAIN = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŋ": "n", "ı": "i",
        "ک": "ك", "ی": "ي", "ى": "ي",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """The words of a name, in small plain letters with single blanks between them.

    A leading "the" and a possessive ending are left out; a flag becomes its two letters.
    What has no letters and no digits folds to nothing.
    """
    text = _POSSESSIVE.sub("", text[:LONGEST].strip()).translate(_WRITTEN_OUT)
    if not text.isascii():
        text = _strip_marks(unicodedata.normalize("NFKC", text).translate(_WRITTEN_OUT).casefold())
    words = "".join(map(_keep, text.casefold())).split()
    return _ARTICLE.sub("", " ".join(words))


def key(text: str) -> str:
    """A folded name without its blanks, so that "Guinea-Bissau" and "guineabissau" are one."""
    return fold(text).replace(" ", "")


def code(text: str) -> str:
    """A text as a code would be written, in capitals, or nothing if it cannot be one.

    Accents count here: "Áo" is Vietnamese for Austria, and no way of writing Angola's "AO".
    """
    letters = unicodedata.normalize("NFKC", text[:LONGEST].translate(_FLAGS)).replace(".", "").strip()
    return letters.upper() if letters.isascii() and letters.isalpha() else ""


def _strip_marks(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in apart if not _is_accent(c))
    return unicodedata.normalize("NFC", bare).translate(_PLAIN)


def _is_accent(character: str) -> bool:
    """Whether this is an accent above or below a letter, or a vowel point of Hebrew or Arabic."""
    place = unicodedata.combining(character)
    return place >= 200 or 10 <= place <= 36  # noqa: PLR2004  Unicode's combining classes


def _keep(character: str) -> str:
    if character.isalnum():
        return character
    category = unicodedata.category(character)
    if category[0] == "M":
        return character
    return "" if category == "Cf" else " "
