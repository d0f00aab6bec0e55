"""Where discord.py looks for Discord."""

from __future__ import annotations

from contextlib import suppress

from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.endpoints import Endpoints, pointed_at


def places() -> tuple[str, str, str]:
    return Route.BASE, str(DiscordWebSocket.DEFAULT_GATEWAY), Asset.BASE


def test_discord_is_where_it_was_after_an_excursion() -> None:
    before = places()
    with pointed_at(Endpoints("http://a/api/v10/", "ws://a/gateway", "http://a/cdn")):
        assert places() == ("http://a/api/v10", "ws://a/gateway", "http://a/cdn")
    assert places() == before


def test_discord_is_where_it_was_after_a_failure() -> None:
    before = places()
    with suppress(KeyError), pointed_at(Endpoints("http://a/api/v10/")):
        raise KeyError
    assert places() == before


def test_what_is_not_given_stays() -> None:
    before = places()
    with pointed_at(Endpoints(api_base="http://proxy/api/v10")):
        assert places() == ("http://proxy/api/v10", *before[1:])


def test_a_route_is_asked_for_at_the_place_pointed_at() -> None:
    with pointed_at(Endpoints(api_base="http://proxy/api/v10")):
        assert Route("GET", "/users/@me").url == "http://proxy/api/v10/users/@me"
