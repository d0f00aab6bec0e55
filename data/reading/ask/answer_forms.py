"""What an answer has to begin with: yes or no, a difference, all together, a share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from data.measures import INHABITANTS
from data.model import Group, Measure, Nature, Order, Per, RankBy
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.ask.counts import find_joined
from data.reading.ask.factors import find_part, is_exact, read_bound, read_factor, read_part
from data.reading.ask.outcome import Aim, AimKind
from data.reading.ask.ranking import EXTREME_SINCE, ONE_OF, Ranking
from data.reading.ask.vocabulary import WHETHER, Slot
from data.reading.numbers import Bound, NumberForm
from data.reading.years import count

if TYPE_CHECKING:
    from data.questions.registry import Question
    from data.reading.ask.clues import Clues

_FEWER = re.compile(r"\b(?:fewer|less|lower|smaller)\b", re.IGNORECASE)
_PERCENT = re.compile(r"percent|per cent|%", re.IGNORECASE)
AVERAGE = re.compile(r"\baverage|\bmean\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|fewer|less|higher|lower|larger|smaller|bigger)\b", re.IGNORECASE)
_SO_MANY = re.compile(r"\b(?:all|only|just|every|half|majority|many|enough|too)\b", re.IGNORECASE)
"""Words that ask for more than whether there are any."""
_QUALIFIED = re.compile(
    r"\b(?:same|equal|stable|constant|unchanged|normal|usual|typical|average|high|low|large|small|big|huge|long"
    r"|likely|possible|fair|accurate|right|correct|safe|open|closed|full)\b",
    re.IGNORECASE,
)
"""Words that ask how much there is: no figure above zero is a yes to “is it high?”."""
_EITHER = re.compile(r"\bor\b(?! (?:more|over|above|fewer|less|under|below)\b)", re.IGNORECASE)
_FEW = re.compile(
    r"\b(\d|10|two|three|four|five|six|seven|eight|nine|ten)"
    r"(?: (?:main|largest|biggest|top|leading|most|common|host|hosting|origin|source|asylum|receiving))*"
    r" (?:countr|nationalit|origins|hosts|states|nations|groups|destinations)",
    re.IGNORECASE,
)
_UP_TO_TWENTY = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty"
_SO_MANY_FIRST = re.compile(
    r"\b(?:top|first|largest|biggest|leading) (\d{1,2}|six|seven|eight|nine|ten|twelve|fifteen|twenty)\b"
    r"|\b(\d{1,2}|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
    r" (?:main|largest|biggest|top|leading|most|countr|nation|host|origin|places|states)",
    re.IGNORECASE,
)
_EVERY_YEAR = re.compile(
    r"\b(?:every|each|single) year\b|\byear (?:after|on|by|over) year\b"
    r"|\b(?:continuous|continual|constant|steadi|consistent|relentless)ly\b|\bnon-?stop\b"
    r"|\bkept (?:on )?\w+ing\b|\bever since\b|\bwithout (?:a break|interruption|pause)\b",
    re.IGNORECASE,
)
"""No year may have moved the other way: the ends of the span do not tell."""
_ANY_OTHER = re.compile(
    r"(?<!\bthan )(?<!\bof )(?<!\bthan (?:in|by) )(?<!\bthan from )"
    r"\b(?:any|some|another)(?: other)?(?: [a-z-]+)? (?:countr|nation|state|place|nationalit)",
    re.IGNORECASE,
)
"""Who may be ahead: “does any country host more than Türkiye?”; not “more than any”, “most of any”."""
_HIGH, _LOW = "(?:highest|most|largest|max(?:imum)?)", "(?:lowest|fewest|least|smallest|min(?:imum)?)"
_RANGE = re.compile(
    rf"\brange[sd]?\b|\b{_HIGH} and (?:the )?{_LOW}\b|\b{_LOW} and (?:the )?{_HIGH}\b", re.IGNORECASE
)
_FIRST = "largest|biggest|main|top|leading|most|highest|lowest|smallest"
_AMONG = re.compile(
    rf"\b(?:top|first|bottom|last) ({_UP_TO_TWENTY})\b"
    rf"|\b(?:one of|among)(?: the)?(?: world['’]?s)? ({_UP_TO_TWENTY}) (?:[a-z-]+ )?(?:{_FIRST})\b",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\bper (?:a |one |every )?(\d{1,3}(?:[,.]?\d{3})*|thousand|hundred thousand|million)\b", re.IGNORECASE
)
_SO_MANY_HEADS = {"thousand": 1_000, "hundred thousand": 100_000, "million": 1_000_000}
SHOWN = 5
"""So many of a ranking are named without being asked for."""
_EVER = re.compile(
    r"\bever\b|\ba (?:time|year) (?:when|in which)\b|\bat any (?:time|point)\b|\bin any year\b", re.IGNORECASE
)
_WHICH_OF = re.compile(
    r"\bor (?:in )?(?:19|20)\d\d\b|\bwhich (?:year |one )?(?:was|is|had|has|saw)\b", re.IGNORECASE
)
_THAN_ALL = re.compile(r"^(?:(?!\band\b|,).)+\bthan\b", re.IGNORECASE)
"""One place alone is named before those that it is held against."""
_THAN_PEAK = re.compile(
    r"\bthan (?:at|in|during) (?:the |its |their )?(?:peak|height|record|maximum|highest)", re.IGNORECASE
)
_MOVES = (Slot.UP, Slot.DOWN, Slot.CHANGE, Slot.FACTOR, Slot.COMPARE, Slot.DIFFERENCE, Slot.SHARE, Slot.TREND)


def choose_aim(clues: Clues, question: Question, ranking: Ranking | None, *, back: bool) -> Aim | None:
    """Return what has to be said first of what is found; None where the figures say it themselves.

    `back`: the later of two years is what the earlier one is compared with.
    """
    whether = WHETHER.match(clues.text) is not None
    if find_joined(clues):  # “more displaced people than refugees”: two counts
        return None
    if clues.claims and not clues.has(Slot.SHARE):
        return _aim_at_number(clues, question) if whether else None
    if clues.left_out:
        return Aim(AimKind.WITHOUT)
    if isinstance(question, AskTop) and ranking:
        aim = _aim_at_place(clues, question, ranking.rank, whether=whether)
        return aim or list_so_many(clues, question)
    if clues.has(Slot.SHARE) and (ranking or has_whole(question)):
        return _aim_at_share(clues, AimKind.SHARE) or Aim(AimKind.SHARE)
    if isinstance(question, AskPeriod):
        return Aim(AimKind.AVERAGE) if clues.says(AVERAGE) and not question.against else None
    if not isinstance(question, AskTrend):
        return Aim(AimKind.SOME, True) if whether and not clues.has(Slot.CHANGES, Slot.HISTORY) else None
    if whether and clues.has(Slot.MAJORITY) and question.measure.nature is Nature.RATE:
        return Aim(AimKind.ABOVE, True, 1, 1 / 2)
    sign = -1 if clues.says(_FEWER) else 1
    if len(question.places) > 1:
        return _aim_at_several(
            clues, len(question.places), whether=whether and not clues.says(_EITHER), sign=sign
        )
    return _aim_at_line(clues, question, sign, whether=whether, back=back)


def _aim_at_number(clues: Clues, question: Question) -> Aim | None:
    """Return a number of which it is asked whether it is so: “does Uganda host 1.9 million refugees?”."""
    if not isinstance(question, AskTrend) or len(clues.stated) > 1 or len(question.places) > 1:
        return None
    of_one_year = question.first in (None, question.last) and question.per is Per.NONE
    number = clues.stated[0]
    if not of_one_year or number.form is not NumberForm.COUNT or clues.has(*_MOVES):
        return None
    return Aim(AimKind.ABOVE, True, 0, number.low, number.bound)


def _aim_at_share(clues: Clues, point: AimKind) -> Aim | None:
    """Return the share of which it is asked whether it is so: “do more than 40% of refugees live in …?”."""
    if not clues.shares:
        return None
    share = clues.shares[0].value
    sign = {Bound.OVER: 1, Bound.UNDER: -1}.get(share.bound, 0)
    return Aim(point, True, sign, share.value, share.bound)


def choose_across(clues: Clues) -> Aim | None:
    """Return what two figures are held against each other for, each of a place in a year of its own."""
    whether = WHETHER.match(clues.text) is not None and not clues.says(_EITHER)
    return _aim_at_pair(clues, whether=whether, sign=-1 if clues.says(_FEWER) else 1)


def _aim_at_line(clues: Clues, question: AskTrend, sign: int, *, whether: bool, back: bool) -> Aim | None:
    """Return what is asked of one place: its highest year, when it passed a number, how far it moved."""
    either = clues.says(_EITHER)
    ordered = clues.has(Slot.MOST, Slot.LEAST)
    if clues.has(Slot.WHICH_YEAR) and ordered and clues.has(Slot.UP, Slot.DOWN, Slot.CHANGE):
        return Aim(AimKind.JUMP, sign=-1 if clues.has(Slot.DOWN) else 1)
    if clues.says(_RANGE) and not clues.has(Slot.UP, Slot.DOWN):
        return Aim(AimKind.RANGE)
    passing = clues.says(_EVER) or (clues.has(Slot.WHICH_YEAR, Slot.PASSED) and not whether)
    floor = clues.floors[0].value if clues.floors else None
    if question.per is Per.INHABITANTS and (per := _read_so_many(clues, question)):
        return Aim(AimKind.PER_SO_MANY, value=per)
    if clues.has(Slot.EACH_DAY):
        alone = question.first in (None, question.last) and not floor
        return Aim(AimKind.EACH_DAY) if alone and question.measure.nature is Nature.FLOW else None
    if floor and passing:
        return Aim(AimKind.PASSED, whether, floor.sign, floor.value)
    group = isinstance(question.places[0].asylum or question.places[0].origin, Group)
    extreme = ordered and not (clues.years or whether or group or clues.has(*_MOVES))
    of_years = clues.has(Slot.WHICH_YEAR) and (ordered or clues.says(_MORE))
    extreme = extreme or (whether and ordered and clues.says(EXTREME_SINCE))
    sign = 1 if clues.says(_THAN_PEAK) else sign
    if clues.has(Slot.RECORD) or of_years or names_either(clues) or extreme:
        sign = -1 if clues.has(Slot.LEAST) else sign
        return None if clues.has(Slot.DOWN) else Aim(AimKind.RECORD, whether and not either, sign)
    if whether and not either and not is_of_arrivals(clues, question):
        return _aim_at_one(clues, question, sign, back=back)
    return _aim_at_years(clues, back=back)


def has_whole(question: Question) -> bool:
    """Say whether the first place of a trend is what all others are parts of."""
    if not isinstance(question, AskTrend) or len(question.places) == 1:
        return False
    whole, part, *_ = question.places
    sides = ((whole.origin, part.origin), (whole.asylum, part.asylum))
    return any(one is None and other is not None for one, other in sides)


def _read_few(clues: Clues) -> int | None:
    """Read of how many the share is asked for: “what share comes from the top five countries?”."""
    few = _FEW.search(clues.text) if clues.has(Slot.SHARE, Slot.MAJORITY) else None
    return count(few[1]) if few else None


def names_either(clues: Clues) -> bool:
    """Say whether it is asked which of several years has more: “was it higher in 2015 or in 2016?”."""
    return len(clues.years) > 1 and clues.says(_WHICH_OF) and clues.says(_MORE)


def _aim_at_years(clues: Clues, *, back: bool) -> Aim | None:
    """Say how far one year is from another, in the way that it is asked for."""
    if clues.says(_PERCENT) and clues.has(Slot.CHANGE, Slot.UP, Slot.DOWN, Slot.DIFFERENCE):
        return Aim(AimKind.PERCENT, back=back)
    if clues.has(Slot.FACTOR):
        return Aim(AimKind.TIMES, back=back)
    if clues.has(Slot.EACH_YEAR) and not clues.has(*_MOVES[:-1]):
        return Aim(AimKind.EACH)
    return Aim(AimKind.DIFFERENCE, back=back) if clues.has(Slot.DIFFERENCE) else None


def is_of_arrivals(clues: Clues, question: Question) -> bool:
    """Say whether it is asked how many come, and those who live there are counted."""
    if not isinstance(question, AskTrend) or question.measure is not Measure.REFUGEES:
        return False
    moves = clues.has(Slot.EACH_YEAR, Slot.UP, Slot.DOWN, Slot.CHANGE) or clues.says(_MORE)
    return len(question.places) == 1 and moves and clues.has(Slot.CAME, Slot.TOOK, Slot.GOT)


def _aim_at_place(clues: Clues, question: AskTop, rank: int | None, *, whether: bool) -> Aim | None:
    if question.of is None:
        shares = question.measure.nature is not Nature.RATE and question.by is RankBy.AMOUNT
        few = _read_few(clues) if shares else None
        return _aim_at_few(clues, few, whether=whether) if few else None
    if clues.has(Slot.SHARE, Slot.MAJORITY):
        asked = _aim_at_share(clues, AimKind.SHARE)
        return asked or Aim(AimKind.SHARE, whether and clues.has(Slot.MAJORITY))
    if not whether and clues.has(Slot.COUNTRIES) and clues.says(_MORE) and question.order is Order.LARGEST:
        return Aim(AimKind.AHEAD, sign=-1 if clues.says(_FEWER) else 1)
    down = -1 if question.order is Order.SMALLEST else 1
    if whether and clues.says(_ANY_OTHER):
        plain = question.order is Order.LARGEST and not clues.says(_FEWER)
        return Aim(AimKind.ANY_AHEAD, True) if plain else None
    among = _AMONG.search(clues.text)
    if whether and among:
        return Aim(AimKind.AMONG_FIRST, True, down, count(among[1] or among[2]))
    return Aim(AimKind.FIRST, True, down, rank or 1) if whether else None


def _aim_at_few(clues: Clues, few: int, *, whether: bool) -> Aim:
    asked = _aim_at_share(clues, AimKind.TOP_SHARE) or Aim(
        AimKind.TOP_SHARE, whether and clues.has(Slot.MAJORITY)
    )
    return replace(asked, few=few)


def _read_so_many(clues: Clues, question: AskTrend) -> int | None:
    """Read per how many inhabitants a figure is asked for, where that is not how it is told."""
    per = _PER.search(clues.text)
    if per is None:
        return None
    number = _SO_MANY_HEADS.get(per[1].casefold()) or int(per[1].replace(",", "").replace(".", ""))
    return number if number > 1 and number != INHABITANTS[question.measure.nature] else None


def list_so_many(clues: Clues, question: AskTop) -> Aim | None:
    """Read how many are to be listed, more than are without being asked for: “top ten”."""
    many = _SO_MANY_FIRST.search(clues.text)
    number = next((count(each) for each in many.groups() if each), 0) if many and not question.picks else 0
    return Aim(AimKind.LISTED, value=number) if number > SHOWN else None


def _aim_at_several(clues: Clues, count: int, *, whether: bool, sign: int) -> Aim | None:
    """Return what is asked of `count` places together, or of two beside each other."""
    if clues.has(Slot.TOGETHER, Slot.TOTAL) and not clues.has(Slot.COMPARE):
        return Aim(AimKind.TOGETHER)
    if sum(each.value.single is not None for each in clues.years) > 1:  # each in a year of its own
        return None
    moved = clues.years and clues.has(Slot.UP, Slot.DOWN)
    if count == 2 and moved and (clues.says(_EITHER) or clues.says(_MORE)):  # noqa: PLR2004 - a pair
        return Aim(AimKind.MOVED_MORE, whether, -1 if clues.has(Slot.DOWN) else 1)
    ordered = clues.says(_MORE) or clues.has(Slot.MOST, Slot.LEAST)
    either = clues.says(_EITHER) or clues.says(ONE_OF)
    if either and ordered and not (moved or clues.has(Slot.FACTOR, Slot.DIFFERENCE)):
        return Aim(AimKind.WHICH, sign=-1 if clues.has(Slot.LEAST) else sign)
    if count > 2:  # noqa: PLR2004 - one against all others
        after = clues.says(_THAN_ALL) and whether and not clues.has(Slot.FACTOR, Slot.DIFFERENCE)
        return Aim(AimKind.MORE, True, sign) if after else None
    return _aim_at_pair(clues, whether=whether, sign=sign)


def aim_at_places(clues: Clues, question: AskTrend) -> Aim | None:
    """Return what a text asks of the places of an answer: “total?”, “who had more?”, “the difference?”."""
    if clues.has(Slot.TOTAL, Slot.TOGETHER):
        return Aim(AimKind.TOGETHER)
    if clues.says(_MORE) or clues.has(Slot.MOST, Slot.LEAST):
        return Aim(AimKind.WHICH, sign=-1 if clues.says(_FEWER) or clues.has(Slot.LEAST) else 1)
    pair = len(question.places) == 2  # noqa: PLR2004 - a difference is of two
    return Aim(AimKind.DIFFERENCE) if pair and clues.has(Slot.DIFFERENCE) else None


def _aim_at_pair(clues: Clues, *, whether: bool, sign: int) -> Aim | None:
    if clues.has(Slot.FACTOR):
        factor = read_factor(clues)
        asked = whether and (factor or 0) > 1
        if not asked:
            return Aim(AimKind.TIMES)
        return Aim(AimKind.MORE, True, 1, factor, read_bound(clues), is_exact(clues))
    if clues.has(Slot.DIFFERENCE) or (clues.says(_EITHER) and clues.says(_MORE)):
        return Aim(AimKind.DIFFERENCE, sign=sign)
    if clues.has(Slot.COMPARE) and whether:
        return Aim(AimKind.MORE, True, sign)
    return None


def _aim_at_one(clues: Clues, question: AskTrend, sign: int, *, back: bool) -> Aim | None:
    shared = question.measure.nature is Nature.RATE or question.per is Per.INHABITANTS
    if shared and (asked := _aim_at_share(clues, AimKind.ABOVE)):
        return asked
    part = find_part(clues)
    if part and not clues.floors:
        return _aim_at_part(clues, part, back=back)
    if clues.has(Slot.FACTOR):
        factor = read_factor(clues)
        sign = 1 if (factor or 2) > 1 else -1
        return Aim(AimKind.CHANGED, True, sign, factor, read_bound(clues), is_exact(clues), back)
    if clues.has(Slot.UP, Slot.DOWN):
        up = clues.has(Slot.UP)
        point = AimKind.EVERY_YEAR if clues.says(_EVERY_YEAR) else AimKind.CHANGED
        return None if up and clues.has(Slot.DOWN) else Aim(point, True, 1 if up else -1, back=back)
    if clues.floors:
        floor = clues.floors[0].value
        return Aim(AimKind.ABOVE, True, floor.sign, floor.value / 100 if floor.percent else floor.value)
    if clues.has(Slot.COMPARE) or clues.says(_MORE):
        return Aim(AimKind.CHANGED, True, sign, back=back)
    if clues.has(Slot.MOST, Slot.LEAST) or clues.says(_SO_MANY) or clues.says(_QUALIFIED):
        return None
    return Aim(AimKind.SOME, True)


def _aim_at_part(clues: Clues, part: re.Match[str], *, back: bool) -> Aim:
    """Hold a change against a part of what there was: “by more than half”; “by 30%” alone asks how far."""
    factor = read_part(part, falling=clues.has(Slot.DOWN))
    if factor is None:
        return Aim(AimKind.PERCENT, back=back)
    bound = Bound.OVER if part["bound"] else Bound.PLAIN
    return Aim(AimKind.CHANGED, True, 1 if factor > 1 else -1, factor, bound, back=back)
