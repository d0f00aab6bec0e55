"""The preview as people meet it: a moderator subscribes a channel, a release is published, the alert arrives."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.bot.preview.chromium import needs_chromium, opened
from tests.bot.test_main import run, serving

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="session"),
]

PUBLISH = "Publish Global Trends 2025, corrected (25 Jun 2026)"
SHOTS = os.environ.get("ALERT_SHOTS")
"""A folder for pictures of the page, for whoever wants to look."""


async def pick(page: Page, option: str, typed: str, choice: str | re.Pattern[str]) -> None:
    """Fill in one option by the picker."""
    await page.keyboard.type(option)
    await page.keyboard.press("Enter")
    await page.keyboard.type(typed)
    await page.get_by_role("option", name=choice).first.click()


async def subscribe(page: Page) -> None:
    """As the moderator, subscribe the announcement channel to decisions in Canada, by the picker."""
    await page.get_by_role("radio", name="Moderator").check()
    await page.get_by_role("combobox", name="Message").fill("/alerts subscribe")
    await page.get_by_role("option", name="/alerts subscribe").first.click()
    await pick(page, "channel", "alerts", "#alerts")
    await pick(page, "asylum", "Canada", "Canada")
    await pick(page, "measure", "dec", re.compile("^Decisions"))
    await page.keyboard.press("Enter")
    proposal = page.locator(".message", has_text="For the last release I would have sent this")
    await expect(proposal).to_contain_text("47,762 (January–June) → 199,610 (whole year)")
    await shoot(page, "proposal")
    await proposal.get_by_role("button", name="Confirm").click()
    await expect(page.locator(".message", has_text="as number 1")).to_be_visible()


async def shoot(page: Page, name: str) -> None:
    if SHOTS:
        await page.set_viewport_size({"width": 1100, "height": 1500})
        await page.wait_for_timeout(400)
        await page.screenshot(path=f"{SHOTS}/{name}.png")


async def test_a_moderator_subscribes_publishes_the_next_release_and_sees_the_alert_arrive(
    browser: Browser, canada_path: Path, tmp_path: Path
) -> None:
    database = Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))
    with serving(database, "--port", "0") as (process, address):
        async with opened(browser, address) as page:
            await expect(page.locator("#welcome")).to_contain_text("The newest release is held back here.")
            await subscribe(page)
            await page.get_by_role("button", name=PUBLISH).click()
            await expect(page.locator(".toast")).to_contain_text("one subscribed channel hears of it now.")
            await expect(page.get_by_role("button", name=PUBLISH)).to_have_count(0)
            await page.get_by_role("button", name=re.compile("^alerts, announcement channel")).click()
            alert = page.locator(".message", has_text="199,610 → 96,789 (52% lower)")
            await expect(alert).to_be_visible()
            await expect(alert).to_contain_text("Corrected: asylum decisions in Canada in 2025")
            chart = alert.get_by_role("img", name=re.compile("^Figures before and after: "))
            assert await chart.first.evaluate("picture => picture.naturalWidth") == 1200
            await expect(alert.locator(".file-card")).to_contain_text("asylum-changes-2026-06-25.csv")
            await shoot(page, "alert-dark")
            await page.get_by_role("button", name="light theme").click()
            await shoot(page, "alert-light")
        process.terminate()
        process.communicate(timeout=300)

    answered = run(database, "answer", "/asylum figures origin:China")
    assert "Global Trends 2025, corrected (25 Jun 2026)" in answered.stdout
    assert "no subscription here yet" in run(database, "answer", "/alerts list").stderr
