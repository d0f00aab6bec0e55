"""Slash-command options that speak the domain's language."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast, get_args

import discord
from discord import app_commands

from bot.client import services_of
from bot.words import NAMES, say_day
from data.compare import Kind
from data.countries import Atlas, quote
from data.dates import parse_as_of
from data.errors import Unanswerable
from data.findings import Role
from data.model import Country, Measure, Nature
from data.questions import Scale

Choices = list[app_commands.Choice[int | float | str]]
Chosen = TypeVar("Chosen", bound=StrEnum)
MOST_CHOICES = 25
MOST_COMPARED = 5
MOST_PARTS = 3
"""A name of a country holds at most two commas."""
TOO_MANY = f"At most {MOST_COMPARED} countries can be compared at once; name fewer."
LONGEST_NAME = 100


class CountryTransformer(app_commands.Transformer):
    """Turns what was typed or picked into a `Country`."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Country:
        """Find the country, or fail with suggestions."""
        return services_of(interaction).countries.find(str(value))

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer countries in the asker's language."""
        found = services_of(interaction).countries.suggest(str(value), interaction.locale.value, MOST_CHOICES)
        return [app_commands.Choice(name=each.label, value=each.country.name) for each in found]


class CountriesTransformer(app_commands.Transformer):
    """Turns up to five countries, separated by commas, into a tuple; completes the last one."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> tuple[Country, ...]:
        """Find each country, once."""
        found = read_countries(str(value), services_of(interaction).countries)
        if len(found) > MOST_COMPARED:
            raise Unanswerable(TOO_MANY)
        return found

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer continuations of the list as typed so far."""
        *before, last = str(value).split(",")
        kept = "".join(f"{part.strip()}, " for part in before)
        found = services_of(interaction).countries.suggest(
            last.strip(), interaction.locale.value, MOST_CHOICES
        )
        names = [kept + each.country.name for each in found]
        return [app_commands.Choice(name=name, value=name) for name in names if len(name) <= LONGEST_NAME]


class MeasureTransformer(app_commands.Transformer):
    """Turns a choice into a `Measure`."""

    @property
    def choices(self) -> Choices:
        """All measures, each with its nature, so that a stock is picked as a stock."""
        return [
            app_commands.Choice(name=f"{NAMES[measure]} ({_nature(measure)})", value=measure.value)
            for measure in Measure
        ]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Measure:
        """Read the measure; one that this version no longer has is no bug."""
        del interaction
        return choose(Measure, value, "measure")


class RoleTransformer(app_commands.Transformer):
    """Turns a choice into the `Role` that is ranked."""

    @property
    def choices(self) -> Choices:
        """Both sides of a claim."""
        return [
            app_commands.Choice(name="origins", value=Role.ORIGIN.value),
            app_commands.Choice(name="countries of asylum", value=Role.ASYLUM.value),
        ]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Role:
        """Read the role."""
        del interaction
        return choose(Role, value, "ranking")


class KindTransformer(app_commands.Transformer):
    """Turns a choice into the `Kind` of a change."""

    @property
    def choices(self) -> Choices:
        """All kinds."""
        return [app_commands.Choice(name=kind.value, value=kind.value) for kind in Kind]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Kind:
        """Read the kind."""
        del interaction
        return choose(Kind, value, "kind of change")


class ScaleTransformer(app_commands.Transformer):
    """Turns a choice into the `Scale` of a chart."""

    @property
    def choices(self) -> Choices:
        """Both scales."""
        return [app_commands.Choice(name=scale, value=scale) for scale in get_args(Scale)]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Scale:
        """Read the scale."""
        del interaction
        if value not in get_args(Scale):
            raise Unanswerable(f"There is no scale {quote(str(value))}; pick linear or log.")
        return cast(Scale, value)


class AsOfTransformer(app_commands.Transformer):
    """Turns a day, or the release picked from the list, into a `date`."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> date:
        """Read the day, or fail with how one is written."""
        return parse_as_of(str(value), await services_of(interaction).answers.releases())

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer the releases that are kept, newest first."""
        releases = await services_of(interaction).answers.releases()
        names = {release.day.isoformat(): f"{say_day(release.day)} — {release.label}" for release in releases}
        wanted = str(value).casefold().strip()
        found: Choices = [
            app_commands.Choice(name=name[:LONGEST_NAME], value=day)
            for day, name in reversed(names.items())
            if wanted in name.casefold() or wanted in day
        ]
        return found[:MOST_CHOICES]


def read_countries(text: str, atlas: Atlas) -> tuple[Country, ...]:
    """Read a list of countries, each once, though a name may hold a comma: “Korea, Republic of, China”.

    Raises `Unanswerable` for what cannot be read.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise Unanswerable(f"I find no country in {quote(text)}; name some, separated by commas.")
    if len(parts) > MOST_COMPARED * MOST_PARTS:
        raise Unanswerable(TOO_MANY)

    @cache
    def read(begin: int) -> tuple[Country, ...] | None:
        """Read from one part on, names without a comma first."""
        if begin >= len(parts):
            return ()
        for end in range(begin + 1, min(begin + MOST_PARTS, len(parts)) + 1):
            country = _find(", ".join(parts[begin:end]), atlas)
            if country and (after := read(end)) is not None:
                return (country, *after)
        return None

    found = read(0)
    if found is None:
        found = tuple(map(atlas.find, parts))  # which says what is wrong
    return tuple(dict.fromkeys(found))


def choose(kind: type[Chosen], value: Any, word: str) -> Chosen:
    """Read a choice; one that this version no longer has is no bug."""
    try:
        return kind(value)
    except ValueError as error:
        raise Unanswerable(f"There is no {word} {quote(str(value))}; pick one from the list.") from error


def _find(text: str, atlas: Atlas) -> Country | None:
    try:
        return atlas.find(text)
    except Unanswerable:
        return None


def _nature(measure: Measure) -> str:
    return {Nature.STOCK: "stock", Nature.FLOW: "per year", Nature.RATE: "rate"}[measure.nature]


CountryOption = app_commands.Transform[Country, CountryTransformer]
CountriesOption = app_commands.Transform[tuple[Country, ...], CountriesTransformer]
MeasureOption = app_commands.Transform[Measure, MeasureTransformer]
ScaleOption = app_commands.Transform[Scale, ScaleTransformer]
RoleOption = app_commands.Transform[Role, RoleTransformer]
KindOption = app_commands.Transform[Kind, KindTransformer]
AsOfOption = app_commands.Transform[date, AsOfTransformer]
