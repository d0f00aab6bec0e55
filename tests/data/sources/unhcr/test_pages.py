"""What an answer of UNHCR's API says, and what it cannot say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.sentences import say
from data.errors import BadRelease
from data.model import Dataset
from data.sources.unhcr.pages import (
    PassingFailure,
    digest_lines,
    header_of,
    join_pages,
    read_envelope,
    read_texts,
)
from data.sources.unhcr.parse import read_places, read_region_names
from tests.refusals import refuses
from tests.unhcr_tables import item_of, make_up, sum_over

ROWS = make_up().rows
APPLICATIONS = ROWS[Dataset.APPLICATIONS]


@pytest.mark.parametrize("dataset", Dataset)
def test_items_become_the_very_texts_of_unhcr_s_files_but_for_stray_spaces(dataset: Dataset) -> None:
    items = [item_of(dataset, row) for row in ROWS[dataset]]

    texts = read_texts(dataset, items)

    assert [[cell.strip() for cell in row] for row in texts] == [
        [c.strip() for c in r] for r in ROWS[dataset]
    ]


def test_headers_are_those_of_unhcr_s_files() -> None:
    published = "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso"

    assert (
        ",".join(header_of(Dataset.APPLICATIONS))
        == f"{published},procedure_type,app_type,dec_level,app_pc,applied"
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html>Just a moment</html>", "an HTML page"),
        (b"\n <!DOCTYPE html>", "an HTML page"),
        (b"", "not JSON"),
        (b'{"items": [1, 2', "not JSON"),
        (b'{"items": [Infinity]}', "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "without a list of items"),
        (b'{"items": {}}', "without a list of items"),
        (b'{"items": [], "items": []}', "without a list of items"),
    ],
)
def test_what_is_no_answer_may_come_when_asked_again(body: bytes, reason: str) -> None:
    with refuses(PassingFailure, reason):
        read_envelope(body)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (3, 3),
        ("3", 3),
        (0, 0),
        (None, None),
        (-1, None),
        (True, None),
        (3.0, None),
        ("three", None),
        ([3], None),
    ],
)
def test_an_answer_says_its_page_as_a_whole_number_or_not_at_all(said: object, meant: int | None) -> None:
    envelope = read_envelope(json.dumps({"page": said, "maxPages": said, "items": []}).encode())

    assert (envelope.page, envelope.pages) == (meant, meant)


def test_a_refusal_names_endpoint_page_and_row() -> None:
    first, second = APPLICATIONS[:4], [*APPLICATIONS[4:8], APPLICATIONS[1]]

    with refuses(BadRelease, r"^/asylum-applications/, page 2, row 5: this row came before"):
        list(join_pages(Dataset.APPLICATIONS, [first, second], last_year=2025))


def test_years_that_run_backwards_are_not_of_one_release() -> None:
    with refuses(BadRelease, "page 2, row 1: 2020 comes after 2025"):
        list(join_pages(Dataset.APPLICATIONS, [APPLICATIONS[-1:], APPLICATIONS[:1]], last_year=2025))


@pytest.mark.parametrize("side", ["coo", "coa"])
def test_totals_of_one_side_are_told_from_pairs_and_from_the_world(side: str) -> None:
    other = "coa" if side == "coo" else "coo"

    def lines(*summed: str) -> list[str]:
        rows = sum_over(Dataset.APPLICATIONS, APPLICATIONS, summed) if summed else APPLICATIONS
        items = [item_of(Dataset.APPLICATIONS, row) for row in rows]
        return list(digest_lines(Dataset.APPLICATIONS, side, items, "here"))

    assert len(lines(other)) > 10
    for wrong in ((), (side,), (side, other)):
        with refuses(BadRelease, f"not a sum over every “{other}”"):
            lines(*wrong)


PLACE = {"0": 1, "id": 1, "code": "GFR", "iso": "DEU", "name": " Germany ", "nameFr": "Allemagne"}


def test_a_country_is_read_whatever_else_is_said_of_it() -> None:
    odd = [{"code": "CUR", "iso": None, "name": "CUR"}, {"code": "SGS", "iso": "", "name": "South  Georgia"}]

    assert read_places([PLACE, *odd], "here") == (
        ("GFR", "DEU", "Germany"),
        ("CUR", None, "CUR"),
        ("SGS", None, "South Georgia"),
    )


@pytest.mark.parametrize(
    "items",
    [
        [],
        [None],
        [[]],
        [PLACE, PLACE],
        *([{**PLACE, "code": code}] for code in ("", None, "gfr", "GERM", 5, "G\nF")),
        *([{**PLACE, "iso": iso}] for iso in ("DE", "de", "GERMANY", 27, ["DEU"], True)),
        *([{**PLACE, "name": name}] for name in ("", None, " ", 5.0, {})),
        *(
            [{key: value for key, value in PLACE.items() if key != field}]
            for field in ("code", "iso", "name")
        ),
    ],
)
def test_a_list_of_countries_that_makes_no_sense_is_refused(items: list[Any]) -> None:
    with refuses(BadRelease, r"^/countries/") as refusal:
        read_places(items, "/countries/")

    assert say(refusal.value).isprintable()


@pytest.mark.parametrize(
    "items", [[None], [{}], [{"id": 5}], [{"id": "x", "name": "y"}], [{"id": 5, "name": ""}]]
)
def test_a_list_of_regions_that_makes_no_sense_is_refused(items: list[Any]) -> None:
    with refuses(BadRelease, r"^/regions/, row 1"):
        read_region_names(items, "/regions/")


def test_regions_are_known_by_number() -> None:
    assert read_region_names([{"0": 1, "id": 5, "name": "Europe "}, {"id": "7", "name": "Asia"}], "here") == {
        "5": "Europe",
        "7": "Asia",
    }
