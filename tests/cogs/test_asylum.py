"""The group /asylum as Discord knows it, and nonsense in each of its options."""

from __future__ import annotations

import random
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.preview.double.interactions import INTEGER, STRING
from bot.words.measures import NAMES
from data.model import Measure
from tests.asking import Asker
from tests.nonsense import LARGEST_INTEGER, check_sentence, integers, nonsense

in_one_loop = pytest.mark.asyncio(loop_scope="session")

OPTIONS = {
    "figures": ["origin", "asylum", "year", "per", "as_of", "private"],
    "trend": [
        "measure", "origin", "asylum", "versus", "from", "to", "scale", "per", "years", "as_of", "private",
    ],
    "top": [
        "measure", "rank", "year", "origin", "asylum", "since", "by", "order", "position", "of", "above",
        "below", "as_of", "private",
    ],
    "decisions": ["origin", "asylum", "level", "from", "to", "as_of", "private"],
    "map": ["measure", "by", "origin", "asylum", "year", "per", "as_of", "private"],
    "period": [
        "measure", "origin", "asylum", "from", "to", "against_from", "against_to", "as_of", "private",
    ],
    "history": ["measure", "origin", "asylum", "year", "as_of", "private"],
    "changes": ["release", "origin", "asylum", "measure", "kinds", "at_least", "private"],
    "export": ["format", "measure", "by", "origin", "asylum", "from", "to", "as_of", "private"],
    "ask": ["question", "private"],
    "check": ["text", "private"],
    "define": ["word", "private"],
    "about": ["private"],
}  # fmt: skip
TYPED = [
    ("figures", "origin"),
    ("figures", "asylum"),
    ("figures", "as_of"),
    ("trend", "origin"),
    ("trend", "measure"),
    ("trend", "versus"),
    ("top", "asylum"),
    ("period", "asylum"),
    ("export", "origin"),
    ("export", "as_of"),
    ("map", "origin"),
    ("map", "asylum"),
    ("decisions", "origin"),
    ("decisions", "as_of"),
    ("history", "origin"),
    ("history", "as_of"),
    ("changes", "release"),
    ("changes", "asylum"),
]
COUNTED = [
    ("figures", "year"), ("trend", "from"), ("trend", "to"), ("top", "year"), ("history", "year"),
    ("map", "year"), ("export", "from"), ("export", "to"), ("period", "from"), ("period", "to"),
    ("period", "against_from"), ("period", "against_to"), ("decisions", "from"), ("decisions", "to"),
]  # fmt: skip
NEEDED = {"trend": {"measure": "pending"}, "export": {"format": "csv"}}


def commands(asker: Asker) -> dict[str, dict[str, Any]]:
    (group,) = [c for c in asker.double.commands[None] if c["name"] == "asylum"]
    return {command["name"]: command for command in group["options"]}


@in_one_loop
async def test_the_commands_have_the_options_that_mean_the_same_everywhere(asker: Asker) -> None:
    registered = commands(asker)

    assert registered.keys() == OPTIONS.keys()
    for name, options in OPTIONS.items():
        assert [option["name"] for option in registered[name]["options"]] == options
    for name in ("origin", "asylum", "as_of", "private"):
        meant = {
            option["description"]
            for command in ("figures", "trend")
            for option in registered[command]["options"]
            if option["name"] == name
        }
        assert len(meant) == 1


@in_one_loop
async def test_every_option_says_what_it_is_for(asker: Asker) -> None:
    for command in commands(asker).values():
        for each in (command, *command["options"]):
            assert 5 < len(each["description"]) <= 100
            assert each["description"] != "…"


@in_one_loop
async def test_measures_are_picked_with_their_nature(asker: Asker) -> None:
    offered = await asker.double.autocomplete("asylum trend", "measure", "")

    names = [choice["name"] for choice in offered]
    assert [choice["value"] for choice in offered] == [each.value for each in Measure]
    assert names[0] == f"{NAMES[Measure.PENDING]} (stock)"
    assert names[1] == f"{NAMES[Measure.APPLICATIONS]} (per year)"
    assert f"{NAMES[Measure.PROTECTION_RATE]} (rate)" in names
    assert f"{NAMES[Measure.REFUGEES]} (stock)" in names
    assert names[-1] == f"{NAMES[Measure.NATURALISED]} (per year)"


