"""Whatever people call a country, `find` takes it, asks which, or says no in a sentence that helps."""

from __future__ import annotations

import pytest

from bot.sentences import say
from data.errors import AmbiguousCountry, UnknownCountry
from data.model import Country
from tests.data.countries.atlases import atlas, found, refused

LIST = "pick one from the list that appears while you type."


@pytest.mark.parametrize(
    ("code", "names"),
    {
        "CHI": "China|china|CHN|cn|PRC|P.R.C.|Mainland China|People's Republic of China|the Chinese|China's|中国|中國|Китай|الصين|ＣＨＩＮＡ|🇨🇳",
        "USA": "USA|US|U.S.|U.S.A.|u.s.a|America|United States|the United States of America|Americans|США|美国|États-Unis|EEUU",
        "GBR": "UK|U.K.|GB|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Brits|British|Vereinigtes Königreich",
        "GFR": "Germany|GERMANY|DEU|de|GFR|Germans|Federal Republic of Germany|Deutschland|Allemagne|德国|Германия|🇩🇪",
        "COD": "DR Congo|DRC|D.R.C.|Congo-Kinshasa|Congo (Kinshasa)|Congo, Dem. Rep.|Zaire|Democratic Republic of the Congo",
        "COB": "Congo-Brazzaville|Congo (Brazzaville)|Republic of the Congo|Congo (Republic)|Congo, Rep.",
        "CAR": "CAR|C.A.R.|Central African Republic|the Central African Republic|Central African Rep.",
        "ICO": "Ivory Coast|the Ivory Coast|Côte d'Ivoire|Cote d’Ivoire|cote divoire|Ivorians",
        "MYA": "Burma|Myanmar|Burmese|Myanmar (Burma)",
        "NET": "Holland|Netherlands|the Netherlands|Dutch|Pays-Bas",
        "TUR": "Turkey|Türkiye|turkiye|Turkish|Turks|Türkei",
        "SWA": "Swaziland|Eswatini|Swazi",
        "MCD": "Macedonia|North Macedonia|FYROM",
        "CZE": "Czech Republic|Czechia|Czechs|Česko",
        "CVI": "Cape Verde|Cabo Verde",
        "TMP": "East Timor|Timor-Leste",
        "SRB": "Serbia|Kosovo|Serbia and Kosovo|Serbs|Kosovars|XK|🇽🇰|Serbien und Kosovo|Сербия и Косово|Kosova",
        "GAZ": "Palestine|West Bank|Gaza|State of Palestine|Palestinian|Palestinians|PSE|فلسطين|Palästina",
        "HKG": "Hong Kong|Hongkong|香港|China, Hong Kong SAR|Hong Kong SAR",
        "UAE": "UAE|U.A.E.|ARE|Emirates|Emiratis|United Arab Emirates",
        "SAU": "KSA|Saudi|Saudi Arabia|Saudis",
        "SYR": "Syria|Syrian|Syrians|SYRIA'S|Сирия|سوريا|Syrian Arab Rep.",
        "GRE": "Greece|Greeks|Ελλάδα|ελλαδα|Hellas",
        "AFG": "Afghanistan|Afghan|Afghans|Islamic Republic of Afghanistan|افغانستان",
        "ERT": "Eritrea|Eritrean|Eritreans",
        "GUI": "Guinea|Guinea-Conakry|GIN",
        "GNB": "Guinea-Bissau|guineabissau|Guinea Bissau",
        "NGR": "Niger|NER|Nigerien|the Niger",
        "NIG": "Nigeria|NGA|Nigerians",
        "SUD": "Sudan|Sudanese|the Sudan",
        "IRE": "Ireland|Irish|Republic of Ireland|Éire",
        "WES": "Samoa|Western Samoa",
        "GEO": "Georgia|Georgians|საქართველო",
        "MAF": "Saint Martin|St. Martin|Saint-Martin (French part)",
        "SXM": "Sint Maarten|Sint Maarten (Dutch part)",
        "KOR": "South Korea|ROK|Korea, Rep.|대한민국|South Koreans",
        "KRN": "North Korea|DPRK|N. Korea",
        "TIB": "Tibetan|Tibetans|Tibet|TIB",
        "STA": "Stateless|stateless people|Stateless persons|XXA|apatride",
        "UKN": "Unknown|unknown origin|various|Various/unknown|UNK|XXX",
        "AUL": "Australia|AUS|aus|AU|Aussies",
        "AUS": "Austria|AUT|AT|Áo|Österreich",
        "ARE": "Egypt|EGY|Egyptians|مصر",
        "MOR": "Morocco|MAR|Maroc",
        "MAR": "Martinique|MTQ",
        "RSA": "South Africa|RSA|ZAF",
    }.items(),
)  # fmt: skip
def test_a_country_goes_by_many_names(code: str, names: str) -> None:
    assert {name: found(name) for name in names.split("|")} == dict.fromkeys(names.split("|"), code)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Congo", "'Congo' can mean DR Congo or Congo-Brazzaville: type the one you mean."),
        ("the Congo", "'the Congo' can mean DR Congo or Congo-Brazzaville: type the one you mean."),
        ("Korea", "'Korea' can mean North Korea or South Korea: type the one you mean."),
        ("Dominicans", "'Dominicans' can mean Dominica or Dominican Republic: type the one you mean."),
        ("Guiana", "'Guiana' can mean French Guiana or Guyana: type the one you mean."),
        # UNHCR's code is the Olympic code of the other one.
        ("NGR", "'NGR' can mean Niger or Nigeria: type the one you mean."),
        ("NIG", "'NIG' can mean Niger or Nigeria: type the one you mean."),
        ("BAH", "'BAH' can mean Bahamas or Bahrain: type the one you mean."),
        ("CHI", "'CHI' can mean China or Chile: type the one you mean."),
    ],
)
def test_a_name_of_two_countries_asks_which(name: str, sentence: str) -> None:
    with pytest.raises(AmbiguousCountry) as refusal:
        atlas().find(name)
    assert say(refusal.value) == sentence
    options = sentence.split("can mean ")[1].split(":", maxsplit=1)[0].split(" or ")
    assert [atlas().find(option).name for option in options] == options


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Chna", "China"),
        ("Eritria", "Eritrea"),
        ("Nigria", "Nigeria"),
        ("Gautemala", "Guatemala"),
        ("Phillippines", "Philippines"),
        ("Venezualan", "Venezuela"),
        ("Ivory Cost", "Côte d'Ivoire"),
        ("Morroco", "Morocco"),
        ("Lybia", "Libya"),
        ("Cypress", "Cyprus"),
        ("Ugana", "Uganda"),
        ("République de Cuba", "Cuba"),
        ("Deutchland", "Germany"),
        ("Сирея", "Syria"),
        ("Macedoni", "North Macedonia"),
        ("Virgin Islands", "British Virgin Islands"),
        ("Dominic", "Dominica or Dominican Republic"),
    ],
)
def test_a_misspelling_is_never_taken_for_a_name_but_answered_with_one(typed: str, meant: str) -> None:
    assert refused(typed) == f"No country is called '{typed}'. Did you mean {meant}?"


