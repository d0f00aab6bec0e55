"""Questions as values: what a command, a button or a sentence asks for."""

from __future__ import annotations

from data.questions.choices import choose_export, choose_map, choose_period, choose_ranking, compare_places
from data.questions.kinds import (
    AskChanges,
    AskDecisions,
    Asked,
    AskExport,
    AskFigures,
    AskHistory,
    AskMap,
    AskPeriod,
    AskRanking,
    AskTrend,
    By,
    Question,
    Scale,
    Years,
    pin,
)

__all__ = [
    "AskChanges",
    "AskDecisions",
    "AskExport",
    "AskFigures",
    "AskHistory",
    "AskMap",
    "AskPeriod",
    "AskRanking",
    "AskTrend",
    "Asked",
    "By",
    "Question",
    "Scale",
    "Years",
    "choose_export",
    "choose_map",
    "choose_period",
    "choose_ranking",
    "compare_places",
    "pin",
]
