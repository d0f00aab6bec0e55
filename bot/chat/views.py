"""Buttons, menus and forms whose failures are told to the asker, as a slash command's are."""

from __future__ import annotations

import re
from typing import Any, Self, cast

import discord
from discord import ui

from bot.chat.apologies import apologise
from data.errors import Unanswerable
from data.questions.codec import STALE


class AsylumView(ui.View):
    """Components below an answer."""

    async def on_error(
        self, interaction: discord.Interaction[Any], error: Exception, item: ui.Item[Any], /
    ) -> None:
        """Apologise to whoever pressed."""
        del item
        await apologise(interaction, error)


class AsylumLayout(ui.LayoutView):
    """A message made of components throughout."""

    async def on_error(
        self, interaction: discord.Interaction[Any], error: Exception, item: ui.Item[Any], /
    ) -> None:
        """Apologise to whoever pressed."""
        del item
        await apologise(interaction, error)


class AsylumModal(ui.Modal):
    """A form; subclasses define `on_submit`."""

    async def on_error(  # type: ignore[override] # as in discord.py's own Modal: a form has no item
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        """Apologise to whoever sent the form, and stop waiting for it."""
        self.stop()
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
        try:
            await self.press(interaction)
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
                raise Unanswerable(STALE)
