"""A text in sentences, cleaned of markup, and what each of them names or implies. Pure."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

from data.countries.groups import read_groups
from data.model import Group, ReferencePeriod, Role
from data.reading.abroad import say_abroad
from data.reading.check.comparisons import find_comparisons, is_compared_with
from data.reading.check.shares import find_fractions
from data.reading.check.subjects import find_phones
from data.reading.check.tables import spread_heads
from data.reading.check.terms import find_terms
from data.reading.check.times import find_terms_of_office
from data.reading.numbers import UNITS_ABROAD, find_numbers
from data.reading.places import Naming, find_places
from data.reading.words import Mention, keep_longest
from data.reading.years import YearSpan, count, find_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.countries import Atlas
    from data.model import Area
    from data.reading.check.claim import Comparison, Term
    from data.reading.check.tables import TableCell
    from data.reading.numbers import Quantity


Value = TypeVar("Value")

MAX_NUMBERS = 60
"""Numbers that are read in one sentence; one with more is no prose."""

_COUNTED = re.compile(r" (?:(?:about|some|around|nearly|over) )?\d[\d,. ]*\d")
_LISTED = re.compile(
    r"(?:[\s(),;\d%]|(?<=\d)\.(?=\d)|(?<=\d[ \u00a0\u202f])(?:million(?:en|s)?|mill(?:ones|ón)|Mio\.?|mil)\b"
    r"|\bof (?:these|those|them)\b)"
    rf"{{1,40}}(?:(?:and|or|&|und|sowie|et|y|e) )?(?:the |(?:{say_abroad('article')})(?:(?<=['’])| ))?"
)
_SHIFTED = re.compile(
    r"(?P<two>\b(?P<all>the )?(?P<count>two|three|four|five|ten) (?P<each>preceding |previous )?years"
    r" (?:before|earlier|prior)\b)"
    rf"|(?P<back>\b(?P<some>\d{{1,2}}|{'|'.join(UNITS_ABROAD)}) (?:jahre|ans|años|anni|jaar|anos)"
    rf" (?:{say_abroad('years back')})\b)"
    r"|(?P<earlier>\b(?:(?:(?:a|one|the) year|(?:twelve|12) months) (?:earlier|before|prior)"
    rf"|(?:the )?(?:previous|prior|preceding) year|{say_abroad('year before')}))\b"
    r"|(?P<close>\bat (?:its|the) end\b(?! of))"
    r"|(?P<start>\b(?:at|from) the (?:start|beginning) of (?:the|that) year)\b"
    r"|\b(?:(?:a|one|the) year (?:later|on\b(?! year)|after)|(?:the )?(?:following|next|subsequent) year)\b"
    rf"(?! (?:19|20)\d\d)|\b(?:{say_abroad('year after')})\b"
    rf"|(?P<same>\b(?:that (?:same )?year|(?:the )?same year|back then|in the same period"
    rf"|{say_abroad('same year')}))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The text from `start` to `end`, and its numbers, countries, years, sayings and comparisons in order."""

    start: int
    end: int
    numbers: tuple[Mention[Quantity], ...]
    namings: tuple[Mention[Naming], ...]
    years: tuple[Mention[YearSpan], ...]
    terms: tuple[Mention[Term], ...]
    comparisons: tuple[Comparison, ...]


