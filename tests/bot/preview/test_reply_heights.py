"""How high the real bot's replies are on a phone, in a real browser: read in three seconds besides their chart."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.alerts.posts import post
from bot.discord.client import AsylumBot
from bot.endpoints import pointed_at
from bot.preview import command_parser
from bot.preview.double import Payload
from bot.preview.double.rules import SUBCOMMAND
from bot.preview.page import Preview, preview
from bot.services import Services
from data.model import Measure, Place
from data.state.model import Filter
from tests.asking import open_services
from tests.bot.preview.chromium import needs_chromium, opened

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="session"),
]

PHONE = {"width": 390, "height": 844}
MAX_HEIGHT = 480
"""Pixels besides the chart."""
MAX_LETTERS = 600
MENU = "Check asylum figures"

CLAIMS = (
    "Germany received 250,000 asylum applications in 2024, more than France with 159,000. In 2015 there were 441,899"
    " applications in Germany. In 2025 some 99,716 Chinese were waiting."
)
COMMANDS = (
    "/asylum figures",
    "/asylum figures origin:China",
    "/asylum figures origin:China as_of:2025-11-10",
    "/asylum figures origin:Sudan per:inhabitants",
    "/asylum trend measure:applications asylum:USA years:2015, 2020, 2025",
    "/asylum trend measure:pending origin:China versus:Venezuela, India, Sudan",
    "/asylum top measure:applications",
    "/asylum top measure:applications rank:origins by:change",
    "/asylum decisions origin:China",
    "/asylum map measure:applications",
    "/asylum period measure:applications asylum:Germany from:2015 to:2016 against_from:2022 against_to:2023",
    "/asylum history",
    "/asylum changes",
    "/asylum export format:CSV measure:decisions asylum:USA",
    "/asylum define word:asylum seeker",
    "/asylum check text:Some 178,725 Chinese applied for asylum in 2025.",
    f"/asylum check text:{CLAIMS}",
    f"/asylum check private:true text:{CLAIMS}",
    "/asylum check private:true text:Some 178,725 Chinese applied for asylum in 2025.",
    "/asylum figures asylum:USA",
    "/asylum figures asylum:USA year:2024",
    "/alerts list",
    "/alerts explain",
    "/alerts subscribe origin:China",
    "/alerts subscribe",
    "/alerts subscribe origin:Iceland at_least:10000",
    "/asylum ask question:Did Germany get more asylum applications in 2024 than in 2023?",
    "/asylum ask question:asylum seekers per capita in Europe",
    "/asylum ask question:How many Palestinians are there?",
    "/asylum ask question:How many women applied in Germany?",
    "/asylum ask question:weather in Berlin",
    "/asylum trend measure:pending origin:China from:1990",
    "/asylum figures asylum:EU",
    "/asylum figures origin:Syria asylum:Germany year:2016",
    "/asylum figures origin:Atlantis",
    "/asylum figures origin:China year:1950",
    "/asylum trend measure:applications asylum:Americas",
    "/asylum trend measure:refugees asylum:Lebanon per:inhabitants",
    "/asylum trend measure:recognition-rate origin:Afghanistan asylum:Germany",
    "/asylum top measure:applications since:2015",
    "/asylum top measure:refugees by:inhabitants",
    "/asylum decisions asylum:Germany level:first-instance",
    "/asylum map measure:applications origin:Ukraine",
    "/asylum map measure:refugees per:inhabitants",
    "/asylum history origin:China year:2025",
    "/asylum changes origin:China",
    "/asylum define word:Total Protection Rate",
    "/asylum define word:jabberwocky",
    "/asylum about",
    "/asylum check text:The weather is fine.",
    "/asylum ask question:Have applications in the US risen from 2023 to 2025?",
    "/asylum ask question:asylum in Canada",
    "/asylum-settings",
    "/asylum-settings mentions:on",
    "/alerts watch origin:China",
    "/alerts preview",
    "/alerts explain release:2025-11-10",
)  # fmt: skip
SUBSCRIBED = (
    "/alerts list",
    "/alerts preview subscription:1",
    "/alerts test subscription:1",
    "/alerts edit subscription:1 kinds:corrected, completed at_least:10%",
    "/alerts edit subscription:1 kinds:corrected, completed at_least:10%",
    "/alerts preview subscription:1",
    "/alerts edit subscription:1 measure:resettled",
    "/alerts preview subscription:1",
    "/alerts edit subscription:1 clear:measure",
    "/alerts test subscription:1",
    "/alerts pause subscription:1",
    "/alerts list",
    "/alerts explain",
    "/alerts resume subscription:1",
    "/alerts resume subscription:1",
    "/alerts remove subscription:1",
)
"""What a moderator asks once there is a subscription, in this order."""
HEIGHT = """message => {
  const height = node => node.getBoundingClientRect().height;
  const pictures = [...message.querySelectorAll(".picture-frame img")];
  return height(message) - pictures.reduce((sum, picture) => sum + height(picture), 0);
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(releases_path: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    """Services on figures of their own, as a channel is subscribed here."""
    path = Path(shutil.copy(releases_path, tmp_path_factory.mktemp("heights") / "asylum.sqlite3"))
    async with open_services(path) as services:
        yield services


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def session(services: Services) -> AsyncIterator[tuple[Preview, AsylumBot]]:
    async with preview(0) as running:
        bot = AsylumBot(services, hears_mentions=True, guild_ready_timeout=0.05)
        with pointed_at(running.endpoints):
            task = asyncio.create_task(bot.start(running.token))
            await running.double.registered.wait()
            await running.double.connected.wait()
            yield running, bot
            await bot.close()
            await asyncio.wait({task}, timeout=3)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def page(browser: Browser, session: tuple[Preview, AsylumBot]) -> AsyncIterator[Page]:
    async with opened(browser, session[0].url) as shown:
        await shown.set_viewport_size(PHONE)
        await shown.evaluate("sessionStorage.setItem('as', 'moderator')")
        await shown.reload()
        yield shown


async def measure(page: Page, message: Payload) -> float:
    """The height of a message besides its picture, where nothing is cut or stands beyond the edge."""
    shown = page.locator(f"#message-{message['id']}", has_not=page.locator(".thinking"))
    await expect(shown).to_be_visible()
    for picture in await shown.locator(".picture-frame img").all():
        await expect(picture).to_have_js_property("complete", value=True)
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    return float(await shown.evaluate(HEIGHT))


@pytest.mark.parametrize("line", COMMANDS)
async def test_a_reply_is_no_higher_than_a_phone_s_half(
    page: Page, session: tuple[Preview, AsylumBot], line: str
) -> None:
    double = session[0].double
    call = command_parser.parse(line, double.commands_for(), command_parser.names_in(double.guilds[0]))
    it = await double.slash(call.words, call.options)

    assert it.reply
    assert len(read_words(it.reply)) <= MAX_LETTERS
    assert await measure(page, it.reply) <= MAX_HEIGHT


async def test_every_command_is_looked_at(session: tuple[Preview, AsylumBot]) -> None:
    there = set()
    for command in session[0].double.commands_for():
        subs = [each["name"] for each in command.get("options", ()) if each["type"] == SUBCOMMAND]
        there |= {f"{command['name']} {sub}" for sub in subs} or {command["name"]}
    there -= {MENU}

    asked = {
        words for words in there for line in (*COMMANDS, *SUBSCRIBED) if f"{line} ".startswith(f"/{words} ")
    }
    assert asked == there


async def test_nor_is_a_check_from_a_message_s_menu(page: Page, session: tuple[Preview, AsylumBot]) -> None:
    double = session[0].double
    it = await double.context_menu(MENU, await double.say(CLAIMS))
    assert it.reply
    assert len(read_words(it.reply)) <= MAX_LETTERS
    assert await measure(page, it.reply) <= MAX_HEIGHT


def read_words(message: Payload) -> str:
    """What a message says before its footer, without the addresses of links."""
    told = "\n".join([message["content"], *(each.get("description") or "" for each in message["embeds"])])
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", told)


def buttons(message: Payload) -> dict[str, str]:
    parts = [part for row in message["components"] for part in row["components"]]
    return {part["label"]: part["custom_id"] for part in parts if "label" in part}


async def test_nor_is_a_page_of_a_check_s_claims(page: Page, session: tuple[Preview, AsylumBot]) -> None:
    double = session[0].double
    it = await double.slash("asylum check", {"text": CLAIMS, "private": True})
    assert it.reply
    message, label, seen = it.reply, "Details", 0
    while label:
        it = await double.click(message, buttons(message)[label])
        message = it.reply or double.messages[message["channel_id"]][message["id"]]
        assert await measure(page, message) <= MAX_HEIGHT
        seen += len(message["embeds"][0]["fields"])
        label = next((each for each in buttons(message) if each.startswith(f"Claim {seen + 1} ")), "")

    assert seen == 4


async def test_nor_is_what_is_said_of_a_subscription(page: Page, session: tuple[Preview, AsylumBot]) -> None:
    double = session[0].double
    proposed = await double.slash("alerts subscribe", {"origin": "China"})
    assert proposed.reply
    await double.click(proposed.reply, buttons(proposed.reply)["Confirm"])
    for line in SUBSCRIBED:
        call = command_parser.parse(line, double.commands_for(), command_parser.names_in(double.guilds[0]))
        it = await double.slash(call.words, call.options)
        assert it.reply
        assert len(read_words(it.reply)) <= MAX_LETTERS, line
        assert await measure(page, it.reply) <= MAX_HEIGHT, line


async def test_nor_is_the_answer_to_a_mention(page: Page, session: tuple[Preview, AsylumBot]) -> None:
    double = session[0].double
    asked = await double.say(f"<@{double.bot['id']}> asylum seekers in Canada")

    assert await measure(page, await double.answered(asked)) <= MAX_HEIGHT


@pytest.mark.parametrize("measure_of", [None, Measure.DECISIONS])
async def test_nor_is_an_alert(
    page: Page, session: tuple[Preview, AsylumBot], services: Services, measure_of: Measure | None
) -> None:
    running, bot = session
    newest = (await services.answers.releases())[-1]
    wanted = [Filter(Place(services.countries.find("China")), measure_of), Filter(Place())]
    message = await services.alerting.compose(await services.alerts.news(newest, wanted, whole=True), [])
    assert message is not None
    channel = next(each for each in running.double.guilds[0]["channels"] if each["name"] == "general")

    sent = await post(bot, int(channel["id"]), message)

    assert await measure(page, running.double.messages[channel["id"]][str(sent.id)]) <= MAX_HEIGHT
