"""Who may talk to this Discord: programs and the browser of this machine, and no website that it shows.

A website can point a name of its own at 127.0.0.1 (DNS rebinding), post to it blindly, or open a WebSocket,
which no browser keeps from another origin. So the Host of every request has to be this machine, and its
Origin, which only browsers send, the page itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost"})


def objection(headers: Mapping[str, str]) -> str | None:
    """Why a request is not from this machine, as a sentence; None when it is."""
    host = headers.get("Host", "")
    name, _, port = host.partition(":")
    if name.lower() not in LOCAL_NAMES or not (port.isdecimal() or host == name):
        return "The preview answers on this machine only: open it as http://127.0.0.1 with the port it names."
    origin = headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        return "Another website may not use the preview: open its own page."
    return None


@web.middleware
async def refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let nobody else reach any address of the server."""
    if (trouble := objection(request.headers)) is not None:
        return web.json_response({"error": trouble}, status=403)
    return await handler(request)
