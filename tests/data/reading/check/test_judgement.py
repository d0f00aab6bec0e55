"""Verdicts on single claims, and what is held against them."""

from __future__ import annotations

import pytest

from bot.replies.check_findings import say_finding
from data.model import Counts, Measure, ReferencePeriod, Unit
from data.reading.check import verdicts as v
from data.reading.check.claim import Claim, Mark, Near, Subject, Term
from data.reading.check.evidence import LEDGER_FORMS, Evidence, codes_of
from data.reading.check.judgement import judge_claim, judge_claims
from data.reading.check.verdicts import Verdict
from data.reading.numbers import Bound
from data.store.value_index import pack
from tests.data.reading.check.made_up import (
    ALL_OF_THEM,
    BACKWARDS,
    END,
    IN_CANADA,
    MENDED,
    MID,
    cells,
    claim,
    evidence,
    release,
)


def judge(made: Claim) -> v.ClaimFinding:
    finding = judge_claim(made, evidence())
    assert isinstance(finding, v.ClaimFinding)
    return finding


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        (claim(30_123), Verdict.MATCHES),
        (claim(30_000, step=1_000), Verdict.ROUNDED),
        (claim(61_234), Verdict.ELSE),
        (claim(61_234, Term.PENDING), Verdict.MATCHES),
        (claim(61_234, Term.PENDING, years=(2025,)), Verdict.UNTIL),
        (claim(61_234, Term.PENDING, years=(2025,), half=True), Verdict.MATCHES),
        (claim(27_654, years=(2025,)), Verdict.UNTIL),
        (claim(12_345, years=(2025,)), Verdict.ELSE),
        (claim(12_345, years=(2025,), half=True), Verdict.MATCHES),
        (claim(99_999), Verdict.NOT_FOUND),
    ],
)
def test_each_verdict_has_its_case(made: Claim, verdict: Verdict) -> None:
    assert judge(made).verdict is verdict


@pytest.mark.parametrize(
    ("made", "flaw"),
    [
        (claim(61_234), v.OtherMeasure(Term.APPLIED, Measure.PENDING)),
        (claim(30_123, Term.PENDING), v.OtherMeasure(Term.PENDING, Measure.APPLICATIONS)),
        (claim(8_765, Term.REJECTED), None),
        (claim(12_345, years=(2025,)), v.HalfYear(2025)),
        (claim(7_891), v.CasesNotPeople()),
        (claim(33_456, Term.NEW), v.RepeatsIncluded()),
        (claim(30_123, years=(2023,)), v.OtherYear(2024)),
        (claim(6_543, Term.PENDING, place=IN_CANADA), None),
    ],
)
def test_what_the_text_got_wrong_is_named(made: Claim, flaw: v.Flaw | None) -> None:
    assert judge(made).flaws == (() if flaw is None else (flaw,))


def test_cases_called_cases_are_right() -> None:
    assert judge(claim(7_891, cases=True)).verdict is Verdict.MATCHES


def test_the_sides_of_a_claim_may_be_exchanged() -> None:
    long = judge(claim(6_543, Term.PENDING, place=BACKWARDS))

    assert long.verdict is Verdict.NOT_FOUND, "four digits are not enough to look on the other side"


def test_a_figure_that_was_replaced_is_told_with_what_took_its_place() -> None:
    finding = judge(claim(27_654, years=(2025,)))

    assert (finding.until, finding.now and finding.now.value) == (MENDED, 27_699)
    assert judge(claim(61_234, Term.PENDING, years=(2025,))).until is END


def test_a_stock_of_june_stays_right_when_the_year_end_takes_its_place() -> None:
    finding = judge(claim(61_234, Term.PENDING, years=(2025,), june=(2025,)))

    assert finding.verdict is Verdict.MATCHES
    assert "This stock is of 30 June 2025; that of 31 December 2025 is another: 43,210." in say_finding(
        finding
    )


def test_a_stock_of_june_that_another_one_of_june_replaced_was_right_until_then() -> None:
    again = release(2, ReferencePeriod.MID_YEAR)
    rows = [
        (*codes_of(ALL_OF_THEM), wrote.id, 2025, Unit.PERSONS, cells(Counts(pending=count)))
        for wrote, count in ((MID, 61_234), (again, 61_111), (MENDED, 43_210))
    ]
    mended = Evidence((MID, again, MENDED), pack(rows, LEDGER_FORMS), {codes_of(ALL_OF_THEM): ALL_OF_THEM})
    first, second = (claim(value, Term.PENDING, years=(2025,), half=True) for value in (61_234, 61_111))
    wrong = judge_claim(claim(99_999, Term.PENDING, years=(2025,), june=(2025,)), mended)

    assert [each and each.verdict for each in (judge_claim(first, mended), judge_claim(second, mended))] == [
        Verdict.UNTIL,
        Verdict.MATCHES,
    ]
    assert wrong is not None
    assert [fact.value for fact in wrong.instead if fact.measure is Measure.PENDING] == [61_111]


