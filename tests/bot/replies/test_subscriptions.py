"""Subscriptions in words: nothing that can become of one is without a sentence and, if it is paused, a remedy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.alerts.pace import CLOSED
from bot.replies.reasons import PUBLICATIONS, REASONS, REFUSALS, say_publication, say_reason
from bot.replies.subscriptions import (
    MAX_PART,
    REMEDIES,
    STATES,
    list_subscriptions,
    say_explanation,
    say_filter,
    say_no_news,
    say_past,
    say_subscription,
)
from data.alerts.news import Explanation, News
from data.model import Country, Measure, Place, ReferencePeriod, Release, RevisionKind
from data.state.model import (
    DeliveryState,
    Destination,
    Filter,
    Pause,
    PauseReason,
    Publication,
    Reason,
    Subscription,
    Threshold,
)

SINCE = datetime(2026, 6, 25, 12, tzinfo=UTC)
RELEASE = Release(1, SINCE, "Global Trends 2025, corrected", 2025, ReferencePeriod.YEAR_END)
CANADA = Country("CAN", "CAN", "CA", "Canada", "Canada")
CHINA = Country("CHI", "CHN", "CN", "China", "China")


def subscription(number: int = 3, **more: object) -> Subscription:
    given: dict[str, object] = {"role": None, "language": "en", "publish": False, "made_at": SINCE}
    wanted = Filter(Place(None, CANADA), Measure.DECISIONS)
    return Subscription(number, Destination(1, 2), wanted, **{**given, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Filter(), "all figures worldwide"),
        (Filter(Place(CHINA, CANADA), Measure.PENDING), "pending claims from China in Canada"),
        (
            Filter(
                Place(CHINA),
                None,
                frozenset({RevisionKind.WITHDRAWN, RevisionKind.CORRECTED}),
                Threshold(1000),
            ),
            "all figures from China, only corrected or withdrawn, changes from 1,000 on",
        ),
        (Filter(at_least=Threshold(share=0.125)), "all figures worldwide, changes from 12.5% on"),
    ],
)
def test_a_filter_is_said_in_words(wanted: Filter, words: str) -> None:
    assert say_filter(wanted) == words


@pytest.mark.parametrize("why", PauseReason)
def test_every_reason_to_rest_has_its_remedy(why: PauseReason) -> None:
    line = say_subscription(subscription(paused=Pause(why, SINCE, "50013: Missing Permissions")), "<#1>")

    assert REMEDIES[why]
    told = f"Paused since 25 Jun 2026: {REASONS[why]} (50013: Missing Permissions)"
    if why is PauseReason.MODERATOR:
        told = "Paused by a moderator since 25 Jun 2026"
    assert line.splitlines()[1] == f"-# {told}; {REMEDIES[why]}."


BEYOND_MODERATORS = {50095, 240000}
"""Where the bot runs, and which links it sends, only its operator can change."""


@pytest.mark.parametrize("code", sorted(CLOSED))
def test_every_refusal_that_pauses_is_explained_with_what_a_moderator_can_do(code: int) -> None:
    line = say_subscription(subscription(paused=Pause(CLOSED[code], SINCE, f"403 {code}: Words")), "<#1>")

    what, remedy = REFUSALS[code]
    assert line.splitlines()[1] == f"-# Paused since 25 Jun 2026: {what}; {remedy}, then `/alerts resume`."
    assert ("operator" in remedy) is (code in BEYOND_MODERATORS)


def test_a_role_and_publishing_are_said() -> None:
    line = say_subscription(subscription(role=9, publish=True), "<#1>")

    assert line == "**3** · <#1> · decisions in Canada · pings <@&9> · is published"


def test_a_long_list_is_cut_between_its_lines() -> None:
    kept = [subscription(number) for number in range(1, 200)]
    parts = list_subscriptions(kept, {1: "<#1>"})

    assert all(0 < len(part) <= MAX_PART for part in parts)
    assert "\n".join(parts).splitlines() == [say_subscription(each, "<#1>") for each in kept]


@pytest.mark.parametrize(("count", "most"), [(5, 4096), (300, 4096), (300, 200)])
def test_a_long_past_is_cut_between_releases_and_the_rest_counted(count: int, most: int) -> None:
    past = [News(replace(RELEASE, id=n), None, Reason.TOO_SMALL) for n in range(count)]
    text = say_past(past, {count - 1: "**Corrected: this.** Global Trends."}, most)

    first, *lines, last = text.splitlines()
    assert len(text) <= most
    assert first == "• **Corrected: this.** Global Trends."
    assert set(lines) == {f"• {say_no_news(past[0])}"}
    told = 1 + len(lines)
    assert last == (
        f"• {say_no_news(past[0])}" if told == count - 1 else f"… and {count - told} older releases"
    )


@pytest.mark.parametrize("state", [None, *DeliveryState])
@pytest.mark.parametrize("reason", [*Reason, *PauseReason])
def test_every_outcome_is_a_sentence(state: DeliveryState | None, reason: Reason | PauseReason) -> None:
    said = say_explanation(Explanation(RELEASE, 1, state, reason))

    assert said.startswith("The alert on Global Trends 2025, corrected (25 June 2026) ")
    assert said.endswith(f": {REASONS[reason]}.")
    assert state is None or STATES[state] in said


def test_an_explanation_says_all_that_was_written_down() -> None:
    found = Explanation(
        RELEASE,
        1,
        DeliveryState.WAITING,
        Reason.TROUBLE,
        "502",
        attempts=3,
        next_attempt=SINCE,
        published=Publication.FAILED,
        published_detail="403 50013",
    )

    assert say_explanation(found) == (
        "The alert on Global Trends 2025, corrected (25 June 2026) is waiting to be sent: Discord is having"
        " problems (502). It was tried 3 times. The next attempt is <t:1782388800:R>. Publishing:"
        " not published: 403 50013."
    )


def test_every_code_has_its_words_and_none_two_meanings() -> None:
    assert list(REASONS) == [*Reason, *PauseReason]
    assert list(PUBLICATIONS) == list(Publication)
    assert {*Reason}.isdisjoint(PauseReason)


def test_permissions_are_kept_as_codes_and_said_as_discord_calls_them() -> None:
    lack = PauseReason.NO_PERMISSION

    assert say_reason(lack, "embed_links") == "a permission is missing (the permission “Embed Links”)"
    assert say_reason(lack, "embed_links attach_files") == (
        "a permission is missing (the permissions “Embed Links” and “Attach Files”)"
    )
    assert say_reason(lack, "403 50001: Missing Access") == (
        "a permission is missing (403 50001: Missing Access)"
    )
    assert say_publication(Publication.SLOW_DOWN) == "not published: Discord asked to slow down"
