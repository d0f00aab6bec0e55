"""Years, spans of years and days as people write them, those said by reference to today among them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from data.errors import UnknownRelease
from data.model import ReferencePeriod
from data.reading.words import Mention, keep_longest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from data.model import Release


MAX_LENGTH = 6000
PRE_PANDEMIC, PANDEMIC = 2019, (2020, 2021)
CENTURY = 100
DECADE = 10


@dataclass(frozen=True, slots=True)
class YearSpan:
    """Years from `first` to `last`, both included; None is an open end.

    `period`: the text says mid-year or year-end; `day`: it names a day, whose year the span is;
    `newest`: it asks for the newest figures, whatever their year: then both ends are open.
    `past`: “after 2022”, “since the end of 2022”, of which 2022 is only what later years are held against.
    """

    first: int | None
    last: int | None
    period: ReferencePeriod | None = None
    day: date | None = None
    newest: bool = False
    past: bool = False

    @property
    def single(self) -> int | None:
        """The year, where the span is one year."""
        return self.first if self.first == self.last else None


def find_years(text: str, today: date, newest: int | None = None) -> tuple[Mention[YearSpan], ...]:
    """Read the first 6,000 characters of a text.

    “Last year” and “three years ago” count from `today`, “the last five years” end with `newest`, the newest
    year that has figures: by default the year before today's. “Before COVID” is 2019.
    """
    text = text[:MAX_LENGTH]
    newest = today.year - 1 if newest is None else newest
    found = [
        *_find_spans(text),
        *_find_days(text),
        *_find_parts(text),
        *_find_said(text, today, newest),
        *_find_covid(text),
    ]
    return keep_longest(each for each in found if _is_in_order(each.value))


def _find_spans(text: str) -> Iterator[Mention[YearSpan]]:
    for pattern in (RANGE, BETWEEN):
        for match in pattern.finditer(text):
            first = _year(match["first"])
            yield _mention(match, YearSpan(first, _last_year(match["last"], first)))
    for pattern in (SINCE, TO_DATE):
        for match in pattern.finditer(text):
            past = pattern is SINCE and bool(match["past"] or match["end"])
            yield _mention(match, YearSpan(_year(match["first"]), None, past=past))
    for match in YEARS_TO.finditer(text):
        last = _year(match["last"])
        yield _mention(match, YearSpan(last - count(match["count"]), last))
    for match in UNTIL.finditer(text):
        yield _mention(match, YearSpan(None, _year(match["last"])))
    for match in BEFORE.finditer(text):
        yield _mention(match, YearSpan(None, _year(match["last"]) - 1))
    for match in DECADE_IN_WORDS.finditer(text):
        first = int(match["decade"])
        yield _mention(match, YearSpan(first, first + DECADE - 1))
    for match in YEAR.finditer(text):
        year = _year(match["year"])
        yield _mention(match, YearSpan(year, year))


def _find_days(text: str) -> Iterator[Mention[YearSpan]]:
    for match in DAY.finditer(text):
        numbers = (
            match["year"],
            MONTHS[(match["m1"] or match["m2"]).casefold().rstrip(".")],
            match["d1"] or match["d2"],
        )
        yield from _day(match, numbers)
    for pattern in (ISO_DAY, DOTTED_DAY, SLASHED_DAY):
        for match in pattern.finditer(text):
            yield from _day(match, match.group("y", "m", "d"))


def _day(match: re.Match[str], numbers: tuple[str | int, ...]) -> Iterator[Mention[YearSpan]]:
    year, month, number = map(int, numbers)
    try:
        day = date(year, month, number)
    except ValueError:
        return
    periods = {(6, 30): ReferencePeriod.MID_YEAR, (12, 31): ReferencePeriod.YEAR_END}
    yield _mention(match, YearSpan(year, year, periods.get((month, number)), day))


def _find_parts(text: str) -> Iterator[Mention[YearSpan]]:
    for pattern, period in ((HALF, ReferencePeriod.MID_YEAR), (END, ReferencePeriod.YEAR_END)):
        for match in pattern.finditer(text):
            year = _year(match["year"] or match["after"])
            yield _mention(match, YearSpan(year, year, period))


def _find_said(text: str, today: date, newest: int) -> Iterator[Mention[YearSpan]]:
    for match in LAST_YEARS.finditer(text):
        yield _mention(match, YearSpan(newest - count(match["count"]) + 1, newest))
    for match in LAST_DECADES.finditer(text):
        yield _mention(match, YearSpan(newest - DECADE * count(match["count"] or "one") + 1, newest))
    for match in AGO.finditer(text):
        year = today.year - count(match["count"]) * (DECADE if match["unit"].startswith("d") else 1)
        yield _mention(match, YearSpan(year, year))
    for pattern, shift in SAID:
        for match in pattern.finditer(text):
            yield _mention(match, YearSpan(today.year + shift, today.year + shift))
    decade = YearSpan(today.year - today.year % DECADE, None)
    for pattern, span in ((THIS_DECADE, decade), (NEWEST, YearSpan(None, None, newest=True))):
        for match in pattern.finditer(text):
            yield _mention(match, span)


def _find_covid(text: str) -> Iterator[Mention[YearSpan]]:
    for match in COVID.finditer(text):
        if match["ever"]:
            yield _mention(match, YearSpan(PRE_PANDEMIC, None))
        elif match["since"]:
            yield _mention(match, YearSpan(PANDEMIC[0], None))
        else:
            yield _mention(
                match, YearSpan(*PANDEMIC) if match["during"] else YearSpan(PRE_PANDEMIC, PRE_PANDEMIC)
            )


def _mention(match: re.Match[str], span: YearSpan) -> Mention[YearSpan]:
    return Mention(match.start(), match.end(), span)


def _year(text: str) -> int:
    """Read a year as written: 2024, or ’24."""
    digits = text[-4:] if text[0].isdigit() else text[-2:]
    return int(digits) if len(digits) > 2 else 2000 + int(digits)  # noqa: PLR2004 - two digits


def _last_year(text: str, first: int) -> int:
    """Read the end of a range, which may be short: 2019–20, 2019/20."""
    return first - first % CENTURY + int(text) if len(text) == len("20") else _year(text)


def _is_in_order(span: YearSpan) -> bool:
    return span.first is None or span.last is None or span.first <= span.last


MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
MONTHS_ABROAD = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner janvier enero gennaio januari janeiro",
            "februar février febrero febbraio februari fevereiro",
            "märz mars marzo maart março",
            "avril abril aprile",
            "mai mayo maggio mei maio",
            "juni juin junio giugno junho",
            "juli juillet julio luglio julho",
            "août agosto augustus",
            "septembre septiembre settembre setembro",
            "oktober octobre octubre ottobre outubro",
            "novembre noviembre novembro",
            "dezember décembre diciembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
"""Months as other languages write them; their short forms are English, or words."""
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1, "couple of": 2, "few": 3, "fifteen": 15, "twenty": 20, "thirty": 30}


def count(text: str) -> int:
    """Read how many years are meant: “5”, “five”, “a”."""
    return int(text) if text.isdecimal() else _NUMBERS[" ".join(text.casefold().split())]


def _compile(pattern: str) -> re.Pattern[str]:
    """Make a pattern in which a blank stands for one to three blanks."""
    return re.compile(pattern.replace(" ", r"\s{1,3}"), re.IGNORECASE)


_PEOPLE = r"(?! (?:people|persons|individuals|cases|men|women|children|nationals|times)\b)"
_FULL = rf"(?<![\w.,#$€£])(?:19|20)\d\d(?![\w%€$£]|[.,]\d|s\b){_PEOPLE}"
_ONE = rf"(?:{_FULL}|(?<!\w)['’]\d\d(?![\w.,%]))"
_DASH = (
    r"\s{0,3}(?:-|/|–|—|‒|\.{2,3}|…|→|\bto\b|\buntil\b|\btill?\b|\bthrough\b|\bthru\b|\bup to\b|\bbis\b)"
    r"\s{0,3}"
)
MONTHS |= MONTHS_ABROAD
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(word for word in _NUMBERS if word not in ('a', 'an'))})"
_COVID = r"(?:the )?(?:covid(?:[-\s]?19)?|corona(?:virus)?|pandemic)(?: (?:pandemic|crisis|years?|times))?\b"

RANGE = _compile(rf"(?:\bfrom )?(?P<first>{_ONE}){_DASH}(?P<last>{_ONE}|(?<=[-–/])\d\d(?![\w/.-]))")
BETWEEN = _compile(
    rf"\b(?:between|zwischen|entre|tra|tussen) (?:el )?(?P<first>{_ONE})"
    rf" (?:and|&|to|und|et|y|e|en) (?:el )?(?P<last>{_ONE})"
)
SINCE = _compile(
    r"\b(?:(?:ever )?since|(?<!figures\s)(?<!data\s)(?<!numbers\s)(?<!those\s)from"
    r"|start(?:ing|ed) (?:in|from|with)"
    r"|beginning (?:in|with)|(?P<past>after(?! (?:the )?(?:start|beginning) of))|after"
    r"|seit|depuis|desde|dal|sinds)"
    r" (?:the )?(?:(?:year|(?P<end>end of|ende|fin|finales de)|start of|beginning of|anfang|dem jahr"
    rf"|l['’]année|le début de|principios de|el año) )?(?P<first>{_ONE})"
    r"(?! (?:record|level|peak|high|figure|total|number)s?\b)(?: (?:on|onwards?|forwards?)\b)?"
)
TO_DATE = _compile(
    rf"\b(?:from )?(?P<first>{_FULL}) (?:to|until|till|through|up to|-|–)"
    r" (?:date|now|today|the present|present)\b"
)
YEARS_TO = _compile(
    rf"\b(?:in |over |during )?(?:the )?(?P<count>{_COUNT}) years (?:to|until|up to) (?P<last>{_ONE})"
)
UNTIL = _compile(rf"\b(?:until|till?|up to|through|up until) (?P<last>{_ONE})")
BEFORE = _compile(rf"\b(?:before|prior to) (?P<last>{_ONE})")
YEAR = _compile(rf"(?P<year>{_ONE})")
DECADE_IN_WORDS = _compile(r"\b(?:the )?(?P<decade>(?:19|20)\d0)['’]?s\b")
HALF = _compile(
    rf"(?:\bmid(?:dle)?(?:[-\s]?year)?(?:(?: of)? |-|–)|\b(?:the )?(?:first|1st)[- ]"
    r"(?:half|six months)(?: of|,)? (?:the year )?"
    r"|\b(?:ersten? halbjahr|premier semestre|primer semestre|primo semestre|eerste helft|ersten hälfte"
    r"|première moitié|primera mitad|ersten sechs monaten?|six premiers mois|primeros seis meses"
    r"|seis primeros meses|mediados|(?:jahres)?mitte)"
    r"(?: des jahres| von| van| del?(?: año| l['’]année)?)? |\bmi-"
    r"|\b(?:between )?(?:january|jan\.?)(?: to | and |\s?[-–]\s?)(?:june|jun\.?) "
    rf"|\bH1\s?/?\s?)(?P<year>{_ONE})"
    r"|(?P<after>(?<!\w)(?:19|20)\d\d)[\s/]{0,2}(?:H1|mid-?year)\b"
)
END = _compile(
    r"\b(?:the )?(?:(?:late |year-?)?end(?: of|-)?|year-?end|end-|ende|fin(?:al|ales|es)? de|fin|eind"
    r"|cierre de|fine(?: del)?)\s?"
    rf"(?:the year |des jahres |l['’]année |año )?(?P<year>{_ONE})"
    r"|(?P<after>(?<!\w)(?:19|20)\d\d)\s?year-?end\b"
)
DAY = _compile(
    rf"(?<!\d)(?:(?P<d1>\d\d?)(?:st|nd|rd|th|er|\.)?(?: of| de)? (?P<m1>{_MONTH})(?: del?)?"
    rf"|\b(?P<m2>{_MONTH}) (?P<d2>\d\d?)(?:st|nd|rd|th)?)"
    rf"(?:,|,?\s{{1,3}}|,\s{{1,3}})(?P<year>(?:19|20)\d\d)(?!\w)"
)
DOTTED_DAY = _compile(r"(?<![\d.])(?P<d>[0-3]?\d)\.\s?(?P<m>[01]?\d)\.\s?(?P<y>(?:19|20)\d\d)(?![\d.]\d)")
SLASHED_DAY = _compile(r"(?<![\d/])(?P<d>1[3-9]|2\d|3[01])/(?P<m>[01]?\d)/(?P<y>(?:19|20)\d\d)(?![\d/])")
ISO_DAY = _compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?![\d-])")
LAST_YEARS = _compile(
    rf"\b(?:(?:(?:in|over|during|for|within) )?(?:the )?(?:last|past|previous|recent)|over|in)"
    rf" (?P<count>{_COUNT}) (?:years|yrs)\b"
)
LAST_DECADES = _compile(
    r"\b(?:(?:(?:in|over|during|for) )?(?:the )?(?:last|past|previous) (?:(?P<count>two|three|2|3) )?decades?"
    r"|(?:in|over|within) (?:a|one) (?:single )?decade)\b"
)
AGO = _compile(rf"\b(?P<count>an?|{_COUNT}) (?P<unit>years?|decades?) (?:ago|earlier)\b")
SAID = (
    (_compile(r"\b(?:the )?year before last\b"), -2),
    (_compile(r"\b(?:last|past|previous|prior) (?:(?:full|calendar|whole) )?(?:year|yr)(?:['’]s)?\b"), -1),
    (
        _compile(
            r"\b(?:(?:im )?vorjahr|(?:im )?(?:letzten|vergangenen|vorigen) jahre?s?|(?:letztes|voriges) jahr"
            r"|(?:el |del )?(?:pasado año|año pasado)|l['’]an(?:née)? (?:derni(?:er|ère)|passée?)"
            r"|(?:l['’]anno|lo) scorso(?: anno)?|vorig jaar"
            r"|i fjor|i fjol|förra året|(?:no )?ano passado)\b"
        ),
        -1,
    ),
    (
        _compile(
            r"\b(?:so far )?this (?:calendar )?(?:year|yr)(?:['’]s)?\b"
            r"|\bthe current year\b|\byear[-\s]to[-\s]date\b"
            r"|\b(?:in diesem jahr|dieses jahr|heuer|cette année(?!-là)|este año)\b"
        ),
        0,
    ),
    (_compile(r"\bnext year\b"), 1),
)
"""Years that count from today's."""

