"""Slash-command options that speak the domain's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, cast, get_args

import discord
from discord import app_commands

from bot.discord.client import services_of
from bot.languages import Language, use
from bot.replies.files import FileFormat
from bot.sentences import Refusal
from bot.words import say_day, say_either
from bot.words.measures import NAMES, SUBJECTS
from data.countries.lists import MAX_COMPARED, read_countries, refuse_so_many
from data.errors import quote
from data.glossary import Entry
from data.model import Area, Level, Measure, Nature, Order, Per, RankBy, Release, RevisionKind, Role
from data.questions.codec import ROLES
from data.questions.export import By
from data.questions.trend import ScaleName, read_single_years
from data.reading.measures import find_measures
from data.reading.years import parse_as_of

Choices = list[app_commands.Choice[int | float | str]]
Chosen = TypeVar("Chosen", bound=StrEnum)
MAX_CHOICES = 25
MAX_NAME = 100
_WORDS = re.compile(r"\w+")
_NATURES = MappingProxyType({Nature.STOCK: "stock", Nature.FLOW: "per year", Nature.RATE: "rate"})
RANKINGS = MappingProxyType(
    {
        RankBy.AMOUNT: "amount",
        RankBy.CHANGE: "change",
        RankBy.PERCENT: "change in percent",
        RankBy.INHABITANTS: "per inhabitant",
    }
)
"""What a command calls what countries are ranked by."""

_NEAR = 0.6
"""How much alike a text and a name must be, between 0 and 1, for the name to be suggested."""


class CountryTransformer(app_commands.Transformer):
    """Turns what was typed or picked into a `Country` or `Group`."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Area:
        """Find the country or group, or fail with suggestions."""
        return services_of(interaction).countries.find(str(value))

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer countries and groups in the asker's language."""
        found = services_of(interaction).countries.suggest(str(value), interaction.locale.value, MAX_CHOICES)
        return [app_commands.Choice(name=each.label, value=each.country.name) for each in found]


def _list_sides(interaction: discord.Interaction[Any]) -> Iterator[str]:
    """The countries that the command's other options name already."""
    for side in Role:
        if isinstance(named := getattr(interaction.namespace, side.value, None), str):
            yield named


class CountriesTransformer(app_commands.Transformer):
    """Turns up to five countries or groups, separated by commas, into a tuple; completes the last one."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> tuple[Area, ...]:
        """Find each country, once."""
        found = read_countries(str(value), services_of(interaction).countries)
        if len(found) > MAX_COMPARED:
            raise refuse_so_many()
        return found

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer continuations of the list as typed so far."""
        *before, last = str(value).split(",")
        kept = "".join(f"{part.strip()}, " for part in before)
        found = services_of(interaction).countries.suggest(
            last.strip(), interaction.locale.value, MAX_CHOICES
        )
        chosen = {part.strip().casefold() for part in (*before, *_list_sides(interaction))}
        names = [kept + each.country.name for each in found if each.country.name.casefold() not in chosen]
        return [app_commands.Choice(name=name, value=name) for name in names if len(name) <= MAX_NAME]


class MeasureTransformer(app_commands.Transformer):
    """Turns what was typed or picked into a `Measure`."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Measure:
        """Find the measure, or fail with the nearest one."""
        del interaction
        return read_measure(str(value))

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer measures, each with its nature, so that a stock is picked as a stock."""
        del interaction
        return [
            app_commands.Choice(name=name_measure(each), value=each.value)
            for each in suggest_measures(str(value))
        ]


class RoleTransformer(app_commands.Transformer):
    """Turns a choice into the `Role` that is ranked."""

    @property
    def choices(self) -> Choices:
        """Both sides of a claim."""
        return [
            app_commands.Choice(name=ROLES[role], value=role.value) for role in (Role.ORIGIN, Role.ASYLUM)
        ]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Role:
        """Read the role."""
        del interaction
        return choose(Role, value, "ranking")


class RankByTransformer(app_commands.Transformer):
    """Turns a choice into what countries are ranked by."""

    @property
    def choices(self) -> Choices:
        """All of them."""
        return [app_commands.Choice(name=name, value=by.value) for by, name in RANKINGS.items()]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> RankBy:
        """Read the choice."""
        del interaction
        return choose(RankBy, value, "ranking")


