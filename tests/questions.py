"""Questions of every kind about every kind of place, the same ones on every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from data.countries import Atlas
from data.model import Country, Level, Measure, Per, Place, Role
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend, ScaleName, compare_places

DAYS = (None, date(2025, 11, 10), date(2026, 6, 12), date(2026, 6, 25))
OFTEN = (
    "China",
    "Syria",
    "Venezuela",
    "Afghanistan",
    "Unknown",
    "Stateless",
    "USA",
    "Germany",
    "Egypt",
    "Malta",
)
SCALES: tuple[ScaleName, ...] = ("linear", "log")


def sample_questions(atlas: Atlas, seed: str) -> Iterator[Question]:
    """Yield questions without end, as the commands put them."""
    chance = random.Random(seed)
    often, all_of_them = [atlas.find(name) for name in OFTEN], atlas.countries()

    def country() -> Country | None:
        return chance.choice([None, chance.choice(often), chance.choice(often), chance.choice(all_of_them)])

    def year() -> int | None:
        return chance.choice([None, 2025, 2024, chance.randint(1999, 2026)])

    while True:
        place, day, measure = Place(country(), country()), chance.choice(DAYS), chance.choice(list(Measure))
        kind = chance.randrange(5)
        if kind == 0:
            yield AskFigures(place, year(), chance.choice(list(Per)), as_of=day)
        elif kind == 1:
            others = chance.sample(all_of_them, chance.choice((0, 0, 1, 5))) if chance.random() < 0.3 else []
            others += chance.sample(often, chance.choice((0, 0, 1, 2))) if len(others) < 4 else []
            first, last = sorted((chance.randint(2000, 2025), chance.randint(2000, 2025)))
            span = chance.choice([(None, None), (first, last), (None, last), (first, None)])
            yield AskTrend(
                measure,
                compare_places(place, others),
                *span,
                chance.choice(SCALES),
                chance.choice(list(Per)),
                as_of=day,
            )
        elif kind == 2:
            first, last = sorted((chance.randint(2000, 2025), chance.randint(2000, 2025)))
            level = chance.choice([Level.ALL, Level.ALL, Level.FIRST])
            yield AskDecisions(place, level, *chance.choice([(None, None), (first, last)]), as_of=day)
        elif kind == 3:
            spans = [
                tuple(sorted((chance.randint(2000, 2025), chance.randint(2000, 2025)))) for _ in range(2)
            ]
            yield AskPeriod(
                measure, place, spans[0], chance.choice([None, spans[1], (2013, None)]), as_of=day
            )
        else:
            role = chance.choice(list(Role))
            side = Place(place.origin) if role is Role.ASYLUM else Place(None, place.asylum)
            if chance.random() < 0.5:
                yield AskTop(measure, role, side, year(), as_of=day)
            else:
                yield AskMap(measure, role, side, year(), chance.choice(list(Per)), as_of=day)
