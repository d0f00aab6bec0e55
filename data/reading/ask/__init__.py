"""Understanding a question in plain English: a fixed grammar over this project's own words, and nothing else.

Every word must be accounted for: it says a place, a year, a measure or what is asked, or it is known to be
harmless. Where a word is none of these, or two readings are likely, there is no guess.
"""

from data.reading.ask.sentence import (
    EXAMPLES,
    Doubtful,
    Explained,
    NotUnderstood,
    Outcome,
    Reading,
    Understood,
    understand,
)

__all__ = [
    "EXAMPLES",
    "Doubtful",
    "Explained",
    "NotUnderstood",
    "Outcome",
    "Reading",
    "Understood",
    "understand",
]
