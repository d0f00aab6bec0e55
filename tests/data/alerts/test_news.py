"""What one message tells: all that matches any filter, each change once, and nothing else."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data.alerts import Alerts
from data.alerts.contents import answer_news
from data.alerts.news import News
from data.countries import Atlas
from data.countries.groups import members, read_groups
from data.measures import COLUMNS, measure
from data.model import ALL, Area, Counts, Group, Measure, Nature, Place, RevisionKind, Unit
from data.questions.view import ReleaseView
from data.releases.imports import import_release
from data.state.model import Filter, FilterVerdict, Reason, Threshold, matches
from data.statistics import Changed
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.drawn import releases
from tests.data.made_up import Anywhere, MadeUp, day
from tests.data.state.test_model import THRESHOLDS
from tests.examples import examples
from tests.releases import run_apart

_COUNTRIES = st.sampled_from(["CHI", "SYR", "USA", "GFR"]).map(Anywhere().by_code)
_GROUPS = st.sampled_from([read_groups()[code] for code in ("eu", "asia", "oecd")])
_SIDES = st.none() | _COUNTRIES | _GROUPS
_FILTERS = st.lists(
    st.builds(
        Filter,
        st.builds(Place, _SIDES, _SIDES),
        st.none() | st.sampled_from([m for m in Measure if m.nature is not Nature.RATE]),
        st.frozensets(st.sampled_from(RevisionKind), max_size=2),
        st.builds(Threshold, st.integers(1, 6)) | THRESHOLDS,
    ),
    min_size=1,
    max_size=4,
)


async def _tell(path: Path, two: list[MadeUp], filters: list[Filter]) -> tuple[News, News]:
    """What the second release tells those filters, and what it tells somebody who asks for everything."""
    async with Database(path, readers=1) as database:
        for number, each in enumerate(two):
            await import_release(database, each, day(number))
        async with database.reading() as connection:
            known = await read_releases(connection)
            view = ReleaseView(connection, known[-1], known, Anywhere())
            everything = Filter(kinds=frozenset(RevisionKind))
            return (
                await answer_news(view, filters, whole=True),
                await answer_news(view, [everything], whole=True),
            )


@settings(max_examples=examples(20))
@given(st.lists(releases, min_size=2, max_size=2, unique_by=lambda made: repr(made.state())), _FILTERS)
def test_every_matching_change_is_told_once_and_none_that_does_not_match(
    empty_path: Path, two: list[MadeUp], filters: list[Filter]
) -> None:
    if two[0].rollups() == two[1].rollups():
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_path, Path(folder, "a.sqlite3")))
        found: list[tuple[News, News]] = []

        async def tell() -> None:
            found.append(await _tell(path, two, filters))

        run_apart(tell())
    ((news, everything),) = found
    expected = {
        change
        for change in everything.all_changes
        if any(matches(wanted, change) is FilterVerdict.MATCHES for wanted in filters)
    }
    assert Counter(news.all_changes) == Counter(expected)
    assert news.matching == len(expected) == sum(news.by_kind.values())
    assert len(set(news.totals)) == len(news.totals)
    for told in (*news.totals, *news.largest):
        assert any(matches(wanted, told) is FilterVerdict.MATCHES for wanted in filters)
    assert (news.silence is None) == bool(expected or news.totals) == (news.headline is not None)


@settings(max_examples=examples(20))
@given(
    st.lists(releases, min_size=2, max_size=2, unique_by=lambda made: repr(made.state())),
    st.builds(Place, _SIDES, _SIDES),
    st.integers(1, 6),
)
def test_the_news_of_a_place_is_how_far_the_plain_sum_of_its_countries_moved(
    empty_path: Path, two: list[MadeUp], place: Place, least: int
) -> None:
    wanted = Filter(place, kinds=frozenset(RevisionKind), at_least=Threshold(least))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_path, Path(folder, "a.sqlite3")))
        found: list[News] = []

        async def tell() -> None:
            found.append((await _tell(path, two, [wanted]))[0])

        run_apart(tell())
    moved = {
        (of, year, unit): (before, after)
        for of, year, unit in product(COLUMNS, (1999, 2004, 2025), Unit)
        if not of.row.dataset.may_lack and unit in of.row.units
        for before, after in [[_add_up(made, of, place, year, unit) for made in two]]
        if abs((after or 0) - (before or 0)) >= least
    }
    told = [each for each in found[0].totals if not each.measure.row.dataset.may_lack]
    assert {(each.measure, each.year, each.unit): (each.before, each.after) for each in told} == moved


def _add_up(made: MadeUp, of: Measure, place: Place, year: int, unit: Unit) -> float | None:
    """Add up the pairs of a place's countries, as they belonged to it then."""
    if of is Measure.APPLICATIONS and year < 2006 and place.host is None:
        return None
    counted = [
        measure(of, Counts(*counts))
        for (origin, asylum, its_year, its_unit), counts in made.rollups().items()
        if (its_year, its_unit) == (year, unit.value) and ALL not in (origin, asylum)
        if _holds(place.origin, str(origin), year) and _holds(place.asylum, str(asylum), year)
    ]
    known = [count for count in counted if count is not None]
    return sum(known) if known else None


