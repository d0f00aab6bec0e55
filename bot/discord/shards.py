"""Which servers this process hears of: Discord spreads them over shards by their numbers."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import discord
from discord.state import AutoShardedConnectionState

_BITS_BEFORE_SHARD = 22
"""Discord's rule: a server is on shard (id >> 22) % shards."""

MAX_SERVERS = 2_500
"""Discord closes a shard that is to hear of more."""

CROWDED = 1_500
"""From so many servers on a shard its operator is told, while there is time."""


TURN_EVERY = 5.0
"""Seconds between two sessions that begin; Discord takes as many at once as its `max_concurrency` says."""


class Turns:
    """Whose turn it is to begin a session, in one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free_at: dict[int, float] = {}

    async def find(self, key: int) -> float:
        """Take the next turn of those shards, and return in how many seconds it is."""
        now = self._clock()
        turn = max(self._free_at.get(key, now), now)
        self._free_at[key] = turn + TURN_EVERY
        return turn - now


def is_ours(client: discord.Client, server: int) -> bool:
    """Say whether a server is on a shard of this process: then it is known here if the bot is in it."""
    ids = client.shard_ids if isinstance(client, discord.AutoShardedClient) else None
    if ids is None and client.shard_id is not None:
        ids = [client.shard_id]
    if not client.shard_count or ids is None:
        return True
    return (server >> _BITS_BEFORE_SHARD) % client.shard_count in ids


def count_servers(client: discord.Client) -> Counter[int]:
    """Return how many servers each shard has."""
    return Counter(guild.shard_id for guild in client.guilds)


_NO_OVERWRITES: list[Any] = []
"""For every channel without any: a list of its own takes 56 bytes, and a server has dozens of channels."""


class ShardedState(AutoShardedConnectionState[Any]):
    """What is known of servers, and forgets those that a new session of their shard is not told of.

    discord.py's own does so without shards only: with them, a server that removed the bot while the shard
    was away would be taken for present until the next start.
    """

    def parse_ready(self, data: Any) -> None:
        """Begin a shard's session."""
        shard, _ = data["shard"]
        present = {int(each["id"]) for each in data["guilds"]}
        for guild in [each for each in self.guilds if each.shard_id == shard and each.id not in present]:
            self._remove_guild(guild)
        super().parse_ready(data)

    def _get_create_guild(self, data: Any) -> discord.Guild:
        """Keep a server, and once only what many have alike: names, and that a channel has no overwrites."""
        guild = super()._get_create_guild(data)
        for named in (*guild.channels, *guild.roles):
            named.name = sys.intern(named.name)
        for channel in guild.channels:
            if not channel._overwrites:  # noqa: SLF001
                channel._overwrites = _NO_OVERWRITES  # noqa: SLF001 - discord.py replaces it, and never adds to it
        return guild
