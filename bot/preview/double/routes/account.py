"""The bot's own account, its commands, and the guilds and users it may look up."""

from __future__ import annotations

import copy
from typing import Any

from bot.preview.double import payloads, rules
from bot.preview.double.conduct import ApiError, Request
from bot.preview.double.payloads import Payload
from bot.preview.double.routes.table import Route, RouteReply
from bot.preview.double.world import World


def me(world: World, _request: Request) -> RouteReply:
    """Who the token belongs to."""
    return 200, {**world.bot, "mfa_enabled": False, "locale": "en-US"}


def application(world: World, _request: Request) -> RouteReply:
    """The application of the bot."""
    return 200, world.app


def gateway(world: World, _request: Request) -> RouteReply:
    """Where to connect, and with how many shards."""
    limit = {
        "total": 1000,
        "remaining": world.conduct.starts - world.sessions_begun,
        "reset_after": 86_000_000,
        "max_concurrency": world.conduct.max_concurrency,
    }
    url = world.base.replace("http", "ws", 1) + "/gateway"
    return 200, {"url": url, "shards": world.conduct.shards, "session_start_limit": limit}


def put_commands(
    world: World, request: Request, application_id: str, guild_id: str | None = None
) -> RouteReply:
    """Replace all commands, global or of one guild."""
    if world.conduct.rules:
        found = list(rules.commands(request.body, request.where))
        world.violations.extend(found)
        if found:
            errors = {"0": {"name": {"_errors": [{"code": "BASE_TYPE", "message": str(found[0])}]}}}
            raise ApiError(found[0].status, found[0].code, "Invalid Form Body", errors)
    world.commands[guild_id] = [_command(world, application_id, guild_id, c) for c in request.body]
    world.registered.set()
    return 200, world.commands[guild_id]


def _command(world: World, application_id: str, guild_id: str | None, sent: Payload) -> Payload:
    allowed: Any = sent.get("default_member_permissions")
    known = {(c["name"], c["type"]): c["id"] for c in world.commands.get(guild_id, ())}
    kind = sent.get("type") or rules.CHAT_INPUT
    out = {
        **copy.deepcopy(sent),
        "id": known.get((sent["name"], kind)) or world.ids.next(),
        "application_id": application_id,
        "version": world.ids.next(),
        "type": kind,
        "description": sent.get("description") or "",
        "nsfw": bool(sent.get("nsfw")),
        "default_member_permissions": None if allowed is None else str(allowed),
    }
    if guild_id:
        out["guild_id"] = guild_id
    if out.get("integration_types") is None:
        out["integration_types"] = [0]
    if kind != rules.CHAT_INPUT:
        out.pop("options", None)
    return out


def get_commands(
    world: World, _request: Request, application_id: str, guild_id: str | None = None
) -> RouteReply:
    """All commands, global or of one guild."""
    _ = application_id
    return 200, world.commands.get(guild_id, [])


def user(world: World, _request: Request, user_id: str) -> RouteReply:
    """Anybody, by id."""
    if user_id not in world.users:
        raise ApiError(404, 10013, "Unknown User")
    return 200, world.users[user_id]


def member(world: World, _request: Request, guild_id: str, user_id: str) -> RouteReply:
    """A member of a guild."""
    guild = next((g for g in world.guilds if g["id"] == guild_id), None)
    if guild is None:
        raise ApiError(404, 10004, "Unknown Guild")
    found = next((m for m in guild["members"] if m["user"]["id"] == user_id), None)
    if found is None:
        raise ApiError(404, 10007, "Unknown Member")
    return 200, found


def open_dm(world: World, request: Request) -> RouteReply:
    """The direct-message channel with a user."""
    uid = str(request.body["recipient_id"])
    who = world.users.setdefault(uid, payloads.user(uid, "somebody"))
    return 200, world.dm(who)


ROUTES = (
    Route("GET", "/users/@me", me),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/applications/@me", application),
    Route("GET", "/gateway/bot", gateway),
    Route("PUT", "/applications/{application_id}/commands", put_commands),
    Route("PUT", "/applications/{application_id}/guilds/{guild_id}/commands", put_commands),
    Route("GET", "/applications/{application_id}/commands", get_commands),
    Route("GET", "/applications/{application_id}/guilds/{guild_id}/commands", get_commands),
    Route("GET", "/users/{user_id}", user),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", member),
    Route("POST", "/users/@me/channels", open_dm),
)
