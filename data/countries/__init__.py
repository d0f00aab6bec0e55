"""Countries by whatever people call them: names in every language, codes, aliases, misspellings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

from data.countries.groups import (
    correct_group,
    find_group,
    find_nearest,
    members,
    read_groups,
    read_short_codes,
    suggest_groups,
)
from data.countries.letters import MAX_LENGTH, fold
from data.countries.lookup import ASKED_FIRST, CountryMatch, Lookup, Suggestion, by_weight, correct, match
from data.countries.table import CountryTable
from data.countries.territories import Former, begin_former, find_former, find_split
from data.errors import AmbiguousCountry, Phrase, UnknownCountry, calm, quote
from data.model import Area, Country, Group

MAX_LABEL = 100
MAX_GROUPS = 6
MAX_MEANT = 3
NOW = 2025
"""The year whose members are counted where a group is offered."""

MAX_NAME = 60
"""UNHCR's longest is that of the United Kingdom, with 52 letters."""
_CODE = re.compile(r"[A-Z]{1,3}")
"""No figure has another code, and a button knows its countries by it."""
_ISO3 = re.compile(r"[A-Z]{3}")


@dataclass(slots=True, eq=False, repr=False)
class Atlas:
    """All countries of UNHCR's statistics, by code, by name in any language, and by alias; it only learns."""

    table: CountryTable
    lookup: Lookup

    @classmethod
    def load(cls) -> Self:
        """The packaged tables: 232 codes, their names in all languages, and their aliases."""
        return cls(CountryTable.load(), Lookup.load())

    def including(self, more: Iterable[Country]) -> Atlas:
        """The same and the countries a new release brings; those already known stay as they are.

        Their names come from outside, so they are made fit for being shown wherever a name is.
        """
        listed = self.lookup.listed
        new = {
            country.code: _name_safely(country)
            for country in more
            if country.code not in listed and _CODE.fullmatch(country.code)
        }
        return Atlas(self.table, Lookup.build(self.table, {**listed, **new})) if new else self

    def learn(self, more: Iterable[Country]) -> None:
        """Know from now on what a new release brings, wherever this atlas is used."""
        self.lookup = self.including(more).lookup

    def countries(self) -> tuple[Country, ...]:
        """All of them, by name."""
        return tuple(sorted(self.lookup.listed.values(), key=lambda country: fold(country.name)))

    @property
    def knowledge(self) -> object:
        """Another one once it has learned a country."""
        return self.lookup

    def by_code(self, code: str) -> Country | None:
        """The country with this UNHCR code, exactly as UNHCR writes it."""
        return self.lookup.listed.get(code)

    def area_by_code(self, code: str) -> Area | None:
        """The country with this code, or the group; that may be its short one."""
        return self.by_code(code) or read_groups().get(code) or read_short_codes().get(code)

    def find(self, text: str) -> Area:
        """The one country, or group of countries, that goes by this name or code.

        ISO codes come before UNHCR's, and English before other languages. A misspelling is never taken for
        a name: it raises UnknownCountry and suggests up to three. So does a state that is gone, and says what
        it is counted under now. Several countries raise AmbiguousCountry.
        """
        if quote(text) == quote(""):
            raise UnknownCountry("country-not-named")
        meant = self.lookup.meant(text)
        listed = sorted((country for country in meant if country.code in self.lookup.listed), key=by_weight)
        if len(listed) == 1:
            return listed[0]
        if listed:
            raise AmbiguousCountry("country-ambiguous", typed=text, countries=listed)
        if group := find_group(text):
            return group
        if meant:
            raise UnknownCountry("country-not-listed", country=meant[0])
        if former := find_former(fold(text)):
            raise self.refuse_former(former)
        if nearest := find_nearest(text):
            raise UnknownCountry("group-not-kept", typed=text, groups=nearest)
        likely: list[Area] = [*correct_group(text), *correct(text, self.lookup)]
        if likely := likely[:MAX_MEANT]:
            raise UnknownCountry("country-misspelled", typed=text, countries=likely)
        raise UnknownCountry("country-unknown", typed=text)

    def refuse_former(self, former: Former) -> UnknownCountry:
        """Tell under which names a state that is gone is counted now."""
        return UnknownCountry("country-former", former=former.text, now=[*self._list_now(former)])

    def _list_now(self, former: Former) -> Iterator[Country | Phrase]:
        for code in former.codes:
            country, split = self.lookup.listed[code], find_split(code)
            if split and split.whole in former.codes:
                whole = self.lookup.listed[split.whole]
                yield Phrase("country-counted-since", country=country, year=split.year, whole=whole)
            else:
                yield country

    def suggest(self, text: str, locale: str = "en", limit: int = 25) -> tuple[Suggestion, ...]:
        """Countries to choose from while somebody types, best first, labelled in their language.

        `locale` is a tag as chat clients send it ("pt-BR"); one that is not known reads English.
        """
        listed = self.lookup.listed
        found: list[Area]
        if not fold(text[:MAX_LENGTH]):
            found = [listed[code] for code in ASKED_FIRST if code in listed]
        else:
            fits = match(text, self.lookup, self.table.languages.index(locale))
            fitting = [listed[code] for code in fits]
            found = [*sorted(fitting, key=lambda country: self._order(country, fits, locale))]
            if not fits or min(fits.values()) > CountryMatch.WHOLE_ELSEWHERE:
                found = [*(listed[code] for code in begin_former(fold(text)) if code in listed), *found]
            clear = sum(fit <= CountryMatch.BEGINNING for fit in fits.values())
            found[clear:clear] = suggest_groups(text)[:MAX_GROUPS]
        labels: dict[str, Area] = {}
        for country in list(dict.fromkeys(found))[: max(limit, 0)]:
            label = self._label(country, locale)
            labels[f"{label[:90]} {country.code}" if label in labels else label] = country
        return tuple(Suggestion(country, label) for label, country in labels.items())

    def name_in(self, country: Country, locale: str) -> str:
        """What the country is called in a language, or in English where that has no name for it."""
        return self.table.languages.names(locale).get(country.iso2 or "", country.name)

    def _order(
        self, country: Country, fits: Mapping[str, CountryMatch], locale: str
    ) -> tuple[int | str, ...]:
        weight, _ = by_weight(country)
        return fits[country.code], weight, _sorted_as(self.name_in(country, locale)), country.code

    def _label(self, country: Area, locale: str) -> str:
        """The name in the asker's language, and in brackets the English one, or ISO3 where they agree."""
        if isinstance(country, Group):
            return f"{country.name} ({len(members(country.code, NOW))} countries)"
        name = self.name_in(country, locale) or country.code
        more: str | None = country.name
        if country.name in name:
            more = country.iso3 if country.is_country and country.iso3 != name else None
        label = f"{name} ({more})" if more else name
        return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def _name_safely(country: Country) -> Country:
    """Call a country so that it fits a line, mentions, links and formats nothing, and is no formula."""
    name, text = (calm(each, MAX_NAME).lstrip("=+-") or country.code for each in (country.name, country.text))
    iso3 = country.iso3 if country.iso3 and _ISO3.fullmatch(country.iso3) else None
    return replace(country, iso3=iso3, name=name, text=text)


@lru_cache(maxsize=8192)
def _sorted_as(name: str) -> str:
    return fold(name)
