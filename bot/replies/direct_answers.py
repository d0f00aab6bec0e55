"""The first words of an answer to a question that asks for more than a figure: yes or no, how many more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, digits
from bot.replies.yes_or_no import UNTOLD, say_whether
from bot.words import (
    capitalise,
    say_covered,
    say_list,
    say_percent,
    say_share,
    say_signed,
    say_tally,
    say_times,
    say_value,
    say_when,
)
from bot.words.measures import SUBJECTS_WITHIN, name_place, say_counted, say_place
from data.model import Extent, Nature, Place, Tally
from data.reading.ask.outcome import AimKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.model import Measure, Number
    from data.reading.ask.aim_result import AimResult, Figured

    Note = Callable[[Figured], str]

_ALIKE, _NO_POINTS = 0.005, 0.0005
WHOLE = 10
"""From so many a day on they are told in whole numbers."""
MAX_RUNS, PAIR = 5, 2
_TELLING_ALL = frozenset(
    {
        AimKind.CHANGED,
        AimKind.EVERY_YEAR,
        AimKind.PERCENT,
        AimKind.TIMES,
        AimKind.MORE,
        AimKind.DIFFERENCE,
        AimKind.TOGETHER,
        AimKind.WITHOUT,
        AimKind.INCLUDING,
        AimKind.WHICH,
        AimKind.EACH_DAY,
    }
)
"""Where the first words have every figure that was asked for, and the answer would say them again."""


def say_verdict(verdict: AimResult, answer: str, note: Note = lambda _: "") -> tuple[str, ...]:
    """Say what a question asked, and the answer with the figures unless it has said them all.

    “**No**: new asylum applications in Germany numbered **113,216** in 2025, 51% fewer than …”. `note` says
    in brackets what a figure is where it is not what it seems.
    """
    say = _SAYINGS.get(verdict.aim.point)  # whether there are any the answer says
    said = say(verdict, note) if say else ""
    if verdict.per_head and verdict.aim.point is not AimKind.PER_SO_MANY:  # the answer has the figures
        said = "" if verdict.aim.whether else _say_ahead(verdict)
    if verdict.holds is not None:
        said = f"{say_whether(verdict)}: {said}." if said else f"{say_whether(verdict)}. {answer}"
        return (said,) if tells_all(verdict) or said.endswith(answer) else (said, answer)
    said = f"{capitalise(said)}."
    return (said,) if tells_all(verdict) else (said, answer)


def tells_all(verdict: AimResult) -> bool:
    """Whether the first words have all figures of the places that were asked for."""
    shares = verdict.aim.point is AimKind.SHARE and len(verdict.figures) > 1
    untold = verdict.per_head or not verdict.figures
    return not untold and (shares or verdict.aim.point in _TELLING_ALL)


def _say_first(verdict: AimResult, note: Note) -> str:
    """Name who is first where that is another; the headline has the place of the one that was asked for."""
    others = verdict.figures[1:]
    if not others:
        return ""
    name, value = _name(others[0]), _covered(verdict, others[0], note)
    by = SUBJECTS_WITHIN[verdict.measure]
    if verdict.aim.sign < 0:
        return _("by {by}, {name} is last with {value}", by=by, name=name, value=value)
    return _("by {by}, {name} is first with {value}", by=by, name=name, value=value)


def _say_change(verdict: AimResult, note: Note) -> str:
    """Say how far one year is from the other, the answer to yes or no before it."""
    one, other = verdict.figures[:: 1 if verdict.aim.back else -1]
    subject, far = (
        _say_subject(verdict.measure, _place(one), " worldwide"),
        _say_far(verdict, one, other, note),
    )
    figure = _dated(verdict, one, note, bold=True)
    if not far:
        before = _dated(verdict, other, note)
        if verdict.holds is None:
            return _(
                "{untold}: {subject} {before} and {figure}, which do not compare",
                untold=UNTOLD,
                subject=subject,
                before=before,
                figure=figure,
            )
        return _("{subject} {before} and {figure}", subject=subject, before=before, figure=figure)
    if verdict.holds is None and verdict.aim.whether:
        return f"{UNTOLD}: {subject} {figure}, {far}"
    return f"{subject} {figure}, {far}"


def _say_far(verdict: AimResult, one: Figured, other: Figured, note: Note) -> str:
    """Write how far one is from the other, as it is asked for; empty where years do not compare."""
    if not verdict.compared:
        return ""
    than = f"{_when(verdict, other)} ({_value(verdict, other)}){note(other)}"
    far = _say_than(verdict, one, other, than)
    return _("{far}, but across a break in the series", far=far) if verdict.crossed else far


def _say_than(verdict: AimResult, one: Figured, other: Figured, than: str) -> str:
    """Write how far a figure is from another: “30% fewer than in 2023 (329,104)”."""
    if verdict.measure.nature is Nature.RATE:
        return _say_points_than(one.value - other.value, than)
    if verdict.aim.point is AimKind.DIFFERENCE:
        return _say_amount_than(one.value - other.value, than)
    ratio = verdict.value
    if ratio is None:
        return (
            _("more than {than}", than=than) if one.value > other.value else _("fewer than {than}", than=than)
        )
    if verdict.aim.point is not AimKind.PERCENT:
        if abs(ratio - 1) < _ALIKE:
            return _("about as many as {than}", than=than)
        if ratio >= (2 if verdict.aim.point is AimKind.CHANGED else 1):
            return _("{times} times as many as {than}", times=say_times(ratio - 1), than=than)
    percent = say_percent(ratio - 1)
    return (
        _("{percent} more than {than}", percent=percent, than=than)
        if one.value > other.value
        else _("{percent} fewer than {than}", percent=percent, than=than)
    )


def _say_amount_than(more: Number, than: str) -> str:
    amount = f"{digits(f'{abs(more):,.0f}')}"
    return (
        _("{amount} more than {than}", amount=amount, than=than)
        if more > 0
        else _("{amount} fewer than {than}", amount=amount, than=than)
    )


def _say_points_than(more: Number, than: str) -> str:
    points = _("{value} points", value=digits(f"{abs(more) * 100:.1f}"))
    if abs(more) < _NO_POINTS:
        return _("about as high as {than}", than=than)
    return (
        _("{points} higher than {than}", points=points, than=than)
        if more > 0
        else _("{points} lower than {than}", points=points, than=than)
    )


def _say_moved(verdict: AimResult, note: Note) -> str:
    """Say how far a year is from another where just that is asked for: in percent, in number, as a factor."""
    if verdict.measure.nature is Nature.RATE or not verdict.compared:
        return _say_change(verdict, note)
    one, other = verdict.figures[:: 1 if verdict.aim.back else -1]
    subject = _say_subject(verdict.measure, _place(one), " worldwide")
    figures = say_list(_dated(verdict, each, note) for each in verdict.figures)
    far = _say_apart(verdict, one, other)
    if verdict.crossed:
        return _(
            "**{far}**, but across a break in the series: {subject} {figures}",
            far=far,
            subject=subject,
            figures=figures,
        )
    return f"**{far}**: {subject} {figures}"


def _say_apart(verdict: AimResult, one: Figured, other: Figured) -> str:
    """Write how far a figure is from another by itself: “30% fewer”, “205,048 more”."""
    more, ratio = one.value > other.value, verdict.value
    if verdict.aim.point is AimKind.DIFFERENCE:
        amount = f"{digits(f'{abs(one.value - other.value):,.0f}')}"
        return _("{amount} more", amount=amount) if more else _("{amount} fewer", amount=amount)
    if ratio is None:
        return "more" if more else "fewer"
    if verdict.aim.point is not AimKind.PERCENT:
        if abs(ratio - 1) < _ALIKE:
            return _("about as many")
        if ratio >= 1:
            return _("{times} times as many", times=say_times(ratio - 1))
    percent = say_percent(ratio - 1)
    return _("{percent} more", percent=percent) if more else _("{percent} fewer", percent=percent)


def _say_times(verdict: AimResult, note: Note) -> str:
    one, other = verdict.figures
    return (_say_moved if one.whose == other.whose else _say_two)(verdict, note)


def _say_two(verdict: AimResult, note: Note) -> str:
    """Set two places beside each other, or two years where these were asked for; or one against others."""
    if len(verdict.figures) > 2:  # noqa: PLR2004 - no pair
        return _list(verdict, note)
    one, other = verdict.figures
    if one.year != other.year and one.whose == other.whose:
        return _say_moved(verdict, note)
    alike = one.extent == other.extent and not (one.cases or other.cases)
    if verdict.holds is not None and alike and verdict.value is not None:
        when, subject = _when(verdict, one), _say_subject(verdict.measure, _share_place(verdict))
        than = f"{_where(verdict, other)} ({_value(verdict, other)}){note(other)}"
        amount = f"**{_value(verdict, one)}**"
        if one.year != other.year:
            than = f"{_where(verdict, other)} {_when(verdict, other)} ({_value(verdict, other)}){note(other)}"
            figure = f"{amount} {_where(verdict, one)} {_when_noted(verdict, one, note)}"
            return f"{subject} {figure}, {_say_beside_than(verdict, than)}"
        where = _where_noted(verdict, one, note)
        return f"{when} {subject} {amount} {where}, {_say_beside_than(verdict, than)}"
    figures = _list(verdict, note)
    return figures if verdict.holds is not None else f"**{_say_beside(verdict)}**: {figures}"


def _say_beside_than(verdict: AimResult, than: str) -> str:
    """Write how far two places are apart: “205,048 more than in France (124,056)”."""
    far = verdict.value or 0
    if verdict.aim.value:
        if far >= 1:
            return _("{times} times as many as {than}", times=say_times(far - 1), than=than)
        return _("{percent} fewer than {than}", percent=say_percent(far - 1), than=than)
    if verdict.measure.nature is Nature.RATE:
        return _say_points_than(far, than)
    return _say_amount_than(far, than)


def _say_beside(verdict: AimResult) -> str:
    """Write how far two places are apart: how many more one has, or how many times as many."""
    if verdict.value is None:
        return ""
    if verdict.aim.point is AimKind.TIMES or verdict.aim.value:
        times = float(verdict.value)
        return (
            _("{times} times as many", times=say_times(times - 1))
            if times >= 1
            else _("{percent} fewer", percent=say_percent(times - 1))
        )
    more = verdict.value > 0
    if verdict.measure.nature is Nature.RATE:
        points = _("{value} points", value=digits(f"{abs(verdict.value) * 100:.1f}"))
        return _("{points} higher", points=points) if more else _("{points} lower", points=points)
    amount = f"{digits(f'{abs(verdict.value):,.0f}')}"
    return _("{amount} more", amount=amount) if more else _("{amount} fewer", amount=amount)


def _say_together(verdict: AimResult, note: Note) -> str:
    cases = sum(each.cases or 0 for each in verdict.figures)
    total = say_tally(verdict.measure, Tally(verdict.value, cases)) if cases else ""
    return _(
        "**{total}** together: {list}",
        total=total or say_value(verdict.measure, verdict.value),
        list=_list(verdict, note),
    )


def _say_share(verdict: AimResult, note: Note) -> str:
    share = say_share(float(verdict.value or 0))
    if len(verdict.figures) == 1:  # of a ranking: the answer has the figure
        told = _("{name} has **{share}** of the total", name=_name(verdict.figures[0]), share=share)
        return f"{UNTOLD}: {told}" if verdict.aim.whether and verdict.holds is None else told
    among = _say_among(verdict, note)
    return f"**{share}**: {among}" if verdict.holds is None else f"{among}, **{share}**"


def _say_few(verdict: AimResult, _note: Note) -> str:
    """Say the share; the answer names who has it."""
    share = say_share(float(verdict.value or 0))
    return _(
        "the first {count} together have **{share}** of the total", count=len(verdict.figures), share=share
    )


def _say_without(verdict: AimResult, note: Note) -> str:
    left = say_value(verdict.measure, verdict.value)
    share = say_share(float(verdict.value or 0) / verdict.figures[0].value)
    return _(
        "**{left}** without them, {share} of all: {among}",
        left=left,
        share=share,
        among=_say_among(verdict, note),
    )


def _say_each(verdict: AimResult, note: Note) -> str:
    """List the years, each with its figure."""
    told = [f"{each.year}: {_covered(verdict, each, note)}" for each in verdict.figures]
    return _("by year: {list}", list=" · ".join(told))


def _say_per_so_many(verdict: AimResult, _note: Note) -> str:
    """Say a figure per as many inhabitants as were asked for; the answer has it as it is always told."""
    amount = float(f"{float(verdict.value or 0):.2g}")
    told = f"{digits(f'{amount:,.0f}')}" if amount >= WHOLE else f"{amount:#.2g}"
    return _("**{told} per {value} inhabitants**", told=told, value=digits(f"{verdict.aim.value or 0:,.0f}"))


def _say_ahead(verdict: AimResult) -> str:
    """Name who has more, where the answer has the figures."""
    more = "more" if verdict.aim.sign > 0 else "fewer"
    return _(
        "**{place}** has {more} per inhabitant",
        place=name_place(_set_apart(verdict, verdict.figures[0])),
        more=more,
    )


def _say_each_day(verdict: AimResult, note: Note) -> str:
    """Say what a year's figure comes to a day, which nobody counted."""
    if not verdict.figures:
        return _("no figure per day is worked out: the year is partly in cases, or not whole")
    one, value = verdict.figures[0], float(verdict.value or 0)
    amount = f"{digits(f'{value:,.0f}')}" if value >= WHOLE else f"{value:.1f}"
    subject = _say_subject(verdict.measure, _place(one), " worldwide")
    return _(
        "about **{amount} a day** on average, worked out: {subject} {dated}",
        amount=amount,
        subject=subject,
        dated=_dated(verdict, one, note),
    )


