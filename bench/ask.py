"""How long it takes to understand a question: CPU time, for real questions and for generated ones.

    python -m bench.ask [COUNT]

Prints the median, the slowest hundredth and the slowest in milliseconds; the hundredth may take 20 ms.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable

from data.countries import Atlas
from tests.data.reading.ask.generating import generated
from tests.data.reading.ask.reading import read, rows

BUDGET = 20.0


def measure(texts: Iterable[str], atlas: Atlas) -> list[float]:
    """Return milliseconds of CPU for each text, in rising order."""
    taken = []
    for text in texts:
        start = time.process_time()
        read(text, atlas)
        taken.append((time.process_time() - start) * 1000)
    return sorted(taken)


def main(count: int) -> int:
    """Measure both kinds of text and print what was found; 1 where it is over the budget."""
    atlas = Atlas.load()
    start = time.process_time()
    read("How many Chinese applied in Canada last year?", atlas)
    print(f"first question, tables read: {(time.process_time() - start) * 1000:.0f} ms")
    slowest = 0.0
    for name, texts in (
        ("questions", [row.question for row in rows()] * max(count // len(rows()), 1)),
        ("generated", list(generated("bench", count))),
    ):
        taken = measure(texts, atlas)
        hundredth = taken[int(len(taken) * 0.99)]
        slowest = max(slowest, hundredth)
        print(
            f"{name}: {len(taken):,} texts, median {taken[len(taken) // 2]:.2f} ms,"
            f" p99 {hundredth:.2f} ms, slowest {taken[-1]:.2f} ms"
        )
    return int(slowest > BUDGET)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000))
