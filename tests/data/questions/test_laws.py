"""What holds of every answer: no half year beside a whole one, no rate on few, no percentage from a small base."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from data.answers import Answers
from data.caveats import (
    CarriedForward,
    CasesNotCompared,
    MidYear,
    NotReportedOfSome,
    RateMeaning,
    StageUnknown,
    StockNotFlow,
    TooFewDecisions,
    UnitsApart,
)
from data.countries import Atlas
from data.coverage import Break
from data.errors import NoFigures
from data.measures import MIN_DECISIONS
from data.model import Dataset, Measure, Nature, Place, Role, Unit
from data.questions.figures import ON_ASYLUM, AskFigures
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.top import MIN_RANKED_DECISIONS, AskTop, Top
from data.questions.trend import AskTrend
from data.statistics import MIN_BASE, Change, mixes_units
from tests.data.large import large_places
from tests.refusals import refuses
from tests.releases import MID, NOW, days_with

FLOWS = [of for of in Measure if of.nature is Nature.FLOW]
RATES = [of for of in Measure if of.nature is Nature.RATE]


@pytest.fixture
async def places(answers: Answers) -> list[Place]:
    """The world, large origins, and large countries of asylum."""
    return await large_places(answers)


def check_change(change: Change | None, nature: Nature, breaks: Sequence[Break] = ()) -> None:
    if change is None:
        return
    if nature is Nature.RATE or change.before < MIN_BASE:
        assert change.ratio is None
    elif not breaks or change.ratio is not None:
        assert change.ratio == pytest.approx(change.after / change.before - 1)


async def test_figures_of_every_place(answers: Answers, places: list[Place]) -> None:
    for place in places:
        for day in (MID, NOW):
            found = await answers.answer(AskFigures(place, 2025, as_of=day))
            assert StockNotFlow() in found.caveats
            assert any(isinstance(c, MidYear) for c in found.caveats) == (day == MID)
            if day == MID:
                assert Measure.APPLICATIONS not in found.changes
            for of, change in found.changes.items():
                lines = {Measure.PENDING: found.pending, Measure.APPLICATIONS: found.new}
                lines |= dict(zip(found.leading, found.people, strict=True))
                crossed = [at for at in lines[of].breaks if at.disturbs(change.year_before + 1)]
                assert not crossed or change.ratio is None or found.crossed[of]  # which is said beside it
                check_change(change, of.nature, crossed)
            for line in (found.pending, found.new):
                assert line.highest is None or not line.highest.partial
                assert [p.year for p in line.points if p.partial and not p.extent] in (
                    [],
                    [2025] if day == MID else [],
                )
            for of in RATES:
                for unit in ("persons", "cases"):
                    rate = getattr(found.tallies[of], unit)
                    decided = sum(
                        getattr(found.tallies[each], unit) or 0
                        for each in (Measure.RECOGNISED, Measure.COMPLEMENTARY, Measure.REJECTED)
                    )
                    assert rate is None or (decided >= MIN_DECISIONS and 0 <= rate <= 1)
            rated = any(found.tallies[of].published for of in RATES)
            assert any(isinstance(c, RateMeaning) for c in found.caveats) == rated
            for standing in found.standings.values():
                assert standing.rank >= 1
                assert standing.share is None or 0 < standing.share <= 1


async def test_a_mid_year_flow_is_never_compared_and_a_mid_year_stock_may_be(
    answers: Answers, places: list[Place]
) -> None:
    compared = 0
    for place in places:
        for of in (Measure.PENDING, Measure.APPLICATIONS, Measure.DECISIONS):
            trend = await answers.answer(AskTrend(of, (place,), 2020, None, as_of=MID))
            last = trend.series[0].latest
            check_change(trend.change, of.nature, trend.crossed)
            if of.nature is Nature.FLOW and last is not None and last.year == 2025:
                assert last.partial
                assert trend.change is None
            compared += of is Measure.PENDING and trend.change is not None
    assert compared > 50


async def test_the_later_release_compares_what_the_mid_year_one_could_not(
    answers: Answers, atlas: Atlas
) -> None:
    germany = Place(None, atlas.find("Germany"))
    assert (await answers.answer(AskTrend(Measure.APPLICATIONS, (germany,), as_of=MID))).change is None
    change = (await answers.answer(AskTrend(Measure.APPLICATIONS, (germany,), as_of=NOW))).change
    assert change == Change(2024, 229_740, 113_216, 113_216 / 229_740 - 1)


@pytest.mark.parametrize("of", Measure)
@pytest.mark.parametrize("role", Role)
async def test_rankings(answers: Answers, of: Measure, role: Role) -> None:
    early = max(2006, of.row.first_year)
    for day, year in ((MID, 2025), (NOW, 2025), (NOW, 2024), (NOW, early)):
        if day not in days_with(of, day):
            continue
        found = await answers.answer(AskTop(of, role, Place(), year, as_of=day))
        values = [row.value for row in found.rows]
        assert values == sorted(values, reverse=True)
        assert 0 < len(values) <= 10
        assert all(row.country.is_country for row in found.rows)
        check_ranks(found)
        check_shares(found)
        partial = day == MID
        for row in found.rows:
            check_change(row.change, of.nature)
            assert not (partial and of.nature is not Nature.STOCK and row.change)
        assert any(isinstance(c, MidYear) for c in found.caveats) == partial
        if of.nature is Nature.RATE:
            assert TooFewDecisions(MIN_RANKED_DECISIONS) in found.caveats


@pytest.mark.parametrize("of", [of for of in Measure if of.row.dataset is Dataset.SOLUTIONS])
async def test_a_release_without_a_dataset_says_so_whatever_is_asked(
    answers: Answers, atlas: Atlas, of: Measure
) -> None:
    place = Place(atlas.find("Syria"))
    for question in (
        AskTop(of, Role.ASYLUM, Place(), as_of=MID),
        AskMap(of, Role.ASYLUM, Place(), as_of=MID),
        AskTrend(of, (place,), as_of=MID),
        AskPeriod(of, place, (2010, 2020), None, as_of=MID),
    ):
        with refuses(NoFigures, "The release of 10 November 2025 is kept without figures"):
            await answers.answer(question)


def check_ranks(found: Top) -> None:
    """Persons are ranked, cases stand between them without a rank, equal figures share one."""
    persons = [row for row in found.rows if row.unit is Unit.PERSONS]
    assert [row.rank for row in persons] == [
        1 + sum((other.value or 0) > (row.value or 0) for other in persons) for row in persons
    ]
    cases = [row for row in found.rows if row.unit is Unit.CASES]
    assert all(row.rank is None for row in cases)
    if cases and found.measure.nature is not Nature.RATE:
        assert UnitsApart() in found.caveats


def check_shares(found: Top) -> None:
    """A share is of the whole in its own unit, and not given where cases stand beside persons."""
    for unit, whole in ((Unit.PERSONS, found.total.persons), (Unit.CASES, found.total.cases)):
        rows = [row for row in found.rows if row.unit is unit]
        if found.measure.nature is Nature.RATE or not whole or mixes_units(found.total):
            assert all(row.share is None for row in rows)
        else:
            assert all(row.share == (row.value or 0) / whole for row in rows)
            assert sum(row.value or 0 for row in rows) <= whole


async def test_the_partners_of_a_place_stand_by_pending_claims(answers: Answers, places: list[Place]) -> None:
    for place in places:
        found = await answers.answer(AskFigures(place, 2024))
        stocks = [partner.pending.main or 0 for partner in found.partners]
        assert stocks == sorted(stocks, reverse=True)
        assert len(found.partners) <= 10
        expected = {Role.ORIGIN: "origin", Role.ASYLUM: "asylum"}
        if found.partner_role is not None:
            assert getattr(place, expected[found.partner_role]) is None


async def test_several_lines_are_in_persons_and_one_place_shows_both_units(
    answers: Answers, atlas: Atlas
) -> None:
    usa, germany = Place(None, atlas.find("USA")), Place(None, atlas.find("Germany"))
    one = await answers.answer(AskTrend(Measure.APPLICATIONS, (usa,)))
    assert [line.unit for line in one.series] == [Unit.PERSONS, Unit.CASES]
    assert UnitsApart() in one.caveats
    two = await answers.answer(AskTrend(Measure.APPLICATIONS, (usa, germany)))
    assert [(line.place, line.unit) for line in two.series] == [(usa, Unit.PERSONS), (germany, Unit.PERSONS)]
    assert [(line.place, line.unit) for line in two.beside] == [(usa, Unit.CASES)]
    assert CasesNotCompared(Measure.APPLICATIONS, ((usa.asylum, 2025, 282_594),)) in two.caveats
    again = await answers.answer(AskTrend(Measure.APPLICATIONS, (usa, usa)))
    assert again == one


async def test_no_total_of_new_applications_where_new_ones_were_not_told_apart(answers: Answers) -> None:
    trend = await answers.answer(AskTrend(Measure.APPLICATIONS, (Place(),)))
    for line in trend.series:
        assert [point.value for point in line.points if point.year < 2006] == [None] * 6
    assert StageUnknown(2005) in trend.caveats
    later = await answers.answer(AskTrend(Measure.APPLICATIONS, (Place(),), 2006, None))
    assert not any(isinstance(caveat, StageUnknown) for caveat in later.caveats)


async def test_a_trend_has_one_point_a_year(answers: Answers, places: list[Place]) -> None:
    for place in places[::5]:
        for of in FLOWS if place == Place() else set(FLOWS) & set(ON_ASYLUM):
            trend = await answers.answer(AskTrend(of, (place,), 2003, 2022))
            for line in trend.series:
                assert [point.year for point in line.points] == list(range(2003, 2023))
                assert all(b.year == a.year + 1 for a, b in pairwise(line.points))
                assert not any(point.partial for point in line.points)


async def test_origins_compared_at_mid_year_say_who_has_not_reported_and_what_was_carried_forward(
    answers: Answers, atlas: Atlas
) -> None:
    china, venezuela, usa = (atlas.find(name) for name in ("China", "Venezuela", "USA"))
    places = [Place(china), Place(venezuela)]
    flows = await answers.answer(AskTrend(Measure.APPLICATIONS, tuple(places), as_of=MID))
    (silent,) = [each for each in flows.caveats if isinstance(each, NotReportedOfSome)]
    assert silent.year == 2025
    assert not silent.final
    assert (usa, (china, venezuela)) in silent.missing
    stocks = await answers.answer(AskTrend(Measure.PENDING, tuple(places), as_of=MID))
    carried = [each for each in stocks.caveats if isinstance(each, CarriedForward)]
    assert [(each.origin, each.country, each.value) for each in carried] == [
        (china, usa, 147_909),
        (venezuela, usa, 620_074),
    ]