def _holds(area: Area | None, code: str, year: int) -> bool:
    return area is None or code in (members(area.code, year) if isinstance(area, Group) else {area.code})


@settings(max_examples=examples(12))
@given(st.lists(releases, min_size=2, max_size=2, unique_by=lambda made: repr(made.state())), _FILTERS)
def test_a_message_tells_just_what_each_of_its_subscriptions_would_tell_alone(
    empty_path: Path, two: list[MadeUp], filters: list[Filter]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_path, Path(folder, "a.sqlite3")))
        alone: list[News] = []

        async def tell() -> None:
            async with Database(path, readers=1) as database:
                for number, each in enumerate(two):
                    await import_release(database, each, day(number))
                alerts = Alerts(database, Anywhere())
                async with database.reading() as connection:
                    newest = (await read_releases(connection))[-1]
                alone.append(await alerts.news(newest, filters, whole=True))
                alone.extend([await alerts.news(newest, [each], whole=True) for each in filters])

        run_apart(tell())
    together, *apart = alone
    assert set(together.all_changes) == {change for news in apart for change in news.all_changes}
    assert set(together.totals) == {total for news in apart for total in news.totals}
    assert together.matched == tuple(
        wanted for wanted, news in zip(filters, apart, strict=True) if news.silence is None
    )


async def test_canadas_decisions_are_told_as_corrected(releases_path: Path, atlas: Atlas) -> None:
    canada = Filter(Place(asylum=atlas.find("Canada")), Measure.DECISIONS)
    async with Database(releases_path) as database:
        past = await Alerts(database, atlas).past([canada])
    key = past[-1].headline
    assert key is not None
    assert (key.measure, key.year, key.before, key.after, key.kind) == (
        Measure.DECISIONS,
        2025,
        199_610,
        96_789,
        RevisionKind.CORRECTED,
    )
    assert past[0].silence is Reason.BASELINE
    completed = past[-2].headline
    assert completed is not None
    assert completed.kind is RevisionKind.COMPLETED


async def test_why_nothing_is_told(releases_path: Path, atlas: Atlas) -> None:
    canada = Place(asylum=atlas.find("Canada"))
    asked = {
        Filter(canada, Measure.DECISIONS, at_least=Threshold(10_000_000)): Reason.TOO_SMALL,
        Filter(canada, Measure.DECISIONS, frozenset({RevisionKind.NEW_PERIOD})): Reason.OTHER_KIND,
        Filter(canada, Measure.COMPLEMENTARY): Reason.OTHER_MEASURE,
        Filter(Place(asylum=atlas.find("Germany"))): Reason.OTHER_PLACE,
    }
    async with Database(releases_path) as database:
        alerts = Alerts(database, atlas)
        for wanted, reason in asked.items():
            news = (await alerts.past([wanted]))[-1]
            assert (news.silence, news.headline) == (reason, None), wanted


async def test_decisions_that_move_far_only_together_are_not_missed(empty_path: Path, tmp_path: Path) -> None:
    """Four outcomes that move by 3 each move their sum by 12."""
    from data.model import Dataset
    from tests.data.made_up import release

    def decided(count: int) -> MadeUp:
        tables = dict(release().tables)
        row = {("CHI", "USA", 2025, "G", "FI", "P"): (count, count, count, count, 4 * count)}
        return MadeUp({**tables, Dataset.DECISIONS: row})

    path = Path(shutil.copy(empty_path, tmp_path / "a.sqlite3"))
    usa = Filter(Place(asylum=Anywhere().by_code("USA")), Measure.DECISIONS, at_least=Threshold(10))
    news, _ = await _tell(path, [decided(10), decided(13)], [usa])
    assert news.headline == Changed(
        Measure.DECISIONS,
        usa.place,
        2025,
        news.headline.unit if news.headline else None,
        40,
        52,
        RevisionKind.CORRECTED,
    )
    assert news.matching == 0
