"""Shared state as an interface: what is kept of what servers and people decided, and where that is opened.

One process keeps it in the file of its figures (`data.state.sqlite`), and `data.state.postgresql` outside
of it. Whatever else keeps it offers the same, and passes `tests/data/state/test_contract.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from data.state.model import DeliveryKind, DeliveryState, PauseReason, Publication, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from contextlib import AbstractAsyncContextManager

    from data.model import Area, Measure, Unit
    from data.state.cluster import Duty, Process, Step
    from data.state.model import Delivery, Draft, MarkReason, MarkState, Pause, Scope, Subscription
    from data.state.sql.rows import Rows
    from data.store.database import Connection

    FindArea = Callable[[str], Area]
    """Finds the country or group of a code."""


@dataclass(frozen=True, slots=True)
class Told:
    """A key figure that messages told; codes are UNHCR's or `ALL`."""

    measure: Measure
    origin: str
    asylum: str
    year: int
    unit: Unit
    value: int | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a claimed delivery.

    `untried`: this attempt left nothing behind, so that `tried_at` is again what it was before.
    """

    state: DeliveryState
    reason: str = ""
    detail: str = ""
    due_at: datetime | None = None
    tried_at: datetime | None = None
    untried: bool = False
    place: int | None = None
    message: int | None = None
    told_release: int | None = None
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """A delivery as it is written down; `told_with` is the release that it is merged into."""

    release: int
    channel: int
    state: DeliveryState
    reason: Reason | PauseReason
    detail: str
    attempts: int
    due_at: datetime
    settled_at: datetime | None
    place: int | None
    message: int | None
    published: Publication | None
    published_detail: str
    told_with: int | None
    kind: DeliveryKind


@dataclass(frozen=True, slots=True)
class PausedChannel:
    """A channel of which a subscription is paused, and the first reason for it."""

    channel: int
    server: int | None
    why: PauseReason
    detail: str
    since: datetime


@dataclass(frozen=True, slots=True)
class SupersededRow:
    """A message to be marked: what it told of which release, and what `by` says (`value`)."""

    delivery: int
    channel: int
    message: int
    told_release: int
    told: Told
    by: int
    value: int | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A message that is marked with what a release says, or may be: it is being done until `done_at`."""

    delivery: int
    told_release: int
    told: Told
    done_at: datetime


class SharedState(Protocol):
    """Where shared state is kept; everything happens in a transaction."""

    def clock(self) -> datetime:
        """Say what time it is for all who share it, whatever the clocks of their machines say."""
        ...

    def reading(self) -> AbstractAsyncContextManager[StateTransaction]:
        """Lend one state of it, to be read."""
        ...

    def writing(self) -> AbstractAsyncContextManager[StateTransaction]:
        """Lend it to be changed: kept on success, as it was before on any failure."""
        ...

    def beside(self, figures: Connection) -> AbstractAsyncContextManager[StateTransaction]:
        """Lend it to whoever is reading or writing figures.

        Where both are in one file, that is one transaction: a release and what is owed of it are kept
        together or not at all. What is kept elsewhere is kept before the figures are.
        """
        ...

    def reading_beside(self, figures: Connection) -> AbstractAsyncContextManager[StateTransaction]:
        """Lend it to be read by whoever is reading figures, which may take long.

        Where both are in one file, that is one state of both. What is kept elsewhere is not held up.
        """
        ...

    async def recall(self, key: str) -> str | None:
        """Return what was remembered under this key, if anything."""
        ...

    async def remember(self, key: str, value: str) -> None:
        """Keep `value` under `key`, in place of what was there."""
        ...

    async def forget(self, key: str) -> None:
        """Remember nothing under `key`."""
        ...


