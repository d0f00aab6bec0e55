"""What a channel is told of a release, word for word; and that it is honest whatever the release."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.replies.alert import COLOURS, MAX_TITLE, Alert, choose_totals, write_alert
from bot.replies.files import write_csv
from bot.replies.reply import MAX_ALT
from bot.services import Services
from data.alerts.news import News
from data.caveats import MidYear, SmallCounts, StockNotFlow
from data.model import Country, Measure, Nature, Place, ReferencePeriod, Release, RevisionKind, Unit
from data.notes import Note
from data.state.model import Filter, Reason, Threshold
from data.statistics import MIN_BASE, Changed
from tests.asking import read_csv
from tests.nonsense import check_harmless
from tests.releases import MID, NOW, UPDATE, YEAR_END

in_one_loop = pytest.mark.asyncio(loop_scope="session")

GOLDEN = Path(__file__).parent / "golden"
RENEW = "RENEW_GOLDEN" in os.environ
"""Write the files anew, for whoever looks at each difference afterwards."""

CANADA = Country("CAN", "CAN", "CA", "Canada", "Canada")
CHINA = Country("CHI", "CHN", "CN", "China", "China")
INDIA = Country("IND", "IND", "IN", "India", "India")
BASE = Release(1, datetime(2025, 6, 12, tzinfo=UTC), "Global Trends 2024", 2024, ReferencePeriod.YEAR_END)
HALF = Release(2, datetime(2025, 11, 10, tzinfo=UTC), "Mid-Year Trends 2025", 2025, ReferencePeriod.MID_YEAR)
FULL = Release(3, datetime(2026, 6, 12, tzinfo=UTC), "Global Trends 2025", 2025, ReferencePeriod.YEAR_END)


def payload(alert: Alert) -> dict[str, Any]:
    """An alert as it is sent, and how its table and picture begin."""
    chart = alert.chart
    return {
        "title": alert.title,
        "content": alert.content(),
        "embed": alert.embed().to_dict(),
        "alt": alert.alt,
        "chart": [chart.heading.title, chart.heading.subtitle, chart.before_label, chart.after_label],
        "moves": [f"{move.label}: {move.text} {move.tone}" for move in chart.moves],
        "records": len(alert.records),
    }


def compare(name: str, alert: Alert) -> None:
    """Fail unless an alert is just what its golden file says."""
    path = GOLDEN / f"{name}.json"
    if RENEW:
        path.write_text(json.dumps(payload(alert), ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert payload(alert) == json.loads(path.read_text("utf-8"))


async def told(
    services: Services, day: Any, *asked: tuple[str | None, str | None, Measure | None], **more: Any
) -> News:
    (release,) = [each for each in await services.answers.releases() if each.day == day]
    find = services.countries.find
    filters = [
        Filter(Place(find(origin) if origin else None, find(asylum) if asylum else None), measure, **more)
        for origin, asylum, measure in asked
    ]
    return await services.alerts.news(release, filters, whole=True)


REAL = [
    ("completed", YEAR_END, [("China", None, None)], {}),
    ("completed-flow", YEAR_END, [("China", None, Measure.APPLICATIONS)], {}),
    ("corrected", NOW, [(None, "Canada", Measure.DECISIONS)], {}),
    ("corrected-stock", NOW, [(None, "Canada", Measure.PENDING)], {}),
    ("withdrawn", NOW, [(None, "Canada", None)], {"kinds": frozenset({RevisionKind.WITHDRAWN})}),
    ("merged", YEAR_END, [(None, "Canada", Measure.DECISIONS), ("China", None, None)], {}),
    ("pair-in-cases", YEAR_END, [("China", "Australia", Measure.DECISIONS)], {}),
    ("world", YEAR_END, [(None, None, None)], {"at_least": Threshold(10_000)}),
    ("years-ago", UPDATE, [(None, None, None)], {}),
]


@in_one_loop
async def test_what_unhcr_notes_on_the_correction_is_quoted_and_harmless(services: Services) -> None:
    news = await told(services, NOW, (None, "Canada", Measure.DECISIONS))
    assert news.note is None  # the releases that come with the program have none
    noted = replace(
        news, note=Note(None, "CAN", (2024, 2025), ("ASY",), "Clerks *counted*\ntwice. @everyone")
    )

    (line,) = [each for each in write_alert(noted).lines if each.startswith("UNHCR's note")]
    assert line.startswith("UNHCR's note (in Canada, 2024–2025): “Clerks")
    check_harmless(line)


@in_one_loop
@pytest.mark.parametrize(("name", "day", "asked", "more"), REAL, ids=[name for name, *_ in REAL])
async def test_the_real_releases_are_told_word_for_word(
    services: Services, name: str, day: Any, asked: list[Any], more: dict[str, Any]
) -> None:
    compare(name, write_alert(await told(services, day, *asked, **more)))


@in_one_loop
async def test_canada_s_decisions_were_corrected_from_199610_to_96789(services: Services) -> None:
    alert = write_alert(await told(services, NOW, (None, "Canada", Measure.DECISIONS)))

    assert alert.headline == (
        "**Corrected: asylum decisions in Canada in 2025, 199,610 → 96,789 (52% lower).**"
        " Global Trends 2025, corrected, 25 June 2026."
    )
    assert alert.embed().colour is not None
    assert alert.embed().colour.value == COLOURS[RevisionKind.CORRECTED]


def change(
    before: int | None,
    after: int | None,
    kind: RevisionKind,
    measure: Measure = Measure.DECISIONS,
    **more: Any,
) -> Changed:
    place, year, unit = (
        more.get("place", Place(None, CANADA)),
        more.get("year", 2025),
        more.get("unit", Unit.PERSONS),
    )
    return Changed(measure, place, year, unit, before, after, kind)


def news(*totals: Changed, largest: tuple[Changed, ...] = (), before: Release = HALF, **more: Any) -> News:
    given: dict[str, Any] = {
        "release": FULL,
        "silence": None,
        "matched": (Filter(Place(None, CANADA)),),
        "headline": (*totals, *largest)[0],
        "matching": len(largest),
        "all_changes": largest,
    }
    return News(before=before, totals=totals, largest=largest, **{**given, **more})


def test_a_new_period_has_nothing_to_be_compared_with() -> None:
    parts = (change(None, 1179, RevisionKind.NEW_PERIOD, place=Place(INDIA, CANADA)),)
    found = news(change(None, 47_762, RevisionKind.NEW_PERIOD), largest=parts, before=BASE, release=HALF)

    alert = write_alert(found)

    compare("new-period", alert)
    assert alert.headline.startswith(
        "**New period: asylum decisions in Canada in January–June 2025, 47,762.** Mid-Year Trends 2025,"
    )
    assert "%" not in alert.headline + alert.embed().description


def test_half_a_year_is_never_put_against_a_whole_one_in_per_cent() -> None:
    flow = write_alert(news(change(9_307, 25_173, RevisionKind.COMPLETED, Measure.APPLICATIONS)))
    stock = write_alert(news(change(178_725, 99_716, RevisionKind.COMPLETED, Measure.PENDING)))

    assert "9,307 (January–June) → 25,173 (whole year).**" in flow.headline
    assert "178,725 (30 June) → 99,716 (31 December), 44% lower.**" in stock.headline


@pytest.mark.parametrize(("before", "honest"), [(MIN_BASE - 1, False), (MIN_BASE, True)])
def test_a_small_base_brings_no_percentage(before: int, honest: bool) -> None:
    alert = write_alert(news(change(before, 500, RevisionKind.CORRECTED), before=FULL))

    assert ("times as high" in alert.headline) is honest


def test_a_withdrawn_figure_is_not_zero() -> None:
    alert = write_alert(news(change(1_234, None, RevisionKind.WITHDRAWN), before=FULL))

    assert "in 2025, 1,234 → no longer published.**" in alert.headline
    assert read_csv(write_csv(alert.records))[1]["value"] == ""


def test_cases_are_named_wherever_they_stand() -> None:
    found = news(
        change(1_853, 5_958, RevisionKind.COMPLETED, unit=Unit.CASES),
        change(1_774, 3_438, RevisionKind.COMPLETED),
        largest=(change(1_565, 5_051, RevisionKind.COMPLETED, Measure.REJECTED, unit=Unit.CASES),),
    )
    alert = write_alert(found)

    assert "1,853 (January–June) → 5,958 cases (whole year)" in alert.headline
    assert "Also: decisions 1,774 (January–June) → 3,438 (whole year)" not in alert.embed().description
    assert "All: rejected (cases): 1,565 → 5,051" in [
        f"{move.label}: {move.text}" for move in alert.chart.moves
    ]
    assert {move.tone for move in alert.chart.moves} == {"persons", "cases"}


def test_one_caveat_stands_below_the_figures_and_no_definition_does() -> None:
    pending = change(10, 20, RevisionKind.CORRECTED, Measure.PENDING)
    caveats = StockNotFlow(), MidYear(2025, Nature.STOCK), SmallCounts()

    assert write_alert(news(pending, caveats=caveats)).lines == (
        "Mind: The 2025 figure is a mid-year one, of 30 June; the year-end figure will replace it.",
    )
    assert write_alert(news(pending, caveats=(StockNotFlow(),))).lines == ()


def test_details_ask_for_all_that_changed_of_what_the_filters_want() -> None:
    changed = change(10, 20, RevisionKind.CORRECTED)
    canada, china = Filter(Place(None, CANADA), Measure.DECISIONS), Filter(Place(CHINA))

    for matched, place, measure in (
        ((canada, replace(canada, at_least=Threshold(10))), Place(None, CANADA), Measure.DECISIONS),
        ((canada, china), Place(), None),
    ):
        asked = write_alert(news(changed, matched=matched)).question
        assert (asked.place, asked.measure, asked.as_of) == (place, measure, FULL.day)


def test_each_subscription_s_largest_total_is_told_however_small() -> None:
    canada = tuple(change(100_000 + n, 1, RevisionKind.CORRECTED, year=2010 + n) for n in range(8))
    china = change(60, 30, RevisionKind.CORRECTED, Measure.PENDING, place=Place(CHINA))
    filters = (Filter(Place(None, CANADA)), Filter(Place(CHINA)))
    found = news(*canada, china, matched=filters)

    assert china in choose_totals(found)
    assert "This answers 2 subscriptions of this channel." in write_alert(found).lines


def test_releases_that_were_missed_are_told_in_a_line_each_and_in_the_table() -> None:
    missed = news(change(40_000, 47_762, RevisionKind.CORRECTED), release=HALF, before=BASE)
    alert = write_alert(replace(news(change(47_762, 199_610, RevisionKind.COMPLETED)), meanwhile=(missed,)))

    assert "Missed: Mid-Year Trends 2025 (10 Nov 2025), corrected: asylum decisions in Canada" in "\n".join(
        alert.lines
    )
    assert {record.release for record in alert.records} == {
        "Global Trends 2024 (12 Jun 2025)",
        "Mid-Year Trends 2025 (10 Nov 2025)",
        "Global Trends 2025 (12 Jun 2026)",
    }
    assert [record.change for record in alert.records] == ["corrected"] * 2 + ["completed"] * 2


def test_where_there_is_nothing_to_tell_no_alert_is_made() -> None:
    with pytest.raises(ValueError, match="is no news here: too-small"):
        write_alert(News(FULL, HALF, Reason.TOO_SMALL))


@in_one_loop
@pytest.mark.parametrize("step", [29, pytest.param(1, marks=pytest.mark.proof)])
async def test_every_alert_fits_discord_and_is_harmless(services: Services, step: int) -> None:
    countries = [c.name for c in services.countries.countries() if c.is_country][::step]
    for place in countries:
        for day in (MID, YEAR_END, NOW):
            for asked in ((place, None, None), (None, place, None)):
                found = await told(services, day, asked)
                if found.silence is None:
                    check(write_alert(found))


def check(alert: Alert) -> None:
    embed = alert.embed()
    assert 0 < len(alert.title) <= MAX_TITLE
    assert alert.content().count("\n") == 0
    assert len(alert.content()) < 500
    assert 0 < len(alert.alt) <= MAX_ALT
    assert len(alert.content()) + len((embed.description or "").partition("[Source")[0]) <= 600
    assert len(embed) <= 6000
    assert len(alert.chart.moves) <= 10
    for text in (alert.title, alert.content(), alert.alt, "\n".join(alert.lines)):
        check_harmless(text)
    assert not re.search(r"\bNone\b|  ", alert.content())
