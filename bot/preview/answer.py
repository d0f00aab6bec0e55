"""Commands of the bot, asked and answered without Discord: the door from the shell."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import discord

from bot.preview import command_parser
from bot.preview.double import DiscordDouble, Interaction, Payload
from bot.preview.double.messages import EPHEMERAL, UploadedFile
from bot.preview.transcript import transcript
from bot.sentences import Refusal, say
from data.errors import AsylumBotError

BotMaker = Callable[[], AbstractAsyncContextManager[discord.Client]]
"""Makes a bot that is not logged in yet; leaving the context closes what it uses."""

Found = TypeVar("Found")

LOCALE = "en-US"
"""What Discord says of whoever asks: the language of the client."""

UNLIMITED = (1_000_000, 1.0)
"""Requests within seconds: nothing here is asked so often that somebody would be in its way."""

SNAPSHOT = ("type", "content", "embeds", "attachments", "edited_timestamp", "flags", "components")
"""What a forwarded message keeps of the one that was written, besides its time."""

NOON = clock_time(12, tzinfo=UTC)

INVOKER = "CommandTree-invoker"
"""How discord.py names the tasks in which it runs commands."""


class NoAnswer(Refusal):
    """The bot did not start, did not answer in time, or its files could not be kept."""


@dataclass(frozen=True, slots=True)
class BotAnswer:
    """What the bot answered: the message as sent, those that followed it, and all of them as plain text.

    `files` are the attachments where they were kept. `ok` is False when the message says what went wrong:
    when only the asker sees it, and it is bare text.
    """

    message: Payload
    more: tuple[Payload, ...]
    text: str
    files: tuple[Path, ...]
    ok: bool


@asynccontextmanager
async def start(
    make_bot: BotMaker, *, timeout: float = 60.0, locale: str = LOCALE
) -> AsyncIterator[Conversation]:
    """Start the bot on a Discord of its own, and stop it again.

    `timeout` is in seconds, for the start and for each answer. Raises NoAnswer, and what keeps the bot from
    starting.
    """
    async with DiscordDouble(limits={}, global_limit=UNLIMITED) as double:
        with double.patched():
            async with make_bot() as bot:
                running = asyncio.create_task(bot.start(double.token), name="bot")
                try:
                    conversation = Conversation(double, running, timeout, locale)
                    await conversation.begin()
                    yield conversation
                finally:
                    await bot.close()
                    running.cancel()  # a bot that never reached the gateway does not notice that it is closed
                    await asyncio.wait({running})


async def answer(
    make_bot: BotMaker,
    line: str,
    *,
    out: Path | None = None,
    keep: bool = False,
    timeout: float = 60.0,
    locale: str = LOCALE,
) -> BotAnswer:
    """Start the bot, run one line as `Conversation.ask` does, and stop it again."""
    async with start(make_bot, timeout=timeout, locale=locale) as conversation:
        return await conversation.ask(line, out=out, keep=keep)


async def answer_each(
    make_bot: BotMaker,
    lines: AsyncIterable[str],
    *,
    out: Path | None = None,
    timeout: float = 60.0,
    locale: str = LOCALE,
) -> AsyncIterator[dict[str, Any]]:
    """Run one line after the other with one bot, and yield what became of each, as values of JSON.

    `command`, `ok`, `message` as it was sent, `more` messages that followed it, `files`, `seconds`. What is
    no command has its sentence as the content of a message that was never sent. Blank lines and those that
    begin with # are passed over. Attachments are kept in a folder of `out` named by the number of the line.
    """
    number = 0
    async with start(make_bot, timeout=timeout, locale=locale) as conversation:
        async for line in lines:
            number += 1
            command = line.strip()
            if not command or command.startswith("#"):
                continue
            begun = time.perf_counter()
            told: dict[str, Any]
            try:
                found = await conversation.ask(command, out=out and out / f"{number:04}")
                told = {"ok": found.ok, "message": found.message, "more": list(found.more)}
                told["files"] = [str(path) for path in found.files]
            except AsylumBotError as error:
                told = {"ok": False, "message": {"content": say(error)}, "more": [], "files": []}
            yield {"command": command, **told, "seconds": round(time.perf_counter() - begun, 3)}


class Conversation:
    """A bot that runs, and the moderator of a server who asks it in the first channel there."""

    def __init__(
        self, double: DiscordDouble, running: asyncio.Task[None], timeout: float, locale: str
    ) -> None:
        self._double, self._running, self._timeout = double, running, timeout
        self._locale = locale

    async def begin(self) -> None:
        """Wait until the bot can be asked."""
        await self._wait_for(self._start(), "register its commands")

    async def _start(self) -> None:
        await self._double.registered.wait()
        await self._double.connected.wait()

    async def ask(self, line: str, *, out: Path | None = None, keep: bool = False) -> BotAnswer:
        """Run `/asylum trend origin:China`, or an entry of a message's menu as `command_parser` reads it.

        Attachments are kept in the folder `out`, which is made, or with `keep` in a new temporary one.
        Raises BadLine for a line that is neither, and NoAnswer.
        """
        it = await self._wait_for(self._converse(line), f"answer {line!r}")
        return await _read(self._double, it, line, out, keep=keep)

    async def _wait_for(self, step: Coroutine[Any, Any, Found], what: str) -> Found:
        """Wait for as long as the bot runs, and not for ever."""
        asking = asyncio.create_task(step, name="asker")
        try:
            await asyncio.wait(
                {self._running, asking}, timeout=self._timeout, return_when=asyncio.FIRST_COMPLETED
            )
            if asking.done():
                return asking.result()
            if self._running.done():
                self._running.result()
                raise NoAnswer("The bot stopped before it answered; its log says why.")
            raise NoAnswer(f"The bot did not {what} within {self._timeout:g} s; its log may say why.")
        finally:
            asking.cancel()
            await asyncio.wait({asking})

    async def _converse(self, line: str) -> Interaction:
        earlier = _list_invoked()
        it = await self._run(line)
        await it.done.wait()
        if invoked := _list_invoked() - earlier:  # what is sent after the reply belongs to the answer
            await asyncio.wait(invoked)
        return it

    async def _run(self, line: str) -> Interaction:
        double, commands = self._double, self._double.commands_for()
        menu = command_parser.parse_menu(line, commands)
        if menu is not None:
            message = await double.say(menu.text)
            if menu.written:
                message = _forward(message, menu.written)
            return await double.context_menu(menu.name, message, wait="no", locale=self._locale)
        call = command_parser.parse(line, commands, command_parser.names_in(double.guilds[0]))
        try:
            return await double.slash(call.words, call.options, wait="no", locale=self._locale)
        except (LookupError, ValueError) as error:  # what Discord's own client would not let anybody send
            raise NoAnswer(str(error)) from error


def _list_invoked() -> set[asyncio.Task[Any]]:
    return {task for task in asyncio.all_tasks() if task.get_name().startswith(INVOKER)}


def _forward(message: Payload, written: date) -> Payload:
    """Make it a message that forwards another, which was written at noon (UTC) of that day."""
    snapshot = {key: message[key] for key in SNAPSHOT}
    snapshot["timestamp"] = datetime.combine(written, NOON).isoformat()
    return {**message, "content": "", "message_snapshots": [{"message": snapshot}]}


async def _read(
    double: DiscordDouble, it: Interaction, line: str, out: Path | None, *, keep: bool
) -> BotAnswer:
    if it.modal is not None:
        title = it.modal["title"]
        raise NoAnswer(f"{line!r} opens the form “{title}”, which a shell cannot fill in; use the preview.")
    messages = [m for m in (it.original, *it.followups) if m is not None]
    if not messages:
        raise NoAnswer(f"The bot took its answer to {line!r} back; its log may say why.")
    first, *more = messages
    parts = [double.cdn[_path(a)] for m in messages for a in m["attachments"]]
    files = await asyncio.to_thread(_save, parts, out) if parts and (keep or out) else ()
    names = {uid: name for kind in _called(double) for uid, name in kind.items()}
    text = "\n\n".join(transcript(m, names) for m in messages)
    return BotAnswer(first, tuple(more), text, files, ok=not is_refusal(first))


def is_refusal(message: Payload) -> bool:
    """Whether a reply is a sentence on what went wrong: private, and nothing but text."""
    shown = any(message[key] for key in ("embeds", "components", "attachments"))
    return bool(message["flags"] & EPHEMERAL and message["content"] and not shown)


def _called(double: DiscordDouble) -> tuple[dict[str, str], ...]:
    guild = double.guilds[0]
    return (
        {m["user"]["id"]: f"@{m['user']['username']}" for m in guild["members"]},
        {c["id"]: f"#{c['name']}" for c in guild["channels"]},
        {r["id"]: f"@{r['name'].removeprefix('@')}" for r in guild["roles"]},
    )


def _path(attachment: Payload) -> str:
    return unquote(urlsplit(attachment["url"]).path)


def _save(parts: list[UploadedFile], out: Path | None) -> tuple[Path, ...]:
    """Write every file under its own name, or under a name like it where that is taken by another."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="asylum-")) if out is None else out
        folder.mkdir(parents=True, exist_ok=True)
        files: list[Path] = []
        for part in parts:
            wanted = Path(part.filename).name or "file"
            name, count = wanted, 1
            while folder / name in files:
                count += 1
                name = f"{Path(wanted).stem}-{count}{Path(wanted).suffix}"
            files.append(_write(folder / name, part.data))
    except OSError as error:
        raise NoAnswer(
            f"The files cannot be written to {out or 'a temporary folder'}: {error.strerror}."
        ) from error
    return tuple(files)


def _write(path: Path, data: bytes) -> Path:
    """Write a whole file or none: beside its place first, then into it."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return path
