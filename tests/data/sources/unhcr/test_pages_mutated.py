"""Ten thousand spoilt answers: refused in one sentence, or read for what they say but for a row set aside."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import pytest

from bot.sentences import say
from data.errors import AsylumBotError, BadRelease
from data.model import Dataset, Row
from data.sources.unhcr.pages import Expected, PassingFailure, header_of, join_pages, read_envelope, read_page
from data.sources.unhcr.parse import parse_rows
from tests.data.sources.unhcr.conversation import talking
from tests.data.sources.unhcr.mutations import MUTATIONS
from tests.data.sources.unhcr.small import REFUSED, SIZE, Outcome, Pages, Refused, make_pages, make_small
from tests.unhcr_double import body
from tests.unhcr_tables import LAST_YEAR, MADE_UP_COUNTRIES

CODES = frozenset(code for code, *_ in MADE_UP_COUNTRIES)
EACH = 1_000
TIMES = [0, *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(1, 10))]
"""Ten thousand in all; `make test` tries the first thousand."""
TALKS = [0, *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(1, 4))]


def read(dataset: Dataset, bodies: Sequence[bytes], rows: int) -> list[Row]:
    """Read pages as a download does: each for itself, all together, and again as a table."""
    texts = [
        read_page(
            dataset,
            read_envelope(body),
            Expected(page, len(bodies), min(SIZE, rows - (page - 1) * SIZE)),
        )
        for page, body in enumerate(bodies, start=1)
    ]
    joined = join_pages(dataset, texts, last_year=LAST_YEAR)
    parsed = parse_rows(
        dataset, header_of(dataset), joined, last_year=LAST_YEAR, name="table", countries=CODES
    )
    return [row for row in parsed if isinstance(row, tuple)]


def is_one_line(said: str) -> bool:
    return said.isprintable() and len(said) < 250


def outcome_of(pages: Pages) -> tuple[Outcome, str]:
    """Read spoilt pages: the rows, or that and why they were refused."""
    try:
        return read(pages.dataset, pages.raw(), len(pages.rows)), ""
    except (BadRelease, PassingFailure) as refusal:
        where = "" if isinstance(refusal, BadRelease) else f"/{pages.dataset}/, page 0: "
        return REFUSED, f"{where}{say(refusal)}"


@pytest.mark.parametrize("seed", TIMES)
def test_a_spoilt_page_is_refused_or_read_for_what_it_says(seed: int) -> None:
    die = random.Random(seed)
    came: Counter[str] = Counter()

    for _ in range(EACH):
        pages = make_pages(make_small(die), die.choice(list(Dataset)), die)
        mutate = die.choice(MUTATIONS)
        expected = mutate(pages)
        outcome, said = outcome_of(pages)

        assert outcome == expected, (mutate, said)
        assert (outcome is REFUSED) == said.startswith(f"/{pages.dataset}/, page "), said
        assert is_one_line(said), said
        came[mutate.__name__] += 1

    assert {*came} == {each.__name__ for each in MUTATIONS}


def test_a_flipped_bit_is_refused_or_changes_nothing_but_what_it_hit() -> None:
    """At most one row says something else then, and in one place."""
    die = random.Random(7)
    read_right = 0

    for _ in range(EACH):
        pages = make_pages(make_small(die), die.choice(list(Dataset)), die)
        bodies = pages.raw()
        at = die.randrange(len(bodies))
        flipped = bytearray(bodies[at])
        flipped[die.randrange(len(flipped))] ^= 1 << die.randrange(8)
        bodies[at] = bytes(flipped)
        pages.bodies = bodies
        outcome, _ = outcome_of(pages)
        if not isinstance(outcome, Refused):
            read_right += 1
            assert differences(outcome, pages) <= 1

    assert 0 < read_right < EACH


def differences(rows: Sequence[Row], pages: Pages) -> int:
    if len(rows) < len(pages.rows):  # the row that was hit was set aside
        return 1 if any(pages.without(at) == rows for at in range(len(pages.rows))) else len(rows)
    pairs = zip(rows, pages.rows, strict=True)
    return sum(a != b for row, meant in pairs for a, b in zip(row, meant, strict=True))


@pytest.mark.parametrize("seed", TALKS)
async def test_spoilt_answers_of_the_network_are_refused_or_read_for_what_they_say(seed: int) -> None:
    die = random.Random(100 + seed)

    for _ in range(25):
        tables = make_small(die)
        pages = make_pages(tables, die.choice(list(Dataset)), die)
        expected = die.choice(MUTATIONS)(pages)
        said = ""
        async with talking(tables, page_size=SIZE) as talk:
            for number, spoilt in enumerate(pages.raw(), start=1):
                talk.double.fail(
                    body(lambda _, spoilt=spoilt: spoilt),
                    lambda asked, n=number, d=pages.dataset: (
                        asked.is_rows and asked.endpoint == d and asked.page == n
                    ),
                    times=-1,
                )
            try:
                read_rows = (await talk.download())[pages.dataset]
                outcome: Outcome = [row for row in read_rows if isinstance(row, tuple)]
            except AsylumBotError as failure:
                outcome, said = REFUSED, say(failure)

        assert outcome == expected, said
        assert is_one_line(said)
