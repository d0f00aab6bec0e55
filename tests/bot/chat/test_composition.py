"""Every question gets a reply that Discord takes and a reader can trust, or one sentence."""

from __future__ import annotations

import re

import pytest

from bot.chat.composition import compose
from bot.replies.details import lay_out_details
from bot.replies.files import FORMULA, write_csv
from bot.replies.reply import MAX_ALT, MAX_CONTENT, MAX_DESCRIPTION, Reply
from bot.sentences import say
from bot.services import Services
from bot.words import INHABITANTS_SOURCE, LICENCE
from data.errors import Unanswerable
from data.model import Measure, Place, Role
from data.questions.figures import AskFigures
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.questions.view import check_years, open_view
from tests.asking import read_csv
from tests.nonsense import LARGEST_INTEGER, check_harmless, check_sentence, integers
from tests.questions import sample_questions
from tests.refusals import refuses

in_one_loop = pytest.mark.asyncio(loop_scope="session")

many = pytest.mark.parametrize("count", [250, pytest.param(1_500, marks=pytest.mark.proof)])
"""How many replies are looked at; each law looks at the same, which are made once."""

made: dict[int, list[Reply]] = {}

LARGEST_EMBED = 6000
EXACTLY_FEW = re.compile(r"\b[1-9]\*{0,2} (?:people|persons|cases)\b|: \*{0,2}[1-9]\*{0,2} (?:on|in) ")
CLUMSY = re.compile(r"  |\b(\w+) \1\b|\b1 (?:countries|origins)\b|\b0\.0% of (?:all|their)")
SECOND_SENTENCE = re.compile(r"[.?!] [A-Z]")


async def replies(services: Services, count: int) -> list[Reply]:
    """The first so many answers; every refusal on the way is checked to be a sentence."""
    if count not in made:
        found: list[Reply] = []
        for question in sample_questions(services.countries, "replies"):
            try:
                found.append(await compose(services, question))
            except Unanswerable as refusal:
                check_sentence(say(refusal))
            if len(found) == count:
                break
        made[count] = found
    return made[count]


def say_all(reply: Reply) -> str:
    return "\n".join((reply.content, reply.account, reply.alt, *reply.caveats))


@in_one_loop
@many
async def test_every_reply_is_within_what_discord_takes(services: Services, count: int) -> None:
    for reply in await replies(services, count):
        embed = reply.embed()
        details = lay_out_details(reply, services.countries)
        assert sum(map(len, details)) <= LARGEST_EMBED
        assert not any(str(each.description).endswith("…") for each in details)
        assert 0 < len(reply.content) <= MAX_CONTENT
        assert 0 < len(reply.alt) <= MAX_ALT
        assert len(embed.description or "") < MAX_DESCRIPTION
        assert len(embed) <= LARGEST_EMBED


@in_one_loop
@many
async def test_every_reply_reads_like_one(services: Services, count: int) -> None:
    for reply in await replies(services, count):
        check_harmless(say_all(reply))
        assert reply.headline[0].isupper() or reply.headline.startswith("**")
        assert not re.match(r"\*\*[a-z]", reply.headline)
        assert "\n" not in reply.headline
        for text in (reply.content, reply.account):
            assert not CLUMSY.search(text), text
            assert not EXACTLY_FEW.search(text), text
        footer = (reply.embed().footer.text or "").removesuffix(f" · {INHABITANTS_SOURCE}")
        assert footer == f"{reply.source.split(' · ')[0]} · {LICENCE}"


@in_one_loop
@many
async def test_every_caveat_is_one_sentence_and_none_is_said_twice(services: Services, count: int) -> None:
    for reply in await replies(services, count):
        assert len(set(reply.caveats)) == len(reply.caveats)
        for caveat in reply.caveats:
            assert caveat.endswith(".")
            assert not SECOND_SENTENCE.search(caveat), caveat


@in_one_loop
@many
async def test_every_csv_opens_and_says_what_was_found(services: Services, count: int) -> None:
    for reply in await replies(services, count):
        rows = read_csv(write_csv(reply.records))
        assert [row["value"] for row in rows] == [
            "" if record.value is None else str(record.value) for record in reply.records
        ]
        assert [row["origin"] for row in rows] == [record.origin for record in reply.records]
        assert not [c for row in rows for key, c in row.items() if key != "value" and c.startswith(FORMULA)]
        assert {row["licence"] for row in rows} == {LICENCE}


@in_one_loop
async def test_every_reply_asks_its_question_again(services: Services) -> None:
    for reply in (await replies(services, 250))[:60]:
        assert reply.question.as_of is not None
        again = await compose(services, reply.question)
        assert again == reply
        assert (again.grid, again.records) == (reply.grid, reply.records)


@in_one_loop
async def test_pictures_are_drawn_for_any_reply(services: Services) -> None:
    for reply in (await replies(services, 250))[60:100]:
        png = await services.studio.draw(reply.chart)
        assert png.startswith(b"\x89PNG")


@in_one_loop
async def test_any_whole_number_is_a_year_or_one_sentence(services: Services) -> None:
    async with open_view(services.answers._database, services.countries, None) as found:
        view = found
    for first, last in zip(integers("from", 10_000), integers("to", 10_000), strict=True):
        for year in (first, last):
            try:
                assert 2000 <= view.choose_year(year) <= 2025
            except Unanswerable as refusal:
                check_sentence(say(refusal))
        try:
            check_years(first, last)
            assert first <= last
        except Unanswerable as refusal:
            check_sentence(say(refusal))


@in_one_loop
@pytest.mark.parametrize("year", [-LARGEST_INTEGER, -1, 0, 1999, 2026, LARGEST_INTEGER])
async def test_no_year_without_figures_is_answered(services: Services, year: int) -> None:
    china = services.countries.find("China")
    questions: list[Question] = [
        AskFigures(Place(china), year),
        AskTrend(Measure.PENDING, (Place(china),), year),
        AskTrend(Measure.PENDING, (Place(china),), None, year),
        AskTop(Measure.PENDING, Role.ASYLUM, Place(), year),
    ]
    for question in questions:
        with refuses(Unanswerable, r"choose 20(00 or later|25 or earlier)"):
            await compose(services, question)
