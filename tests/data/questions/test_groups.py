"""Laws of groups: a total is the sum of its members, one country's is its own, and shares add up to all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.charts.columns import StackChart
from bot.replies.trend import reply_trend
from data.countries import Atlas
from data.countries.groups import members, read_groups
from data.countries.population import WORLD
from data.measures import FORMULAS, NOTHING
from data.model import ALL, Country, Group, Measure, Nature, Place, Unit
from data.questions.trend import AskTrend, answer_trend
from data.questions.view import ReleaseView, open_view
from data.store import groups
from data.store.database import Database
from tests.releases import NOW

COUNTED = [of for of in Measure if of.nature is not Nature.RATE]
YEAR = 2024
NOWHERE = ("CRB", "CUR", "STA", "TIB", "UKN")


pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def view(releases_path: Path, atlas: Atlas) -> AsyncIterator[ReleaseView]:
    async with Database(releases_path) as database, open_view(database, atlas, NOW) as view:
        yield view


async def count(view: ReleaseView, place: Place, year: int) -> dict[tuple[Measure, Unit], float | None]:
    counts = await view.read(place)
    return {(of, unit): FORMULAS[of](counts.get((year, unit), NOTHING)) for of in COUNTED for unit in Unit}


def add(*parts: dict[tuple[Measure, Unit], float | None]) -> dict[tuple[Measure, Unit], float | None]:
    known = {key: [part[key] for part in parts if part[key] is not None] for key in parts[0]}
    return {key: sum(value or 0 for value in values) if values else None for key, values in known.items()}


@pytest.mark.parametrize("year", [2012, 2020, 2025])
@pytest.mark.parametrize("code", ["eu", "nordic", "sub-saharan-africa"])
async def test_a_total_is_the_sum_of_its_members(view: ReleaseView, code: str, year: int) -> None:
    group = read_groups()[code]
    for whole, part in (
        (Place(asylum=group), lambda member: Place(asylum=member)),
        (Place(origin=group), lambda member: Place(origin=member)),
    ):
        each = [await count(view, part(view.country(member)), year) for member in members(code, year)]
        assert await count(view, whole, year) == add(*each)


async def test_a_pair_of_groups_is_the_sum_of_all_pairs(view: ReleaseView) -> None:
    nordic, horn = read_groups()["nordic"], read_groups()["horn-of-africa"]
    pairs = [
        await count(view, Place(view.country(origin), view.country(asylum)), YEAR)
        for origin in members("horn-of-africa", YEAR)
        for asylum in members("nordic", YEAR)
    ]

    assert await count(view, Place(horn, nordic), YEAR) == add(*pairs)


@pytest.mark.parametrize("code", ["GFR", "CHI", "UGA"])
async def test_a_group_of_one_country_is_that_country(
    view: ReleaseView, atlas: Atlas, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    country = atlas.by_code(code)
    alone = Group("alone", "one", "Alone", "alone")
    monkeypatch.setattr(groups, "is_group", lambda *codes: alone.code in codes)
    monkeypatch.setattr(groups, "list_members", lambda _: ((code, 0, 9999),))
    assert isinstance(country, Country)

    assert await view.read(Place(asylum=alone)) == await view.read(Place(asylum=country))
    mine, theirs = await view.read(Place(origin=alone)), await view.read(Place(origin=country))
    assert mine == theirs


async def test_the_shares_of_the_world_s_regions_add_up_to_all(view: ReleaseView) -> None:
    for year in (2010, 2024, 2025):
        regions = [await count(view, Place(asylum=read_groups()[code]), year) for code in WORLD]
        # From where some refugees returned is not known.
        nowhere = [await count(view, Place(asylum=view.country(code)), year) for code in NOWHERE]
        assert add(*regions, *nowhere) == await count(view, Place(), year)


async def test_what_every_release_made_of_a_group_is_the_sum_as_of_that_release(
    view: ReleaseView,
) -> None:
    for sides in ((ALL, "eu"), ("africa", "ITA"), ("africa", "nordic")):
        editions = (await view.open_sums()).read_editions(*sides, 2025)
        assert len({release for release, _ in editions}) > 1
        pairs = await view.cache.fetch_pairs(view.connection)
        for (release, unit), counts in editions.items():
            assert groups.Sums(pairs, release).read_series(*sides, (2025,))[2025, unit] == counts


@pytest.mark.parametrize(
    ("measure", "place"),
    [
        (Measure.APPLICATIONS, Place(asylum=read_groups()["eu"])),
        (Measure.REFUGEES, Place(asylum=read_groups()["africa"])),
        (Measure.PENDING, Place(read_groups()["africa"], read_groups()["nordic"])),
        (Measure.REFUGEES, Place(origin=read_groups()["western-asia"])),
        (Measure.APPLICATIONS, Place(asylum=read_groups()["benelux"])),
    ],
)
async def test_the_parts_of_a_group_s_line_are_its_largest_members_and_add_up_to_it(
    view: ReleaseView, measure: Measure, place: Place
) -> None:
    found = await answer_trend(view, measure, (place,), (None, None))
    chart = reply_trend(AskTrend(measure, (place,)), found).chart

    assert isinstance(chart, StackChart)
    assert {column.year: sum(part or 0 for part in column.parts) for column in chart.columns} == {
        point.year: point.value or 0
        for point in found.series[0].points
        if point.year >= chart.columns[0].year
    }
    assert all((part or 0) >= 0 for column in chart.columns for part in column.parts)
    member = found.parts[0]
    alone = await view.read(member.place)
    group = place.asylum or place.origin
    for point in member.points:
        code = (member.place.asylum if place.asylum else member.place.origin).code
        if code in members(group.code, point.year):
            assert point.value == FORMULAS[measure](alone.get((point.year, Unit.PERSONS), NOTHING))
        else:
            assert point.value is None


async def test_a_group_beside_another_or_as_a_rate_is_a_line(view: ReleaseView) -> None:
    eu, africa = (Place(asylum=read_groups()[code]) for code in ("eu", "africa"))

    assert (await answer_trend(view, Measure.APPLICATIONS, (eu, africa), (None, None))).parts == ()
    assert (await answer_trend(view, Measure.PROTECTION_RATE, (eu,), (None, None))).parts == ()
