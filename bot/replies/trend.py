"""A measure over years, as a reply: its title, what stands out, and who is ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.lines import LineChart
from bot.charts.subjects import Callout, Heading
from bot.languages import N_, _, ngettext
from bot.replies.caveats import join_areas, say_caveat
from bot.replies.comparison import (
    choose_trend_mind,
    compares_places,
    list_asked_points,
    list_records,
    say_comparison_title,
    say_when_counted,
)
from bot.replies.coverage import (
    behind,
    in_brackets,
    is_broken,
    note_reviews,
    qualify,
    say_across,
    say_carried,
    say_first,
    with_note,
)
from bot.replies.inhabitants import reply_trend_per
from bot.replies.layout import (
    draw_series,
    draw_years,
    mark_breaks,
    mark_peak,
    name_series,
    note_hollow,
    say_above,
    say_amount,
    say_caveats,
    start_at,
)
from bot.replies.reply import Grid, Reply
from bot.replies.trend_parts import draw_parts, find_span, has_both_units, say_span, say_subtitle
from bot.words import (
    SMALL,
    list_parts,
    say_cell,
    say_change_since,
    say_covered,
    say_number,
    say_points,
    say_signed,
    say_source,
    say_tally,
    say_unit,
    say_value,
    say_years,
    sign_chart,
)
from bot.words.measures import name_place, say_counted, say_subject
from data.caveats import PartBeside, RateMeaning, StageUnknown, UnitsChanged, ZerosOnLogScale
from data.coverage import rests_on_reviews
from data.model import Dataset, Group, Measure, Nature, Per, ReferencePeriod, Tally, Unit
from data.questions.history import AskHistory

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator

    from bot.charts.bars import BarChart
    from bot.charts.columns import StackChart
    from bot.charts.subjects import Line, ScaleKind
    from data.coverage import Break
    from data.questions.trend import AskTrend, Trend
    from data.statistics import Change, Point, Series


def reply_trend(question: AskTrend, found: Trend) -> Reply:
    """Lay out the lines: the newest figures first, then record and turning points."""
    if found.per is Per.INHABITANTS:
        return reply_trend_per(question, found)
    units = has_both_units(found)
    log = question.scale == "log"
    caveats = list(say_caveats(found.caveats))
    if log and any(p.value == 0 for each in found.series for p in each.points):
        caveats.append(say_caveat(ZerosOnLogScale()))
    headline = _say_headline(found)
    title, subtitle = _title(found), say_subtitle(found, units=units, log=log)
    lines = tuple(
        draw_series(found.measure, start_at(s, find_span(found)[0]), name_series(s, units=units))
        for s in (found.whole, *found.series[1:])
    )
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in (say_others(found), say_highlights(found), say_gap(found)) if line),
        chart=_draw(found, Heading(title, subtitle, sign_chart(found.release)), lines, question.scale),
        lay_out=lambda: _grid(found, units=units),
        list_records=lambda: list_records(found),
        caveats=tuple(caveats),
        source=say_source(found.release),
        first=say_first(found.caveats),
        short=_say_short(found),
        mind=choose_trend_mind(question, found),
        then_and_now=AskHistory(found.measure, found.series[0].place, found.revised)
        if found.revised
        else None,
    )


def _draw(
    found: Trend, heading: Heading, lines: tuple[Line, ...], scaled: ScaleKind
) -> LineChart | StackChart | BarChart:
    if found.parts and scaled != "log":
        return draw_parts(found, heading.title)
    if _is_pair(found) and scaled != "log":
        return draw_years(found.measure, found.series, find_span(found), heading)
    return LineChart(
        heading,
        lines,
        scale=scaled,
        percent=found.measure.nature is Nature.RATE,
        callouts=mark_highlights(found),
        hollow_note=note_hollow(found.measure, found.series),
        breaks=mark_breaks(found.measure, found.series, named=compares_places(found)),
    )


def _is_pair(found: Trend) -> bool:
    """Whether there are but two years of one place, which are bars and no line."""
    first, last = find_span(found)
    return last - first == 1 and not compares_places(found)


def _say_short(found: Trend) -> tuple[str, ...]:
    """Say the newest figure, those beside it, and what the years asked for do not have."""
    main = found.series[0]
    if main.latest is None:
        return (_say_headline(found),)
    amount = f"**{_say_latest(found, main, main.latest)}**"
    told = f"{amount} {say_when_counted(found, main.latest)}{note_year(found, main, main.latest.year)}"
    told += _say_part(found, main.latest)
    if found.single:
        told = _list_years(found, main, bold={found.single[-1]})
    change = _say_change(found, main.latest)
    record = "" if is_broken(found.caveats) or compares_places(found) or found.single else say_record(found)
    answer = _(
        "{subject}: {parts}.", subject=say_counted(found.measure, main.place), parts=list_parts(told, change)
    )
    return tuple(line for line in (answer, say_others(found), record, say_gap(found)) if line)


def _say_part(found: Trend, latest: Point) -> str:
    """Say of which decisions a rate is a share, and how many that makes: “ (7,964 of 8,653)”."""
    told = next((each for each in found.caveats if isinstance(each, RateMeaning)), None)
    merits = told.substantive if told else None
    if merits is None or merits.cases or not merits.persons or not latest.value:
        return ""
    return _(
        " ({number} of {number_2})",
        number=say_number(round(latest.value * merits.persons)),
        number_2=say_number(merits.persons),
    )


def _amount(found: Trend, series: Series, point: Point) -> str:
    return say_amount(found.measure, series.unit, point.value)


def _say_headline(found: Trend) -> str:
    main = found.series[0]
    subject = say_subject(found.measure, main.place)
    if main.latest is None:
        return _("{subject}: not published.", subject=subject)
    change = _say_change(found, main.latest)
    if found.single:
        return _(
            "{subject}: {years}{behind}.",
            subject=subject,
            years=_list_years(found, main, bold=found.single),
            behind=behind(change),
        )
    when = f"{say_when_counted(found, main.latest)}{note_year(found, main, main.latest.year)}"
    return _(
        "{subject}: {parts}.",
        subject=subject,
        parts=list_parts(f"**{_say_latest(found, main, main.latest)}** {when}", change),
    )


def _say_change(found: Trend, latest: Point) -> str:
    """Say how far the latest is from the year it is compared with; and what that was, if no neighbour."""
    if found.change is None:
        return _say_unlike(found, latest)
    return _tell_change(found, found.series[0], latest, found.change, found.crossed)


def _tell_change(
    found: Trend, series: Series, latest: Point, change: Change, crossed: Collection[Break]
) -> str:
    base = series.at(change.year_before)
    when = say_when_counted(found, base) if base else _("in {year_before}", year_before=change.year_before)
    compared = say_change_since(change, when)
    asked = found.single or found.years[0] == change.year_before
    if latest.year - change.year_before == 1 and not found.single and not (asked and (compared or crossed)):
        return compared and compared + in_brackets(say_across(crossed))
    before = say_value(found.measure, change.before)
    rate = found.measure.nature is Nature.RATE
    if crossed and not compared and not (rate and not any(at.of_one_year for at in crossed)):
        return _("not comparable with {before} {when}", before=before, when=when)
    if rate:
        points = say_points((change.after - change.before) * 100)
        return _(
            "{points} from {before} {told}",
            points=points,
            before=before,
            told=with_note(when, say_across(crossed)),
        )
    notes = [] if found.single else [_("{before} then", before=before)]
    notes.append(say_signed(change.after - change.before))
    notes += filter(None, [say_across(crossed)])
    return (
        f"{compared} ({'; '.join(notes)})"
        if compared
        else _("from {before} {when}", before=before, when=when)
    )


def _say_unlike(found: Trend, latest: Point) -> str:
    """Name the year that was asked for as the first, where part of one is counted in cases."""
    changed = any(isinstance(each, UnitsChanged) and each.before == found.years[0] for each in found.caveats)
    base = found.series[0].at(found.years[0])
    half = latest.partial and latest.extent is None  # of a release of mid-year, which compares with nothing
    if not changed or half or found.single or not base or base.value is None or base.year >= latest.year:
        return ""
    return _(
        "not comparable with {latest} {when}",
        latest=_say_latest(found, found.series[0], base),
        when=say_when_counted(found, base),
    )


def _list_years(found: Trend, series: Series, bold: Container[int] = ()) -> str:
    """Write the single years that were asked for: “2015: 30,503 · 2020: 1,309 · 2024: 4,821”."""
    return " · ".join(
        _(
            "{point}: {embolden}{year}",
            point=_name_point(found, point),
            embolden=_embolden(_amount(found, series, point), bold=point.year in bold),
            year=note_year(found, series, point.year),
        )
        for point in list_asked_points(found, series)
        if series.unit is Unit.PERSONS or point.value is not None
    )


def _embolden(text: str, *, bold: bool) -> str:
    return f"**{text}**" if bold else text


def _name_point(found: Trend, point: Point) -> str:
    """Name a year, or what its figure stands for where that is less."""
    if point.value is None or not point.partial:
        return f"{point.year}"
    return say_covered(found.measure.nature, point.extent or found.release.extent_of(point.year))


def note_year(found: Trend, series: Series, year: int) -> str:
    """Say in brackets that a year's figure is an older one, or of appeals alone."""
    stale = found.carried.get(series.place) if year == found.years[1] else None
    only = rests_on_reviews(series.breaks, year)
    return in_brackets(say_carried(stale, series.place)) + note_reviews(only=only)


