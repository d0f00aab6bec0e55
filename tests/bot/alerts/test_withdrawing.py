"""A release is withdrawn: whoever was told of it hears that once, nobody else does, and nothing else is lost."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.alerts.worker import Delivering
from bot.preview.double import Fault
from data.alerts.news import News, Withdrawal
from data.model import Measure, Place, Release
from data.releases.imports import import_release, publish_kept, withdraw
from data.releases.withdrawal import Withdrawn
from data.state.model import DeliveryState, Later, Reason, Sent, Subscription
from data.state.sql import Transaction
from data.store.database import Database
from data.store.releases import read_releases
from tests.bot.alerts.test_worker import CLOSED, LOST, FakeDiscord, Words, settle_all, told
from tests.bot.newsrooms import Desk, newsroom
from tests.data.alerts.posts import HERE, Post
from tests.data.made_up import day, release
from tests.releases import decline_shipped

CHANNELS = range(1, 8)
JULY, DAY = datetime(2026, 7, 1, tzinfo=UTC), timedelta(days=1)


async def compose(news: News | Withdrawal, _subscriptions: Sequence[Subscription]) -> Words:
    """The pending claims of the releases that are told; of one that was withdrawn with a minus."""
    if isinstance(news, Withdrawal):
        return Words(f"-{1000 + 100 * (news.release.retrieved_at - day(0)).days}")
    return Words(" ".join(f"{each.headline.after}" for each in (news, *news.meanwhile) if each.headline))


@pytest.fixture
async def post(database: Database) -> Post:
    post = Post(database)
    await post.publish()
    for channel in CHANNELS:
        await post.subscribe(channel)
    return post


async def take_back(post: Post, kept: Release) -> Withdrawn:
    return await withdraw(post.database, str(kept.id), post.clock())


async def test_who_was_told_hears_that_it_was_withdrawn_and_nothing_twice(post: Post) -> None:
    newest = await post.publish()
    discord = FakeDiscord(post)
    delivering = Delivering(post.outbox, compose, discord)
    await delivering.run_once()
    withdrawn = await take_back(post, newest)
    assert (withdrawn.alerts.owed, withdrawn.alerts.dropped) == (7, 0)
    assert await delivering.run_once() == 7
    assert await delivering.run_once() == 0
    assert [told(discord, channel) for channel in CHANNELS] == [Counter({"1100": 1, "-1100": 1})] * 7


async def test_who_was_not_told_yet_hears_nothing(post: Post) -> None:
    newest = await post.publish()
    withdrawn = await take_back(post, newest)
    assert (withdrawn.alerts.owed, withdrawn.alerts.dropped) == (0, 7)
    discord = FakeDiscord(post)
    assert await Delivering(post.outbox, compose, discord).run_once() == 0
    async with post.database.reading() as connection:
        assert await Transaction(connection).count_states() == [(newest.id, DeliveryState.DROPPED, 7)]


async def test_the_message_has_the_figure_that_was_told_and_the_one_that_is_valid(post: Post) -> None:
    newest = await post.publish()
    await Delivering(post.outbox, compose, FakeDiscord(post)).run_once()
    await take_back(post, newest)
    found: list[Withdrawal] = []

    async def look(news: News | Withdrawal, subscriptions: Sequence[Subscription]) -> Words:
        assert isinstance(news, Withdrawal)
        found.append(news)
        return await compose(news, subscriptions)

    await Delivering(post.outbox, look, FakeDiscord(post)).run_once()
    assert {(each.release.id, each.newest.day) for each in found} == {(newest.id, day(0).date())}
    assert {(each.told.before, each.told.after) for each in found if each.told} == {(1100, 1000)}


async def test_an_older_alert_that_was_merged_into_a_withdrawn_one_is_told_by_itself(post: Post) -> None:
    await post.publish()
    second = await post.publish()
    claimed = await post.claim()
    for each in claimed:
        assert each.release == second.id
        await post.outbox.settle(each, Later(Reason.SLOW_DOWN, certain=True))
    await take_back(post, second)
    discord = FakeDiscord(post)
    await settle_all(post, Delivering(post.outbox, compose, discord))
    assert [told(discord, channel) for channel in CHANNELS] == [Counter({"1100": 1})] * 7


async def test_a_release_told_in_one_message_with_a_newer_one_is_withdrawn_as_well(post: Post) -> None:
    first = await post.publish()
    await post.publish()
    discord = FakeDiscord(post)
    delivering = Delivering(post.outbox, compose, discord)
    await delivering.run_once()
    assert (await take_back(post, first)).alerts.owed == 7
    await delivering.run_once()
    assert [told(discord, channel) for channel in CHANNELS] == [
        Counter({"1200": 1, "1100": 1, "-1100": 1})
    ] * 7


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_doubtful_message_is_looked_for_before_anything_is_said_of_it(
    post: Post, arrived: bool
) -> None:
    newest = await post.publish()
    discord = FakeDiscord(post, [LOST if arrived else LOST + 1] * 7)
    delivering = Delivering(post.outbox, compose, discord)
    await delivering.run_once()
    withdrawn = await take_back(post, newest)
    assert (withdrawn.alerts.owed, withdrawn.alerts.dropped) == (0, 0)
    await settle_all(post, delivering)
    heard = Counter({"1100": 1, "-1100": 1}) if arrived else Counter()
    assert [told(discord, channel) for channel in CHANNELS] == [heard] * 7


async def test_a_message_that_is_on_its_way_meanwhile_is_followed_by_its_withdrawal(post: Post) -> None:
    newest = await post.publish()
    claimed = await post.claim()
    await take_back(post, newest)
    owed = await post.outbox.gather(claimed[0])
    assert owed.reason is Reason.WITHDRAWN  # type: ignore[union-attr]
    assert await post.outbox.settle(claimed[0], Sent(77, 1))
    (notice,) = await post.claim()
    assert (notice.channel, notice.kind, notice.release) == (claimed[0].channel, "withdrawal", newest.id)
    assert notice.nonce != replace(notice, kind=claimed[0].kind).nonce


async def test_a_release_that_is_published_again_is_told_again(post: Post) -> None:
    newest = await post.publish()
    discord = FakeDiscord(post)
    delivering = Delivering(post.outbox, compose, discord)
    await delivering.run_once()
    await take_back(post, newest)
    await delivering.run_once()
    again = (await publish_kept(post.database, str(newest.id))).release
    assert (again.day, again.label) == (newest.day, newest.label)
    await delivering.run_once()
    assert [told(discord, channel) for channel in CHANNELS] == [Counter({"1100": 2, "-1100": 1})] * 7


async def test_who_unsubscribed_or_paused_hears_nothing_of_it(post: Post) -> None:
    newest = await post.publish()
    discord = FakeDiscord(post)
    delivering = Delivering(post.outbox, compose, discord)
    await delivering.run_once()
    for channel, leave in ((1, post.alerts.remove), (2, post.alerts.pause)):
        (subscription,) = await post.alerts.subscriptions(channel=channel)
        await leave(subscription.id, HERE)
    await take_back(post, newest)
    await settle_all(post, delivering)
    assert [told(discord, channel)["-1100"] for channel in CHANNELS] == [0, 0, 1, 1, 1, 1, 1]


@pytest.fixture
async def desk(empty_path: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    """A newsroom with two releases, the newer one of which is held back."""
    path = Path(shutil.copy(empty_path, tmp_path / "newsroom.sqlite3"))
    async with Database(path) as database:
        for number in (0, 1):
            await import_release(database, release(pending=1000 + 100 * number), JULY + number * DAY)
    decline_shipped(path)
    async with newsroom(path) as found:
        yield found


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("name", ["alerts", "numbers", "briefings", "dm"])
async def test_it_arrives_wherever_the_alert_had_arrived(desk: Desk, name: str, lost: bool) -> None:
    """Once, also where the answer is lost; and it is never taken for the alert, nor the alert for it."""
    where = await desk.subscribe(name, dm=name == "dm", place=Place(), measure=Measure.PENDING)
    await desk.publish()
    await desk.deliver()
    newest = (await withdraw(desk.database, str(desk.held.id), desk.clock())).newest
    if lost:
        desk.double.faults.append(Fault("POST", r"/channels/\d+/(messages|threads)", 0, after_effect=True))
    await desk.deliver()
    desk.double.advance(900)
    desk.clock.advance(minutes=15)
    await desk.deliver()
    assert await desk.deliver() == 0
    channel = where.destination.channel
    threads = [int(t["id"]) for t in desk.double.guilds[0]["threads"] if int(t["parent_id"]) == channel]
    places = threads if name == "briefings" else [channel]
    alert, notice = sorted((m for p in places for m in desk.posted(p)), key=lambda m: int(m["id"]))
    assert "1,000 → 1,100" in alert["content"]
    assert notice["content"] == (
        "**Withdrawn: UNHCR's figures of 2 July 2026.** The operator of this bot took them back;"
        f" the newest figures are again those of {newest.label} (1 Jul 2026)."
    )
    assert notice["embeds"][0]["description"].partition("\n[Source")[0] == (
        "What you read here about people waiting for a decision worldwide (1,100 on 31 December 2025)"
        " is no longer valid; the figure is again 1,000."
    )


async def test_two_withdrawals_of_one_second_are_told_apart(desk: Desk) -> None:
    """Neither is taken for the other where it is looked for, as one that did not arrive is."""
    where = await desk.subscribe("alerts", place=Place(), measure=Measure.PENDING)
    desk.clock.now = datetime.now(UTC) + timedelta(minutes=1)  # imports are of now
    await desk.publish()
    await desk.deliver()
    await withdraw(desk.database, "2026-07-02", desk.clock())
    desk.double.faults.append(Fault("POST", r"/channels/\d+/messages", 0))
    await desk.deliver()
    await import_release(desk.database, release(pending=1200), JULY + 2 * DAY)
    await desk.deliver()
    await withdraw(desk.database, "2026-07-03", desk.clock())
    for _ in range(3):
        await desk.deliver()
        desk.double.advance(900)
        desk.clock.advance(minutes=15)
    said = [m["content"] for m in desk.posted(where.destination.channel) if "Withdrawn" in m["content"]]
    assert sorted(each.partition(".** ")[0] for each in said) == [
        "**Withdrawn: UNHCR's figures of 2 July 2026",
        "**Withdrawn: UNHCR's figures of 3 July 2026",
    ]


@pytest.mark.parametrize(
    "seed", [*range(8), *(pytest.param(n, marks=pytest.mark.proof) for n in range(8, 30))]
)
async def test_whatever_becomes_of_the_attempts_a_withdrawal_follows_each_message_once(
    post: Post, seed: int
) -> None:
    """Releases come, overtake each other and are withdrawn, while answers and messages are lost."""
    chance = random.Random(seed)
    discord = FakeDiscord(post, [chance.randrange(CLOSED) for _ in range(80)])
    delivering = Delivering(post.outbox, compose, discord)
    gone: list[str] = []
    for number in range(1, 6):
        await post.publish()
        for _ in range(chance.randrange(3)):
            await delivering.run_once()
            post.clock.advance(seconds=chance.choice([30, 61, 95, 300]))
        if chance.random() < 0.6:
            async with post.database.reading() as connection:
                kept = [each for each in await read_releases(connection) if each.day != day(0).date()]
            if kept:
                chosen = chance.choice(kept)
                await asyncio.gather(take_back(post, chosen), delivering.run_once())
                gone.append(f"{1000 + 100 * (chosen.retrieved_at - day(0)).days}")
        post.clock.advance(seconds=number)
    discord.fates.clear()
    await settle_all(post, delivering)
    stay = {f"{1000 + 100 * number}" for number in range(1, 6)} - {*gone}
    for channel in CHANNELS:
        heard = told(discord, channel)
        assert {value: heard[value] for value in stay} == dict.fromkeys(stay, 1), channel
        for value in gone:
            assert heard[value] == heard[f"-{value}"] <= 1, (channel, value)
    assert not discord.crowded
