"""Every code of the reader has a sentence, and every sentence is used."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from bot.replies.refused import DOUBTS, LANGUAGES, REASONS, REMARKS
from tests.nonsense import check_harmless

ASK = Path(__file__).parents[3] / "data" / "reading" / "ask"
RAISED = re.compile(r"(?:Unfit|Refused)\(\s*\"([a-z-]+)\"")


def column(file: str, name: str, *ways: str) -> set[str]:
    with (ASK / file).open(encoding="utf-8", newline="") as table:
        return {row[name] for row in csv.DictReader(table) if not ways or row["answer"] in ways}


def test_every_reason_has_a_sentence_and_every_sentence_a_reason() -> None:
    raised = {code for module in ASK.glob("*.py") for code in RAISED.findall(module.read_text("utf-8"))}

    assert raised - {"language", "name"} | column("topics.csv", "topic", "refuse", "offer") == set(REASONS)
    assert column("topics.csv", "topic", "note") < set(REMARKS)


def test_every_language_that_is_recognised_has_its_refusal() -> None:
    assert column("languages.csv", "language") - {"en"} <= set(LANGUAGES)


def test_sentences_end_and_harm_nobody() -> None:
    for sentence in (*REASONS.values(), *REMARKS.values(), *DOUBTS.values()):
        assert sentence[-1] in ".?", sentence
        check_harmless(sentence.replace("{", "").replace("}", ""))
