"""Inhabitants, and of which areas UNHCR's figures are."""

from __future__ import annotations

from data.countries import Atlas
from data.countries.groups import members
from data.countries.population import population_of


def test_a_country_has_the_inhabitants_that_the_un_estimate() -> None:
    assert population_of("LEB", 2025) == 5_849_420
    assert population_of("USA", 2024) == 345_426_571


def test_the_world_has_the_inhabitants_of_its_regions() -> None:
    world = sum(
        population_of(code, 2024) or 0 for code in ("africa", "americas", "asia", "europe", "oceania")
    )

    assert 8_161_973_000 - world - 23_213_962 < 500_000  # Taiwan, and some small territories, have no code


def test_a_code_of_several_areas_is_set_against_all_of_them() -> None:
    assert population_of("SRB", 2024) == 6_736_216 + 1_684_790
    assert (population_of("SUD", 2010) or 0) > (population_of("SUD", 2011) or 0) > 0
    assert population_of("FRA", 2024) == 68_780_449  # metropolitan France alone: 66.5 million
    guiana = population_of("FGU", 1995) or 0
    assert (population_of("FRA", 1995) or 0) - (population_of("FRA", 1994) or 0) > guiana > 0


def test_a_group_counts_everybody_once_and_where_the_figures_are() -> None:
    def add(*codes: str) -> int:
        return sum(population_of(code, 2024) or 0 for code in codes)

    assert population_of("g7", 2024) == add("GFR", "FRA", "GBR", "ITA", "JPN", "USA", "CAN")
    assert population_of("australia-and-new-zealand", 2024) == add("AUL", "NZL")
    # Réunion's claims are France's.
    everybody = add(*members("eastern-africa", 2024))
    assert population_of("eastern-africa", 2024) == everybody - add("REU")
    # Until 2010 South Sudan's are Sudan's, which is in Northern Africa.
    before, after = (population_of("northern-africa", year) or 0 for year in (2010, 2011))
    assert before > after


def test_what_is_no_place_or_no_year_of_the_table_has_none() -> None:
    assert population_of("UKN", 2024) is None
    assert population_of("GFR", 1989) is None
    assert population_of("GFR", 2026) is None


def test_every_country_with_figures_has_inhabitants() -> None:
    without = {c.code for c in Atlas.load().countries() if population_of(c.code, 2024) is None}

    assert without == {"BVT", "CRB", "CUR", "SGS", "SJM", "STA", "TIB", "UKN", "VAT"}
