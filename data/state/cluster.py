"""What hosts that share one state know of each other: who is there, who has the duty, what releases are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Deed(StrEnum):
    """What was done with a release, which every host does after; the values are stored."""

    PUBLISHED = "published"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    RENAMED = "renamed"
    NOTED = "noted"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Step:
    """One of those: of which release, what has to be known of it (JSON), and its file where it needs one.

    Steps are numbered as they were taken.
    """

    release: int
    deed: Deed
    told: str = "{}"
    file: bytes = b""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Duty:
    """Which process alone syncs, delivers and registers, until when, and how often it has changed hands."""

    holder: str
    term: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Process:
    """A process that answers. `steps` is the number of the last step it took, `figures` a digest of its own.

    `name` is its own from start to end; when it was first and last seen is by the clock of the state.
    """

    name: str
    host: str
    shards: str
    version: str
    steps: int
    newest: str
    figures: str
    since: datetime | None = None
    seen: datetime | None = None
