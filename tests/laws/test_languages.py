"""Every language has its catalogue whole and current, and says figures, places and days as it writes them."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot import words
from bot.charts.scale import compact, percent
from bot.discord.client import AsylumBot
from bot.discord.translator import CONTEXT
from bot.languages import OWN_NAMES, Language, find_language, name, pgettext, use
from bot.languages import compile as catalogues
from bot.languages.files import list_languages, written
from bot.languages.places import FORMS, place_forms
from bot.services import Services
from bot.words import measures
from data.countries.groups import read_groups
from data.model import Extent, Measure, Nature, Place, ReferencePeriod
from data.statistics import Change
from tests.data.countries.atlases import atlas

MAX_UNTRANSLATED = {"de": 422, "fr": 422, "es": 422}
"""So many sentences are still said in English in each language: never more."""

MAX_IN_ENGLISH = 0
"""So many functions word all in English whatever is spoken (`in_english`): never more."""

BESIDE = {"rank"}
"""Values that a sentence is given for translations alone: English says “third” where others say “Platz 3”."""

OTHERS = [language for language in Language if language is not Language.ENGLISH]
MAX_SHOWN = 100
"""Characters of a description or choice."""


def read(language: str) -> list[Message]:
    with written(language).open("rb") as source:
        return [each for each in read_po(source, locale=language) if each.id]


def strings(message: Message) -> list[tuple[str, str]]:
    """Pair each form of the English sentence with its translation, where there is one."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    told = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return [(ids[-1] if number else ids[0], each) for number, each in enumerate(told) if each]


def places(sentence: str) -> set[str]:
    return {each.split(".")[0] for _, each, _, _ in Formatter().parse(sentence) if each}


def test_each_language_has_a_catalogue_and_names_itself() -> None:
    assert list_languages() == sorted(each.value for each in OTHERS)
    assert set(OWN_NAMES) == set(Language)


@pytest.mark.parametrize("language", OTHERS)
def test_no_catalogue_is_stale(language: str) -> None:
    current = catalogues.update(language, catalogues.extract())

    assert written(language).read_text("utf-8") == current, "run: python -m bot.languages.compile"


@pytest.mark.parametrize("language", OTHERS)
def test_no_more_is_left_in_english_than_there_was(language: str) -> None:
    assert len(catalogues.list_untranslated(language)) <= MAX_UNTRANSLATED[language]


def test_no_more_functions_speak_english_alone_than_did() -> None:
    found = [
        file
        for room in catalogues.ROOMS
        for file in (catalogues.ROOT / room).rglob("*.py")
        if re.search(r"^\s*@in_english$", file.read_text("utf-8"), re.MULTILINE)
    ]

    assert len(found) <= MAX_IN_ENGLISH, found


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_places_of_their_sentences(language: str) -> None:
    for message in read(language):
        for english, told in strings(message):
            known = places(english) | (BESIDE if "ordinal" in places(english) else set())
            assert places(told) <= known, (english, told)


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_bold_figures_and_blanks_at_the_ends(language: str) -> None:
    for message in read(language):
        for english, told in strings(message):
            assert told.count("**") == english.count("**"), told
            assert told.startswith((" ", "\u00a0")) == english.startswith(" ") or told[0] in "\u00a0 ", told
            assert told.endswith(" ") == english.endswith(" "), told


