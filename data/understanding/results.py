"""What understanding a sentence comes to: one question, several to choose from, or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.glossary import Entry
    from data.questions import Question

EXAMPLES = (
    "How many Chinese applied for asylum in Canada last year?",
    "Which countries had the most pending claims in 2024?",
)
"""Two questions that work, for whoever asked one that does not."""

MOST_READINGS = 10


@dataclass(frozen=True, slots=True)
class Understood:
    """The one question that a sentence puts."""

    question: Question


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a sentence; `label` is what tells it from the others."""

    label: str
    question: Question


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Several ways to understand a sentence, the likeliest first, and what to ask back."""

    asked: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A sentence that is no question the figures can answer, and why."""

    why: str

    @property
    def sentence(self) -> str:
        """The reason and two examples that work."""
        return f"{self.why} Try for example: {' · '.join(f'“{example}”' for example in EXAMPLES)}"


@dataclass(frozen=True, slots=True)
class Explained:
    """A question about a word, and the entries of the glossary that answer it."""

    entries: tuple[Entry, ...]


Outcome = Understood | Explained | Doubtful | NotUnderstood
