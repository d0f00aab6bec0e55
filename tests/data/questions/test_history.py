"""One figure in every release: which kind of change each brought, and how long it took."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.sentences import say
from data.answers import Answers
from data.caveats import CompletedNotCorrected, LessThanHalf, StockNotFlow
from data.countries import Atlas
from data.errors import NoFigures
from data.model import Country, Dataset, Measure, Place, ReferencePeriod, RevisionKind, Tally
from data.questions.changes import AskChanges
from data.questions.history import AskHistory, Edition, find_revised
from data.questions.view import open_view
from data.releases.imports import import_release
from data.store.database import Database
from tests.data.made_up import FIRST_DAY, MadeUp, Values, day, release
from tests.data.releases.test_publication import dense
from tests.releases import MID, NOW, UPDATE, YEAR_END, at

JUNE = at(YEAR_END)
JULY = JUNE + timedelta(30)


def pending(**people: int) -> MadeUp:
    """A release with pending claims of these origins in the USA."""
    stocks: dict[tuple[str | int, ...], Values] = {
        (code, "USA", 2025): (0, count, *[0] * 7) for code, count in people.items()
    }
    return MadeUp({**release().tables, Dataset.POPULATION: stocks})


async def tell(
    database: Database,
    atlas: Atlas,
    place: Place,
    *made: tuple[datetime, MadeUp],
    measure: Measure = Measure.PENDING,
) -> tuple[Edition, ...]:
    for moment, each in made:
        await import_release(database, each, moment)
    return (await Answers(database, atlas).answer(AskHistory(measure, place, 2025))).editions


async def test_a_figure_is_published_completed_corrected_withdrawn_and_published_again(
    database: Database, atlas: Atlas
) -> None:
    syria = Place(atlas.find("Syria"))
    editions = await tell(
        database,
        atlas,
        syria,
        (FIRST_DAY, pending(CHI=100, SYR=200)),
        (JUNE, pending(CHI=100, SYR=300)),
        (JULY, pending(CHI=100, SYR=330)),
        (JULY + timedelta(1), pending(CHI=100)),
        (JULY + timedelta(2), pending(CHI=100, SYR=330)),
        (JULY + timedelta(3), pending(CHI=101, SYR=330)),
    )
    assert [(each.tally.persons, each.kind) for each in editions] == [
        (200, None),
        (300, RevisionKind.COMPLETED),
        (330, RevisionKind.CORRECTED),
        (None, RevisionKind.WITHDRAWN),
        (330, RevisionKind.CORRECTED),
        (330, None),
    ]
    assert [each.ratio for each in editions[:4]] == [None, pytest.approx(0.5), pytest.approx(0.1), None]
    assert [each.period for each in editions[:2]] == [ReferencePeriod.MID_YEAR, ReferencePeriod.YEAR_END]
    found = await Answers(database, atlas).answer(AskHistory(Measure.PENDING, syria, 2025))
    assert found.days_to_final == (JULY + timedelta(2) - FIRST_DAY).days
    assert CompletedNotCorrected(2025) in found.caveats
    assert StockNotFlow() in found.caveats


async def test_a_figure_that_never_changed_took_no_days(database: Database, atlas: Atlas) -> None:
    china = Place(atlas.find("China"))
    await tell(database, atlas, china, (day(0), pending(CHI=9, SYR=1)), (day(1), pending(CHI=9, SYR=2)))
    found = await Answers(database, atlas).answer(AskHistory(Measure.PENDING, china))
    assert (found.days_to_final, [each.kind for each in found.editions]) == (None, [None, None])


async def test_a_figure_that_came_later_counts_from_its_first_release(
    database: Database, atlas: Atlas
) -> None:
    syria = Place(atlas.find("Syria"))
    editions = await tell(
        database,
        atlas,
        syria,
        (day(0), pending(CHI=100)),
        (day(3), pending(CHI=100, SYR=60)),
        (day(7), pending(CHI=100, SYR=90)),
    )
    assert [(each.tally.persons, each.kind) for each in editions] == [
        (None, None),
        (60, None),
        (90, RevisionKind.CORRECTED),
    ]
    assert (await Answers(database, atlas).answer(AskHistory(Measure.PENDING, syria))).days_to_final == 4


async def test_a_figure_that_goes_while_a_year_is_completed_is_withdrawn(
    database: Database, atlas: Atlas
) -> None:
    editions = await tell(
        database,
        atlas,
        Place(atlas.find("Syria")),
        (FIRST_DAY, pending(CHI=100, SYR=60)),
        (JUNE, pending(CHI=100)),
    )
    assert [each.kind for each in editions] == [None, RevisionKind.WITHDRAWN]
    found = await Answers(database, atlas).answer(
        AskHistory(Measure.PENDING, Place(atlas.find("Syria")), 2025)
    )
    assert CompletedNotCorrected(2025) not in found.caveats


@pytest.mark.parametrize(("whole", "less"), [(1500, False), (701, False), (600, True)])
async def test_a_whole_year_below_its_half_is_remarked_upon(
    database: Database, atlas: Atlas, whole: int, less: bool
) -> None:
    await import_release(database, release(applied=700), FIRST_DAY)
    await import_release(database, release(applied=whole), JUNE)
    answers, caveat = Answers(database, atlas), LessThanHalf(Measure.APPLICATIONS, 2025)
    assert (caveat in (await answers.answer(AskHistory(Measure.APPLICATIONS, Place(), 2025))).caveats) is less
    changes = await answers.answer(AskChanges(Place(), Measure.APPLICATIONS))
    assert (caveat in changes.caveats) is less


async def test_a_flow_of_half_a_year_is_no_base_for_a_percentage(database: Database, atlas: Atlas) -> None:
    editions = await tell(
        database,
        atlas,
        Place(),
        (FIRST_DAY, release(applied=700)),
        (JUNE, release(applied=1500)),
        (JULY, release(applied=1800)),
        measure=Measure.APPLICATIONS,
    )
    assert [(each.tally, each.ratio) for each in editions] == [
        (Tally(700), None),
        (Tally(1500), None),
        (Tally(1800), pytest.approx(0.2)),
    ]


async def test_a_country_that_got_another_code_has_withdrawn_nothing(
    database: Database, atlas: Atlas
) -> None:
    old = dense(1)
    new = MadeUp(
        {
            d: {tuple("AAX" if part == "AAA" else part for part in key): v for key, v in t.items()}
            for d, t in old.tables.items()
        }
    )
    place = Place(Country("AAA", None, None, "AAA", "AAA"))
    editions = await tell(database, atlas, place, (day(0), old), (day(1), new))
    assert [each.kind for each in editions] == [None, RevisionKind.RECODED]


async def test_only_releases_up_to_a_day_are_told(answers: Answers, atlas: Atlas) -> None:
    china = Place(atlas.find("China"))
    for as_of, days in (
        (MID, [MID]),
        (date(2026, 6, 20), [MID, UPDATE, YEAR_END]),
        (None, [MID, UPDATE, YEAR_END, NOW]),
    ):
        found = await answers.answer(AskHistory(Measure.PENDING, china, 2025, as_of=as_of))
        assert [each.release.day for each in found.editions] == days


async def test_a_figure_that_nobody_published_is_a_sentence(database: Database, atlas: Atlas) -> None:
    await import_release(database, release(), day(0))
    with pytest.raises(NoFigures) as told:
        await Answers(database, atlas).answer(AskHistory(Measure.PENDING, Place(atlas.find("Malta")), 2025))
    assert say(told.value) == (
        "No release that is kept has this figure (Malta as an origin, 2025); choose another year or measure."
    )


async def test_what_releases_do_not_agree_on_is_found(database: Database, atlas: Atlas) -> None:
    """Which is when a button offers then and now."""
    china = Place(atlas.find("China"))
    await import_release(database, release(pending=100, applied=70), day(0))
    await import_release(database, release(pending=100, applied=80), day(1))
    measures = [Measure.PENDING, Measure.APPLICATIONS, Measure.DECISIONS]
    async with open_view(database, atlas, None) as view:
        assert await find_revised(view, measures, china, 2025) is Measure.APPLICATIONS
        assert await find_revised(view, [Measure.PENDING], china, 2025) is None
