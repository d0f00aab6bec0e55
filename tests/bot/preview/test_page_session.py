from __future__ import annotations

import socket

import aiohttp
import pytest

from bot.preview import page as sessions
from bot.preview.page import PortTaken, preview


def taken() -> socket.socket:
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    holder.listen()
    return holder


async def test_a_port_that_is_taken_is_said_so_when_it_was_asked_for() -> None:
    with taken() as holder:
        port = holder.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} cannot be used .*: choose another"):
            async with preview(port):
                pass


async def test_where_the_usual_port_is_taken_another_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with taken() as holder:
        usual = holder.getsockname()[1]
        monkeypatch.setattr(sessions, "USUAL_PORT", usual)
        async with preview() as session, aiohttp.ClientSession() as http, http.get(session.url) as reply:
            assert reply.status == 200
            assert f":{usual}/" not in session.url


async def test_everything_is_on_this_machine_and_gone_afterwards() -> None:
    async with preview(0) as session:
        addresses = (session.url, session.endpoints.api_base, session.endpoints.cdn_base)
        assert all(str(address).startswith("http://127.0.0.1:") for address in addresses)
        assert str(session.endpoints.gateway_url).startswith("ws://127.0.0.1:")
        assert session.token

    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.ClientConnectionError):
            await http.get(session.url)
