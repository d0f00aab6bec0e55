"""A year of a place in words: the stock first, then what came in and was decided, then where."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.replies.figures import reply_figures
from bot.replies.overview import draw_overview
from bot.services import Services
from data.model import Measure, Number, Place, ReferencePeriod, Role, Tally, Unit
from data.questions.figures import AskFigures, Figures, Partner
from data.statistics import Change, Point, Series, Standing

in_one_loop = pytest.mark.asyncio(loop_scope="session")


def series(place: Place, *values: Number | None, partial: bool = False) -> Series:
    """The years that end with 2025."""
    first = 2026 - len(values)
    points = [Point(first + i, value) for i, value in enumerate(values)]
    points[-1] = points[-1]._replace(partial=partial)
    return Series(place, Unit.PERSONS, tuple(points))


def with_tallies(found: Figures, **tallies: Tally) -> Figures:
    """The same with other tallies, by the names of their measures; nothing else is published."""
    given = {Measure[name]: tally for name, tally in tallies.items()}
    return replace(found, tallies={of: given.get(of, Tally()) for of in Measure}, partners=(), caveats=())


def lines(found: Figures) -> list[str]:
    return reply_figures(AskFigures(found.place), found).account.replace("**", "").splitlines()


async def ask(
    services: Services, origin: str | None = None, asylum: str | None = None, **more: Any
) -> Figures:
    country = services.countries.find
    place = Place(origin and country(origin), asylum and country(asylum))  # type: ignore[arg-type] # no empty names
    return await services.answers.answer(AskFigures(place, more.get("year"), as_of=more.get("as_of")))


@in_one_loop
async def test_a_year_of_an_origin_is_told_line_by_line(services: Services) -> None:
    assert lines(await ask(services, "China")) == [
        (
            "99,716 people from China had an asylum claim pending worldwide (the stock on 31 December 2025),"
            " 68,691 of them in the USA."
        ),
        (
            "In the 2024 totals, the USA's figures are partial: pending claims 147,909 of 30 June (81.7%),"
            " new applications 39,536 of January–June (71.1%), so those totals compare with no other year."
        ),
        (
            "The USA gives no origin for many pending claims (1,437,190 persons), new asylum applications (203"
            " persons and 282,594 cases) and asylum decisions (41 persons and 356,662 cases) of 2025"
            " (2024: 10,494 persons, 2,250 persons and 1,182 persons); figures by origin leave them out, so a"
            " fall there may be no fall."
        ),
        (
            "On 31 December 2024 it was 180,960."
            " The record since 2000 is 180,960 (2024; with the USA's figure of 30 June)."
        ),
        (
            "Pending in: USA 68,691, Australia 8,507, Canada 7,304, Italy 5,365, South Korea 1,902."
            " Claims are pending in 50 countries of asylum, 12 of them with fewer than 10."
        ),
        "Rank 22 of 204 origins, with 1.1% of all claims waiting for a decision.",
    ]


@in_one_loop
async def test_the_table_has_every_measure_that_is_published_in_its_units(services: Services) -> None:
    found = await ask(services, "China")
    grid = reply_figures(AskFigures(found.place), found).grid

    assert grid.header == ("2025", "persons", "cases")
    rows = {row[0]: row[1:] for row in grid.rows}
    assert rows["Pending claims"] == ("99,716", "–")
    assert rows["Decisions"] == ("24,125", "5,958")
    assert rows["Refugee Recognition Rate"] == ("41.0%", "3.3%")
    assert rows["Applications, all stages"] == ("27,750", "3,108")


@in_one_loop
async def test_a_column_of_cases_stands_only_where_there_are_some(services: Services) -> None:
    found = await ask(services, "China")
    persons = with_tallies(found, PENDING=Tally(20), APPLICATIONS=Tally(30, 0))
    nothing_but_a_zero = with_tallies(found, PENDING=Tally(20), APPLICATIONS=Tally(None, 0))

    assert reply_figures(AskFigures(found.place), persons).grid.header == ("2025", "persons")
    assert reply_figures(AskFigures(found.place), nothing_but_a_zero).grid.rows[1] == (
        "New applications",
        "–",
        "0",
    )


@in_one_loop
@pytest.mark.parametrize(
    ("tallies", "headline"),
    [
        ({"PENDING": Tally(0)}, "0 people from China had an asylum claim pending worldwide (the stock on"),
        ({"PENDING": Tally(3)}, "Fewer than 10 people from China had an asylum claim pending worldwide"),
        (
            {"APPLICATIONS": Tally(120, 40)},
            "120 persons and 40 cases from China newly applied for asylum worldwide",
        ),
        (
            {"APPLICATIONS": Tally(3)},
            "Fewer than 10 persons from China newly applied for asylum worldwide in 2025;",
        ),
        ({"DECISIONS": Tally(None, 77)}, "77 cases from China got a decision on asylum worldwide in 2025;"),
        (
            {"ALL_STAGES": Tally(20)},
            "20 persons from China applied for asylum, for the first time or again, worldwide in 2025;",
        ),
    ],
    ids=["zero", "few", "no stock", "few and no stock", "decisions alone", "all stages alone"],
)
async def test_the_headline_says_what_there_is(
    services: Services, tallies: dict[str, Tally], headline: str
) -> None:
    found = with_tallies(await ask(services, "China"), **tallies)

    first = lines(found)[0]
    assert first.startswith(headline)
    assert ("how many were waiting for a decision is not published" in first) == ("PENDING" not in tallies)
    assert draw_overview(found).heading.title[0] in "0FA"


@in_one_loop
async def test_what_is_not_published_is_said(services: Services) -> None:
    found = with_tallies(await ask(services, "China"), PENDING=Tally(100))

    assert "New applications in 2025: not published." in lines(found)
    assert not any(line.startswith("Decisions") for line in lines(found))


@in_one_loop
async def test_all_claims_in_one_country_are_all_of_them(services: Services) -> None:
    found = await ask(services, "China")
    usa = services.countries.find("USA")
    alone = replace(
        with_tallies(found, PENDING=Tally(120)),
        partners=(Partner(usa, Tally(120), Tally()),),
        partner_role=Role.ASYLUM,
        partners_with_claims=1,
        partners_under_ten=0,
    )

    assert lines(alone)[0].endswith("(the stock on 31 December 2025), all of them in the USA.")
    assert not any("countries of asylum" in line for line in lines(alone))


@in_one_loop
@pytest.mark.parametrize(
    ("values", "partial", "sentence"),
    [
        ((50, 90, 120), False, "The stock is the highest since 2023."),
        ((50, 90, 70), False, "The record since 2023 is 90 (2024)."),
        ((90, 50, 70), False, "The record since 2023 is 90 (2023)."),
        ((None, 90, 70), False, "The record since 2024 is 90 (2024)."),
        ((50, 90, 120), True, "The stock is higher than at the end of any year since 2023."),
        ((50, 90, 70), True, "The record since 2023 is 90 (2024)."),
    ],
)
async def test_the_record_is_one_of_whole_years(
    services: Services, values: tuple[int | None, ...], partial: bool, sentence: str
) -> None:
    found = await ask(services, "China")
    changed = replace(
        with_tallies(found, PENDING=Tally(values[-1])),
        pending=series(found.place, *values, partial=partial),
        period=ReferencePeriod.MID_YEAR if partial else ReferencePeriod.YEAR_END,
        changes={},
    )

    assert sentence in lines(changed)[1]


@in_one_loop
async def test_a_stock_of_june_above_every_year_s_end_stands_beside_the_highest(services: Services) -> None:
    found = await ask(services, "Haiti", "USA")
    told = next(line for line in lines(found) if "highest" in line)

    assert told.startswith("The highest stock at the end of a year since 2000 is 151,119 (2025;")
    assert told.endswith("; on 30 June 2024 it was 170,305.")
    assert [mark.text for mark in draw_overview(found).callouts] == ["170,305 on 30 June 2024"]


@in_one_loop
@pytest.mark.parametrize("values", [(3, 9, 5), (None, None, 120), (0, 0, 0)])
async def test_no_record_is_made_of_few_or_of_one_year(
    services: Services, values: tuple[int | None, ...]
) -> None:
    found = await ask(services, "China")
    changed = replace(
        with_tallies(found, PENDING=Tally(values[-1])), pending=series(found.place, *values), changes={}
    )

    assert not any("record" in line or "highest" in line for line in lines(changed))
    assert draw_overview(changed).callouts == ()


@in_one_loop
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Change(2024, 180_960, 99_716, -0.449), "On 31 December 2024 it was 180,960 (now 45% fewer)."),
        (
            Change(2024, 62_717, 1_572_774, 24.08),
            "On 31 December 2024 it was 62,717 (now 25.1 times as many).",
        ),
        (Change(2024, 147_909, 147_909, 0.0), "On 31 December 2024 it was 147,909 (now exactly the same)."),
        (Change(2024, 36, 28, None), "On 31 December 2024 it was 36."),
        (Change(2024, 4, 28, None), "On 31 December 2024 it was fewer than 10."),
        (None, "For 2024 no stock is published."),
    ],
)
async def test_the_stock_stands_beside_the_year_before(
    services: Services, change: Change | None, sentence: str
) -> None:
    found = with_tallies(await ask(services, "China"), PENDING=Tally(120))

    changed = replace(found, changes={Measure.PENDING: change} if change else {})
    assert lines(changed)[1].startswith(sentence)


@in_one_loop
@pytest.mark.parametrize(
    ("origin", "asylum", "standing", "sentence"),
    [
        (
            "China",
            None,
            Standing(13, 204, 0.017),
            "Rank 13 of 204 origins, with 1.7% of all claims waiting for a decision.",
        ),
        ("China", None, Standing(3, 204, None), "Rank 3 of 204 origins."),
        (
            None,
            "USA",
            Standing(1, 157, 0.413),
            "Rank 1 of 157 countries of asylum, with 41.3% of all claims waiting for a decision.",
        ),
        (
            "China",
            "Germany",
            Standing(6, 50, 0.0001),
            "Rank 6 of 50 countries of asylum for people from China, with less than 0.1% of their claims waiting for a decision.",
        ),
    ],
)
async def test_a_rank_says_among_how_many_and_with_which_share(
    services: Services, origin: str | None, asylum: str | None, standing: Standing, sentence: str
) -> None:
    found = await ask(services, origin, asylum)

    assert lines(replace(found, standings={Measure.PENDING: standing}))[-1] == sentence
    few = with_tallies(replace(found, standings={Measure.PENDING: standing}), PENDING=Tally(4))
    assert not lines(few)[-1].startswith("Rank")


@in_one_loop
@pytest.mark.parametrize(("among", "told"), [(1, False), (3, False), (157, True)])
async def test_the_short_reply_tells_no_rank_among_so_few_that_all_stand_on_the_podium(
    services: Services, among: int, told: bool
) -> None:
    found = replace(await ask(services, None, "USA"), standings={Measure.PENDING: Standing(1, among, 0.413)})
    short = reply_figures(AskFigures(found.place), found).content

    assert (f"None of {among} countries of asylum had more." in short) is told


@in_one_loop
@pytest.mark.parametrize(
    ("year", "told"),
    [
        (
            None,
            "On 31 December 2023 it was 2,601,468; for 2024 there is only the figure of 30 June, 3,184,162.",
        ),
        (2024, "On 31 December 2023, half a year earlier, it was 2,601,468."),
    ],
)
async def test_a_stock_stands_beside_one_of_the_same_day_or_the_time_between_is_said(
    services: Services, year: int | None, told: str
) -> None:
    question = AskFigures(Place(None, services.countries.find("USA")), year)
    found = await services.answers.answer(question)

    assert told in reply_figures(question, found).content


@in_one_loop
async def test_a_total_that_the_answer_does_not_begin_with_is_called_by_its_name(services: Services) -> None:
    question = AskFigures(Place(services.countries.find("Afghanistan")), 2024)
    reply = reply_figures(question, await services.answers.answer(question))

    assert reply.short[0].startswith("Refugees from Afghanistan")
    assert "In the 2024 total of people waiting for a decision, the USA's 10,897 (2.8%)" in reply.content
