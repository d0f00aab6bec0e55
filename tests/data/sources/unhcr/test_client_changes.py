"""A release that is replaced while it is fetched is not taken, whenever that happens."""

from __future__ import annotations

import pytest

from data.errors import BadRelease
from data.model import Dataset
from tests.data.sources.unhcr.conversation import talking, with_value
from tests.refusals import refuses
from tests.releases import NOW, YEAR_END, needs_release_folders, release_folder
from tests.unhcr_double import Asked
from tests.unhcr_tables import LAST_YEAR, make_up, read_release


def is_request(number: int, asked: list[Asked]) -> bool:
    return len(asked) == number


@pytest.mark.parametrize("third", [0, *(pytest.param(each, marks=pytest.mark.proof) for each in (1, 2))])
async def test_pages_of_two_releases_never_become_one(third: int) -> None:
    """Whether rows were added or one value was changed: all old, all new, or refused."""
    old = make_up()
    corrected = with_value(old, Dataset.DECISIONS, -1, "777")
    longer = old.changed(Dataset.POPULATION, make_up(2, share=0.3).rows[Dataset.POPULATION])
    refused = taken = 0

    for new in (corrected, longer):
        async with talking(old, page_size=60) as talk, talking(new) as other:
            whole = [await talk.download(), await other.download()]
        for number in range(1 + third, len(talk.asked) + 1, 3):
            async with talking(old, page_size=60) as talk:
                asked = talk.asked
                talk.double.fail(talk.double.becomes(new), lambda _, n=number, a=asked: is_request(n, a))
                try:
                    assert await talk.download() in whole
                    taken += 1
                except BadRelease:
                    refused += 1

    assert refused > taken > 0


async def test_a_correction_in_the_middle_is_said_to_be_one() -> None:
    old = make_up()
    new = with_value(old, Dataset.POPULATION, -1, "777")

    async with talking(old) as talk:
        talk.double.fail(
            talk.double.becomes(new), lambda asked: asked.is_rows and asked.endpoint == Dataset.DECISIONS
        )
        with refuses(BadRelease, "UNHCR changed its figures while they were fetched"):
            await talk.download()


@needs_release_folders
async def test_the_real_correction_of_june_2026_is_seen_by_a_probe_and_between_two_pages() -> None:
    before = read_release(release_folder(YEAR_END), first_year=2025)
    after = read_release(release_folder(NOW), first_year=2025)

    async with talking(before, page_size=3_000) as talk, talking(after, page_size=3_000) as corrected:
        assert await talk.client.probe(LAST_YEAR) != await corrected.client.probe(LAST_YEAR)
        talk.double.fail(talk.double.becomes(after), lambda asked: asked.is_rows and asked.page == 3)
        with pytest.raises(BadRelease):
            await talk.download()

        assert await talk.download() == await corrected.download()
