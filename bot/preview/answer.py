"""One command of the bot, asked and answered without Discord: the door from the shell."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import discord

from bot.preview import line as lines
from bot.preview.double import DiscordDouble, Interaction, Payload
from bot.preview.double.messages import EPHEMERAL, Part
from bot.preview.transcript import transcript
from data.errors import AsylumBotError

BotMaker = Callable[[], AbstractAsyncContextManager[discord.Client]]
"""Makes a bot that is not logged in yet; leaving the context closes what it uses."""

INVOKER = "CommandTree-invoker"
"""How discord.py names the tasks in which it runs commands."""


class NoAnswer(AsylumBotError):
    """The bot did not start, did not answer in time, or its files could not be kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered: the message as sent, those that followed it, and all of them as plain text.

    `files` are the attachments where they were kept. `ok` is False when the message says what went wrong:
    when only the asker sees it, and it is bare text.
    """

    message: Payload
    more: tuple[Payload, ...]
    text: str
    files: tuple[Path, ...]
    ok: bool


async def answer(
    make_bot: BotMaker, line: str, *, out: Path | None = None, keep: bool = False, timeout: float = 60.0
) -> Answer:
    """Start the bot on a Discord of its own, run `/asylum trend origin:China` there, and stop it again.

    A moderator of the server asks, in its first channel. Attachments are kept in the folder `out`, which is
    made, or with `keep` in a new temporary one. `timeout` is in seconds, from when the bot is made. Raises
    BadLine for a line that is no command, NoAnswer, and what keeps the bot from starting.
    """
    async with DiscordDouble(limits={}) as double:
        with double.patched():
            async with make_bot() as bot:
                it = await _ask(bot, double, line, timeout)
        return await _read(double, it, line, out, keep=keep)


async def _ask(bot: discord.Client, double: DiscordDouble, line: str, timeout: float) -> Interaction:
    """Run the bot for as long as it takes to answer."""
    running = asyncio.create_task(bot.start(double.token), name="bot")
    asking = asyncio.create_task(_converse(double, line), name="asker")
    try:
        await asyncio.wait({running, asking}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            return asking.result()
        if running.done():
            running.result()
            raise NoAnswer("The bot stopped before it answered; its log says why.")
        what = f"answer {line!r}" if double.registered.is_set() else "register its commands"
        raise NoAnswer(f"The bot did not {what} within {timeout:g} s; its log may say why.")
    finally:
        asking.cancel()
        await bot.close()
        running.cancel()  # a bot that never got as far as the gateway does not notice that it is closed
        await asyncio.wait({running, asking})


async def _converse(double: DiscordDouble, line: str) -> Interaction:
    await double.registered.wait()
    call = lines.parse(line, double.commands_for(), lines.names_in(double.guilds[0]))
    await double.connected.wait()
    it = await double.slash(call.words, call.options, wait="no")
    await it.done.wait()
    invoked = {task for task in asyncio.all_tasks() if task.get_name().startswith(INVOKER)}
    if invoked:  # what the command sends after its reply belongs to the answer
        await asyncio.wait(invoked)
    return it


async def _read(double: DiscordDouble, it: Interaction, line: str, out: Path | None, *, keep: bool) -> Answer:
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
    return Answer(first, tuple(more), text, files, ok=not is_refusal(first))


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


def _save(parts: list[Part], out: Path | None) -> tuple[Path, ...]:
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
