"""The shipped releases are the published ones: each is rebuilt here and held against its folder by other code."""

from __future__ import annotations

import csv
import hashlib
import io
import lzma
from datetime import date
from pathlib import Path

import pytest

from data.model import Dataset, ReferencePeriod, Unread
from data.sources.shipped import Shipped, make_release, write_files
from data.store.observations import TABLES
from tests.releases import RELEASES, find_table, needs_release_folders

FOLDER = Path(__file__).parents[3] / "data" / "sources" / "shipped"
MAX_BYTES = 5_000_000
KEYS = {
    Dataset.POPULATION: ("coo", "coa", "year"),
    Dataset.APPLICATIONS: ("coo", "coa", "year", "procedure_type", "app_type", "dec_level", "app_pc"),
    Dataset.DECISIONS: ("coo", "coa", "year", "procedure_type", "dec_level", "dec_pc"),
    Dataset.SOLUTIONS: ("coo", "coa", "year"),
}
Texts = tuple[str, ...]
NAMES = ("coo_name", "coo_iso", "coa_name", "coa_iso")
SET_ASIDE: dict[tuple[date, Dataset], list[Texts]] = {
    (date(2023, 10, 25), Dataset.APPLICATIONS): [("TUR", "CAN", "2023", "G", "R", "0", "P", "5")]
}
"""The only row of eleven releases that cannot be read."""
NEWEST = date(2026, 6, 25)
SAMPLED = [
    pytest.param(
        dataset,
        folder,
        id=f"{dataset}-{day}",
        marks=() if day == NEWEST or (day, dataset) in SET_ASIDE else pytest.mark.proof,
    )
    for folder in RELEASES
    for day in (date.fromisoformat(folder.name[:10]),)
    for dataset in Dataset
]
"""The newest, and the table with that row; the others with the proofs, as their files never change."""
PROVED = {
    "asylum-applications.csv.xz": "a4e329fc7fdfa289",
    "asylum-decisions.csv.xz": "e613c6651bb96308",
    "population.csv.xz": "e208ffde51f4e7cf",
    "solutions.csv.xz": "56ba332926e3948f",
}
"""The files for which all releases were last held against their folders."""


def read_folder(folder: Path, dataset: Dataset) -> set[Texts]:
    path = find_table(folder, dataset)
    if path is None:
        return set()
    text = lzma.decompress(path.read_bytes()).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    columns = [name.strip() for name in header]
    order = [columns.index(name) for name in KEYS[dataset]]
    order += [at for at, name in enumerate(columns) if name not in (*KEYS[dataset], *NAMES)]
    return {tuple(row[at].strip() for at in order) for row in rows}


def write_row(row: tuple[str | int | None, ...]) -> Texts:
    return tuple("-" if cell is None else str(cell) for cell in row)


@needs_release_folders
@pytest.mark.parametrize(("dataset", "folder"), SAMPLED)
def test_each_release_is_rebuilt_row_by_row_as_its_folder_has_it(folder: Path, dataset: Dataset) -> None:
    shipped = Shipped()
    day = date.fromisoformat(folder.name[:10])
    (release,) = [each for each in shipped.releases if each.day == day]
    rows = list(shipped.source(release).rows(dataset, day.year))
    rebuilt = [write_row(row) for row in rows if not isinstance(row, Unread)]
    assert len(set(rebuilt)) == len(rebuilt)
    set_aside = SET_ASIDE.get((day, dataset), [])
    assert set(rebuilt) == read_folder(folder, dataset) - {*set_aside}
    unread = [each.text.split(",") for each in rows if isinstance(each, Unread)]
    assert [(*row[3:4], *row[5:6], row[0], *row[7:]) for row in unread] == set_aside


def test_the_files_are_those_for_which_every_release_was_proved() -> None:
    """Where they are made anew, `make prove` first, and then their sums here."""
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in FOLDER.glob("*.csv.xz")}
    assert sums == PROVED


@needs_release_folders
@pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: folder.name[:10])
def test_each_release_names_the_countries_as_its_folder_does(folder: Path) -> None:
    shipped = Shipped()
    (release,) = [each for each in shipped.releases if each.day == date.fromisoformat(folder.name[:10])]
    with (folder / "countries.csv").open(encoding="utf-8-sig", newline="") as file:
        named = {
            (row["unhcr_code"].strip(), row["iso_code"].strip() or None, row["name"].strip())
            for row in csv.DictReader(file)
        }
    assert set(shipped.source(release).places()) == named


@needs_release_folders
def test_every_folder_is_shipped_and_nothing_else() -> None:
    assert [each.day.isoformat() for each in Shipped().releases] == [each.name[:10] for each in RELEASES]


def test_they_fit_into_five_megabytes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.suffix in (".csv", ".xz")) < MAX_BYTES


def test_lines_stand_in_the_order_of_their_address_and_days() -> None:
    for dataset in Dataset:
        width = len(TABLES[dataset].key)
        addresses = [line[: width + 1] for line in Shipped().ledger(dataset)]
        assert addresses == sorted(addresses)


def test_the_same_lines_in_any_order_make_the_same_bytes() -> None:
    releases = [
        make_release(date(2025, 6, 12), "Global Trends 2024", 2024, ReferencePeriod.YEAR_END),
        make_release(date(2025, 11, 10), "Mid-Year Trends 2025", 2025, ReferencePeriod.MID_YEAR),
    ]
    first, second = (each.id for each in releases)
    lines = [
        ("AFG", "GFR", 2024, "G", "N", "NA", "P", first, 10),
        ("AFG", "GFR", 2024, "G", "N", "NA", "P", second, None),
        ("CHI", "USA", 2025, "G", "N", "NA", "P", second, 5),
    ]
    places = [("AFG", first, "AFG", "Afghanistan"), ("AFG", second, None, None)]
    one = write_files(releases, {}, {Dataset.APPLICATIONS: lines}, places, [(second, "stage", "R", "RA")])
    other = write_files(
        releases, {}, {Dataset.APPLICATIONS: lines[::-1]}, places[::-1], [(second, "stage", "R", "RA")]
    )
    assert one == other
    assert lzma.decompress(one["asylum-applications.csv.xz"]).decode().splitlines()[1:] == [
        "AFG,GFR,2024,G,N,NA,P,2025-06-12,10",
        "AFG,GFR,2024,G,N,NA,P,2025-11-10,",
        "CHI,USA,2025,G,N,NA,P,2025-11-10,5",
    ]
