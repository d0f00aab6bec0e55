"""How one figure came to be, in words, in a table, as a chart and as records."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.charts.history import HistoryChart
from bot.replies.history import reply_history
from bot.replies.reply import Reply
from data.model import Country, Measure, Place, ReferencePeriod, Release, RevisionKind, Tally
from data.questions.history import AskHistory, Edition, History
from tests.nonsense import check_harmless

CHINA = Place(Country("CHI", "CHN", "CN", "China", "China"))


def released(year: int, month: int, day: int, label: str, period: ReferencePeriod) -> Release:
    at = datetime(year, month, day, tzinfo=UTC)
    return Release(int(at.timestamp()), at, label, 2025, period)


MID = released(2025, 11, 10, "Mid-Year Trends 2025", ReferencePeriod.MID_YEAR)
END = released(2026, 6, 12, "Global Trends 2025", ReferencePeriod.YEAR_END)
AGAIN = released(2026, 6, 25, "Global Trends 2025, corrected", ReferencePeriod.YEAR_END)


def edition(
    release: Release, tally: Tally, kind: RevisionKind | None = None, ratio: float | None = None
) -> Edition:
    return Edition(release, tally, release.period, kind, ratio)


def reply(*editions: Edition, measure: Measure = Measure.PENDING, days: int | None = None) -> Reply:
    found = History(measure, CHINA, 2025, editions, days, ())
    made = reply_history(AskHistory(measure, CHINA, 2025), found)
    for text in (made.headline, made.alt, *made.lines):
        check_harmless(text)
    return made


def headline(made: Reply) -> str:
    return made.headline.replace("**", "")


def chart(made: Reply) -> HistoryChart:
    assert isinstance(made.chart, HistoryChart)
    return made.chart


def test_each_value_is_told_with_what_it_covers_and_what_kind_of_change_it_was() -> None:
    made = reply(
        edition(MID, Tally(178_725)),
        edition(END, Tally(99_716), RevisionKind.COMPLETED, -0.442),
        edition(AGAIN, Tally(99_800), RevisionKind.CORRECTED, 0.0008),
        days=227,
    )
    assert headline(made) == (
        "People from China waiting for a decision, 2025: 178,725 (30 June 2025)"
        " → 99,716 (31 December 2025, completed, 44% lower)"
        " → 99,800 (31 December 2025, corrected, about the same)."
    )
    (line,) = made.lines
    assert line == (
        "First published on 10 Nov 2025 (Mid-Year Trends 2025); completed on 12 Jun 2026 (Global Trends 2025);"
        " corrected on 25 Jun 2026 (Global Trends 2025, corrected). 227 days until the newest figure so far."
    )
    assert [bar.hollow for bar in chart(made).editions] == [True, False, False]
    assert chart(made).hollow_note == "30 June 2025"
    assert chart(made).heading.title == "From 99,716 to 99,800 (corrected)"


def test_a_figure_that_was_only_corrected_is_not_called_completed() -> None:
    made = reply(
        edition(END, Tally(100)),
        edition(AGAIN, Tally(90), RevisionKind.CORRECTED, -0.1),
        days=13,
    )
    assert made.lines[0].endswith("13 days until the last change.")


def test_half_a_year_is_named_as_such() -> None:
    made = reply(
        edition(MID, Tally(9_307)),
        edition(END, Tally(25_173), RevisionKind.COMPLETED),
        measure=Measure.APPLICATIONS,
        days=214,
    )
    assert headline(made) == (
        "New asylum applications from China, 2025: 9,307 (Jan–Jun 2025) → 25,173 (2025, completed)."
    )
    assert [row[2] for row in made.grid.rows] == ["Jan–Jun 2025", "2025"]


def test_a_release_that_repeats_the_figure_is_in_the_table_and_not_in_the_headline() -> None:
    made = reply(edition(END, Tally(100)), edition(AGAIN, Tally(100)))
    assert headline(made).count("→") == 0
    assert [row[3] for row in made.grid.rows] == ["first", "unchanged"]
    assert made.lines == (
        "First published on 12 Jun 2026 (Global Trends 2025); no release that is kept has changed it since.",
    )
    assert chart(made).heading.title == "100 in every release so far"


def test_a_release_before_the_figure_was_published_has_no_kind() -> None:
    made = reply(edition(END, Tally()), edition(AGAIN, Tally(60)))
    assert [row[3] for row in made.grid.rows] == ["", "first"]


def test_a_withdrawn_figure_is_said_to_be_one() -> None:
    made = reply(edition(END, Tally(60)), edition(AGAIN, Tally(), RevisionKind.WITHDRAWN), days=13)
    assert headline(made).endswith("60 (31 December 2025) → not published (31 December 2025, withdrawn).")
    assert len(made.records) == 1


def test_both_units_are_told_and_never_added() -> None:
    made = reply(
        edition(END, Tally(100, 70)),
        edition(AGAIN, Tally(120, 70), RevisionKind.CORRECTED, 0.2),
        measure=Measure.REJECTED,
        days=13,
    )
    assert "100 persons and 70 cases → 120 persons and 70 cases (corrected" in headline(made)
    assert [(each.unit, each.value) for each in made.records] == [
        ("persons", 100),
        ("cases", 70),
        ("persons", 120),
        ("cases", 70),
    ]


def test_a_rate_has_no_ratio_to_the_one_before() -> None:
    made = reply(
        edition(MID, Tally(0.359)),
        edition(END, Tally(0.454), RevisionKind.COMPLETED),
        measure=Measure.RECOGNITION_RATE,
        days=214,
    )
    assert headline(made) == (
        "Refugee Recognition Rate for people from China, 2025: 35.9% (Jan–Jun 2025) → 45.4% (2025, completed)."
    )


def test_a_figure_that_came_later_is_not_said_to_be_in_every_release() -> None:
    both = Tally(629_358, 282_594)
    made = reply(edition(MID, Tally()), edition(END, both), edition(AGAIN, both))
    assert chart(made).heading.title == "629,358 persons and 282,594 cases in every release since 12 Jun 2026"


def test_a_title_never_sets_cases_beside_persons_without_saying_so() -> None:
    made = reply(edition(MID, Tally(500)), edition(END, Tally(None, 300), RevisionKind.COMPLETED), days=214)
    assert chart(made).heading.title == "From 500 to 300 cases (completed)"
