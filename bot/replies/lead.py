"""The first words of an answer to a question that asks for more than a figure: yes or no, how many more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words import name_place, say_covered, say_share, say_tally, say_times, say_value, say_when
from data.model import Nature, Place, Tally
from data.reading.ask.outcome import Point

if TYPE_CHECKING:
    from data.reading.ask.verdict import Figured, Verdict

_ALIKE = 0.005


def say_verdict(verdict: Verdict, answer: str) -> tuple[str, ...]:
    """Say what a question asked before the answer with the figures: “**No**: Germany is third with …”."""
    say = _SAYINGS.get(verdict.aim.point)  # whether there are any the answer says
    said = say(verdict) if say else ""
    if verdict.holds is None:
        return f"{said}.", answer
    word = f"**{'Yes' if verdict.holds else 'No'}**"
    return (f"{word}: {said}.", answer) if said else (f"{word}. {answer}",)


def _say_first(verdict: Verdict) -> str:
    """Name who is first where that is another; the headline has the place of the one that was asked for."""
    others = verdict.figures[1:]
    last = "last" if verdict.aim.sign < 0 else "first"
    return f"{_name(others[0])} is {last} with {_value(verdict, others[0])}" if others else ""


def _say_change(verdict: Verdict) -> str:
    before, after = verdict.figures
    figures = f"{_dated(verdict, before)}, {_dated(verdict, after)}"
    ratio = verdict.value
    if before.extent or after.extent:
        return f"{figures}: these do not compare"
    if verdict.crossed:
        return f"{figures}, across a break in the series"
    if ratio is None or verdict.measure.nature is Nature.RATE:
        return figures
    if abs(ratio - 1) < _ALIKE:
        return f"about as many ({figures})"
    if ratio >= 2:  # noqa: PLR2004 - as many times
        return f"{say_times(ratio - 1)} times as many ({figures})"
    return f"{abs(ratio - 1):.0%} {'more' if ratio > 1 else 'fewer'} ({figures})"


def _say_percent(verdict: Verdict) -> str:
    before, after = verdict.figures
    if verdict.value is None or verdict.crossed or verdict.measure.nature is Nature.RATE:
        return _say_change(verdict)
    word = "more" if verdict.value > 1 else "fewer"
    figures = f"{_dated(verdict, before)}, {_dated(verdict, after)}"
    return f"**{abs(verdict.value - 1):.0%} {word}**: {figures}"


def _say_two(verdict: Verdict) -> str:
    one, other = verdict.figures
    difference = verdict.value or 0
    word = "more" if difference > 0 else "fewer"
    if verdict.measure.nature is Nature.RATE:
        amount = f"{abs(difference) * 100:.1f} points {'higher' if difference > 0 else 'lower'}"
    else:
        amount = f"{abs(difference):,.0f} {word}"
    figures = f"{_name(one)} {_value(verdict, one)}, {_name(other)} {_value(verdict, other)}"
    if verdict.holds is not None:
        alike = one.extent == other.extent and not (one.cases or other.cases)
        return f"{figures}{f' ({amount})' if alike else ''}, in {one.year}"
    return f"**{amount}** in {one.year}: {figures}"


def _say_together(verdict: Verdict) -> str:
    named = ", ".join(f"{_name(each)} {_value(verdict, each)}" for each in verdict.figures)
    return f"**{say_value(verdict.measure, verdict.value)}** together in {verdict.figures[0].year}: {named}"


def _say_share(verdict: Verdict) -> str:
    share = say_share(float(verdict.value or 0))
    if len(verdict.figures) == 1:
        one = verdict.figures[0]
        return f"**{share}** in {one.year}: {_name(one)}, {_value(verdict, one)}"
    whole, part = verdict.figures
    return f"**{share}** in {part.year}: {_name(part)} {_value(verdict, part)}, of {_value(verdict, whole)}"


def _say_record(verdict: Verdict) -> str:
    record = verdict.figures[0]
    if verdict.holds is None:
        return f"**{record.year}**, with {_value(verdict, record)}"
    return "" if verdict.holds else f"the highest was {_value(verdict, record)} in {record.year}"


def _say_average(verdict: Verdict) -> str:
    return f"**{say_value(verdict.measure, verdict.value)} a year** on average"


def _value(verdict: Verdict, each: Figured) -> str:
    covered = f" ({say_covered(verdict.measure.nature, each.extent)})" if each.extent else ""
    if each.cases:
        return f"{say_tally(verdict.measure, Tally(each.value, each.cases))}{covered}"
    return f"{say_value(verdict.measure, each.value)}{covered}"


def _dated(verdict: Verdict, each: Figured) -> str:
    """Write a figure with its year, or what it stands for of it."""
    when = say_when(verdict.measure.nature, each.year, each.extent) if each.extent else f"in {each.year}"
    return f"{say_value(verdict.measure, each.value)} {when}"


def _name(each: Figured) -> str:
    return name_place(each.whose) if isinstance(each.whose, Place) else each.whose.text


_SAYINGS = {
    Point.FIRST: _say_first,
    Point.CHANGED: _say_change,
    Point.PERCENT: _say_percent,
    Point.MORE: _say_two,
    Point.DIFFERENCE: _say_two,
    Point.TOGETHER: _say_together,
    Point.RECORD: _say_record,
    Point.AVERAGE: _say_average,
    Point.SHARE: _say_share,
}
