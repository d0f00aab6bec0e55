"""Rankings, two moments and sums over years, asked by command; and what no ranking can be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.composition import compose
from bot.sentences import say
from bot.services import Services
from data.errors import Unanswerable
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.asking import Asker, read_csv
from tests.cogs.test_golden import first_line, table
from tests.laws.generated import KINDS_OF_QUESTION
from tests.nonsense import check_harmless, check_sentence

in_one_loop = pytest.mark.asyncio(loop_scope="session")

NEW = {"measure": "applications"}


@in_one_loop
@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            {**NEW, "rank": "origin", "by": "change", "year": 2025},
            "largest rises by origin: South Sudan +78,759, Cuba +69,589, Central African Republic +58,915.",
        ),
        (
            {**NEW, "rank": "origin", "by": "change", "year": 2025, "order": "smallest"},
            "largest falls by origin: Sudan −134,367, Syria −113,144, Somalia −48,339.",
        ),
        (
            {**NEW, "by": "change", "year": 2025, "order": "smallest"},
            "largest falls by country of asylum: Egypt −141,919, Germany −116,524, Canada −56,577.",
        ),
        (
            {**NEW, "by": "percent", "asylum": "Germany", "year": 2025},
            "largest rises by origin, in percent: China +47%, Vietnam +22%.",
        ),
        (
            {**NEW, "by": "inhabitants"},
            "highest by country of asylum: Costa Rica 570, Greece 560, Uruguay 490.",
        ),
        (
            {**NEW, "year": 2024, "of": "Germany"},
            "Germany is third: 229,740, of 151 countries of asylum by new asylum applications in 2024 (2023: 329,104).",
        ),
        ({**NEW, "year": 2024, "position": 3}, "Germany is third: 229,740, of 151 countries of asylum by"),
        ({**NEW, "year": 2023, "position": 5}, "Canada is fifth: 146,739, of "),
        (
            {**NEW, "year": 2025, "of": "USA"},
            "The USA is first: 629,358 persons and 282,594 cases (January–September 2025), of 138 countries",
        ),
        ({**NEW, "year": 2025, "above": 100_000}, "8 countries of asylum are above 100,000"),
        ({**NEW, "year": 2025, "above": 100_000}, "cases (January–September 2025), Egypt 292,007"),
        (
            {"measure": "rejection-rate", "rank": "origin", "asylum": "Japan", "year": 2025, "of": "Nepal"},
            "Nepal shares first place with 6 others: 100.0%, of 8 origins",
        ),
        ({**NEW, "by": "inhabitants", "of": "Germany"}, "Germany is 20th: 130, of 87 countries of asylum by"),
        (
            {**NEW, "year": 2023, "above": 100_000},
            (
                "8 countries of asylum are above 100,000 by new asylum applications in 2023: USA 1,176,051,"
                " Germany 329,104, Egypt 183,051, Spain 163,192, Canada 146,739, Mexico 140,979, Italy 130,547,"
                " France 124,056."
            ),
        ),
        (
            {**NEW, "year": 2023, "above": 5_000, "asylum": "Netherlands"},
            "1 origin is above 5,000 by new asylum applications in the Netherlands in 2023: Syria 13,028.",
        ),
        (
            {**NEW, "rank": "asylum", "year": 2024, "asylum": "EU", "below": 500},
            (
                "3 of 27 countries of asylum with a figure are below 500 by new asylum applications in the EU in 2024:"
                " Lithuania 280, Slovakia 122, Hungary 15."
            ),
        ),
        (
            {**NEW, "year": 2023, "above": 9_999, "below": 20_001},
            "13 of 146 countries of asylum with a figure are at least 10,000 and at most 20,000",
        ),
        (
            {"measure": "recognition-rate", "rank": "asylum", "year": 2024, "below": 1},
            "6 of 75 countries of asylum with a figure are below 1%",  # Portugal's 0 of 1,030 among them
        ),
        ({**NEW, "year": 2023, "asylum": "Germany", "below": 1}, "No origin with a figure is below 1 by new"),
        ({**NEW, "year": 2023, "above": 2_000_000}, "No country of asylum is above 2,000,000 by new asylum"),
        (
            {**NEW, "asylum": "Belgium", "since": 2020, "year": 2023},
            "in Belgium in 2020–2023 together, largest origins: Afghanistan 15,754, Syria 10,529, Palestine 7,111.",
        ),
        (
            {"measure": "recognition-rate", "asylum": "Greece", "order": "smallest"},
            "in Greece that recognised a refugee in 2025, lowest by origin: Albania 0.0%, Nepal 0.0%, Bangladesh 0.2%.",
        ),
        (
            {"measure": "rejection-rate", "origin": "Morocco", "above": 90},
            (
                "4 countries of asylum are above 90% by share of decisions on people from Morocco that rejected the claim in 2025: Bulgaria 100.0%,"
                " Italy 98.4%, Germany 94.8%, Spain 93.3%."
            ),
        ),
        ({**NEW, "order": "smallest", "year": 2024}, "in 2024, smallest countries of asylum: "),
    ],
)
async def test_a_ranking_gives_its_answer_first(asker: Asker, options: dict[str, Any], line: str) -> None:
    message = await asker.message("top", options)

    assert line in (await first_line(asker, message))
    assert len(message["content"]) <= 900


@in_one_loop
async def test_a_country_whose_years_do_not_compare_is_set_apart_with_the_reason(asker: Asker) -> None:
    countries = await asker.message("top", {**NEW, "by": "change", "year": 2025})
    origins = await asker.message("top", {**NEW, "by": "change", "year": 2025, "rank": "origin"})
    early = await asker.message("top", {**NEW, "by": "change", "year": 2024})

    assert "Not ranked, as their years do not compare: USA (partly in cases), " in await asker.details(
        countries
    )
    assert "Colombia (USA 2024: January–June only)" in await asker.details(origins)
    assert "USA (2024: January–June only)" in await asker.details(early)
    rows = await table(asker, countries)
    assert not any("USA" in row for row in rows)
    assert "Cuba +69,589* 67,704 137,293" in " ".join(await table(asker, origins))
    assert "* with the USA's figure of January–June" in (await table(asker, origins))[-1]


@in_one_loop
async def test_the_smallest_are_of_those_with_at_least_ten(asker: Asker) -> None:
    message = await asker.message("top", {**NEW, "order": "smallest", "year": 2024})

    assert "1. " in (await table(asker, message))[1]
    assert "fewer than 10" not in " ".join(await table(asker, message))
    assert "Ranked from 10 new asylum applications" in await asker.details(message)


@in_one_loop
async def test_a_sum_says_which_part_stands_for_half_a_year_and_is_so_in_its_file(asker: Asker) -> None:
    message = await asker.message("top", {**NEW, "since": 2022, "year": 2024})

    assert "USA 2,635,555 (with January–June 2024 only)" in (await first_line(asker, message))
    pressed = await asker.csv(message)
    assert pressed.reply is not None
    (attachment,) = pressed.reply["attachments"]
    rows = read_csv(asker.file(attachment))
    assert {row["covers"] for row in rows} == {"2022–2024, added up"}


@in_one_loop
@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            {**NEW, "asylum": "Germany", "from": 2016, "to": 2019},
            "142,505 in 2019, 80% fewer than in 2016 (722,373 then; −579,868).",
        ),
        (
            {"measure": "pending", "asylum": "Canada", "from": 2015, "to": 2025},
            "314,475 on 31 December 2025, 16.0 times as many as on 31 December 2015 (19,631 then; +294,844).",
        ),
        (
            {**NEW, "asylum": "Germany", "from": 2012, "to": 2016},
            "722,373 in 2016, 11.2 times as many as in 2012 (64,525 then; +657,848).",
        ),
        (
            {**NEW, "asylum": "Norway", "years": "2015, 2020 and 2024"},
            "2015: 30,503 · 2020: 1,309 · 2024: 4,821; 84% fewer than in 2015 (−25,682).",
        ),
        (
            {**NEW, "asylum": "Germany", "years": "2016,2015"},
            "2015: 441,898 · 2016: 722,373; 63% more than in 2015",
        ),
        (
            {**NEW, "asylum": "Austria", "years": "2021 2022"},
            "2021: 39,905 · 2022: 109,773; 2.8 times as many as",
        ),
        ({**NEW, "asylum": "Ireland", "years": "2010, 2020"}, "2010: 1,924 · 2020: 1,559"),
        ({**NEW, "asylum": "Denmark", "years": "2014, 2024"}, "2014: 14,763 · 2024: 2,230"),
        ({**NEW, "origin": "Cuba", "from": 2022}, "in 2025, not comparable with 194,642 in 2022."),
        ({**NEW, "asylum": "Germany"}, "113,216 in 2025, 51% fewer than in 2024."),
        (
            {"measure": "rejection-rate", "asylum": "Germany", "from": 2015},
            "66.3% in 2025, +22.9 points from 43.3% in 2015.",
        ),
    ],
)
async def test_two_moments_are_compared_that_were_asked_for(
    asker: Asker, options: dict[str, Any], line: str
) -> None:
    assert line in await first_line(asker, await asker.message("trend", options))


@in_one_loop
async def test_several_places_are_listed_for_the_same_single_years(asker: Asker) -> None:
    options = {**NEW, "asylum": "Ireland", "versus": "Denmark", "years": "2010, 2020"}
    message = await asker.message("trend", options)

    assert "Compared with: Denmark 2010: 4,962 · 2020: 1,446." in await asker.details(message)


@in_one_loop
@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({**NEW, "asylum": "Germany", "from": 2014, "to": 2018}, "2014–2018: 1,697,558 in all, "),
        ({**NEW, "asylum": "Italy", "from": 2014, "to": 2018}, "444,704 in all"),
        ({**NEW, "asylum": "Greece", "from": 2015, "to": 2020}, "295,789 in all"),
        (
            {"measure": "protection-rate", "asylum": "Germany", "from": 2020, "to": 2024},
            "2020–2024: 58.0% of all those decisions together (",
        ),
        (
            {"measure": "rejection-rate", "asylum": "Germany", "from": 2020, "to": 2024},
            "2020–2024: 42.0% of all those decisions together (",
        ),
        (
            {"measure": "protection-rate", "origin": "India", "asylum": "Germany", "from": 2020, "to": 2024},
            "2020–2024: 3.6% of all those decisions together (4,063 on the merits)",
        ),
    ],
)
async def test_years_taken_together_give_a_sum_or_a_pooled_rate(
    asker: Asker, options: dict[str, Any], line: str
) -> None:
    assert line in await first_line(asker, await asker.message("period", options))


@in_one_loop
async def test_stocks_of_several_years_are_compared_and_not_added(asker: Asker) -> None:
    message = await asker.message("period", {"asylum": "Germany", "from": 2015, "to": 2020})

    assert "From first to last: 420,570 in 2015, 243,157 in 2020, 42% fewer." in await asker.details(message)
    assert "in all" not in await asker.details(message)


@in_one_loop
@pytest.mark.parametrize(
    ("words", "options", "part"),
    [
        ("top", {**NEW, "position": 0}, "counted from 1"),
        ("top", {**NEW, "position": 999}, "choose a place from 1 to "),
        ("top", {**NEW, "above": -1}, "from 0 on"),
        ("top", {**NEW, "since": 2025, "year": 2020}, "run backwards"),
        ("top", {"measure": "pending", "since": 2020}, "never added up"),
        ("top", {**NEW, "since": 2020, "by": "inhabitants"}, "one year is ranked"),
        ("top", {"measure": "recognition-rate", "by": "change"}, "leave out “by:change”"),
        ("top", {"measure": "recognition-rate", "by": "inhabitants"}, "leave out “by:inhabitants”"),
        ("top", {**NEW, "of": "Tuvalu"}, "no rank of Tuvalu"),
        ("top", {**NEW, "of": "Malta", "by": "inhabitants", "year": 2010}, "of 500 or more"),
        ("top", {**NEW, "of": "USA", "by": "change"}, "do not count the same"),
        ("top", {**NEW, "of": "Germany", "position": 2}, "leave out one"),
        ("top", {**NEW, "asylum": "USA", "by": "change"}, "can be ranked here"),
        ("top", {**NEW, "by": "change", "as_of": "2025-11-10"}, "Half of 2025"),
        ("top", {**NEW, "since": 1990}, "begin in 2000"),
        ("trend", {**NEW, "years": "apples"}, "as years"),
        ("trend", {**NEW, "years": ""}, "as years"),
        ("trend", {**NEW, "years": "2010, 2011, 2012, 2013, 2014, 2015"}, "At most 5"),
        ("trend", {**NEW, "years": "2010, 2020", "from": 2010}, "do not go together"),
        ("trend", {**NEW, "years": "1999, 2020"}, "begin in 2000"),
    ],
)
async def test_what_cannot_be_ranked_or_compared_is_one_sentence(
    asker: Asker, words: str, options: dict[str, Any], part: str
) -> None:
    said = await asker.refusal(words, options)

    check_sentence(said)
    assert part in said


@in_one_loop
async def test_every_ranking_and_trend_that_can_be_made_up_is_answered_or_refused(services: Services) -> None:
    made: list[Question] = []

    @settings(deadline=None, max_examples=400, database=None)
    @given(st.one_of(KINDS_OF_QUESTION[AskTop], KINDS_OF_QUESTION[AskTrend]))
    def make_up(question: Question) -> None:
        made.append(question)

    make_up()
    answered = 0
    for question in made:
        try:
            reply = await compose(services, question)
        except Unanswerable as refused:
            check_sentence(say(refused))
            continue
        answered += 1
        check_harmless(reply.content)
        assert len(reply.content) <= 2_000
        assert reply.records or not isinstance(question, AskTop)
    assert answered >= 10


@in_one_loop
@pytest.mark.parametrize("measure", ["displaced", "stateless", "resettled"])
async def test_a_country_that_is_ranked_by_its_own_people_or_by_arrivals_gives_no_asylum(
    asker: Asker, measure: str
) -> None:
    told = (await asker.message("top", {"measure": measure, "rank": "asylum"}))["content"]
    assert "largest countries:" in told
    assert "of asylum" not in told


@in_one_loop
@pytest.mark.parametrize("bound", [{"below": 1}, {"above": 95}])
async def test_rates_that_pass_a_threshold_say_from_how_many_decisions(
    asker: Asker, bound: dict[str, int]
) -> None:
    message = await asker.message("top", {"measure": "recognition-rate", "year": 2024, **bound})

    assert "Counted from 500 decisions on the merits." in message["content"]
