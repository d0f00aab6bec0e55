"""Who may do what: the permissions of members, roles and channels."""

from __future__ import annotations

from typing import Any

from discord import Permissions

MEMBER = Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    attach_files=True,
    add_reactions=True,
    read_message_history=True,
    use_application_commands=True,
    send_messages_in_threads=True,
)
"""What everyone in a guild may do."""

MODERATOR = MEMBER | Permissions(
    manage_guild=True, manage_channels=True, manage_messages=True, manage_webhooks=True, mention_everyone=True
)
"""What the moderators may do; among it Manage Server."""

BOT = MEMBER | Permissions(manage_messages=True, manage_webhooks=True)
"""What the bot was invited with."""

EVERYTHING = Permissions.all()
"""What anyone may do in a direct message."""


def in_guild(guild: dict[str, Any], user_id: str) -> Permissions:
    """A member's permissions from the roles, before any channel changes them."""
    held = {guild["id"], *_roles(guild, user_id)}
    value = 0
    for role in guild["roles"]:
        if role["id"] in held:
            value |= int(role["permissions"])
    return Permissions(value)


def in_channel(guild: dict[str, Any], channel: dict[str, Any], user_id: str) -> Permissions:
    """A member's permissions in one channel, its overwrites applied in Discord's order."""
    base = in_guild(guild, user_id)
    if base.administrator:
        return EVERYTHING
    value = base.value
    for ids in ({guild["id"]}, set(_roles(guild, user_id)), {user_id}):
        written = [o for o in channel["permission_overwrites"] if o["id"] in ids]
        for overwrite in written:
            value &= ~int(overwrite["deny"])
        for overwrite in written:
            value |= int(overwrite["allow"])
    return Permissions(value)


def in_thread(guild: dict[str, Any], parent: dict[str, Any], user_id: str) -> Permissions:
    """A member's permissions in a thread: those of its channel, with a permission to send of their own."""
    allowed = in_channel(guild, parent, user_id)
    allowed.send_messages = allowed.send_messages_in_threads
    return allowed


def _roles(guild: dict[str, Any], user_id: str) -> list[str]:
    member = next((m for m in guild["members"] if m["user"]["id"] == user_id), None)
    return list(member["roles"]) if member else []
