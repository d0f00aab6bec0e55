"""Origins or countries of asylum in order, as a reply."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.charts.bars import Bar, BarChart
from bot.charts.subjects import Heading
from bot.replies.coverage import (
    in_brackets,
    name_break,
    note_reviews,
    say_carried,
    say_first,
    tell_breaks,
    with_note,
)
from bot.replies.floors import say_floor
from bot.replies.inhabitants import sign_inhabitants
from bot.replies.layout import LEGEND, make_record, say_absent, say_amount, say_caveats, scale
from bot.replies.mind import choose_mind
from bot.replies.reply import Grid, Reply
from bot.words import (
    NAMES,
    capitalise,
    name_role,
    note_partial,
    say_counted,
    say_covered,
    say_either,
    say_inhabitants,
    say_list,
    say_moved,
    say_number,
    say_ordinal,
    say_per_head,
    say_signed,
    say_source,
    say_times,
    say_value,
    say_when,
    say_whole_percent,
    sign_chart,
)
from data.caveats import StageUnknown
from data.countries.groups import members
from data.coverage import rests_on_reviews
from data.measures import INHABITANTS
from data.model import Extent, Group, Nature, Order, RankBy, Role, Unit
from data.questions.ranking import find_score
from data.questions.sides import place_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.charts.subjects import Tone
    from bot.replies.reply import Record
    from data.model import Area, Number
    from data.questions.ranking import Apart, Ranked
    from data.questions.registry import Question
    from data.questions.top import Top

PODIUM = 3
MAX_NAMED = 15
MAX_SHORT = 5
MAX_APART = 3
MAX_LISTED = 10


def reply_top(question: Question, found: Top) -> Reply:
    """Lay out the ranking: the first three or those asked for in the headline, ten in the table."""
    grid = _grid(found)
    headline = _say_headline(found)
    counted = found.asked.by is RankBy.AMOUNT and found.measure.nature is not Nature.RATE
    total = counted and not found.picked and found.passing is None
    lines = (_say_crossed(found), _say_apart(found), say_floor(found), _say_total(found) if total else "")
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in lines if line),
        chart=_draw(found),
        lay_out=lambda: grid,
        list_records=lambda: _list_records(found),
        caveats=(*_list_all_apart(found), *say_caveats(found.caveats)),
        source=say_source(found.release),
        first=say_first(found.caveats),
        short=_say_short(found),
        mind=choose_mind(
            found.caveats,
            found.years if found.asked.of_change or _is_sum(found) else (found.year, found.year),
        ),
        moves=found.asked.by in (RankBy.CHANGE, RankBy.PERCENT) or bool(found.picked),
    )


def _say_short(found: Top) -> tuple[str, ...]:
    """Say the first three or those asked for, those that follow, and all together."""
    if found.picked:
        return (_say_picked(found, found.picked[0]), _say_apart(found, briefly=True), say_floor(found))
    if found.passing is not None:
        told = _say_passing(found, found.passing, MAX_LISTED)
        return (told, _say_apart(found, briefly=True), _say_crossed(found), say_floor(found))
    if found.asked.of_change:  # who is left out comes before those that follow
        apart = _say_apart(found, briefly=True)
        return (_say_headline(found), apart, say_followers(found), _say_crossed(found), say_floor(found))
    counted = found.asked.by is RankBy.AMOUNT and found.measure.nature is not Nature.RATE
    total = _say_total(found) if counted and found.total.main else ""
    return (_say_headline(found), say_followers(found), total, say_floor(found))


def say_followers(found: Top, last: int = MAX_SHORT) -> str:
    """Name the fourth and the fifth, or all up to the last that was asked for."""
    told = ", ".join(
        f"{row.country.name} {_tell(found, row, short=True)}"
        for row in found.rows
        if row.rank and PODIUM < row.rank <= last
    )
    return told and f"Then {told}."


def say_ahead(found: Top) -> str:
    """Name those that have more than the one that was asked for, as far as they are among the first."""
    place = found.picked[0].rank or 0
    ahead = [row for row in found.rows if row.rank and row.rank < place]
    left = place - 1 - len(ahead)
    told = [f"{row.country.name} {_tell(found, row, short=True)}" for row in ahead]
    return f"Ahead of it: {say_list([*told, f'{left} more'] if left else told)}." if told else ""


def list_outside(found: Top, left_out: Sequence[Area]) -> tuple[str, ...]:
    """Name the first that are not left out, in lines; the total would have the others too."""
    codes: set[str] = set()
    for area in left_out:
        codes |= members(area.code, found.year) if isinstance(area, Group) else {area.code}
    ranked = [row for row in found.rows if row.rank]
    left = [row for row in ranked if row.country.code not in codes]
    whom = say_list(area.text for area in left_out)
    if not left:
        return (f"Leaving out {whom}, none of the first {len(ranked)} is left.", _say_headline(found))
    first, *others = [f"{row.country.name} {_tell(found, row)}" for row in left[:MAX_SHORT]]
    told = f"{_say_what(found)}, leaving out {whom}: {', '.join([f'**{first}**', *others])}."
    return (told, say_floor(found))


def _list_records(found: Top) -> Iterator[Record]:
    first, last = found.years
    for row in _all_rows(found):
        figures = [(last, row.value, row.extent)]
        if found.asked.of_change and row.change:
            figures = [(first, row.change.before, None), (last, row.change.after, row.extent)]
        for year, value, extent in figures:
            record = make_record(
                found.measure,
                place_on(found.role, found.place, row.country),
                year,
                row.unit,
                value,
                found.release,
                extent=extent,
                breaks=row.breaks,
                carried=row.carried if year == last else None,
            )
            yield replace(record, covers=f"{first}–{last}, added up") if _is_sum(found) else record


def _all_rows(found: Top) -> tuple[Ranked, ...]:
    """The rows that are shown, and those asked for that are further down."""
    return (*found.rows, *(row for row in found.picked if row not in found.rows))


def _is_sum(found: Top) -> bool:
    return not found.asked.of_change and found.years[0] < found.years[1]


def _grid(found: Top) -> Grid:
    first, last = found.years
    if found.asked.of_change:
        header = ("", "", "change", str(first), str(last))
    elif found.asked.by is RankBy.INHABITANTS:
        header = (
            "",
            "",
            f"per {INHABITANTS[found.measure.nature]:,}",
            NAMES[found.measure],
            f"since {last - 1}",
        )
    else:
        header = ("", "", NAMES[found.measure], "share", f"since {last - 1}")
    rows = tuple(_row(found, row) for row in _all_rows(found))
    return Grid(header, rows, names=2, note=_note_stars(found)).without_empty_columns()


def _row(found: Top, row: Ranked) -> tuple[str, ...]:
    star = "*" if _is_marked(found, row) else ""
    name = (f"{row.rank}." if row.rank else "–", row.country.name)
    if found.asked.of_change and row.change:
        before, after = say_number(row.change.before), say_number(row.change.after)
        return (*name, f"{_score(found, row)}{star}", before, after)
    since = _say_ratio(row.change.ratio if row.change else None)
    if found.asked.by is RankBy.INHABITANTS:
        return (*name, f"{_score(found, row)}{star}", say_number(row.value), since)
    tells_share = found.asked.order is Order.LARGEST and row.unit is Unit.PERSONS
    share = f"{row.share:.1%}" if row.share is not None and tells_share else ""
    return (*name, f"{_score(found, row)}{star}", share, since)


def _say_ratio(ratio: float | None) -> str:
    """Write a change for a narrow column: “+19%”, “−38%”, “×16.3”."""
    if ratio is None:
        return ""
    return f"×{say_times(ratio)}" if ratio >= 1 else say_moved(ratio)


def _score(found: Top, row: Ranked) -> str:
    """Write what a row is ranked by."""
    match found.asked.by:
        case RankBy.CHANGE if row.change:
            return say_signed(find_score(RankBy.CHANGE, row))
        case RankBy.PERCENT if row.change and row.change.ratio is not None:
            return say_moved(row.change.ratio)
        case RankBy.INHABITANTS if row.per_head is not None:
            return say_per_head(found.measure.nature, row.per_head)
    return say_amount(found.measure, row.unit, row.value)


def _is_marked(found: Top, row: Ranked) -> bool:
    """Whether a row stands for less than the others, or its change for more than people."""
    if found.asked.of_change:
        return bool(row.crossed)
    partial = row.extent is not None and (_is_sum(found) or row.extent != found.covers)
    return partial or _rests_on_reviews(found, row)


def _rests_on_reviews(found: Top, row: Ranked) -> bool:
    """Whether a row is of appeals and reviews alone, where not all are."""
    return not (_is_sum(found) or found.reviews_only) and rests_on_reviews(row.breaks, found.year)


def _note_stars(found: Top) -> str:
    marked = _name_marked(found)
    return f"* {marked}" if marked else ""


def _name_marked(found: Top) -> str:
    """Say what a star in the table means, or a hollow bar."""
    marked = [row for row in _all_rows(found) if _is_marked(found, row)]
    if found.asked.of_change:
        return _name_crossed(found, marked)
    extents = dict.fromkeys(row.extent for row in marked if row.extent)
    notes = [say_covered(found.measure.nature, extent) for extent in extents]
    notes += ["appeals and reviews"] if any(_rests_on_reviews(found, row) for row in marked) else []
    told = say_either(notes)
    if not told:
        return ""
    return f"with {told} only" if _is_sum(found) else f"{told} only"


def _name_crossed(found: Top, rows: Iterable[Ranked]) -> str:
    """Name what changes pass over: “with the USA's figure of January–June 2024”."""
    crossed = dict.fromkeys(replace(at, share=None) for row in rows for at in row.crossed)
    return tell_breaks(found.measure, crossed, apart=True)


