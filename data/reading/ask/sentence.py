"""A sentence in plain English, understood: gather its clues, fill frames, take the best of them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from data.countries.lookup import correct
from data.countries.territories import find_former
from data.errors import quote
from data.model import Country, Measure, Place, Role
from data.questions.figures import AskFigures
from data.questions.refinement import measure_of
from data.reading.ask.clues import clean, gather
from data.reading.ask.definitions import find_definition
from data.reading.ask.frame import answer, fill, is_close, name_ends
from data.reading.ask.languages import ENGLISH, recognise
from data.reading.ask.outcome import Answer, Doubtful, Explained, Outcome, Refused, Understood, Unfit
from data.reading.ask.vocabulary import MAX_LENGTH, MAX_WORDS, Slot, Way
from data.reading.places import find_places
from data.reading.words import split
from data.reading.years import find_years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from data.countries import Atlas
    from data.glossary import Glossary
    from data.model import Release
    from data.questions.registry import Question
    from data.reading.ask.clues import Clues
    from data.reading.ask.frame import Frame

MAX_COST = 4.0
"""So much may be unknown in a sentence that is answered all the same."""

MAX_READINGS, MAX_OFFERS, MAX_OTHERS = 5, 3, 3
_ABOUT = re.compile(
    r"\b(?:asylum|refugees?|displaced|stateless|IDPs?|unhcr|resettle|naturali[sz])", re.IGNORECASE
)
_ASKED = r"(?:how (?:many|much|has|have|did)|who|what|which|where)"
_PART = re.compile(
    rf"(?:[,;.?!:]\s+(?:and |but )?|\s+(?:and|&)\s+)(?=(?:(?:from|in|to) )?{_ASKED}\b)", re.IGNORECASE
)
_BEFORE_PART = re.compile(rf"\b(?:{_ASKED}|is|are|did|do|does|has|have|was|were|number)\b", re.IGNORECASE)


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
    try:
        if entries := find_definition(clues.text, glossary):
            return Explained(entries)
        return _refuse(clues, atlas, releases) or _take(clues, releases)
    except Unfit as unfit:
        return Refused(unfit.reason, unfit.values)


def _find_language(text: str, atlas: Atlas, today: date, newest: int) -> Refused | None:
    """Refuse what is not English, with the countries and years that were found in it."""
    text = clean(text)
    places = find_places(text, atlas, near=False, groups=True)
    language = recognise(text, places)
    if language == ENGLISH:
        return None
    years = [each.value.single for each in find_years(text, today, newest) if each.value.single]
    year = next((each for each in years if each <= newest), None)
    areas = dict.fromkeys(area for each in places for area in each.value.countries)
    offers: list[Question] = [AskFigures(Place(None, area), year) for area in list(areas)[:MAX_OFFERS]]
    if len(areas) == 2:  # noqa: PLR2004 - a pair, either way round
        one, other = areas
        offers = [AskFigures(Place(one, other), year), AskFigures(Place(other, one), year), *offers]
    return Refused("language", {"language": language}, tuple(offers[:MAX_OFFERS]))


def _refuse(clues: Clues, atlas: Atlas, releases: Sequence[Release]) -> Refused | None:
    """Return why a question cannot be answered whatever it means, if so, and what can be asked instead."""
    for mention in clues.places:
        for country in mention.value.countries:
            if country.code.isupper() and atlas.by_code(country.code) is None:
                return Refused("unlisted", {"name": country.text})
    if clues.parts:
        inside = atlas.by_code(clues.parts[0].value)
        said = quote(clues.text[clues.parts[0].start : clues.parts[0].end])
        return Refused("part", {"said": said, "country": inside}, _offer_country(clues, inside, releases))
    if _asks_inside(clues):
        return Refused("inside", {}, ())
    topics = [each for each in clues.topics if each.value.way is not Way.NOTE]
    if topics:
        first = min(topics, key=lambda each: (each.value.way is not Way.REFUSE, each.start))
        offered = first.value.way is Way.OFFER
        return Refused(first.value.code, {}, _offer(clues, releases) if offered else ())
    former = (
        find_former(" ".join(word.key for word in split(clues.text)), within=True) if clues.strays else None
    )
    if former:
        now = tuple(country for code in former.codes if (country := atlas.by_code(code)))
        return Refused("former", {"former": former.text, "now": now})
    if not _has_a_subject(clues):
        return Refused("nothing", {})
    place = next((stray for stray in clues.strays if stray.cost >= MAX_COST), None)
    if place or sum(stray.cost for stray in clues.strays) > MAX_COST:
        said = tuple(dict.fromkeys(stray.said for stray in ([place] if place else clues.strays[:3])))
        likely = _spell(clues, place.start, atlas) if place else ()
        return Refused("unknown", {"said": said, "likely": likely}, _offer(clues, releases))
    return None


def _asks_inside(clues: Clues) -> bool:
    """Say whether it is asked where in a country people are: “Where do refugees live in the US?”."""
    asks = clues.has(Slot.WHERE) and not clues.has(Slot.ORIGINS, Slot.COUNTRIES)
    inside = [each for each in clues.places if each.value.role is Role.ASYLUM]
    return (
        asks and len(inside) == len(clues.places) == 1 and isinstance(inside[0].value.countries[0], Country)
    )


def _spell(clues: Clues, start: int, atlas: Atlas) -> tuple[Country, ...]:
    """Return the countries that an unknown word may be meant for."""
    word = next(word for word in split(clues.text) if word.start == start)
    return tuple(correct(clues.text[word.start : word.end], atlas.lookup))


def _offer(clues: Clues, releases: Sequence[Release]) -> tuple[Question, ...]:
    """Return the nearest questions that can be answered: the same without what cannot."""
    bare = replace(clues, topics=(), strays=(), parts=())
    if not _has_a_subject(bare) or not (bare.places or bare.measures):
        return ()
    try:
        return tuple(dict.fromkeys(each.question for each in _answers(bare, releases)[0]))[:MAX_OFFERS]
    except Unfit:
        return ()


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
    """Say whether a sentence is about asylum at all."""
    return bool(
        clues.places
        or clues.measures
        or _ABOUT.search(clues.text)
        or clues.has(Slot.CHANGES)
        or (clues.has(Slot.COUNTRIES, Slot.MOST) and clues.has(Slot.ORIGINS))
    )


def _take(clues: Clues, releases: Sequence[Release]) -> Outcome:
    """Take the best frame of each part of a sentence; ask where two are as good."""
    answers, others, doubt = _answers(clues, releases)
    if doubt:
        return doubt
    questions = [each.question for each in answers]
    return Understood(
        tuple(answers),
        tuple(each for each in dict.fromkeys(others) if each not in questions)[:MAX_OTHERS],
        tuple(dict.fromkeys(stray.said for stray in clues.strays)),
        tuple(_remark(clues)),
    )


def _remark(clues: Clues) -> Iterator[tuple[str, str]]:
    """Yield what has to be said of how a sentence was taken."""
    for each in clues.topics:
        yield each.value.code, quote(clues.text[each.start : each.end])
    for each in clues.places:
        if each.value.misspelt:
            yield "misspelt", quote(clues.text[each.start : each.end])
    for month in clues.months:
        yield "month", quote(month)


def _answers(
    clues: Clues, releases: Sequence[Release]
) -> tuple[list[Answer], list[Question], Doubtful | None]:
    """Return the answers to each part, close seconds, and what is in doubt."""
    answers: list[Answer] = []
    others: list[Question] = []
    for part in _split(clues):
        try:
            found, more, doubt = _answer_part(part, releases)
        except Unfit:
            if answers:  # the first part stands, and the second is not understood
                continue
            raise
        if doubt and not answers:
            return [], [], doubt
        answers += [each for each in found if each.question not in {other.question for other in answers}]
        others += more
    return answers[:MAX_OTHERS], others, None


def _split(clues: Clues) -> list[Clues]:
    """Part a sentence where a second question begins; what a part does not name it has from the whole."""
    starts = [
        match.end()
        for match in _PART.finditer(clues.text)
        if _BEFORE_PART.search(clues.text[: match.start()])
    ]
    if not starts:
        return [clues]
    bounds = [0, *starts, len(clues.text)]
    parts = [clues.within(one, other) for one, other in pairwise(bounds)]
    return [
        replace(
            part,
            text=part.text if part.measures else f"{part.text} {_people(clues)}",
            places=part.places or clues.places,
            years=part.years or clues.years,
            measures=part.measures or parts[0].measures,
        )
        for part in parts
    ]


def _people(clues: Clues) -> str:
    """Return the word for those who are counted, for a part that says “they”."""
    found = re.search(r"\b(?:refugees?|asylum[ -]seekers?)\b", clues.text, re.IGNORECASE)
    return found[0] if found else ""


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
    answers = [each for _, each in equal[:2]]
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
    if len(measures) == len(readings) == 2:  # noqa: PLR2004 - both figures are given
        return None
    return Doubtful("people" if Measure.REFUGEES in measures else "several", readings[:MAX_READINGS])
