from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
import pytest_asyncio

from bot.preview import page_requests
from bot.preview.page import Preview, preview
from tests.bot.preview.page_bot import ALT, connected, previewed
from tests.bot.preview.page_browser import Tab, tabs


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def session() -> AsyncIterator[Preview]:
    async with previewed(examples=["/asylum trend measure:pending origin:China"]) as running:
        yield running


pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_page_is_told_everything_it_needs_when_it_opens(session: Preview) -> None:
    async with tabs(session, "reader") as (tab,):
        assert tab.state["you"]["key"] == "reader"
        assert [p["key"] for p in tab.state["people"]] == ["reader", "moderator"]
        assert {c["type"] for c in tab.state["channels"]} == {0, 1, 5}
        assert {c["name"] for c in tab.state["commands"]["server"]} == {"asylum", "Check asylum figures"}
        assert tab.state["actions"] == []
        assert tab.state["examples"] == ["/asylum trend measure:pending origin:China"]


async def test_a_line_and_its_parts_are_one_command(session: Preview) -> None:
    async with tabs(session, "reader") as (tab,):
        line = "/asylum trend measure:applications origin:CHD year:1999"
        await tab.post("command", line=line)
        typed = await tab.message("**applications** of CHD, 1999")
        options = {"measure": "applications", "origin": "CHD", "year": 1998}
        await tab.post("command", path=["asylum", "trend"], options=options)
        filled_in = await tab.message("**applications** of CHD, 1998")

        assert typed["line"] == line
        assert filled_in["line"] == line.replace("1999", "1998")
        assert typed["by"]["username"] == filled_in["by"]["username"] == "reader"


async def test_a_deferred_answer_is_seen_thinking_and_then_as_no_edit(session: Preview) -> None:
    async with tabs(session, "reader") as (tab,):
        await tab.post("command", line="/asylum trend measure:pending origin:SYR")
        thinking = await tab.until(lambda f: f["type"] == "post" and f["entry"]["message"]["flags"] & 128)
        answer = await tab.message("of SYR")

        assert answer["message"]["id"] == thinking["entry"]["message"]["id"]
        assert answer["line"] == thinking["entry"]["line"] == "/asylum trend measure:pending origin:SYR"
        assert not answer["edited"]
        assert answer["message"]["attachments"][0]["description"] == ALT


async def test_an_answer_that_moves_to_a_private_message_still_says_what_it_answers(session: Preview) -> None:
    async with tabs(session, "reader", "moderator") as (reader, moderator):
        await reader.post("command", line="/asylum broken")
        failure = await reader.message("Something broke.")
        await moderator.until(lambda f: f["type"] == "gone")

        assert failure["line"] == "/asylum broken"
        assert "Something broke." not in str(moderator.frames)


async def test_a_pressed_button_changes_the_message_on_every_page(session: Preview) -> None:
    async with tabs(session, "reader", "moderator") as (reader, moderator):
        await reader.post("command", line="/asylum trend measure:pending origin:TUR")
        answer = await reader.message("of TUR", "Log scale")
        status, _ = await moderator.post("press", message=answer["message"]["id"], custom="log")

        assert status == 200
        for tab in (reader, moderator):
            changed = await tab.message("On a log scale.")
            assert changed["message"]["id"] == answer["message"]["id"]
            assert changed["edited"]


async def test_the_bot_is_asked_for_suggestions(session: Preview) -> None:
    async with tabs(session, "reader") as (tab,):
        asked = {"path": ["asylum", "trend"], "option": "origin", "options": {"measure": "pending"}}
        _, found = await tab.post("suggest", text="ch", **asked)
        _, none = await tab.post("suggest", text="nowhere", **asked)

        assert found == {"choices": [{"name": "China", "value": "CHI"}, {"name": "Chad", "value": "CHD"}]}
        assert none == {"choices": []}


async def test_a_private_reply_is_for_who_asked_alone_and_can_be_dismissed(session: Preview) -> None:
    async with tabs(session, "reader", "moderator") as (reader, moderator):
        await reader.post("command", line="/asylum check text:a secret")
        private = await reader.message("Read: a secret")
        await reader.post("say", text="after the secret")
        await moderator.message("after the secret")
        again = await Tab.open(session, reader.http, "reader")
        status, refusal = await moderator.post("dismiss", message=private["message"]["id"])
        await reader.post("dismiss", message=private["message"]["id"])
        await reader.until(lambda f: f["type"] == "gone" and f["id"] == private["message"]["id"])
        later = await Tab.open(session, reader.http, "reader")

        assert "a secret" not in str(moderator.frames)
        assert status == 422
        assert refusal == {"error": "That message is gone."}
        assert "a secret" in str(again.state["history"])
        assert "a secret" not in str(later.state["history"])
        assert "after the secret" in str(later.state["history"])


async def test_public_messages_cannot_be_dismissed(session: Preview) -> None:
    async with tabs(session, "reader") as (tab,):
        await tab.post("say", text="for everybody")
        shown = await tab.message("for everybody")
        status, refusal = await tab.post("dismiss", message=shown["message"]["id"])

        assert status == 422
        assert "private" in refusal["error"]


