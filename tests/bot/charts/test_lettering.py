"""Any text can be set: what no font has is left out, and nothing leaves its line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.lettering import Lettering

LETTERING = Lettering()
MAX_SPILL = 16
"""Of 255: where a bold digit stands out into the column of the one before."""


@given(st.text(max_size=80))
def test_clean_text_is_one_line_and_stays_clean(text: str) -> None:
    clean = LETTERING.clean(text)
    assert clean.isprintable()
    assert clean == " ".join(clean.split())
    assert LETTERING.clean(clean) == clean


@given(st.text(max_size=40), st.sampled_from([19, 22, 32]), st.booleans())
def test_any_clean_text_is_set_within_its_line(text: str, size: int, bold: bool) -> None:
    """No warning of a missing glyph either, as a warning fails a test here."""
    letters = LETTERING.letters(LETTERING.clean(text), size, bold)
    assert letters.coverage.dtype == np.uint8
    assert letters.below <= round(0.25 * size)
    assert len(letters.coverage) - letters.below <= round(0.95 * size)
    assert letters.width == 0 or (letters.coverage[:, 0].any() and letters.coverage[:, -1].any())


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  two\n\twords\r\n", "two words"),
        ("\u202eevil\u202c \x00text\x1b[31m", "evil text [31m"),
        ("中国 China", "China"),
        ("Côte d’Ivoire", "Côte d’Ivoire"),
        ("Co\u0302te", "Côte"),
        ("e" + "\u0301" * 9, "é\u0301\u0301"),
        ("Zażółć gęślą jaźń", "Zażółć gęślą jaźń"),
        ("中国", ""),
        ("\ud800", ""),
    ],
)
def test_text_is_cleaned_of_what_cannot_be_drawn(text: str, clean: str) -> None:
    assert LETTERING.clean(text) == clean


@pytest.mark.parametrize("text", ["Россия", "Ελλάδα", "שלום", "مرحبا", "日本 Ω", "😀", "→ ≥ ½ €"])
def test_scripts_that_a_font_has_are_drawn(text: str) -> None:
    assert LETTERING.letters(LETTERING.clean(text), 22, False).coverage.max() > 200


def test_a_book_costs_no_more_than_a_page() -> None:
    assert len(LETTERING.clean("word " * 10_000)) <= 600
    assert len(LETTERING.clean("слово " * 10_000)) <= 600


def test_words_stand_on_one_baseline() -> None:
    """The commas and descenders of other words move no word up or down."""
    alone = LETTERING.letters("H", 22, False)
    for text in ("H", "H g", "H wait, (Å)", "H _|"):
        letters = LETTERING.letters(text, 22, False)
        stem = letters.coverage[:, : alone.width].max(axis=1) > 60
        assert np.flatnonzero(stem[::-1])[0] == letters.below


def test_bold_is_wider_and_larger_is_wider() -> None:
    regular, bold, large = (
        LETTERING.letters("Germany", size, bold).width
        for size, bold in ((22, False), (22, True), (32, False))
    )
    assert regular < bold < large


def test_nothing_takes_no_room() -> None:
    assert LETTERING.letters("", 22, False).width == 0


@given(
    st.one_of(
        st.integers(100, 99_999_999).map("{:,}".format),
        st.integers(0, 9_999).map(lambda tenths: f"{tenths / 10:.1f}%"),
        st.integers(0, 9_999).map(lambda tenths: f"{tenths / 10:.1f}M"),
    ),
    st.sampled_from([27, 28, 34]),
    st.booleans(),
)
def test_a_number_looks_as_if_it_were_set_in_one_go(number: str, size: int, bold: bool) -> None:
    """It is put together from digits; one with a stroke behind it is not."""
    apart, whole = (LETTERING.letters(text, size, bold).coverage for text in (number, f"{number}|"))
    apart = np.pad(apart, ((0, size), (0, 0)))
    tall = np.flatnonzero(whole[:, : apart.shape[1]].any(axis=1))[0]
    whole = np.pad(whole[tall:, : apart.shape[1]], ((0, size), (0, 0)))
    rows = min(len(apart), len(whole))
    assert np.abs(apart[:rows].astype(int) - whole[:rows]).max() <= MAX_SPILL
