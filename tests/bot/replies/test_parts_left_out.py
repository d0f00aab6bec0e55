"""What a sum, a mean or a pooled rate leaves out is said in the first lines, in either unit; and what it passes over."""

from __future__ import annotations

import re
from itertools import product

import pytest

from bot.chat.composition import compose
from bot.sentences import say
from bot.services import Services
from data.caveats import NotOneSeries, SeriesBreak
from data.coverage import CoverageKind, Remark
from data.errors import NoFigures, Unanswerable
from data.model import Dataset, Level, Measure, Nature, Order, Place, RankBy, Role, Unit
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures, Figures
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import AskTrend

in_one_loop = pytest.mark.asyncio(loop_scope="session")
LEFT_OUT = "Left out, being less than a year: "


@in_one_loop
@pytest.mark.parametrize(
    ("of", "persons", "cases"),
    [
        (
            Measure.APPLICATIONS,
            "729,105 persons in January–June 2024",
            "282,594 cases in January–September 2025",
        ),
        (
            Measure.DECISIONS,
            "259,449 persons in January–June 2024",
            "356,662 cases in January–September 2025",
        ),
    ],
)
async def test_a_sum_names_the_parts_of_years_that_it_leaves_out_in_persons_and_in_cases(
    services: Services, of: Measure, persons: str, cases: str
) -> None:
    usa = Place(asylum=services.countries.find("USA"))
    several = await compose(services, AskPeriod(of, usa, (2020, 2025)))
    one = await compose(services, AskPeriod(of, usa, (2025, 2025)))

    assert several.content.splitlines()[1] == f"{LEFT_OUT}{persons} and {cases}."
    assert one.content.splitlines()[1] == f"{LEFT_OUT}{cases}."
    assert "in 2020–2023 and 2025" in several.answer


@in_one_loop
async def test_a_pooled_rate_leaves_out_parts_of_years_in_the_unit_that_has_them(services: Services) -> None:
    usa = Place(asylum=services.countries.find("USA"))
    reply = await compose(services, AskDecisions(usa, Level.ALL, 2020, 2025))

    assert (
        "2020–2023 and 2025 together (without January–June 2024 and January–September 2025 in cases; across a"
        " break in the series): 38.2% of 425,777 persons decided on the merits were given protection (162,477);"
        " of 31,503 cases, 26.0% (8,185)."
    ) in reply.content
    assert "of 37,128 cases (January–September 2025), 36.5%" in reply.answer


@in_one_loop
@pytest.mark.parametrize(
    ("of", "origin", "asylum", "years", "told"),
    [
        (Measure.PENDING, "Sudan", None, (2008, 2013), "in 2008–2013 (across a break in the series)"),
        (Measure.REFUGEES, None, "Iran", (2019, 2025), "in 2019–2025 (across breaks in the series)"),
        (Measure.PROTECTION_RATE, None, "USA", (2019, 2022), "across a break in the series)"),
    ],
)
async def test_a_mean_over_a_break_says_so_beside_itself(
    services: Services, of: Measure, origin: str, asylum: str, years: tuple[int, int], told: str
) -> None:
    place = Place(*(services.countries.find(name) if name else None for name in (origin, asylum)))
    within = await compose(services, AskPeriod(of, place, (2012, 2015)))

    assert told in (await compose(services, AskPeriod(of, place, years))).answer
    assert "across" not in within.account


@in_one_loop
async def test_a_country_that_was_split_does_not_compare_with_what_it_was(services: Services) -> None:
    sudan = Place(services.countries.find("Sudan"))
    split = await compose(services, AskTrend(Measure.PENDING, (sudan,), last=2011))
    far = await compose(services, AskTrend(Measure.PENDING, (sudan,), 2009, 2012))

    assert "Since 2011 figures on Sudan are without South Sudan" in far.content
    assert "%" not in split.answer
    assert "across a break in the series" in far.answer
    assert [(mark.at, mark.text) for mark in far.chart.breaks] == [(2010.5, "2011 without South Sudan")]


@in_one_loop
@pytest.mark.parametrize("of", [of for of in Measure if of.row.dataset is Dataset.POPULATION])
async def test_what_the_words_call_a_break_the_picture_marks_too(services: Services, of: Measure) -> None:
    """Iran of 2025 is little of all refugees, but a third of their change."""
    found = await services.answers.answer(AskTrend(of, (Place(),)))
    told = {
        (at.country, at.year)
        for caveat in found.caveats
        for at in getattr(caveat, "crossed", ())
        if at.kind is not CoverageKind.PARTIAL
    }

    assert told <= {(at.country, at.year) for at in found.series[0].breaks}
    reply = await compose(services, AskTrend(of, (Place(),)))
    for country, year in told:
        assert any(f"{year} {country.name}" in mark.text for mark in reply.chart.breaks)


