"""One figure in every release, as a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.history import EditionBar, HistoryChart
from bot.charts.subjects import Heading
from bot.languages import _, digits, pgettext
from bot.replies.before_after import KINDS
from bot.replies.coverage import SHORT, in_brackets, note_breaks, say_carried, say_first
from bot.replies.layout import make_record, say_caveats, scale
from bot.replies.mind import choose_mind
from bot.replies.reply import Grid, Reply
from bot.words import (
    MIN_CHANGE,
    note_partial,
    say_count,
    say_list,
    say_ratio,
    say_short_day,
    say_source,
    say_tally,
    sign_chart,
)
from bot.words.measures import say_counted, say_subject
from data.coverage import CoverageKind
from data.model import Extent, Nature, RevisionKind, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.questions.history import AskHistory, Edition, History


def reply_history(question: AskHistory, found: History) -> Reply:
    """Lay out how the figure came to be: first value, each change, last value."""
    steps = [edition for edition in found.editions if edition.kind]
    first = next(edition for edition in found.editions if edition.tally.published)
    # What no release changed is told as the newest has it, which knows whether it was ever completed.
    chain = [first, *(step for step in steps if step is not first)] if steps else [found.editions[-1]]
    partly = any(_covers(found, each) != f"{found.year}" for each in chain)
    headline = _(
        "{subject}: {list}.",
        subject=_subject(found),
        list=" → ".join(_say_step(found, each, first, partly) for each in chain),
    )
    newest = found.editions[-1].release
    grid = Grid(
        (_("release"), _("figure"), _("covers"), _("kind")),
        tuple(
            (
                say_short_day(each.release.day),
                _say_tally(found, each),
                _covers(found, each),
                _say_kind(each, first),
            )
            for each in found.editions
        ),
    )
    return Reply(
        question=question,
        headline=headline,
        lines=(_say_days(found, first),),
        chart=_draw(found, _title(found, chain, since=None if first is found.editions[0] else first)),
        lay_out=lambda: grid,
        list_records=lambda: (
            make_record(
                found.measure,
                found.place,
                found.year,
                unit,
                value,
                each.release,
                extent=each.extents.get(unit),
                breaks=found.breaks if each.release is newest else (),
                carried=each.carried,
            )
            for each in found.editions
            for unit, value in ((Unit.PERSONS, each.tally.persons), (Unit.CASES, each.tally.cases))
            if value is not None
        ),
        caveats=say_caveats(found.caveats),
        source=say_source(newest),
        first=say_first(found.caveats),
        short=(_say_ends(found, chain, partly=partly), _say_days(found, first, counted=False)),
        mind=choose_mind(found.caveats, (found.year, found.year)),
    )


def _say_ends(found: History, chain: Sequence[Edition], *, partly: bool) -> str:
    """Say what the newest release has, and what the first had."""
    first, last = chain[0], chain[-1]
    counted = f"{say_counted(found.measure, found.place)}, {found.year}"
    if first is last:
        return _(
            "{counted}: {step}, in every release that is kept.",
            counted=counted,
            step=_say_step(found, first, first, partly),
        )
    covers = _covers(found, first) if partly else ""
    stale = say_carried(first.carried, found.place, short=True)
    notes = in_brackets("; ".join(filter(None, (covers, stale))))
    only = SHORT[CoverageKind.REVIEWS_ONLY] if last.reviews_only and last.tally.published else ""
    parts = [_covers(found, last) if partly else "", say_carried(last.carried, found.place, short=True), only]
    if last.kind is RevisionKind.CORRECTED and last.ratio is not None and abs(last.ratio) >= MIN_CHANGE:
        parts.append(_("corrected, {ratio}", ratio=say_ratio(last.ratio)))
    now = f"**{_say_amount(found, last)}**{in_brackets('; '.join(filter(None, parts)))}"
    return _(
        "{counted}: {now}, first {amount}{notes}.",
        counted=counted,
        now=now,
        amount=_say_amount(found, first),
        notes=notes,
    )


def _title(found: History, chain: Sequence[Edition], since: Edition | None) -> str:
    """Say the finding for the picture: what the last change did; `since` is when the figure was first given.

    An earlier change may be of another kind, which would set half a year beside a corrected whole one.
    """
    values = [_say_amount(found, each) for each in chain[-2:]]
    if len(chain) == 1:
        if since is None:
            return _("{values} in every release so far", values=values[0])
        return _(
            "{values} in every release since {day}", values=values[0], day=say_short_day(since.release.day)
        )
    kind = chain[-1].kind
    return _(
        "From {values} to {values_2}{value}",
        values=values[0],
        values_2=values[1],
        value=in_brackets(KINDS[kind] if kind else ""),
    )


def _subject(found: History) -> str:
    return f"{say_subject(found.measure, found.place)}, {found.year}"


def _covers(found: History, each: Edition) -> str:
    extent = each.covers(found.year)
    whole = extent == Extent(found.year) and found.measure.nature is not Nature.STOCK
    return f"{found.year}" if whole else note_partial(found.measure.nature, extent)


def _say_kind(each: Edition, first: Edition) -> str:
    if each.kind:
        return KINDS[each.kind]
    if each.release.id < first.release.id:
        return ""
    return pgettext("a column", "first") if each is first else _("unchanged")


def _say_amount(found: History, each: Edition) -> str:
    return _say_tally(found, each) if each.tally.cases else say_count(found.measure, each.tally)


def _say_tally(found: History, each: Edition) -> str:
    """Write a value, and what its cases stand for where that is less than the persons beside them do."""
    beside = each.extents.get(Unit.CASES) if each.tally.persons is not None and each.tally.cases else None
    covered = in_brackets(note_partial(found.measure.nature, beside) if beside else "")
    return f"{say_tally(found.measure, each.tally)}{covered}"


def _say_step(found: History, each: Edition, first: Edition, partly: bool) -> str:
    """Write a value; what it covers too, where one of them covers only `partly` the headline's year."""
    stale = say_carried(each.carried, found.place)
    only = SHORT[CoverageKind.REVIEWS_ONLY] if each.reviews_only and each.tally.published else ""
    parts = ["; ".join(filter(None, (_covers(found, each) if partly else "", stale, only)))]
    if each is not first and each.kind:
        parts.append(KINDS[each.kind])
        if each.ratio is not None:
            note = note_breaks(found.measure, found.breaks) if each.kind is RevisionKind.COMPLETED else ""
            parts.append(f"{say_ratio(each.ratio)}{note}")
    value = f"**{_say_amount(found, each)}**"
    return f"{value}{in_brackets(', '.join(filter(None, parts)))}"


