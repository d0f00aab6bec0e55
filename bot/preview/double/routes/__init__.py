"""The REST routes that the bot uses, below /api/v10."""

from bot.preview.double.routes import account, channels, replies, threads
from bot.preview.double.routes.table import RouteMatch, RouteTable

__all__ = ["RouteMatch", "RouteTable", "all_routes"]


def all_routes() -> RouteTable:
    """Every route there is."""
    return RouteTable(account.ROUTES, channels.ROUTES, replies.ROUTES, threads.ROUTES)
