"""The questions that commands may ask, each answered from the local copy as of any release that is kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from data.caveats import WhoIsCounted
from data.countries.territories import find_remarks, find_unrwa
from data.errors import DatabaseUnusable, NoFigures
from data.model import FIRST_YEAR, Holdings, Measure
from data.notes import Touching, find_touching
from data.questions.cache import AnswerCaches, LastUsed
from data.questions.changes import AskChanges, answer_changes
from data.questions.export import answer_export
from data.questions.figures import AskFigures, Figures
from data.questions.history import find_gone
from data.questions.members import find_groups
from data.questions.placement import settle
from data.questions.registry import find_only_measure, find_subjects, kind_of, list_asked_counts
from data.questions.view import name_country, open_view
from data.reading.check.search import answer_check
from data.state.model import CHECKED
from data.state.opening import state_of
from data.store.notes import find_in_force, read_list
from data.store.packed_rollups import keep_packed
from data.store.releases import read_releases

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from contextlib import AbstractAsyncContextManager
    from datetime import date

    from data.countries import Atlas
    from data.model import Release
    from data.notes import Note
    from data.questions.export import AskExport, Export
    from data.questions.registry import Finding, Question
    from data.questions.view import Countries, ReleaseView
    from data.reading.check.verdicts import Check
    from data.store.database import Database

__all__ = ["Answers"]

Found = TypeVar("Found", bound="Finding")

MAX_NOTE_LISTS = 4
"""Each is of some 700 notes, in about 0.7 MB; a new one comes with a release."""


class Answers:
    """The questions that commands may ask. Each answer is read from one state of the database.

    Raises `Unanswerable` when there is none. The newest release of the question's day or before answers;
    without a day, the newest of all.
    """

    def __init__(self, database: Database, countries: Countries) -> None:
        self._database = database
        self._countries = countries
        self._caches = AnswerCaches()
        self._note_lists = LastUsed(MAX_NOTE_LISTS)
        self._checked: str | None = None

    def _open_view(
        self, as_of: date | None, *, whole: bool = False
    ) -> AbstractAsyncContextManager[ReleaseView]:
        return open_view(self._database, self._countries, as_of, self._caches, whole=whole)

    async def prepare(self) -> None:
        """Read what questions on groups rest on, so that none waits for it; pack it first, if it is not."""
        async with self._open_view(None) as at:
            if at.cache.has_pairs:
                return
        with suppress(DatabaseUnusable):  # answers need it not
            await keep_packed(self._database)
        async with self._open_view(None) as at:
            await at.open_sums()

    async def answer(self, question: Question, *, whole: bool = False) -> Finding:
        """Answer a question of any kind, or take what was found when just the same was asked.

        A very long list is complete only in the `whole` answer, which is not kept.
        """
        kind, question = kind_of(question), settle(question)
        arguments = kind.arguments(question)
        try:
            async with self._open_view(question.as_of, whole=kind.whole) as at:
                if isinstance(question, AskChanges):
                    return await answer_changes(at, *arguments, whole=whole)
                of = find_only_measure(question)
                view = at.narrow(of) if of else at
                found: Finding = await at.cache.findings.fetch(
                    (kind.answer, at.release.id, *arguments),
                    lambda: self._remark(kind.answer(view, *arguments)),
                )
                return found
        except NoFigures as refusal:
            raise await self._look_back(question, refusal) from None

    async def choose_leading(self, question: AskFigures) -> Measure:
        """Choose what a map shows where nobody said: refugees where they lead the figures, else claims."""
        if question.year and question.year < FIRST_YEAR:
            return Measure.REFUGEES
        try:
            found = await self.answer(question)
        except NoFigures:
            return Measure.PENDING
        leads = isinstance(found, Figures) and Measure.REFUGEES in found.leading
        return Measure.REFUGEES if leads else Measure.PENDING

    async def _look_back(self, question: Question | AskExport, refusal: NoFigures) -> NoFigures:
        """Say what an earlier release had where the one that was asked has nothing; else refuse as before."""
        async with self._open_view(question.as_of) as at:
            for measure, place, year in list_asked_counts(question, at.release.newest_year):
                if gone := await find_gone(at, measure, place, year):
                    return NoFigures(
                        "figure-stood-earlier",
                        measure=measure,
                        place=place,
                        covered=(measure.nature, gone.covers),
                        tally=gone.tally,
                        release=gone.release,
                        since=gone.since,
                    )
        return refusal

    async def _remark(self, finding: Awaitable[Found]) -> Found:
        """Say as well what has to be said of territories that changed, and of groups."""
        found = await finding
        subjects = find_subjects(found)
        remarks = (
            *find_unrwa(subjects, tells_refugees=_tells_refugees(found)),
            *find_remarks(subjects, partial(name_country, self._countries)),
        )
        return replace(found, caveats=(*found.caveats, *remarks, *find_groups(subjects)))

    async def check(self, text: str, written: date, atlas: Atlas) -> Check:
        """Return what stands behind the figures in a text of that day, in every release that is kept."""
        async with self._open_view(None) as at:
            return await answer_check(at, atlas, text, written)

    async def export(self, asked: AskExport) -> Export:
        """Return many figures at once, for a file."""
        try:
            async with self._open_view(asked.as_of) as at:
                return await self._remark(answer_export(at, settle(asked)))
        except NoFigures as refusal:
            raise await self._look_back(asked, refusal) from None

    async def notes(self, found: Finding, release: Release) -> Touching | None:
        """Return UNHCR's notes that touch what was found as of a release; None where none is kept."""
        async with self._database.reading() as connection:
            known = await find_in_force(connection, release.id)
            if known is None:
                return None
            listed: tuple[Note, ...] = await self._note_lists.fetch(
                known.digest, lambda: read_list(connection, known.digest)
            )
        day = datetime.fromtimestamp(known.release, UTC).date()
        return Touching(find_touching(listed, find_subjects(found)), day)

    async def holdings(self) -> Holdings:
        """Return which releases are kept, how fresh they are, and how many notes came with them."""
        with suppress(DatabaseUnusable):  # else it is what it was when that could be looked up last
            self._checked = await state_of(self._database).recall(CHECKED)
        checked = self._checked
        kept = await self.releases()
        notes = None
        if kept:
            async with self._database.reading() as connection:
                notes = await find_in_force(connection, kept[-1].id)
        return Holdings(
            kept,
            datetime.fromisoformat(checked) if checked else None,
            notes=notes.notes if notes else 0,
            notes_day=datetime.fromtimestamp(notes.release, UTC).date() if notes else None,
        )

    async def newest_year(self) -> int:
        """Return the last year that the newest release has figures for."""
        return (await self.releases())[-1].newest_year

    async def releases(self) -> tuple[Release, ...]:
        """Return the published releases, oldest first; also those that a first start is still bringing in."""
        async with self._database.reading() as connection:
            return await read_releases(connection)


def _tells_refugees(found: Finding) -> bool:
    """Whether an answer leads with refugees, or is on an origin, of which it tells them as well."""
    if isinstance(found, Figures) and found.place.origin:
        return True
    return WhoIsCounted(Measure.REFUGEES) in found.caveats
