"""What UNHCR publishes is odd, or makes no sense: what is taken of it, what is refused, and how often."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sentences import say
from data.doubt import MAX_UNREAD, Why
from data.errors import Phrase, Unsettled
from data.model import Dataset, RowFault
from data.releases.imports import import_release
from data.releases.sync import MAX_UNSETTLED, ReleaseRefused, Synced
from data.sources.unhcr.folder import ReleaseFolder
from data.store.countries import read_countries
from data.store.database import Database
from tests.data.sentences import is_one_sentence
from tests.data.syncing import DAY, NEW_ROW, Keeper, corrected
from tests.unhcr_double import edited
from tests.unhcr_tables import Item, Tables

APPLICATIONS = Dataset.APPLICATIONS


def with_odd_rows(tables: Tables, number: int) -> Tables:
    """The newest applications have a level that is no code."""
    rows = tables.rows[APPLICATIONS]
    odd = [[*row[:-3], "0", *row[-2:]] for row in rows[-number:]]
    return tables.changed(APPLICATIONS, [*rows[:-number], *odd])


def with_a_row_twice(tables: Tables) -> Tables:
    rows = tables.rows[APPLICATIONS]
    return tables.changed(APPLICATIONS, [*rows, rows[-1]])


def downloads(keeper: Keeper) -> int:
    """How often the last sync fetched a table."""
    return sum(
        asked.is_rows and asked.page == 1 and asked.endpoint == APPLICATIONS for asked in keeper.double.asked
    )


async def test_an_odd_row_is_set_aside_by_sync_and_by_import_alike(
    keeper: Keeper, empty_path: Path, tmp_path: Path
) -> None:
    tables = with_odd_rows(corrected(keeper.double.tables, 0), 1)
    keeper.double.serve(tables)
    synced = await keeper.sync(DAY)
    assert synced.imported
    assert synced.imported.doubt is None
    (odd,) = synced.imported.unread[APPLICATIONS]
    assert (odd.line, odd.fault, odd.cell) == (len(tables.rows[APPLICATIONS]) + 1, RowFault.CODE, "0")
    async with Database(Path(shutil.copy(empty_path, tmp_path / "other.sqlite3"))) as other:
        folder = ReleaseFolder(tables.write(tmp_path / "release"))
        imported = await import_release(other, folder, keeper.now)
    assert [o.line for o in imported.unread[APPLICATIONS]] == [odd.line]
    assert imported.rows == synced.imported.rows


async def test_many_odd_rows_put_a_release_in_quarantine(keeper: Keeper) -> None:
    keeper.double.serve(with_odd_rows(corrected(keeper.double.tables, 0), MAX_UNREAD + 1))
    synced = await keeper.sync(DAY)
    assert synced.imported
    assert synced.imported.doubt
    assert synced.imported.doubt.why is Why.UNREAD
    assert len(await keeper.releases()) == 1


def add_field(envelope: Item) -> None:
    for item in envelope["items"]:
        item["demographics"] = {"f": 5}


async def test_a_new_field_is_taken_and_named_once(keeper: Keeper) -> None:
    keeper.double.serve(corrected(keeper.double.tables, NEW_ROW))
    keeper.double.fail(edited(add_field), times=-1)
    synced = await keeper.sync(DAY, whole=True)
    assert synced.imported
    assert synced.imported.doubt is None
    assert synced.unknown == [f"{dataset}: demographics" for dataset in Dataset]
    assert (await keeper.sync(DAY, whole=True)).unknown == []


async def test_names_that_are_none_are_cleaned(keeper: Keeper) -> None:
    """Half of a surrogate pair, markup, a change of direction, a mention, and far too many letters."""
    odd = {"AFG": "A\ud800f", "AUL": "**Aus** [x](https://x.y)\u202e\n@everyone", "AUS": "x" * 5000}
    tables = corrected(keeper.double.tables, NEW_ROW)
    countries = tuple(
        (code, iso, odd.get(code, name), region) for code, iso, name, region in tables.countries
    )
    rows = {
        dataset: [
            [odd.get(row[2], row[1]) if i == 1 else cell for i, cell in enumerate(row)] for row in table
        ]
        for dataset, table in tables.rows.items()
    }
    keeper.double.serve(replace(tables, rows=rows, countries=countries))
    assert (await keeper.sync(DAY)).imported
    async with keeper.database.reading() as connection:
        names = {code: name for code, _, name in await read_countries(connection)}
    assert names["AFG"] == "A f"
    assert names["AUL"] == "Aus x (https: x.y) everyone"
    assert names["AUS"] == "x" * 80


async def refused(keeper: Keeper) -> ReleaseRefused:
    with pytest.raises(ReleaseRefused) as told:
        await keeper.sync(DAY)
    assert is_one_sentence(say(told.value))
    return told.value


async def test_what_was_refused_is_not_fetched_again_while_the_probe_says_the_same(keeper: Keeper) -> None:
    whole = keeper.double.tables
    keeper.double.serve(with_a_row_twice(corrected(whole, NEW_ROW)))
    assert not (await refused(keeper)).again
    for _ in range(6):
        synced = await keeper.sync(DAY)
        assert (synced.imported, downloads(keeper)) == (None, 0)
        assert synced.why
        assert "this row came before" in say(synced.why)
    assert (await refused(keeper)).again
    assert downloads(keeper) == 1
    keeper.double.serve(corrected(whole, NEW_ROW))
    assert (await keeper.sync(DAY)).imported
    assert (await keeper.sync(DAY)).why == Phrase("totals-of-last-sync")


async def test_the_operator_may_have_what_was_refused_fetched_at_once(keeper: Keeper) -> None:
    keeper.double.serve(with_a_row_twice(keeper.double.tables))
    await refused(keeper)
    with pytest.raises(ReleaseRefused):
        await keeper.sync(DAY, whole=True)
    assert downloads(keeper) == 1


async def test_pages_that_do_not_fit_are_tried_again_before_they_are_refused(keeper: Keeper) -> None:
    keeper.double.serve(corrected(keeper.double.tables, NEW_ROW))
    keeper.double.fail(
        edited(lambda envelope: envelope["items"].pop()),
        lambda asked: asked.is_rows and asked.query["limit"] != "1" and asked.endpoint == APPLICATIONS,
        times=-1,
    )
    for _ in range(MAX_UNSETTLED - 1):
        with pytest.raises(Unsettled):
            await keeper.sync(DAY)
        assert downloads(keeper) >= 1
    await refused(keeper)
    assert isinstance(await keeper.sync(DAY), Synced)
    assert downloads(keeper) == 0