def _say_days(found: History, first: Edition, *, counted: bool = True) -> str:
    published = _say_published(found, first)
    changes = [each for each in found.editions if each.kind]
    if not changes:
        return _("{published}; no release that is kept has changed it since.", published=published)
    told = "; ".join(
        _(
            "{value} on {day} ({label})",
            value=KINDS[each.kind] if each.kind else "",
            day=say_short_day(each.release.day),
            label=each.release.label,
        )
        for each in changes
    )
    if not counted:
        return _("{published}; {told}.", published=published, told=told)
    days = digits(f"{found.days_to_final:,}")
    if any(each.kind is RevisionKind.COMPLETED for each in changes):
        return _(
            "{published}; {told}. {days} days until the newest figure so far.",
            published=published,
            told=told,
            days=days,
        )
    return _(
        "{published}; {told}. {days} days until the last change.", published=published, told=told, days=days
    )


def _say_published(found: History, first: Edition) -> str:
    day, label = say_short_day(first.release.day), first.release.label
    if found.kept_since:
        return _("Kept since {day} ({label})", day=day, label=label)
    return _("First published on {day} ({label})", day=day, label=label)


def _draw(found: History, title: str) -> HistoryChart:
    partial = [extent for each in found.editions if (extent := each.covers(found.year)) != Extent(found.year)]
    return HistoryChart(
        Heading(
            title,
            _("{subject}, as each release gave it", subject=_subject(found)),
            sign_chart(found.editions[-1].release),
        ),
        tuple(
            EditionBar(
                say_short_day(each.release.day),
                each.release.label,
                scale(found.measure, each.tally.main),
                say_tally(found.measure, each.tally),
                hollow=each.covers(found.year) != Extent(found.year),
                tone="cases" if each.tally.persons is None and each.tally.cases is not None else "persons",
            )
            for each in found.editions
        ),
        hollow_note=say_list(note_partial(found.measure.nature, each) for each in dict.fromkeys(partial)),
    )
