"""Beside the answers: a sync a day, names of new countries, and garbage collected in quiet moments."""

from __future__ import annotations

import asyncio
import gc
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.allocator import give_back_memory
from bot.sentences import say
from bot.shell.doubts import ACT_ON_REFUSAL, act_on_doubt, describe_doubt, list_unread
from data.errors import AsylumBotError, BadRelease, Unsettled
from data.model import Country
from data.releases.sync import ReleaseRefused
from data.releases.verification import find_damage
from data.store.countries import read_countries

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Awaitable, Callable, Iterator

    import discord

    from data.answers import Answers
    from data.countries import Atlas
    from data.releases.sync import Sync, Synced
    from data.store.checksums import Inspection
    from data.store.database import Database


log = structlog.stdlib.get_logger(__name__)

SYNCED_EVERY = timedelta(days=1)
FIRST_WAIT, MAX_WAIT = timedelta(minutes=5), timedelta(hours=6)


async def keep_synced(
    sync: Sync,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    tally: Counter[tuple[str, str]] | None = None,
    *,
    shared: bool = False,
) -> None:
    """Probe at the start and daily; after a failure wait 5, 10, 20 … minutes, at most six hours.

    Where that is `shared` by several processes, only a day after the last one did.

    A failure is one sentence in the log: the bot goes on answering from what it has. What UNHCR
    publishes and cannot be taken in is no failure to be mended by trying soon: it waits a day.
    What comes of each look is counted in `tally`.
    """
    wait = FIRST_WAIT
    told: set[str] = set()
    if shared:
        await sleep((await sync.find_wait(SYNCED_EVERY)).total_seconds())
    while True:
        outcome = await _attempt(sync, told, again_in=wait)
        if tally is not None:
            tally["syncs", outcome] += 1
        if outcome == FAILED:
            await sleep(wait.total_seconds())
            wait = min(wait * 2, MAX_WAIT)
        else:
            wait = FIRST_WAIT
            await sleep(SYNCED_EVERY.total_seconds())


FAILED = "failed"


async def _attempt(sync: Sync, told: set[str], *, again_in: timedelta) -> str:
    """Sync once, log it, and return the code of what came of it."""
    try:
        synced = await sync.run()
    except Unsettled as error:
        log.warning("the sync failed", why=say(error), again_in=str(again_in))
        return FAILED
    except BadRelease as error:
        _tell_refusal(error, told)
        return "refused"
    except AsylumBotError as error:
        log.warning("the sync failed", why=say(error), again_in=str(again_in))
        return FAILED
    except Exception:
        log.exception("the sync broke, which is a fault of the program", again_in=str(again_in))
        return FAILED
    _tell(synced)
    if synced.imported is None:
        return "nothing-new"
    return "quarantined" if synced.imported.doubt else "published"


def _tell_refusal(error: BadRelease, told: set[str]) -> None:
    """Tell the operator once; later only that it is so still."""
    why = say(error)
    if why in told or (isinstance(error, ReleaseRefused) and error.again):
        log.info("UNHCR's figures are still refused", why=why)
    else:
        log.error("UNHCR's figures were refused", why=why, act=ACT_ON_REFUSAL)
    told.add(why)


def _tell(synced: Synced) -> None:
    if synced.notes_fault:
        log.warning("UNHCR's notes were not all taken; those kept before stay", why=say(synced.notes_fault))
    for field in synced.unknown:
        log.warning("UNHCR's rows have a field that this program does not know", field=field)
    imported = synced.imported
    if imported is None:
        log.info("UNHCR has nothing new", why=say(synced.why) if synced.why else None)
        return
    for row in list_unread(imported.unread):
        log.warning("a row could not be read and was set aside", row=row)
    if imported.doubt:
        log.error(
            "a release is in quarantine",
            why=describe_doubt(imported.doubt),
            act=act_on_doubt(imported.release),
        )
    else:
        log.info("a release was published", release=imported.release.label)


