"""Two years that are named are two moments: both are asked for, and the one that is compared is held so."""

from __future__ import annotations

import itertools

import pytest

from data.countries import Atlas
from data.model import Measure
from data.questions.trend import AskTrend
from data.reading.ask import Aim, AimKind, Understood
from tests.data.reading.ask.reading import read

EARLY, LATE, NEWEST = 2015, 2023, 2025
SUBJECTS = (
    ("asylum applications in Germany", "asylum applications", "in Germany", Measure.APPLICATIONS),
    ("Syrian refugees in Turkey", "Syrian refugees", "in Turkey", Measure.REFUGEES),
    ("pending claims in Canada", "pending claims", "in Canada", Measure.PENDING),
    ("refugees worldwide", "refugees", "worldwide", Measure.REFUGEES),
    ("rejections in France", "rejections", "in France", Measure.REJECTED),
)
BETWEEN = (
    "from {a} to {b}",
    "between {a} and {b}",
    "in {b} compared with {a}",
    "in {b} compared to {a}",
    "from {a} until {b}",
    "{a}–{b}",
)
SINCE = ("since {a}", "compared with {a}", "compared to what it was in {a}", "since the year {a}")
MOVED = (
    ("rise", "risen", 1, None),
    ("fall", "fallen", -1, None),
    ("increase", "increased", 1, None),
    ("drop", "dropped", -1, None),
    ("double", "doubled", 1, 2.0),
    ("halve", "halved", -1, 0.5),
    ("triple", "tripled", 1, 3.0),
    ("rise by more than a third", "risen by more than a third", 1, 4 / 3),
    ("fall by at least 40%", "fallen by at least 40%", -1, 0.6),
)
MORE = (("more", 1, None), ("fewer", -1, None), ("twice as many", 1, 2.0), ("five times as many", 1, 5.0))


def forms() -> list[tuple[str, int, int | None, Aim, Measure]]:
    """Questions with the first and the last year that they ask for, and what must be said first."""
    found: list[tuple[str, int, int | None, Aim, Measure]] = []
    for (whole, counted, where, of), (verb, participle, sign, value) in itertools.product(SUBJECTS, MOVED):
        aim = Aim(AimKind.CHANGED, True, sign, value)
        found += [
            (f"Did {whole} {verb} {span.format(a=EARLY, b=LATE)}?", EARLY, LATE, aim, of) for span in BETWEEN
        ]
        found += [
            (f"Have {whole} {participle} {span.format(a=EARLY)}?", EARLY, None, aim, of) for span in SINCE
        ]
        found.append((f"Have {whole} {participle} over the past five years?", 2021, NEWEST, aim, of))
        found.append((f"Has the number of {whole} {participle} in a decade?", 2016, NEWEST, aim, of))
        found.append((f"Have {counted} {participle} {where} in the last ten years?", 2016, NEWEST, aim, of))
    for (_, counted, where, of), (word, sign, value) in itertools.product(SUBJECTS, MORE):
        than = "as" if " as " in word else "than"
        for one, other in ((EARLY, LATE), (LATE, EARLY)):
            aim = Aim(AimKind.CHANGED, True, sign, value, back=one < other)
            found.append(
                (f"Were there {word} {counted} {where} in {one} {than} in {other}?", EARLY, LATE, aim, of)
            )
        aim = Aim(AimKind.CHANGED, True, sign, value)
        found.append((f"Are there {word} {counted} {where} {than} in {EARLY}?", EARLY, None, aim, of))
        found.append((f"Are there {word} {counted} {where} {than} five years ago?", 2021, None, aim, of))
    for (whole, counted, where, of), back in itertools.product(SUBJECTS, (False, True)):
        one, other = (EARLY, LATE) if back else (LATE, EARLY)
        for text, point in (
            (f"How many more {counted} were there {where} in {one} than in {other}?", AimKind.DIFFERENCE),
            (f"How many fewer {counted} were there {where} in {one} than in {other}?", AimKind.DIFFERENCE),
            (f"How many times as many {counted} were there {where} in {one} as in {other}?", AimKind.TIMES),
            (f"How many times more {counted} were there {where} in {one} than in {other}?", AimKind.TIMES),
        ):
            found.append((text, EARLY, LATE, Aim(point, back=back), of))
        for span in BETWEEN if not back else ():
            text = f"By what percentage did {whole} rise {span.format(a=EARLY, b=LATE)}?"
            found.append((text, EARLY, LATE, Aim(AimKind.PERCENT), of))
    return found


def test_both_years_are_asked_for_and_what_is_compared_with_which(atlas: Atlas) -> None:
    missed = {}
    for text, first, last, aim, measure in forms():
        outcome = read(text, atlas)
        answer = outcome.answers[0] if isinstance(outcome, Understood) else None
        question = answer.question if answer else None
        if not isinstance(question, AskTrend) or answer is None:
            missed[text] = outcome
            continue
        years = (min(question.years), max(question.years)) if question.years else ()
        ends = years or (question.first, question.last)
        same = answer.aim is not None and (answer.aim.value or 0) == pytest.approx(aim.value or 0)
        same = (
            same and answer.aim is not None and (answer.aim.point, answer.aim.back) == (aim.point, aim.back)
        )
        same = (
            same
            and answer.aim is not None
            and (answer.aim.whether, answer.aim.sign) == (aim.whether, aim.sign)
        )
        if ends != (first, last) or not same or question.measure is not measure:
            missed[text] = (question, answer.aim)
    assert missed == {}


@pytest.mark.parametrize("more", ["more", "fewer", "twice as many"])
@pytest.mark.parametrize(("one", "other"), [(LATE, EARLY), (EARLY, LATE)])
@pytest.mark.parametrize("counted", [subject[1] for subject in SUBJECTS if "Syrian" not in subject[1]])
def test_two_countries_in_years_of_their_own_are_both_told_and_neither_is_judged_by_its_own_past(
    atlas: Atlas, counted: str, one: int, other: int, more: str
) -> None:
    than = "as" if " as " in more else "than"

    outcome = read(f"Were there {more} {counted} in Germany in {one} {than} in Greece in {other}?", atlas)

    assert isinstance(outcome, Understood)
    asked = [(each.question.places[0].asylum.code, each.question.last) for each in outcome.answers]  # type: ignore[union-attr]
    assert asked == [("GFR", one), ("GRE", other)]
    assert not any(each.aim for each in outcome.answers)


@pytest.mark.parametrize("begin", ["after {}", "since the end of {}", "from the end of {}"])
def test_a_number_after_a_year_leaves_that_year_out(atlas: Atlas, begin: str) -> None:
    after = read(f"How many asylum applications in Germany {begin.format(EARLY)}?", atlas)

    assert isinstance(after, Understood)
    assert (
        after.question == read(f"How many asylum applications in Germany since {EARLY + 1}?", atlas).question
    )  # type: ignore[union-attr]
