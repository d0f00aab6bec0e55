"""Words that stand behind a number and tell what it counts, or that they do not tell."""

from __future__ import annotations

PEOPLE = frozenset(
    {
        "anträge", "appeals", "applicant", "applicants", "application", "applications", "arrivals",
        "asylanträge", "asylbewerber", "asylum", "asylum-seekers", "backlog", "case", "cases", "children",
        "citizens", "claim", "claimants", "claims", "decision", "decisions", "demandes", "demandeurs",
        "families", "files", "grants", "individuals", "men", "menschen", "migrants", "nationals", "people",
        "personas", "personen", "personnes", "persons", "petitions", "protection", "recognitions",
        "refugee", "refugees", "rejections", "requests", "seeker", "seekers", "solicitantes", "solicitudes",
        "women",
    }
)  # fmt: skip
"""Nouns of those whom asylum figures count."""

COUNTRIES = frozenset(
    {
        "countries", "destinations", "nations", "states",
    }
)  # fmt: skip
"""Nouns of places."""

QUALIFYING = frozenset(
    {
        "all", "asylum", "fewer", "first", "first-time", "formal", "fresh", "further", "humanitarian",
        "initial", "more", "negative",
        "new", "of", "open", "other", "outstanding", "pending", "positive", "repeat", "substantive", "such",
        "the", "undecided", "unresolved",
    }
)  # fmt: skip
"""Words between such a number and its noun."""

TELLING = frozenset(
    {
        "a", "accepted", "according", "additional", "after", "against", "also", "although", "and",
        "annually", "applied", "applying", "are", "arrived", "as", "asked", "asking", "asylum-related",
        "at", "awaiting", "because", "been", "before", "between", "but", "by", "came", "compared", "could",
        "denied", "did", "do", "does", "down", "during", "each", "every", "favourable", "fell", "filed",
        "fled", "for", "from", "globally", "granted", "had", "has", "have", "however", "if", "in", "is",
        "it", "last", "lodged", "made", "may", "might", "not", "now", "on", "only", "or", "over",
        "per", "received", "recognised", "recognized", "recorded", "registered", "rejected", "remain",
        "remained", "requested", "respectively", "rose", "sat", "seeking", "since", "so", "sought", "still",
        "stood", "submitted", "successful", "than", "that", "their", "then", "there", "they", "this",
        "though", "through", "to", "total", "under", "until", "up", "versus", "vs", "waiting", "was",
        "were", "when", "where", "which", "while", "who", "will", "with", "worldwide", "would", "year",
        "years", "yet",
    }
)  # fmt: skip
"""Words that may follow such a number without naming what it counts."""