def test_a_month_is_not_half_a_year_of_applications() -> None:
    assert judge(claim(12_345, years=(2025,), june=(2025,))).flaws == (v.HalfYear(2025),)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (
            claim(43_210, Term.PENDING, years=(2025,), june=(2025,), time_beside=True),
            "That is the stock on 31 December 2025, not on 30 June.",
        ),
        (
            claim(27_699, years=(2025,), half=True, time_beside=True),
            "That is all of 2025, not only January–June.",
        ),
    ],
)
def test_a_figure_of_the_year_end_is_not_that_of_the_middle(made: Claim, words: str) -> None:
    finding = judge(made)

    assert finding.verdict is Verdict.ELSE
    assert words in say_finding(finding)


def test_a_large_stock_that_did_not_move_is_pointed_out() -> None:
    carried = judge(claim(61_234, Term.PENDING, years=(2025,))).carried

    assert carried is not None
    assert (carried.value, carried.before) == (61_234, 2024)


def test_a_wrong_number_gets_the_right_ones_in_both_units() -> None:
    told = [(fact.measure, fact.unit.word, fact.value) for fact in judge(claim(99_999)).instead]

    assert told == [
        (Measure.APPLICATIONS, "persons", 30_123),
        (Measure.APPLICATIONS, "cases", 7_891),
        (Measure.PENDING, "persons", 61_234),
    ]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (claim(5), v.UnjudgedReason.SMALL),
        (claim(147, Term.SEEKERS, years=()), v.UnjudgedReason.SMALL),
        (claim(99_999, subject=Subject.UNCLEAR), v.UnjudgedReason.NOUN),
        (claim(99_999, marks=frozenset({Mark.THRESHOLD})), v.UnjudgedReason.THRESHOLD),
    ],
)
def test_what_may_be_no_claim_of_ours_is_not_judged_and_the_reason_is_known(
    made: Claim, reason: v.UnjudgedReason | None
) -> None:
    assert judge_claim(made, evidence()) is reason


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (claim(499, place=IN_CANADA), True),
        (claim(6_540, Term.PENDING, place=IN_CANADA, step=10), True),
        (claim(6_540, Term.REJECTED, place=IN_CANADA, years=(2019,), step=10), False),
        (claim(61_200, Term.APPLIED, step=100), True),
        (claim(61_234, Term.APPLIED, years=(2019,)), True),
        (claim(6_543, Term.REJECTED, place=IN_CANADA, years=(2019,)), False),
    ],
)
def test_the_less_a_number_says_the_more_must_agree_with_it(made: Claim, found: bool) -> None:
    finding = judge_claim(made, evidence())

    assert (isinstance(finding, v.ClaimFinding) and finding.match is not None) is found


@pytest.mark.parametrize(
    ("bound", "value", "fits"),
    [
        (Bound.OVER, 30_000, True),
        (Bound.OVER, 31_000, False),
        (Bound.UNDER, 31_000, True),
        (Bound.UNDER, 30_000, False),
        (Bound.PLAIN, 30_000, True),
        (Bound.PLAIN, 31_000, False),
    ],
)
def test_more_than_is_below_the_figure_and_fewer_than_above(bound: Bound, value: int, fits: bool) -> None:
    assert (judge(claim(value, step=1_000, bound=bound)).verdict is Verdict.ROUNDED) is fits


def test_findings_stand_in_the_order_of_the_text_and_what_was_not_judged_beside_them() -> None:
    claims = [claim(30_123), claim(99_999), claim(88_888, marks=frozenset({Mark.FORECAST})), claim(61_234)]
    check = judge_claims(claims, evidence())

    assert [f.verdict for f in check.findings] == [Verdict.MATCHES, Verdict.NOT_FOUND, Verdict.ELSE]
    assert check.unjudged == (v.Unjudged("88,888", v.UnjudgedReason.FORECAST),)


def test_persons_and_cases_together_are_told_apart() -> None:
    finding = judge(claim(38_014))

    assert finding.verdict is Verdict.ELSE
    assert finding.flaws == (v.BothUnits(30_123, 7_891),)


def test_a_figure_within_two_in_a_hundred_is_close_and_one_beyond_is_none() -> None:
    near, far = judge(claim(30_200)), judge(claim(31_500))

    assert (near.verdict, near.match and near.match.fit) == (Verdict.CLOSE, v.Fit.NEAR)
    assert far.verdict is Verdict.NOT_FOUND


def test_a_month_or_a_town_cannot_be_checked_and_is_not_held_against_the_year() -> None:
    finding = judge(claim(2_999, marks=frozenset({Mark.MONTHS})))

    assert (finding.verdict, finding.match) == (Verdict.UNCHECKED, None)
    assert finding.instead[0].value == 30_123


def test_the_other_unit_is_told_beside_and_never_added() -> None:
    assert judge(claim(30_123)).beside == 7_891
    assert judge(claim(7_891, cases=True)).beside == 30_123
    assert judge(claim(61_234, Term.PENDING)).beside is None


@pytest.mark.parametrize("term", Term)
def test_whatever_is_said_of_first_instance_is_judged(term: Term) -> None:
    made = claim(61_234, term, at_first=Near.CLAUSE)

    assert judge_claim(made, evidence()), "of those resettled there is no figure at first instance"
