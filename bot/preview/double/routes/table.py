"""Routes as values: a method, a path template, and the function that answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from discord import Permissions

RouteReply: TypeAlias = tuple[int, Any]
"""HTTP status and JSON body (None: no body)."""

Handler: TypeAlias = Callable[..., RouteReply]
"""Called with the world, the request, and the parameters of the path by name."""

MAJOR = ("channel_id", "guild_id", "webhook_id")
"""Parameters of which each value has rate limits of its own."""


@dataclass(frozen=True, slots=True)
class Route:
    """One operation; `needs` is what the bot must be allowed in the channel of the path."""

    method: str
    template: str
    answer: Handler
    needs: Permissions = field(default_factory=Permissions)

    @property
    def name(self) -> str:
        """Method and template, the key of its rate limit."""
        return f"{self.method} {self.template}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches the paths of the template, with its parameters as groups."""
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template))


@dataclass(frozen=True, slots=True)
class RouteMatch:
    """A route that was asked for, and the parameters in the path."""

    route: Route
    parameters: dict[str, str]

    @property
    def bucket(self) -> str:
        """What its rate limit is counted by."""
        major = [value for key, value in self.parameters.items() if key in MAJOR]
        return " ".join([self.route.name, *major])


class RouteTable:
    """Finds the route of a request; templates with fewer parameters win."""

    def __init__(self, *groups: tuple[Route, ...]) -> None:
        routes = [route for group in groups for route in group]
        routes.sort(key=lambda route: route.template.count("{"))
        self._routes = [(route, route.pattern) for route in routes]

    def find(self, method: str, path: str) -> RouteMatch | None:
        """The route of that method and path below the API's base, or None."""
        for route, pattern in self._routes:
            if route.method == method and (found := pattern.fullmatch(path)):
                return RouteMatch(route, found.groupdict())
        return None