def _say_crossed(found: Top) -> str:
    """Say which of the changes told pass over breaks that are smaller than they."""
    crossed = [row for row in found.rows[:MAX_SHORT] if row.crossed]
    if not crossed:
        return ""
    who = say_list(row.country.text for row in crossed)
    what = _name_crossed(found, crossed)
    if len(crossed) == 1:
        return f"The change of {who} is across a break ({what})."
    return f"The changes of {who} are across breaks ({what})."


def _say_figures(found: Top, *, within: bool = False) -> str:
    """Say of which figures the ranking is: “New asylum applications from Syria in 2020–2024”."""
    subject = say_counted(found.measure, found.place, everywhere="", within=within)
    first, last = found.years
    if found.asked.of_change:
        return f"{subject} from {first} to {last}"
    if _is_sum(found):
        return f"{subject} in {first}–{last} together"
    head = f" {say_inhabitants(found.measure.nature)}" if found.asked.by is RankBy.INHABITANTS else ""
    stale = say_carried(found.carried, found.place) if _is_all_carried(found) else ""
    note = in_brackets(stale) + note_reviews(only=found.reviews_only)
    return f"{subject}{head} {say_when(found.measure.nature, last, found.covers)}{note}"


def _is_all_carried(found: Top) -> bool:
    """Whether the stock of its country of asylum was carried forward, and so every part of it."""
    return found.carried is not None and found.carried.is_of(found.place)


