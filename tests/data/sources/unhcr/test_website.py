"""What UNHCR's download page gives is imported as the API's own tables are."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sentences import say
from data.errors import BadRelease
from data.model import Dataset, RowFault, Unread
from data.releases.imports import import_release
from data.sources.unhcr.folder import ReleaseFolder
from data.store.database import Database
from tests.data.made_up import day
from tests.data.sentences import is_one_sentence
from tests.refusals import refuses

PLACES = "Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO)"
POPULATION = (
    f"{PLACES},Refugees under UNHCR's mandate,Asylum-seekers,Returned refugees,IDPs of concern to UNHCR,"
    "Returned IDPss,Stateless persons,Others of concern,Other people in need of international protection,"
    "Host Community\n2025,China,CHN,Canada,CAN,0,7304,0,0,0,0,0,-,0\n"
)
APPLICATIONS = (
    f"{PLACES},Authority,Application type,Stage of procedure,Cases / Persons,applied\n"
    "2024,China,CHN,Canada,CAN,G,N,FI,P,100\n2024,Tibetans,,Germany,DEU,G,N,FI,P,5\n"
)
DECISIONS = (
    f"{PLACES},Authority,Stage of procedure,Cases / Persons,Recognized decisions,Complementary protection,"
    "Rejected decisions,Otherwise closed,Total decisions\n"
    "2024,Unknown,UNK,Austria,AUT,G,FI,P,60,0,30,10,100\n"
)
SOLUTIONS = (
    f"{PLACES},Returned refugees,Resettlement arrivals,Naturalisation,Returned IDPs\n"
    "2025,China,CHN,Canada,CAN,-,15,-,-\n"
)
TABLES = {
    "population": POPULATION,
    "asylum-applications": APPLICATIONS,
    "asylum-decisions": DECISIONS,
    "solutions": SOLUTIONS,
}
READ = {
    Dataset.POPULATION: [("CHI", "CAN", 2025, 0, 7304, 0, 0, 0, 0, 0, None, 0)],
    Dataset.APPLICATIONS: [
        ("CHI", "CAN", 2024, "G", "N", "FI", "P", 100),
        ("TIB", "GFR", 2024, "G", "N", "FI", "P", 5),
    ],
    Dataset.DECISIONS: [("UKN", "AUS", 2024, "G", "FI", "P", 60, 0, 30, 10, 100)],
    Dataset.SOLUTIONS: [("CHI", "CAN", 2025, None, 15, None, None)],
}


def write(folder: Path, encode: Callable[[str], bytes] = str.encode, **tables: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in {**TABLES, **tables}.items():
        (folder / f"{name}.csv").write_bytes(encode(text))
    return folder


def zipped(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in folder.iterdir():
            archive.write(each, f"query_data/{each.name}")
        archive.writestr("__MACOSX/._population.csv", b"\x00\x05")
        archive.writestr("query_data/footnotes.csv", "Footnote,Year\nAll figures are of mid-2024.,2024\n")
    return path


def read(path: Path) -> dict[Dataset, list[object]]:
    folder = ReleaseFolder(path)
    return {dataset: list(folder.rows(dataset, 2025)) for dataset in Dataset}


@pytest.mark.parametrize("pack", [lambda folder: folder, zipped], ids=["folder", "ZIP"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
async def test_a_download_is_read_however_it_was_saved(
    database: Database, tmp_path: Path, pack: Callable[[Path], Path], encoding: str, separator: str
) -> None:
    """Countries by their ISO code, and by name where they have none."""
    folder = write(tmp_path / "download", lambda text: text.replace(",", separator).encode(encoding))
    path = pack(folder)
    assert read(path) == READ
    assert ReleaseFolder(path).find_unknown() == ()
    done = await import_release(database, ReleaseFolder(path), day(0))
    assert (done.rows, done.doubt) == (5, None)


def test_the_line_that_excel_writes_first_is_no_row(tmp_path: Path) -> None:
    folder = write(tmp_path / "download", lambda text: f"sep=;\r\n{text.replace(',', ';')}".encode("utf-16"))
    assert read(folder) == READ


def test_a_table_is_known_by_its_headings_whatever_its_name(tmp_path: Path) -> None:
    folder = write(tmp_path / "download")
    for number, path in enumerate(sorted(folder.iterdir())):
        path.rename(folder / f"query ({number}).csv")
    assert read(folder) == READ


def test_a_country_that_is_not_known_is_set_aside_by_name(tmp_path: Path) -> None:
    odd = APPLICATIONS + "2024,Freedonia,FRE,Canada,CAN,G,N,FI,P,5\n2024,AUS,,Canada,CAN,G,N,FI,P,5\n"
    folder = write(tmp_path / "download", **{"asylum-applications": odd})
    rows = read(folder)[Dataset.APPLICATIONS]
    assert rows[:2] == READ[Dataset.APPLICATIONS]
    assert [
        (row.line, row.fault, row.cell) for row in rows if isinstance(row, Unread)
    ] == [(4, RowFault.COUNTRY, "Freedonia (FRE)"), (5, RowFault.COUNTRY, "AUS ()")]  # fmt: skip


@pytest.mark.parametrize("missing", [name for name in TABLES if name != "solutions"])
def test_a_table_that_is_missing_is_named_and_where_to_get_it(tmp_path: Path, missing: str) -> None:
    folder = write(tmp_path / "download")
    (folder / f"{missing}.csv").unlink()
    with pytest.raises(BadRelease) as told:
        read(folder)
    last = TABLES[missing].split("\n", 1)[0].rsplit(",", 1)[1]
    assert say(told.value) == (
        f"{folder} has no “{missing}” table, with the headings “Year”, “Country of origin” … “{last}”;"
        " download it from https://www.unhcr.org/refugee-statistics/download, with all years and countries."
    )
    assert is_one_sentence(say(told.value))


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    text = APPLICATIONS.replace("Authority", "Authorities")
    with refuses(BadRelease, r"asylum-applications\.csv does not .* \(procedure_type\)"):
        read(write(tmp_path / "download", **{"asylum-applications": text}))


def test_a_new_column_is_passed_over_and_named(tmp_path: Path) -> None:
    text = (
        APPLICATIONS.replace("applied\n", "applied,Sex\n")
        .replace("100\n", "100,F\n")
        .replace("P,5\n", "P,5,M\n")
    )
    folder = write(tmp_path / "download", **{"asylum-applications": text})
    assert read(folder) == READ
    assert ReleaseFolder(folder).find_unknown() == ("asylum-applications.csv: Sex",)
