"""Comparisons that a text makes: “more than double”, “down 27%”, “a record”, “revised upward”. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from data.reading.abroad import say_abroad
from data.reading.check.changes_abroad import ELSEWHERE, find_changes
from data.reading.check.claim import Comparison, TrendClaim
from data.reading.numbers import NumberForm
from data.reading.years import DECADE, count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.reading.numbers import Quantity
    from data.reading.words import Mention

MAX_COUNT = 200

ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}  # fmt: skip
_UP = (
    "rose|risen|rises?|rising|increas(?:e|ed|es|ing)|up|jump(?:ed|s)?|surg(?:e|ed|es)|grew|grown|growth|climb(?:ed|s)?"
    "|soar(?:ed|s)?|higher|more"
)
_DOWN = (
    "fell|fallen|falls?|falling|drop(?:ped|s)?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|down|plung(?:ed|es?)"
    "|plummeted|shrank|lower|fewer|less|reduction"
)
_SOFTENED = r"(?:(?:by|of|about|around|nearly|almost|more than|over|roughly|some|a|an|further|another) ){0,3}"
_BEFORE = re.compile(
    rf"(?<!made )(?<!make )(?<!makes )(?<!making )\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})) {_SOFTENED}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ -](?:(?:sharp|steep|year-on-year|annual|slight|overall) )?"
    rf"(?:(?P<up>{_UP}|above)|(?P<down>{_DOWN}|below))\b",
    re.IGNORECASE,
)
_REACH = 48

_ROSE = (
    "rose|risen|rises?|rising|increas(?:e|ed|es|ing)|jump(?:ed|s)?|surg(?:e|ed|es|ing)|grew|grown|grows?"
    "|growing|climb(?:ed|s|ing)?|soar(?:ed|s|ing)?|explod(?:e|ed|es)|swell(?:ed|s)?|swollen|went up"
    "|rocket(?:ed|s)?"
)
_FELL = (
    "fell|fallen|falls?|falling|drop(?:ped|s|ping)?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|down"
    "|went down|plung(?:e|ed|es|ing)|plummet(?:ed|s)?|shr[aiu]nk(?:s|ing)?|sank|sunk|tumbl(?:ed?|es)"
    "|slump(?:ed|s)?|dwindl(?:ed?|es)|collapsed"
)
_LEADING_TO = re.compile(
    rf"(?P<said>\b(?P<verb>(?P<up>{_ROSE})|(?P<down>{_FELL}))\b"
    r"(?: (?!from\b|by\b|to\b)(?:[a-z]+|(?:19|20)\d\d)){0,4}?"
    r"(?: from (?P<base>\d[\d.,]*(?: million)?)(?: (?!to\b)[a-z]+){0,2})?,? to)"
    r"(?: (?:(?:a|an|its|the|new|all-time|record|high|low|peak|level|number|figure|total|of|just|only"
    r"|about|around|some|nearly|almost|over|more|than|roughly|under|well) ?){0,7})? ?$",
    re.IGNORECASE,
)
"""“Rose to”, “fell sharply last year to a record low of”, “dropped from 3.5 million to”."""

_GRADUAL = re.compile(
    r"\b(?:gradually|steadily|over (?:the )?(?:years|time|(?:past|last|previous) \w+)"
    r"|in recent (?:years|months)|decades?|eventually|expected|projected|likely"
    r"|will|would|could|may|might)\b",
    re.IGNORECASE,
)
"""What is said to have gone so was not so in one year, or is not said to have been."""
_SENTENCE_END = re.compile(r"[.!?;](?:\s|$)")
_FROM_NUMBER = re.compile(
    r"(?! and\b)[^.;\d]{0,40}(?:(?:19|20)\d\d)?,?(?: up| down)? (?:from|compared (?:with|to)|against)"
    r" (?:(?:about|around|some|nearly|almost|over|just|only|more than|roughly) )*(?=\d)",
    re.IGNORECASE,
)
"""“Rose to 229,740 in 2024, from 202,645 in 2014”."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MAX_SENTENCE = 200