def _say_what(found: Top) -> str:
    """Say what is ranked: “New asylum applications in 2024, largest countries of asylum”."""
    largest, figures = found.asked.order is Order.LARGEST, _say_figures(found)
    if found.asked.of_change:
        moves = _MOVES[_goes_up(found), _goes_up(found) == largest]
        told = f"{figures}, {moves} by {_name_ranked(found)}"
        return f"{told}, in percent" if found.asked.by is RankBy.PERCENT else told
    if found.measure.nature is Nature.RATE or found.asked.by is RankBy.INHABITANTS:
        by = _name_ranked(found)
        return f"{figures}, highest by {by}" if largest else f"{figures}, lowest by {by}"
    ranked = _name_ranked(found, 2)
    return f"{figures}, largest {ranked}" if largest else f"{figures}, smallest {ranked}"


_MOVES = {
    (True, True): "largest rises",
    (True, False): "no falls, smallest rises",
    (False, True): "largest falls",
    (False, False): "no rises, smallest falls",
}
_MOVED = {
    (True, True): "Largest rise: {who} {amount}",
    (True, False): "Smallest rise: {who} {amount}",
    (False, True): "Largest fall: {who} {amount}",
    (False, False): "Smallest fall: {who} {amount}",
}
"""By whether figures rose, and whether by most."""


def _name_ranked(found: Top, count: int = 1) -> str:
    return name_role(found.measure, found.role, count)


def _goes_up(found: Top) -> bool:
    """Whether the changes shown first are rises; where nothing fell, the smallest is a rise."""
    return find_score(found.asked.by, found.rows[0]) >= 0


