"""Settings come from the environment, are checked there, and keep the token to themselves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import discord
import pytest
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import LEVELS, SETTINGS, BadSetting, Environment, Settings, load_environment

NAMES = [setting.name for setting in SETTINGS]
TOKEN = "double.token-that-nobody-may-read"


def test_an_empty_environment_gives_every_default() -> None:
    settings = Settings.read({})

    assert settings.token is None
    assert settings.database_path == Path("data/local/asylum.sqlite3")
    assert settings.log_level == "INFO"
    assert settings.unhcr_api_base == "https://api.unhcr.org/population/v1"


def test_the_default_addresses_are_those_discord_py_uses_by_itself() -> None:
    settings = Settings.read({})

    assert settings.discord_api_base == Route.BASE
    assert settings.discord_cdn_base == Asset.BASE
    assert settings.discord_gateway_url == str(DiscordWebSocket.DEFAULT_GATEWAY).rstrip("/")
    assert discord.__version__.startswith("2.7"), "look whether the API's version moved on"


def test_every_setting_can_be_set() -> None:
    settings = Settings.read(
        {
            "DISCORD_TOKEN": TOKEN,
            "DATABASE_PATH": "elsewhere/kept.sqlite3",
            "LOG_LEVEL": "debug",
            "DISCORD_API_BASE": "http://127.0.0.1:8080/api/v10/",
            "DISCORD_GATEWAY_URL": "ws://127.0.0.1:8080/gateway",
            "DISCORD_CDN_BASE": "http://[::1]:8080/cdn",
            "UNHCR_API_BASE": " https://unhcr.example/v2 ",
            "CONTACT": "figures@example.org",
            "ALERTS_STALE_AFTER_DAYS": "7",
        }
    )

    assert settings == Settings(
        token=TOKEN,
        database_path=Path("elsewhere/kept.sqlite3"),
        log_level="DEBUG",
        discord_api_base="http://127.0.0.1:8080/api/v10",
        discord_gateway_url="ws://127.0.0.1:8080/gateway",
        discord_cdn_base="http://[::1]:8080/cdn",
        unhcr_api_base="https://unhcr.example/v2",
        contact="figures@example.org",
        alerts_stale_after=timedelta(days=7),
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("empty", ["", " ", "\t\n"])
def test_an_empty_value_counts_as_unset(name: str, empty: str) -> None:
    assert Settings.read({name: empty}) == Settings.read({})


def test_a_home_directory_may_be_written_as_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    assert Settings.read({"DATABASE_PATH": "~/asylum.sqlite3"}).database_path == tmp_path / "asylum.sqlite3"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "chatty"),
        ("LOG_LEVEL", "10"),
        ("DISCORD_TOKEN", "Bot abc.def.ghi"),
        ("DISCORD_TOKEN", "abc.def\rghi"),
        ("DISCORD_TOKEN", "„abc.def.ghi“"),
        ("DATABASE_PATH", "~nobody-of-that-name/asylum.sqlite3"),
        ("STATE_URL", "mysql://bot@host/asylum"),
        ("STATE_URL", "postgresql://bot@host:port/asylum"),
        ("SHARDS", "0"),
        ("SHARDS", "3/3"),
        ("SHARDS", "2-1/4"),
        ("SHARDS", "0-4/4"),
        ("SHARDS", "0-1"),
        ("SHARDS", "0-3/16"),
        ("DISCORD_API_BASE", "discord.com/api/v10"),
        ("DISCORD_API_BASE", "ws://discord.com"),
        ("DISCORD_API_BASE", "https://discord.com/api?v=10"),
        ("DISCORD_GATEWAY_URL", "https://gateway.discord.gg"),
        ("DISCORD_CDN_BASE", "https://"),
        ("DISCORD_CDN_BASE", "https://cdn discord"),
        ("UNHCR_API_BASE", "https://[half-a-bracket"),
        ("UNHCR_API_BASE", "https://api.unhcr.org:port/"),
    ],
)
def test_a_bad_value_is_refused_in_one_sentence_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        Settings.read({name: value})

    assert name in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("written", "own"),
    [("3", [0, 1, 2]), ("1/3", [1]), ("0-3/16", [0, 1, 2, 3]), ("0-2/3", [0, 1, 2])],
)
def test_shards_are_all_of_them_or_a_part(written: str, own: list[int]) -> None:
    shards = Settings.read({"SHARDS": written, "STATE_URL": "postgresql://bot@host/asylum"}).shards

    assert shards is not None
    assert list(shards.own) == own
    assert str(shards) == {"0-2/3": "3"}.get(written, written)


@pytest.mark.parametrize(
    ("state", "wrong"), [("", True), (" ", True), ("postgresql://bot@host/asylum", False)]
)
def test_a_part_of_the_shards_alone_is_named_among_the_settings(
    state: str, wrong: bool, tmp_path: Path
) -> None:
    found = load_environment(tmp_path / ".env", {"SHARDS": "0-3/16", "STATE_URL": state})
    said = {name: (text, is_wrong) for name, text, is_wrong in found.examine()}

    assert said["SHARDS"][1] is wrong
    assert ("STATE_URL" in said["SHARDS"][0]) is wrong


@pytest.mark.parametrize("value", ["mysql://bot:s3cr3t-word@host/a", "postgresql://bot:s3cr3t-word@host/a"])
def test_the_password_of_shared_state_is_shown_nowhere(value: str, tmp_path: Path) -> None:
    found = load_environment(tmp_path / ".env", {"STATE_URL": value})
    shown = [str(found.doubts), *(text for _, text, _ in found.examine())]
    try:
        shown.append(repr(found.settings))
    except BadSetting as refusal:
        shown.append(str(refusal))
    else:
        assert "s3cr3t-word" in found.settings.secrets

    assert "s3cr3t-word" not in " ".join(shown)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)))
def test_any_environment_gives_settings_or_a_sentence_that_names_one_of_its_variables(
    environment: dict[str, str],
) -> None:
    try:
        said = Settings.read(environment).log_level
    except BadSetting as refusal:
        said = str(refusal)

    assert said in LEVELS or any(name in said for name in environment)


@given(st.text(st.characters(codec="ascii"), min_size=12, max_size=70))
def test_the_token_shows_in_no_repr_and_no_refusal(token: str) -> None:
    try:
        shown = repr(Settings.read({"DISCORD_TOKEN": token}))
    except BadSetting as refusal:
        shown = str(refusal)

    assert not token.strip() or token not in shown


def test_the_process_environment_lies_over_the_dotenv_file(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text(f"DISCORD_TOKEN={TOKEN}\nLOG_LEVEL=DEBUG # for now\nPATH=/nowhere\n", "utf-8")

    merged = load_environment(path, {"LOG_LEVEL": "ERROR", "HOME": "/home"})

    assert merged.values == {"DISCORD_TOKEN": TOKEN, "LOG_LEVEL": "ERROR"}
    assert merged.sources == {"DISCORD_TOKEN": str(path), "LOG_LEVEL": "the environment"}
    assert TOKEN not in repr(merged)


def test_an_empty_token_of_the_process_starts_the_preview_in_spite_of_the_dotenv_file(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text(f"DISCORD_TOKEN={TOKEN}\n", "utf-8")

    assert load_environment(path, {"DISCORD_TOKEN": ""}).settings.token is None


def test_nothing_in_the_dotenv_file_is_expanded(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("DISCORD_TOKEN=a${LOG_LEVEL}b\nDATABASE_PATH=\n", "utf-8")

    assert load_environment(path, {}).values == {"DISCORD_TOKEN": "a${LOG_LEVEL}b", "DATABASE_PATH": ""}


def test_a_missing_dotenv_file_is_an_empty_one(tmp_path: Path) -> None:
    assert load_environment(tmp_path / ".env", {}) == Environment({}, {})


def test_a_dotenv_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"DISCORD_TOKEN=\xff\xfe")

    with pytest.raises(BadSetting, match=r"\.env cannot be read"):
        load_environment(path, {})


@pytest.mark.parametrize("days", ["0", "-1", "366", "4000", "thirty", "1.5", "²", "٣", "1 0"])
def test_days_that_cannot_be_meant_are_refused(days: str) -> None:
    with pytest.raises(
        BadSetting, match=r"ALERTS_STALE_AFTER_DAYS is .* write a number of days from 1 to 365"
    ):
        Settings.read({"ALERTS_STALE_AFTER_DAYS": days})


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        (
            "DISCORD_TOKN=x",
            "line 3: DISCORD_TOKN is no setting of this program; the nearest is DISCORD_TOKEN.",
        ),
        (
            "discord_token=x",
            "line 3: discord_token is no setting of this program; the nearest is DISCORD_TOKEN.",
        ),
        ("TOKEN=x", "line 3: TOKEN is no setting of this program; the nearest is DISCORD_TOKEN."),
        ("COLOUR=x", "line 3: COLOUR is no setting of this program."),
        ("DISCORD_TOKEN", "line 3, sets nothing; write it as NAME=value."),
        ("DISCORD_TOKEN: x", "line 3, sets nothing; write it as NAME=value."),
        ("a.secret.token", "line 3, sets nothing; write it as NAME=value."),
        ("q.secret=", "line 3: what stands before “=” is no setting of this program."),
    ],
)
def test_a_line_that_sets_nothing_is_told_with_the_nearest_setting_and_without_its_value(
    tmp_path: Path, line: str, doubt: str
) -> None:
    path = tmp_path / ".env"
    path.write_text(f"# mine\n\n{line}\nexport LOG_LEVEL=DEBUG\n", "utf-8-sig")
    found = load_environment(path, {})

    assert found.values == {"LOG_LEVEL": "DEBUG"}
    assert found.doubts == (f"{path}, {doubt}",)
    assert "secret" not in str(found.doubts)


def test_a_variable_that_begins_like_ours_and_is_none_is_told(tmp_path: Path) -> None:
    process = {"DISCORD_TOKE": "x", "DATABASE_URL": "x", "HOME": "x", "TOKEN": "x", "LOG_LEVEL": "INFO"}

    assert load_environment(tmp_path / ".env", process).doubts == (
        "DISCORD_TOKE of the environment is no setting of this program; the nearest is DISCORD_TOKEN.",
        "DATABASE_URL of the environment is no setting of this program; the nearest is DATABASE_PATH.",
    )