def _say_latest(found: Trend, series: Series, latest: Point) -> str:
    """Put the cases of the same year and place beside, so that nobody takes the persons for all."""
    for other in (*found.series, *found.beside):
        point = other.at(latest.year)
        apart = other.place == series.place and other.unit is Unit.CASES is not series.unit
        if apart and point and point.value:
            return say_tally(found.measure, Tally(latest.value, point.value))
    return _amount(found, series, latest)


def say_others(found: Trend) -> str:
    """Say the newest figures of the places beside, and their years where they differ from the first's."""
    if found.single:
        several = compares_places(found)
        lines = [
            f"{name_place(s.place)} {_list_years(found, s)}" if several else _list_years(found, s)
            for s in found.series[1:]
            if any(point.value is not None for point in list_asked_points(found, s))
        ]
        begin = _("Compared with") if several else _("Counted apart")
        lines += _say_parts(found) if lines else ()
        return _("{begin}: {list}.", begin=begin, list="; ".join(lines)) if lines else ""
    main = found.series[0].latest
    told = [
        _say_other(found, each, each.latest, main)
        for each in found.series[1:]
        if each.latest and compares_places(found)
    ]
    listed = ("; " if found.moved and len(found.series) <= MAX_MOVED else ", ").join(told)
    return _("Compared with: {list}.", list="; ".join([listed, *_say_parts(found)])) if told else ""


