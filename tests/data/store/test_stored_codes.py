"""What the version before wrote as sentences is read as codes, and said in the same words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from bot.replies.reasons import REASONS, say_publication, say_reason
from data.model import Country
from data.state.model import DeliveryState, MarkReason, PauseReason, Publication, Reason
from data.state.protocol import DeliveryRecord
from data.state.sql import Transaction
from data.store.database import Database
from data.store.migrations import list_migrations, migrate

BEFORE = 4
"""The last step of the version that stored sentences."""

SENTENCES = MappingProxyType(
    {
        "it matches": Reason.MATCHES,
        "it is the first release that is kept": Reason.BASELINE,
        "it is the first full release after the starter figures": Reason.BASELINE,
        "a newer release was kept already": Reason.NOT_NEWEST,
        "the starter figures do not have this place or measure": Reason.OTHER_PLACE,
        "it changed nothing of this place": Reason.OTHER_PLACE,
        "it changed other measures of this place only": Reason.OTHER_MEASURE,
        "its changes are of other kinds": Reason.OTHER_KIND,
        "its changes are below the threshold": Reason.TOO_SMALL,
        "the channel was not subscribed then": Reason.NOT_SUBSCRIBED,
        "the subscriptions were removed before it was sent": Reason.UNSUBSCRIBED,
        "the subscriptions are paused": Reason.PAUSED,
        "it is about to be sent": Reason.NEW,
        "Discord could not be reached": Reason.NETWORK,
        "Discord has trouble of its own": Reason.TROUBLE,
        "Discord asked to slow down": Reason.SLOW_DOWN,
        "all sends rest, because Discord refused too many requests": Reason.STOPPED,
        "the message could not be made, which is a fault of the program": Reason.BROKEN,
        "it was too old when it could have been sent": Reason.STALE,
        "it was told in one message with a newer release": Reason.MERGED,
        "paused by a moderator": PauseReason.MODERATOR,
        "the channel is gone": PauseReason.CHANNEL_GONE,
        "a permission is missing": PauseReason.NO_PERMISSION,
        "whether the last message arrived cannot be seen": PauseReason.CANNOT_BE_SURE,
        "Discord refused the message": PauseReason.REFUSED,
        "the bot was removed from the server": PauseReason.SERVER_LEFT,
    }
)
REWORDED = MappingProxyType(
    {
        "the subscriptions are paused": "the subscriptions were paused then",
        "all sends rest, because Discord refused too many requests": (
            "sending is on hold, because Discord refused too many requests"
        ),
        "Discord has trouble of its own": "Discord is having problems",
        "it was told in one message with a newer release": "it was sent in one message with a newer release",
    }
)
"""What is said in other words since; it is read as it was."""

PUBLISHED = MappingProxyType(
    {
        "": (None, ""),
        "published": (Publication.PUBLISHED, ""),
        "not an announcement channel": (Publication.NOT_ANNOUNCEMENT, ""),
        "not published: Discord asked to slow down": (Publication.SLOW_DOWN, ""),
        "not published: 403 50013": (Publication.FAILED, "403 50013"),
        "not published: TimeoutError": (Publication.FAILED, "TimeoutError"),
    }
)
MARKS = MappingProxyType(
    {
        "": ("", ""),
        "the release is gone": (MarkReason.RELEASE_GONE.value, ""),
        "a newer release came": (MarkReason.NEWER_RELEASE.value, ""),
        "it takes no messages any more": (MarkReason.TAKES_NO_MESSAGES.value, ""),
        "it is not the bot's own message": (MarkReason.NOT_OURS.value, ""),
        "403 50001": (MarkReason.REFUSED.value, "403 50001"),
        "ClientConnectorError": (MarkReason.NETWORK.value, "ClientConnectorError"),
    }
)


def anywhere(code: str) -> Country:
    return Country(code, None, None, code, code)


@pytest.fixture
async def database(tmp_path: Path):
    """A database of the version before, at the last step that it knew."""
    async with Database(tmp_path / "old.sqlite3", readers=1) as database:
        await migrate(database, list_migrations()[:BEFORE])
        yield database


async def owe(database: Database, release: int, reason: str, detail: str = "", published: str = "") -> None:
    async with database.writing() as connection:
        await connection.execute(
            "INSERT INTO delivery (release, channel, state, reason, detail, made_at, due_at, published)"
            " VALUES (?, 1, 'sent', ?, ?, 0, 0, ?)",
            (release, reason, detail, published),
        )


async def read_all(database: Database, count: int) -> list[DeliveryRecord]:
    await migrate(database, list_migrations())
    async with database.reading() as connection:
        found = [await Transaction(connection).read_record(release, 1) for release in range(count)]
    return [record for record in found if record is not None]


async def test_every_reason_is_read_and_said_as_it_was(database: Database) -> None:
    since = {Reason.TIMEOUT, Reason.WITHDRAWN, Reason.PUBLISHED_AGAIN}
    assert set(SENTENCES.values()) == {*Reason, *PauseReason} - since
    for number, sentence in enumerate(SENTENCES):
        await owe(database, number, sentence, "503 0: tea")

    found = await read_all(database, len(SENTENCES))

    assert [(each.reason, each.state) for each in found] == [
        (why, DeliveryState.SENT) for why in SENTENCES.values()
    ]
    said = [say_reason(each.reason, each.detail) for each in found]
    assert [sentence for sentence in said if "starter" in sentence] == []
    assert [now for now, then in zip(said, SENTENCES, strict=True) if "starter" not in then] == [
        f"{REWORDED.get(sentence, sentence)} (503 0: tea)"
        for sentence in SENTENCES
        if "starter" not in sentence
    ]


async def test_what_was_an_english_detail_is_a_code(database: Database) -> None:
    await owe(database, 0, "Discord could not be reached", "Discord took too long")
    await owe(database, 1, "Discord could not be reached", "ClientConnectorError")

    late, unreached = await read_all(database, 2)

    assert (late.reason, late.detail) == (Reason.TIMEOUT, "")
    assert REASONS[late.reason] == "Discord could not be reached (Discord took too long)"
    assert (unreached.reason, unreached.detail) == (Reason.NETWORK, "ClientConnectorError")


async def test_what_became_of_publishing_is_read_and_said_as_it_was(database: Database) -> None:
    for number, sentence in enumerate(PUBLISHED):
        await owe(database, number, "it matches", published=sentence)

    found = await read_all(database, len(PUBLISHED))

    assert [(each.published, each.published_detail) for each in found] == list(PUBLISHED.values())
    assert [say_publication(each.published, each.published_detail) for each in found if each.published] == [
        sentence for sentence in PUBLISHED if sentence
    ]


async def test_pauses_are_read_as_they_were(database: Database) -> None:
    paused = [sentence for sentence, why in SENTENCES.items() if isinstance(why, PauseReason)]
    async with database.writing() as connection:
        for number, sentence in enumerate(["", *paused], start=1):
            await connection.execute(
                "INSERT INTO subscription (id, channel, server, kinds, least, language, publish, made_at,"
                " paused, paused_since, paused_detail) VALUES (?, 1, 2, 'new period', 1, 'en', 0, 0, ?, ?, ?)",
                (number, sentence or None, 0 if sentence else None, "the permission “Embed Links”"),
            )
    await migrate(database, list_migrations())

    async with database.reading() as connection:
        kept = await Transaction(connection).read_channel(1, anywhere)
        listed = await Transaction(connection).read_paused()

    assert [each.paused and each.paused.why for each in kept] == [None, *PauseReason]
    assert {each.why for each in listed} == set(PauseReason)
    assert {each.since for each in listed} == {datetime(1970, 1, 1, tzinfo=UTC)}
    assert say_reason(PauseReason.NO_PERMISSION, listed[0].detail) == (
        "a permission is missing (the permission “Embed Links”)"
    )


async def test_old_messages_keep_why_they_are_not_marked(database: Database) -> None:
    await owe(database, 0, "it matches")
    async with database.writing() as connection:
        for release, sentence in enumerate(MARKS):
            await connection.execute(
                "INSERT INTO ageing (delivery, release, state, reason, due_at) VALUES (1, ?, 'dropped', ?, 0)",
                (release, sentence),
            )
    await migrate(database, list_migrations())

    async with database.reading() as connection:
        rows = await connection.execute_fetchall("SELECT reason, detail FROM ageing ORDER BY release")

    assert [tuple(row) for row in rows] == list(MARKS.values())
