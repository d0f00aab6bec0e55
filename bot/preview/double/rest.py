"""The REST API: authorisation, faults, rate limits, checks, and then the route."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Mapping, MutableSequence
from typing import Any

from aiohttp import BodyPartReader, web

from bot.preview.double.conduct import ApiError, Fault, Request, invalid_form, log_of
from bot.preview.double.gateway import Gateway
from bot.preview.double.messages import UploadedFile
from bot.preview.double.routes import RouteMatch, all_routes
from bot.preview.double.rules import RequestCheck, ResponseCheck, Violation
from bot.preview.double.world import World

API = "/api/v10"
_WITHOUT_TOKEN = ("/interactions/", "/webhooks/")
_FIRST_SERVER_ERROR = 500


class Rest:
    """Answers the bot's requests."""

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        *,
        check: RequestCheck | None,
        check_reply: ResponseCheck | None,
        limits: Mapping[str, tuple[int, float]],
        global_limit: tuple[int, float],
    ) -> None:
        self.world, self.gateway = world, gateway
        self.check, self.check_reply, self.limits = check, check_reply, limits
        self.requests: MutableSequence[Request] = log_of(world.conduct.keep)
        self.own_faults: MutableSequence[Violation] = log_of(world.conduct.keep)
        self.faults: list[Fault] = []
        self._routes = all_routes()
        self._buckets: dict[str, Bucket] = {}
        self._global = Bucket(*global_limit)

    async def serve(self, incoming: web.Request) -> web.StreamResponse:
        """Answer one request."""
        body, files = await _read(incoming)
        path = incoming.path[len(API) :]
        query, headers_in = dict(incoming.query), dict(incoming.headers)
        request = Request(incoming.method, path, body, files, query, headers_in, at=self.world.now())
        self.requests.append(request)
        wrong = self.check(request.method, path, body, request.query) if self.check else []
        self.world.violations.extend(wrong)
        headers: dict[str, str] = {}
        try:
            status, reply = self._answer(request, wrong, headers)
        except ApiError as error:
            status, reply = error.status, error.body
        except _Limited as limited:
            status, reply = 429, limited.body
            headers |= limited.headers
        except _Dropped:
            if incoming.transport is not None:
                incoming.transport.abort()
            return web.Response()
        request.status, request.reply = status, reply
        if self.check_reply is not None and status < _FIRST_SERVER_ERROR:
            self.own_faults.extend(self.check_reply(request.method, path, status, reply))
        await self.gateway.publish()
        if reply is None:
            return web.Response(status=status, headers=headers)
        # Exactly "application/json": with a charset, discord.py takes a 429 for Cloudflare's.
        raw = json.dumps(reply).encode()
        return web.Response(status=status, headers=headers, body=raw, content_type="application/json")

    def _answer(self, request: Request, wrong: list[Violation], headers: dict[str, str]) -> tuple[int, Any]:
        hit = self._routes.find(request.method, request.path)
        self._fail(request, hit)
        if not request.path.startswith(_WITHOUT_TOKEN):
            if request.headers.get("Authorization") != f"Bot {self.world.token}":
                raise ApiError(401, 0, "401: Unauthorized")
            if not self._global.take(self.world.now()):
                raise _Limited(self._global.wait(self.world.now()), global_=True)
        if hit is not None and (limit := self.limits.get(hit.route.name)) is not None:
            self._count(hit, limit, headers)
        if wrong and self.world.conduct.reject:
            raise invalid_form("; ".join(map(str, wrong)))
        return self._carry_out(request, hit)

    def _fail(self, request: Request, hit: RouteMatch | None) -> None:
        fault = next((f for f in self.faults if f.meets(request.method, request.path)), None)
        if fault is None:
            return
        fault.times -= 1
        if fault.after_effect:
            self._carry_out(request, hit)
        if fault.status == 0:
            raise _Dropped
        if fault.status == _Limited.status:
            raise _Limited(fault.retry_after, global_=fault.global_, via=fault.via)
        raise ApiError(fault.status, fault.code, "a fault made on purpose")

    def _count(self, hit: RouteMatch, limit: tuple[int, float], headers: dict[str, str]) -> None:
        now, bucket = self.world.now(), self._buckets.setdefault(hit.bucket, Bucket(*limit))
        free = bucket.take(now)
        headers |= bucket.headers(now, f"{zlib.crc32(hit.route.name.encode()):016x}")
        if not free:
            raise _Limited(bucket.wait(now), global_=False)

    def _carry_out(self, request: Request, hit: RouteMatch | None) -> tuple[int, Any]:
        if hit is None:
            raise ApiError(501, 0, f"this Discord has no {request.where}")
        if (channel_id := hit.parameters.get("channel_id")) is not None:
            self._admit(channel_id, hit)
        return hit.route.answer(self.world, request, **hit.parameters)

    def _admit(self, channel_id: str, hit: RouteMatch) -> None:
        channel = self.world.channels.get(channel_id)
        if channel is None:
            raise ApiError(404, 10003, "Unknown Channel")
        allowed = self.world.allowed(channel, self.world.bot["id"])
        if channel_id in self.world.denied or not allowed.view_channel:
            raise ApiError(403, 50001, "Missing Access")
        if not hit.route.needs <= allowed:
            raise ApiError(403, 50013, "Missing Permissions")


class _Dropped(Exception):
    """The connection is cut instead of an answer."""


class _Limited(Exception):
    """A 429; `after` in seconds."""

    status = 429

    def __init__(self, after: float, *, global_: bool, via: bool = True) -> None:
        super().__init__(after)
        text = "You are being rate limited."
        self.body = {"message": text, "retry_after": after, "global": global_, "code": 0}
        self.headers = {
            "Retry-After": str(int(after) + 1),
            "X-RateLimit-Scope": "global" if global_ else "user",
            **({"Via": "1.1 google"} if via else {}),
            **({"X-RateLimit-Global": "true"} if global_ else {}),
        }


async def _read(request: web.Request) -> tuple[Any, dict[str, UploadedFile]]:
    """The JSON body and the files of a request."""
    if request.content_type == "application/json":
        raw = await request.read()
        return (json.loads(raw) if raw else None), {}
    if request.content_type != "multipart/form-data":
        await request.read()
        return None, {}
    body: Any = None
    files: dict[str, UploadedFile] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "payload_json":
            body = json.loads(await part.text())
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name or ""] = UploadedFile(
                part.filename or "", bytes(await part.read(decode=False)), kind
            )
    return body, files


class Bucket:
    """A fixed window: it opens with the first request and refills whole."""

    def __init__(self, limit: int, per: float) -> None:
        self.limit, self.per = limit, per
        self.used, self.ends = 0, 0.0

    def take(self, now: float) -> bool:
        """Count a request at `now` (seconds, any monotonic clock); False when the window is used up."""
        if now >= self.ends:
            self.used, self.ends = 0, now + self.per
        if self.used >= self.limit:
            return False
        self.used += 1
        return True

    def wait(self, now: float) -> float:
        """Seconds until the window refills, a millisecond late rather than early."""
        return max(self.ends - now, 0.0) + 0.001

    def headers(self, now: float, name: str) -> dict[str, str]:
        """The `X-RateLimit-*` headers of a reply."""
        wait = self.wait(now)
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - self.used),
            "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": name,
        }
