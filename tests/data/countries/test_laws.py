"""Whatever anybody types, `find` and `suggest` behave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.sentences import say
from data.countries.compile import CHAT_LANGUAGES
from data.errors import Unanswerable
from data.model import Country
from tests.data.countries.atlases import atlas
from tests.examples import examples

ATLAS = atlas()
NAMES = st.sampled_from([*ATLAS.lookup.english.keys, *ATLAS.lookup.everywhere.keys[::7]])
NASTY = st.sampled_from(
    [
        "@everyone", "@here", "<@1234567890>", "<@&1>", "<#1>", "</figures:1>", "<t:1:R>", "<:x:1>", "**", "__", "~~",
        "||", "`", "```", "> ", "# ", "[a](http://b)", "https://evil.example", "discord.gg/x", "\\", "\u202e", "\u2066",
        "\u200f", "\u200b", "\u00ad", "\ufeff", "\x00", "\x1b[31m", "\r\n", "\u2028", "\ud83d", "🙈", "👩‍👩‍👧", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "'; DROP TABLE figures; --", "%s{0}{x}", "$(rm)", "(", ")", "((", "'", "’s", "the ", "ﷺ", "a\u0301\u0316" * 5,
        "𝕮𝖍𝖎𝖓𝖆", "ＵＳＡ", "Congo", "China", "Korea", "Taiwan", "Chna", " ", ",", "-419", "AUS", "١٢", "½", "ß", "ﬁ",
    ]
)  # fmt: skip
PIECES = NASTY | NAMES
TYPED = st.one_of(
    st.text(max_size=40),
    st.lists(PIECES, max_size=6).map("".join),
    st.tuples(PIECES, PIECES).map(" ".join),
    st.tuples(PIECES, st.integers(0, 6000)).map(lambda pair: (pair[0] * 6000)[: pair[1]]),
)
LOCALES = st.sampled_from(
    ["en-US", "en-GB", *CHAT_LANGUAGES, "sw", "zh", "es-MX", "xx-YY", "", "-", "de-"]
) | st.text(max_size=5)


def check_find(text: str) -> None:
    try:
        area = ATLAS.find(text)
    except Unanswerable as refusal:
        sentence = say(refusal)
        assert 0 < len(sentence) <= 300
        assert len(sentence.splitlines()) == 1
        assert not set(sentence) & set("@<>`*_~|#[]/\\\u202e\u2066\u200f\u200b")
        assert sentence.isprintable()
        assert sentence[-1] in ".?"
        sentence.encode()
    else:
        assert ATLAS.area_by_code(area.code) is area
        assert (ATLAS.by_code(area.code) is area) == isinstance(area, Country)


def check_suggest(text: str, locale: str) -> None:
    suggestions = ATLAS.suggest(text, locale)
    labels = [each.label for each in suggestions]
    codes = [each.country.code for each in suggestions]
    assert len(labels) <= 25
    assert len(set(labels)) == len(labels)
    assert len(set(codes)) == len(codes)
    assert all(1 <= len(label) <= 100 and label == label.strip() for label in labels)


@settings(max_examples=examples(500), deadline=None)
@given(TYPED, LOCALES)
@example("EU", "en-US")
@example("x" * 6000, "en-US")
@example("Chin" + "a" * 6000, "de")
@example("中" * 6000, "zh-CN")
@example("(" * 6000, "de")
@example("a (" * 2000 + ")" * 2000, "de")
def test_find_answers_or_refuses_in_one_harmless_sentence_and_suggest_offers_a_proper_list(
    text: str, locale: str
) -> None:
    check_find(text)
    check_suggest(text, locale)


@pytest.mark.proof
@settings(max_examples=20_000, deadline=None)
@given(TYPED, LOCALES)
def test_twenty_thousand_texts_are_found_or_refused_and_completed(text: str, locale: str) -> None:
    check_find(text)
    check_suggest(text, locale)


@settings(max_examples=examples(500), deadline=None)
@given(
    st.sampled_from(ATLAS.countries()),
    st.sampled_from(["", " ", "\u200f", "\t"]),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.booleans(),
)
def test_case_and_blanks_around_a_name_never_matter(
    country: Country, around: str, recase: Callable[[str], str], article: bool
) -> None:
    text = country.text if article else country.name
    assert ATLAS.find(f"{around}{recase(text)}{around}") is country


@settings(max_examples=examples(500), deadline=None)
@given(st.sampled_from(ATLAS.countries()), st.integers(0, 50), st.sampled_from("bcdfghjklmnpqrstvwxyz"))
def test_a_name_with_a_letter_too_many_is_found_only_if_somebody_is_called_so(
    country: Country, place: int, letter: str
) -> None:
    name = country.name
    misspelt = name[: place % len(name)] + letter + name[place % len(name) :]
    try:
        found = ATLAS.find(misspelt)
    except Unanswerable:
        return
    assert found in ATLAS.lookup.meant(misspelt)
    assert len(ATLAS.lookup.meant(misspelt)) == 1


@settings(max_examples=examples(300), deadline=None)
@given(st.sampled_from(ATLAS.countries()), st.integers(3, 40))
def test_typing_a_name_offers_it_all_the_way(country: Country, length: int) -> None:
    """From three letters on, whatever is typed of a name offers the country; codes have no name to type."""
    if country.code in ("CRB", "CUR"):
        return
    typed = country.name[:length]
    assert country in [each.country for each in ATLAS.suggest(typed)]
