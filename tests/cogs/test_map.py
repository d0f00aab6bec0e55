"""The map that is sent shows the numbers that are sent with it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.charts.colours import channels
from bot.charts.map import NOT_PUBLISHED, RATE_LIMITS, SHADES, choose_limits, find_class
from tests.asking import Asker, read_csv
from tests.bot.charts.atlas import BELOW_HEADING, PLATE, find_top, read_colours
from tests.bot.charts.sketches import colours

in_one_loop = pytest.mark.asyncio(loop_scope="session")


@in_one_loop
@pytest.mark.parametrize(
    "options",
    [
        {"origin": "China"},
        {"measure": "applications", "year": 2024},
        {"measure": "pending", "by": "origin", "as_of": "2025-11-10"},
        {"measure": "recognised", "asylum": "Canada"},  # from all over the world: no region is drawn
        {"measure": "protection-rate", "year": 2023},
    ],
    ids=lambda options: " ".join(map(str, options.values())),
)
async def test_each_country_s_class_is_that_of_its_number(asker: Asker, options: dict[str, Any]) -> None:
    message = await asker.message("map", options)
    pressed = await asker.csv(message)
    assert pressed.reply
    rows = read_csv(asker.file(pressed.reply["attachments"][0]))
    side = "origin" if options.get("by") == "origin" or "asylum" in options else "asylum"
    rate = "rate" in options.get("measure", "")
    persons = {row[side]: float(row["value"]) for row in rows if row["unit"].endswith("persons")}
    cases = {row[side]: float(row["value"]) for row in rows if row["unit"].endswith("cases")}
    shown = {
        name: (persons.get(name) or cases.get(name, 0)) * (100 if rate else 1) for name in persons | cases
    }
    countries = {code: asker.bot.services.countries.by_code(code) for code in PLATE.places}
    on_map = {
        code: shown[country.name] for code, country in countries.items() if country and country.name in shown
    }
    limits = RATE_LIMITS if rate else choose_limits(on_map.values())

    png = asker.file(message["attachments"][0])
    assert find_top(colours(png)) >= BELOW_HEADING  # nothing of the north is cut off
    found = read_colours(png)
    assert len(set(on_map) & set(found)) > 0.5 * len(on_map)
    for code, colour in found.items():
        if code in on_map:
            assert colour == channels(SHADES[find_class(on_map[code], limits)].colour), (code, on_map[code])
        elif not PLATE.places[code].small:
            assert colour == channels(NOT_PUBLISHED.colour), code


@in_one_loop
async def test_the_words_are_the_largest_numbers_and_name_what_has_no_place(asker: Asker) -> None:
    message = await asker.message("map", {"origin": "China"})
    assert (await asker.pressed(message))[-1].splitlines()[0] == (
        "People from China waiting for a decision on 31 December 2025, by country of asylum:"
        " **USA 68,691**, Australia 8,507, Canada 7,304."
    )
    assert "50 countries of asylum have a figure" in await asker.details(message)
    assert "imply no opinion" in await asker.details(message)

    origins = await asker.message("map", {"by": "origin"})
    assert "Unknown origin (1,572,774 persons)" in await asker.details(origins)
