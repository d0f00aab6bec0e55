"""Territories that split or were dissolved are said where the years reach them; former states lead to today's."""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from collections.abc import Iterator

import pytest

from bot.replies.caveats import say_caveat
from data.caveats import Caveat, CountedApart, Dissolved, Independent, OwnOrigin, SplitOff
from data.countries.letters import fold
from data.countries.territories import (
    Former,
    Territory,
    TerritoryKind,
    find_former,
    find_remarks,
    list_splits,
    read_former,
    read_territories,
)
from data.model import Country, Place
from data.notes import Subjects
from tests.data.countries.atlases import atlas, found, refused
from tests.nonsense import check_sentence
from tests.releases import NOW, needs_release_folders, release_folder

NEWEST = 2025
SPLITS = [each for each in read_territories() if each.kind is TerritoryKind.SPLIT_OFF]


def named(code: str) -> Country:
    country = atlas().by_code(code)
    assert country
    return country


def remarks(*places: Place, first: int, last: int = NEWEST, asked: int = 1) -> tuple[Caveat, ...]:
    return find_remarks(Subjects(places, asked, frozenset(range(first, last + 1)), first), named)


def either_side(code: str) -> Iterator[Place]:
    yield Place(named(code), None)
    yield Place(None, named(code))
    yield Place(named("SYR"), named(code))


def test_every_line_names_countries_that_unhcr_lists() -> None:
    for each in read_territories():
        for code in (*each.parts, *([each.whole] if each.whole else [])):
            assert named(code).is_country
        assert bool(each.year) == (each.kind is not TerritoryKind.COUNTED_APART)
        assert bool(each.former) == (each.kind is TerritoryKind.DISSOLVED) == (each.whole is None)


@pytest.mark.parametrize("line", SPLITS, ids=lambda line: line.parts[0])
def test_a_series_that_crosses_a_split_says_so_and_one_that_does_not_is_silent(line: Territory) -> None:
    assert line.whole
    assert line.year
    said = SplitOff(named(line.whole), named(line.parts[0]), line.year)
    for code in (line.whole, line.parts[0]):
        for place in either_side(code):
            assert remarks(place, first=line.year - 1) == (said,)
            assert remarks(place, first=line.year - 3, last=line.year - 1) == (said,)
            assert remarks(place, first=line.year) == ()


@pytest.mark.parametrize("line", SPLITS, ids=lambda line: line.parts[0])
def test_a_list_of_an_early_year_says_what_the_whole_includes(line: Territory) -> None:
    assert line.whole
    assert line.year
    places = (Place(), Place(named("SYR"), None), Place(named(line.whole), None))
    assert len(remarks(*places, first=line.year - 1, last=line.year - 1)) == 1
    assert remarks(*places, first=line.year, last=line.year) == ()


def test_the_other_changes_are_said_of_the_countries_that_were_asked_for() -> None:
    china, timor, indonesia = named("CHI"), named("TMP"), named("INS")
    curacao, sint_maarten = named("CUW"), named("SXM")
    apart = CountedApart(china, (named("HKG"), named("MAC")))
    for first in (2000, NEWEST):
        assert remarks(Place(china), first=first) == remarks(Place(None, china), first=first) == (apart,)
        assert remarks(Place(), Place(china), first=first) == ()
    assert remarks(Place(timor), first=2000) == (Independent(indonesia, timor, 2002),)
    assert remarks(Place(None, indonesia), first=2001) == (Independent(indonesia, timor, 2002),)
    assert remarks(Place(None, indonesia), first=2002) == ()
    both = (Place(None, curacao), Place(None, sint_maarten))
    assert remarks(*both, first=2009, asked=2) == (
        Dissolved("the Netherlands Antilles", (curacao, sint_maarten), 2010),
    )
    assert remarks(*both, first=2010, asked=2) == ()


def test_a_country_as_its_own_origin_gets_a_remark_once() -> None:
    for country in atlas().countries():
        own = Place(country, country)
        assert remarks(own, own, first=NEWEST).count(OwnOrigin(country)) == 1
        assert OwnOrigin(country) in remarks(Place(None, country), own, first=NEWEST)
    assert remarks(Place(named("SYR"), named("GFR")), first=2000) == ()


