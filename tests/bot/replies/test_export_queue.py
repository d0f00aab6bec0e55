"""A few files are made at once; whoever comes later waits, or is told why not."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.preview.double import Interaction, Payload
from bot.replies.export_queue import BUSY, ExportQueue
from bot.services import Services
from data.errors import Unanswerable
from tests.asking import Asker, asking, buttons
from tests.double import until
from tests.refusals import refuses

in_one_loop = pytest.mark.asyncio(loop_scope="session")


async def test_no_more_work_at_once_than_may_and_all_get_their_turn_in_order() -> None:
    export_queue, working, most, done = ExportQueue(at_once=2), 0, 0, []

    async def work(number: int) -> None:
        nonlocal working, most
        async with export_queue.turn():
            working += 1
            most = max(most, working)
            await asyncio.sleep(0.001)
            working -= 1
            done.append(number)

    await asyncio.gather(*map(work, range(9)))

    assert most == 2
    assert done == list(range(9))


async def test_whoever_finds_too_many_waiting_is_asked_to_come_again() -> None:
    export_queue = ExportQueue(at_once=1, most_waiting=1)
    async with export_queue.turn():
        waiting = asyncio.create_task(export_queue._wait())
        await asyncio.sleep(0)
        with refuses(Unanswerable, BUSY):
            await export_queue._wait()
    await waiting


async def test_nobody_waits_until_discord_has_forgotten_the_question() -> None:
    export_queue = ExportQueue(at_once=1, patience=0.01)
    async with export_queue.turn():
        with refuses(Unanswerable, BUSY):
            async with export_queue.turn():
                pass
    async with export_queue.turn():
        pass


async def test_a_turn_is_given_back_by_those_who_fail_and_those_who_give_up() -> None:
    export_queue = ExportQueue(at_once=1)
    with pytest.raises(ZeroDivisionError):
        async with export_queue.turn():
            _ = 1 / 0
    async with export_queue.turn():
        waiting = asyncio.create_task(export_queue._wait())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
    async with asyncio.timeout(60), export_queue.turn():
        pass


async def begin(asker: Asker, way: str, answer: Payload) -> Interaction:
    """Ask for a file in one of the ways there are, and wait until that is acknowledged."""
    if way == "export":
        return await asker.ask("export", {"format": "csv", "origin": "China"}, wait="acked")
    link = buttons(answer)["Export"]
    if way == "CSV":  # below answers that were sent when it had a button of its own
        kept = asker.double.messages[answer["channel_id"]][answer["id"]]
        old = next(each for each in kept["components"][0]["components"] if each["custom_id"] == link)
        old["custom_id"] = link = link.replace("export", "csv")
    if way == "Export":
        choice = await asker.double.click(answer, link)
        assert choice.reply
        answer, link = choice.reply, buttons(choice.reply)["JSON"]
    return await asker.double.click(answer, link, wait="acked")


@in_one_loop
@pytest.mark.parametrize("way", ["export", "CSV", "Export"])
async def test_every_way_to_a_file_takes_a_turn(services: Services, way: str) -> None:
    export_queue = ExportQueue(at_once=1)
    async with asking(replace(services, export_queue=export_queue)) as asker:
        answer = await asker.message("figures", {"origin": "China"})
        async with export_queue.turn():
            it = await begin(asker, way, answer)
            await until(lambda: export_queue._waiting == 1)
            assert not it.done.is_set()
        await asyncio.wait_for(it.done.wait(), 300)

        assert it.reply
        assert len(it.reply["attachments"]) == 1


@in_one_loop
async def test_who_is_not_let_in_is_told_alone_and_in_a_sentence(services: Services) -> None:
    export_queue = ExportQueue(at_once=1, most_waiting=0)
    async with asking(replace(services, export_queue=export_queue)) as asker, export_queue.turn():
        assert await asker.refusal("export", {"format": "csv", "origin": "China"}) == BUSY
