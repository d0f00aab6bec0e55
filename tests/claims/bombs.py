"""Texts of at most 6,000 characters that nobody should paste: markup, mentions, bombs, and articles cut to bits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.claims.chance import sentences
from tests.nonsense import MAX_TEXT, PIECES, nonsense

_ARTICLE = Path(__file__).with_name("article.txt").read_text("utf-8")
_BOMBS = (
    "1", "1,", "1,111 ", "1.1", "111 ", " ", "a ", "between 1 and ", "between ", "1,000 to ", "half a ", "%", "1% ", "single-",
    "some ", "dozens of ", "(((", "https://a.b/", "@a", "@", "<@1> ", "<@", "x@y.", "a.", "asylum ", "asylum 1,000 ", "China ",
    "from China in Germany, ", "since 2013 ", "2013–2014 ", "in 2025 ", "record ", "rose 5% ", "down ", "more than double ",
    "revised ", "pending claims were pending ", "new asylum seekers ", "\n", "- \n", "```\n1,000\n```", "||", "**", "> 1\n",
    "1 January 2025 ", "+49 30 ", "12-34-56 ", "$1 ", "0" * 50 + " ", "9" * 30 + " ", "1e9 ", "½ million ", "٣٤٥ ", "Mr. ", "e.g. ",
    "stieg auf 5.000 ", "um 30 % ", "verdoppelt ", "el doble que en 2023 ", "un record, ", "2.655.191 Mio. ", "3,456,789 million ",
    "die Hälfte der Asylanträge ", "par rapport à 2023 ", "von 5.000 auf ", "mehr als 2023 ", "die höchste Zahl seit ",
)  # fmt: skip


def bad_texts(seed: str, count: int) -> Iterator[str]:
    """Yield texts that are always the same for a seed."""
    chance = random.Random(seed)
    typed = nonsense(seed, count)
    words = _ARTICLE.split(" ")
    random_sentences = [each for kind in ("exact", "small") for each in sentences(kind, 200, seed)]
    for _ in range(count):
        kind = chance.randrange(6)
        if kind == 0:
            text = next(typed)
        elif kind == 1:
            text = "asylum " + chance.choice(_BOMBS) * chance.randint(1, 3000)
        elif kind == 2:
            text = "asylum " + "".join(chance.choices(_BOMBS + PIECES, k=chance.randint(1, 400)))
        elif kind == 3:
            text = " ".join(chance.sample(words, k=chance.randint(2, len(words))))
        elif kind == 4:
            text = " ".join(chance.choices(random_sentences, k=chance.randint(1, 60)))
        else:
            cut = chance.randrange(len(_ARTICLE))
            text = _ARTICLE[:cut] + chance.choice(_BOMBS + PIECES) * chance.randint(1, 9) + _ARTICLE[cut:]
        yield text[:MAX_TEXT]


def full_length_texts(seed: str, count: int) -> Iterator[str]:
    """Yield texts of 6,000 characters, full of figures: the most that a check has to do."""
    chance = random.Random(seed)
    pool = [*_ARTICLE.split(". "), *islice(sentences("exact", 300, seed), 300)]
    for _ in range(count):
        yield ". ".join(chance.choices(pool, k=80))[:MAX_TEXT]
