"""Sentences that nobody should ask, the same ones for a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.data.reading.ask.reading import rows
from tests.nonsense import MAX_TEXT, PIECES, nonsense

WORDS = sorted({word for row in rows() for word in row.question.split()})

HEADS = (
    "which country", "what does", "where do", "the highest", "more", "difference between", "how many", "between 2015 and",
    "since", "from", "top", "history of the", "figures", "define", "can", "not accepted", "Korea", "2019", "the last",
)  # fmt: skip
"""Words after which a pattern goes on reading."""

FILLERS = ("-", " ", "a", "- ", "a-", "a ", "-a-", " -", ".", "'", "of ", "to ", "the ", "2019-", "1 ", ", ")
"""What may keep it reading for very long, if the pattern is a bad one."""


def generated(seed: str, count: int) -> Iterator[str]:
    """Nonsense, questions mixed with nonsense, words of questions in any order, and bombs."""
    chance = random.Random(seed)
    mess = nonsense(seed, count)
    for _ in range(count):
        kind = chance.randrange(5)
        if kind == 0:
            yield next(mess)
        elif kind == 1:
            yield f"{chance.choice(rows()).question}{chance.choice(PIECES)}{chance.choice(WORDS)}"
        elif kind == 2:
            yield " ".join(chance.choices([*WORDS, *PIECES], k=chance.randint(1, 25)))
        elif kind == 3:
            yield f"{chance.choice(HEADS)} {chance.choice(FILLERS) * MAX_TEXT}"[: chance.choice((200, 1000))]
        else:
            word = chance.choice([*WORDS, *PIECES, " ", "a", "-", "(", "of of ", "share of a "])
            yield (word * chance.randint(2, MAX_TEXT))[: chance.choice((200, 999, 1000, MAX_TEXT))]
