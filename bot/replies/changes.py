"""What one release changed, as a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.subjects import Comparison, Heading, Move
from bot.replies.pieces import make_record, say_caveats
from bot.replies.reply import Reply
from bot.replies.tables import Grid
from bot.words import (
    NAMES,
    name_place,
    say_day,
    say_number,
    say_place,
    say_ratio,
    say_short_day,
    say_source,
)
from data.compare import Kind
from data.model import Dataset, Measure, Nature, Place, Unit
from data.statistics import find_ratio

if TYPE_CHECKING:
    from data.findings import Changed, Changes
    from data.model import Number
    from data.questions import AskChanges

MOST_TOTALS = 5
MOST_MOVES = 10
HALVES = "Completed: January–June gave way to the whole year, and 30 June to 31 December"
DATASETS = {
    Dataset.POPULATION: "on pending claims",
    Dataset.APPLICATIONS: "on applications",
    Dataset.DECISIONS: "on decisions",
}


def reply_changes(question: AskChanges, found: Changes) -> Reply:
    """Lay out what changed: the place's largest change first, then what it is made of."""
    headline = _say_headline(found)
    shown = found.largest or found.totals
    preview = Grid(
        ("", "", "before", "after", "kind"),
        tuple(
            (
                name_place(_rest(found, each)) if each.place != found.place else "",
                f"{NAMES[each.measure]}{' (cases)' if each.unit is Unit.CASES else ''}, {each.year}",
                _say_end(each.before),
                _say_end(each.after),
                each.kind.value,
            )
            for each in shown
        ),
    ).without_empty_columns()
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in (_say_totals(found), _say_counts(found)) if line),
        chart=_draw(found),
        alt=f"Chart of the largest changes. {headline.replace('**', '')}",
        preview=preview,
        grid=preview,
        records=tuple(
            make_record(each.measure, each.place, each.year, each.unit, value, release)
            for each in (*found.totals, *found.all_changes)
            for value, release in ((each.before, found.before), (each.after, found.release))
        ),
        caveats=say_caveats(found.caveats),
        source=say_source(found.release),
    )


def _where(found: Changes) -> str:
    return say_place(found.place) if found.place != Place() else "worldwide"


def _move(found: Changes, each: Changed, *, kind: bool = True) -> str:
    unit = " cases" if each.unit is Unit.CASES else ""
    half, whole = (" (January–June)", " (whole year)") if _is_half_against_whole(each) else ("", "")
    move = f"{say_number(each.before)}{half} → {say_number(each.after)}{unit}{whole}"
    text = f"{NAMES[each.measure].lower()} {move}"
    if not kind:
        return text
    words = [each.kind.value]
    same_span = found.before.period_of(each.year) is found.release.period_of(each.year)
    if (same_span or each.measure is Measure.PENDING) and each.before is not None and each.after is not None:
        ratio = find_ratio(each.before, each.after, Nature.FLOW)
        words += [say_ratio(ratio)] if ratio is not None else []
    return f"**{text}** in {each.year} ({', '.join(words)})"


def _is_half_against_whole(each: Changed) -> bool:
    """Whether the figures cover different spans, so that they do not compare."""
    flow = each.measure.nature is Nature.FLOW
    return flow and each.kind is Kind.COMPLETED and each.before is not None


def _say_headline(found: Changes) -> str:
    said = f"{found.release.label} of {say_day(found.release.day)} changed"
    if not found.totals:
        return f"{said} {found.matching:,} figures {_where(found)}, though no total."
    return f"{said}, {_where(found)}: {_move(found, found.totals[0])}."


def _say_totals(found: Changes) -> str:
    rest = found.totals[1 : MOST_TOTALS + 1]
    if not rest:
        return ""
    return f"Also: {'; '.join(f'{_move(found, each, kind=False)} ({each.year})' for each in rest)}."


def _say_counts(found: Changes) -> str:
    by_dataset: dict[Dataset, int] = {}
    for (dataset, _), figures in found.counts.items():
        by_dataset[dataset] = by_dataset.get(dataset, 0) + figures
    told = f"The CSV lists the {found.matching:,} sums by origin and country of asylum that match."
    if found.matching < 2:  # noqa: PLR2004 - a plural begins there
        told = f"{'One sum' if found.matching else 'No sum'} by origin and country of asylum matches."
    if not by_dataset:
        return told
    parts = ", ".join(f"{by_dataset[d]:,} {words}" for d, words in DATASETS.items() if d in by_dataset)
    total = sum(by_dataset.values())
    return f"In all, the release changed {total:,} published figures on asylum: {parts}. {told}"


def _draw(found: Changes) -> Comparison:
    shown = (*found.totals[:MOST_TOTALS], *found.largest)[:MOST_MOVES]
    return Comparison(
        Heading(
            f"What {found.release.label} changed {_where(found)}",
            HALVES if any(map(_is_half_against_whole, shown)) else "Totals first, then what they are made of",
            say_source(found.release),
        ),
        tuple(_make_move(found, each, dated=len({e.year for e in shown}) > 1) for each in shown),
        before_label=say_short_day(found.before.day),
        after_label=say_short_day(found.release.day),
    )


def _make_move(found: Changes, each: Changed, *, dated: bool) -> Move:
    name = name_place(_rest(found, each)) if each.place != found.place else "All"
    cases = " (cases)" if each.unit is Unit.CASES else ""
    return Move(
        f"{name}: {NAMES[each.measure].lower()}{cases}{f', {each.year}' if dated else ''}",
        each.before,
        each.after,
        f"{_say_end(each.before)} → {_say_end(each.after)}",
        "cases" if each.unit is Unit.CASES else "persons",
    )


def _say_end(value: Number | None) -> str:
    return say_number(value) if value is not None else "–"


def _rest(found: Changes, each: Changed) -> Place:
    """Name only what the place that was asked for leaves open."""
    return Place(
        None if found.place.origin else each.place.origin, None if found.place.asylum else each.place.asylum
    )
