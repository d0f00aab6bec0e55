"""The page's scripts, one by one, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.preview.page import preview
from tests.bot.preview.chromium import needs_chromium, opened

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="session"),
]

WHO = {"1": "asylum-bot"}
RENDER = """async ([text, names]) => {
  const { markdown } = await import("/static/markdown.js");
  const host = document.createElement("div");
  host.append(markdown(text, { person: (id) => names[id], channel: () => "alerts", role: () => "data-desk" }));
  return host.innerHTML;
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    async with preview(0) as session, opened(browser, session.url) as shown:
        yield shown


async def rendered(page: Page, text: str) -> str:
    html: str = await page.evaluate(RENDER, [text, WHO])
    return html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", '<div class="para">plain</div>'),
        ("two\nlines\n\nmore", '<div class="para">two\nlines\n\nmore</div>'),
        ("**b** *i* __u__ ~~s~~", "<strong>b</strong> <em>i</em> <u>u</u> <s>s</s>"),
        ("***both***", "<strong><em>both</em></strong>"),
        ("**bold *and italic* too**", "<strong>bold <em>and italic</em> too</strong>"),
        ("snake_case_name and 2 * 3 * 4", '<div class="para">snake_case_name and 2 * 3 * 4</div>'),
        (r"\*not\* \_this\_", '<div class="para">*not* _this_</div>'),
        ("`**raw**` ``a`b``", "<code>**raw**</code> <code>a`b</code>"),
        ("# Big\n-# small", '<h3>Big</h3><small class="subtext">small</small>'),
        ("#hashtag", '<div class="para">#hashtag</div>'),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        (
            "> said\n> so\nnot",
            '<blockquote><div class="para">said\nso</div></blockquote><div class="para">not</div>',
        ),
        (
            "a\n```py\nx = 1\n  y\n```\nb",
            '<code data-language="py">x = 1\n  y</code></pre><div class="para">b</div>',
        ),
        (
            "<@1> <#5> <@&7> </asylum trend:9>",
            '<span class="mention">@asylum-bot</span> <span class="mention">#alerts',
        ),
        ("a < b && c > d", '<div class="para">a &lt; b &amp;&amp; c &gt; d</div>'),
        ("<b>no</b>", '<div class="para">&lt;b&gt;no&lt;/b&gt;</div>'),
        ("**<i>x</i>**", "<strong>&lt;i&gt;x&lt;/i&gt;</strong>"),
        ("[x](javascript:alert(1))", '<div class="para">[x](javascript:alert(1))</div>'),
        ("[x](data:text/html,hi)", '<div class="para">[x](data:text/html,hi)</div>'),
        ("**open", '<div class="para">**open</div>'),
        ("", ""),
    ],
)
async def test_markdown_is_shown_as_discord_shows_it(page: Page, text: str, html: str) -> None:
    assert html in await rendered(page, text)


async def test_links_open_elsewhere_and_tell_nothing(page: Page) -> None:
    for text in ("[UNHCR](https://www.unhcr.org/a_(b)?c=d)", "https://www.unhcr.org/a_(b)?c=d"):
        html = await rendered(page, text)

        assert 'href="https://www.unhcr.org/a_(b)?c=d"' in html
        assert 'rel="noopener noreferrer"' in html


async def test_a_quote_in_a_link_cannot_leave_its_attribute(page: Page) -> None:
    html = await rendered(page, 'https://a.example/"onmouseover="alert(1)')

    assert "onmouseover=&quot;" in html or "&quot;onmouseover" in html


async def test_a_relative_time_counts_from_now(page: Page) -> None:
    ago = """async ([unix, now]) => (await import("/static/inline.js")).ago(unix, now)"""

    assert await page.evaluate(ago, [0, 86_400_000]) == "1 day ago"
    assert await page.evaluate(ago, [7200, 0]) == "in 2 hours"
    assert await page.evaluate(ago, [0, 0]) == "in 0 seconds"


async def test_long_and_hostile_texts_are_rendered_without_end_of_patience(page: Page) -> None:
    for text in (
        "*" * 4000,
        "[" * 4000,
        "`" * 3999 + "x",
        "**a " * 1000,
        "||" * 2000,
        "<t:" * 1300,
        "> " * 2000,
    ):
        assert isinstance(await rendered(page, text), str)


