"""What comes from the API is what UNHCR publishes in files."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from data.errors import BadRelease
from data.model import Dataset
from data.sources.unhcr.download import Progress
from data.sources.unhcr.folder import ReleaseFolder
from tests.data.sources.unhcr.conversation import CONTACT, PAGE_SIZE, places_of, read, talking, with_value
from tests.refusals import refuses
from tests.releases import NOW, needs_release_folders, release_folder
from tests.unhcr_double import edited
from tests.unhcr_tables import LAST_YEAR, Tables, make_up, read_release


@pytest.mark.parametrize("seed", range(1, 6))
async def test_a_release_from_the_api_is_row_for_row_the_one_in_a_folder(seed: int, tmp_path: Path) -> None:
    tables = make_up(seed)

    async with talking(tables) as talk:
        downloaded = await talk.download()

    assert downloaded == read(ReleaseFolder(tables.write(tmp_path / "release")))
    assert all(downloaded.values())


@needs_release_folders
async def test_the_newest_years_from_the_api_are_row_for_row_those_of_the_full_release(
    tmp_path: Path,
) -> None:
    published = read_release(release_folder(NOW), first_year=2025)
    folder = ReleaseFolder(published.write(tmp_path / "release"))

    async with talking(published, page_size=3_000) as talk, talk.client.download(LAST_YEAR) as source:
        assert read(source) == read(folder)
        assert len(places_of(source)) == 232
        assert len(source.regions) == 6


@needs_release_folders
@pytest.mark.proof
async def test_the_newest_full_release_from_the_api_is_row_for_row_the_one_in_its_folder() -> None:
    folder = ReleaseFolder(release_folder(NOW))
    rows: dict[Dataset, int] = {}

    def note(progress: Progress) -> None:
        rows[progress.dataset] = progress.rows

    async with (
        talking(read_release(folder.path), page_size=10_000) as talk,
        talk.client.download(LAST_YEAR, note) as source,
    ):
        for dataset in Dataset:
            pairs = zip(source.rows(dataset, LAST_YEAR), folder.rows(dataset, LAST_YEAR), strict=True)
            assert all(ours == theirs for ours, theirs in pairs)
        assert len(places_of(source)) == 232
        assert len(source.regions) == 6

    assert rows == {Dataset.POPULATION: 138_893, Dataset.APPLICATIONS: 120_597, Dataset.DECISIONS: 113_929}


async def test_every_request_for_rows_says_all_that_unhcr_must_be_told() -> None:
    async with talking() as talk:
        await talk.download()

    assert {each.agent for each in talk.asked} == {f"asylum-statistics-bot/1.2.3 (+{CONTACT})"}
    assert {each.query["cf_type"] for each in talk.asked} == {"ISO"}
    rows = [each.query for each in talk.asked if each.is_rows]
    assert {(q["coo_all"], q["coa_all"], q["yearFrom"], q["yearTo"], q["limit"]) for q in rows} == {
        ("true", "true", "1951", "2026", str(PAGE_SIZE))
    }


async def test_countries_come_with_their_codes_and_regions_and_without_stray_spaces() -> None:
    async with talking() as talk, talk.client.download(LAST_YEAR) as source:
        places = {code: (iso3, name) for code, iso3, name in places_of(source)}
        regions = {region.name: region.members for region in source.regions}
        table = (source.folder.path / "countries.csv").read_text("utf-8")

    assert places["AUS"] == ("AUT", "Austria")
    assert places["AUL"] == ("AUS", "Australia")
    assert places["CUR"] == (None, "CUR")
    assert places["UKN"] == ("UNK", "Unknown")
    assert regions["Europe"] == {"AUS", "GFR"}
    assert "DEU,GFR,Germany,Europe" in table.splitlines()


async def test_progress_grows_page_by_page_to_all_rows_of_each_dataset() -> None:
    tables = make_up()

    async with talking(tables) as talk:
        await talk.download()

    for dataset in Dataset:
        steps = [each for each in talk.progress if each.dataset is dataset]
        assert [each.page for each in steps] == list(range(1, steps[-1].pages + 1))
        assert [each.rows for each in steps] == sorted(each.rows for each in steps)
        assert steps[-1].rows == len(tables.rows[dataset])


async def test_a_dataset_without_rows_is_an_empty_table() -> None:
    tables = make_up().changed(Dataset.DECISIONS, [])

    async with talking(tables) as talk:
        downloaded = await talk.download()

    assert downloaded[Dataset.DECISIONS] == []
    assert downloaded[Dataset.POPULATION] != []


async def test_a_source_can_be_read_twice_and_its_files_are_gone_afterwards() -> None:
    async with talking() as talk, talk.client.download(LAST_YEAR) as source:
        assert read(source) == read(source)
        folder = source.folder.path

    assert folder.parent == Path(tempfile.gettempdir())
    assert not folder.exists()


async def test_files_are_gone_as_well_when_their_reader_fails() -> None:
    async with talking() as talk:
        with pytest.raises(ZeroDivisionError):
            async with talk.client.download(LAST_YEAR) as source:
                raise ZeroDivisionError

    folder = source.folder.path
    assert folder.parent == Path(tempfile.gettempdir())
    assert not folder.exists()


async def test_a_probe_costs_two_requests_a_dataset_and_says_the_same_until_a_recent_figure_differs() -> None:
    tables = make_up()
    recent = len(tables.rows[Dataset.DECISIONS]) - 1

    async with talking(tables, page_size=10_000) as talk:
        first, second = await talk.client.probe(LAST_YEAR), await talk.client.probe(LAST_YEAR)
        requests = len(talk.asked)
        talk.double.serve(with_value(tables, Dataset.DECISIONS, recent, "777"))
        changed = await talk.client.probe(LAST_YEAR)

    assert first == second != changed
    assert requests == 4 * len(Dataset)
    assert all(("coo_all" in each.query) != ("coa_all" in each.query) for each in talk.asked)
    assert {(each.query["yearFrom"], each.query["yearTo"]) for each in talk.asked} == {("2023", "2026")}


async def test_a_probe_takes_no_notice_of_names() -> None:
    tables = make_up()
    rename = {"Germany": "Deutschland"}
    renamed = Tables(
        {d: [[rename.get(cell, cell) for cell in row] for row in tables.rows[d]] for d in Dataset}
    )

    async with talking(tables) as talk, talking(renamed) as other:
        assert await talk.client.probe(LAST_YEAR) == await other.client.probe(LAST_YEAR)


async def test_a_probe_just_made_is_not_made_again_before_a_download() -> None:
    async with talking(page_size=10_000) as talk:
        digest = await talk.client.probe(LAST_YEAR)
        await talk.download(probed=digest)

    assert sum(("coo_all" in each.query) != ("coa_all" in each.query) for each in talk.asked) == 4 * len(
        Dataset
    )


@pytest.mark.parametrize(
    "edit",
    [
        {"items": []},
        {"maxPages": None},
        {"maxPages": 0},
        {"page": 2},
        {"items": [{"year": 2025}]},
        {"maxPages": -1, "items": []},
    ],
)
async def test_totals_that_make_no_sense_are_no_probe(edit: dict[str, object]) -> None:
    async with talking() as talk:
        talk.double.fail(edited(lambda envelope: envelope.update(edit)), times=-1)
        with refuses(BadRelease, r"^/population/ by coo, page 1"):
            await talk.client.probe(LAST_YEAR)


@pytest.mark.parametrize("edit", [{"maxPages": None}, {"maxPages": -5}, {"page": 7}])
async def test_a_count_that_is_none_ends_the_run(edit: dict[str, object]) -> None:
    async with talking() as talk:
        talk.double.fail(
            edited(lambda envelope: envelope.update(edit)),
            lambda asked: asked.query.get("limit") == "1",
            times=-1,
        )
        with refuses(BadRelease, "does not say how many rows"):
            await talk.download()
