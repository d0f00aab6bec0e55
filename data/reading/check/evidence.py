"""What every release that is kept has said of some places: the figures that a number may come from. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from data.measures import MIN_DECISIONS
from data.model import ALL, Counts, Extent, Level, Measure, Place, ReferencePeriod, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from data.caveats import Independent, SplitOff
    from data.coverage import Break, Coverage
    from data.model import Number, Release
    from data.reading.check.claim import Claim

    FindBreaks = Callable[["Codes", Measure], tuple[Break, ...]]
    Split = SplitOff | Independent
    FindSplits = Callable[[Place], tuple[Split, ...]]

Cells = tuple[int | None, ...]
"""What a release wrote of a place, a year and a unit: all counts, then the outcomes at first instance."""

Codes = tuple[str, str]
"""UNHCR's codes of origin and asylum, `ALL` where a side is open."""


class Variant(StrEnum):
    """What of a measure is counted, where that is not just what UNHCR's headlines count."""

    PLAIN = "plain"
    SUBSTANTIVE = "substantive"
    """Decisions on the merits alone."""
    PROTECTED = "protected"
    """Recognised or given complementary protection."""
    WITH_REPEATS = "with-repeats"
    """New and repeat applications, without appeals: as national offices count."""
    WITH_OTHERS = "with-others"
    """Refugees and others in need of international protection."""
    FIRST_ALONE = "first-alone"
    """Stage N alone, without NR."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """How a figure is made: the sum of `columns` of what was written, of one level; a rate as a share.

    Each is there once, in `BY_NAME`.
    """

    measure: Measure
    variant: Variant
    level: Level
    columns: tuple[int, ...]
    whole: tuple[int, ...] = ()


class Written(NamedTuple):
    """Counts of a year and unit as a release wrote them; valid until a later release of them."""

    release: int
    year: int
    unit: Unit
    cells: Cells


_WIDTH = len(Counts._fields) - Counts._fields.index("recognised")
"""From an outcome of all levels to the same at first instance."""


def _list_forms() -> tuple[Form, ...]:
    """List every count that somebody may quote: each measure, and what newspapers make of decisions."""
    place = Counts._fields.index
    positive = ("recognised", "complementary")
    made = {each: each.row.columns for each in Measure if each.row.columns}
    forms = [
        Form(each, Variant.PLAIN, Level.ALL, tuple(map(place, columns))) for each, columns in made.items()
    ]
    outcomes = set(made[Measure.DECISIONS])
    at_first = [each for each, columns in made.items() if set(columns) <= outcomes]
    forms += [
        Form(each, Variant.PLAIN, Level.FIRST, tuple(_WIDTH + place(column) for column in made[each]))
        for each in at_first
    ]
    for level, shift in ((Level.ALL, 0), (Level.FIRST, _WIDTH)):
        for measure, variant, columns in (
            (Measure.DECISIONS, Variant.SUBSTANTIVE, (*positive, "rejected")),
            (Measure.RECOGNISED, Variant.PROTECTED, positive),
        ):
            forms.append(Form(measure, variant, level, tuple(shift + place(column) for column in columns)))
    others = tuple(map(place, ("refugees", "others_in_need")))
    forms.append(Form(Measure.REFUGEES, Variant.WITH_OTHERS, Level.ALL, others))
    return tuple(sorted(forms, key=lambda form: len(form.columns) > 1))


def _list_rates() -> tuple[Form, ...]:
    """List every share of the substantive decisions, of both levels."""
    place = Counts._fields.index
    whole = [form.columns for form in FORMS if form.variant is Variant.SUBSTANTIVE]
    return tuple(
        Form(each, Variant.PLAIN, level, tuple(shift + place(column) for column in each.row.part), columns)
        for each in Measure
        if each.row.part
        for level, shift, columns in zip(Level, (0, _WIDTH), whole, strict=True)
    )


FORMS = _list_forms()
BY_STAGE = (
    Form(Measure.APPLICATIONS, Variant.FIRST_ALONE, Level.ALL, (0,)),
    Form(Measure.APPLICATIONS, Variant.WITH_REPEATS, Level.ALL, (0, 1)),
)
"""Columns of what `Evidence.add_stages` is given."""

_ALONE = [form.columns[0] for form in FORMS if len(form.columns) == 1]
_ADDED = [itemgetter(*form.columns) for form in FORMS if len(form.columns) > 1]

BY_NAME = {(form.measure, form.variant, form.level): form for form in (*FORMS, *BY_STAGE, *_list_rates())}


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, and the releases that gave it. `replaced_by` is the first one that says otherwise.

    `unit` None: persons and cases together. `period` is what the year covered then: a figure of half a year
    is another one than that of the whole. `level` is that of the decisions it counts.
    """

    place: Place
    year: int
    measure: Measure
    unit: Unit | None
    value: Number
    period: ReferencePeriod
    first: Release
    last: Release
    replaced_by: Release | None
    level: Level = Level.ALL
    variant: Variant = Variant.PLAIN