@needs_release_folders
def test_no_figure_of_a_part_is_older_than_its_year() -> None:
    """What the table says of years is what UNHCR's files hold."""
    years: dict[str, set[int]] = defaultdict(set)
    with lzma.open(release_folder(NOW) / "population.csv.xz", "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["asylum_seekers"] not in ("-", "0", "") and int(row["year"]) >= 2000:
                for side in ("coo", "coa"):
                    years[row[side]].add(int(row["year"]))
    for each in read_territories():
        if each.kind in (TerritoryKind.SPLIT_OFF, TerritoryKind.DISSOLVED):
            assert [part for part in each.parts if min(years[part], default=NEWEST) < (each.year or 0)] == []
    for each in SPLITS:
        assert min(years[each.parts[0]]) == each.year
        assert min(years[each.whole or ""]) == 2000


@pytest.mark.parametrize("former", read_former(), ids=lambda former: former.text)
def test_the_name_of_a_state_that_is_gone_leads_to_what_counts_it_now(former: Former) -> None:
    names = [atlas().lookup.listed[code].name for code in former.codes]
    for name in former.names:
        assert name == fold(name) != ""
        assert not atlas().lookup.meant(name), f"{name} is a country's name"
        said = refused(name)
        check_sentence(said)
        assert said.startswith(f"UNHCR's statistics do not list {former.text}: look under ")
        assert [each for each in names if each not in said] == []
        offered = [each.country.code for each in atlas().suggest(name)]
        assert offered[: len(former.codes)] == [*former.codes]


def test_no_two_states_that_are_gone_share_a_name() -> None:
    names = [name for former in read_former() for name in former.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Serbia and Montenegro",
            (
                "UNHCR's statistics do not list Serbia and Montenegro: look under Serbia and Kosovo or Montenegro"
                " (from 2006, before that under Serbia and Kosovo)."
            ),
        ),
        (
            "Netherlands Antilles",
            (
                "UNHCR's statistics do not list the Netherlands Antilles: look under Curaçao, Sint Maarten or"
                " Caribbean Netherlands."
            ),
        ),
        ("czechoslovakia", "UNHCR's statistics do not list Czechoslovakia: look under Czechia or Slovakia."),
        ("the former Yugoslavia", None),
        ("U.S.S.R.", None),
        ("China, Taiwan Province of", "UNHCR's statistics do not list Taiwan: choose another country."),
    ],
)
def test_what_is_said_of_them(text: str, said: str | None) -> None:
    assert refused(text) == (said or refused(text))
    assert refused(text).startswith("UNHCR's statistics do not list")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Zaire", "COD"),
        ("Burma", "MYA"),
        ("Swaziland", "SWA"),
        ("Macedonia, the former Yugoslav Republic of", "MCD"),
        ("China, Macao Special Administrative Region", "MAC"),
        ("China, Hong Kong Special Administrative Region", "HKG"),
        ("East Pakistan", "BGD"),
        ("British Honduras", "BZE"),
    ],
)
def test_a_state_that_was_only_renamed_is_found(text: str, code: str) -> None:
    assert found(text) == code


def test_a_former_name_within_a_text_is_found_the_longest_first() -> None:
    assert find_former("people from serbia and montenegro in 2004", within=True) == find_former("fry")
    assert find_former("people from serbia", within=True) is None
    assert find_former("sovietologists", within=True) is None


def test_remarks_are_said_in_one_sentence() -> None:
    for each in read_territories():
        for code in each.parts:
            for caveat in remarks(Place(named(code)), first=2000):
                check_sentence(say_caveat(caveat))


def test_a_place_is_told_since_when_a_part_of_it_is_counted_apart() -> None:
    def list_years(*codes: str | None) -> list[int]:
        origin, asylum = (named(code) if code else None for code in codes)
        return [each.year for each in list_splits(Place(origin, asylum), named)]

    assert list_years("SUD", None) == [2011]
    assert list_years(None, "SSD") == [2011]
    assert list_years("SRB", "SUD") == [2006, 2011]
    assert list_years("GFR", None) == list_years(None, None) == []