def _say_headline(found: Top) -> str:
    if found.picked:
        return _say_picked(found, found.picked[0])
    if found.passing is not None:
        return _say_passing(found, found.passing)
    first, *rest = [row for row in found.rows if row.rank] or found.rows
    told, others = rest[: PODIUM - 1], rest[PODIUM - 1 :]
    last = told[-1] if told else first
    tied = sum(row.rank is not None and row.rank == last.rank for row in others)
    leader, *named = [f"{row.country.name} {_tell(found, row)}" for row in (first, *told)]
    more = f" and {tied} more with the same figure" if tied else ""
    return f"{_say_what(found)}: {', '.join([f'**{leader}**', *named])}{more}."


def _tell(found: Top, row: Ranked, *, short: bool = False) -> str:
    """Write a row's figure with what it stands for, or what it moved between.

    The cases that the country also has stand beside its persons, so that nobody takes these for all.
    """
    if found.asked.by is not RankBy.AMOUNT:
        return f"{_score(found, row)}{_say_extent(found, row, short=short)}"
    both = [each for each in _all_rows(found) if each.country == row.country]
    both.sort(key=lambda each: each.unit is Unit.CASES)
    amounts = [say_amount(found.measure, each.unit, each.value, units=len(both) > 1) for each in both]
    extents = [_say_extent(found, each, short=short) for each in both]
    if len(set(extents)) == 1:
        return f"{say_list(amounts)}{extents[0]}"
    return say_list(map(str.__add__, amounts, extents))


def _say_picked(found: Top, row: Ranked) -> str:
    """Answer for one place: “Germany is third: 229,740, of 152 countries of asylum by …”."""
    ends = {Order.LARGEST: "", Order.SMALLEST: " from below"}
    end = "" if found.asked.of_change else ends[found.asked.order]
    place = f"is {say_ordinal(row.rank)}{end}" if row.rank else "is not ranked, being counted in cases"
    if found.tied and row.rank:
        others = f"{found.tied} others" if found.tied > 1 else "another"
        place = f"shares {say_ordinal(row.rank)} place{end} with {others}"
    among = f"of {found.countries:,} {_name_ranked(found, 2)} by {_say_measure_ranked(found)}"
    beside = ""
    if row.change and found.asked.by is RankBy.AMOUNT:
        beside = f" ({row.change.year_before}: {say_value(found.measure, row.change.before)})"
    elif row.change and found.asked.of_change:
        told = f"{say_number(row.change.before)} → {say_number(row.change.after)}"
        beside = in_brackets("; ".join(filter(None, (told, _name_crossed(found, [row])))))
    elif found.asked.by is RankBy.INHABITANTS:
        beside = f" ({say_number(row.value)} in all)"
    return f"**{capitalise(row.country.text)} {place}: {_tell(found, row)}**, {among}{beside}."


def _say_measure_ranked(found: Top) -> str:
    """Say within a sentence what is ranked by."""
    figures = _say_figures(found, within=True)
    if not found.asked.of_change:
        return figures
    ends = {Order.LARGEST: "largest rise", Order.SMALLEST: "largest fall"}
    percent = " in percent" if found.asked.by is RankBy.PERCENT else ""
    return f"{ends[found.asked.order]}{percent} of {figures}"


def _say_passing(found: Top, passing: int, most: int = MAX_NAMED) -> str:
    """Count those that pass the threshold, and name them."""
    limit, what = _say_threshold(found), _say_measure_ranked(found)
    if not passing:
        if found.asked.below is not None:  # the least of all may not be among the first
            return f"**No {_name_ranked(found)} with a figure is {limit}** by {what}."
        first = found.rows[0]
        return (
            f"**No {_name_ranked(found)} is {limit}** by {what}; the first is {first.country.text} with"
            f" {_tell(found, first)}."
        )
    listed = [*{row.country: row for row in found.rows}.values()][:most]
    told = ", ".join(f"{row.country.name} {_tell(found, row)}" for row in listed)
    more = f" and {passing - len(listed)} more" if passing > len(listed) else ""
    return f"**{_count_passing(found, passing)} {limit}** by {what}: {told}{more}."


def _count_passing(found: Top, passing: int) -> str:
    are = "is" if passing == 1 else "are"
    if found.asked.below is not None:  # those without a figure are not among them
        return f"{passing} of {found.countries:,} {_name_ranked(found, found.countries)} with a figure {are}"
    return f"{passing} {_name_ranked(found, passing)} {are}"


