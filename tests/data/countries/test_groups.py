"""Groups of countries: what they are called, and who belonged to them when."""

from __future__ import annotations

import pytest

from data.countries import Atlas
from data.countries.groups import (
    GroupList,
    ever_members,
    find_group,
    find_steps,
    list_memberships,
    list_of,
    members,
    read_groups,
    read_names,
)

REGIONS = ("africa", "americas", "asia", "europe", "oceania")


def test_the_eu_of_a_year_is_of_those_that_were_members_at_its_end() -> None:
    assert {year: len(members("eu", year)) for year in (2003, 2004, 2007, 2013, 2019, 2020, 2025)} == {
        2003: 15,
        2004: 25,
        2007: 27,
        2013: 28,
        2019: 28,
        2020: 27,
        2025: 27,
    }
    assert find_steps("eu", 2000, 2025) == (2004, 2007, 2013, 2020)
    assert members("eu27", 2000) == members("eu27", 2025) == members("eu", 2025)
    assert find_steps("eu27", 2000, 2025) == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("EU", "eu"),
        ("the European Union", "eu"),
        ("EU+", "eu-plus"),
        ("EU27", "eu27"),
        ("eu-efta", "eu-efta"),
        ("Europe", "europe"),
        ("sub-saharan Africa", "sub-saharan-africa"),
        ("Middle East", "western-asia"),
        ("MENA", "unhcr-mena"),
        ("scandinavia", "scandinavia"),
        ("Nordic countries", "nordic"),
    ],
)
def test_a_group_goes_by_its_code_its_name_and_everyday_names(typed: str, code: str) -> None:
    assert find_group(typed) == read_groups()[code]


def test_what_is_no_group_is_none() -> None:
    assert find_group("Germany") is None
    assert find_group("") is None


def test_no_name_of_a_group_is_a_countrys() -> None:
    lookup = Atlas.load().lookup
    names = [name for name in read_names() if lookup.meant(name)]

    assert names == ["micronesia"]  # the code alone: the group is called otherwise
    assert read_groups()["micronesia"].name == "Micronesia (region)"


def test_the_uns_regions_share_out_the_world_once() -> None:
    each = [code for region in REGIONS for code in members(region, 2025)]
    nowhere = {country.code for country in Atlas.load().countries()} - set(each)

    assert len(each) == len(set(each))
    assert nowhere == {"CRB", "CUR", "STA", "TIB", "UKN"}  # which are no countries


def test_every_group_has_members_and_says_whose_list_it_is() -> None:
    for code, group in read_groups().items():
        assert ever_members(code, 2000, 2025), code
        assert isinstance(list_of(group), GroupList)


def test_memberships_are_listed_with_their_years() -> None:
    listed = list_memberships()

    assert ("eu", "GBR", 1973, 2019) in listed
    assert ("eu", "AUS", 1995, None) in listed  # Austria
    assert ("africa", "ARE", None, None) in listed  # Egypt
