"""Outcomes in words: denominators said, no rate on few, persons and cases apart."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.charts.decisions import DecisionsChart
from bot.replies.decisions import reply_decisions
from bot.replies.reply import Reply
from data.measures import tally, tally_substantive
from data.model import Counts, Level, Measure, Place, ReferencePeriod, Release, Tally
from data.questions.decisions import AskDecisions, Decided, Decisions
from tests.data.countries.atlases import atlas

CHINA = Place(atlas().find("China"))
MID = Release(1, datetime(2025, 11, 10, tzinfo=UTC), "Mid-Year Trends 2025", 2025, ReferencePeriod.MID_YEAR)
SHOWN = [of for of in Measure if of not in (Measure.PENDING, Measure.APPLICATIONS, Measure.ALL_STAGES)]


def decided(year: int, persons: Counts | None, cases: Counts | None = None) -> Decided:
    tallies = {of: tally(of, persons, cases) for of in SHOWN}
    return Decided(year, year == 2025, tallies, tally_substantive(persons, cases))


def counts(recognised: int, complementary: int, rejected: int, closed: int) -> Counts:
    return Counts(recognised=recognised, complementary=complementary, rejected=rejected, closed=closed)


def reply(*years: Decided, level: Level = Level.ALL, beside: Tally | None = None) -> Reply:
    latest = next(each for each in reversed(years) if each.tallies[Measure.DECISIONS].main)
    found = Decisions(CHINA, level, MID, years, latest, beside or latest.substantive, ())
    return reply_decisions(AskDecisions(CHINA, level), found)


def chart(found: Reply) -> DecisionsChart:
    assert isinstance(found.chart, DecisionsChart)
    return found.chart


def said(found: Reply) -> str:
    return found.account.replace("**", "")


def test_the_newest_year_is_told_with_its_denominator_and_what_it_covers() -> None:
    found = reply(decided(2024, counts(10, 10, 80, 5)), decided(2025, counts(30, 20, 50, 40)))

    assert said(found) == (
        "Asylum decisions for people from China in January–June 2025: 100 persons on the merits (30 recognised as"
        " refugees, 20 given complementary protection, 50 rejected); 40 persons more were otherwise closed.\n"
        "Refugee Recognition Rate 30.0%; Total Protection Rate 50.0%: shares of the 100 persons on the merits."
    )
    assert (
        chart(found).heading.title
        == "50.0% of 100 decisions on the merits gave protection in January–June 2025"
    )
    assert [column.half for column in chart(found).columns] == [False, True]
    assert [point.hollow for point in chart(found).rates[0].points] == [False, True]
    assert chart(found).half_note == "Jan–Jun 2025 only"


def test_no_rate_is_said_or_drawn_on_few_decisions() -> None:
    found = reply(decided(2023, counts(20, 10, 19, 5)))

    assert "No rate is given for 2023, on so few decisions on the merits." in said(found)
    assert "%" not in said(found)
    assert [point.value for line in chart(found).rates for point in line.points] == [None, None]
    assert chart(found).heading.title == "49 decisions on the merits in 2023 (persons)"


def test_persons_are_drawn_and_cases_stand_in_the_table() -> None:
    found = reply(decided(2024, counts(50, 0, 50, 0), counts(1_000, 0, 3_000, 0)))

    assert [column.parts for column in chart(found).columns] == [(50, 0, 50, 0)]
    assert chart(found).columns_title == "Decisions per year, in persons; cases are not drawn"
    assert [row[:2] for row in found.grid.rows] == [("2024", "persons"), ("2024", "cases")]
    assert "100 persons and 4,000 cases" in said(found)
    assert "4,100" not in said(found)


def test_cases_are_drawn_where_there_is_nothing_in_persons() -> None:
    found = reply(decided(2024, None, counts(1_000, 0, 3_000, 0)))

    assert [column.parts for column in chart(found).columns] == [(1_000, 0, 3_000, 0)]
    assert chart(found).columns_title == "Decisions per year, in cases"
    assert "4,000 decisions on the merits (cases)" in chart(found).heading.title


def test_first_instance_is_set_beside_all_levels_and_named_in_the_records() -> None:
    found = reply(decided(2024, counts(50, 0, 50, 0)), level=Level.FIRST, beside=Tally(250))

    assert said(found).startswith("Asylum decisions at first instance for people from China in 2024")
    assert "At all levels there were 250 persons on the merits in 2024" in said(found)
    assert {record.measure.endswith(" at first instance") for record in found.records} == {True}


def test_a_year_without_a_decision_is_said_to_have_none() -> None:
    found = reply(decided(2024, counts(50, 0, 50, 0)), decided(2025, None))

    assert "For 2025 no such decision is published." in said(found)
    assert [row[0] for row in found.grid.rows] == ["2024"]


def test_the_picture_begins_with_the_first_decision_and_the_reply_says_which_years_have_none() -> None:
    some, none = counts(30, 20, 50, 40), Counts()
    found = reply(*(decided(year, some if year in (2022, 2023) else none) for year in range(2019, 2025)))

    assert chart(found).heading.subtitle == "Asylum decisions for people from China, 2022–2023"
    assert [column.year for column in chart(found).columns] == [2022, 2023, 2024]
    assert chart(found).rates[0].points[0].year == 2022
    assert ", 2022–2023. " in found.alt
    assert said(found).endswith("For 2019–2021 and 2024 no such decision is published.")


def test_a_title_in_persons_says_so_where_cases_were_decided_as_well() -> None:
    found = reply(decided(2024, counts(50, 0, 50, 0), counts(1_000, 0, 3_000, 0)))

    assert (
        chart(found).heading.title == "50.0% of 100 decisions on the merits (persons) gave protection in 2024"
    )
