"""Texts checked as people have them checked: by command, and by the menu of a message."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from discord import AppCommandType

from bot.preview.double import Payload
from bot.preview.double.messages import EPHEMERAL
from tests.asking import Asker, buttons

in_one_loop = pytest.mark.asyncio(loop_scope="session")

MENU = "Check asylum figures"
ARTICLE = (Path(__file__).parents[1] / "claims" / "article.txt").read_text("utf-8")
CLAIM = "In 2025, 178,725 Chinese nationals applied for asylum."
CORRECTED = "178,725 from China were waiting for a decision on 30 June 2025; 25,210 applied in 2025."


def entries(message: Payload) -> dict[str, str]:
    (embed,) = message["embeds"]
    return {field["name"]: field["value"] for field in embed.get("fields", ())}


async def details(asker: Asker, message: Payload) -> Payload:
    """What the Details button shows to whoever presses it: the first claims."""
    it = await asker.double.click(message, buttons_of(message)["Details"])
    assert it.ephemeral
    assert it.reply is not None
    return it.reply


async def turn_pages(asker: Asker, page: Payload) -> dict[str, str]:
    """The claims of all pages, each put in the place of the one before."""
    told = entries(page)
    while more := [label for label in buttons_of(page) if re.match(rf"Claims? {len(told) + 1}\b", label)]:
        it = await asker.double.click(page, buttons_of(page)[more[0]])
        page = asker.double.messages[page["channel_id"]][page["id"]]
        assert it.followups == []
        assert page["content"] == more[0]
        told |= entries(page)
    return told


def menu_of(message: Payload) -> Payload:
    (menu,) = [c for row in message["components"] for c in row["components"] if c["type"] == 3]
    return dict(menu)


async def posted(asker: Asker, content: str, **more: Any) -> Payload:
    """A message that somebody wrote."""
    return {**await asker.double.say(content), **more}


@in_one_loop
async def test_the_article_is_answered_claim_by_claim(asker: Asker) -> None:
    message = await asker.message("check", {"text": ARTICLE})

    answer, *verdicts = message["content"].splitlines()
    assert answer == f"**{CORRECTED}** Right number, other meaning."
    assert verdicts[:1] == [
        "• 147,909: right number, other meaning",
    ]
    assert verdicts[-1] == "… and 3 more in Details."
    assert len(verdicts) == 7
    assert len(message["content"]) < 600
    assert entries(message) == {}
    whole = await turn_pages(asker, await details(asker, message))
    told = {name.split(" ")[0]: value for name, value in whole.items()}
    assert next(iter(whole)) == (
        "178,725 from China were waiting for a decision on 30 June 2025; 25,210 applied in 2025."
    )
    assert told["178,725"].splitlines()[1] == (
        "**Right number, other meaning (not what the text says).** People from China waiting for a decision on"
        " 30 June 2025 (Mid-Year Trends 2025, 10 Nov 2025). That is a stock, everyone waiting on that day, not the"
        " people who applied in the year. Now it is 99,716 (31 December 2025, 44% lower; in the USA many without an"
        " origin), since 12 June 2026. The record is 180,960 (2024; with the USA's figure of 30 June), as the text"
        " says."
    )
    assert "2024 had exactly the same" in told["147,909"]
    assert "A sum of yearly stocks is no number of people" in told["1.33"]
    assert "178,725 was replaced by 99,716, 44% lower" in told["Revised"]
    assert message["embeds"][0]["description"].startswith("[Source: UNHCR's refugee statistics](https://")
    assert message["embeds"][0]["footer"]["text"].startswith("Global Trends 2025, corrected")
    (picture,) = message["attachments"]
    assert picture["description"].startswith("A bar for each release: ")


@in_one_loop
async def test_the_correction_is_said_first_where_there_is_but_one(asker: Asker) -> None:
    message = await asker.message("check", {"text": CLAIM})

    assert message["content"].splitlines() == [
        "**178,725 from China were waiting for a decision on 30 June 2025; 25,210 applied in 2025.**",
        "Right number, other meaning (not what the text says).",
        (
            "People from China waiting for a decision on 30 June 2025 (Mid-Year Trends 2025, 10 Nov 2025). That is a"
            " stock, everyone waiting on that day, not the people who applied in the year. Now it is 99,716 (31 December"
            " 2025, 44% lower; in the USA many without an origin), since 12 June 2026."
        ),
    ]
    assert len(message["content"]) < 600
    assert list(entries(await details(asker, message))) == [CORRECTED]


@in_one_loop
@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (
            "Germany received 329,104 asylum applications in 2023. Austria had 500,000.",
            "**500,000: not in these figures; 59,215 applied in Austria in 2023.**",
        ),
        (
            "San Marino had 3,000 asylum applications in 2024.",
            "**3,000: cannot be checked here.**",
        ),
        (
            "47,000 people were internally displaced in Switzerland in 2024.",
            "**47,000: cannot be checked here.**",
        ),
        (
            "2,754 people from Iceland applied for asylum in Norway in 2019.",
            "**2,754: fewer than 10 from Iceland applied in 2019.**",
        ),
        (
            "Worldwide, 5.5 million people applied for asylum in 2023, most of them in the USA.",
            "**5.5 million: 3,580,371 applied worldwide in 2023.**",
        ),
    ],
)
async def test_a_number_is_held_against_the_place_that_its_own_sentence_names(
    asker: Asker, text: str, begins: str
) -> None:
    assert (await asker.message("check", {"text": text}))["content"].startswith(begins)


@in_one_loop
async def test_a_menu_shows_each_claim_as_a_chart_to_whoever_chooses(asker: Asker) -> None:
    message = await asker.message("check", {"text": ARTICLE})
    menu = menu_of(message)
    values = [option["value"] for option in menu["options"]]
    assert len(set(values)) == len(values) == 9

    for value in (values[0], values[-1]):
        it = await asker.double.click(message, menu["custom_id"], values=[value], user=asker.double.reader)

        assert it.ephemeral
        assert it.reply is not None
        assert it.reply["attachments"][0]["description"]


@in_one_loop
async def test_a_choice_of_an_older_version_is_explained(asker: Asker) -> None:
    message = await asker.message("check", {"text": CLAIM})

    it = await asker.double.click(message, menu_of(message)["custom_id"], values=["?"])

    assert it.reply is not None
    assert it.ephemeral
    assert "older version of the bot" in it.reply["content"]


@in_one_loop
async def test_whoever_asked_may_delete_the_answer(asker: Asker) -> None:
    message = await asker.message("check", {"text": CLAIM})

    await asker.double.click(message, buttons_of(message)["Delete"])

    assert message["id"] not in asker.public()


def buttons_of(message: Payload) -> dict[str, str]:
    rows = [row for row in message["components"] if row["components"][0]["type"] == 2]
    return buttons({"components": rows})


@in_one_loop
async def test_a_private_answer_is_for_the_asker_alone_and_needs_no_delete(asker: Asker) -> None:
    it = await asker.ask("check", {"text": CLAIM, "private": True})

    assert it.ephemeral
    assert it.reply is not None
    assert [row["components"][0]["type"] for row in it.reply["components"]] == [3, 2]
    assert list(buttons_of(it.reply)) == ["Details"]


@in_one_loop
async def test_several_claims_are_told_in_short_to_the_asker_alone_too(asker: Asker) -> None:
    it = await asker.ask("check", {"text": ARTICLE, "private": True})

    assert it.ephemeral
    assert it.reply is not None
    assert it.reply["content"] == (await asker.message("check", {"text": ARTICLE}))["content"]
    assert list(buttons_of(it.reply)) == ["Details"]


@in_one_loop
@pytest.mark.parametrize(
    "text", ["Nothing here.", "We got 180,960 likes on our post about asylum in 2024!", "@everyone"]
)
async def test_a_text_without_a_claim_gets_one_sentence(asker: Asker, text: str) -> None:
    sentence = await asker.refusal("check", {"text": text})

    assert sentence.startswith("I find no claim about asylum figures in this text.")


@in_one_loop
async def test_what_a_text_has_is_not_asked_for_again(asker: Asker) -> None:
    sentence = await asker.refusal("check", {"text": "Germany expects 300,000 asylum applications in 2025."})

    assert "Not judged: 300,000" in sentence
    assert "a number, a country and a year" not in sentence


@in_one_loop
async def test_the_menu_of_a_message_answers_whoever_chose_it_alone(asker: Asker) -> None:
    it = await asker.double.context_menu(MENU, await posted(asker, CLAIM))

    assert it.reply is not None
    assert it.reply["flags"] & EPHEMERAL
    assert it.reply["content"].startswith(f"**{CORRECTED}**")


@in_one_loop
async def test_a_forwarded_message_is_checked_as_of_the_day_it_was_first_written(asker: Asker) -> None:
    told = "178,725 Chinese nationals applied for asylum last year."
    snapshot = {
        "type": 0,
        "content": told,
        "embeds": [],
        "attachments": [],
        "timestamp": "2026-02-01T10:00:00+00:00",
        "edited_timestamp": None,
        "flags": 0,
        "components": [],
    }
    message = await posted(asker, "", message_snapshots=[{"message": snapshot}])

    it = await asker.double.context_menu(MENU, message)

    assert it.reply is not None
    assert it.reply["content"].startswith(f"**{CORRECTED}**")


@in_one_loop
async def test_what_a_link_shows_is_checked_too(asker: Asker) -> None:
    embed = {
        "type": "article",
        "title": "Asylum",
        "description": CLAIM,
        "fields": [
            {
                "name": "Canada",
                "value": "7,304 Chinese asylum claims pending at the end of 2025.",
                "inline": False,
            }
        ],
    }
    it = await asker.double.context_menu(MENU, await posted(asker, "look", embeds=[embed]))

    assert it.reply is not None
    assert list(await turn_pages(asker, await details(asker, it.reply))) == [
        CORRECTED,
        "7,304 from China were waiting for a decision in Canada on 31 December 2025.",
    ]


@in_one_loop
async def test_a_message_without_a_claim_gets_one_sentence(asker: Asker) -> None:
    it = await asker.double.context_menu(MENU, await posted(asker, "hello"))

    assert it.reply is not None
    assert it.ephemeral
    assert "no claim about asylum figures" in it.reply["content"]


@in_one_loop
async def test_the_menu_is_taken_back_with_its_group(asker: Asker) -> None:
    tree = asker.bot.tree
    await asker.bot.unload_extension("cogs.asylum")
    without = [menu.name for menu in tree.walk_commands(type=AppCommandType.message)]
    await asker.bot.load_extension("cogs.asylum")

    assert without == []
    assert [menu.name for menu in tree.walk_commands(type=AppCommandType.message)] == [MENU]


LONG = " ".join(
    f"In {year}, {year - 2000},345 people applied for asylum in Germany." for year in range(2010, 2025)
)


@in_one_loop
async def test_a_long_text_is_paged_in_its_order(asker: Asker) -> None:
    told = await turn_pages(asker, await details(asker, await asker.message("check", {"text": LONG})))

    assert [name.split(":")[0] for name in told] == [f"{year - 2000},345" for year in range(2010, 2025)]


@in_one_loop
@pytest.mark.parametrize("forwarded", [False, True])
async def test_text_in_components_alone_is_checked_also_in_a_forward(asker: Asker, forwarded: bool) -> None:
    laid_out = [{"type": 17, "components": [{"type": 10, "content": CLAIM}]}]
    snapshot = {
        "type": 0,
        "content": "",
        "embeds": [],
        "attachments": [],
        "timestamp": "2026-02-01T10:00:00+00:00",
        "edited_timestamp": None,
        "flags": 32768,
        "components": laid_out,
    }
    more = (
        {"message_snapshots": [{"message": snapshot}]}
        if forwarded
        else {"components": laid_out, "flags": 32768}
    )

    it = await asker.double.context_menu(MENU, await posted(asker, "", **more))

    assert it.reply is not None
    assert it.reply["content"].startswith(f"**{CORRECTED}**")


@in_one_loop
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Uganda hosts more refugees than any other country.", "**No**: by refugees, Germany is first"),
        (
            "In 2025 asylum applications in Germany fell by half!",
            "**Yes**: new asylum applications in Germany",
        ),
        ("So they say. Sweden takes in more asylum seekers than Denmark.", "**Yes**: in 2025 new asylum"),
    ],
)
async def test_what_a_text_states_without_a_number_is_judged(asker: Asker, text: str, told: str) -> None:
    checked = await asker.message("check", {"text": text})
    asked = await asker.message("ask", {"question": text.replace("!", ".")})

    assert checked["content"].startswith(told)
    assert asked["content"].startswith(told)


@in_one_loop
async def test_several_statements_are_answered_together(asker: Asker) -> None:
    text = "Uganda hosts more refugees than any other country in Africa. Asylum applications in Germany fell in 2025."
    message = await asker.message("check", {"text": text})

    assert message["content"].startswith("**Yes**")
    assert "113,216" in message["content"]
