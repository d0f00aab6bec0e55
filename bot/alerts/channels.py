"""Where alerts may go: who may send them there, what the bot needs, and which role may be pinged."""

from __future__ import annotations

from typing import Any, TypeAlias

import discord

from bot.errors import name_permissions
from bot.sentences import Refusal
from data.state.model import Scope

Channel: TypeAlias = discord.TextChannel | discord.Thread | discord.ForumChannel

CHANNEL_TYPES = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
)
"""What Discord's picker offers: text and announcement channels, forums and threads."""

NO_SUCH_CHANNEL = "I find no such channel in this server; pick one from the list, and let me view it."
NOT_A_CHANNEL = "Alerts go to text and announcement channels, forums and threads; pick one of those."


def find_scope(interaction: discord.Interaction[Any]) -> Scope:
    """Return whose subscriptions somebody may manage: the server's, or in a direct message their own.

    Raises `Unanswerable` where that is none, whatever the server's own settings for commands allow.
    """
    if interaction.guild_id is None:
        return Scope(channel=interaction.channel_id)
    if not interaction.is_guild_integration() or interaction.guild is None:
        raise Refusal(
            "I am not a member of this server, so I cannot post here; ask a moderator to invite me first."
        )
    if not interaction.permissions.manage_guild:
        raise Refusal("Only people with the “Manage Server” permission can manage alerts; ask one of them.")
    return Scope(server=interaction.guild_id)


async def find_channel(interaction: discord.Interaction[Any], channel_id: int) -> Channel:
    """Find a channel of the server where somebody asks; raises `Unanswerable` for any other."""
    guild = interaction.guild
    if guild is None:
        raise Refusal(NO_SUCH_CHANNEL)
    channel = guild.get_channel_or_thread(channel_id) or await _fetch(interaction.client, channel_id)
    if getattr(channel, "guild", None) != guild:
        raise Refusal(NO_SUCH_CHANNEL)
    if not isinstance(channel, Channel) or channel.type not in CHANNEL_TYPES:
        raise Refusal(NOT_A_CHANNEL)
    return channel


async def _fetch(client: discord.Client, channel_id: int) -> object:
    """Ask Discord, which knows threads that have gone quiet as well."""
    try:
        return await client.fetch_channel(channel_id)
    except (discord.NotFound, discord.Forbidden, discord.InvalidData) as error:
        raise Refusal(NO_SUCH_CHANNEL) from error


def check_channel(channel: Channel, *, publish: bool = False) -> None:
    """Refuse a channel in which an alert could not be sent, naming what is missing and the remedy."""
    if missing := find_missing(channel):
        raise Refusal(
            f"I lack {name_permissions(missing)} there; give it to me in that channel's settings, under"
            " Permissions, and try again."
        )
    if isinstance(channel, discord.ForumChannel) and channel.flags.require_tag:
        raise Refusal("That forum wants a tag on every post, which I cannot choose; pick another channel.")
    if isinstance(channel, discord.Thread) and channel.locked:
        raise Refusal("That thread is locked; unlock it, or pick another channel.")
    if publish and not (isinstance(channel, discord.TextChannel) and channel.is_news()):
        raise Refusal(
            "Only announcement channels can be published; leave out “publish”, or pick one of those."
        )


def find_missing(channel: Channel) -> list[str]:
    """Return the names of the permissions that the bot needs there and lacks.

    Who cannot see a channel cannot do anything there, nor attach what cannot be sent: only the root is named.
    """
    allowed = channel.permissions_for(channel.guild.me)
    sending = "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"
    for names in (("view_channel",), (sending,), ("embed_links", "attach_files")):
        if missing := [name for name in names if not getattr(allowed, name)]:
            return missing
    return []


def can_look_back(channel: Channel) -> bool:
    """Say whether the bot may read there what it sent, to be sure of it after a breakdown."""
    return channel.permissions_for(channel.guild.me).read_message_history


def check_moderator(channel: Channel, moderator: discord.Member) -> None:
    """Refuse a channel that the moderator cannot see."""
    if not channel.permissions_for(moderator).view_channel:
        raise Refusal("You cannot see that channel yourself; pick one that you can.")


def check_role(role: discord.Role, channel: Channel, moderator: discord.Member) -> None:
    """Refuse a role that the moderator may not ping, or that the bot cannot."""
    if role.is_default():
        raise Refusal("I do not ping everyone; pick a role, or leave “role” out.")
    if role > moderator.top_role and channel.guild.owner_id != moderator.id:
        raise Refusal("That role stands above your own; pick one that does not, or leave “role” out.")
    if not (role.mentionable or channel.permissions_for(moderator).mention_everyone):
        raise Refusal(
            "You may not ping that role; have it made mentionable, or pick one that everybody may mention."
        )
    if not (role.mentionable or channel.permissions_for(channel.guild.me).mention_everyone):
        raise Refusal("I cannot ping that role; make it mentionable, or give me “Mention Everyone” there.")
