"""A list of names answers whole, by beginning, by word and by part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.countries.names import Names, write

NAMES = Names.gather(
    [
        ("south korea", "KR"),
        ("north korea", "KP"),
        ("korea", "KR"),
        ("korea", "KP"),
        ("guinea bissau", "GW"),
        ("中国", "CN"),
    ]
)
WORDS = st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=3).map(" ".join)
PAIRS = st.lists(st.tuples(WORDS, st.sampled_from(["AA", "BB", "CC"])), max_size=12)


def test_a_name_means_all_it_was_given_to() -> None:
    assert NAMES.meaning("korea") == ["KP", "KR"]
    assert NAMES.meaning("southkorea") == ["KR"]
    assert NAMES.meaning("kore") == []


def test_a_beginning_counts_without_blanks() -> None:
    assert NAMES.beginning("southk") == {"KR"}
    assert NAMES.beginning("中") == {"CN"}
    assert NAMES.beginning("x") == set()


def test_a_part_tells_whether_a_word_begins_there() -> None:
    assert set(NAMES.containing("bis")) == {("GW", True)}
    assert set(NAMES.containing("issau")) == {("GW", False)}


def test_of_two_spellings_the_one_with_more_words_is_kept() -> None:
    assert write([("guineabissau", "GW"), ("guinea bissau", "GW")]) == ["guinea bissau\tGW"]
    assert write([("", "GW")]) == []


@given(PAIRS, WORDS)
def test_looking_up_is_the_same_as_looking_through(pairs: list[tuple[str, str]], asked: str) -> None:
    names = Names.gather(pairs)
    key = asked.replace(" ", "")
    keys = [(name.replace(" ", ""), code) for name, code in pairs]
    assert names.meaning(key) == sorted({code for name, code in keys if name == key})
    assert names.beginning(key) == {code for name, code in keys if name.startswith(key)}


@given(PAIRS, st.text("abc", min_size=1, max_size=2))
def test_every_part_is_found(pairs: list[tuple[str, str]], part: str) -> None:
    lines = write(pairs)
    containing = {code for code, _ in Names.read(lines).containing(part)}
    expected = {code for line in lines if part in line.split("\t")[0] for code in line.split("\t")[1].split()}
    assert containing == expected
