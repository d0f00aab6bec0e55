"""Settings, from the environment and nowhere else.

`SETTINGS` is the one table of them: `.env.example` and the README are tested against it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.sentences import Refusal

_MAX_DAYS = 365

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class BadSetting(Refusal):
    """A setting has a value that cannot be meant."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment; an empty `default` means there is none."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting(
        "DISCORD_TOKEN",
        "",
        "The bot's secret token from Discord's Developer Portal; empty, the preview starts instead.",
    ),
    Setting(
        "DATABASE_PATH",
        "data/local/asylum.sqlite3",
        "The SQLite file with every release and subscription; relative to the working directory.",
    ),
    Setting("LOG_LEVEL", "INFO", f"How much the log says: {', '.join(LEVELS[:-1])} or {LEVELS[-1]}."),
    Setting(
        "DISCORD_API_BASE",
        "https://discord.com/api/v10",
        "Where Discord's REST API answers; a proxy may stand in for it.",
    ),
    Setting(
        "MENTIONS",
        "on",
        "Whether the bot answers mentions and direct messages, on or off; servers can switch it off too.",
    ),
    Setting("DISCORD_GATEWAY_URL", "wss://gateway.discord.gg/", "Where Discord's gateway answers."),
    Setting("DISCORD_CDN_BASE", "https://cdn.discordapp.com", "Where Discord keeps avatars and icons."),
    Setting(
        "UNHCR_API_BASE",
        "https://api.unhcr.org/population/v1",
        "Where UNHCR's Refugee Population Statistics API answers.",
    ),
    Setting(
        "CONTACT",
        "no address given",
        "An address at which UNHCR can reach whoever runs this bot; sent with every request to its API.",
    ),
    Setting(
        "ALERTS_STALE_AFTER_DAYS",
        "30",
        "Days after which an alert that could not be sent is given up; 1 to 365.",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment asks for, checked. The token is left out of the `repr`."""

    token: str | None = field(repr=False)
    database_path: Path
    log_level: str
    discord_api_base: str
    discord_gateway_url: str
    discord_cdn_base: str
    unhcr_api_base: str
    contact: str
    alerts_stale_after: timedelta
    mentions: bool = True

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Take the settings from `environment`; an empty value counts as unset. Raises `BadSetting`."""
        value = {s.name: environment.get(s.name, "").strip() or s.default for s in SETTINGS}
        return cls(
            token=_token(environment.get("DISCORD_TOKEN", "")),
            database_path=_path("DATABASE_PATH", value["DATABASE_PATH"]),
            log_level=_level(value["LOG_LEVEL"]),
            discord_api_base=_url("DISCORD_API_BASE", value["DISCORD_API_BASE"], "http", "https"),
            discord_gateway_url=_url("DISCORD_GATEWAY_URL", value["DISCORD_GATEWAY_URL"], "ws", "wss"),
            discord_cdn_base=_url("DISCORD_CDN_BASE", value["DISCORD_CDN_BASE"], "http", "https"),
            unhcr_api_base=_url("UNHCR_API_BASE", value["UNHCR_API_BASE"], "http", "https"),
            contact=_header("CONTACT", value["CONTACT"]),
            alerts_stale_after=_days("ALERTS_STALE_AFTER_DAYS", value["ALERTS_STALE_AFTER_DAYS"]),
            mentions=_switch("MENTIONS", value["MENTIONS"]),
        )


def load_environment(dotenv_path: Path, process: Mapping[str, str] | None = None) -> dict[str, str]:
    """Lay the process environment over the `.env` file, and keep what is a setting of ours.

    A variable of the process wins even when it is empty, so that `DISCORD_TOKEN= make run`
    starts the preview in spite of a `.env`. A missing file is an empty one.
    Raises `BadSetting` when the file cannot be read.
    """
    process = os.environ if process is None else process
    try:
        written = dotenv_values(dotenv_path, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{dotenv_path} cannot be read ({error}); make it a UTF-8 text file.") from error
    merged = {**written, **process}
    return {s.name: merged.get(s.name) or "" for s in SETTINGS if s.name in merged}


def _token(value: str) -> str | None:
    if not value.strip():
        return None
    if not value.isascii() or not value.isprintable() or " " in value:
        raise BadSetting("DISCORD_TOKEN contains white space or odd characters; copy the token alone, anew.")
    return value


def _switch(name: str, value: str) -> bool:
    if value.casefold() not in ("on", "off"):
        raise BadSetting(f"{name} is “{value}”; write on or off.")
    return value.casefold() == "on"


def _header(name: str, value: str) -> str:
    """Check a text that goes into a request's header."""
    if not value.isascii() or not value.isprintable():
        raise BadSetting(f"{name} contains odd characters; write a plain address, such as an e-mail address.")
    return value


def _days(name: str, value: str) -> timedelta:
    if not re.fullmatch(r"[0-9]{1,3}", value) or not 1 <= int(value) <= _MAX_DAYS:
        raise BadSetting(f"{name} is “{value}”; write a number of days from 1 to {_MAX_DAYS}.")
    return timedelta(days=int(value))


def _path(name: str, value: str) -> Path:
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        raise BadSetting(f"{name} starts with “~”, but no home directory is known; write it out.") from error


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise BadSetting(f"LOG_LEVEL is “{value}”; use one of {', '.join(LEVELS)}.")
    return value.upper()


def _url(name: str, value: str, *schemes: str) -> str:
    """Check an address that paths will be appended to; it loses a trailing slash."""
    advice = f"write an address that starts with {' or '.join(f'{s}://' for s in schemes)}"
    try:
        parts = urlsplit(value)
        sound = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment or any(c.isspace() for c in value):
        raise BadSetting(f"{name} is “{value}”; {advice}.")
    return value.rstrip("/")
