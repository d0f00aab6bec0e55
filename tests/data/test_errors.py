"""What a user typed is repeated so that it means nothing to Discord."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.errors import MAX_LENGTH, quote
from tests.examples import examples


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("Chna", "'Chna'"),
        ("Côte d'Ivoire", "'Côte d'Ivoire'"),
        ("سوريا", "'سوريا'"),
        ("one\r\ntwo\u2028three\tfour", "'one two three four'"),
        ("  a   b  ", "'a b'"),
        ("@everyone", "'＠everyone'"),
        ("<@123> <#4> </x:5>", "'‹＠123› ‹＃4› ‹∕x:5›'"),
        ("**a** `b` ~~c~~ ||d|| __e__", "'∗∗a∗∗ ʹbʹ ∼∼c∼∼ ∣∣d∣∣ ＿＿e＿＿'"),
        ("[x](https://y.example)", "'［x］(https:∕∕y.example)'"),
        ("\u202eanihC\u202c\u200f", "'anihC'"),
        ("a\ud800b\x00c", "'ab c'"),
        ("", "''"),
        ("x" * 41, "'" + "x" * 39 + "…'"),
        ("x" * 40, "'" + "x" * 40 + "'"),
    ],
)
def test_a_text_is_quoted_on_one_line_without_its_powers(typed: str, quoted: str) -> None:
    assert quote(typed) == quoted


@settings(max_examples=examples(1000), deadline=None)
@given(st.text(st.characters() | st.sampled_from("@<>`*_~|#[]/\\\n\r\u202e\u2066\u200d\ud800"), max_size=200))
@example("@everyone " * 600)
def test_nothing_quoted_can_mention_format_link_break_or_turn(text: str) -> None:
    quoted = quote(text)
    assert 2 <= len(quoted) <= MAX_LENGTH + 2
    assert quoted[0] == quoted[-1] == "'"
    assert not set(quoted) & set("@<>`*_~|#[]/\\")
    assert not {unicodedata.category(character)[0] for character in quoted} & {"C"}
    assert len(quoted.splitlines()) == 1
    quoted.encode()