class OrderTransformer(app_commands.Transformer):
    """Turns a choice into the end of a ranking that comes first."""

    @property
    def choices(self) -> Choices:
        """Both ends."""
        return [app_commands.Choice(name=order.value, value=order.value) for order in Order]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Order:
        """Read the choice."""
        del interaction
        return choose(Order, value, "order")


class YearsTransformer(app_commands.Transformer):
    """Turns single years, separated by commas, into a tuple."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> tuple[int, ...]:
        """Read each year."""
        del interaction
        return read_single_years(str(value))


class KindTransformer(app_commands.Transformer):
    """Turns a choice into the `Kind` of a change."""

    @property
    def choices(self) -> Choices:
        """All kinds."""
        return [app_commands.Choice(name=kind.value, value=kind.value) for kind in RevisionKind]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> RevisionKind:
        """Read the kind."""
        del interaction
        return choose(RevisionKind, value, "kind of change")


class ScaleTransformer(app_commands.Transformer):
    """Turns a choice into the `ScaleName` of a chart."""

    @property
    def choices(self) -> Choices:
        """Both scales."""
        return [app_commands.Choice(name=scale, value=scale) for scale in get_args(ScaleName)]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> ScaleName:
        """Read the scale."""
        del interaction
        if value not in get_args(ScaleName):
            raise Refusal(f"There is no scale {quote(str(value))}; pick linear or log.")
        return cast(ScaleName, value)


class AsOfTransformer(app_commands.Transformer):
    """Turns a day, or the release picked from the list, into a `date`."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> date:
        """Read the day, or fail with how one is written."""
        releases = await services_of(interaction).answers.releases()
        typed = str(value).strip()
        return _name_releases(releases).get(typed) or parse_as_of(typed, releases)

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer the releases that are kept, newest first."""
        names = _name_releases(await services_of(interaction).answers.releases())
        wanted = str(value).casefold().strip()
        found: Choices = [
            app_commands.Choice(name=name, value=day.isoformat())
            for name, day in reversed(names.items())
            if wanted in name.casefold() or wanted in day.isoformat()
        ]
        return found[:MAX_CHOICES]


def name_measure(measure: Measure) -> str:
    """Name a measure in a list, with its nature: “Pending claims (stock)”."""
    return f"{NAMES[measure]} ({_NATURES[measure.nature]})"


def read_measure(text: str) -> Measure:
    """Find a measure by its code, its name in the list or elsewhere, or an everyday word for it.

    A misspelling is never taken for one. Raises `Unanswerable`, with the nearest.
    """
    wanted = _fold(text)
    if named := _list_names().get(wanted):
        return named
    meant = _read_wording(text)
    if len(meant) == 1:
        return meant[0]
    if meant:
        either = say_either(NAMES[each] for each in meant)
        raise Refusal(f"{quote(text)} can mean {either}; pick one from the list.")
    if near := _find_near(wanted):
        raise Refusal(f"There is no measure {quote(text)}; the nearest is {NAMES[near[0]]}.")
    raise Refusal(f"There is no measure {quote(text)}; pick one from the list.")


def suggest_measures(text: str) -> tuple[Measure, ...]:
    """Return the measures that somebody may be about to type, or all of them."""
    wanted = _fold(text)
    named = (each for name, each in _list_names().items() if wanted in name)
    found = tuple(dict.fromkeys((*_read_wording(text), *named)))
    return found or _find_near(wanted) or tuple(Measure)


@cache
def _list_names() -> dict[str, Measure]:
    """Name every measure in every language: a list is kept for all who ask, whatever the first one spoke."""
    names: dict[str, Measure] = {}
    for language in Language:
        with use(language):
            for each in Measure:
                for name in (each.value, NAMES[each], SUBJECTS[each], name_measure(each)):
                    names.setdefault(_fold(name), each)
    return names


def _fold(text: str) -> str:
    return " ".join(_WORDS.findall(text[: 2 * MAX_NAME].casefold()))


def _read_wording(text: str) -> tuple[Measure, ...]:
    """Return what a whole text means in everyday words; several where they leave it open."""
    wanted = _fold(text)
    for mention in find_measures(text) if len(text) <= MAX_NAME else ():
        if _fold(text[mention.start : mention.end]) == wanted:
            return mention.value.measures
    return ()


def _find_near(wanted: str) -> tuple[Measure, ...]:
    near = get_close_matches(wanted, _list_names(), MAX_CHOICES, _NEAR)
    return tuple(dict.fromkeys(_list_names()[name] for name in near))


def _name_releases(releases: Iterable[Release]) -> dict[str, date]:
    """Name releases in a list, the oldest first: “25 June 2026 — Global Trends 2025, corrected”."""
    days = {release.day: f"{say_day(release.day)} — {release.label}" for release in releases}
    return {name[:MAX_NAME]: day for day, name in days.items()}


def choose(kind: type[Chosen], value: Any, word: str) -> Chosen:
    """Read a choice; one that this version no longer has is no bug."""
    try:
        return kind(value)
    except ValueError as error:
        raise Refusal(f"There is no {word} {quote(str(value))}; pick one from the list.") from error


CountryOption = app_commands.Transform[Area, CountryTransformer]
CountriesOption = app_commands.Transform[tuple[Area, ...], CountriesTransformer]
MeasureOption = app_commands.Transform[Measure, MeasureTransformer]
ScaleOption = app_commands.Transform[ScaleName, ScaleTransformer]
RoleOption = app_commands.Transform[Role, RoleTransformer]
KindOption = app_commands.Transform[RevisionKind, KindTransformer]
AsOfOption = app_commands.Transform[date, AsOfTransformer]


class LevelTransformer(app_commands.Transformer):
    """Turns a choice into the `Level` of decisions."""

    @property
    def choices(self) -> Choices:
        """Both."""
        return [
            app_commands.Choice(name="all levels", value=Level.ALL.value),
            app_commands.Choice(name="first instance", value=Level.FIRST.value),
        ]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Level:
        """Read the level."""
        del interaction
        return choose(Level, value, "level")


class PerTransformer(app_commands.Transformer):
    """Turns a choice into what figures are set against."""

    @property
    def choices(self) -> Choices:
        """The one that is not there anyway."""
        return [app_commands.Choice(name=Per.INHABITANTS.value, value=Per.INHABITANTS.value)]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Per:
        """Read what it is."""
        del interaction
        return choose(Per, value, "choice for “per”")


class ByTransformer(app_commands.Transformer):
    """Turns a choice into what an export has one line for."""

    @property
    def choices(self) -> Choices:
        """A year alone, or with countries."""
        return [
            app_commands.Choice(name=name, value=by.value)
            for by, name in (
                (By.YEAR, "year"),
                (By.ORIGIN, "year and origin"),
                (By.ASYLUM, "year and country of asylum"),
                (By.PAIR, "year, origin and country of asylum"),
            )
        ]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> By:
        """Read the choice."""
        del interaction
        return choose(By, value, "kind of line")


class FormatTransformer(app_commands.Transformer):
    """Turns a choice into the format of a file."""

    @property
    def choices(self) -> Choices:
        """All formats."""
        return [app_commands.Choice(name=form.value.upper(), value=form.value) for form in FileFormat]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> FileFormat:
        """Read the format."""
        del interaction
        return choose(FileFormat, value, "format")


class WordTransformer(app_commands.Transformer):
    """Turns a word or code into the entries of the glossary."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> tuple[Entry, ...]:
        """Find the entries, or fail with suggestions."""
        return services_of(interaction).glossary.find(str(value))

    async def autocomplete(self, interaction: discord.Interaction[Any], value: float | str, /) -> Choices:
        """Offer words and codes; the usual ones before anything is typed."""
        found = services_of(interaction).glossary.suggest(str(value), MAX_CHOICES)
        return [app_commands.Choice(name=entry.name, value=entry.name) for entry in found]


RankByOption = app_commands.Transform[RankBy, RankByTransformer]
OrderOption = app_commands.Transform[Order, OrderTransformer]
YearsOption = app_commands.Transform[tuple[int, ...], YearsTransformer]
LevelOption = app_commands.Transform[Level, LevelTransformer]
PerOption = app_commands.Transform[Per, PerTransformer]
ByOption = app_commands.Transform[By, ByTransformer]
FormatOption = app_commands.Transform[FileFormat, FormatTransformer]
WordOption = app_commands.Transform[tuple[Entry, ...], WordTransformer]
