"""The tables that UNHCR's download page gives: other headings than the API's, and ISO codes only.

Pure. A row of theirs becomes a row of UNHCR's own tables; `DOWNLOADS` is where people get them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.countries.letters import fold
from data.model import Dataset
from data.sources.unhcr.parse import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from data.model import Country

DOWNLOADS = "https://www.unhcr.org/refugee-statistics/download"

_KEY = {
    "Year": "year",
    "Country of origin": "coo_name",
    "Country of origin (ISO)": "coo_iso",
    "Country of asylum": "coa_name",
    "Country of asylum (ISO)": "coa_iso",
}
_HEADINGS: Mapping[Dataset, Mapping[str, str]] = {
    Dataset.POPULATION: {
        "Refugees under UNHCR's mandate": "refugees",
        "Asylum-seekers": "asylum_seekers",
        "Returned refugees": "returned_refugees",
        "IDPs of concern to UNHCR": "idps",
        "Returned IDPs": "returned_idps",
        "Returned IDPss": "returned_idps",  # so on the page
        "Stateless persons": "stateless",
        "Others of concern": "ooc",
        "Other people in need of international protection": "oip",
        "Host Community": "hst",
    },
    Dataset.APPLICATIONS: {
        "Authority": "procedure_type",
        "Application type": "app_type",
        "Stage of procedure": "dec_level",
        "Cases / Persons": "app_pc",
        "applied": "applied",
    },
    Dataset.DECISIONS: {
        "Authority": "procedure_type",
        "Stage of procedure": "dec_level",
        "Cases / Persons": "dec_pc",
        "Recognized decisions": "dec_recognized",
        "Complementary protection": "dec_other",
        "Rejected decisions": "dec_rejected",
        "Otherwise closed": "dec_closed",
        "Total decisions": "dec_total",
    },
    Dataset.SOLUTIONS: {
        "Returned refugees": "returned_refugees",
        "Resettlement arrivals": "resettlement",
        "Naturalisation": "naturalisation",
        "Returned IDPs": "returned_idps",
    },
}


def headings_of(dataset: Dataset) -> tuple[str, ...]:
    """Return the headings that a download of this table has."""
    return (*_KEY, *_HEADINGS[dataset])


def is_download(headings: Sequence[str]) -> bool:
    """Say whether these are headings of the download page, of whatever table."""
    return "Country of origin (ISO)" in headings and "Country of asylum (ISO)" in headings


def find_dataset(headings: Sequence[str]) -> Dataset | None:
    """Say which table has these headings, the API's or the download page's."""
    for dataset in reversed(Dataset):  # an application has the columns of a decision's address
        values = LAYOUTS[dataset].values
        if {*values} <= {*headings} or {*values} <= {*rename(dataset, headings)}:
            return dataset
    return None


def rename(dataset: Dataset, headings: Sequence[str]) -> list[str]:
    """Return the API's names of the columns of a download."""
    names = {fold(heading): name for heading, name in {**_KEY, **_HEADINGS[dataset]}.items()}
    return [names.get(fold(heading), heading) for heading in headings]


class Resolver:
    """Finds UNHCR's code for a country by its ISO code, or by its name where it has none."""

    def __init__(self, countries: Iterable[Country]) -> None:
        countries = list(countries)
        self._by_iso = {country.iso3: country.code for country in countries if country.iso3}
        self._by_name = {
            fold(name): country.code for country in countries for name in (country.name, country.code)
            if not country.iso3
        }  # fmt: skip

    def with_codes(
        self, columns: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> tuple[list[str], Iterator[list[str]]]:
        """Add UNHCR's codes of both countries to each row; a country that is not known keeps its name."""
        places = [(columns.index(f"{side}_iso"), columns.index(f"{side}_name")) for side in ("coo", "coa")]
        width = len(columns)

        def add() -> Iterator[list[str]]:
            for row in rows:
                if len(row) != width:
                    yield [*row]
                else:
                    yield [*row, *(self._find(row[iso], row[name]) for iso, name in places)]

        return [*columns, "coo", "coa"], add()

    def _find(self, iso: str, name: str) -> str:
        iso = iso.strip()
        found = self._by_iso.get(iso) or self._by_name.get(fold(name))
        return found or f"{name.strip()} ({iso})"