@in_one_loop
@pytest.mark.parametrize("name", [None, "OECD", "G20", "Americas"])
async def test_a_line_names_every_part_of_a_year_that_it_ends_with(
    services: Services, name: str | None
) -> None:
    place = Place(asylum=services.countries.find(name)) if name else Place()
    reply = await compose(services, AskTrend(Measure.APPLICATIONS, (place,)))

    assert "the USA's 2025 cases are of January–September only" in reply.content
    assert re.search(r"only \([\d.]+% of all cases\)", reply.content)  # not of the persons beside them
    assert "the USA's 2024 figure is of January–June only" in reply.content


@in_one_loop
async def test_a_picture_of_falls_names_who_is_not_ranked_though_its_figures_lie_further_apart(
    services: Services,
) -> None:
    asia = Place(asylum=services.countries.find("Asia"))
    falls = AskTop(Measure.REFUGEES, Role.ORIGIN, asia, 2025, by=RankBy.CHANGE, order=Order.SMALLEST)
    reply = await compose(services, falls)

    assert reply.chart.heading.title == "Largest fall: Syria −968,146 (Afghanistan not ranked)"
    assert "Afghanistan (Iran 2025: counted more narrowly)" in reply.content


@in_one_loop
async def test_people_of_whom_the_table_has_only_filled_in_zeros_have_no_figure(services: Services) -> None:
    eu = Place(asylum=services.countries.find("EU"))
    with pytest.raises(NoFigures) as refused:
        await compose(services, AskTrend(Measure.DISPLACED, (eu,)))

    assert "no figures on internally displaced people in the EU" in say(refused.value)


@in_one_loop
@pytest.mark.parametrize(
    ("name", "year", "of"), [("DR Congo", 2024, Measure.DISPLACED), ("Austria", 2025, Measure.REFUGEES)]
)
async def test_the_caveat_of_a_country_is_on_what_its_first_line_counts(
    services: Services, name: str, year: int, of: Measure
) -> None:
    reply = await compose(services, AskFigures(Place(asylum=services.countries.find(name)), year))

    assert not isinstance(reply.mind, Remark) or of in reply.mind.measures


TWO_SIDED = (Measure.PENDING, Measure.REFUGEES, Measure.APPLICATIONS)
ASKED = (
    lambda of, place: AskTrend(of, (place,)),
    lambda of, place: AskTrend(of, (place,), 2019, 2025),
    lambda of, place: AskPeriod(of, place, (2015, 2025)),
    lambda of, place: AskPeriod(of, place, (2023, 2025)),
    lambda _, place: AskFigures(place, 2025),
)


@in_one_loop
@pytest.mark.parametrize("name", [None, "Africa", "Asia", "Europe", "EU", "OECD", "Iran", "Pakistan"])
@pytest.mark.parametrize("on_asylum", [True, False])
async def test_the_breaks_that_words_name_are_marked_in_the_picture(
    services: Services, name: str | None, on_asylum: bool
) -> None:
    area = services.countries.find(name) if name else None
    place = Place(asylum=area) if on_asylum else Place(area)
    of_asked = [of for of in Measure if (of.nature is Nature.STOCK and not place.origin) or of in TWO_SIDED]
    for of, ask in product(of_asked, ASKED):
        try:
            found = await services.answers.answer(ask(of, place))
        except Unanswerable:
            continue
        told = {at for each in found.caveats if isinstance(each, NotOneSeries) for at in each.breaks}
        told |= {each.at for each in found.caveats if isinstance(each, SeriesBreak)}
        lines = (*getattr(found, "series", ()), *(span.series for span in getattr(found, "spans", ())))
        if isinstance(found, Figures):
            lines += (*found.people, found.pending, found.new)
        marked = {(at.country, at.year, at.kind) for each in lines for at in each.breaks}
        drawn = {point.year for each in lines for point in each.points if point.value is not None}
        for at in told:
            if at.year in drawn and at.unit is not Unit.CASES:
                assert (at.country, at.year, at.kind) in marked, (ask(of, place), at)
