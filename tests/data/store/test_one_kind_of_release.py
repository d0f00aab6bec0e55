"""Databases of before, in which some releases had the largest countries only, become such of complete releases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.alerts import Alerts
from data.countries import Atlas
from data.model import Measure, Place, ReferencePeriod
from data.releases.opening import open_database
from data.state.model import Reason
from data.store.database import Database
from data.store.migrations import list_migrations, migrate
from data.store.releases import read_doubted, read_releases
from tests.data.store.states import dump, is_intact
from tests.data.store.test_migrations import versions
from tests.releases import decline_shipped

BEFORE = 4
"""The schema that told releases apart."""

DERIVED = ("rollup", "change", "change_count")
"""Made again when the database is opened."""

STARTER = """
INSERT INTO release VALUES (10, 'Mid-Year Trends 2025', 2025, 'mid-year', 'published', 1, NULL);
INSERT INTO release VALUES (20, 'Global Trends 2025', 2025, 'year-end', 'published', 1, NULL);
INSERT INTO coverage VALUES ('origin', 'CHI'), ('asylum', 'CAN'), ('every asylum', 'CHI');
INSERT INTO memory VALUES ('starter', 'a digest'), ('unhcr checked at', '2026-07-01T00:00:00+00:00');
INSERT INTO rollup VALUES
    (1, 'CHI', '~', 2025, 'P', 10, 5, 6, NULL, 1, 2, 3, 4), (1, '*', '*', 2025, 'P', 20, 9, 6, NULL, 1, 2, 3, 4);
INSERT INTO change VALUES (1, 20, '*', '*', 2025, 'P', 'pending', 5, 9, 'completed');
INSERT INTO change_count VALUES (1, 20, 2025, 'P', 'completed', 1);
INSERT INTO subscription VALUES
    (7, 5, 6, 'CHI', NULL, 'pending', '', 1, NULL, NULL, 'en', 0, 1000.0, NULL, NULL, '');
INSERT INTO delivery (id, release, channel, state, reason, made_at, due_at, attempts) VALUES
    (1, 30, 5, 'silent', 'it is the first full release after the starter figures', 1.0, 1.0, 1),
    (2, 20, 5, 'silent', 'the starter figures do not have this place or measure', 1.0, 1.0, 1),
    (3, 20, 8, 'waiting', '', 1.0, 1.0, 0);
INSERT INTO delivery (id, release, channel, state, reason, made_at, due_at, attempts, message, place,
                      told_measure, told_origin, told_asylum, told_year, told_unit, told_value)
VALUES (4, 40, 5, 'sent', 'it matches', 1.0, 1.0, 1, 77, 5, 'pending', 'CHI', '*', 2025, 'P', 20);
INSERT INTO ageing VALUES (4, 20, 9, 'waiting', '', 1.0, 0);
"""

IMPORTED = """
INSERT INTO release VALUES (30, 'Mid-Year Trends 2026', 2026, 'mid-year', 'published', 0, NULL);
INSERT INTO release VALUES (40, 'Global Trends 2026', 2026, 'year-end', 'published', 0, NULL);
INSERT INTO release VALUES (50, 'Global Trends 2026, corrected', 2026, 'year-end', 'quarantined', 0, 'abc');
INSERT INTO population (origin, asylum, year, release, asylum_seekers)
VALUES ('CHI', 'CAN', 2025, 30, 10), ('CHI', 'CAN', 2025, 40, 20);
INSERT INTO place VALUES ('CHI', 'CHN', 'China');
INSERT INTO first_instance VALUES (40, 'CHI', '*', 2025, 'P', 1, 2, 3, 4);
INSERT INTO quarantine VALUES (50, 'population', x'00');
INSERT INTO rollup VALUES
    (0, 'CHI', 'CAN', 2025, 'P', 30, 10, NULL, NULL, NULL, NULL, NULL, NULL),
    (0, 'CHI', 'CAN', 2025, 'P', 40, 20, 7, 8, 1, 2, 3, 4);