def _say_threshold(found: Top) -> str:
    """Write within which bounds they are: “above 100”, “at least 10 and below 100”."""
    above, below, told = found.asked.above, found.asked.below, list[str]()
    whole = found.asked.by is RankBy.AMOUNT and found.measure.nature is not Nature.RATE
    if above is not None:  # what is above 99 was asked for as 100 and more
        within = whole and (above + 1) % 10 == 0
        told.append(f"{'at least' if within else 'above'} {_say_bound(found, above + within)}")
    if below is not None:
        within = whole and below % 10 == 1 < below
        told.append(f"{'at most' if within else 'below'} {_say_bound(found, below - within)}")
    return " and ".join(told)


def _say_bound(found: Top, at: int) -> str:
    if found.asked.of_change:
        sign = "+" if found.asked.order is Order.LARGEST else "−"
        return f"{sign}{at:,}{'%' if found.asked.by is RankBy.PERCENT else ''}"
    return say_whole_percent(at) if found.measure.nature is Nature.RATE else f"{at:,}"


def _say_extent(found: Top, row: Ranked, *, short: bool = False) -> str:
    """Say in brackets what a row stands for where that is less than the others do, or is older."""
    if found.asked.of_change:
        return ""
    on_reviews = _rests_on_reviews(found, row)
    if on_reviews or row.extent is None or not _is_marked(found, row):
        place = place_on(found.role, found.place, row.country)
        stale = "" if _is_all_carried(found) else say_carried(row.carried, place, short=short)
        return note_reviews(only=on_reviews) + in_brackets(stale)
    within = "with " if _is_sum(found) else ""
    only = " only" if _is_sum(found) else ""
    return f" ({within}{say_covered(found.measure.nature, row.extent)}{only})"


def _say_apart(found: Top, *, briefly: bool = False) -> str:
    """Name the first countries that are not ranked by change, and why, in one line.

    `briefly`, without a figure of one year are told only those that might stand among those told.
    """
    least = find_score(RankBy.CHANGE, found.rows[:MAX_SHORT][-1]) if found.apart else 0
    listed = [each for each in found.apart if not (briefly and each.lacks) or each.moved / (least or 1) >= 1]
    if not listed:
        return ""
    told = [f"{each.country.name} ({_say_why_apart(found, each)})" for each in listed[:MAX_APART]]
    more = len(listed) - len(told)
    return (
        f"Not ranked, as their years do not compare: {', '.join(told)}{f' and {more} more' if more else ''}."
    )


def _say_why_apart(found: Top, apart: Apart) -> str:
    """Say in a few words why a country's years do not compare."""
    if apart.lacks:
        ranked = found.place.origin if found.role is Role.ORIGIN else found.place.asylum
        if isinstance(ranked, Group) and apart.country.code not in members(ranked.code, apart.lacks):
            return f"no member in {apart.lacks}"
        return f"no figure for {apart.lacks}"
    if not apart.breaks:
        return "partly in cases"
    at = apart.breaks[0]
    who = "" if at.share is None else f"{at.country.name} "
    return f"{who}{at.year}: {name_break(found.measure, replace(at, share=None))}"


def _list_all_apart(found: Top) -> tuple[str, ...]:
    """Name all that are not ranked by change, by the reason, where one line does not name them."""
    if len(found.apart) <= MAX_APART:
        return ()
    reasons: dict[str, list[str]] = {}
    for each in found.apart:
        reasons.setdefault(_say_why_apart(found, each), []).append(each.country.name)
    told = "; ".join(f"{', '.join(names)} ({why})" for why, names in reasons.items())
    return (f"All that are not ranked, and why: {told}.",)


def _say_total(found: Top) -> str:
    persons, cases = (
        f"{say_value(found.measure, value)} {unit.word}" if value else ""
        for unit, value in ((Unit.PERSONS, found.total.persons), (Unit.CASES, found.total.cases))
    )
    among = f"{found.countries:,} {_name_ranked(found, found.countries)}"
    if not (persons or cases):
        return f"Only {among} has a figure." if found.countries == 1 else f"Only {among} have a figure."
    total = f"{persons} and, counted apart, {cases}" if persons and cases else persons or cases
    together = with_note(total, say_carried(found.carried, found.place))
    if found.role is Role.ORIGIN:
        return f"All together: {together}, from {among}."
    return f"All together: {together}, in {among}."


