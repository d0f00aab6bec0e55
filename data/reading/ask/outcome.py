"""What becomes of a sentence: answers, several readings, an explanation, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.reading.numbers import Bound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.glossary import Entry
    from data.model import Area
    from data.questions.registry import Question

EXAMPLES = (
    "How many Chinese applied for asylum in Canada last year?",
    "Which country hosts the most refugees?",
)
"""Two questions that work, for whoever asked one that does not."""


class AimKind(StrEnum):
    """What the answer's first words must tell, beyond the figures."""

    FIRST = "is it the first"
    RANGE = "from how many to how many"
    ANY_AHEAD = "is any other before it"
    AMONG_FIRST = "is it one of the first so many"
    MORE = "is it more"
    CHANGED = "did it change so"
    PERCENT = "by how many percent"
    TIMES = "how many times as many"
    SOME = "are there any"
    ABOVE = "is it so many"
    DIFFERENCE = "how many more"
    TOGETHER = "all of them"
    RECORD = "when was it highest"
    JUMP = "when did it move most"
    EVERY_YEAR = "did it move so every year"
    PASSED = "in which years was it above"
    AVERAGE = "how many a year on average"
    SHARE = "share of all others in the first"
    TOP_SHARE = "share of the first few"
    WITHOUT = "the first without all others"
    INCLUDING = "the first, and all others in it"
    MOVED_MORE = "which moved more"
    WHICH = "which has more"
    EACH = "how many in each year"
    EACH_DAY = "how many a day on average"
    PER_SO_MANY = "how many per so many inhabitants"
    AHEAD = "which have more than one"
    LISTED = "the first so many"
    OUTSIDE = "the first that are not left out"


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked of a finding: `sign` is 1 for more, −1 for fewer; `value` a factor, rank or threshold.

    `bound` is what is said of a factor, “more than twice”; it may be meant `exactly`. `whether`: the answer
    begins with yes or no. `back`: of two years the earlier one is held against the later, as in “more in 2016
    than in 2019”. `left_out` are countries and groups that are passed over; `few` so many have a share.
    """

    point: AimKind
    whether: bool = False
    sign: int = 1
    value: float | None = None
    bound: Bound = Bound.PLAIN
    exactly: bool = False
    back: bool = False
    left_out: tuple[Area, ...] = ()
    few: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A question to be answered, and what its answer has to begin with.

    `if_any`: what nobody named is told only where there are figures of it.
    """

    question: Question
    aim: Aim | None = None
    if_any: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence asks, the main question first; `others` are close seconds.

    `remarks` are codes of what has to be said about the reading, with what each is about. `across` is what
    the answers are held against each other for, each a place in a year of its own, or added up.
    """

    answers: tuple[Answer, ...]
    others: tuple[Question, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    across: Aim | None = None

    @property
    def question(self) -> Question:
        """The main one."""
        return self.answers[0].question


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Several ways to take a sentence, the likeliest first; `doubt` is the code of what is open."""

    doubt: str
    readings: tuple[Question, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A sentence that cannot be answered: the code of the reason, its values, what to ask instead."""

    reason: str
    values: Mapping[str, object]
    offers: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A question about a word, and the entries of the glossary that answer it."""

    entries: tuple[Entry, ...]


Outcome = Understood | Explained | Doubtful | Refused


class Unfit(Exception):
    """No question can be made of a frame: a code and its values, as in `Refused`."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values
