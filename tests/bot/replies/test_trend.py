"""The titles of comparisons: who leads, where that can be said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.charts.lines import LineChart, draw_lines
from bot.charts.page import Page
from bot.charts.subjects import Heading
from bot.replies.comparison import find_shared, say_comparison_title, say_sides
from bot.replies.trend import mark_highlights, say_highlights
from data.model import Country, Measure, Number, Place, ReferencePeriod, Release, Unit
from data.questions.trend import Trend
from data.statistics import Point, Series
from tests.data.countries.atlases import atlas
from tests.nonsense import check_harmless

USA, GERMANY, FRANCE, CHINA = (atlas().find(name) for name in ("USA", "Germany", "France", "China"))
STATELESS = atlas().find("Stateless people")


def line(place: Place, *values: Number | None, unit: Unit = Unit.PERSONS, half: bool = False) -> Series:
    """Figures of the years that end with 2025."""
    first = 2026 - len(values)
    points = (Point(first + i, value, half and first + i == 2025) for i, value in enumerate(values))
    return Series(place, unit, tuple(points))


def in_asylum(country: Country, *values: Number | None, unit: Unit = Unit.PERSONS) -> Series:
    return line(Place(None, country), *values, unit=unit)


def compare(
    *series: Series,
    measure: Measure = Measure.APPLICATIONS,
    beside: tuple[Series, ...] = (),
    period: ReferencePeriod = ReferencePeriod.YEAR_END,
) -> Trend:
    at = datetime(2026, 6, 25, tzinfo=UTC)
    release = Release(1, at, "Global Trends 2025", 2025, period)
    return Trend(measure, release, (2023, 2025), series, None, None, (), beside)


def title(found: Trend) -> str:
    said = say_comparison_title(found)
    check_harmless(said)
    return said


def test_the_first_is_named_with_its_newest_figure() -> None:
    assert (
        title(compare(in_asylum(USA, 1, 30), in_asylum(GERMANY, 900, 40)))
        == "The USA 30; Germany leads with 40 in 2025"
    )


def test_who_comes_first_does_not_hang_on_the_order_asked_for() -> None:
    lines = [in_asylum(USA, 30), in_asylum(GERMANY, 40), in_asylum(FRANCE, 12)]
    assert title(compare(*lines)) == "The USA 30; Germany leads with 40 in 2025"
    assert title(compare(*reversed(lines))) == "France 12; Germany leads with 40 in 2025"


def test_a_stock_has_its_day_and_half_a_year_its_months() -> None:
    lines = in_asylum(USA, 50), in_asylum(GERMANY, 40)
    mid = ReferencePeriod.MID_YEAR
    assert title(compare(*lines, measure=Measure.PENDING)) == "The USA leads with 50 on 31 December 2025"
    assert (
        title(compare(*lines, measure=Measure.PENDING, period=mid)) == "The USA leads with 50 on 30 June 2025"
    )
    assert title(compare(*lines, period=mid)) == "The USA leads with 50 in January–June 2025"


@pytest.mark.parametrize("others", [(20, None), (None, None)])
def test_a_country_without_the_newest_year_is_compared_in_the_newest_that_all_have(
    others: tuple[int | None, int | None],
) -> None:
    found = compare(in_asylum(USA, 15, 30, 500), in_asylum(GERMANY, 20, *others))
    year, leader = (
        (2024, "The USA leads with 30") if others[0] else (2023, "The USA 15; Germany leads with 20")
    )
    assert title(found) == f"{leader} in {year}, the newest year with figures for both"


def test_no_year_outside_those_asked_for_is_compared() -> None:
    found = compare(
        in_asylum(USA, 40, 30, None), in_asylum(GERMANY, 20, None, 50), in_asylum(FRANCE, None, 1, 2)
    )
    assert title(found) == "New asylum applications: no year has figures for all 3"
    before = compare(in_asylum(USA, 40, None, None, 30), in_asylum(GERMANY, 20, 5, None, None))
    assert title(before) == "New asylum applications: no year has figures for both"


def test_equal_figures_share_the_first_place() -> None:
    usa, germany, france = in_asylum(USA, 40), in_asylum(GERMANY, 40), in_asylum(FRANCE, 40)
    low = in_asylum(CHINA, 12)
    assert title(compare(usa, germany)) == "Both have 40 in 2025"
    assert title(compare(usa, low, germany)) == "The USA and Germany share the first place with 40 in 2025"
    assert title(compare(usa, low, germany, france)) == "3 of 4 share the first place with 40 in 2025"


def test_rates_that_are_written_alike_are_equal() -> None:
    lines = in_asylum(USA, 0.4101), in_asylum(GERMANY, 0.4099)
    assert title(compare(*lines, measure=Measure.PROTECTION_RATE)) == "Both have 41.0% in 2025"


@pytest.mark.parametrize("values", [(5, 0), (0, 0), (9, 5)])
def test_figures_so_small_that_they_are_rounded_have_no_first(values: tuple[int, int]) -> None:
    found = compare(*map(in_asylum, (USA, GERMANY), values))
    assert title(found) == "Both have fewer than 10 in 2025"


def test_cases_alone_are_called_so() -> None:
    cases = Unit.CASES
    found = compare(in_asylum(USA, 40, unit=cases), in_asylum(GERMANY, 30, unit=cases))
    assert title(found) == "The USA leads with 40 cases in 2025"
    few = compare(in_asylum(USA, 5, unit=cases), in_asylum(GERMANY, 5, unit=cases))
    assert title(few) == "Both have fewer than 10 cases in 2025"


def test_persons_and_cases_are_set_beside_each_other_and_never_ranked() -> None:
    usa, germany, france = in_asylum(USA, 40), in_asylum(GERMANY, 30), in_asylum(FRANCE, 90, unit=Unit.CASES)
    china = in_asylum(CHINA, 20, unit=Unit.CASES)
    assert title(compare(france, usa)) == "The USA has 40 persons and France has 90 cases in 2025"
    assert title(compare(usa, germany, france)) == (
        "The USA leads with 40 persons in 2025; France is counted in cases"
    )
    assert title(compare(usa, china, france)) == (
        "The USA has 40 persons in 2025; the 2 others are counted in cases"
    )


def test_cases_that_a_place_has_beside_its_persons_are_told() -> None:
    usa, germany, france = in_asylum(USA, 500), in_asylum(GERMANY, 30), in_asylum(FRANCE, 20)
    cases = {country: in_asylum(country, 90, unit=Unit.CASES) for country in (USA, GERMANY, FRANCE)}

    assert title(compare(usa, germany, beside=(cases[USA],))) == (
        "The USA leads with 500 persons and 90 cases in 2025"
    )
    assert title(compare(usa, germany, beside=(cases[GERMANY],))) == (
        "The USA leads with 500 persons in 2025; Germany has 90 cases as well"
    )
    assert title(compare(usa, germany, france, beside=(cases[GERMANY], cases[FRANCE]))) == (
        "The USA leads with 500 persons in 2025; 2 others have cases as well"
    )


def test_cases_of_other_years_or_no_more_than_a_trifle_do_not_make_a_title_long() -> None:
    usa, germany = in_asylum(USA, 400, 5_000), in_asylum(GERMANY, 300, 3_000)
    earlier = in_asylum(USA, 90, None, unit=Unit.CASES)
    trifle = in_asylum(USA, None, 20, unit=Unit.CASES)
    assert title(compare(usa, germany, beside=(earlier,))) == "The USA leads with 5,000 in 2025"
    assert title(compare(usa, germany, beside=(trifle,))) == "The USA leads with 5,000 persons in 2025"


def test_a_rate_among_persons_says_so_where_cases_have_one_as_well() -> None:
    usa, germany = in_asylum(USA, 0.5), in_asylum(GERMANY, 0.3)
    cases = in_asylum(GERMANY, 0.9, unit=Unit.CASES)
    found = compare(usa, germany, measure=Measure.RECOGNITION_RATE, beside=(cases,))
    assert title(found) == "The USA leads with 50.0% of persons in 2025"


def test_a_newest_year_that_has_only_cases_is_no_reason_to_compare_them() -> None:
    usa, germany = in_asylum(USA, 400, None), in_asylum(GERMANY, 300, 30)
    found = compare(usa, germany, beside=(in_asylum(USA, None, 90, unit=Unit.CASES),))
    assert title(found) == "The USA leads with 400 in 2024, the newest year with figures in persons for both"


def test_places_are_named_by_what_they_do_not_share() -> None:
    pairs = compare(line(Place(CHINA, USA), 40), line(Place(CHINA, GERMANY), 30))
    origins = compare(line(Place(STATELESS), 40), line(Place(CHINA), 30))
    mixed = compare(line(Place(CHINA, USA), 40), line(Place(GERMANY, FRANCE), 30))

    assert (title(pairs), say_sides(pairs)) == ("The USA leads with 40 in 2025", "by country of asylum")
    assert find_shared(pairs) == (CHINA, None)
    assert (title(origins), say_sides(origins)) == ("“Stateless people” leads with 40 in 2025", "by origin")
    assert find_shared(origins) == (None, None)
    assert title(mixed) == "China → USA leads with 40 in 2025"


def test_the_longest_names_fit_the_heading_uncut() -> None:
    first, second, third = sorted(atlas().countries(), key=lambda country: -len(country.text))[:3]
    cases = in_asylum(second, 226_016, None, unit=Unit.CASES)
    most, many, one = 2_505_045, 1_300_000, 1
    page = Page()
    for found in (
        compare(in_asylum(first, most, None), in_asylum(second, many, None), beside=(cases,)),
        compare(
            in_asylum(first, most),
            in_asylum(second, many),
            beside=(in_asylum(second, many, unit=Unit.CASES),),
        ),
        compare(in_asylum(first, most, None), in_asylum(second, most, 0), in_asylum(third, one, 0)),
        compare(in_asylum(first, most, None), in_asylum(second, many, None, unit=Unit.CASES)),
    ):
        draw_lines(page, LineChart(Heading(title(found), "", ""), ()))
        assert " ".join(text.words for text in page.texts[:2]) == title(found)


def alone(*values: Number, later: tuple[Number, ...] = ()) -> Trend:
    """Norway in 2022 alone, with the years up to it, and those after it."""
    norway = Place(None, atlas().find("Norway"))
    points = [Point(2023 - len(values) + i, value) for i, value in enumerate(values)]
    after = Series(norway, Unit.PERSONS, tuple(Point(2023 + i, value) for i, value in enumerate(later)))
    release = Release(
        1, datetime(2026, 6, 25, tzinfo=UTC), "Global Trends 2025", 2025, ReferencePeriod.YEAR_END
    )
    series = (Series(norway, Unit.PERSONS, tuple(points)),)
    return Trend(Measure.APPLICATIONS, release, (2022, 2022), series, None, None, (), later=after)


@pytest.mark.parametrize(
    ("values", "later", "said"),
    [
        ((100, 300), (200, 250), "That is the highest of 2021–2024."),
        ((100, 300), (200, 900), "Highest of 2021–2024: 900 (2024)."),
    ],
)
def test_no_record_is_told_that_a_later_year_beats(
    values: tuple[Number, ...], later: tuple[Number, ...], said: str
) -> None:
    found = alone(*values, later=later)

    assert say_highlights(found).startswith(said)
    assert 2022 in {mark.year for mark in mark_highlights(found)}
