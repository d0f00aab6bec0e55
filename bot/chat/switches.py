"""Where the bot answers those who mention it: everywhere, but in servers that switched it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.registration import Memory

OFF = "off"
ON = "on"


class Hearing:
    """Remembers which servers want no answers to mentions; nothing about anybody in them."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def listens(self, server: int | None) -> bool:
        """Say whether mentions are answered in a server; in direct messages (None) they always are."""
        return server is None or await self._memory.recall(_key(server)) != OFF

    async def decide(self, server: int, *, listens: bool) -> None:
        """Switch answers to mentions on or off in a server."""
        await self._memory.remember(_key(server), ON if listens else OFF)


def _key(server: int) -> str:
    return f"mentions in {server}"
