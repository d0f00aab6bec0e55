"""What was found already, kept while all that answers rest on stays as it is."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeVar

from data.store.packed_rollups import read_pairs

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping

    from data.store.database import Connection
    from data.store.packed_rollups import Pairs

Found = TypeVar("Found")
Key = TypeVar("Key", bound="Hashable")

MAX_COUNTS = 16
"""Each holds the counts of some 200 countries in two years, in about 0.2 MB."""

MAX_COVERAGES = 32
"""One a release; each is a few hundred keys."""

MAX_STAGES = 24
"""Years of one release, in about 0.2 MB each."""

MAX_LEDGERS = 1000
"""Each is of one origin and asylum, in some 7 KB; a long text names a sixth of them."""

MAX_FINDINGS = 32
"""Enough for what a few channels talk about; a button under a reply asks its question again."""


class LastUsed:
    """The last things that were asked for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    async def fetch(self, key: Hashable, find: Callable[[], Awaitable[Found]]) -> Found:
        """Return what is kept under this key, or find it and keep it; nobody may change it."""
        if key in self._kept:
            self._kept.move_to_end(key)
            kept: Found = self._kept[key]
            return kept
        found = self._kept[key] = await find()
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return found

    async def fetch_all(
        self, keys: Iterable[Key], find: Callable[[list[Key]], Awaitable[Mapping[Key, Found]]]
    ) -> dict[Key, Found]:
        """Return what is kept under these keys, and find all others at once; some are nothing's."""
        keys = list(keys)
        if missing := [key for key in keys if key not in self._kept]:
            read = await find(missing)
            self._kept |= {key: read.get(key) for key in missing}
        found = {key: self._kept[key] for key in keys}
        for key in keys:
            self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return {key: value for key, value in found.items() if value is not None}


class AnswerCache:
    """What was read and found in one state of the database.

    A published release never changes what it said, so it may be kept until a release comes in: even
    an older one, which changes nothing but may be the first to say something.
    """

    def __init__(self, state: Hashable = None) -> None:
        self.state = state
        self.counts = LastUsed(MAX_COUNTS)
        self.findings = LastUsed(MAX_FINDINGS)
        self.coverage = LastUsed(MAX_COVERAGES)
        self.stages = LastUsed(MAX_STAGES)
        self.ledgers = LastUsed(MAX_LEDGERS)
        self._pairs: Pairs | None = None
        self._reading = asyncio.Lock()

    @property
    def has_pairs(self) -> bool:
        """Whether all pairs were read."""
        return self._pairs is not None

    async def fetch_pairs(self, connection: Connection) -> Pairs:
        """Return all pairs, which are read once, however many ask meanwhile."""
        async with self._reading:
            if self._pairs is None:
                self._pairs = await read_pairs(connection)
            return self._pairs


class AnswerCaches:
    """Lends what was found in the state at hand; what is of another state is cleared away."""

    def __init__(self) -> None:
        self._newest = AnswerCache()

    def lend(self, state: Hashable) -> AnswerCache:
        """Return the cache of just this state. Who still holds an older one may go on using it."""
        if self._newest.state != state:
            self._newest = AnswerCache(state)
        return self._newest
