"""Fit the weights of the check on labelled texts: `python -m tests.claims.fit_weights TEXTS.jsonl … [--write]`.

A line of such a file is a text of a day with its numbers, each with the figure that it is:

{"id": "a1", "written": "2026-02-01", "text": "… 178,725 Chinese …", "numbers": [{"number": "178,725",
"figure": 178725, "year": 2025, "origin": "CHN", "asylum": null}]}

`origin` and `asylum` are ISO codes of three letters, any other word for a group, null for all; `also` may list
other values that are as right. A `figure` of null says that the number is none. Beside those texts the
project's own and random numbers are used. It prints how many numbers get the right figure, by the weights as they
are and by fitted ones, always on texts that were left out of the fit, for each strength of the tie that keeps
weights where they are; `--write STRENGTH` writes the table fitted on all texts.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.services import Services
from data.model import Area, Group
from data.reading.check import costs
from data.reading.check.candidates import LEAST, Candidate, find_candidates
from data.reading.check.claim import Claim, Subject
from data.reading.check.evidence import Fact
from data.reading.check.judgement import join_kin
from data.reading.check.search import gather_evidence, read_claims
from tests.asking import open_services
from tests.claims.chance import KINDS, sentences
from tests.claims.reading import TODAY, read_examples

FLOOR = -3.5
"""Candidates that score less are so unlikely that no weight makes them the likeliest."""

MAX_CANDIDATES = 50
RANDOM = 250
FOLDS = 4
STRENGTHS = (1.0, 3.0, 10.0, 30.0)
STEPS, RATE = 300, 0.02
TABLE = Path(costs.__file__).with_name("weights.csv")
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Labelled:
    """A number with what it may be: a row of differences for each candidate, and which of them are right."""

    origin: str
    text: str
    surprise: Floats
    differences: Floats
    right: npt.NDArray[np.bool_]


def is_right(label: dict[str, Any], fact: Fact) -> bool:
    """Say whether a figure is the one that a number was labelled with."""
    values = [value for value in (label["figure"], *(label.get("also") or ())) if value is not None]
    years = label["year"] if isinstance(label["year"], list) else [label["year"]]
    sides = (label["origin"], fact.place.origin), (label["asylum"], fact.place.asylum)
    alike = fact.value != label["figure"] or str(fact.year) in {str(year)[-4:] for year in years}
    return fact.value in values and alike and all(_is_side(name, area) for name, area in sides)


def _is_side(name: str | None, area: Area | None) -> bool:
    if isinstance(area, Group):
        return name is not None and not (len(name) == len("ISO") and name.isupper())
    return name == (area.iso3 if area else None)


async def label_texts(services: Services, files: Sequence[Path]) -> AsyncIterator[Labelled]:
    """Yield the numbers of the labelled texts, of the project's own, and random ones."""
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            text = json.loads(line)
            left = list(text["numbers"])
            for claim, found in await _read(services, text["text"], date.fromisoformat(text["written"])):
                label = next((each for each in left if each["number"] == claim.number), None)
                if label:
                    left.remove(label)
                    yield _pack(
                        file.stem, text["id"], found, [is_right(label, each) for each in _facts(found)]
                    )
    for name in ("figures", "others"):
        for place, example in enumerate(read_examples(name)):
            for claim, found in await _read(services, example.says, example.written):
                verdict = example.expect.get(claim.number, "").split(" (")[0]
                matched = verdict.startswith(("matches", "rounded", "close", "was right"))
                if matched and not (found and found[0].score >= LEAST):
                    continue  # told of a sum, a rate or a range
                right = [matched and _is_same(fact, _facts(found)[0]) for fact in _facts(found)]
                yield _pack(name, f"{name}{place}", found, right)
    for kind in KINDS:
        for place, sentence in enumerate(sentences(kind, RANDOM, "fit")):
            for _, found in await _read(services, sentence, TODAY):
                yield _pack("chance", f"{kind}{place}", found, [False] * len(found))


def _facts(found: Sequence[Candidate]) -> list[Fact]:
    return [each.match.source for each in found if isinstance(each.match.source, Fact)]


def _is_same(one: Fact, other: Fact) -> bool:
    return (one.value, one.place, one.year, one.measure) == (
        other.value,
        other.place,
        other.year,
        other.measure,
    )


