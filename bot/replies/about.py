"""What the bot is, where its figures come from, and what it keeps."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import discord

from bot.replies.reply import COLOUR
from bot.words import INHABITANTS_SOURCE, LICENCE, SOURCE, say_day
from data.model import ReferencePeriod

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.model import Holdings, Release

TERMS = "https://www.unhcr.org/what-we-do/data-and-publications/data-and-statistics/terms-use-datasets"
MAX_RELEASES = 15


def about_embed(holdings: Holdings, links: Mapping[str, str] = MappingProxyType({})) -> discord.Embed:
    """Lay out sources, releases, freshness, licence, privacy, and the operator's own pages."""
    newest = holdings.releases[-1] if holdings.releases else None
    embed = discord.Embed(
        title="Asylum figures, release by release",
        description=(
            "UNHCR overwrites its figures when it completes or corrects them. This bot keeps every release,"
            " answers as of any of them, and says what a number means: a stock or a flow, half a year or a"
            " whole one, persons or cases. It is not run or endorsed by UNHCR."
        ),
        colour=discord.Colour(COLOUR),
    )
    if newest:
        covers = "only January–June" if newest.period is ReferencePeriod.MID_YEAR else "the whole year"
        embed.add_field(
            name="Newest figures",
            value=(
                f"{newest.label}, retrieved {say_day(newest.day)}: they go up to {newest.newest_year}"
                f" and cover {covers}. {_say_freshness(holdings)}"
            ),
            inline=False,
        )
    if damaged := [release for release in holdings.releases if release.damaged]:
        embed.add_field(name="⚠️ Damaged", value=_say_damage(damaged), inline=False)
    embed.add_field(name="UNHCR's notes", value=_say_notes(holdings), inline=False)
    embed.add_field(name="Releases kept", value=_list_releases(holdings), inline=False)
    embed.add_field(
        name="Source and licence",
        value=f"{SOURCE}, {LICENCE} · [Terms of use]({TERMS})\nInhabitants: {INHABITANTS_SOURCE}",
        inline=False,
    )
    embed.add_field(
        name="Privacy",
        value=(
            "Nothing about you is stored but what a subscription needs: not who asked, not what was asked."
            " No message is stored or sent elsewhere, and no language model reads along."
            " A subscription is a channel, its server and what is to be told there; of somebody who watches"
            " alone, the direct message. Of a server, whether it wants mentions answered. Buttons and menus"
            " below a public answer carry the asker's Discord ID; they go when the answer goes."
        ),
        inline=False,
    )
    if links:
        linked = " · ".join(f"[{name}]({link})" for name, link in links.items())
        embed.add_field(name="Whoever runs this bot", value=linked, inline=False)
    embed.add_field(
        name="Start here",
        value=(
            "`/asylum ask` · `/asylum figures` · `/asylum trend` · `/asylum top`"
            " — pending claims are a stock, applications a flow."
        ),
        inline=False,
    )
    return embed


def _say_freshness(holdings: Holdings) -> str:
    if holdings.checked_at is None:
        return "UNHCR has not been asked for newer ones yet."
    return f"UNHCR was last asked for newer ones on {say_day(holdings.checked_at.date())}."


def _say_damage(damaged: Sequence[Release]) -> str:
    """Say which releases are not to be trusted; the operator reads in the log what to do."""
    named = [f"{release.label} ({say_day(release.day)})" for release in damaged[:MAX_RELEASES]]
    more = f" and {len(damaged) - len(named)} more" if len(damaged) > len(named) else ""
    return (
        "The disk has changed figures since they were published. Until the operator has repaired them,"
        f" do not rely on a figure as of: {', '.join(named)}{more}."
    )


def _say_notes(holdings: Holdings) -> str:
    if holdings.notes_day is None:
        return "None kept yet; they come with the next sync with UNHCR."
    return (
        f"{holdings.notes:,} footnotes as of {say_day(holdings.notes_day)}; those that touch an answer are"
        " quoted behind its **Details** button."
    )


def _list_releases(holdings: Holdings) -> str:
    kept = holdings.releases[-MAX_RELEASES:]
    lines = [f"{say_day(release.day)} — {release.label}" for release in reversed(kept)]
    if len(holdings.releases) > len(kept):
        lines.append(f"… and {len(holdings.releases) - len(kept)} older ones")
    return "\n".join(lines) or "None yet."
