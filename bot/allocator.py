"""How the C library hands out memory: what Python frees it may keep, and more for each thread."""

from __future__ import annotations

import ctypes
import sys

_MAX_ARENAS = -8
"""As `malloc.h` of the GNU C library calls it: M_ARENA_MAX."""


def keep_one_heap() -> None:
    """Have all threads share one heap, where the C library can: each with its own took a sixth more.

    To be called before there are any threads. They hardly wait for each other, as Python runs one at a time.
    """
    _call_allocator("mallopt", _MAX_ARENAS, 1)


def give_back_memory() -> None:
    """Give the system what was freed and is kept for later, where the C library can: a tenth of all."""
    _call_allocator("malloc_trim", 0)


def _call_allocator(name: str, *arguments: int) -> None:
    function = getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
    if function is not None:
        function(*arguments)
