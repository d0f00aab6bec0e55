"""What a country publishes without an origin, by which figures by origin seem to fall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, name
from bot.words import capitalise, say_list, say_tally
from bot.words.measures import NAMES_WITHIN, SUBJECTS_WITHIN
from data import caveats as c
from data.model import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def say_origin_unknown(unknown: Sequence[c.OriginUnknown]) -> str:
    """Say how many have no origin now, of each measure; figures by origin seem to fall by it."""
    country, year = unknown[0].country, unknown[0].year
    counted = say_list(
        f"{name_nameless(each.measure)} ({say_tally(each.measure, each.after)})" for each in unknown
    )
    earlier = say_list(
        say_tally(each.measure, each.before) if each.before.main else _("none") for each in unknown
    )
    return _(
        "{text} gives no origin for many {counted} of {year} ({year_2}: {earlier}); figures by origin"
        " leave them out, so a fall there may be no fall.",
        text=capitalise(name(country, "text")),
        counted=counted,
        year=year,
        year_2=year - 1,
        earlier=earlier,
    )


def name_nameless(measure: Measure) -> str:
    """Name what is published without an origin; of those who wait it is their claims."""
    return NAMES_WITHIN[measure] if measure is Measure.PENDING else SUBJECTS_WITHIN[measure]


def find_alike(caveat: c.OriginUnknown, caveats: Iterable[c.Caveat]) -> list[c.OriginUnknown]:
    """Find what a country publishes without an origin in the same year, which one sentence says of all."""
    return [
        each
        for each in caveats
        if isinstance(each, c.OriginUnknown) and (each.country, each.year) == (caveat.country, caveat.year)
    ]