@in_one_loop
async def test_countries_are_offered_in_the_asker_s_language(asker: Asker) -> None:
    german = await asker.double.autocomplete("asylum figures", "origin", "Syr", locale="de")
    chinese = await asker.double.autocomplete("asylum figures", "asylum", "德国", locale="zh-CN")
    last = await asker.double.autocomplete("asylum trend", "versus", "Germany, Fran", {"measure": "pending"})
    releases = await asker.double.autocomplete("asylum top", "as_of", "")

    assert (german[0]["name"], german[0]["value"]) == ("Syrien (Syria)", "Syria")
    assert (chinese[0]["name"], chinese[0]["value"]) == ("德国 (Germany)", "Germany")
    assert last[0]["value"] == "Germany, France"
    assert [choice["value"] for choice in releases][:4] == [
        "2026-06-25", "2026-06-12", "2026-03-30", "2025-11-10",
    ]  # fmt: skip
    assert (len(releases), releases[-1]["value"]) == (11, "2023-04-27")


@in_one_loop
@pytest.mark.parametrize("count", [20, pytest.param(200, marks=pytest.mark.proof)])
@pytest.mark.parametrize(("words", "option"), TYPED, ids=[" ".join(each) for each in TYPED])
async def test_nonsense_typed_into_an_option_is_answered_with_a_sentence_or_an_answer(
    asker: Asker, words: str, option: str, count: int
) -> None:
    assert option_kind(asker, words, option) == STRING
    for text in nonsense(f"{words} {option}", count):
        await check_answered(asker, words, {**NEEDED.get(words, {}), option: text})


@in_one_loop
@pytest.mark.parametrize(("words", "option"), COUNTED, ids=[" ".join(each) for each in COUNTED])
async def test_any_whole_number_is_answered_with_a_sentence_or_an_answer(
    asker: Asker, words: str, option: str
) -> None:
    assert option_kind(asker, words, option) == INTEGER
    for number in (*integers(f"{words} {option}", 30), LARGEST_INTEGER, -LARGEST_INTEGER):
        await check_answered(asker, words, {**NEEDED.get(words, {}), option: number})


@in_one_loop
async def test_nonsense_in_several_options_at_once_is_one_sentence(asker: Asker) -> None:
    chance = random.Random("several")
    texts = list(nonsense("several", 60))
    for _ in range(60):
        options = {
            name: chance.choice(texts) for name in chance.sample(["origin", "asylum", "versus", "as_of"], 2)
        }
        await check_answered(
            asker, "trend", {"measure": "decisions", "from": chance.randint(-10, 3000), **options}
        )


@in_one_loop
async def test_nonsense_being_typed_brings_choices_and_no_bug(asker: Asker) -> None:
    with capture_logs() as events:
        for text in nonsense("typing", 100):
            for option in ("origin", "as_of"):
                await asker.double.autocomplete("asylum figures", option, text)

    assert events == []


def option_kind(asker: Asker, words: str, option: str) -> int:
    return next(int(each["type"]) for each in commands(asker)[words]["options"] if each["name"] == option)


async def check_answered(asker: Asker, words: str, options: dict[str, Any]) -> None:
    """Fail unless there is an answer, or one sentence to the asker alone, and no bug in the log."""
    before = asker.public()
    with capture_logs() as events:
        it = await asker.ask(words, options)
    assert [e for e in events if e["log_level"] in ("warning", "error", "critical")] == [], options
    assert it.reply is not None
    message = it.reply
    assert [message["mentions"], message["mention_roles"], message["mention_everyone"]] == [[], [], False]
    if message["attachments"]:
        assert message["embeds"]
        return
    assert it.ephemeral
    assert asker.public() == before
    check_sentence(message["content"])
