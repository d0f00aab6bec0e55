"""What the group /asylum says to those who mistype, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from tests.asking import Asker

in_one_loop = pytest.mark.asyncio(loop_scope="session")


@in_one_loop
@pytest.mark.parametrize(
    ("words", "options", "sentence"),
    [
        ("figures", {"origin": "Chna"}, "No country is called 'Chna'. Did you mean China?"),
        (
            "figures",
            {"origin": "Congo"},
            "'Congo' can mean DR Congo or Congo-Brazzaville: type the one you mean.",
        ),
        (
            "trend",
            {"measure": "pending", "from": 2020, "to": 2010},
            "The years run backwards: “from” is 2020 and “to” is 2010; swap them.",
        ),
        (
            "figures",
            {"year": 2030},
            "The newest figures in this release are of 2025; choose 2025 or earlier.",
        ),
        (
            "figures",
            {"as_of": "2020-01-01"},
            "The oldest release kept here is of 27 April 2023; choose that day or a later one.",
        ),
        (
            "figures",
            {"as_of": "last week"},
            "I cannot read 'last week' as a day; write it like 2025-11-10, or pick a release from the list.",
        ),
        (
            "trend",
            {"measure": "pending", "versus": "Germany, France, Italy, Spain, Greece, Malta"},
            "At most 5 countries can be compared at once; name fewer.",
        ),
        (
            "top",
            {"rank": "origin", "origin": "China"},
            (
                "A ranking or map of origins cannot name one of them; leave out “origin”, or use /asylum figures"
                " for a pair."
            ),
        ),
        (
            "export",
            {"format": "csv", "by": "origin", "origin": "China"},
            "An export by origin lists every one; leave out “origin”, or choose by:year for China alone.",
        ),
        (
            "export",
            {"format": "json", "origin": "China", "measure": "applications", "from": 2000, "to": 2004},
            (
                "UNHCR has published no figures on new asylum applications from China for 2000–2004;"
                " choose other years, another measure or another country."
            ),
        ),
        (
            "period",
            {"from": 2003, "to": 2012, "against_from": 2003, "against_to": 2012},
            "Both spans are the same years; choose others for “against_from” and “against_to”.",
        ),
        (
            "period",
            {"against_from": 2012, "against_to": 2003},
            "The years run backwards: “from” is 2012 and “to” is 2003; swap them.",
        ),
        (
            "map",
            {"by": "origin", "origin": "China"},
            (
                "A ranking or map of origins cannot name one of them; leave out “origin”, or use /asylum figures"
                " for a pair."
            ),
        ),
        (
            "decisions",
            {"level": "first-instance", "asylum": "USA"},
            (
                "UNHCR has published no decisions of the USA as a country of asylum as first instance from 2000 to"
                " 2025; leave out “level” for decisions of all levels, or choose other years."
            ),
        ),
        (
            "decisions",
            {"origin": "Japan", "asylum": "Canada", "from": 2010, "to": 2000},
            "The years run backwards: “from” is 2010 and “to” is 2000; swap them.",
        ),
    ],
)
async def test_a_mistake_is_told_to_whoever_made_it(
    asker: Asker, words: str, options: dict[str, Any], sentence: str
) -> None:
    assert await asker.refusal(words, options) == sentence


@in_one_loop
@pytest.mark.parametrize("scene", [{"dm": True}, {"user_install": True}])
async def test_a_mistake_is_told_in_direct_messages_as_well(asker: Asker, scene: dict[str, Any]) -> None:
    assert "Did you mean China?" in await asker.refusal("figures", {"origin": "Chna"}, **scene)
