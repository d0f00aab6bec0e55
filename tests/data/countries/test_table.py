"""The project's own tables hold together, and hold what UNHCR publishes."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from data.countries.letters import fold, join
from data.countries.table import CountryTable
from tests.data.countries.atlases import atlas, found

RELEASES = Path(__file__).parents[3].parent / "shared" / "releases"
TABLE: CountryTable = atlas().table


def test_there_are_232_codes_with_names_and_iso_codes_of_their_own() -> None:
    assert len(TABLE.listed) == 232
    everyone = (*TABLE.listed, *TABLE.unlisted)
    for field in ("code", "iso3", "iso2", "name", "text"):
        values = Counter(value for country in everyone if (value := getattr(country, field)))
        assert [value for value, times in values.items() if times > 1] == []


def test_five_codes_are_no_country() -> None:
    assert {country.code for country in TABLE.listed if not country.is_country} == {
        "CRB",
        "CUR",
        "STA",
        "TIB",
        "UKN",
    }
    assert {country.code for country in TABLE.listed if not country.iso2} == {
        "CRB",
        "CUR",
        "STA",
        "TIB",
        "UKN",
    }
    assert all(country.iso3 for country in TABLE.listed if country.is_country)


def test_three_codes_of_unhcr_are_iso_codes_of_others() -> None:
    isos = {country.iso3: country for country in (*TABLE.listed, *TABLE.unlisted) if country.iso3}
    clashes = {c.code: isos[c.code].name for c in TABLE.listed if c.code in isos and isos[c.code] is not c}
    assert clashes == {"ARE": "United Arab Emirates", "AUS": "Australia", "MAR": "Morocco"}


def test_names_are_short_and_have_no_comma() -> None:
    """They label charts, and people list them with commas between."""
    assert max(len(country.name) for country in TABLE.listed) <= 32
    assert [country.name for country in TABLE.listed if "," in country.name] == []


def test_a_text_is_the_name_with_an_article_where_english_wants_one() -> None:
    others = {
        country.name: country.text
        for country in TABLE.listed
        if country.text not in (country.name, f"the {country.name}")
    }
    assert others == {
        "South Georgia": "South Georgia and the South Sandwich Islands",
        "Stateless people": "stateless people",
        "Unknown origin": "unknown origin",
    }


def test_aliases_lead_to_codes_that_exist() -> None:
    known = {country.code for country in (*TABLE.listed, *TABLE.unlisted)}
    assert [(alias, code) for alias, code in TABLE.aliases if code not in known or not alias] == []


def test_no_alias_is_an_own_name_of_another_country() -> None:
    own = {join(fold(name)): c.code for c in TABLE.listed for name in (c.name, c.text)}
    assert [(alias, code) for alias, code in TABLE.aliases if own.get(join(alias), code) != code] == []


def test_at_least_a_hundred_nationalities_are_known() -> None:
    path = Path(__file__).parents[3] / "data" / "countries" / "demonyms.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    single = [row for row in rows if " " not in row["codes"] and row["codes"] != "TWN"]
    assert len({row["codes"] for row in single}) >= 190
    assert [row for row in single if {found(row["singular"]), found(row["plural"])} != {row["codes"]}] == []


@pytest.mark.skipif(not RELEASES.is_dir(), reason="the published releases are not beside this checkout")
def test_every_code_and_official_name_of_the_published_releases_is_known() -> None:
    tables = sorted(RELEASES.glob("*/countries.csv"))
    assert tables
    for path in tables:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert {row["unhcr_code"] for row in rows} == {country.code for country in TABLE.listed}
        isos = {row["unhcr_code"]: row["iso_code"] or None for row in rows} | {"UKN": "UNK"}
        assert isos == {country.code: country.iso3 for country in TABLE.listed}
        # What UNHCR calls "Congo" two countries are called, so people are asked which.
        names = {row["name"]: row["unhcr_code"] for row in rows if row["name"] != "Congo"}
        assert {name: found(name) for name in names} == names
        assert [iso for row in rows if (iso := row["iso_code"]) and found(iso) != row["unhcr_code"]] == []
