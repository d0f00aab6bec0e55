"""What /alerts says to those who ask for what cannot be: one sentence, to them alone, and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from discord import Permissions

from tests.alerting import Desk, newsroom, refused

in_one_loop = pytest.mark.asyncio(loop_scope="session")

CANADA = {"asylum": "Canada", "measure": "decisions"}
MANAGER = Permissions(view_channel=True, manage_guild=True)
NOT_YOURS = "There is no subscription 1 here; “/alerts list” shows those there are."


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desk(canada_path: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    database = shutil.copy(canada_path, tmp_path_factory.mktemp("refusals") / "asylum.sqlite3")
    async with newsroom(Path(database)) as found:
        yield found


@in_one_loop
async def test_a_channel_of_another_server_is_none_of_this_one(desk: Desk) -> None:
    foreign = desk.channel("claims", guild=1)

    for words in ("subscribe", "explain"):
        said = await refused(desk, words, {"channel": foreign})
        assert said == "I find no such channel in this server; pick one from the list, and let me view it."


@in_one_loop
async def test_a_channel_that_the_moderator_cannot_see_is_refused(desk: Desk) -> None:
    hidden = desk.double.channels[desk.channel("alerts")]
    everyone = desk.double.guilds[0]["id"]
    hidden["permission_overwrites"] = [
        {"id": everyone, "type": 0, "allow": "0", "deny": str(Permissions(view_channel=True).value)},
        {
            "id": desk.double.bot["id"],
            "type": 1,
            "allow": str(Permissions(view_channel=True).value),
            "deny": "0",
        },
    ]
    await desk.double.emit("CHANNEL_UPDATE", hidden, everyone)
    reader = {"user": desk.double.reader, "permissions": MANAGER}
    try:
        said = await refused(desk, "subscribe", {"channel": hidden["id"]}, **reader)
    finally:
        hidden["permission_overwrites"] = []
        await desk.double.emit("CHANNEL_UPDATE", hidden, everyone)

    assert said == "You cannot see that channel yourself; pick one that you can."


@in_one_loop
@pytest.mark.parametrize(
    ("name", "taken", "sentence"),
    [
        ("alerts", Permissions(view_channel=True), "I lack the permission “View Channel” there"),
        ("alerts", Permissions(send_messages=True), "I lack the permission “Send Messages” there"),
        (
            "alerts",
            Permissions(embed_links=True, attach_files=True),
            "I lack the permissions “Embed Links” and “Attach Files” there",
        ),
        ("briefings", Permissions(send_messages=True), "I lack the permission “Send Messages” there"),
    ],
)
async def test_a_permission_that_is_missing_is_named_with_the_remedy(
    desk: Desk, name: str, taken: Permissions, sentence: str
) -> None:
    await desk.forbid(name, taken)
    try:
        said = await refused(desk, "subscribe", {"channel": desk.channel(name)})
    finally:
        await desk.forbid(name, Permissions.none())

    assert said == f"{sentence}; give it to me in that channel's settings, under Permissions, and try again."


@in_one_loop
async def test_a_thread_has_a_permission_of_its_own(desk: Desk) -> None:
    await desk.forbid("general", Permissions(send_messages_in_threads=True))
    try:
        said = await refused(desk, "subscribe", {"channel": desk.channel("numbers")})
    finally:
        await desk.forbid("general", Permissions.none())

    assert said.startswith("I lack the permission “Send Messages In Threads” there")


@in_one_loop
async def test_the_message_history_is_wished_for_but_not_needed(desk: Desk) -> None:
    await desk.forbid("alerts", Permissions(read_message_history=True))
    try:
        said = await desk.said("subscribe", {"channel": desk.channel("alerts"), **CANADA})
    finally:
        await desk.forbid("alerts", Permissions.none())

    assert "Let me read the message history there as well" in said


@in_one_loop
async def test_only_announcement_channels_are_published(desk: Desk) -> None:
    for name in ("alerts", "briefings", "numbers"):
        said = await refused(desk, "subscribe", {"channel": desk.channel(name), "publish": True})
        assert said.startswith("Only announcement channels can be published;")


@in_one_loop
async def test_a_role_above_the_moderator_s_own_is_refused(desk: Desk) -> None:
    reader = {"user": desk.double.reader, "permissions": MANAGER}
    said = await refused(desk, "subscribe", {"role": desk.role("data-desk")}, **reader)

    assert said == "That role stands above your own; pick one that does not, or leave “role” out."


@in_one_loop
async def test_everyone_is_never_pinged(desk: Desk) -> None:
    said = await refused(desk, "subscribe", {"role": desk.role("@everyone")})

    assert said == "I do not ping everyone; pick a role, or leave “role” out."


@in_one_loop
async def test_a_role_that_the_bot_could_not_ping_is_refused(desk: Desk) -> None:
    said = await refused(desk, "subscribe", {"role": desk.role("moderators")})

    assert said == "I cannot ping that role; make it mentionable, or give me “Mention Everyone” there."


@in_one_loop
@pytest.mark.parametrize(
    "text", ["0", "-5", "lots", "10%%", "%", "0%", "1e9", "١٠٠", "99999999999", "10 000 %"]
)
async def test_a_threshold_of_nonsense_is_one_sentence(desk: Desk, text: str) -> None:
    said = await refused(desk, "subscribe", {"at_least": text})

    assert said.endswith("as a size of change; write a number like 1000, or a share like 10%.")


@in_one_loop
async def test_kinds_that_there_are_not_are_one_sentence(desk: Desk) -> None:
    said = await refused(desk, "subscribe", {"kinds": "corrected, invented"})

    assert said == (
        "There is no kind of change 'invented'; write some of new period, completed, corrected, withdrawn,"
        " recoded, with commas."
    )


@in_one_loop
async def test_rates_are_not_subscribed(desk: Desk) -> None:
    said = await refused(desk, "subscribe", {"measure": "recognition-rate"})

    assert said == "A rate changes with its decisions; subscribe to measure:decisions."


@in_one_loop
async def test_members_without_manage_server_are_not_shown_the_group_and_refused_if_they_are(
    desk: Desk,
) -> None:
    with pytest.raises(LookupError, match="not shown"):
        await desk.use("list", user=desk.double.reader)
    (group,) = [c for c in desk.double.commands[None] if c["name"] == "alerts"]
    group["default_member_permissions"] = None  # as where a server's own settings allow it to everybody
    try:
        reader = {"user": desk.double.reader}
        for words, options in (
            ("subscribe", {}),
            ("list", {}),
            ("explain", {}),
            ("pause", {"subscription": "1"}),
        ):
            said = await refused(desk, words, options, **reader)
            assert said.startswith("Only people with the “Manage Server” permission can manage alerts")
        assert await desk.double.autocomplete("alerts edit", "subscription", "", **reader) == []
    finally:
        group["default_member_permissions"] = str(Permissions(manage_guild=True).value)


@in_one_loop
async def test_where_only_the_asker_installed_the_bot_it_cannot_post(desk: Desk) -> None:
    said = await refused(desk, "subscribe", user_install=True)

    assert (
        said == "I am not a member of this server, so I cannot post here; ask a moderator to invite me first."
    )


@in_one_loop
async def test_watching_is_for_direct_messages_and_subscribing_for_servers(desk: Desk) -> None:
    assert (await refused(desk, "watch")).startswith(
        "Watching for yourself works in a direct message with me;"
    )
    said = await refused(desk, "subscribe", dm=True)
    assert said == "Channels are subscribed in a server; here, /alerts watch tells you yourself."


@in_one_loop
@pytest.mark.parametrize("text", ["", "x", "#", "-1", "999", "1; DROP TABLE subscription", "٣", "9" * 30])
async def test_a_subscription_that_there_is_not_is_one_sentence(desk: Desk, text: str) -> None:
    for words in ("edit", "pause", "resume", "remove", "preview", "test"):
        said = await refused(desk, words, {"subscription": text})
        assert "/alerts list" in said