TREND: dict[str, Any] = {
    "type": 1,
    "name": "asylum",
    "description": "Statistics",
    "options": [
        {"type": 1, "name": "trend", "description": "A line over the years", "options": []},
        {"type": 1, "name": "top", "description": "A ranking", "options": []},
    ],
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("/", ["/asylum trend", "/asylum top"]),
        ("/t", ["/asylum trend", "/asylum top"]),
        ("/asylum to", ["/asylum top"]),
        ("/rank", ["/asylum top"]),
        ("/end", ["/asylum trend"]),
        ("/nothing", []),
    ],
)
async def test_the_picker_finds_commands_by_any_of_their_words(
    page: Page, typed: str, found: list[str]
) -> None:
    search = """async ([commands, typed]) => {
      const { leaves, search } = await import("/static/commands.js");
      return search(leaves(commands), typed).map((leaf) => leaf.name);
    }"""

    assert await page.evaluate(search, [[TREND], typed]) == found


@pytest.mark.parametrize(
    ("option", "typed", "value"),
    [
        ({"type": 3}, " China ", "China"),
        ({"type": 4, "min_value": 1951, "max_value": 2025}, "1999", 1999),
        (
            {"type": 4, "min_value": 1951, "max_value": 2025},
            "1950",
            "“x” takes a whole number from 1951 to 2025.",
        ),
        ({"type": 4}, "1.5", "“x” takes a whole number."),
        ({"type": 10}, "1,5", 1.5),
        ({"type": 5}, "true", True),
        ({"type": 5}, "maybe", "“x” takes one of: True, False."),
        ({"type": 3, "choices": [{"name": "Pending", "value": "p"}]}, "pending", "p"),
        ({"type": 3, "choices": [{"name": "Pending", "value": "p"}]}, "tea", "“x” takes one of: Pending."),
        ({"type": 3, "max_length": 3}, "long", "“x” takes 0 to 3 characters."),
        ({"type": 7}, "#alerts", "5"),
        ({"type": 3}, "  ", None),
    ],
)
async def test_an_option_takes_what_discord_would_take(
    page: Page, option: dict[str, Any], typed: str, value: object
) -> None:
    read = """async ([option, typed]) => {
      const { Field } = await import("/static/field.js");
      const state = { people: [], roles: [], channels: [{ id: "5", name: "alerts", type: 5 }] };
      const field = new Field({ name: "x", ...option }, state, null);
      field.type(typed);
      try {
        return field.read()?.value ?? null;
      } catch (error) {
        return error.message;
      }
    }"""

    assert await page.evaluate(read, [option, typed]) == value


async def test_suggestions_for_an_older_text_are_dropped(page: Page) -> None:
    race = """async () => {
      const { Field } = await import("/static/field.js");
      const answers = [];
      const open = new Map();
      const asked = (text) => new Promise((go) => {
        const look = () => (open.has(text) ? go() : setTimeout(look, 5));
        look();
      });
      const ask = (text) => new Promise((answer) => {
        open.set(text, () => answer([{ name: text, value: text }]));
      });
      const field = new Field({ name: "x", type: 3, autocomplete: true }, { people: [], roles: [], channels: [] }, ask);
      const suggest = (text) => {
        field.type(text);
        field.suggest((found) => answers.push(found[0].name), () => {});
      };
      suggest("c");
      await asked("c");
      suggest("ch");
      suggest("chi");
      await asked("chi");
      open.get("chi")();
      open.get("c")();
      await new Promise((go) => setTimeout(go));
      return { asked: [...open.keys()], answers };
    }"""

    assert await page.evaluate(race) == {"asked": ["c", "chi"], "answers": ["chi"]}


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@asylum-bot hi", "<@1> hi"),
        ("ask @Asylum-Bot, please", "ask <@1>, please"),
        ("@asylum-botany me@asylum-bot", "@asylum-botany me@asylum-bot"),
        ("@data-desk", "<@&7>"),
        ("@everyone", "@everyone"),
    ],
)
async def test_names_after_an_at_sign_become_mentions(page: Page, typed: str, sent: str) -> None:
    encode = """async ([text]) => {
      const { encode } = await import("/static/mentions.js");
      const roles = [{ id: "7", name: "data-desk" }, { id: "8", name: "@everyone" }];
      return encode(text, { bot: { id: "1", username: "asylum-bot" }, people: [{ id: "2", name: "Reader" }], roles });
    }"""

    assert await page.evaluate(encode, [typed]) == sent
