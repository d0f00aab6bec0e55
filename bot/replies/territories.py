"""What is said of territories that split, were dissolved or are counted apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.words import capitalise
from data import caveats as c

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.model import Country


def say_territory(caveat: c.SplitOff | c.Independent | c.Dissolved | c.CountedApart | c.OwnOrigin) -> str:
    """Say in one sentence which territory a figure is of."""
    match caveat:
        case c.SplitOff(whole=whole, part=part, year=year):
            return (
                f"Up to {year - 1}, figures on {whole.text} include {part.text}, which is counted on its own"
                f" from {year}."
            )
        case c.Independent(whole=whole, part=part, year=year):
            return (
                f"{capitalise(part.text)} became independent in {year}; before that, its people may be"
                f" counted as those of {whole.text}."
            )
        case c.Dissolved(former=former, parts=parts, year=year):
            return (
                f"Figures on {_join(parts)} begin in {year}, when {former} were dissolved, on which UNHCR's"
                " tables have none."
            )
        case c.CountedApart(whole=whole, parts=parts):
            return f"{capitalise(_join(parts))} are counted apart from {whole.text}."
        case c.OwnOrigin(country=country):
            return (
                f"Asylum is sought abroad: entries of people from {country.text} in {country.text} are few,"
                " probably slips in reporting, and UNHCR does not explain them."
            )
        case _:
            assert_never(caveat)


def _join(countries: Iterable[Country]) -> str:
    *first, last = [country.text for country in countries]
    return f"{', '.join(first)} and {last}" if first else last