async def test_only_moderators_are_offered_the_alerts(session: Preview) -> None:
    async with tabs(session, "reader", "moderator") as (reader, moderator):
        refused, refusal = await reader.post("command", line="/alerts subscribe")
        forced, _ = await reader.post("command", path=["alerts", "subscribe"], options={})
        accepted, _ = await moderator.post("command", line="/alerts subscribe channel:#alerts")
        answer = await moderator.message("Subscribed alerts.")

        assert (refused, forced, accepted) == (422, 422, 200)
        assert "alerts" in refusal["error"]
        assert "alerts" in {c["name"] for c in moderator.state["commands"]["server"]}
        assert answer["line"] == "/alerts subscribe channel:#alerts"


async def test_a_form_is_filled_in_by_the_person_for_whom_it_opened(session: Preview) -> None:
    async with tabs(session, "reader", "moderator") as (reader, moderator):
        _, opened = await moderator.post("command", line="/alerts subscribe")
        sent = {"interaction": opened["interaction"], "values": {"kind": "large", "note": "hm"}}
        stolen, refusal = await reader.post("submit", **sent)
        status, _ = await moderator.post("submit", **sent)

        assert opened["modal"]["title"] == "Alert filter"
        assert stolen == 422
        assert "again" in refusal["error"]
        assert status == 200
        await moderator.message("Noted: large, hm.")


async def test_the_message_menu_reads_what_somebody_wrote(session: Preview) -> None:
    async with tabs(session, "reader") as (tab,):
        await tab.post("say", text="178,725 applied for asylum")
        said = await tab.message("178,725 applied for asylum")
        await tab.post("menu", message=said["message"]["id"], command="Check asylum figures")
        answer = await tab.message("Read: 178,725 applied for asylum")

        assert answer["line"] == "Check asylum figures"


async def test_a_mention_of_the_bot_is_answered(session: Preview) -> None:
    async with tabs(session, "reader") as (tab,):
        await tab.post("say", channel="asylum-figures", text=f"<@{tab.state['bot']['id']}> how many?")
        answer = await tab.message("You asked:", "how many?")

        assert answer["message"]["referenced_message"]["author"]["username"] == "reader"


async def test_direct_messages_are_between_two(session: Preview) -> None:
    async with tabs(session, "reader", "moderator") as (reader, moderator):
        await reader.post("command", channel="asylum-bot", line="/asylum trend measure:pending origin:DIRECT")
        await reader.message("of DIRECT")
        await reader.post("say", text="out in the open")
        await moderator.message("out in the open")
        private = {"message": "1", "channel": reader.channel("asylum-bot")}
        async with reader.http.post(f"{session.url}page/say", json={"as": "moderator", **private}) as reply:
            assert reply.status == 422

        assert "DIRECT" not in str(moderator.frames)


async def test_a_command_that_is_never_answered_says_so(
    session: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_requests, "ANSWER_WITHIN", 0.2)
    async with tabs(session, "reader") as (tab,):
        status, refusal = await tab.post("command", line="/asylum silent")

        assert status == 504
        assert refusal["error"].startswith("The application did not respond")


@pytest.mark.parametrize(
    ("request_name", "body", "says"),
    [
        ("command", {"line": "/asylum tren"}, "/asylum trend"),
        ("command", {"line": "/asylum trend measure:tea origin:CHI"}, "pending, applications"),
        ("command", {"path": "asylum trend"}, "'path'"),
        ("command", {"path": ["asylum", "trend"], "options": {}}, "required options missing"),
        ("press", {"message": "1", "custom": "log"}, "gone"),
        ("say", {"text": "x" * 2001}, "2001"),
        ("say", {"text": 5}, "'text'"),
        ("say", {"channel": "1", "text": "hi"}, "no such channel"),
        ("say", {"as": "stranger", "text": "hi"}, "stranger"),
        ("action", {"name": "Publish the next release"}, "no longer on offer"),
        ("undo", {}, "no request"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    session: Preview, request_name: str, body: dict[str, object], says: str
) -> None:
    async with tabs(session, "reader") as (tab,):
        sent = {"as": "reader", "channel": tab.channel("general"), **body}
        async with tab.http.post(f"{session.url}page/{request_name}", json=sent) as reply:
            refusal = await reply.json()

        assert reply.status == 422
        assert says in refusal["error"]
        assert "Traceback" not in refusal["error"]


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"x"', b"{" + b" " * 300_000 + b"}"])
async def test_what_is_no_request_is_refused(session: Preview, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{session.url}page/say", data=body, headers=headers) as reply,
    ):
        assert reply.status == 422
        assert (await reply.json())["error"].endswith(".")


async def test_a_page_that_was_open_before_the_bot_learns_its_commands_and_actions() -> None:
    offered: dict[str, Callable[[], Awaitable[str]]] = {}

    async def publish() -> str:
        offered.clear()
        return "Published."

    offered["Publish the next release"] = publish
    async with preview(0, actions=offered) as early, tabs(early, "moderator") as (tab,):
        async with connected(early):
            learnt = await tab.until(lambda f: f["type"] == "commands")
            done = await tab.post("action", name="Publish the next release")
            left = await tab.until(lambda f: f["type"] == "actions" and not f["actions"])

        assert tab.state["commands"]["server"] == []
        assert tab.state["actions"] == ["Publish the next release"]
        assert {c["name"] for c in learnt["commands"]["server"]} >= {"asylum", "alerts"}
        assert done == (200, {"said": "Published."})
        assert left["actions"] == []
