"""Settings, from the environment and nowhere else.

`SETTINGS` is the one table of them: `.env.example` and the README are tested against it.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from dotenv.parser import parse_stream

from bot.endpoints import Endpoints
from bot.exits import Exit
from bot.sentences import Refusal

_MAX_DAYS = 365
_MAX_PORT = 65_535
_MAX_ID = 2**64 - 1

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class BadSetting(Refusal):
    """A setting has a value that cannot be meant."""

    exit = Exit.CONFIGURED_WRONG


def _token(name: str, value: str) -> str | None:
    if not value.isascii() or not value.isprintable() or " " in value:
        raise BadSetting(f"{name} contains white space or odd characters; copy the token alone, anew.")
    return value or None


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


def _port(name: str, value: str) -> int | None:
    if value and not (re.fullmatch(r"[0-9]{1,5}", value) and 0 < int(value) <= _MAX_PORT):
        raise BadSetting(f"{name} is “{value}”; write a port from 1 to {_MAX_PORT}.")
    return int(value) if value else None


def _server(name: str, value: str) -> int | None:
    if value and not (re.fullmatch(r"[0-9]{17,20}", value) and int(value) <= _MAX_ID):
        raise BadSetting(f"{name} is “{value}”; write the server's id, 17 to 20 digits (Copy Server ID).")
    return int(value) if value else None


@dataclass(frozen=True, slots=True)
class Shards:
    """How many connections share the servers, and which of them are this process's; by default all."""

    count: int
    own: range

    def __str__(self) -> str:
        """Write them as the setting does."""
        if len(self.own) == self.count:
            return str(self.count)
        first, last = self.own[0], self.own[-1]
        return f"{first}/{self.count}" if first == last else f"{first}-{last}/{self.count}"


_SHARDS = re.compile(r"(?:([0-9]{1,3})(?:-([0-9]{1,3}))?/)?([1-9][0-9]{0,2})")


def _shards(name: str, value: str) -> Shards | None:
    if value.casefold() == "auto":
        return None
    found = _SHARDS.fullmatch(value)
    if found is not None:
        count = int(found[3])
        first = int(found[1] or 0)
        own = range(first, int(found[2] or (first if found[1] else count - 1)) + 1)
        if own and own[-1] < count:
            return Shards(count, own)
    raise BadSetting(
        f"{name} is “{value}”; write auto, a number from 1 to 999, or for one of several processes which of"
        " them are its own, as 0-3/16."
    )


def _insist_on_state(shards: object, state_url: str | None) -> None:
    """Refuse a part of the shards with nobody to share the rest: its servers would hear nothing."""
    if isinstance(shards, Shards) and len(shards.own) < shards.count and not state_url:
        raise BadSetting(
            f"SHARDS is “{shards}”, the part of one of several processes, and STATE_URL, which they share,"
            " is not set; set it, or write SHARDS=auto."
        )


def _link(name: str, value: str) -> str | None:
    return _url(("http", "https"), name, value) if value else None


def _path(name: str, value: str) -> Path:
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        raise BadSetting(f"{name} starts with “~”, but no home directory is known; write it out.") from error


def _state(name: str, value: str) -> str | None:
    """Check where shared state is; it may hold a password, so that no sentence repeats it."""
    if not value:
        return None
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("postgresql", "postgres") and parts.port != 0
    except ValueError:
        sound = False
    if not sound or any(c.isspace() for c in value):
        raise BadSetting(
            f"{name} is no address of PostgreSQL; write it like postgresql://bot:password@host:5432/asylum."
        )
    return value


_SECRET = (_token, _state)
"""What reads a value that must not be shown."""


def _level(name: str, value: str) -> str:
    if value.upper() not in LEVELS:
        raise BadSetting(f"{name} is “{value}”; use one of {', '.join(LEVELS)}.")
    return value.upper()


