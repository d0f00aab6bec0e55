"""A folder that is not one whole release is refused in a sentence that names the file."""

from __future__ import annotations

import csv
import lzma
from pathlib import Path

import pytest

from bot.sentences import say
from data.errors import BadRelease
from data.model import Dataset
from data.releases.imports import import_release
from data.sources.unhcr.folder import ReleaseFolder
from data.store.database import Database
from tests.data.made_up import day
from tests.data.sentences import is_one_sentence
from tests.data.sources.unhcr.test_parse import GOOD, READ
from tests.refusals import refuses

NAMES = (*(dataset.value for dataset in Dataset), "countries")
COUNTRIES = "iso_code,unhcr_code,name,unhcr_region\nCHN,CHI, China ,Asia\n,KOS,Kosovo,Europe\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole release: three tables plain, two compressed."""
    path = tmp_path / "release"
    path.mkdir()
    for dataset, row in GOOD.items():
        with (path / f"{dataset.value}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([row.keys(), row.values()])
    (path / "countries.csv").write_text(COUNTRIES, "utf-8")
    for name in ("asylum-decisions", "countries"):
        plain = path / f"{name}.csv"
        (path / f"{name}.csv.xz").write_bytes(lzma.compress(plain.read_bytes()))
        plain.unlink()
    return path


def read(path: Path) -> list[object]:
    """Read everything there is."""
    folder = ReleaseFolder(path)
    return [[list(folder.rows(dataset, 2025)) for dataset in Dataset], list(folder.places())]


def refused(path: Path) -> str:
    with pytest.raises(BadRelease) as error:
        read(path)
    assert is_one_sentence(say(error.value))
    return say(error.value)


def file_of(folder: Path, name: str) -> Path:
    (found,) = folder.glob(f"{name}.csv*")
    return found


def rewrite(path: Path, content: bytes) -> None:
    path.write_bytes(lzma.compress(content) if path.suffix == ".xz" else content)


def test_a_whole_release_is_read_plain_or_compressed(folder: Path) -> None:
    assert read(folder) == [
        [[READ[dataset]] for dataset in Dataset],
        [("CHI", "CHN", "China"), ("KOS", None, "Kosovo")],
    ]


def test_a_byte_order_mark_is_no_column(folder: Path) -> None:
    path = folder / "population.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read(folder)


def test_a_missing_folder(folder: Path) -> None:
    gone = folder / "gone"
    assert refused(gone) == (
        f"There is no folder {gone}, nor a ZIP; name the folder or the ZIP that holds the release's tables."
    )
    assert "There is no folder" in refused(folder / "population.csv")


def test_a_release_may_come_without_solutions(folder: Path) -> None:
    file_of(folder, "solutions").unlink()
    (tables, _) = read(folder)
    assert tables == [[] if dataset.may_lack else [READ[dataset]] for dataset in Dataset]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "solutions"])
def test_a_missing_file(folder: Path, name: str) -> None:
    file_of(folder, name).unlink()
    assert refused(folder) == f"{folder} has no {name}.csv and no {name}.csv.xz."


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_file(folder: Path, name: str) -> None:
    rewrite(file_of(folder, name), b"")
    assert refused(folder).startswith(f"{file_of(folder, name).name} ")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_as_a_spreadsheet_saves_it(folder: Path, name: str, encoding: str, separator: str) -> None:
    meant = read(folder)
    path = file_of(folder, name)
    content = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    text = content.decode().replace("Germany", "Côte d’Ivoire").replace(",", separator)
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    rewrite(path, f"{mark}{text}".encode(encoding))
    assert read(folder) == meant


def test_a_file_that_is_no_text(folder: Path) -> None:
    path = folder / "population.csv"
    path.write_bytes(path.read_bytes().replace(b"China", b"\x81\xff"))
    assert refused(folder).startswith("population.csv cannot be read (")


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.6, 0.95])
def test_a_truncated_archive(folder: Path, keep: float) -> None:
    path = folder / "asylum-decisions.csv.xz"
    content = path.read_bytes()
    path.write_bytes(content[: int(keep * len(content))])
    assert refused(folder).startswith("asylum-decisions.csv.xz ")


def test_an_archive_with_a_flipped_byte(folder: Path) -> None:
    path = folder / "asylum-decisions.csv.xz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    assert refused(folder).startswith("asylum-decisions.csv.xz ")


def test_a_folder_in_the_place_of_a_file(folder: Path) -> None:
    (folder / "population.csv").unlink()
    (folder / "population.csv").mkdir()
    assert refused(folder) == f"{folder} has no population.csv and no population.csv.xz."


def test_a_cell_beyond_all_bounds(folder: Path) -> None:
    path = folder / "population.csv"
    path.write_text(path.read_text("utf-8").replace("China", "x" * 200_000), "utf-8")
    assert refused(folder).startswith("population.csv cannot be read (")


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ("iso_code,name\nCHN,China\n", "lacks a column of .*unhcr_code"),
        ("iso_code,unhcr_code,name\nCHN,CHI\n", "line 2: a country without a code or a name"),
        (
            "iso_code,unhcr_code,name\nCHN,CHI,China\nXXX,,Nowhere\n",
            "line 3: a country without a code or a name",
        ),
        ("unhcr_code,name,iso_code\nCHI,China\n", "line 2: a country without a code or a name"),
    ],
)
def test_a_list_of_countries_that_lacks_something(folder: Path, table: str, named: str) -> None:
    rewrite(folder / "countries.csv.xz", table.encode())
    with refuses(BadRelease, named):
        list(ReleaseFolder(folder).places())


async def test_a_bad_folder_leaves_nothing_in_the_database(database: Database, folder: Path) -> None:
    path = folder / "asylum-decisions.csv.xz"
    good = path.read_bytes()
    path.write_bytes(good[:-20])
    with refuses(BadRelease, r"asylum-decisions\.csv\.xz cannot be read"):
        await import_release(database, ReleaseFolder(folder), day(0))
    path.write_bytes(good)
    assert (await import_release(database, ReleaseFolder(folder), day(0))).rows == len(Dataset)