def _say_which(verdict: AimResult, note: Note) -> str:
    """Name who is ahead before the figures of all."""
    return f"**{name_place(_set_apart(verdict, verdict.figures[0]))}**: {_list(verdict, note)}"


def _say_moved_more(verdict: AimResult, _note: Note) -> str:
    """Name who moved more in number, and whether that is another in percent; the answer has how far."""
    one, other = verdict.figures
    figures = _(
        "by {signed} against {signed_2}", signed=say_signed(one.value), signed_2=say_signed(other.value)
    )
    if verdict.holds is not None:
        return _("{name} moved {figures} in {name_2}", name=_name(one), figures=figures, name_2=_name(other))
    if verdict.compared:
        return _("**{name}** changed more, {figures}", name=_name(one), figures=figures)
    return _(
        "**{name}** changed more in number, {figures}, but less in percent", name=_name(one), figures=figures
    )


def _say_including(verdict: AimResult, note: Note) -> str:
    return _say_among(verdict, note)


def _say_among(verdict: AimResult, note: Note) -> str:
    """Say a whole and its parts: “refugees in Türkiye numbered 2,390,414 in 2025, among them …”."""
    whole, *parts = verdict.figures
    told = [
        f"{_value(verdict, each)} {_where_noted(verdict, each, note, beyond=_place(whole))}" for each in parts
    ]
    subject, figure = _say_subject(verdict.measure, _place(whole), " worldwide"), _dated(verdict, whole, note)
    return _("{subject} {figure}, among them {list}", subject=subject, figure=figure, list=say_list(told))


