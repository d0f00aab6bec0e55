"""How rows stand in the tables."""

from __future__ import annotations

import io

from rich.console import Console

from bench.growth import Growth, write_growth
from bench.rows import Peer, Reference, Row
from bench.tables import cells_of, show, write, write_peers

HELD = Row("Charts", "fresh", 7.0, "ms", Reference("F0", 14.0), 0.7)
BROKEN = Row("Event loop", "lag max", 12.5, "ms", None, 10)
ASIDE = Row("Event loop", "idle", 0.25, "ms")


def test_a_row_says_ours_the_reference_the_ratio_the_budget_and_whether_it_is_held() -> None:
    assert cells_of(HELD) == ("fresh", "7.00 ms", "F0: 14.0 ms", "0.50", "≤ 0.7 ×", "held")
    assert cells_of(BROKEN) == ("lag max", "12.5 ms", "–", "–", "≤ 10 ms", "NOT HELD")
    assert cells_of(ASIDE) == ("idle", "0.25 ms", "–", "–", "–", "")


def test_the_terminal_and_the_markdown_show_every_row_below_its_group() -> None:
    file = io.StringIO()
    show(Console(file=file, width=150), "Budgets", [HELD, BROKEN, ASIDE])
    written = "\n".join(write("Budgets", [HELD, BROKEN, ASIDE]))

    for text in (file.getvalue(), written):
        places = [text.index(words) for words in ("Charts", "fresh", "Event loop", "lag max", "idle")]
        assert places == sorted(places)
        assert text.count("NOT HELD") == 1
    assert {line.count("|") for line in written.splitlines() if line.startswith("|")} == {7}


def test_other_tools_stand_beside_this_bot_on_the_same_chart() -> None:
    peers = [
        Peer("line", "this bot", 5, 30),
        Peer("line", "pyplot, naively", 100, 90),
        Peer("bar", "this bot", 4, 20),
        Peer("bar", "pyplot, naively", 100, 60),
    ]

    lines = list(write_peers(peers))

    assert "| line | pyplot, naively | 100 ms | 20.0 × | 90 KB |" in lines
    assert "| bar | pyplot, naively | 100 ms | 25.0 × | 60 KB |" in lines


def test_growth_has_a_column_for_each_size_and_the_slope_in_words() -> None:
    growth = Growth("all kinds, p99", "ms", {1: 5.0, 3: 5.1, 10: 5.2})

    lines = write_growth("How it grows", "releases", [growth])

    assert "| what | 1 releases | 3 releases | 10 releases | slope |" in lines
    assert "| all kinds, p99 | 5 ms | 5.1 ms | 5.2 ms | does not grow (∝ n^0.02) |" in lines
    assert write_growth("How it grows", "releases", []) == []
