"""What every release that is kept has said of some places: the figures that a number may come from. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from data.measures import MIN_DECISIONS, is_at_home
from data.model import ALL, Counts, Extent, Group, Level, Measure, Place, ReferencePeriod, Unit
from data.store.value_index import MIN_COUNT, ValueAt, ValueIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from data.caveats import Independent, SplitOff
    from data.coverage import Break, Coverage
    from data.model import Number, Release
    from data.store.repeat_applications import StageCounts
    from data.store.value_index import Array, Band, Codes, PlaceLedger, PlaceTable

    FindBreaks = Callable[["Codes", Measure, tuple[int, int] | None], tuple[Break, ...]]
    Split = SplitOff | Independent
    FindSplits = Callable[[Place], tuple[Split, ...]]

Cells = tuple[int | None, ...]
"""What a release wrote of a place, a year and a unit: all counts, the outcomes at first instance, and, in the
newest, the applications by stage."""

Said = TypeVar("Said")


class Variant(StrEnum):
    """What of a measure is counted, where that is not just what UNHCR's headlines count."""

    PLAIN = "plain"
    SUBSTANTIVE = "substantive"
    """Decisions on the merits alone."""
    PROTECTED = "protected"
    """Recognised or given complementary protection."""
    WITH_REPEATS = "with-repeats"
    """New and repeat applications, without appeals: as national offices count."""
    REPEATS = "repeats"
    """Repeat applications alone."""
    WITH_OTHERS = "with-others"
    """Refugees and others in need of international protection."""
    WITH_SEEKERS = "with-seekers"
    """Refugees and those whose claims are pending."""
    FIRST_ALONE = "first-alone"
    """Stage N alone, without NR."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """How a figure is made: the sum of `columns` of what was written, of one level; a rate as a share.

    Each is there once, in `BY_NAME`; `number` is its place in `FORMS`.
    """

    measure: Measure
    variant: Variant
    level: Level
    columns: tuple[int, ...]
    whole: tuple[int, ...] = ()
    number: int = -1


_COUNTS = len(Counts._fields)
_AT_FIRST = _COUNTS - Counts._fields.index("recognised")
"""From an outcome of all levels to the same at first instance."""

_NEW = Counts._fields.index("new")
_WIDTH = _COUNTS + 4
"""All that is read; behind it stands what is reckoned by stage."""


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
        Form(each, Variant.PLAIN, Level.FIRST, tuple(_AT_FIRST + place(column) for column in made[each]))
        for each in at_first
    ]
    for level, shift in ((Level.ALL, 0), (Level.FIRST, _AT_FIRST)):
        for measure, variant, columns in (
            (Measure.DECISIONS, Variant.SUBSTANTIVE, (*positive, "rejected")),
            (Measure.RECOGNISED, Variant.PROTECTED, positive),
        ):
            forms.append(Form(measure, variant, level, tuple(shift + place(column) for column in columns)))
    for variant, other in ((Variant.WITH_OTHERS, "others_in_need"), (Variant.WITH_SEEKERS, "pending")):
        forms.append(Form(Measure.REFUGEES, variant, Level.ALL, (place("refugees"), place(other))))
    for shift, variant in enumerate((Variant.FIRST_ALONE, Variant.WITH_REPEATS, Variant.REPEATS)):
        forms.append(Form(Measure.APPLICATIONS, variant, Level.ALL, (_WIDTH + shift,)))
    forms.sort(key=lambda form: len(form.columns) > 1)
    return tuple(replace(form, number=number) for number, form in enumerate(forms))


def _list_rates() -> tuple[Form, ...]:
    """List every share of the substantive decisions, of both levels."""
    place = Counts._fields.index
    whole = [form.columns for form in FORMS if form.variant is Variant.SUBSTANTIVE]
    return tuple(
        Form(each, Variant.PLAIN, level, tuple(shift + place(column) for column in each.row.part), columns)
        for each in Measure
        if each.row.part
        for level, shift, columns in zip(Level, (0, _AT_FIRST), whole, strict=True)
    )


FORMS = _list_forms()
LEDGER_FORMS = tuple(() if form.columns[0] >= _WIDTH else form.columns for form in FORMS)
"""Of what each form is the sum in the ledger; nothing, where it is reckoned by stage."""

_AT_HOME = np.array([is_at_home(form.measure) for form in FORMS])
_STAGED = [form.number for form in FORMS if form.columns[0] >= _WIDTH]
_ALONE = itemgetter(*(form.columns[0] for form in FORMS if len(form.columns) == 1))
_ADDED = [itemgetter(*form.columns) for form in FORMS if len(form.columns) > 1]

BY_NAME = {(form.measure, form.variant, form.level): form for form in (*FORMS, *_list_rates())}


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, and the releases that gave it. `replaced_by` is the first one that says otherwise.

    `unit` None: persons and cases together. `period` is what the year covered then: a figure of half a year
    is another one than that of the whole; `inferred` where only its never changing tells that it is one.
    `level` is that of the decisions it counts.
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
    inferred: bool = False

    @property
    def covers(self) -> Extent:
        """What the figure stands for."""
        return replace(Extent.of(self.year, self.period), inferred=self.inferred)


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


def _find_none(_codes: Codes, _measure: Measure, _years: tuple[int, int] | None) -> tuple[Break, ...]:
    return ()


def _split_none(_place: Place) -> tuple[Split, ...]:
    return ()


def _is_half(extent: Extent | None, year: int) -> bool:
    return extent is not None and extent == Extent(year, Extent.HALF)


class Evidence:
    """The figures of the places that a text names, in every release; `releases` oldest first.

    `coverage`, by release, says which figures stand for half of their year, `find_breaks` where series break,
    `find_splits` since when a part of a place is counted on its own.
    """

    def __init__(
        self,
        releases: tuple[Release, ...],
        ledgers: Mapping[Codes, PlaceLedger],
        places: Mapping[Codes, Place],
        spreads: Iterable[Spread] = (),
        *,
        stages: Mapping[int, StageCounts] = MappingProxyType({}),
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
        self._ledgers = ledgers
        self._stages: dict[Codes, dict[int, Mapping[Unit, tuple[int, int]]]] = {}
        own = [codes for codes in places if codes in ledgers]
        for year, counted in stages.items():
            for codes in own:
                if codes in counted:
                    self._stages.setdefault(codes, {})[year] = counted[codes]
        self._rows: dict[tuple[Codes, int], Mapping[Unit, list[tuple[int, Cells]]]] = {}
        self._made: dict[Hit, tuple[Fact, ...]] = {}
        self._periods: dict[tuple[str, int, Measure, Unit | None], list[ReferencePeriod]] = {}
        self.ranked: dict[object, list[Place]] = {}
        """The places that claims may speak of which name the same, the likeliest first."""
        self._written: dict[tuple[Codes, Form, Unit | None, int], list[tuple[int, Number | None]]] = {}
        self._lines: dict[tuple[Codes, Form, int, Unit | None], dict[int, Number]] = {}
        self._sums: dict[tuple[Codes, Measure, int, int], dict[Number, Release]] = {}
        self._now: dict[tuple[Codes, int], dict[Unit | None, Sequence[int]]] = {}
        self._index = ValueIndex(ledgers, tuple(self._list_staged()))

    def _read(self, codes: Codes, year: int) -> Mapping[Unit, list[tuple[int, Cells]]]:
        """Return which release wrote what, by unit, the newest first."""
        key = codes, year
        if key not in self._rows:
            ledger = self._ledgers.get(codes)
            written = ledger.read_year(year).items() if ledger else ()
            self._rows[key] = {
                unit: [(release, (*cells, None, None, None)) for release, cells in rows]
                for unit, rows in written
            }
            again = self._stages.get(codes, {}).get(year, {})
            for unit, rows in self._rows[key].items() if again else ():
                release, cells = rows[0]
                new = cells[_NEW]
                if new is not None:
                    rows[0] = release, (*cells[:_WIDTH], *_stage(new, again.get(unit)))
        return self._rows[key]

    def _list_staged(self) -> Iterator[tuple[ValueAt, int]]:
        """List where values stand that are reckoned by stage, of the newest counts."""
        for codes, by_year in self._stages.items():
            newest = self._ledgers[codes].read_newest(_NEW)
            for year, again in by_year.items():
                made: dict[Unit | None, Sequence[int]] = {
                    unit: _stage(new, again.get(unit)) for unit, new in newest.get(year, {}).items()
                }
                if len(made) > 1:
                    made[None] = _add(made.values())
                for unit, values in made.items():
                    for form, value in zip(_STAGED, values, strict=True):
                        if value >= MIN_COUNT:
                            yield ValueAt(codes, year, unit, form), value

    @property
    def newest(self) -> Release:
        """The release that says what is right now."""
        return self.releases[-1]

    @property
    def years_known(self) -> Sequence[int]:
        """Of which years any release has anything, in order."""
        return self._index.years

    @property
    def places_known(self) -> PlaceTable:
        """Of which places any release has a value."""
        return self._index.places

    def search(
        self, around: float, bands: Sequence[Band], years: Array, forms: Array, places: Array
    ) -> Iterator[tuple[Hit, Sequence[int]]]:
        """Yield where releases have a value in `bands` around a number, and which ones they have there.

        Only what costs at most what its band says, by what `years` and `places` say of each of those known,
        and `forms` of each of `FORMS`, in each of `UNITS`. Of people at home places cost nothing here.
        """
        found = self._index.search(around, bands, years, forms, places, _AT_HOME)
        for (codes, year, unit, form), values in found:
            yield Hit(codes, year, unit, FORMS[form]), values

    def newest_of(self, codes: Codes, year: int) -> Mapping[Unit | None, Sequence[int]]:
        """Return the newest values of every form, 0 where nothing is published, by unit."""
        key = codes, year
        if key not in self._now:
            made: dict[Unit | None, Sequence[int]] = {
                unit: _make(rows[0][1]) for unit, rows in self._read(codes, year).items()
            }
            if len(made) > 1:
                made[None] = _add(made.values())
            self._now[key] = made
        return self._now[key]

    @property
    def known(self) -> Collection[Codes]:
        """Of which places any release has anything."""
        return self._ledgers.keys()

    def place(self, codes: Codes) -> Place:
        """Return the place of these codes."""
        return self._places[codes]

    def years(self, place: Place) -> list[int]:
        """Return the years with figures of this place, oldest first."""
        ledger = self._ledgers.get(codes_of(place))
        return ledger.list_years() if ledger else []

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
        found = self._find_breaks(codes_of(place), measure, None)
        return tuple(each for each in found if each.unit is not Unit.CASES or unit is Unit.CASES)

    def crossed(self, place: Place, measure: Measure, years: tuple[int, int]) -> tuple[Break, ...]:
        """Return what disturbs the change between two years, also where it is little of a total."""
        return self._find_breaks(codes_of(place), measure, years)

    def splits(self, place: Place) -> tuple[Split, ...]:
        """Return since when a part of this place is counted on its own."""
        return self._find_splits(place)

    def period_of(
        self, codes: Codes, year: int, measure: Measure, release: Release, unit: Unit | None = Unit.PERSONS
    ) -> ReferencePeriod:
        """Return what a figure covers: half of a year that its country of asylum never completed."""
        extent = self._find_extent(codes, year, measure, release, unit or Unit.PERSONS)
        return ReferencePeriod.MID_YEAR if _is_half(extent, year) else release.period_of(year)

    def find_part(self, fact: Fact) -> Extent | None:
        """Return what a figure, or its cases, stands for: less than its year, and not half of it."""
        unit = fact.unit or Unit.CASES
        extent = self._find_extent(codes_of(fact.place), fact.year, fact.measure, fact.last, unit)
        return None if _is_half(extent, fact.year) else extent

    def _find_extent(
        self, codes: Codes, year: int, measure: Measure, release: Release, unit: Unit
    ) -> Extent | None:
        if release.id not in self._coverage or codes[1] == ALL:
            return None
        return self._coverage[release.id].extent(codes[1], year, measure, unit)

    def complete(self, fact: Fact) -> Fact:
        """Return what the newest release says in place of half a year, else the figure itself."""
        if fact.period is not ReferencePeriod.MID_YEAR or fact.replaced_by is None:
            return fact
        said = self.facts(fact.place, fact.year, fact.measure, (fact.unit,), fact.variant, fact.level)
        return next((each for each in said if each.replaced_by is None), fact)

    def is_half(self, year: int, release: Release) -> bool:
        """Say whether a release had only the half of a year of which the newest one has all."""
        now = self.newest.period_of(year)
        return release.period_of(year) is ReferencePeriod.MID_YEAR and now is ReferencePeriod.YEAR_END

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
            ledger = self._ledgers.get(key[0])
            values = {
                year: _at(self._list_written(key[0], form, unit, year), release.id)
                for year in (ledger.list_years() if ledger else ())
                if year <= release.newest_year
            }
            self._lines[key] = {year: value for year, value in values.items() if value is not None}
        return self._lines[key]

    def add_up(self, place: Place, of: Measure, first: int, last: int) -> dict[Number, Release]:
        """Return the sums over these years that releases have all of, each with the newest that has it.

        Kept, as each claim of a text is held against them twice, and most releases have the same.
        """
        key = codes_of(place), of, first, last
        if key not in self._sums:
            self._sums[key] = dict(self._add_up(*key))
        return self._sums[key]

    def _add_up(self, codes: Codes, of: Measure, first: int, last: int) -> Iterator[tuple[Number, Release]]:
        """Yield each of these sums, the newest first, once for all releases in a row that say the same."""
        form = BY_NAME[of, Variant.PLAIN, Level.ALL]
        written = [self._list_written(codes, form, Unit.PERSONS, year) for year in range(first, last + 1)]
        if not all(written):
            return
        changing = {release for each in written for release, _ in each}
        told: set[Number] = set()
        changed = True
        for release in reversed(self.releases):
            if changed and last <= release.newest_year:
                values = [value for each in written if (value := _at(each, release.id)) is not None]
                if len(values) == len(written) and (total := sum(values)) not in told:
                    told.add(total)
                    yield total, release
                changed = False
            changed = changed or release.id in changing

    def _list_written(
        self, codes: Codes, form: Form, unit: Unit | None, year: int
    ) -> list[tuple[int, Number | None]]:
        """Return what a year's figure was from which release on, the newest first."""
        key = codes, form, unit, year
        if key not in self._written:
            by_unit = self._read(codes, year)
            if unit is None:
                wrote = sorted({release for rows in by_unit.values() for release, _ in rows}, reverse=True)
                self._written[key] = [(each, self._count(codes, year, unit, form, each)) for each in wrote]
            else:
                rows = by_unit.get(unit, ())
                self._written[key] = [(release, _value(cells, form)) for release, cells in rows]
        return self._written[key]

    def _count(self, codes: Codes, year: int, unit: Unit | None, form: Form, release: int) -> Number | None:
        by_unit = self._read(codes, year)
        if unit is not None:
            return _value(_at(by_unit.get(unit, ()), release), form)
        both = [_value(_at(by_unit.get(each, ()), release), form) for each in Unit]
        return sum(each or 0 for each in both) if all(both) and not form.whole else None

    def _lay_out(self, hit: Hit) -> Iterator[Fact]:
        """Join releases in a row that say the same of the same period."""
        codes, year, unit, form = hit
        by_unit = self._read(codes, year)
        if codes not in self._places or (unit is not None and unit not in by_unit):
            return  # as with cases nearly everywhere
        wrote = {release for rows in by_unit.values() for release, _ in rows}
        run: tuple[Number, ReferencePeriod, Release, Release] | None = None
        periods = self._list_periods(codes, year, form.measure, unit)
        value: Number | None = None
        for release, period in zip(self.releases, periods, strict=True):
            if year > release.newest_year:
                continue  # as no release before it had that year
            if value is None or release.id in wrote:
                value = self._count(codes, year, unit, form, release.id)
            if run and (value, period) == run[:2]:
                run = (*run[:3], release)
                continue
            if run:
                yield self._make_fact(hit, *run, release)
            run = None if value is None else (value, period, release, release)
        if run:
            yield self._make_fact(hit, *run, None)

    def _make_fact(
        self,
        hit: Hit,
        value: Number,
        period: ReferencePeriod,
        first: Release,
        last: Release,
        replaced_by: Release | None,
    ) -> Fact:
        codes, year, unit, form = hit
        place, of = self._places[codes], form.measure
        half = period is ReferencePeriod.MID_YEAR
        extent = self._find_extent(codes, year, of, last, unit or Unit.PERSONS) if half else None
        inferred = extent is not None and extent.inferred
        return Fact(
            place, year, of, unit, value, period, first, last, replaced_by, form.level, form.variant, inferred
        )

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
    return [*_ALONE(known), *[sum(columns(known)) for columns in _ADDED]]