_TIMES_WORDS = {
    "doubled": 2.0, "double": 2.0, "doubling": 2.0, "twice": 2.0, "twofold": 2.0, "two-fold": 2.0,
    "tripled": 3.0, "triple": 3.0, "tripling": 3.0, "threefold": 3.0, "three-fold": 3.0, "three times": 3.0,
    "quadrupled": 4.0, "quadruple": 4.0, "fourfold": 4.0, "four-fold": 4.0, "four times": 4.0,
    "five times": 5.0, "fivefold": 5.0, "ten times": 10.0, "tenfold": 10.0,
    "half as many again": 1.5, "half as much again": 1.5, "halved": 0.5, "half the number": 0.5,
    "half the level": 0.5, "half as many": 0.5,
}  # fmt: skip
_MIN_COUNT = r"\b(?:more than|over|at least|well over) "
_TIMES = re.compile(
    rf"(?P<least>{_MIN_COUNT})?\b(?P<word>{'|'.join(sorted(_TIMES_WORDS, key=len, reverse=True))})\b"
    rf"|(?P<most>{_MIN_COUNT})?\b(?P<number>[0-9]{{1,3}}(?:\.[0-9])?)(?: times|[- ]?fold)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|around|roughly|nearly|almost|some|close to) $", re.IGNORECASE)
_RECORD = re.compile(
    r"(?<!on )(?<!the )(?<!their )(?<!criminal )\b(?:all-time |new |a )?"
    r"record(?= (?:high|levels?|numbers?|figures?|year|of|\d))|\brecord levels?\b"
    r"|\bmore than ever\b|\b(?:a )?new (?:high|peak)(?= (?:of|at|with)\b)"
    r"|\b(?:all-time highs?|highest (?:ever|on record|levels?|(?:number|figure)s? (?:ever|on record))"
    r"|record-breaking)\b"
    r"|\b(?<!el )(?<!del )(?<!le )(?<!o )(?<!su )(?:un )?(?:nouveau |nuevo )?(?:récord|recorde)\b"
    r"(?! de (?:18|19|20)\d\d)"
    r"|\b(?<!den )(?<!der )(?<!vom )rekord(?:e|hoch|wert|zahl|stand|jahr)?\b"
    r"|\b(?:máximo histórico|niveau (?:historique|record)|(?:plus (?:haut|élevé)|plus grand) \w+ jamais \w+"
    r"|jamás registrad[oa]|mai registrat[oai])\b",
    re.IGNORECASE,
)
_YEARS = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty)"
_EXTREME = re.compile(
    rf"\b(?:a|an|its|their|the) (?P<years>{_YEARS})[- ]year[- ](?:(?P<high>high|record|peak)|(?P<low>low))\b"
    r"|\b(?:(?P<most>highest|largest|biggest|most)|(?P<least>lowest|smallest|fewest|least))"
    r"(?: (?:annual |yearly )?(?:number|figure|level|total|count|tally|influx|intake)s?)?"
    r"(?: (?:of|for) (?:[\w'’-]+ ?){1,5}?)?,? ?(?:ever )?"
    r"(?=(?:since|before) (?!then|the (?:start|beginning))"
    rf"|(?:in|for|over) (?:(?:over|more than|nearly|almost|about|at least|the (?:last|past)) )*"
    rf"(?:(?P<count>{_YEARS}) years|(?P<decade>a decade|(?:the )?(?:last|past) decade)"
    r"|(?P<two>two decades))\b"
    r"|(?:in|of) (?:the country['’]s|its|their|recorded|modern) (?:\w+ )?history|(?:ever )?recorded\b)"
    r"|(?<=[a-z,:–—(] )(?:a|its|their|an? all-time|a new) record(?=\s*(?:[.,;:!)–—]|$|for |in |since ))"
    r"|\b(?P<bottom>all-time lows?|record lows?|new low(?= (?:of|at|with)\b)|lowest (?:ever|on record))\b",
    re.IGNORECASE,
)
"""“The highest since 2016”, “a 22-year high”, “…, a record.”"""

_NEARLY = re.compile(
    rf"\b(?:near|nearly|close to|{say_abroad('nearly')})[ -]"
    r"(?:the |a |an |its |their |ein\w{0,2} |une? |au |le |el |al |un nuevo )?$",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"\b(?:revised|corrected|adjusted)(?: even)?(?: further)?"
    r" (?P<way>upwards?|up|higher|downwards?|down|lower)\b|\b(?:upward|downward)(?= revisions?\b)",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"\b(?:(?P<up>up|rise|increase|jump|surge|growth|higher|above|rose|increased|grew)"
    r"|(?P<down>down|drop|decline|decrease|fall|lower|below|fell|declined|dropped|reduction)"
    r"|(?P<fewer>fewer|less)(?= than (?:at|in|during|on|an? year|the (?:peak|record|high|year|previous)))"
    r"|(?P<greater>more)(?= than (?:at|in|during|an? year|the (?:year|previous))\b(?! any)))"
    r" (?:(?:sharply|slightly|markedly|significantly|again) )?"
    r"(?:from|compared (?:with|to)|relative to|on|than|over|since|(?=the (?:levels?|highs?|record|peak)))\b",
    re.IGNORECASE,
)


