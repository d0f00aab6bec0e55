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
    it = await asker.ask("ask", {"question": "Is it right that 80% of Syrians get asylum in Germany?"})

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
@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (
            "Have applications in the US risen from 2023 to 2025?",
            "**That cannot be told**: new asylum applications in the USA numbered 1,176,051 in 2023 and **629,358",
        ),
        (
            "Did asylum applications in the US fall in 2025?",
            "**That cannot be told**: new asylum applications in the USA numbered 729,105 in January–June 2024 and",
        ),
        (
            "Did asylum applications worldwide fall in 2024?",
            "**That cannot be told**: new asylum applications worldwide numbered 3,580,371 persons and 357 cases",
        ),
        (
            "Was 2024 the record year for asylum applications in the USA?",
            "New asylum applications in the USA: **729,105** in January–June 2024.",
        ),
        (
            "Was 2023 the record year for asylum applications worldwide?",
            "New asylum applications worldwide: **3,580,371 persons and 357 cases** in 2023",
        ),
        (
            "How many refugees do the EU and Germany host together in 2024?",
            "Refugees living in the EU: **7,769,005** on 31 December 2024",
        ),
        (
            "Has the number of Cubans seeking asylum doubled since 2022?",
            (
                "**No**: new asylum applications from Cuba numbered **137,293 persons and 312 cases** in 2025, 29% fewer"
                " than in 2022 (194,642 persons and 101 cases), but across a break in the series."
            ),
        ),
        (
            "Did asylum applications in the EU rise from 2018 to 2023?",
            "**Yes**: new asylum applications in the EU numbered **1,034,892** in 2023, 75% more than in 2018 (591,569),",
        ),
        (
            "Were there more asylum applications in Germany in 2016 than in 2019?",
            "**Yes**: new asylum applications in Germany numbered **722,373** in 2016, 5.1 times as many as in 2019",
        ),
        (
            "Are there twice as many refugees in Uganda as in 2015?",
            "**Yes**: refugees living in Uganda numbered **1,936,719** on 31 December 2025, 4.1 times as many as on 31",
        ),
        (
            "Were asylum applications in Germany higher in 2015 or 2018?",
            "**2015**: new asylum applications in Germany numbered 441,898.",
        ),
        (
            "Which year had the fewest asylum applications in Germany?",
            "**2007**: new asylum applications in Germany numbered 19,144, the lowest of 2007–2025.",
        ),
        (
            "When did refugees in Uganda first exceed 1 million?",
            "**Above 1,000,000 in 2017–2025 (9 years)**, with 1,350,495 in 2017.",
        ),
        (
            "Have applications in Germany ever exceeded 500,000?",
            "**Yes**: above 500,000 in 2016, with 722,373.",
        ),
        (
            "When did asylum applications in the US pass one million?",
            "**Above 1,000,000 in 2023**, with 1,176,051; of years counted in part, or in cases, it cannot be told.",
        ),
        (
            "How many refugees are in Germany excluding Ukrainians?",
            "**1,481,999** without them, 55.8% of all: refugees living in Germany numbered 2,655,191 on 31 December",
        ),
        (
            "How many refugees live outside Europe?",
            "**19,566,439** without them, 68.7% of all: refugees worldwide numbered 28,461,306 on 31 December 2025,",
        ),
        (
            "Which country outside Africa hosts the most refugees?",
            "Refugees on 31 December 2025, largest countries of asylum, leaving out Africa: **Germany 2,655,191**,",
        ),
        (
            "Which country besides Germany got the most asylum applications in the EU in 2023?",
            (
                "New asylum applications in the EU in 2023, largest countries of asylum, leaving out Germany:"
                " **Spain 163,192**, Italy 130,547,"
            ),
        ),
        (
            "For how many years did France get above 100,000 asylum applications?",
            "**Above 100,000 in 2018–2019 and 2022–2025 (6 years)**, with",
        ),
        (
            "How many people claimed asylum per day in Spain in 2023?",
            "About **447 a day** on average, worked out: new asylum applications in Spain numbered 163,192 in 2023.",
        ),
        (
            "Is Uganda among the top five refugee hosts?",
            "**Yes**. **Uganda is third: 1,936,719**, of 167 countries of asylum",
        ),
        (
            "Is Pakistan one of the five largest hosts of refugees?",
            "**No**. **Pakistan is sixth: 1,159,038**, of 167 countries of asylum",
        ),
        (
            "Which year saw the biggest rise in asylum applications in Spain?",
            (
                "**2019**: new asylum applications in Spain numbered 55,650 in 2018 and 118,257 in 2019, the largest"
                " rise in number of 2006–2025."
            ),
        ),
        (
            "Was there a time when Sweden had more than 150,000 asylum applications?",
            "**Yes**: above 150,000 in 2015, with 156,330.",
        ),
        (
            "What was the lowest number of refugees worldwide?",
            "**1960**: refugees worldwide numbered 1,656,664, the lowest of 1951–2025.",
        ),
        (
            "How many people apply for asylum in the US every day?",
            "No figure per day is worked out: the year is partly in cases, or not whole.\nNew asylum applications",
        ),
        (
            "Is the number of refugees in Bangladesh the same as in 2017?",
            "Refugees living in Bangladesh: **1,178,038** on 31 December 2025, 26% more than on 31 December 2017",
        ),
        (
            "Do more than half of all refugees come from just three countries?",
            "**No**: the first 3 together have **45.4%** of the total.",
        ),
        (
            "Which countries host more refugees than Uganda?",
            "**Uganda is third: 1,936,719**, of 167 countries of asylum by refugees on 31 December 2025 (2024:",
        ),
        (
            "Did any country host more refugees than Turkey in 2019?",
            "**No**. **Türkiye is first: 3,579,531**, of 163 countries of asylum",
        ),
        (
            "Does any other country host more refugees than Uganda?",
            "**Yes**. **Uganda is third: 1,936,719**, of 167 countries of asylum",
        ),
        (
            "What was the range of asylum applications in Sweden 2010-2020?",
            "New asylum applications in Sweden numbered from **10,308** in 2020 (lowest) to **156,330** in 2015 (highest).",
        ),
        (
            "Which of Kenya, Uganda and Ethiopia hosts the most refugees?",
            "**Uganda**: on 31 December 2025 refugees numbered 1,936,719 in Uganda, 1,010,466 in Ethiopia and",
        ),
        (
            "Does Sweden host more refugees per head than Germany?",
            "**No**. Refugees living in Sweden: **14 per 1,000 inhabitants** (one in 74) on 31 December 2025",
        ),
        (
            "Who has more refugees per capita, Sweden or Germany?",
            "**Germany** has more per inhabitant.\nRefugees living in Sweden: **14 per 1,000",
        ),
        (
            "How many stateless people per 100,000 inhabitants are there in Latvia?",
            "**9,000 per 100,000 inhabitants**.\nStateless people in Latvia: **90 per 1,000",
        ),
        (
            "Did Germany receive more applications in 2016 than Sweden in 2015?",
            "**Yes**: new asylum applications numbered **722,373** in Germany in 2016, 566,043 more than in Sweden in",
        ),
        (
            "How many times as many refugees did Turkey host in 2020 as Germany did in 2015?",
            "**11.6 times as many**: refugees numbered 3,652,362 in Türkiye on 31 December 2020 and 316,098 in Germany",
        ),
        (
            "How many asylum applications did Germany and France get together from 2020 to 2022?",
            "**760,654** together: in 2020–2022 new asylum applications numbered 468,550 in Germany and 292,104 in",
        ),
        (
            "How many applications did the USA and Canada get together since 2015?",
            "New asylum applications in the USA: **3,369,359 persons and 627,278 cases in all** in 2015–2023 and 2025.",
        ),
        (
            "Did applications rise more in Italy than in Spain between 2019 and 2023?",
            "**Yes**: Italy moved by +95,678 against +44,935 in Spain.",
        ),
        (
            "Who took in fewer asylum seekers in 2023, Sweden, Denmark or Norway?",
            "**Denmark**: in 2023 new asylum applications numbered 2,335 in Denmark, 5,165 in Norway and 8,417 in Sweden",
        ),
        (
            "Is it true that the UK takes fewer refugees than France and Germany?",
            "**Yes**: on 31 December 2025 refugees numbered 581,072 in the United Kingdom, 788,419 in France and",
        ),
        (
            "Are there eight million Afghan refugees in Iran?",
            "Refugees from Afghanistan living in Iran: **758,339** on 31 December 2025.",
        ),
        (
            "How many people left Turkey for Syria in 2025?",
            "Refugees who returned to Syria from Türkiye: **556,009** in 2025",
        ),
        (
            "What share of the world's refugees come from Syria, Afghanistan and Ukraine together?",
            "**44.8%**: refugees worldwide numbered 28,461,306 on 31 December 2025, among them 4,865,764 from Syria,",
        ),
        (
            "What percentage of the world's refugees come from the top five countries?",
            "The first 5 together have **63.1%** of the total.",
        ),
        (
            "How many Eritreans were recognised in the UK from 2015 to 2020?",
            (
                "People from Eritrea recognised as refugees in the United Kingdom: **7,012 persons and 1,965 cases in"
                " all** in 2015–2020."
            ),
        ),
    ],
)
async def test_years_thresholds_and_parts_are_told_in_the_first_line(
    asker: Asker, question: str, begins: str
) -> None:
    assert (await ask(asker, question))["content"].startswith(begins)


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
