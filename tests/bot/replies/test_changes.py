"""What a release changed, in words, in a table, as a chart and as records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.charts.before_after import BeforeAfterChart
from bot.replies.before_after import HALVES
from bot.replies.changes import reply_changes
from bot.replies.reply import Reply
from data.caveats import CompletedNotCorrected
from data.countries.groups import read_groups
from data.model import (
    Country,
    Dataset,
    Extent,
    Measure,
    Number,
    Place,
    ReferencePeriod,
    Release,
    RevisionKind,
    Unit,
)
from data.questions.changes import AskChanges, Changes
from data.statistics import Changed
from tests.nonsense import check_harmless

CHINA = Country("CHI", "CHN", "CN", "China", "China")
USA = Country("USA", "USA", "US", "USA", "the USA")


def released(month: int, day: int, label: str, period: ReferencePeriod = ReferencePeriod.YEAR_END) -> Release:
    at = datetime(2026, month, day, tzinfo=UTC)
    return Release(int(at.timestamp()), at, label, 2025, period)


MID = released(3, 30, "Mid-Year Trends 2025", ReferencePeriod.MID_YEAR)
END = released(6, 12, "Global Trends 2025")
AGAIN = released(6, 25, "Global Trends 2025, corrected")


def changed(
    before: Number | None,
    after: Number | None,
    measure: Measure = Measure.PENDING,
    kind: RevisionKind = RevisionKind.CORRECTED,
    **more: Any,
) -> Changed:
    fields = {"place": Place(), "year": 2025, "unit": Unit.PERSONS, **more}
    return Changed(measure, before=before, after=after, kind=kind, **fields)


def told(*totals: Changed, largest: tuple[Changed, ...] = (), **more: Any) -> Changes:
    fields: dict[str, Any] = {
        "release": AGAIN,
        "before": END,
        "place": Place(),
        "totals": totals,
        "largest": largest,
        "matching": len(largest),
        "all_changes": (),
        "counts": {},
        "caveats": (),
    }
    return Changes(**{**fields, **more})


def reply(found: Changes) -> Reply:
    made = reply_changes(AskChanges(found.place), found)
    for text in (made.headline, made.alt, *made.lines):
        check_harmless(text)
    return made


def chart(found: Changes) -> BeforeAfterChart:
    drawn = reply(found).chart
    assert isinstance(drawn, BeforeAfterChart)
    return drawn


def headline(found: Changes) -> str:
    return reply(found).headline.replace("**", "")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            changed(200, 100),
            "People waiting for a decision worldwide in 2025: corrected on 25 June 2026, 200 → 100, 50% lower.",
        ),
        (
            changed(200, 210),
            "People waiting for a decision worldwide in 2025: corrected on 25 June 2026, 200 → 210, 5% higher.",
        ),
        (
            changed(40, 400),
            "People waiting for a decision worldwide in 2025: corrected on 25 June 2026, 40 → 400.",
        ),  # too small a base
        (
            changed(200, None, kind=RevisionKind.WITHDRAWN),
            "People waiting for a decision worldwide in 2025: withdrawn on 25 June 2026, 200 → not published.",
        ),
        (
            changed(200, 100, Measure.REJECTED, unit=Unit.CASES),
            "Rejected asylum claims worldwide in 2025: corrected on 25 June 2026, 200 → 100 cases, 50% lower.",
        ),
    ],
)
def test_the_largest_change_leads_with_its_kind(change: Changed, said: str) -> None:
    assert headline(told(change)) == said


def test_half_a_year_and_a_whole_one_are_named_and_have_no_percentage() -> None:
    flow = changed(900, 2500, Measure.APPLICATIONS, RevisionKind.COMPLETED)
    found = told(flow, release=END, before=MID, caveats=(CompletedNotCorrected(2025),))
    assert headline(found).endswith("completed on 12 June 2026, 900 (January–June) → 2,500 (whole year).")
    assert chart(found).heading.subtitle == HALVES
    assert "corrected" not in headline(found)


def test_a_stock_of_june_stands_beside_that_of_december() -> None:
    stock = changed(178_725, 99_716, kind=RevisionKind.COMPLETED)
    assert headline(told(stock, release=END, before=MID)).endswith(
        "completed on 12 June 2026, 178,725 (30 June) → 99,716 (31 December), 44% lower."
    )


def test_a_half_year_that_is_gone_is_named_and_nothing_stands_for_the_whole() -> None:
    gone = changed(900, None, Measure.APPLICATIONS, RevisionKind.WITHDRAWN, extent=Extent(2025, Extent.HALF))
    assert headline(told(gone, release=END, before=MID)).endswith(
        "withdrawn on 12 June 2026, 900 (January–June 2025) → not published."
    )


def test_what_never_was_completed_names_its_span_on_both_sides() -> None:
    same = changed(3_161, 3_162, extent=Extent(2025, Extent.HALF))
    assert headline(told(same, release=END, before=MID)).endswith(
        "corrected on 12 June 2026, 3,161 (30 June 2025) → 3,162 (30 June 2025), about the same."
    )


def test_a_part_that_was_added_stands_beside_the_half() -> None:
    more = changed(900, 1_300, Measure.DECISIONS, RevisionKind.COMPLETED, extent=Extent(2025, 9))
    assert headline(told(more, release=END, before=MID)).endswith(
        "completed on 12 June 2026, 900 (January–June) → 1,300 (January–September 2025)."
    )


def test_a_release_of_half_a_year_names_the_half_in_lines_and_rows() -> None:
    stock, flow = (
        changed(None, 900, measure, RevisionKind.NEW_PERIOD)
        for measure in (Measure.PENDING, Measure.APPLICATIONS)
    )
    found = told(stock, flow, release=MID, before=END, largest=(stock, flow))
    assert headline(found).endswith(" on 30 June 2025: first published on 30 March 2026, 900.")
    assert reply(found).lines[0] == "Also: new applications not published → 900 (January–June 2025)."
    assert [row[0] for row in reply(found).grid.rows] == [
        "Pending claims, 30 June 2025",
        "New applications, Jan–Jun 2025",
    ]


def test_where_no_total_changed_the_number_of_figures_leads() -> None:
    part = changed(5, None, kind=RevisionKind.WITHDRAWN, place=Place(CHINA, USA))
    found = told(largest=(part,))
    assert headline(found) == ("The release of 25 June 2026 changed one figure worldwide, though no total.")
    assert reply(found).grid.rows == (
        ("China → USA", "Pending claims, 2025", "fewer than 10", "–", "withdrawn"),
    )
    assert [move.label for move in chart(found).moves] == ["China → USA: pending claims"]


def test_other_totals_follow_and_none_is_told_twice() -> None:
    totals = [changed(1000 - 10 * i, 100, measure) for i, measure in enumerate(list(Measure)[:8])]
    (line, *_) = reply(told(*totals)).lines
    assert line.startswith("Also: new applications 990 → 100; ")
    assert line.count(";") == 4
    assert "pending" not in line


def test_how_much_the_release_changed_is_counted_by_table() -> None:
    counts = {
        (Dataset.POPULATION, RevisionKind.CORRECTED): 25,
        (Dataset.APPLICATIONS, RevisionKind.CORRECTED): 250,
        (Dataset.APPLICATIONS, RevisionKind.WITHDRAWN): 1,
        (Dataset.DECISIONS, RevisionKind.CORRECTED): 1_098,
    }
    assert reply(told(changed(2, 1), counts=counts, matching=699)).lines[-1] == (
        "In all, the release changed 1,374 published figures on asylum: 25 on pending claims,"
        " 251 on applications, 1,098 on decisions."
        " The CSV lists the 699 sums by origin and country of asylum that match."
    )


@pytest.mark.parametrize(
    ("matching", "said"),
    [
        (0, "No sum by origin and country of asylum matches."),
        (1, "One sum by origin and country of asylum matches."),
        (2, "The CSV lists the 2 sums by origin and country of asylum that match."),
    ],
)
def test_how_many_sums_match(matching: int, said: str) -> None:
    assert reply(told(changed(2000, 1000), matching=matching)).lines[-1] == said


def test_a_chart_of_several_years_dates_each_figure_and_one_of_one_year_does_not() -> None:
    one = changed(100, 99)
    several = told(one, replace(one, year=2022))
    assert [move.label for move in chart(several).moves] == [
        "All: pending claims, 2025",
        "All: pending claims, 2022",
    ]
    assert [move.label for move in chart(told(one)).moves] == ["All: pending claims"]


def test_a_chart_shows_at_most_ten_of_totals_and_parts() -> None:
    parts = tuple(changed(100 + i, 1, place=Place(None, USA)) for i in range(10))
    totals = [changed(1000 + i, 1) for i in range(8)]
    assert [move.label.split(":")[0] for move in chart(told(*totals, largest=parts)).moves] == [
        *["All"] * 5,
        *["USA"] * 5,
    ]


def test_every_change_is_in_the_records_before_and_after() -> None:
    part = changed(7, 5, place=Place(CHINA, USA))
    records = reply(told(changed(20, 18), all_changes=(part,))).records
    assert [(each.origin, each.asylum, each.value) for each in records] == [
        ("all", "all", 20),
        ("all", "all", 18),
        ("China", "USA", 7),
        ("China", "USA", 5),
    ]
    assert {each.release.split(" (")[0] for each in records} == {END.label, AGAIN.label}


def test_within_a_group_each_change_names_the_member() -> None:
    group = read_groups()["northern-america"]
    place = Place(asylum=group)
    part = changed(100, 250, place=Place(asylum=USA))
    made = reply(told(changed(100, 300, place=place), largest=(part,), place=place))

    assert made.grid.rows[0][0] == "USA"
    assert isinstance(made.chart, BeforeAfterChart)
    assert [move.label.split(":")[0] for move in made.chart.moves] == ["All", "USA"]