_COMPARED_WITH = re.compile(
    r"(?:\b(?:from|after|versus|vs\.?|against|contre|contra|nach|von|frente a(?: los)?|tegen)"
    r" (?:(?!in\b|en\b|im\b)(?-i:[a-z]+) ){0,2}\d[\d,. ]*(?: (?!to\b|and\b|y\b|et\b|und\b)[^\W\d_-]+){0,4}"
    r"|\b(?:compared (?:with|to)|against|más que|menos que|par rapport (?:à|au)|comparée?s? (?:à|avec)"
    r"|en comparaison (?:de|avec)|en comparación con|con respecto a"
    r"|respecto (?:a|al|del?)|frente a|comparado con"
    r"|im vergleich (?:zu|mit)|gegenüber|verglichen mit|rispetto (?:a|al)|em relação a|em comparação com"
    rf"|ten opzichte van|vergeleken met|in comparison (?:with|to)"
    rf"|{say_abroad('compared with')})\b[^;:.()]{{0,40}}"
    rf"|\b(?:than|als|que|qu['’](?:en|à|au))"
    rf"(?: in| during| at| that of| those of| im| en)?|\b(?:{say_abroad('than')}))"
    r"(?:(?<=['’])| )"
    r"(?:the |the year |jahr |dem jahr |en |el año |l['’]année |l['’]anno |al |el )?(?:end of )?$",
    re.IGNORECASE,
)
_WERE = re.compile(rf"\d{{4}} (?:{say_abroad('were')})\b", re.IGNORECASE)
"""“2021 waren es nur 39.900”: what that year had is set beside another."""


def is_compared_with(text: str, start: int, *, bare: bool = False) -> bool:
    """Say whether the year at this place is only one that another is set beside: “up from 387,900 in 2017”.

    `bare`: no number is said of it, as in “more than in 2022”.
    """
    hit = _COMPARED_WITH.search(text, max(0, start - _REACH), start)
    if hit is None:
        return not bare and _WERE.match(text, start) is not None
    return not (bare and any(map(str.isdigit, hit[0])))


def find_comparisons(text: str, numbers: Sequence[Mention[Quantity]]) -> tuple[Comparison, ...]:
    """Find every comparison, in order; `numbers` are those of the text. Their bases are not known yet."""
    extremes = [*islice(_read_extremes(text), MAX_COUNT)]
    records = (  # “the highest level since 2016” is no record of all years
        each
        for each in islice(_read_records(text), MAX_COUNT)
        if not any(other.start < each.end and each.start < other.end for other in extremes)
    )
    found = [
        *_read_leading(text, numbers),
        *_read_percents(text, numbers),
        *islice(_read_times(text), MAX_COUNT),
        *islice(_read_revisions(text), MAX_COUNT),
        *records,
        *extremes,
    ]
    taken = [(each.start, each.end) for each in found]
    abroad = [
        each
        for each in find_changes(text, numbers)
        if not any(start < each.end and each.start < end for start, end in taken)
    ]
    taken += [(each.start, each.end) for each in abroad]
    plain = [
        each
        for each in islice(_read_plain(text), MAX_COUNT)
        if not any(start - 4 <= each.end and each.start <= end + _REACH for start, end in taken)
    ]
    return tuple(sorted((*found, *abroad, *plain), key=lambda each: each.start))


def _read_percents(text: str, numbers: Sequence[Mention[Quantity]]) -> Iterator[Comparison]:
    for number in numbers:
        if number.value.form is not NumberForm.PERCENT:
            continue
        before = _BEFORE.search(text[max(0, number.start - _REACH) : number.start])
        hit = before or _AFTER.match(text[number.end : number.end + _REACH])
        if hit:
            start = max(0, number.start - _REACH) + hit.start() if before else number.start
            trend_claim = TrendClaim.UP if hit["up"] else TrendClaim.DOWN
            end = number.end + (0 if before else hit.end())
            yield Comparison(start, end, trend_claim, percent=number.value)


