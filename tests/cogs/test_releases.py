"""How figures came to be what they are, asked as people ask: /asylum history and changes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.asking import Asker, read_csv
from tests.cogs.test_golden import JUNE, MID, NOW, first_line, table

in_one_loop = pytest.mark.asyncio(loop_scope="session")


@in_one_loop
async def test_the_history_of_the_article_s_number_is_a_completion(asker: Asker) -> None:
    message = await asker.message("history", {"measure": "pending", "origin": "China", "year": 2025})

    assert (await first_line(asker, message)) == (
        "People from China waiting for a decision, 2025: 178,725 (30 June 2025; 83%, in the USA, probably carried forward from 30 June 2024)"
        " → 99,716 (31 December 2025, completed, 44% lower;"
        " in the USA and in the United Kingdom many without an origin since 2025)."
    )
    assert (await asker.pressed(message))[-1].splitlines()[2] == (
        "First published on 10 Nov 2025 (Mid-Year Trends 2025); completed on 12 Jun 2026"
        " (Global Trends 2025). 214 days until the newest figure so far."
    )
    rows = await table(asker, message)
    assert rows[0] == "release figure covers kind"
    assert "10 Nov 2025 178,725 persons 30 June 2025 first" in rows
    assert "12 Jun 2026 99,716 persons 31 December 2025 completed" in rows
    assert rows[-1] == "25 Jun 2026 99,716 persons 31 December 2025 unchanged"
    caveats = await asker.details(message)
    assert "the mid-year figure was not wrong, it covered half a year or stood on 30 June" in caveats
    assert "corrected" not in (await first_line(asker, message))
    assert message["embeds"][0]["footer"]["text"].endswith(
        "Global Trends 2025, corrected (25 Jun 2026) · CC BY 4.0"
    )


@in_one_loop
async def test_history_as_of_a_day_leaves_out_what_came_later(asker: Asker) -> None:
    message = await asker.message("history", {"origin": "China", "year": 2025, "as_of": MID})

    assert (await first_line(asker, message)) == (
        "People from China waiting for a decision, 2025: 178,725 (30 June 2025; 83%, in the USA, probably carried forward from 30 June 2024)."
    )
    assert "no release that is kept has changed it since" in await asker.details(message)
    assert message["embeds"][0]["footer"]["text"].endswith("Mid-Year Trends 2025 (10 Nov 2025) · CC BY 4.0")


@in_one_loop
async def test_half_a_year_of_applications_has_no_percentage_beside_a_whole_one(asker: Asker) -> None:
    message = await asker.message("history", {"measure": "applications", "origin": "China"})

    assert (await first_line(asker, message)) == (
        "New asylum applications from China, 2025: 9,307 (Jan–Jun 2025) → 25,173 (2025, completed)"
        " → 25,210 (2025, corrected, about the same)."
    )


@in_one_loop
async def test_changes_in_canada_lead_with_its_corrected_decisions(asker: Asker) -> None:
    message = await asker.message("changes", {"release": NOW, "asylum": "Canada"})

    assert (await first_line(asker, message)) == (
        "Asylum decisions in Canada in 2025: corrected on 25 June 2026, 199,610 → 96,789, 52% lower."
    )
    assert "recognised as refugees 107,690 → 52,831" in await asker.details(message)
    rows = await table(asker, message)
    assert len(rows) == 11
    assert "Haiti Recognised as refugees, 2025 13,421 4,248 corrected" in rows


@in_one_loop
async def test_what_june_completed_is_told_with_what_each_figure_covers(asker: Asker) -> None:
    message = await asker.message("changes", {"release": JUNE, "origin": "China"})

    assert (await first_line(asker, message)) == (
        "People from China waiting for a decision in 2025: completed on 12 June 2026, 178,725 (30 June; 83%, in the"
        " USA, probably carried forward from 30 June 2024) → 99,716 (31 December), 44% lower; in the USA many without"
        " an origin since 2025."
    )
    assert "new applications 9,307 (January–June) → 25,173 (whole year)" in await asker.details(message)
    assert {row.rsplit(" ", 1)[-1] for row in (await table(asker, message))[1:]} == {"completed"}


@in_one_loop
async def test_a_total_may_match_though_no_single_figure_does(asker: Asker) -> None:
    """Decisions are the sum of four outcomes, none of which moved as far."""
    options = {"release": NOW, "asylum": "Canada", "measure": "decisions", "at_least": 100_000}
    message = await asker.message("changes", options)

    assert "199,610 → 96,789" in (await first_line(asker, message))


@in_one_loop
async def test_the_csv_of_changes_lists_every_one_that_matches(asker: Asker) -> None:
    options = {"release": NOW, "asylum": "Canada", "measure": "recognised", "at_least": 5_000}
    message = await asker.message("changes", options)
    pressed = await asker.csv(message)
    assert pressed.reply
    rows = read_csv(asker.file(pressed.reply["attachments"][0]))

    moved: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        assert row["measure"] == "recognised"
        moved.setdefault((row["origin"], row["asylum"]), []).append(int(row["value"]))
    assert {row["change"] for row in rows} == {"corrected"}
    assert moved["Haiti", "Canada"] == [13_421, 4_248]
    assert moved["all", "Canada"] == [107_690, 52_831]
    assert all(abs(after - before) >= 5_000 for before, after in moved.values())


@in_one_loop
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"release": "2023-04-27"},
            (
                "Mid-Year Trends 2022 (27 April 2023) is the first release kept,"
                " so there is nothing to compare it with; choose a later one."
            ),
        ),
        (
            {"measure": "recognition-rate"},
            "A rate changes with its decisions; ask for measure:decisions.",
        ),
        (
            {"at_least": 9_007_199_254_740_991},
            (
                "Global Trends 2025, corrected (25 June 2026) changed nothing that matches;"
                " ask for less, or another release."
            ),
        ),
        (
            {"release": JUNE, "kinds": "new period"},
            "Global Trends 2025 (12 June 2026) changed nothing that matches; ask for less, or another release.",
        ),
    ],
)
async def test_changes_that_there_are_not_are_a_sentence(
    asker: Asker, options: dict[str, Any], sentence: str
) -> None:
    assert await asker.refusal("changes", options) == sentence


@in_one_loop
async def test_a_figure_whose_dataset_is_kept_since_lately_was_not_first_published_then(asker: Asker) -> None:
    message = await asker.message("history", {"measure": "resettled", "asylum": "USA", "year": 2020})

    assert "Kept since 25 Jun 2026 (Global Trends 2025, corrected);" in message["content"]
    assert "not published" not in message["embeds"][0]["description"]
