"""What is asked while measuring: every kind of question, about many countries, the same on every run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from bot.chat.composition import compose
from data.errors import Unanswerable
from data.model import Measure, Place, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import AskTrend

if TYPE_CHECKING:
    from datetime import date

    from bot.replies.reply import Reply
    from bot.services import Services
    from data.model import Area
    from data.questions.registry import Question

Ask = Callable[[Sequence["Area"], int, "date | None"], "Question"]

LARGE = (
    "China", "Syria", "Afghanistan", "Venezuela", "Sudan", "Ukraine", "Iraq", "Iran", "Türkiye", "Colombia",
    "Somalia", "Eritrea", "Nigeria", "Pakistan", "Haiti", "DR Congo", "Mexico", "Guatemala", "El Salvador",
    "Myanmar", "Serbia and Kosovo", "Bangladesh", "Russia", "Ethiopia", "Zimbabwe",
)  # fmt: skip
"""Origins with figures of every kind."""

_MEASURES = (Measure.PENDING, Measure.APPLICATIONS, Measure.DECISIONS, Measure.RECOGNISED, Measure.REJECTED)


def _measure(number: int) -> Measure:
    return _MEASURES[number % len(_MEASURES)]


Command = tuple[str, dict[str, Any]]
"""A command of ours as it is typed: its words and its options."""

_PLACES = (
    "AFG", "SYR", "CHN", "VEN", "SDN", "UKR", "IRQ", "IRN", "TUR", "COL", "SOM", "ERI", "NGA", "PAK", "HTI",
    "COD", "MEX", "GTM", "SLV", "MMR", "SRB", "BGD", "RUS", "ETH", "ZWE",
)  # fmt: skip


KINDS: dict[str, Ask] = {
    "line": lambda some, n, day: AskTrend(_measure(n), (Place(some[0]),), as_of=day),
    "versus": lambda some, n, day: AskTrend(_measure(n), tuple(Place(each) for each in some[:6]), as_of=day),
    "bar": lambda some, n, day: AskTop(_measure(n), Role.ASYLUM, Place(some[0]), 2024 - n % 9, as_of=day),
    "overview": lambda some, n, day: AskFigures(Place(some[0]), 2025 - n % 9, as_of=day),
    "history": lambda some, n, day: AskHistory(_measure(n), Place(some[0]), 2025, as_of=day),
    "comparison": lambda some, _, day: AskChanges(Place(some[0]), as_of=day),
    "stacked": lambda some, n, day: AskDecisions(Place(some[0]), last=2025 - n % 9, as_of=day),
    "period": lambda some, n, day: AskPeriod(
        _measure(n), Place(some[0]), (2003, 2012), (2013, 2025), as_of=day
    ),
    "map": lambda some, n, day: AskMap(_measure(n), Role.ASYLUM, Place(some[0]), 2025 - n % 9, as_of=day),
}
"""Each kind of chart, and a question whose answer is one."""


def ask(kind: str, countries: Sequence[Area], day: date | None = None) -> Iterator[Question]:
    """Yield questions of a kind without end, each about other countries, another measure or another year."""
    for number in count():
        start = number * 7 % len(countries)
        turn = number // len(countries)
        yield KINDS[kind]((*countries[start:], *countries[:start]), number + turn, day)


def mixed() -> Iterator[Command]:
    """Commands of every kind without end, and none that was asked before for a long while."""
    for number in count():
        origin, year = _PLACES[number % len(_PLACES)], 2024 - number // len(_PLACES) % 15
        options: dict[str, Any] = {"origin": origin, "year": year}
        match number % 4:
            case 0:
                yield "asylum figures", options
            case 1:
                yield "asylum trend", {"measure": "pending", "origin": origin, "from": year - 8, "to": year}
            case 2:
                yield "asylum top", options
            case _:
                yield "asylum history", options


async def answer(services: Services, kind: str, how_many: int, day: date | None = None) -> list[Reply]:
    """Answer so many different questions of a kind; those without an answer are passed over."""
    countries = [services.countries.find(name) for name in LARGE]
    replies: list[Reply] = []
    charts = set()
    for question, _ in zip(ask(kind, countries, day), range(40 * how_many), strict=False):
        try:
            reply = await compose(services, question)
        except Unanswerable:
            continue
        if reply.chart not in charts:
            charts.add(reply.chart)
            replies.append(reply)
        if len(replies) == how_many:
            break
    return replies
