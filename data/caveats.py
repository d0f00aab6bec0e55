"""What a figure does not mean. Each caveat is decided beside the figures and put into words elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.coverage import Remark
from data.model import Dataset, Measure
from data.statistics import CarriedForward

if TYPE_CHECKING:
    from data.coverage import Break
    from data.model import Area, Country, Extent, Group, Nature, Number, Tally, Unit


@dataclass(frozen=True, slots=True)
class StockNotFlow:
    """Pending claims stand on one day; they are not the applications of a year."""


@dataclass(frozen=True, slots=True)
class WhoIsCounted:
    """Whom a population holds, and whom it leaves out; a solution, what becomes of its people."""

    measure: Measure


@dataclass(frozen=True, slots=True)
class UnrwaApart:
    """Palestine refugees under UNRWA's mandate are in no figure on refugees; most Palestinian ones are."""


@dataclass(frozen=True, slots=True)
class OthersApart:
    """So many others in need of protection are counted apart from the refugees of a year."""

    year: int
    value: Number


@dataclass(frozen=True, slots=True)
class MidYear:
    """The year is only half covered: flows January–June, stocks on 30 June."""

    year: int
    nature: Nature


@dataclass(frozen=True, slots=True)
class NotReported:
    """Large countries of asylum without a figure this year, with that of the year before."""

    measure: Measure
    year: int
    countries: tuple[tuple[Country, Tally], ...]
    final: bool


@dataclass(frozen=True, slots=True)
class NotReportedOfSome:
    """Large countries of asylum without a figure this year, and of which of the compared origins."""

    measure: Measure
    year: int
    missing: tuple[tuple[Country, tuple[Area, ...]], ...]
    final: bool


@dataclass(frozen=True, slots=True)
class OriginUnknown:
    """Far more people than a year before are published there without their origin.

    `first`: that country made up much of the figure, so that a change would mislead.
    """

    measure: Measure
    country: Country
    year: int
    before: Tally
    after: Tally
    first: bool = False


@dataclass(frozen=True, slots=True)
class PartialYear:
    """A country's figures of a year stand for less than it, or for another day, and compare with no other."""

    measures: tuple[Measure, ...]
    country: Area
    year: int
    extent: Extent
    unit: Unit


@dataclass(frozen=True, slots=True)
class PartInTotal:
    """A total contains such figures: of which measures, how many, and which share of the total they are.

    `named`: the total of one measure is not what the answer is about, and has to be called by its name.
    """

    amounts: tuple[tuple[Measure, Number, float], ...]
    country: Area
    year: int
    extent: Extent
    unit: Unit
    named: bool = False


@dataclass(frozen=True, slots=True)
class SmallParts:
    """A total contains other such figures, each of them little of it; `share` is that of all together."""

    measure: Measure
    year: int
    countries: tuple[Area, ...]
    share: float


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A country counts otherwise than in the year before, so that the two do not compare."""

    measure: Measure
    at: Break


@dataclass(frozen=True, slots=True)
class NotOneSeries:
    """A line over years crosses breaks and partial years; `named` where they are of several places.

    `crossed` are those of them that disturb the change that the answer gives.
    """

    measure: Measure
    breaks: tuple[Break, ...]
    named: bool = False
    crossed: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitsApart:
    """Some of the figures count cases, which hold one or more persons; the two are never added."""


@dataclass(frozen=True, slots=True)
class UnitsChanged:
    """Cases make up part of one of two years, so that persons alone cannot be compared.

    They are `year` and `before`, by default the one before it.
    """

    year: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class CasesBeside:
    """A line or ranking in persons leaves out these figures in cases."""

    year: int
    countries: tuple[tuple[Country | None, Number], ...]


@dataclass(frozen=True, slots=True)
class GroupMeant:
    """Who belonged to a group that was asked about, and whose list that is."""

    group: Group
    year: int


@dataclass(frozen=True, slots=True)
class MembersInCases:
    """Members of a group count cases, which are no part of its persons."""

    measure: Measure
    year: int
    countries: tuple[tuple[Country, Number], ...]


@dataclass(frozen=True, slots=True)
class WithinGroup:
    """So many of a group's figures are of people from its members in its members, and this share of it."""

    group: Group
    measure: Measure
    year: int
    value: Number
    share: float


@dataclass(frozen=True, slots=True)
class PartBeside:
    """The figures of these are part of a group's, which they stand beside."""

    group: Group
    parts: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class PerInhabitant:
    """Figures are set against the inhabitants of these; None is the world.

    `since` is the first year of which inhabitants are known, where there are figures of earlier ones.
    """

    measure: Measure
    areas: tuple[Area | None, ...]
    since: int | None = None


@dataclass(frozen=True, slots=True)
class CasesNotCompared:
    """A comparison in persons leaves out figures in cases: of whom, their newest year, and how many then."""

    measure: Measure
    newest: tuple[tuple[Area | None, int, Number], ...]


@dataclass(frozen=True, slots=True)
class StagesTogether:
    """Repeat claims and appeals are in the figure, so that one person may be counted several times."""


@dataclass(frozen=True, slots=True)
class StageUnknown:
    """Until 2005 most countries did not tell new claims from repeat ones."""

    last_year: int


