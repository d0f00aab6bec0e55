"""What a double of UNHCR's API serves: a published release from its folder, or a small made-up one."""

from __future__ import annotations

import csv
import lzma
import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data.model import Dataset
from data.sources.unhcr.pages import TextRow, header_of
from data.sources.unhcr.parse import LAYOUTS, SIDES

RELEASES = Path(__file__).parents[1].parent / "shared" / "releases"
LAST_YEAR = 2026
FIRST_LATE = 2020

Item = dict[str, Any]

REGIONS = {"5": "Asia and the Pacific", "7": "Europe", "6": "The Americas"}
MADE_UP_COUNTRIES = (
    ("AFG", "AFG", "Afghanistan", "5"),
    ("AUL", "AUS", "Australia", "5"),
    ("AUS", "AUT", "Austria", "7"),
    ("CHI", "CHN", "China", "5"),
    ("CUR", "", "CUR", ""),
    ("CUW", "CUW", "Curacao ", "6"),
    ("GFR", "DEU", "Germany", "7"),
    ("STA", "XXA", "Stateless", ""),
    ("UKN", "UNK", "Unknown ", ""),
    ("USA", "USA", "United States of America", "6"),
)


def made_up_note(
    text: str, year: str, origin: str = " ", asylum: str | None = "", populations: str = "ASY,REF"
) -> Item:
    """A footnote as the API words its fields; no made-up one is UNHCR's."""
    return {
        "footnote": text,
        "year": year,
        "coo": "",
        "coo_iso": origin,
        "coa": "",
        "coa_iso": asylum,
        "population_type": populations,
    }


MADE_UP_NOTES: tuple[Item, ...] = (
    made_up_note("Everything here is made up.", "2020 - 2022"),
    made_up_note("The clerks counted twice.", "2024", asylum="USA"),
    made_up_note("Counted by hand.", "2021, 2023 - 2025", origin="CHN", asylum=None, populations="ASY"),
    made_up_note("Only tents were counted.", "2025", asylum="DEU", populations="REF,STA"),
)


@dataclass(frozen=True)
class Tables:
    """A release as text, year-ascending, and the countries (code, ISO or "", name, number of a region or "")."""

    rows: dict[Dataset, list[TextRow]]
    countries: tuple[tuple[str, str, str, str], ...] = MADE_UP_COUNTRIES
    regions: dict[str, str] = field(default_factory=REGIONS.copy)
    notes: tuple[Item, ...] = MADE_UP_NOTES

    def changed(self, dataset: Dataset, rows: list[TextRow]) -> Tables:
        return replace(self, rows={**self.rows, dataset: rows})

    def write(self, folder: Path) -> Path:
        """Write the release down as UNHCR publishes it."""
        folder.mkdir(exist_ok=True)
        for dataset, rows in self.rows.items():
            _write(folder / f"{dataset}.csv", header_of(dataset), rows)
        countries = (
            (iso, code, name, self.regions.get(region, "")) for code, iso, name, region in self.countries
        )
        _write(folder / "countries.csv", ("iso_code", "unhcr_code", "name", "unhcr_region"), countries)
        return folder


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def read_release(folder: Path, first_year: int = 1951) -> Tables:
    """Read a published release; its texts repeat, so each is kept once."""
    kept: dict[str, str] = {}
    tables = {}
    for dataset in Dataset:
        if dataset.may_lack and not (folder / f"{dataset}.csv.xz").exists():
            tables[dataset] = []
            continue
        with lzma.open(folder / f"{dataset}.csv.xz", "rt", encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader([file.readline()]))
            # Most lines of a late `first_year` need not be taken apart.
            years = [str(year) for year in range(first_year, LAST_YEAR + 1)]
            reader = csv.reader(
                line for line in file if first_year < FIRST_LATE or any(y in line for y in years)
            )
            order = [header.index(column) for column in header_of(dataset)]
            year = header.index("year")
            tables[dataset] = [
                [kept.setdefault(row[i], row[i]) for i in order]
                for row in reader
                if int(row[year]) >= first_year
            ]
    with (folder / "countries.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row["unhcr_region"] for row in rows} - {""})
    numbers = {name: str(number) for number, name in enumerate(names, start=1)}
    countries = tuple(
        (row["unhcr_code"], row["iso_code"], row["name"], numbers.get(row["unhcr_region"], ""))
        for row in rows
    )
    return Tables(tables, countries, {number: name for name, number in numbers.items()})


def make_up(seed: int = 1, *, share: float = 0.2) -> Tables:
    """Invent a release of the years 2020–2025 with all that is odd in UNHCR's; `share` is how full it is."""
    die = random.Random(seed)
    tables: dict[Dataset, list[TextRow]] = {}
    choices = {
        "procedure_type": "GUJ",
        "app_type": ("N", "NA", "R"),
        "dec_level": ("FI", "NA", "AR"),
        "app_pc": "PC",
        "dec_pc": "PC",
    }
    for dataset in Dataset:
        header, layout = header_of(dataset), LAYOUTS[dataset]
        tables[dataset] = []
        for year in range(2020, 2026):
            for origin in MADE_UP_COUNTRIES:
                for asylum in MADE_UP_COUNTRIES:
                    if die.random() > share:
                        continue
                    cells = {"year": str(year)}
                    for side, country in zip(SIDES, (origin, asylum), strict=True):
                        cells |= {side: country[0], f"{side}_iso": country[1], f"{side}_name": country[2]}
                    cells |= {column: die.choice(choices[column]) for column in layout.key[3:]}
                    cells |= {
                        column: die.choice(("0", "-", "5", str(die.randrange(10, 10**6))))
                        for column in layout.values
                    }
                    tables[dataset].append([cells[column] for column in header])
    return Tables(tables)


def sum_over(dataset: Dataset, rows: Iterable[TextRow], sides: Iterable[str]) -> list[TextRow]:
    """Sum rows over every origin, every country of asylum, or both: their fields become "-"."""
    header, values = header_of(dataset), LAYOUTS[dataset].values
    blank = [
        i for i, column in enumerate(header) if column[:3] in sides and column[3:] in ("", "_iso", "_name")
    ]
    first_value = len(header) - len(values)
    sums: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        key = row[:first_value]
        for i in blank:
            key[i] = "-"
        have = sums.setdefault(tuple(key), ["-"] * len(values))
        for i, cell in enumerate(row[first_value:]):
            if cell != "-":
                have[i] = str((0 if have[i] == "-" else int(have[i])) + int(cell))
    return [[*key, *have] for key, have in sums.items()]


def item_of(dataset: Dataset, row: TextRow) -> Item:
    """Dress a row as the API does: whole numbers, but "0" and "-" as texts; stray spaces; ids besides."""
    item: Item = dict(zip(header_of(dataset), row, strict=True))
    item["year"] = int(row[0])
    for column in LAYOUTS[dataset].values:
        if (cell := item[column]) not in ("0", "-"):
            item[column] = int(cell)
    for side in SIDES:
        code, name = item[side], item[f"{side}_name"]
        item[f"{side}_id"] = "-" if code == "-" else len(name) * 7
        item[f"{side}_iso"] = item[f"{side}_iso"] or None
        if name.startswith("C"):
            item[f"{side}_name"] = f"{name} "
    return item
