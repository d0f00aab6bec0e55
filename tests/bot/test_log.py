"""The log is readable, complete, and keeps secrets."""

from __future__ import annotations

import io
import json
import logging
from datetime import datetime, timedelta

import pytest
import structlog
from hypothesis import example, given
from hypothesis import strategies as st

from bot.log import MASK, Masking, configure

SECRET = "s3cret-token"
BOT_TOKEN = "MTA5OTYxMjM0NTY3ODkwMTIz.Gx1aBc.dQw4w9WgXcQ-dQw4w9WgXcQ_dQw4w9WgXcQ12"
INTERACTION_TOKEN = "aW50ZXJhY3Rpb246MTA5OTYxMjM0NTY3ODkwMTIzOmFiYw"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


pytestmark = pytest.mark.usefixtures("logging_as_before")


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_its_time_in_utc() -> None:
    stream = io.StringIO()
    configure("INFO", stream=stream)

    structlog.stdlib.get_logger("bot.somewhere").info(
        "a release came in", rows=374_000, label="Mid-Year\n2025"
    )

    (line,) = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "a release came in",
        "level": "info",
        "logger": "bot.somewhere",
        "rows": 374_000,
        "label": "Mid-Year\n2025",
    }


def test_the_time_is_iso_8601() -> None:
    stream = io.StringIO()
    configure("INFO", stream=stream)

    structlog.stdlib.get_logger().info("now")

    assert datetime.fromisoformat(str(lines(stream)[0]["timestamp"])).utcoffset() == timedelta(0)


def test_on_a_terminal_an_event_is_readable() -> None:
    stream = Terminal()
    configure("INFO", stream=stream)

    structlog.stdlib.get_logger("bot.somewhere").info("a release came in", rows=3)

    assert "a release came in" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_libraries_write_to_the_same_log() -> None:
    stream = io.StringIO()
    configure("INFO", stream=stream)

    logging.getLogger("discord.gateway").info("Shard ID %s has connected", 0)
    logging.getLogger("aiohttp.access").warning("slow")

    assert [(line["logger"], line["event"]) for line in lines(stream)] == [
        ("discord.gateway", "Shard ID 0 has connected"),
        ("aiohttp.access", "slow"),
    ]


def test_debugging_does_not_write_out_the_payloads_that_people_s_messages_are_in() -> None:
    stream = io.StringIO()
    configure("DEBUG", stream=stream)

    logging.getLogger("discord.gateway").debug("For Shard ID %s: %s", 0, {"content": "hello"})
    structlog.stdlib.get_logger("bot").debug("ours")

    assert [line["event"] for line in lines(stream)] == ["ours"]


def test_the_level_holds_for_our_own_events_and_the_libraries() -> None:
    stream = io.StringIO()
    configure("ERROR", stream=stream)

    structlog.stdlib.get_logger("bot").warning("ours")
    logging.getLogger("discord").warning("theirs")

    assert stream.getvalue() == ""


def fail(secret: str) -> None:
    raise RuntimeError(f"PUT failed for {secret}")


@pytest.mark.parametrize("kind", [io.StringIO, Terminal])
@pytest.mark.parametrize("secret", [SECRET, BOT_TOKEN, INTERACTION_TOKEN])
def test_no_secret_is_readable_anywhere_in_the_log(kind: type[io.StringIO], secret: str) -> None:
    stream = kind()
    configure("DEBUG", [SECRET, ""], stream)
    log = structlog.stdlib.get_logger("bot")

    event = f"logging in with {secret}"
    log.info(event, secret=secret, nested={"list": [("x", {secret})], secret: 1})
    log.info("an object", request=ValueError(secret), raw=secret.encode())
    logging.getLogger("discord.http").info("sent %s", {"Authorization": f"Bot {secret}"})
    for logger in (log, logging.getLogger("aiohttp")):
        try:
            fail(secret)
        except RuntimeError:
            logger.exception("it broke")

    assert secret not in stream.getvalue()
    assert stream.getvalue().count("PUT failed for [masked]") == 2
    assert stream.getvalue().count("Traceback") == 2


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "POST https://discord.com/api/v10/webhooks/123/tok-en_1/messages/@original 404",
            "POST https://discord.com/api/v10/webhooks/123/[masked]/messages/@original 404",
        ),
        ("/webhooks/123/tok?wait=1", "/webhooks/123/[masked]?wait=1"),
        ("/interactions/9/tok%3D/callback", "/interactions/9/[masked]/callback"),
        ("Authorization: Bot abc", "Authorization: Bot [masked]"),
        ("{'authorization': 'Bearer abc', 'x': 1}", "{'authorization': 'Bearer [masked]', 'x': 1}"),
        (r"{\"Authorization\": \"abc\"}", r"{\"Authorization\": \"[masked]\"}"),
        ('{"token": "abc", "version": 1}', '{"token": "[masked]", "version": 1}'),
        ("logging in using static token", "logging in using static token"),
        ("178,725 pending, 30 June 2025; see /webhooks/ and 10.1.2", None),
    ],
)
def test_secrets_are_masked_where_they_stand_and_nothing_else_is(text: str, masked: str | None) -> None:
    assert Masking().text(text) == (text if masked is None else masked)


def test_a_value_whose_name_says_that_it_is_secret_is_masked_whatever_it_looks_like() -> None:
    event = Masking()(None, "info", {"event": "x", "Token": "abc", "headers": {"AUTHORIZATION": 5}})

    assert event == {"event": "x", "Token": MASK, "headers": {"AUTHORIZATION": MASK}}


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(values, st.text(max_size=20), st.text(max_size=20))
@example({SECRET: [SECRET]}, "a", "b")
def test_no_value_whatever_its_shape_brings_a_secret_through(value: object, before: str, after: str) -> None:
    masking = Masking((SECRET,))

    shown = json.dumps(
        masking(None, "info", {"event": before + SECRET + after, "value": [value, {SECRET: value}]})
    )

    assert SECRET not in shown
