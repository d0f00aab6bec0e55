"""A release that is older than all others has none before it: it is weighed as what the next one has."""

from __future__ import annotations

import pytest

from data.doubt import Why
from data.releases.imports import import_release
from data.store.database import Database
from tests.data.made_up import MadeUp, day, large_release
from tests.data.store.states import dump


@pytest.mark.parametrize(
    ("older", "why"),
    [
        (large_release(400, 21), None),
        (large_release(390, 20), None),
        (large_release(3, 20), Why.ROWS),
        (large_release(400, 200), Why.COUNTRY),
    ],
    ids=["other figures", "fewer rows", "a fragment", "tenfold"],
)
async def test_a_release_older_than_all_others_is_weighed_against_the_next(
    database: Database, older: MadeUp, why: Why | None
) -> None:
    await import_release(database, large_release(400, 20), day(4))
    before = dump(database.path)
    done = await import_release(database, older, day(0))
    assert (done.doubt and done.doubt.why) == why
    if why:
        assert {name for name, rows in dump(database.path).items() if rows != before[name]} == {
            *("release", "quarantine", "doubt")
        }
