"""The double has UNHCR's quirks, so that a client that forgot one of them would fail its tests."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from data.model import Dataset
from tests.unhcr_double import UnhcrDouble
from tests.unhcr_tables import Item, make_up

ALL = {"coo_all": "true", "coa_all": "true", "limit": "10000"}
TABLES = make_up()


async def ask(endpoint: str, **query: str) -> Any:
    async with (
        UnhcrDouble(TABLES) as double,
        aiohttp.ClientSession() as session,
        session.get(f"{double.base}/{endpoint}/", params=query) as response,
    ):
        return await response.json() if response.content_type == "application/json" else response.status


async def items(dataset: Dataset, **query: str) -> list[Item]:
    return (await ask(dataset.value, **query))["items"]


@pytest.mark.parametrize("dataset", Dataset)
async def test_rows_come_year_by_year_over_stable_pages(dataset: Dataset) -> None:
    whole = await items(dataset, **ALL)
    pages = [await ask(dataset.value, **{**ALL, "limit": "50", "page": str(n)}) for n in (1, 2, 3, 4)]

    assert [row for page in pages for row in page["items"]] == whole
    assert [row["year"] for row in whole] == sorted(row["year"] for row in whole)
    assert {page["maxPages"] for page in pages} == {3}
    assert pages[3]["items"] == []


async def test_one_year_alone_and_a_misspelled_parameter_are_ignored() -> None:
    whole = await items(Dataset.POPULATION, **ALL)

    assert await items(Dataset.POPULATION, **ALL, yearFrom="2024") == whole
    assert await items(Dataset.POPULATION, **ALL, yearTo="2021") == whole
    assert await items(Dataset.POPULATION, **ALL, year_from="2024", year_to="2024") == whole
    both = await items(Dataset.POPULATION, **ALL, yearFrom="2024", yearTo="2024")
    assert {row["year"] for row in both} == {2024}


async def test_a_list_of_countries_is_overridden_by_all() -> None:
    whole = await items(Dataset.POPULATION, **ALL, cf_type="ISO")

    assert await items(Dataset.POPULATION, **ALL, cf_type="ISO", coo="CHN") == whole
    listed = await items(Dataset.POPULATION, coa_all="true", cf_type="ISO", coo="CHN,DEU", limit="1000")
    assert {row["coo"] for row in listed} == {"CHI", "GFR"}


async def test_without_cf_type_a_code_means_another_country() -> None:
    async def origins(**query: str) -> set[str]:
        rows = await items(Dataset.POPULATION, coa_all="true", limit="1000", **query)
        return {row["coo_name"] for row in rows}

    assert await origins(coo="AUS") == {"Austria"}
    assert await origins(coo="AUS", cf_type="ISO") == {"Australia"}
    assert await origins(coo="DEU") == set()


async def test_a_side_that_is_not_broken_down_is_summed_under_dashes() -> None:
    (row, *others) = await items(Dataset.POPULATION, yearFrom="2024", yearTo="2024")
    pairs = await items(Dataset.POPULATION, **ALL, yearFrom="2024", yearTo="2024")

    assert others == []
    assert {row[f"{side}{end}"] for side in ("coo", "coa") for end in ("", "_id", "_iso", "_name")} == {"-"}
    assert row["refugees"] == sum(int(each["refugees"]) for each in pairs if each["refugees"] != "-")


async def test_one_row_mixes_numbers_and_texts_and_codes_may_be_missing() -> None:
    rows = await items(Dataset.POPULATION, **ALL)
    values = [row["refugees"] for row in rows]

    assert {type(value) for value in values} == {int, str}
    assert {value for value in values if isinstance(value, str)} == {"0", "-"}
    assert {row["coo_iso"] for row in rows if row["coo"] == "CUR"} == {None}
    assert {row["coo_name"] for row in rows if row["coo"] == "UKN"} == {"Unknown "}


async def test_a_total_adds_cases_to_persons() -> None:
    envelope = await ask("asylum-applications", **ALL)
    by_unit = {
        unit: sum(
            int(row["applied"])
            for row in envelope["items"]
            if row["app_pc"] == unit and row["applied"] != "-"
        )
        for unit in "PC"
    }

    assert envelope["total"] == {"applied": by_unit["P"] + by_unit["C"]}
    assert (await ask("population", **ALL))["total"] == []


async def test_years_without_rows_are_an_empty_answer_and_unknown_paths_are_none() -> None:
    empty = await ask("population", **ALL, yearFrom="1960", yearTo="1961")

    assert (empty["maxPages"], empty["items"]) == (0, [])
    assert await ask("populations") == 404


async def test_nothing_helps_to_see_whether_an_answer_is_new() -> None:
    async with (
        UnhcrDouble(TABLES) as double,
        aiohttp.ClientSession() as session,
        session.get(f"{double.base}/regions/") as response,
    ):
        assert not {"ETag", "Last-Modified", "Content-Encoding", "Retry-After"} & {*response.headers}
