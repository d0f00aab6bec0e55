"""The names of all languages lead to their country, except where the reader is asked or English decides."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

import pytest

from data.countries.compile import CHAT_LANGUAGES
from data.countries.letters import fold, join
from data.errors import AmbiguousCountry
from tests.data.countries.atlases import atlas, found

# Two countries are called so, in different languages (or, at times, in one), and no language is nearer.
ASKED = {
    "congo": "COB COD",
    "guiana": "FGU GUY",
    "ilan": "IRE IRN",
    "kongo": "COB COD",
    "lusia": "LCA RUS",
    "nigeri": "NGR NIG",
    "sabiya": "SRB ZAM",
    "santmartin": "MAF SXM",
    "toga": "TOG TON",
    "конго": "COB COD",
    "светимартин": "MAF SXM",
    "ኮንጎ": "COB COD",
    "كونگو": "COB COD",
    # one slip from another country's English name
    "mongco": "MCO MNG",
    "nigeris": "NGR NIG",
}

# Decided: by an ISO code, by an English name or code, or, in `aliases.csv`, for the language with more speakers
# where the other is rare or CLDR has made a slip.
DECIDED = {
    "ao": "ANG", "bi": "BDI", "nga": "NIG",
    "guyane": "FGU", "malawi": "MLW", "sin": "SIN", "ssudan": "SSD",
    "kata": "QAT", "nikaraagua": "NIC", "لتوني": "LVA", "موريتانيا": "MAU", "ሰሜንኮሪያ": "KRN", "ደቡብኮሪያ": "KOR",
}  # fmt: skip

LISTED = atlas().table.listed


@pytest.mark.parametrize("field", ["name", "text", "iso3", "iso2"])
def test_every_country_is_found_by_its_own_name_and_iso_codes(field: str) -> None:
    assert [c.name for c in LISTED if getattr(c, field) and atlas().find(getattr(c, field)) is not c] == []


def test_every_code_of_unhcr_is_found_unless_it_is_somebody_elses_too() -> None:
    others = {"ARE": "UAE", "AUS": "AUL", "MAR": "MOR"}
    asked = {"BAH", "CHI", "NGR", "NIG"}
    for country in LISTED:
        if country.code in asked:
            with pytest.raises(AmbiguousCountry):
                atlas().find(country.code)
        else:
            assert found(country.code) == others.get(country.code, country.code)


def test_every_name_in_every_language_leads_to_its_country_or_asks_or_was_decided() -> None:
    lookup = atlas().lookup
    differing = {}
    for key, iso2 in zip(lookup.everywhere.keys, lookup.everywhere.meanings, strict=True):
        meant = " ".join(sorted(country.code for country in lookup.meant(key)))
        if meant not in {country.code for country in lookup.known.values() if country.iso2 == iso2}:
            differing[key] = meant
    assert differing == ASKED | DECIDED


# Names and codes in themselves that are one slip from another country's English name.
NAMES_THEMSELVES = {
    "chine": "CHI", "sambia": "ZAM", "guyane": "FGU", "irak": "IRQ", "ira": "IRN", "saintmarin": "SMA",
}  # fmt: skip


def test_no_slip_of_one_letter_is_silently_another_country() -> None:
    lookup = atlas().lookup
    named = {join(fold(country.name)) for country in lookup.known.values()}
    silent = {}
    for country in LISTED:
        key = join(fold(country.name))
        for slip in set(_slips(key)) - named:
            meant = [each for each in lookup.meant(slip) if each.code in lookup.listed]
            coded = len(slip) <= len("USA") and lookup.everywhere.meaning(slip) == []
            if len(meant) == 1 and meant[0] is not country and not coded:
                silent[slip] = meant[0].code
    assert silent == NAMES_THEMSELVES | {"ssudan": "SSD"}


def _slips(key: str) -> Iterator[str]:
    """One letter left out, put in, another, or changed places with the next."""
    for place in range(len(key) + 1):
        before, after = key[:place], key[place:]
        yield from (before + letter + after for letter in ascii_lowercase)
        yield from (before + letter + after[1:] for letter in ("", *ascii_lowercase) if after)
        yield before + after[1:2] + after[:1] + after[2:]


def test_over_thirty_thousand_names_are_known() -> None:
    assert len(atlas().lookup.everywhere.keys) > 30_000


@pytest.mark.parametrize("key", ASKED)
def test_a_name_given_to_two_countries_is_asked_about(key: str) -> None:
    with pytest.raises(AmbiguousCountry):
        atlas().find(key)


LANGUAGES = ["en-US", *CHAT_LANGUAGES]


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.proof)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_chat_language_each_country_is_offered_by_its_name_under_a_label_that_is_understood(
    language: str, step: int
) -> None:
    """Every third country, in the next language others; all with the proofs."""
    offered = [country for country in LISTED if country.code not in ("CRB", "CUR")]
    offered = offered[LANGUAGES.index(language) % step :: step]
    labels = {}
    for country in offered:
        suggestions = atlas().suggest(atlas().name_in(country, language), language)
        label = next(each.label for each in suggestions[:2] if each.country is country)
        labels[label] = country
        assert atlas().find(label) is country
    assert len(labels) == len(offered)
