"""What figures are held against: a number above or below, another country, a part of all."""

from __future__ import annotations

import pytest

from data.countries import Atlas
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.ask import Aim, AimKind, Refused, Understood
from tests.data.reading.ask.reading import read

ABOVE = (
    ("more than {}", 0),
    ("over {}", 0),
    ("at least {}", -1),
    ("no fewer than {}", -1),
    ("not less than {}", -1),
    ("{} or more", -1),
)
BELOW = (
    ("fewer than {}", 0),
    ("less than {}", 0),
    ("under {}", 0),
    ("below {}", 0),
    ("at most {}", 1),
    ("no more than {}", 1),
    ("not more than {}", 1),
    ("up to {}", 1),
    ("{} or fewer", 1),
)
BOUNDS = [(words, 1, shift) for words, shift in ABOVE] + [(words, -1, shift) for words, shift in BELOW]
NUMBERS = (("300", 300), ("2,000", 2_000), ("2000", 2_000), ("a million", 1_000_000))


@pytest.mark.parametrize(("words", "sign", "shift"), BOUNDS)
@pytest.mark.parametrize(("written", "number"), NUMBERS)
def test_a_threshold_has_its_side(
    atlas: Atlas, words: str, sign: int, shift: int, written: str, number: int
) -> None:
    said = words.format(written)
    whether = read(f"Did Latvia get {said} asylum applications in 2022?", atlas)
    listed = read(f"Which countries got {said} asylum applications in 2022?", atlas)

    assert isinstance(whether, Understood)
    assert whether.answers[0].aim == Aim(AimKind.ABOVE, True, sign, number + shift)
    assert isinstance(listed, Understood)
    assert isinstance(listed.question, AskTop)
    bounds = (number + shift, None) if sign > 0 else (None, number + shift)
    assert (listed.question.above, listed.question.below) == bounds
    assert listed.question.year == 2022


@pytest.mark.parametrize(
    ("comparison", "point", "value"),
    [
        ("three times as many applications as", AimKind.MORE, 3.0),
        ("more applications than", AimKind.MORE, None),
        ("twice as many applications as", AimKind.MORE, 2.0),
    ],
)
@pytest.mark.parametrize("other", ["Italy", "in Italy", "the Netherlands", "Nepal"])
def test_what_is_compared_has_the_side_of_the_other(
    atlas: Atlas, comparison: str, point: AimKind, value: float | None, other: str
) -> None:
    outcome = read(f"Did Sweden get {comparison} {other} in 2014?", atlas)

    assert isinstance(outcome, Understood)
    assert isinstance(outcome.question, AskTrend)
    assert [place.origin for place in outcome.question.places] == [None, None]
    assert outcome.answers[0].aim == Aim(point, True, 1, value)


@pytest.mark.parametrize(
    ("question", "rank"),
    [
        ("Which EU country came last for asylum applications in 2022?", None),
        ("Which EU country was second to last for asylum applications in 2022?", 2),
        ("Which EU country had the lowest but two asylum applications in 2022?", 3),
        ("Which EU country was third from the bottom for asylum applications in 2022?", 3),
        ("Which EU country was next to last for asylum applications in 2022?", 2),
    ],
)
def test_places_are_counted_from_below(atlas: Atlas, question: str, rank: int | None) -> None:
    outcome = read(question, atlas)

    assert isinstance(outcome, Understood)
    assert isinstance(outcome.question, AskTop)
    assert (outcome.question.order.value, outcome.question.rank) == ("smallest", rank)


@pytest.mark.parametrize(
    "question",
    [
        "Do more Iraqis return than leave?",
        "Did Norway not get more asylum applications than Denmark?",
        "How many applications did Norway get in 2022, renewed ones included?",
    ],
)
def test_what_changes_a_figure_is_never_passed_over(atlas: Atlas, question: str) -> None:
    assert isinstance(read(question, atlas), Refused)


@pytest.mark.parametrize(
    ("question", "point", "places"),
    [
        ("How many applied in Spain in 2022, including Colombians?", AimKind.INCLUDING, 2),
        ("How many applied in the EU including Malta in 2022?", AimKind.INCLUDING, 2),
        ("How many applied in the EU including Norway in 2022?", AimKind.TOGETHER, 2),
        ("How many applied in the EU plus Norway in 2022?", AimKind.TOGETHER, 2),
        ("How many applied in Norway plus Iceland in 2022?", AimKind.TOGETHER, 2),
    ],
)
def test_what_is_included_is_told_in_the_whole_or_added_to_it(
    atlas: Atlas, question: str, point: AimKind, places: int
) -> None:
    outcome = read(question, atlas)

    assert isinstance(outcome, Understood)
    assert isinstance(outcome.question, AskTrend)
    assert outcome.answers[0].aim == Aim(point)
    assert len(outcome.question.places) == places
