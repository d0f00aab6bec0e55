"""A text made fit to be read: addresses, mentions and markup blanked out, in sentences. Pure.

What is left out becomes as many blanks, so that every position stays what it was.
"""

from __future__ import annotations

import re

LONGEST = 6000
"""Characters of a text that are read: as many as Discord takes in an option."""

_FOREIGN = re.compile(
    r"https?://[^\s<>]{1,2000}"
    r"|\bwww\.[^\s<>]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,63}"
    r"|<(?:[@#][!&]?|a?:\w{1,32}:|t:|/[^:>]{1,100}:|id:)[^>\n]{0,80}>"
    r"|(?<!\w)@\w{1,32}"
    r"|(?<!\w)#\w{1,100}"
)
_MARKUP = re.compile(r"[*_~`|>\\]|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0b-\x1f]")
_SPACES = re.compile(r"[\t\r]")
_END = re.compile(
    r"(?<![A-Z])(?<!\b[a-z])(?<!\bno)(?<!\bca)(?<!\bapprox)(?<!\bMio)(?<!\bSt)[.!?]+[\"”’)\]]{0,2}(?=\s|$)|\n\s*\n|\n(?=\s*[-•*#])|\n"
)
_SOFT = re.compile(r"(?<=[\w,;])\n(?=[a-z0-9])")


def clean(text: str) -> str:
    """Blank out what is no prose; the result is at most 6,000 characters, each where it was."""
    text = text[:LONGEST]
    text = _FOREIGN.sub(lambda hit: " " * len(hit[0]), text)
    text = _SOFT.sub(" ", text)
    return _SPACES.sub(" ", _MARKUP.sub(" ", text))


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence begins and ends."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for hit in _END.finditer(text):
        if text[begin : hit.end()].strip():
            spans.append((begin, hit.end()))
        begin = hit.end()
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return tuple(spans)
