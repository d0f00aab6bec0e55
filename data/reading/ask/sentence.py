"""A sentence in plain English, understood: gather its clues, fill frames, take the best of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from data.countries.lookup import correct
from data.countries.territories import find_former
from data.errors import quote
from data.model import Country, Measure, Nature, Place, Role
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.period import AskPeriod
from data.questions.refinement import change_measure, measure_of
from data.questions.trend import AskTrend
from data.reading.ask.answer_forms import AVERAGE, choose_across
from data.reading.ask.assumptions import UNDATED, find_remarks
from data.reading.ask.clues import EXCLUDED, gather, is_told_otherwise
from data.reading.ask.counts import PEOPLE, REFUGEES, SUMMARY, choose_counted
from data.reading.ask.definitions import find_definition
from data.reading.ask.frame import answer, fill, is_close, name_ends, place_named, sum_years
from data.reading.ask.languages import ENGLISH, asks_of_the_world, find_declined, read_measure, recognise
from data.reading.ask.omissions import find_omitted
from data.reading.ask.outcome import (
    Aim,
    AimKind,
    Answer,
    Doubtful,
    Explained,
    Outcome,
    Refused,
    Understood,
    Unfit,
)
from data.reading.ask.preamble import clean
from data.reading.ask.ranking import COMING, find_within
from data.reading.ask.several_questions import ASKED, find_pairs, split_parts
from data.reading.ask.usual_sides import find_year_of_war, is_usual_host
from data.reading.ask.vocabulary import MAX_LENGTH, MAX_WORDS, WHETHER, Slot, Way
from data.reading.ask.weighing import find_heavy
from data.reading.measures import Wording
from data.reading.places import find_places
from data.reading.words import Mention, split
from data.reading.years import YearSpan, find_years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from data.countries import Atlas
    from data.glossary import Glossary
    from data.model import Release
    from data.questions.registry import Question
    from data.reading.ask.clues import Clues
    from data.reading.ask.frame import Frame

MAX_SAID = 3
"""So many unknown words are named."""

FORCED, REPEATED, RETURNED = "forced", "repeat", Measure.RETURNED_REFUGEES
MAX_BARE = 3
"""So many words a name in a sentence that is made of little else: “the USA 2024”."""

_HELD = (AimKind.CHANGED, AimKind.DIFFERENCE, AimKind.TIMES, AimKind.PERCENT, AimKind.MORE)
"""Aims that hold one figure against another."""
MAX_READINGS, MAX_OFFERS, MAX_OTHERS, MAX_TOLD = 5, 3, 3, 4
_OF_YEARS = ("year-to-come", "begins-later", "day", "no-mid-year", "no-year-end")
"""Why years that are named have no figures, where others have."""
_ABOUT = re.compile(
    r"\b(?:asylum|refugees?|displaced|stateless|of concern|IDPs?|resettle|naturali[sz])", re.IGNORECASE
)
_ASKS = re.compile(rf"\s*(?:{ASKED}|is|are|why|when|whose)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\?(?=\s+\w)|,? and(?= (?:why|are we|do we|is that|is this|how come|what does that)\b)", re.IGNORECASE
)
_OPEN = re.compile(r"\s*(?:what|how|when|whose)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    rf"\W*(?:and|or|but|also|then|same|compared|(?:what|how) about)\b(?!.*\b{ASKED}\b)",
    re.IGNORECASE,
)
"""How a text begins that goes on from an answer: “and in France?”."""
_AND_IN = re.compile(r"\d\d,? and (?:in|from)\b", re.IGNORECASE)
_LEFT_AGAIN = re.compile(r"\brefugees? (?:(?:who|that|have|had|has) )*(?:left|departed)\b", re.IGNORECASE)
_NOT_SUMMED = (
    Slot.SHARE, Slot.EACH_YEAR, Slot.UP, Slot.DOWN, Slot.CHANGE, Slot.FACTOR, Slot.COMPARE, Slot.DIFFERENCE,
    Slot.TREND, Slot.RECORD, Slot.MOST, Slot.LEAST, Slot.WHICH_YEAR,
)  # fmt: skip
"""Slots that ask for other than the sum of a span."""
_INSIDE = re.compile(r"\binternal|\bIDPs?\b|\binside\b|\bwithin\b|\bown countr", re.IGNORECASE)
_FLED_HOME = re.compile(
    r"\b(?:fle(?:e|d|eing)|left|leave|driven from|forced from) their homes?\b", re.IGNORECASE
)
_APART = (
    Slot.HEAD,
    Slot.SHARE,
    Slot.TREND,
    Slot.RECORD,
    Slot.CHANGE,
    Slot.UP,
    Slot.DOWN,
    Slot.COMPARE,
    Slot.EACH_DAY,
)
_OF_A_HUNDRED = re.compile(r"%|per ?cent", re.IGNORECASE)
_ROUND = re.compile(r"\b(?:million|thousand|billion)s?\b|000\b", re.IGNORECASE)
_FIGURES = (
    Slot.HOW_MANY, Slot.COUNTRIES, Slot.WHICH_YEAR, Slot.SHARE, Slot.RANK, Slot.NTH, Slot.CHANGE, Slot.UP,
    Slot.DOWN, Slot.FACTOR, Slot.COMPARE, Slot.DIFFERENCE, Slot.TREND, Slot.RECORD, Slot.TOTAL, Slot.HEAD,
    Slot.OUTCOMES, Slot.HISTORY, Slot.CHANGES, Slot.PERIOD, Slot.ORIGINS, Slot.ASYLUMS,
)  # fmt: skip
"""Slots of which a question that begins with “what” fills one, if it is for a figure."""


def understand(
    text: str, atlas: Atlas, glossary: Glossary, releases: Sequence[Release], today: date
) -> Outcome:
    """Say what a question means: one reading, several likely ones, or none and why.

    `releases` are those kept, oldest first, at least one; `today` is what “last year” counts from.
    """
    if len(text) > MAX_LENGTH or len(split(text)) > MAX_WORDS:
        return Refused("long", {})
    if foreign := _find_language(text, atlas, today, releases[-1].newest_year):
        return foreign
    clues = gather(text, atlas, today, releases[-1].newest_year)
    asides: tuple[str, ...] = ()
    if (end := _find_end(clues)) is not None:
        asides = tuple(dict.fromkeys(each.value.code for each in clues.topics))
        clues = gather(clues.text[:end], atlas, today, releases[-1].newest_year)
    try:
        if entries := find_definition(clues.text, glossary):
            return Explained(entries)
        outcome = _refuse(clues, atlas, releases) or _take(clues, releases)
    except Unfit as unfit:
        return Refused(unfit.reason, unfit.values, _offer_instead(clues, unfit, releases))
    if asides and isinstance(outcome, Understood):
        return replace(outcome, remarks=(*outcome.remarks, *((code, "") for code in asides)))
    return outcome


def _find_end(clues: Clues) -> int | None:
    """Return where a question ends behind which only more is asked than the figures tell: “…? And why?”."""
    ends = [each.end() for each in _ENDS.finditer(clues.text)]
    told = [each for each in clues.topics if each.value.way is not Way.NOTE]
    if not ends or not told or min(each.start for each in told) < ends[0]:
        return None
    head = clues.within(0, ends[0])
    whole = (head.measures or head.places) and head.has(*_FIGURES, Slot.WHO, Slot.WHERE)
    return ends[0] if whole and not clues.within(ends[0], len(clues.text)).measures else None


def _find_language(text: str, atlas: Atlas, today: date, newest: int) -> Refused | None:
    """Refuse what is not English, with the countries and years that were found in it."""
    text = clean(text)
    places = find_places(text, atlas, near=False, groups=True)
    language = recognise(text, places)
    if language == ENGLISH:
        return None
    years = [each.value.single for each in find_years(text, today, newest) if each.value.single]
    year = next((each for each in years if each <= newest), None)
    named = (area for each in places for area in each.value.countries)
    areas = dict.fromkeys(area for area in named if atlas.area_by_code(area.code))  # not Taiwan
    areas = areas or (dict.fromkeys(find_declined(text, atlas)) if not places else areas)
    measure = read_measure(text, language)
    asked = [Place(None, area) for area in areas]
    if measure and not asked and asks_of_the_world(text):
        asked = [Place()]
    if len(areas) == 2:  # noqa: PLR2004 - a pair, either way round
        one, other = areas
        asked = [Place(one, other), Place(other, one), *asked]
    offers: list[Question] = [AskFigures(place, year) for place in asked[:MAX_OFFERS]]
    if measure:
        offers = [change_measure(question, measure) for question in offers]
    return Refused("language", {"language": language}, tuple(offers))


def _refuse(clues: Clues, atlas: Atlas, releases: Sequence[Release]) -> Refused | Doubtful | None:
    """Return why a question cannot be answered whatever it means, if so, and what can be asked instead."""
    return (
        _refuse_places(clues, atlas)
        or _refuse_topics(clues, atlas, releases)
        or _refuse_structure(clues, releases)
        or _refuse_unknown(clues, atlas, releases)
    )


def _refuse_places(clues: Clues, atlas: Atlas) -> Refused | None:
    """Refuse territories that UNHCR does not list, and states that are gone."""
    for mention in clues.places:
        for country in mention.value.countries:
            if country.code.isupper() and atlas.by_code(country.code) is None:
                return Refused("unlisted", {"name": country.text})
    if not clues.strays:
        return None
    former = find_former(" ".join(word.key for word in split(clues.text)), within=True)
    if former is None:
        return None
    now = tuple(each for code in former.codes if (each := atlas.by_code(code)))
    return Refused("former", {"former": former.text, "now": now})


def _refuse_topics(clues: Clues, atlas: Atlas, releases: Sequence[Release]) -> Refused | Doubtful | None:
    """Refuse what is no question on these figures, or asks for what they do not tell."""
    topics = [
        each
        for each in clues.topics
        if each.value.way is not Way.NOTE and not is_told_otherwise(clues, each.value.code)
    ]
    if not topics and _goes_on(clues):
        return Refused("goes-on", {}, _offer(clues, releases))
    told = clues.places or clues.has(Slot.HOSTED, Slot.LIVING, Slot.FLED, Slot.TOOK, Slot.CAME)
    if not _has_a_subject(clues) and not (topics and told):
        return Refused(
            "nothing", {}, _offer(clues, releases) if clues.has(Slot.HOW_MANY) and not clues.strays else ()
        )
    if clues.parts:
        inside = atlas.by_code(clues.parts[0].value)
        said = quote(clues.text[clues.parts[0].start : clues.parts[0].end])
        return Refused("part", {"said": said, "country": inside}, _offer_country(clues, inside, releases))
    if not topics and _asks_for_all_displaced(clues):
        return Doubtful(FORCED, _offer_parts(clues, releases))
    if not topics:
        return None
    first = min(topics, key=lambda each: (each.value.way is not Way.REFUSE, each.start))
    if first.value.code == FORCED:
        parts = _offer_parts(clues, releases)
        return Doubtful(FORCED, parts) if len(parts) > 1 else Refused(FORCED, {}, parts)
    if first.value.code == REPEATED:
        all_stages = replace(clues, measures=(Mention(0, 0, Wording((Measure.ALL_STAGES,))),))
        offers = (*_offer(all_stages, releases)[:1], *_offer(clues, releases)[:1])
        return Refused(REPEATED, {}, tuple(dict.fromkeys(offers)))
    offered = first.value.way is Way.OFFER
    return Refused(first.value.code, {}, _offer(clues, releases) if offered else ())


def _asks_for_all_displaced(clues: Clues) -> bool:
    """Say whether all who are displaced are asked for, at home and abroad: “displaced worldwide”."""
    counted = [each for each in clues.measures if not each.value.weak]
    alone = all(each.value.measures == (Measure.DISPLACED,) for each in counted) and len(counted) == 1
    alone = alone or (not counted and clues.says(_FLED_HOME))
    if not alone or clues.places or clues.says(_INSIDE) or clues.says(REFUGEES):
        return False
    if clues.has(Slot.COUNTRIES, Slot.WHO, Slot.MOST, Slot.LEAST):
        return False
    told = clues.floors or clues.stated or WHETHER.match(clues.text)  # no verdict: the total is not known
    return bool(told) or (clues.has(Slot.HOW_MANY) and not clues.has(*_APART))


_COUNTRY = r"(?:[\w-]+ ){0,2}?(?:countr(?:y|ies)|nations?|(?:member )?states?)\b"
_OF_EACH_COUNTRY = re.compile(
    r"^\W*(?:is it true that )?(?:do|does|did|have|has|are|were) (?:all|every|each|not all)(?: of)?(?: the)?"
    rf" {_COUNTRY}"
    rf"|\b(?:any|an?|some) {_COUNTRY} ever\b|\bever\b[^.?!]{{0,60}}\bany {_COUNTRY}"
    rf"|\bwh(?:en|ich year)\b[^.?!]{{0,20}} (?:an?|any|some) {_COUNTRY}",
    re.IGNORECASE,
)
"""Each country is asked about by itself, or of all years: “do all EU countries”, “has any country ever”."""
_OWN_OTHER = re.compile(
    r"\b(?:more|fewer|less|larger|smaller|as many)\b[^.?!]{0,60}? (?:than|as) (?:it|they|she|he)(?: itself)?"
    r" (?:produce|host|send|take|receive|accept|generate|decide|reject|ha(?:s|ve|d) (?:produc|host|sent))",
    re.IGNORECASE,
)
"""Two figures of one country are held against each other: “hosts more than it produces”."""


def _refuse_structure(clues: Clues, releases: Sequence[Release]) -> Refused | None:
    """Refuse figures to be checked, countries that do not belong together, and places inside a country."""
    if clues.claims and not _is_beside(clues):
        return Refused("claim", {"said": clues.claims[0]}, _offer(replace(clues, claims=()), releases))
    if clues.unplaced and not clues.has(Slot.WORLDWIDE):
        return Refused("whose", {})
    if clues.says(_LEFT_AGAIN) and clues.places and all(is_usual_host(each.value) for each in clues.places):
        home = replace(clues, measures=(Mention(0, 0, Wording((RETURNED,))),))
        return Refused("onward", {}, _offer(home, releases))
    if _are_unrelated(clues):
        return Refused("unrelated", {})
    if clues.says(_OF_EACH_COUNTRY):
        return Refused("each-country", {}, _offer(clues, releases))
    if clues.says(_OWN_OTHER):
        return Refused("two-figures", {}, _offer(clues, releases))
    if _asks_for_no_figure(clues):
        return Refused("unasked", {}, _offer(clues, releases))
    return Refused("inside", {}) if _asks_inside(clues) else None


def _is_beside(clues: Clues) -> bool:
    """Say whether a round number is asked about that a figure can be told beside: “are 8 million there?”."""
    apart = clues.has(
        Slot.COUNTRIES, Slot.WHO, Slot.SHARE, Slot.FACTOR, Slot.COMPARE, Slot.UP, Slot.DOWN, Slot.MOST
    )
    if len(clues.claims) == 1 and _OF_A_HUNDRED.search(clues.claims[0]):
        return clues.has(Slot.SHARE, Slot.UP, Slot.DOWN, Slot.CHANGE) and not clues.has(Slot.COUNTRIES)
    told = bool(clues.places) or clues.has(Slot.WORLDWIDE)
    round_one = len(clues.claims) == 1 and _ROUND.search(clues.claims[0]) is not None
    return round_one and told and WHETHER.match(clues.text) is not None and not apart


def _refuse_unknown(clues: Clues, atlas: Atlas, releases: Sequence[Release]) -> Refused | None:
    """Refuse where an unknown word may change the figure."""
    heavy = find_heavy(clues)
    if not heavy:
        return None
    said = tuple(dict.fromkeys(stray.value for stray in heavy))[:MAX_SAID]
    likely = _spell(clues, heavy[0], atlas)
    return Refused("unknown", {"said": said, "likely": likely}, _offer(clues, releases))


def _goes_on(clues: Clues) -> bool:
    """Say whether a text goes on from an answer and is not whole: no country in it, or nothing counted."""
    return _GOES_ON.match(clues.text) is not None and not (clues.measures and clues.places)


def _asks_for_no_figure(clues: Clues) -> bool:
    """Say whether a question asks neither for a number nor for a country: “What do they need?”."""
    asks = _OPEN.match(clues.text) is not None
    told = clues.places or clues.strays or clues.years or clues.floors or clues.claims
    whether = WHETHER.match(clues.text) is not None and not told
    counted = any(not each.value.weak for each in clues.measures) or clues.has(*_FIGURES)
    return (asks or whether) and not (counted or clues.says(COMING))


def _are_unrelated(clues: Clues) -> bool:
    """Say whether two countries are on one side without a list or a comparison: “in Turkey … in Germany”."""
    ranked = {mention.start for mention in find_within(clues)}
    named = [mention.value for mention in place_named(clues) if mention.start not in ranked]
    twice = any(
        not naming.listed
        and naming.role
        and any(
            naming.role is before.role and naming.countries != before.countries for before in named[:place]
        )
        for place, naming in enumerate(named)
    )
    together = clues.has(Slot.COMPARE, Slot.TOGETHER, Slot.DIFFERENCE, Slot.SHARE, Slot.FACTOR)
    together = together or any(RETURNED in each.value.measures for each in clues.measures)
    together = together or clues.says(_AND_IN)
    return twice and not together and len(split_parts(clues)) == 1


def _asks_inside(clues: Clues) -> bool:
    """Say whether it is asked where in a country people are: “Where do refugees live in the US?”."""
    asks = clues.has(Slot.WHERE) and not clues.has(Slot.ORIGINS, Slot.COUNTRIES, Slot.RANK)
    inside = [each for each in clues.places if each.value.role is Role.ASYLUM]
    return (
        asks and len(inside) == len(clues.places) == 1 and isinstance(inside[0].value.countries[0], Country)
    )


def _spell(clues: Clues, stray: Mention[str], atlas: Atlas) -> tuple[Country, ...]:
    """Return the countries that an unknown word may be meant for."""
    return tuple(correct(clues.text[stray.start : stray.end], atlas.lookup))


def _offer(clues: Clues, releases: Sequence[Release], *, tried: bool = False) -> tuple[Question, ...]:
    """Return the nearest questions that can be answered: the same without what cannot."""
    if any(each.value.code == EXCLUDED for each in clues.topics):
        return ()
    bare = replace(clues, topics=(), strays=(), parts=())
    if not (bare.places or bare.measures):
        return ()
    try:
        answers, _, doubt = _answers(bare, releases)
    except Unfit as unfit:
        return _offer_instead(bare, unfit, releases) if unfit.reason in _OF_YEARS and not tried else ()
    readings = doubt.readings if doubt else [each.question for each in answers]
    return tuple(dict.fromkeys(readings))[:MAX_OFFERS]


def _offer_instead(clues: Clues, unfit: Unfit, releases: Sequence[Release]) -> tuple[Question, ...]:
    """Return what can be asked instead of what does not fit: the whole, each question, the nearest year."""
    match unfit.reason:
        case "exclude" | "include":
            clues = replace(clues, left_out=(), included=())
        case "several-parts":
            each = [_offer(part, releases) for part in split_parts(clues)]
            return tuple(dict.fromkeys(question for offers in each for question in offers))[:MAX_OFFERS]
        case reason if reason in _OF_YEARS:
            clues = replace(clues, years=tuple(_move_years(clues, unfit, releases[-1].newest_year)))
        case _:
            return ()
    return _offer(clues, releases, tried=True)


def _move_years(clues: Clues, unfit: Unfit, newest: int) -> Iterator[Mention[YearSpan]]:
    """Put the nearest years that have figures in the place of those named."""
    begin = int(str(unfit.values.get("first", 0)))
    for each in clues.years:
        ends = (each.value.first, each.value.last)
        first, last = (None if year is None else min(max(year, begin), newest) for year in ends)
        yield replace(each, value=replace(each.value, first=first, last=last, period=None, day=None))


def _offer_parts(clues: Clues, releases: Sequence[Release]) -> tuple[Question, ...]:
    """Return the kinds of people who are forcibly displaced, each with its own figure."""
    kinds = (Measure.REFUGEES, Measure.DISPLACED, Measure.PENDING, Measure.OTHERS_IN_NEED)
    counted = (replace(clues, measures=(Mention(0, 0, Wording((of,))),)) for of in kinds)
    return tuple(
        dict.fromkeys(question for each in counted for question in _offer(each, releases, tried=True)[:1])
    )


def _offer_country(clues: Clues, inside: Country | None, releases: Sequence[Release]) -> tuple[Question, ...]:
    """Return the question with the country in the place of a city in it."""
    if inside is None:
        return ()
    found = []
    for question in _offer(clues, releases):
        place = getattr(question, "place", None) or (getattr(question, "places", None) or (None,))[0]
        if place and place.asylum is None:
            asked = replace(place, asylum=inside)
            field = {"place": asked} if hasattr(question, "place") else {"places": (asked,)}
            if not (hasattr(question, "role") and question.role is Role.ASYLUM):
                found.append(replace(question, **field))
    return tuple(found) or (AskFigures(Place(None, inside)),)


def _has_a_subject(clues: Clues) -> bool:
    """Say whether a sentence is about refugees or asylum at all: a place alone is, among few other words."""
    if clues.measures or _ABOUT.search(clues.text) or clues.has(Slot.CHANGES, Slot.FLED):
        return True
    if (clues.has(Slot.HOSTED) and clues.has(Slot.MOST, Slot.LEAST)) or (
        clues.places and clues.says(SUMMARY)
    ):
        return True
    if clues.places:
        named = (each.value for each in clues.places)
        people = any(each.people or not getattr(each.countries[0], "is_country", True) for each in named)
        people = people or clues.has(Slot.ORIGINS, Slot.ASYLUMS)
        few = len(split(clues.text)) <= MAX_BARE * len(clues.places) + len(clues.years)
        return people or (few and not _ASKS.match(clues.text))
    if clues.has(Slot.WORLDWIDE) and clues.years and len(split(clues.text)) <= MAX_BARE * len(clues.years):
        return True
    return clues.has(Slot.COUNTRIES, Slot.MOST) and clues.has(Slot.ORIGINS)


def _take(clues: Clues, releases: Sequence[Release]) -> Outcome:
    """Take the best frame of each part of a sentence; ask where two are as good."""
    answers, others, doubt = _answers(clues, releases)
    if doubt:
        return doubt
    questions = [each.question for each in answers]
    if undated := _find_undated(clues, questions):
        return Refused("undated", {"said": undated}, _offer_dated(clues, releases))
    if omitted := find_omitted(clues, answers):
        return Refused("omitted", {"said": omitted}, tuple(questions[:MAX_OFFERS]))
    return Understood(
        tuple(answers),
        tuple(each for each in dict.fromkeys(others) if each not in questions)[:MAX_OTHERS],
        tuple(dict.fromkeys(_list_remarks(clues, answers))),
        _choose_across(clues, questions),
    )


def _list_remarks(clues: Clues, answers: Sequence[Answer]) -> Iterator[tuple[str, str]]:
    """List what is to be said of the reading; a number that is judged needs no word."""
    judged = any(each.aim and each.aim.point is AimKind.ABOVE and not each.aim.sign for each in answers)
    remarks = find_remarks(clues, [each.question for each in answers])
    return (each for each in remarks if not (judged and each[0] == "claimed"))


def _find_undated(clues: Clues, questions: Sequence[Question]) -> str:
    """Return “since the war began” where claims or decisions are counted, and no year says from when."""
    since = [each for each in clues.topics if each.value.code == UNDATED]
    counted = measure_of(questions[0])
    by_year = isinstance(questions[0], AskDecisions) or (
        counted is not None and counted.nature is Nature.FLOW
    )
    if not since or clues.years or not by_year:
        return ""
    return quote(clues.text[since[0].start : since[0].end])


def _offer_dated(clues: Clues, releases: Sequence[Release]) -> tuple[Question, ...]:
    """Return the same since the year in which the war began, and of the newest year alone."""
    codes = (area.code for each in clues.places for area in each.value.countries)
    began = next(filter(None, map(find_year_of_war, codes)), None)
    since = YearSpan(began, None)
    dated = _offer(replace(clues, years=(Mention(0, 0, since),)), releases) if began else ()
    return tuple(dict.fromkeys((*dated[:1], *_offer(clues, releases)[:1])))


def _choose_across(clues: Clues, questions: Sequence[Question]) -> Aim | None:
    """Return what the figures of several answers are held against each other for, or added up."""
    if len({(type(each), measure_of(each)) for each in questions}) > 1 or len(questions) == 1:
        return None
    if all(isinstance(each, AskPeriod) for each in questions):
        return Aim(AimKind.TOGETHER) if clues.has(Slot.TOGETHER) else None
    ones = [each for each in questions if isinstance(each, AskTrend) and each.first == each.last]
    return choose_across(clues) if find_pairs(clues) and len(ones) == len(questions) == 2 else None  # noqa: PLR2004


def _answers(
    clues: Clues, releases: Sequence[Release]
) -> tuple[list[Answer], list[Question], Doubtful | None]:
    """Return the answers to each part, close seconds, and what is in doubt."""
    answers: list[Answer] = []
    others: list[Question] = []
    parts = split_parts(clues)
    apart = bool(find_pairs(clues))
    for part in parts:
        try:
            found, more, doubt = _answer_part(part, releases)
        except Unfit:
            if answers:  # the first part stands, and the second is not understood
                continue
            raise
        if doubt and not answers:
            if len(parts) > 1:
                raise Unfit("several-parts")
            return [], [], doubt
        if doubt:  # nor is a second that can be taken in several ways
            continue
        if apart:  # held against the other country's year, which is in no finding of this one's
            likely = part.measures[0].value.measures[0] if part.measures else None
            one = next((each for each in found if measure_of(each.question) is likely), found[0])
            more += [each.question for each in found if each is not one]
            found = [replace(one, aim=None if one.aim and one.aim.point in _HELD else one.aim)]
        answers += [each for each in found if each.question not in {other.question for other in answers}]
        others += more
    rejected = any(Measure.REJECTED in each.value.measures for each in clues.measures)
    summed = clues.has(Slot.HOW_MANY, Slot.TOTAL, Slot.TOGETHER) and not clues.has(*_NOT_SUMMED)
    mean = clues.has(Slot.PERIOD) and clues.says(AVERAGE) and not clues.has(*_NOT_SUMMED)
    average = Aim(AimKind.AVERAGE) if mean else None
    told = _spell_out(answers[:MAX_OTHERS], rejected=rejected, summed=summed or mean, average=average)
    return [*told][:MAX_TOLD], others, None


def _spell_out(
    answers: Sequence[Answer], *, rejected: bool, summed: bool, average: Aim | None
) -> Iterator[Answer]:
    """Yield what is told first, and beside it, in a line each, what a line can hold.

    `summed`: also what is told first is a number over years, or an `average`.
    """
    for place, each in enumerate(answers):
        several = isinstance(each.question, AskTrend) and len(each.question.places) > 1
        told = summed and (several or isinstance(each.question, AskDecisions))
        together = several and each.aim is not None and each.aim.point is AimKind.TOGETHER
        apart = (each.aim is None or (together and summed)) and (place or told)
        asked = sum_years(each.question, rejected=rejected) if apart else (each.question,)
        for question in asked:
            yield each if question is each.question else Answer(question, average)


def _answer_part(
    clues: Clues, releases: Sequence[Release]
) -> tuple[list[Answer], list[Question], Doubtful | None]:
    frames = fill(clues, releases)
    made: list[tuple[Frame, Answer]] = []
    unfit: Unfit | None = None
    for frame in frames:
        try:
            made.append((frame, answer(frame)))
        except Unfit as error:
            unfit = unfit or error
    if not made:
        raise unfit or Unfit("nothing")
    best = made[0][0]
    close = [pair for pair in made if is_close(pair[0], best)]
    equal = [pair for pair in close if pair[0].cost == best.cost]
    if doubt := _find_doubt(clues, equal):
        return [], [], doubt
    answers = [each for _, each in equal[:MAX_OTHERS]]
    ends = name_ends(answers[0].question, best.times)
    if ends:
        answers.insert(1, Answer(ends))
    return answers, [each.question for _, each in close if each not in answers], None


def _find_doubt(clues: Clues, equal: list[tuple[Frame, Answer]]) -> Doubtful | None:
    """Say what is left open where readings are as good as each other; two figures are both given."""
    readings = tuple(dict.fromkeys(each.question for _, each in equal))
    if len(readings) == 1:
        return None
    for mention in clues.places:
        if len(mention.value.countries) > 1:
            said = quote(clues.text[mention.start : mention.end])
            return Doubtful("name", readings[:MAX_READINGS], said)
    measures = {measure_of(reading) for reading in readings}
    best = equal[0][0]
    several = best.ranking is not None or len(best.sides.places) > 1
    joined = choose_counted(clues, several=several).keys() != set(PEOPLE)
    if len(measures) == len(readings) <= MAX_OTHERS and joined:  # all the figures are given
        return None
    return Doubtful("people" if Measure.REFUGEES in measures else "several", readings[:MAX_READINGS])