@pytest.mark.parametrize(
    "typed",
    [
        "Narnia",
        "Wakanda",
        "Kurdistan",
        "Chechnya",
        "Texas",
        "Paris",
        "hello",
        "xx",
        "Saint",
        "Tiawan",
    ],
)
def test_what_resembles_no_country_is_not_explained_by_one(typed: str) -> None:
    groups = "and no group that is known here, as the EU, Africa or the OECD are"
    assert refused(typed) == f"No country is called '{typed}', {groups}: {LIST}"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Taiwan", "Taiwan"),
        ("TWN", "Taiwan"),
        ("台湾", "Taiwan"),
        ("Republic of China", "Taiwan"),
        ("US Virgin Islands", "the US Virgin Islands"),
        ("Îles Malouines", "the Falkland Islands"),
    ],
)
def test_a_territory_without_a_code_at_unhcr_is_said_to_have_none(typed: str, text: str) -> None:
    assert refused(typed) == f"UNHCR's statistics do not list {text}: choose another country."


@pytest.mark.parametrize("typed", ["", " ", "\n", "\u200f", "\x00"])
def test_nothing_is_asked_for_a_name(typed: str) -> None:
    assert refused(typed) == f"Name a country: {LIST}"


def test_refusals_are_of_their_kind() -> None:
    with pytest.raises(UnknownCountry):
        atlas().find("Chna")
    with pytest.raises(UnknownCountry):
        atlas().find("Taiwan")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Congo (DR Congo)", "COD"),
        ("Kongo (Congo-Brazzaville)", "COB"),
        ("Nga (Russia)", "RUS"),
        ("Germany (DEU)", "GFR"),
    ],
)
def test_brackets_settle_which_one_is_meant(typed: str, code: str) -> None:
    assert found(typed) == code


def test_brackets_that_contradict_settle_nothing() -> None:
    assert refused("France (Germany)").startswith("No country is called 'France (Germany)'")


def test_a_new_release_brings_a_country() -> None:
    taiwan = Country("TWC", "TWN", "TW", "Taiwan", "Taiwan")
    kosovo = Country("KOS", "XKX", "XK", "Kosovo", "Kosovo")
    other = Country("CHI", "CHN", "CN", "Cathay", "Cathay")
    longer = atlas().including([taiwan, kosovo, other])
    assert (
        longer.find("台湾")
        == longer.find("TWN")
        == longer.find("Taiwanese")
        == longer.by_code("TWC")
        == taiwan
    )
    assert longer.find("Kosovo") == longer.find("XK") == kosovo
    assert longer.find("Serbia").code == "SRB"
    assert longer.find("China").name == "China"
    assert len(longer.countries()) == 234
    assert [each.label for each in longer.suggest("taiw")] == ["Taiwan (TWN)"]


def test_an_atlas_does_not_change() -> None:
    before = atlas().countries()
    atlas().including([Country("ZZZ", None, None, "Nowhere", "Nowhere")])
    assert atlas().countries() == before
    assert atlas().by_code("ZZZ") is None
    assert atlas().including([]) is atlas()


def test_a_country_that_comes_without_a_word_is_known_by_its_code() -> None:
    longer = atlas().including([Country("ZZZ", None, None, "", "")])
    assert longer.find("ZZZ").code == "ZZZ"


def test_an_iso_code_stays_with_the_country_that_had_it_first() -> None:
    longer = atlas().including([Country("ZZZ", "DEU", "DE", "New Germany", "New Germany")])
    assert longer.find("DEU").code == "GFR"
    assert longer.find("New Germany").code == "ZZZ"


def test_by_code_takes_unhcrs_code_only() -> None:
    assert [
        atlas().by_code(code) and atlas().by_code(code).name for code in ("AUS", "GFR", "DEU", "aus", "")
    ] == [
        "Austria",
        "Germany",
        None,
        None,
        None,
    ]
