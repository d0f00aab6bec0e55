"""What the bot is, where its figures come from, and what it keeps."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import discord

from bot.languages import _, digits
from bot.replies.reply import COLOUR
from bot.words import INHABITANTS_SOURCE, LICENCE, SOURCE, say_day, say_release
from data.model import ReferencePeriod

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from data.model import Holdings, Release

TERMS = "https://www.unhcr.org/what-we-do/data-and-publications/data-and-statistics/terms-use-datasets"
MAX_DAMAGED = 15
PRIVACY = (
    "only what subscriptions and settings need is stored, never a question; no language model reads along."
    " A public answer's buttons carry the asker's Discord ID."
)


def about_embed(holdings: Holdings, links: Mapping[str, str] = MappingProxyType({})) -> discord.Embed:
    """Lay out sources, releases, freshness, licence, privacy, and the operator's own pages, a line each."""
    told = [
        _("UNHCR overwrites its figures; this bot, not run or endorsed by UNHCR, keeps every release."),
        *(_("**{heading}**: {text}", heading=heading, text=text) for heading, text in _tell(holdings, links)),
    ]
    return discord.Embed(
        title=_("Asylum figures, release by release"),
        description="\n".join(told),
        colour=discord.Colour(COLOUR),
    )


def _tell(holdings: Holdings, links: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if holdings.releases:
        newest, oldest = holdings.releases[-1], holdings.releases[0]
        half = newest.period is ReferencePeriod.MID_YEAR
        until = (
            _("June {newest_year}", newest_year=newest.newest_year)
            if half
            else _("the end of {newest_year}", newest_year=newest.newest_year)
        )
        yield (
            _("Newest figures"),
            _(
                "{release}, up to {until}. {freshness}",
                release=say_release(newest),
                until=until,
                freshness=_say_freshness(holdings),
            ),
        )
        kept = _(
            "{count}, from {day} on; `as_of:` takes any.",
            count=len(holdings.releases),
            day=say_day(oldest.day),
        )
        yield _("Releases kept"), kept
    else:
        yield _("Releases kept"), _("none yet.")
    if damaged := [release for release in holdings.releases if release.damaged]:
        yield _("⚠️ Damaged"), _say_damage(damaged)
    yield "Source", f"[{SOURCE}]({TERMS}), {LICENCE}{_say_notes(holdings)}"
    yield "Inhabitants", INHABITANTS_SOURCE
    yield "Privacy", PRIVACY
    if links:
        yield _("The operator of this bot"), " · ".join(f"[{name}]({link})" for name, link in links.items())


def _say_freshness(holdings: Holdings) -> str:
    if holdings.checked_at is None:
        return _("Not asked for newer ones yet.")
    return _("Last asked for newer ones on {day}.", day=say_day(holdings.checked_at.date()))


def _say_damage(damaged: Sequence[Release]) -> str:
    """Say which releases are not to be trusted; the operator reads in the log what to do."""
    named = [f"{release.label} ({say_day(release.day)})" for release in damaged[:MAX_DAMAGED]]
    more = _(" and {value} more", value=len(damaged) - len(named)) if len(damaged) > len(named) else ""
    return _(
        "The disk has changed figures since they were published. Until the operator has repaired them, do"
        " not rely on a figure as of: {list}{more}.",
        list=", ".join(named),
        more=more,
    )


def _say_notes(holdings: Holdings) -> str:
    """Say how many notes are kept; nothing before the first sync with UNHCR."""
    return (
        _("; {notes} notes of {day}", notes=digits(f"{holdings.notes:,}"), day=say_day(holdings.notes_day))
        if holdings.notes_day
        else ""
    )
