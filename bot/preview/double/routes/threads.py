"""Threads: started in a forum, each with its first message."""

from __future__ import annotations

from discord import Permissions

from bot.preview.double.conduct import Request
from bot.preview.double.faults import invalid_form
from bot.preview.double.payloads import FORUM, thread
from bot.preview.double.routes.table import Reply, Route
from bot.preview.double.world import World

_POST = Permissions(view_channel=True, send_messages=True)


def start(world: World, request: Request, channel_id: str) -> Reply:
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


ROUTES = (Route("POST", "/channels/{channel_id}/threads", start, _POST),)