def _url(schemes: tuple[str, ...], name: str, value: str) -> str:
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


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment; an empty `default` means there is none.

    `field` is where `Settings` keeps it, and `read` makes of its name and value what is kept there.
    """

    name: str
    default: str
    meaning: str
    field: str
    read: Callable[[str, str], object]


SETTINGS = (
    Setting(
        "DISCORD_TOKEN",
        "",
        "The bot's secret token from Discord's Developer Portal; empty, the preview starts instead.",
        "token",
        _token,
    ),
    Setting(
        "DATABASE_PATH",
        "data/local/asylum.sqlite3",
        "The SQLite file with every release and subscription; relative to the working directory.",
        "database_path",
        _path,
    ),
    Setting(
        "STATE_URL",
        "",
        "Where several processes share subscriptions, as postgresql://bot:…@host/asylum; empty: in the file.",
        "state_url",
        _state,
    ),
    Setting(
        "LOG_LEVEL",
        "INFO",
        f"How much the log says: {', '.join(LEVELS[:-1])} or {LEVELS[-1]}.",
        "log_level",
        _level,
    ),
    Setting(
        "DISCORD_API_BASE",
        "https://discord.com/api/v10",
        "Where Discord's REST API answers; a proxy may stand in for it.",
        "discord_api_base",
        partial(_url, ("http", "https")),
    ),
    Setting(
        "MENTIONS",
        "on",
        "Whether the bot answers mentions and direct messages, on or off; servers can switch it off too.",
        "mentions",
        _switch,
    ),
    Setting(
        "DISCORD_GATEWAY_URL",
        "wss://gateway.discord.gg/",
        "Where Discord's gateway answers.",
        "discord_gateway_url",
        partial(_url, ("ws", "wss")),
    ),
    Setting(
        "DISCORD_CDN_BASE",
        "https://cdn.discordapp.com",
        "Where Discord keeps avatars and icons.",
        "discord_cdn_base",
        partial(_url, ("http", "https")),
    ),
    Setting(
        "UNHCR_API_BASE",
        "https://api.unhcr.org/population/v1",
        "Where UNHCR's Refugee Population Statistics API answers.",
        "unhcr_api_base",
        partial(_url, ("http", "https")),
    ),
    Setting(
        "CONTACT",
        "no address given",
        "An address at which UNHCR can reach whoever runs this bot; sent with every request to its API.",
        "contact",
        _header,
    ),
    Setting(
        "ALERTS_STALE_AFTER_DAYS",
        "30",
        "Days after which an alert that could not be sent is given up; 1 to 365.",
        "alerts_stale_after",
        _days,
    ),
    Setting(
        "HEALTH_PORT",
        "",
        "A port for /healthz, /readyz and /metrics while the bot is live; empty, there is none.",
        "health_port",
        _port,
    ),
    Setting(
        "HEALTH_HOST",
        "127.0.0.1",
        "The address that HEALTH_PORT listens on; 0.0.0.0 for other machines too.",
        "health_host",
        _header,
    ),
    Setting(
        "SHARDS",
        "auto",
        "How many connections share the servers: auto as Discord recommends, a number, or a part as 0-3/16.",
        "shards",
        _shards,
    ),
    Setting(
        "DEV_SERVER",
        "",
        "The id of a server that alone gets the commands, at once; for who works on the program.",
        "dev_server",
        _server,
    ),
    Setting(
        "PRIVACY_URL",
        "",
        "The address of your privacy policy, PRIVACY.md with your name in it; shown by /asylum about.",
        "privacy_url",
        _link,
    ),
    Setting("TERMS_URL", "", "The address of your terms; shown by /asylum about.", "terms_url", _link),
    Setting(
        "SUPPORT_URL",
        "",
        "Where people get help with this bot; shown by /asylum about.",
        "support_url",
        _link,
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment asks for, checked. What is secret is left out of the `repr`."""

    token: str | None = field(repr=False)
    database_path: Path
    log_level: str
    discord_api_base: str
    discord_gateway_url: str
    discord_cdn_base: str
    unhcr_api_base: str
    contact: str
    alerts_stale_after: timedelta
    state_url: str | None = field(default=None, repr=False)
    mentions: bool = True
    health_port: int | None = None
    health_host: str = "127.0.0.1"
    shards: Shards | None = None
    dev_server: int | None = None
    privacy_url: str | None = None
    terms_url: str | None = None
    support_url: str | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Take the settings from `environment`; an empty value counts as unset. Raises `BadSetting`."""
        values: dict[str, Any] = {s.field: s.read(s.name, pick(s, environment)) for s in SETTINGS}
        _insist_on_state(values["shards"], values["state_url"])
        return cls(**values)

    def demand_token(self) -> str:
        """Return the token; raises `BadSetting` where there is none."""
        if self.token is None:
            raise BadSetting(
                f"DISCORD_TOKEN is set neither in the environment nor in {Path.cwd() / '.env'}; set it there."
            )
        return self.token

    @property
    def secrets(self) -> list[str]:
        """What must never be readable in a log: the token, and the password of an address."""
        password = unquote(urlsplit(self.state_url).password or "") if self.state_url else ""
        quoted = (urlsplit(self.state_url).password or "") if self.state_url else ""
        return [secret for secret in (self.token, password, quoted) if secret]

    @property
    def links(self) -> dict[str, str]:
        """What people may want to read about this bot, by name."""
        named = {"Privacy": self.privacy_url, "Terms": self.terms_url, "Support": self.support_url}
        return {name: link for name, link in named.items() if link}

    @property
    def endpoints(self) -> Endpoints:
        """Where Discord is."""
        return Endpoints(self.discord_api_base, self.discord_gateway_url, self.discord_cdn_base)


def pick(setting: Setting, environment: Mapping[str, str]) -> str:
    """Return what a setting is set to, or its default."""
    return environment.get(setting.name, "").strip() or setting.default


@dataclass(frozen=True, slots=True)
class Environment:
    """What was written for this program: settings that have a value, and from where; and what looks wrong.

    `doubts` are sentences, of which none repeats a value: a line that is wrong may be the token.
    """

    values: Mapping[str, str] = field(repr=False)
    sources: Mapping[str, str]
    doubts: tuple[str, ...] = ()

    @property
    def settings(self) -> Settings:
        """What is asked for, checked; raises `BadSetting`."""
        return Settings.read(self.values)

    def examine(self) -> Iterator[tuple[str, str, bool]]:
        """Yield each setting's name, what it is and from where, and whether that is wrong."""
        for setting in SETTINGS:
            value = pick(setting, self.values)
            shown = "set" if value and setting.read in _SECRET else value or "not set"
            source = self.sources.get(setting.name, "default") if value != setting.default else "default"
            try:
                _insist_on_state(setting.read(setting.name, value), self.values.get("STATE_URL", "").strip())
            except BadSetting as error:
                yield setting.name, f"{error.sentence} ({source})", True
            else:
                yield setting.name, f"{shown} ({source})", False


