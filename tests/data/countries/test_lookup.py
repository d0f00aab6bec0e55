"""What is offered while somebody types."""

from __future__ import annotations

import pytest

from data.countries.lookup import ASKED_FIRST
from data.model import Country
from tests.data.countries.atlases import atlas


def offered(text: str, locale: str = "en-US", first: int = 25) -> list[str]:
    return [each.country.code for each in atlas().suggest(text, locale)][:first]


@pytest.mark.parametrize("text", ["", "  ", "?"])
def test_before_anything_is_typed_the_most_asked_are_offered(text: str) -> None:
    assert tuple(offered(text)) == ASKED_FIRST
    assert len(set(ASKED_FIRST)) == 25


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ge", ["GFR", "GEO", "SGS"]),
        ("Germany", ["GFR"]),
        ("us", ["USA"]),
        ("united", ["USA", "GBR", "UAE"]),
        ("brit", ["GBR", "BVI"]),
        ("nig", ["NIG", "NGR"]),
        ("sudan", ["SUD", "SSD"]),
        ("south k", ["KOR"]),
        ("southk", ["KOR"]),
        ("guinea", ["GUI"]),
        ("congo", ["COD", "COB"]),
        ("drc", ["COD"]),
        ("burm", ["MYA"]),
        ("macedonia", ["MCD"]),
        ("fren", ["FRA"]),
        ("AUS", ["AUL"]),
        ("AUT", ["AUS"]),
        ("GFR", ["GFR"]),
        ("CHI", ["CHI", "CHL"]),
        ("中国", ["CHI"]),
        ("中", ["CHI"]),
        ("Сир", ["SYR"]),
        ("سور", ["SYR"]),
        ("alem", ["GFR"]),
        ("🇸🇾", ["SYR"]),
        ("afgn", ["AFG"]),
        ("afganstan", ["AFG"]),
        ("chna", ["CHI"]),
        ("boliva", ["BOL", "VEN"]),
        ("eritria", ["ERT"]),
        ("Germany (DEU)", ["GFR"]),
        ("stateless", ["STA"]),
        ("tibet", ["TIB"]),
        ("unkn", ["UKN"]),
    ],
)
def test_the_likeliest_come_first(text: str, codes: list[str]) -> None:
    assert sorted(offered(text, first=len(codes))[: len(codes)]) == sorted(codes)
    assert offered(text, first=1)[0] in codes


@pytest.mark.parametrize(
    ("locale", "text", "label"),
    [
        ("de", "deu", "Deutschland (Germany)"),
        ("fr", "alle", "Allemagne (Germany)"),
        ("fr", "Royaume", "Royaume-Uni (United Kingdom)"),
        ("es-ES", "estados", "Estados Unidos (USA)"),
        ("es-419", "sirio", "Siria (Syria)"),
        ("es-MX", "alema", "Alemania (Germany)"),
        ("pt-BR", "síria", "Síria (Syria)"),
        ("zh-CN", "叙", "叙利亚 (Syria)"),
        ("zh-TW", "敘", "敘利亞 (Syria)"),
        ("ja", "シリ", "シリア (Syria)"),
        ("hi", "सीरि", "सीरिया (Syria)"),
        ("no", "tysk", "Tyskland (Germany)"),
        ("sv-SE", "sud", "Sudan (SDN)"),
        ("de", "Germany", "Deutschland (Germany)"),
        ("de", "kosovo", "Serbien und Kosovo (Serbia and Kosovo)"),
        ("vi", "Nga", "Nga (Russia)"),
        ("vi", "Áo", "Áo (Austria)"),
        ("de", "afgh", "Afghanistan (AFG)"),
        ("fr", "myan", "Myanmar (Birmanie) (MMR)"),
        ("en-GB", "germ", "Germany (DEU)"),
        ("en-US", "america", "USA"),
        ("en-US", "stateless", "Stateless people"),
        ("de", "tibet", "Tibetans"),
        ("xx-YY", "germ", "Germany (DEU)"),
    ],
)
def test_labels_are_in_the_language_of_who_asks(locale: str, text: str, label: str) -> None:
    assert atlas().suggest(text, locale)[0].label == label


def test_what_is_offered_can_be_limited() -> None:
    assert [len(atlas().suggest("a", "en", limit)) for limit in (-1, 0, 1, 25)] == [0, 0, 1, 25]


def test_codes_without_a_name_are_not_offered() -> None:
    assert offered("cur") == ["CUW"]
    assert offered("CRB") == []


def test_what_resembles_nothing_offers_nothing() -> None:
    assert offered("xqzjvw") == []
    assert offered("x" * 6000) == []


def test_a_territory_that_unhcr_does_not_list_is_not_offered() -> None:
    assert offered("taiwan") == []


def test_labels_stay_unique_and_short_whatever_a_release_brings() -> None:
    long = "Nowhere " * 13 + "at all"
    more = [Country(code, None, None, long, long) for code in ("ZZX", "ZZY")]
    more += [Country(code, None, None, "Erewhon", "Erewhon") for code in ("ZZV", "ZZW")]
    more.append(Country("ZZU", None, None, "", ""))
    atlas_of_more = atlas().including(more)
    assert [each.label for each in atlas_of_more.suggest("erewhon")] == ["Erewhon", "Erewhon ZZW"]
    long_labels = [each.label for each in atlas_of_more.suggest("nowhere")]
    assert len(set(long_labels)) == 2
    assert all(len(label) <= 100 for label in long_labels)
    assert [each.label for each in atlas_of_more.suggest("zzu")] == ["ZZU"]


@pytest.mark.parametrize(
    ("code", "locale", "name"),
    [
        ("GFR", "de", "Deutschland"),
        ("GFR", "en-US", "Germany"),
        ("USA", "en-GB", "USA"),
        ("USA", "fr", "États-Unis"),
        ("SRB", "de", "Serbien und Kosovo"),
        ("SRB", "ja", "セルビア、コソボ"),
        ("STA", "de", "Stateless people"),
        ("CHI", "zh-TW", "中國"),
        ("CHI", "zh-HK", "中国"),
        ("CHI", "tlh", "China"),
        ("CHI", "", "China"),
        ("CHI", "-", "China"),
    ],
)
def test_a_country_has_a_name_in_every_language_or_the_english_one(code: str, locale: str, name: str) -> None:
    country = atlas().by_code(code)
    assert country
    assert atlas().name_in(country, locale) == name
