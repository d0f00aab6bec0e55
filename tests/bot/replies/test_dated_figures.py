"""Populations, flows of totals and means beside the notes that date them, in figures that must come out."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.composition import compose
from bot.services import Services
from data.model import Measure, Place
from data.questions.figures import AskFigures
from data.questions.period import AskPeriod
from data.questions.trend import AskTrend
from tests.releases import needs_release_folders

in_one_loop = pytest.mark.asyncio(loop_scope="session")
pytestmark = needs_release_folders


@in_one_loop
@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Australia 2024 refugees", "Refugees living in Australia: **29,511** on 30 June 2024."),
        ("USA 2024 refugees", "Refugees living in the USA: **435,333** on 30 June 2024."),
        ("USA 2025 refugees", "Refugees living in the USA: **457,647** on 31 December 2025."),
        ("Azerbaijan 2025 refugees", "Refugees living in Azerbaijan: **6,389** on 30 June 2025."),
        ("Sri Lanka 2025 displaced", "Internally displaced people in Sri Lanka: **4,099** on 30 June 2025."),
        ("Angola 2020 refugees", "Refugees living in Angola: **25,791** on 30 June 2020."),
        ("Russia 2024 refugees", "Refugees living in Russia: **10,077** on 31 December 2024."),
        ("Iran 2025 refugees", "Refugees living in Iran: **770,514** on 31 December 2025."),
        ("Costa Rica 2021 applications", "New asylum applications in Costa Rica: **108,427** in 2021."),
    ],
)
async def test_populations_are_dated_as_the_notes_date_them_and_compared_with_nothing(
    services: Services, question: str, told: str
) -> None:
    name, year, code = question.rsplit(" ", 2)
    place = Place(asylum=services.countries.find(name))
    reply = await compose(services, AskTrend(Measure(code), (place,), last=int(year)))

    assert reply.content.splitlines()[0] == told


@in_one_loop
async def test_who_is_counted_elsewhere_since_is_missing_only_where_they_came_from(
    services: Services,
) -> None:
    """The 1.2 million in Russia were Ukrainians."""
    find, of = services.countries.find, Measure.REFUGEES
    for origin, broken in (("Ukraine", True), ("Afghanistan", False)):
        place = Place(find(origin), find("Russia"))
        reply = await compose(services, AskTrend(of, (place,), last=2024))
        assert ("leave out 1,200,000 people" in reply.content) == broken


@in_one_loop
@pytest.mark.parametrize(
    ("name", "year", "told"),
    [
        (
            None,
            2024,
            "New applications in 2024: 3,050,315 (USA January–June only); decisions: 2,164,386 (USA",
        ),
        ("Americas", 2024, "decisions: 528,042 (USA January–June only)."),
        (
            "OECD",
            2025,
            "decisions: 1,920,442 persons and 432,588 cases (USA cases of January–September only).",
        ),
        ("Oceania", 2024, "decisions: 19,135 (Australia appeals and reviews only)."),
    ],
)
async def test_the_flows_of_a_total_name_the_parts_of_a_year_in_them(
    services: Services, name: str | None, year: int, told: str
) -> None:
    place = Place(asylum=services.countries.find(name) if name else None)
    reply = await compose(services, AskFigures(place, year))

    assert told in reply.content


@in_one_loop
async def test_a_mean_of_stocks_leaves_out_that_of_30_june(services: Services) -> None:
    germany = Place(asylum=services.countries.find("Germany"))
    reply = await compose(
        services, AskPeriod(Measure.PENDING, germany, (2020, 2025), as_of=date(2025, 11, 10))
    )

    assert "**293,688 on average** in 2020–2024" in reply.content
    assert "Left out, not being year-end figures: 320,133 on 30 June 2025." in reply.content
