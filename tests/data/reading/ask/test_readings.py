"""What is asked back, what an answer has to begin with, and why something is refused."""

from __future__ import annotations

import pytest

from bot.replies.refused import say_refusal
from data.countries import Atlas
from data.model import Measure
from data.questions.codec import write_command
from data.questions.refinement import measure_of
from data.reading.ask import Doubtful, Refused, Understood
from tests.data.reading.ask.reading import read, say_aims


def offers(outcome: Refused) -> list[str]:
    return [write_command(question) for question in outcome.offers]


@pytest.mark.parametrize(
    ("question", "doubt", "readings"),
    [
        (
            "How many Syrians in Germany?",
            "people",
            [
                "/asylum trend measure:refugees origin:Syria asylum:Germany",
                "/asylum trend measure:others-in-need origin:Syria asylum:Germany",
                "/asylum trend measure:pending origin:Syria asylum:Germany",
                "/asylum trend measure:applications origin:Syria asylum:Germany",
            ],
        ),
        (
            "applications from Congo in France",
            "name",
            [
                "/asylum trend measure:applications origin:Congo-Brazzaville asylum:France",
                "/asylum trend measure:applications origin:DR Congo asylum:France",
            ],
        ),
        (
            "applications from Nigera in France",
            "name",
            [
                "/asylum trend measure:applications origin:Niger asylum:France",
                "/asylum trend measure:applications origin:Nigeria asylum:France",
            ],
        ),
    ],
)
def test_where_several_readings_are_as_likely_all_are_offered(
    atlas: Atlas, question: str, doubt: str, readings: list[str]
) -> None:
    outcome = read(question, atlas)

    assert isinstance(outcome, Doubtful)
    assert outcome.doubt == doubt
    assert [write_command(reading) for reading in outcome.readings] == readings


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("How many people fled to Poland in 2022?", Measure.APPLICATIONS),
        ("How many refugees did Ireland take in in 2023?", Measure.APPLICATIONS),
        ("How many asylum seekers does Cyprus take?", Measure.PENDING),
    ],
)
def test_a_close_second_is_offered_beside_the_answer(atlas: Atlas, question: str, second: Measure) -> None:
    outcome = read(question, atlas)

    assert isinstance(outcome, Understood)
    assert second in map(measure_of, outcome.others)


@pytest.mark.parametrize(
    ("question", "aims"),
    [
        ("Is Germany the country with the most asylum applications in 2024?", ["yes or no: first"]),
        ("Has the number of Cubans seeking asylum doubled since 2022?", ["yes or no: changed"]),
        ("Did France get more asylum applications than Italy in 2023?", ["yes or no: more"]),
        ("Did more than 50,000 people apply for asylum in Belgium in 2015?", ["yes or no: above"]),
        ("Does Kenya accept refugees?", ["yes or no: some"]),
        ("How many more Syrians than Afghans applied in Austria in 2023?", ["difference"]),
        ("Applications in Norway, Sweden and Finland in 2023 combined", ["together"]),
        ("What share of applications in Germany came from Syria in 2023?", ["share"]),
        ("Does Germany or France reject more claims?", ["which"]),
        ("Is Canada accepting fewer refugees than before?", []),
        ("Are there fewer refugees in Kenya than in 2020?", ["yes or no: changed"]),
        ("Are all refugees in Poland from Ukraine?", []),
        ("When did Lebanon have the most refugees?", ["record"]),
        ("How many percent more applications in Germany in 2023 than in 2022?", ["percent"]),
        ("What share of the rejected in Germany in 2024 were Turks?", ["share"]),
        ("Could you tell me how many Iraqis applied in Finland in 2015?", []),
    ],
)
def test_what_an_answer_has_to_begin_with_is_told(atlas: Atlas, question: str, aims: list[str]) -> None:
    assert say_aims(read(question, atlas)) == aims


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("How many left-handed refugees live in Japan?", "'handed'"),
        ("How many people successfully applied in Japan in 2024?", "'successfully'"),
        ("How many asylum applications were lodged online in Japan in 2024?", "'online'"),
        ("How many refugees in Poland own houses?", "'houses'"),
        ("How many refugees live in the BRICS?", "'BRICS'"),
        ("How many refugees live in Uganda settlements?", "'settlements'"),
        ("asylum applications in Germany in the second half of 2023", "'half'"),
        ("How many asylum seekers does Germany host per Syrian?", "'per'"),
    ],
)
def test_a_word_that_is_not_known_may_change_the_figure_and_is_refused(
    atlas: Atlas, question: str, word: str
) -> None:
    refused = read(question, atlas)

    assert isinstance(refused, Refused)
    assert refused.reason == "unknown"
    assert word in refused.values["said"]


def test_a_ranking_by_how_many_times_another_has_is_refused(atlas: Atlas) -> None:
    refused = read("Which countries had twice as many asylum applications as France in 2025?", atlas)

    assert isinstance(refused, Refused)
    assert refused.reason == "omitted"


