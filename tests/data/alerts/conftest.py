"""An outbox to try things on."""

from __future__ import annotations

import pytest

from data.store.database import Database
from tests.data.alerts.posts import Post


@pytest.fixture
async def post(database: Database) -> Post:
    """One channel is subscribed to everything, and a first release is kept."""
    post = Post(database)
    await post.publish()
    await post.subscribe(1)
    return post
