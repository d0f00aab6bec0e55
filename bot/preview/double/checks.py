"""What can be wrong with a request, and who may look for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach of Discord's specification or of its documented rules.

    `status` and `code` are Discord's HTTP status and JSON error code for it; a `status` of 0 means that
    Discord lets it pass and only we object.
    """

    where: str
    message: str
    status: int = 0
    code: int = 0

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


Check: TypeAlias = Callable[[str, str, Any, Mapping[str, str]], list[Violation]]
"""Judges a request: method, path below the API's base, JSON body (or None), query."""

ResponseCheck: TypeAlias = Callable[[str, str, int, Any], list[Violation]]
"""Judges a reply: method and path of the request, status, JSON body (or None)."""
