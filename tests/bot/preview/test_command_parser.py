"""Command lines, read by the commands that are registered."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.preview.command_parser import BadLine, Call, MenuCall, all_words, names_in, parse, parse_menu

STRING, INTEGER, BOOLEAN, CHANNEL, ROLE, NUMBER, FILE = 3, 4, 5, 7, 8, 10, 11


def option(name: str, kind: int = STRING, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def subcommand(name: str, *options: dict[str, Any], kind: int = 1) -> dict[str, Any]:
    return {"name": name, "type": kind, "options": list(options)}


MEASURES = [
    {"name": "Pending claims", "value": "pending"},
    {"name": "New applications", "value": "applications"},
]
TREND = subcommand(
    "trend",
    option("origin", required=True, autocomplete=True, max_length=30),
    option("asylum", autocomplete=True),
    option("measure", choices=MEASURES),
    option("from", INTEGER, min_value=1951, max_value=2030),
    option("share", NUMBER, max_value=1.5),
    option("private", BOOLEAN),
)
CHECK = subcommand("check", option("text", max_length=4000), option("as_of", autocomplete=True))
COMMANDS = [
    {
        "name": "asylum",
        "type": 1,
        "options": [TREND, CHECK, subcommand("releases", subcommand("list"), kind=2)],
    },
    {
        "name": "alerts",
        "type": 1,
        "options": [subcommand("test", option("channel", CHANNEL), option("role", ROLE))],
    },
    {"name": "ping", "type": 1, "options": [option("proof", FILE)]},
    {"name": "Check asylum figures", "type": 3},
]
NAMES = names_in(
    {
        "members": [{"user": {"username": "reader", "id": "1"}}],
        "channels": [{"name": "general", "id": "20"}, {"name": "alerts", "id": "21"}],
        "roles": [{"name": "@everyone", "id": "30"}, {"name": "data-desk", "id": "31"}],
    }
)

ALL = "There are: /asylum trend, /asylum check, /asylum releases list, /alerts test, /ping."
OPTIONS = "Its options, written name:value, are: origin, asylum, measure, from, share, private."


def options(line: str) -> dict[str, Any]:
    return dict(parse(line, COMMANDS, NAMES).options)


def complaint(line: str) -> str:
    with pytest.raises(BadLine) as refused:
        parse(line, COMMANDS, NAMES)
    return str(refused.value)


def test_a_line_names_a_command_and_its_options() -> None:
    call = parse("/asylum trend measure:pending origin:China", COMMANDS)
    assert call == Call("asylum trend", {"measure": "pending", "origin": "China"})


def test_the_slash_and_the_spaces_are_free() -> None:
    line = "  asylum   trend\n origin: South  Sudan \t asylum:Uganda "
    assert options(line) == {"origin": "South  Sudan", "asylum": "Uganda"}


def test_groups_of_groups_are_followed() -> None:
    assert parse("/asylum releases list", COMMANDS).words == "asylum releases list"
    assert all_words(COMMANDS) == [
        "asylum trend",
        "asylum check",
        "asylum releases list",
        "alerts test",
        "ping",
    ]


def test_a_value_ends_only_where_an_option_begins_that_was_not_given_yet() -> None:
    line = "/asylum check text:In 2025: a text: it has:colons, from:here as_of:June 2026"
    assert options(line) == {"text": "In 2025: a text: it has:colons, from:here", "as_of": "June 2026"}
    assert options("/asylum check as_of:June 2026 text:As of: as_of:x") == {
        "as_of": "June 2026",
        "text": "As of: as_of:x",
    }
    assert options("/asylum trend origin:http://asylum:x") == {"origin": "http://asylum:x"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("measure:pending", {"measure": "pending"}),
        ("measure:new APPLICATIONS", {"measure": "applications"}),
        ("from:2013", {"from": 2013}),
        ("share:.5", {"share": 0.5}),
        ("share:-1", {"share": -1.0}),
        ("private:yes", {"private": True}),
        ("private:FALSE", {"private": False}),
    ],
)
def test_values_become_what_the_option_takes(written: str, meant: dict[str, Any]) -> None:
    assert options(f"/asylum trend origin:China {written}") == {"origin": "China", **meant}


@pytest.mark.parametrize("written", ["alerts", "#alerts", "<#21>", "21"])
def test_a_channel_goes_by_its_name_its_mention_or_its_id(written: str) -> None:
    assert options(f"/alerts test channel:{written} role:@data-desk") == {"channel": "21", "role": "31"}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "",
            f"Write a command. {ALL}",
        ),
        (
            "/asylum foo",
            "There is no command '/asylum foo'. There are: /asylum trend, /asylum check, /asylum releases list.",
        ),
        (
            "/asylum",
            "'/asylum' is not complete. There are: /asylum trend, /asylum check, /asylum releases list.",
        ),
        (
            "/weather Bern",
            f"There is no command '/weather'. {ALL}",
        ),
        ("/asylum trend", "'/asylum trend' needs 'origin': write origin:… after it."),
        ("/asylum trend origin:China from:abc", "'from' takes a whole number, not 'abc'."),
        ("/asylum trend origin:China from:20.5", "'from' takes a whole number, not '20.5'."),
        ("/asylum trend origin:China from:1900", "'from' takes at least 1951, not 1900."),
        ("/asylum trend origin:China from:2031", "'from' takes at most 2030, not 2031."),
        (f"/asylum trend origin:China from:{'9' * 17}", f"'from' takes a whole number, not '{'9' * 17}'."),
        ("/asylum trend origin:China share:inf", "'share' takes a number, not 'inf'."),
        ("/asylum trend origin:China share:half", "'share' takes a number, not 'half'."),
        ("/asylum trend origin:China private:maybe", "'private' takes yes or no, not 'maybe'."),
        (
            "/asylum trend origin:China measure:births",
            "'measure' is one of Pending claims, New applications, not 'births'.",
        ),
        ("/asylum trend origin:", "'origin' has no value; write origin:… with one."),
        ("/asylum trend origin: asylum:Kenya", "'origin' has no value; write origin:… with one."),
        ("/asylum trend origin:" + "x" * 31, "'origin' takes at most 30 characters, not 31 characters."),
        ("/asylum trend origin:China origin:Syria", "'origin' is given twice; give it once."),
        (
            "/asylum trend yaer:2020",
            f"'/asylum trend' has no option 'yaer'. {OPTIONS}",
        ),
        (
            "/asylum trend origin:China yaer:2020",
            f"'/asylum trend' has no option 'yaer'. {OPTIONS}",
        ),
        (
            "/asylum check China 2025",
            "'China 2025' belongs to no option of '/asylum check'. Its options, written name:value, are: text, as_of.",
        ),
        ("/asylum releases list x:1", "'/asylum releases list' has no option 'x'. It takes no options."),
        ("/alerts test channel:news", "There is no channel 'news'. There are: #general, #alerts."),
        ("/alerts test role:editors", "There is no role 'editors'. There are: @everyone, @data-desk."),
        ("/ping proof:x.png", "'proof' takes a file, which a line of text cannot give; leave it out."),
    ],
)
def test_a_line_that_cannot_be_read_is_answered_with_what_there_is(line: str, sentence: str) -> None:
    assert complaint(line) == sentence


def test_two_missing_options_are_named_together() -> None:
    pair = [{"name": "p", "type": 1, "options": [option("a", required=True), option("b", required=True)]}]
    with pytest.raises(BadLine, match="'/p' needs 'a' and 'b': write a:… after it"):
        parse("/p", pair)


# The law: what is written out is read back.

names = st.from_regex(r"[a-z][a-z_]{0,7}", fullmatch=True)
words = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=":"), min_size=1, max_size=8)
texts = st.lists(words | st.just(":") | st.just("2025:") | st.just("a:b"), min_size=1, max_size=6).map(
    " ".join
)
labels = st.lists(words, min_size=1, max_size=3).map(" ".join)


@st.composite
def calls(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], str]:
    """A command with options of every kind, values for some of them, and the line that gives them."""
    known, values, written = [], {}, []
    for name in draw(st.lists(names, unique=True, min_size=1, max_size=6)):
        kind = draw(st.sampled_from([STRING, INTEGER, NUMBER, BOOLEAN, CHANNEL]))
        made = option(name, kind)
        if kind == STRING and draw(st.booleans()):
            choices = draw(st.lists(labels, unique_by=str.casefold, min_size=1, max_size=4))
            made["choices"] = [
                {"name": label, "value": f"value {i} of {name}"} for i, label in enumerate(choices)
            ]
            picked = draw(st.sampled_from(made["choices"]))
            value, text = picked["value"], draw(st.sampled_from([picked["name"], picked["value"]]))
        elif kind == STRING:
            value = text = draw(texts)
        elif kind == INTEGER:
            value = draw(st.integers(-(2**53), 2**53))
            text = str(value)
        elif kind == NUMBER:
            value = draw(st.floats(-1e9, 1e9))
            text = repr(value)
        elif kind == BOOLEAN:
            value = draw(st.booleans())
            text = draw(st.sampled_from(["yes", "Yes", "true"] if value else ["no", "NO", "false"]))
        else:
            name_of_it, value = draw(st.sampled_from([("general", "20"), ("alerts", "21")]))
            text = draw(st.sampled_from([name_of_it, f"#{name_of_it}", value, f"<#{value}>"]))
        known.append(made)
        if draw(st.booleans()):
            values[name] = value
            written.append(f"{name}:{draw(st.sampled_from(['', ' ']))}{text}")
    command = {"name": "asylum", "type": 1, "options": [subcommand("trend", *known)]}
    return command, values, " ".join(["/asylum trend", *draw(st.permutations(written))])


@settings(deadline=None)
@given(calls())
def test_any_command_written_out_is_read_back(call: tuple[dict[str, Any], dict[str, Any], str]) -> None:
    command, values, line = call
    offered = [o["name"] for o in command["options"][0]["options"]]
    # A text that holds an option's name and a colon says that option.
    assume(not any(f" {name}:" in f" {value}" for name in offered for value in values.values()))
    read = parse(line, [command], NAMES)
    assert read.words == "asylum trend"
    assert read.options == values


def reading(line: str) -> Call | str:
    try:
        return parse(line, COMMANDS, NAMES)
    except BadLine as refused:
        return str(refused)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_anything_typed_is_a_command_or_a_sentence(line: str) -> None:
    read = reading(line)
    assert isinstance(read, Call) or read.endswith(".")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_anything_typed_after_a_command_is_an_option_or_a_sentence(rest: str) -> None:
    read = reading(f"/asylum trend origin:{rest}")
    assert read.options["origin"] in rest if isinstance(read, Call) else read.endswith(".")


MENUS = [{"name": name, "type": 3} for name in ("Check asylum figures", "Report")] + [
    {"name": "check", "type": 1}
]


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("Check asylum figures text:5 people", MenuCall("Check asylum figures", "5 people")),
        (
            "check asylum  text: 5 written:2020-01-01",
            MenuCall("Check asylum figures", "5 written:2020-01-01"),
        ),
        (
            "CHECK written:2026-02-01 text:a text:b",
            MenuCall("Check asylum figures", "a text:b", date(2026, 2, 1)),
        ),
        ("report written: 2026-02-01 text:x", MenuCall("Report", "x", date(2026, 2, 1))),
    ],
)
def test_an_entry_of_a_menu_is_a_line_with_the_message_it_is_chosen_for(text: str, call: MenuCall) -> None:
    assert parse_menu(text, MENUS) == call


@pytest.mark.parametrize("text", ["", "/check text:5", "chec text:5", "text:5", "check figures text:5"])
def test_a_line_that_names_no_entry_of_a_menu_is_left_to_the_commands(text: str) -> None:
    assert parse_menu(text, MENUS) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("check", "'Check asylum figures' needs a message: write written:2026-02-01 text:… after it"),
        ("check written:2026-02-01", "needs a message"),
        ("check text: ", "A message has 1 to 4,000 characters; this one has 0."),
        (f"check text:{'x' * 4001}", "A message has 1 to 4,000 characters; this one has 4,001."),
        ("check written:2026-02-30 text:x", "'written' takes a day like 2026-02-01, not '2026-02-30'."),
        ("check written: text:x", "'written' takes a day like 2026-02-01, not ''."),
    ],
)
def test_an_entry_without_a_message_or_with_no_day_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(BadLine, match=re.escape(sentence)):
        parse_menu(text, MENUS)
