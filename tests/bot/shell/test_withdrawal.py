"""A release is withdrawn from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sentences import say
from bot.shell import releases
from bot.shell.outbox import show_outbox
from data.alerts import Alerts
from data.alerts.delivery import Outbox
from data.errors import BadRelease, UnknownRelease
from data.releases.imports import import_release
from data.state.model import Destination, Draft, Filter, Later, Reason, Sent
from data.store.database import Database
from tests.bot.shell.test_releases import DAY, JULY, list_all, printed
from tests.data.made_up import Anywhere, release
from tests.data.sentences import is_one_sentence
from tests.data.store.states import dump
from tests.releases import build_empty, decline_shipped


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database without any release."""
    path = tmp_path / "asylum.sqlite3"
    build_empty(path)
    decline_shipped(path)
    return path


async def test_a_release_is_withdrawn_and_may_be_published_again(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Database(path) as database:
        await import_release(database, release(pending=1), JULY)
        alerts = Alerts(database, Anywhere(), lambda: JULY)
        outbox = Outbox(database, Anywhere())
        for channel in (1, 2, 3):
            await alerts.subscribe(Draft(Destination(channel, 9), Filter()))
        await import_release(database, release(pending=2), JULY + DAY)
        told, waits = (claimed := await outbox.claim(9))[:2], claimed[2]
        for delivery in told:
            await outbox.settle(delivery, Sent(delivery.channel, delivery.channel))
        await outbox.settle(waits, Later(Reason.SLOW_DOWN, certain=True))
    await releases.withdraw_release(path, "2026-07-02")
    assert printed(capsys) == [
        (
            "Global Trends 2025, corrected of 2026-07-02 is withdrawn;"
            " the newest release is Global Trends 2025 of 2026-07-01."
        ),
        "2 channels that were told of it will be told. 1 alert not sent yet will not be.",
        (
            "The same figures are not taken in again, corrected ones are;"
            " “python -m bot publish 2026-07-02” brings it back."
        ),
    ]
    assert (await list_all(path, capsys))[-1].endswith(" withdrawn")
    await show_outbox(path)
    assert "Withdrawals of releases that had been posted:" in printed(capsys)
    await releases.publish_release(path, "2026-07-02")
    assert (await list_all(path, capsys))[-1].endswith(" published")


@pytest.mark.parametrize(
    ("day", "refusal", "sentence"),
    [
        ("2026-07-01", BadRelease, "is the only release there is; import another one first."),
        (
            "2026-07-02",
            UnknownRelease,
            "There is no published release of “2026-07-02”; “python -m bot releases”",
        ),
    ],
)
async def test_what_cannot_be_withdrawn_is_told_and_changes_nothing(
    path: Path, day: str, refusal: type[Exception], sentence: str
) -> None:
    async with Database(path) as database:
        await import_release(database, release(), JULY)
    before = dump(path)
    with pytest.raises(refusal) as told:
        await releases.withdraw_release(path, day)
    assert sentence in say(told.value)
    assert is_one_sentence(say(told.value))
    assert dump(path) == before
