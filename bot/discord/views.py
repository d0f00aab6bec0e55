"""Buttons and menus; and how the asker, and nobody else, is told what failed."""

from __future__ import annotations

import logging
import re
from typing import Any, Self, cast

import discord
import structlog
from discord import InteractionResponseType, InteractionType, app_commands, ui

from bot.discord.language import language_of
from bot.errors import NETWORK_FAILURES, FailureInWords, explain
from bot.languages import speak
from data.errors import Unanswerable


class AsylumView(ui.View):
    """Components below an answer."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Speak the language of whoever pressed."""
        speak(language_of(interaction))
        return True

    async def on_error(
        self, interaction: discord.Interaction[Any], error: Exception, item: ui.Item[Any], /
    ) -> None:
        """Apologise to whoever pressed."""
        del item
        await apologise(interaction, error)


class AsylumForm(ui.Modal, title="…"):
    """A form that opens over the chat; it is gone with the process, unlike a button."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Speak the language of whoever sent it."""
        speak(language_of(interaction))
        return True

    async def on_error(  # type: ignore[override]  # discord.py calls a form's without an item
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        """Apologise to whoever sent it."""
        await apologise(interaction, error)


class AsylumItem(ui.DynamicItem[Any], template=r"(?!)"):
    """A button or menu that works after a restart, because its `custom_id` says all there is to know.

    A subclass names its `template`, whose named groups are its constructor's arguments, and
    defines `press`; `bot.add_dynamic_items(Subclass)` makes it known:

        class TableButton(AsylumButton, template=r"table:(?P<question>.{1,90})"):
            def __init__(self, question: str) -> None:
                super().__init__(ui.Button(label="Table", custom_id=f"table:{question}"))
                self.question = question

            async def press(self, interaction: discord.Interaction[Any]) -> None: ...

    The groups arrive as text, `None` where an optional one is missing. Make domain types of
    them in `press`, whose failures are told to whoever pressed; discord.py itself would only
    log them, and would swallow those of an `interaction_check` unseen: check in `press` too.
    A constructor that cannot make anything of them raises `Unanswerable`, which is told as well.
    """

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the item anew from the groups of its template."""
        groups: dict[str, Any] = match.groupdict()
        speak(language_of(interaction))
        try:
            return cls(**groups)
        except Unanswerable as error:
            # It takes the place of the item that cannot be made, which discord.py only needs to be one.
            return cast("Self", StaleItem(item, error))
        except Exception as error:
            await apologise(interaction, error)
            raise

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Press, and apologise when that fails."""
        speak(language_of(interaction))
        try:
            await self.press(interaction)
            interaction.client.dispatch("interaction_end", interaction, type(self).__name__, "answered")
        except Exception as error:  # noqa: BLE001 - the end of the line: explained, told and logged
            await apologise(interaction, error)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the item says; raise when that cannot be done."""
        raise NotImplementedError


class StaleItem(AsylumItem, template=r"(?s:.*)"):
    """An item whose `custom_id` no longer says anything; whoever presses it reads why."""

    def __init__(self, item: ui.Item[Any], error: Unanswerable) -> None:
        super().__init__(item)
        self._error = error

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Refuse."""
        del interaction
        raise self._error


class AsylumButton(AsylumItem, template=r"(?!)"):
    """A button that works after a restart."""


class AsylumSelect(AsylumItem, template=r"(?!)"):
    """A menu, of which one option is picked, that works after a restart."""

    def picked(self, interaction: discord.Interaction[Any]) -> str:
        """Return the value of the option that was picked."""
        data: Any = interaction.data
        match data.get("values"):
            case [str(value), *_]:
                return value
            case _:
                raise Unanswerable("button-stale")


log = structlog.stdlib.get_logger(__name__)

ALREADY_ANSWERED = 40060


async def apologise(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Log the failure, and say it to the asker alone in a sentence. Never raises for Discord's refusal."""
    speak(language_of(interaction))  # what was to be said to all may have been in another
    reference = f"{interaction.id:x}"
    explanation = explain(error, reference, _option_at_fault(interaction, error))
    record_failure(error, explanation, reference)
    _count_failure(interaction, explanation)
    if explanation.text is None:
        return
    try:
        await tell_alone(interaction, explanation.text)
    except (discord.DiscordException, *NETWORK_FAILURES) as refusal:
        log.warning("the asker could not be told", reference=reference, refusal=repr(refusal))


def _count_failure(interaction: discord.Interaction[Any], explanation: FailureInWords) -> None:
    """Tell whoever counts, by what was asked or pressed and not by anybody's words."""
    command = interaction.command
    kind = "component" if command is None else command.qualified_name
    outcome = "broke" if explanation.is_bug else "late" if explanation.text is None else "refused"
    interaction.client.dispatch("interaction_end", interaction, kind, outcome)


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


def record_failure(error: Exception, explanation: FailureInWords, reference: str) -> None:
    """Write down what happened; what was typed stays out of the log unless it broke something."""
    if explanation.is_bug:
        log.error("an interaction failed", reference=reference, exc_info=error)
    elif explanation.text is None:
        log.warning(
            "an interaction was over before it could be answered", reference=reference, error=repr(error)
        )
    else:
        log.info("an interaction was refused", reference=reference, error=type(error).__name__)


def follow_completions() -> None:
    """Have completions that fail recorded as other interactions are: discord.py only logs them, each as an
    error, with the id of whoever typed.
    """
    logging.getLogger("discord.app_commands.tree").addFilter(_record_completion)


def _record_completion(record: logging.LogRecord) -> bool:
    """Record the failure of a completion; say whether it is anything else, which is logged as it is."""
    match record.exc_info, record.args:
        case (_, Exception() as error, _), (str(command), *_) if "in autocomplete" in record.msg:
            record_failure(error, explain(error, ""), f"a completion for /{command}")
            return False
    return True