@dataclass(frozen=True, slots=True)
class Spread:
    """In how many countries of asylum an origin's claims were pending (or the other way round)."""

    place: Place
    year: int
    release: Release
    countries: int
    under_ten: int


class Hit(NamedTuple):
    """Where a value stands: of which places, year and unit (None: both together), in which form."""

    codes: Codes
    year: int
    unit: Unit | None
    form: Form


Cell = tuple[Codes, int, Unit | None]
"""A hit without its form."""


def _find_none(_codes: Codes, _measure: Measure) -> tuple[Break, ...]:
    return ()


def _split_none(_place: Place) -> tuple[Split, ...]:
    return ()


MIN_COUNT = 10
"""Counts below ten are never claims: UNHCR rounds them, and everything matches."""


class Evidence:
    """The figures of the places that a text names, in every release; `releases` oldest first.

    `coverage`, by release, says which figures stand for half of their year, `find_breaks` where series break,
    `find_splits` since when a part of a place is counted on its own.
    """

    def __init__(
        self,
        releases: tuple[Release, ...],
        rows: Mapping[Codes, Iterable[Written]],
        places: Mapping[Codes, Place],
        spreads: Iterable[Spread] = (),
        *,
        coverage: Mapping[int, Coverage] | None = None,
        find_breaks: FindBreaks = _find_none,
        find_splits: FindSplits = _split_none,
    ) -> None:
        self.releases = releases
        self.spreads = tuple(spreads)
        self._coverage = coverage or {}
        self._find_breaks = find_breaks
        self._find_splits = find_splits
        self._places = places
        self._rows: dict[Codes, dict[int, dict[Unit, list[tuple[int, Cells]]]]] = {}
        self._made: dict[Hit, tuple[Fact, ...]] = {}
        self._periods: dict[tuple[str, int, Measure, Unit | None], list[ReferencePeriod]] = {}
        for codes, written in rows.items():
            by_year = self._rows.setdefault(codes, {})
            for release, year, unit, cells in written:
                by_year.setdefault(year, {}).setdefault(unit, []).append((release, cells))
            for by_unit in by_year.values():
                for each in by_unit.values():
                    each.sort(reverse=True)  # the newest first
        self.ranked: dict[Claim, list[Place]] = {}
        """The places that each claim may speak of, which are asked for again and again."""
        self._lines: dict[tuple[Codes, Form, int, Unit | None], dict[int, Number]] = {}
        self._stages: Mapping[tuple[Codes, int, Unit], Cells] = {}
        self._hits: dict[Number, list[tuple[Cell, Form]]] = {}
        for codes, by_year in self._rows.items():
            for year, by_unit in by_year.items():
                self._index(codes, year, by_unit)
        self._values = sorted(self._hits)

    def _index(self, codes: Codes, year: int, by_unit: Mapping[Unit, list[tuple[int, Cells]]]) -> None:
        """Lay out by value, so that a number is looked up and not searched for."""
        made = {unit: [(release, _make(cells)) for release, cells in rows] for unit, rows in by_unit.items()}
        for unit, rows in made.items():
            self._add((codes, year, unit), (values for _, values in rows))
        if len(made) > 1:
            releases = {release for rows in made.values() for release, _ in rows}
            both = ([_at(rows, release) for rows in made.values()] for release in releases)
            sums = ([one + other if one and other else 0 for one, other in zip(*each)] for each in both)  # noqa: B905 - nothing was written yet by a unit
            self._add((codes, year, None), sums)

    def _add(self, cell: Cell, written: Iterable[Sequence[int]]) -> None:
        before: Sequence[int] = [0] * len(FORMS)
        for values in written:
            for value, known, form in zip(values, before, FORMS, strict=False):
                if value >= MIN_COUNT and value != known:
                    self._hits.setdefault(value, []).append((cell, form))
            before = values

    def add_stages(self, stages: Mapping[tuple[Codes, int, Unit], tuple[int, int]]) -> None:
        """Take in what the newest release says by stage: new applications alone, and repeat ones."""
        self._stages = stages
        self._made.clear()
        units: tuple[Unit | None, ...] = (*Unit, None)
        known = dict.fromkeys((codes, year) for codes, year, _ in stages if codes in self._places)
        for codes, year in known:
            for unit, form in product(units, BY_STAGE):
                value = self._count(codes, year, unit, form, self.newest.id)
                if value is not None and value >= MIN_COUNT:
                    self._hits.setdefault(value, []).append(((codes, year, unit), form))
        self._values = sorted(self._hits)

    @property
    def newest(self) -> Release:
        """The release that says what is right now."""
        return self.releases[-1]

    def search(self, least: float, most: float) -> list[Hit]:
        """Return where releases have a value between these two."""
        values = self._values[bisect_left(self._values, least) : bisect_right(self._values, most)]
        return [Hit(*cell, form) for value in values for cell, form in self._hits[value]]

    @property
    def known(self) -> Collection[Codes]:
        """Of which places any release has anything."""
        return self._rows.keys()

    def place(self, codes: Codes) -> Place:
        """Return the place of these codes."""
        return self._places[codes]

    def years(self, place: Place) -> list[int]:
        """Return the years with figures of this place, oldest first."""
        return sorted(self._rows.get(codes_of(place), ()))

    def facts(
        self,
        place: Place,
        year: int,
        measure: Measure,
        units: tuple[Unit | None, ...] = (Unit.PERSONS, Unit.CASES),
        variant: Variant = Variant.PLAIN,
        level: Level = Level.ALL,
    ) -> tuple[Fact, ...]:
        """Return what the releases have said of a figure, in each of these units, the newest first."""
        form = BY_NAME[measure, variant, level]
        return tuple(fact for unit in units for fact in self.lay_out(Hit(codes_of(place), year, unit, form)))

    def lay_out(self, hit: Hit) -> tuple[Fact, ...]:
        """Return what the releases have said of one figure, the newest first."""
        if hit not in self._made:
            self._made[hit] = tuple(self._lay_out(hit))[::-1]
        return self._made[hit]

    def breaks(self, place: Place, measure: Measure, unit: Unit | None) -> tuple[Break, ...]:
        """Return where a series in one unit breaks, and which of its years stand for less.

        What is partial in both units is told of persons.
        """
        found = self._find_breaks(codes_of(place), measure)
        return tuple(each for each in found if each.unit is not Unit.CASES or unit is Unit.CASES)

    def splits(self, place: Place) -> tuple[Split, ...]:
        """Return since when a part of this place is counted on its own."""
        return self._find_splits(place)

    def period_of(
        self, codes: Codes, year: int, measure: Measure, release: Release, unit: Unit | None = Unit.PERSONS
    ) -> ReferencePeriod:
        """Return what a figure covers: half of a year that its country of asylum never completed."""
        if release.id in self._coverage and codes[1] != ALL:
            extent = self._coverage[release.id].extent(codes[1], year, measure, unit or Unit.PERSONS)
            if extent is not None and extent.month == Extent.HALF and extent.year == year:
                return ReferencePeriod.MID_YEAR
        return release.period_of(year)

    def value(
        self, place: Place, year: int, of: Measure | Form, release: Release, unit: Unit | None = Unit.PERSONS
    ) -> Number | None:
        """Return one figure as a release said it."""
        if year > release.newest_year:
            return None
        form = of if isinstance(of, Form) else BY_NAME[of, Variant.PLAIN, Level.ALL]
        return self._count(codes_of(place), year, unit, form, release.id)

    def current(
        self, place: Place, year: int, measure: Measure, variant: Variant = Variant.PLAIN
    ) -> tuple[Fact, ...]:
        """Return the figure that the newest release gives: in persons, in cases, or in both."""
        said = [
            fact for fact in self.facts(place, year, measure, variant=variant) if fact.replaced_by is None
        ]
        return tuple(fact for fact in said if fact.value or fact.unit is Unit.PERSONS)

    def line(
        self, place: Place, of: Measure | Form, release: Release, unit: Unit | None = Unit.PERSONS
    ) -> dict[int, Number]:
        """Return every year's figure as a release said it."""
        form = of if isinstance(of, Form) else BY_NAME[of, Variant.PLAIN, Level.ALL]
        key = (codes_of(place), form, release.id, unit)
        if key not in self._lines:
            values = {year: self.value(place, year, form, release, unit) for year in self.years(place)}
            self._lines[key] = {year: value for year, value in values.items() if value is not None}
        return self._lines[key]

    def _count(self, codes: Codes, year: int, unit: Unit | None, form: Form, release: int) -> Number | None:
        if form in BY_STAGE:
            cells = [self._stages.get((codes, year, each), ()) for each in ([unit] if unit else Unit)]
            known = [_sum(each, form.columns) for each in cells if each]
            complete = all(known) and len(known) == len(cells) and release == self.newest.id
            return sum(each or 0 for each in known) if complete else None
        by_unit = self._rows.get(codes, {}).get(year, {})
        if unit is not None:
            return _value(_at(by_unit.get(unit, ()), release), form)
        both = [_value(_at(by_unit.get(each, ()), release), form) for each in Unit]
        return sum(each or 0 for each in both) if all(both) and not form.whole else None

    def _lay_out(self, hit: Hit) -> Iterator[Fact]:
        """Join releases in a row that say the same of the same period."""
        codes, year, unit, form = hit
        by_unit = self._rows.get(codes, {}).get(year, {})
        if codes not in self._places or (unit is not None and unit not in by_unit and form not in BY_STAGE):
            return  # as with cases nearly everywhere
        place = self._places[codes]
        run: tuple[Number, ReferencePeriod, Release, Release] | None = None
        periods = self._list_periods(codes, year, form.measure, unit)
        for release, period in zip(self.releases, periods, strict=True):
            value = self._count(codes, year, unit, form, release.id) if year <= release.newest_year else None
            if run and (value, period) == run[:2]:
                run = (*run[:3], release)
                continue
            if run:
                yield Fact(place, year, form.measure, unit, *run, release, form.level, form.variant)
            run = None if value is None else (value, period, release, release)
        if run:
            yield Fact(place, year, form.measure, unit, *run, None, form.level, form.variant)

    def _list_periods(
        self, codes: Codes, year: int, measure: Measure, unit: Unit | None
    ) -> list[ReferencePeriod]:
        """Return what a figure covers by each release."""
        key = (codes[1], year, measure, unit)
        if key not in self._periods:
            self._periods[key] = [
                self.period_of(codes, year, measure, release, unit) for release in self.releases
            ]
        return self._periods[key]


