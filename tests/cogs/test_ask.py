"""/asylum ask, its menus and its buttons, as people use them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.preview import command_parser
from bot.preview.double import Interaction, Payload
from tests.asking import Asker, make_bot, open_services
from tests.double import double as new_double
from tests.double import started
from tests.nonsense import check_harmless

in_one_loop = pytest.mark.asyncio(loop_scope="session")

CANADA = "How many Chinese applied for asylum in Canada in 2024?"
BUTTON = 2
DOUBTFUL = "How many Syrians in Germany?"


def items(message: Payload) -> Iterator[Payload]:
    for row in message["components"]:
        yield from row["components"]


def item(message: Payload, words: str) -> Payload:
    """The button or menu whose label or placeholder has these words in it."""
    return next(i for i in items(message) if words in (i.get("label") or i.get("placeholder") or ""))


async def ask(asker: Asker, question: str, **options: Any) -> Payload:
    return await asker.message("ask", {"question": question, **options})


async def use(asker: Asker, message: Payload, words: str, *values: str, **scene: Any) -> Interaction:
    found = item(message, words)
    chosen = {"values": list(values)} if values else {}
    return await asker.double.click(message, found["custom_id"], **chosen, **scene)


async def change(asker: Asker, message: Payload) -> None:
    """Press the button that gives way to the menus."""
    await use(asker, current(asker, message), "Change")


def current(asker: Asker, message: Payload) -> Payload:
    return asker.double.messages[message["channel_id"]][message["id"]]


@in_one_loop
@pytest.mark.parametrize(
    "question",
    ["178,725 Chinese applied for asylum in 2025, true?", "Did 178,725 Chinese apply for asylum in 2025?"],
)
async def test_a_question_that_states_a_figure_is_checked(asker: Asker, question: str) -> None:
    message = await ask(asker, question)

    assert message["content"].startswith("**178,725 from China were waiting for a decision on 30 June 2025;")
    assert "Details" in {each.get("label") for each in items(message)}


@in_one_loop
@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Who hosts more refugees, Germany or France?",
            "Mind: Since 2025 the refugees in Germany leave out people counted before.",
        ),
        (
            "Did Spain get more applications than the US in 2024?",
            "Mind: They are not counted alike: the USA's 2024 figure is",
        ),
        ("Who got more asylum applications in 2023, Spain or Italy?", ""),
    ],
)
async def test_places_of_one_year_mind_that_year_alone(asker: Asker, question: str, told: str) -> None:
    message = await ask(asker, question)
    said = "\n".join([message["content"], *(each.get("description") or "" for each in message["embeds"])])

    assert told in said
    assert "so 2025 does not compare" not in said
    assert told or "Mind:" not in said


@in_one_loop
async def test_a_stated_figure_that_cannot_be_judged_is_refused(asker: Asker) -> None:
    it = await asker.ask("ask", {"question": "80% of Syrians are integrated in Germany"})

    assert it.reply
    assert it.ephemeral
    assert it.reply["content"].startswith("'80%' is a figure to be checked")


@in_one_loop
async def test_an_answer_begins_with_the_answer_and_details_say_how_it_was_understood(asker: Asker) -> None:
    message = await ask(asker, CANADA)

    assert message["content"].startswith("New asylum applications from China in Canada: **")
    assert "Understood as" not in message["content"]
    assert (
        "Understood as: new asylum applications from China in Canada, 2024, as of 25 June 2026"
        " · `/asylum trend measure:applications origin:China asylum:Canada from:2024 to:2024"
    ) in await asker.details(message)
    assert len(message["attachments"]) == 1
    check_harmless(message["content"])


@in_one_loop
@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is China the main origin of asylum applications in Canada in 2024?", "**No**: "),
        ("Did more than 100 Chinese apply for asylum in Canada in 2024?", "**Yes**. New asylum applications"),
        ("How many more Chinese than Haitians applied in Canada in 2024?", "**"),
        ("How many people applied in Canada and Germany together in 2024?", "**"),
    ],
)
async def test_yes_or_no_and_sums_and_differences_come_first(
    asker: Asker, question: str, begins: str
) -> None:
    assert (await ask(asker, question))["content"].startswith(begins)


@in_one_loop
@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "Did Germany receive more asylum applications than the USA in 2025?",
            "**No**: in 2025 new asylum applications numbered 113,216 in Germany and 629,358 persons and 282,594",
        ),
        ("How many more asylum applications did the USA get than Italy in 2025?", "New asylum applications"),
        (
            "How many applied in France and the USA together in 2025?",
            "**740,701 persons and 282,594 cases** together: in 2025 new asylum applications numbered 111,343 in",
        ),
        ("Did more than 2 million people apply for asylum in the USA in 2025?", "New asylum applications"),
        ("Did more than 500,000 people apply for asylum in the USA in 2025?", "**Yes**"),
        ("Was 2025 the record year for asylum applications in the USA?", "New asylum applications"),
        ("Average asylum applications a year in the USA from 2020 to 2025", "No average is told"),
    ],
)
async def test_persons_are_not_taken_for_all_where_cases_are_counted_apart(
    asker: Asker, question: str, begins: str
) -> None:
    content = (await ask(asker, question))["content"]

    assert content.startswith(begins)
    assert "USA 629,358." not in content


@in_one_loop
async def test_figures_per_inhabitant_are_not_told_as_counts_of_people(asker: Asker) -> None:
    message = await ask(asker, "Does the UK have more asylum seekers per capita than Germany?")

    assert "(one in 480)" in message["content"]
    assert "fewer than 10" not in message["content"]


@in_one_loop
async def test_both_halves_of_a_question_are_answered(asker: Asker) -> None:
    message = await ask(asker, "How many applied in Canada in 2024, and how many were rejected?")

    assert "New asylum applications in Canada: **" in message["content"]
    assert "Rejected asylum claims in Canada: **" in message["content"]


@in_one_loop
@pytest.mark.parametrize(
    "question",
    [
        CANADA,
        "pending claims from Venezuela in Peru, Spain and the USA since 2015",
        "Which countries hosted the most Syrian refugees in 2015?",
        "How many claims did Germany reject in 2023?",
        "success rate of Afghans in Germany",
        "China 2024",
        "Was the figure for pending Chinese claims in 2025 revised?",
        "What did UNHCR correct in the newest release for Canada?",
        "How many people applied in Italy in total between 2014 and 2017?",
        "map of where Syrians applied in 2016",
        "How many Chinese had pending claims in mid-2025?",
    ],
)
async def test_the_command_that_is_shown_gives_the_same_answer(asker: Asker, question: str) -> None:
    asked = await ask(asker, question)
    line = (await asker.details(asked)).rpartition("Understood as: ")[2].split("`")[1]
    call = command_parser.parse(
        line, asker.double.commands_for(), command_parser.names_in(asker.double.guilds[0])
    )
    it = await asker.double.slash(call.words, call.options)

    assert it.reply
    assert it.reply["content"] == asked["content"]
    assert it.reply["embeds"] == asked["embeds"]


@in_one_loop
async def test_where_two_readings_are_likely_a_button_each_is_offered_and_answers_in_place(
    asker: Asker,
) -> None:
    message = await ask(asker, DOUBTFUL)
    assert [i["label"] for i in items(message)] == [
        "Refugees from Syria living in Germany",
        "People from Syria waiting for a decision in Germany",
        "New asylum applications from Syria in Germany",
    ]
    assert message["attachments"] == []

    await use(asker, message, "New asylum applications")

    answered = current(asker, message)
    assert answered["content"].startswith("New asylum applications from Syria in Germany: **")
    assert len(answered["attachments"]) == 1


@in_one_loop
async def test_others_who_choose_a_reading_get_their_own_answer(asker: Asker) -> None:
    message = await ask(asker, DOUBTFUL)
    pressed = await use(asker, message, "waiting for a decision", user=asker.double.reader)

    assert pressed.ephemeral
    assert pressed.reply
    assert pressed.reply["content"].startswith("People from Syria waiting for a decision in Germany: **")
    assert current(asker, message)["content"] == message["content"]


@in_one_loop
async def test_measure_years_and_sides_can_be_changed(asker: Asker) -> None:
    message = await ask(asker, CANADA)
    assert [each["type"] for each in items(message)] == [BUTTON] * len(list(items(message)))

    await change(asker, message)
    await use(asker, current(asker, message), "Counted: New applications", "pending")
    assert "people from China waiting for a decision in Canada, 2024" in await asker.details(
        current(asker, message)
    )
    await change(asker, message)
    await use(asker, current(asker, message), "Change the years", "2019-")
    assert "from China waiting for a decision in Canada, since 2019" in await asker.details(
        current(asker, message)
    )


@in_one_loop
async def test_what_changes_a_question_stands_beside_other_readings_and_is_nobody_else_s(
    asker: Asker,
) -> None:
    message = await ask(asker, "asylum seekers in Canada")
    labels = [each.get("label") for each in items(message)]

    pressed = await use(asker, message, "Change", user=asker.double.reader)
    assert pressed.ephemeral
    assert pressed.reply
    assert pressed.reply["content"].splitlines()[0] == message["content"].splitlines()[0]
    assert [each.get("label") for each in items(current(asker, message))] == labels

    await change(asker, message)
    shown = [each.get("label") or each["placeholder"] for each in items(current(asker, message))]
    assert set(shown) == {
        *(label for label in labels if label != "Change"),
        "Log scale",
        "Swap origin and asylum",
        "Counted: Pending claims – change …",
        "Change the years …",
    }


@in_one_loop
@pytest.mark.parametrize("mine", [True, False], ids=["in place", "for somebody else"])
async def test_on_the_other_scale_it_can_still_be_changed(asker: Asker, mine: bool) -> None:
    message = await ask(asker, "chart of asylum applications in the UK from 2010 to 2024")
    await change(asker, message)
    scene = {} if mine else {"user": asker.double.reader}
    pressed = await use(asker, current(asker, message), "Log scale", **scene)

    shown = current(asker, message) if mine else pressed.reply
    assert shown
    assert pressed.ephemeral is not mine
    assert [each["label"] for each in items(shown)][:3] == ["Details", "Export", "Change"]


@in_one_loop
async def test_origin_and_asylum_can_be_swapped(asker: Asker) -> None:
    message = await ask(asker, "How many people from Turkey applied in 2024?")
    await change(asker, message)
    await use(asker, current(asker, message), "Swap")

    assert current(asker, message)["content"].startswith("New asylum applications in Türkiye: **")


@in_one_loop
async def test_what_cannot_be_answered_is_told_to_the_asker_alone_with_the_nearest_as_a_button(
    asker: Asker,
) -> None:
    it = await asker.ask("ask", {"question": "How many women applied for asylum in Germany?"})

    assert it.ephemeral
    assert it.reply
    assert it.reply["content"] == "I have no figures by sex or age, only totals. What I can answer:"
    assert [i["label"] for i in items(it.reply)] == ["New asylum applications in Germany"]
    await use(asker, it.reply, "New asylum applications in Germany")


@in_one_loop
async def test_what_is_no_question_is_told_with_two_that_are(asker: Asker) -> None:
    it = await asker.ask("ask", {"question": "What is the capital of France?"})

    assert it.ephemeral
    assert it.reply
    assert it.reply["content"] == (
        "I find no question on refugees or asylum in that. Try for example:"
        " “How many Chinese applied for asylum in Canada last year?” · “Which country hosts the most refugees?”"
    )
    assert it.reply["components"] == []


@in_one_loop
async def test_a_question_in_another_language_is_refused_in_it(asker: Asker) -> None:
    it = await asker.ask("ask", {"question": "Wie viele Flüchtlinge leben in Österreich?"})

    assert it.reply
    assert it.reply["content"].startswith("Ich verstehe Fragen nur auf Englisch")
    assert [i["label"] for i in items(it.reply)] == ["Refugees living in Austria"]


@in_one_loop
async def test_a_private_question_is_answered_and_corrected_in_private(asker: Asker) -> None:
    it = await asker.ask("ask", {"question": DOUBTFUL, "private": True})
    assert it.ephemeral
    assert it.reply

    pressed = await use(asker, it.reply, "waiting for a decision")
    assert pressed.reply is None or pressed.ephemeral


@in_one_loop
async def test_an_option_that_no_menu_has_is_refused(asker: Asker) -> None:
    message = await ask(asker, CANADA)
    await change(asker, message)
    pressed = await use(asker, current(asker, message), "Counted", "happiness")

    assert pressed.ephemeral
    assert pressed.reply
    assert pressed.reply["content"] == "That measure is from another version of the bot; ask again."


async def test_menus_and_buttons_outlive_the_bot(releases_path: Path) -> None:
    async with open_services(releases_path) as services, new_double(limits={}) as double:
        async with started(make_bot(services), double) as bot:
            first = Asker(double, bot)
            answered, doubtful = await ask(first, CANADA), await ask(first, DOUBTFUL)
        async with started(make_bot(services), double) as bot:
            again = Asker(double, bot)
            await change(again, answered)
            await use(again, current(again, answered), "Counted", "rejected")
            await use(again, doubtful, "waiting for a decision")

            assert "Rejected asylum claims from China in Canada" in current(again, answered)["content"]
            assert "People from Syria waiting for a decision" in current(again, doubtful)["content"]
        assert not double.violations
        assert not double.own_faults
