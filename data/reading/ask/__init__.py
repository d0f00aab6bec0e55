"""Understanding a question in plain English: its words fill the slots of a frame, and the best frame answers.

`vocabulary` has the words in tables, `clues` finds them in a text, `frame` fills the slots and makes
the question, `sentence` chooses, and says what is in doubt, or refused.
"""

from data.reading.ask.follow_up import follow_up
from data.reading.ask.outcome import (
    EXAMPLES,
    Aim,
    AimKind,
    Answer,
    Doubtful,
    Explained,
    Outcome,
    Refused,
    Understood,
)
from data.reading.ask.sentence import understand

__all__ = [
    "EXAMPLES",
    "Aim",
    "AimKind",
    "Answer",
    "Doubtful",
    "Explained",
    "Outcome",
    "Refused",
    "Understood",
    "follow_up",
    "understand",
]
