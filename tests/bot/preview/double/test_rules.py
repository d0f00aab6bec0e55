"""What Discord would refuse, and what only we object to."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from discord import app_commands, ui

from bot.preview.double import rules
from bot.preview.double.messages import UploadedFile
from tests import discord_spec
from tests.bot.preview.double.samplebot import SampleBot, chart
from tests.double import double, started

ALLOWED = {"allowed_mentions": {"parse": []}}


def found(body: dict[str, Any], files: dict[str, UploadedFile] | None = None, **settings: Any) -> list[str]:
    return [v.message for v in rules.message({**ALLOWED, **body}, files or {}, "here", **settings)]


def picture(size: int = 10) -> dict[str, UploadedFile]:
    return {"files[0]": UploadedFile("a.png", b"x" * size, "image/png")}


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({"content": "x" * 2001}, "content over 2000 characters"),
        (
            {"embeds": [{"description": "x" * 4000}, {"title": "y" * 2001}]},
            "embeds over 6000 characters in all",
        ),
        ({"components": [{"type": 10, "content": "x"}]}, "Components V2 without the IS_COMPONENTS_V2 flag"),
        (
            {"components": [{"type": 10, "content": "x"}], "flags": 1 << 15, "content": "x"},
            "IS_COMPONENTS_V2 forbids content, embeds, stickers and polls",
        ),
        ({"components": [{"type": 10, "content": "x"}] * 41, "flags": 1 << 15}, "41 components, 40 allowed"),
        (
            {"components": [{"type": 10, "content": "x" * 4001}], "flags": 1 << 15},
            "text displays over 4000 characters in all",
        ),
        (
            {"components": [{"type": 1, "components": [{"type": 2}]}]},
            "a button needs a custom_id, a url or a sku_id",
        ),
        (
            {"components": [{"type": 1, "components": [{"type": 2, "custom_id": "a"}] * 2}]},
            "custom_id used twice",
        ),
        ({}, "empty message"),
        ({"embeds": [{"image": {"url": "attachment://gone.png"}}]}, "attachment://gone.png is not uploaded"),
    ],
)
def test_a_message_that_breaks_a_rule_is_named(body: dict[str, Any], complaint: str) -> None:
    assert found(body) == [complaint]


def test_files_have_limits_an_entry_and_alt_text() -> None:
    entry = {"attachments": [{"id": 0, "description": "A chart"}]}
    assert found(entry, picture()) == []
    assert found({}, picture()) == [
        "files[0] has no entry in attachments",
        "image a.png has no alt text (policy)",
    ]
    assert found(entry, picture(11), size_limit=10) == ["a.png is over the attachment size limit"]
    assert found(entry, {"upload": UploadedFile("a.csv", b"", "text/csv")}) == [
        "file part 'upload' is not files[n]"
    ]


def test_policy_can_be_left_out() -> None:
    assert [v.message for v in rules.message({"content": "x"}, {}, "here")] == [
        "no allowed_mentions (policy)"
    ]
    assert list(rules.message({"content": "x"}, {}, "here", policy=False)) == []


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ({"name": "Trend"}, "name 'Trend' is not allowed"),
        ({"name": "a", "description": "x" * 8000}, "8001 characters, 8000 allowed"),
        ({"name": "a", "name_localizations": {"xx": "a"}}, "unknown locales ['xx']"),
        ({"name": "a", "options": [{"name": "b", "type": 3}] * 2}, "two options of one name"),
        (
            {"name": "a", "options": [{"name": "b", "type": 3}, {"name": "c", "type": 3, "required": True}]},
            "a required option after an optional one",
        ),
        (
            {
                "name": "a",
                "options": [
                    {"name": "b", "type": 3, "autocomplete": True, "choices": [{"name": "c", "value": "c"}]}
                ],
            },
            "choices and autocomplete together",
        ),
    ],
)
def test_a_command_that_breaks_a_rule_is_named(command: dict[str, Any], complaint: str) -> None:
    assert [v.message for v in rules.commands([command], "here")] == [complaint]


def test_there_are_at_most_fifteen_message_menus() -> None:
    menus = [{"name": f"Check {i}", "type": 3} for i in range(16)]
    assert [v.message for v in rules.commands(menus, "here")] == ["over 15 commands of type 3"]


@discord_spec.requires_document
async def test_what_is_too_long_for_the_specification_is_refused_and_noted() -> None:
    async with double() as on, started(SampleBot(), on) as bot:
        channel = bot.get_partial_messageable(int(on.guilds[0]["channels"][0]["id"]))
        with pytest.raises(discord.HTTPException):
            await channel.send(
                embeds=[discord.Embed(description="x" * 4000), discord.Embed(description="y" * 2001)]
            )
        with pytest.raises(discord.HTTPException) as refused:
            await channel.send(embed=discord.Embed(title="x" * 257))
        assert refused.value.code == 50035
        await channel.send(file=chart(alt=None))
        noted = "\n".join(map(str, on.violations))
        assert "6000" in noted
        assert "maxLength=256" in noted
        assert "alt text" in noted


async def test_unchecked_the_double_takes_anything() -> None:
    async with double(check=None, rules=False) as on, started(SampleBot(), on) as bot:
        channel = bot.get_partial_messageable(int(on.guilds[0]["channels"][0]["id"]))
        message = await channel.send("x" * 5000, file=chart(alt=None))
        assert len(on.messages[str(channel.id)][str(message.id)]["content"]) == 5000
        assert on.violations == []


async def test_a_command_set_that_breaks_a_rule_is_refused() -> None:
    class Wrong(SampleBot):
        async def setup_hook(self) -> None:
            @self.tree.command(description="Too many words")
            @app_commands.choices(
                word=[app_commands.Choice(name=f"{i:02d}", value="x" * 400) for i in range(25)]
            )
            async def wrong(interaction: discord.Interaction, word: str) -> None: ...

            await self.tree.sync()

    async with double(check=None) as on:
        with pytest.raises(app_commands.CommandSyncFailure):
            async with started(Wrong(), on):
                pass
        assert "8000 allowed" in str(on.violations[0])


async def test_more_than_forty_components_are_refused_by_discord_too() -> None:
    async with double() as on, started(SampleBot(), on) as bot:
        channel = bot.get_partial_messageable(int(on.guilds[0]["channels"][0]["id"]))
        view = ui.LayoutView().add_item(ui.TextDisplay("x" * 4001))
        with pytest.raises(discord.HTTPException) as refused:
            await channel.send(view=view)
        assert refused.value.code == 50035
