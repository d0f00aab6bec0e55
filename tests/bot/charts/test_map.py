"""The map: each country has the colour of its number's class."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.charts.colours import PAPER, channels
from bot.charts.map import (
    BACKGROUND,
    NOT_PUBLISHED,
    SHADES,
    MapArea,
    MapChart,
    choose_plate,
    draw_map,
    find_class,
    find_cut,
)
from bot.charts.page import Page
from bot.charts.subjects import Heading
from data.countries.groups import members
from data.countries.population import population_of
from tests.bot.charts.atlas import PLATE, find_top, read_colours
from tests.bot.charts.sketches import SOURCE, colours, written
from tests.examples import examples

LIMITS = (10.0, 100.0, 1_000.0, 10_000.0)
LABELS = ("under 10", "10–99", "100–999", "1,000–9,999", "10,000 and more")
HEADING = Heading("The USA leads with 68,691", "Pending claims from China, by country of asylum", SOURCE)
KEYS = sorted(set(PLATE.places) - {"-"})


def chart(*areas: MapArea, note: str = "") -> MapChart:
    return MapChart(HEADING, areas, LIMITS, LABELS, notes=(note,))


@settings(max_examples=examples(8), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 200_000), min_size=1, max_size=220))
def test_every_country_has_the_colour_of_its_number(page: Page, values: dict[str, int]) -> None:
    found = read_colours(draw_map(page, chart(*(MapArea(key, value) for key, value in values.items()))))

    for key, colour in found.items():
        shade = SHADES[find_class(values[key], LIMITS)] if key in values else NOT_PUBLISHED
        if key in values or not PLATE.places[key].small:
            assert colour == channels(shade.colour), key


def test_no_two_classes_look_alike_in_grey_either() -> None:
    lightness = [
        float(np.dot(channels(shade.colour), (0.299, 0.587, 0.114))) for shade in (NOT_PUBLISHED, *SHADES)
    ]
    assert lightness == sorted(lightness, reverse=True)
    assert min(-np.diff(lightness)) > 20


def test_small_countries_are_dots_only_where_they_have_a_figure(page: Page) -> None:
    malta = PLATE.places["MTA"]
    with_figure = read_colours(draw_map(page, chart(MapArea("MTA", 50))))
    assert malta.small
    assert with_figure["MTA"] == channels(SHADES[1].colour)
    without = read_colours(draw_map(page, chart(MapArea("CHI", 50))))
    assert without["MTA"] != channels(SHADES[1].colour)


def test_a_zero_is_coloured_and_nothing_published_is_grey(page: Page) -> None:
    found = read_colours(draw_map(page, chart(MapArea("CHI", 0))))

    assert found["CHI"] == channels(SHADES[0].colour)
    assert found["IND"] == channels(NOT_PUBLISHED.colour)


def test_cases_are_hatched_and_the_legend_says_so(page: Page) -> None:
    picture = colours(draw_map(page, chart(MapArea("BRA", 5_000, cases=True))))
    assert "in cases" in written(page)
    rows, columns = np.nonzero(PLATE.owner == PLATE.places["BRA"].number)
    top = find_top(picture)
    inside = picture[rows.min() + top : rows.max() + top, columns.min() + 30 : columns.max() + 30].reshape(
        -1, 3
    )
    share = (inside == channels(SHADES[3].colour)).all(axis=1).mean()
    white = (inside == channels(PAPER)).all(axis=1).mean()
    assert 0.2 < share < 0.7
    assert white > 0.2
    draw_map(page, chart(MapArea("BRA", 5_000)))
    assert "in cases" not in written(page)


def test_the_legend_names_every_class_and_what_grey_is(page: Page) -> None:
    draw_map(page, chart(MapArea("CHI", 5), note="mid-year: 30 June 2025"))

    assert [*LABELS, "not published", "mid-year: 30 June 2025"] == written(page)[-7:]


def test_the_longest_legend_fits(page: Page) -> None:
    labels = ("under 1,000", "1,000–9,999", "10,000–99,999", "100k–999k", "1M and more")
    areas = (MapArea("CHI", 5), MapArea("BRA", 5, cases=True))
    for grey in ("not published", "none, or summed", "no rate"):
        draw_map(page, MapChart(HEADING, areas, LIMITS, labels, grey, ("mid-year: Jan–Jun 2025",)))
        assert written(page)[-8:] == [*labels, grey, "in cases", "mid-year: Jan–Jun 2025"]


def test_a_heading_of_many_lines_leaves_the_legend_whole(page: Page) -> None:
    long = Heading("A finding that goes on and on " * 6, "What is measured, and where, and when " * 5, SOURCE)
    draw_map(page, MapChart(long, (MapArea("CHI", 5),), LIMITS, LABELS))

    assert written(page)[-6:] == [*LABELS, "not published"]


def test_an_area_that_the_plate_does_not_have_is_not_drawn(page: Page) -> None:
    assert draw_map(page, chart(MapArea("CHI", 5), MapArea("UKN", 900))) == draw_map(
        page, chart(MapArea("CHI", 5))
    )


def test_without_any_area_the_page_says_so(page: Page) -> None:
    draw_map(page, chart())
    assert "No figures published" in written(page)


def test_a_map_has_a_label_for_each_of_at_most_five_classes() -> None:
    with pytest.raises(ValueError, match="one label"):
        MapChart(HEADING, (), LIMITS, LABELS[1:])
    with pytest.raises(ValueError, match="rising"):
        MapChart(HEADING, (), LIMITS[::-1], LABELS)
    with pytest.raises(ValueError, match="not negative"):
        MapArea("CHI", -1)


def test_a_map_s_file_is_small(page: Page) -> None:
    areas = [MapArea(key, 7 ** (number % 7)) for number, key in enumerate(KEYS)]
    assert len(draw_map(page, chart(*areas))) < 55_000


def test_a_story_in_one_region_is_told_on_its_map() -> None:
    """What counts is how much of all is there, not how many countries."""
    europe = (
        MapArea("GFR", 900),
        MapArea("FRA", 80),
        MapArea("USA", 9),
        MapArea("AUL", 1),
        MapArea("CAN", 1),
    )
    assert choose_plate(europe) == "europe"
    assert choose_plate((*europe, MapArea("CHI", 500))) == "world"
    assert choose_plate((MapArea("ARE", 264), MapArea("UGA", 20), MapArea("GFR", 5))) == "nile"
    assert choose_plate((MapArea("PER", 538), MapArea("BRA", 90), MapArea("SPA", 60))) == "americas"
    assert choose_plate((MapArea("MLS", 52), MapArea("IND", 18))) == "south-east-asia"
    assert choose_plate((MapArea("GFR", 0),)) == choose_plate(()) == "world"


@pytest.mark.parametrize(
    ("code", "plate", "cut"),
    [
        ("eu", "europe-and-svalbard", []),
        ("scandinavia", "nordic", []),
        ("europe", "europe-and-svalbard", ["RUS"]),
        ("northern-europe", "northern-europe", []),
        ("micronesia", "micronesia", []),
        ("africa", "africa", []),
        ("south-america", "south-america", []),
        ("central-america", "central-america", []),
        ("caribbean", "caribbean", []),
        ("baltic", "baltic", []),
        ("polynesia", "polynesia", []),
        ("americas", "world", []),
        ("western-asia", "western-asia", []),
        ("oceania", "oceania", []),
        ("oecd", "world", []),
    ],
)
def test_the_plate_of_a_group_shows_its_members_whole(code: str, plate: str, cut: list[str]) -> None:
    within = {each for each in members(code, 2025) if population_of(each, 2025)}

    assert choose_plate([MapArea(key, 1) for key in within], within) == plate
    assert find_cut(plate, within) == cut


def test_who_is_outside_a_group_is_background_and_no_gap_in_what_is_published(page: Page) -> None:
    group = replace(chart(MapArea("CHI", 5)), members=frozenset({"CHI", "IND"}), outside="outside the group")
    found = read_colours(draw_map(page, group))

    assert found["IND"] == channels(NOT_PUBLISHED.colour)
    assert found["BRA"] == channels(BACKGROUND.colour)
    assert {"not published", "outside the group"} < set(written(page))


def test_a_region_s_map_has_its_legend_beside_it_and_its_notes_whole(page: Page) -> None:
    beyond = "Beyond this map: United Arab Emirates 5,772 and 69 more"
    areas = (MapArea("GFR", 65_511), MapArea("MTA", 50))
    picture = colours(
        draw_map(page, MapChart(HEADING, areas, LIMITS, LABELS, notes=("", beyond), plate="europe"))
    )
    assert set(LABELS) < set(written(page))
    assert beyond in " ".join(written(page))
    dark = (picture == channels(SHADES[4].colour)).all(axis=2)
    assert dark[:, 410:].sum() > 4_000  # Germany, which has not 700 pixels on the map of the world
    assert all(text.box.right < 410 for text in page.texts if text.words in LABELS)