def read_sentences(
    text: str, atlas: Atlas, written: date, newest: int, columns: Sequence[TableCell] = ()
) -> tuple[Sentence, ...]:
    """Take a cleaned text of that day apart; `newest` is the newest year that had figures then."""
    years = _find_years(text, written, newest)
    phones = find_phones(text)
    fractions = [*find_fractions(text)]
    counts = [each for each in find_numbers(text) if not any(map(each.overlaps, fractions))]
    numbers = [
        number
        for number in sorted([*counts, *fractions], key=lambda each: each.start)
        if not _overlaps_any(number, years)
        and not any(start < number.end and number.start < end for start, end in phones)
    ]
    namings = [
        naming
        for naming in _carry_roles(text, _find_places(text, atlas, written))
        if _is_known(naming.value.countries[0], atlas)
    ]
    terms, comparisons = find_terms(text), find_comparisons(text, numbers)
    namings = sorted(
        (
            *_list_sides(text, _find_receivers(text, [*_turn_returns(text, namings)]), columns),
            *_find_offices(text, atlas),
            *_find_the_country(text, namings),
        ),
        key=lambda each: each.start,
    )
    placed, years = spread_heads(namings, columns), spread_heads(years, columns)
    terms = spread_heads(terms, columns)
    return tuple(
        Sentence(
            start,
            end,
            _within(numbers, start, end)[:MAX_NUMBERS],
            _within(placed, start, end),
            _within(years, start, end),
            _within(terms, start, end),
            tuple(each for each in comparisons if start <= each.start < end),
        )
        for start, end in split_sentences(text)
    )


def _overlaps_any(number: Mention[Quantity], years: Sequence[Mention[YearSpan]]) -> bool:
    """Say whether a number is part of one of these years, which are in order and do not overlap."""
    behind = bisect_left(years, number.end, key=lambda each: each.start)
    return behind > 0 and years[behind - 1].overlaps(number)


_RECEIVED = re.compile(
    r" (?:had|has|saw|recorded|counted|reported|logged)(?: [\w-]+){0,3}? \d[\d.,]*(?: [\w-]+){0,3}?"
    r" (?:applications|claims|applicants|requests)\b"
    r"|(?: alone| itself)? (?:received|hosts?|hosted|shelters?|sheltered|took|has|had|took in"
    r"|(?:has |have )?taken in)"
    r" (?:(?:about|some|around|nearly|over) )?\d[\d.,]*(?: million)? of (?:these|them|those|the)\b"
    rf"| (?:{say_abroad('hosted')})\b",
    re.IGNORECASE,
)
_RECEIVING = re.compile(rf"\b(?:{say_abroad('hosts')}) (?:die |der |das )?$", re.IGNORECASE)


def _find_receivers(text: str, namings: Iterable[Mention[Naming]]) -> list[Mention[Naming]]:
    """Let a country that “had 187 asylum applications” be the one where they were made."""
    return [
        replace(each, value=replace(each.value, role=Role.ASYLUM))
        if each.value.role is None
        and (
            _RECEIVED.match(text, each.end)
            or _RECEIVING.search(text, max(0, each.start - _MAX_MOST), each.start)
        )
        else each
        for each in namings
    ]


def _list_sides(
    text: str, namings: Sequence[Mention[Naming]], columns: Sequence[TableCell]
) -> Iterator[Mention[Naming]]:
    """Let countries without a side have that of their column or sentence, if it lists origins, or hosts.

    A line of a list has that of its heading: “Main countries of origin”, and below “Syria – 6.8 million”.
    """
    sides: dict[tuple[int, int], Role | None] = {
        each.cell: side for each in columns if (side := _find_side(text, each.head))
    }
    heading: Role | None = None
    for span in split_sentences(text):
        own = _find_side(text, span)
        heading = own or (heading if _LINE.match(text, *span) else None)
        sides[span] = heading
    for naming in namings:
        around = next((each for each in sides if each[0] <= naming.start < each[1]), None)
        side = sides[around] if around and naming.value.role is None else naming.value.role
        yield replace(naming, value=replace(naming.value, role=side))


_LINE = re.compile(
    r"\s*(?:[-–—•*·]|\d{1,2}[.)])?\s*[^\W\d_][^\d\n,;.]{2,40}[\s:(–—-]{1,4}\d[^\n]{0,24}\s*$", re.MULTILINE
)
"""A line of a list: a name, and a number."""


def _find_side(text: str, sentence: tuple[int, int]) -> Role | None:
    sides = [
        side
        for side, words in ((Role.ORIGIN, _OF_ORIGIN), (Role.ASYLUM, _OF_ASYLUM))
        if words.search(text, *sentence)
    ]
    return sides[0] if len(sides) == 1 else None