def _list(verdict: AimResult, note: Note) -> str:
    """Say what each of some places has: “in 2025 new asylum applications numbered 8,000 in Germany and …”."""
    one, subject = verdict.figures[0], _say_subject(verdict.measure, _share_place(verdict))
    if len({(each.extent, each.year) for each in verdict.figures}) == 1:
        told = [f"{_value(verdict, each)} {_where_noted(verdict, each, note)}" for each in verdict.figures]
        return f"{_when(verdict, one)} {subject} {say_list(told)}"
    told = [
        f"{_value(verdict, each)} {_where(verdict, each)} {_when_noted(verdict, each, note)}"
        for each in verdict.figures
    ]
    return f"{subject} {say_list(told)}"


def _say_record(verdict: AimResult, note: Note) -> str:
    if not verdict.figures:
        return _("which year was lowest cannot be told: several are alike, or counted in part")
    record, *span = verdict.figures
    subject = _say_subject(verdict.measure, _place(record), " worldwide")
    told = _covered(verdict, record, note)
    if verdict.holds is not None:
        return (
            ""
            if verdict.holds
            else _(
                "{superlative} was {told} in {year}",
                superlative=_superlative(verdict),
                told=told,
                year=record.year,
            )
        )
    if span:
        years = f"{span[0].year}–{span[-1].year}"
        return _(
            "**{year}**: {subject} {told}, {superlative} of {years}",
            year=record.year,
            subject=subject,
            told=told,
            superlative=_superlative(verdict),
            years=years,
        )
    return f"**{record.year}**: {subject} {told}"


