"""A map in words: the largest, how many, and what has no place on it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.charts.map import MapChart
from bot.replies.map import reply_map
from bot.replies.reply import Reply
from data.measures import UNPUBLISHED
from data.model import Country, Measure, Place, ReferencePeriod, Release, Role, Tally
from data.questions.map import AskMap, Map
from tests.data.countries.atlases import atlas

CHINA, USA, GERMANY, MALTA = (atlas().find(name) for name in ("China", "USA", "Germany", "Malta"))
NEW_COUNTRY = Country("NEW", None, None, "Newland", "Newland")
MID = Release(1, datetime(2025, 11, 10, tzinfo=UTC), "Mid-Year Trends 2025", 2025, ReferencePeriod.MID_YEAR)


def reply(
    *countries: tuple[Country, Tally],
    measure: Measure = Measure.PENDING,
    total: Tally = UNPUBLISHED,
    year: int = 2024,
) -> Reply:
    place = Place(CHINA)
    found = Map(
        measure,
        Role.ASYLUM,
        place,
        year,
        MID.period_of(year),
        MID,
        countries,
        (),
        total,
        caveats=(),
    )
    return reply_map(AskMap(measure, Role.ASYLUM, place), found)


def chart(found: Reply) -> MapChart:
    assert isinstance(found.chart, MapChart)
    return found.chart


def test_the_largest_are_named_and_zeros_counted_apart() -> None:
    found = reply((USA, Tally(68_691)), (GERMANY, Tally(1_457)), (MALTA, Tally(0)), total=Tally(70_148))

    assert found.account.replace("**", "") == (
        "People from China waiting for a decision on 31 December 2024, by country of asylum: USA 68,691,"
        " Germany 1,457.\n2 countries of asylum have a figure, 70,148 persons together."
        " Grey means not published, which is not zero."
    )
    assert [(area.key, area.value) for area in chart(found).areas] == [
        (USA.code, 68_691), (GERMANY.code, 1_457), (MALTA.code, 0),
    ]  # fmt: skip
    assert found.alt == (
        "Map, darker where more: People from China waiting for a decision on 31 December 2024,"
        " by country of asylum. The USA leads with 68,691."
    )


def test_a_country_that_the_map_does_not_have_is_named() -> None:
    found = reply((USA, Tally(500)), (NEW_COUNTRY, Tally(120)))

    assert found.caveats == ("Counted, but not on the map: Newland (120 persons).",)


def test_cases_colour_a_country_only_where_it_has_no_persons() -> None:
    found = reply(
        (USA, Tally(629_358, 282_594)),
        (GERMANY, Tally(None, 3_000)),
        (MALTA, Tally(0, 40)),
        measure=Measure.APPLICATIONS,
    )

    assert [(area.value, area.cases) for area in chart(found).areas] == [
        (629_358, False),
        (3_000, True),
        (40, True),
    ]
    assert "USA 629,358 persons and 282,594 cases" in found.account.replace("**", "")


def test_half_a_year_is_noted_in_the_legend() -> None:
    assert chart(reply((USA, Tally(5_000)), year=2025)).notes == ("30 June 2025 only", "")
    assert chart(reply((USA, Tally(5_000)))).notes == ("", "")


def test_rates_have_classes_of_their_own_and_the_sum_comes_first() -> None:
    found = reply(
        (USA, Tally(0.25)), (GERMANY, Tally(0.9)), measure=Measure.PROTECTION_RATE, total=Tally(0.415)
    )

    assert chart(found).limits == (20.0, 40.0, 60.0, 80.0)
    assert chart(found).labels == ("under 20%", "20–40%", "40–60%", "60–80%", "80% and more")
    assert chart(found).grey == "no rate"
    assert chart(found).heading.title == "From 25.0% in the USA to 90.0% in Germany"
    assert "by country of asylum: **41.5%** all together; highest Germany 90.0%, USA 25.0%." in found.account


def test_a_rate_of_nought_among_persons_is_a_rate() -> None:
    found = reply((USA, Tally(0.0, 0.6)), (GERMANY, Tally(None, 0.0)), measure=Measure.PROTECTION_RATE)

    assert {(area.value, area.cases) for area in chart(found).areas} == {(0.0, False), (0.0, True)}


def test_large_limits_are_written_short_and_exactly() -> None:
    found = reply((USA, Tally(3_300_000)))

    assert chart(found).labels == ("under 1,000", "1,000–9,999", "10,000–99,999", "100k–999k", "1M and more")


def test_nobody_leads_alone() -> None:
    assert chart(reply((USA, Tally(5_000)))).heading.title == "Only the USA has a figure: 5,000"
    two = reply((USA, Tally(5_000)), (GERMANY, Tally(0)))
    assert chart(two).heading.title == "The USA leads with 5,000"
