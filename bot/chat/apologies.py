"""Telling the asker, and nobody else, what failed."""

from __future__ import annotations

from typing import Any

import discord
import structlog
from discord import InteractionResponseType, InteractionType, app_commands

from bot.errors import NETWORK_FAILURES, Explanation, explain

log = structlog.stdlib.get_logger(__name__)

ALREADY_ANSWERED = 40060


async def apologise(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Log the failure, and say it to the asker alone in a sentence. Never raises for Discord's refusal."""
    reference = f"{interaction.id:x}"
    explanation = explain(error, reference, _option_at_fault(interaction, error))
    record_failure(error, explanation, reference)
    if explanation.text is None:
        return
    try:
        await tell_alone(interaction, explanation.text)
    except (discord.DiscordException, *NETWORK_FAILURES) as refusal:
        log.warning("the asker could not be told", reference=reference, refusal=repr(refusal))


async def tell_alone(interaction: discord.Interaction[Any], text: str) -> None:
    """Say `text` to the asker alone, whatever was answered before.

    The first followup to a deferred answer takes its place and its visibility, so a public
    “thinking …” is deleted first; the private followup then stands for itself.
    """
    if interaction.type is InteractionType.autocomplete:
        if not interaction.response.is_done():
            await interaction.response.autocomplete([])
        return
    if not interaction.response.is_done() and await _answer(interaction, text):
        return
    if interaction.response.type in (None, InteractionResponseType.deferred_channel_message):
        await _stop_thinking_aloud(interaction)
    await interaction.followup.send(text, ephemeral=True)


async def _answer(interaction: discord.Interaction[Any], text: str) -> bool:
    """Answer at once; False when Discord has an answer already, whose receipt was lost on the way to us."""
    try:
        await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as refusal:
        if refusal.code == ALREADY_ANSWERED:
            return False
        raise
    return True


async def _stop_thinking_aloud(interaction: discord.Interaction[Any]) -> None:
    """Delete the public “thinking …”, but never an answer that already stands there."""
    try:
        original = await interaction.original_response()
        if original.flags.loading and not original.flags.ephemeral:
            await interaction.delete_original_response()
    except discord.NotFound:
        log.debug("the deferred answer is gone already")


def _option_at_fault(interaction: discord.Interaction[Any], error: Exception) -> str | None:
    if not isinstance(error, app_commands.TransformerError):
        return None
    return next((name for name, value in interaction.namespace if value == error.value), None)


def record_failure(error: Exception, explanation: Explanation, reference: str) -> None:
    """Write down what happened; what was typed stays out of the log unless it broke something."""
    if explanation.is_bug:
        log.error("an interaction failed", reference=reference, exc_info=error)
    elif explanation.text is None:
        log.warning(
            "an interaction was over before it could be answered", reference=reference, error=repr(error)
        )
    else:
        log.info("an interaction was refused", reference=reference, error=type(error).__name__)