def _say_parts(found: Trend) -> Iterator[str]:
    """Say who is compared with a group that it belongs to, so that nobody adds them up."""
    for each in found.caveats:
        if isinstance(each, PartBeside):
            yield ngettext(
                "{parts} is part of {group:text}",
                "{parts} are part of {group:text}",
                len(each.parts),
                parts=join_areas(each.parts),
                group=each.group,
            )


def _say_other(found: Trend, series: Series, latest: Point, main: Point | None) -> str:
    amount, note = _say_latest(found, series, latest), note_year(found, series, latest.year)
    if main and (latest.year, latest.extent) == (main.year, main.extent):
        change, crossed = found.moved.get(series.place, (None, ()))
        if change:  # both ends of a span were asked for
            if len(found.series) > MAX_MOVED:
                before = say_value(found.measure, change.before)
                return _(
                    "{place} {amount} ({before} then)",
                    place=name_place(series.place),
                    amount=amount,
                    before=before,
                )
            moved = _tell_change(found, series, latest, change, crossed)
            return f"{name_place(series.place)} {list_parts(amount + note, moved)}"
        return f"{name_place(series.place)} {amount}{note}"
    return f"{name_place(series.place)} {amount} {say_when_counted(found, latest)}{note}"


def _title(found: Trend) -> str:
    main = found.series[0]
    if compares_places(found):
        return say_comparison_title(found)
    rate = found.measure.nature is Nature.RATE
    subject = (say_counted if rate else say_subject)(found.measure, main.place)
    if main.latest is None:
        return subject
    only = note_reviews(only=rests_on_reviews(main.breaks, main.latest.year))
    return _(
        "{subject}: {latest} {when}{only}",
        subject=subject,
        latest=_say_latest(found, main, main.latest),
        when=say_when_counted(found, main.latest),
        only=only,
    )


