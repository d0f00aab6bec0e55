"""The first words of an answer to a question that asks for more than a figure: yes or no, how many more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words import (
    capitalise,
    name_place,
    say_covered,
    say_percent,
    say_share,
    say_tally,
    say_times,
    say_value,
    say_when,
)
from data.model import Nature, Place, Tally
from data.reading.ask.outcome import AimKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.reading.ask.aim_result import AimResult, Figured

_ALIKE = 0.005
MAX_RUNS = 5
MAX_NAMED = 5
ACROSS = "across a break in the series"


def say_verdict(verdict: AimResult, answer: str) -> tuple[str, ...]:
    """Say what a question asked before the answer with the figures: “**No**: Germany is third with …”."""
    say = _SAYINGS.get(verdict.aim.point)  # whether there are any the answer says
    said = say(verdict) if say else ""
    if verdict.holds is None:
        return f"{capitalise(said)}.", answer
    word = "**Yes**" if verdict.holds else "**No**"
    return (f"{word}: {said}.", answer) if said else (f"{word}. {answer}",)


def _say_first(verdict: AimResult) -> str:
    """Name who is first where that is another; the headline has the place of the one that was asked for."""
    others = verdict.figures[1:]
    last = "last" if verdict.aim.sign < 0 else "first"
    return f"{_name(others[0])} is {last} with {_value(verdict, others[0])}" if others else ""


def _say_change(verdict: AimResult) -> str:
    """Say how far one year is from the other, the answer to yes or no before it."""
    figures, far = _say_pair(verdict), _say_far(verdict)
    if not far:
        return f"{figures}: these do not compare" if verdict.holds is None else figures
    if not verdict.compared or verdict.measure.nature is Nature.RATE:
        return figures
    if verdict.crossed:
        return f"{figures}: {far}, but {ACROSS}"
    return f"{far} ({figures})"


def _say_moved(verdict: AimResult) -> str:
    """Say how far a year is from another where just that is asked for: in percent, in number, as a factor."""
    far = _say_far(verdict)
    if verdict.measure.nature is Nature.RATE or not far:
        return _say_change(verdict)
    across = f" {ACROSS}" if verdict.crossed else ""
    return f"**{far}**{across}: {_say_pair(verdict)}"


def _say_far(verdict: AimResult) -> str:
    """Write how far, as it is asked for; empty where years do not compare."""
    one, other = verdict.figures[:: 1 if verdict.aim.back else -1]
    ratio, point = verdict.value, verdict.aim.point
    if not verdict.compared:
        return ""
    word = "more" if one.value > other.value else "fewer"
    if point is AimKind.DIFFERENCE:
        return f"{abs(one.value - other.value):,.0f} {word}"
    if ratio is None:
        return "more" if verdict.holds is None else word
    if point is not AimKind.PERCENT:
        if abs(ratio - 1) < _ALIKE:
            return "about as many"
        if ratio >= (2 if point is AimKind.CHANGED else 1):
            return f"{say_times(ratio - 1)} times as many"
    return f"{say_percent(ratio - 1)} {word}"


def _say_pair(verdict: AimResult) -> str:
    return ", ".join(_dated(verdict, each) for each in verdict.figures)


def _say_times(verdict: AimResult) -> str:
    one, other = verdict.figures
    return (_say_moved if one.whose == other.whose else _say_two)(verdict)


def _say_two(verdict: AimResult) -> str:
    if verdict.figures[0].year != verdict.figures[1].year:
        return _say_moved(verdict)
    one, other = verdict.figures
    amount = _say_beside(verdict)
    figures = f"{_name(one)} {_value(verdict, one)}, {_name(other)} {_value(verdict, other)}"
    if verdict.holds is not None:
        alike = one.extent == other.extent and not (one.cases or other.cases)
        return f"{figures}{f' ({amount})' if alike and amount else ''}, in {one.year}"
    return f"**{amount}** in {one.year}: {figures}"


def _say_beside(verdict: AimResult) -> str:
    """Write how far two places are apart: how many more one has, or how many times as many."""
    if verdict.value is None:
        return ""
    if verdict.aim.point is AimKind.TIMES or verdict.aim.value:
        times = float(verdict.value)
        return f"{say_times(times - 1)} times as many" if times >= 1 else f"{say_percent(times - 1)} fewer"
    more = verdict.value > 0
    if verdict.measure.nature is Nature.RATE:
        points = f"{abs(verdict.value) * 100:.1f} points"
        return f"{points} higher" if more else f"{points} lower"
    amount = f"{abs(verdict.value):,.0f}"
    return f"{amount} more" if more else f"{amount} fewer"


def _say_together(verdict: AimResult) -> str:
    cases = sum(each.cases or 0 for each in verdict.figures)
    total = say_tally(verdict.measure, Tally(verdict.value, cases)) if cases else ""
    total = total or say_value(verdict.measure, verdict.value)
    return f"**{total}** together in {verdict.figures[0].year}: {_list(verdict, verdict.figures)}"


def _say_share(verdict: AimResult) -> str:
    share = say_share(float(verdict.value or 0))
    if len(verdict.figures) == 1:
        one = verdict.figures[0]
        return f"**{share}** in {one.year}: {_name(one)}, {_value(verdict, one)}"
    whole, *parts = verdict.figures
    return f"**{share}** in {whole.year}: {_list(verdict, parts)}, of {_value(verdict, whole)}"


def _say_few(verdict: AimResult) -> str:
    left = len(verdict.figures) - MAX_NAMED
    more = f" and {left} more" if left > 0 else ""
    share, named = say_share(float(verdict.value or 0)), _list(verdict, verdict.figures[:MAX_NAMED])
    return f"**{share}** together: {named}{more}"


def _say_without(verdict: AimResult) -> str:
    whole, *parts = verdict.figures
    left = say_value(verdict.measure, verdict.value)
    told = f"{_value(verdict, whole)} less {_list(verdict, parts)}"
    return f"**{left} without them** in {whole.year}: {told}"


def _say_including(verdict: AimResult) -> str:
    whole, *parts = verdict.figures
    return f"**{_value(verdict, whole)}** in {whole.year}, among them {_list(verdict, parts)}"


def _list(verdict: AimResult, figures: Iterable[Figured]) -> str:
    return ", ".join(f"{_name(each)} {_value(verdict, each)}" for each in figures)


def _say_record(verdict: AimResult) -> str:
    if not verdict.figures:
        return "Which year was lowest cannot be told: several are alike, or counted in part"
    record, *span = verdict.figures
    of = f", the lowest of {span[0].year}–{span[-1].year}" if span else ""
    if verdict.holds is None:
        return f"**{record.year}**, with {_value(verdict, record)}{of}"
    word = "highest" if verdict.aim.sign > 0 else "lowest"
    return "" if verdict.holds else f"the {word} was {_value(verdict, record)} in {record.year}"


def _say_passed(verdict: AimResult) -> str:
    """Name the years above a number, or below it, a run of them as a span; the first with its figure."""
    value = say_value(verdict.measure, verdict.value)
    limit = f"above {value}" if verdict.aim.sign > 0 else f"below {value}"
    unsure = "" if verdict.compared else "; of years counted in part, or in cases, it cannot be told"
    if not verdict.figures:
        return f"in no year {limit}{unsure}"
    first, runs = verdict.figures[0], _list_runs([each.year for each in verdict.figures])
    told = ", ".join(runs[:MAX_RUNS]) + (f" and {more} more" if (more := len(runs) - MAX_RUNS) > 0 else "")
    begins = f"first {limit} in {first.year}" if verdict.compared else f"{limit} in {first.year}"
    begins = begins if verdict.aim.whether else f"**{begins}**"
    return f"{begins}, with {_value(verdict, first)}; years {limit}: {told}{unsure}"


def _list_runs(years: list[int]) -> list[str]:
    """Write years that follow each other as a span: “2014–2016”."""
    begins = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return [
        f"{first}" if first == last else f"{first}–{last}" for first, last in zip(begins, ends, strict=True)
    ]


def _say_average(verdict: AimResult) -> str:
    if not verdict.figures:
        return "No average is told: some of these years are partly in cases, or no whole years"
    return f"**{say_value(verdict.measure, verdict.value)} a year** on average"


def _value(verdict: AimResult, each: Figured) -> str:
    covered = f" ({say_covered(verdict.measure.nature, each.extent)})" if each.extent else ""
    if each.cases:
        return f"{say_tally(verdict.measure, Tally(each.value, each.cases))}{covered}"
    return f"{say_value(verdict.measure, each.value)}{covered}"


def _dated(verdict: AimResult, each: Figured) -> str:
    """Write a figure with its year, or what it stands for of it."""
    when = say_when(verdict.measure.nature, each.year, each.extent) if each.extent else f"in {each.year}"
    value = say_tally(verdict.measure, Tally(each.value, each.cases)) if each.cases else ""
    return f"{value or say_value(verdict.measure, each.value)} {when}"


def _name(each: Figured) -> str:
    return name_place(each.whose) if isinstance(each.whose, Place) else each.whose.text


_SAYINGS = {
    AimKind.FIRST: _say_first,
    AimKind.CHANGED: _say_change,
    AimKind.PERCENT: _say_moved,
    AimKind.TIMES: _say_times,
    AimKind.MORE: _say_two,
    AimKind.DIFFERENCE: _say_two,
    AimKind.TOGETHER: _say_together,
    AimKind.RECORD: _say_record,
    AimKind.PASSED: _say_passed,
    AimKind.AVERAGE: _say_average,
    AimKind.SHARE: _say_share,
    AimKind.TOP_SHARE: _say_few,
    AimKind.WITHOUT: _say_without,
    AimKind.INCLUDING: _say_including,
}