class StateTransaction(Protocol):
    """What may be read and changed; each method says which rows, and no caller knows how they are kept."""

    async def read_clock(self) -> datetime:
        """Say what time it is for all who share it, whatever the clocks of their machines say."""
        ...

    async def recall(self, key: str) -> str | None:
        """Return what was remembered under this key, if anything."""
        ...

    async def remember(self, key: str, value: str) -> None:
        """Keep `value` under `key`, in place of what was there."""
        ...

    async def forget(self, key: str) -> None:
        """Remember nothing under `key`."""
        ...

    # Subscriptions, and servers that are away

    async def add_subscription(self, draft: Draft, made_at: datetime) -> int:
        """Keep a subscription and return its number."""
        ...

    async def change_subscription(self, number: int, draft: Draft) -> None:
        """Put a draft in the place of what the subscription asked for; it stays paused or not."""
        ...

    async def remove_subscription(self, number: int) -> None:
        """Forget a subscription."""
        ...

    async def pause_channel(self, channel: int, pause: Pause) -> None:
        """Pause a channel's subscriptions; those that are paused already keep their reason."""
        ...

    async def pause_subscription(self, number: int, pause: Pause) -> None:
        """Pause one subscription, for this reason from now on."""
        ...

    async def resume_subscription(self, number: int) -> None:
        """Resume one subscription."""
        ...

    async def leave_server(self, server: int, at: datetime) -> None:
        """Note that the bot was removed, and pause the server's subscriptions."""
        ...

    async def return_to_server(self, server: int) -> list[int]:
        """Resume what was paused because the bot was removed; return the channels of it."""
        ...

    async def read_servers(self) -> dict[int, bool]:
        """Return every server with subscriptions, and whether it, or any of them, is marked as left."""
        ...

    async def forget_servers(self, left_before: datetime) -> int:
        """Remove the subscriptions of servers that the bot left before then; return how many there were."""
        ...

    async def read_scope(self, scope: Scope, find: FindArea) -> tuple[Subscription, ...]:
        """List a server's subscriptions, or those of one direct message."""
        ...

    async def read_channel(self, channel: int, find: FindArea) -> tuple[Subscription, ...]:
        """List the subscriptions of one channel."""
        ...

    async def read_paused(self) -> list[PausedChannel]:
        """List the channels that are paused, the longest first."""
        ...

    # What channels are owed, and what became of it

    async def share_step(self, step: Step, known: int) -> int:
        """Have every host do with a release what this one does; return the number of that step.

        `known` is the last step that this host took; raises `NotNow` where another took one since. Where
        the figures are in the same file nobody else is to be told, and the number is 0.
        """
        ...

    async def enqueue(self, release: int, now: datetime, subscribed_before: datetime | None = None) -> int:
        """Owe a release, once, to every channel that is subscribed, or was by then.

        Returns how many will hear of it: those where not every subscription is paused.
        """
        ...

    async def read_missed(self, channel: int, since: datetime) -> list[int]:
        """Return the releases since then, oldest first, that a pause by a moderator kept from a channel."""
        ...

    async def owe_missed(self, channel: int, release: int, now: datetime) -> bool:
        """Owe a channel one of those after all; say False where it is none, or owed already."""
        ...

    async def read_announced(self) -> frozenset[int]:
        """Return the releases that were ever owed to a channel."""
        ...

    async def drop_stale(self, made_before: datetime, now: datetime) -> int:
        """Give up what has been owed since before then."""
        ...

    async def claim(self, holder: str, now: datetime, until: datetime, most: int) -> tuple[Delivery, ...]:
        """Claim what is due, one delivery for each channel; nobody else gets it before `until`.

        Older deliveries that were never tried are merged into the newest one of their channel. What is taken
        over from a holder that did not settle it counts as one attempt with that one's.
        """
        ...

    async def find_next_due(self, now: datetime) -> datetime | None:
        """Return when the next delivery may be claimed; None where nothing waits."""
        ...

    async def settle(self, number: int, holder: str, settled: Settlement, now: datetime) -> bool:
        """Write down what became of an attempt; say False where the lease is another process's by now."""
        ...

    async def note_missed(self, number: int, release: int, told: Told | None) -> None:
        """Note that a message told an older release too, which had been merged into its delivery."""
        ...

    async def retract(self, release: int, now: datetime) -> tuple[int, int]:
        """Drop what is still owed of a withdrawn release, and owe its withdrawal to whoever was told of it.

        Returns how many were dropped, and how many are owed. What may have been sent is left as it is: its
        message is to be looked for.
        """
        ...

    async def unmerge(self, number: int, now: datetime) -> None:
        """Let what had been merged into a delivery be told by itself."""
        ...

    async def drop_untold(self, number: int, now: datetime) -> None:
        """Drop what had been merged into a delivery, was not told by it, and is withdrawn."""
        ...

    async def owe_withdrawals(self, now: datetime, number: int | None = None) -> int:
        """Owe, once, its withdrawal to every channel that was told of a withdrawn release; return how many.

        A `number` bounds that to what one delivery told.
        """
        ...

    async def read_told(self, number: int) -> Told | None:
        """Return the key figure that was told of what a delivery is about; None where that is not known."""
        ...

    async def renew(self, number: int, holder: str, tried_at: datetime, until: datetime) -> bool:
        """Note that the channel was looked through, and hold on; say False where another process has it."""
        ...

    async def release_held(self, channels: Collection[int], now: datetime) -> None:
        """Let what was held for these channels be sent."""
        ...

    async def note_publication(self, number: int, what: Publication, detail: str) -> None:
        """Write down what became of sending a message on from its announcement channel."""
        ...

    async def read_record(self, release: int, channel: int) -> DeliveryRecord | None:
        """Return what is written of a release's news; of one that was merged, what became of the other."""
        ...

    async def read_records(self, state: DeliveryState, most: int) -> list[DeliveryRecord]:
        """List deliveries in a state, those due first at the top."""
        ...

    async def count_states(
        self, kind: DeliveryKind = DeliveryKind.NEWS
    ) -> list[tuple[int, DeliveryState, int]]:
        """Count the deliveries of a kind by release, the newest first, and state."""
        ...

    async def find_longest_waiting(self) -> datetime | None:
        """Return when the delivery was made that has waited longest; None where none waits."""
        ...

    # Superseded alerts: sent messages that are to be marked

    async def read_told_before(self, before: int) -> list[Told]:
        """Return every key figure that messages on earlier releases tell, as they are marked by now."""
        ...

    async def add_superseded(self, release: int, told: Told, value: int | None, now: datetime) -> None:
        """Have every message that told this marked with what `release` says, in place of what waits still."""
        ...

    async def claim_superseded(self, now: datetime, until: datetime, most: int) -> list[SupersededRow]:
        """Claim messages to be marked; they come up again after `until` unless they are settled."""
        ...

    async def settle_superseded(
        self,
        row: tuple[int, int, int],
        state: MarkState,
        due_at: datetime,
        reason: MarkReason | None = None,
        detail: str = "",
    ) -> None:
        """Write down what became of marking a message: (delivery, release, attempts).

        A marked one says the new value. Nothing is written where it is to be marked otherwise by now.
        """
        ...

    async def withdraw_marks(self, release: int) -> list[Marked]:
        """Drop every mark that a release made or was to make; return the messages that have one of its marks.

        Nor is a message marked any more that told of this release. The others count as not marked again.
        """
        ...

    async def mark_again(self, delivery: int, by: int, value: int | None, due_at: datetime) -> None:
        """Have a message marked with what `by` says, once no other attempt can be under way."""
        ...

    async def find_next_superseded(self) -> datetime | None:
        """Return when the next message may be marked; None where none waits."""
        ...

    # All of it, to be moved

    async def read_rows(self, own: Sequence[str]) -> Rows:
        """Return every row by its table, but for the facts of a file itself, by their keys."""
        ...

    async def add_rows(self, rows: Rows) -> None:
        """Keep such rows; there must be none."""
        ...

    async def remove_rows(self, own: Sequence[str]) -> None:
        """Forget all of that, and which hosts there were."""
        ...

    async def read_last_number(self) -> int:
        """Return the last number that a subscription had."""
        ...

    async def note_last_number(self, number: int) -> None:
        """Have the next subscription's number be a later one."""
        ...

    async def forget_channels(self) -> None:
        """Remove every subscription, and what was or is to be sent for one: of a copy to try things on."""
        ...


