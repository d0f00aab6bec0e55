"""Whatever is typed into the options of /alerts, it is answered by a proposal or one sentence."""

from __future__ import annotations

import random
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from bot.preview.double.interactions import STRING
from tests.alerting import Desk, newsroom
from tests.nonsense import check_sentence, nonsense

in_one_loop = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desk(canada_path: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    database = shutil.copy(canada_path, tmp_path_factory.mktemp("nonsense") / "asylum.sqlite3")
    async with newsroom(Path(database)) as found:
        yield found


@in_one_loop
@pytest.mark.parametrize("option", ["origin", "asylum", "kinds", "at_least"])
async def test_nonsense_typed_into_an_option_is_answered_with_a_sentence_or_a_proposal(
    desk: Desk, option: str
) -> None:
    (group,) = [c for c in desk.double.commands[None] if c["name"] == "alerts"]
    (subscribe,) = [c for c in group["options"] if c["name"] == "subscribe"]
    assert [o["type"] for o in subscribe["options"] if o["name"] == option] == [STRING]
    for text in nonsense(f"alerts {option}", 40):
        await check_answered(desk, "subscribe", {option: text})
        await check_answered(desk, "watch", {option: text}, dm=True)


@in_one_loop
@pytest.mark.parametrize("words", ["edit", "pause", "resume", "remove", "preview", "test"])
async def test_nonsense_for_a_subscription_is_a_sentence(desk: Desk, words: str) -> None:
    for text in nonsense(f"alerts {words}", 30):
        await check_answered(desk, words, {"subscription": text})


@in_one_loop
async def test_nonsense_in_several_options_at_once_is_one_sentence(desk: Desk) -> None:
    chance, texts = random.Random("several"), list(nonsense("alerts several", 60))
    for _ in range(40):
        names = chance.sample(["origin", "asylum", "kinds", "at_least"], 2)
        await check_answered(desk, "subscribe", {name: chance.choice(texts) for name in names})
        await check_answered(desk, "explain", {"release": chance.choice(texts)})


@in_one_loop
async def test_nonsense_being_typed_brings_choices_and_no_bug(desk: Desk) -> None:
    with capture_logs() as events:
        for text in nonsense("alerts typing", 60):
            for option in ("origin", "kinds", "at_least"):
                await desk.double.autocomplete("alerts subscribe", option, text)
            await desk.double.autocomplete("alerts edit", "subscription", text)

    assert events == []


async def check_answered(desk: Desk, words: str, options: dict[str, Any], **scene: Any) -> None:
    """Fail unless there is a proposal or one sentence, to the asker alone, and no bug in the log."""
    before = await desk.kept()
    said = await desk.said(words, options, **scene)
    if not said.startswith("Subscribe "):
        check_sentence(said)
    assert await desk.kept() == before
