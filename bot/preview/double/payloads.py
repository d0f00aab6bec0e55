"""What this Discord has, as JSON: application, users, guilds, channels, roles, and who may do what."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from discord import Permissions
from discord.utils import DISCORD_EPOCH

Payload: TypeAlias = dict[str, Any]

TEXT, DIRECT, ANNOUNCEMENT, THREAD, FORUM = 0, 1, 5, 11, 15

_FURNITURE_MS = 1_704_067_200_000  # 1 January 2024, UTC


class Ids:
    """Makes snowflakes. Those of furniture are the same in every run, so that a subscription outlives one."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self._count = itertools.count(1)
        self._fixed = itertools.count(1)

    def next(self) -> str:
        """An id of this moment, or so many seconds `ahead` of it, larger than any before."""
        return str((int((time.time() + self.ahead) * 1000) - DISCORD_EPOCH << 22) + next(self._count))

    def fixed(self) -> str:
        """The next id of the furniture."""
        return str(_FURNITURE_MS - DISCORD_EPOCH + next(self._fixed) << 22)


@dataclass(frozen=True, slots=True)
class GuildPlan:
    """A guild to be built: its name, its channels as (name, type), and the roles that may be mentioned.

    `threads` are (name, name of the channel they are in); `updates`, `safety` and `system` name the channels
    in which Discord itself tells moderators what they should know.
    """

    name: str = "Newsroom"
    channels: tuple[tuple[str, int], ...] = (
        ("general", TEXT),
        ("asylum-figures", TEXT),
        ("alerts", ANNOUNCEMENT),
    )
    roles: tuple[str, ...] = ("data-desk",)
    threads: tuple[tuple[str, str], ...] = ()
    updates: str | None = None
    safety: str | None = None
    system: str | None = None


def stamp() -> str:
    """Now, as Discord writes it."""
    return datetime.now(UTC).isoformat()


def user(uid: str, name: str, *, bot: bool = False) -> Payload:
    """A user, or with `bot` the user of a bot."""
    return {
        "id": uid,
        "username": name,
        "global_name": None if bot else name.replace("-", " ").title(),
        "discriminator": "0",
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
        **({"bot": True} if bot else {}),
    }


def application(ids: Ids, name: str, owner: Payload) -> Payload:
    """The bot's application, with the bot's user in `bot`.

    Its id is new in every run, as its registered commands are gone after each.
    """
    return {
        "id": ids.next(),
        "name": name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(ids.fixed(), name, bot=True),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "tags": [],
        "owner": owner,
        "team": None,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 1,
        "approximate_user_authorization_count": 1,
        "eligible_oauth2_scopes": [],
        "explicit_content_filter": 0,
        "integration_types_config": {"0": {}, "1": {}},
    }


def channel(cid: str, guild_id: str, name: str, kind: int = TEXT, position: int = 0) -> Payload:
    """A guild channel; `kind` is Discord's number of its type."""
    return {
        "id": cid,
        "type": kind,
        "guild_id": guild_id,
        "name": name,
        "position": position,
        "topic": None,
        "permission_overwrites": [],
        "nsfw": False,
        "parent_id": None,
        "last_message_id": None,
        "flags": 0,
        **({"rate_limit_per_user": 0} if kind == TEXT else {}),
        **({"available_tags": []} if kind == FORUM else {}),
    }


def thread(cid: str, parent: Payload, name: str, owner_id: str) -> Payload:
    """A public thread of a channel, or a post of a forum."""
    return {
        "id": cid,
        "type": THREAD,
        "guild_id": parent["guild_id"],
        "parent_id": parent["id"],
        "owner_id": owner_id,
        "name": name,
        "last_message_id": None,
        "flags": 0,
        "rate_limit_per_user": 0,
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "applied_tags": [],
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": stamp(),
            "auto_archive_duration": 4320,
            "locked": False,
            "create_timestamp": stamp(),
        },
    }


def dm_channel(cid: str, recipient: Payload) -> Payload:
    """The direct-message channel between the bot and a user."""
    return {"id": cid, "type": DIRECT, "recipients": [recipient], "last_message_id": None, "flags": 0}


def member(who: Payload, roles: tuple[str, ...] = ()) -> Payload:
    """A user as member of a guild, with the ids of the roles held."""
    return {
        "user": who,
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": list(roles),
        "joined_at": stamp(),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }


def role(rid: str, name: str, allowed: int, *, managed: bool = False, mentionable: bool = False) -> Payload:
    """A role that gives the permissions `allowed`."""
    colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    return {
        "id": rid,
        "name": name,
        "color": 0,
        "colors": colours,
        "hoist": False,
        "position": 0 if name == "@everyone" else 1,
        "permissions": str(allowed),
        "managed": managed,
        "mentionable": mentionable,
        "flags": 0,
        "icon": None,
        "unicode_emoji": None,
        "description": None,
    }


def guild(ids: Ids, plan: GuildPlan, bot: Payload, moderator: Payload, *readers: Payload) -> Payload:
    """A guild as GUILD_CREATE brings it: the bot, a moderator with Manage Server who owns it, and readers."""
    gid = ids.fixed()
    moderators = role(ids.fixed(), "moderators", MODERATOR.value)
    bots = role(ids.fixed(), bot["username"], BOT.value, managed=True)
    roles = [role(ids.fixed(), name, 0, mentionable=True) for name in plan.roles]
    channels = [channel(ids.fixed(), gid, n, kind, i) for i, (n, kind) in enumerate(plan.channels)]
    parents = {each["name"]: each for each in channels}
    return {
        "id": gid,
        "name": plan.name,
        "owner_id": moderator["id"],
        "roles": [
            role(gid, "@everyone", MEMBER.value),
            moderators,
            bots,
            *roles,
        ],
        "channels": channels,
        "threads": [
            thread(ids.fixed(), parents[parent], name, moderator["id"]) for name, parent in plan.threads
        ],
        "members": [
            member(bot, (bots["id"],)),
            member(moderator, (moderators["id"],)),
            *(member(reader) for reader in readers),
        ],
        "member_count": 2 + len(readers),
        "features": ["NEWS", "COMMUNITY"],
        "preferred_locale": "en-US",
        "joined_at": stamp(),
        "large": False,
        "unavailable": False,
        **_UNUSED_OF_A_GUILD,
        "public_updates_channel_id": parents[plan.updates]["id"] if plan.updates else None,
        "safety_alerts_channel_id": parents[plan.safety]["id"] if plan.safety else None,
        "system_channel_id": parents[plan.system]["id"] if plan.system else None,
        **{kind: [] for kind in _EMPTY_IN_A_GUILD},
    }


_UNUSED_OF_A_GUILD = {
    "icon": None,
    "splash": None,
    "discovery_splash": None,
    "afk_channel_id": None,
    "afk_timeout": 300,
    "verification_level": 0,
    "default_message_notifications": 0,
    "explicit_content_filter": 0,
    "mfa_level": 0,
    "application_id": None,
    "system_channel_flags": 0,
    "rules_channel_id": None,
    "vanity_url_code": None,
    "description": None,
    "banner": None,
    "premium_tier": 0,
    "nsfw_level": 0,
    "premium_progress_bar_enabled": False,
}

_EMPTY_IN_A_GUILD = (
    "emojis",
    "stickers",
    "voice_states",
    "presences",
    "stage_instances",
    "guild_scheduled_events",
    "soundboard_sounds",
)


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