def load_environment(dotenv_path: Path, process: Mapping[str, str] | None = None) -> Environment:
    """Lay the process environment over the `.env` file, and keep what is a setting of ours.

    A variable of the process wins even when it is empty, so that `DISCORD_TOKEN= make run`
    starts the preview in spite of a `.env`. A missing file is an empty one.
    Raises `BadSetting` when the file cannot be read.
    """
    process = os.environ if process is None else process
    written, doubts = _read_file(dotenv_path)
    values = {name: {**written, **process}[name] for name in _NAMES if name in written or name in process}
    sources = {name: "the environment" if name in process else str(dotenv_path) for name in values}
    doubts += [
        f"{name} of the environment is no setting of this program{_say_nearest(name)}."
        for name in process
        if name not in _NAMES and name.startswith(_PREFIXES)
    ]
    return Environment(values, sources, tuple(doubts))


_NAMES = tuple(setting.name for setting in SETTINGS)
_PREFIXES = tuple({f"{name.split('_')[0]}_" for name in _NAMES if "_" in name})
_A_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,40}")
_NEAR = 0.5
"""How alike a name must be, of 1, to be taken for a setting: “TOKEN” is still meant for DISCORD_TOKEN."""


def _read_file(path: Path) -> tuple[dict[str, str], list[str]]:
    """Return what a `.env` file sets, and a sentence for each line of it that sets nothing of ours."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            lines = list(parse_stream(file))
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} cannot be read ({error}); make it a UTF-8 text file.") from error
    written: dict[str, str] = {}
    doubts = []
    for line in lines:
        text, key = line.original.string, line.key
        blank = text[: len(text) - len(text.lstrip())].count("\n")
        where = f"{path}, line {line.original.line + blank}"
        if line.error or (key is not None and line.value is None):
            doubts.append(f"{where}, sets nothing; write it as NAME=value.")
        elif key is not None and key not in _NAMES:
            named = key if _A_NAME.fullmatch(key) else "what stands before “=”"
            doubts.append(f"{where}: {named} is no setting of this program{_say_nearest(key)}.")
        elif key is not None:
            written[key] = line.value or ""
    return written, doubts


def _say_nearest(name: str) -> str:
    found = difflib.get_close_matches(name.upper(), _NAMES, 1, _NEAR)
    return f"; the nearest is {found[0]}" if found else ""
