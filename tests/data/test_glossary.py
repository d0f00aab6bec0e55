"""Every word and code is in the glossary, in two sentences, and is found however it is typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies.define import KINDS, SOURCES, write_definitions
from bot.sentences import say
from data.countries.groups import contrast, find_member, list_names, members, read_groups
from data.errors import Unanswerable
from data.glossary import GROUP, Glossary
from data.model import Level, Measure, ReferencePeriod, Unit
from tests.nonsense import check_harmless, check_sentence, nonsense
from tests.refusals import refuses

GLOSSARY = Glossary.load()
WORDS = (
    "origin", "country of origin", "asylum", "country of asylum", "release", "vintage", "revision", "reference period",
    "mid-year", "year-end", "observation", "pending", "asylum-seekers", "stock", "applications", "stage", "new", "repeat",
    "appeal", "combined", "decisions", "recognised", "complementary protection", "rejected", "otherwise closed",
    "substantive decisions", "Refugee Recognition Rate", "RRR", "Total Protection Rate", "TPR", "unit", "persons", "cases",
    "delivery", "outbox", "flow", "new period", "completed", "corrected", "withdrawn", "recoded",
)  # fmt: skip
CODES = {
    "authority": ("G", "U", "J"),
    "stage": ("N", "R", "A", "NR", "NA", "FA", "J", "BL", "SP", "V", "RA"),
    "level": ("FI", "AR", "RA", "IN", "EO", "JR", "FA", "SP", "TP", "TA", "BL", "TR", "CA", "NA"),
    "unit": ("P", "C"),
    "field": (
        "procedure_type", "app_type", "dec_level", "app_pc", "dec_pc", "coo", "coa", "refugees", "asylum_seekers",
        "returned_refugees", "idps", "returned_idps", "stateless", "ooc", "oip", "hst", "applied", "dec_recognized",
        "dec_other", "dec_rejected", "dec_closed", "dec_total",
    ),
    "origin code": ("UNK", "XXA", "TIB"),
    "sign": ("-",),
}  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_field_is_defined(word: str) -> None:
    (entry,) = [each for each in GLOSSARY.find(word) if each.kind == "word"][:1]
    assert entry.text


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in CODES.items() for code in codes])
def test_every_code_of_unhcr_s_is_defined_as_what_it_is(kind: str, code: str) -> None:
    (entry,) = [each for each in GLOSSARY.entries if (each.name, each.kind) == (code, kind)]
    assert entry in GLOSSARY.find(code) or kind == "field"


def test_every_choice_of_the_commands_is_defined() -> None:
    for choice in (*Measure, *Level, *ReferencePeriod, *(unit.word for unit in Unit)):
        if choice != Level.ALL:
            assert GLOSSARY.find(str(choice)), choice


WRITTEN = [entry for entry in GLOSSARY.entries if entry.kind != GROUP]


@pytest.mark.parametrize("entry", WRITTEN, ids=lambda entry: f"{entry.name} ({entry.kind})")
def test_an_entry_is_two_harmless_sentences_with_a_source(entry) -> None:
    assert entry.text.endswith(".")
    assert len(re.findall(r"[.?!] (?=[“A-Z])", entry.text)) == 1, entry.text
    assert len(entry.text) <= 320
    assert entry.source in SOURCES
    assert entry.kind in KINDS
    check_harmless(entry.text)


def test_every_group_is_defined_once_by_each_of_its_names_with_members_and_source() -> None:
    for group in read_groups().values():
        (entry,) = [each for each in GLOSSARY.entries if each.text == group.code]
        assert entry.source in SOURCES
        for name in list_names(group):
            assert [each for each in GLOSSARY.find(name) if each.kind == GROUP] == [entry], name
        content, embed = write_definitions([entry], 2025)
        year = next(each for each in range(2025, 2000, -1) if members(group.code, each))
        assert f"{len(members(group.code, year))} " in content
        assert all(find_member(code).name in content for code in members(group.code, year))
        assert len(content) < 2000
        assert str(embed.description).startswith("Source: ")
        check_harmless(content)


def test_who_is_said_to_be_in_a_group_is_and_who_is_said_to_be_missing_is_not() -> None:
    told = {code: contrast(group) for code, group in read_groups().items()}
    for code, (added, missing) in told.items():
        assert set(added) <= members(code, 2025)
        assert not set(missing) & members(code, 2025)
    assert told["europe"] == (("RUS",), ("TUR", "CYP"))
    assert told["eu"] == ((), ())


def test_no_name_stands_for_two_things_of_one_kind() -> None:
    named = [(entry.name.casefold(), entry.kind) for entry in GLOSSARY.entries]
    assert len(set(named)) == len(named)


@given(st.sampled_from(GLOSSARY.entries), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_does_not_matter(entry, turn) -> None:
    assert entry in GLOSSARY.find(f"  {turn(entry.name)} ")


def test_a_code_with_two_meanings_gives_both() -> None:
    assert [entry.kind for entry in GLOSSARY.find("J")] == ["authority", "stage"]
    assert [entry.kind for entry in GLOSSARY.find("na")] == ["stage", "level"]


@pytest.mark.parametrize(
    ("typed", "near"),
    [("backlg", "pending"), ("pendng", "pending"), ("recognision rate", "Refugee Recognition Rate")],
)
def test_a_slip_is_answered_with_what_comes_near(typed: str, near: str) -> None:
    with refuses(Unanswerable, f"The glossary has no entry '{typed}'. Did you mean .*{near}"):
        GLOSSARY.find(typed)


def test_any_nonsense_is_an_entry_or_one_sentence() -> None:
    for text in nonsense("glossary", 3_000):
        assert len(GLOSSARY.suggest(text, 25)) <= 25
        try:
            assert GLOSSARY.find(text)
        except Unanswerable as refusal:
            check_sentence(say(refusal))


def test_what_is_offered_begins_with_what_was_typed() -> None:
    names = [entry.name for entry in GLOSSARY.suggest("re", 25)]
    assert names[0].casefold().startswith("re")
    assert "Refugee Recognition Rate" in names
    assert len({name.casefold() for name in names}) == len(names)
    assert [entry.name for entry in GLOSSARY.suggest("", 3)] == ["pending", "new applications", "stock"]


def test_no_spelling_finds_an_entry_twice() -> None:
    """“asylum seeker” is another name of “asylum-seeker”, and folds to the same letters."""
    for entry in GLOSSARY.entries:
        for name in (entry.name, *entry.also):
            found = GLOSSARY.find(name)
            assert len(set(found)) == len(found), name


@pytest.mark.parametrize("typed", ["returned-refugees", "others-in-need"])
def test_what_is_also_called_by_its_own_name_is_given_once(typed: str) -> None:
    found = GLOSSARY.find(typed)

    assert len(found) == len(set(found))
