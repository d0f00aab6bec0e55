"""From a text to its claims: each number with all that the text names, and how near to it. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, reduce
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING

from data.model import Group, Role
from data.reading.abroad import say_abroad
from data.reading.check.asides import find_asides, find_end, leave_out
from data.reading.check.base_years import settle_comparisons, shift_bases
from data.reading.check.claim import Agreement, Claim, Mark, Named, Near, Subject, Term
from data.reading.check.comparisons import is_compared_with
from data.reading.check.lists import find_joint
from data.reading.check.marks import find_marks, find_source, names_world
from data.reading.check.nearness import (
    Links,
    find_near,
    find_year_near,
    gather_mentions,
    is_adjacent,
    leads,
    list_elsewhere,
    tells_whole,
)
from data.reading.check.sentences import MAX_LENGTH, clean, quote, read_sentences
from data.reading.check.side_claims import find_side_claims
from data.reading.check.standings import find_standings
from data.reading.check.subjects import find_subject, is_of_claims
from data.reading.check.tables import read_tables
from data.reading.check.terms import (
    DECISIVE,
    WEAK,
    choose_term,
    find_first_instance,
    is_about_asylum,
    is_in_clause,
    says_all,
    says_arrived,
    says_new,
)
from data.reading.check.times import Time, names_june, tell_time
from data.reading.check.wholes import find_share
from data.reading.numbers import NumberForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from data.countries import Atlas
    from data.model import Area
    from data.reading.check.base_years import Settled as Comparisons
    from data.reading.check.claim import Comparison, SideClaim, StandingClaim
    from data.reading.check.lists import Span
    from data.reading.check.sentences import Sentence
    from data.reading.numbers import Quantity
    from data.reading.places import Naming
    from data.reading.words import Mention
    from data.reading.years import YearSpan

_NAMING = frozenset({*WEAK, *DECISIVE, Term.NEW, Term.DECIDED})
"""They name whom or what is counted: “68.3 million IDPs”."""

MAX_CLAIMS, MAX_SPAN = 60, 30
_PUBLISHED = 6, 10  # around this day come the stocks of the year before
_SAME = re.compile(r"(?:that|the) (?:same )?year|in the same period", re.IGNORECASE)
_CASES = re.compile(r"(?: [\w-]+){0,3}? (?:cases|families|households|files)\b", re.IGNORECASE)
_MERITS = re.compile(r"\b(?:on (?:the|their) merits|substantive|(?:in|on the) substance)\b", re.IGNORECASE)
_WITH_SEEKERS = re.compile(
    r"\brefugees(?: and|,| or|/)(?: \w+)? ?asylum[- ]seekers\b"
    rf"|\basylum[- ]seekers(?: and|,| or|/) ?refugees\b|\b(?:{say_abroad('seekers too')})(?!\w)",
    re.IGNORECASE,
)
_UNHCR = re.compile(r"\b(?:UNHCR|(?:UN|U\.N\.|United Nations) refugee agency)\b")
_YEAR_END = re.compile(rf"\b(?:{say_abroad('year end')})\b", re.IGNORECASE)


def read_claims(
    text: str, atlas: Atlas, written: date, newest: int, then: int | None = None
) -> tuple[Claim, ...]:
    """Read what a text of that day claims, in its order.

    `newest` is the newest year with figures, `then` that of the day, which a text without a year speaks of.
    At most 60 claims are read, of the first 6,000 characters.
    """
    text, columns = read_tables(text[:MAX_LENGTH])
    text = clean(text)
    newest = min(newest, written.year)
    implied = min(then or written.year - 1, newest)
    sentences, about = read_sentences(text, atlas, written, implied, columns), is_about_asylum(text)
    settled = tuple(_settle(text, sentence, newest) for sentence in sentences)
    telling = {
        what: [place for place, each in enumerate(settled) if getattr(each.rest, what)]
        for what in ("namings", "years", "terms")
    }
    reader = _Reader(text, sentences, settled, telling, implied, newest, about, written)
    claims: list[Claim] = []
    for place in range(len(sentences)):
        claims += reader.read(place)
        if len(claims) >= MAX_CLAIMS:
            break
    return tuple(claims[:MAX_CLAIMS])


def _settle(text: str, sentence: Sentence, newest: int) -> _Settled:
    """Tell what the numbers of a sentence count, and which of its years are only compared with."""
    names = {each.start: each.end for each in sentence.namings}
    telling = {each.start for each in sentence.terms if each.value in _NAMING} | {
        each.start
        for each in sentence.namings
        if each.value.people and text[each.end - 1] == "s"  # “1.4 million Iraqis live elsewhere”
    }
    subjects = {}
    for number in sentence.numbers:
        of_change = any(
            each.start <= number.start < each.end or each.percent is number.value
            for each in sentence.comparisons
        )
        subjects[number.start] = Subject.CHANGE if of_change else find_subject(text, number, names, telling)
    kept = tuple(n for n in sentence.numbers if subjects[n.start] not in (Subject.OTHER, Subject.CHANGE))
    counts = [number.start for number in kept if number.value.form is NumberForm.COUNT]
    settled = settle_comparisons(text, sentence, counts, newest)
    beside = {*find_asides(text, sentence)}
    rest = leave_out(text, sentence, settled.passing | beside, sentence.start)
    standings, alone = find_standings(text, sentence, counts)
    told = [each for some in standings.values() for each in some if each.share]
    of_these = {n.start for n in kept if any(each.start <= n.start < each.end for each in told)} - {*counts}
    kept = tuple(n for n in kept if n.start not in of_these)
    asides = find_side_claims(text, sentence, [(number.start, number.end) for number in kept])
    return _Settled(settled, subjects, kept, rest, standings, asides, tuple(alone))


@dataclass(frozen=True, slots=True)
class _Settled:
    """Its comparisons, what its numbers count, those that may be claims, and the `rest`: its own years."""

    comparisons: Comparisons
    subjects: dict[int, Subject]
    numbers: tuple[Mention[Quantity], ...]
    rest: Sentence
    standings: dict[int, tuple[StandingClaim, ...]]
    asides: dict[int, tuple[SideClaim, ...]]
    alone: tuple[StandingClaim, ...]


@dataclass(frozen=True)
class _Reader:
    """The sentences of a text, each read with what stands around it."""

    text: str
    sentences: tuple[Sentence, ...]
    settled: tuple[_Settled, ...]
    telling: dict[str, list[int]]
    implied: int
    newest: int
    about_asylum: bool
    written: date

    def read(self, place: int) -> list[Claim]:
        """Read the claims of one sentence: of its numbers, and of its comparisons without one."""
        sentence, settled = self.sentences[place], self.settled[place]
        bare = {each.start for each in sentence.years if is_compared_with(self.text, each.start, bare=True)}
        bases, owned = settled.comparisons.bases | bare, settled.comparisons.owned
        apart = find_asides(self.text, sentence)
        claims: list[Claim] = []
        starts = [each.start for each in settled.numbers]
        starts += [each.start for each in settled.comparisons.loose]
        starts += [each.start for each in settled.alone]
        kept = set(sorted(starts)[:MAX_CLAIMS])
        for number in (each for each in settled.numbers if each.start in kept):
            where = (number.start, number.end)
            away = {start for start, own in apart.items() if not own[0] <= number.start < own[1]}
            own = leave_out(self.text, sentence, bases | away, number.start, number.end)
            claim = self._make_claim(place, own, where, settled.subjects[number.start])
            made = tuple(self._date(each, claim) for each in owned.get(number.start, ()))
            found = settled.standings.get(number.start, ())
            stands = tuple(replace(each, others=self._groups) for each in found)
            asides = settled.asides.get(number.start, ())
            claim = replace(claim, quantity=number.value, comparisons=made, standings=stands, asides=asides)
            if number.value.form is NumberForm.PERCENT:
                claim = replace(claim, share=find_share(self.text, where, sentence))
            claims.append(claim)
        for comparison in (each for each in settled.comparisons.loose if each.start in kept):
            own = leave_out(self.text, sentence, bases, comparison.start)
            claim = self._make_claim(place, own, (comparison.start, comparison.end), Subject.CHANGE)
            if percent := _find_percent(sentence, comparison):
                claim = replace(claim, number=self.text[percent.start : percent.end])
            claims.append(replace(claim, comparisons=(self._date(comparison, claim),)))
        for standing in (each for each in settled.alone if each.start in kept):
            own = leave_out(self.text, sentence, bases, standing.start)
            claim = self._make_claim(place, own, (standing.start, standing.end), Subject.STANDING)
            claims.append(replace(claim, number=standing.said, standings=(standing,)))
        return sorted(claims, key=lambda each: each.start)

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        """The groups of countries that the text names anywhere."""
        named = (each.value.countries[0] for sentence in self.sentences for each in sentence.namings)
        return tuple(dict.fromkeys(area for area in named if isinstance(area, Group)))

    def _date(self, comparison: Comparison, claim: Claim) -> Comparison:
        """Let a record be one of the years that had figures when it was written."""
        latest = max(self.implied, claim.nearest_year or 0)
        return replace(shift_bases(comparison, claim), latest=latest)

    @cached_property
    def _links(self) -> Links:
        return Links(self.text)

    def _make_claim(self, place: int, sentence: Sentence, where: Span, subject: Subject) -> Claim:
        text, within = self.text, (sentence.start, sentence.end)
        numbers = [(n.start, n.end) for n in sentence.numbers]
        others = [each for each in numbers if each != where]
        time = tell_time(text, where, sentence.years, self.newest, others, self.implied)
        counts = {(n.start, n.end) for n in sentence.numbers if n.value.form is NumberForm.COUNT}
        numbered = sorted({*counts, where})
        taken = self._links.find(sentence.namings, numbered) | self._links.find(sentence.years, numbered)
        origins, asylums = self._place_countries(place, where, others, taken)
        joint = find_joint(text, sentence.namings, where, others, sentence.end)
        own, carried = bool(time.years or time.span), self._carry_time(place)
        half, june = time.half, frozenset(time.june)
        if not own:
            half, june = half or carried.half, june | frozenset(carried.june)
        years = self._place_years(place, sentence, where, others, taken)
        if names_june(text, where, within, others, alone=not own):
            june |= frozenset(time.years or carried.years or years)
        dated = any(where == taken.get(year.start) for year in sentence.years)
        marks = find_marks(text, where, within, others, dated=dated) | self._carry_marks(place)
        if any(isinstance(area, Group) for naming in sentence.namings for area in naming.value.countries):
            marks -= {Mark.REGION}
        return Claim(
            start=where[0],
            end=where[1],
            number=text[where[0] : where[1]].strip(" ."),
            quote=quote(text, sentence, where),
            sentence=place,
            quantity=None,
            subject=subject,
            origins=origins,
            asylums=asylums,
            years=years,
            terms=self._place_terms(place, where, others),
            span=time.span if own else carried.span if not carried.years else None,
            half=half,
            june=june,
            year_end=own and time.end,
            time_beside=own and time.beside and not _YEAR_END.search(text, where[1], sentence.end),
            cases=_CASES.match(text, where[1]) is not None,
            says_new=says_new(text, *within),
            says_all=says_all(text, *within),
            says_arrived=says_arrived(text, where, within, others),
            on_merits=_says(_MERITS, text, *within),
            with_seekers=_says(_WITH_SEEKERS, text, *within),
            of_claims=is_of_claims(text, where, sentence.start),
            at_first=find_first_instance(text, where, within, others),
            worldwide=self._is_worldwide(place, where, taken),
            term_beside=any(is_in_clause(text, where, each, others) for each in sentence.terms),
            about_asylum=self.about_asylum,
            written=self.written,
            marks=marks - {Mark.MONTHS} if half or june else marks,
            joint=tuple(
                naming.value.countries[0].code for naming in sentence.namings if naming.start in joint
            ),
        )

    def _is_worldwide(self, place: int, where: Span, taken: dict[int, Span]) -> bool:
        """Say whether a sentence speaks of the world, or names no place and continues one that does."""
        for sentence in reversed(self.sentences[: place + 1]):
            if names_world(self.text, sentence.start, sentence.end):
                return True
            if any(taken.get(each.start, where) == where for each in sentence.namings):
                return False
        return False

    def _carry_marks(self, place: int) -> frozenset[Mark]:
        """Return what the sentence before says of its time and source, which stays until another is named."""
        return self._carry_times(place) | self._carry_source(place)

    def _carry_source(self, place: int) -> frozenset[Mark]:
        """Return whether a sentence or the one before says that another body counted, and names no UNHCR."""
        for sentence in self.sentences[max(0, place - 1) : place + 1][::-1]:
            where = sentence.start, sentence.end
            if _UNHCR.search(self.text, *where):
                return frozenset()
            if found := find_source(self.text, where):
                return found
        return frozenset()

    def _carry_times(self, place: int) -> frozenset[Mark]:
        years = self.settled[place].rest.years
        if not place or any(not _SAME.fullmatch(self.text, year.start, year.end) for year in years):
            return frozenset()
        before = self.sentences[place - 1]
        numbers = [(number.start, number.end) for number in before.numbers]
        if not numbers:
            return frozenset()
        found = find_marks(self.text, numbers[-1], (before.start, before.end), numbers[:-1])
        return found & {Mark.MONTHS, Mark.FISCAL}

    def _place_countries(
        self, place: int, where: Span, others: Sequence[Span], taken: dict[int, Span]
    ) -> tuple[dict[str, Named], dict[str, Named]]:
        return self._place_side(place, Role.ORIGIN, where, others, taken), self._place_side(
            place, Role.ASYLUM, where, others, taken
        )

    def _place_side(
        self, place: int, role: Role, where: Span, others: Sequence[Span], taken: dict[int, Span]
    ) -> dict[str, Named]:
        begin = bisect_left(self.telling["namings"], place)
        end = bisect_left(self.telling["namings"], place + 1)
        side: _Ranked = {}
        for named, rank in (
            *self._list_here(place, role, where, others, taken),
            *self._earlier[role][begin].values(),
            *self._later[role][end].values(),
            *self._list_carried(place, role),
        ):
            code = named.area.code
            if code not in side or rank < side[code][1]:
                side[code] = named, rank
        return {code: named for code, (named, _) in side.items()}

    def _list_here(
        self, place: int, role: Role, where: Span, others: Sequence[Span], taken: dict[int, Span]
    ) -> Iterator[tuple[Named, float]]:
        """List what the number's own sentence names on a side."""
        namings = self.sentences[place].namings
        agreeing = [naming for naming in namings if _agree(naming.value, role) is not Agreement.AGAINST]
        said = [naming for naming in agreeing if naming.value.role is role]
        whole = tells_whole(self.text, self.sentences[place].start, where[0])
        for naming in namings:
            near = find_near(self.text, where, naming, others, taken)
            agreement = _agree(naming.value, role)
            if whole and naming.value.role is Role.ORIGIN and not is_adjacent(where, naming):
                near = Near.TAKEN  # “Russians were the largest group of the 18,838 applicants”
            elif near is Near.TAKEN and leads(naming, where, said if naming in said else agreeing):
                near = Near.SENTENCE
            for area in naming.value.countries:  # “Congolese” are of two
                yield Named(area, near, agreement), near.rank + _RANKS[agreement]

    def _list_carried(self, place: int, role: Role) -> Iterator[tuple[Named, float]]:
        """List what the text goes on with on a side: only what it says is on it, if it does."""
        against = {area for area, how in self._named[role].get(place, ()) if how is Agreement.AGAINST}
        for number, near in self._find_near(place, role).items():
            said = Agreement.SAID in self._agreeing[role][number].values()
            for area, agreement in self._named[role][number]:
                if area not in against and (agreement is Agreement.SAID or not said):
                    yield Named(area, near, agreement), near.rank + _RANKS[agreement]
        host = self._only_host if role is Role.ASYLUM else None
        if host and host[0] < place:
            here = {area for area, _ in self._named[role].get(place, ())}
            said = Agreement.SAID in self._agreeing[role].get(place, {}).values()
            if host[1] not in here and not said:
                yield Named(host[1], Near.CARRIED, Agreement.SAID), Near.CARRIED.rank

    @cached_property
    def _only_host(self) -> tuple[int, Area] | None:
        """The one country of asylum that the text says is one, and the first sentence that does."""
        said = [
            (number, area)
            for number, named in self._named[Role.ASYLUM].items()
            for area, agreement in named
            if agreement is Agreement.SAID
        ]
        return said[0] if len({area for _, area in said}) == 1 else None

    @cached_property
    def _named(self) -> dict[Role, dict[int, list[tuple[Area, Agreement]]]]:
        """What each sentence names on each side, each once."""
        return {
            role: {
                number: list(
                    dict.fromkeys(
                        (area, _agree(naming.value, role))
                        for naming in self.settled[number].rest.namings
                        for area in naming.value.countries
                    )
                )
                for number in self.telling["namings"]
            }
            for role in Role
        }

    @cached_property
    def _earlier(self) -> dict[Role, list[_Ranked]]:
        """What the sentences before each that names places name on each side, and what all of them do."""
        nothing: _Ranked = {}
        return {
            role: list(accumulate(self._rank(role, Near.EARLIER), _join, initial=nothing)) for role in Role
        }

    @cached_property
    def _later(self) -> dict[Role, list[_Ranked]]:
        """What each sentence that names places and those after it name on each side; last, nothing."""
        found: dict[Role, list[_Ranked]] = {}
        for role in Role:
            each: _Ranked = {}
            found[role] = [each]
            for own in reversed([*self._rank(role, Near.LATER)]):
                each = _join(own, each)
                found[role].insert(0, each)
        return found

    def _rank(self, role: Role, near: Near) -> Iterator[_Ranked]:
        """Yield what each sentence names, were it so near."""
        for named in self._named[role].values():
            each = ({area.code: (Named(area, near, how), near.rank + _RANKS[how])} for area, how in named)
            yield reduce(_join, each, {})

    @cached_property
    def _agreeing(self) -> dict[Role, dict[int, dict[str, Agreement]]]:
        """The codes of those that a sentence may put on each side."""
        return {
            role: {
                number: {
                    naming.value.countries[0].code: agreement
                    for naming in self.settled[number].rest.namings
                    if (agreement := _agree(naming.value, role)) is not Agreement.AGAINST
                }
                for number in self.telling["namings"]
            }
            for role in Role
        }

    def _find_near(self, place: int, role: Role) -> dict[int, Near]:
        """Find how near the countries of the sentences before are: whichever goes on, and what it began with.

        A list has several, of which none goes on; where nothing says on which side they are (“Others were
        Türkiye (6,822) and Eritrea (2,109)”), the country before the list does.
        """
        near: dict[int, Near] = {}
        carried, passed = False, place
        for number in reversed([each for each in self.telling["namings"] if each < place]):
            agreeing = self._agreeing[role][number]
            said = [code for code, how in agreeing.items() if how is Agreement.SAID]
            alone = len(said or agreeing) == 1
            if not agreeing and passed == place:
                passed = number
            if alone and not carried and not self._begins_anew(number, passed):
                near[number] = Near.CARRIED
            elif alone and number == self.telling["namings"][0]:
                near[number] = Near.TOPIC
            carried = carried or alone or bool(said)
        return near

    def _begins_anew(self, number: int, passed: int) -> bool:
        """Say whether a paragraph that names other places begins between two sentences."""
        between = self.text[self.sentences[number].start : self.sentences[passed].end].strip()
        return bool(self.settled[passed].rest.namings) and "\n" in between

    def _place_years(
        self, place: int, own: Sentence, where: Span, others: Sequence[Span], taken: dict[int, Span]
    ) -> dict[int, Near]:
        found: dict[int, Near] = {}

        def put(years: Iterable[tuple[int, Near]]) -> None:
            for year, near in years:
                if year not in found or near.rank < found[year].rank:
                    found[year] = near

        for mention in own.years:
            if near := find_year_near(self.text, where, mention, own.years, others, taken):
                put(self._list_years(mention.value, near))
        if not any(taken.get(year.start) == where and year.value.single for year in own.years):
            put(self._find_end(place, own, where, others))
        before = self.telling["years"][: bisect_left(self.telling["years"], place)]
        carried = {year for each in before[-1:] for year, near in self._go_on(each) if near is Near.CARRIED}
        put(list_elsewhere(self._dated, place, before, carried))
        if min(found, default=0) > self.implied:
            found.setdefault(
                self.implied, Near.IMPLIED
            )  # “by the end of April”: of that year nothing is known
        if not any(near.rank <= Near.EARLIER.rank for near in found.values()):
            found.setdefault(self.implied, Near.IMPLIED)
            out = (self.written.month, self.written.day) >= _PUBLISHED
            found.setdefault(self.implied - 1, Near.STALE if out else Near.IMPLIED)
        return found

    def _find_end(
        self, place: int, own: Sentence, where: Span, others: Sequence[Span]
    ) -> Iterator[tuple[int, Near]]:
        """Find the year of a number that leads from the first to the last: “from 10,000 to 65,000”."""
        if (first := find_end(self.text, where, others)) is None:
            return
        before = [number for number in self.telling["years"] if number < place][-1:]
        telling = own.years or [year for number in before for year in self.settled[number].rest.years]
        years = {year.value.single for year in telling if year.value.single and year.value.period is None}
        since = [year.value for year in own.years if year.value.single is None and year.value.first]
        if len(since) == 1:  # “since 2014, from 3,000 to 5,000”
            last = max(filter(None, years), default=since[0].last)
            if end := since[0].first if first else last:
                yield end, Near.CLAUSE
            return
        if len(years) > 1:
            yield (min if first else max)(filter(None, years)), Near.CLAUSE
        elif years and not any(year.value.single is None for year in telling):
            (year,) = filter(None, years)
            yield year - first, Near.CLAUSE  # “fell from 7,000 to 5,000 in 2024”

    def _go_on(self, number: int) -> Iterator[tuple[int, Near]]:
        """List the years that a text goes on with: after “20,500 in 2012 and 10,400 in 2013” with 2013."""
        mentions = self.settled[number].rest.years
        latest = max((each.value.last or 0 for each in mentions), default=0)
        for mention in mentions:
            goes_on = mention.value.single == latest or mention.value.newest
            yield from self._list_years(mention.value, Near.CARRIED if goes_on else Near.EARLIER)

    @cached_property
    def _dated(self) -> dict[int, list[int]]:
        """Of each year that the text names, in which sentences."""
        return gather_mentions(
            (year, number)
            for number in self.telling["years"]
            for mention in self.settled[number].rest.years
            for year, _ in self._list_years(mention.value, Near.EARLIER)
        )

    def _list_years(self, span: YearSpan, near: Near) -> Iterator[tuple[int, Near]]:
        """List the years that a mention may mean: of a span each, though none of them as nearly."""
        single = self.implied if span.newest else span.single
        if single is not None:
            yield single, near
        elif span.first and span.last and span.last - span.first < MAX_SPAN:
            for year in range(span.first, span.last + 1):
                yield year, max(near, Near.SENTENCE, key=lambda each: each.rank)

    def _place_terms(self, place: int, where: Span, others: Sequence[Span]) -> dict[Term, Near]:
        found: dict[Term, Near] = {}
        if own := choose_term(self.text, where, self.sentences[place].terms, others):
            found[own] = Near.CLAUSE
        for term in self.sentences[place].terms:
            found.setdefault(term.value, Near.SENTENCE)
        before = self.telling["terms"][: bisect_left(self.telling["terms"], place)]
        counting = [number for number in before if self.settled[number].numbers] or before
        carried = {each.value for number in counting[-1:] for each in self.settled[number].rest.terms}
        elsewhere = list_elsewhere(self._termed, place, before, carried)
        return found | {term: near for term, near in elsewhere if term not in found}

    @cached_property
    def _termed(self) -> dict[Term, list[int]]:
        """Of each thing that is said of what is counted, in which sentences."""
        return gather_mentions(
            (each.value, number)
            for number in self.telling["terms"]
            for each in self.settled[number].rest.terms
        )

    def _carry_time(self, place: int) -> Time:
        """Return the time that the text spoke of last, before the sentence at this place."""
        before = (each.rest for each in reversed(self.settled[:place]) if each.rest.years)
        for each in before:
            return tell_time(self.text, (each.start, each.start), each.years, self.newest, (), self.implied)
        return Time()


@lru_cache(maxsize=64)
def _says(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return pattern.search(text, start, end) is not None


_Ranked = dict[str, tuple[Named, float]]
"""By the code of a place, how it is named, and the rank of that: the least tells most."""


def _join(some: _Ranked, more: _Ranked) -> _Ranked:
    """Join what is named, in order; of a place what tells most."""
    found = some | more
    for code in some.keys() & more.keys():
        found[code] = min(some[code], more[code], key=itemgetter(1))
    return found


def _agree(naming: Naming, role: Role) -> Agreement:
    """Say whether the words around a country put it on this side; a name alone is rather of asylum.

    “German asylum applications” are as well those made in Germany as those of Germans.
    """
    if naming.role is None:
        return Agreement.OPEN
    return Agreement.SAID if naming.role is role else Agreement.AGAINST


_RANKS = {Agreement.SAID: 0, Agreement.OPEN: 0.5, Agreement.AGAINST: 100}
"""What a mention of a country tells of a side, the least most; what speaks against it, hardly anything."""


def _find_percent(sentence: Sentence, comparison: Comparison) -> Mention[Quantity] | None:
    return next((number for number in sentence.numbers if number.value is comparison.percent), None)