def _stage(new: int, again: tuple[int, int] | None) -> tuple[int, int, int]:
    """Make the first applications alone, new and repeat ones, repeat ones of the new ones."""
    registered, repeat = again or (0, 0)
    return new - registered, new + repeat, repeat


def _add(units: Iterable[Sequence[int]]) -> list[int]:
    """Add up both units, where both have anything."""
    return [one + other if one and other else 0 for one, other in zip(*units, strict=True)]


def _at(written: Iterable[tuple[int, Said]], release: int) -> Said | None:
    """Return what was valid in a release; what was `written` comes the newest first."""
    for wrote, each in written:
        if wrote <= release:
            return each
    return None


def _value(cells: Cells | None, form: Form) -> Number | None:
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


def is_of_a_region(place: Place) -> bool:
    """Say whether a place is a part of the world, which UNHCR draws otherwise than lists do."""
    return any(
        isinstance(area, Group) and area.code != "eu" and not area.code.startswith(_UNIONS)
        for area in (place.origin, place.asylum)
    )


_UNIONS = ("eu2", "eu-", "eea", "efta", "schengen", "oecd", "g7", "g8", "g20", "african-union", "asean")


def codes_of(place: Place) -> Codes:
    """Return the place's UNHCR codes."""
    return (place.origin.code if place.origin else ALL, place.asylum.code if place.asylum else ALL)
