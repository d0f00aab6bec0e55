"""What one release changed, as a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.before_after import BeforeAfterChart
from bot.charts.subjects import Heading
from bot.languages import _, digits, ngettext, phrases
from bot.replies.before_after import (
    HALVES,
    find_span,
    is_half_against_whole,
    lay_out_before_after,
    make_before_after_row,
    make_records,
    say_before_after,
    say_honest_ratio,
    say_whose,
)
from bot.replies.coverage import in_brackets, say_first
from bot.replies.layout import say_caveats
from bot.replies.mind import choose_mind
from bot.replies.reply import Reply
from bot.words import (
    say_covered,
    say_day,
    say_in_year,
    say_number,
    say_short_day,
    say_source,
    say_when,
    sign_chart,
)
from bot.words.measures import NAMES_WITHIN, say_place, say_subject
from data.model import Dataset, Extent, Place, RevisionKind

if TYPE_CHECKING:
    from data.questions.changes import AskChanges, Changes
    from data.statistics import Changed

MAX_TOTALS = 5
MAX_SHORT = 2
MAX_MOVES = 10
DATASETS = phrases(
    {
        Dataset.POPULATION: "{number} on pending claims",
        Dataset.APPLICATIONS: "{number} on applications",
        Dataset.DECISIONS: "{number} on decisions",
    }
)


BECAME = phrases(
    {
        RevisionKind.NEW_PERIOD: "first published on {day}",
        RevisionKind.COMPLETED: "completed on {day}",
        RevisionKind.CORRECTED: "corrected on {day}",
        RevisionKind.WITHDRAWN: "withdrawn on {day}",
        RevisionKind.RECODED: "recoded on {day}",
    }
)
"""What became of a figure on the day of a release."""


def reply_changes(question: AskChanges, found: Changes) -> Reply:
    """Lay out what changed: the place's largest change first, then what it is made of."""
    headline = _say_headline(found)
    grid = lay_out_before_after(found.largest or found.totals, found.place, found.release)
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in (_say_totals(found), _say_counts(found)) if line),
        chart=_draw(found),
        lay_out=lambda: grid,
        list_records=lambda: make_records((*found.totals, *found.all_changes), found.before, found.release),
        caveats=say_caveats(found.caveats),
        source=say_source(found.release),
        first=say_first(found.caveats),
        short=(headline, _say_totals(found, MAX_SHORT)),
        mind=choose_mind(found.caveats),
        moves=any(each.kind is RevisionKind.COMPLETED for each in found.totals[:1]),
    )


def _where(found: Changes) -> str:
    return say_place(found.place) if found.place != Place() else _("worldwide")


def _say_headline(found: Changes) -> str:
    """Say the largest change: “Asylum decisions in Canada in 2025: corrected on 25 June 2026”."""
    day = say_day(found.release.day)
    if not found.totals:
        figures = ngettext(
            "one figure", "{matching} figures", found.matching, matching=digits(f"{found.matching:,}")
        )
        return _(
            "The release of {day} changed **{figures}** {where}, though no total.",
            day=day,
            figures=figures,
            where=_where(found),
        )
    first = found.totals[0]
    span = find_span(first, found.release)
    named = first.extent is not None or span == Extent(first.year)  # beside the figures, or all of the year
    when = say_in_year(first.year) if named else say_when(first.measure.nature, first.year, span)
    is_new = first.kind is RevisionKind.NEW_PERIOD and first.before is None
    # Of a country that was silent for half a year nothing was completed.
    figures = f"**{say_number(first.after) if is_new else say_before_after(first)}**"
    ratio = say_honest_ratio(first, found.before, found.release)
    became = (
        RevisionKind.NEW_PERIOD if first.kind is RevisionKind.COMPLETED and not first.before else first.kind
    )
    whose = say_whose(first, found.largest, found.place)
    told = ", ".join(filter(None, (BECAME.say(became, day=day), figures, ratio, whose)))
    return _(
        "{subject} {when}: {told}.", subject=say_subject(first.measure, first.place), when=when, told=told
    )


def _say_totals(found: Changes, most: int = MAX_TOTALS) -> str:
    rest = found.totals[1 : most + 1]
    if not rest:
        return ""
    return _("Also: {list}.", list="; ".join(_say_total(found, each) for each in rest))


def _say_total(found: Changes, each: Changed) -> str:
    span, said = _span(found, each), _span(found, found.totals[0])
    return f"{NAMES_WITHIN[each.measure]} {say_before_after(each)}{in_brackets(span if span != said else '')}"


def _span(found: Changes, each: Changed) -> str:
    """Name the year, or the part of it that all figures of a line are of."""
    span = find_span(each, found.release)
    if each.extent is not None or span == Extent(each.year):
        return f"{each.year}"
    return say_covered(each.measure.nature, span)


def _say_counts(found: Changes) -> str:
    by_dataset: dict[Dataset, int] = {}
    for (dataset, _kind), figures in found.counts.items():
        by_dataset[dataset] = by_dataset.get(dataset, 0) + figures
    told = _(
        "The CSV lists the {matching} sums by origin and country of asylum that match.",
        matching=digits(f"{found.matching:,}"),
    )
    if not found.matching:
        told = _("No sum by origin and country of asylum matches.")
    elif found.matching == 1:
        told = _("One sum by origin and country of asylum matches.")
    if not by_dataset:
        return told
    parts = ", ".join(
        DATASETS.say(each, number=digits(f"{by_dataset[each]:,}")) for each in DATASETS if each in by_dataset
    )
    total = sum(by_dataset.values())
    return _(
        "In all, the release changed {total} published figures on asylum: {parts}. {told}",
        total=digits(f"{total:,}"),
        parts=parts,
        told=told,
    )


def _title(found: Changes) -> str:
    day, where = say_day(found.release.day), _where(found)
    if found.place.origin:
        return _("Changed on {day}: figures on people {where}", day=day, where=where)
    return _("Changed on {day}: figures on asylum {where}", day=day, where=where)


def _draw(found: Changes) -> BeforeAfterChart:
    shown = (*found.totals[:MAX_TOTALS], *found.largest)[:MAX_MOVES]
    return BeforeAfterChart(
        Heading(
            _title(found),
            _(HALVES)
            if any(map(is_half_against_whole, shown))
            else _("Totals first, then what they are made of"),
            sign_chart(found.release),
        ),
        tuple(
            make_before_after_row(each, found.place, dated=len({e.year for e in shown}) > 1) for each in shown
        ),
        before_label=say_short_day(found.before.day),
        after_label=say_short_day(found.release.day),
    )
