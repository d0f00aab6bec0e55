"""The first words of an answer to a question that asks for more than a figure: yes or no, how many more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words import name_place, say_covered, say_share, say_tally, say_times, say_value, say_when
from data.model import Nature, Place, Tally
from data.reading.ask.outcome import Point

if TYPE_CHECKING:
    from data.reading.ask.verdict import Figured, Verdict

_ALIKE = 0.005
ACROSS = "across a break in the series"


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
    """Say how far one year is from the other, the answer to yes or no before it."""
    figures, far = _say_pair(verdict), _say_far(verdict)
    if not far:
        return f"{figures}: these do not compare" if verdict.holds is None else figures
    if not verdict.compared or verdict.measure.nature is Nature.RATE:
        return figures
    if verdict.crossed:
        return f"{figures}: {far}, but {ACROSS}"
    return f"{far} ({figures})"


def _say_moved(verdict: Verdict) -> str:
    """Say how far a year is from another where just that is asked for: in percent, in number, as a factor."""
    far = _say_far(verdict)
    if verdict.measure.nature is Nature.RATE or not far:
        return _say_change(verdict)
    across = f" {ACROSS}" if verdict.crossed else ""
    return f"**{far}**{across}: {_say_pair(verdict)}"


def _say_far(verdict: Verdict) -> str:
    """Write how far, as it is asked for; empty where years do not compare."""
    one, other = verdict.figures[:: 1 if verdict.aim.back else -1]
    ratio, point = verdict.value, verdict.aim.point
    if not verdict.compared:
        return ""
    word = "more" if one.value > other.value else "fewer"
    if point is Point.DIFFERENCE:
        return f"{abs(one.value - other.value):,.0f} {word}"
    if ratio is None:
        return "more" if verdict.holds is None else word
    if point is not Point.PERCENT:
        if abs(ratio - 1) < _ALIKE:
            return "about as many"
        if ratio >= (2 if point is Point.CHANGED else 1):
            return f"{say_times(ratio - 1)} times as many"
    return f"{abs(ratio - 1):.0%} {word}"


def _say_pair(verdict: Verdict) -> str:
    return ", ".join(_dated(verdict, each) for each in verdict.figures)


def _say_two(verdict: Verdict) -> str:
    if verdict.figures[0].year != verdict.figures[1].year:
        return _say_moved(verdict)
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
    value = say_tally(verdict.measure, Tally(each.value, each.cases)) if each.cases else ""
    return f"{value or say_value(verdict.measure, each.value)} {when}"


def _name(each: Figured) -> str:
    return name_place(each.whose) if isinstance(each.whose, Place) else each.whose.text


_SAYINGS = {
    Point.FIRST: _say_first,
    Point.CHANGED: _say_change,
    Point.PERCENT: _say_moved,
    Point.TIMES: _say_moved,
    Point.MORE: _say_two,
    Point.DIFFERENCE: _say_two,
    Point.TOGETHER: _say_together,
    Point.RECORD: _say_record,
    Point.AVERAGE: _say_average,
    Point.SHARE: _say_share,
}
