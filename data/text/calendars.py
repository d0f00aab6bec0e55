"""How years and days are written, as patterns. No pattern can run away: each repeats a few signs at most."""

from __future__ import annotations

import calendar
import re

MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
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
_DASH = r"\s{0,3}(?:-|/|–|—|‒|\.{2,3}|…|→|\bto\b|\buntil\b|\btill?\b|\bthrough\b|\bthru\b|\bup to\b)\s{0,3}"
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(word for word in _NUMBERS if word not in ('a', 'an'))})"
_COVID = r"(?:the )?(?:covid(?:[-\s]?19)?|corona(?:virus)?|pandemic)(?: (?:pandemic|crisis|years?|times))?\b"

RANGE = _compile(rf"(?:\bfrom )?(?P<first>{_ONE}){_DASH}(?P<last>{_ONE}|(?<=[-–/])\d\d(?![\w/.-]))")
BETWEEN = _compile(rf"\bbetween (?P<first>{_ONE}) (?:and|&|to) (?P<last>{_ONE})")
SINCE = _compile(
    r"\b(?:(?:ever )?since|(?<!figures\s)(?<!data\s)(?<!numbers\s)(?<!those\s)from"
    r"|start(?:ing|ed) (?:in|from|with)"
    rf"|beginning (?:in|with)|after) (?:the )?(?:(?:year|end of|start of|beginning of) )?(?P<first>{_ONE})"
    r"(?: (?:on|onwards?|forwards?)\b)?"
)
UNTIL = _compile(rf"\b(?:until|till?|up to|through|up until) (?P<last>{_ONE})")
BEFORE = _compile(rf"\b(?:before|prior to) (?P<last>{_ONE})")
YEAR = _compile(rf"(?P<year>{_ONE})")
DECADE = _compile(r"\b(?:the )?(?P<decade>(?:19|20)\d0)['’]?s\b")
HALF = _compile(
    rf"(?:\bmid(?:dle)?(?:[-\s]?year)?(?:(?: of)? |-|–)|\b(?:the )?(?:first|1st) (?:half|six months) of"
    r" (?:the year )?|\b(?:between )?(?:january|jan\.?)(?: to | and |\s?[-–]\s?)(?:june|jun\.?) "
    rf"|\bH1\s?/?\s?)(?P<year>{_ONE})"
    r"|(?P<after>(?<!\w)(?:19|20)\d\d)[\s/]{0,2}(?:H1|mid-?year)\b"
)
END = _compile(
    rf"\b(?:the )?(?:(?:late |year-?)?end(?: of|-)?|year-?end|end-)\s?(?:the year )?(?P<year>{_ONE})"
    r"|(?P<after>(?<!\w)(?:19|20)\d\d)\s?year-?end\b"
)
DAY = _compile(
    rf"(?<!\d)(?:(?P<d1>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})"
    rf"|\b(?P<m2>{_MONTH}) (?P<d2>\d\d?)(?:st|nd|rd|th)?)"
    rf",?\s{{1,3}}(?P<year>(?:19|20)\d\d)(?!\w)"
)
ISO_DAY = _compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?![\d-])")
LAST_YEARS = _compile(
    rf"\b(?:(?:in|over|during|for|within) )?(?:the )?(?:last|past|previous|recent)"
    rf" (?P<count>{_COUNT}) (?:years|yrs)\b"
)
LAST_DECADES = _compile(
    r"\b(?:(?:in|over|during|for) )?(?:the )?(?:last|past|previous) (?:(?P<count>two|three|2|3) )?decades?\b"
)
AGO = _compile(rf"\b(?P<count>an?|{_COUNT}) (?P<unit>years?|decades?) (?:ago|earlier)\b")
SAID = (
    (_compile(r"\b(?:the )?year before last\b"), -2),
    (_compile(r"\b(?:last|previous|prior) (?:(?:full|calendar|whole) )?(?:year|yr)(?:['’]s)?\b"), -1),
    (
        _compile(
            r"\b(?:so far )?this (?:calendar )?(?:year|yr)(?:['’]s)?\b"
            r"|\bthe current year\b|\byear[-\s]to[-\s]date\b"
        ),
        0,
    ),
    (_compile(r"\bnext year\b"), 1),
)
"""Years that count from today's."""

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
