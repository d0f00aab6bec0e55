"""The buttons below an answer: for whom they are, what they bring, and that they outlive the bot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.preview.double import Interaction, Payload
from tests.asking import Asker, buttons, make_bot, open_services, read_csv
from tests.double import double as new_double
from tests.double import started

in_one_loop = pytest.mark.asyncio(loop_scope="session")

TREND: dict[str, Any] = {"measure": "pending", "origin": "China", "from": 2019}


async def trend(asker: Asker, **options: Any) -> Payload:
    return await asker.message("trend", {**TREND, **options})


async def press(asker: Asker, message: Payload, label: str, **scene: Any) -> Interaction:
    return await asker.double.click(message, buttons(message)[label], **scene)


def text(pressed: Interaction) -> str:
    assert pressed.reply
    return "\n".join((pressed.reply["content"], *(e.get("description", "") for e in pressed.reply["embeds"])))


@in_one_loop
@pytest.mark.parametrize("reader", [True, False])
async def test_anybody_gets_the_table_alone(asker: Asker, reader: bool) -> None:
    message = await trend(asker)
    before = asker.public()
    user = asker.double.reader if reader else asker.double.moderator
    pressed = await press(asker, message, "Details", user=user)

    assert pressed.ephemeral
    assert asker.public() == before
    assert text(pressed).split("```")[1].strip().split("\n") == [
        "Year    China",
        "2019  104,248",
        "2020  108,071",
        "2021  118,476",
        "2022  116,338",
        "2023  137,143",
        "2024  180,960",
        "2025   99,716",
    ]


@in_one_loop
async def test_a_half_year_is_marked_in_the_table(asker: Asker) -> None:
    pressed = await press(asker, await trend(asker, as_of="2025-11-10"), "Details")

    table = text(pressed).split("```")[1].strip().split("\n")
    assert table[-3:] == ["2025*  178,725", "", "* 30 June 2025 only"]


@in_one_loop
async def test_a_table_too_long_for_a_message_comes_as_a_file(asker: Asker) -> None:
    names = "United Arab Emirates, Trinidad and Tobago, Serbia and Kosovo, North Macedonia, United Kingdom"
    options = {"origin": "China", "asylum": "Bosnia and Herzegovina", "versus": names}
    pressed = await press(asker, await asker.message("trend", {"measure": "pending", **options}), "Details")

    assert pressed.ephemeral
    assert pressed.reply
    (attachment,) = pressed.reply["attachments"]
    header, *rows = asker.file(attachment).decode().split("\n")
    assert "China → Trinidad and Tobago" in header
    assert [row[:4] for row in rows] == [str(year) for year in range(2000, 2026)]
    assert pressed.reply["embeds"][-1]["footer"]["text"].endswith("CC BY 4.0")


@in_one_loop
async def test_anybody_gets_the_csv_alone_and_it_says_what_the_answer_says(asker: Asker) -> None:
    pressed = await asker.csv(await trend(asker), user=asker.double.reader)

    assert pressed.ephemeral
    assert pressed.reply
    (attachment,) = pressed.reply["attachments"]
    rows = read_csv(asker.file(attachment))
    assert attachment["filename"] == "asylum-figures.csv"
    assert [(row["year"], row["value"]) for row in rows][-2:] == [("2024", "180960"), ("2025", "99716")]
    assert {(row["origin"], row["asylum"], row["unit"]) for row in rows} == {("China", "all", "persons")}
    assert {row["release"] for row in rows} == {"Global Trends 2025, corrected (25 Jun 2026)"}


@in_one_loop
async def test_the_scale_changes_in_place_for_the_asker_and_back(asker: Asker) -> None:
    message = await trend(asker)
    before = asker.public()
    pictures = [asker.file(message["attachments"][0])]
    for label in ("Log scale", "Linear scale"):
        pressed = await press(asker, message, label)
        assert pressed.original is not None
        assert pressed.original["id"] == message["id"]
        message = pressed.original
        pictures.append(asker.file(message["attachments"][0]))
        assert len(message["attachments"]) == 1
        assert message["attachments"][0]["description"]

    linear, log, linear_again = pictures
    assert log != linear == linear_again
    assert asker.public() == before
    assert "Log scale" in buttons(message)


@in_one_loop
async def test_the_scale_changes_privately_for_others(asker: Asker) -> None:
    message = await trend(asker)
    before = asker.public()
    pressed = await press(asker, message, "Log scale", user=asker.double.reader)

    assert pressed.ephemeral
    assert pressed.reply
    assert asker.public() == before
    assert asker.double.messages[message["channel_id"]][message["id"]] == message
    assert "Delete" not in buttons(pressed.reply)
    again = await press(asker, pressed.reply, "Linear scale", user=asker.double.reader)
    assert again.original is not None
    assert again.original["id"] == pressed.reply["id"]


@in_one_loop
async def test_a_rate_has_no_log_scale(asker: Asker) -> None:
    message = await asker.message("trend", {"measure": "recognition-rate", "origin": "China"})

    assert not {"Log scale", "Linear scale"} & set(buttons(message))


@in_one_loop
async def test_only_the_asker_deletes(asker: Asker) -> None:
    message = await trend(asker)
    with capture_logs() as events:
        refused = await press(asker, message, "Delete", user=asker.double.reader)
    assert refused.ephemeral
    assert text(refused) == "Only whoever asked can delete this answer; a moderator can delete any message."
    assert [e for e in events if e["log_level"] == "error"] == []
    assert message["id"] in asker.public()

    await press(asker, message, "Delete")
    assert message["id"] not in asker.public()


@in_one_loop
async def test_buttons_ask_the_release_that_answered_even_of_the_past(asker: Asker) -> None:
    message = await asker.message("figures", {"origin": "China", "as_of": "2026-01-01"})
    pressed = await press(asker, message, "Details")

    assert "178,725" in text(pressed)
    assert "Mid-Year Trends 2025" in pressed.reply["embeds"][-1]["footer"]["text"]  # type: ignore[index] # just read


async def test_buttons_work_after_the_bot_was_started_anew(releases_path: Path) -> None:
    async with new_double(limits={}) as double, open_services(releases_path) as services:
        async with started(make_bot(services), double) as bot:
            message = await Asker(double, bot).message("trend", TREND)
        double.advance(3600)
        async with started(make_bot(services), double) as bot:
            again = Asker(double, bot)
            table = await press(again, message, "Details", user=double.reader)
            csv = await again.csv(message)
            log = await press(again, message, "Log scale")
            await press(again, message, "Delete")

        assert "2025   99,716" in text(table)
        assert csv.reply
        assert csv.reply["attachments"][0]["filename"] == "asylum-figures.csv"
        assert log.original is not None
        assert "Linear scale" in buttons(log.original)
        assert message["id"] not in again.public()
        assert not double.violations
