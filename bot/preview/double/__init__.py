"""A small, honest Discord on loopback: gateway version 10 and the REST routes that the bot uses."""

from bot.preview.double.conduct import Fault
from bot.preview.double.interactions import Interaction
from bot.preview.double.payloads import ANNOUNCEMENT, DIRECT, FORUM, TEXT, THREAD, GuildPlan, Payload
from bot.preview.double.people import Scene
from bot.preview.double.rules import RequestCheck, ResponseCheck, Violation
from bot.preview.double.server import DiscordDouble
from bot.preview.double.world import Watcher

__all__ = [
    "ANNOUNCEMENT",
    "DIRECT",
    "FORUM",
    "TEXT",
    "THREAD",
    "DiscordDouble",
    "Fault",
    "GuildPlan",
    "Interaction",
    "Payload",
    "RequestCheck",
    "ResponseCheck",
    "Scene",
    "Violation",
    "Watcher",
]
