"""Numbers, days and places in words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import words
from bot.words import measures
from data.countries.groups import read_groups
from data.model import Extent, Measure, Nature, Place, ReferencePeriod, Release, Tally
from data.statistics import Change
from tests.data.countries.atlases import atlas

COUNTS = st.integers(0, 10**10)
RATES = st.floats(0, 1)
CHINA, USA, UNKNOWN = (atlas().find(name) for name in ("China", "USA", "Unknown origin"))
COUNTED = [measure for measure in Measure if measure.nature is not Nature.RATE]
RATED = [measure for measure in Measure if measure.nature is Nature.RATE]


def change(before: float, after: float) -> Change:
    return Change(2024, before, after, after / before - 1)


@settings(deadline=None)
@given(COUNTS)
def test_a_number_reads_back_as_itself_unless_it_is_small(count: int) -> None:
    said = words.say_number(count)

    assert said == "fewer than 10" if 0 < count < 10 else int(said.replace(",", "")) == count


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(COUNTED))
def test_no_prose_tells_one_to_nine_exactly(persons: int, cases: int, measure: Measure) -> None:
    for said in (
        words.say_tally(measure, Tally(persons, cases)),
        words.say_tally(measure, Tally(persons)),
        words.say_tally(measure, Tally(None, cases)),
        words.say_value(measure, persons),
        words.say_short(measure, persons),
    ):
        assert not re.search(r"\b[1-9]\b", said)


def test_nothing_published_is_not_a_zero() -> None:
    assert words.say_number(0) == "0"
    assert words.say_number(None) == words.say_rate(None) == "not published"
    assert words.say_tally(Measure.APPLICATIONS, Tally()) == "not published"
    assert words.say_tally(Measure.APPLICATIONS, Tally(0)) == "0 persons"
    assert words.say_tally(Measure.APPLICATIONS, Tally(None, 0)) == "0 cases"


@pytest.mark.parametrize(
    ("measure", "tally", "said"),
    [
        (Measure.APPLICATIONS, Tally(2_505_045, 291_558), "2,505,045 persons and 291,558 cases"),
        (Measure.APPLICATIONS, Tally(1, 1), "fewer than 10 persons and fewer than 10 cases"),
        (Measure.APPLICATIONS, Tally(120, 0), "120 persons"),
        (Measure.APPLICATIONS, Tally(0, 120), "120 cases"),
        (Measure.PENDING, Tally(99_716), "99,716 persons"),
        (Measure.RECOGNITION_RATE, Tally(0.322), "32.2%"),
        (Measure.RECOGNITION_RATE, Tally(0.322, 0.05), "32.2% of persons, 5.0% of cases"),
        (Measure.RECOGNITION_RATE, Tally(0.0, 0.05), "0.0% of persons, 5.0% of cases"),
        (Measure.RECOGNITION_RATE, Tally(None, 0.365), "36.5% of cases"),
    ],
)
def test_persons_and_cases_stand_side_by_side(measure: Measure, tally: Tally, said: str) -> None:
    assert words.say_tally(measure, tally) == said


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_persons_and_cases_are_never_added(persons: int, cases: int) -> None:
    said = words.say_tally(Measure.APPLICATIONS, Tally(persons, cases))

    if persons >= 10 and cases >= 10:
        assert [int(n.replace(",", "")) for n in re.findall(r"[\d,]+", said)] == [persons, cases]


@pytest.mark.parametrize(
    ("per_thousand", "said"),
    [
        (0, "0"),
        (0.001, "under 0.01"),
        (0.31, "0.31"),
        (5.04, "5.0"),
        (9.96, "10"),
        (91.49, "91"),
        (1234, "1,200"),
    ],
)
def test_figures_per_inhabitant_have_two_digits(per_thousand: float, said: str) -> None:
    assert words.say_per_head(Nature.STOCK, per_thousand / 1000) == said


@settings(deadline=None)
@given(RATES)
def test_a_share_of_something_is_never_said_to_be_none(share: float) -> None:
    said = words.say_share(share)

    assert (said == "0.0%") == (share == 0)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (178_725, 99_716, "44% fewer than in 2024"),
        (100, 119, "19% more than in 2024"),
        (100, 199, "99% more than in 2024"),
        (100, 240, "2.4 times as many as in 2024"),
        (100, 150_000, "1,500 times as many as in 2024"),
        (147_909, 147_909, "exactly the same as in 2024"),
        (1000, 1004, "about the same as in 2024"),
        (1000, 996, "about the same as in 2024"),
        (1200, 5, "99.6% fewer than in 2024"),
        (20_000, 5, "99.9% fewer than in 2024"),
        (1200, 0, "100% fewer than in 2024"),
    ],
)
def test_a_change_is_said_against_its_year(before: int, after: int, said: str) -> None:
    assert words.say_change_since(change(before, after), "in 2024") == said


def test_a_change_that_would_mislead_is_not_said() -> None:
    assert words.say_change_since(Change(2024, 10, 20, None), "in 2024") == ""


@settings(deadline=None)
@given(st.integers(50, 10**7), st.integers(0, 10**7))
def test_a_change_never_says_more_for_fewer(before: int, after: int) -> None:
    said = words.say_change(change(before, after))

    assert ("fewer" in said) <= (after < before)
    assert ("more" in said or "times" in said) <= (after > before)
    assert not said.startswith("0%")


def test_days_are_written_out() -> None:
    assert words.say_day(date(2026, 6, 5)) == "5 June 2026"
    assert words.say_short_day(date(2026, 6, 25)) == "25 Jun 2026"


@pytest.mark.parametrize(
    ("nature", "period", "when"),
    [
        (Nature.STOCK, ReferencePeriod.MID_YEAR, "on 30 June 2025"),
        (Nature.STOCK, ReferencePeriod.YEAR_END, "on 31 December 2025"),
        (Nature.FLOW, ReferencePeriod.MID_YEAR, "in January–June 2025"),
        (Nature.FLOW, ReferencePeriod.YEAR_END, "in 2025"),
        (Nature.RATE, ReferencePeriod.MID_YEAR, "in January–June 2025"),
    ],
)
def test_a_stock_stands_on_a_day_and_a_flow_in_its_months(
    nature: Nature, period: ReferencePeriod, when: str
) -> None:
    assert words.say_when(nature, 2025, period) == when


def test_no_day_is_invented_for_a_month() -> None:
    assert words.say_when(Nature.STOCK, 2024, Extent(2024, 5)) == "in May 2024"
    assert words.note_partial(Nature.STOCK, Extent(2024, 5)) == "May 2024"


@pytest.mark.parametrize(
    ("place", "said", "name"),
    [
        (Place(), "worldwide", "World"),
        (Place(CHINA), "from China", "China"),
        (Place(None, USA), "in the USA", "USA"),
        (Place(USA), "from the USA", "USA"),
        (Place(CHINA, USA), "from China in the USA", "China → USA"),
        (Place(UNKNOWN, USA), "listed as “Unknown origin” in the USA", "Unknown origin → USA"),
    ],
)
def test_places_read_like_english(place: Place, said: str, name: str) -> None:
    assert measures.say_place(place) == said
    assert measures.name_place(place) == name


def test_no_place_says_a_word_twice() -> None:
    for country in atlas().countries():
        for place in (Place(country), Place(None, country), Place(CHINA, country), Place(country, USA)):
            assert not re.search(r"\b(\w+) \1\b|  ", measures.say_place(place), re.IGNORECASE)


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (Measure.APPLICATIONS, "New asylum applications from China in the USA"),
        (Measure.COMPLEMENTARY, "Grants of complementary protection for people from China in the USA"),
        (Measure.DECISIONS, "Asylum decisions for people from China in the USA"),
        (Measure.RECOGNITION_RATE, "Refugee Recognition Rate for people from China in the USA"),
    ],
)
def test_protection_is_given_to_people_and_not_by_their_country(measure: Measure, said: str) -> None:
    assert measures.say_subject(measure, Place(CHINA, USA)) == said


def test_every_measure_has_its_words() -> None:
    assert set(measures.NAMES) == set(measures.SUBJECTS) == set(Measure)
    assert len(set(measures.NAMES.values())) == len(set(measures.SUBJECTS.values())) == len(Measure)


def test_the_source_names_database_release_and_licence() -> None:
    release = Release(
        1,
        datetime(2026, 6, 25, tzinfo=UTC),
        "Global Trends 2025, corrected",
        2025,
        ReferencePeriod.YEAR_END,
    )

    source = words.say_source(release)
    assert source == "Global Trends 2025, corrected (25 Jun 2026) · CC BY 4.0"
    assert words.cite(source) == f"UNHCR Refugee Population Statistics Database · {source}"


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert words.capitalise("the USA leads") == "The USA leads"
    assert words.capitalise("99,716 people") == "99,716 people"
    assert words.capitalise("") == ""


def test_what_ends_a_line_is_short() -> None:
    assert words.say_short(Measure.PENDING, 8_998_097) == "9.00M"
    assert words.say_short(Measure.PENDING, 99_716) == "99,716"
    assert words.say_short(Measure.PENDING, 5) == "<10"
    assert words.say_short(Measure.RECOGNITION_RATE, 0.828) == "83%"


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([], ""),
        ([2025], "2025"),
        ([2004, 2003], "2003–2004"),
        ([2000, 2001, 2003, 2005, 2006], "2000–2001, 2003 and 2005–2006"),
    ],
)
def test_neighbouring_years_are_written_as_a_span(years: list[int], said: str) -> None:
    assert words.say_years(years) == said


def test_a_group_in_the_plural_leads_in_the_plural() -> None:
    groups = read_groups()

    assert words.is_plural(groups["americas"])
    assert words.is_plural(groups["low-income"])
    assert not words.is_plural(groups["eu"])
    assert not words.is_plural(atlas().find("Netherlands"))
