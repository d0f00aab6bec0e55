"""Old messages that a withdrawn release had marked: marked back, or with what is valid now."""

from __future__ import annotations

from datetime import datetime

import pytest

from data.alerts.news import Superseded
from data.alerts.superseded import SupersededAlerts
from data.model import Release
from data.releases.imports import import_release, withdraw
from data.state.model import Sent
from tests.data.alerts.posts import Post
from tests.data.made_up import Anywhere, day, release


class Story:
    """A message that told 1,100 pending claims, and releases that say otherwise later."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.superseded_alerts = SupersededAlerts(post.database, Anywhere(), post.clock)

    async def publish(self, pending: int, number: int) -> Release:
        """Publish a release; its own news is told as well, in a message of its own."""
        found = (await import_release(self.post.database, release(pending=pending), day(number))).release
        for each in await self.post.claim():
            owed = await self.post.outbox.gather(each)
            news = owed.news  # type: ignore[union-attr]
            await self.post.outbox.settle(each, Sent(100 + number, 1, news.headline, news.release.id))
        return found

    async def withdraw(self, release: Release) -> int:
        found = await withdraw(self.post.database, str(release.id), self.post.clock())
        for notice in await self.post.claim():
            await self.post.outbox.settle(notice, Sent(900, 1))
        return found.alerts.marked

    async def mark(self) -> list[Superseded]:
        """Do what is due, and return what became of the first message."""
        due = await self.superseded_alerts.claim(100)
        for each in due:
            await self.superseded_alerts.settle_marked(each)
        return [each for each in due if each.message == 101]


@pytest.fixture
async def story(post: Post) -> Story:
    story = Story(post)
    await story.publish(1100, 1)
    return story


def said(marked: list[Superseded]) -> list[tuple[datetime, object, object]]:
    return [(each.by.retrieved_at, each.changed.before, each.changed.after) for each in marked]


async def test_a_mark_goes_with_the_release_that_made_it(story: Story) -> None:
    newest = await story.publish(1200, 2)
    assert said(await story.mark()) == [(day(2), 1100, 1200)]
    assert await story.withdraw(newest) == 1
    assert said(await story.mark()) == [(day(1), 1100, 1100)]
    assert await story.mark() == []


async def test_a_mark_that_was_not_made_yet_is_not_made(story: Story) -> None:
    newest = await story.publish(1200, 2)
    assert await story.withdraw(newest) == 0
    assert await story.mark() == []


async def test_a_message_is_marked_with_what_a_later_release_says(story: Story) -> None:
    middle = await story.publish(1200, 2)
    await story.mark()
    await story.publish(1300, 3)
    await story.mark()
    await story.withdraw(middle)
    assert said(await story.mark()) == [(day(3), 1100, 1300)]


async def test_a_message_is_marked_with_what_the_release_before_said(story: Story) -> None:
    await story.publish(1200, 2)
    await story.mark()
    newest = await story.publish(1300, 3)
    await story.mark()
    await story.withdraw(newest)
    assert said(await story.mark()) == [(day(2), 1100, 1200)]


async def test_an_edit_that_is_under_way_is_followed_by_the_one_that_undoes_it(story: Story) -> None:
    newest = await story.publish(1200, 2)
    (flying,) = [each for each in await story.superseded_alerts.claim(100) if each.message == 101]
    assert await story.withdraw(newest) == 1
    assert await story.mark() == []
    await story.superseded_alerts.settle_marked(flying)
    story.post.clock.advance(minutes=6)
    assert said(await story.mark()) == [(day(1), 1100, 1100)]


async def test_a_later_release_marks_from_what_the_message_says_then(story: Story) -> None:
    newest = await story.publish(1200, 2)
    await story.mark()
    await story.withdraw(newest)
    await story.publish(1400, 4)
    assert said(await story.mark())[-1] == (day(4), 1100, 1400)


async def test_a_message_on_a_withdrawn_release_is_marked_no_more(story: Story) -> None:
    second = await story.publish(1200, 2)
    await story.mark()
    await story.publish(1300, 3)
    await story.withdraw(second)
    due = await story.superseded_alerts.claim(100)
    assert {each.message for each in due} == {101}