NAMES_EVERY = timedelta(seconds=2)
"""Another process may publish a release at any time."""


async def learn_names(database: Database, atlas: Atlas) -> None:
    """Teach the atlas every country that a release brought."""
    async with database.reading() as connection:
        places = await read_countries(connection)
    # Where there is a new one, all names are indexed anew, which takes a while.
    await asyncio.to_thread(
        atlas.learn, [Country(code, iso3, None, name, name) for code, iso3, name in places]
    )


async def keep_named(
    database: Database, atlas: Atlas, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Go on learning for as long as the bot runs."""
    while True:
        await sleep(NAMES_EVERY.total_seconds())
        try:
            await learn_names(database, atlas)
        except AsylumBotError as error:
            log.warning("the countries cannot be read; it will be tried again", why=say(error))


async def keep_prepared(answers: Answers, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Keep what questions on groups rest on in memory, for the newest release, as long as the bot runs."""
    while True:
        await sleep(NAMES_EVERY.total_seconds())
        try:
            await answers.prepare()
        except AsylumBotError as error:
            log.warning("nothing is prepared for groups; it will be tried again", why=say(error))


COLLECTED_EVERY = timedelta(minutes=1)
MAX_LENGTH = timedelta(minutes=5)
"""A bot that never falls quiet is collected all the same, before garbage fills the memory."""

QUIET = timedelta(seconds=2)
LOOK = timedelta(seconds=1)
_NEVER = 2**31 - 1


class Quiet(Protocol):
    """Says for how many seconds nothing has been sent."""

    @property
    def quiet_for(self) -> float:
        """Seconds since the last request began."""
        ...


@contextmanager
def collecting_young() -> Iterator[None]:
    """Let Python collect young objects as usual, and never all of them, while the block runs."""
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(young, middle, old)


async def freeze_servers(bot: discord.Client) -> None:
    """Spare the collector what is known of servers, for as long as the bot runs.

    It stays, and to look through 2,500 servers takes a sixth of a second in which nobody is answered. That is
    spent once all shards are ready, and again on each new session, which makes all of its servers anew.
    """
    await bot.wait_until_ready()
    while True:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        await bot.wait_for("shard_ready")


async def collect_garbage(
    traffic: Quiet,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    collect: Callable[[], object] = gc.collect,
) -> None:
    """Collect garbage in quiet moments for as long as the bot runs; young objects are collected as usual.

    What is free then goes back to the system, by a thread of its own.
    """
    with collecting_young():
        last = clock()
        while True:
            await sleep(LOOK.total_seconds())
            passed = clock() - last
            quiet = traffic.quiet_for >= QUIET.total_seconds()
            if passed >= MAX_LENGTH.total_seconds() or (quiet and passed >= COLLECTED_EVERY.total_seconds()):
                collect()
                await asyncio.to_thread(give_back_memory)
                last = clock()


VERIFIED_AFTER = timedelta(seconds=15)
"""Whoever asks first after a start need not share the disk with what reads everything."""

EVERY = timedelta(days=7)
REMEDY = "stop the bot, run “python -m bot verify”, start it again"


async def keep_verified(
    database: Database, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Go on for as long as the bot runs; the same damage is told once."""
    told: Inspection | None = None
    await sleep(VERIFIED_AFTER.total_seconds())
    while True:
        try:
            found = await find_damage(database)
        except AsylumBotError as error:
            log.error("the figures cannot be verified", why=say(error), act=REMEDY)  # noqa: TRY400 - a sentence
        except Exception:
            log.exception("the verification broke, which is a fault of the program")
        else:
            if not found.sound and found != told:
                _tell_of_damage(found)
            told = found
        await sleep(EVERY.total_seconds())


def _tell_of_damage(found: Inspection) -> None:
    parts = [f"{each.part.value} of release {each.release}" for each in found.damaged]
    log.error(
        "the disk has changed figures since they were published; every answer from them says so",
        damaged=parts,
        faults=list(found.faults),
        act=REMEDY,
    )