def _grid(found: Trend, *, units: bool) -> Grid:
    header = (_("Year"), *(name_series(s, units=units) for s in found.series))
    hollow = note_hollow(found.measure, found.series)
    rows = [
        (
            f"{points[0].year}*" if hollow and any(p.partial for p in points) else f"{points[0].year}",
            *(say_cell(found.measure, p.value) for p in points),
        )
        for points in zip(*(list_asked_points(found, s) for s in found.series), strict=True)
    ]
    return Grid(header, tuple(rows), note=hollow and f"* {hollow}")


MAX_MOVED = 3
"""Of so many places in a line it is told how far they moved, of more what they had."""
BEFORE_COVID = 2019
FEWEST_OF_A_RECORD = 3
"""Of so many years one may be called the highest."""


def say_highlights(found: Trend) -> str:
    """Say the record, the year before the pandemic, and where the line in cases ends."""
    main = found.series[0]
    if compares_places(found) or main.latest is None or found.single:
        return ""
    parts = [say_record(found), _say_before(found, main, main.latest)]
    parts += [
        _(
            "The last figure in cases: {value} {when}.",
            value=say_value(found.measure, other.latest.value),
            when=say_when_counted(found, other.latest),
        )
        for other in found.series[1:]
        if other.latest and other.latest.year != main.latest.year
    ]
    return " ".join(part for part in parts if part)


def say_gap(found: Trend) -> str:
    """Say for which years asked there is no figure, so that nobody takes another one for it.

    Of several places, for which years none has one.
    """
    begin, end = find_span(found)
    first, last = found.years
    latest = found.series[0].latest
    if found.single:
        return ""
    if latest and not compares_places(found):
        end = latest.year
    late = range(end + 1, last + 1)
    early = () if _is_start_told(found, begin) else range(first, begin)
    if not (early or late) or latest is None:
        return ""
    yet = late and not early and found.release.period_of(last) is ReferencePeriod.MID_YEAR
    years = say_years([*early, *late])
    if found.measure.nature is Nature.RATE:
        words = N_("For {years} no rate is given yet.") if yet else N_("For {years} no rate is given.")
        return _(words, years=years)
    if found.measure is Measure.APPLICATIONS and early:  # other stages may be
        return _("For {years} no figure for new applications alone is published.", years=years)
    if yet:
        return _("For {years} no figure is published yet.", years=years)
    return _("For {years} no figure is published.", years=years)


def _is_start_told(found: Trend, begin: int) -> bool:
    """Whether there is nothing to say of the years before the first figure.

    A caveat says of rates that there are none, and of new applications why they begin late; a group has no
    figure before its members, published or not; and nobody asks for the first years of populations.
    """
    why = any(isinstance(caveat, StageUnknown) and caveat.last_year >= begin - 1 for caveat in found.caveats)
    sides = [area for each in found.series for area in (each.place.origin, each.place.asylum)]
    grouped = any(isinstance(area, Group) for area in sides)
    row = found.measure.row
    unasked = row.dataset in (Dataset.POPULATION, Dataset.SOLUTIONS) and found.measure is not Measure.PENDING
    return (
        why
        or grouped
        or found.measure.nature is Nature.RATE
        or (unasked and found.years[0] == row.first_year)
    )


