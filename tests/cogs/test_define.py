"""/asylum define: two sentences, a source, and near words for what is not there."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from tests.asking import Asker
from tests.nonsense import check_harmless, check_sentence, nonsense

in_one_loop = pytest.mark.asyncio(loop_scope="session")


@in_one_loop
async def test_a_word_is_defined_with_its_source(asker: Asker) -> None:
    message = await asker.message("define", {"word": "backlog"})

    assert message["content"] == (
        "**Pending**: People whose asylum claims are undecided on one day, 31 December or 30 June. It is a stock: whoever"
        " waits three years is in it three times, and it is not the number who applied in the year."
    )
    assert message["embeds"][0]["description"] == (
        "Source: [UNHCR, methodology of the Refugee Data Finder](https://www.unhcr.org/refugee-statistics/methodology/)"
    )


@in_one_loop
async def test_a_code_with_two_meanings_is_told_with_both(asker: Asker) -> None:
    message = await asker.message("define", {"word": "J"})

    first, second = message["content"].split("\n")
    assert first.startswith("**J, UNHCR's code of an authority**: UNHCR and the government")
    assert second.startswith("**J, UNHCR's code of a stage**: Claims before a court.")


@in_one_loop
async def test_a_word_that_is_not_there_is_answered_with_near_ones(asker: Asker) -> None:
    assert await asker.refusal("define", {"word": "pendng"}) == (
        "The glossary has no entry 'pendng'. Did you mean pending?"
    )


@in_one_loop
async def test_words_are_offered_as_one_types(asker: Asker) -> None:
    offered = await asker.double.autocomplete("asylum define", "word", "prot")
    assert "Total Protection Rate" in [choice["value"] for choice in offered]
    assert len(await asker.double.autocomplete("asylum define", "word", "")) == 25


@in_one_loop
async def test_nonsense_is_answered_with_a_definition_or_a_sentence(asker: Asker) -> None:
    for text in nonsense("define", 80):
        with capture_logs() as events:
            it = await asker.ask("define", {"word": text})
        assert [e for e in events if e["log_level"] in ("warning", "error", "critical")] == []
        assert it.reply
        if it.reply["embeds"]:
            check_harmless(it.reply["content"])
        else:
            assert it.ephemeral
            check_sentence(it.reply["content"])