SUBSTANTIVE = BY_NAME[Measure.DECISIONS, Variant.SUBSTANTIVE, Level.ALL]


def _make(cells: Cells) -> Sequence[int]:
    """Make every form of what was written; 0 where nothing was, which no claim is of."""
    known = [cell or 0 for cell in cells]
    return [*(known[column] for column in _ALONE), *(sum(columns(known)) for columns in _ADDED)]


def _at(rows: Iterable[tuple[int, Sequence[Any]]], release: int) -> Sequence[Any]:
    """Return what was valid in a release; `rows` the newest first."""
    for wrote, cells in rows:
        if wrote <= release:
            return cells
    return ()


def _value(cells: Sequence[int | None], form: Form) -> Number | None:
    if not cells:
        return None
    part = _sum(cells, form.columns)
    if not form.whole or part is None:
        return part
    whole = _sum(cells, form.whole)
    return part / whole if whole and whole >= MIN_DECISIONS else None


def _sum(cells: Sequence[int | None], columns: tuple[int, ...]) -> int | None:
    if len(columns) == 1:
        return cells[columns[0]]
    known = [cell for column in columns if (cell := cells[column]) is not None]
    return sum(known) if known else None


def codes_of(place: Place) -> Codes:
    """Return the place's UNHCR codes."""
    return (place.origin.code if place.origin else ALL, place.asylum.code if place.asylum else ALL)