def _find_places(text: str, atlas: Atlas, written: date) -> Iterator[Mention[Naming]]:
    """Find countries and groups; who wrote of the EU27 while there were others meant the EU of the time."""
    written_large = any(map(str.isupper, text))
    for naming in find_places(text, atlas, near=False, groups=True):
        named = text[naming.start : naming.end]
        if _AT_WAR.match(text, naming.end):
            continue  # “since Russia invaded Ukraine”
        if written_large and not naming.value.people and named == named.lower():
            continue  # “cada” is “each” in Spanish, and Chad in Slovak
        first = naming.value.countries[0]
        of_the_time = first.code in _NUMBERED and written < _LEFT
        then = replace(naming.value, countries=(read_groups()["eu"],)) if of_the_time else naming.value
        yield replace(naming, value=then)


_AT_WAR = re.compile(
    r"(?:['’]s)? (?:(?:full-scale|military|illegal) )?(?:invasion of|invaded|war (?:on|against)"
    r"|attack(?:ed)? (?:on)?|aggression|launched)\b",
    re.IGNORECASE,
)
_NUMBERED = frozenset({"eu27", "eu28"})
_LEFT = date(2020, 2, 1)
"""When the United Kingdom left: since then the EU's 27 are today's."""


_RETURNING = re.compile(
    r"\b(?:return(?:ed|ing|s)?|repatriated|(?:went|gone|going) (?:back|home))\b[^.;]*"
    r"\bfrom (?:the |neighbou?ring )?$",
    re.IGNORECASE,
)


_THOSE = re.compile(r"\b(?:those|ones|nationals|citizens) (?:of|from) (?:the )?$", re.IGNORECASE)


def _turn_returns(text: str, namings: Sequence[Mention[Naming]]) -> Iterator[Mention[Naming]]:
    """Let Afghans that “returned from Iran” be those whom Iran had hosted, and “those of India” Indians."""
    for start, end in split_sentences(text):
        here = [each for each in namings if start <= each.start < end]
        for each in here:
            others = [other for other in here if other.value.countries != each.value.countries]
            gone = not each.value.people and _RETURNING.search(text, start, each.start)
            turned = others and gone and others[0].start < each.start
            listed = others and (others[0].value.people or others[0].value.role is Role.ORIGIN)
            from_there = listed and others[0].start < each.start and _THOSE.search(text, start, each.start)
            role = Role.ASYLUM if turned else Role.ORIGIN if from_there else each.value.role
            yield replace(each, value=replace(each.value, role=role))


def _find_offices(text: str, atlas: Atlas) -> Iterator[Mention[Naming]]:
    """Read whose office counted: the Home Office's claims are those of the United Kingdom."""
    pattern, codes = _read_offices()
    for hit in pattern.finditer(text):
        if country := atlas.by_code(codes[hit[0].lower()]):
            yield Mention(hit.start(), hit.end(), Naming((country,), people=False, role=Role.ASYLUM))
    authorities, hosts = _read_hosts()
    for hit in authorities.finditer(text):
        if country := atlas.by_code(hosts[int((hit.lastgroup or "h0")[1:])]):
            yield Mention(hit.start(), hit.end(), Naming((country,), people=False, role=Role.ASYLUM))


_THE_COUNTRY = re.compile(
    r"\b(?:in|into|to) the country\b"
    r"|\bthe country (?:hosts?|hosted|received|registered|recorded|recognised|granted|rejected|saw|had)\b"
    rf"|\b(?:{say_abroad('country')})\b",
    re.IGNORECASE,
)


def _find_the_country(text: str, namings: Sequence[Mention[Naming]]) -> Iterator[Mention[Naming]]:
    """Read “the country hosted” as the one that was named last, rather than one that people are from."""
    for hit in _THE_COUNTRY.finditer(text):
        named = [each for each in namings if each.end <= hit.start()]
        hosts = [each for each in named if not each.value.people and each.value.role is not Role.ORIGIN]
        if before := (hosts or named)[-1:]:
            meant = replace(before[0].value, people=False, role=Role.ASYLUM)
            yield Mention(hit.start(), hit.end(), meant)


