"""In whose language somebody is answered, over the double; and the golden figures in each of them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.preview.double import Payload
from tests.asking import Asker, asking, buttons

in_one_loop = pytest.mark.asyncio(loop_scope="session")

CHINA = {
    "en": "people from China were waiting for a decision",
    "de": "Menschen aus China warteten am 31. Dezember 2025",
    "fr": "personnes de Chine attendaient une décision",
    "es": "personas de China esperaban una decisión",
}
"""What the first line says in each language."""

ENGLISH = re.compile(
    r"\b(the|of|were|was|with|from|since|people|waiting|decisions?|figures?|only|than|fewer|more|years?|cases"
    r"|persons|not|published|and|mind|countries)\b",
    re.IGNORECASE,
)
"""Words that no other of the languages has."""
NAMED = re.compile(r"\(http\S+\)|UN World Population Prospects|Mid-Year Trends")
"""Addresses, and names of publications, which stay as they are."""

GOLDEN: list[tuple[str, dict[str, Any]]] = [
    ("figures", {"origin": "China", "year": 2025}),
    ("figures", {"asylum": "Germany", "year": 2025}),
    ("figures", {"origin": "Syria", "asylum": "Türkiye"}),
    ("figures", {"asylum": "USA"}),
    ("figures", {"asylum": "EU", "year": 2024}),
    ("figures", {"asylum": "Lebanon", "per": "inhabitants"}),
    ("figures", {"origin": "China", "year": 2025, "as_of": "2025-11-10"}),
    ("trend", {"measure": "applications", "asylum": "Germany"}),
    ("trend", {"measure": "applications", "asylum": "Germany", "versus": "France, Italy"}),
    ("trend", {"measure": "pending", "origin": "Venezuela"}),
    ("trend", {"measure": "recognition-rate", "origin": "Syria"}),
    ("trend", {"measure": "refugees", "asylum": "Lebanon", "per": "inhabitants"}),
    ("trend", {"measure": "applications", "asylum": "EU"}),
    ("top", {"measure": "applications", "rank": "asylum"}),
    ("top", {"measure": "pending", "rank": "origin", "asylum": "USA"}),
    ("top", {"measure": "applications", "rank": "origin", "by": "change"}),
    ("top", {"measure": "refugees", "rank": "asylum", "by": "inhabitants"}),
    ("top", {"measure": "protection-rate", "rank": "origin", "order": "smallest"}),
    ("decisions", {"asylum": "Germany", "from": 2015, "to": 2024}),
    ("decisions", {"origin": "China", "asylum": "USA"}),
    ("map", {"origin": "Syria", "year": 2024}),
    ("map", {"asylum": "EU"}),
    ("period", {"asylum": "USA", "from": 2020, "to": 2023, "against_from": 2015, "against_to": 2019}),
    ("period", {"measure": "applications", "asylum": "Germany", "from": 2015, "to": 2024}),
    ("history", {"asylum": "Germany", "year": 2024}),
    ("changes", {"origin": "China"}),
]
"""Questions of the kinds that are translated."""


async def set_server(asker: Asker, language: str) -> str:
    it = await asker.double.slash("asylum-settings", {"language": language})
    assert it.reply is not None
    return str(it.reply["content"])


@pytest.fixture
async def alone(services: Any) -> Any:
    """Somebody in a Discord of his own, whose settings nobody else meets."""
    async with asking(services) as asker:
        yield asker
        await set_server(asker, "own")


def said(message: Payload) -> str:
    """All words of a message."""
    return "\n".join([message["content"], *(str(each.get("description")) for each in message["embeds"])])


@in_one_loop
@pytest.mark.parametrize(
    ("locale", "language"), [("de", "de"), ("fr", "fr"), ("es-419", "es"), ("en-US", "en"), ("ja", "en")]
)
async def test_an_asker_is_answered_in_the_language_of_the_client(
    asker: Asker, locale: str, language: str
) -> None:
    message = await asker.message("figures", {"origin": "China", "year": 2025}, locale=locale)

    assert CHINA[language] in message["content"]


@in_one_loop
async def test_a_server_s_language_counts_for_what_all_can_read_and_for_nothing_else(alone: Asker) -> None:
    assert "Español" in await set_server(alone, "es")
    question = {"origin": "China", "year": 2025}

    public = await alone.message("figures", question, locale="de")
    private = await alone.message("figures", {**question, "private": True}, locale="de")
    refused = await alone.message("figures", {"origin": "Xyland"}, locale="de")
    history = await alone.double.click(public, buttons(public)["Antes y ahora"], locale="de")

    assert CHINA["es"] in public["content"]
    assert CHINA["de"] in private["content"]
    assert refused["content"].startswith("Kein Land heißt")
    assert history.ephemeral
    assert set(buttons(public)) >= {"Detalles", "Exportar", "Borrar"}
    assert set(buttons(private)) >= {"Details", "Exportieren"}


@in_one_loop
async def test_a_server_that_leaves_it_to_each_person_does(alone: Asker) -> None:
    await set_server(alone, "fr")
    await set_server(alone, "own")

    message = await alone.message("figures", {"origin": "China", "year": 2025}, locale="de")

    assert CHINA["de"] in message["content"]


@in_one_loop
async def test_a_picture_is_drawn_for_each_language_and_kept_for_it(asker: Asker) -> None:
    pictures = [
        (await asker.message("trend", {"measure": "applications", "asylum": "Chad"}, locale=locale))[
            "attachments"
        ][0]
        for locale in ("en-US", "de", "de")
    ]

    assert pictures[0]["size"] != pictures[1]["size"]
    assert pictures[1]["size"] == pictures[2]["size"]
    assert pictures[1]["description"].startswith("Linien über Jahre: Neue Asylanträge pro Jahr")


@in_one_loop
@pytest.mark.parametrize("locale", ["de", "fr", "es-ES"])
@pytest.mark.parametrize(("words", "options"), GOLDEN, ids=str)
async def test_no_english_and_no_empty_place_is_left_in_an_answer(
    asker: Asker, locale: str, words: str, options: dict[str, Any]
) -> None:
    message = await asker.message(words, options, locale=locale)

    told = said(message) + "\n" + message["attachments"][0]["description"]
    assert "{" not in told
    assert not ENGLISH.search(NAMED.sub("", told)), told
    assert len(message["content"]) <= 900
    assert message["content"].count("**") in (2, 4)
