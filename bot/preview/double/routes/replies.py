"""Answers to interactions, and messages through webhooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.preview.double.conduct import ApiError, Request, invalid_form
from bot.preview.double.interactions import Callback, Interaction, InteractionType
from bot.preview.double.messages import EPHEMERAL, LOADING
from bot.preview.double.payloads import Payload
from bot.preview.double.routes.table import Route, RouteReply
from bot.preview.double.rules import Violation
from bot.preview.double.world import World

ANSWER_WITHIN = 3.0
"""Seconds after which a first answer comes too late."""

MAX_FOLLOWUPS = 5
"""Follow-ups to an interaction of somebody who installed the bot, where the server has not."""

_MESSAGES = frozenset({Callback.MESSAGE, Callback.DEFERRED})
_UPDATES = frozenset({Callback.UPDATE, Callback.DEFERRED_UPDATE})
_ALLOWED: Mapping[int, frozenset[Callback]] = MappingProxyType(
    {
        InteractionType.COMMAND: _MESSAGES | {Callback.MODAL},
        InteractionType.COMPONENT: _MESSAGES | _UPDATES | {Callback.MODAL},
        InteractionType.AUTOCOMPLETE: frozenset({Callback.CHOICES}),
        InteractionType.MODAL: _MESSAGES | _UPDATES,
    }
)


def callback(world: World, request: Request, interaction_id: str, interaction_token: str) -> RouteReply:
    """The first answer to an interaction."""
    it = world.live(interaction_token, interaction_id)
    if it.acked is not None:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if world.now() - it.born > ANSWER_WITHIN:
        raise ApiError(404, 10062, "Unknown interaction")
    kind, data = request.body["type"], request.body.get("data") or {}
    if kind not in _ALLOWED[it.kind] or (kind in _UPDATES and it.source is None):
        raise invalid_form(f"callback type {kind} does not answer an interaction of type {it.kind}", "type")
    message = _ANSWERS[kind](world, request, it, data)
    it.acked, it.acked_at = request.body, world.now() - it.born
    it.acknowledged.set()
    if kind not in (Callback.DEFERRED, Callback.DEFERRED_UPDATE):
        it.done.set()
    return (200, _resource(it, kind, message)) if request.asks("with_response") else (204, None)


def _answer(world: World, request: Request, it: Interaction, data: Payload) -> Payload:
    world.inspect(request, data)
    it.original = _post(world, request, it, data)
    return it.original


def _defer(world: World, request: Request, it: Interaction, data: Payload) -> Payload:
    if set(data) - {"flags"}:
        text = "a deferred answer may carry only the EPHEMERAL flag"
        world.violations.append(Violation(request.where, text))
    it.original = _post(world, request, it, {"flags": (data.get("flags") or 0) | LOADING})
    return it.original


def _defer_update(_world: World, _request: Request, it: Interaction, _data: Payload) -> None:
    it.original = it.source


def _update(world: World, request: Request, it: Interaction, data: Payload) -> Payload:
    old = world.message(it.channel_id, it.source["id"]) if it.source else _loading(it)
    world.inspect(request, {"flags": old["flags"], **data}, old)
    it.original = world.revise(old, data, request.files)
    return it.original


def _choices(_world: World, _request: Request, it: Interaction, data: Payload) -> None:
    it.choices = data.get("choices") or []


def _modal(_world: World, _request: Request, it: Interaction, data: Payload) -> None:
    it.modal = data


_ANSWERS: Mapping[int, Callable[[World, Request, Interaction, Payload], Payload | None]] = MappingProxyType(
    {
        Callback.MESSAGE: _answer,
        Callback.DEFERRED: _defer,
        Callback.DEFERRED_UPDATE: _defer_update,
        Callback.UPDATE: _update,
        Callback.CHOICES: _choices,
        Callback.MODAL: _modal,
    }
)


def _resource(it: Interaction, kind: int, message: Payload | None) -> Payload:
    told: Payload = {"id": it.id, "type": int(it.kind)}
    if message is None:
        return {"interaction": told}
    told |= {
        "response_message_id": message["id"],
        "response_message_loading": kind == Callback.DEFERRED,
        "response_message_ephemeral": bool(message["flags"] & EPHEMERAL),
    }
    if kind == Callback.DEFERRED:
        return {"interaction": told}
    return {"interaction": told, "resource": {"type": kind, "message": message}}


def _post(world: World, request: Request, it: Interaction, body: Payload) -> Payload:
    app = world.app["id"]
    return world.post(
        it.channel_id,
        body,
        request.files,
        application_id=app,
        webhook_id=app,
        interaction_metadata=it.metadata,
    )


def _loading(it: Interaction) -> Payload:
    if it.original is None:
        raise ApiError(404, 10008, "Unknown Message")
    return it.original


def _fill(world: World, request: Request, it: Interaction, old: Payload) -> Payload:
    """Replace a message of an interaction; it stays as private as it was."""
    flags = (request.body.get("flags") or 0) & ~EPHEMERAL | old["flags"] & EPHEMERAL
    message = world.revise(old, {**request.body, "flags": flags}, request.files)
    if it.original is not None and it.original["id"] == message["id"]:
        it.original = message
    it.followups = [message if m["id"] == message["id"] else m for m in it.followups]
    it.done.set()
    return message


def execute(world: World, request: Request, webhook_id: str, webhook_token: str) -> RouteReply:
    """A message through a webhook, or a follow-up; the first one fills a deferred answer."""
    hook = world.webhooks.get(webhook_id)
    if hook is not None and hook["token"] == webhook_token:
        world.inspect(request, request.body)
        message = world.post(hook["channel_id"], request.body, request.files, webhook_id=webhook_id)
        return (200, message) if request.asks("wait") else (204, None)
    it = world.live(webhook_token)
    if it.acked is None:
        raise ApiError(404, 10015, "Unknown Webhook")
    world.inspect(request, request.body)
    if it.original and it.original["flags"] & LOADING:
        return 200, _fill(world, request, it, it.original)
    if "0" not in it.owners and len(it.followups) >= MAX_FOLLOWUPS:
        raise ApiError(400, 40094, "This interaction has reached the maximum number of follow up messages")
    it.followups.append(_post(world, request, it, request.body))
    it.done.set()
    return 200, it.followups[-1]


def _message(world: World, it: Interaction, message_id: str) -> Payload:
    if message_id == "@original":
        return _loading(it)
    return world.message(it.channel_id, message_id)


def get_reply(
    world: World, _request: Request, webhook_id: str, webhook_token: str, message_id: str = "@original"
) -> RouteReply:
    """A message of an interaction."""
    _ = webhook_id
    return 200, _message(world, world.live(webhook_token), message_id)


def edit_reply(
    world: World, request: Request, webhook_id: str, webhook_token: str, message_id: str = "@original"
) -> RouteReply:
    """Edit a message of an interaction."""
    _ = webhook_id
    it = world.live(webhook_token)
    old = _message(world, it, message_id)
    world.inspect(request, {"flags": old["flags"], **request.body}, old)
    return 200, _fill(world, request, it, old)


def delete_reply(
    world: World, _request: Request, webhook_id: str, webhook_token: str, message_id: str = "@original"
) -> RouteReply:
    """Delete a message of an interaction; what comes after it is a message of its own."""
    _ = webhook_id
    it = world.live(webhook_token)
    message = _message(world, it, message_id)
    world.remove(message)
    it.followups = [m for m in it.followups if m["id"] != message["id"]]
    if it.original is not None and it.original["id"] == message["id"]:
        it.original = None
        if not message["flags"] & LOADING:
            it.done.set()
    return 204, None


_MESSAGE = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
_ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"

ROUTES = (
    Route("POST", "/interactions/{interaction_id}/{interaction_token}/callback", callback),
    Route("POST", "/webhooks/{webhook_id}/{webhook_token}", execute),
    Route("GET", _ORIGINAL, get_reply),
    Route("PATCH", _ORIGINAL, edit_reply),
    Route("DELETE", _ORIGINAL, delete_reply),
    Route("GET", _MESSAGE, get_reply),
    Route("PATCH", _MESSAGE, edit_reply),
    Route("DELETE", _MESSAGE, delete_reply),
)
