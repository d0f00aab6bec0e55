"""Running the bot until it is told to stop, and saying in a sentence why it cannot start."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import aiohttp
import discord
import structlog

from bot.exits import Exit
from bot.sentences import Refusal

log = structlog.stdlib.get_logger(__name__)

Worker = Callable[[], Coroutine[Any, Any, None]]

ANSWERING = ("CommandTree-invoker", "discord-ui-")
"""How the names of the tasks begin in which discord.py runs commands, buttons and forms."""

WRONG_TOKEN = "Discord does not accept DISCORD_TOKEN; copy the bot's token anew from the Developer Portal."  # noqa: S105 - a sentence
WRONG_INTENTS = (
    "Discord does not allow this bot the intents it asks for; switch them on in the Developer Portal."
)
NO_NETWORK = "Discord cannot be reached; check the network, or DISCORD_API_BASE and DISCORD_GATEWAY_URL."

CLOSED_FOR_GOOD = {
    4004: WRONG_TOKEN,
    4013: WRONG_INTENTS,
    4014: WRONG_INTENTS,
}
"""Why the gateway closes for good, by its code."""


class StartFailed(Refusal):
    """The bot could not start, or could not stay; the sentence says what to change."""

    def __init__(self, sentence: str, exit_code: Exit = Exit.CONFIGURED_WRONG) -> None:
        super().__init__(sentence)
        self.exit = exit_code


async def run_bot(
    bot: discord.AutoShardedClient, token: str, workers: Sequence[Worker] = (), *, patience: float = 5.0
) -> None:
    """Run the bot, and `workers` beside it once it is logged in, until SIGINT or SIGTERM.

    Returns after a graceful stop: the workers cancelled and awaited, the gateway closed, and the
    answers under way given `patience` seconds to finish. Raises `StartFailed` when Discord does
    not let the bot in, and whatever a worker raises, after the same clean-up.
    """
    stop = asyncio.Event()
    with _stop_signals(stop):
        async with bot:
            running = asyncio.create_task(_run(bot, token, workers), name="bot")
            stopping = asyncio.create_task(stop.wait(), name="stop")
            try:
                await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                stopping.cancel()
                if not running.done():
                    log.info("stopping")
                    await _cancel(running)
                await _leave(bot, patience)
            if not running.cancelled():
                running.result()


async def _run(bot: discord.AutoShardedClient, token: str, workers: Sequence[Worker]) -> None:
    with start_errors_in_words():
        await bot.login(token)
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(worker()) for worker in workers]
            with start_errors_in_words():
                await bot.connect()
            for task in tasks:
                task.cancel()
    except ExceptionGroup as failures:
        if len(failures.exceptions) > 1:
            raise
        raise failures.exceptions[0] from failures.exceptions[0].__cause__


async def _cancel(task: asyncio.Task[None]) -> None:
    """Cancel until it is done: Python 3.11's `wait_for` can lose a cancellation as Discord answers."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=1.0)


async def _leave(bot: discord.AutoShardedClient, patience: float) -> None:
    """Close every shard, so that nothing new comes in, and let what came before it be answered."""
    await asyncio.gather(*(shard.disconnect() for shard in bot.shards.values()))
    answering = {task for task in asyncio.all_tasks() if task.get_name().startswith(ANSWERING)}
    if answering:
        _, unfinished = await asyncio.wait(answering, timeout=patience)
        if unfinished:
            log.warning("answers were cut off", answers=len(unfinished))


@contextmanager
def _stop_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` on SIGINT and SIGTERM, also on Windows, whose event loop knows no signals."""
    loop = asyncio.get_running_loop()
    with ExitStack() as undo:
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, stop.set)
                undo.callback(loop.remove_signal_handler, number)
            except NotImplementedError:
                before = signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
                undo.callback(signal.signal, number, before)
        yield


@contextmanager
def start_errors_in_words() -> Iterator[None]:
    """Raise `StartFailed` for what keeps the bot from Discord."""
    try:
        yield
    except Exception as error:
        if words := _words_for(error):
            raise StartFailed(*words) from error
        raise


def _words_for(error: Exception) -> tuple[str, Exit] | None:
    """Say what keeps the bot from Discord, or `None` when that is a fault of this program."""
    match error:
        case discord.LoginFailure():
            return WRONG_TOKEN, Exit.CONFIGURED_WRONG
        case discord.PrivilegedIntentsRequired():
            return WRONG_INTENTS, Exit.CONFIGURED_WRONG
        case discord.ConnectionClosed(code=code):
            if sentence := CLOSED_FOR_GOOD.get(code):
                return sentence, Exit.CONFIGURED_WRONG
            return (
                f"Discord closed the connection for good (code {code}); look that up in its documentation."
            ), Exit.AWAY
        case discord.HTTPException(status=400):  # of what is sent at a start, only commands can be wrong
            why = " ".join(str(error).split())
            return (
                f"Discord does not take this program's commands ({why});"
                " look at the application in the Developer Portal, or report it."
            ), Exit.CONFIGURED_WRONG
        case discord.DiscordServerError() | discord.GatewayNotFound():
            return "Discord is having problems; start again in a few minutes.", Exit.AWAY
        case discord.RateLimited() | discord.HTTPException(status=403 | 429):
            return "Discord refuses this machine for the moment; start again in an hour.", Exit.AGAIN
        case aiohttp.ClientError() | ConnectionError() | socket.gaierror() | TimeoutError():
            return NO_NETWORK, Exit.AWAY
    return None
