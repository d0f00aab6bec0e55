"""The links by which a bot is invited to a server, or installed for oneself."""

from __future__ import annotations

import discord
from discord.utils import oauth_url

FOR_ALERTS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""What alerts need in their channel; answers need nothing."""

SERVER_SCOPES = ("bot", "applications.commands")


def make_invitations(application: int) -> dict[str, str]:
    """Return the links by what they are for."""
    alone = oauth_url(application, scopes=("applications.commands",), permissions=discord.utils.MISSING)
    return {
        "a server, with alerts": oauth_url(application, scopes=SERVER_SCOPES, permissions=FOR_ALERTS),
        "a server, answers alone": oauth_url(application, scopes=SERVER_SCOPES),
        "oneself": f"{alone}&integration_type=1",
    }
