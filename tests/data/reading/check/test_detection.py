"""What a text says of its numbers."""

from __future__ import annotations

from datetime import date

import pytest

from data.countries import Atlas
from data.reading.check.claim import Claim, Subject, Term
from data.reading.check.detection import MAX_CLAIMS, read_claims
from data.reading.check.sentences import clean, split_sentences
from tests.nonsense import nonsense

TODAY = date(2026, 11, 25)


def read(atlas: Atlas, text: str, written: date = TODAY) -> list[Claim]:
    return list(read_claims(text, atlas, written, 2025))


def first_place(claim: Claim) -> tuple[str | None, str | None]:
    place = claim.places[0]
    return (place.origin.code if place.origin else None, place.asylum.code if place.asylum else None)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("In Canada, 6,435 Chinese sought asylum; in Italy, 3,857.", [("CHI", "CAN"), ("CHI", "ITA")]),
        ("6,435 Chinese sought asylum in Canada, 3,857 in Italy.", [("CHI", "CAN"), ("CHI", "ITA")]),
        ("Asylum claims from China: Canada 6,435, Italy 3,857.", [("CHI", "CAN"), ("CHI", "ITA")]),
        ("99,716 Chinese asylum claims are pending. In Italy 5,365 are.", [("CHI", None), ("CHI", "ITA")]),
        ("Germany counts claims. 348,903 asylum cases were pending.", [(None, "GFR")]),
        (
            "Germany has asylum seekers from Syria (65,511) and Iraq (5,000).",
            [("SYR", "GFR"), ("IRQ", "GFR")],
        ),
        ("3,050,315 asylum applications were filed worldwide.", [(None, None)]),
    ],
)
def test_each_number_gets_the_places_around_it(
    atlas: Atlas, text: str, places: list[tuple[str | None, str | None]]
) -> None:
    assert [first_place(claim) for claim in read(atlas, text)] == places


@pytest.mark.parametrize(
    ("text", "years", "span"),
    [
        ("In 2024, 6,435 Chinese asked for asylum.", (2024,), None),
        ("Last year 6,435 Chinese asked for asylum.", (2025,), None),
        ("6,435 asylum claims in 2024, 3,857 in 2023.", (2024, 2023), None),
        ("1.3 million asylum claims since 2013.", (), (2013, 2025)),
        ("1.3 million asylum claims since Xi took office in 2013.", (), (2013, 2025)),
        ("7,000 asylum claims a year in 2003–2012.", (), (2003, 2012)),
        ("6,435 asylum claims, more than double the 2019 level.", (2025, 2024), None),
        ("6,435 asylum claims.", (2025, 2024), None),
    ],
)
def test_each_number_gets_the_years_around_it(
    atlas: Atlas, text: str, years: tuple[int, ...], span: tuple[int, int] | None
) -> None:
    claim = read(atlas, text)[0]

    assert (claim.years, claim.span) == (years, span)


def test_last_year_is_that_before_the_text_s_own_day(atlas: Atlas) -> None:
    told = "6,435 Chinese applied for asylum last year."

    assert read(atlas, told, date(2024, 5, 1))[0].years == (2023,)
    assert read(atlas, f"1 February 2025 – {told}")[0].years == (2024,)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("6,435 Chinese applied for asylum", Term.APPLIED),
        ("6,435 pending asylum applications", Term.PENDING),
        ("6,435 asylum seekers were waiting", Term.PENDING),
        ("rejected 6,435 asylum applications", Term.REJECTED),
        ("6,435 asylum applications were rejected", Term.REJECTED),
        ("6,435 new asylum seekers, the backlog grows", Term.NEW),
        ("6,435 asylum seekers", Term.SEEKERS),
        ("6,435 people were granted refugee status", Term.RECOGNISED),
        ("6,435 people were given subsidiary protection and asylum", Term.COMPLEMENTARY),
    ],
)
def test_each_number_gets_what_is_said_of_it(atlas: Atlas, text: str, term: Term) -> None:
    assert read(atlas, f"In 2024, {text} in Canada.")[0].term is term


