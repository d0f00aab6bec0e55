"""What goes wrong on purpose, and the errors that Discord answers with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


class ApiError(Exception):
    """An answer other than success: HTTP status, and Discord's JSON error `code` and `message`."""

    def __init__(self, status: int, code: int, message: str, errors: Any = None) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"code": code, "message": message, **({"errors": errors} if errors else {})}


def invalid_form(reason: str, field: str = "_errors") -> ApiError:
    """The 400 that Discord answers to a body it does not accept."""
    detail = [{"code": "BASE_TYPE_BAD", "message": reason}]
    errors = {"_errors": detail} if field == "_errors" else {field: {"_errors": detail}}
    return ApiError(400, 50035, "Invalid Form Body", errors)


@dataclass(slots=True)
class Fault:
    """Answer the next `times` requests that match with this status (0: drop the connection).

    `path` is a regular expression on the whole path below the API's base. With `after_effect` the request
    is carried out and only its reply lost. `retry_after` (seconds), `global_` and `via` shape a 429;
    discord.py takes one without a `Via` header for a ban by Cloudflare.
    """

    method: str
    path: str
    status: int = 500
    code: int = 0
    times: int = 1
    after_effect: bool = False
    retry_after: float = 0.05
    global_: bool = False
    via: bool = True

    def meets(self, method: str, path: str) -> bool:
        """Whether this fault is still due and meant for that request."""
        return self.times > 0 and self.method == method and re.fullmatch(self.path, path) is not None
