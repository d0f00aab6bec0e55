"""The committed starter figures are what anybody makes of the full releases, and nothing that UNHCR published."""

from __future__ import annotations

import csv
import lzma
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from data.countries import Atlas
from data.errors import BadRelease
from data.model import Dataset
from data.starter.intake import packaged_tables
from data.starter.production import condense_releases, make_starter, save_starter
from data.starter.table import read_tables
from data.store.database import Database
from data.unhcr.parse import LAYOUTS
from tests.data.unhcr.conversation import with_value
from tests.releases import FULL_RELEASES, NOW, needs_full_releases, release_folder
from tests.unhcr_tables import header_of, make_up

FIGURES = ("2025-11-10.csv", "2026-06-12.csv", "2026-06-25.csv")


@pytest.fixture(scope="module")
def is_country() -> Callable[[str], bool]:
    listed = Atlas.load()
    return lambda code: (country := listed.by_code(code)) is not None and country.is_country


def check_committed(made: Mapping[str, str]) -> None:
    packaged = packaged_tables()
    assert made.keys() == packaged.keys()
    assert [name for name in packaged if made[name].encode() != packaged[name].encode()] == []


@needs_full_releases
async def test_the_committed_tables_are_made_again_byte_for_byte(
    full_path: Path, is_country: Callable[[str], bool]
) -> None:
    """Of releases that were imported for all tests; that it works from their folders too, is proven apart."""
    async with Database(full_path, readers=1) as database, database.reading() as connection:
        check_committed(await condense_releases(connection, is_country))


@needs_full_releases
@pytest.mark.proof
async def test_the_committed_tables_are_made_of_the_folders(is_country: Callable[[str], bool]) -> None:
    assert FULL_RELEASES is not None
    check_committed(await make_starter(FULL_RELEASES, is_country))


async def test_folders_are_summed_up_and_nobody_in_them_is_lost(tmp_path: Path) -> None:
    """The oldest and a newer release, whatever else lies beside them."""
    days = [date(2025, 11, 10), date(2026, 6, 12)]
    older = make_up(share=0.5)
    tables = [older, with_value(older, Dataset.APPLICATIONS, -1, "77")]
    for day, made in zip(days, tables, strict=True):
        made.write(tmp_path / f"{day}_made-up")
    make_up(2).write(tmp_path / "2026-03-30_made-up")

    starter = read_tables(await make_starter(tmp_path, lambda _: True, days))

    assert [released.day for released, _ in starter.releases] == days
    for (_, figures), made in zip(starter.releases, tables, strict=True):
        asylum_seekers = header_of(Dataset.POPULATION).index("asylum_seekers")
        published = [row[asylum_seekers] for row in made.rows[Dataset.POPULATION]]
        assert sum(pending or 0 for pending, *_ in figures.values()) == sum(
            int(count) for count in published if count.isdigit()
        )


def test_the_tables_together_are_small() -> None:
    tables = packaged_tables()
    assert set(tables) == {"coverage.csv", "releases.csv", *FIGURES}
    assert sum(len(text.encode()) for text in tables.values()) < 1_000_000


def test_the_tables_have_the_project_s_own_columns_and_none_of_unhcr_s() -> None:
    published = {
        column
        for layout in LAYOUTS.values()
        for column in (*layout.key, *layout.values, *layout.ignored)
        if column != "year"
    }
    for name in FIGURES:
        header = packaged_tables()[name].splitlines()[0].split(",")
        assert not published & set(header)
        assert header[4:] == ["pending", "new", "recognised", "complementary", "rejected", "closed"]


@needs_full_releases
def test_no_published_row_is_in_the_tables() -> None:
    """Not even with its columns in another order or some of them left out: names and codes give it away."""
    ours = {line for name in FIGURES for line in packaged_tables()[name].splitlines()}
    for dataset in Dataset:
        with lzma.open(release_folder(NOW) / f"{dataset.value}.csv.xz", "rt", encoding="utf-8") as file:
            assert not ours & {line.rstrip("\n") for line in file}
    countries = (release_folder(NOW) / "countries.csv").read_text("utf-8")
    names = {row["name"] for row in csv.DictReader(countries.splitlines())}
    assert not names & {part for line in ours for part in line.split(",")}


async def test_a_release_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "2025-11-10_mid-year").mkdir()
    with pytest.raises(
        BadRelease, match=r"has no folder for the release of 2026-06-12; the starter needs it\.$"
    ):
        await make_starter(tmp_path, lambda _: True, [date(2025, 11, 10), date(2026, 6, 12)])


def test_tables_are_saved_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.starter.production.__file__", str(tmp_path / "production.py"))
    (tmp_path / "coverage.csv").write_text("what was there before, and longer", "utf-8")
    saved = save_starter({"coverage.csv": "rôle\n", "releases.csv": ""})
    assert saved == [(tmp_path / "coverage.csv", 6), (tmp_path / "releases.csv", 0)]
    assert (tmp_path / "coverage.csv").read_text("utf-8") == "rôle\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["coverage.csv", "releases.csv"]
