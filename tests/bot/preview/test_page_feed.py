from __future__ import annotations

import aiohttp

from bot.preview import page_feed
from bot.preview.page import preview
from tests.bot.preview.page_browser import tabs
from tests.double import until


async def test_a_page_that_does_not_keep_up_is_let_go_and_reads_the_state_anew() -> None:
    async with preview(0) as session, tabs(session, "reader", "reader") as (slow, quick):
        for number in range(page_feed.MAX_QUEUE + 1):
            session.double.world.post(slow.channel("general"), {"content": f"message {number}"})

        read = [frame async for frame in slow.socket]

        assert slow.socket.closed
        assert len(read) < page_feed.MAX_QUEUE
        async with tabs(session, "reader") as (again,):
            newest = again.state["history"][again.channel("general")][-1]
            assert newest["message"]["content"] == f"message {page_feed.MAX_QUEUE}"
        assert quick.state["you"]["key"] == "reader"


async def test_history_is_bounded() -> None:
    async with preview(0) as session:
        general = session.double.guilds[0]["channels"][0]["id"]
        for number in range(400):
            session.double.world.post(general, {"content": f"message {number}"})

        async with tabs(session, "reader") as (tab,):
            kept = tab.state["history"][general]

        assert len(kept) == tab.state["keep"] == 300
        assert kept[0]["message"]["content"] == "message 100"


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


async def test_only_so_many_pages_are_served_at_once() -> None:
    async with (
        aiohttp.ClientSession() as http,
        preview(0) as session,
        tabs(session, *["reader"] * page_feed.MAX_PAGES) as opened,
    ):
        reply = await http.get(f"{session.url}page/events", headers=UPGRADE)

        assert reply.status == 503
        assert "close some" in await reply.text()
        await opened[0].socket.close()
        await until(lambda: len(session.page.feed) < page_feed.MAX_PAGES)
        async with tabs(session, "reader") as (tab,):
            assert tab.state["type"] == "state"


async def test_somebody_unknown_is_taken_for_the_first_person() -> None:
    async with preview(0) as session, tabs(session, "a-name-from-last-year") as (tab,):
        assert tab.state["you"]["key"] == "reader"
