"""What a channel reads when a release that it was told of is withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.replies.alert import say_what_is_valid, say_withdrawal, title_withdrawal
from bot.replies.alert_messages import WithdrawalMessage
from data.alerts.news import Withdrawal
from data.model import Country, Measure, Place, ReferencePeriod, Release, RevisionKind, Unit
from data.statistics import Changed

CHINA = Place(Country("CHI", "CHN", None, "China", "China"))
CANADA = Place(asylum=Country("CAN", "CAN", None, "Canada", "Canada"))


def release(
    year: int, month: int, day: int, label: str, period: ReferencePeriod = ReferencePeriod.YEAR_END
) -> Release:
    at = datetime(year, month, day, tzinfo=UTC)
    return Release(int(at.timestamp()), at, label, 2025, period)


MID = release(2025, 11, 10, "Mid-Year Trends 2025", ReferencePeriod.MID_YEAR)
JUNE = release(2026, 6, 12, "Global Trends 2025")
CORRECTED = release(2026, 6, 25, "Global Trends 2025, corrected")


def told(
    measure: Measure, place: Place, before: int | None, after: int | None, unit: Unit = Unit.PERSONS
) -> Changed:
    return Changed(measure, place, 2025, unit, before, after, RevisionKind.WITHDRAWN)


def test_the_headline_says_what_was_withdrawn_by_whom_and_what_is_the_newest_now() -> None:
    assert say_withdrawal(Withdrawal(JUNE, MID, None)) == (
        "**Withdrawn: UNHCR's figures of 12 June 2026.** The operator of this bot took them back;"
        " the newest figures are again those of Mid-Year Trends 2025 (10 Nov 2025)."
    )
    assert say_withdrawal(Withdrawal(JUNE, CORRECTED, None)).endswith(
        "the newest figures are still those of Global Trends 2025, corrected (25 Jun 2026)."
    )


@pytest.mark.parametrize(
    ("withdrawal", "sentence"),
    [
        (
            Withdrawal(JUNE, MID, told(Measure.PENDING, CHINA, 99_716, 178_725)),
            (
                "What you read here about people from China waiting for a decision"
                " (99,716 on 31 December 2025) is no longer valid; the figure is again 178,725 (on 30 June 2025)."
            ),
        ),
        (
            Withdrawal(CORRECTED, JUNE, told(Measure.DECISIONS, CANADA, 96_789, 199_610)),
            (
                "What you read here about asylum decisions in Canada (96,789 in 2025) is no longer valid;"
                " the figure is again 199,610."
            ),
        ),
        (
            Withdrawal(JUNE, CORRECTED, told(Measure.DECISIONS, CANADA, 199_610, 96_789)),
            (
                "What you read here about asylum decisions in Canada (199,610 in 2025) is no longer valid;"
                " the figure is 96,789."
            ),
        ),
        (
            Withdrawal(JUNE, CORRECTED, told(Measure.DECISIONS, CANADA, 500, 500, Unit.CASES)),
            (
                "What you read here about asylum decisions in Canada (500 cases in 2025)"
                " still stands in the figures that are valid now."
            ),
        ),
        (
            Withdrawal(CORRECTED, JUNE, told(Measure.DECISIONS, CANADA, 96_789, None)),
            (
                "What you read here about asylum decisions in Canada (96,789 in 2025) is no longer valid;"
                " nothing is published of it now."
            ),
        ),
        (
            Withdrawal(CORRECTED, JUNE, told(Measure.DECISIONS, CANADA, None, 7_000)),
            (
                "What you read here about asylum decisions in Canada (not published in 2025) is no longer valid;"
                " the figure is again 7,000."
            ),
        ),
        (Withdrawal(CORRECTED, JUNE, None), "What you read here about them is no longer valid."),
    ],
)
def test_the_figure_that_was_told_stands_beside_the_one_that_is_valid(
    withdrawal: Withdrawal, sentence: str
) -> None:
    assert say_what_is_valid(withdrawal) == sentence


def test_the_message_pings_nobody_and_names_its_source() -> None:
    message = WithdrawalMessage(Withdrawal(JUNE, MID, None))
    arguments = message.send_kwargs()
    assert (
        message.title == title_withdrawal(message.withdrawal) == "Withdrawn: UNHCR's figures of 12 June 2026"
    )
    assert arguments["allowed_mentions"].to_dict() == {"parse": []}
    assert "Mid-Year Trends 2025 (10 Nov 2025)" in arguments["embed"].footer.text
