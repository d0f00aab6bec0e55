"""What moderators do to a guild: channels taken away, permissions too, the bot invited and thrown out."""

from __future__ import annotations

from discord import Permissions

from bot.preview.double import payloads
from bot.preview.double.gateway import Gateway
from bot.preview.double.payloads import GuildPlan, Payload
from bot.preview.double.world import World

_MEMBER = 1


class Moderation:
    """Changes of guilds and channels, of which the bot is told through the gateway."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world, self.gateway = world, gateway

    async def forbid(self, channel_id: str, taken: Permissions) -> None:
        """Take permissions from the bot in one channel; no permissions give all back."""
        channel = self.world.channels[channel_id]
        mine, others = self.world.bot["id"], channel["permission_overwrites"]
        others = [o for o in others if o["id"] != mine]
        if taken.value:
            others.append({"id": mine, "type": _MEMBER, "allow": "0", "deny": str(taken.value)})
        channel["permission_overwrites"] = others
        await self.gateway.emit("CHANNEL_UPDATE", channel, channel["guild_id"])

    async def delete_channel(self, channel_id: str) -> None:
        """Delete a channel, or a thread, with its messages."""
        channel = self.world.channels.pop(channel_id)
        self.world.messages.pop(channel_id, None)
        for guild in self.world.guilds:
            for kind in ("channels", "threads"):
                guild[kind] = [c for c in guild[kind] if c["id"] != channel_id]
        event = "THREAD_DELETE" if "thread_metadata" in channel else "CHANNEL_DELETE"
        await self.gateway.emit(event, channel, channel["guild_id"])

    async def invite(self, plan: GuildPlan) -> Payload:
        """Add the bot to one more guild, which is returned."""
        world = self.world
        guild = payloads.guild(world.ids, plan, world.bot, world.moderator, world.reader)
        await self.take_back(guild)
        return guild

    async def take_back(self, guild: Payload) -> None:
        """Add the bot to a guild, which it may have been thrown out of before."""
        self.world.guilds.append(guild)
        self.world.learn(guild)
        # Discord says of a guild whether it is available only where the bot was in it already.
        told = {key: value for key, value in guild.items() if key != "unavailable"}
        await self.gateway.emit("GUILD_CREATE", told, guild["id"])

    async def throw_out(self, guild_id: str) -> None:
        """Remove the bot from a guild."""
        guild = next(g for g in self.world.guilds if g["id"] == guild_id)
        self.world.guilds.remove(guild)
        for channel in (*guild["channels"], *guild["threads"]):
            self.world.channels.pop(channel["id"], None)
        await self.gateway.emit("GUILD_DELETE", {"id": guild_id}, guild_id)
