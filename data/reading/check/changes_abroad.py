"""Comparisons as other languages than English make them: “um 30 Prozent gestiegen”, “el doble”. Pure."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

from data.reading.abroad import say_abroad
from data.reading.check.claim import Comparison, TrendClaim
from data.reading.numbers import UNITS_ABROAD, NumberForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.reading.numbers import Quantity
    from data.reading.words import Mention

MAX_COUNT = 60
"""Of each kind; no more claims are read in a text."""
_REACH, _BEHIND = 110, 70
_PART = r"(?:[^,.;:()\d]|(?<!\d)(?:19|20)\d\d(?!\d)|\((?:19|20)\d\d\))"
"""What stands within a part of a sentence, where no other number is named."""
_STATED = r"\d[\d.,\u00a0\u202f ]*(?:(?:mio|mil|million|mill)\w*\.? ?)?"


@cache
def _read_table(name: str) -> dict[str, str]:
    table = files(__package__).joinpath(name).read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.reader(table.splitlines()[1:]):
        found.setdefault(row[0], []).append(row[1])
    return {kind: "|".join(wordings) for kind, wordings in found.items()}


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """Put the wordings of `changes.csv` in: `<up>` for those of a rise."""
    table = _read_table("changes.csv")
    filled = _WORDINGS.sub(lambda hit: f"(?:{table[hit[1]]})", pattern)
    return re.compile(filled, re.IGNORECASE)


_WORDINGS = re.compile(r"(?<!\?P)<([\w ]+)>")


_EITHER = r"(?<!\w)(?:(?P<up><up>)|(?P<down><down>))(?!\w)"
_CHANGED_BY = rf"{_EITHER}{_PART}{{0,50}}?(?:(?<=['’])|(?<= ))(?:<by>(?:(?<=['’])| ))+$"
_BY_AT_THE_END = r"(?<!\w)(?:<by at the end>) (?:<by> )*$"
_AT_THE_END = rf"{_PART}{{0,60}}?{_EITHER}"
_ALONG = rf"{_PART}{{0,60}}? (?:(?P<up>zu)|(?P<down>ab|zurück))(?!\w)"
_NAHM = rf"(?<!\w)(?:<nahm>|<zurück>)(?!\w){_PART}{{0,60}}$"
_MORE_BEHIND = (
    r"(?: de (?:\w+ ){1,3}(?:(?P<plus>plus)|(?P<moins>moins))"
    rf"|{_PART}{{0,30}}? (?:(?P<up><more>)|(?P<down><less>)))(?!\w)"
)
_SIGNED = r"(?P<open>\() ?(?:(?P<up>\+ ?|plus )|(?P<down>[-−–] ?|minus ))$"
_COMPARED = rf"(?<!\w)<than>(?:(?<=['’])| ){_PART}{{1,50}}$"
_LEADING_TO = (
    rf"(?P<said>{_EITHER}{_PART}{{0,60}}?(?: (?:<from>) ?(?P<base>{_STATED}){_PART}{{0,30}}?)?"
    r"(?<!frente)(?<!respecto)(?<!rapport)(?<!comparé)(?<!comparée)(?<!comparaison)(?<!rispetto)"
    r" <to>)(?: (?:<by>|las|los|les|le|un|eine?n?|record|rekord\w*|neuen?|nuevo|máximo|de|von|tiefstand"
    r"|nouveau|niveau) ?){0,6} ?$"
)
_PASSED = (
    rf"(?P<said>(?<!\w)<passed>{_PART}{{0,40}}? ?<from> ?(?P<base>{_STATED}){_PART}{{0,40}}? <to>)"
    r"(?: (?:<by>|las|los|les) ?){0,4} ?$"
)
_TO_AT_THE_END = (
    rf"(?:(?:<from>) (?P<base>{_STATED}){_PART}{{0,30}}? )?(?<!\w)(?:<to at the end>) (?:<by> )*$"
)
_PLAIN = (
    rf"{_EITHER}(?= {_PART}{{0,30}}?(?<!\w)<than>(?!\w))"
    rf"|(?<!\w)<than>(?:(?<=['’])| ){_PART}{{1,60}}?(?<!\w)(?:(?P<more><up>)|(?P<less><down>))(?!\w)"
    r"|(?<!\w)(?:(?P<rather>mehr|höher|plus|más|più|meer|mais)|(?P<fewer>weniger|niedriger|moins|menos|meno"
    rf"|minder)){_PART}{{0,60}}? (?:als|que?|qu['’](?:en|à|au)|che|dan|do que)"
    r"(?:(?<=['’])| )"
    r"(?:(?:noch |en |im |in |jahr |el |año |l['’]|a |à |dem |am |ende |fin |au |de |der )*)"
    r"(?=(?:19|20)\d\d|vorjahr|année (?:préc|dern|d['’]av)|an derni|année d|año (?:ant|pas|prev)"
    r"|vergangen|letzt|jahr zuvor)"
)


_RECORD = (
    r"(?<!\w)(?:(?:<ever>)(?!\w)|(?P<few><never so few>)(?!\w)"
    r"|(?P<second><nth>[ -]?)?(?:(?P<highest><highest>)|(?P<lowest><lowest>))"
    rf"{_PART}{{0,40}}?(?: (?=<since> (?:dem jahr |l['’]année |el año |el |l['’])?(?:19|20)\d\d)"
    rf"| <of all time>(?!\w)| (?:<over>) (?P<count>\d{{1,2}}|{'|'.join(UNITS_ABROAD)}) <years>(?!\w)))"
)


def find_changes(text: str, numbers: Sequence[Mention[Quantity]]) -> tuple[Comparison, ...]:
    """Find what is said in other languages than English of where a figure went; `numbers` are the text's."""
    found = [
        *_read_percents(text, numbers),
        *_read_leading(text, numbers),
        *islice(_read_multiples(text), MAX_COUNT),
        *islice(_read_records(text), MAX_COUNT),
    ]
    taken = [(each.start, each.end) for each in found]
    plain = (
        each
        for each in islice(_read_plain(text), MAX_COUNT)
        if not any(start - 4 <= each.end and each.start <= end + _REACH // 2 for start, end in taken)
    )
    return (*found, *plain)


def find_directions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """List where this part of a text says that something rose or fell, or by what factor."""
    return [
        hit.span()
        for pattern in (_compile(_EITHER), _multiples())
        for hit in pattern.finditer(text, start, end)
    ]


def _read_percents(text: str, numbers: Sequence[Mention[Quantity]]) -> Iterator[Comparison]:
    for number in numbers:
        if number.value.form is NumberForm.PERCENT and (found := _read_percent(text, number)):
            up, start, end = found
            compared = _compile(_COMPARED).search(text, max(0, start - _REACH), start)
            yield Comparison(
                compared.start() if compared else start,
                end,
                TrendClaim.UP if up else TrendClaim.DOWN,
                percent=number.value,
            )


def _read_percent(text: str, number: Mention[Quantity]) -> tuple[bool, int, int] | None:
    """Return whether a percentage is said to be a rise, or a fall, and where that is said."""
    begin, start, end = max(0, number.start - _REACH), number.start, number.end
    if signed := _compile(_SIGNED).search(text, begin, start):
        return bool(signed["up"]), signed.end("open"), end
    if before := _compile(_CHANGED_BY).search(text[begin:start]):
        return bool(before["up"]), begin + before.start(), end
    by = _compile(_BY_AT_THE_END).search(text[begin:start])
    if by and (behind := _compile(_AT_THE_END).match(text, end, end + _BEHIND)):
        return bool(behind["up"]), begin + by.start(), behind.end()
    verb = _compile(_NAHM).search(text[begin : begin + by.start()] if by else "")
    if by and verb and (behind := _compile(_ALONG).match(text, end, end + _BEHIND)):
        return bool(behind["up"]), begin + verb.start(), behind.end()
    if behind := _compile(_MORE_BEHIND).match(text, end, end + _BEHIND):
        return bool(behind["up"] or behind["plus"]), start, behind.end()
    return None


def _read_leading(text: str, numbers: Sequence[Mention[Quantity]]) -> Iterator[Comparison]:
    """Read where a number is said to have gone to: “sank auf”, “est passé de 5 000 à”, “cayó a”."""
    for number in numbers:
        if number.value.form is not NumberForm.COUNT:
            continue
        begin = max(0, number.start - _REACH)
        before = text[begin : number.start]
        if _compile("(?<!\\w)(?:<slowly>)(?!\\w)").search(before):
            continue
        hit = _compile(_LEADING_TO).search(before)
        passed = None if hit else _compile(_PASSED).search(before)
        led = hit or passed
        if led:
            base = _find_base(numbers, begin + led.start("base")) if led["base"] else None
            if led["base"] and base is None:
                continue
            up = bool(hit["up"]) if hit else base is not None and number.value.low > base.low
            end = led.start("base") if base else led.end("said")  # the one it comes from stands for itself
            yield _lead(
                text,
                begin + led.start("said"),
                begin + end,
                number,
                base,
                up=up,
                until=begin + led.end("said"),
            )
            continue
        to = _compile(_TO_AT_THE_END).search(before)
        behind = to and _compile(_AT_THE_END).match(text, number.end, number.end + _BEHIND)
        along = (
            _compile(_ALONG).match(text, number.end, number.end + _BEHIND)
            if to and not behind and _compile(_NAHM).search(before[: to.start()])
            else None
        )
        if to and (last := behind or along):
            base = _find_base(numbers, begin + to.start("base")) if to["base"] else None
            up = bool(last["up"])
            end = to.start("base") if base else to.end()
            yield _lead(text, begin + to.start(), begin + end, number, base, up=up, until=last.end())


def _lead(
    text: str,
    start: int,
    end: int,
    number: Mention[Quantity],
    base: Quantity | None,
    *,
    up: bool,
    until: int = 0,
) -> Comparison:
    return Comparison(
        start,
        end,
        TrendClaim.UP if up else TrendClaim.DOWN,
        said=" ".join(text[start : until or end].split()),
        leads=number.start,
        base=base,
    )


def _find_base(numbers: Sequence[Mention[Quantity]], start: int) -> Quantity | None:
    return next((each.value for each in numbers if each.start == start), None)


def _read_multiples(text: str) -> Iterator[Comparison]:
    for hit in _multiples().finditer(text):
        times = _TIMES[int((hit.lastgroup or "t0")[1:])]
        if ELSEWHERE.match(text, hit.end()):
            continue
        before = text[max(0, hit.start() - _SOFTENED_REACH) : hit.start()]
        yield Comparison(
            hit.start(),
            hit.end(),
            TrendClaim.UP if times > 1 else TrendClaim.DOWN,
            times=times,
            at_least=_AT_LEAST.search(before) is not None,
            about=_ABOUT.search(before) is not None,
        )


_TIMES = tuple(float(times) for times in _read_table("multiples.csv"))


@cache
def _multiples() -> re.Pattern[str]:
    words = enumerate(_read_table("multiples.csv").values())
    return re.compile(
        "|".join(rf"(?P<t{place}>(?<!\w)(?:{each})(?!\w))" for place, each in words), re.IGNORECASE
    )


_SOFTENED_REACH = 30
_AT_LEAST = re.compile(
    r"(?<!\w)(?:mehr als|über|mindestens|plus (?:que |de |d['’]?)?|au moins"
    r"|más (?:de|del|que)(?: se| se ha\w*)?"
    r"|oltre|più (?:che|di|del)|meer dan|mais (?:de|do|que))(?: (?:ha|han|hat|a|ont))? ?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?<!\w)(?:fast|nahezu|beinahe|rund|etwa|knapp|annähernd|presque|près du|quasiment|environ|casi(?: se)?"
    r"|prácticamente|cerca del?|quasi|circa|bijna|ongeveer)(?: (?:ha|han|hat|a|ont|été|se))* ?$",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"(?: (?:de |d['’])?[^\W\d]+){0,4}? (?:wie|als|que?|qu['’]|che|dan|do que|de(?: los| las)? que"
    r"|de(?= (?:la |l['’]|los |las )?(?-i:[A-Z])))"
    r"(?:(?<=['’])| )(?:(?:in|im|en|au|aux|a|la|le|les|los|las|el|de[rmn]?|l['’])(?:(?<=['’])| ))*"
    r"(?!jahr|vorjahr|januar|juni|dezember|ende)(?-i:[A-ZÉ])",
    re.IGNORECASE,
)
"""Another place, beside which a factor sets this one: “doppelt so viele wie in Italien”."""


def _read_records(text: str) -> Iterator[Comparison]:
    for hit in _compile(_RECORD).finditer(text):
        if _NEARLY.search(text, max(0, hit.start() - _SOFTENED_REACH), hit.start()):
            continue  # near a record is none
        low = hit["few"] or hit["lowest"]
        counted = hit["count"]
        yield Comparison(
            hit.start(),
            hit.end(),
            TrendClaim.LOW if low else TrendClaim.RECORD,
            over=(int(counted) if counted.isdecimal() else UNITS_ABROAD[counted.lower()])
            if counted
            else None,
            nth=2 if hit["second"] else 1,
        )


def _count(said: str) -> int:
    return int(said) if said.isdecimal() else UNITS_ABROAD[said.lower()]


_NEARLY = re.compile(
    rf"(?<!\w)(?:{say_abroad('nearly')}) (?:ein\w{{0,2}} |une? |au |le |el |al |un nuevo )?$", re.IGNORECASE
)


def _read_plain(text: str) -> Iterator[Comparison]:
    for hit in _compile(_PLAIN).finditer(text):
        up = hit["up"] or hit["more"] or hit["rather"]
        yield Comparison(hit.start(), hit.end(), TrendClaim.UP if up else TrendClaim.DOWN)
