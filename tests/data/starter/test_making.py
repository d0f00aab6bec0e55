"""The committed starter figures are what anybody makes of the full releases, and nothing that UNHCR published."""

from __future__ import annotations

import csv
import lzma
from datetime import date
from pathlib import Path

import pytest

from data.countries import Atlas
from data.errors import BadRelease
from data.model import Dataset
from data.starter.loading import packaged_tables
from data.starter.making import make_starter, save_starter
from data.unhcr.parse import LAYOUTS
from tests.releases import FULL_RELEASES, NOW, needs_full_releases, release_folder, run_apart

FIGURES = ("2025-11-10.csv", "2026-06-12.csv", "2026-06-25.csv")


@pytest.fixture(scope="module")
def remade() -> dict[str, str]:
    """The starter made anew; slow, so made once."""
    made: dict[str, str] = {}
    listed = Atlas.load()

    async def make() -> None:
        assert FULL_RELEASES is not None
        made.update(
            await make_starter(
                FULL_RELEASES,
                lambda code: (country := listed.by_code(code)) is not None and country.is_country,
            )
        )

    run_apart(make())
    return made


@needs_full_releases
def test_the_committed_tables_are_made_again_byte_for_byte(remade: dict[str, str]) -> None:
    packaged = packaged_tables()
    assert remade.keys() == packaged.keys()
    assert [name for name in packaged if remade[name].encode() != packaged[name].encode()] == []


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
    monkeypatch.setattr("data.starter.making.__file__", str(tmp_path / "making.py"))
    (tmp_path / "coverage.csv").write_text("what was there before, and longer", "utf-8")
    saved = save_starter({"coverage.csv": "rôle\n", "releases.csv": ""})
    assert saved == [(tmp_path / "coverage.csv", 6), (tmp_path / "releases.csv", 0)]
    assert (tmp_path / "coverage.csv").read_text("utf-8") == "rôle\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["coverage.csv", "releases.csv"]