def _superlative(verdict: AimResult) -> str:
    return _("the highest") if verdict.aim.sign > 0 else _("the lowest")


def _say_jump(verdict: AimResult, note: Note) -> str:
    """Name the year that rose or fell most from the one before, with both figures."""
    if not verdict.figures:
        return _("which year moved most cannot be told: some years do not compare with the one before")
    before, after, first, last = verdict.figures
    subject = _say_subject(verdict.measure, _place(after), " worldwide")
    told = _(
        "**{year}**: {subject} {dated} and {dated_2}",
        year=after.year,
        subject=subject,
        dated=_dated(verdict, before, note),
        dated_2=_dated(verdict, after, note),
    )
    years = f"{first.year}–{last.year}"
    if verdict.aim.sign > 0:
        return _("{told}, the largest rise in number of {years}", told=told, years=years)
    return _("{told}, the largest fall in number of {years}", told=told, years=years)


def _say_range(verdict: AimResult, note: Note) -> str:
    """Say the lowest and the highest of whole years."""
    lowest, highest = verdict.figures
    subject = _say_subject(verdict.measure, _place(lowest), " worldwide")
    figures = _(
        "**{value}** {when_noted} (lowest)",
        value=_value(verdict, lowest),
        when_noted=_when_noted(verdict, lowest, note),
    )
    return _(
        "{subject} from {figures} to {dated} (highest)",
        subject=subject,
        figures=figures,
        dated=_dated(verdict, highest, note, bold=True),
    )