@pytest.mark.parametrize("language", OTHERS)
def test_every_country_and_group_has_all_forms(language: str) -> None:
    areas = [*atlas().countries(), *read_groups().values()]
    table = place_forms(language)

    assert set(table) == {area.code for area in areas}
    with use(language):
        for area in areas:
            assert all(table[area.code][form] for form in FORMS), area
            assert all(name(area, form) for form in (*FORMS, "own", "living in"))


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("de", "Turkey", ["in der Türkei", "aus der Türkei", "in die Türkei"]),
        ("de", "USA", ["in den USA", "aus den USA", "in die USA"]),
        ("de", "Germany", ["in Deutschland", "aus Deutschland", "nach Deutschland"]),
        ("de", "United Kingdom", ["im Vereinigten Königreich", "aus dem Vereinigten Königreich"]),
        ("fr", "France", ["en France", "de France", "en France"]),
        ("fr", "Japan", ["au Japon", "du Japon", "au Japon"]),
        ("fr", "USA", ["aux États-Unis", "des États-Unis", "aux États-Unis"]),
        ("fr", "Iran", ["en Iran", "d’Iran", "en Iran"]),
        ("fr", "Cuba", ["à Cuba", "de Cuba", "à Cuba"]),
        ("es", "France", ["en Francia", "de Francia", "a Francia"]),
        ("es", "United Kingdom", ["en el Reino Unido", "del Reino Unido", "al Reino Unido"]),
        ("es", "EU", ["en la UE", "de la UE", "a la UE"]),
    ],
)
def test_places_are_declined(language: Language, typed: str, said: list[str]) -> None:
    with use(Language(language)):
        forms = [name(atlas().find(typed), form) for form in ("in", "from", "to")]

    assert forms[: len(said)] == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["334,000", "1,234", "12.3%", "−1,234", "1.23M", "35.7k", "7.5%"]),
        ("de", ["334.000", "1.234", "12,3\u00a0%", "−1.234", "1,23 Mio.", "35,7 Tsd.", "7,5\u00a0%"]),
        (
            "fr",
            ["334\u00a0000", "1\u00a0234", "12,3\u00a0%", "−1\u00a0234", "1,23 M", "35,7 k", "7,5\u00a0%"],
        ),
        ("es", ["334.000", "1234", "12,3\u00a0%", "−1234", "1,23 M", "35,7 mil", "7,5\u00a0%"]),
    ],
)
def test_numbers_have_the_marks_of_their_language(language: str, said: list[str]) -> None:
    with use(Language(language)):
        assert said == [
            words.say_number(334_000),
            words.say_number(1234),
            words.say_rate(0.123),
            words.say_signed(-1234),
            words.say_short(Measure.PENDING, 1_234_000),
            compact(35_700),
            percent(7.5),
        ]
        assert words.say_number(2_655_191).count("191") == 1
        assert len(words.say_number(2_655_191)) == len("2,655,191")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["31 December 2025", "on 30 June 2025", "in 2025", "in January–June 2025", "China, Iran and Syria"]),
        ("de", ["31. Dezember 2025", "am 30. Juni 2025", "im Jahr 2025", "von Januar bis Juni 2025", "China, Iran und Syrien"]),
        ("fr", ["31 décembre 2025", "le 30 juin 2025", "en 2025", "de janvier à juin 2025", "Chine, Iran et Syrie"]),
        ("es", ["31 de diciembre de 2025", "el 30 de junio de 2025", "en 2025", "de enero a junio de 2025", "China, Irán y Siria"]),
    ],
)  # fmt: skip
def test_days_and_lists_are_written_as_in_their_language(language: str, said: list[str]) -> None:
    with use(Language(language)):
        assert said == [
            words.say_day(date(2025, 12, 31)),
            words.say_when(Nature.STOCK, 2025, ReferencePeriod.MID_YEAR),
            words.say_when(Nature.FLOW, 2025, ReferencePeriod.YEAR_END),
            words.say_when(Nature.FLOW, 2025, Extent(2025, 6)),
            words.say_list(name(atlas().find(each)) for each in ("China", "Iran", "Syria")),
        ]


def test_words_that_change_before_a_vowel_do() -> None:
    with use(Language.FRENCH):
        assert words.say_change_since(Change(2024, 10, 5, -0.5), "en 2024") == "50\u00a0% de moins qu’en 2024"
        assert (
            words.say_change_since(Change(2024, 10, 5, -0.5), "le 30 juin")
            == "50\u00a0% de moins que le 30 juin"
        )
        assert words.say_day(date(2026, 6, 1)) == "1er juin 2026"
    with use(Language.SPANISH):
        assert words.say_list(["Siria", "Irán"]) == "Siria e Irán"
        assert words.say_either(["Siria", "Omán"]) == "Siria u Omán"
        assert words.say_list(["Iraq", "Yemen"]) == "Iraq y Yemen"


def test_numbers_tell_one_from_several() -> None:
    with use(Language.GERMAN):
        assert [measures.name_role(Measure.PENDING, role, 1) for role in measures.Role] == [
            "Herkunftsland",
            "Asylland",
        ]
        assert [measures.name_role(Measure.PENDING, role, 2) for role in measures.Role] == [
            "Herkunftsländer",
            "Asylländer",
        ]


def test_a_subject_has_its_places_where_the_language_wants_them() -> None:
    china, usa = (atlas().find(each) for each in ("China", "USA"))
    with use(Language.GERMAN):
        said = measures.say_counted(Measure.PENDING, Place(china, usa))

    assert said == "Menschen aus China, die in den USA auf eine Entscheidung warten"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de", "de"),
        ("fr", "fr"),
        ("es-ES", "es"),
        ("es-419", "es"),
        ("en-GB", "en"),
        ("ja", "en"),
        ("pt-BR", "en"),
    ],
)
def test_a_client_s_locale_leads_to_a_language(locale: str, language: str) -> None:
    assert find_language(locale) == language


async def test_what_discord_shows_of_the_commands_is_translated_and_fits() -> None:
    async with AsylumBot(object.__new__(Services)) as bot:
        for each in bot.cog_names:
            await bot.load_extension(each)
        shown = {
            text for command in bot.tree.get_commands() for text in list_shown(command.to_dict(bot.tree))
        }

    for language in OTHERS:
        with use(language):
            told = {text: pgettext(CONTEXT, text) for text in shown}
        assert [text for text, each in told.items() if text == each and text not in ALIKE] == [], language
        assert [each for each in told.values() if len(each) > MAX_SHOWN] == [], language


ALIKE = set(OWN_NAMES.values())
"""What reads alike in every language."""


def list_shown(node: dict) -> list[str]:  # type: ignore[type-arg]
    """List descriptions, and those names of choices that are words and no codes."""
    own = [node["description"]] if node.get("description") else []
    chosen = [each["name"] for each in node.get("choices", ()) if " " in each["name"]]
    return [*own, *chosen, *(text for each in node.get("options", ()) for text in list_shown(each))]
