"""What passes by itself is waited for, politely and not for ever; what does not is said in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.sentences import say
from data.errors import BadRelease, SourceUnavailable
from data.model import Dataset
from data.sources.unhcr.requests import MAX_BYTES
from tests.data.sources.unhcr.conversation import LITTLE_PATIENCE, PATIENCE, Conversation, Rows, read, talking
from tests.refusals import refuses
from tests.releases import run_apart
from tests.unhcr_double import Answer, Asked, body, cut, edited, half_a_page, html, status
from tests.unhcr_tables import LAST_YEAR, Item


def second_page(asked: Asked) -> bool:
    return asked.endpoint == Dataset.APPLICATIONS and asked.is_rows and asked.page == 2


PASSING: dict[str, Answer] = {
    "a 500": status(500),
    "a 502": status(502),
    "a 503": status(503),
    "a 429": status(429),
    "a 429 that says when": status(429, Retry_After="7"),
    "protection against bots": status(403),
    "HTML under 200": html(),
    "a cut connection": cut(),
    "half a page": half_a_page(),
    "half a page as if it were whole": body(lambda whole: whole[: len(whole) // 2]),
    "no body": body(lambda _: b""),
    "no UTF-8": body(lambda whole: whole.replace(b"China", b"\xff\xfe")),
    "no items": body(lambda _: b'{"page": 1, "maxPages": 1, "error": "busy"}'),
    "NaN": edited(lambda envelope: envelope.update(total=float("nan"))),
    "a number of 5,000 digits": body(lambda whole: whole.replace(b'"page": 2', b'"page": ' + b"2" * 5_000)),
    "deep brackets": body(lambda _: b"[" * 200_000),
}


@pytest.fixture(scope="module")
def undisturbed() -> Rows:
    """What is downloaded when nothing goes wrong."""
    found: Rows = {}

    async def download() -> None:
        async with talking() as talk:
            found.update(await talk.download())

    run_apart(download())
    return found


@pytest.mark.parametrize("fault", PASSING)
async def test_what_passes_is_waited_for_and_nothing_is_missing_afterwards(
    undisturbed: Rows, fault: str
) -> None:
    async with talking() as talk:
        talk.double.fail(PASSING[fault], second_page, times=2)
        downloaded = await talk.download()

    assert downloaded == undisturbed
    others = [page for page in talk.pages_of(Dataset.APPLICATIONS) if page != 2]
    assert sorted(others) == [1, 3, 4, 5, 6]
    # A connection that is cut while it waits is opened again by aiohttp itself, once.
    assert [each.attempt for each in talk.setbacks] == ([1] if fault == "a cut connection" else [1, 2])
    assert {say(each.where) for each in talk.setbacks} == {"/asylum-applications/, page 2"}


@pytest.mark.parametrize("fault", PASSING)
async def test_what_does_not_pass_ends_the_run_after_so_many_attempts(fault: str) -> None:
    async with talking() as talk:
        talk.double.fail(PASSING[fault], second_page, times=-1)
        with pytest.raises(SourceUnavailable) as failure:
            await talk.download()

    assert [each.attempt for each in talk.setbacks] == list(range(1, PATIENCE.attempts))
    said = say(failure.value)
    assert "/asylum-applications/, page 2" in said
    assert "try again later" in said
    assert "\n" not in said
    assert len(said) < 300


async def test_a_hang_is_not_waited_out() -> None:
    async with talking(patience=LITTLE_PATIENCE) as talk:
        talk.double.fail(talk.double.hang(), second_page, times=1)
        await talk.download()
        reasons = {say(each.reason) for each in talk.setbacks}
        talk.double.fail(talk.double.hang(), second_page, times=-1)
        with refuses(SourceUnavailable, r"/asylum-applications/, page 2: it did not answer in time"):
            await talk.download()

    assert reasons == {"it did not answer in time"}


@pytest.mark.parametrize("endpoint", ["countries", "regions", "population"])
async def test_each_list_is_waited_for_as_well(endpoint: str) -> None:
    async with talking() as talk:
        talk.double.fail(status(503), lambda asked: asked.endpoint == endpoint, times=2)

        assert (await talk.download())[Dataset.POPULATION]


async def test_pauses_double_and_have_an_end() -> None:
    async with talking() as talk:
        talk.double.fail(status(503), second_page, times=-1)
        with pytest.raises(SourceUnavailable):
            await talk.download()

    pauses = [each.pause for each in talk.setbacks]
    assert len(pauses) == PATIENCE.attempts - 1
    for pause, least in zip(pauses, (1, 2, 4), strict=True):
        assert least <= pause <= least + 0.5


RETRY_AFTER = {
    "30": 30.0,
    "Fri, 26 Jun 2026 10:00:40 GMT": 40.0,
    "0": 1.0,
    "soon": 1.0,
    "-5": 1.0,
    "Fri, 99 Foo 2026": 1.0,
}


@pytest.mark.parametrize("told", RETRY_AFTER)
async def test_nobody_asks_again_before_the_time_that_unhcr_names(told: str) -> None:
    async with talking() as talk:
        headers = {"Retry_After": told, "Date": "Fri, 26 Jun 2026 10:00:00 GMT"}
        talk.double.fail(status(429, **headers), second_page)
        await talk.download()

    refused = next(each.at for each in talk.asked if second_page(each))
    later = sorted(each.at for each in talk.asked if each.at > refused)
    if RETRY_AFTER[told] > 1:
        # One more request may have been on its way already.
        assert later[1] >= refused + RETRY_AFTER[told]
    (setback,) = talk.setbacks
    assert setback.pause == pytest.approx(RETRY_AFTER[told], abs=0.5)


async def test_a_pause_of_an_hour_ends_the_run_at_once() -> None:
    async with talking() as talk:
        talk.double.fail(status(429, Retry_After="3600"), second_page, times=-1)
        with refuses(SourceUnavailable, "for 60 minutes"):
            await talk.download()

    assert talk.pages_of(Dataset.APPLICATIONS).count(2) == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("7201", "2 hours"),
        ("999999999", "more than two days"),
        ("9" * 400, "more than two days"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "more than two days"),
    ],
)
async def test_an_absurd_pause_ends_the_run_with_a_sentence(told: str, words: str) -> None:
    async with talking() as talk:
        headers = {"Retry_After": told, "Date": "Fri, 26 Jun 2026 10:00:00 GMT"}
        talk.double.fail(status(429, **headers), second_page, times=-1)
        with refuses(SourceUnavailable, f"asks not to be asked for {words}; try again"):
            await talk.download()


@pytest.mark.parametrize("code", [301, 400, 401, 404, 410])
async def test_an_answer_that_waiting_would_not_change_ends_the_run_at_once(code: int) -> None:
    async with talking() as talk:
        talk.double.fail(status(code, Location="/elsewhere"), second_page, times=-1)
        with refuses(SourceUnavailable, rf"answered {code} .*UNHCR_API_BASE") as failure:
            await talk.download()

    assert talk.pages_of(Dataset.APPLICATIONS).count(2) == 1
    assert "\n" not in say(failure.value)


async def test_a_wrong_address_is_pointed_out() -> None:
    async with talking() as talk, talking(base=talk.double.base.replace("/v1", "/v0")) as astray:
        with refuses(SourceUnavailable, r"answered 404 at .*/population/v0/population/"):
            await astray.client.probe(LAST_YEAR)


async def test_a_server_that_is_not_there_is_waited_for_too() -> None:
    async with talking() as gone:
        base = gone.double.base
    async with talking(base=base) as talk:
        with refuses(SourceUnavailable, re.escape(f"{base} failed 4 times")) as failure:
            await talk.client.probe(LAST_YEAR)

    assert "it cannot be reached" in say(failure.value)


async def test_a_body_without_end_is_not_taken_into_memory() -> None:
    async with talking() as talk:
        talk.double.fail(body(lambda _: b" " * (MAX_BYTES + 1)), second_page)
        await talk.download()

    assert "more than 64 MB" in say(talk.setbacks[0].reason)


def repeat_first_page(talk: Conversation) -> Answer:
    """Put the first page's rows under the second page's number."""

    def edit(envelope: Item) -> None:
        first = next(each for each in talk.asked if each.is_rows and each.endpoint == Dataset.APPLICATIONS)
        envelope["items"] = talk.double.answer_to(replace(first, query={**first.query, "page": "1"}))["items"]

    return edited(edit)


def second_edited(edit: Callable[[Item], object]) -> Callable[[Conversation], Answer]:
    return lambda _: edited(edit)


def repeat_row(envelope: Item) -> None:
    envelope["items"][3] = envelope["items"][0]


INSIDIOUS: dict[str, tuple[Callable[[Conversation], Answer], str]] = {
    "a page repeated": (repeat_first_page, ", row 1: this row came before"),
    "a row dropped": (second_edited(lambda e: e["items"].pop()), ": 19 rows instead of 20"),
    "a row twice": (second_edited(lambda e: e["items"].append(e["items"][0])), ": 21 rows instead of 20"),
    "a row in another's place": (second_edited(repeat_row), ", row 4: this row came before"),
    "more pages": (second_edited(lambda e: e.update(maxPages=9)), ": there were 6 pages and now there are 9"),
    "no number of pages": (second_edited(lambda e: e.pop("maxPages")), "now there are None"),
    "another page": (second_edited(lambda e: e.update(page=3)), ": the answer says that it is page 3"),
    "an empty page": (second_edited(lambda e: e.update(items=[])), ": 0 rows instead of 20"),
}


@pytest.mark.parametrize("fault", INSIDIOUS)
async def test_a_page_that_does_not_fit_is_refused_by_name(fault: str) -> None:
    answer, said = INSIDIOUS[fault]

    async with talking() as talk:
        talk.double.fail(answer(talk), second_page)
        with refuses(BadRelease, re.escape(said)) as refusal:
            await talk.download()

    assert say(refusal.value).startswith("/asylum-applications/, page 2")
    assert talk.setbacks == []


async def test_a_short_last_page_is_refused() -> None:
    async with talking() as talk:
        talk.double.fail(edited(lambda e: e["items"].pop()), lambda asked: asked.is_rows and asked.page == 7)

        with refuses(BadRelease, r"/population/, page 7: \d+ rows instead of \d+"):
            await talk.download()


async def test_figures_of_the_double_are_undisturbed_by_a_fault_that_is_over() -> None:
    async with talking() as talk:
        talk.double.fail(status(503), times=3)
        async with talk.client.download(LAST_YEAR) as source:
            first = read(source)

        assert await talk.download() == first
