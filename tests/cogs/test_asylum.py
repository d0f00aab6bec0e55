"""The group /asylum as Discord knows it, and what it says to those who mistype."""

from __future__ import annotations

import random
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.preview.double.invocations import INTEGER, STRING
from bot.words import NAMES
from data.model import Measure
from tests.asking import Asker
from tests.nonsense import LARGEST_INTEGER, check_sentence, integers, nonsense

in_one_loop = pytest.mark.asyncio(loop_scope="module")

OPTIONS = {
    "figures": ["origin", "asylum", "year", "as_of", "private"],
    "trend": [
        "measure", "origin", "asylum", "versus", "from", "to", "scale", "as_of", "private",
    ],
    "top": ["measure", "rank", "year", "origin", "asylum", "as_of", "private"],
    "decisions": ["origin", "asylum", "level", "from", "to", "as_of", "private"],
    "map": ["measure", "by", "origin", "asylum", "year", "as_of", "private"],
    "period": [
        "measure", "origin", "asylum", "from", "to", "against_from", "against_to", "as_of", "private",
    ],
    "history": ["measure", "origin", "asylum", "year", "as_of", "private"],
    "changes": ["release", "origin", "asylum", "measure", "kinds", "at_least", "private"],
    "about": ["private"],
}  # fmt: skip
TYPED = [
    ("figures", "origin"),
    ("figures", "asylum"),
    ("figures", "as_of"),
    ("trend", "origin"),
    ("trend", "versus"),
    ("top", "asylum"),
    ("period", "asylum"),
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
    ("figures", "year"),
    ("trend", "from"),
    ("trend", "to"),
    ("top", "year"),
    ("history", "year"),
    ("map", "year"),
    ("period", "from"),
    ("period", "to"),
    ("period", "against_from"),
    ("period", "against_to"),
    ("decisions", "from"),
    ("decisions", "to"),
]
NEEDED = {"trend": {"measure": "pending"}}


def commands(asker: Asker) -> dict[str, dict[str, Any]]:
    (group,) = [c for c in asker.double.commands[None] if c["name"] == "asylum"]
    return {command["name"]: command for command in group["options"]}


@in_one_loop
async def test_the_commands_have_the_options_that_mean_the_same_everywhere(asker: Asker) -> None:
    registered = commands(asker)

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
    (measure,) = [option for option in commands(asker)["trend"]["options"] if option["name"] == "measure"]

    names = [choice["name"] for choice in measure["choices"]]
    assert [choice["value"] for choice in measure["choices"]] == [each.value for each in Measure]
    assert names[0] == f"{NAMES[Measure.PENDING]} (stock)"
    assert names[1] == f"{NAMES[Measure.APPLICATIONS]} (per year)"
    assert names[-1] == f"{NAMES[Measure.PROTECTION_RATE]} (rate)"


@in_one_loop
async def test_countries_are_offered_in_the_asker_s_language(asker: Asker) -> None:
    german = await asker.double.autocomplete("asylum figures", "origin", "Syr", locale="de")
    chinese = await asker.double.autocomplete("asylum figures", "asylum", "德国", locale="zh-CN")
    last = await asker.double.autocomplete("asylum trend", "versus", "Germany, Fran", {"measure": "pending"})
    releases = await asker.double.autocomplete("asylum top", "as_of", "")

    assert (german[0]["name"], german[0]["value"]) == ("Syrien (Syria)", "Syria")
    assert (chinese[0]["name"], chinese[0]["value"]) == ("德国 (Germany)", "Germany")
    assert last[0]["value"] == "Germany, France"
    assert [choice["value"] for choice in releases] == ["2026-06-25", "2026-06-12", "2025-11-10"]


@in_one_loop
@pytest.mark.parametrize(
    ("words", "options", "sentence"),
    [
        ("figures", {"origin": "Chna"}, "No country is called 'Chna'. Did you mean China?"),
        (
            "figures",
            {"origin": "Congo"},
            "'Congo' can mean DR Congo or Congo-Brazzaville: type the one you mean.",
        ),
        (
            "trend",
            {"measure": "pending", "from": 2020, "to": 2010},
            "The years run backwards: “from” is 2020 and “to” is 2010; swap them.",
        ),
        (
            "figures",
            {"year": 2030},
            "The newest figures in this release are of 2025; choose 2025 or earlier.",
        ),
        (
            "figures",
            {"as_of": "2020-01-01"},
            "The oldest release kept here is of 10 November 2025; choose that day or a later one.",
        ),
        (
            "figures",
            {"as_of": "last week"},
            "I cannot read 'last week' as a day; write it like 2025-11-10, or pick a release from the list.",
        ),
        (
            "trend",
            {"measure": "pending", "versus": "Germany, France, Italy, Spain, Greece, Malta"},
            "At most 5 countries can be compared at once; name fewer.",
        ),
        (
            "top",
            {"rank": "origin", "origin": "China"},
            "A ranking of origins cannot name one of them; leave out “origin”, or use /asylum figures for a pair.",
        ),
        (
            "top",
            {"measure": "applications-all-stages"},
            (
                "Applications at all stages are not in the starter figures; ask for measure:applications,"
                " or have the operator import the full release."
            ),
        ),
        (
            "period",
            {"from": 2003, "to": 2012, "against_from": 2003, "against_to": 2012},
            "Both spans are the same years; choose others for “against_from” and “against_to”.",
        ),
        (
            "period",
            {"against_from": 2012, "against_to": 2003},
            "The years run backwards: “from” is 2012 and “to” is 2003; swap them.",
        ),
        (
            "map",
            {"by": "origin", "origin": "China"},
            "A map of origins cannot name one of them; leave out “origin”, or use /asylum figures for a pair.",
        ),
        (
            "decisions",
            {"level": "first-instance"},
            (
                "The starter figures have decisions at all levels only; leave out “level”,"
                " or have the operator import the full release."
            ),
        ),
        (
            "decisions",
            {"origin": "Japan", "asylum": "Canada", "from": 2010, "to": 2000},
            (
                "The starter figures do not have the pair Japan → Canada: they name the largest origins and countries"
                " of asylum only; ask for a larger country, or have the operator import the full release."
            ),
        ),
        (
            "figures",
            {"origin": "Monaco"},
            (
                "The starter figures do not have Monaco as an origin: they name the largest origins and countries"
                " of asylum only; ask for a larger country, or have the operator import the full release."
            ),
        ),
    ],
)
async def test_a_mistake_is_told_to_whoever_made_it(
    asker: Asker, words: str, options: dict[str, Any], sentence: str
) -> None:
    assert await asker.refusal(words, options) == sentence


@in_one_loop
@pytest.mark.parametrize("scene", [{"dm": True}, {"user_install": True}])
async def test_a_mistake_is_told_in_direct_messages_as_well(asker: Asker, scene: dict[str, Any]) -> None:
    assert "Did you mean China?" in await asker.refusal("figures", {"origin": "Chna"}, **scene)


@in_one_loop
@pytest.mark.parametrize(("words", "option"), TYPED, ids=[" ".join(each) for each in TYPED])
async def test_nonsense_typed_into_an_option_is_answered_with_a_sentence_or_an_answer(
    asker: Asker, words: str, option: str
) -> None:
    assert option_kind(asker, words, option) == STRING
    for text in nonsense(f"{words} {option}", 60):
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
