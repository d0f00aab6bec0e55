"""What people type into options when they mean no harm, and when they do; and what may be answered."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

LARGEST_INTEGER = 2**53
"""Discord takes whole numbers between this and its negative."""

MAX_TEXT = 6000

PIECES = (
    "China", "Chna", "chna", "CHI", "Congo", "DR Congo", "Korea, Republic of", "the USA", "中国", "Россия", "سوريا",
    "@everyone", "@here", "<@1234567890>", "<@&1>", "<#1>", "</asylum figures:1>", "<t:1:R>", "<:x:1>", "**", "__",
    "~~", "||", "`", "```", "> ", "# ", "- ", "[a](http://b)", "https://evil.example", "discord.gg/x", "\\",
    "\u202e", "\u2066", "\u200f", "\u200b", "\u00ad", "\ufeff", "\x00", "\x1b[31m", "\r\n", "\n", "\u2028", "\t",
    "🙈", "👩‍👩‍👧", "🇩🇪", "'; DROP TABLE rollup; --", '" OR 1=1', "%s", "{0}", "$(rm -rf /)", "=1+1", "(", ")", ",",
    "2025", "-1", "1e9", "٢٠٢٥", "½", "2025-11-10", "2025-13-45", "31.02.2025", "9999-99-99", "0000-00-00",
    "Global Trends 2025", "null", "None", "NaN", "true", "*", "~", "all", "ﷺ", "a\u0301\u0316", "𝕮𝖍𝖎𝖓𝖆", "ＵＳＡ", "ß", " ",
)  # fmt: skip

_MENTIONS = re.compile(r"@(everyone|here)|<[@#:/t]|\]\(|https?://")
_MARKUP = set("*`~|#[]<>\\")
_INVISIBLE = re.compile("[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def nonsense(seed: str, count: int) -> Iterator[str]:
    """Yield texts between 1 and 6,000 characters, always the same for a seed."""
    chance = random.Random(seed)
    for _ in range(count):
        kind = chance.random()
        if kind < 0.6:
            text = "".join(chance.choices(PIECES, k=chance.randint(1, 5)))
        elif kind < 0.7:
            text = chance.choice(PIECES) * chance.randint(1, 3000)
        elif kind < 0.85:
            text = "".join(chr(chance.randint(32, 0x2FFF)) for _ in range(chance.randint(1, 60)))
        else:
            text = "".join(
                chr(chance.choice((65, 97, 0x4E00, 0x1F600)) + chance.randint(0, 25)) for _ in range(12)
            )
        yield text[:MAX_TEXT]


def integers(seed: str, count: int) -> Iterator[int]:
    """Yield whole numbers that Discord lets through, small and huge."""
    chance = random.Random(seed)
    yield from (0, -1, 1, LARGEST_INTEGER, -LARGEST_INTEGER, 1999, 2026, 2**31, -(2**31) - 1)
    for _ in range(count - 9):
        most = 10 ** chance.randint(1, 15)
        yield chance.randint(-most, most)


def check_sentence(text: str) -> None:
    """Fail unless a text can be said to anybody: short, on one line, without mention or markup."""
    assert 0 < len(text) <= 300, text
    assert text[-1] in ".?", text
    assert _INVISIBLE.search(text) is None, ascii(text)
    assert _MENTIONS.search(text) is None, text
    assert not _MARKUP & set(text), text
    text.encode()


def check_harmless(text: str) -> None:
    """Fail when a text of ours mentions somebody, or leaves its bold or its table open."""
    assert _MENTIONS.search(text) is None, text
    assert text.count("**") % 2 == text.count("```") % 2 == 0, text
    assert re.search(r"\bNone\b|\bnan\b|\bPlace\(|\{|\}", text) is None, text