INSERT INTO change VALUES (0, 40, 'CHI', 'CAN', 2025, 'P', 'pending', 10, 20, 'corrected');
INSERT INTO change_count VALUES (0, 40, 2025, 'P', 'corrected', 1);
"""


async def make_before(path: Path, *scripts: str) -> None:
    async with Database(path, readers=1) as database:
        await migrate(database, list_migrations()[:BEFORE])
    decline_shipped(path)
    with closing(sqlite3.connect(path)) as connection:
        for script in scripts:
            connection.executescript(script)


@pytest.mark.parametrize("imported", [False, True])
async def test_what_was_imported_and_who_subscribed_stays_and_the_rest_goes(
    tmp_path: Path, imported: bool
) -> None:
    path = tmp_path / "asylum.sqlite3"
    await make_before(path, STARTER, *([IMPORTED] if imported else []))
    before = dump(path)
    async with Database(path) as database:
        await migrate(database, list_migrations()[: BEFORE + 1])
        async with database.reading() as connection:
            kept = await connection.execute_fetchall("SELECT id FROM release WHERE NOT summed ORDER BY id")
            assert [number for (number,) in kept] == ([30, 40] if imported else [])
            assert list(await connection.execute_fetchall("PRAGMA foreign_key_check")) == []
    after = dump(path)
    assert is_intact(path)
    assert versions(path)[0] == BEFORE + 1
    assert "coverage" not in after
    assert "starter" not in dict(after["memory"])
    assert set(after["memory"]) < set(before["memory"])
    for table in ("subscription", "ageing", "quarantine", "population", "digest"):
        assert after[table] == before[table], table
    assert after["country"] == ([("CHI", 40, "CHN", "China")] if imported else [])
    assert [after[table] for table in DERIVED] == [[]] * len(DERIVED)


async def test_a_release_keeps_its_state_and_what_was_put_aside_its_parts(tmp_path: Path) -> None:
    """Nothing that refers to a release is lost with the column."""
    path = tmp_path / "asylum.sqlite3"
    await make_before(path, STARTER, IMPORTED)
    async with open_database(path) as database, database.reading() as connection:
        ((release, state, digest),) = await read_doubted(connection)
        assert (release.id, release.period, state, digest) == (
            50,
            ReferencePeriod.YEAR_END,
            "quarantined",
            "abc",
        )
        kept = await connection.execute_fetchall("SELECT release, part, rows FROM quarantine")
        assert [tuple(row) for row in kept] == [(50, "population", b"\0")]


async def test_subscriptions_and_why_a_channel_was_not_told_are_read_as_before(tmp_path: Path) -> None:
    path = tmp_path / "asylum.sqlite3"
    await make_before(path, STARTER, IMPORTED)
    atlas = Atlas.load()
    async with open_database(path) as database:
        alerts = Alerts(database, atlas)
        (subscribed,) = await alerts.subscriptions(server=6)
        assert (subscribed.id, subscribed.wanted.place, subscribed.wanted.measure) == (
            7,
            Place(atlas.find("China")),
            Measure.PENDING,
        )
        async with database.reading() as connection:
            mid, end = await read_releases(connection)
        assert (await alerts.explain(mid, 5)).reason is Reason.BASELINE
        assert (await alerts.explain(end, 5)).message == 77
        with closing(sqlite3.connect(path)) as connection:
            reasons = [reason for (reason,) in connection.execute("SELECT reason FROM delivery ORDER BY id")]
        assert [Reason(reason) for reason in reasons if reason] == [
            Reason.BASELINE,
            Reason.OTHER_PLACE,
            Reason.MATCHES,
        ]


@pytest.mark.proof
async def test_real_releases_migrate_to_just_what_a_first_start_makes(
    releases_path: Path, tmp_path: Path
) -> None:
    """Every row of every table but how countries were called once, which was not kept before."""
    path = tmp_path / "asylum.sqlite3"
    await make_before(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ATTACH ? AS new", (str(releases_path),))
        connection.execute(
            "INSERT INTO release SELECT id, label, newest_year, period, state, 0, digest FROM new.release"
        )
        for table in ("population", "applications", "decisions", "recoding"):
            connection.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")
        connection.execute("INSERT INTO place SELECT code, iso3, name FROM new.country GROUP BY code")
        connection.commit()
    async with open_database(path):
        pass
    migrated, first = dump(path), dump(releases_path)
    assert migrated.keys() == first.keys()
    for table in first.keys() - {"country"}:
        assert migrated[table] == first[table], table
