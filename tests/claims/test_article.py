"""The founding article, in our own words: what stands behind each of its figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import pytest_asyncio

from bot.services import Services
from data.model import Measure, ReferencePeriod
from data.reading.check.claim import Term, TrendClaim
from data.reading.check.evidence import Fact, Spread
from data.reading.check.verdicts import (
    ClaimFinding,
    Extremes,
    OtherMeasure,
    StocksSummed,
    Total,
    UnchangedStock,
    Verdict,
)
from tests.claims.reading import TODAY
from tests.releases import MID, YEAR_END

in_one_loop = pytest.mark.asyncio(loop_scope="session")

ARTICLE = Path(__file__).with_name("article.txt").read_text("utf-8")
NOT_APPLICATIONS = OtherMeasure(Term.APPLIED, Measure.PENDING)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def findings(services: Services) -> Mapping[str, ClaimFinding]:
    """What is found, by the number as the article writes it."""
    check = await services.answers.check(ARTICLE, TODAY, services.countries)
    assert check.unjudged == ()
    return {finding.claim.number: finding for finding in check.findings}


@in_one_loop
async def test_every_row_of_the_table_is_found_and_nothing_else(findings: Mapping[str, ClaimFinding]) -> None:
    assert {number: finding.verdict for number, finding in findings.items()} == {
        "178,725": Verdict.ELSE,
        "147,909": Verdict.ELSE,
        "6,435": Verdict.ELSE,
        "3,857": Verdict.ELSE,
        "10,436": Verdict.ELSE,
        "between 7,000 and 21,000": Verdict.ELSE,
        "1.33 million": Verdict.ELSE,
        "revised upward": Verdict.NOT_FOUND,
        "single-digit figures": Verdict.MATCHES,
        "dozens of countries": Verdict.MATCHES,
    }


@in_one_loop
@pytest.mark.parametrize(
    ("number", "asylum", "value", "now"),
    [
        ("178,725", None, 178_725, 99_716),
        ("147,909", "USA", 147_909, 68_691),
        ("6,435", "CAN", 6_435, 7_304),
        ("3,857", "ITA", 3_857, 5_365),
        ("10,436", "AUL", 10_436, 8_507),
    ],
)
async def test_applications_of_the_article_are_pending_claims_of_mid_2025_that_were_replaced_since(
    findings: Mapping[str, ClaimFinding], number: str, asylum: str | None, value: int, now: int
) -> None:
    finding = findings[number]

    assert finding.match is not None
    source = finding.match.source
    assert isinstance(source, Fact)
    assert (source.place.origin and source.place.origin.code) == "CHI"
    assert (source.place.asylum and source.place.asylum.code) == asylum
    assert (source.measure, source.year, source.period) == (Measure.PENDING, 2025, ReferencePeriod.MID_YEAR)
    assert (source.value, source.first.day) == (value, MID)
    assert [flaw.measure for flaw in finding.flaws if isinstance(flaw, OtherMeasure)] == [Measure.PENDING]
    assert len(finding.flaws) == 1
    assert (finding.now and finding.now.value) == now
    assert (finding.until and finding.until.day) == YEAR_END


@in_one_loop
async def test_the_new_applications_are_told_beside_the_stock(findings: Mapping[str, ClaimFinding]) -> None:
    told = {fact.measure: fact.value for fact in findings["178,725"].instead}

    assert told[Measure.APPLICATIONS] == 25_210


@in_one_loop
async def test_the_figure_was_revised_downward_and_2024_is_the_record(
    findings: Mapping[str, ClaimFinding],
) -> None:
    (revised,) = findings["revised upward"].compared
    (record,) = findings["178,725"].compared

    assert (revised.holds, revised.bases, revised.value) == (False, ((2025, 178_725),), 99_716)
    assert round(1 - 99_716 / 178_725, 2) == 0.44
    assert (record.comparison.trend_claim, record.holds) == (TrendClaim.RECORD, True)
    assert record.bases == ((2024, 180_960),)


@in_one_loop
async def test_the_american_figure_was_carried_forward(findings: Mapping[str, ClaimFinding]) -> None:
    carried = findings["147,909"].carried

    assert isinstance(carried, UnchangedStock)
    assert (carried.value, carried.before) == (147_909, 2024)
    assert findings["6,435"].carried is None


@in_one_loop
@pytest.mark.parametrize(
    ("number", "bases"),
    [
        ("6,435", ((2019, 2_873),)),
        ("3,857", ((2019, 499),)),
        ("10,436", ((2023, 13_207), (2024, 14_003))),
    ],
)
async def test_the_comparisons_of_the_article_hold_for_the_stocks(
    findings: Mapping[str, ClaimFinding], number: str, bases: tuple[tuple[int, int], ...]
) -> None:
    (compared,) = findings[number].compared

    assert compared.measure is Measure.PENDING
    assert (compared.holds, compared.bases) == (True, bases)


@in_one_loop
async def test_a_decade_is_read_as_the_lowest_and_the_highest_stock(
    findings: Mapping[str, ClaimFinding],
) -> None:
    match = findings["between 7,000 and 21,000"].match

    assert match is not None
    assert isinstance(match.source, Extremes)
    assert (match.source.low, match.source.high) == ((7_732, 2010), (21_257, 2003))
    assert NOT_APPLICATIONS in findings["between 7,000 and 21,000"].flaws


@in_one_loop
async def test_over_a_million_is_a_sum_of_stocks(findings: Mapping[str, ClaimFinding]) -> None:
    finding = findings["1.33 million"]

    assert finding.match is not None
    total = finding.match.source
    assert isinstance(total, Total)
    assert (total.first, total.last, total.value, total.now) == (2013, 2025, 1_329_812, 1_250_803)
    assert finding.flaws == (StocksSummed(),)
    assert all(each.measure is Measure.APPLICATIONS for each in finding.flow)


@in_one_loop
@pytest.mark.parametrize("number", ["single-digit figures", "dozens of countries"])
async def test_the_countries_are_counted(findings: Mapping[str, ClaimFinding], number: str) -> None:
    match = findings[number].match

    assert match is not None
    assert isinstance(match.source, Spread)
    assert (match.source.countries, match.source.under_ten) == (50, 12)
