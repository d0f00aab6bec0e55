"""No website that a browser shows reaches this Discord: not its page, not its API, not its gateway."""

from __future__ import annotations

import json

import aiohttp
import pytest

from tests.double import double

GUILDS_AND_MESSAGES = 4609
IDENTIFY = {"op": 2, "d": {"token": "double.token", "intents": GUILDS_AND_MESSAGES, "properties": {}}}
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Host": "evil.example"},
    {"Host": "evil.example:8765", "Origin": "http://evil.example:8765"},
]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_website_cannot_listen_at_the_gateway_though_it_knows_the_token(
    headers: dict[str, str],
) -> None:
    async with double() as discord, aiohttp.ClientSession() as http:
        address = f"{discord.base}/gateway?v=10&encoding=json"
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await http.ws_connect(address, headers=headers)
        assert refused.value.status == 403
        assert not discord.sessions
        async with http.ws_connect(address) as own:  # a program of this machine sends no origin
            await own.send_json(IDENTIFY)
            assert [json.loads((await own.receive()).data)["op"] for _ in range(2)] == [10, 0]
        assert len(discord.sessions) == 1


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["/api/v10/users/@me", "/api/v10/gateway/bot", "/cdn/avatars/1.png", "/"])
async def test_a_website_cannot_use_the_api_though_it_knows_the_token(
    headers: dict[str, str], path: str
) -> None:
    async with double() as discord, aiohttp.ClientSession() as http:
        sent = {"Authorization": "Bot double.token", **headers}
        for method in ("GET", "POST", "DELETE"):
            async with http.request(method, discord.base + path, headers=sent) as reply:
                assert reply.status == 403
                assert (await reply.json())["error"].endswith(".")
        assert not discord.requests