@pytest.mark.parametrize(
    ("question", "reason", "offered"),
    [
        (
            "How many women applied for asylum in Germany?",
            "sexes",
            ["/asylum trend measure:applications asylum:Germany"],
        ),
        (
            "How many people applied for asylum in Austria in May 2021?",
            "months",
            ["/asylum trend measure:applications asylum:Austria from:2021 to:2021"],
        ),
        ("How many refugees live in Berlin?", "part", ["/asylum trend measure:refugees asylum:Germany"]),
        ("How many Taiwanese applied for asylum?", "unlisted", []),
        ("asylum applications from Czechoslovakia in Canada in 2001", "former", []),
        (
            "How many people applied this year?",
            "year-to-come",
            ["/asylum trend measure:applications from:2025 to:2025"],
        ),
        (
            "pending claims in Germany on 1 May 2024",
            "day",
            ["/asylum trend measure:pending asylum:Germany from:2024 to:2024"],
        ),
        (
            "asylum applications in Germany in 1995",
            "begins-later",
            ["/asylum trend measure:applications asylum:Germany from:2000 to:2000"],
        ),
        (
            "How many applied in Germany at mid-2020?",
            "no-mid-year",
            ["/asylum trend measure:applications asylum:Germany from:2020 to:2020"],
        ),
        ("how many people in Turkey applied for asylum in Germany", "unrelated", []),
        (
            "applications outside Germany in every year",
            "exclude",
            ["/asylum trend measure:applications"],
        ),
        ("To ask the Minister for Immigration how many asylum claims were made in 2022", "whose", []),
        ("Why do refugees go to Germany?", "reasons", ["/asylum trend measure:refugees asylum:Germany"]),
        (
            "How many refugees died on the way to Malta?",
            "crime",
            ["/asylum trend measure:refugees asylum:Malta"],
        ),
        (
            "How long does an asylum claim take in Canada?",
            "time",
            ["/asylum trend measure:applications asylum:Canada"],
        ),
        ("How many people were deported from Germany?", "transfers", []),
        ("hello", "nothing", []),
        (
            "Did 12,345 Cubans apply in Mexico in 2022?",
            "claim",
            ["/asylum trend measure:applications origin:Cuba asylum:Mexico from:2022 to:2022"],
        ),
    ],
)
def test_what_cannot_be_answered_has_its_reason_and_what_can_be_asked_instead(
    atlas: Atlas, question: str, reason: str, offered: list[str]
) -> None:
    outcome = read(question, atlas)

    assert isinstance(outcome, Refused)
    assert outcome.reason == reason
    assert offers(outcome) == offered
    assert say_refusal(outcome)


def test_the_displaced_are_told_in_their_parts_and_never_summed(atlas: Atlas) -> None:
    """Refugees have come from a country, and those displaced inside it are in it."""
    world = read("How many people were forcibly displaced in 2023?", atlas)
    syrians = read("How many Syrians are forcibly displaced?", atlas)

    assert isinstance(world, Doubtful)
    assert isinstance(syrians, Doubtful)
    assert list(map(write_command, world.readings)) == [
        f"/asylum trend measure:{measure} from:2023 to:2023"
        for measure in ("refugees", "displaced", "pending", "others-in-need")
    ]
    assert list(map(write_command, syrians.readings)) == [
        "/asylum trend measure:refugees origin:Syria",
        "/asylum trend measure:displaced asylum:Syria",
        "/asylum trend measure:pending origin:Syria",
        "/asylum trend measure:others-in-need origin:Syria",
    ]


def test_an_unknown_name_is_not_answered_and_the_nearest_ones_are_told(atlas: Atlas) -> None:
    outcome = read("How many people applied for asylum in Chia?", atlas)

    assert isinstance(outcome, Refused)
    assert "Did you mean China or Chile?" in say_refusal(outcome)


def test_months_of_a_span_are_left_out_and_that_is_told(atlas: Atlas) -> None:
    outcome = read("How many people have applied for asylum in Austria since May 2021?", atlas)

    assert isinstance(outcome, Understood)
    assert outcome.remarks == (("month", "'May'"),)
    assert write_command(outcome.question) == "/asylum period measure:applications asylum:Austria from:2021"


@pytest.mark.parametrize(
    ("question", "language", "offered"),
    [
        (
            "Wie viele Flüchtlinge leben in Österreich?",
            "de",
            ["/asylum trend measure:refugees asylum:Austria"],
        ),
        (
            "demandes d'asile Suisse 2023",
            "fr",
            ["/asylum trend measure:applications asylum:Switzerland from:2023 to:2023"],
        ),
        (
            "solicitudes de asilo Colombia 2021",
            "es",
            ["/asylum trend measure:applications asylum:Colombia from:2021 to:2021"],
        ),
        ("Quanti rifugiati ci sono in Italia?", "it", ["/asylum trend measure:refugees asylum:Italy"]),
        ("Quantos refugiados há no Brasil?", "pt", ["/asylum trend measure:refugees asylum:Brazil"]),
        (
            "Hoeveel vluchtelingen wonen er in België?",
            "nl",
            ["/asylum trend measure:refugees asylum:Belgium"],
        ),
        ("Türkiye'de kaç mülteci var?", "tr", ["/asylum trend measure:refugees asylum:Türkiye"]),
        ("Ile uchodźców jest w Polsce?", "pl", ["/asylum trend measure:refugees asylum:Poland"]),
        ("德国有多少难民？", "zh", ["/asylum trend measure:refugees asylum:Germany"]),
        ("Сколько беженцев в Германии?", "ru", ["/asylum trend measure:refugees asylum:Germany"]),
        ("Kuinka monta pakolaista on siellä?", "fi", []),
        ("كم عدد اللاجئين في الأردن؟", "ar", ["/asylum trend measure:refugees asylum:Jordan"]),
        ("Сколько беженцев живёт в стране?", "ru", []),
        ("Скільки біженців живе у країні?", "uk", []),
    ],
)
def test_other_languages_are_recognised_and_what_was_found_in_them_is_offered(
    atlas: Atlas, question: str, language: str, offered: list[str]
) -> None:
    outcome = read(question, atlas)

    assert isinstance(outcome, Refused)
    assert (outcome.reason, outcome.values["language"]) == ("language", language)
    assert offers(outcome) == offered
