"""In which language somebody is answered: the asker's own, or the server's where all can read the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.languages import Language, find_language, speak

if TYPE_CHECKING:
    import discord

    from bot.services import Services


def language_of(interaction: discord.Interaction[Any]) -> Language:
    """Return the language of somebody's client, or English where we have none of it."""
    return find_language(interaction.locale.value)


async def speak_to(interaction: discord.Interaction[Any], services: Services, *, private: bool) -> None:
    """Speak from here on as the asker does, or in public as the server wants, where it has decided."""
    own = language_of(interaction)
    speak(own if private else await services.server_languages.choose(interaction.guild_id, own))


async def speak_in(message: discord.Message, services: Services) -> None:
    """Speak from here on as the server of a message wants, or else as it says of itself that it speaks.

    Discord tells no bot in which language the client of somebody is who writes a message.
    """
    guild = message.guild
    if guild is None:
        speak(Language.ENGLISH)
        return
    speak(await services.server_languages.choose(guild.id, find_language(guild.preferred_locale.value)))
