"""Decisions at first instance: which numbers are said of them, and what is held against those."""

from __future__ import annotations

from datetime import date

import pytest

from bot.replies.check import reply_check
from bot.replies.check_findings import say_finding
from data.countries import Atlas
from data.model import Level
from data.questions.decisions import AskDecisions
from data.questions.trend import AskTrend
from data.reading.check import verdicts as v
from data.reading.check.claim import Claim, Term
from data.reading.check.detection import read_claims
from data.reading.check.judgement import judge_claim
from data.reading.check.verdicts import Verdict
from tests.data.reading.check.made_up import ALL_OF_THEM, IN_CANADA, MENDED, claim, evidence

AT_FIRST, AFTER_ALL, ONLY_ALL = (Level.FIRST, Level.ALL), (Level.ALL, Level.FIRST), (Level.ALL,)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Germany rejected 140,645 asylum claims at first instance in 2025.", [AT_FIRST]),
        ("At first instance, Germany rejected 140,645 asylum claims in 2025.", [AT_FIRST]),
        ("In 2025 Germany made 140,645 initial asylum decisions.", [AT_FIRST]),
        ("Germany rejected 140,645 asylum claims in 2025.", [ONLY_ALL]),
        (
            "Germany rejected 140,645 asylum claims at first instance and 185,041 at all levels.",
            [AT_FIRST, AFTER_ALL],
        ),
        (
            "Germany decided asylum claims at first instance in 2025. It rejected 140,645.",
            [AFTER_ALL],
        ),
        ("Of first instance there is no word, but courts in Germany rejected 44,396 claims.", [AFTER_ALL]),
        ("For the first time Germany rejected 185,041 asylum claims.", [ONLY_ALL]),
    ],
)
def test_a_number_is_of_first_instance_where_its_clause_or_the_words_before_it_say_so(
    atlas: Atlas, text: str, levels: list[tuple[Level, ...]]
) -> None:
    read = read_claims(f"{text} (UNHCR)", atlas, date(2026, 11, 25), 2025)

    assert [each.levels for each in read] == levels


def judge(made: Claim, *, known: bool = True) -> v.Finding:
    finding = judge_claim(made, evidence(at_first=known))
    assert finding is not None
    return finding


def rejected(value: float, levels: tuple[Level, ...] = AT_FIRST, year: int = 2024) -> Claim:
    return claim(value, Term.REJECTED, years=(year,), levels=levels)


@pytest.mark.parametrize(
    ("made", "verdict", "flaws"),
    [
        (rejected(6_789), Verdict.MATCHES, ()),
        (rejected(6_789, AFTER_ALL), Verdict.MATCHES, ()),
        (rejected(8_765), Verdict.ELSE, (v.OtherLevel(),)),
        (rejected(8_765, AFTER_ALL), Verdict.MATCHES, ()),
        (rejected(8_765, ONLY_ALL), Verdict.MATCHES, ()),
        (rejected(6_789, ONLY_ALL), Verdict.NOT_FOUND, ()),
        (rejected(6_788), Verdict.NOT_FOUND, ()),
        (claim(30_123, levels=AT_FIRST), Verdict.MATCHES, ()),
    ],
)
def test_the_level_that_the_text_says_is_looked_at_first(
    made: Claim, verdict: Verdict, flaws: tuple[v.Flaw, ...]
) -> None:
    finding = judge(made)

    assert (finding.verdict, finding.flaws) == (verdict, flaws)


def test_a_match_at_first_instance_says_so_and_its_chart_is_of_that_level() -> None:
    finding = judge(rejected(6_789))
    reply = reply_check(v.Check((finding,), 0, MENDED))

    assert say_finding(finding) == (
        "Rejected asylum claims from China in 2024, at first instance (Release 3, 3 Jan 2026)."
    )
    assert [chart.question for chart in reply.charts] == [AskDecisions(ALL_OF_THEM, Level.FIRST, last=2024)]


def test_a_wrong_number_gets_the_right_one_of_first_instance() -> None:
    assert say_finding(judge(rejected(6_788))) == (
        "China: rejected at first instance in 2024: 6,789 persons."
    )


@pytest.mark.parametrize("made", [rejected(6_788), rejected(6_788, AFTER_ALL)])
def test_where_no_level_is_known_a_number_is_not_said_to_be_wrong(made: Claim) -> None:
    finding = judge(made, known=False)
    reply = reply_check(v.Check((finding,), 0, MENDED))

    assert finding.verdict is Verdict.UNCHECKED
    assert say_finding(finding) == (
        "No such figure at first instance is known here; such decisions are under /asylum decisions,"
        " level:first-instance. Of all levels together: China: rejected in 2024: 8,765 persons."
    )
    assert reply.content == "**6,788: cannot be checked.**"
    assert [type(chart.question) for chart in reply.charts] == [AskTrend]


def test_a_figure_of_all_levels_is_not_told_from_first_instance_where_that_is_unknown() -> None:
    finding = judge(rejected(8_765), known=False)

    assert finding.verdict is Verdict.UNCHECKED
    assert "That is the figure of all levels together; of first instance" in say_finding(finding)


def test_a_place_without_decisions_at_first_instance_is_not_checked() -> None:
    made = claim(9_999, Term.PENDING, place=IN_CANADA, levels=AT_FIRST)
    finding = judge(made)

    assert finding.verdict is Verdict.UNCHECKED
    assert "level:first-instance" not in say_finding(finding), "nobody publishes pending claims by level"
