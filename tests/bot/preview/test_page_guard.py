from __future__ import annotations

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.preview.double.visitors import LOCAL_NAMES
from bot.preview.page import preview
from bot.preview.page_files import objection

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "LOCALHOST:8765"])
def test_this_machine_s_own_browser_may_come_in(host: str) -> None:
    assert objection("GET", {"Host": host}) is None
    assert objection("POST", {"Host": host, "Origin": f"http://{host}", **JSON}) is None


@given(st.text(st.characters(codec="latin-1"), max_size=40))
def test_no_other_name_is_let_in_even_where_it_points_at_this_machine(host: str) -> None:
    name, _, port = host.partition(":")

    let_in = objection("GET", {"Host": host}) is None

    assert let_in == (name.lower() in LOCAL_NAMES and (port.isdecimal() or ":" not in host))


@pytest.mark.parametrize(
    "host", ["evil.example:8765", "127.0.0.1.evil.example", "127.0.0.1:8765@evil.example", "[::1]:8765", ""]
)
def test_rebound_names_are_sent_away_with_a_sentence(host: str) -> None:
    assert (objection("GET", {"Host": host}) or "").endswith(".")


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:8765", "https://127.0.0.1:8765"],
)
def test_another_website_may_not_post_or_listen(origin: str) -> None:
    headers = {"Host": "127.0.0.1:8765", "Origin": origin, **JSON}

    assert "Another website" in (objection("POST", headers) or "")
    assert "Another website" in (objection("GET", headers) or "")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data"]
)
def test_what_a_foreign_form_could_send_is_no_request(kind: str) -> None:
    assert "JSON" in (objection("POST", {"Host": "127.0.0.1:8765", "Content-Type": kind}) or "")


@pytest.mark.parametrize("path", ["", "static/app.js", "page/events"])
async def test_the_guard_stands_before_every_get(path: str) -> None:
    async with preview(0) as session, aiohttp.ClientSession() as http:
        reply = await http.get(session.url + path, headers={"Host": "evil.example"})

        assert reply.status == 403
        assert "127.0.0.1" in await reply.text()


async def test_the_guard_stands_before_every_post() -> None:
    async with preview(0) as session, aiohttp.ClientSession() as http:
        headers = {"Origin": "https://evil.example", **JSON}
        reply = await http.post(f"{session.url}page/say", data="{}", headers=headers)

        assert reply.status == 403
        assert "Another website" in (await reply.json())["error"]


async def test_the_page_allows_itself_nothing_from_elsewhere_and_no_inline_code() -> None:
    async with preview(0) as session, aiohttp.ClientSession() as http:
        policy = (await http.get(session.url)).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "https:" not in policy
    assert "*" not in policy


@pytest.mark.parametrize(
    "name", ["../page.py", "%2e%2e/page.py", "..%2fpage.py", "none.js", "fonts/Lato-Thin.ttf"]
)
async def test_only_the_page_s_own_files_are_served(name: str) -> None:
    async with preview(0) as session, aiohttp.ClientSession() as http:
        reply = await http.get(f"{session.url}static/{name}")

        assert reply.status == 404


async def test_the_typeface_comes_from_its_package() -> None:
    async with preview(0) as session, aiohttp.ClientSession() as http:
        reply = await http.get(f"{session.url}static/fonts/Lato-Regular.ttf")

        assert reply.content_type == "font/ttf"
        assert len(await reply.read()) > 20_000
