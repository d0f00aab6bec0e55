"""Commands are registered when they changed, and only then."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from discord import app_commands

from bot.discord import registration
from bot.discord.client import AsylumBot
from bot.discord.registration import KEY, digest_of
from bot.discord.running import StartFailed
from bot.preview.double import DiscordDouble, Fault
from tests.bot.failing_cog import failing_bot
from tests.double import double as new_double
from tests.double import started


class Notebook:
    """Remembers in a dictionary, and what Discord had taken by then."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}

    async def recall(self, key: str) -> str | None:
        return self.notes.get(key)

    async def remember(self, key: str, value: str) -> None:
        self.notes[key] = value

    async def forget(self, key: str) -> None:
        self.notes.pop(key, None)


class Changing(AsylumBot):
    """A bot whose first command is described in words of one's choice."""

    words = "Commands that fail"

    async def load_extension(self, name: str, *, package: str | None = None) -> None:
        await super().load_extension(name, package=package)
        group = self.tree.get_command("fail")
        assert isinstance(group, app_commands.Group)
        group.description = self.words


def changing_bot(words: str, memory: Notebook) -> AsylumBot:
    bot = failing_bot(Changing, memory=memory)
    assert isinstance(bot, Changing)
    bot.words = words
    return bot


def puts(double: DiscordDouble) -> int:
    return sum(r.method == "PUT" and r.path.endswith("/commands") for r in double.requests)


async def start(bot: AsylumBot, double: DiscordDouble) -> None:
    async with started(bot, double):
        double.advance(60)


async def test_two_starts_register_once_and_a_changed_description_registers_again() -> None:
    memory = Notebook()
    async with new_double() as double:
        await start(failing_bot(memory=memory), double)
        await start(failing_bot(memory=memory), double)
        assert puts(double) == 1

        await start(changing_bot("Commands that fail, all of them", memory), double)
        assert puts(double) == 2
        assert "all of them" in double.commands[None][0]["description"]

        await start(changing_bot("Commands that fail, all of them", memory), double)
        assert puts(double) == 2


async def test_without_a_memory_every_start_registers() -> None:
    async with new_double() as double:
        await start(failing_bot(), double)
        await start(failing_bot(), double)

        assert puts(double) == 2


async def test_what_discord_cannot_take_just_now_is_offered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registration, "PAUSES", (0.0, 0.0))
    memory = Notebook()
    async with new_double() as double:
        double.faults.append(Fault("PUT", r".*/commands", 503, times=2))
        await start(failing_bot(memory=memory), double)

        assert puts(double) == 3
        assert list(memory.notes) == [KEY]


async def test_what_discord_refused_is_not_remembered_and_is_tried_again_at_the_next_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registration, "PAUSES", (0.0,))
    memory = Notebook()
    async with new_double() as double:
        double.faults.append(Fault("PUT", r".*/commands", 503, times=2))

        with pytest.raises(discord.DiscordServerError):
            await start(failing_bot(memory=memory), double)
        assert memory.notes == {}

        await start(failing_bot(memory=memory), double)
        assert puts(double) == 3
        assert list(memory.notes) == [KEY]


async def test_a_developer_has_the_commands_in_one_server_alone_and_then_no_more() -> None:
    memory = Notebook()
    async with new_double() as double:
        first, second = "300000000000000001", "300000000000000002"
        for server in (first, second):
            await start(failing_bot(memory=memory, dev_server=int(server)), double)
            assert [command["name"] for command in double.commands[server]] == ["fail", "Fail here"]
            assert None not in double.commands
        assert double.commands[first] == []

        await start(failing_bot(memory=memory), double)
        assert double.commands[second] == []
        assert [command["name"] for command in double.commands[None]] == ["fail", "Fail here"]
        assert list(memory.notes) == [KEY]


async def test_a_server_that_the_bot_is_not_in_is_refused_in_a_sentence() -> None:
    async with new_double() as double:
        double.faults.append(Fault("PUT", r".*/guilds/.*/commands", 403))

        with pytest.raises(StartFailed, match="DEV_SERVER is the id of a server that this bot is not in"):
            await start(failing_bot(memory=Notebook(), dev_server=10**17), double)


class Translator(app_commands.Translator):
    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: Any
    ) -> str | None:
        return "Befehle" if locale is discord.Locale.german else None


async def loaded(*, descriptions: dict[str, str], application: int = 1) -> app_commands.CommandTree[Any]:
    bot = discord.Client(intents=discord.Intents.none(), application_id=application)
    tree = app_commands.CommandTree(bot)
    for name, description in descriptions.items():

        async def answer(interaction: discord.Interaction[Any]) -> None: ...

        tree.add_command(app_commands.Command(name=name, description=description, callback=answer))
    return tree


async def test_the_digest_is_that_of_the_commands_whatever_their_order() -> None:
    one = await loaded(descriptions={"a": "First", "b": "Second"})
    same = await loaded(descriptions={"b": "Second", "a": "First"})

    assert await digest_of(one) == await digest_of(same)


async def test_the_digest_changes_with_a_word_a_translation_and_the_application() -> None:
    trees = [
        await loaded(descriptions={"a": "First"}),
        await loaded(descriptions={"a": "First!"}),
        await loaded(descriptions={"a": "First"}, application=2),
        await loaded(descriptions={"a": "First", "b": "Second"}),
    ]
    translated = await loaded(descriptions={"a": "First"})
    await translated.set_translator(Translator())

    assert len({await digest_of(tree) for tree in [*trees, translated]}) == 5
