"""The world's plate has every country that UNHCR lists, where it is; a region's those of the region."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bot.charts.boxes import Box
from bot.charts.world.compile import NOBODY, REGIONS, place
from bot.charts.world.raster import HEIGHT, WIDTHS, WORLD, Raster, read_places
from data.countries.table import read_listed

AWAY = {"oceania": "ZAF", "australia-and-new-zealand": "ZAF"}
"""Who is on the other side of a region's globe, where that is not New Zealand."""
SPECKS = {"benelux", "melanesia", "micronesia", "polynesia"}
"""Regions of which the map of the world shows no more than specks."""
PLATES = {plate: Raster.load(plate) for plate in WIDTHS}
PLATE = PLATES[WORLD]
LISTED = {country.code: country for country in read_listed()}
CODES = {country.iso3: country.code for country in LISTED.values() if country.iso3}


def owner_at(east: float, north: float, plate: str = WORLD) -> str:
    x, y = place(np.array([[east, north]]), plate)[0]
    number = int(PLATES[plate].owner[int(y), int(x)])
    return next((code for code, each in PLATES[plate].places.items() if each.number == number), "sea")


def test_every_country_that_unhcr_lists_has_a_place_and_nothing_else_has() -> None:
    assert set(PLATE.places) == {NOBODY, *(code for code, each in LISTED.items() if each.is_country)}


@pytest.mark.parametrize(
    ("iso3", "east", "north"),
    [
        ("CHN", 104.0, 35.0), ("USA", -98.0, 39.0), ("USA", -150.0, 65.0), ("DEU", 10.0, 51.0), ("AUS", 134.0, -25.0),
        ("RUS", 100.0, 62.0), ("RUS", 178.5, 66.5), ("CAN", -106.0, 56.0), ("BRA", -53.0, -10.0), ("ZAF", 24.0, -31.0),
        ("LSO", 28.3, -29.5), ("EGY", 29.0, 27.0), ("SDN", 30.0, 15.0), ("SSD", 30.0, 7.5), ("VEN", -66.0, 7.0),
        ("ESH", -13.0, 24.5), ("GUF", -53.1, 3.9), ("FRA", 2.5, 47.0), ("SJM", 16.5, 78.7), ("IND", 78.0, 22.0),
        ("SOM", 45.0, 9.5), ("UKR", 32.0, 49.0), ("GBR", -1.5, 52.5), ("JPN", 138.5, 36.3), ("NZL", 171.5, -43.5),
        ("SRB", 20.9, 42.6),
    ],
)  # fmt: skip
def test_a_place_on_the_globe_is_in_its_country(iso3: str, east: float, north: float) -> None:
    assert owner_at(east, north) == CODES[iso3]


def test_seas_and_land_without_a_code_are_nobody_s() -> None:
    assert [owner_at(-30.0, 30.0), owner_at(80.0, -30.0), owner_at(51.0, 42.0)] == ["sea"] * 3
    assert owner_at(121.0, 23.7) == NOBODY


def test_the_dots_of_small_countries_stand_on_the_plate_near_where_they_are() -> None:
    sheet = Box(0, 0, WIDTHS[WORLD], HEIGHT)
    for each in PLATE.places.values():
        assert sheet.holds(Box(each.x, each.y, each.x, each.y))
    for iso3, east, north in (
        ("MLT", 14.4, 35.9),
        ("SGP", 103.8, 1.35),
        ("GIB", -5.35, 36.14),
        ("HKG", 114.1, 22.4),
    ):
        spot, found = place(np.array([[east, north]]))[0], PLATE.places[CODES[iso3]]
        assert found.small
        assert abs(found.x - spot[0]) + abs(found.y - spot[1]) < 4


def test_large_countries_have_no_dot_and_areas_are_in_proportion() -> None:
    pixels = {iso3: PLATE.places[CODES[iso3]].pixels for iso3 in ("RUS", "BRA", "COD", "DEU")}
    assert not any(PLATE.places[CODES[iso3]].small for iso3 in pixels)
    assert pixels["RUS"] / pixels["BRA"] == pytest.approx(17.1 / 8.5, rel=0.12)
    assert pixels["BRA"] / pixels["COD"] == pytest.approx(8.5 / 2.34, rel=0.12)


@pytest.mark.parametrize(
    ("plate", "iso3", "east", "north"),
    [
        ("europe", "DEU", 10.0, 51.0), ("europe", "ISL", -19.0, 65.0), ("europe", "GRC", 22.0, 39.5),
        ("europe", "RUS", 40.0, 56.0), ("europe", "TUR", 33.0, 39.0), ("europe", "NOR", 25.0, 70.0),
        ("americas", "MEX", -102.0, 23.0), ("americas", "VEN", -66.0, 7.0), ("americas", "PER", -75.0, -10.0),
        ("nile", "EGY", 29.0, 27.0), ("nile", "SDN", 30.0, 15.0), ("nile", "KEN", 38.0, 1.0),
        ("south-east-asia", "MMR", 96.0, 21.0), ("south-east-asia", "IDN", 114.0, -1.0),
        ("south-east-asia", "BGD", 90.0, 24.0),
    ],
)  # fmt: skip
def test_a_place_in_a_region_is_in_its_country(plate: str, iso3: str, east: float, north: float) -> None:
    assert owner_at(east, north, plate) == CODES[iso3]


@pytest.mark.parametrize("plate", REGIONS)
def test_countries_of_a_region_are_larger_on_its_plate_than_on_the_world_s(plate: str) -> None:
    """Those that are whole on it, and more than a speck on the other."""
    grown = [
        each.pixels / PLATE.places[code].pixels
        for code, each in PLATES[plate].places.items()
        if code != NOBODY and each.whole and PLATE.places[code].pixels > 50
    ]
    assert min(grown, default=math.inf) > 1.5
    assert grown or plate in SPECKS


@pytest.mark.parametrize("plate", REGIONS)
def test_a_region_leaves_out_what_is_elsewhere_and_every_dot_stands_on_it(plate: str) -> None:
    sheet = Box(0, 0, WIDTHS[plate], HEIGHT)
    assert CODES[AWAY.get(plate, "NZL")] not in PLATES[plate].places
    for each in PLATES[plate].places.values():
        assert not each.small or sheet.holds(Box(each.x, each.y, each.x, each.y))


def test_pixels_are_counted_as_the_plate_has_them() -> None:
    for plate, raster in PLATES.items():
        counted = np.bincount(raster.owner.ravel(), minlength=256)
        assert {code: int(counted[each.number]) for code, each in read_places(plate).items()} == {
            code: each.pixels for code, each in raster.places.items()
        }
