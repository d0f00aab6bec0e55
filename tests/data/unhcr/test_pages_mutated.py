"""Ten thousand spoilt answers: each is refused in one sentence or read for what it says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from data.errors import AsylumBotError, BadRelease
from data.model import Dataset
from data.unhcr.pages import Expected, PassingFailure, header_of, join_pages, read_envelope, read_page
from data.unhcr.parse import Row, parse_rows
from tests.data.unhcr.conversation import talking
from tests.data.unhcr.mutations import MUTATIONS, REFUSED, SIZE, Pages, make_pages
from tests.unhcr_double import Asked, body
from tests.unhcr_tables import LAST_YEAR, MADE_UP_COUNTRIES, make_up

CODES = frozenset(code for code, *_ in MADE_UP_COUNTRIES)
TIMES = 10
EACH = 1_000


def read(dataset: Dataset, bodies: Sequence[bytes], rows: int) -> list[Row]:
    """Read pages as a download does: each for itself, all together, and again as a table."""
    texts = [
        read_page(
            dataset,
            read_envelope(body),
            Expected(page, len(bodies), min(SIZE, rows - (page - 1) * SIZE)),
            last_year=LAST_YEAR,
            codes=CODES,
        )
        for page, body in enumerate(bodies, start=1)
    ]
    joined = join_pages(dataset, texts)
    return list(parse_rows(dataset, header_of(dataset), joined, last_year=LAST_YEAR, name="table"))


def is_one_sentence(said: str) -> bool:
    return said.isprintable() and len(said) < 250 and said.endswith((".", ")"))


@pytest.mark.parametrize("seed", range(TIMES))
def test_a_spoilt_page_is_refused_or_read_for_what_it_says(seed: int) -> None:
    die = random.Random(seed)
    came: Counter[tuple[str, bool]] = Counter()

    for _ in range(EACH):
        pages = make_pages(die.choice(list(Dataset)), die)
        mutate = die.choice(MUTATIONS)
        expected = mutate(pages)
        try:
            rows = read(pages.dataset, pages.raw(), len(pages.rows))
        except BadRelease as refusal:
            assert expected is REFUSED, (mutate, refusal)
            assert str(refusal).startswith(f"/{pages.dataset}/, page "), refusal
            assert is_one_sentence(str(refusal)), refusal
        except PassingFailure:
            assert expected is REFUSED, mutate
        else:
            assert rows == expected, mutate
        came[mutate.__name__, expected is REFUSED] += 1

    assert {name for name, _ in came} == {each.__name__ for each in MUTATIONS}


def test_a_flipped_bit_is_refused_or_changes_nothing_but_what_it_hit() -> None:
    """At most one row says something else then, and in one place."""
    die = random.Random(7)
    read_right = 0

    for _ in range(EACH):
        pages = make_pages(die.choice(list(Dataset)), die)
        bodies = pages.raw()
        at = die.randrange(len(bodies))
        flipped = bytearray(bodies[at])
        flipped[die.randrange(len(flipped))] ^= 1 << die.randrange(8)
        bodies[at] = bytes(flipped)
        try:
            rows = read(pages.dataset, bodies, len(pages.rows))
        except (BadRelease, PassingFailure):
            continue
        read_right += 1
        assert len(rows) == len(pages.rows)
        assert differences(rows, pages) <= 1

    assert read_right > EACH // 10


def differences(rows: Sequence[Row], pages: Pages) -> int:
    pairs = zip(rows, pages.rows, strict=True)
    return sum(a != b for row, meant in pairs for a, b in zip(row, meant, strict=True))


@pytest.mark.parametrize("seed", range(3))
async def test_a_spoilt_answer_never_becomes_a_release(seed: int) -> None:
    """The same over the network, where a wrong answer may be to any request for rows."""
    die = random.Random(100 + seed)

    for _ in range(12):
        tables = make_up(share=0.05)
        dataset, mutate = die.choice(list(Dataset)), die.choice(MUTATIONS)
        async with talking(tables, page_size=SIZE) as talk:
            expected = await talk.download()
            pages = make_pages(dataset, die)
            mutate(pages)
            spoilt, number = pages.raw()[0], die.randrange(1, 4)
            talk.double.fail(
                body(lambda _, spoilt=spoilt: spoilt),
                lambda asked, d=dataset, n=number: is_page(asked, d, n),
                times=-1,
            )
            with pytest.raises(AsylumBotError) as failure:
                await talk.download()
            talk.double.faults.clear()

            assert await talk.download() == expected
        assert is_one_sentence(str(failure.value))


def is_page(asked: Asked, dataset: Dataset, page: int) -> bool:
    return asked.is_rows and asked.endpoint == dataset and asked.page == page
