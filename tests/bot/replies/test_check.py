"""Findings put into words: every source and every flaw, within Discord's limits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.replies.check import ClaimEntry, reply_check
from bot.replies.check_findings import say_finding
from bot.replies.check_verdicts import say_correction, say_verdict
from bot.replies.reply import MAX_ROWS
from data.caveats import SplitOff
from data.coverage import Break, CoverageKind
from data.model import Extent, Measure, Nature, Place, ReferencePeriod, Role, Unit
from data.questions.history import AskHistory
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.check import verdicts as v
from data.reading.check.claim import Claim, Comparison, Subject, Term, TrendClaim
from data.reading.check.evidence import Fact, Spread
from data.reading.check.judgement import judge_claim
from data.reading.numbers import NumberForm, Quantity
from tests.data.reading.check.made_up import ALL_OF_THEM, IN_CANADA, MENDED, MID, claim, evidence
from tests.data.reading.check.made_up import CANADA as CANADIAN
from tests.data.reading.check.made_up import CHINA as CHINESE
from tests.nonsense import check_harmless

CANADA = Place(None, IN_CANADA.asylum)
FACT = Fact(
    IN_CANADA, 2024, Measure.PENDING, Unit.PERSONS, 6_543, ReferencePeriod.YEAR_END, MID, MENDED, None
)
SPREAD = Spread(ALL_OF_THEM, 2025, MENDED, 50, 12)
TOTAL = v.Total(ALL_OF_THEM, Measure.PENDING, Unit.PERSONS, 2013, 2025, 1_329_812, MID, 1_250_803)
EXTREMES = v.Extremes(
    ALL_OF_THEM, Measure.PENDING, Unit.PERSONS, 2003, 2012, (7_732, 2010), (21_257, 2003), MENDED
)


def finding(
    source: v.NumberSource, *flaws: v.Flaw, made: Claim | None = None, fit: v.Fit = v.Fit.EXACT
) -> v.ClaimFinding:
    return v.ClaimFinding(made or claim(6_543), v.Verdict.ELSE, v.Match(source, fit), flaws=flaws)


def judged(made: Claim) -> v.ClaimFinding:
    found = judge_claim(made, evidence())
    assert isinstance(found, v.ClaimFinding)
    return found


def check(*findings: v.ClaimFinding, unjudged: tuple[v.Unjudged, ...] = ()) -> v.Check:
    return v.Check(findings, unjudged, MENDED)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            finding(FACT),
            "People from China waiting for a decision in Canada on 31 December 2024 (Release 3, 3 Jan 2026).",
        ),
        (
            finding(FACT, fit=v.Fit.ROUNDED),
            "People from China waiting for a decision in Canada on 31 December 2024 (Release 3, 3 Jan 2026).",
        ),
        (
            finding(TOTAL, v.StocksSummed()),
            (
                "1,329,812 adds up people from China waiting for a decision of every year 2013–2025. From Release 1,"
                " 1 Jan 2026; by the newest figures it is 1,250,803. A sum of yearly stocks is no number of people:"
                " whoever waits for years is counted again in each."
            ),
        ),
        (
            finding(EXTREMES),
            (
                "people from China waiting for a decision, 2003–2012: lowest 7,732 (2010), highest 21,257 (2003)."
                " From Release 3, 3 Jan 2026."
            ),
        ),
        (
            finding(SPREAD),
            "claims were pending on 31 December 2025 in 50 countries of asylum. From Release 3, 3 Jan 2026.",
        ),
        (
            finding(SPREAD, made=replace(claim(9), quantity=Quantity(1, 9, form=NumberForm.SINGLE))),
            (
                "fewer than 10 claims were pending on 31 December 2025 in 12 of 50 countries of asylum."
                " From Release 3, 3 Jan 2026."
            ),
        ),
    ],
)
def test_each_source_is_said_in_a_sentence(told: v.ClaimFinding, words: str) -> None:
    assert f"{say_correction(told)} {say_finding(told)}".endswith(words)


@pytest.mark.parametrize(
    ("flaw", "words"),
    [
        (v.OtherMeasure(Term.APPLIED, Measure.PENDING), "not the people who applied"),
        (v.OtherMeasure(Term.PENDING, Measure.APPLICATIONS), "not the claims pending at its end"),
        (v.OtherMeasure(Term.REFUGEES, Measure.PENDING), "that does not make them refugees yet"),
        (
            v.OtherMeasure(Term.RECOGNISED, Measure.REJECTED),
            "The text speaks of recognitions as refugees; the figure is rejected asylum claims.",
        ),
        (v.HalfYear(2025), "That is only January–June, not all of 2025."),
        (
            v.PartOfYear(2025, Extent(2025, 9), Nature.FLOW),
            "That is January–September only, not all of 2025.",
        ),
        (
            v.PartOfYear(2025, Extent(2025, 9), Nature.FLOW, of_cases=True),
            "Its cases are of January–September only, not all of 2025.",
        ),
        (
            v.PartOfYear(2024, Extent(2024, 5), Nature.STOCK),
            "That is the stock of May 2024, not of the end of 2024.",
        ),
        (v.OtherYear(2024), "That is the figure of 2024; the sentence names another year."),
        (v.OtherPlace(ALL_OF_THEM), "That is the figure for China in all countries together, not in one."),
        (
            v.OtherPlace(CANADA, ALL_OF_THEM),
            "That is the figure for Canada; the sentence speaks of China.",
        ),
        (v.OtherPlace(CANADA), "That is the figure for Canada of all origins together, not of one."),
        (v.SidesSwapped(IN_CANADA), "are swapped: the figure is China → Canada."),
        (v.CasesNotPeople(), "It counts cases, each of one or more persons, not people."),
        (v.RepeatsIncluded(), "It includes repeat claims and appeals"),
        (v.ClosedIncluded(), "a share of all decisions"),
        (v.OtherLevel(), "the figure is that of all levels, appeals among them"),
        (v.StocksSummed(), "A sum of yearly stocks is no number of people"),
    ],
)
def test_each_flaw_is_said_in_a_sentence(flaw: v.Flaw, words: str) -> None:
    said = say_finding(finding(FACT, flaw))

    assert words in said
    check_harmless(said)


def test_beside_the_figure_of_another_place_stands_that_of_the_one_that_is_meant() -> None:
    """In the same measure as well, and with its name: it would pass for more of the same place."""
    whole = replace(FACT, place=CANADA, value=20_000)
    told = replace(finding(whole, v.OtherPlace(CANADA)), instead=(FACT,))

    assert say_finding(told).endswith(
        "not of one. China → Canada: pending claims on 31 December 2024: 6,543 persons."
    )
    assert "China → Canada" not in say_finding(replace(finding(FACT, v.OtherYear(2024)), instead=(FACT,)))


def test_every_saying_has_its_words() -> None:
    for term in Term:
        check_harmless(say_finding(finding(FACT, v.OtherMeasure(term, Measure.CLOSED))))


def test_what_became_of_a_figure_and_what_stands_beside_it_is_told() -> None:
    said = say_finding(judged(claim(12_345, years=(2025,))))

    assert said == (
        "New asylum applications from China in January–June 2025 (Release 1, 1 Jan 2026). That is only January–June,"
        " not all of 2025. Now it is 27,699 (2025), since 3 January 2026."
    )


def test_a_wrong_number_gets_persons_and_cases_side_by_side() -> None:
    assert say_finding(judged(claim(99_999))) == (
        "China: new applications in 2024: 30,123 persons and 7,891 cases; pending claims on 31 December 2024: 61,234"
        " persons."
    )


def test_a_verdict_is_said_in_everyday_words() -> None:
    close = judged(claim(30_200))
    assert [
        say_verdict(each)
        for each in (
            judged(claim(30_123)),
            judged(claim(30_000, step=1_000)),
            close,
            judged(claim(61_234)),
            judged(claim(27_654, years=(2025,))),
            judged(claim(99_999)),
        )
    ] == [
        "right",
        "right, rounded from 30,123",
        "close (UNHCR has 30,123, 0.3% less)",
        "right number, other meaning (not what the text says)",
        "right until 3 January 2026",
        "not in these figures",
    ]


def test_an_entry_begins_with_the_correction() -> None:
    assert [
        say_correction(judged(each))
        for each in (
            claim(61_234),
            claim(30_123),
            claim(30_000, step=1_000),
            claim(12_345, years=(2025,)),
            claim(38_014),
            claim(99_999),
            claim(6_543, Term.PENDING, place=IN_CANADA),
        )
    ] == [
        "61,234 from China were waiting for a decision on 31 December 2024; 30,123 applied in 2024.",
        "30,123 from China applied in 2024.",
        "30,000: 30,123 from China applied in 2024.",
        "12,345 from China applied in January–June 2025; 27,699 in 2025.",
        "38,014 persons plus cases from China applied in 2024.",
        "99,999: 30,123 from China applied in 2024.",
        "6,543 from China were waiting for a decision in Canada on 31 December 2024.",
    ]


def test_what_a_stock_is_is_explained_once() -> None:
    flaw = v.OtherMeasure(Term.APPLIED, Measure.PENDING)
    reply = reply_check(check(finding(FACT, flaw), finding(FACT, flaw)))

    assert "everyone waiting on that day" in reply.entries[0][1]
    assert "Again a stock, not applications." in reply.entries[1][1]


def test_a_quote_does_nothing_in_discord() -> None:
    made = replace(claim(6_543), number="6,543", quote="@everyone **6,543** [a](http://b) <@1> ```x``` ||y||")
    ((_, words, _),) = reply_check(check(finding(FACT, made=made))).entries

    check_harmless(words)
    assert "@everyone" not in words


def test_the_headline_names_the_weightiest_claim_and_what_was_not_judged() -> None:
    findings = [judged(claim(value)) for value in (30_123, 99_999, 61_234)]
    left = (v.Unjudged("5,000", v.UnjudgedReason.THRESHOLD), v.Unjudged("12,000", v.UnjudgedReason.FORECAST))

    reply = reply_check(check(*findings, unjudged=left))
    answer = (
        "**61,234 from China were waiting for a decision on 31 December 2024; 30,123 applied in 2024.**"
        " Right number, other meaning.\n"
        "• 30,123: right; new asylum applications from China in 2024\n"
        "• 99,999: not in these figures; 30,123 from China applied in 2024"
    )
    unjudged = "Not judged: 5,000 (a threshold), 12,000 (a forecast or a plan)."
    assert reply.content == answer
    assert reply.head(0).endswith(unjudged)
    assert unjudged not in reply.head(reply.pages - 1)
    assert reply_check(check(findings[0], unjudged=left)).content.endswith(unjudged)


def test_the_answer_in_short_is_short_however_much_there_is_to_say() -> None:
    made = replace(claim(6_543), quote="word " * 300)
    flaws = (
        v.OtherMeasure(Term.APPLIED, Measure.PENDING),
        v.CasesNotPeople(),
        v.StocksSummed(),
        v.HalfYear(2025),
    )
    for count in (1, 2, 30):
        left = tuple(v.Unjudged("5,000", reason) for reason in v.UnjudgedReason)
        told = reply_check(check(*[finding(TOTAL, *flaws, made=made)] * count, unjudged=left)).content
        assert len(told) <= 600
        assert told.count("\n") < MAX_ROWS


def test_each_finding_has_its_chart_and_no_chart_comes_twice() -> None:
    replaced = judged(claim(61_234, Term.PENDING, years=(2025,)))
    findings = (replaced, replaced, finding(FACT), finding(TOTAL), finding(SPREAD), judged(claim(99_999)))
    questions = [chart.question for chart in reply_check(check(*findings)).charts()]

    assert questions == [
        AskHistory(Measure.PENDING, ALL_OF_THEM, 2025),
        AskTrend(Measure.PENDING, (IN_CANADA,), last=2024),
        AskTrend(Measure.PENDING, (ALL_OF_THEM,), 2013, 2025),
        AskTop(Measure.PENDING, Role.ASYLUM, ALL_OF_THEM, 2025, as_of=MENDED.day),
        AskTrend(Measure.APPLICATIONS, (ALL_OF_THEM,), last=2024),
    ]


def test_long_findings_stand_on_pages_of_their_own_that_discord_takes() -> None:
    made = replace(claim(6_543), subject=Subject.PEOPLE, quote="word " * 300, number="6,543")
    flaws = (
        v.OtherMeasure(Term.APPLIED, Measure.PENDING),
        v.CasesNotPeople(),
        v.StocksSummed(),
        v.HalfYear(2025),
    )
    reply = reply_check(check(*[finding(TOTAL, *flaws, made=made)] * 10))

    assert reply.pages == 10
    assert [reply.name_page(page) for page in (0, 9)] == ["Claim 1 of 10", "Claim 10 of 10"]
    assert all(len(reply.embed(page)) <= 6000 for page in range(reply.pages))


def test_short_findings_share_a_page_and_none_is_lost() -> None:
    claims = tuple(ClaimEntry(f"{number}", "Right.", None) for number in range(14))
    reply = replace(reply_check(check(finding(FACT))), entries=claims)
    pages = [reply.on_page(page) for page in range(reply.pages)]

    assert [len(page) for page in pages] == [6, 6, 2]
    assert sum(pages, ()) == claims
    assert [reply.name_page(page) for page in (0, 2)] == ["Claims 1–6 of 14", "Claims 13–14 of 14"]


def test_a_figure_is_said_once() -> None:
    near = replace(finding(FACT, fit=v.Fit.NEAR, made=claim(6_550)), verdict=v.Verdict.CLOSE)
    close = reply_check(check(near)).content
    other = reply_check(check(judged(claim(61_234)))).content

    assert close.count("6,543") == 1
    assert "Close (0.1% less than the text says)." in close
    assert other.count("61,234") == 1


def test_a_comparison_is_said_once() -> None:
    told = compared(2024, (2023, 52_333), breaks=(), splits=())
    told = replace(told, holds=True)
    said = reply_check(check(v.ClaimFinding(claim(17), v.Verdict.MATCHES, compared=(told,)))).content

    assert said.endswith("People from China waiting for a decision: 17% higher.")
    assert said.count("52,333") == said.count("61,234") == 1


def compared(year: int, *bases: tuple[int, int], **passed: tuple[object, ...]) -> v.Compared:
    return v.Compared(
        Comparison(0, 0, TrendClaim.UP, percent=Quantity(17, 17, 1, NumberForm.PERCENT)),
        Measure.PENDING,
        ALL_OF_THEM,
        year,
        61_234,
        bases,
        None,
        MENDED,
        **passed,  # type: ignore[arg-type]
    )


def test_why_years_do_not_compare_is_said_in_sentences_of_its_own() -> None:
    half = Break(CANADIAN, 2024, CoverageKind.PARTIAL, Extent(2024, Extent.HALF), 0.3)
    wider = Break(CANADIAN, 2024, CoverageKind.RECLASSIFIED, None, 0.1, 5_000)
    told = compared(2024, (2023, 52_333), breaks=(wider, half), splits=())

    assert say_finding(v.ClaimFinding(claim(17), v.Verdict.UNCHECKED, compared=(told,))) == (
        "People from China waiting for a decision. Canada's 2024 figure, 30.0% of the total, is of 30 June only."
        " Since 2024 the claims in Canada (10.0% of the total) include 5,000 people who were not among them before, so"
        " 2024 does not compare with 2023."
    )


@pytest.mark.parametrize("claimed", [TrendClaim.UP, TrendClaim.RECORD])
def test_a_correction_never_sets_years_beside_each_other_that_do_not_compare(claimed: TrendClaim) -> None:
    half = Break(CANADIAN, 2024, CoverageKind.PARTIAL, Extent(2024, Extent.HALF))
    told = compared(2024, (2023, 52_333), breaks=(half,))
    told = replace(told, comparison=replace(told.comparison, trend_claim=claimed))
    said = say_correction(v.ClaimFinding(claim(17), v.Verdict.UNCHECKED, compared=(told,)))

    assert said.endswith(": 52,333 in 2023 and 61,234 in 2024 do not compare.")


def test_a_split_is_said_and_the_same_reason_only_once() -> None:
    told = compared(2024, (2023, 52_333), splits=(SplitOff(CHINESE, CANADIAN, 2024),))
    said = say_finding(
        v.ClaimFinding(claim(17), v.Verdict.MATCHES, v.Match(FACT, v.Fit.EXACT), compared=(told, told))
    )

    assert said.endswith(
        "52,333 in 2023 and 61,234 in 2024: these do not compare. Up to 2023, figures on China include Canada, which"
        " is counted on its own from 2024."
    )
    assert said.count("do not compare") == 1


def test_the_world_and_rates_are_named_as_in_a_sentence() -> None:
    world = say_finding(finding(FACT, v.OtherPlace(Place())))
    rate = replace(FACT, measure=Measure.RECOGNITION_RATE, value=0.658)
    told = say_finding(replace(finding(rate), decisions=1_076))

    assert "That is the worldwide figure, of all origins and all countries of asylum together." in world
    assert told.startswith("Refugee Recognition Rate for people from China in Canada in 2024 (Release 3")
    assert told.endswith("That is a share of 1,076 substantive decisions.")
