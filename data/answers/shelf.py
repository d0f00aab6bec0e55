"""What many answers read alike, kept while the releases stay as they are."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from data.model import Release
    from data.store.figures import PartnerCounts

    Releases = tuple[Release, ...]
    Key = tuple[object, ...]

MOST = 32
"""Each holds the counts of some 200 countries in two years, in about 0.2 MB."""


class Shelf:
    """The last reads that were asked for, of one state of the releases.

    A published release never changes what it said, so a read may be kept until a release comes in: even
    an older one, which changes nothing but may be the first to say something.
    """

    def __init__(self, releases: Releases, most: int = MOST) -> None:
        self.releases = releases
        self._most = most
        self._kept: OrderedDict[Key, PartnerCounts] = OrderedDict()

    async def fetch(self, key: Key, read: Callable[[], Awaitable[PartnerCounts]]) -> PartnerCounts:
        """Return what is kept under this key, or read it and keep it; nobody may change it."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = await read()
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found


class Shelves:
    """Lends the shelf of the releases at hand; that of other releases is cleared away."""

    def __init__(self) -> None:
        self._newest = Shelf(())

    def lend(self, releases: Releases) -> Shelf:
        """Return the shelf for just these releases. Who still holds an older one may go on using it."""
        if self._newest.releases != releases:
            self._newest = Shelf(releases)
        return self._newest
