"""What the figures were measured on: the machine and the versions, and nothing that names either's owner."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

import psutil

_GIB = 2**30
_LIBRARIES = (
    "discord.py", "aiohttp", "aiosqlite", "matplotlib", "numpy", "zlib-ng",
    "Pillow", "pygal", "cairosvg", "vl-convert-python",
)  # fmt: skip


def describe_machine() -> str:
    """One line: cores, memory, system, Python."""
    memory = psutil.virtual_memory().total / _GIB
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()} on {platform.machine()},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def describe_libraries() -> str:
    """The versions of the libraries that the figures depend on."""
    return ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)


def describe_load() -> str:
    """How busy the machine was with other things, as its one-minute load says."""
    return f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"


def today() -> str:
    """The day, in UTC."""
    return datetime.now(UTC).date().isoformat()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
