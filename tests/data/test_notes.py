"""Which of UNHCR's notes touch an answer: by country, year and population, and none besides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Country, Place
from data.notes import Note, Subjects, find_note_on, find_touching, is_general, read_years, touches

USA, CHINA, EGYPT, SUDAN = (Country(code, code, None, code, code) for code in ("USA", "CHI", "ARE", "SUD"))
NOW = frozenset({2024})


def note(
    origin: str | None = None,
    asylum: str | None = None,
    years: tuple[int, ...] = (2024,),
    populations: tuple[str, ...] = ("ASY",),
) -> Note:
    return Note(origin, asylum, years, populations, f"On {origin} in {asylum}.")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2015", (2015,)),
        (" 2019 - 2022 ", (2019, 2020, 2021, 2022)),
        ("2021, 2023 - 2025", (2021, 2023, 2024, 2025)),
        ("2020 2021 2022", (2020, 2021, 2022)),
        ("2024–2025", (2024, 2025)),
        ("2023, 2021", (2021, 2023)),
    ],
)
def test_years_are_read_as_unhcr_writes_them(text: str, years: tuple[int, ...]) -> None:
    assert read_years(text) == years


@pytest.mark.parametrize(
    "text", ["", "any", "20", "2024 -", "2025 - 2020", "0001 - 9999", "2024; DROP", "20245"]
)
def test_what_is_no_list_of_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_years(text)


@given(st.sets(st.integers(1951, 2030), min_size=1, max_size=12))
def test_any_list_of_years_is_read_back(years: set[int]) -> None:
    assert read_years(", ".join(map(str, years))) == tuple(sorted(years))


@pytest.mark.parametrize(
    ("on", "place", "touched"),
    [
        (note(asylum="USA"), Place(None, USA), True),
        (note(asylum="USA"), Place(CHINA, USA), True),
        (note(asylum="USA"), Place(CHINA, None), False),
        (note(asylum="USA"), Place(USA, None), False),
        (note(asylum="USA"), Place(), False),
        (note(origin="CHI"), Place(CHINA, None), True),
        (note(origin="CHI"), Place(None, CHINA), False),
        (note("SUD", "ARE"), Place(SUDAN, EGYPT), True),
        (note("SUD", "ARE"), Place(SUDAN, None), True),
        (note("SUD", "ARE"), Place(None, EGYPT), True),
        (note("SUD", "ARE"), Place(CHINA, EGYPT), False),
        (note("SUD", "ARE"), Place(), False),
        (note(), Place(), True),
        (note(), Place(CHINA, USA), True),
        (note(years=(2023, 2025)), Place(), False),
        (note(populations=("REF", "STA")), Place(), False),
        (note(populations=("ASY", "REF")), Place(), True),
        (note(populations=()), Place(), True),
    ],
)
def test_a_note_touches_what_it_is_about(on: Note, place: Place, *, touched: bool) -> None:
    assert touches(on, place, NOW) == touched


countries = st.none() | st.sampled_from([USA, CHINA, EGYPT, SUDAN])
places = st.builds(Place, countries, countries)
codes = st.none() | st.sampled_from(["USA", "CHI", "ARE", "SUD", "GFR"])
notes = st.lists(
    st.builds(
        Note,
        codes,
        codes,
        st.sets(st.integers(2019, 2026), min_size=1, max_size=4).map(lambda years: tuple(sorted(years))),
        st.sets(st.sampled_from(["ASY", "REF", "STA"])).map(lambda found: tuple(sorted(found))),
        st.text(min_size=1, max_size=9),
    ),
    max_size=12,
)
subjects = st.builds(
    Subjects,
    st.lists(places, min_size=1, max_size=4).map(tuple),
    st.just(1),
    st.frozensets(st.integers(2019, 2026), min_size=1),
    st.just(2019),
)


@given(notes, subjects)
def test_every_note_of_an_answer_touches_it_and_none_is_left_out(listed: list[Note], about: Subjects) -> None:
    found = find_touching(listed, about)
    assert len(set(found)) == len(found)
    for each in found:
        assert {*each.years} & about.years
        assert not each.populations or "ASY" in each.populations
        assert is_general(each) or any(
            (each.origin and place.origin and place.origin.code == each.origin)
            or (each.asylum and place.asylum and place.asylum.code == each.asylum)
            for place in about.places
        )
    assert {*found} == {n for n in listed if any(touches(n, p, about.years) for p in about.places)}


@given(notes, subjects)
def test_general_notes_come_last(listed: list[Note], about: Subjects) -> None:
    general = [is_general(each) for each in find_touching(listed, about)]
    assert general == sorted(general)


def test_what_was_asked_for_comes_before_what_is_listed_and_newer_before_older() -> None:
    about = Subjects((Place(CHINA), Place(CHINA, USA)), 1, frozenset({2023, 2024}), 2023)
    of_usa, of_china, older, general = (
        note(asylum="USA"),
        note(origin="CHI"),
        note(origin="CHI", years=(2023,)),
        note(),
    )
    assert find_touching([general, older, of_usa, of_china], about) == (of_china, older, of_usa, general)


def test_of_notes_on_one_figure_that_on_the_pair_says_most_and_a_general_one_nothing() -> None:
    pair = Place(SUDAN, EGYPT)
    on_asylum, on_pair = note(None, "ARE"), note("SUD", "ARE")
    others = [note(), note("CHI", "ARE"), note(None, "ARE", (2023,)), note(None, "ARE", (2024,), ("REF",))]

    assert find_note_on([*others, on_asylum, on_pair], pair, 2024) == on_pair
    assert find_note_on([*others, on_asylum], pair, 2024) == on_asylum
    assert find_note_on([*others, on_pair], Place(asylum=EGYPT), 2024) is None
    assert find_note_on(others, pair, 2024) is None