class ClusterState(SharedState, Protocol):
    """Shared state of several hosts, each with a copy of the figures."""

    async def set_clock(self) -> None:
        """Look at the clock of what keeps it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[ClusterTransaction]:
        """Lend one state of it, to be read."""
        ...

    def writing(self) -> AbstractAsyncContextManager[ClusterTransaction]:
        """Lend it to be changed: kept on success, as it was before on any failure."""
        ...

    def beside(self, figures: Connection) -> AbstractAsyncContextManager[ClusterTransaction]:
        """Lend it to whoever reads or writes figures, kept before they are."""
        ...

    def reading_beside(self, figures: Connection) -> AbstractAsyncContextManager[ClusterTransaction]:
        """Lend it to be read by whoever is reading figures."""
        ...


class ClusterTransaction(StateTransaction, Protocol):
    """What hosts know of each other besides. Every moment is by the clock of what keeps it."""

    async def note_process(self, process: Process) -> None:
        """Have it known that a process is there, now; those that were not seen for long are forgotten."""
        ...

    async def forget_process(self, name: str) -> None:
        """Have it known that a process stops, and that it gives the duty up if it has it."""
        ...

    async def read_processes(self) -> list[Process]:
        """List the processes that did not say that they stop, the oldest first."""
        ...

    async def take_duty(self, holder: str, lease: timedelta) -> Duty:
        """Take the duty where nobody has it, or keep it for a `lease` from now; return who has it."""
        ...

    async def take_turn(self, key: int, every: timedelta) -> float:
        """Take the next of turns that come `every` so often, and return in how many seconds it is."""
        ...

    async def read_duty(self) -> list[Duty]:
        """Return who has the duty, or had it last; nobody where none ever had."""
        ...

    async def insist_on_duty(self, duty: Duty, steps: int) -> None:
        """Raise `NotNow` where the duty is another's by now.

        In this transaction nothing is claimed where hosts took more `steps` than these.
        """
        ...

    async def count_steps(self) -> int:
        """Return the number of the last step."""
        ...

    async def read_step(self, after: int) -> Step | None:
        """Return the first step after that number."""
        ...

    async def note_release(self, number: int, *, withdrawn: bool = False) -> None:
        """Have a release known that every host has, without a step."""
        ...

    async def read_release_states(self) -> dict[int, str]:
        """Return which releases are known, and whether they are published or withdrawn."""
        ...
