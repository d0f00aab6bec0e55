"""A table's numbers are what the heads of their columns say, of the place or year of their row."""

from __future__ import annotations

from datetime import date

import pytest

from data.countries import Atlas
from data.reading.check.claim import Agreement, Term
from data.reading.check.context import read_claims
from data.reading.check.tables import read_tables

BY_YEAR = """Asylum in Ireland
Year / Applications received / Refused
2000 10,938 N/A
2002 11,634 5,992
2013 946 771"""

BY_COUNTRY = """New asylum applications
| Country | 2019 | 2020 |
|---|---|---|
| Germany | 142,505 | 102,525 |
| France | 123,900 | 81,735 |"""


def test_each_column_is_of_its_head_and_each_row_of_its_year(atlas: Atlas) -> None:
    told = {
        claim.number: (claim.term, claim.nearest_year)
        for claim in read_claims(BY_YEAR, atlas, date(2026, 11, 25), 2025)
    }

    assert told == {
        "10,938": (Term.APPLICATIONS, 2000),
        "11,634": (Term.APPLICATIONS, 2002),
        "5,992": (Term.REJECTED, 2002),
        "946": (Term.APPLICATIONS, 2013),
        "771": (Term.REJECTED, 2013),
    }


def test_heads_may_be_years_and_rows_countries(atlas: Atlas) -> None:
    told = {
        claim.number: (next(iter(claim.asylums.values())).area.text, claim.nearest_year)
        for claim in read_claims(BY_COUNTRY, atlas, date(2026, 11, 25), 2025)
    }

    assert told == {
        "142,505": ("Germany", 2019),
        "102,525": ("Germany", 2020),
        "123,900": ("France", 2019),
        "81,735": ("France", 2020),
    }


BY_PAIR = """Year |
Country of Origin |
Country of Asylum |
Refugees under UNHCR’s mandate |
Asylum-seekers |
Stateless persons |
---|---|---|---|---|---|
2021 | Syrian Arab Rep. | - | 6,848,865 | 123,456 | 12,345 |
2022 | Afghanistan | Pakistan | 1,743,785 | 114,231 | 0 |"""


def test_heads_may_stand_below_each_other_and_tell_the_side_of_a_country(atlas: Atlas) -> None:
    claims = read_claims(BY_PAIR, atlas, date(2026, 11, 25), 2025)
    told = {claim.number: (claim.term, claim.nearest_year) for claim in claims}
    sides = {
        claim.number: {
            code: named.agreement
            for side in (claim.origins, claim.asylums)
            for code, named in side.items()
            if named.near.in_sentence and named.agreement is Agreement.SAID
        }
        for claim in claims
    }

    assert told["6,848,865"] == (Term.REFUGEES, 2021)
    assert told["114,231"] == (Term.SEEKERS, 2022)
    assert told["12,345"] == (Term.STATELESS, 2021)
    assert sides["6,848,865"] == {"SYR": Agreement.SAID}
    assert sides["114,231"] == {"AFG": Agreement.SAID, "PAK": Agreement.SAID}


def test_below_a_rule_one_row_is_a_table(atlas: Atlas) -> None:
    text = "| Year | Refugees | Asylum-seekers |\n|---|---|---|\n| 2022 | 1,743,785 | 114,231 |"

    assert [claim.term for claim in read_claims(text, atlas, date(2026, 11, 25), 2025)] == [
        Term.REFUGEES,
        Term.SEEKERS,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "In 2015 Germany had 441,898\nand in 2016 722,373 applications",
        "Applications 2015 2016\nGermany 441,898 722,373",
        "Germany 441,898 722,373\nFrance 74,468 76,794",
        "| a | b |\n|---|---|",
        "",
    ],
)
def test_what_has_no_heads_or_a_single_row_is_no_table(text: str) -> None:
    assert read_tables(text) == (text, ())
