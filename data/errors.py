"""Everything that can go wrong as expected, in words a user may read.

AsylumBotError
├── Unanswerable            the question, as put, has no answer
│   ├── UnknownCountry      no country goes by that name
│   ├── AmbiguousCountry    several do
│   ├── UnknownRelease      no release is that old, or none has that name
│   └── NoFigures           UNHCR published nothing there
├── BadRelease              a folder or table that is not what UNHCR publishes
│   └── Unsettled           pages that do not fit together: UNHCR was changing its figures, perhaps
├── SourceUnavailable       UNHCR's API cannot be reached, or answers with failures only
└── DatabaseUnusable        the SQLite file cannot be used
"""

from __future__ import annotations


class AsylumBotError(Exception):
    """Base of all expected failures; `str(error)` is one sentence that says what to do next."""


class Unanswerable(AsylumBotError):
    """The question, as put, has no answer."""


class UnknownCountry(Unanswerable):
    """No country goes by that name or code."""


class AmbiguousCountry(Unanswerable):
    """Several countries go by that name."""


class UnknownRelease(Unanswerable):
    """No release is kept for that date or name."""


class NoFigures(Unanswerable):
    """Nothing was published at that address."""


class BadRelease(AsylumBotError):
    """A folder or table is not what UNHCR publishes; nothing of it was taken."""


class Unsettled(BadRelease):
    """Pages do not fit together; they may when they are fetched again."""


class SourceUnavailable(AsylumBotError):
    """UNHCR's figures could not be fetched; what is kept stays, and a later run may succeed."""


class DatabaseUnusable(AsylumBotError):
    """The SQLite file is missing where it must exist, damaged, newer than this program, or read-only."""