def _title(found: Top) -> str:
    """Name the first, or say how many share its place."""
    if found.picked and (rank := found.picked[0].rank):
        shared = f"shares {say_ordinal(rank)} place among" if found.tied else f"is {say_ordinal(rank)} of"
        place = f"{shared} {found.countries:,}"
        row = found.picked[0]
        return f"{capitalise(row.country.text)} {place}: {_tell(found, row, short=True)}"
    if found.passing:
        return f"{_count_passing(found, found.passing)} {_say_threshold(found)}"
    return _say_leader(found)


def _say_leader(found: Top) -> str:
    first, *rest = [row for row in found.rows if row.rank] or found.rows
    tied = 1 + sum(row.rank is not None and row.rank == first.rank for row in rest)
    if tied > 1 and found.asked.order is Order.SMALLEST and not found.asked.of_change:
        return f"{tied} {_name_ranked(found, 2)} have the {_say_least(found)}: {_score(found, first)}"
    if tied > 1:
        return f"{tied} {_name_ranked(found, 2)} share the first place with {_score(found, first)}"
    who, amount = first.country.text, _tell(found, first, short=True)
    if found.asked.by is RankBy.INHABITANTS:
        amount = f"{amount} {say_inhabitants(found.measure.nature)}"
    if found.countries == 1:
        return f"Only {who} has a figure: {amount}"
    if found.asked.order is Order.SMALLEST and not found.asked.of_change:
        return f"{capitalise(who)} has the {_say_least(found)}: {amount}"
    if any(isinstance(each, StageUnknown) for each in found.caveats):
        among = f"{found.countries} {_name_ranked(found, 2)} that have figures"
        return f"{capitalise(who)} leads the {among}, with {amount}"
    if found.asked.of_change:
        most = _goes_up(found) == (found.asked.order is Order.LARGEST)
        return capitalise(_MOVED[_goes_up(found), most].format(who=who, amount=amount)) + in_brackets(
            _name_larger(found, first)
        )
    absent = say_absent(found.caveats, found.measure, first.value) if found.asked.by is RankBy.AMOUNT else ""
    return f"{capitalise(who)} leads with {amount}{absent}"


def _name_larger(found: Top, first: Ranked) -> str:
    """Name in the picture who is not ranked, though the figures lie further apart than those of the first."""
    least = find_score(RankBy.CHANGE, first)
    larger = [each.country.name for each in found.apart if each.moved / (least or 1) > 1]
    if not larger or found.asked.by is RankBy.PERCENT:
        return ""
    told, more = larger[0], len(larger) - 1
    return f"{told} and {more} more not ranked" if more else f"{told} not ranked"


def _say_least(found: Top) -> str:
    return (
        "lowest" if found.measure.nature is Nature.RATE or found.asked.by is RankBy.INHABITANTS else "fewest"
    )


def _draw(found: Top) -> BarChart:
    rows = _all_rows(found)
    plain = not _is_sum(found) and not found.asked.of_change
    extents = [row.extent or found.covers for row in rows] if plain else []
    partial = [extent for extent in extents if extent != Extent(found.year)]
    cases = any(row.unit is Unit.CASES for row in rows)
    note = f"{note_partial(found.measure.nature, partial[0])} only" if partial else ""
    if not plain and any(_is_marked(found, row) for row in rows):
        note = _name_marked(found)
    sign = sign_inhabitants if found.asked.by is RankBy.INHABITANTS else sign_chart
    return BarChart(
        Heading(_title(found), _say_what(found), sign(found.release)),
        tuple(
            Bar(
                f"{row.rank}. {row.country.name}" if row.rank else row.country.name,
                _length(found, row),
                _score(found, row),
                _choose_tone(found, row),
                hollow=(row.extent or found.covers) != Extent(found.year)
                if plain
                else _is_marked(found, row),
            )
            for row in rows
        ),
        legend=LEGEND if cases else (),
        hollow_note=note,
    )


def _choose_tone(found: Top, row: Ranked) -> Tone:
    """Hatch what is in cases; where one country is asked for, the others step back."""
    if row.unit is Unit.CASES:
        return "cases"
    return "muted" if found.picked and row not in found.picked else "persons"


def _length(found: Top, row: Ranked) -> Number | None:
    score = find_score(found.asked.by, row)
    return scale(found.measure, score) if found.asked.by is RankBy.AMOUNT else score
