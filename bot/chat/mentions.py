"""Answers to those who mention the bot, or write to it directly: as replies that mention nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

import discord
import structlog
from discord import app_commands

from bot.chat.buttons import ASKER, LINK
from bot.chat.check import read_message
from bot.chat.composition import SentReply
from bot.chat.sentences import compose_sentence, read_claims, read_question
from bot.discord.language import speak_in
from bot.discord.views import record_failure
from bot.errors import NETWORK_FAILURES, explain
from bot.languages import OWN_NAMES, Language, _
from bot.sentences import Refusal
from bot.services import OWN
from data.questions.codec import read_permalink
from data.reading.ask import EXAMPLES, Doubtful, Explained, Outcome, Refused, Understood, follow_up

if TYPE_CHECKING:
    from datetime import date

    from bot.replies.check import CheckReply
    from bot.services import Services

log = structlog.stdlib.get_logger(__name__)

CHANGE = "Say what to change: “and in France?”, “what about 2019?”, “since 2015”, “per capita”."
HELP = f"Ask me about asylum figures. For example: {' · '.join(f'“{example}”' for example in EXAMPLES)}"
_ANSWERED = re.compile(rf"(?:details|table):{LINK}")
"""The button of an answer that knows its question."""
_OFFERED = re.compile(rf"as-r:{ASKER}:{LINK}")
"""The button of a reading."""
_UNCLEAR = ("nothing", "goes-on", "unasked")
"""Why a text is no question by itself, where it may be meant to change one."""

UNREADABLE = (
    "I cannot read the message you replied to: Discord shows a bot only what mentions it."
    " Use “Apps › Check asylum figures” in that message's menu instead."
)


def read_address(message: discord.Message, bot: int) -> str | None:
    """Return what a message says to the bot; None where it is not addressed.

    In a server it must name the bot: a reply to one of its answers is not enough. Bots are not heard.
    """
    if message.author.bot or message.webhook_id or message.type not in _WRITTEN:
        return None
    text, named = re.subn(rf"<@!?{bot}>", " ", message.content)
    return " ".join(text.split()) if named or message.guild is None else None


async def answer_mention(services: Services, message: discord.Message, text: str, bot: int) -> None:
    """Answer a question, or check the message that was replied to; never raises."""
    await speak_in(message, services)
    try:
        sent = await _compose(services, message, text, bot)
    except Exception as error:  # noqa: BLE001 - the end of the line: explained, told and logged
        reference = f"{message.id:x}"
        explanation = explain(error, reference)
        record_failure(error, explanation, reference)
        sent = SentReply(content=explanation.text or "")
    await reply(message, sent)


async def reply(message: discord.Message, sent: SentReply) -> None:
    """Reply once, without mentioning anybody; where Discord does not let us, that is logged.

    While one process takes over from another both hear the message: of two replies with one nonce Discord
    keeps the first.
    """
    if not sent.get("content"):
        return
    try:
        await message.channel.send(
            **sent,
            nonce=f"{message.id:x}",
            reference=message.to_reference(fail_if_not_exists=False),
            mention_author=False,
            allowed_mentions=discord.AllowedMentions.none(),
        )
    except (discord.HTTPException, *NETWORK_FAILURES) as refusal:
        log.info("a mention could not be answered", reference=f"{message.id:x}", refusal=repr(refusal))


async def show_settings(
    interaction: discord.Interaction[Any],
    services: Services,
    mentions: Literal["on", "off"] | None,
    language: str | None = None,
) -> None:
    """Switch, if asked to, and say how things stand."""
    server = interaction.guild_id
    if server is None:
        raise app_commands.NoPrivateMessage
    if mentions:
        await services.mention_settings.decide(server, listens=mentions == "on")
    if language:
        await services.server_languages.decide(server, None if language == OWN else Language(language))
    if not interaction.client.intents.guild_messages:
        said = _("Mentions are not answered anywhere: the operator of this bot has switched that off.")
    elif await services.mention_settings.listens(server):
        said = _("Whoever mentions me in this server gets an answer. Switch it off with mentions:off.")
    else:
        said = _(
            "Mentions are not answered in this server; slash commands are. Switch it on with mentions:on."
        )
    told = _say_language(await services.server_languages.find(server))
    await interaction.response.send_message(f"{said}\n{told}", ephemeral=True)


def _say_language(language: Language | None) -> str:
    if language is None:
        return _("Everybody is answered in the language of their own Discord. Choose one with language:…")
    return _(
        "Answers that all can read are in this language: {language}. What only you see is in your own.",
        language=OWN_NAMES[language],
    )


async def _compose(services: Services, message: discord.Message, text: str, bot: int) -> SentReply:
    asker = message.author.id
    today = message.created_at.date()
    outcome: Outcome | CheckReply | None = None
    if message.reference and message.reference.type is discord.MessageReferenceType.reply:
        target = message.reference.resolved
        if isinstance(target, discord.Message) and target.author.id == bot:
            if not text:
                raise Refusal(CHANGE)
            outcome = await _follow(services, target, text, today)
            if outcome is None:
                outcome = await _understand(services, text, today)
                if isinstance(outcome, Refused) and outcome.reason in _UNCLEAR and _list_links(target):
                    raise Refusal(CHANGE)
        elif not isinstance(outcome := await _understand(services, text, today), Understood | Explained):
            return await _check(services, target, asker)
    outcome = outcome or await _understand(services, text, today)
    if outcome is None:
        raise Refusal(HELP)
    return await compose_sentence(services, outcome, asker)


async def _understand(services: Services, text: str, today: date) -> Outcome | CheckReply | None:
    return await read_question(services, text, today) if text else None


async def _follow(services: Services, answer: discord.Message, text: str, today: date) -> Outcome | None:
    """Take a reply to an answer as a change of what was asked, which stands in the answer's buttons.

    Where it asked back, every reading is changed.
    """
    links, releases = _list_links(answer), await services.answers.releases()
    questions = [read_permalink(link, services.countries) for link in links]
    found = [follow_up(text, each, services.countries, releases, today) for each in questions]
    told = [each for each in found if isinstance(each, Understood)]
    readings = tuple(dict.fromkeys(each.question for each in told))
    if len(readings) > 1:
        return Doubtful("several", readings)
    return next(iter(told or found), None)


def _list_links(answer: discord.Message) -> list[str]:
    """List what a message of ours asked: one question, or the readings between which it left the choice."""
    items = (item for row in answer.components for item in getattr(row, "children", ()))
    buttons = [getattr(item, "custom_id", None) or "" for item in items]
    answered = [match["link"] for each in buttons if (match := _ANSWERED.fullmatch(each))]
    return answered[:1] or [match["link"] for each in buttons if (match := _OFFERED.fullmatch(each))]


async def _check(services: Services, target: Any, asker: int) -> SentReply:
    """Check the message that somebody replied to."""
    text, written = read_message(target) if isinstance(target, discord.Message) else ("", None)
    if not text or written is None:
        raise Refusal(UNREADABLE)
    return await compose_sentence(services, await read_claims(services, text, written), asker)


_WRITTEN = (discord.MessageType.default, discord.MessageType.reply)