@dataclass(frozen=True, slots=True)
class RateMeaning:
    """What a rate is a share of: these many substantive decisions."""

    measure: Measure
    year: int
    substantive: Tally | None = None


@dataclass(frozen=True, slots=True)
class TooFewDecisions:
    """No rate is given on so few substantive decisions."""

    least: int


@dataclass(frozen=True, slots=True)
class SmallCounts:
    """UNHCR rounds counts of 1–4 to 0 or 5."""


@dataclass(frozen=True, slots=True)
class SmallBase:
    """No percentage change is given from a base this small."""

    least: int


@dataclass(frozen=True, slots=True)
class NotCountries:
    """Entries that are no country, left out of the ranking."""

    measure: Measure
    entries: tuple[tuple[Country, Tally], ...]


@dataclass(frozen=True, slots=True)
class ZerosOnLogScale:
    """A log scale cannot show zero; these points are left out."""


@dataclass(frozen=True, slots=True)
class CompletedNotCorrected:
    """The change replaces half a year by a whole one; the earlier figure was not wrong."""

    year: int


@dataclass(frozen=True, slots=True)
class LessThanHalf:
    """A whole year's figure is smaller than that of its first half: they do not count the same."""

    measure: Measure
    year: int


@dataclass(frozen=True, slots=True)
class LevelsTogether:
    """Decisions of all levels: a person who appeals is counted at each."""


@dataclass(frozen=True, slots=True)
class OnlyFirstInstance:
    """Decisions published as first instance; some countries publish theirs under other levels."""


@dataclass(frozen=True, slots=True)
class CasesNotDrawn:
    """A picture in persons leaves out what was counted in cases in these years."""

    years: tuple[int, ...]
    last: int


@dataclass(frozen=True, slots=True)
class CasesOnMap:
    """A map coloured by persons; these figures in cases stand beside them."""

    year: int
    countries: tuple[tuple[Country, Number], ...]


@dataclass(frozen=True, slots=True)
class NotOnMap:
    """Entries with a figure that have no place on a map."""

    measure: Measure
    entries: tuple[tuple[Country, Tally], ...]


@dataclass(frozen=True, slots=True)
class BoundariesNoOpinion:
    """A map takes no side in disputes over territory."""


@dataclass(frozen=True, slots=True)
class HalfYearLeftOut:
    """Half a year of a flow is in no mean and no total."""

    year: int


@dataclass(frozen=True, slots=True)
class SplitOff:
    """Before this year, figures on one country include another one, which was part of it."""

    whole: Country
    part: Country
    year: int


@dataclass(frozen=True, slots=True)
class Independent:
    """Before this year, people of one country may be counted as those of another, which held it."""

    whole: Country
    part: Country
    year: int


@dataclass(frozen=True, slots=True)
class Dissolved:
    """Countries that are counted from this year on, when what they belonged to (`former`) was dissolved."""

    former: str
    parts: tuple[Country, ...]
    year: int


@dataclass(frozen=True, slots=True)
class CountedApart:
    """Territories of a country that its figures leave out, as they have their own."""

    whole: Country
    parts: tuple[Country, ...]


@dataclass(frozen=True, slots=True)
class PartlyCounted:
    """Sums over so many years that leave out, for each of these countries, so many without a figure."""

    years: int
    missing: tuple[tuple[Country, int], ...]


@dataclass(frozen=True, slots=True)
class NoInhabitants:
    """Places whose inhabitants nobody gives: they have no figure per inhabitant."""

    countries: tuple[Country, ...]


@dataclass(frozen=True, slots=True)
class OwnOrigin:
    """People whose country of asylum is their country of origin as well."""

    country: Country


Caveat = (
    StockNotFlow
    | WhoIsCounted
    | UnrwaApart
    | OthersApart
    | MidYear
    | NotReported
    | NotReportedOfSome
    | CarriedForward
    | OriginUnknown
    | PartialYear
    | PartInTotal
    | SmallParts
    | SeriesBreak
    | NotOneSeries
    | Remark
    | UnitsApart
    | UnitsChanged
    | CasesBeside
    | CasesNotCompared
    | GroupMeant
    | MembersInCases
    | WithinGroup
    | PartBeside
    | PerInhabitant
    | StagesTogether
    | StageUnknown
    | RateMeaning
    | TooFewDecisions
    | SmallCounts
    | SmallBase
    | NotCountries
    | ZerosOnLogScale
    | CompletedNotCorrected
    | LessThanHalf
    | LevelsTogether
    | OnlyFirstInstance
    | CasesNotDrawn
    | HalfYearLeftOut
    | CasesOnMap
    | NotOnMap
    | BoundariesNoOpinion
    | SplitOff
    | Independent
    | Dissolved
    | CountedApart
    | OwnOrigin
    | PartlyCounted
    | NoInhabitants
)


_ALONE: dict[Measure, Caveat] = {Measure.PENDING: StockNotFlow(), Measure.ALL_STAGES: StagesTogether()}


def find_meaning(of: Measure) -> list[Caveat]:
    """Say what a count is easily mistaken for."""
    if of in _ALONE:
        return [_ALONE[of]]
    return [WhoIsCounted(of)] if of.row.dataset in (Dataset.POPULATION, Dataset.SOLUTIONS) else []
