"""Names as people type them: in other languages, as other lists write them, with a slip, as a code."""

from __future__ import annotations

import pytest

from data.errors import AmbiguousCountry, UnknownCountry
from tests.data.countries.atlases import atlas

LISTED = [country for country in atlas().countries() if country.is_country]
NAMED = {
    "انگلیس": "GBR", "ब्रिटेन": "GBR", "Соединённое Королевство": "GBR", "阿联酋": "UAE", "امارات": "UAE",
    "Объединённые Арабские Эмираты": "UAE", "بيلاروسيا": "BLR", "Beyaz Rusya": "BLR", "अफ़ग़ानिस्तान": "AFG",
    "Russische Föderation": "RUS", "Fédération de Russie": "RUS", "République arabe syrienne": "SYR",
    "China, Macao Special Administrative Region": "MAC", "Macedonia, the former Yugoslav Republic of": "MCD",
    "المجر": "HUN", "터키": "TUR", "호주": "AUL", "中非": "CAR", "Förenade kungariket": "GBR",
    "नाईजीरिया": "NIG", "आइसलैण्ड": "ICE", "फ्रान्स": "FRA", "Wybrzeże Kości Słoniowej": "ICO",
}  # fmt: skip
MISSPELT = {
    "Nigera": {"NGR", "NIG"},
    "Ugana": {"UGA"},
    "Morroco": {"MOR"},
    "Lybia": {"LBY"},
    "Cypress": {"CYP"},
    "Irão": {"IRN", "IRQ"},
}
BEGUN = {"Boliva": "BOL", "Hati": "HAI", "Chia": "CHI", "Nger": "NGR", "Cua": "CUB"}


@pytest.mark.parametrize("name", NAMED)
def test_a_name_of_another_list_leads_to_its_country(name: str) -> None:
    assert atlas().find(name) == atlas().by_code(NAMED[name])


@pytest.mark.parametrize("name", MISSPELT)
def test_a_slip_is_asked_about(name: str) -> None:
    with pytest.raises(UnknownCountry) as refused:
        atlas().find(name)
    countries = refused.value.values["countries"]
    assert isinstance(countries, list)
    assert MISSPELT[name] <= {country.code for country in countries}


@pytest.mark.parametrize("name", ["کونگو", "الكونغو", "コンゴ", "콩고"])
def test_congo_is_asked_about_in_every_script(name: str) -> None:
    with pytest.raises(AmbiguousCountry):
        atlas().find(name)


@pytest.mark.parametrize("locale", ["en-US", "de", "fr", "ar", "zh-CN"])
def test_a_code_offers_its_country_first(locale: str) -> None:
    first = {
        code: atlas().suggest(code, locale)[0].country.code
        for country in LISTED
        for code in (country.iso2, country.iso3)
        if code
    }
    assert first == {
        code: country.code for country in LISTED for code in (country.iso2, country.iso3) if code
    }


@pytest.mark.parametrize("typed", BEGUN)
def test_a_slip_lists_the_country_that_is_meant(typed: str) -> None:
    assert BEGUN[typed] in [each.country.code for each in atlas().suggest(typed)][:3]


def test_no_list_has_only_wrong_countries() -> None:
    missing = set()
    for country in LISTED:
        for place in range(len(country.name)):
            typed = country.name[:place] + country.name[place + 1 :]
            if len(typed) > 2 and country not in [each.country for each in atlas().suggest(typed)]:
                missing.add(typed)
    assert missing == {"Gam", "Sain"}, "names that begin so"