THIS_DECADE = _compile(r"\b(?:so far )?(?:in )?this decade\b")
NEWEST = _compile(
    r"\b(?:right now|now|today|currently|at the moment|at present|presently|these days|nowadays"
    r"|as of (?:now|today)"
    r"|(?:the )?(?:latest|newest|most recent)(?: available)?"
    r"(?: (?:year|figures?|data|numbers?|stat(?:istic)?s|count))?)\b"
)
COVID = _compile(
    rf"(?P<ever>\bsince (?:before|prior to) {_COVID})"
    rf"|\b(?:pre[-\s]?(?:covid(?:[-\s]?19)?|pandemic|corona)|(?:before|prior to) {_COVID})"
    r"(?: (?:levels?|years?|times|figures?))?\b"
    rf"|(?P<since>\b(?:since|after|post|following)[\s-]{{1,3}}{_COVID})"
    rf"|(?P<during>\b(?:during|amid|throughout|in) {_COVID})"
)


_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%Y/%m/%d")
_MAX_LENGTH = 40
_MONTH_ALONE = re.compile(r"(\d{4})-(\d\d?)")
_YEAR = re.compile(r"\d{4}")


def parse_as_of(text: str, releases: Iterable[Release]) -> date:
    """Read a day, a month or year (their last day), or the label of a release: of two, the newer.

    Raises `UnknownRelease` for anything else.
    """
    wanted = " ".join(text.split())
    for release in sorted(releases, key=lambda each: -each.id):
        if wanted.casefold() == release.label.casefold():
            return release.day
    found = _parse_day(wanted) if wanted.isascii() and len(wanted) < _MAX_LENGTH else None
    if found is None:
        raise UnknownRelease("day-unreadable", typed=text)
    return found


def _parse_day(text: str) -> date | None:
    if _YEAR.fullmatch(text) and int(text):
        return date(int(text), 12, 31)
    if (month := _MONTH_ALONE.fullmatch(text)) and int(month[1]) and 1 <= int(month[2]) <= 12:  # noqa: PLR2004 - months
        return date(int(month[1]), int(month[2]), calendar.monthrange(int(month[1]), int(month[2]))[1])
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
