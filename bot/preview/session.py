"""The preview as a whole: the double on loopback with the page on it, for as long as it is needed."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.endpoints import Endpoints
from bot.preview.double import DiscordDouble
from bot.preview.page import KEEP, Page
from bot.preview.page_deeds import Actions
from data.errors import AsylumBotError

USUAL_PORT = 8765


class PortTaken(AsylumBotError):
    """The port asked for cannot be used."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A running preview: where and with which token a bot connects, and the page's address for people."""

    double: DiscordDouble
    page: Page

    @property
    def endpoints(self) -> Endpoints:
        """Where the bot finds this Discord."""
        return self.double.endpoints

    @property
    def token(self) -> str:
        """What the bot logs in with."""
        return self.double.token

    @property
    def url(self) -> str:
        """The page, for a browser."""
        return f"{self.double.base}/"


@asynccontextmanager
async def preview(
    port: int | None = None,
    *,
    actions: Actions | None = None,
    examples: Sequence[str] = (),
    note: str = "",
) -> AsyncIterator[Preview]:
    """Run the double and the page on 127.0.0.1 while the block runs.

    `port` is used as given; None takes 8765, or any free port where that is taken. `actions` are offered
    as buttons in the page's head; they may change while the page runs: it looks again after each one, and at
    `page.refresh()`. `examples` are command lines that an empty channel suggests; `note` stands there while
    there are actions. Raises PortTaken.
    """
    page = Page(actions, examples, note)
    async with AsyncExitStack() as stack:
        double = await _start(stack, page, port)
        stack.callback(page.close)
        watching = asyncio.create_task(_announce(double, page))
        stack.callback(watching.cancel)
        yield Preview(double, page)


async def _start(stack: AsyncExitStack, page: Page, port: int | None) -> DiscordDouble:
    *usual, last = (USUAL_PORT, 0) if port is None else (port,)
    for attempt in usual:
        try:
            return await stack.enter_async_context(_made(page, attempt))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    try:
        return await stack.enter_async_context(_made(page, last))
    except OverflowError as error:
        raise PortTaken(f"Port {last} cannot be used (ports are 0 to 65535): choose another.") from error
    except OSError as error:
        reason = error.strerror or "the system does not say why"
        raise PortTaken(f"Port {last} cannot be used ({reason}): choose another.") from error


def _made(page: Page, port: int) -> DiscordDouble:
    double = DiscordDouble(port=port, routes=page.routes(), keep=KEEP)
    page.open(double)
    return double


async def _announce(double: DiscordDouble, page: Page) -> None:
    """Tell pages that were opened before the bot was there which commands it has."""
    await double.registered.wait()
    page.refresh()