def _read_leading(text: str, numbers: Sequence[Mention[Quantity]]) -> Iterator[Comparison]:
    """Read where a number is said to have gone to: from the year before, or from the number that is named."""
    for number in numbers:
        if number.value.form is not NumberForm.COUNT:
            continue
        begin = max(0, number.start - 2 * _REACH)
        hit = _LEADING_TO.search(text[begin : number.start])
        if hit is None:
            continue
        around = _find_around(text, begin + hit.start(), number.end)
        if _GRADUAL.search(text, *around):
            continue
        base = next((each for each in numbers if each.start == begin + hit.start("base")), None)
        behind = _FROM_NUMBER.match(text, number.end)
        base = base or next((each for each in numbers if behind and each.start == behind.end()), None)
        if hit["base"] is None or base:
            dated = len(_YEAR.findall(text, *around)) > 1  # then the number that it comes from has a year too
            yield Comparison(
                begin + hit.start(),
                begin + (hit.end("verb") if dated else hit.end("said")),
                TrendClaim.UP if hit["up"] else TrendClaim.DOWN,
                said=" ".join(hit["said"].split()),
                leads=number.start,
                base=base.value if base else None,
            )


def _find_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the sentence around a part of a text, as far as it is near."""
    near = max(0, start - MAX_SENTENCE)
    begin = max((hit.end() for hit in _SENTENCE_END.finditer(text, near, start)), default=near)
    after = _SENTENCE_END.search(text, end, end + MAX_SENTENCE)
    return begin, after.start() if after else min(len(text), end + MAX_SENTENCE)


_ELSEWHERE = re.compile(
    r",?(?: as (?:many|much|high|large|big)| more| the (?:number|figure|level|total))?(?: [a-z]+){0,3}?"
    r" (?:as|than|that|those|of|in)(?: (?:in|of|that|those))*(?: the)?"
    r" (?!(?:19|20)\d\d|January|June|December)(?-i:[A-Z])",
    re.IGNORECASE,
)
"""Another place, which a factor sets beside this one: “twice as many as in Italy”."""


def _read_times(text: str) -> Iterator[Comparison]:
    for hit in _TIMES.finditer(text):
        if _ELSEWHERE.match(text, hit.end()) or ELSEWHERE.match(text, hit.end()):
            continue
        times = _TIMES_WORDS[hit["word"].lower()] if hit["word"] else float(hit["number"])
        trend_claim = TrendClaim.UP if times > 1 else TrendClaim.DOWN
        least = bool(hit["least"] or hit["most"])
        about = _ABOUT.search(text, max(0, hit.start() - _REACH), hit.start()) is not None
        if times > 0:
            yield Comparison(hit.start(), hit.end(), trend_claim, times=times, at_least=least, about=about)


def _read_revisions(text: str) -> Iterator[Comparison]:
    for hit in _REVISED.finditer(text):
        down = (hit["way"] or hit[0]).lower().startswith(("down", "lower"))
        yield Comparison(hit.start(), hit.end(), TrendClaim.REVISED_DOWN if down else TrendClaim.REVISED_UP)


def _read_records(text: str) -> Iterator[Comparison]:
    for hit in _RECORD.finditer(text):
        if _NEARLY.search(text, max(0, hit.start() - _REACH), hit.start()):
            continue  # near a record is none
        yield _count_nth(text, Comparison(hit.start(), hit.end(), TrendClaim.RECORD))


def _read_extremes(text: str) -> Iterator[Comparison]:
    for hit in _EXTREME.finditer(text):
        low = hit["low"] or hit["least"] or hit["bottom"]
        years = hit["years"] or hit["count"]
        over = count(years) if years else DECADE if hit["decade"] else 2 * DECADE if hit["two"] else None
        if not _NEARLY.search(text, max(0, hit.start() - _REACH), hit.start()):
            trend_claim = TrendClaim.LOW if low else TrendClaim.RECORD
            yield _count_nth(text, Comparison(hit.start(), hit.end(), trend_claim, over=over))


_NTH = re.compile(rf"\b(?:{'|'.join(ORDINALS)})[ -]$", re.IGNORECASE)


def _count_nth(text: str, record: Comparison) -> Comparison:
    """Read “the second-highest figure on record” as what it is."""
    led = _NTH.search(text, max(0, record.start - _REACH), record.start)
    return replace(record, start=led.start(), nth=ORDINALS[led[0][:-1].lower()]) if led else record


def _read_plain(text: str) -> Iterator[Comparison]:
    for hit in _PLAIN.finditer(text):
        up = hit["up"] or hit["greater"]
        yield Comparison(hit.start(), hit.end(), TrendClaim.UP if up else TrendClaim.DOWN)
