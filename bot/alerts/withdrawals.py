"""The message that a channel gets when a release that it was told of is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from bot.replies.alert import COLOURS
from bot.replies.withdrawn import say_what_is_valid, say_withdrawal, write_title
from bot.words import say_source
from data.compare import Kind

if TYPE_CHECKING:
    from data.news import Withdrawal


@dataclass(frozen=True, slots=True)
class WithdrawalMessage:
    """A message ready to be sent, as often as need be; it pings nobody."""

    withdrawal: Withdrawal

    @property
    def title(self) -> str:
        """The title of a forum's post."""
        return write_title(self.withdrawal)

    def send_kwargs(self) -> dict[str, Any]:
        """Return what discord.py's `send` takes."""
        embed = discord.Embed(
            description=say_what_is_valid(self.withdrawal), colour=discord.Colour(COLOURS[Kind.WITHDRAWN])
        )
        return {
            "content": say_withdrawal(self.withdrawal),
            "embed": embed.set_footer(text=say_source(self.withdrawal.newest)),
            "allowed_mentions": discord.AllowedMentions.none(),
        }
