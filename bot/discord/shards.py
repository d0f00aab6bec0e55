"""Which servers this process hears of: Discord spreads them over shards by their numbers."""

from __future__ import annotations

import discord

_BITS_BEFORE_SHARD = 22
"""Discord's rule: a server is on shard (id >> 22) % shards."""


def is_ours(client: discord.Client, server: int) -> bool:
    """Say whether a server is on a shard of this process: then it is known here if the bot is in it."""
    ids = client.shard_ids if isinstance(client, discord.AutoShardedClient) else None
    if ids is None and client.shard_id is not None:
        ids = [client.shard_id]
    if not client.shard_count or ids is None:
        return True
    return (server >> _BITS_BEFORE_SHARD) % client.shard_count in ids
