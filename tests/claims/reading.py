"""Texts with the verdicts that their numbers must get, and how a finding reads beside them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.words import say_day
from data.model import Measure
from data.reading.check import verdicts as v

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 25)

_MEASURES = {Measure.PENDING: "pending", Measure.APPLICATIONS: "applications", Measure.REJECTED: "rejected"}


_VERDICTS = {
    v.Verdict.MATCHES: "matches",
    v.Verdict.ELSE: "matches, but is something else",
    v.Verdict.UNTIL: "was right until",
    v.Verdict.ROUNDED: "rounded",
    v.Verdict.CLOSE: "close",
    v.Verdict.NOT_FOUND: "not in these figures",
    v.Verdict.UNCHECKED: "cannot be checked",
}


@dataclass(frozen=True)
class Example:
    """A text, and the verdict of each number in it that is a claim."""

    says: str
    expect: dict[str, str]
    written: date = TODAY


def read_examples(name: str) -> list[Example]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return [Example(**each) for each in tomllib.load(file)["text"]]


def tell(check: v.Check) -> dict[str, str]:
    """Write findings as the examples do."""
    return {_number(finding): _verdict(finding) for finding in check.findings}


def _number(finding: v.ClaimFinding) -> str:
    claim = finding.claim
    return claim.number


def _verdict(finding: v.ClaimFinding) -> str:
    words = _VERDICTS[finding.verdict]
    if finding.verdict is v.Verdict.UNTIL:
        assert finding.until is not None
        words = f"{words} {say_day(finding.until.day)}"
    flaws = "; ".join(_flaws(finding))
    return f"{words} ({flaws})" if flaws else words


def _flaws(finding: v.ClaimFinding) -> Iterator[str]:
    for flaw in finding.flaws:
        match flaw:
            case v.OtherMeasure(measure=measure):
                yield _MEASURES.get(measure, measure.value)
            case v.HalfYear():
                yield "half a year"
            case v.PartOfYear():
                yield "part of a year"
            case v.WholeYear():
                yield "year-end"
            case v.OtherYear():
                yield "another year"
            case v.OtherPlace():
                yield "another place"
            case v.SidesSwapped():
                yield "sides swapped"
            case v.CasesNotPeople():
                yield "cases"
            case v.RepeatsIncluded(appeals=False):
                yield "repeats"
            case v.RepeatsIncluded():
                yield "repeats included"
            case v.BothUnits():
                yield "persons and cases"
            case v.FirstAlone():
                yield "first alone"
            case v.SubstantiveOnly():
                yield "on the merits"
            case v.ComplementaryIncluded():
                yield "complementary included"
            case v.ClosedIncluded():
                yield "closed included"
            case v.OtherLevel():
                yield "all levels"
            case v.NotArrivals():
                yield "no arrivals"
            case v.StocksSummed():
                yield "stocks summed"
