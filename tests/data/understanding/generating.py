"""Sentences that nobody should ask, the same ones for a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.data.understanding.reading import rows
from tests.nonsense import LONGEST_TEXT, PIECES, nonsense

WORDS = sorted({word for row in rows() for word in row.question.split()})


def generated(seed: str, count: int) -> Iterator[str]:
    """Nonsense, questions mixed with nonsense, words of questions in any order, and bombs."""
    chance = random.Random(seed)
    mess = nonsense(seed, count)
    for _ in range(count):
        kind = chance.randrange(4)
        if kind == 0:
            yield next(mess)
        elif kind == 1:
            yield f"{chance.choice(rows()).question}{chance.choice(PIECES)}{chance.choice(WORDS)}"
        elif kind == 2:
            yield " ".join(chance.choices([*WORDS, *PIECES], k=chance.randint(1, 25)))
        else:
            word = chance.choice([*WORDS, *PIECES, " ", "a", "-", "(", "of of ", "share of a "])
            yield (word * chance.randint(2, LONGEST_TEXT))[: chance.choice((200, 999, 1000, LONGEST_TEXT))]
