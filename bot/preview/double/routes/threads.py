"""Threads: started in a forum, each with its first message, and listed."""

from __future__ import annotations

from discord import Permissions

from bot.preview.double.conduct import ApiError, Request, invalid_form
from bot.preview.double.payloads import FORUM, Payload, thread
from bot.preview.double.routes.table import Route, RouteReply
from bot.preview.double.world import World

_POST = Permissions(view_channel=True, send_messages=True)
_READ = Permissions(view_channel=True, read_message_history=True)


def start(world: World, request: Request, channel_id: str) -> RouteReply:
    """A new post of a forum; there is no nonce for it, so a repeat makes another."""
    forum = world.channels[channel_id]
    body = request.body.get("message")
    if forum["type"] != FORUM or body is None:
        raise invalid_form("only posts of a forum are known here", "message")
    world.inspect(request, body)
    post = thread(world.ids.next(), forum, request.body["name"], world.bot["id"])
    world.add_thread(post)
    # A post and its first message have one id.
    message = world.post(post["id"], body, request.files, id=post["id"])
    return 201, {**post, "message": message}


def active(world: World, _request: Request, guild_id: str) -> RouteReply:
    """The threads of a guild that are not archived, newest first."""
    guild = next((each for each in world.guilds if each["id"] == guild_id), None)
    if guild is None:
        raise ApiError(404, 10004, "Unknown Guild")
    found = [each for each in guild["threads"] if not each["thread_metadata"]["archived"]]
    return 200, {"threads": _newest_first(found), "members": [], "has_more": False}


def archived(world: World, request: Request, channel_id: str) -> RouteReply:
    """The archived threads of a channel, newest first."""
    guild = world.guild_of(world.channels[channel_id])
    known = guild["threads"] if guild else []
    found = [
        each for each in known if each["parent_id"] == channel_id and each["thread_metadata"]["archived"]
    ]
    limit = int(request.query.get("limit", 50))
    return 200, {"threads": _newest_first(found)[:limit], "members": [], "has_more": len(found) > limit}


def _newest_first(threads: list[Payload]) -> list[Payload]:
    return sorted(threads, key=lambda each: int(each["id"]), reverse=True)


ROUTES = (
    Route("POST", "/channels/{channel_id}/threads", start, _POST),
    Route("GET", "/guilds/{guild_id}/threads/active", active),
    Route("GET", "/channels/{channel_id}/threads/archived/public", archived, _READ),
)
