"""What the data take: every kind of question at every release, and what is offered while typing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from bench import asked
from bench.blank import save_blank
from bench.opening import open_services
from bench.rows import Reference, Row, median, percentile
from bench.timing import MS, on_one_core, timed
from bot.chat.composition import compose
from bot.services import Services
from data.countries.groups import read_groups
from data.errors import Unanswerable
from data.model import Level, Measure, Place, RankBy, Role
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.map import AskMap
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend

_SHARE, _SHARE_OF_COMPLETION = 0.4, 0.1
_EACH = 60
_ROUNDS = 3
_RELEASES = 6
"""At so many, from the oldest to the newest: those between are as large as their neighbours."""

_BLANK_EVERY = 12
Key = tuple[str, date, int]
"""A question: its kind, the release that answers, and its number."""
_TYPED = (
    "",
    "c",
    "ch",
    "chi",
    "China",
    "germ",
    "Afganistan",
    "uk",
    "中国",
    "republic",
    "Côte",
    "xyzzy",
    "Allemagne",
)
_LOCALES = ("en-US", "de", "ru", "zh-CN", "es-ES")


def all_kinds(services: Services, day: date | None) -> dict[str, list[Question]]:
    """Questions of every kind as of one release, those about the whole world and large hosts among them."""
    countries = [services.countries.find(name) for name in asked.LARGE]
    found = {kind: list(islice(asked.ask(kind, countries, day), _EACH)) for kind in asked.KINDS}
    hosts = [services.countries.find(name) for name in ("USA", "Germany", "Canada", "Türkiye", "France")]
    found["overview"] += [
        AskFigures(Place(None, host), year, as_of=day) for host in hosts for year in (2024, 2025)
    ]
    found["overview"] += [AskFigures(Place(), None, as_of=day)]
    found["bar"] += [AskTop(of, role, Place(), None, as_of=day) for of in Measure for role in Role]
    flows = (Measure.APPLICATIONS, Measure.DECISIONS)
    found["bar"] += [AskTop(of, role, Place(), 2021, 2000, as_of=day) for of in flows for role in Role]
    moved = (*flows, Measure.PENDING)
    found["bar"] += [
        AskTop(of, role, Place(), 2021, since, RankBy.CHANGE, as_of=day)
        for of in moved
        for role in Role
        for since in (None, 2015)
    ]
    found["map"] += [AskMap(of, role, Place(), None, as_of=day) for of in Measure for role in Role]
    found["stacked"] += [AskDecisions(Place(None, host), Level.FIRST, as_of=day) for host in hosts]
    found["line"] += [AskTrend(of, (Place(),), as_of=day) for of in Measure]
    found["group"] = list(ask_groups(day))
    return {kind: list(dict.fromkeys(questions)) for kind, questions in found.items()}


def ask_groups(day: date | None) -> Iterator[Question]:
    """Ask about groups on either side, alone, within and beside another, in several years."""
    groups = list(read_groups().values())
    for number, group in enumerate(groups):
        other, year = groups[(number + 7) % len(groups)], 2025 - number % 9
        yield AskFigures(Place(asylum=group), year, as_of=day)
        yield AskFigures(Place(origin=group), year, as_of=day)
        yield AskTrend(Measure.APPLICATIONS, (Place(asylum=group), Place(asylum=other)), as_of=day)
        yield AskTrend(Measure.PENDING, (Place(group, other),), as_of=day)
        yield AskTop(Measure.APPLICATIONS, Role.ORIGIN, Place(asylum=group), year, as_of=day)
        yield AskMap(Measure.PENDING, Role.ASYLUM, Place(asylum=group), year, as_of=day)


def spread(days: Sequence[date], most: int) -> list[date]:
    """Choose so many days, evenly, the first and the last among them."""
    last = len(days) - 1
    return list(dict.fromkeys(days[round(number * last / max(most - 1, 1))] for number in range(most)))


async def measure_answers(path: Path, rounds: int = _ROUNDS, releases: int = _RELEASES) -> list[Row]:
    """Answer every kind at so many releases in turn, with blank pages between.

    An answer takes the median of the rounds; each opens the database anew and has nothing kept.
    """
    taken = Taken()
    completions: list[float] = []
    prepared: list[float] = []
    for _ in range(rounds):
        with on_one_core():
            async with open_services(path) as services:
                kept = [release.day for release in await services.answers.releases()]
                days = spread(kept, releases)
                with timed() as watch:
                    await services.answers.prepare()
                prepared.append(watch.ms)
                for day in days:
                    await _answer_all(services, day, taken)
                completions += await _complete(services)
    blank = Reference("F0", median(taken.blank))
    group = f"Data: answers at {len(days)} of {len(kept)} releases"
    kinds = taken.by_kind()
    together = [time_ for times in kinds.values() for time_ in times]
    return [
        *(
            Row(group, f"{kind}, p99 of {len(times):,}", percentile(times, 0.99), "ms", blank, _SHARE)
            for kind, times in kinds.items()
        ),
        Row(group, "all kinds, p50", median(together), "ms", blank),
        Row(group, "all kinds, p99", percentile(together, 0.99), "ms", blank, _SHARE),
        Row(group, f"single times, p99 of {len(taken.single):,}", percentile(taken.single, 0.99), "ms"),
        Row(group, "packing what groups are summed from, once a release", median(prepared), "ms", blank),
        Row(
            "Autocomplete", f"p99 of {len(completions):,}", percentile(completions, 0.99), "ms",
            blank, _SHARE_OF_COMPLETION,
        ),
    ]  # fmt: skip


@dataclass(slots=True)
class Taken:
    """What answers took: each as a share of the blank pages beside it, and by itself.

    A shared machine is a third slower in one minute than in the next, and blank pages with it.
    """

    shares: dict[Key, list[float]] = field(default_factory=dict)
    single: list[float] = field(default_factory=list)
    blank: list[float] = field(default_factory=list)

    def add(self, kind: str, day: date, times: Mapping[int, float], blank: Sequence[float]) -> None:
        """Note the times of a kind's questions by number, and of the blank pages between them."""
        for number, time_ in times.items():
            self.shares.setdefault((kind, day, number), []).append(time_ / median(blank))
        self.single += times.values()
        self.blank += blank

    def by_kind(self) -> dict[str, list[float]]:
        """Each answer's milliseconds where a blank page takes what it took in the middle, by kind."""
        found: dict[str, list[float]] = {}
        middle = median(self.blank)
        for (kind, _, _), shares in self.shares.items():
            found.setdefault(kind, []).append(median(shares) * middle)
        return found


async def _answer_all(services: Services, day: date, taken: Taken) -> None:
    """Answer all questions as of a release once."""
    for kind, questions in all_kinds(services, day).items():
        times: dict[int, float] = {}
        blank: list[float] = []
        for number, question in enumerate(questions):
            if number % _BLANK_EVERY == 0:
                with timed() as watch:
                    save_blank()
                blank.append(watch.ms)
            if (time_ := await _time(services, question)) is not None:
                times[number] = time_
        taken.add(kind, day, times, blank)


async def _time(services: Services, question: Question) -> float | None:
    """Milliseconds from question to reply in words; None for a refusal, which is quicker."""
    began = time.perf_counter()
    try:
        await compose(services, question)
    except Unanswerable:
        return None
    return (time.perf_counter() - began) * MS


async def _complete(services: Services) -> list[float]:
    """Complete what was typed, in several languages, once cold and then again."""
    found: list[float] = []
    for _ in range(5):
        for locale in _LOCALES:
            for typed in _TYPED:
                with timed() as watch:
                    services.countries.suggest(typed, locale, 25)
                found.append(watch.ms)
    return found
