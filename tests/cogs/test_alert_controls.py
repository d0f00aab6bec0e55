"""Mute and Edit below an alert, and commands that need no number where a channel has one subscription."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest

from bot.preview.double import Payload
from data.model import Measure, RevisionKind
from data.state.model import Threshold
from tests.alerting import Desk, newsroom
from tests.asking import buttons

CANADA = {"asylum": "Canada", "measure": "decisions"}
FIELDS = ("origin", "asylum", "measure", "kinds", "at_least")


@pytest.fixture
async def desk(releases_path: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    async with newsroom(Path(shutil.copy(releases_path, tmp_path / "asylum.sqlite3"))) as found:
        yield found


async def alert(desk: Desk, name: str = "alerts") -> Payload:
    """Subscribe a channel, and return an alert in it."""
    place = desk.channel(name)
    await desk.subscribe({"channel": place, **CANADA})
    await desk.use("test", channel=place) if name == "alerts" else await desk.use(
        "test", {"subscription": "1"}
    )
    (posted,) = [m for channel in desk.double.messages for m in desk.posted(channel)]
    return posted


async def press(desk: Desk, message: Payload, label: str, **scene: object) -> str:
    pressed = await desk.double.click(message, buttons(message)[label], **scene)
    assert pressed.ephemeral
    return str(pressed.reply["content"])


@pytest.mark.parametrize("name", ["alerts", "briefings"])
async def test_mute_pauses_what_the_channel_hears_and_nothing_else(desk: Desk, name: str) -> None:
    posted = await alert(desk, name)
    await desk.subscribe({"channel": desk.channel("general")})

    assert (await press(desk, posted, "Mute")).startswith("This channel is muted: number 1 is paused.")

    assert {each.id: bool(each.paused) for each in await desk.kept()} == {1: True, 2: False}
    assert "paused already" in await press(desk, posted, "Mute")


async def test_whoever_may_not_manage_alerts_is_told_so_alone_and_changes_nothing(desk: Desk) -> None:
    posted = await alert(desk)
    before = await desk.kept()

    for label in ("Mute", "Edit"):
        said = await press(
            desk, posted, label, user=desk.double.reader, permissions=discord.Permissions(view_channel=True)
        )
        assert said.startswith("Only people with the “Manage Server” permission")
    assert await desk.kept() == before


async def edited(desk: Desk, opened: object, **typed: str) -> str:
    """Fill the form in; return what is said."""
    form = opened.modal["components"]  # type: ignore[attr-defined]
    ids = dict(zip(FIELDS, (each["component"]["custom_id"] for each in form), strict=True))
    kept = {each["component"]["custom_id"]: each["component"].get("value", "") for each in form}
    sent = await desk.double.submit(opened, kept | {ids[name]: text for name, text in typed.items()})
    assert sent.ephemeral
    return str(sent.reply["content"])


async def test_edit_opens_a_form_with_what_is_asked_for_and_keeps_what_is_changed(desk: Desk) -> None:
    posted = await alert(desk)
    opened = await desk.double.click(posted, buttons(posted)["Edit"])
    shown = [each["component"].get("value", "") for each in opened.modal["components"]]
    assert shown == ["", "Canada", "Decisions", "", ""]

    said = await edited(
        desk, opened, origin="Syria", measure="", kinds="corrected, withdrawn", at_least="10%"
    )

    assert "**all figures from Syria in Canada" in said
    (kept,) = await desk.kept()
    assert (kept.wanted.measure, kept.wanted.at_least) == (None, Threshold(share=0.1))
    assert kept.wanted.kinds == {RevisionKind.CORRECTED, RevisionKind.WITHDRAWN}


async def test_what_cannot_be_read_in_the_form_is_said_and_nothing_is_changed(desk: Desk) -> None:
    posted = await alert(desk)
    opened = await desk.double.click(posted, buttons(posted)["Edit"])

    assert "Chna" in await edited(desk, opened, origin="Chna")

    (kept,) = await desk.kept()
    assert (kept.wanted.place.origin, kept.wanted.measure) == (None, Measure.DECISIONS)


async def test_where_a_channel_has_several_subscriptions_edit_asks_which(desk: Desk) -> None:
    posted = await alert(desk)
    await desk.subscribe({"channel": desk.channel("alerts"), "origin": "Syria"})

    asked = await desk.double.click(posted, buttons(posted)["Edit"])
    assert asked.reply["content"] == "Which one?"
    (second,) = [each for label, each in buttons(asked.reply).items() if label.startswith("2: ")]
    opened = await desk.double.click(asked.reply, second)

    assert "in Germany" in await edited(desk, opened, asylum="Germany")
    assert [each.wanted.place.asylum.iso3 for each in await desk.kept() if each.wanted.place.asylum] == [
        "CAN",
        "DEU",
    ]


async def test_the_only_subscription_of_a_channel_needs_no_number(desk: Desk) -> None:
    place = desk.channel("alerts")
    await desk.subscribe({"channel": place, **CANADA})

    assert "Number 1 is paused" in await desk.said("pause", channel=place)
    assert "Number 1 is active again" in await desk.said("resume", channel=place)
    assert "no subscription; /alerts subscribe makes one" in await desk.said(
        "pause", channel=desk.channel("general")
    )
    await desk.subscribe({"channel": place, "origin": "Syria"})
    assert "has 2 subscriptions; pick" in await desk.said("remove", channel=place)
    assert len(await desk.kept()) == 2
