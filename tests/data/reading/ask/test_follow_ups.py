"""A reply to an answer changes one slot of what was asked."""

from __future__ import annotations

import pytest

from data.countries import Atlas
from data.model import Measure, Place
from data.questions.codec import write_command
from data.questions.refinement import measure_of
from data.questions.trend import AskTrend
from data.reading.ask import Aim, AimKind, Refused, Understood, follow_up
from tests.data.reading.ask.reading import RELEASES, TODAY, read

SYRIANS = "How many Syrian refugees live in Germany?"
SPAN = "asylum applications in Spain 2015-2020"
HOSTS = "Which country hosts the most refugees?"
GERMANY = "/asylum trend measure:refugees origin:Syria asylum:Germany"
EU_SHARE = "What share of EU asylum applications did Germany receive?"
EU_TOP = "/asylum top measure:applications rank:countries of asylum"
SHARE = "What is Germany's share of refugees from Ukraine?"


@pytest.mark.parametrize(
    ("asked", "then", "command"),
    [
        (SYRIANS, "and in France?", "/asylum trend measure:refugees origin:Syria asylum:France"),
        (SYRIANS, "what about 2019?", "/asylum trend measure:refugees origin:Syria asylum:Germany from:2019 to:2019"),
        ("Refugees in Chad in 2023", "and the year before?", "/asylum trend measure:refugees asylum:Chad from:2022 to:2022"),
        (SYRIANS, "and Afghans?", "/asylum trend measure:refugees origin:Afghanistan asylum:Germany"),
        (SYRIANS, "since 2015", "/asylum trend measure:refugees origin:Syria asylum:Germany from:2015"),
        (SYRIANS, "asylum applications?", "/asylum trend measure:applications origin:Syria asylum:Germany"),
        (HOSTS, "and in 2015?", "/asylum top measure:refugees rank:countries of asylum year:2015"),
        (HOSTS, "from Syria?", "/asylum top measure:refugees rank:countries of asylum origin:Syria"),
        (SYRIANS, "how many were rejected?", "/asylum trend measure:rejected origin:Syria asylum:Germany"),
        (SYRIANS, "compared with France?", "/asylum trend measure:refugees origin:Syria asylum:Germany versus:France"),
        (SYRIANS, "and Turkey or Lebanon?", "/asylum trend measure:refugees origin:Syria asylum:Türkiye versus:Lebanon"),
        (SYRIANS, "and worldwide?", "/asylum trend measure:refugees origin:Syria"),
        (SHARE, "and Poland?", "/asylum top measure:refugees rank:countries of asylum origin:Ukraine of:Poland"),
        (HOSTS, "and per capita?", "/asylum top measure:refugees rank:countries of asylum by:inhabitants"),
        (HOSTS, "and the fewest?", "/asylum top measure:refugees rank:countries of asylum order:smallest"),
        (HOSTS, "in Africa?", "/asylum top measure:refugees rank:countries of asylum asylum:Africa"),
        (SYRIANS, "in mid-2025?", f"{GERMANY} from:2025 to:2025 as_of:2025-11-10"),
        ("How many refugees live in Sudan?", "and from Sudan?", "/asylum trend measure:refugees origin:Sudan"),
        (EU_SHARE, "and Afghans?", f"{EU_TOP} origin:Afghanistan asylum:EU of:Germany"),
        (HOSTS, "and Germany?", "/asylum trend measure:refugees asylum:Germany"),
        ("Refugees worldwide in 2020", "by country", "/asylum top measure:refugees rank:countries of asylum year:2020"),
        ("Refugees worldwide in 2020", "and stateless people?", "/asylum trend measure:stateless from:2020 to:2020"),
        ("How many refugees returned to Syria in 2024?", "from Turkey?", "/asylum trend measure:returned-refugees origin:Syria asylum:Türkiye from:2024 to:2024"),
        ("How many refugees returned to Syria in 2024?", "from where?", "/asylum top measure:returned-refugees rank:countries of asylum year:2024 origin:Syria"),
        ("Top origins of refugees in Chad in 2023", "how many Nigerians?", "/asylum trend measure:refugees origin:Nigeria asylum:Chad from:2023 to:2023"),
        (HOSTS, "and second?", "/asylum top measure:refugees rank:countries of asylum position:2"),
        (HOSTS, "where do they come from?", "/asylum top measure:refugees rank:origins"),
        ("Refugees in Chad in 2023", "from which countries?", "/asylum top measure:refugees rank:origins year:2023 asylum:Chad"),
        ("Syrian refugees", "where did they go?", "/asylum top measure:refugees rank:countries of asylum origin:Syria"),
        (SPAN, "by nationality?", "/asylum top measure:applications rank:origins year:2020 asylum:Spain since:2015"),
        (SPAN, "in total?", "/asylum period measure:applications asylum:Spain from:2015 to:2020"),
        (SPAN, "on average?", "/asylum period measure:applications asylum:Spain from:2015 to:2020"),
        ("Refugees in Chad in 2023", "show me a map", "/asylum map measure:refugees by:origins year:2023 asylum:Chad"),
        ("Refugees in Chad in 2023", "compared with 2015?", "/asylum trend measure:refugees asylum:Chad from:2015 to:2023"),
        ("Refugees in Chad in 2023", "compare to Kenya", "/asylum trend measure:refugees asylum:Chad versus:Kenya from:2023 to:2023"),
        ("Refugees in Chad in 2023", "is that more than Kenya?", "/asylum trend measure:refugees asylum:Chad versus:Kenya from:2023 to:2023"),
        ("Refugees in Chad in 2023", "how does that compare with Kenya?", "/asylum trend measure:refugees asylum:Chad versus:Kenya from:2023 to:2023"),
        (SYRIANS, "ok, and only Afghans?", "/asylum trend measure:refugees origin:Afghanistan asylum:Germany"),
        (SYRIANS, "how many applied for asylum?", "/asylum trend measure:applications origin:Syria asylum:Germany"),
    ],
)  # fmt: skip
def test_one_slot_is_changed(atlas: Atlas, asked: str, then: str, command: str) -> None:
    before = read(asked, atlas)
    assert isinstance(before, Understood)

    after = follow_up(then, before.question, atlas, RELEASES, TODAY)

    assert isinstance(after, Understood)
    assert write_command(after.question) == command


