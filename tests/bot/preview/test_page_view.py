from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.preview.command_parser import names_in, parse
from bot.preview.double import DiscordDouble, interactions
from bot.preview.page_view import View, command_line

OPTIONS: list[dict[str, Any]] = [
    {"type": 3, "name": "text", "description": "Text"},
    {"type": 4, "name": "year", "description": "A year"},
    {"type": 5, "name": "private", "description": "Private"},
    {"type": 7, "name": "channel", "description": "A channel"},
    {"type": 8, "name": "role", "description": "A role"},
    {"type": 6, "name": "who", "description": "Somebody"},
]
COMMAND: dict[str, Any] = {
    "id": "1",
    "type": 1,
    "name": "asylum",
    "description": "…",
    "options": [{"type": 1, "name": "trend", "description": "…", "options": OPTIONS}],
}
DOUBLE = DiscordDouble()
GUILD = DOUBLE.guilds[0]
IDS = {
    "channel": [c["id"] for c in GUILD["channels"]],
    "role": [r["id"] for r in GUILD["roles"]],
    "who": [m["user"]["id"] for m in GUILD["members"]],
}


@st.composite
def given_options(draw: st.DrawFn) -> dict[str, Any]:
    values: dict[str, st.SearchStrategy[Any]] = {
        "text": st.text(st.characters(categories=["L", "N"]), min_size=1),
        "year": st.integers(-3000, 3000),
        "private": st.booleans(),
        **{name: st.sampled_from(ids) for name, ids in IDS.items()},
    }
    chosen = draw(st.sets(st.sampled_from(sorted(values))))
    return {name: draw(values[name]) for name in values if name in chosen}


@given(given_options())
def test_a_shown_command_line_can_be_typed_again_and_means_the_same(options: dict[str, Any]) -> None:
    data = interactions.data(COMMAND, ["trend"], options, DOUBLE.world.find)

    call = parse(command_line(data), [COMMAND], names_in(GUILD))

    assert call.words == "asylum trend"
    assert dict(call.options) == options


def test_a_menu_entry_is_shown_by_its_name() -> None:
    assert command_line({"type": 3, "name": "Check asylum figures"}) == "Check asylum figures"


def private(number: int) -> dict[str, Any]:
    general = GUILD["channels"][0]["id"]
    asker = {"interaction_metadata": {"id": "0", "user": DOUBLE.reader}}
    return {"id": str(number), "channel_id": general, "flags": 64, "edited_timestamp": None, **asker}


def test_only_so_many_dismissals_are_remembered() -> None:
    view = View(DOUBLE, keep=3)
    reader = view.person("reader")

    for number in range(10):
        view.dismiss(private(number))

    assert [view.sees(reader, private(n)) for n in range(10)] == [True] * 7 + [False] * 3


def test_a_channel_that_hides_itself_from_members_is_left_out_for_them() -> None:
    double = DiscordDouble()
    view = View(double, keep=3)
    guild = double.guilds[0]
    hidden = guild["channels"][1]
    hidden["permission_overwrites"] = [{"id": guild["id"], "type": 0, "allow": "0", "deny": str(1 << 10)}]

    shown = [c["name"] for c in view.channels(view.person("reader"))]

    assert hidden["name"] not in shown
    assert guild["channels"][0]["name"] in shown
