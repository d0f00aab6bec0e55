"""Channels: their messages, announcements and webhooks."""

from __future__ import annotations

from discord import Permissions

from bot.preview.double.conduct import ApiError, Request
from bot.preview.double.messages import CROSSPOSTED
from bot.preview.double.payloads import ANNOUNCEMENT, Payload
from bot.preview.double.routes.table import Route, RouteReply
from bot.preview.double.world import World

NONCE_LIFE = 180.0
"""Seconds a nonce is remembered; Discord says "the past few minutes"."""

_BY_PEOPLE, _BY_CROSSPOST = 1, 2
_SEND = Permissions(view_channel=True, send_messages=True)
_READ = Permissions(view_channel=True, read_message_history=True)
_HOOK = Permissions(view_channel=True, manage_webhooks=True)


def channel(world: World, _request: Request, channel_id: str) -> RouteReply:
    """A channel by id."""
    return 200, world.channels[channel_id]


def send(world: World, request: Request, channel_id: str) -> RouteReply:
    """A new message; with an enforced nonce, once."""
    world.inspect(request, request.body)
    nonce = request.body.get("nonce")
    if nonce is None:
        return 200, world.post(channel_id, request.body, request.files)
    key = (channel_id, str(nonce))
    if request.body.get("enforce_nonce"):
        born, sent = world.nonces.get(key, (0.0, None))
        if sent is not None and world.now() - born < NONCE_LIFE:
            return 200, sent
    message = world.post(channel_id, request.body, request.files, nonce=nonce)
    _forget_old_nonces(world)
    world.nonces[key] = (world.now(), message)
    return 200, message


def _forget_old_nonces(world: World) -> None:
    for key, (born, _) in list(world.nonces.items()):
        if world.now() - born < NONCE_LIFE:
            break
        del world.nonces[key]


def history(world: World, request: Request, channel_id: str) -> RouteReply:
    """Messages, newest first, before, after or around a message."""
    found = sorted(world.messages[channel_id].values(), key=lambda m: int(m["id"]), reverse=True)
    limit = int(request.query.get("limit", 50))
    if "before" in request.query:
        return 200, [m for m in found if int(m["id"]) < int(request.query["before"])][:limit]
    if "after" in request.query:
        return 200, [m for m in found if int(m["id"]) > int(request.query["after"])][-limit:]
    if "around" in request.query:
        middle = int(request.query["around"])
        nearest = sorted(found, key=lambda m: abs(int(m["id"]) - middle))[:limit]
        return 200, sorted(nearest, key=lambda m: int(m["id"]), reverse=True)
    return 200, found[:limit]


def fetch(world: World, _request: Request, channel_id: str, message_id: str) -> RouteReply:
    """One message."""
    return 200, world.message(channel_id, message_id)


def edit(world: World, request: Request, channel_id: str, message_id: str) -> RouteReply:
    """Edit one of the bot's own messages."""
    old = _own(world, channel_id, message_id)
    world.inspect(request, {"flags": old["flags"], **request.body}, old)
    return 200, world.revise(old, request.body, request.files)


def _own(world: World, channel_id: str, message_id: str) -> Payload:
    old = world.message(channel_id, message_id)
    if old["author"]["id"] != world.bot["id"]:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    return old


def delete(world: World, _request: Request, channel_id: str, message_id: str) -> RouteReply:
    """Delete a message."""
    world.remove(world.message(channel_id, message_id))
    return 204, None


def crosspost(world: World, _request: Request, channel_id: str, message_id: str) -> RouteReply:
    """Publish a message of an announcement channel to those who follow it."""
    if world.channels[channel_id]["type"] != ANNOUNCEMENT:
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    message = world.message(channel_id, message_id)
    if message["flags"] & CROSSPOSTED:
        raise ApiError(400, 40033, "This message has already been crossposted")
    message["flags"] |= CROSSPOSTED
    world.tell("MESSAGE_UPDATE", message)
    return 200, message


def follow(world: World, request: Request, channel_id: str) -> RouteReply:
    """Let another channel receive what this one publishes."""
    hook = _webhook(world, str(request.body["webhook_channel_id"]), "followed", _BY_CROSSPOST)
    return 200, {"channel_id": channel_id, "webhook_id": hook["id"]}


def make_webhook(world: World, request: Request, channel_id: str) -> RouteReply:
    """A webhook of the channel."""
    return 200, _webhook(world, channel_id, request.body["name"], _BY_PEOPLE)


def _webhook(world: World, channel_id: str, name: str, kind: int) -> Payload:
    hook: Payload = {
        "id": world.ids.next(),
        "type": kind,
        "channel_id": channel_id,
        "guild_id": world.channels[channel_id].get("guild_id"),
        "name": name,
        "avatar": None,
        "application_id": None,
        "token": "h" * 68,
        "user": world.bot,
    }
    world.webhooks[hook["id"]] = hook
    return hook


def typing(_world: World, _request: Request, channel_id: str) -> RouteReply:
    """Say that the bot is typing."""
    _ = channel_id
    return 204, None


ROUTES = (
    Route("GET", "/channels/{channel_id}", channel),
    Route("POST", "/channels/{channel_id}/messages", send, _SEND),
    Route("GET", "/channels/{channel_id}/messages", history, _READ),
    Route("GET", "/channels/{channel_id}/messages/{message_id}", fetch, _READ),
    Route("PATCH", "/channels/{channel_id}/messages/{message_id}", edit),
    Route("DELETE", "/channels/{channel_id}/messages/{message_id}", delete),
    Route("POST", "/channels/{channel_id}/messages/{message_id}/crosspost", crosspost, _SEND),
    Route("POST", "/channels/{channel_id}/followers", follow),
    Route("POST", "/channels/{channel_id}/webhooks", make_webhook, _HOOK),
    Route("POST", "/channels/{channel_id}/typing", typing, _SEND),
)
