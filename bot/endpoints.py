"""Where Discord is: the real one, a proxy before it, or the double on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The three addresses discord.py starts from; None leaves the one it has.

    `api_base` is the REST API with its version ("https://discord.com/api/v10"), `gateway_url` the websocket
    before the API names another, `cdn_base` where avatars and icons lie.
    """

    api_base: str | None = None
    gateway_url: str | None = None
    cdn_base: str | None = None


@contextmanager
def pointed_at(endpoints: Endpoints) -> Iterator[None]:
    """Point discord.py at those addresses, and afterwards back at what was there.

    The addresses are attributes of its classes, so this holds for every client of the process.
    """
    from discord.asset import Asset  # settings name the addresses, also for commands that need no Discord
    from discord.gateway import DiscordWebSocket
    from discord.http import Route
    from yarl import URL

    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE
    if endpoints.api_base is not None:
        Route.BASE = endpoints.api_base.rstrip("/")
    if endpoints.gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(endpoints.gateway_url)
    if endpoints.cdn_base is not None:
        Asset.BASE = endpoints.cdn_base.rstrip("/")
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY, Asset.BASE = before
