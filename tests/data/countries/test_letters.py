"""Only the letters of a name count."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.countries.letters import MAX_LENGTH, code, fold, join


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Côte d’Ivoire", "cote divoire"),
        ("U.S.A.", "usa"),
        ("The Gambia", "gambia"),
        ("Bahamas (the)", "bahamas"),
        ("Gambia, The", "gambia"),
        ("the", "the"),
        ("China's", "china"),
        ("CHINA’S", "china"),
        ("Laos'", "laos"),
        ("  South\n\tKorea ", "south korea"),
        ("Guinea–Bissau", "guinea bissau"),
        ("Antigua & Barbuda", "antigua and barbuda"),
        ("ＣＨＩＮＡ", "china"),
        ("İSPANYA", "ispanya"),
        ("Łotwa", "lotwa"),
        ("Færøerne", "faeroerne"),
        ("Ελλάδα", "ελλαδα"),
        ("Россия", "россия"),
        ("سُوريا", "سوريا"),
        ("ایران", "ايران"),
        ("भारत", "भारत"),
        ("ประเทศไทย", "ประเทศไทย"),
        ("パナマ", "パナマ"),
        ("中国", "中国"),
        ("🇩🇪", "de"),
        ("\u200fChi\u200bna\u202e", "china"),
        ("?!", ""),
        ("", ""),
        ("🙈", ""),
    ],
)
def test_case_accents_width_and_punctuation_do_not_count(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize("text", ["मराठि", "বাংলাদেশ", "ไทย", "대한민국", "日本", "ܣܘܪܝܐ"])
def test_the_signs_of_other_scripts_stay(text: str) -> None:
    assert fold(text) == unicodedata.normalize("NFC", text)


@given(st.text(max_size=MAX_LENGTH))
def test_folding_leaves_single_blanks_and_nothing_around_them(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert " " not in join(folded)


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=60))
def test_what_is_folded_folds_to_itself(text: str) -> None:
    folded = fold(text)
    assert fold(folded) in (folded, folded.removeprefix("the ").removesuffix(" the"))


@given(st.text(min_size=1, max_size=30))
def test_a_text_too_long_for_a_name_is_none(text: str) -> None:
    assert fold("x" + text + "x" * MAX_LENGTH) == ""


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("deu", "DEU"),
        (" D.E.U. ", "DEU"),
        ("ＤＥ", "DE"),
        ("🇩🇪", "DE"),
        ("Áo", ""),
        ("D3", ""),
        ("", ""),
        ("中", ""),
    ],
)
def test_a_code_is_plain_letters(typed: str, letters: str) -> None:
    assert code(typed) == letters