def _say_passed(verdict: AimResult, note: Note) -> str:
    """Name the years above a number, or below it, a run of them as a span; the first with its figure."""
    value = say_value(verdict.measure, verdict.value)
    limit = _("above {value}", value=value) if verdict.aim.sign > 0 else _("below {value}", value=value)
    unsure = _("for years counted in part, or in cases, that cannot be told")
    if not verdict.figures:
        return (
            _("in no year {limit}", limit=limit)
            if verdict.compared
            else _("in no year {limit}; {unsure}", limit=limit, unsure=unsure)
        )
    first, runs = verdict.figures[0], _list_runs([each.year for each in verdict.figures])
    years = say_list(runs[:MAX_RUNS])
    if (left := len(runs) - MAX_RUNS) > 0:
        years = _("{list} and {left} more times", list=", ".join(runs[:MAX_RUNS]), left=left)
    if (many := len(verdict.figures)) > PAIR:
        years = _("{years} ({many} years)", years=years, many=many)
    told = (
        _("{limit} in {years}", limit=limit, years=years)
        if verdict.aim.whether
        else _("**{limit} in {years}**", limit=limit, years=years)
    )
    figure = _covered(verdict, first, note)
    told = (
        _("{told}, with {figure} in {year}", told=told, figure=figure, year=first.year)
        if len(verdict.figures) > 1
        else _("{told}, with {figure}", told=told, figure=figure)
    )
    return told if verdict.compared else f"{told}; {unsure}"


def _list_runs(years: list[int]) -> list[str]:
    """Write years that follow each other as a span: “2014–2016”."""
    begins = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return [
        f"{first}" if first == last else f"{first}–{last}" for first, last in zip(begins, ends, strict=True)
    ]


def _say_average(verdict: AimResult, _note: Note) -> str:
    if not verdict.figures:
        return _("no average is told: some of these years are partly in cases, or no whole years")
    across = _(", across a break in the series") if verdict.crossed else ""
    return _(
        "**{value} a year** on average{across}",
        value=say_value(verdict.measure, verdict.value),
        across=across,
    )