@cache
def _read_offices() -> tuple[re.Pattern[str], dict[str, str]]:
    """Read the table that lies beside this module."""
    table = files(__package__).joinpath("offices.csv").read_text(encoding="utf-8")
    rows = {row["office"]: row["code"] for row in csv.DictReader(table.splitlines())}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, rows))})\b", re.IGNORECASE), rows


@cache
def _read_hosts() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Read the table beside this module: whose authorities, or whose system, adjectives say they are.

    “Die deutschen Behörden”, “le système d’asile français”.
    """
    table = files(__package__).joinpath("hosts.csv").read_text(encoding="utf-8")
    rows = [(row["code"], row["adjective"]) for row in csv.DictReader(table.splitlines())]
    told = "|".join(
        rf"(?P<h{place}>(?:{say_abroad('authorities before')}) (?:{words})"
        rf"|(?:{words}) (?:{say_abroad('authorities')}))"
        for place, (_, words) in enumerate(rows)
    )
    return re.compile(rf"\b(?:{told})\b", re.IGNORECASE), tuple(code for code, _ in rows)


def _is_known(area: Area, atlas: Atlas) -> bool:
    """Say whether UNHCR has figures on it, and it is no entry such as “stateless”."""
    return isinstance(area, Group) or (area.is_country and atlas.by_code(area.code) is not None)


def _carry_roles(text: str, namings: Iterable[Mention[Naming]]) -> Iterator[Mention[Naming]]:
    """Let a list have one role, also with figures in it: “from Afghanistan (23,972) and Syria (23,256)”."""
    before: Mention[Naming] | None = None
    for naming in namings:
        between = text[before.end : naming.start] if before is not None else ""
        listed = _LISTED.fullmatch(between) is not None
        carried = listed and naming.value.role is None and not naming.value.people
        like = before is not None and carried and not before.value.people
        role = before.value.role if before is not None and like else naming.value.role
        if naming.value.listed and _COUNTED.match(text, naming.end) and not any(map(str.isdigit, between)):
            role = None  # “hosts 972,000 refugees from Myanmar, Malaysia 126,000”: another list begins
        before = replace(naming, value=replace(naming.value, role=role))
        yield before


_OF_ORIGIN = re.compile(
    r"\b(?:citizenships?|nationalit(?:y|ies)|(?:countr(?:y|ies) of )?origins?|came from"
    r"|(?:haupt)?herkunfts(?:land|länder)\w*|staatsangehörigkeit\w*|pays d['’]origines?|pays de provenance"
    r"|nationalités?|países de origen|nacionalidad(?:es)?|originari[oa]s|paesi di (?:origine|provenienza)"
    rf"|nazionalità|países de origem|nacionalidades?|landen van herkomst|{say_abroad('origins')})\b",
    re.IGNORECASE,
)
_OF_ASYLUM = re.compile(
    r"\b(?:(?:refugee[- ])?host(?:ing)? (?:countr(?:y|ies)|states?|nations?)|countr(?:y|ies) of asylum"
    r"|(?:main |top |largest |major )?(?:hosts|recipients|receivers)"
    r"|(?:destination|receiving) countr(?:y|ies)"
    r"|(?:haupt)?aufnahme(?:land|länder)\w*|pays d['’](?:accueil|asile)|países de (?:acogida|asilo|destino)"
    r"|paesi (?:ospitanti|d['’]accoglienza)|países de acolhimento)\b",
    re.IGNORECASE,
)
"""What a list of countries is of, where its sentence says so."""


_MOST = re.compile(
    r"\b(?:most|fewest|least|highest|lowest|largest|smallest|biggest|worst|first time|record|peak|high|low)"
    r"(?: [a-z]+){0,3} (?:in|for|over|during)(?: (?:over|more than|nearly|almost|about|the))?"
    r"(?: (?:last|past|previous))? ?$"
    r"|\b(?:in|for|during) (?:\d+|two|three|four|five|six|seven|eight|nine|ten) of (?:the )?"
    r"(?:(?:last|past|previous) )?$",
    re.IGNORECASE,
)
_SPANNING = re.compile(r"(?:in|for|over|during) (?:the )?(?:(?:last|past|previous) )?", re.IGNORECASE)
_MAX_MOST = 60
"""“The fewest in over 20 years” is no count of twenty years."""


def _find_years(text: str, written: date, newest: int) -> tuple[Mention[YearSpan], ...]:
    """Count “last year” from the newest day that the text itself names, where that is of an earlier year."""
    years = [
        each
        for each in find_years(text, written, newest)
        if (each.value.single or not _is_of_a_record(text, each.start))
        and not _is_a_beginning(text, each.start)
    ]
    years = [_end_before(text, each) for each in years]
    days = [year.value.day for year in years if year.value.day and year.value.day <= written]
    if days and max(days).year < written.year:
        years = list(find_years(text, max(days), newest))
    return tuple(_count_on(keep_longest([*find_terms_of_office(text), *years]), text))


_BEGINNING = re.compile(r"\b(?:at|from|by) the (?:start|beginning) of (?:the year )?$", re.IGNORECASE)


def _end_before(text: str, year: Mention[YearSpan]) -> Mention[YearSpan]:
    """Let “at the start of 2018” be the end of 2017: the stock of then."""
    value = year.value
    begins = value.single is not None and value.day is None
    if not begins or not _BEGINNING.search(text, max(0, year.start - _MAX_MOST), year.start):
        return year
    before = value.single - 1 if value.single else None
    return replace(year, value=YearSpan(before, before, ReferencePeriod.YEAR_END))


_DATING = re.compile(
    r"\bdat(?:ing|es|ed?) (?:back )?(?:to|from) (?:as (?:early|far back) as )?$", re.IGNORECASE
)


def _is_a_beginning(text: str, start: int) -> bool:
    """Say whether a year is the one that the oldest claims of a number are of: “dating back to 2008”."""
    return _DATING.search(text, max(0, start - _MAX_MOST), start) is not None


def _is_of_a_record(text: str, start: int) -> bool:
    led = _SPANNING.match(text, start)
    return _MOST.search(text, max(0, start - _MAX_MOST), led.end() if led else start) is not None


def _find_following(text: str, end: int, years: Sequence[Mention[YearSpan]]) -> int | None:
    """Find the year that a sentence which begins with the year before it names next."""
    near = (each for each in years if end <= each.start and each.value.single)
    year = next(near, None)
    return year.value.single if year and not _STOP.search(text, end, year.start) else None


_SET_BESIDE = re.compile(
    rf"\b(?:compared (?:with|to)|relative to|{say_abroad('compared with')}|im vergleich)(?: \w+){{0,2}} ?$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?;]\s")


def _count_on(years: Sequence[Mention[YearSpan]], text: str) -> Iterator[Mention[YearSpan]]:
    """Let “a year earlier”, “a year later” and “that year” count from the year that was named last."""
    named: int | None = None
    latest: int | None = None
    begun = False
    shifted = {hit.start(): hit for hit in _SHIFTED.finditer(text)}
    spans = [Mention(hit.start(), hit.end(), YearSpan(None, None)) for hit in shifted.values()]
    for year in keep_longest([*spans, *years]):
        hit = shifted.get(year.start)
        if hit is not None and hit.end() == year.end:
            if latest is not None and hit["two"]:
                first = latest - count(hit["count"])
                last = latest - 1 if hit["all"] or hit["each"] else first  # “five years earlier” is one
                yield Mention(year.start, year.end, YearSpan(first, last))
            elif latest is not None and hit["back"]:
                some = hit["some"].lower()
                back = latest - (int(some) if some.isdecimal() else UNITS_ABROAD[some])
                yield Mention(year.start, year.end, YearSpan(back, back))
            elif (
                latest is None
                and hit["earlier"]
                and _SET_BESIDE.search(text, max(0, year.start - _MAX_MOST), year.start)
                and (following := _find_following(text, year.end, years))
            ):
                yield Mention(year.start, year.end, YearSpan(following - 1, following - 1))
            elif latest is None and "vorjahr" in hit[0].lower():
                yield from (each for each in years if each.overlaps(year))
            elif named is not None and latest is not None:
                meant = (
                    named + begun
                    if hit["close"]
                    else named
                    if hit["same"]
                    else latest - 1
                    if hit["earlier"]
                    else named + 1
                )
                meant = named - 1 if hit["start"] else meant  # the stock of then is that of the year before
                yield Mention(year.start, year.end, YearSpan(meant, meant))
        else:
            named = year.value.single or named
            begun = _BEGINNING.search(text, max(0, year.start - _MAX_MOST), year.start) is not None
            if not is_compared_with(text, year.start):
                latest = named
            elif latest is None and named is not None:
                latest = named + 1  # after “up from 2.1 million in 2017” a year earlier is 2017
            yield year


def _within(mentions: Iterable[Mention[Value]], start: int, end: int) -> tuple[Mention[Value], ...]:
    return tuple(mention for mention in mentions if start <= mention.start < end)


MAX_LENGTH = 6000
"""Characters of a text that are read: as many as Discord takes in an option."""

_FOREIGN = re.compile(
    r"https?://[^\s<>]{1,2000}"
    r"|\bwww\.[^\s<>]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,63}"
    r"|<(?:[@#][!&]?|a?:\w{1,32}:|t:|/[^:>]{1,100}:|id:)[^>\n]{0,80}>"
    r"|(?<!\w)@\w{1,32}"
    r"|(?<!\w)#\w{1,100}"
)
_MARKUP = re.compile(r"[*_~`|>\\]|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0b-\x1f]")
_SPACES = re.compile(r"[\t\r]")
_SHORT = ("no", "ca", "approx", "Mio", "Mrd", "Tsd", "Nr", "bzw", "rd", "EE", "St")
_ABBREVIATED = "".join(rf"(?<!\b{each})" for each in _SHORT)
_ORDINAL = (
    r"(?:(?<=[ (]\d\.)|(?<=[ (]\d\d\.)) (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober"
    r"|November|Dezember)\b|(?:(?<=\d\.)|(?<=UU\.)) [a-zäöü(]"
)
"""“Am 31. Dezember”, “EE. UU. (1,7)”."""
_END = re.compile(
    rf"(?<!\b[A-Z])(?<!\.[A-Z])(?<![\s.(][a-z]){_ABBREVIATED}"
    rf"[.!?]+[\"”’)\]]{{0,2}}(?=\s|$)(?!{_ORDINAL})|\n\s*\n|\n(?=\s*[-•*#])|\n"
)
_SOFT = re.compile(r"(?<=[\w,;])\n(?=[a-z0-9])(?![^\n;]{4,50};[^\n;]{1,14}[;\n])")
"""Ends of lines within a sentence; a row of a table is none."""


def clean(text: str) -> str:
    """Blank out what is no prose; the result is at most 6,000 characters, each where it was."""
    text = text[:MAX_LENGTH]
    text = _FOREIGN.sub(lambda hit: " " * len(hit[0]), text)
    text = _SOFT.sub(" ", text)
    return _SPACES.sub(" ", _MARKUP.sub(" ", text))


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence begins and ends."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for hit in _END.finditer(text):
        if text[begin : hit.end()].strip():
            spans.append((begin, hit.end()))
        begin = hit.end()
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return tuple(spans)


_AROUND = 70
"""Characters that are quoted to each side of a number."""


def quote(text: str, sentence: Sentence, where: tuple[int, int]) -> str:
    """Cut out how the text puts it: at most 70 characters to each side, at words."""
    start, end = max(sentence.start, where[0] - _AROUND), min(sentence.end, where[1] + _AROUND)
    if start > sentence.start:
        blank = text.find(" ", start, where[0])
        start = blank + 1 if blank >= 0 else where[0]
    if end < sentence.end:
        blank = text.rfind(" ", where[1], end)
        end = blank if blank >= 0 else where[1]
    cut = " ".join(text[start:end].split())
    return f"{'…' if start > sentence.start else ''}{cut}{'…' if end < sentence.end else ''}"
