"""The page in a real browser, by keyboard."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.preview.page import Preview
from tests.bot.preview.chromium import needs_chromium, opened
from tests.bot.preview.page_bot import ALT, previewed

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="session"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def session() -> AsyncIterator[Preview]:
    async with previewed() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, session: Preview) -> AsyncIterator[Page]:
    async with opened(browser, session.url) as shown:
        await expect(shown.locator(".channel").first).to_be_visible()
        yield shown


async def test_a_command_is_chosen_filled_in_and_sent_by_keyboard_alone(page: Page) -> None:
    keyboard = page.keyboard
    await keyboard.type("/tre")
    await expect(page.get_by_role("option", name="/asylum trend")).to_be_visible()
    await keyboard.press("Enter")
    await keyboard.type("pend")
    await keyboard.press("Enter")
    await keyboard.type("chi")
    await expect(page.get_by_role("option", name="China")).to_be_visible()
    # What is shown may answer "ch" still, from which nothing can be chosen.
    await expect(page.locator(":focus")).to_have_attribute("aria-activedescendant", re.compile("."))
    await keyboard.press("Enter")
    await keyboard.type("ye")
    await keyboard.press("Enter")
    await keyboard.type("1950")
    await keyboard.press("Enter")
    await expect(page.locator(".notice")).to_have_text("“year” takes a whole number from 1951 to 2025.")
    await keyboard.press("Backspace")
    await keyboard.type("1")
    await keyboard.press("Enter")

    answer = page.locator(".message", has_text="pending of CHI, 1951")
    await expect(answer.locator(".used")).to_have_text("RReader used /asylum trend")
    await expect(answer.get_by_role("img", name=ALT)).to_be_visible()
    assert await answer.get_by_role("img", name=ALT).evaluate("picture => picture.naturalWidth") == 320
    await answer.get_by_role("button", name="ALT").press("Enter")
    await expect(answer.locator("figcaption")).to_have_text(ALT)
    await answer.get_by_role("button", name="Log scale").press("Enter")
    await expect(page.locator(".message", has_text="On a log scale. (edited)")).to_be_visible()
    await expect(page.get_by_role("button", name="Log scale").last).to_be_focused()


async def test_escape_and_backspace_lead_back_out_of_a_command(page: Page) -> None:
    await page.keyboard.type("/asylum trend")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("combobox", name="measure")).to_be_focused()
    await page.keyboard.press("Backspace")
    await expect(page.get_by_role("combobox", name="Message")).to_have_value("/asylum trend")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("combobox", name="Message")).to_have_value("")


async def test_a_whole_line_can_be_typed_and_recalled(page: Page) -> None:
    line = "/asylum trend measure:pending origin:TYPED"
    await page.keyboard.type(line)
    await page.keyboard.press("Enter")
    await expect(page.locator(".message", has_text="pending of TYPED")).to_be_visible()
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_role("combobox", name="Message")).to_have_value(line)


async def test_private_replies_say_so_stay_with_their_person_and_can_be_dismissed(page: Page) -> None:
    await page.keyboard.type("/asylum check text:only mine")
    await page.keyboard.press("Enter")
    private = page.locator(".message", has_text="Read: only mine")
    await expect(private).to_contain_text("Only you can see this · Dismiss message")
    await page.get_by_role("radio", name="Moderator").check()
    await expect(page.get_by_role("radio", name="Moderator")).to_be_checked()
    await expect(private).to_have_count(0)
    await page.get_by_role("radio", name="Reader").check()
    await page.reload()
    await expect(private).to_be_visible()
    await private.get_by_role("button", name="Dismiss message").click()
    await expect(private).to_have_count(0)


async def test_nothing_that_a_message_says_becomes_markup(page: Page) -> None:
    await page.keyboard.type("/asylum nasty")
    await page.keyboard.press("Enter")
    nasty = page.locator(".message", has_text="<script>").last
    await expect(nasty.locator(".embed-foot")).to_contain_text("onerror=")

    assert await nasty.locator("script, img:not(.avatar), [onerror], a").count() == 0
    assert "taken" not in await page.title()


async def test_a_select_menu_is_walked_and_its_choice_sent(page: Page) -> None:
    await page.keyboard.type("/asylum trend measure:pending origin:SELECT")
    await page.keyboard.press("Enter")
    answer = page.locator(".message", has_text="pending of SELECT")
    menu = answer.get_by_role("combobox", name="Another country")
    await menu.press("ArrowDown")
    await page.keyboard.type("t")
    await page.keyboard.press("ArrowDown")
    await expect(answer.get_by_role("option", name="Chad")).to_have_class(re.compile("active"))
    await page.keyboard.press("Escape")
    await expect(answer.get_by_role("listbox")).to_have_count(0)
    await menu.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message", has_text="Now SYR.")).to_be_visible()


async def test_a_card_of_components_shows_all_it_is_made_of(page: Page) -> None:
    await page.keyboard.type("/asylum card")
    await page.keyboard.press("Enter")
    card = page.locator(".message").last.locator(".container")
    await expect(card.get_by_role("heading", name="China")).to_be_visible()
    await expect(card.get_by_role("img", name="A small chart")).to_be_visible()
    await expect(card.get_by_role("img", name=ALT)).to_be_visible()
    await expect(card.locator(".file-card")).to_contain_text("figures.csv1.3 KB")
    await expect(card.get_by_role("link", name="Source")).to_have_attribute("target", "_blank")
    await expect(card.get_by_role("button", name="Not now")).to_be_disabled()
    await card.get_by_role("button", name=f"Enlarge: {ALT}").press("Enter")
    large = page.get_by_role("dialog", name="Enlarged picture")
    await expect(large).to_contain_text(ALT)
    await page.keyboard.press("Escape")
    await expect(large).to_have_count(0)
    await expect(card.get_by_role("button", name=f"Enlarge: {ALT}")).to_be_focused()


async def test_a_form_is_filled_in_by_keyboard(page: Page) -> None:
    await page.get_by_role("radio", name="Moderator").check()
    await page.get_by_role("combobox", name="Message").fill("/alerts subscribe")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Alert filter")
    await expect(form).to_be_visible()
    await form.get_by_role("button", name="Submit").press("Enter")
    await expect(form.get_by_role("alert")).to_have_text("“When” is needed.")
    await form.get_by_role("radio", name="Large changes").press(" ")
    await form.get_by_role("textbox", name="Note").fill("mine")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message", has_text="Noted: large, mine.")).to_be_visible()
    await expect(form).to_have_count(0)


async def test_a_message_s_menu_asks_the_bot_about_it(page: Page) -> None:
    await page.keyboard.type("178,725 applied")
    await page.keyboard.press("Enter")
    said = page.locator(".message", has_text=re.compile("178,725 applied$"))
    await expect(said).to_be_visible()
    await said.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Check asylum figures")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".message", has_text="Read: 178,725 applied")).to_be_visible()


async def test_a_mention_is_completed_and_answered(page: Page) -> None:
    await page.keyboard.type("@asy")
    await page.keyboard.press("Tab")
    await page.keyboard.type("how many?")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message", has_text="You asked: @asylum-bot how many?")).to_be_visible()


async def test_a_mention_in_a_reply_is_answered_as_a_reply(page: Page, session: Preview) -> None:
    await page.keyboard.type("178,725 people applied")
    await page.keyboard.press("Enter")
    said = page.locator(".message", has_text=re.compile("178,725 people applied$"))
    await said.hover()
    await said.get_by_role("button", name="Reply").click()
    await expect(page.locator(".replying")).to_have_text("Replying to Reader")
    await page.keyboard.press("Escape")
    await expect(page.locator(".replying")).to_be_hidden()
    await said.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Reply").click()
    await page.keyboard.type("@asylum-bot is that so?")
    await page.keyboard.press("Enter")
    asked = page.locator(".message", has_text=re.compile("178,725 people applied.*is that so"))
    await expect(asked.locator(".said")).to_have_text("178,725 people applied")
    await expect(page.locator(".replying")).to_be_hidden()
    await expect(page.locator(".message", has_text="You asked: @asylum-bot is that so?")).to_be_visible()
    written = [one for channel in session.double.messages.values() for one in channel.values()]
    reply = next(one for one in written if "is that so?" in one["content"] and not one["author"].get("bot"))
    assert reply["referenced_message"]["content"] == "178,725 people applied"


async def test_private_answers_take_no_reply(page: Page) -> None:
    await page.keyboard.type("/asylum check text:nobody answers this")
    await page.keyboard.press("Enter")
    private = page.locator(".message", has_text="Read: nobody answers this")
    await expect(private).to_be_visible()
    await expect(private.get_by_role("button", name="Reply")).to_have_count(0)


async def test_a_phone_shows_the_channel_s_name_and_wraps_tables_as_discord_does(page: Page) -> None:
    await page.keyboard.type("/asylum wide")
    await page.keyboard.press("Enter")
    embed = page.locator(".message").last.locator(".embed")
    await expect(embed.locator("pre")).to_be_visible()
    width = await embed.evaluate("box => box.getBoundingClientRect().width")
    assert width <= 520
    await page.set_viewport_size({"width": 390, "height": 800})
    await expect(page.get_by_role("heading", name="general", exact=True)).to_be_in_viewport(ratio=1)
    code = embed.locator("pre")
    assert await code.evaluate("box => box.scrollWidth <= box.clientWidth")
    lines = await code.locator("code").evaluate(
        "code => Math.round(code.getBoundingClientRect().height / parseFloat(getComputedStyle(code).lineHeight))"
    )
    assert lines == 3  # of 38 characters, which fit, and of 60, which do not
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_the_page_follows_the_system_until_somebody_chooses(browser: Browser, session: Preview) -> None:
    context = await browser.new_context(color_scheme="light")
    shown = await context.new_page()
    await shown.goto(session.url)
    html = shown.locator("html")
    await expect(html).to_have_attribute("data-theme", "light")
    await shown.emulate_media(color_scheme="dark")
    await expect(html).to_have_attribute("data-theme", "dark")
    await shown.get_by_role("button", name="light theme").click()
    await shown.emulate_media(color_scheme="light")
    await shown.emulate_media(color_scheme="dark")
    await expect(html).to_have_attribute("data-theme", "light")
    await context.close()


async def test_a_page_that_lost_its_line_finds_it_again(page: Page, session: Preview) -> None:
    session.page.close()
    await page.keyboard.type("still here")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message", has_text="still here")).to_be_visible()
    await expect(page.locator("#lost")).to_be_hidden()


async def test_channels_themes_and_narrow_windows(page: Page) -> None:
    await page.keyboard.press("Alt+ArrowDown")
    await expect(page.get_by_role("heading", name="asylum-figures", exact=True)).to_be_visible()
    await page.get_by_role("button", name="light theme").press("Enter")
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    await page.set_viewport_size({"width": 420, "height": 800})
    await expect(page.get_by_role("navigation", name="Channels")).to_be_hidden()
    await page.get_by_role("button", name="Channels", exact=True).click()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("heading", name="general", exact=True)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 420
