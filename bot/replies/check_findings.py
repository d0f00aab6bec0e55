"""What stands behind a claim, and what the text got wrong about it, in short exact sentences.

The words of the verdicts (“right”, “close”, “rounded”, “until”) stand in the verdicts alone.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, assert_never

from bot.replies.check_comparisons import name_release, name_subject, say_comparison
from bot.replies.check_standings import say_standing
from bot.replies.coverage import note_breaks
from bot.words import (
    NAMES,
    NAMES_WITHIN,
    SUBJECTS_WITHIN,
    capitalise,
    name_place,
    say_covered,
    say_day,
    say_list,
    say_number,
    say_origin,
    say_ratio,
    say_share,
    say_span,
    say_subject,
    say_tally,
    say_value,
    say_when,
)
from data.measures import OUTCOMES
from data.model import Level, Measure, Nature, Tally, Unit
from data.reading.check import verdicts as v
from data.reading.check.claim import Mark, Near, Subject, Term
from data.reading.check.evidence import Fact, Spread, Variant
from data.reading.numbers import NumberForm
from data.statistics import find_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.coverage import Break
    from data.model import Number, Place, Release
    from data.reading.check.claim import Claim


ELSEWHERE = {
    Mark.MONTHS: "UNHCR publishes half-years and years; months are with the country's own office",
    Mark.FISCAL: "UNHCR counts calendar years; fiscal years are with the country's own office",
    Mark.SOURCE: "another body counted it, in its own way",
    Mark.REGION: "it is of a group of countries",
    Mark.TOWN: "UNHCR counts countries; cities and camps are with the local authorities",
    Mark.SO_FAR: "it was added up since some day; UNHCR counts years",
    Mark.UNRWA: "Palestine refugees under UNRWA's mandate, whom UNHCR's totals add, are not in these tables",
    Mark.SUM: "UNHCR subtracts people counted twice; these tables do not give the sum",
    Mark.PART: "it is a part that UNHCR does not count in these tables",
}
"""Why what a text says cannot be held against these figures, and who has it."""

_APPLIED = "{amount}{origin} applied{asylum}{level} {when}"
_FILED = "{amount}{origin} were filed{asylum}{level} {when}"
_LIVED = "{amount}{origin} lived{asylum}{level} {when}"

_PHRASES = {
    Measure.PENDING: ("", "{amount}{origin} were waiting for a decision{asylum}{level} {when}"),
    Measure.APPLICATIONS: ("", _APPLIED),
    Measure.ALL_STAGES: ("", f"{_APPLIED}, repeat claims and appeals included"),
    Measure.DECISIONS: ("claims", "{amount}{origin} were decided or closed{asylum}{level} {when}"),
    Measure.RECOGNISED: ("", "{amount}{origin} were recognised as refugees{asylum}{level} {when}"),
    Measure.COMPLEMENTARY: ("", "{amount}{origin} were given complementary protection{asylum}{level} {when}"),
    Measure.REJECTED: ("claims", "{amount}{origin} were rejected{asylum}{level} {when}"),
    Measure.CLOSED: ("claims", "{amount}{origin} were otherwise closed{asylum}{level} {when}"),
    Measure.REFUGEES: ("refugees", _LIVED),
    Measure.OTHERS_IN_NEED: ("others in need of international protection", _LIVED),
    Measure.DISPLACED: ("", "{amount}{origin} were internally displaced{asylum}{level} {when}"),
    Measure.STATELESS: ("stateless people", _LIVED),
    Measure.RETURNED_REFUGEES: ("refugees", "{amount}{origin} returned{asylum}{level} {when}"),
    Measure.RETURNED_DISPLACED: ("displaced people", "{amount}{origin} returned{asylum}{level} {when}"),
    Measure.RESETTLED: ("refugees", "{amount}{origin} were resettled{asylum}{level} {when}"),
    Measure.NATURALISED: ("refugees", "{amount}{origin} were naturalised{asylum}{level} {when}"),
}
"""What is counted, and what is said of it: “99,716 from China were waiting for a decision on …”."""

_IN_CASES = {
    Measure.APPLICATIONS: _FILED,
    Measure.ALL_STAGES: f"{_FILED}, repeat claims and appeals included",
}
"""What is said of cases, which do not apply themselves."""

_VARIANTS = {
    Variant.SUBSTANTIVE: ("claims", "{amount}{origin} were decided on their merits{asylum}{level} {when}"),
    Variant.PROTECTED: (
        "",
        "{amount}{origin} were recognised or given complementary protection{asylum}{level} {when}",
    ),
    Variant.WITH_REPEATS: ("", f"{_APPLIED}, repeat claims included"),
    Variant.REPEATS: ("", "{amount}{origin} applied again{asylum}{level} {when}"),
    Variant.WITH_OTHERS: ("refugees and others in need of international protection", _LIVED),
    Variant.WITH_SEEKERS: ("refugees and asylum-seekers", _LIVED),
}

_VARIANTS_IN_CASES = {
    Variant.WITH_REPEATS: f"{_FILED}, repeat claims included",
    Variant.REPEATS: "{amount}{origin} were filed again{asylum}{level} {when}",
}


def state(fact: Fact, *, place: bool = True) -> str:
    """State a figure: “6,435 from China were waiting for a decision in Canada on 30 June 2025”."""
    noun, sentence = _VARIANTS.get(fact.variant) or _PHRASES[fact.measure]
    if fact.unit is Unit.CASES:
        sentence = _VARIANTS_IN_CASES.get(fact.variant) or _IN_CASES.get(fact.measure, sentence)
    unit = {Unit.PERSONS: noun, Unit.CASES: "cases", None: "persons plus cases"}[fact.unit]
    origin, asylum = (fact.place.origin, fact.place.asylum) if place else (None, None)
    where = " worldwide" if place and not origin else ""
    return sentence.format(
        amount=f"{say_number(fact.value)} {unit}" if unit else say_number(fact.value),
        origin=f" {say_origin(origin)}" if origin else "",
        asylum=f" in {asylum.text}" if asylum else where,
        level=" at first instance" if fact.level is Level.FIRST else "",
        when=say_time(fact),
    )


def say_time(fact: Fact) -> str:
    """Write what a figure covers: “on 30 June 2025”."""
    return say_when(fact.measure.nature, fact.year, fact.covers)


def say_finding(finding: v.ClaimFinding, *, again: bool = False, stated: Fact | None = None) -> str:
    """Say where the number comes from, what the text got wrong, and what has become of it.

    The correction, with the figure itself, was said before. `again`: what a stock is was said of another
    claim already. `stated`: what the correction says beside the figure.
    """
    return " ".join(list_sentences(finding, again=again, stated=stated))


def list_sentences(finding: v.ClaimFinding, *, again: bool = False, stated: Fact | None = None) -> list[str]:
    """Say the same sentence by sentence."""
    return [capitalise(sentence) for sentence in _say_all(finding, again=again, stated=stated) if sentence]


def _say_all(finding: v.ClaimFinding, *, again: bool, stated: Fact | None) -> Iterator[str]:
    if finding.match:
        yield _say_source(finding.match, () if finding.now else finding.breaks)
    if finding.verdict is v.Verdict.UNCHECKED:
        yield _say_unchecked(finding)
    if finding.decisions is not None:
        yield f"That is a share of {say_number(finding.decisions)} substantive decisions."
    yield _say_unrwa(finding)
    yield from (say_flaw(flaw, again=again) for flaw in finding.flaws)
    if finding.rival:
        yield f"Or else: {_say_rival(finding.rival)}."
    if finding.beside and finding.match and isinstance(finding.match.source, Fact):
        yield _say_beside(finding.match.source.unit, finding.beside)
    yield _say_flow(finding)
    if finding.carried:
        before = finding.carried.before
        yield f"{before} had exactly the same: probably carried forward, not counted anew."
    if finding.now and finding.match and isinstance(finding.match.source, Fact):
        yield _say_now(finding.match.source, finding.now, finding.claim, finding.breaks)
    alone = finding.match is None
    yield from dict.fromkeys(say_comparison(compared, alone=alone) for compared in finding.compared)
    yield from map(say_standing, finding.stood)
    yield _say_instead(finding, stated)
    if finding.joint:
        yield f"{say_joint(finding.joint)}."
    if finding.otherwise:
        yield f"Or, if that is meant: {'; '.join(map(state, finding.otherwise))}."


def _say_unrwa(finding: v.ClaimFinding) -> str:
    return f"{ELSEWHERE[Mark.UNRWA]}." if finding.match and Mark.UNRWA in finding.claim.marks else ""


def _say_rival(match: v.Match) -> str:
    source = match.source
    if not isinstance(source, Fact):
        return ""
    return f"{say_number(source.value)}, {say_fact(source, within=True)}"


def _say_unchecked(finding: v.ClaimFinding) -> str:
    """Say what is not known here, and where to look."""
    if finding.compared:
        return ""
    marks = [ELSEWHERE[mark] for mark in ELSEWHERE if mark in finding.claim.marks]
    if marks and not finding.match:
        whole = finding.instead and finding.claim.marks & _OF_TIME
        return f"{marks[0]}. Of the whole year:" if whole else f"{marks[0]}."
    if finding.instead and finding.claim.at_first is not Near.CLAUSE:
        first = finding.instead[0]
        if finding.claim.means_middle(first.measure.nature, first.year):
            return f"No figure of the middle of {first.year} is kept here."
    if finding.match:
        return (
            "That is the figure for all levels together; for first instance, which the text means,"
            " there is none to compare with."
        )
    if finding.claim.subject is Subject.RATE:
        return "No such rate is known here: too few decisions on this are published, or none."
    if not finding.instead and finding.claim.at_first is not Near.CLAUSE:
        return f"No such figure of {_name_said(finding.claim)} is in these tables."
    together = " Of all levels together:" if finding.instead else ""
    return f"No such figure at first instance is known here{_say_where(finding.instead)}.{together}"


def _name_said(claim: Claim) -> str:
    """Name the places and the year that a text speaks of, as near to its number as any."""
    origins, asylums = claim.telling
    areas = [
        side[told[0][0]].area for side, told in ((claim.origins, origins), (claim.asylums, asylums)) if told
    ]
    names = " → ".join(area.text for area in areas) or "the world"
    return f"{names}, {claim.nearest_year}" if claim.nearest_year else names


_OF_TIME = frozenset({Mark.MONTHS, Mark.FISCAL})


def _say_where(instead: Sequence[Fact]) -> str:
    """Say where decisions at first instance are."""
    decided = [fact for fact in instead if fact.measure in (Measure.DECISIONS, *OUTCOMES)]
    return "; such decisions are under /asylum decisions, level:first-instance" if decided else ""


def _say_source(match: v.Match, breaks: Sequence[Break]) -> str:
    """Say what the figure counts, and in which release it stands."""
    source = match.source
    if isinstance(source, Fact):
        note = note_breaks(source.measure, breaks)
        return f"{say_fact(source)} ({name_release(_release_of(source))}{note})."
    return f"From {name_release(source.release)}{_say_newest(source)}."


def _say_newest(source: v.NumberSource) -> str:
    if not isinstance(source, v.Total) or source.now == source.value:
        return ""
    return f"; by the newest figures it is {say_number(source.now)}"


def name_source(source: v.NumberSource, claim: Claim) -> str:
    """Say what arithmetic a number comes from."""
    match source:
        case v.Total():
            return (
                f"{say_number(source.value)} adds up {name_subject(source.measure, source.place)}"
                f" of every year {source.first}–{source.last}"
            )
        case v.Extremes():
            (low, low_year), (high, high_year) = source.low, source.high
            return (
                f"{name_subject(source.measure, source.place)}, {source.first}–{source.last}:"
                f" lowest {say_number(low)} ({low_year}), highest {say_number(high)} ({high_year})"
            )
        case Spread():
            return _say_spread(source, claim)
        case v.Joint():
            return say_joint(source)
        case v.ShareOf():
            return say_part(source)
        case Fact():
            return state(source)
        case _:
            assert_never(source)


def say_joint(joint: v.Joint) -> str:
    """Say what some countries have together, and each of them."""
    first = joint.facts[0]
    parts = say_list(f"{name_place(fact.place)} {say_number(fact.value)}" for fact in joint.facts)
    counted = f"{NAMES_WITHIN[first.measure]} {say_time(first)}"
    return f"{say_number(joint.value)} is the sum of {counted}: {parts}"


def say_part(part: v.ShareOf) -> str:
    """Say which part of what a figure is."""
    whole = part.whole.place
    where = f"in {whole.asylum.text}" if whole.asylum else "worldwide"
    where = say_origin(whole.origin) if whole.origin else where
    return f"{state(part.fact)}, {say_share(part.value)} of all {say_number(part.whole.value)} {where}"


def _say_spread(spread: Spread, claim: Claim) -> str:
    when = say_when(Nature.STOCK, spread.year, spread.release.period_of(spread.year))
    where = "countries of asylum" if spread.place.origin else "groups by origin"
    if claim.quantity and claim.quantity.form is NumberForm.SINGLE:
        return f"fewer than 10 claims were pending {when} in {spread.under_ten} of {spread.countries} {where}"
    return f"claims were pending {when} in {spread.countries} {where}"


def _say_beside(unit: Unit | None, other: Number) -> str:
    if unit is Unit.CASES:
        return f"Beside these cases there are {say_number(other)} persons; the two are never added."
    return (
        f"Beside these persons there are {say_number(other)} cases, each of one or more; they are not added."
    )


def _say_flow(finding: v.ClaimFinding) -> str:
    """Say how many applied in the years whose stocks were summed, or the cases beside a sum of persons."""
    if not finding.flow:
        return ""
    amounts = {total.unit: total.value for total in finding.flow}
    first = finding.flow[0]
    source = finding.match.source if finding.match else None
    if isinstance(source, v.Total) and source.measure is first.measure:
        return _say_beside(Unit.PERSONS, amounts[Unit.CASES])
    tally = Tally(amounts.get(Unit.PERSONS), amounts.get(Unit.CASES))
    return f"{NAMES[first.measure]} over {first.first}–{first.last}: {say_tally(first.measure, tally)}."


_OF_VARIANT = {
    Variant.SUBSTANTIVE: ", on the merits alone",
    Variant.PROTECTED: ", with complementary protection",
    Variant.WITH_REPEATS: ", with repeat claims",
    Variant.REPEATS: ", repeat ones alone",
    Variant.FIRST_ALONE: ", first ones alone",
    Variant.WITH_OTHERS: ", with others in need of international protection",
    Variant.WITH_SEEKERS: ", with asylum-seekers",
}


def say_fact(fact: Fact, *, within: bool = False) -> str:
    """Name what a figure counts, where and when: “people from China waiting for a decision on …”."""
    when = say_when(fact.measure.nature, fact.year, fact.covers)
    level = ", at first instance" if fact.level is Level.FIRST else ""
    unit = {Unit.PERSONS: "", Unit.CASES: ", in cases", None: ", persons plus cases"}[fact.unit]
    subject = name_subject(fact.measure, fact.place) if within else say_subject(fact.measure, fact.place)
    return f"{subject} {when}{_OF_VARIANT.get(fact.variant, '')}{level}{unit}"


def _release_of(fact: Fact) -> Release:
    """Name the first release with a figure that was replaced, else the newest."""
    return fact.first if fact.replaced_by else fact.last


def say_amount(fact: Fact) -> str:
    """Write a figure in its unit."""
    value = say_value(fact.measure, fact.value)
    return f"{value} cases" if fact.unit is Unit.CASES and fact.measure.nature is not Nature.RATE else value


def _say_now(fact: Fact, now: Fact, claim: Claim, breaks: Sequence[Break]) -> str:
    stock = fact.measure.nature is Nature.STOCK
    if stock and claim.means_middle(Nature.STOCK, fact.year) and now.period is not fact.period:
        then = f"this stock is of 30 June {fact.year}"
        return f"{then}; that of 31 December {now.year} is another: {say_amount(now)}."
    when = say_covered(now.measure.nature, now.covers)
    ratio = find_ratio(fact.value, now.value, now.measure.nature) if _compare_alike(fact, now) else None
    change = "" if ratio is None else f", {say_ratio(ratio)}{note_breaks(now.measure, breaks, dated=False)}"
    return f"now it is {say_amount(now)} ({when}{change}), since {say_day(now.first.day)}."


def _compare_alike(fact: Fact, now: Fact) -> bool:
    return fact.period is now.period or fact.measure.nature is Nature.STOCK


def _say_instead(finding: v.ClaimFinding, stated: Fact | None) -> str:
    """Say the newest figures of what the text speaks of, in both units, but for what was `stated` already."""
    source = finding.match.source if finding.match else None
    if finding.instead and all(fact.measure.nature is Nature.RATE for fact in finding.instead):
        return _say_rates(finding)
    elsewhere = isinstance(source, Fact) and finding.instead and source.place != finding.instead[0].place
    told = []
    counted = attrgetter("measure", "variant", "level")
    for kind in dict.fromkeys(map(counted, finding.instead)):
        measure = kind[0]
        if isinstance(source, Fact) and not elsewhere and not _is_beside(finding, source, measure):
            continue
        facts = {fact.unit: fact for fact in finding.instead if counted(fact) == kind}
        if [*facts.values()] == [stated]:
            continue
        first = next(iter(facts.values()))
        amounts = {unit: fact.value for unit, fact in facts.items()}
        tally = Tally(amounts.get(Unit.PERSONS), amounts.get(Unit.CASES))
        said = f"{say_number(first.value)} persons plus cases" if None in facts else say_tally(measure, tally)
        when = say_when(measure.nature, first.year, first.covers)
        level = " at first instance" if first.level is Level.FIRST else ""
        variant = _OF_VARIANT.get(first.variant, "")
        told.append(f"{NAMES_WITHIN[measure]}{variant}{level} {when}: {said}")
    if not told:
        return ""
    first = finding.instead[0]
    place = "" if source and not elsewhere else f"{name_place(first.place)}: "
    return f"{place}{'; '.join(told)}."


def _is_beside(finding: v.ClaimFinding, source: Fact, measure: Measure) -> bool:
    """Whether a measure is what the text may have meant, beside that of its number; a flow is no stock."""
    if any(isinstance(flaw, v.OtherMeasure) for flaw in finding.flaws):
        return source.measure is not measure
    return source.measure is not measure and source.measure.nature is measure.nature


def _say_rates(finding: v.ClaimFinding) -> str:
    """Say the published rates, and for a text of rejections their share."""
    first = finding.instead[0]
    told = []
    for fact in finding.instead:
        unit = " of cases" if fact.unit is Unit.CASES else ""
        rate = f"{NAMES[fact.measure]} {say_value(fact.measure, fact.value)}{unit}"
        if finding.claim.term is Term.REJECTED and fact.measure is not Measure.REJECTION_RATE:
            rate = f"{rate}, so {say_value(fact.measure, 1 - fact.value)} were rejected"
        told.append(rate)
    when = say_when(first.measure.nature, first.year, first.covers)
    level = " at first instance" if first.level is Level.FIRST else ""
    return (
        f"{name_place(first.place)}, decisions on the merits{level} {when}: {'; '.join(told)}."
        " Claims that were otherwise closed are left out of these shares."
    )


SAID = {
    Term.APPLIED: "people who applied",
    Term.APPLICATIONS: "applications",
    Term.NEW: "new applications",
    Term.REPEAT: "repeat applications",
    Term.PENDING: "pending claims",
    Term.CLAIMS: "claims",
    Term.SEEKERS: "asylum-seekers",
    Term.REFUGEES: "refugees",
    Term.DECIDED: "decisions",
    Term.RECOGNISED: "recognitions as refugees",
    Term.PROTECTED: "people given protection",
    Term.COMPLEMENTARY: "complementary protection",
    Term.REJECTED: "rejections",
    Term.CLOSED: "closed claims",
    Term.DISPLACED: "internally displaced people",
    Term.STATELESS: "stateless people",
    Term.RETURNED: "people who returned",
    Term.RESETTLED: "resettled refugees",
    Term.NATURALISED: "naturalised refugees",
    Term.IN_NEED: "others in need of international protection",
    Term.NOTHING: "nothing certain",
}
"""What a text said of its number."""

_APPLYING = frozenset({Term.APPLIED, Term.APPLICATIONS, Term.NEW})


def say_flaw(flaw: v.Flaw, *, again: bool = False) -> str:
    """Say it; `again`: what a stock is was said already."""
    if again and is_about_a_stock(flaw):
        return "Again a stock, not applications."
    match flaw:
        case v.OtherMeasure():
            return _say_other_measure(flaw)
        case v.HalfYear() | v.WholeYear() | v.PartOfYear():
            return _say_span(flaw)
        case v.OtherYear(year=year):
            said = "the sentence names another" if flaw.named else "the text names no"
            return f"That is the figure of {year}; {said} year."
        case v.BothUnits() | v.RepeatsIncluded(appeals=False) | v.SubstantiveOnly():
            return _say_variant(flaw)
        case v.OtherPlace(place=place, said=said):
            return _say_another_place(place, said) if said else _say_other_place(place)
        case v.SidesSwapped(place=place):
            return f"Origin and country of asylum are swapped: the figure is {name_place(place)}."
        case (
            v.CasesNotPeople()
            | v.RepeatsIncluded()
            | v.FirstAlone()
            | v.ComplementaryIncluded()
            | v.OthersIncluded()
            | v.SeekersIncluded()
            | v.OtherLevel()
            | v.ClosedIncluded()
            | v.NotArrivals()
            | v.StocksSummed()
        ):
            return _COUNTED_OTHERWISE[type(flaw)]
        case _:
            assert_never(flaw)


def _say_another_place(place: Place, said: Place) -> str:
    figure = f"figure for {name_place(place)}" if place.origin or place.asylum else "worldwide figure"
    return f"That is the {figure}; the sentence speaks of {name_place(said)}."


def _say_other_place(place: Place) -> str:
    if place.origin is None and place.asylum is None:
        return "That is the worldwide figure, of all origins and all countries of asylum together."
    of = "of all origins together, not of one" if place.origin is None else ""
    return f"That is the figure for {name_place(place)} {of or 'in all countries together, not in one'}."


def _say_variant(flaw: v.BothUnits | v.RepeatsIncluded | v.SubstantiveOnly) -> str:
    match flaw:
        case v.BothUnits(persons=persons, cases=cases):
            return (
                f"It adds {say_number(persons)} persons to {say_number(cases)} cases, each of one or more,"
                " as UNHCR's own reports then did."
            )
        case v.SubstantiveOnly(every=every):
            with_closed = f"; with those it is {say_number(every)}" if every else ""
            return f"It leaves out the claims that were otherwise closed{with_closed}."
        case v.RepeatsIncluded():
            return (
                "It counts repeat claims too, as national offices do; UNHCR's headlines count new ones alone."
            )


def _say_span(flaw: v.HalfYear | v.WholeYear | v.PartOfYear) -> str:
    match flaw:
        case v.PartOfYear(year=year, extent=extent, nature=Nature.STOCK):
            return f"That is the stock of {say_span(Nature.STOCK, extent)}, not of the end of {year}."
        case v.PartOfYear(year=year, extent=extent, nature=nature, of_cases=of_cases):
            span = say_span(nature, extent, dated=extent.year != year)
            if of_cases:
                return f"Its cases are of {span} only, not all of {year}."
            return f"That is {span} only, not all of {year}."
        case v.HalfYear(year=year, nature=Nature.STOCK):
            return f"That is the stock on 30 June {year}, not on 31 December."
        case v.HalfYear(year=year):
            return f"That is only January–June, not all of {year}."
        case v.WholeYear(year=year, nature=Nature.STOCK):
            return f"That is the stock on 31 December {year}, not on 30 June."
        case v.WholeYear(year=year):
            return f"That is all of {year}, not only January–June."


_COUNTED_OTHERWISE: dict[type[v.Flaw], str] = {
    v.CasesNotPeople: "It counts cases, each of one or more persons, not people.",
    v.RepeatsIncluded: "It includes repeat claims and appeals, so it is not new applications alone.",
    v.FirstAlone: "It leaves out the new applications of people who had been registered before (stage NR).",
    v.ComplementaryIncluded: "It counts complementary protection too, not recognitions as refugees alone.",
    v.OthersIncluded: "It adds others in need of international protection to the refugees.",
    v.SeekersIncluded: "It adds asylum-seekers, whose claims are pending, to the refugees.",
    v.ClosedIncluded: "That is a share of all decisions, the otherwise closed ones among them.",
    v.OtherLevel: "The text speaks of first instance; the figure is that of all levels, appeals among them.",
    v.NotArrivals: "That is a stock, all who were there on that day, not those who came in the year.",
    v.StocksSummed: (
        "A sum of yearly stocks is no number of people: whoever waits for years is counted again in each."
    ),
}


def _say_other_measure(flaw: v.OtherMeasure) -> str:
    match flaw:
        case v.OtherMeasure(said=said, measure=Measure.PENDING) if said in _APPLYING:
            return "That is a stock, everyone waiting on that day, not the people who applied in the year."
        case v.OtherMeasure(said=Term.PENDING, measure=Measure.APPLICATIONS | Measure.ALL_STAGES):
            return "Those are applications made during the year, not the claims pending at its end."
        case v.OtherMeasure(
            said=Term.REFUGEES, measure=Measure.PENDING | Measure.APPLICATIONS | Measure.ALL_STAGES
        ):
            return "These people asked for asylum; that does not make them refugees yet."
        case v.OtherMeasure(said=said, measure=measure):
            figure = SUBJECTS_WITHIN[measure]
            figure = f"the {figure}" if measure.nature is Nature.RATE else figure
            return f"The text speaks of {SAID[said]}; the figure is {figure}."


def is_about_a_stock(flaw: v.Flaw) -> bool:
    """Say whether a text took those who wait for those who applied."""
    return isinstance(flaw, v.OtherMeasure) and flaw.measure is Measure.PENDING and flaw.said in _APPLYING
