"""Percentages of claims: the published rates are told where the text's is none of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.replies.check_findings import say_finding
from data.model import Counts, Unit
from data.reading.check import verdicts as v
from data.reading.check.claim import Claim, Subject, Term
from data.reading.check.evidence import Evidence, Written, codes_of
from data.reading.check.judgement import judge_claim
from data.reading.check.rates import is_of_claims
from data.reading.check.verdicts import Verdict
from data.reading.numbers import Form, Quantity
from tests.data.reading.check.made_up import ALL_OF_THEM, END, claim

COUNTS = Counts(recognised=200, complementary=100, rejected=700, closed=1_000)


def evidence() -> Evidence:
    rows = [Written(release=END.id, year=2024, unit=Unit.PERSONS, counts=COUNTS)]
    return Evidence((END,), {codes_of(ALL_OF_THEM): rows}, {codes_of(ALL_OF_THEM): ALL_OF_THEM})


def percent(value: float, term: Term = Term.REJECTED, year: int = 2024, *, of_claims: bool = True) -> Claim:
    made = claim(value, term, years=(year,), subject=Subject.RATE)
    return replace(made, quantity=Quantity(value, value, 1, Form.PERCENT), of_claims=of_claims)


def judge(made: Claim) -> v.Finding:
    found = judge_claim(made, evidence())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        (percent(70), Verdict.MATCHES),
        (percent(90), Verdict.NOT_FOUND),
        (percent(35), Verdict.ELSE),
        (percent(20, Term.RECOGNISED), Verdict.MATCHES),
        (percent(10, Term.RECOGNISED), Verdict.ELSE),
        (percent(90, year=2019), Verdict.UNCHECKED),
    ],
)
def test_each_percentage_of_claims_gets_a_verdict(made: Claim, verdict: Verdict) -> None:
    assert judge(made).verdict is verdict


def test_the_published_rate_is_told_with_the_share_of_rejections() -> None:
    assert say_finding(judge(percent(90))) == (
        "China, decisions on the merits in 2024: Total Protection Rate 30.0%, so 70.0% were rejected."
        " Claims that were otherwise closed are left out of these shares."
    )


def test_a_share_of_all_decisions_is_named_as_one() -> None:
    assert say_finding(judge(percent(35))).startswith(
        "That is a share of all decisions, the otherwise closed"
    )


def test_a_rate_of_a_year_without_decisions_is_said_to_be_unknown() -> None:
    assert say_finding(judge(percent(90, year=2019))).startswith("No such rate is known here")


def test_a_percentage_of_something_else_is_left_alone() -> None:
    assert judge_claim(percent(90, of_claims=False), evidence()) is None


@pytest.mark.parametrize(
    ("before", "after", "of_claims"),
    [
        ("Germany rejected ", " of claims in 2023.", True),
        ("Germany rejected ", " of all asylum applications.", True),
        ("The rejection rate in Germany was ", " in 2023.", True),
        ("Rejected claims cost ", " of the budget.", False),
        ("The recognition rate fell, and rents rose ", ".", False),
    ],
)
def test_the_words_beside_a_percentage_tell_whether_it_is_one_of_claims(
    before: str, after: str, of_claims: bool
) -> None:
    number = (len(before), len(before) + len("90%"))

    assert is_of_claims(f"{before}90%{after}", number, 0) is of_claims
