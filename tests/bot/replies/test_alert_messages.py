"""Messages ready to be sent: who is pinged, what is packed, and that the same is drawn only once."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.charts.studio import Chart, Studio
from bot.replies.alert import Alert, write_alert
from bot.replies.alert_messages import LARGEST_CSV, PICTURE, Alerting, pack_table
from bot.replies.files import FORMULA
from bot.services import Services
from data.alerts.news import News
from data.model import Measure, Place
from data.state.model import Destination, Filter, Subscription, Threshold
from tests.asking import read_csv

in_one_loop = pytest.mark.asyncio(loop_scope="session")
MADE = datetime(2026, 6, 1, tzinfo=UTC)


class CountingStudio(Studio):
    """Draws as ever, and counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def draw(self, chart: Chart) -> bytes:
        self.asked += 1
        return await super().draw(chart)


def subscriptions(*wanted: tuple[Filter, int | None]) -> Sequence[Subscription]:
    return [
        Subscription(number, Destination(1, 2), each, role, "en", publish=False, made_at=MADE)
        for number, (each, role) in enumerate(wanted, start=1)
    ]


async def news_of(services: Services, *filters: Filter) -> News:
    newest = (await services.answers.releases())[-1]
    return await services.alerts.news(newest, filters, whole=True)


def in_canada(services: Services, **more: Any) -> Filter:
    return Filter(Place(None, services.countries.find("Canada")), Measure.DECISIONS, **more)


@in_one_loop
async def test_only_roles_whose_subscription_has_something_to_tell_are_pinged(
    services: Services,
) -> None:
    told, silent = (
        in_canada(services),
        Filter(Place(), Measure.DECISIONS, frozenset(), Threshold(10**8)),
    )
    found = await news_of(services, told, silent)

    message = await services.alerting.compose(found, subscriptions((told, 7), (silent, 8), (told, 7)))

    assert message is not None
    assert message.content.splitlines()[1:] == ["<@&7>"]
    assert message.allowed_mentions.to_dict() == {"parse": [], "roles": [7]}


@in_one_loop
async def test_without_a_role_nobody_is_mentioned(services: Services) -> None:
    wanted = in_canada(services)
    message = await services.alerting.compose(await news_of(services, wanted), subscriptions((wanted, None)))

    assert message is not None
    assert message.allowed_mentions.to_dict() == {"parse": [], "roles": []}
    assert "<@" not in message.content


@in_one_loop
async def test_where_there_is_nothing_to_tell_nothing_is_composed(services: Services) -> None:
    wanted = in_canada(services, at_least=Threshold(10**8))

    assert await services.alerting.compose(await news_of(services, wanted), []) is None


@in_one_loop
async def test_a_message_can_be_sent_again_with_files_that_were_never_read(
    services: Services,
) -> None:
    message = await services.alerting.compose(await news_of(services, in_canada(services)), [])
    assert message is not None
    for _ in range(2):
        kwargs = message.send_kwargs()
        picture, table = kwargs["files"]
        assert (picture.filename, table.filename) == (PICTURE, "asylum-changes-2026-06-25.csv")
        assert picture.fp.read().startswith(b"\x89PNG")
        assert picture.description.startswith("Figures before and after: ")
        first = read_csv(table.fp.read())[0]
        assert (first["value"], first["query"]) == ("199610", "alert on decisions in Canada")
        assert first["change"] == "corrected"
        kwargs["embed"].title = "changed by whoever sends it"
    assert message.embed.title is None


@in_one_loop
async def test_a_thousand_channels_with_one_filter_cost_one_chart(services: Services) -> None:
    wanted = in_canada(services)
    found = await news_of(services, wanted)
    async with CountingStudio() as studio:
        alerting = Alerting(studio)
        composing = [alerting.compose(found, subscriptions((wanted, role))) for role in range(1, 1001)]
        messages = await asyncio.gather(*composing)

    assert studio.asked == 1
    assert len({message.content for message in messages if message}) == 1000


@in_one_loop
async def test_a_chart_that_failed_is_drawn_anew_for_whoever_asks_next(services: Services) -> None:
    wanted = in_canada(services)
    found = await news_of(services, wanted)
    studio = CountingStudio()
    alerting = Alerting(studio)
    with pytest.raises(RuntimeError, match="The studio is closed"):
        await alerting.compose(found, subscriptions((wanted, None)))
    async with studio:
        assert await alerting.compose(found, subscriptions((wanted, None)))


@in_one_loop
async def test_a_large_table_is_packed_and_whole(services: Services) -> None:
    (june,) = [r for r in await services.answers.releases() if r.day.isoformat() == "2026-06-12"]
    found = await services.alerts.news(june, [Filter()], whole=True)
    message = await services.alerting.compose(found, [])

    assert message is not None
    assert message.table_name == "asylum-changes-2026-06-12.zip"
    assert len(message.table) < 512 * 1024
    with zipfile.ZipFile(io.BytesIO(message.table)) as archive:
        rows = read_csv(archive.read("asylum-changes-2026-06-12.csv"))
    assert len(rows) == 2 * (len(found.totals) + found.matching)
    assert sum(row["origin"] != "all" != row["asylum"] for row in rows) == 2 * found.matching


@in_one_loop
async def test_a_table_is_the_same_bytes_every_time_and_no_cell_is_a_formula(
    services: Services,
) -> None:
    found = await news_of(services, in_canada(services))
    alert: Alert = write_alert(found)
    nasty = replace(alert.records[0], origin="=HYPERLINK(1)")
    large = replace(alert, records=alert.records * (LARGEST_CSV // 4000))

    assert pack_table(large, found.release) == pack_table(large, found.release)
    _, table = pack_table(replace(alert, records=(nasty,)), found.release)
    assert not any(cell.startswith(FORMULA) for row in read_csv(table) for cell in row.values())
