"""Discord takes 8,000 characters of a command with all in it: names, descriptions, choices and their values."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.discord.client import AsylumBot
from bot.discord.translator import CommandTranslator
from bot.preview.double.rules import MAX_CHARACTERS, characters
from bot.services import Services
from data.model import Measure

MAX_IN_ENGLISH = 5_500
LONGER = 1.3
"""Other languages take so many times the characters of English."""

MAX_CHOICES_LISTED = 6
"""A longer list is autocompleted: it would stand in every command that has the option."""

Payload = dict[str, Any]


@pytest.fixture
async def registered() -> AsyncIterator[list[Payload]]:
    """The commands as they are handed to Discord."""
    async with AsylumBot(object.__new__(Services)) as bot:
        for name in bot.cog_names:
            await bot.load_extension(name)
        yield [command.to_dict(bot.tree) for command in bot.tree.get_commands()]


def translated(node: Payload) -> Payload:
    """The same with every text that can be translated a third longer, names of options among them."""
    longer = {
        f"{key}_localizations": {"de": text + "x" * math.ceil(len(text) * (LONGER - 1))}
        for key in ("name", "description")
        if (text := node.get(key))
    }
    nested = {
        key: [translated(each) for each in node[key]] for key in ("options", "choices") if node.get(key)
    }
    return {**node, **longer, **nested}


async def test_every_command_leaves_room_for_more(registered: list[Payload]) -> None:
    taken = {command["name"]: characters(command) for command in registered}

    over = f"/asylum takes {taken['asylum']} of {MAX_IN_ENGLISH} characters: shorten descriptions or options"
    assert taken["asylum"] <= MAX_IN_ENGLISH, over
    assert max(taken.values()) == taken["asylum"]


async def test_every_command_can_be_translated(registered: list[Payload]) -> None:
    for command in registered:
        assert characters(translated(command)) <= MAX_CHARACTERS, command["name"]


async def test_no_command_lists_measures_or_any_long_list(registered: list[Payload]) -> None:
    lists = [each for command in registered for each in lists_of_choices(command)]

    assert max(map(len, lists)) <= MAX_CHOICES_LISTED
    assert Measure.PENDING.value not in json.dumps(lists)


def lists_of_choices(node: Payload) -> list[list[Payload]]:
    own = [node["choices"]] if node.get("choices") else []
    return [*own, *(found for option in node.get("options", ()) for found in lists_of_choices(option))]


MAX_TRANSLATED = 7_000
"""With all translations; of each text the longest counts, so two more languages fit that are a seventh longer."""


async def test_every_command_fits_with_its_translations() -> None:
    async with AsylumBot(object.__new__(Services)) as bot:
        for name in bot.cog_names:
            await bot.load_extension(name)
        translator = CommandTranslator()
        taken = {
            command.name: characters(await command.get_translated_payload(bot.tree, translator))
            for command in bot.tree.get_commands()
        }

    assert max(taken.values()) <= MAX_TRANSLATED, taken