@pytest.mark.parametrize(
    "text",
    [
        "1,442 employees", "29 lives", "$1,200", "1,200 euros", "€ 1,200", "page 147", "pp. 12", "aged 35", "35-year-old", "17th",
        "3 March", "March 3", "10:30", "5 pm", "room 312", "+49 30 1234567", "0800 123 456", "63 days", "12 forms", "44-page",
        "2,400 tents", "300 judges", "2,400 Chinese students", "No. 12", "Section 8",
    ],
)  # fmt: skip
def test_numbers_of_other_things_are_left_alone(atlas: Atlas, text: str) -> None:
    assert read(atlas, f"The asylum office in Canada has {text}, they say.") == []


def test_a_text_about_other_things_has_no_claims(atlas: Atlas) -> None:
    assert read(atlas, "In 2024, 6,435 people moved from China to Canada.") == []


def test_an_unknown_word_after_a_nationality_leaves_open_what_is_counted(atlas: Atlas) -> None:
    (claim,) = read(atlas, "6,435 Chinese flocked to the asylum offices of Canada.")

    assert claim.subject is Subject.UNCLEAR


def test_what_is_no_prose_is_blanked_and_everything_stays_where_it_was() -> None:
    text = "**178,725** <@123456789012345678> https://a.example/147909 me@a.example `x` #1 @all ok"
    cleaned = clean(text)

    assert len(cleaned) == len(text)
    assert cleaned.split() == ["178,725", "x", "ok"]
    assert cleaned.index("178,725") == text.index("178,725")


def test_sentences_end_where_people_end_them() -> None:
    text = "One is 1.5 million. Two? Three\n\nFour e.g. this one."

    assert [text[start:end].strip() for start, end in split_sentences(text)] == [
        "One is 1.5 million.",
        "Two?",
        "Three",
        "Four e.g. this one.",
    ]


def test_a_long_text_has_at_most_sixty_claims(atlas: Atlas) -> None:
    assert len(read(atlas, "Canada: 6,435 asylum claims. " * 200)) == MAX_CLAIMS


def test_nonsense_is_read_without_a_fall(atlas: Atlas) -> None:
    for text in nonsense("claims", 300):
        read(atlas, f"asylum {text}")


@pytest.mark.parametrize(
    ("text", "june"),
    [
        ("141,767 asylum-seekers were waiting in Germany in June 2025.", (2025,)),
        ("In 2025, 141,767 asylum claims were pending in Germany on 30 June.", (2025,)),
        ("141,767 asylum claims were pending in Germany in 2025.", ()),
        ("141,767 asylum claims were pending in Germany on 12 June 2025.", ()),
        ("UNHCR said in June 2026 that 141,767 asylum claims were pending in Germany in 2025.", (2026,)),
    ],
)
def test_june_is_read_with_the_year_that_it_is_of(atlas: Atlas, text: str, june: tuple[int, ...]) -> None:
    (found,) = [each for each in read(atlas, text) if each.number == "141,767"]

    assert found.june == june
    assert not found.half


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("In 2024, 229,740 people applied for asylum in Germany, up 124% from 2020.", (2020,)),
        ("In 2024, 229,740 people applied for asylum in Germany, up 55% since 2021.", (2021,)),
        ("In 2024, 229,740 people applied for asylum in Germany, down 30%.", ()),
    ],
)
def test_a_percentage_compares_with_the_year_it_begins_at(
    atlas: Atlas, text: str, bases: tuple[int, ...]
) -> None:
    (claim,) = read(atlas, text)

    assert [each.bases for each in claim.comparisons] == [bases]


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("Asylum claims in Italy fell from 9,105 in 2023 to 7,358 in 2025.", [(), (2023,)]),
        ("Asylum claims in Italy rose from about 9,105 in 2023 to nearly 17,358 in 2025.", [(), (2023,)]),
        ("Asylum claims in Italy fell from 9,105 to 7,358 in 2025.", [(), ()]),
    ],
)
def test_from_one_number_to_another_is_said_of_the_second(
    atlas: Atlas, text: str, bases: list[tuple[int, ...]]
) -> None:
    counts = [each for each in read(atlas, text) if each.subject is Subject.PEOPLE]

    assert [sum((each.bases for each in claim.comparisons), ()) for claim in counts] == bases
