"""Lines show what was published and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from bot.charts.colours import GRID, MUTED, SERIES
from bot.charts.heading import NO_FIGURES
from bot.charts.lines import LineChart, draw_lines
from bot.charts.page import Page
from bot.charts.subjects import Callout, Heading, Line, LinePoint
from bot.charts.subjects.lines import BreakMark
from tests.bot.charts.sketches import CHINA, HEADING, colours, has, line, written

BLUE, ORANGE = SERIES[:2]


def columns_of(picture: bytes, ink: str) -> set[int]:
    """The columns in which this ink occurs."""
    pixels = colours(picture)
    return set(np.flatnonzero((pixels == tuple(bytes.fromhex(ink[1:]))).all(axis=-1).any(axis=0)))


def year_columns(page: Page, years: range) -> dict[int, int]:
    """Where the labelled years stand; the others lie evenly between."""
    known = {
        int(text.words): (text.box.left + text.box.right) / 2
        for text in page.texts
        if text.words in map(str, years)
    }
    ends = min(known), max(known)
    return {year: round(np.interp(year, ends, [known[end] for end in ends])) for year in years}


def test_axes_label_and_value_are_written(page: Page) -> None:
    draw_lines(page, LineChart(HEADING, (Line("China", line("", CHINA).points, "China 180,960"),)))
    assert written(page)[3:] == [
        "0",
        "50k",
        "100k",
        "150k",
        "2019",
        "2020",
        "2021",
        "2022",
        "2023",
        "2024",
        "China 180,960",
    ]


def test_rates_are_labelled_in_per_cent(page: Page) -> None:
    draw_lines(page, LineChart(HEADING, (line("Rate", {2023: 40, 2024: 100}),), percent=True))
    assert {"0%", "20%", "100%"} <= set(written(page))


def test_a_log_scale_has_no_zero(page: Page) -> None:
    draw_lines(page, LineChart(HEADING, (line("China", {2023: 9, 2024: 90_000}),), scale="log"))
    assert "0" not in written(page)
    assert {"10", "100", "1k", "10k"} <= set(written(page))


@pytest.mark.parametrize(("scale", "missing"), [("linear", None), ("log", None), ("log", 0)])
def test_what_cannot_be_shown_leaves_a_gap(page: Page, scale: str, missing: float | None) -> None:
    values = dict.fromkeys(range(2000, 2021), 500.0) | {2005: 400, 2010: missing, 2020: 600}
    drawn = columns_of(draw_lines(page, LineChart(HEADING, (line("", values),), scale=scale)), BLUE)
    years = year_columns(page, range(2000, 2021))
    gap = set(range(years[2009] + 6, years[2011] - 6))
    assert not drawn & gap
    assert drawn >= set(range(years[2000] + 4, years[2009] - 4)) | set(range(years[2011] + 4, years[2020]))


def test_a_zero_is_drawn_on_a_linear_scale(page: Page) -> None:
    values = dict.fromkeys(range(2000, 2021), 500.0) | {2010: 0}
    drawn = columns_of(draw_lines(page, LineChart(HEADING, (line("", values),))), BLUE)
    years = year_columns(page, range(2000, 2021))
    assert drawn >= set(range(years[2000] + 4, years[2020]))


def test_a_year_that_was_left_out_does_not_break_the_line(page: Page) -> None:
    drawn = columns_of(draw_lines(page, LineChart(HEADING, (line("", {2000: 5, 2010: 6, 2020: 5}),))), BLUE)
    years = year_columns(page, range(2000, 2021))
    assert drawn >= set(range(years[2000] + 4, years[2020]))


def test_a_point_between_gaps_is_a_dot(page: Page) -> None:
    values = {year: 7.0 if year in (2010, 2020) else None for year in range(2000, 2021)}
    drawn = columns_of(draw_lines(page, LineChart(HEADING, (line("", values),))), BLUE)
    years = year_columns(page, range(2000, 2021))
    for year in (2010, 2020):
        assert len(drawn & set(range(years[year] - 8, years[year] + 9))) >= 8
    assert not drawn & set(range(years[2000] - 8, years[2009]))


def test_a_mid_year_figure_is_hollow_with_a_dashed_way_to_it(page: Page) -> None:
    flat = dict.fromkeys(range(2015, 2026), 500.0)
    chart = LineChart(HEADING, (line("", flat, hollow=2025),), hollow_note="30 June 2025")
    pixels = colours(draw_lines(page, chart))
    years = year_columns(page, range(2015, 2026))
    row = int(np.argmax((pixels == tuple(bytes.fromhex(BLUE[1:]))).all(axis=-1).sum(axis=1)))
    solid = pixels[row, years[2023] : years[2024] - 8]
    dashed = pixels[row, years[2024] + 8 : years[2025] - 12]
    assert not has(solid, GRID)
    assert has(dashed, GRID)  # the line lies on the grid's
    assert has(dashed, BLUE)
    assert (pixels[row, years[2025]] == 255).all()
    assert has(pixels[row, years[2025] - 9 : years[2025]], BLUE)
    assert "30 June 2025" in written(page)


def test_a_hollow_point_stays_hollow_below_its_callout(page: Page) -> None:
    flat = dict.fromkeys(range(2015, 2026), 500.0)
    lines = (line("", flat, hollow=2020),)
    chart = LineChart(HEADING, lines, callouts=(Callout(0, 2020, "half"),), hollow_note="30 June 2020")
    pixels = colours(draw_lines(page, chart))
    years = year_columns(page, range(2015, 2026))
    row = int(np.argmax((pixels == tuple(bytes.fromhex(BLUE[1:]))).all(axis=-1).sum(axis=1)))
    assert "half" in written(page)
    assert (pixels[row, years[2020]] == 255).all()


def test_the_note_on_hollow_points_needs_one(page: Page) -> None:
    draw_lines(page, LineChart(HEADING, (line("China", CHINA),), hollow_note="30 June 2025"))
    assert "30 June 2025" not in written(page)


def test_of_two_equal_lines_both_are_seen(page: Page) -> None:
    picture = draw_lines(page, LineChart(HEADING, (line("China", CHINA), line("Zhongguo", CHINA))))
    years = year_columns(page, range(2019, 2025))
    plotted = set(range(years[2019] + 8, years[2024] - 8))
    assert columns_of(picture, BLUE) & columns_of(picture, ORANGE) >= plotted
    assert {"China", "Zhongguo"} <= set(written(page))


@pytest.mark.parametrize("lines", [(), (line("China", {}),), (line("China", {2023: None, 2024: None}),)])
def test_without_figures_the_page_says_so(page: Page, lines: tuple[Line, ...]) -> None:
    draw_lines(page, LineChart(HEADING, lines, callouts=(Callout(0, 2024, "record"),) if lines else ()))
    assert written(page)[3:] == [NO_FIGURES]


def test_zeros_on_a_log_scale_are_no_figures_either(page: Page) -> None:
    draw_lines(page, LineChart(HEADING, (line("China", {2023: 0, 2024: 0}),), scale="log"))
    assert written(page)[3:] == [NO_FIGURES]


def test_a_line_without_figures_among_others_is_named_in_grey(page: Page) -> None:
    picture = draw_lines(page, LineChart(HEADING, (line("China", CHINA), line("Nauru", {2024: None}))))
    box = next(text.box for text in page.texts if text.words == "Nauru")
    pixels = colours(picture)[675 - int(box.top) : 675 - int(box.bottom), int(box.left) : int(box.right)]
    assert has(pixels, MUTED)
    assert not has(pixels, ORANGE)


def test_a_single_year_is_one_dot_with_its_label(page: Page) -> None:
    picture = draw_lines(page, LineChart(HEADING, (line("China", {2024: 12}),)))
    assert {"2024", "China"} <= set(written(page))
    assert columns_of(picture, BLUE)


def test_a_long_label_keeps_its_value(page: Page) -> None:
    name = "United Kingdom of Great Britain and Northern Ireland, all of its territories"
    labelled = Line(name, (LinePoint(2023, 1), LinePoint(2024, 108_138)), f"{name} 108,138")
    draw_lines(page, LineChart(HEADING, (labelled,) * 6))
    assert [text.split()[-1] for text in written(page)].count("108,138") == 6


def test_six_labels_at_one_height_are_all_there(page: Page) -> None:
    names = ["Germany", "France", "Spain", "Italy", "Austria", "Belgium"]
    draw_lines(page, LineChart(HEADING, tuple(line(name, {2023: 1, 2024: 0}) for name in names)))
    assert set(names) <= set(written(page))


def test_where_room_is_short_every_label_takes_one_line(page: Page) -> None:
    longest = Heading("Pending claims " * 30, "All countries " * 40, "Source " * 90 + "· CC BY 4.0")
    label = "Kingdom of Great Britain and Northern Ireland"
    labelled = Line(label, (LinePoint(2023, 1), LinePoint(2024, 5, hollow=True)), f"{label} 5")
    draw_lines(
        page, LineChart(HEADING, (labelled,) * 5, callouts=(Callout(0, 2023, ""),), hollow_note="mid-year")
    )
    assert written(page).count("Northern Ireland 5") == 5
    draw_lines(
        page, LineChart(longest, (labelled,) * 6, callouts=(Callout(0, 2023, ""),), hollow_note="mid-year")
    )
    assert sum(words.endswith("… 5") for words in written(page)) == 6


def test_a_break_is_an_upright_between_two_years_and_told_in_the_legend(page: Page) -> None:
    lines = (Line("China", line("", CHINA).points, "China"),)
    marked = draw_lines(
        page, LineChart(HEADING, lines, breaks=(BreakMark(2020.5, "2021 persons, not cases"),))
    )

    assert "2021 persons, not cases" in written(page)
    known = year_columns(page, range(2019, 2025))
    muted = (colours(marked) == tuple(bytes.fromhex(MUTED[1:]))).all(axis=-1).sum(axis=0)
    assert abs(int(muted.argmax()) - (known[2020] + known[2021]) / 2) <= 2


def test_a_legend_too_wide_for_one_row_is_written_in_two(page: Page) -> None:
    texts = [f"{year} a country: counted more widely" for year in (2020, 2021, 2022, 2023)]
    marks = tuple(BreakMark(2020 + i, text) for i, text in enumerate(texts))
    draw_lines(page, LineChart(HEADING, (Line("China", line("", CHINA).points, "China"),), breaks=marks))

    lettered = {f"{letter} {text}" for letter, text in zip("ABCD", texts, strict=True)}
    found = {text.words: text.box for text in page.texts if text.words in lettered}
    assert set(found) == lettered, "none is cut"
    assert len({round(box.bottom) for box in found.values()}) == 2
    assert not any(a.touches(b) for x, a in found.items() for y, b in found.items() if x < y)