def _say_subject(measure: Measure, place: Place, everywhere: str = "") -> str:
    """Begin a sentence on figures: “new asylum applications in Germany numbered”, “the share of … was”."""
    subject = say_counted(measure, place, everywhere, within=True)
    return (
        _("the {subject} was", subject=subject)
        if measure.nature is Nature.RATE
        else _("{subject} numbered", subject=subject)
    )


def _dated(verdict: AimResult, each: Figured, note: Note, *, bold: bool = False) -> str:
    """Write a figure with its year, or what it stands for of it."""
    value = f"**{_value(verdict, each)}**" if bold else _value(verdict, each)
    return f"{value} {_when_noted(verdict, each, note)}"


def _value(verdict: AimResult, each: Figured) -> str:
    if each.cases:
        return say_tally(verdict.measure, Tally(each.value, each.cases))
    return say_value(verdict.measure, each.value)


def _covered(verdict: AimResult, each: Figured, note: Note) -> str:
    """Write a figure, and in brackets what it stands for where that is less than its year."""
    value = f"{_value(verdict, each)}{note(each)}"
    return f"{value} ({say_covered(verdict.measure.nature, each.extent)})" if each.extent else value


def _when(verdict: AimResult, each: Figured) -> str:
    if verdict.since is not None:
        return _("in {since}–{year}", since=verdict.since, year=each.year)
    return say_when(verdict.measure.nature, each.year, each.extent or Extent(each.year))


def _when_noted(verdict: AimResult, each: Figured, note: Note) -> str:
    return f"{_when(verdict, each)}{note(each)}"


def _where_noted(verdict: AimResult, each: Figured, note: Note, beyond: Place | None = None) -> str:
    return f"{_where(verdict, each, beyond)}{note(each)}"


def _where(verdict: AimResult, each: Figured, beyond: Place | None = None) -> str:
    """Write what tells a place from the others, or from the whole that it is in: “in France”."""
    own = _set_apart(verdict, each, beyond)
    return say_place(own, verdict.measure if verdict.measure.nature is Nature.FLOW else None)


def _set_apart(verdict: AimResult, each: Figured, beyond: Place | None = None) -> Place:
    """Leave of a place what others do not share."""
    known, place = beyond or _share_place(verdict), _place(each)
    return Place(
        None if place.origin == known.origin else place.origin,
        None if place.asylum == known.asylum else place.asylum,
    )


def _share_place(verdict: AimResult) -> Place:
    """Return what the places of all figures share."""
    places = [_place(each) for each in verdict.figures]
    origins, asylums = {each.origin for each in places}, {each.asylum for each in places}
    return Place(origins.pop() if len(origins) == 1 else None, asylums.pop() if len(asylums) == 1 else None)


def _place(each: Figured) -> Place:
    return each.whose if isinstance(each.whose, Place) else Place()


def _name(each: Figured) -> str:
    return name_place(each.whose) if isinstance(each.whose, Place) else each.whose.text


_SAYINGS = {
    AimKind.FIRST: _say_first,
    AimKind.CHANGED: _say_change,
    AimKind.EVERY_YEAR: _say_change,
    AimKind.PERCENT: _say_moved,
    AimKind.TIMES: _say_times,
    AimKind.MORE: _say_two,
    AimKind.DIFFERENCE: _say_two,
    AimKind.TOGETHER: _say_together,
    AimKind.RECORD: _say_record,
    AimKind.PASSED: _say_passed,
    AimKind.JUMP: _say_jump,
    AimKind.RANGE: _say_range,
    AimKind.AVERAGE: _say_average,
    AimKind.SHARE: _say_share,
    AimKind.TOP_SHARE: _say_few,
    AimKind.WITHOUT: _say_without,
    AimKind.INCLUDING: _say_including,
    AimKind.MOVED_MORE: _say_moved_more,
    AimKind.WHICH: _say_which,
    AimKind.EACH: _say_each,
    AimKind.EACH_DAY: _say_each_day,
    AimKind.PER_SO_MANY: _say_per_so_many,
}
