"""Origins or countries of asylum in order, as a reply."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.charts.bars import Bar, BarChart
from bot.charts.subjects import Heading
from bot.languages import N_, _, digits, name, ngettext, phrases
from bot.replies.coverage import (
    in_brackets,
    note_reviews,
    say_carried,
    say_first,
    with_note,
)
from bot.replies.floors import say_floor, say_threshold
from bot.replies.inhabitants import sign_inhabitants
from bot.replies.layout import make_legend, make_record, say_absent, say_caveats, scale
from bot.replies.mind import choose_mind
from bot.replies.ranked_rows import (
    is_all_carried,
    is_marked,
    is_sum,
    list_rows,
    name_crossed,
    name_marked,
    note_stars,
    say_ratio,
    say_score,
    tell_row,
)
from bot.replies.reply import Grid, Reply
from bot.replies.unranked import MAX_SHORT, list_all_apart, say_apart
from bot.words import (
    capitalise,
    note_partial,
    say_inhabitants,
    say_list,
    say_number,
    say_ordinal,
    say_source,
    say_unit,
    say_value,
    say_when,
    sign_chart,
)
from bot.words.measures import NAMES, name_role, say_counted
from data.caveats import StageUnknown
from data.countries.groups import members
from data.measures import INHABITANTS
from data.model import Extent, Group, Nature, Order, RankBy, Role, Unit
from data.questions.ranking import find_score
from data.questions.sides import place_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.charts.subjects import Tone
    from bot.replies.reply import Record
    from data.model import Area, Number
    from data.questions.ranking import Ranked
    from data.questions.registry import Question
    from data.questions.top import Top

PODIUM, MAX_NAMED, MAX_LISTED = 3, 15, 10


def reply_top(question: Question, found: Top) -> Reply:
    """Lay out the ranking: the first three or those asked for in the headline, ten in the table."""
    grid = _grid(found)
    headline = _say_headline(found)
    counted = found.asked.by is RankBy.AMOUNT and found.measure.nature is not Nature.RATE
    total = counted and not found.picked and found.passing is None
    lines = (_say_crossed(found), say_apart(found), say_floor(found), _say_total(found) if total else "")
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in lines if line),
        chart=_draw(found),
        lay_out=lambda: grid,
        list_records=lambda: _list_records(found),
        caveats=(*list_all_apart(found), *say_caveats(found.caveats)),
        source=say_source(found.release),
        first=say_first(found.caveats),
        short=_say_short(found),
        mind=choose_mind(
            found.caveats,
            found.years if found.asked.of_change or is_sum(found) else (found.year, found.year),
        ),
        moves=found.asked.of_change,
    )


def _say_short(found: Top) -> tuple[str, ...]:
    """Say the first three or those asked for, those that follow, and all together."""
    if found.picked:
        return (_say_picked(found, found.picked[0]), say_apart(found, briefly=True), say_floor(found))
    if found.passing is not None:
        told = _say_passing(found, found.passing, MAX_LISTED)
        return (told, say_apart(found, briefly=True), _say_crossed(found), say_floor(found))
    if found.asked.of_change:  # who is left out comes before those that follow
        apart = say_apart(found, briefly=True)
        return (_say_headline(found), apart, say_followers(found), _say_crossed(found), say_floor(found))
    counted = found.asked.by is RankBy.AMOUNT and found.measure.nature is not Nature.RATE
    total = _say_total(found) if counted and found.total.main else ""
    return (_say_headline(found), say_followers(found), total, say_floor(found))


def say_followers(found: Top, last: int = MAX_SHORT) -> str:
    """Name the fourth and the fifth, or all up to the last that was asked for."""
    told = ", ".join(
        f"{name(row.country)} {tell_row(found, row, short=True)}"
        for row in found.rows
        if row.rank and PODIUM < row.rank <= last
    )
    return told and _("Then {told}.", told=told)


def say_ahead(found: Top) -> str:
    """Name those that have more than the one that was asked for, as far as they are among the first."""
    place = found.picked[0].rank or 0
    ahead = [row for row in found.rows if row.rank and row.rank < place]
    left = place - 1 - len(ahead)
    told = [f"{name(row.country)} {tell_row(found, row, short=True)}" for row in ahead]
    return (
        _("Ahead of it: {list}.", list=say_list([*told, _("{left} more", left=left)] if left else told))
        if told
        else ""
    )


def list_outside(found: Top, left_out: Sequence[Area]) -> tuple[str, ...]:
    """Name the first that are not left out, in lines; the total would have the others too."""
    codes: set[str] = set()
    for area in left_out:
        codes |= members(area.code, found.year) if isinstance(area, Group) else {area.code}
    ranked = [row for row in found.rows if row.rank]
    left = [row for row in ranked if row.country.code not in codes]
    whom = say_list(name(area, "text") for area in left_out)
    if not left:
        return (
            _("Leaving out {whom}, none of the first {count} is left.", whom=whom, count=len(ranked)),
            _say_headline(found),
        )
    first, *others = [f"{name(row.country)} {tell_row(found, row)}" for row in left[:MAX_SHORT]]
    told = _(
        "{what}, leaving out {whom}: {list}.",
        what=_say_what(found),
        whom=whom,
        list=", ".join([f"**{first}**", *others]),
    )
    return (told, say_floor(found))


def _list_records(found: Top) -> Iterator[Record]:
    first, last = found.years
    for row in list_rows(found):
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
            yield (
                replace(record, covers=_("{first}–{last}, added up", first=first, last=last))
                if is_sum(found)
                else record
            )


def _grid(found: Top) -> Grid:
    first, last = found.years
    if found.asked.of_change:
        header = ("", "", _("change"), str(first), str(last))
    elif found.asked.by is RankBy.INHABITANTS:
        header = (
            "",
            "",
            _("per {inhabitants}", inhabitants=digits(f"{INHABITANTS[found.measure.nature]:,}")),
            NAMES[found.measure],
            _("since {year}", year=last - 1),
        )
    else:
        header = ("", "", NAMES[found.measure], _("share"), _("since {year}", year=last - 1))
    rows = tuple(_row(found, row) for row in list_rows(found))
    return Grid(header, rows, names=2, note=note_stars(found)).without_empty_columns()


def _row(found: Top, row: Ranked) -> tuple[str, ...]:
    star = "*" if is_marked(found, row) else ""
    named = (f"{row.rank}." if row.rank else "–", name(row.country))
    if found.asked.of_change and row.change:
        before, after = say_number(row.change.before), say_number(row.change.after)
        return (*named, f"{say_score(found, row)}{star}", before, after)
    since = say_ratio(row.change.ratio if row.change else None)
    if found.asked.by is RankBy.INHABITANTS:
        return (*named, f"{say_score(found, row)}{star}", say_number(row.value), since)
    tells_share = found.asked.order is Order.LARGEST and row.unit is Unit.PERSONS
    share = f"{digits(f'{row.share:.1%}')}" if row.share is not None and tells_share else ""
    return (*named, f"{say_score(found, row)}{star}", share, since)


def _say_crossed(found: Top) -> str:
    """Say which of the changes told pass over breaks that are smaller than they."""
    crossed = [row for row in found.rows[:MAX_SHORT] if row.crossed]
    if not crossed:
        return ""
    who = say_list(name(row.country, "text") for row in crossed)
    what = name_crossed(found, crossed)
    if len(crossed) == 1:
        return _("The change of {who} is across a break ({what}).", who=who, what=what)
    return _("The changes of {who} are across breaks ({what}).", who=who, what=what)


def _say_figures(found: Top, *, within: bool = False) -> str:
    """Say of which figures the ranking is: “New asylum applications from Syria in 2020–2024”."""
    subject = say_counted(found.measure, found.place, everywhere="", within=within)
    first, last = found.years
    if found.asked.of_change:
        return _("{subject} from {first} to {last}", subject=subject, first=first, last=last)
    if is_sum(found):
        return _("{subject} in {first}–{last} together", subject=subject, first=first, last=last)
    head = f" {say_inhabitants(found.measure.nature)}" if found.asked.by is RankBy.INHABITANTS else ""
    stale = say_carried(found.carried, found.place) if is_all_carried(found) else ""
    note = in_brackets(stale) + note_reviews(only=found.reviews_only)
    return f"{subject}{head} {say_when(found.measure.nature, last, found.covers)}{note}"


def _say_what(found: Top) -> str:
    """Say what is ranked: “New asylum applications in 2024, largest countries of asylum”."""
    largest, figures = found.asked.order is Order.LARGEST, _say_figures(found)
    if found.asked.of_change:
        moves = _MOVES[_goes_up(found), _goes_up(found) == largest]
        told = _("{figures}, {moves} by {ranked}", figures=figures, moves=moves, ranked=_name_ranked(found))
        return _("{told}, in percent", told=told) if found.asked.by is RankBy.PERCENT else told
    if found.measure.nature is Nature.RATE or found.asked.by is RankBy.INHABITANTS:
        by = _name_ranked(found)
        return (
            _("{figures}, highest by {by}", figures=figures, by=by)
            if largest
            else _("{figures}, lowest by {by}", figures=figures, by=by)
        )
    ranked = _name_ranked(found, 2)
    return (
        _("{figures}, largest {ranked}", figures=figures, ranked=ranked)
        if largest
        else _("{figures}, smallest {ranked}", figures=figures, ranked=ranked)
    )


_MOVES = phrases(
    {
        (True, True): "largest rises",
        (True, False): "no falls, smallest rises",
        (False, True): "largest falls",
        (False, False): "no rises, smallest falls",
    }
)
_MOVED = phrases(
    {
        (True, True): "Largest rise: {who} {amount}",
        (True, False): "Smallest rise: {who} {amount}",
        (False, True): "Largest fall: {who} {amount}",
        (False, False): "Smallest fall: {who} {amount}",
    }
)
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
    leader, *named = [f"{name(row.country)} {tell_row(found, row)}" for row in (first, *told)]
    more = _(" and {tied} more with the same figure", tied=tied) if tied else ""
    return _(
        "{what}: {list}{more}.", what=_say_what(found), list=", ".join([f"**{leader}**", *named]), more=more
    )


def _say_picked(found: Top, row: Ranked) -> str:
    """Answer for one place: “Germany is third: 229,740, of 152 countries of asylum by …”."""
    below = found.asked.order is Order.SMALLEST and not found.asked.of_change
    beside = ""
    if row.change and found.asked.by is RankBy.AMOUNT:
        beside = _(
            " ({year_before}: {value})",
            year_before=row.change.year_before,
            value=say_value(found.measure, row.change.before),
        )
    elif row.change and found.asked.of_change:
        told = f"{say_number(row.change.before)} → {say_number(row.change.after)}"
        beside = in_brackets("; ".join(filter(None, (told, name_crossed(found, [row])))))
    elif found.asked.by is RankBy.INHABITANTS:
        beside = _(" ({number} in all)", number=say_number(row.value))
    if not row.rank:
        words = N_(
            "**{who} is not ranked, being counted in cases: {amount}**, of {countries} {ranked} by"
            " {figures}{beside}."
        )
    elif found.tied > 1:
        words = _SHARES_WITH_SEVERAL[below]
    else:
        words = (_SHARES_WITH_ONE if found.tied else _STANDS)[below]
    return _(
        words,
        who=capitalise(name(row.country, "text")),
        ordinal=say_ordinal(row.rank or 0),
        rank=row.rank,
        tied=found.tied,
        amount=tell_row(found, row),
        countries=digits(f"{found.countries:,}"),
        ranked=_name_ranked(found, found.countries if found.countries > 1 else 2),
        figures=_say_measure_ranked(found),
        beside=beside,
    )


_STANDS = (
    N_("**{who} is {ordinal}: {amount}**, of {countries} {ranked} by {figures}{beside}."),
    N_("**{who} is {ordinal} from below: {amount}**, of {countries} {ranked} by {figures}{beside}."),
)
_SHARES_WITH_ONE = (
    N_(
        "**{who} shares {ordinal} place with another: {amount}**, of {countries} {ranked} by"
        " {figures}{beside}."
    ),
    N_(
        "**{who} shares {ordinal} place from below with another: {amount}**, of {countries} {ranked} by"
        " {figures}{beside}."
    ),
)
_SHARES_WITH_SEVERAL = (
    N_(
        "**{who} shares {ordinal} place with {tied} others: {amount}**, of {countries} {ranked} by"
        " {figures}{beside}."
    ),
    N_(
        "**{who} shares {ordinal} place from below with {tied} others: {amount}**, of {countries} {ranked}"
        " by {figures}{beside}."
    ),
)
"""Where a place stands in the order, from above and from below."""


def _say_measure_ranked(found: Top) -> str:
    """Say within a sentence what is ranked by."""
    figures = _say_figures(found, within=True)
    if not found.asked.of_change:
        return figures
    percent = found.asked.by is RankBy.PERCENT
    if found.asked.order is Order.LARGEST:
        words = N_("largest rise in percent of {figures}") if percent else N_("largest rise of {figures}")
    else:
        words = N_("largest fall in percent of {figures}") if percent else N_("largest fall of {figures}")
    return _(words, figures=figures)


def _say_passing(found: Top, passing: int, most: int = MAX_NAMED) -> str:
    """Count those that pass the threshold, and name them."""
    limit = say_threshold(found)
    what = _say_measure_ranked(found)
    if not passing:
        if found.asked.below is not None:  # the least of all may not be among the first
            return _(
                "**No {ranked} with a figure is {limit}** by {what}.",
                ranked=_name_ranked(found),
                limit=limit,
                what=what,
            )
        first = found.rows[0]
        return _(
            "**No {ranked} is {limit}** by {what}; the first is {country:text} with {tell}.",
            ranked=_name_ranked(found),
            limit=limit,
            what=what,
            country=first.country,
            tell=tell_row(found, first),
        )
    listed = list({row.country: row for row in found.rows}.values())[:most]
    rest = passing - len(listed)
    told = ", ".join(f"{name(row.country)} {tell_row(found, row)}" for row in listed)
    more = _(" and {rest} more", rest=rest) if rest > 0 else ""
    return _(
        "**{passing} {limit}** by {what}: {told}{more}.",
        passing=_count_passing(found, passing),
        limit=limit,
        what=what,
        told=told,
        more=more,
    )


def _count_passing(found: Top, passing: int) -> str:
    if found.asked.below is not None:  # those without a figure are not among them
        return ngettext(
            "{passing} of {countries} {ranked} with a figure is",
            "{passing} of {countries} {ranked} with a figure are",
            passing,
            passing=passing,
            countries=digits(f"{found.countries:,}"),
            ranked=_name_ranked(found, found.countries),
        )
    return ngettext(
        "{passing} {ranked} is",
        "{passing} {ranked} are",
        passing,
        passing=passing,
        ranked=_name_ranked(found, passing),
    )


def _say_total(found: Top) -> str:
    persons, cases = (
        f"{say_value(found.measure, value)} {say_unit(unit)}" if value else ""
        for unit, value in ((Unit.PERSONS, found.total.persons), (Unit.CASES, found.total.cases))
    )
    among = f"{digits(f'{found.countries:,}')} {_name_ranked(found, found.countries)}"
    if not (persons or cases):
        return (
            _("Only {among} has a figure.", among=among)
            if found.countries == 1
            else _("Only {among} have a figure.", among=among)
        )
    total = (
        _("{persons} and, counted apart, {cases}", persons=persons, cases=cases)
        if persons and cases
        else persons or cases
    )
    together = with_note(total, say_carried(found.carried, found.place))
    if found.role is Role.ORIGIN:
        return _("All together: {together}, from {among}.", together=together, among=among)
    return _("All together: {together}, in {among}.", together=together, among=among)


def _title(found: Top) -> str:
    """Name the first, or say how many share its place."""
    if found.picked and (rank := found.picked[0].rank):
        row = found.picked[0]
        words = (
            N_("{who} shares {ordinal} place among {countries}: {amount}")
            if found.tied
            else N_("{who} is {ordinal} of {countries}: {amount}")
        )
        return _(
            words,
            who=capitalise(name(row.country, "text")),
            ordinal=say_ordinal(rank),
            rank=rank,
            countries=digits(f"{found.countries:,}"),
            amount=tell_row(found, row, short=True),
        )
    if found.passing:
        return f"{_count_passing(found, found.passing)} {say_threshold(found)}"
    return _say_leader(found)


def _say_leader(found: Top) -> str:
    first, *rest = [row for row in found.rows if row.rank] or found.rows
    tied = 1 + sum(row.rank is not None and row.rank == first.rank for row in rest)
    if tied > 1 and found.asked.order is Order.SMALLEST and not found.asked.of_change:
        return _(
            "{tied} {ranked} have the {least}: {score}",
            tied=tied,
            ranked=_name_ranked(found, 2),
            least=_say_least(found),
            score=say_score(found, first),
        )
    if tied > 1:
        return _(
            "{tied} {ranked} share the first place with {score}",
            tied=tied,
            ranked=_name_ranked(found, 2),
            score=say_score(found, first),
        )
    who, amount = name(first.country, "text"), tell_row(found, first, short=True)
    if found.asked.by is RankBy.INHABITANTS:
        amount = f"{amount} {say_inhabitants(found.measure.nature)}"
    if found.countries == 1:
        return _("Only {who} has a figure: {amount}", who=who, amount=amount)
    if found.asked.order is Order.SMALLEST and not found.asked.of_change:
        return _(
            "{who} has the {least}: {amount}", who=capitalise(who), least=_say_least(found), amount=amount
        )
    if any(isinstance(each, StageUnknown) for each in found.caveats):
        among = _(
            "{countries} {ranked} that have figures", countries=found.countries, ranked=_name_ranked(found, 2)
        )
        return _("{who} leads the {among}, with {amount}", who=capitalise(who), among=among, amount=amount)
    if found.asked.of_change:
        most = _goes_up(found) == (found.asked.order is Order.LARGEST)
        return capitalise(_MOVED[_goes_up(found), most].format(who=who, amount=amount)) + in_brackets(
            _name_larger(found, first)
        )
    absent = say_absent(found.caveats, found.measure, first.value) if found.asked.by is RankBy.AMOUNT else ""
    return _("{who} leads with {amount}{absent}", who=capitalise(who), amount=amount, absent=absent)


def _name_larger(found: Top, first: Ranked) -> str:
    """Name in the picture who is not ranked, though the figures lie further apart than those of the first."""
    least = find_score(RankBy.CHANGE, first)
    larger = [name(each.country) for each in found.apart if each.moved / (least or 1) > 1]
    if not larger or found.asked.by is RankBy.PERCENT:
        return ""
    told, more = larger[0], len(larger) - 1
    return (
        _("{told} and {more} more not ranked", told=told, more=more)
        if more
        else _("{told} not ranked", told=told)
    )


def _say_least(found: Top) -> str:
    lowest = found.measure.nature is Nature.RATE or found.asked.by is RankBy.INHABITANTS
    return _("lowest") if lowest else _("fewest")


def _draw(found: Top) -> BarChart:
    rows = list_rows(found)
    plain = not is_sum(found) and not found.asked.of_change
    extents = [row.extent or found.covers for row in rows] if plain else []
    partial = [extent for extent in extents if extent != Extent(found.year)]
    cases = any(row.unit is Unit.CASES for row in rows)
    note = _("{span} only", span=note_partial(found.measure.nature, partial[0])) if partial else ""
    if not plain and any(is_marked(found, row) for row in rows):
        note = name_marked(found)
    sign = sign_inhabitants if found.asked.by is RankBy.INHABITANTS else sign_chart
    return BarChart(
        Heading(_title(found), _say_what(found), sign(found.release)),
        tuple(
            Bar(
                f"{row.rank}. {name(row.country)}" if row.rank else name(row.country),
                _length(found, row),
                say_score(found, row),
                _choose_tone(found, row),
                hollow=(row.extent or found.covers) != Extent(found.year) if plain else is_marked(found, row),
            )
            for row in rows
        ),
        legend=make_legend() if cases else (),
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