def mark_highlights(found: Trend) -> tuple[Callout, ...]:
    """Mark the years asked for and the record in the picture."""
    main = found.series[0]
    marks = [
        Callout(
            0,
            point.year,
            _(
                "{point}: {value}",
                point=_name_point(found, point),
                value=say_value(found.measure, point.value),
            ),
        )
        for point in _list_marked(found, main)
    ]
    if found.single:
        return tuple(marks)
    peak = found.whole.peak
    if peak and _is_worth_telling(found, peak.whole) and (mark := mark_peak(found.measure, found.whole)):
        marks += [mark] if mark.year not in {each.year for each in marks} else []
    return tuple(marks)


def _list_marked(found: Trend, main: Series) -> list[Point]:
    """Return the points of the first line whose years were asked for, but for its last, which has a label."""
    base = [found.change.year_before] if found.change else []
    years = found.single or (found.years[:1] if found.later or base == [found.years[0]] else [])
    return [p for p in main.points if p.year in years and p.value is not None and p != found.whole.latest]


def say_record(found: Trend) -> str:
    """Say which of all years had the most, and what that passes over; empty where none can be told."""
    main, latest = found.whole, found.series[0].latest
    peak, stock = main.peak, found.measure.nature is Nature.STOCK
    if peak is None or latest is None or not _is_worth_telling(found, peak.whole):
        return ""
    record, above = peak.whole, peak.above
    persons = _(" in {unit}", unit=say_unit(main.unit)) if _counts_cases(found) else ""
    note, span = qualify(found.measure, main, record), say_span(found)
    if above == latest and latest.extent is None and stock:
        return _("That is more{persons} than at the end of any year of {span}.", persons=persons, span=span)
    if above == latest and latest.extent is None:
        return _("That is more{persons} than in any whole year of {span}.", persons=persons, span=span)
    if above is None and record == latest:
        return _("That is the highest{persons} of {span}.", persons=persons, span=with_note(span, note))
    told = (
        f"{_amount_apart(found, main, record)} ({record.year}{behind(note)}){say_above(found.measure, peak)}"
    )
    if not (above or latest.extent):
        return _("Highest of {span}: {told}.", span=span, told=told)
    if stock:
        return _("Highest at a year's end in {span}: {told}.", span=span, told=told)
    return _("Highest of whole years in {span}: {told}.", span=span, told=told)


def _say_before(found: Trend, main: Series, latest: Point) -> str:
    """Say what there was before the pandemic in both units, unless it was just told as the highest."""
    before = main.at(BEFORE_COVID)
    if before is None or before.value is None or latest.year <= BEFORE_COVID:
        return ""
    if found.change and found.change.year_before == BEFORE_COVID:
        return ""
    cases = [line.at(BEFORE_COVID) for line in _find_cases(found)]
    counted = next((point.value for point in cases if point and point.value), None)
    peak = found.whole.peak
    if counted is None and peak and peak.whole == before and say_record(found):
        return ""
    amount = _amount_apart(found, main, before)
    if counted is not None:
        amount = say_tally(found.measure, Tally(before.value, counted))
    return _("Before the pandemic ({before_covid}): {amount}.", before_covid=BEFORE_COVID, amount=amount)


def _find_cases(found: Trend) -> list[Series]:
    """Return the lines in cases of the first place, drawn or not, that are beside its persons."""
    main = found.series[0]
    beside = (*found.series[1:], *found.beside)
    return [line for line in beside if line.place == main.place and line.unit is Unit.CASES]


def _counts_cases(found: Trend) -> bool:
    """Say whether some of the first place was counted in cases, in the years that are told of."""
    return has_both_units(found) or any(line.latest and line.latest.value for line in _find_cases(found))


def _is_worth_telling(found: Trend, record: Point) -> bool:
    """Leave out records of nothing or of two years, and counts so small that UNHCR's rounding evens them."""
    first, last = find_span(found)
    if last - first + 1 < FEWEST_OF_A_RECORD:
        return False
    return (record.value or 0) >= SMALL or (found.measure.nature is Nature.RATE and bool(record.value))


def _amount_apart(found: Trend, series: Series, point: Point) -> str:
    """Write a value with its unit where there is a line in cases as well."""
    return say_amount(found.measure, series.unit, point.value, units=_counts_cases(found))