async def _read(services: Services, text: str, written: date) -> list[tuple[Claim, list[Candidate]]]:
    """Read a text as the check does, with all that each of its numbers may be."""
    async with services.answers._open_view(None, whole=True) as view:
        then = next((each for each in reversed(view.releases) if each.day <= written), None)
        newest = view.releases[-1].newest_year
        claims = read_claims(text, services.countries, written, newest, then.newest_year if then else None)
        evidence = await gather_evidence(view, claims)
        return [
            (claim, [each for each in found if isinstance(each.match.source, Fact)][:MAX_CANDIDATES])
            for claim in join_kin(claims, evidence, then)
            if claim.quantity and claim.subject in (Subject.PEOPLE, Subject.UNCLEAR)
            if (found := find_candidates(claim, evidence, then, FLOOR))
        ]


def _pack(origin: str, text: str, found: Sequence[Candidate], right: Sequence[bool]) -> Labelled:
    names = list(costs.read_weights())
    differences = np.zeros((len(found), len(names)))
    for row, each in zip(differences, found, strict=True):
        for feature in each.features:
            row[names.index(feature)] += 1
    surprise = np.array([each.score + costs.cost(each.features) for each in found])
    return Labelled(origin, text, surprise, differences, np.array(right, dtype=bool))


def fit(labelled: Sequence[Labelled], start: Floats, strength: float) -> Floats:
    """Return weights under which the right figures are likeliest; `strength` ties them to where they start."""
    sizes = [len(each.right) for each in labelled]
    of = np.repeat(np.arange(len(labelled)), sizes)
    surprise = np.concatenate([each.surprise for each in labelled])
    differences = np.concatenate([each.differences for each in labelled])
    right = np.concatenate([each.right for each in labelled])
    known = np.array([each.right.any() for each in labelled])
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        scores = (surprise - differences @ weights - LEAST) * np.log(10)  # 0: no figure at all
        most = np.zeros(len(labelled))
        np.maximum.at(most, of, scores)
        odds = np.exp(scores - most[of])
        told = odds / (np.bincount(of, odds, len(labelled)) + np.exp(-most))[of]
        wanted = odds * right
        wanted /= np.where(known, np.maximum(np.bincount(of, wanted, len(labelled)), 1e-30), 1.0)[of]
        slope = (wanted - told) @ differences + 2 * strength * (weights - start)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = np.maximum(weights, 0)
    return weights


def count_right(labelled: Sequence[Labelled], weights: Floats) -> Counter[str]:
    """Count the numbers that get the right figure, or none where they are none, by where they come from."""
    right: Counter[str] = Counter()
    for each in labelled:
        scores = each.surprise - each.differences @ weights
        found = scores.max() >= LEAST
        right[each.origin] += bool(
            each.right[scores.argmax()] if each.right.any() and found else found == each.right.any()
        )
    return right


def cross_validate(labelled: Sequence[Labelled], start: Floats, strength: float) -> Counter[str]:
    """Count the same on texts that the weights were not fitted on."""
    texts = sorted({each.text for each in labelled})
    random.Random(1).shuffle(texts)
    right: Counter[str] = Counter()
    for fold in range(FOLDS):
        out = frozenset(texts[fold::FOLDS])
        weights = fit([each for each in labelled if each.text not in out], start, strength)
        right += count_right([each for each in labelled if each.text in out], weights)
    return right


def write(weights: Floats) -> None:
    """Write the table anew; what each row means stays."""
    rows = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(
            row | {"weight": f"{weight:.2f}".rstrip("0").rstrip(".")}
            for row, weight in zip(rows, weights, strict=True)
        )


async def gather(database: Path, files: Sequence[Path]) -> list[Labelled]:
    """Read all labelled numbers that may be anything."""
    async with open_services(database) as services:
        return [each async for each in label_texts(services, files) if len(each.right)]


def report(name: str, right: Counter[str], all_of: Counter[str]) -> Iterator[str]:
    """Write a line of a table: of each origin how many are right."""
    yield f"{name:14}" + "  ".join(f"{each} {right[each]}/{count}" for each, count in all_of.items())


def main() -> None:
    """Fit, and say what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument(
        "--database", type=Path, default=Path(os.environ.get("DATABASE_PATH", "figures.sqlite3"))
    )
    parser.add_argument("--write", type=float, metavar="STRENGTH")
    chosen = parser.parse_args()
    labelled = asyncio.run(gather(chosen.database, chosen.texts))
    start = np.array(list(costs.read_weights().values()))
    all_of = Counter(each.origin for each in labelled)
    lines = [*report("as it is", count_right(labelled, start), all_of)]
    for strength in STRENGTHS:
        lines += report(f"tied {strength:g}", cross_validate(labelled, start, strength), all_of)
    print("\n".join(lines))
    if chosen.write:
        write(fit(labelled, start, chosen.write))


if __name__ == "__main__":
    main()