def test_what_is_left_out_of_an_answer_goes_with_it_to_another_country(atlas: Atlas) -> None:
    germany = AskTrend(Measure.REFUGEES, (Place(None, atlas.find("Germany")),))

    without = follow_up("without Ukrainians?", germany, atlas, RELEASES, TODAY)
    assert isinstance(without, Understood)
    poland = follow_up("and in Poland?", without.question, atlas, RELEASES, TODAY)
    doubled = follow_up("has it doubled since 2015?", germany, atlas, RELEASES, TODAY)

    assert without.answers[0].aim == Aim(AimKind.WITHOUT)
    assert isinstance(poland, Understood)
    assert poland.question == AskTrend(
        Measure.REFUGEES,
        (Place(None, atlas.find("Poland")), Place(atlas.find("Ukraine"), atlas.find("Poland"))),
    )
    assert isinstance(doubled, Understood)
    assert doubled.answers[0].aim == Aim(AimKind.CHANGED, True, 1, 2.0)


@pytest.mark.parametrize(
    ("then", "aim"),
    [
        ("is that a record?", Aim(AimKind.RECORD, True)),
        ("when was the peak?", Aim(AimKind.RECORD)),
        ("what was the highest?", Aim(AimKind.RECORD)),
        ("the lowest?", Aim(AimKind.RECORD, sign=-1)),
        ("in how many years over 100,000?", Aim(AimKind.PASSED, value=100_000)),
        ("per day?", Aim(AimKind.EACH_DAY)),
    ],
)
def test_more_is_asked_of_the_same_figure(atlas: Atlas, then: str, aim: Aim) -> None:
    france = AskTrend(Measure.APPLICATIONS, (Place(None, atlas.find("France")),), 2023, 2023)

    after = follow_up(then, france, atlas, RELEASES, TODAY)

    assert isinstance(after, Understood)
    assert [(each.question, each.aim) for each in after.answers] == [(france, aim)]


@pytest.mark.parametrize(
    ("then", "aim"),
    [
        ("who had more?", Aim(AimKind.WHICH)),
        ("total?", Aim(AimKind.TOGETHER)),
        ("the difference?", Aim(AimKind.DIFFERENCE)),
    ],
)
def test_places_that_were_compared_are_held_against_each_other(atlas: Atlas, then: str, aim: Aim) -> None:
    before = read("Compare refugees in Chad and Kenya in 2023", atlas)
    assert isinstance(before, Understood)

    after = follow_up(then, before.question, atlas, RELEASES, TODAY)

    assert isinstance(after, Understood)
    assert [(each.question, each.aim) for each in after.answers] == [(before.question, aim)]


def test_another_country_s_share_is_told_as_a_share(atlas: Atlas) -> None:
    before = read(SHARE, atlas)
    assert isinstance(before, Understood)

    after = follow_up("and Poland?", before.question, atlas, RELEASES, TODAY)

    assert isinstance(after, Understood)
    assert after.answers[0].aim == Aim(AimKind.SHARE)


def test_a_word_for_several_counts_is_answered_with_each(atlas: Atlas) -> None:
    before = read("How many decisions were made in Germany in 2024?", atlas)
    assert isinstance(before, Understood)

    after = follow_up("and positive ones?", before.question, atlas, RELEASES, TODAY)

    assert isinstance(after, Understood)
    assert [measure_of(each.question) for each in after.answers] == [
        Measure.RECOGNISED,
        Measure.COMPLEMENTARY,
    ]


@pytest.mark.parametrize(
    ("then", "reason"),
    [
        ("what about women?", "sexes"),
        ("and in Berlin?", "cities"),
        ("and in March 2023?", "months"),
        ("and next year?", "year-to-come"),
        ("why?", "reasons"),
    ],
)
def test_what_the_figures_do_not_tell_is_refused_with_its_reason(
    atlas: Atlas, then: str, reason: str
) -> None:
    before = read(SYRIANS, atlas)
    assert isinstance(before, Understood)

    after = follow_up(then, before.question, atlas, RELEASES, TODAY)

    assert isinstance(after, Refused)
    assert after.reason == reason


@pytest.mark.parametrize(
    "then", ["How many refugees live in Kenya?", "thanks a lot", "and in Narnia?", SYRIANS]
)
def test_a_question_of_its_own_or_none_changes_nothing(atlas: Atlas, then: str) -> None:
    before = read(SYRIANS, atlas)
    assert isinstance(before, Understood)

    assert follow_up(then, before.question, atlas, RELEASES, TODAY) is None
